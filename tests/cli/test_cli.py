"""Transcripts: each `$ grcm …` in tests/cli, README and docs gives exactly what stands below it.

`2> ` marks what goes to stderr, `[exit N]` a code other than 0. They run in the repository's own
folder, 100 columns wide, those of docs in the language of their folder. The pages that write run
from their first command to their last in a copy of the data, those about the start in a folder that
has only the meeting's document; a ```yaml block that begins with a file's name is then that file.
After a change that is meant, `python -m tests.cli.test_cli` writes them anew; then read the
difference.
"""

import shutil
import tempfile
from pathlib import Path

import pytest

from grcm_cli.drafting.documents.document import read
from grcm_cli.language.text import LANGUAGES

from ..conftest import DATA, ROOT, rewrite, run_line, transcript

STARTING = [
    ROOT / "docs" / name for name in ("en/year.md", "es/ano.md", "fr/annee.md", "pt/ano.md")
]
COMMANDS = [
    *(ROOT / "docs" / name for name in ("en/commands.md", "es/ordenes.md")),
    *(ROOT / "docs" / name for name in ("fr/commandes.md", "pt/comandos.md")),
]
WRITING = [
    *STARTING,
    *COMMANDS,
    *(
        ROOT / "docs/en" / f"{name}.md"
        for name in ("drafting", "importing", "recording", "export", "calendar")
    ),
    *(
        ROOT / "docs/es" / f"{name}.md"
        for name in ("borrador", "importar", "registrar", "exportar")
    ),
    *(ROOT / "docs" / name for name in ("es/calendario.md", "en/publishing.md", "es/publicar.md")),
    *(ROOT / "docs" / name for name in ("en/letters.md", "es/cartas.md")),
    *(ROOT / "docs" / name for name in ("en/several.md", "es/varios.md")),
]
PAGES = [
    *sorted(ROOT.glob("tests/cli/*.md")),
    ROOT / "README.md",
    *(page for page in sorted(ROOT.glob("docs/**/*.md")) if page not in WRITING),
]
CASES = [
    pytest.param(page, command, output, id=f"{page.relative_to(ROOT)}:{line}")
    for page in PAGES
    for line, command, output in transcript(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "command", "output"), CASES)
def test_transcript(page: Path, command: str, output: str) -> None:
    assert run_line(command, ROOT, around(page)) == output


@pytest.mark.parametrize("page", WRITING, ids=lambda page: page.name)
def test_a_page_that_writes(page: Path, tmp_path: Path) -> None:
    assert anew(page, tmp_path) == page.read_text(encoding="utf-8")


def anew(page: Path, folder: Path) -> str:
    """Return a page with what its commands give in a copy of the data, or at the start of it."""
    if page in STARTING:
        shutil.copy(DATA / "sources/GRCM-2002-10.docx", folder)
    else:
        shutil.copytree(DATA, folder / "data")
    return rewrite(page.read_text(encoding="utf-8"), folder, around(page), may_write=True)


def test_the_document_of_the_start_is_shipped_with_the_words_of_the_text() -> None:
    word, text = (
        [paragraph.text for paragraph in read((DATA / f"sources/GRCM-2002-10.{kind}").read_bytes())]
        for kind in ("docx", "txt")
    )
    assert [" ".join(line.split()) for line in word] == [
        " ".join(line.split()) for line in text if line.strip()
    ]


def around(page: Path) -> dict[str, str]:
    """Return the environment in which the commands of a page run."""
    folder = page.parent.name
    language = {"GRCM_LANG": folder} if folder in LANGUAGES else {}
    # The commands are a man page too, whose margins take 8 of a terminal's 80 columns.
    return language | ({"COLUMNS": "72"} if page in COMMANDS else {})


if __name__ == "__main__":
    for written in PAGES:
        text = rewrite(written.read_text(encoding="utf-8"), ROOT, around(written))
        written.write_text(text, encoding="utf-8")
    for written in WRITING:
        with tempfile.TemporaryDirectory() as made:
            text = anew(written, Path(made))
        written.write_text(text, encoding="utf-8")
