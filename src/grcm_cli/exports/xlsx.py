"""The workbook export: tasks, matrix and conclusions as typed sheets of an .xlsx file."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import repeat
from typing import TypeVar

from grcm_cli.domain.changes import TaskChange
from grcm_cli.domain.model import Conclusion, Entry, Meeting
from grcm_cli.domain.task import Task
from grcm_cli.exports import ExportData
from grcm_cli.exports.workbook_file import (
    CellValue,
    Heading,
    TooLongError,
    WorkbookData,
    WorkbookSheet,
    render,
    write,
)
from grcm_cli.formats.listing import Emphasis
from grcm_cli.language.text import _, collapse
from grcm_cli.views import labels
from grcm_cli.views.changes import ChangeTables, change_emphasis, kind_in_words
from grcm_cli.views.conclusion import acts
from grcm_cli.views.matrix import MandateCells, bound_parties, by_party, heading, tasks_by_row
from grcm_cli.views.tasks import by_deadline

_PRINTED_TASK_COLUMNS = 8
"""Columns of the tasks that fit onto a page in a legible size; the others are not printed."""

Item = TypeVar("Item")
SheetColumn = tuple[str, int, Callable[[Item], CellValue]]
"""A heading, a width in characters and the function that returns an item's value."""
__all__ = ["TooLongError", "change_workbook", "joined", "render", "task_workbook", "workbook_data",
           "write"]  # fmt: skip


def workbook_data(data: ExportData) -> WorkbookData:
    """Return the workbook of the selected tasks, with the conclusions of their meetings."""
    sheets = [_task_sheet(data), _matrix_sheet(data), _conclusion_sheet(data)]
    return WorkbookData(_title(data), data.as_of, sheets, data.incomplete)


def task_workbook(data: ExportData) -> WorkbookData:
    """Return the workbook with the selected tasks alone."""
    return WorkbookData(_title(data), data.as_of, [_task_sheet(data)], data.incomplete)


def change_workbook(
    data: ExportData, changes: Sequence[TaskChange], everybody: Sequence[Task]
) -> WorkbookData:
    """Return the workbook of changes. `everybody` are all tasks of the mandates that changed."""
    language, tables = data.language, ChangeTables(everybody, data.language)
    columns: list[SheetColumn[TaskChange]] = [
        (_("Day"), 12, lambda change: change.day),
        (_("Change"), 14, kind_in_words),
        (_("Details"), 30, lambda change: tables.details([change])),
        (_("Party"), 12, lambda c: " + ".join(c.task.parties) or labels.no_party(c.task)),
        (_("What"), 60, lambda change: _action(change.task, language)),
        (_("Reference"), 18, lambda change: str(change.task.reference)),
        (_("Deadline"), 12, lambda change: change.task.deadline),
        (_("State"), 14, lambda change: labels.state(change.task.state)),
    ]
    sheet = _sheet(_("Changes"), columns, changes, change_emphasis)
    return WorkbookData(_title(data), data.as_of, [sheet], data.incomplete)


def _title(data: ExportData) -> str:
    return _("{what} · as of {day}").format(
        what=data.register.process.name.shown(data.language), day=data.as_of.isoformat()
    )


def joined(parts: Sequence[tuple[str, WorkbookData]], notice: str) -> WorkbookData:
    """Return the workbooks of several processes as one, with the process in the first column."""
    first = parts[0][1]
    what = ", ".join(process for process, _book in parts)
    title = _("{what} · as of {day}").format(what=what, day=first.as_of.isoformat())
    sheets = [
        _joined_sheet([(process, book.sheets[place]) for process, book in parts])
        for place in range(len(first.sheets))
    ]
    return WorkbookData(title, first.as_of, sheets, notice)


