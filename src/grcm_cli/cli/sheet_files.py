"""Open a workbook or a CSV file of the command line, and settle the order of its days."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date

from grcm_cli.cli.options import TEXT_SHEETS, WORKBOOKS
from grcm_cli.cli.session import Session, ask, say
from grcm_cli.domain.findings import RowProblem
from grcm_cli.language.days import long_day
from grcm_cli.language.text import _, clean, counted, fold, labelled
from grcm_cli.lookups.errors import WrongUse, filled
from grcm_cli.recording.entries import CellPlace, EntryRequest
from grcm_cli.recording.sheet import refuse_missing_columns, sheet_requests, unread_columns
from grcm_cli.sheets import csv_file, reply_form
from grcm_cli.sheets.cells import day_of, days_in
from grcm_cli.sheets.headings import FORM_COLUMNS, REPORTS, STATE_DAYS, TableKind, reports_like
from grcm_cli.sheets.table import STDIN, TOP_ROWS, Sheet, SheetTable, UnreadableSheet, build_table
from grcm_cli.storage.file_reader import read_bytes
from grcm_cli.times.patterns import ORDERS, Order
from grcm_cli.views.labels import PROGRESS, STATES

_MOST_CELLS = 12  # so many cells with a comment are named


def read_sheets(
    word: str, kind: TableKind, session: Session, name: str | None = None
) -> tuple[Sheet, list[Sheet]]:
    """Return a file's sheet that has the table, and its hidden ones; name those that are not read.

    Raises WrongUse where there is no such file or sheet of a `name`, and UnreadableSheet.
    """
    path = session.cwd / word
    if not path.exists() and not path.is_symlink():
        raise WrongUse(_("there is no file {path}"), path=word)
    if path.is_dir():
        raise WrongUse(_("{path} is a folder; name a file in it"), path=word)
    ending = path.suffix.lower()
    if ending in TEXT_SHEETS:
        if name:
            raise WrongUse(_("{option} is for a workbook; {path} has only one sheet"),
                           option="--sheet", path=word)  # fmt: skip
        return csv_file.read(read_bytes(path), kind), []
    if ending not in WORKBOOKS:
        message = _(
            "save it as .xlsx or as “CSV UTF-8” in a spreadsheet program; a table in a "
            "document must first be copied into a new sheet"
        )
        if kind.name == "tracker" and ending in (".docx", ".pdf", ".txt", ".md"):
            message = _("grcm import reads tables; for a document: {command}")
            message = message.format(command=f"grcm draft {word}")
        raise UnreadableSheet(message)
    from grcm_cli.sheets import xlsx_file  # 150 ms, only for a workbook

    sheets = xlsx_file.read(read_bytes(path))
    visible = [sheet for sheet in sheets if not sheet.is_hidden]
    hidden = [sheet for sheet in sheets if sheet.is_hidden]
    if name:
        chosen = next((sheet for sheet in visible if fold(sheet.name) == fold(name)), None)
        if chosen is None:
            message = _("there is no sheet {name}; the sheets are: {names}")
            raise WrongUse(message, name=name, names=", ".join(sheet.name for sheet in visible))
        return chosen, hidden
    return _sheet_with_table(visible, hidden, kind), hidden


def _sheet_with_table(visible: Sequence[Sheet], hidden: Sequence[Sheet], kind: TableKind) -> Sheet:
    """Return the sheet that has the headings of a kind, else the first; name those not read."""
    filled = [sheet for sheet in visible if sheet.rows or sheet.fault]
    if not filled:
        raise UnreadableSheet(_("it is empty: it needs a row of headings"))
    is_head = kind.is_heading_row
    heads = ((sheet, sheet.rows[:TOP_ROWS]) for sheet in filled)
    like = (sheet for sheet, rows in heads if any(is_head(row.values) for row in rows))
    chosen = next(like, filled[0])
    filled += [sheet for sheet in hidden if sheet.rows and sheet.name != reply_form.HIDDEN_SHEET]
    if names := [clean(sheet.name) for sheet in filled if sheet is not chosen]:
        message = _("only the sheet {name} is read, not: {names}")
        say(message, name=chosen.name, names=", ".join(names))
    return chosen


def say_hidden(table: SheetTable) -> None:
    """Say what is read that a spreadsheet program does not show, and which comments are not."""
    if table.hidden:
        say(_("hidden in the sheet, but read: {places}"), places=", ".join(table.hidden))
    if count := len(table.comments):
        cells = ", ".join([*table.comments[:_MOST_CELLS], *["…"][: count > _MOST_CELLS]])
        message = _("{path}: comments on cells that are not read: {count} ({cells})")
        say(message, path=table.source, count=count, cells=cells)


def read_reports(
    word: str, defaults: Mapping[str, str], order: Order | None, session: Session, by: Sequence[str]
) -> tuple[CellPlace, list[EntryRequest], list[RowProblem]]:
    """Return the places of a sheet's cells, the entries that it asks to record, and its problems.

    The sheet is a file, or stdin for `-`. A form whose hidden sheet is gone is read only where the
    command line says `by` whom it is. Raises WrongUse for what is no such sheet.
    """
    source = STDIN if word == "-" else clean(word)
    try:
        if word == "-":
            data = sys.stdin.buffer.read() if sys.stdin else b""
            if not data.strip():
                raise UnreadableSheet(_("it is empty: it needs a row of headings"))
            sheet, hidden = csv_file.read(data, REPORTS, by_line=True), list[Sheet]()
        else:
            sheet, hidden = read_sheets(word, REPORTS, session)
        asked, form = reply_form.asked_tasks(hidden)
        head = [row.values for row in sheet.rows[:TOP_ROWS]]
        states = {str(key): words for key, words in STATES.items() if key not in PROGRESS}
        table = build_table(sheet, source, reports_like(head, is_form=bool(asked), states=states))
        if asked:
            table = table._replace(problems=[*table.problems, *reply_form.problems(table, asked)])
        elif table.letters.keys() >= FORM_COLUMNS and not by:
            message = _("it is a reply form without its hidden sheet: give the sender with --by")
            raise UnreadableSheet(message)
    except UnreadableSheet as error:
        raise WrongUse(labelled(source, str(error)), _("nothing was written")) from error
    say_hidden(table)
    order = order or ("day-first" if asked and sheet.name != reply_form.NAME else None)
    order = order or order_of_days(table, (*STATE_DAYS, "progress", "for", "deadline"), session)
    refuse_missing_columns(table, defaults, order)
    for sentence in unread_columns(table):
        say(sentence)
    requests, problems, empty = sheet_requests(table, defaults, order)
    if asked and not problems and (references := reply_form.deleted_rows(table, asked)):
        message = _("rows missing from the form, on which nothing is recorded: {references}")
        say(message, references=references)
    if empty:
        message = counted(
            "{count} row without progress left out", "{count} rows without progress left out", empty
        )
        say(message)
    return table.place, [request._replace(form=form) for request in requests], problems


def order_of_days(table: SheetTable, columns: Sequence[str], session: Session) -> Order:
    """Return the order of day and month: as some row shows it, else as the person says.

    The day of a state does not lie in the future. Raises WrongUse where neither decides.
    """
    written = [
        (row.number, column, cell, day)
        for row in table.rows
        for column in columns
        if isinstance(cell := row.cells.get(column), str)
        # A day alone is no state, in whichever order.
        if column != "progress" or not any(day_of(cell, order) for order in ORDERS)
        for day in days_in(cell, session.as_of if column in (*STATE_DAYS, "progress") else date.max)
    ]
    shown = {order for *_cell, day in written if len(day) == 1 for order in day}
    open_days = [cell for cell in written if len(set(cell[-1].values())) > 1]
    if shown or not open_days:  # day first where rows show both orders, or none
        return "month-first" if shown == {"month-first"} else "day-first"
    number, column, text, day = open_days[0]
    first, second = (long_day(named, session.language) for named in filter(None, day.values()))
    values = {"place": table.place(number, column), "text": text, "one": first, "other": second}
    if table.source == STDIN or not sys.stdin.isatty():
        message = _(
            "{place}: '{text}' may be {one} or {other}, and no row decides it; give --day-first or "
            "--month-first"
        )
        raise WrongUse(message, _("nothing was written"), **values)
    question = filled(_("{place}: does '{text}' mean (1) {one} or (2) {other}?"), values) + " [1/2]"

    def one_or_two(reply: str) -> str:
        if reply not in ("1", "2"):
            raise WrongUse(_("write 1 or 2"))
        return reply

    return ORDERS[int(ask(None, "--day-first", question, one_or_two)) - 1]
