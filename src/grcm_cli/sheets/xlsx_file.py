"""Read the sheets of an .xlsx workbook, with limits against hostile files; macros are ignored."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, NamedTuple

from grcm_cli.language.text import _
from grcm_cli.sheets.table import (
    MANY_COLUMNS,
    MANY_ROWS,
    CellProblem,
    CellValue,
    MergedCells,
    Sheet,
    SheetRow,
    UnreadableSheet,
)

_MOST_BYTES = 20_000_000
_MOST_UNPACKED = 40_000_000
"""Counted while unpacking: the sizes that an archive declares may be false."""
_MOST_TAGS = 2_000_000
"""A filled cell has two elements, or three; it bounds the time, about 10 µs each."""
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in _ENCODINGS)
"""Without a DOCTYPE there are no entities."""
_EBCDIC = b"\x4c\x6f\xa7\x94"
"""`<?xm` of an encoding in which a DOCTYPE has other bytes."""
_DECLARED_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML cannot hold, such as a line break pasted from Word."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OPENDOCUMENT = b"application/vnd.oasis.opendocument"


class Workbook(NamedTuple):
    """The sheets of a workbook."""

    visible: Sequence[Sheet]
    hidden: Sequence[Sheet]


def read(data: bytes) -> Workbook:
    """Return the sheets of a workbook, without those that have no cells. Raises UnreadableSheet."""
    has_formulas = _check_package(data)
    from openpyxl import load_workbook  # 150 ms, only for a workbook

    options = {"read_only": True, "keep_links": False}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what is not read, such as pictures
            book = load_workbook(BytesIO(data), data_only=True, **options)
            formulas = load_workbook(BytesIO(data), **options) if has_formulas else None
            merged = _merged_cells(data)
            found = [_read_sheet(one, formulas, merged) for one in book.worksheets]
            hidden = {one.title for one in book.worksheets if one.sheet_state != "visible"}
    except (UnreadableSheet, MemoryError):
        raise
    except Exception as error:  # openpyxl raises anything on damaged files
        raise _damaged() from error
    return Workbook(
        [sheet for sheet in found if sheet.name not in hidden],
        [sheet for sheet in found if sheet.name in hidden],
    )


_Merged = Mapping[str, Sequence[MergedCells]]
"""The merged cells by the part of the archive that has their sheet."""


def _read_sheet(sheet: Any, formulas: Any, merged: _Merged) -> Sheet:  # noqa: ANN401 - openpyxl has no types
    sources = [sheet] if formulas is None else [sheet, formulas[sheet.title]]
    cells_of = []
    for source in sources:
        source.reset_dimensions()  # a file may say fewer than it has
        cells_of.append(source.iter_rows(max_row=MANY_ROWS + 1, max_col=MANY_COLUMNS))
    rows = []
    for number, found in enumerate(zip(*cells_of, strict=True), 1):
        cells = [_cell(*pair) for pair in zip(*found, strict=True)]
        while cells and not cells[-1]:
            del cells[-1]
        if cells and number > MANY_ROWS:
            message = _("it has more than {count} rows: cut it in parts")
            raise UnreadableSheet(message.format(count=MANY_ROWS))
        if cells:
            rows.append(SheetRow(number, cells))
    return Sheet(sheet.title, rows, merged.get(str(sheet._worksheet_path).lstrip("/"), ()))


def _merged_cells(data: bytes) -> _Merged:
    """Return the cells that are merged over several rows; openpyxl leaves them out here."""
    from openpyxl.utils import column_index_from_string  # 100 ms, only for a workbook

    found: dict[str, list[MergedCells]] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for info in archive.infolist():
            if info.filename.startswith("xl/worksheets/"):
                for match in _MERGED.finditer(archive.read(info)):
                    first, top, last, bottom = (part.decode() for part in match.groups())
                    columns = (column_index_from_string(letters) - 1 for letters in (first, last))
                    cells = MergedCells(int(top), int(bottom), *columns)
                    found.setdefault(info.filename, []).append(cells)
    return found


_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*ref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)


def _cell(cell: Any, other: Any = None) -> CellValue:  # noqa: ANN401 - openpyxl has no types
    """Return a cell's value; `other` is the same cell with its formula, or its value once more."""
    value: object = cell.value
    written: object = other.value if other is not None else None
    if value is None and isinstance(written, str) and written.startswith("="):
        return CellProblem(_("a formula without its value: write the value itself"))
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case bool():
            return "yes" if value else "no"  # words of sheet.states
        case int() | float():
            return _shown_number(value, str(cell.number_format))
        case time():
            return value.isoformat()
        case _:
            text = "" if value is None else str(value)
            return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).strip()


_DECIMALS = re.compile(r"(0+)(?:\.(0+))?(%?)")
"""Formats of numbers that show zeros which the value does not have: `000`, `0.00`, `0%`."""


def _shown_number(value: float, number_format: str) -> str:
    """Return a number as its cell shows it, where the format is a plain one."""
    if match := _DECIMALS.fullmatch(number_format):
        whole, decimals, sign = len(match[1]), len(match[2] or ""), match[3]
        written = f"{value * (100 if sign else 1):.{decimals}f}"
        is_short = sign or decimals or float(value).is_integer()
        if is_short:
            return written.zfill(whole + (decimals + 1 if decimals else 0)) + sign
    return str(int(value)) if float(value).is_integer() else str(value)


def _check_package(data: bytes) -> bool:
    """Tell whether a workbook has formulas. Raises UnreadableSheet for what is no safe workbook."""
    if len(data) > _MOST_BYTES:
        message = _("it is larger than {count} MB: cut it in parts")
        raise UnreadableSheet(message.format(count=_MOST_BYTES // 1_000_000))
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableSheet(_("it is protected by a password: save it without one"))
        raise UnreadableSheet(_("it is an old Excel file (.xls): save it as .xlsx"))
    try:
        return _check_parts(zipfile.ZipFile(BytesIO(data)))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        OverflowError,
    ) as error:
        raise _damaged() from error
    except RuntimeError as error:  # raised by zipfile for encrypted parts
        raise UnreadableSheet(_("it is protected by a password: save it without one")) from error


def _check_parts(archive: zipfile.ZipFile) -> bool:
    unpacked = tags = 0
    has_formulas = False
    for info in archive.infolist():
        if info.compress_type not in _COMPRESSIONS:
            raise _damaged()
        with archive.open(info) as part:
            content = part.read(_MOST_UNPACKED - unpacked + 1)
        unpacked += len(content)
        if unpacked > _MOST_UNPACKED:
            raise UnreadableSheet(_("it unpacks to far more than a sheet of replies has"))
        if info.filename == "mimetype" and content.startswith(_OPENDOCUMENT):
            raise UnreadableSheet(_("it is an OpenDocument file (.ods): save it as .xlsx"))
        declared = _DECLARED_ENCODING.match(content)
        if (
            any(mark in content for mark in _DOCTYPES)
            or content.startswith(_EBCDIC)
            or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"))
        ):
            raise UnreadableSheet(_("it holds what no workbook has: save it anew as .xlsx"))
        if content.lstrip()[:1] == b"<":
            tags += content.count(b"<")
            has_formulas = has_formulas or bool(_FORMULA.search(content))
    if tags > _MOST_TAGS:
        raise UnreadableSheet(_("it has far more cells than a sheet of replies: cut it in parts"))
    return has_formulas


def _damaged() -> UnreadableSheet:
    message = _("it is no workbook, or a damaged one: open it in Excel and save it as .xlsx")
    return UnreadableSheet(message)
