"""The rows of a table: conclusions with their cells, or only more of the text around it."""

import re
from collections.abc import Iterator, Sequence

from grcm_cli.drafting.documents.pieces import Piece
from grcm_cli.drafting.layout.line import Line
from grcm_cli.language.text import fold

_TEXT_HEADS = (
    *("text", "decision", "conclusion", "acuerdo", "agreement", "resol", "recom", "mandat"),
    *("action", "accion", "compromiso", "commitment", "measure", "medida", "task", "tarea"),
)
_OTHER_HEADS = (
    *("no", "n.", "n°", "nº", "num", "#", "item", "punto", "respons", "encargad", "lead", "who"),
    *("quien", "plazo", "fecha", "deadline", "due", "date", "when", "vencimiento", "status"),
    *("estado", "seguimiento", "observ", "party", "parte", "pais", "country", "comment", "note"),
)
_NUMBER = re.compile(r"\W*[0-9]+[a-z]?\b|\(?[a-z]\)|[ivxl]+\b", re.IGNORECASE)
_MOST = 0.6
"""The part of the rows that begin with a number, where the table numbers conclusions."""


def with_rows(pieces: Sequence[Piece]) -> Iterator[Piece | Line]:
    """Yield the pieces of a document, the rows of its tables as lines."""
    table: list[Piece] = []
    for piece in [*pieces, Piece("")]:
        if len(piece.cells) > 1:
            table.append(piece)
            continue
        if table:
            yield from _rows(table)
            table = []
        yield piece


def _rows(table: Sequence[Piece]) -> Iterator[Line]:
    heads: Sequence[str] = table[0].cells if _is_head(table[0]) else ()
    rows = table[1:] if heads else table
    if not (_text_heads(heads) or _are_numbered(rows)):
        yield from _plain(table)
        return
    column = _text_column(heads, rows)
    for row in rows:
        yield from _row(row, column, heads)


def _is_head(row: Piece) -> bool:
    """Tell whether a row names the columns."""
    cells = [fold(cell.strip()) for cell in row.cells if cell.strip()]
    known = [cell for cell in cells if cell.startswith((*_TEXT_HEADS, *_OTHER_HEADS))]
    return row.heading or (len(known) > 1 and all(len(cell.split()) < 6 for cell in cells))


def _text_heads(heads: Sequence[str]) -> list[int]:
    return [place for place, head in enumerate(heads) if any(w in fold(head) for w in _TEXT_HEADS)]


def _are_numbered(rows: Sequence[Piece]) -> bool:
    numbered = sum(_NUMBER.match(row.cells[0]) is not None for row in rows)
    wordy = any(len(cell.split()) > 2 for row in rows for cell in row.cells[1:])
    return wordy and numbered >= _MOST * len(rows) > 0


def _plain(table: Sequence[Piece]) -> Iterator[Line]:
    """Yield rows as more of the text above them, cell by cell."""
    for row in table:
        text = " ".join(" ".join(row.cells).split())
        yield Line(text, after_gap=False, notes=row.notes)


def _row(row: Piece, column: int, heads: Sequence[str]) -> Iterator[Line]:
    """Yield a row: its number, its text, its other cells; below it further lines of its text."""
    text = row.cells[column] if column < len(row.cells) else ""
    first, *more = [part for part in text.split("\n") if part.strip()] or [""]
    others = [place for place in range(1, len(row.cells)) if place != column]
    yield Line(
        " ".join(first.split()),
        " ".join(row.cells[0].split()) if column else "",
        cells=[" ".join(row.cells[place].split()) for place in others],
        columns=[heads[place] if place < len(heads) else "" for place in others],
        notes=row.notes,
        is_row=True,
    )
    for part in more:
        yield Line(" ".join(part.split()))


def _text_column(heads: Sequence[str], rows: Sequence[Piece]) -> int:
    named = _text_heads(heads)
    if named:
        return next((place for place in named if place), 0)
    sizes: dict[int, int] = {}
    for row in rows:
        for place, cell in enumerate(row.cells):
            sizes[place] = sizes.get(place, 0) + len(cell)
    return max(sizes, key=sizes.__getitem__, default=0)
