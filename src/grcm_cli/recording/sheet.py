"""What a sheet of reports asks to record: a request a row, and what is wrong in its cells."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from grcm_cli.domain.findings import RowProblem
from grcm_cli.domain.model import Entry
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import ANSWERED
from grcm_cli.formats.listing import Column, TableColumn, TextTable, table_of
from grcm_cli.language.text import _, clean, counted, labelled, ngettext
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.recording.entries import EntryRequest, content_of, senders_of, task_of
from grcm_cli.sheets.cells import DAY_FORM, day_of, differing_day, names_a_time, no_day, read_report
from grcm_cli.sheets.headings import REPORTS, STATE_DAYS, kind_of, state_named
from grcm_cli.sheets.table import STDIN, FilledRow, SheetTable, row_ranges
from grcm_cli.times.patterns import Order
from grcm_cli.views.labels import PROGRESS, party_name, progress_word, report_details
from grcm_cli.views.tasks import group_by

_BESIDE_STATE = (*STATE_DAYS, "evidence", "note", "internal")
_OF_REPORT = ("progress", *_BESIDE_STATE)  # the columns that a party fills in


def refuse_missing_columns(table: SheetTable, defaults: Mapping[str, str], order: Order) -> None:
    """Raise WrongUse where a table has neither states, or days, nor one value for all rows."""
    has_days = any(read_report(row.cells, order)[2] for row in table.rows)
    if has_days or table.letters.keys() & STATE_DAYS:
        defaults = {**defaults, "on": ""}
    file, day = "-" if table.source == STDIN else table.source, _("YYYY-MM-DD")
    commands = {"progress": f"grcm record done {file}", "on": f"grcm record {file} --on {day}"}
    for column, command in commands.items():
        if column not in table.letters and column not in defaults:
            message = _(
                "{source}: there is no column {name}: add it, or give a value for all rows, "
                "as in {command}"
            )
            hints = [*unread_columns(table), _("nothing was written")]
            name = REPORTS.heading_of(column)
            raise WrongUse(message, *hints, source=table.source, name=name, command=command)


def unread_columns(table: SheetTable) -> list[str]:
    """Return the sentence that names the columns that are not read, where there are any."""
    names = ", ".join([*table.unread, *table.headless])
    return [_("columns that are not read: {names}").format(names=names)] if names else []


def sheet_requests(
    table: SheetTable, defaults: Mapping[str, str], order: Order
) -> tuple[list[EntryRequest], list[RowProblem], int]:
    """Return what the rows of a table ask to record, what is wrong, and how many report nothing.

    `defaults` are the values for all rows, by column of EntryRequest; `order` is that of the
    numbers of a day.
    """
    problems = list(table.problems)
    wrong = group_by(problems, lambda problem: problem.row)
    requests, unreported = [], 0
    for row in table.rows:
        columns = {problem.column for problem in wrong.get(row.number, ())}
        if columns.difference(_OF_REPORT):
            continue
        if "progress" not in columns and _is_unreported(row, defaults):
            unreported += 1
            continue
        in_cells = _row_problems(row, table, defaults, order)
        row_problems = [problem for problem in in_cells if problem.column not in columns]
        columns |= {problem.column for problem in row_problems}
        is_silent = _says_nothing(row.cells.get("progress")) and "mandate" not in columns
        refusals = [each for each in row_problems if is_silent and each.column == "progress"]
        problems += [problem for problem in row_problems if problem not in refusals]
        if "mandate" in columns:
            continue
        # Of a row with a wrong cell a request only checks the others.
        texts = _texts(row, order, defaults)
        cells = {**defaults, **texts}
        cells = {name: cell for name, cell in cells.items() if name not in columns}
        if "progress" in columns:
            cells["progress"] = "done"
        requests.append(EntryRequest(cells, row.number, "on" in texts, not columns, refusals))
    return requests, problems, unreported


def _is_unreported(row: FilledRow, defaults: Mapping[str, str]) -> bool:
    """Tell whether a row says that nothing is reported, or nobody has filled anything in."""
    state = row.cells.get("progress")
    if state is None and "progress" in defaults:
        return defaults["progress"] == "unknown"
    is_empty = {*map(kind_of, row.cells)}.isdisjoint(_BESIDE_STATE)
    return is_empty and (state is None or _says_nothing(state))


def _says_nothing(state: str | date | None) -> bool:
    """Tell whether the cell of a state says that nothing is reported: *no report*."""
    return isinstance(state, str) and state_named(state) == "unknown"


def _row_problems(
    row: FilledRow, table: SheetTable, defaults: Mapping[str, str], order: Order
) -> Iterator[RowProblem]:
    """Yield the cells that have a day instead of a text, a text instead of a day, or no value."""
    for name in ("mandate", "by"):
        if isinstance(row.cells.get(name), date):
            why = _("this cell holds a date; format it as text, and write the value again")
            yield RowProblem(row.number, name, why)
    if "mandate" not in row.cells:
        why = _("the reference is missing; write it as GRCM-2002-10/8#1")
        yield RowProblem(row.number, "mandate", why)
    state, remark, days = read_report(row.cells, order)
    if message := _fault_of_state(row, state, defaults):
        states = [name for name in row.cells if kind_of(name) == "progress"]
        columns = (name for name in row.cells if kind_of(name) in _BESIDE_STATE)
        texts = {name: clean(str(row.cells[name])) for name in states}
        why = message.format(
            text=texts.get("progress"),
            choices=", ".join(map(progress_word, PROGRESS)),
            names=", ".join(table.names[name] for name in columns),
            states=", ".join(labelled(table.names[name], text) for name, text in texts.items()),
        )
        yield RowProblem(row.number, "progress", why)
    has_day = not row.cells.keys().isdisjoint(STATE_DAYS) or "on" in defaults or bool(days)
    if remark and not has_day and names_a_time(remark):
        yield RowProblem(row.number, "progress", no_day(remark))
    elif not (has_day or table.source == STDIN):
        message = _("the date is missing; write it as {form}, or give --on for all rows")
        yield RowProblem(row.number, "on", message.format(form=DAY_FORM))
    for name in STATE_DAYS:
        cell = row.cells.get(name)
        if isinstance(cell, str) and day_of(cell, order) is None:
            yield RowProblem(row.number, name, no_day(cell))
    if name := differing_day(state, days):
        message = _("{other} is given here, but the state is dated {day}; correct one of them")
        why = message.format(other=days[name], day=next(iter(days.values())))
        yield RowProblem(row.number, name, why)


def _fault_of_state(row: FilledRow, state: str, defaults: Mapping[str, str]) -> str:
    """Return the message on a row whose cells give no state, or no single one; else nothing."""
    cell, message = row.cells.get("progress"), ""
    if "progress2" in row.cells:
        message = _("these cells contradict each other: {states}; correct one of them")
    elif cell is None and "progress" not in defaults:
        message = _("the state is missing; write one of: {choices}")
    elif _says_nothing(cell):
        message = _(
            "'{text}' reports nothing, but the row has {names}: leave that empty too, or write one "
            "of: {choices}"
        )
    elif cell is not None and state in ("", "unknown"):
        message = _("'{text}' is not a state; write one of: {choices}")
    return message


def _texts(row: FilledRow, order: Order, defaults: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of a row as words of the command line."""
    texts: dict[str, str] = {}
    for column, cell in row.cells.items():
        if (name := kind_of(column)) in REPORTS.read:
            is_day = name in (*STATE_DAYS, "for") or isinstance(cell, date)
            day = day_of(cell, order) if is_day else None
            text = day.isoformat() if day else str(cell)
            texts[name] = f"{texts[name]} · {text}" if name in texts else text
    if deadline := day_of(row.cells.get("deadline"), order):  # of a duty that recurs
        texts["deadline"] = deadline.isoformat()
    state, remark, days = read_report(row.cells, order)
    if state:
        texts["progress"] = state
    if remark:
        # How much is done, as 60 %, is a note.
        column = "note" if state_named(remark) else "internal"
        texts[column] = " · ".join(filter(None, (remark, texts.get(column))))
    # Among words on what has only begun, the day may be one to come: --on counts before it.
    for column, day in [*days.items()][:1]:
        if not (state == "started" and remark and "on" in defaults and column == "progress"):
            texts["on"] = day.isoformat()
    return texts


