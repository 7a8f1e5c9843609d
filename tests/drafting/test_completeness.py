"""No text is lost: the parts of an outline, put together again, are the document.

Each document of `tests/layout/` is taken whole and mutilated: lines dropped, doubled, cut, joined,
with page breaks, in another order. White space aside, and hyphens, at which lines are joined.
"""

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.layout.lines import lines_of
from grcm_cli.drafting.layout.outline import Outline, OutlineItem, OutlinePart, outline

from ..conftest import EVERY
from .test_layout import CASES, as_row

MUTANTS = 40 if EVERY else 5  # of each document
MAX_LABEL = 100  # characters


def letters(text: str) -> str:
    return re.sub(r"[\s\u00ad-]+", "", text)


def printed(paragraph: Paragraph) -> str:
    return "".join([paragraph.label, paragraph.text, *paragraph.notes])


def check(paragraphs: Sequence[Paragraph]) -> Outline:
    found = outline(lines_of(paragraphs))
    whole = letters("".join(map(printed, paragraphs)))
    assert letters("".join(part.text for part in found.parts)) == whole
    return found


def check_items(found: Outline) -> None:
    """Check that an item has what its parts have after a label; a row has other cells too."""
    numbers = [part.number for part in found.parts if part.number]
    assert [item.number for item in found.items] == list(dict.fromkeys(numbers))
    for item in found.items:
        parts = [part for part in found.parts if part.number == item.number]
        assert {part.place for part in parts} == {"conclusion"}
        check_places(item, parts)
        sizes = [size for part in parts for _start, _at, size in part.runs]
        outside = sum(len(part.text) for part in parts if not part.is_note) - sum(sizes)
        assert outside < MAX_LABEL


def check_places(item: OutlineItem, parts: Sequence[OutlinePart]) -> None:
    """Check that each character of an item, and of the cells behind it, has one place."""
    behind = " ".join([item.text, *(cell.text for cell in item.cells)])
    pieces = [" "] * len(behind)
    for part in parts:
        for start, at, size in part.runs:
            assert pieces[start : start + size] == [" "] * size
            pieces[start : start + size] = part.text[at : at + size]
    assert "".join(pieces) == behind


def document(path: Path) -> list[Paragraph]:
    text = path.read_text(encoding="utf-8").partition("=====\n")[0]
    return [as_row(piece) for piece in read(text.encode())]


def mutant(paragraphs: Sequence[Paragraph], chance: random.Random) -> list[Paragraph]:
    """Return a document in which some paragraphs are dropped, doubled, cut, joined or moved."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        kind = chance.choice(["same"] * 12 + ["drop", "double", "cut", "join", "page", "label"])
        words = paragraph.text.split(" ")
        middle = chance.randrange(len(words))
        if kind == "drop":
            continue
        if kind == "cut" and not paragraph.cells:
            halves = " ".join(words[:middle]), " ".join(words[middle:])
            found += [paragraph._replace(text=half) for half in halves]
        elif kind == "join" and found and not (found[-1].cells or paragraph.cells):
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {paragraph.text}")
        elif kind == "page":
            head = Paragraph(f"GRCM {chance.randrange(9)}", aside=chance.random() < 0.5)
            found += [head, Paragraph(str(chance.randrange(9))), Paragraph(""), paragraph]
        elif kind == "label" and not paragraph.cells:
            label = chance.choice(["1.", "a)", "•", "II."])
            found.append(paragraph._replace(label=label, notes=["1 Véase el anexo."]))
        else:
            found += [paragraph] * (2 if kind == "double" else 1)
    if chance.random() < 0.2:
        chance.shuffle(found)
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_parts_of_an_outline_are_the_document(path: Path) -> None:
    whole = document(path)
    check_items(check(whole))
    for number in range(MUTANTS):
        found = check(mutant(whole, random.Random(f"{path.stem} {number}")))  # noqa: S311 - no secret
        check_items(found)
