"""Tables that say who or by when, and whose rows are only text in the draft.

In a PDF the cells of a table are words of one paragraph; then the heads of its columns show it.
"""

import re
from itertools import groupby
from typing import NamedTuple

from grcm_cli.drafting.layout.outline import Outline, OutlinePart
from grcm_cli.drafting.layout.rows import assigns, is_day, is_head
from grcm_cli.drafting.passage import Excerpt
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.language.lexicon import all_entries, alternatives

_MAX_CELL_WORDS = 12  # of a cell that says who or by when
_MAX_SHOWN = 200  # characters of a table


def _heads(*keys: str) -> str:
    """Return a pattern of the heads of columns whose words are in some lists."""
    words = (re.escape(word) for key in keys for word in all_entries(f"table.{key}_columns"))
    # A head has a capital, and small letters after it: "Responsable(s)", "Fecha de cumplimiento".
    return rf"(?=[A-ZÁÉÍÓÚ])(?i:{alternatives(words)})\w*(?:\(\w+\))?(?: [a-záéíóúñ]+){{0,2}}"


_TEXT_HEAD = _heads("text", "activity")
_WHO_HEAD = _heads("responsible")
_WHEN_HEAD = _heads("deadline")
_HEADS_IN_TEXT = re.compile(
    rf"(?<!\w)(?:{_TEXT_HEAD} (?:{_WHO_HEAD}|{_WHEN_HEAD})"
    rf"|{_WHO_HEAD} {_WHEN_HEAD}|{_WHEN_HEAD} {_WHO_HEAD})(?!\w)"
)
"""Two heads one after the other, of which one says who or by when."""


class UnreadTable(NamedTuple):
    """A table, or what is left of one in the text, from which no mandates were made."""

    number: str
    """Of the conclusion that has it; empty where none has."""
    words: Excerpt


def unread_tables(outline: Outline, reader: ConclusionReader) -> list[UnreadTable]:
    """Return the tables that assign something and are only text in the draft."""
    texts = {item.number: item.text for item in outline.items}
    found: list[UnreadTable] = []
    for (is_row, number), parts in groupby(outline.parts, lambda p: (bool(p.row), p.number)):
        rows = [part for part in parts if not part.is_note] if is_row else []
        if rows and any(
            _assigns(row, reader, is_first=place == 0) for place, row in enumerate(rows)
        ):
            words = " ".join(" ".join(row.text.split()) for row in rows)
            start = texts.get(number, "").find(words)
            words = words[:_MAX_SHOWN].rstrip()
            place = (start, start + len(words)) if start >= 0 else None
            found.append(UnreadTable(number, Excerpt(words, place)))
    known = {table.number for table in found}
    for number, text in texts.items():
        match = _HEADS_IN_TEXT.search(text)  # of a table whose cells are words of the text
        if match and number not in known:
            words = text[match.start() : match.start() + _MAX_SHOWN].rstrip()
            place = (match.start(), match.start() + len(words))
            found.append(UnreadTable(number, Excerpt(words, place)))
    return found


def _assigns(row: OutlinePart, reader: ConclusionReader, *, is_first: bool) -> bool:
    """Tell whether a row names who and by when, or has the heads of columns that do."""
    if is_first and is_head(row.row) and row.place != "header":
        return assigns(row.row)
    cells = [cell for cell in row.row if 0 < len(cell.split()) <= _MAX_CELL_WORDS]
    names = {cell for cell in cells if reader.is_name(cell)}
    return bool(names) and any(is_day(cell) for cell in cells if cell not in names)
