"""The file of a workbook: sheets of any length, of which one row is in memory at a time.

XlsxWriter makes a workbook with all but the rows: styles, widths, filters, the printed page. The
rows are written here, since the library holds every cell until it closes a workbook, unless each
repeats its text.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Literal, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from grcm_cli.formats.listing import Emphasis
from grcm_cli.language.text import clean, clean_lines

_LONGEST = 32_000
"""UTF-16 units that a cell holds with room to spare; the rest of a text goes into a next column."""
_MOST_ROWS, _MOST_COLUMNS = 1_048_574, 16_384
_FIRST_DAY = date(1900, 3, 1)
"""Programs count earlier days differently, or not at all: such a day is written as text."""
_DAY_ZERO = date(1899, 12, 30)
"""The day from which programs count those from _FIRST_DAY on."""
_EVERYWHERE = "A1:XFD1048576"
_COLOURS: dict[Emphasis, str] = {
    "late": "#9C0006",
    "soon": "#7F6000",
    "done": "#006100",
    "declined": "#1F4E79",
    "ended": "#595959",
    "unclear": "#7030A0",
}
_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")
"""What a program would read as a character's number, so that its `_` is written as a number."""
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SHEET = re.compile(r"xl/worksheets/sheet([0-9]+)\.xml")
_STRINGS = "xl/sharedStrings.xml"
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PIECE = 1 << 20
"""Bytes that are copied at a time."""
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_ROWS = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)

CellValue = str | int | date | None
_Style = Literal["warning", "head"] | tuple[Emphasis, bool]
"""`warning`, `head`, or an emphasis and whether it is that of a day."""


class Heading(NamedTuple):
    """The heading of a column, and the column's width in characters."""

    name: str
    width: int


class WorkbookSheet(NamedTuple):
    """The content of a sheet."""

    name: str
    headings: Sequence[Heading]
    rows: Collection[Sequence[CellValue]]
    emphases: Collection[Sequence[Emphasis]] = ()
    """The emphasis of each cell of each row; empty for none at all."""
    printed: int | None = None
    """How many columns, from the left, are printed; None for all."""
    frozen: int = 1
    """How many columns, from the left, stay in sight."""
    order: Collection[date] = ()
    """What the rows of several records are put in order by; empty where they are not."""


class WorkbookData(NamedTuple):
    """The sheets of a workbook, and its title and day for the file's properties."""

    title: str
    as_of: date
    sheets: Sequence[WorkbookSheet]
    notice: str = ""
    """A line above the headings of every sheet; none where it is empty."""


class TooLongError(Exception):
    """A sheet has more rows or columns than a workbook can hold."""


class _LongTextError(Exception):
    """A text needs more columns than were counted for it."""


def render(data: WorkbookData) -> bytes:
    """Return the bytes of a workbook, the same for the same content. Raises TooLongError."""
    out = io.BytesIO()
    _write(data, out)
    return out.getvalue()


def write(data: WorkbookData, path: Path) -> None:
    """Write a workbook into a file, the same bytes for the same content.

    Raises TooLongError where a sheet has more than 1,048,574 rows or 16,384 columns.
    """
    with path.open("wb") as out:
        _write(data, out)


def _write(data: WorkbookData, out: IO[bytes]) -> None:
    with TemporaryFile() as texts, TemporaryFile() as cells:
        content = _Content(_SharedStrings(texts), cells, {})
        written = [
            _SheetWriter(sheet, clean(data.notice), content).write() for sheet in data.sheets
        ]
        frame = zipfile.ZipFile(_frame(data, written, list(content.styles)))
        with frame, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for part in frame.infolist():
                pieces, size = iter([frame.read(part)]), part.file_size
                number = _SHEET.fullmatch(part.filename)
                if number is not None:
                    sheet = written[int(number[1]) - 1]
                    size += sheet.end - sheet.start
                    pieces = _sheet_pieces(frame.read(part), sheet, cells)
                elif part.filename == _STRINGS:
                    size += texts.tell()
                    pieces = content.strings.pieces()
                # Dated 1980 by default, as all parts of a workbook are.
                info = zipfile.ZipInfo(part.filename)
                info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, size
                with package.open(info, "w") as target:
                    for piece in pieces:
                        target.write(piece)


