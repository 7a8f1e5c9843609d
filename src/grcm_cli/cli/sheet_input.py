"""What `grcm record` reads from a sheet: the requests of its rows, and their preview."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.progress_entries import EntryRequest, Rejection
from grcm_cli.cli.prompts import answer
from grcm_cli.cli.session import Session, say
from grcm_cli.domain.model import Entry
from grcm_cli.domain.register import Register
from grcm_cli.formats.listing import Column, Listing, TableRow, TextTable
from grcm_cli.language.days import long_day
from grcm_cli.language.text import _, clean, ngettext
from grcm_cli.sheets import csv_file, reply_form
from grcm_cli.sheets.days import NumberedDay, Order, read_day, shown_order
from grcm_cli.sheets.table import (
    HEADINGS,
    REPORTED,
    STDIN,
    ReportRow,
    ReportTable,
    Sheet,
    SheetProblem,
    UnreadableSheet,
    build_table,
    heading_of,
    is_heading_row,
    state_named,
)
from grcm_cli.storage.loader import read_bytes
from grcm_cli.views.labels import PROGRESS, party_name, progress_word

DAY = "2026-03-15"
"""The example of a day in messages about a sheet."""
_WORKBOOKS = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".tsv")


class SheetOptions(NamedTuple):
    """What the command line says for all rows of a sheet."""

    defaults: Mapping[str, str]
    """By column of EntryRequest."""
    order: Order | None
    """In which order the numbers of a day stand."""


class SheetRequests(NamedTuple):
    """What a sheet asks to record, and what is wrong in it."""

    requests: list[EntryRequest]
    problems: list[Rejection]


def read_requests(word: str, session: Session, options: SheetOptions) -> SheetRequests:
    """Return what a file, or stdin for `-`, asks to record; print what is left out.

    Raises WrongUse for what is no such sheet.
    """
    source = STDIN if word == "-" else clean(word)
    try:
        table = _table(word, source, session)
    except UnreadableSheet as error:
        raise WrongUse(f"{source}: {error}", _("nothing was written")) from error
    unread = _("columns that are not read: {names}").format(names=", ".join(table.unread))
    file = "-" if source == STDIN else source
    commands = {"progress": f"grcm record done {file}", "on": f"grcm record {file} --on {DAY}"}
    for column, command in commands.items():
        if column not in table.letters and column not in options.defaults:
            message = _(
                "{source}: there is no column {name}: add it, or give one for all rows, as in "
                "{command}"
            )
            hints = [unread] if table.unread else []
            hints.append(_("nothing was written"))
            name = heading_of(column)
            raise WrongUse(message, *hints, source=source, name=name, command=command)
    if table.unread:
        say(unread)
    return _requests(table, options, session)


def _table(word: str, source: str, session: Session) -> ReportTable:
    if word == "-":
        data = sys.stdin.buffer.read() if sys.stdin else b""
        if not data.strip():
            raise UnreadableSheet(_("it is empty: it needs a row of headings"))
        return build_table(csv_file.read(data, by_line=True), source, refuse_extra=True)
    path = session.here / word
    if not path.exists() and not path.is_symlink():
        raise WrongUse(_("there is no file {path}"), path=word)
    if path.is_dir():
        raise WrongUse(_("{path} is a folder, and no sheet"), path=word)
    ending = path.suffix.lower()
    if ending in _TEXTS:
        return build_table(csv_file.read(read_bytes(path)), source, refuse_extra=True)
    if ending not in _WORKBOOKS:
        raise UnreadableSheet(
            _("save it as .xlsx or as “CSV UTF-8” in its program, and record that")
        )
    from grcm_cli.sheets import xlsx_file  # 20 ms, only for a workbook

    book = xlsx_file.read(read_bytes(path))
    sheet = _sheet_of_reports(book.visible)
    table = build_table(sheet, source, refuse_extra=False)
    if asked := reply_form.asked_tasks(book.hidden):
        found = reply_form.problems(table, asked)
        table = table._replace(problems=[*table.problems, *found])
    return table


def _sheet_of_reports(sheets: Sequence[Sheet]) -> Sheet:
    """Return the sheet that has the headings of reports, else the first; name others like it."""
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise UnreadableSheet(_("it is empty: it needs a row of headings"))
    like = [sheet for sheet in filled if any(is_heading_row(row.values) for row in sheet.rows[:30])]
    if len(like) > 1:
        names = ", ".join(clean(sheet.name) for sheet in like[1:])
        say(_("only the sheet {name} is read, not: {names}"), name=like[0].name, names=names)
    return (like or filled)[0]


def _requests(table: ReportTable, options: SheetOptions, session: Session) -> SheetRequests:
    order = options.order or _order(table, session)
    options = options._replace(order=order)
    problems = list(table.problems)
    wrong: dict[int, set[str | None]] = {}
    for problem in problems:
        wrong.setdefault(problem.number, set()).add(problem.column)
    requests, unreported = [], 0
    for row in table.rows:
        columns = wrong.get(row.number, set())
        if columns - {"on", "progress", "evidence", "note"}:
            continue
        if "progress" not in columns and _state(row, options) == "unknown":
            unreported += 1
            continue
        found = [*_misplaced_days(row), *_missing(row, table, options)]
        found = [one for one in found if one.column not in columns]
        day = _day(row, order, found)
        problems += found
        columns |= {one.column for one in found}
        if "mandate" not in columns:
            requests.append(_request(row, table, options, day, columns))
    if unreported:
        message = ngettext(
            "{count} row without progress left out",
            "{count} rows without progress left out",
            unreported,
        )
        say(message, count=unreported)
    rejections = [
        Rejection(one.number, table.place(one.number, one.column), one.why) for one in problems
    ]
    return SheetRequests(requests, rejections)


def _request(
    row: ReportRow,
    table: ReportTable,
    options: SheetOptions,
    day: date | None,
    wrong: AbstractSet[str | None],
) -> EntryRequest:
    """Return the request of a row; of one with a wrong cell, only for the check of the others."""
    cells = {**options.defaults, **_texts(row, options.order or "day-first")}
    if day is not None:
        cells["on"] = day.isoformat()
    if "progress" in wrong:
        cells["progress"] = "done"
    cells = {name: cell for name, cell in cells.items() if name == "progress" or name not in wrong}
    places = {name: table.place(row.number, name) for name in HEADINGS}
    return EntryRequest(cells, row.number, "on" in row.cells, not wrong, places)


def _state(row: ReportRow, options: SheetOptions) -> str | None:
    """Return the state of a row; `unknown` where nobody has filled anything in."""
    cell = row.cells.get("progress")
    if cell is not None:
        return state_named(cell) if isinstance(cell, str) else None
    if "progress" in options.defaults:
        return options.defaults["progress"]
    return None if any(name in row.cells for name in ("on", "evidence", "note")) else "unknown"


def _missing(row: ReportRow, table: ReportTable, options: SheetOptions) -> list[SheetProblem]:
    """Return which cells lack what an entry needs, and what to write there."""
    found = []
    if "mandate" not in row.cells:
        why = _("the reference is missing; write it as GRCM-2002-10/8#1")
        found.append(SheetProblem(row.number, "mandate", why))
    state = row.cells.get("progress")
    choices = ", ".join(map(progress_word, PROGRESS))
    if state is None and "progress" not in options.defaults:
        message = _("the state is missing; write one of: {choices}")
        found.append(SheetProblem(row.number, "progress", message.format(choices=choices)))
    elif isinstance(state, str) and state_named(state) is None:
        message = _("'{text}' is no state; write one of: {choices}")
        why = message.format(text=clean(state), choices=choices)
        found.append(SheetProblem(row.number, "progress", why))
    if "on" not in row.cells and "on" not in options.defaults and table.source != STDIN:
        message = _("the day is missing; write it as {form}, or give --on for all rows")
        found.append(SheetProblem(row.number, "on", message.format(form=DAY)))
    return found


def _misplaced_days(row: ReportRow) -> list[SheetProblem]:
    """Return where a spreadsheet program has made a day of what is none, as `8/1`."""
    why = _("this cell holds a day; give it the format of text, and write the value again")
    columns = ("mandate", "by", "progress")
    return [
        SheetProblem(row.number, name, why)
        for name in columns
        if isinstance(row.cells.get(name), date)
    ]


def _texts(row: ReportRow, order: Order) -> dict[str, str]:
    """Return the cells of a row as words of the command line, without its day.

    Its deadline, where it is a day, tells the occurrence of a recurring duty.
    """
    found = {}
    for name in REPORTED:
        cell = row.cells.get(name)
        if cell is not None and name != "on":
            found[name] = cell.isoformat() if isinstance(cell, date) else cell
    if deadline := _deadline(row.cells.get("deadline"), order):
        found["deadline"] = deadline
    state = state_named(found.get("progress", ""))
    return {**found, "progress": state} if state else found


def _deadline(cell: str | date | None, order: Order) -> str | None:
    if isinstance(cell, str):
        found = read_day(cell)
        cell = found.day(order) if isinstance(found, NumberedDay) else found
    return cell.isoformat() if cell else None


def _day(row: ReportRow, order: Order, problems: list[SheetProblem]) -> date | None:
    """Return the day of a row; None where its cell is empty, or wrong, which `problems` gets."""
    cell = row.cells.get("on")
    if cell is None or isinstance(cell, date):
        return cell
    found = read_day(cell)
    day = found.day(order) if isinstance(found, NumberedDay) else found
    if day is None:
        message = _("'{text}' is no day of the calendar; write it as {form}")
        other = found.day(found.orders[0]) if isinstance(found, NumberedDay) else None
        if other is not None:
            message = _(
                "'{text}' has day and month in another order than the other rows; write {form}"
            )
        form = other.isoformat() if other else DAY
        problems.append(SheetProblem(row.number, "on", message.format(text=clean(cell), form=form)))
    return day


def _order(table: ReportTable, session: Session) -> Order:
    """Return the order of day and month: as some row shows it, else as the person says.

    Raises WrongUse where neither does.
    """
    found = [(row.number, cell, day) for row, cell, day in _numbered(table.rows)]
    shown = shown_order(day for _number, _cell, day in found)
    open_ones = [one for one in found if one[2].is_open]
    if shown is not None or not open_ones:
        return shown or "day-first"
    number, cell, day = open_ones[0]
    place = table.place(number, "on")
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


def _numbered(rows: Iterable[ReportRow]) -> Iterable[tuple[ReportRow, str, NumberedDay]]:
    for row in rows:
        cell = row.cells.get("on")
        day = read_day(cell) if isinstance(cell, str) else None
        if isinstance(cell, str) and isinstance(day, NumberedDay):
            yield row, cell, day


def preview(
    entries: Sequence[Entry], requests: Sequence[EntryRequest], register: Register, session: Session
) -> Listing:
    """Return what a sheet asks to record as a table for people, an entry a row."""

    def table() -> TextTable:
        columns = [
            Column(_("Row")),
            Column(_("Reference")),
            Column(_("Party")),
            Column(_("Date")),
            Column(_("State")),
            Column(_("Evidence and note"), wide=True),
        ]
        lines = [
            TableRow(
                (
                    str(request.line),
                    " ".join(
                        filter(None, (one.mandate.text, one.occurrence and one.occurrence.text))
                    ),
                    party_name(register.directory, one.party, session.language),
                    one.day.isoformat(),
                    progress_word(one.progress),
                    " · ".join(filter(None, (one.evidence, one.note))),
                )
            )
            for one in entries
            for request in [requests[one.at.line - 1]]
        ]
        title = ngettext("{count} entry to record", "{count} entries to record", len(entries))
        return TextTable(title.format(count=len(entries)), columns, lines)

    return Listing("entries", session.as_of, (), entries, (), table, language=session.language)