def _joined_sheet(sheets: Sequence[tuple[str, WorkbookSheet]]) -> WorkbookSheet:
    """Return the rows of all sheets under the headings that any of them has."""
    named = [_numbered(sheet.headings) for _process, sheet in sheets]
    headings = dict.fromkeys(heading for own in named for heading in own)
    places = {heading: place for place, heading in enumerate(headings, 1)}
    rows: list[tuple[Sequence[CellValue], Sequence[Emphasis], date]] = []
    for (process, sheet), own in zip(sheets, named, strict=True):
        columns = [places[heading] for heading in own]
        emphases_of = iter(sheet.emphases)
        days = iter(sheet.order) if sheet.order else repeat(date.min)
        for row in sheet.rows:
            values: list[CellValue] = [process, *[None] * len(headings)]
            emphases: list[Emphasis] = [""] * len(values)
            for column, value in zip(columns, row, strict=True):
                values[column] = value
            if sheet.emphases:
                for column, emphasis in zip(columns, next(emphases_of), strict=True):
                    emphases[column] = emphasis
            rows.append((values, emphases, next(days)))
    rows.sort(key=lambda row: row[2])
    first = sheets[0][1]
    return first._replace(
        headings=[Heading(_("Process"), 14), *(heading for heading, _number in headings)],
        rows=[values for values, _emphases, _day in rows],
        emphases=[emphases for _values, emphases, _day in rows],
        printed=None if first.printed is None else first.printed + 1,
        frozen=first.frozen + 1,
    )


def _numbered(headings: Sequence[Heading]) -> list[tuple[Heading, int]]:
    """Return headings, each with how many of that name stand before it."""
    return [(heading, headings[:place].count(heading)) for place, heading in enumerate(headings)]


def _sheet(
    name: str,
    columns: Sequence[SheetColumn[Item]],
    items: Collection[Item],
    emphasis: Callable[[Item], Emphasis],
    printed: int | None = None,
) -> WorkbookSheet:
    """Return a sheet with a row for each item, all of which has one emphasis."""
    headings = [Heading(heading, width) for heading, width, _value in columns]
    values = [value for _heading, _width, value in columns]

    rows = [[value(item) for value in values] for item in items]
    emphases = [[emphasis(item)] * len(columns) for item in items]
    return WorkbookSheet(name, headings, rows, emphases, printed)


def _task_sheet(data: ExportData) -> WorkbookSheet:
    language, parties = data.language, data.register.directory.by_code

    def names(task: Task) -> str:
        known = [parties[code] for code in task.parties if code in parties]
        return " + ".join(party.name.shown(language) for party in known)

    columns: list[SheetColumn[Task]] = [
        (_("Reference"), 18, lambda task: str(task.reference)),
        (_("Party"), 12, lambda task: " + ".join(task.parties) or labels.no_party(task)),
        (_("What"), 60, lambda task: _action(task, language)),
        (_("Deadline"), 12, lambda task: task.deadline),
        (_("State"), 14, lambda task: labels.state(task.state)),
        (_("Days left"), 9, lambda task: task.days),
        (_("Progress"), 14, _progress),
        (_("Evidence"), 30, lambda task: _reported(task, lambda entry: entry.evidence)),
        (_("Name"), 22, names),
        (_("Holder"), 12, lambda task: ", ".join(labels.holders(task))),
        (_("Due"), 20, labels.due_words),
        (_("Done on"), 12, lambda task: task.done_on),
        (_("Reported on"), 12, lambda task: max((e.day for e in task.reports), default=None)),
        (_("Note"), 30, lambda task: _reported(task, lambda entry: entry.note)),
        (_("Remarks"), 30, lambda task: "\n".join(_remarks(task))),
        (_("Support"), 14, lambda task: ", ".join(word.text for word in task.mandate.support)),
        (_("Kind"), 14, lambda task: _kind(task.mandate.kind)),
        (_("Meeting"), 16, lambda task: task.meeting.id),
    ]
    tasks = data.selected
    sheet = _sheet(_("Tasks"), columns, tasks, labels.emphasis, _PRINTED_TASK_COLUMNS)
    return sheet._replace(order=list(map(by_deadline, tasks)))