class _SharedStrings:
    """The texts of all cells: each is written once, and cells have its number."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out, self.count = out, 0
        self.numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of a text."""
        self.count += 1
        number = self.numbers.get(text)
        if number is None:
            number = self.numbers[text] = len(self.numbers)
            space = ' xml:space="preserve"' if text != text.strip() else ""
            escaped = _ESCAPED.sub(r"_x005F\1", text).translate(_XML)
            self.out.write(f"<si><t{space}>{escaped}</t></si>".encode())
        return number

    def forget(self, count: int, unique: int, end: int) -> None:
        """Go back to an earlier state."""
        self.count = count
        while len(self.numbers) > unique:
            self.numbers.popitem()
        self.out.seek(end)
        self.out.truncate()

    def pieces(self) -> Iterator[bytes]:
        """Yield the part of the package that has them."""
        counts = f'count="{self.count}" uniqueCount="{len(self.numbers)}"'
        yield f'{_XML_HEAD}<sst xmlns="{_NAMESPACE}" {counts}>'.encode()
        yield from _read(self.out, 0, self.out.tell())
        yield b"</sst>"


class _Content(NamedTuple):
    """What is written of all sheets: texts, cells, and styles in the order of their first use."""

    strings: _SharedStrings
    cells: IO[bytes]
    styles: dict[_Style, int]

    def cell(self, place: str, value: CellValue, style: _Style) -> str:
        """Return a cell as XML."""
        number = self.styles.get(style) or self.styles.setdefault(style, len(self.styles) + 1)
        match value:
            case str():
                return f'<c r="{place}" s="{number}" t="s"><v>{self.strings.number(value)}</v></c>'
            case None:
                return f'<c r="{place}" s="{number}"/>'
            case date():
                value = (value - _DAY_ZERO).days
        return f'<c r="{place}" s="{number}"><v>{value:.16G}</v></c>'


class _WrittenSheet(NamedTuple):
    """A sheet whose rows are written."""

    sheet: WorkbookSheet
    columns: Sequence[Heading]
    printed: int
    """How many columns are printed."""
    notice: str
    """The row above the headings, as XML."""
    start: int
    """Where its other rows begin among the cells."""
    end: int

    @property
    def top(self) -> int:
        """The row of the headings, from 0."""
        return 1 if self.notice else 0

    @property
    def dimension(self) -> str:
        """The corner cells."""
        last = self.top + 1 + len(self.sheet.rows)
        return f"A1:{xl_col_to_name(max(0, len(self.columns) - 1))}{last}"


class _SheetWriter:
    """Writes the rows of one sheet."""

    def __init__(self, sheet: WorkbookSheet, notice: str, content: _Content) -> None:
        self.sheet, self.notice, self.content = sheet, notice, content

    def write(self) -> _WrittenSheet:
        """Write all rows. Raises TooLongError."""
        if len(self.sheet.rows) > _MOST_ROWS:
            raise TooLongError
        strings, cells = self.content.strings, self.content.cells
        before = strings.count, len(strings.numbers), strings.out.tell()
        start = cells.tell()
        try:
            return self._write([1] * len(self.sheet.headings))
        except _LongTextError:  # as hardly ever
            strings.forget(*before)
            cells.seek(start)
            cells.truncate()
            return self._write(_needed(self.sheet))

    def _write(self, needed: Sequence[int]) -> _WrittenSheet:
        """Write all rows. Raises _LongTextError where a text needs more columns."""
        if sum(needed) > _MOST_COLUMNS:
            raise TooLongError
        columns = [
            Heading(heading.name if place == 0 else f"{heading.name} ({place + 1})", heading.width)
            for heading, count in zip(self.sheet.headings, needed, strict=True)
            for place in range(count)
        ]
        content, out = self.content, self.content.cells
        start = out.tell()
        if self.notice:
            content.styles.setdefault("warning", len(content.styles) + 1)
        letters = [xl_col_to_name(number) for number in range(len(columns))]
        row = 2 if self.notice else 1
        head: list[tuple[CellValue, _Style]] = [(clean(column.name), "head") for column in columns]
        out.write(self._row(row, letters, head))
        none: Sequence[Emphasis] = [""] * len(needed)
        emphases = self.sheet.emphases or repeat(none)
        for values, emphasis in zip(self.sheet.rows, emphases, strict=False):
            row += 1
            out.write(self._row(row, letters, self._cells(values, emphasis, needed)))
        notice = ""
        if self.notice:
            notice = self._row(1, letters[:1], [(self.notice, "warning")], len(letters)).decode()
        printed = sum(needed[: self.sheet.printed])
        return _WrittenSheet(self.sheet, columns, printed, notice, start, out.tell())

    def _row(
        self,
        row: int,
        letters: Sequence[str],
        cells: Iterable[tuple[CellValue, _Style]],
        width: int = 0,
    ) -> bytes:
        """Return a row as XML; `width` is its number of columns, where it has not all cells."""
        cell = self.content.cell
        written = "".join(
            [
                cell(f"{letter}{row}", value, style)
                for letter, (value, style) in zip(letters, cells, strict=True)
            ]
        )
        return f'<row r="{row}" spans="1:{width or len(letters)}">{written}</row>'.encode()

    def _cells(
        self, values: Sequence[CellValue], emphases: Sequence[Emphasis], needed: Sequence[int]
    ) -> Iterator[tuple[CellValue, _Style]]:
        """Yield the cells of a row. Raises _LongTextError where a text needs more columns."""
        written = self.content.strings.numbers
        for value, emphasis, count in zip(values, emphases, needed, strict=True):
            # As most cells: what is written already needs no look at its characters.
            if count == 1 and (value is None or value in written):
                yield value, (emphasis, False)
                continue
            pieces = _pieces(value)
            if len(pieces) > count:
                raise _LongTextError
            for piece in pieces:
                yield piece, (emphasis, isinstance(piece, date))
            for _place in range(count - len(pieces)):
                yield None, (emphasis, False)