def contradictions(register: Register, entries: Sequence[Entry]) -> Iterator[RowProblem]:
    """Yield the rows of a sheet that contradict the record on a task, party and day."""
    reported = group_by(register.entries, lambda entry: (entry.party, task_of(entry), entry.day))
    for entry in entries:
        same = reported.get((entry.party, task_of(entry), entry.day), [])
        last = same[-1].progress if same else ""
        is_known = content_of(entry) in map(content_of, same)
        is_answered = last in ANSWERED or (last and entry.progress in ANSWERED)
        if is_answered and not is_known and entry.progress not in (last, "withdrawn"):
            why = _(
                "the record has '{progress}' by {party} on the same day; if this happened "
                "later, write the later date"
            ).format(progress=progress_word(last), party=entry.party)
            yield RowProblem(entry.at.line, "progress", why)


def remarks_on(
    register: Register, requests: Sequence[EntryRequest], entries: Sequence[Entry], name: str
) -> Iterator[str]:
    """Yield that a form is in a file with the name of another party, and how short rows are read.

    These leave out the meeting of their reference.
    """
    senders = senders_of(requests[0], register) if requests else []
    named = [party.code for party in register.directory.named(name) if not party.terms]
    if senders and named and named[0] not in senders:
        message = _("the file is called {name}, but it is the form of {party}: check who sent it")
        yield message.format(name=clean(name), party=senders[0])
    short = [each for each in entries if "/" not in requests[each.at.column].cells["mandate"]]
    by_meeting = group_by(short, lambda entry: entry.mandate.text.partition("/")[0])
    message = _("{rows}: without a meeting; read as {meeting}, as above")
    for meeting, same in by_meeting.items():
        numbers = row_ranges(entry.at.line for entry in same)
        where = ngettext("row {numbers}", "rows {numbers}", len(same)).format(numbers=numbers)
        yield message.format(rows=where, meeting=meeting)


def preview(entries: Sequence[Entry], register: Register, language: str) -> TextTable:
    """Return the entries that a sheet asks to record as a table, one in each row."""
    columns: list[TableColumn[Entry]] = [
        (Column(_("Row")), lambda entry: str(entry.at.line)),
        (Column(_("Reference")), lambda entry: f"{entry.mandate.text} {entry.time}".rstrip()),
        (Column(_("Party")), lambda entry: party_name(register.directory, entry.party, language)),
        (Column(_("Date")), lambda entry: entry.day.isoformat()),
        (Column(_("State")), lambda entry: progress_word(entry.progress)),
        (Column.text(_("Evidence and note")), report_details),
    ]
    title = counted("{count} entry to record", "{count} entries to record", len(entries))
    note = _("Evidence and notes are public; what is marked as internal is not.")
    return table_of(title, columns, entries, notes=[note])
