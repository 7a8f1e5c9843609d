"""`xlsx`: a workbook with typed days, filters and a head that stays; every text is text."""

import io
from collections.abc import Sequence
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from grcm_cli.exporter import Emphasis, Heading, Leaf, Spreadsheet
from grcm_cli.text import clean

_LONGEST = 32_000
"""Characters that a cell holds with room to spare; the rest of a text goes into a next column."""
_MOST_ROWS = 1_048_575
_COLOURS: dict[Emphasis, str] = {
    "late": "#9C0006",
    "soon": "#7F6000",
    "closed": "#006100",
    "unclear": "#7030A0",
}


class TooLongError(Exception):
    """A sheet has more rows than a workbook can hold; nothing is left out in silence."""


def render(book: Spreadsheet) -> bytes:
    """Return the bytes of a workbook, the same for the same content.

    Raises TooLongError where a sheet has more than 1,048,575 rows.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}  # fmt: skip
    with Workbook(out, options) as workbook:
        day = datetime(book.as_of.year, book.as_of.month, book.as_of.day)  # noqa: DTZ001 - a day
        workbook.set_properties({"title": clean(book.title), "created": day})
        for leaf in book.leaves:
            _Drawn(workbook, leaf).draw()
    return out.getvalue()


class _Drawn:
    """A sheet on its way into a workbook."""

    def __init__(self, workbook: Workbook, leaf: Leaf) -> None:
        self.sheet: Worksheet = workbook.add_worksheet(leaf.name)
        self.leaf = leaf
        self.head = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.styles = {
            (emphasis, is_day): workbook.add_format(_style(emphasis, is_day=is_day))
            for emphasis in ("", *_COLOURS)
            for is_day in (True, False)
        }

    def draw(self) -> None:
        leaf = self.leaf
        if len(leaf.rows) > _MOST_ROWS:
            raise TooLongError
        headings, rows = _spread(leaf.headings, leaf.rows)
        for column, heading in enumerate(headings):
            self.sheet.set_column(column, column, heading.width)
            self.sheet.write_string(0, column, clean(heading.name), self.head)
        for number, row in enumerate(rows):
            emphasis = leaf.emphases[number] if leaf.emphases else ""
            for column, value in enumerate(row):
                self._write(number + 1, column, value, emphasis)
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, max(1, len(rows)), max(0, len(headings) - 1))
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)

    def _write(
        self, row: int, column: int, value: str | int | date | None, emphasis: Emphasis
    ) -> None:
        style: Format = self.styles[emphasis, isinstance(value, date)]
        match value:
            case date():
                self.sheet.write_datetime(row, column, value, style)
            case int():
                self.sheet.write_number(row, column, value, style)
            case str():
                self.sheet.write_string(row, column, value, style)
            case None:
                self.sheet.write_blank(row, column, None, style)


def _style(emphasis: Emphasis, *, is_day: bool) -> dict[str, object]:
    style: dict[str, object] = {"valign": "top", "text_wrap": True}
    if is_day:
        style["num_format"] = "yyyy-mm-dd"
    if emphasis in _COLOURS:
        style["font_color"] = _COLOURS[emphasis]
    return style


def _spread(
    headings: Sequence[Heading], rows: Sequence[Sequence[str | int | date | None]]
) -> tuple[list[Heading], list[list[str | int | date | None]]]:
    """Return columns and rows in which a text that is too long for a cell goes on in the next."""
    needed = [1] * len(headings)
    cut = [[_pieces(value) for value in row] for row in rows]
    for row in cut:
        needed = [max(have, len(pieces)) for have, pieces in zip(needed, row, strict=True)]
    wide = [
        heading._replace(name=heading.name if place == 0 else f"{heading.name} ({place + 1})")
        for heading, count in zip(headings, needed, strict=True)
        for place in range(count)
    ]
    padded = [
        [
            pieces[place] if place < len(pieces) else None
            for pieces, count in zip(row, needed, strict=True)
            for place in range(count)
        ]
        for row in cut
    ]
    return wide, padded


def _pieces(value: str | int | date | None) -> list[str | int | date | None]:
    if not isinstance(value, str):
        return [value]
    text = clean(value)
    return [text[at : at + _LONGEST] for at in range(0, max(1, len(text)), _LONGEST)]
