"""Read the sheets of an .xlsx workbook, with limits against hostile files; macros are ignored.

Each part goes through expat first, which tells what openpyxl leaves out when it reads row by row:
merged cells, hidden rows and columns, formulas without a value, cells beyond what is read.
"""

import posixpath
import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any, NoReturn
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from grcm_cli.language.text import _, half_up
from grcm_cli.sheets import table
from grcm_cli.sheets.table import CellValue, Sheet, SheetRow, UnreadableSheet

_MOST_BYTES = 20_000_000
_MOST_UNPACKED = 40_000_000
"""Counted while unpacking: the sizes that an archive declares may be false."""
_MOST_TAGS = 1_000_000  # a filled cell has two, or three; it bounds the time, about 5 µs each
_OF_CELLS = frozenset(("row", "c", "v", "f", "is", "t", "si", "r"))
_WEIGHT = 10  # how many of these one other tag counts for, by the time that openpyxl takes for it
_MOST_SHEETS = 250
_LONGEST_FORMAT = 255
"""Characters of a number format, as programs allow; to read a longer one may take for ever."""
_LAST_ROW = 1_048_576
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError)
_ENCODINGS = ("utf-8", "utf-16", "us-ascii", "ascii")
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_SPAN = re.compile(f"{_REFERENCE.pattern}:{_REFERENCE.pattern}", re.ASCII)
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML cannot hold, such as a line break pasted from Word."""
_DECIMALS = re.compile(r"(0{1,30})(?:\.(0{1,30}))?(%?)")
"""Formats of numbers that show zeros which the value does not have: `000`, `0.00`, `0%`."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OPENDOCUMENT = b"application/vnd.oasis.opendocument"


def read(data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook. Raises UnreadableSheet."""
    parts = _checked_parts(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what is not read, such as pictures
            book = load_workbook(BytesIO(data), read_only=True, keep_links=False, data_only=True)
            return [_read_sheet(sheet, parts) for sheet in book.worksheets]
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises anything on damaged files
        raise _damaged() from error


def _read_sheet(sheet: Any, parts: Mapping[str, "_WorkbookPart"]) -> Sheet:  # noqa: ANN401 - openpyxl has no types
    part = parts[str(sheet._worksheet_path).lstrip("/")]
    if part.is_broken:
        raise _damaged()
    sheet.reset_dimensions()  # a file may say fewer than it has
    rows = []
    # Not one row more: what comes behind the last one is not read.
    last = min(part.row_of_last_cell, table.MANY_ROWS)
    filled = islice(sheet.iter_rows(max_row=last, max_col=table.MANY_COLUMNS), last) if last else ()
    for number, row in enumerate(filled, 1):
        cells = [_cell(cell, is_bare=(number, at) in part.bare) for at, cell in enumerate(row, 1)]
        while cells and not cells[-1]:
            del cells[-1]
        if cells:
            rows.append(SheetRow(number, cells))
    shown = part.merged, part.hidden_rows, part.hidden_columns, part.fault
    # The comments of a sheet are in a part of their own.
    folder, _slash, name = str(sheet._worksheet_path).rpartition("/")
    links = parts.get(f"{folder}/_rels/{name}.rels".lstrip("/"))
    comments: list[str] = []
    for target in links.targets if links else ():
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        comments += parts[path].comments if path in parts else ()
    return Sheet(sheet.title, rows, *shown, comments, sheet.sheet_state != "visible")


def _cell(cell: Any, *, is_bare: bool) -> CellValue:  # noqa: ANN401 - openpyxl has no types
    """Return a cell's value; one that `is_bare` is a formula without it."""
    if is_bare:
        return table.CellProblem(_("a formula without its value: write the value itself"))
    match cell.value:
        case datetime() as moment:
            return moment.date()
        case date() as day:
            return day
        case bool() as truth:
            return "yes" if truth else "no"  # words of sheet.states
        case int() | float() as number:
            return _shown_number(number, str(cell.number_format))
        case time() as hour:
            return hour.isoformat()
        case None:
            return ""
        case value:
            return table.cell_text(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), str(value)))


def _shown_number(value: float, number_format: str) -> str:
    """Return a number as its cell shows it, where the format is a plain one."""
    if match := _DECIMALS.fullmatch(number_format):
        whole, decimals, sign = len(match[1]), len(match[2] or ""), match[3]
        written = half_up(value * (100 if sign else 1), decimals)
        share = round(100 * value, 6)
        if sign and float(written) in (0, 100) and share != float(written):
            return f"{share:g}%"  # nearly all is not all, and little not nothing
        if sign or decimals or float(value).is_integer():
            return written.zfill(whole + (decimals + 1 if decimals else 0)) + sign
    return str(int(value)) if float(value).is_integer() else str(value)