def _action(task: Task, language: str) -> str:
    return collapse(labels.what(task.mandate, task, language))


def _progress(task: Task) -> str:
    return (
        _(labels.NO_REPORT) if task.progress == "unknown" else labels.progress_word(task.progress)
    )


def _reported(task: Task, field: Callable[[Entry], str | None]) -> str:
    """Return a field of the reports, one a line; after its party where several owe together."""
    texts = [(entry.party, text) for entry in task.reports if (text := field(entry))]
    joint = len(task.parties) > 1
    return "\n".join(f"{party}: {text}" if joint else text for party, text in texts)


def _remarks(task: Task) -> Iterator[str]:
    """Yield what no other column has, a sentence each."""
    if task.first:
        yield labels.extended(task)
    yield from (labels.waits(wait, task) for wait in task.waits)
    if task.missed.number:
        yield labels.later_ones(task)
    if task.done_on and task.done_late:
        yield _("done late, {day}").format(day=task.done_on)
    if task.ending:
        yield labels.ended_by(task.ending)
    if note := task.mandate.note:
        yield note


def _kind(kind: str) -> str:
    return _("encouragement") if kind == "encouragement" else _("request")


def _matrix_sheet(data: ExportData) -> WorkbookSheet:
    # What one party has done stands beside what the others still owe.
    mandates = {id(task.mandate) for task in data.selected}
    tasks = [task for task in data.everything if id(task.mandate) in mandates]
    codes = bound_parties(tasks, data.register.directory)
    rows = tasks_by_row(tasks)

    found = [MandateCells(row, by_party(row)) for row in rows]
    columns: list[SheetColumn[MandateCells]] = [
        (_("Reference"), 18, lambda row: str(row.first.reference)),
        (_("What"), 36, lambda row: _action(row.first, data.language)),
        (_("Kind"), 12, lambda row: _kind(row.first.mandate.kind)),
        (_("Due"), 20, lambda row: labels.due_words(row.first)),
        (_("Deadline"), 12, lambda row: row.first.deadline),
        *((heading(code), 10, partial(_matrix_state, code)) for code in codes),
    ]
    plain: list[Emphasis] = [""] * (len(columns) - len(codes))

    emphases = [[*plain, *(_cell_emphasis(row, code) for code in codes)] for row in found]
    sheet = _sheet(_("Matrix"), columns, found, lambda _row: "")
    return sheet._replace(emphases=emphases)


def _matrix_state(code: str, row: MandateCells) -> str | None:
    task = row.by_party.get(code)
    if task is None:  # as in most cells
        return None
    name = labels.state(task.state)
    return _("{state}, together").format(state=name) if len(task.parties) > 1 else name


def _cell_emphasis(row: MandateCells, code: str) -> Emphasis:
    task = row.by_party.get(code)
    return labels.emphasis(task) if task else ""


def _conclusion_sheet(data: ExportData) -> WorkbookSheet:
    language, ids = data.language, {task.meeting.id for task in data.selected}
    meetings = [meeting for meeting in data.register.meetings if meeting.id in ids]
    columns: list[SheetColumn[tuple[Meeting, Conclusion]]] = [
        (_("Reference"), 18, lambda pair: f"{pair[0].id}/{pair[1].number}"),
        (_("Meeting"), 16, lambda pair: pair[0].id),
        (_("Number"), 10, lambda pair: pair[1].number),
        (_("Last day"), 12, lambda pair: pair[0].last_day),
        (_("Acts"), 22, lambda pair: acts(pair[1])),
        (_("Mandates"), 10, lambda pair: len(pair[1].mandates)),
        (_("Text"), 100, lambda pair: collapse(pair[1].text.shown(language))),
        (_("Note"), 30, lambda pair: pair[1].note),
    ]

    pairs = [(meeting, one) for meeting in meetings for one in meeting.conclusions or ()]
    sheet = _sheet(_("Conclusions"), columns, pairs, lambda _pair: "")
    return sheet._replace(emphases=())
