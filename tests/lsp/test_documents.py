"""Positions of a text, in every encoding and with every line end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position
from pygls.workspace import PositionCodec

from grcm_cli.domain.model import Location
from grcm_cli.lsp.documents import Document

TEXTS = st.text(st.sampled_from("aá𝄞\n\r\u2028\x0c\ufeff ‸"), max_size=40)
WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def units(text: str, encoding: str) -> int:
    return (
        len(text.encode(f"{encoding}-le" if encoding != "utf-8" else encoding)) // WIDTHS[encoding]
    )


@pytest.mark.parametrize("encoding", WIDTHS)
@given(text=TEXTS, place=st.integers(0, 40))
def test_each_index_has_its_position(text: str, place: int, encoding: str) -> None:
    index = min(place, len(text))
    if text[max(0, index - 1) : index + 1] == "\r\n":
        return  # no position lies inside of a line end
    document = Document(text, PositionCodec(encoding))
    before = re.split("\r\n|\n|\r", text[:index])
    position = Position(len(before) - 1, units(before[-1], encoding))
    assert (document.position(index), document.index(position)) == (position, index)


@given(text=TEXTS, new=TEXTS, ends=st.tuples(st.integers(0, 40), st.integers(0, 40)))
def test_an_edit_changes_what_it_names_and_nothing_else(
    text: str, new: str, ends: tuple[int, int]
) -> None:
    start, end = sorted(min(one, len(text)) for one in ends)
    document = Document(text)
    at = document.range_of(start, end)
    inside = [one for one in (start, end) if text[max(0, one - 1) : one + 1] == "\r\n"]
    if not inside:
        assert document.changed(at, new).text == text[:start] + new + text[end:]


def test_a_finding_counts_characters_and_an_editor_units() -> None:
    document = Document("\ufeffid: X\r\nplace: 𝄞á here\r\n")
    at = Location("x", 2, 11, 4)
    assert document.text[slice(*document.span(at))] == "here"
    first, past = Location("x", 1, 1, 2), Location("x", 9, 1, 5)
    ranges = [str(document.range_of(*document.span(place))) for place in (at, first, past)]
    assert ranges == ["1:11-1:15", "0:1-0:3", "2:0-2:0"]


@pytest.mark.parametrize("position", [(99, 0), (0, 10**9), (10**9, 10**9)])
def test_a_position_past_the_end_is_the_end(position: tuple[int, int]) -> None:
    assert 0 <= Document("a\nb").index(Position(*position)) <= 3
