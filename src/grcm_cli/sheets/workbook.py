"""The file of a workbook, as openpyxl writes it: typed cells, filters, the printed page."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, partial
from io import BytesIO
from typing import Any, Literal, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from grcm_cli.formats.listing import Emphasis
from grcm_cli.language.text import clean, clean_lines
from grcm_cli.storage.files import with_fixed_times

FIRST_DAY = date(1900, 3, 1)
"""Programs count earlier days differently, or not at all: such a day is written as text."""
_LONGEST = 32_000
"""UTF-16 units that a cell holds with room to spare; the rest of a text goes into a next column."""
_MOST_ROWS, _MOST_COLUMNS = 1_048_574, 16_384
_MARGINS = 0.7109375
"""Of a column, in characters; widths are given without them, and stored with them."""
_A4 = 9
_FONT = "Calibri"
_DAY = "yyyy-mm-dd"
_COLOURS: dict[Emphasis, str] = {
    "late": "FF9C0006",
    "soon": "FF7F6000",
    "done": "FF006100",
    "declined": "FF1F4E79",
    "ended": "FF595959",
    "unclear": "FF7030A0",
}
_NO_XML = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, and the `_` that would begin the number by which a workbook writes it."""
_FOOTER_END = b"</headerFooter>"
_NO_CORNERS = _FOOTER_END + (
    b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
)
"""A program marks no cell for being a text of digits, as the number of a conclusion is."""

CellValue = str | int | date | None
_Style = Literal["warning", "head"] | tuple[Emphasis, bool]
"""`warning`, `head`, or an emphasis and whether it is that of a day."""


class Heading(NamedTuple):
    """The heading of a column, and the column's width in characters."""

    name: str
    width: int


class WorkbookRow(NamedTuple):
    """A row; each of its cells has an emphasis."""

    cells: Sequence[tuple[CellValue, Emphasis]]
    order: date = date.min  # what the rows of several records are put in order by


class WorkbookSheet(NamedTuple):
    """The content of a sheet."""

    name: str
    headings: Sequence[Heading]
    rows: Sequence[WorkbookRow]
    printed: int = _MOST_COLUMNS  # how many columns, from the left, are printed
    frozen: int = 1  # how many columns, from the left, stay in sight


class WorkbookData(NamedTuple):
    """The sheets of a workbook, and its title and day for the file's properties."""

    title: str
    as_of: date
    sheets: Sequence[WorkbookSheet]
    notice: str = ""  # a line above the headings of every sheet; none where it is empty


class TooLongError(Exception):
    """A sheet has more rows or columns than a workbook can hold."""


def render(data: WorkbookData) -> bytes:
    """Return a workbook's bytes. Raises TooLongError above 1,048,574 rows or 16,384 columns."""
    book = Workbook(write_only=True)
    for sheet in data.sheets:
        _write_sheet(book, sheet, clean(data.notice))
    return saved(book, clean(data.title), data.as_of)


def saved(book: Any, title: str, day: date) -> bytes:  # noqa: ANN401 - openpyxl has no types
    """Return the bytes of a workbook of openpyxl; all its dates are the same day."""
    properties = book.properties
    created = datetime.combine(max(day, FIRST_DAY), datetime.min.time())
    properties.title, properties.creator = title, ""
    properties.created = properties.modified = created
    file = BytesIO()
    ExcelWriter(book, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1)).save()
    return with_fixed_times(file.getvalue(), lambda xml: xml.replace(_FOOTER_END, _NO_CORNERS, 1))


