"""The pictures of the manual: `python -m tools.pictures` runs grcm and draws what it shows.

A terminal, a page of the site, a letter and a form, of the repository's data as it stood on one
day, in each language. The terminal is an SVG of the text, which a test holds in step; the others
are photographs that Chromium and LibreOffice take, where this machine has them.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from grcm_cli.language.text import LANGUAGES

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs/pictures"
DAY = "2003-04-01"
COLUMNS = 88
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="-14 -8 {width} {terminal_height}" role="img">
<title>grcm overdue</title>
<style>{styles} text {{ font: 20px monospace; white-space: pre }}</style>
<defs>{lines}</defs>
<rect x="-14" y="-8" width="{width}" height="{terminal_height}" rx="8" fill="#0c0c0c"/>
{backgrounds}{matrix}
</svg>
"""
"""A frame without the fonts of the web that rich's own would load."""
PHOTOGRAPHS = {
    "page": ("site/{language}/index.html", 880, 860, 0.7),
    "letter": ("letter.html", 700, 480, 1),
    "form": ("form.html", 880, 310, 1),
}
"""The file of each, the width and height of the window, and how much smaller the picture is."""


def main() -> None:
    """Draw all pictures; without a browser the terminals alone, without LibreOffice no forms."""
    PICTURES.mkdir(exist_ok=True)
    for language in LANGUAGES:
        (PICTURES / f"terminal.{language}.svg").write_text(terminal(language), encoding="utf-8")
        if shutil.which("chromium"):
            with tempfile.TemporaryDirectory() as place:
                _photograph(language, Path(place))


def terminal(language: str) -> str:
    """Return a terminal that shows what is late, as SVG; the same text gives the same bytes."""
    command = ("overdue", "--as-of", DAY)
    shown = grcm(ROOT, language, *command, "--color", "always")
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), legacy_windows=False)
    prompt = Text(f"$ grcm {' '.join(command)}\n")
    console.print(prompt + Text.from_ansi(f"{shown}\n"))
    return console.export_svg(code_format=FRAME, unique_id="grcm", theme=SVG_EXPORT_THEME)


def _photograph(language: str, place: Path) -> None:
    """Write the pictures of a page, a letter and a form in a language."""
    shutil.copytree(ROOT / "data", place / "data")
    register = place / "data/register.yaml"
    spoken = f"languages: [{language}, {'en' if language == 'es' else 'es'}]"
    text = register.read_text("utf-8").replace("languages: [es, en]", spoken)
    for chapter in (ROOT / "docs" / language).glob("an*o.md" if language == "pt" else "ann*.md"):
        named = rf"\{{es: ([^{{}},]+), {language}: [^{{}},]+\}}"  # as the chapter names it
        for found in re.finditer(named, chapter.read_text("utf-8")):
            text = text.replace(f"{{es: {found[1]}, en:", f"{found[0][:-1]}, en:")
    register.write_text(text, "utf-8")
    grcm(place, language, "site", "site", "--as-of", DAY)
    for name, words in {"letter.html": ["--format", "html"], "form.xlsx": ["--form"]}.items():
        grcm(place, language, "remind", "MEX", "--as-of", DAY, *words, "-o", name)
    if shutil.which("soffice"):
        _run(["soffice", "--headless", "--convert-to", "html", "form.xlsx"], place)
    for name, (file, width, height, scale) in PHOTOGRAPHS.items():
        if not (place / file.format(language=language)).exists():
            continue
        page = (place / file.format(language=language)).as_uri()
        picture = PICTURES / f"{name}.{language}.png"
        size = (f"--window-size={width},{height}", f"--force-device-scale-factor={scale}")
        shown = ("--hide-scrollbars", f"--screenshot={picture}", page)
        _run(["chromium", "--headless", "--no-sandbox", *size, *shown], place)


def grcm(folder: Path, language: str, *words: str) -> str:
    """Return what grcm prints in a folder."""
    command = [sys.executable, "-m", "grcm_cli", *words]
    return _run(command, folder, GRCM_LANG=language, COLUMNS=str(COLUMNS), GRCM_NO_CACHE="1")


def _run(command: list[str], folder: Path, **more: str) -> str:
    environment: Mapping[str, str] = {**os.environ, "PYTHONUTF8": "1", **more}
    done = subprocess.run(  # noqa: S603 - ourselves, and programs that show a file
        command, cwd=folder, env=environment, capture_output=True, check=True, timeout=120
    )
    return done.stdout.decode()


if __name__ == "__main__":
    main()
