"""Open a workbook or a CSV file of the command line, and settle the order of its days."""

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.prompts import answer
from grcm_cli.cli.session import Session, say
from grcm_cli.language.days import long_day
from grcm_cli.language.text import _, clean, fold
from grcm_cli.sheets import csv_file
from grcm_cli.sheets.days import NumberedDay, Order, read_day, shown_order
from grcm_cli.sheets.table import STDIN, Sheet, SheetTable, TableKind, UnreadableSheet
from grcm_cli.storage.file_reader import read_bytes

DAY = "2026-03-15"
"""The example of a day in messages about a sheet."""
WORKBOOKS = (".xlsx", ".xlsm")
TEXTS = (".csv", ".tsv")


class SheetFile(NamedTuple):
    """A file of a spreadsheet program: the sheet that has the table, and the hidden ones."""

    sheet: Sheet
    is_text: bool
    """It is CSV, whose rows may have more cells than there are headings."""
    hidden: Sequence[Sheet] = ()


def read_sheets(word: str, kind: TableKind, session: Session, name: str | None = None) -> SheetFile:
    """Return what a file has; name the sheets that may be meant too and are not read.

    `name` is that of the sheet to read. Raises WrongUse where there is no such file or sheet, and
    UnreadableSheet.
    """
    path = session.here / word
    if not path.exists() and not path.is_symlink():
        raise WrongUse(_("there is no file {path}"), path=word)
    if path.is_dir():
        raise WrongUse(_("{path} is a folder; name a file in it"), path=word)
    ending = path.suffix.lower()
    if ending in TEXTS:
        return SheetFile(csv_file.read(read_bytes(path), kind), is_text=True)
    if ending not in WORKBOOKS:
        raise UnreadableSheet(_misnamed(kind))
    from grcm_cli.sheets import xlsx_file  # 20 ms, only for a workbook

    book = xlsx_file.read(read_bytes(path))
    sheet = _sheet_called(book.visible, name) if name else _sheet_of(book.visible, kind)
    return SheetFile(sheet, is_text=False, hidden=book.hidden)


def _misnamed(kind: TableKind) -> str:
    if kind.name == "tracker":
        return _("save it as .xlsx or as “CSV UTF-8” in its program, and import that")
    return _("save it as .xlsx or as “CSV UTF-8” in its program, and record that")


def _sheet_called(sheets: Sequence[Sheet], name: str) -> Sheet:
    for sheet in sheets:
        if fold(sheet.name) == fold(name):
            return sheet
    message = _("there is no sheet {name}; its sheets are: {names}")
    raise WrongUse(message, name=name, names=", ".join(sheet.name for sheet in sheets))


def _sheet_of(sheets: Sequence[Sheet], kind: TableKind) -> Sheet:
    """Return the sheet that has the headings of a kind, else the first; name others like it."""
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise UnreadableSheet(_("it is empty: it needs a row of headings"))
    like = [
        sheet for sheet in filled if any(kind.is_heading_row(row.values) for row in sheet.rows[:30])
    ]
    if len(like) > 1:
        names = ", ".join(clean(sheet.name) for sheet in like[1:])
        say(_("only the sheet {name} is read, not: {names}"), name=like[0].name, names=names)
    return (like or filled)[0]


# --- days -------------------------------------------------------------------------------------


def no_day(cell: str) -> str:
    """Return what is wrong in a cell that has no day in the order of the other rows."""
    found = read_day(cell)
    message = _("'{text}' is no day of the calendar; write it as {form}")
    other = found.day(found.orders[0]) if isinstance(found, NumberedDay) else None
    if other is not None:
        message = _("'{text}' has day and month in another order than the other rows; write {form}")
    return message.format(text=clean(cell), form=other.isoformat() if other else DAY)


def order_of_days(table: SheetTable, columns: Sequence[str], session: Session) -> Order:
    """Return the order of day and month: as some row shows it, else as the person says.

    Raises WrongUse where neither does.
    """
    found = list(_numbered(table, columns))
    shown = shown_order(one.day for one in found)
    open_ones = [one for one in found if one.day.is_open]
    if shown is not None or not open_ones:
        return shown or "day-first"
    number, column, cell, day = open_ones[0]
    place = table.place(number, column)
    orders: tuple[Order, Order] = ("day-first", "month-first")
    days = [day.day(order) for order in orders]
    one, other = (long_day(each, session.language) for each in days if each)
    if table.source == STDIN or not sys.stdin.isatty():
        message = _(
            "{place}: '{text}' may be {one} or {other}, and no row decides it; give --day-first or "
            "--month-first"
        )
        raise WrongUse(message, place=place, text=cell, one=one, other=other)
    question = _("{place}: '{text}' is: (1) {one}, (2) {other}").format(
        place=place, text=clean(cell), one=one, other=other
    )
    reply = answer(None, "--day-first", question, _one_or_two)
    return orders[int(reply) - 1]


def _one_or_two(text: str) -> str:
    if text not in ("1", "2"):
        raise WrongUse(_("write 1 or 2"))
    return text


class _NumberedCell(NamedTuple):
    number: int
    column: str
    cell: str
    day: NumberedDay


def _numbered(table: SheetTable, columns: Sequence[str]) -> Iterator[_NumberedCell]:
    for row in table.rows:
        for column in columns:
            cell = row.cells.get(column)
            day = read_day(cell) if isinstance(cell, str) else None
            if isinstance(cell, str) and isinstance(day, NumberedDay):
                yield _NumberedCell(row.number, column, cell, day)
