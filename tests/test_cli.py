"""Transcripts: each `$ grcm …` in tests/cli, README and docs gives exactly what stands below it.

`2> ` marks what goes to stderr, `[exit N]` a code other than 0. They run in the repository's own
folder, 100 columns wide, in English unless they say otherwise; the pages that write run from their
first command to their last in a copy of the data. After a change that is meant,
`python -m tests.test_cli` writes them anew; then read the difference.
"""

import shutil
import tempfile
from pathlib import Path

import pytest

from .conftest import DATA, ROOT, rewrite, run_line, transcript

WRITING = [
    ROOT / "docs" / name
    for name in (
        *("recording.md", "registrar.md", "drafting.md", "borrador.md"),
        *("en/letters.md", "es/cartas.md"),
    )
]
PAGES = [
    *sorted(ROOT.glob("tests/cli/*.md")),
    ROOT / "README.md",
    *(page for page in sorted(ROOT.glob("docs/**/*.md")) if page not in WRITING),
]
CASES = [
    pytest.param(command, output, id=f"{page.relative_to(ROOT)}:{line}")
    for page in PAGES
    for line, command, output in transcript(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("command", "output"), CASES)
def test_transcript(command: str, output: str) -> None:
    assert run_line(command, ROOT) == output


@pytest.mark.parametrize("page", WRITING, ids=lambda page: page.name)
def test_a_page_that_writes(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert anew(text, tmp_path) == text


def anew(text: str, folder: Path) -> str:
    """Return a page with what its commands give in a copy of the data."""
    shutil.copytree(DATA, folder / "data")
    return rewrite(text, folder)


if __name__ == "__main__":
    for written in PAGES:
        written.write_text(rewrite(written.read_text(encoding="utf-8"), ROOT), encoding="utf-8")
    for written in WRITING:
        with tempfile.TemporaryDirectory() as made:
            text = anew(written.read_text(encoding="utf-8"), Path(made))
        written.write_text(text, encoding="utf-8")
