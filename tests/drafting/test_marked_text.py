"""The document with its marks: all of its text, once and in order, and each mark on its words."""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from grcm_cli.domain.register import Register
from grcm_cli.drafting.documents.document import read
from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.draft import Doubt, Draft, draft
from grcm_cli.drafting.marked_text import MarkedDocument, MarkedPiece, marked_document
from grcm_cli.drafting.review import doubts
from grcm_cli.language.characters import without_hidden

from ..conftest import EVERY
from .test_completeness import document, mutant
from .test_layout import CASES

MUTANTS = 2 if EVERY else 1  # of each document
KEYS = {"body": "GRCM", "start": "2002-10-29"}


def letters(text: str) -> str:
    return re.sub(r"[\s-]+", "", without_hidden(text)[0])


def marked(found: Draft) -> tuple[MarkedDocument, Sequence[Doubt]]:
    points = doubts(found)
    return marked_document(found, points), points


def pieces(found: MarkedDocument) -> Iterator[MarkedPiece]:
    """Yield all of the text but the labels."""
    for block in found.blocks:
        for line in block.lines:
            yield from line.pieces


def words_of_marks(found: MarkedDocument) -> dict[int, str]:
    """Return the letters of the pieces that have each mark."""
    texts: dict[int, str] = {}
    for piece in pieces(found):
        for mark, _begins, _ends in piece.marks:
            texts[mark] = texts.get(mark, "") + letters(piece.text)
    return texts


def whole_text(found: MarkedDocument) -> str:
    return letters(
        "".join(
            piece
            for block in found.blocks
            for piece in [
                block.label,
                *(piece.text for line in block.lines for piece in line.pieces),
            ]
        )
    )


@pytest.mark.parametrize("path", CASES[:: 1 if EVERY else 2], ids=lambda path: path.stem)
def test_the_blocks_are_the_document_and_each_mark_is_on_its_words(
    path: Path, register: Register
) -> None:
    whole = document(path)
    chances = [random.Random(f"{path.stem} {number}") for number in range(MUTANTS)]  # noqa: S311
    for paragraphs in [whole, *(mutant(whole, chance) for chance in chances)]:
        found = draft(paragraphs, register, KEYS)
        shown, points = marked(found)
        printed = "".join("".join([p.label, p.text, *p.notes]) for p in paragraphs)
        assert whole_text(shown) == letters(printed)
        on_page = words_of_marks(shown)
        assert on_page == {n: letters(mark.words) for n, mark in enumerate(shown.marks)}
        of_cards, of_doubts = shown.of_cards(), shown.of_doubts()
        for place, (_conclusion, duty) in enumerate(found.duties):
            for kind, words in (("duty", duty.verb.words), ("deadline", duty.when.words)):
                if words:
                    assert on_page[of_cards[str(place), kind][0]] == letters(words)  # type: ignore[index] # a place
        for place, doubt in enumerate(points):
            if doubt.words and doubt.number:
                assert letters(doubt.words).startswith(on_page[of_doubts[place]])


ROW = "No.\tAction\tResponsible\tDue\tRemarks"


def test_cells_of_a_row_are_marked_too_and_what_is_in_none_is_hatched(register: Register) -> None:
    rows = [
        ROW,
        "1\tSubmit a report on the workshop\tMexico\t15 January 2003\tsee the annex",
        "2\tSend a list of the members\tCanada\tsoon enough\t-",
    ]
    cells = [Paragraph(row, cells=row.split("\t")) for row in rows]
    shown, _points = marked(draft(cells, register, KEYS | {"language": "en"}))
    found = [f"{mark.kind} {mark.words}" for mark in shown.marks]
    assert {"party Mexico", "deadline 15 January 2003", "unused see the annex"} <= set(found)
    assert {"party Canada", "doubt soon enough"} <= set(found)


def test_lines_in_no_conclusion_stand_where_the_document_has_them(register: Register) -> None:
    text = (
        "CONCLUSIONES\n\n1. Agradecer a México.\n\nASUNTOS VARIOS\n\n2. Agradecer a Canadá.\n\n"
        "Nota: los países miembros deberán responder antes del 15 de enero de 2003.\n"
    )
    found = draft(read(text.encode()), register, KEYS | {"language": "es"})
    shown, points = marked(found)
    places = [(block.place, block.number) for block in shown.blocks]
    assert places[:4] == [("header", ""), ("conclusion", "1"), ("none", ""), ("conclusion", "2")]
    doubted = [doubt.words for doubt in points if not doubt.number and doubt.words]
    assert [mark.words for mark in shown.marks if mark.kind == "doubt"] == doubted


def test_hidden_characters_are_not_in_the_text(register: Register) -> None:
    text = (
        "CONCLUSIONES\n\n1. Encomendar a Mé\u200bxico que pre\u202esente un infor\u00adme.\n\n"
        "2. Agradecer a Canadá."
    )
    shown, _points = marked(draft(read(text.encode()), register, KEYS))
    assert [mark.words for mark in shown.marks if mark.kind == "party"] == ["México"]
    assert not re.search("[\u200b\u202e\u00ad]", "".join(piece.text for piece in pieces(shown)))


def test_a_sentence_outside_is_marked_over_its_lines(register: Register) -> None:
    text = (
        "A. MAPAS\n\nA1  Dibujar el mapa.\n    Quién: México\n"
        "A2  Imprimirlo.\n    Quién: México\n\n"
        "La gira seguirá en varios puertos, que ya la esperan con gusto. Honduras\n"
        "pagará los fletes antes de mayo de 2003, según se dijo en la sala.\n"
    )
    found, points = marked(draft(read(text.encode()), register, {**KEYS, "language": "es"}))
    [words] = [point.words for point in points if point.words.startswith("Honduras")]
    assert letters(words) in words_of_marks(found).values()
