"""`xlsx`: a workbook with typed days, filters and a head that stays; every text is text."""

import io
from collections.abc import Sequence
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from grcm_cli.exporter import Cell, Emphasis, Heading, Leaf, Spreadsheet
from grcm_cli.text import clean, clean_lines

_LONGEST = 32_000
"""UTF-16 units that a cell holds with room to spare; the rest of a text goes into a next column."""
_MOST_ROWS, _MOST_COLUMNS = 1_048_575, 16_384
_FIRST_DAY = date(1900, 3, 1)
"""Before it, programs count days differently, or not at all: such a day is written as text."""
_EVERYWHERE = "A1:XFD1048576"
_COLOURS: dict[Emphasis, str] = {
    "late": "#9C0006",
    "soon": "#7F6000",
    "closed": "#006100",
    "unclear": "#7030A0",
}


class TooLongError(Exception):
    """A sheet has more rows or columns than a workbook can hold; nothing is left out in silence."""


def render(book: Spreadsheet) -> bytes:
    """Return the bytes of a workbook, the same for the same content.

    Raises TooLongError where a sheet has more than 1,048,575 rows or 16,384 columns.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}  # fmt: skip
    with Workbook(out, options) as workbook:
        day = max(book.as_of, _FIRST_DAY)
        made = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day
        workbook.set_properties({"title": clean(book.title), "created": made})
        for leaf in book.leaves:
            _Drawn(workbook, leaf).draw()
    return out.getvalue()


class _Drawn:
    """A sheet on its way into a workbook."""

    def __init__(self, workbook: Workbook, leaf: Leaf) -> None:
        self.sheet: Worksheet = workbook.add_worksheet(leaf.name)
        self.leaf = leaf
        self.head = workbook.add_format(
            {"bold": True, "bottom": 1, "valign": "top", "text_wrap": True, "bg_color": "#EEEEEE"}
        )
        self.styles = {
            (emphasis, is_day): workbook.add_format(_style(emphasis, is_day=is_day))
            for emphasis in ("", *_COLOURS)
            for is_day in (True, False)
        }

    def draw(self) -> None:
        leaf = self.leaf
        if len(leaf.rows) > _MOST_ROWS:
            raise TooLongError
        needed = _needed(leaf)
        if sum(needed) > _MOST_COLUMNS:
            raise TooLongError
        headings = _headings(leaf.headings, needed)
        for column, heading in enumerate(headings):
            self.sheet.set_column(column, column, heading.width)
            self.sheet.write_string(0, column, clean(heading.name), self.head)
        for number, row in enumerate(leaf.rows):
            self._row(number, row, needed)
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, max(1, len(leaf.rows)), max(0, len(headings) - 1))
        self.sheet.ignore_errors({"number_stored_as_text": _EVERYWHERE})
        self._page(sum(needed[: leaf.printed]))

    def _page(self, columns: int) -> None:
        """Lay it out for the printer: A4 across, as wide as the page, the head on each."""
        self.sheet.print_area(0, 0, max(1, len(self.leaf.rows)), max(0, columns - 1))
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_footer("&L&A&R&P / &N")

    def _row(self, number: int, row: Sequence[Cell], needed: Sequence[int]) -> None:
        plain: Sequence[Emphasis] = [""] * len(row)
        emphases = self.leaf.emphases[number] if self.leaf.emphases else plain
        column = 0
        for value, emphasis, count in zip(row, emphases, needed, strict=True):
            pieces = _pieces(value)
            for place in range(count):
                piece = pieces[place] if place < len(pieces) else None
                self._write(number + 1, column, piece, emphasis)
                column += 1

    def _write(self, row: int, column: int, value: Cell, emphasis: Emphasis) -> None:
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
    style: dict[str, object] = {"valign": "top", "align": "left", "text_wrap": True}
    style |= {"bottom": 1, "bottom_color": "#DDDDDD"}
    if is_day:
        style["num_format"] = "yyyy-mm-dd"
    if emphasis in _COLOURS:
        style["font_color"] = _COLOURS[emphasis]
    return style


def _needed(leaf: Leaf) -> list[int]:
    """Return how many columns each heading needs: more than one where a text is too long."""
    needed = [1] * len(leaf.headings)
    for row in leaf.rows:
        for place, value in enumerate(row):
            if isinstance(value, str) and 2 * len(value) > _LONGEST:
                needed[place] = max(needed[place], len(_pieces(value)))
    return needed


def _headings(headings: Sequence[Heading], needed: Sequence[int]) -> list[Heading]:
    return [
        heading._replace(name=heading.name if place == 0 else f"{heading.name} ({place + 1})")
        for heading, count in zip(headings, needed, strict=True)
        for place in range(count)
    ]


def _pieces(value: Cell) -> Sequence[Cell]:
    """Return a value as cells hold it: a long text in pieces, a day that has no number as text."""
    match value:
        case str():
            text = clean_lines(value)
            if 2 * len(text) <= _LONGEST:
                return [text or None]
            long = _LONGEST if max(text) < "\U00010000" else _LONGEST // 2
            return [text[at : at + long] for at in range(0, len(text), long)]
        case date() if value < _FIRST_DAY:
            return [value.isoformat()]
        case _:
            return [value]