class _WorkbookPart:
    """What expat finds in a part, as Sheet has it; raises UnreadableSheet for what none has."""

    def __init__(self, content: bytes, allowed: int) -> None:
        self.allowed = allowed  # tags that the workbook may still have
        self.sheets = 0
        self.merged: list[table.MergedCells] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.comments: list[str] = []
        self.targets: list[str] = []  # the addresses of the parts to which it is related
        self.bare: set[tuple[int, int]] = set()
        """The row and the column of each formula without a value."""
        self.fault = ""
        self.is_broken = False
        self.row_of_last_cell = 0
        self._row = self._column = 0
        self._is_formula = self._has_value = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = _refuse  # without it there are no entities
        self._parser.XmlDeclHandler = self._declare
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:  # a part may be no XML
            self._parser.ParseFile(BytesIO(content))
        except expat.ExpatError:
            self.is_broken = True

    def _declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            _refuse()

    def _check_limits(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.allowed -= 1 if tag in _OF_CELLS else _WEIGHT
        if self.allowed < 0:
            message = _("it has far more cells than such a sheet should have: split it")
            raise UnreadableSheet(message)
        self.sheets += tag == "sheet"
        if self.sheets > _MOST_SHEETS or len(attributes.get("formatCode", "")) > _LONGEST_FORMAT:
            _refuse()

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self._check_limits(tag, attributes)
        is_hidden = attributes.get("hidden") in ("1", "true")
        match tag:
            case "c":
                place = _REFERENCE.fullmatch(attributes.get("r", ""))
                self._column = column_index_from_string(place[1]) if place else self._column + 1
                self._is_formula = self._has_value = False
            case "v" | "t":
                self._parser.CharacterDataHandler = None if self._has_value else self._text
            case "row":
                self._row, self._column = _number(attributes.get("r"), self._row + 1), 0
                if is_hidden and self._row <= table.MANY_ROWS:
                    self.hidden_rows.append(self._row)
            case "col" if is_hidden:
                first = _number(attributes.get("min"), 1)
                last = min(_number(attributes.get("max"), first), table.MANY_COLUMNS)
                self.hidden_columns += range(first - 1, last)
            case "mergeCell":
                if span := _SPAN.fullmatch(attributes.get("ref", "")):
                    column = column_index_from_string(span[1]) - 1
                    self.merged.append((column, int(span[2]), int(span[4])))
            case "comment" if _REFERENCE.fullmatch(attributes.get("ref", "")):
                self.comments.append(attributes["ref"])
            case "Relationship":
                self.targets.append(attributes.get("Target", ""))
        self._is_formula = self._is_formula or tag == "f"

    def _end(self, name: str) -> None:
        if name.endswith("c") and name.rpartition(" ")[2] == "c":
            self._parser.CharacterDataHandler = None
            if self._is_formula and not self._has_value:
                self.bare.add((self._row, self._column))
                self.row_of_last_cell = max(self.row_of_last_cell, self._row)

    def _text(self, text: str) -> None:
        if not text.strip():
            return
        self._has_value = True
        self._parser.CharacterDataHandler = None
        self.row_of_last_cell = max(self.row_of_last_cell, self._row)
        if self._row > table.MANY_ROWS and not self.fault:
            self.fault = _("it has more than {count} rows: split it").format(count=table.MANY_ROWS)
        if self._column > table.MANY_COLUMNS and not self.fault:
            self.fault = table.too_wide(f"{table.letter(self._column - 1)}{self._row}")


def _number(written: str | None, default: int) -> int:
    """Return the number of a row or a column, `default` where none is written."""
    if written is None:
        return default
    number = int(written) if written.isdecimal() and len(written) <= len(str(_LAST_ROW)) else 0
    if not 0 < number <= _LAST_ROW:
        raise _damaged()
    return number


def _checked_parts(data: bytes) -> Mapping[str, _WorkbookPart]:
    """Return the parts of a workbook. Raises UnreadableSheet for what is no safe workbook."""
    if len(data) > _MOST_BYTES:
        message = _("it is larger than {count} MB: split it")
        raise UnreadableSheet(message.format(count=_MOST_BYTES // 1_000_000))
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableSheet(_("it is protected by a password: save it without one"))
        raise UnreadableSheet(_("it is an old Excel file (.xls): save it as .xlsx"))
    parts: dict[str, _WorkbookPart] = {}
    unpacked, allowed = 0, _MOST_TAGS
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        for info in archive.infolist():
            if info.compress_type not in _COMPRESSIONS:
                raise _damaged()
            with archive.open(info) as file:
                content = file.read(_MOST_UNPACKED - unpacked + 1)
            unpacked += len(content)
            if unpacked > _MOST_UNPACKED:
                raise UnreadableSheet(_("unpacked, it is far larger than such a sheet should be"))
            if info.filename == "mimetype" and content.startswith(_OPENDOCUMENT):
                raise UnreadableSheet(_("it is an OpenDocument file (.ods): save it as .xlsx"))
            parts[info.filename] = _WorkbookPart(content, allowed)
            allowed = parts[info.filename].allowed
    except _FAULTS as error:
        raise _damaged() from error
    except RuntimeError as error:  # raised by zipfile for encrypted parts
        raise UnreadableSheet(_("it is protected by a password: save it without one")) from error
    return parts


def _refuse(*_declaration: object) -> NoReturn:
    raise UnreadableSheet(_("it contains something that no workbook has: save it again as .xlsx"))


def _damaged() -> UnreadableSheet:
    message = _("it is not a workbook, or it is damaged: open it in Excel and save it as .xlsx")
    return UnreadableSheet(message)
