"""The chapter on the library: each block runs, prints what stands below it, and passes mypy."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from ..conftest import DATA, ROOT, run_program, run_python

PAGES = [ROOT / "docs/en/library.md", ROOT / "docs/es/biblioteca.md"]
SEVERAL = ROOT / "docs/en/several.md"
BLOCK = re.compile(r"^```python(?P<pandas> pandas)?\n(?P<code>.*?)^```\n\n```text\n(?P<out>.*?)^```$", re.M | re.S)  # fmt: skip # noqa: E501 - one pattern
BLOCKS = [
    pytest.param(
        match["code"],
        match["out"],
        marks=pytest.mark.skipif(
            bool(match["pandas"]) and importlib.util.find_spec("pandas") is None,
            reason="pandas is not installed: make package",
        ),
        id=f"{page.stem}:{number}",
    )
    for page in PAGES
    for number, match in enumerate(BLOCK.finditer(page.read_text(encoding="utf-8")), 1)
]


def lay(folder: Path) -> None:
    """Put the repository's data, and the example of several records, into a folder."""
    (folder / "data").symlink_to(DATA)
    for name, text in re.findall(r"^```yaml\n# (agua/\S+)\n(.*?)^```", SEVERAL.read_text("utf-8"), re.M | re.S):  # fmt: skip # noqa: E501
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def run(code: str, folder: Path, python: str = sys.executable) -> str:
    """Run a block, and return what it printed."""
    ran = run_program(python, "-c", code, cwd=folder)
    assert ran.code == 0, ran.err
    return ran.out.replace("\r\n", "\n")


@pytest.mark.parametrize(("code", "out"), BLOCKS)
def test_a_block_prints_what_stands_below_it(code: str, out: str, tmp_path: Path) -> None:
    lay(tmp_path)
    assert run(code, tmp_path) == out


def test_both_languages_run_the_same_code() -> None:
    english, spanish = ([m["code"] for m in BLOCK.finditer(p.read_text("utf-8"))] for p in PAGES)
    assert english == spanish
    assert len(english[0].splitlines()) <= 10


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_mypy_strict_passes_on_all_blocks(tmp_path: Path) -> None:
    for number, match in enumerate(BLOCK.finditer(PAGES[0].read_text(encoding="utf-8"))):
        if not match["pandas"]:
            (tmp_path / f"block_{number}.py").write_text(match["code"], encoding="utf-8")
    words = ("-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "c"), ".")
    ran = run_python(*words, cwd=tmp_path, MYPYPATH=str(ROOT / "src"))
    assert ran.code == 0, ran.out


def rewritten(page: str, folder: Path, python: str) -> str:
    """Return a page with what its blocks print now."""

    def again(match: re.Match[str]) -> str:
        kind = f"python{match['pandas'] or ''}"
        return f"```{kind}\n{match['code']}```\n\n```text\n{run(match['code'], folder, python)}```"

    return BLOCK.sub(again, page)


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as place:
        lay(Path(place))
        for one in PAGES:
            text = rewritten(one.read_text(encoding="utf-8"), Path(place), sys.argv[1])
            one.write_text(text, encoding="utf-8")