def _needed(sheet: WorkbookSheet) -> list[int]:
    """Return how many columns each heading needs: more than one where a text is too long."""
    needed = [1] * len(sheet.headings)
    for row in sheet.rows:
        for place, value in enumerate(row):
            if isinstance(value, str) and 2 * len(value) > _LONGEST:
                needed[place] = max(needed[place], len(_pieces(value)))
    return needed


def _pieces(value: CellValue) -> Sequence[CellValue]:
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


# --- the frame: a workbook without its rows ------------------------------------------------------


def _frame(
    data: WorkbookData, written: Sequence[_WrittenSheet], styles: Sequence[_Style]
) -> IO[bytes]:
    """Return a workbook of the same sheets, in whose place of rows each style is used once."""
    frame = io.BytesIO()
    with Workbook(frame, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as workbook:
        day = max(data.as_of, _FIRST_DAY)
        made = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day
        workbook.set_properties({"title": clean(data.title), "created": made})
        for number, one in enumerate(written):
            out: Worksheet = workbook.add_worksheet(one.sheet.name)
            out.write_string(0, 0, "x")  # so that there is a table of texts
            for row, style in enumerate(styles if number == 0 else (), 1):
                out.write_blank(row, 0, None, workbook.add_format(_properties(style)))
            _set_up(out, one)
    frame.seek(0)
    return frame


def _set_up(out: Worksheet, written: _WrittenSheet) -> None:
    """Set what a sheet has besides its cells."""
    sheet, top = written.sheet, written.top
    for number, column in enumerate(written.columns):
        out.set_column(number, number, column.width)
    last = top + max(1, len(sheet.rows))
    out.freeze_panes(top + 1, sheet.frozen)
    out.autofilter(top, 0, last, max(0, len(written.columns) - 1))
    out.ignore_errors({"number_stored_as_text": _EVERYWHERE})
    # The printed page: A4 landscape, fitted to its width, headings on each page.
    out.print_area(0, 0, last, max(0, written.printed - 1))
    out.set_landscape()
    out.set_paper(9)
    out.fit_to_pages(1, 0)
    out.repeat_rows(0, top)
    out.set_footer("&L&A&R&P / &N")


def _properties(style: _Style) -> dict[str, object]:
    if style == "warning":
        return {"bold": True, "font_color": _COLOURS["late"]}
    if style == "head":
        return {"bold": True, "bottom": 1, "valign": "top", "text_wrap": True,
                "bg_color": "#EEEEEE"}  # fmt: skip
    emphasis, is_day = style
    found: dict[str, object] = {"valign": "top", "align": "left", "text_wrap": True}
    found |= {"bottom": 1, "bottom_color": "#DDDDDD"}
    if is_day:
        found["num_format"] = "yyyy-mm-dd"
    if emphasis in _COLOURS:
        found["font_color"] = _COLOURS[emphasis]
    return found


def _sheet_pieces(frame: bytes, written: _WrittenSheet, cells: IO[bytes]) -> Iterator[bytes]:
    """Yield the part of a sheet: that of the frame, with the rows in their place."""
    frame = _DIMENSION.sub(f'<dimension ref="{written.dimension}"/>'.encode(), frame, count=1)
    head, tail = _ROWS.split(frame, maxsplit=1)
    yield head + b"<sheetData>" + written.notice.encode()
    yield from _read(cells, written.start, written.end)
    yield b"</sheetData>" + tail


def _read(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    """Yield a part of a file in pieces; its place is then as it was."""
    place = file.tell()
    file.seek(start)
    left = end - start
    while left:
        piece = file.read(min(left, _PIECE))
        left -= len(piece)
        yield piece
    file.seek(place)