def set_page(sheet: Any, head: int, frozen: int) -> None:  # noqa: ANN401 - as above
    """Set A4 landscape, and what stays in sight: the row `head` and `frozen` columns."""
    sheet.sheet_view.tabSelected = sheet is sheet.parent.worksheets[0]
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{head + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(0.7, 0.7, 0.75, 0.75, 0.3, 0.3)  # left … footer
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"


def set_width(sheet: Any, column: int, width: float) -> None:  # noqa: ANN401 - as above
    """Give a column, counted from 1, a width in characters."""
    sheet.column_dimensions[get_column_letter(column)].width = width + _MARGINS


def set_value(cell: Any, value: CellValue) -> Any:  # noqa: ANN401 - as above
    """Return a cell of openpyxl with a value; no text is a formula, an error or an escape."""
    if isinstance(value, str):
        cell.value = _NO_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", value)
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def font(colour: str | None = None, *, bold: bool = False, size: int = 11) -> Any:  # noqa: ANN401 - as above
    """Return the font of all cells, in the colour of a program's text unless another is given."""
    return Font(_FONT, size, bold, family=2, scheme="minor", color=colour or Color(theme=1))


def _write_sheet(book: Any, sheet: WorkbookSheet, notice: str) -> None:  # noqa: ANN401 - as above
    # How many columns each heading needs: more than one where a text is too long for a cell.
    needed = [1] * len(sheet.headings)
    for row in sheet.rows:
        for place, (value, _emphasis) in enumerate(row.cells):
            if isinstance(value, str) and 2 * len(value) > _LONGEST:
                needed[place] = max(needed[place], len(_pieces(value)))
    if len(sheet.rows) > _MOST_ROWS or sum(needed) > _MOST_COLUMNS:
        raise TooLongError
    headings = [
        Heading(heading.name if number == 1 else f"{heading.name} ({number})", heading.width)
        for heading, count in zip(sheet.headings, needed, strict=True)
        for number in range(1, count + 1)
    ]
    out = book.create_sheet(sheet.name)
    head = 2 if notice else 1
    last = head + max(1, len(sheet.rows))
    set_page(out, head, sheet.frozen)
    out.print_title_rows = f"1:{head}"
    out.print_area = f"A1:{get_column_letter(sum(needed[: sheet.printed]))}{last}"
    out.auto_filter.ref = f"A{head}:{get_column_letter(len(headings))}{last}"
    for column, heading in enumerate(headings, 1):
        set_width(out, column, heading.width)
    styled = cache(partial(_styled_cell, out))
    if notice:
        out.append([set_value(styled(0, "warning"), notice)])
    names = enumerate(clean(heading.name) for heading in headings)
    out.append([set_value(styled(place, "head"), name) for place, name in names])
    for row in sheet.rows:
        cells: list[object] = []
        for (value, emphasis), count in zip(row.cells, needed, strict=True):
            pieces = _pieces(value)
            for piece in [*pieces, *[None] * (count - len(pieces))]:
                cell = styled(len(cells), (emphasis, isinstance(piece, date)))
                cells.append(set_value(cell, piece))
        out.append(cells)


def _pieces(value: CellValue) -> Sequence[CellValue]:
    """Return a value as cells hold it: a long text in pieces, a day that has no number as text."""
    match value:
        case str():
            text = clean_lines(value)
            if 2 * len(text) <= _LONGEST:
                return [text or None]
            long = _LONGEST if max(text) < "\U00010000" else _LONGEST // 2
            return [text[at : at + long] for at in range(0, len(text), long)]
        case date() if value < FIRST_DAY:
            return [value.isoformat()]
        case _:
            return [value]


def _styled_cell(out: Any, _column: int, style: _Style) -> Any:  # noqa: ANN401 - as above
    """Return a cell for all rows of a column that have a style, which saves most time."""
    cell = WriteOnlyCell(out)
    if style == "warning":
        cell.font = font(_COLOURS["late"], bold=True)
        return cell
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if style == "head":
        cell.font = font(bold=True)
        cell.fill = PatternFill("solid", "FFEEEEEE")
        cell.border = Border(bottom=Side("thin"))
        return cell
    emphasis, is_day = style
    cell.alignment = Alignment("left", "top", wrap_text=True)
    cell.border = Border(bottom=Side("thin", "FFDDDDDD"))
    cell.font = font(_COLOURS.get(emphasis))
    if is_day:
        cell.number_format = _DAY
    return cell
