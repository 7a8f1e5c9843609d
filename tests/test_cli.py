"""Transcripts: each `$ grcm …` in tests/cli, README and docs gives exactly what stands below it.

`2> ` marks what goes to stderr, `[exit N]` a code other than 0. They run in the repository's own
folder, 100 columns wide, in English unless they say otherwise. After a change that is meant,
`python -m tests.test_cli` writes them anew; then read the difference.
"""

import pytest

from .conftest import ROOT, rewrite, run_line, transcript

PAGES = [
    *sorted(ROOT.glob("tests/cli/*.md")),
    ROOT / "README.md",
    *sorted(ROOT.glob("docs/**/*.md")),
]
CASES = [
    pytest.param(command, output, id=f"{page.relative_to(ROOT)}:{line}")
    for page in PAGES
    for line, command, output in transcript(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("command", "output"), CASES)
def test_transcript(command: str, output: str) -> None:
    assert run_line(command, ROOT) == output


if __name__ == "__main__":
    for written in PAGES:
        written.write_text(rewrite(written.read_text(encoding="utf-8"), ROOT), encoding="utf-8")
