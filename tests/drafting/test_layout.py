"""What is a conclusion, what an item under one, and what is neither: one document a file.

In `tests/layout/`, each file has a document, a line of `=====`, the number and the text of each
conclusion and item; and after a line of `-----` what must be named as left out.
A line of `| … | … |` stands for the row of a table, `⏎` for a line end in a cell.
"""

from pathlib import Path

import pytest

from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.layout.lines import lines_of
from grcm_cli.drafting.layout.outline import outline

from ..conftest import ROOT


def as_row(piece: Paragraph) -> Paragraph:
    if not piece.text.startswith("| "):
        return piece
    cells = [cell.strip().replace("⏎", "\n") for cell in piece.text.strip("| ").split("|")]
    return Paragraph("\t".join(cells), cells=cells)


CASES = sorted((ROOT / "tests/layout").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_text_has_its_number(path: Path) -> None:
    document, _line, expected = path.read_text(encoding="utf-8").partition("=====\n")
    texts, _line, left_out = expected.partition("-----\n")
    found = outline(lines_of([as_row(piece) for piece in read(document.encode())]))
    said = "".join(f"{item.number} {item.text}\n" for item in found.items)
    assert said == texts
    for line in left_out.splitlines():
        assert " ".join(line.split()) in found.left_out
