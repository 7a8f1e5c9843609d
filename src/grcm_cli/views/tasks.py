"""Lists of tasks: a record for each task, and tables with a row for the tasks that are alike."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from grcm_cli.domain.model import Entry, Reference
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import (
    Column,
    JsonValue,
    Listing,
    OnDemand,
    OutputField,
    TableRow,
    TextTable,
    record_of,
)
from grcm_cli.formats.output_schema import (
    DAY,
    DAY_OR_NONE,
    FLAG,
    KIND,
    NUMBER,
    NUMBER_OR_NONE,
    TEXT,
    TEXT_OR_NONE,
    TEXTS,
    iso,
    list_of,
    one_of,
    record_schema,
)
from grcm_cli.language.text import _
from grcm_cli.views import labels

PLAIN = ("ref", "party", "deadline", "state", "days", "due", "action")
_PROGRESS = ("unknown", "started", "done", "declined", "not-applicable")
TaskGroup = Sequence[Task]
"""The tasks of a row: they share a mandate, a deadline and a state."""
TaskColumn = tuple[Column, Callable[[TaskGroup], str]]
Key = TypeVar("Key", bound=Hashable)


def listing(
    tasks: Sequence[Task],
    as_of: date,
    fields: Sequence[OutputField[Task]],
    table: Callable[[], TextTable],
    apart: Mapping[str, Sequence[Task]] = {},
) -> Listing:
    """Return tasks as a list, with `task_fields`; `apart` are further ones, for JSON alone."""
    in_csv = tuple(field.name for field in fields if field.name != "reports")
    return Listing("tasks", as_of, fields, tasks, PLAIN, table, in_csv, apart=apart)


def task_fields(directory: Directory, language: str) -> Sequence[OutputField[Task]]:
    """Return the keys of a task's record, the public format of every list of tasks.

    `language` is that of the texts and names; all else is the same in every language.
    """

    def names(task: Task) -> Sequence[str]:
        return [labels.party_name(directory, code, language) for code in task.parties]

    return (
        *_duty_fields(language),
        OutputField("party", TEXT_OR_NONE, "Joined by + where they owe together.", _party),
        OutputField("parties", TEXTS, "Who owes it; empty for nobody.", lambda t: t.parties),
        OutputField("party_names", TEXTS, "Their names.", names),
        OutputField("together", FLAG, "Several owe it together.", lambda t: len(t.parties) > 1),
        OutputField("holders", TEXTS, "Who holds the office that owes it.", labels.holders),
        *_TERM_FIELDS,
        *_REPORT_FIELDS,
    )


def _duty_fields(language: str) -> Sequence[OutputField[Task]]:
    """Return the keys about what is to be done, and where that was adopted."""

    def text(task: Task) -> str:
        return task.conclusion.text.shown(language)

    def action(task: Task) -> str:
        return labels.what(task.mandate, task, language)

    def support(task: Task) -> Sequence[str]:
        return [word.text for word in task.mandate.support]

    return (
        OutputField("ref", TEXT, "The mandate, as `grcm show` takes it.", _reference),
        OutputField("meeting", TEXT, "The id of its meeting.", lambda t: t.meeting.id),
        OutputField("body", TEXT_OR_NONE, "The code of the body that met.", _body),
        OutputField("conclusion", TEXT, "Its number.", lambda t: t.conclusion.number),
        OutputField("mandate", NUMBER, "From 1, in its conclusion.", lambda t: t.mandate.ordinal),
        OutputField("text", TEXT, "The conclusion, word for word.", text),
        OutputField("action", TEXT, "What is to be done; else the text.", action),
        OutputField("kind", KIND, "How strongly it binds.", lambda t: t.mandate.kind),
        OutputField("support", TEXTS, "Who helps, and owes nothing.", support),
    )


def _reference(task: Task) -> str:
    return str(task.reference)


def _body(task: Task) -> str | None:
    return task.meeting.body.text if task.meeting.body else None


def _party(task: Task) -> str | None:
    return "+".join(task.parties) or None


def _first_deadline(task: Task) -> str | None:
    return iso(task.first.deadline) if task.first else None


def _occurrence(task: Task) -> str | None:
    return (task.occurrence.name or None) if task.occurrence else None


def _waits_for(task: Task) -> Sequence[str]:
    return [str(wait.reference) for wait in task.waits]


def _ended_by(task: Task) -> str | None:
    return str(task.ending.by) if task.ending else None


_TERM_FIELDS: Sequence[OutputField[Task]] = (
    OutputField("due", TEXT_OR_NONE, "As the file writes it.", lambda t: t.due),
    OutputField("deadline", DAY_OR_NONE, "The last day in time.", lambda t: iso(t.term.deadline)),
    OutputField("first_deadline", DAY_OR_NONE, "As adopted, if moved later.", _first_deadline),
    OutputField("occurrence", TEXT_OR_NONE, "Which one of a recurring duty.", _occurrence),
    OutputField("later_missed", NUMBER, "Later ones late too, not listed.", lambda t: t.missed[0]),
    OutputField("state", one_of(labels.STATES), "On the day of the list.", lambda t: t.state),
    OutputField("days", NUMBER_OR_NONE, "To the deadline; negative when late.", lambda t: t.days),
    OutputField("days_late", NUMBER_OR_NONE, "Now, or when it was done.", lambda t: t.days_late),
    OutputField("waits_for", TEXTS, "Mandates that come first, and are not done.", _waits_for),
    OutputField("ended_by", TEXT_OR_NONE, "The conclusion that ended it.", _ended_by),
)


def _last(value: Callable[[Entry], str | None]) -> Callable[[Task], str | None]:
    """Return the function that returns a value of a task's last report."""
    return lambda task: value(task.reports[-1]) if task.reports else None


def _reports(task: Task) -> Sequence[JsonValue]:
    return [record_of(entry, ENTRY_FIELDS) for entry in task.reports]


ENTRY_FIELDS: Sequence[OutputField[Entry]] = (
    OutputField("party", TEXT, "Whose file has it.", lambda e: e.party),
    OutputField("date", DAY, "The day of the report.", lambda e: e.day.isoformat()),
    OutputField("progress", one_of(labels.PROGRESS), "What it says.", lambda e: e.progress),
    OutputField("evidence", TEXT_OR_NONE, "Where it can be seen.", lambda e: e.evidence),
    OutputField("note", TEXT_OR_NONE, "What was added.", lambda e: e.note),
)
"""The keys of a report's record."""
ENTRY_LIST = list_of(record_schema(ENTRY_FIELDS))
_REPORT_FIELDS: Sequence[OutputField[Task]] = (
    OutputField("progress", one_of(_PROGRESS), "What was last reported.", lambda t: t.progress),
    OutputField("done_on", DAY_OR_NONE, "First reported as done.", lambda t: iso(t.done_on)),
    OutputField("reported_on", DAY_OR_NONE, "The last report.", _last(lambda e: iso(e.day))),
    OutputField("reported_by", TEXT_OR_NONE, "Of the last report.", _last(lambda e: e.party)),
    OutputField("evidence", TEXT_OR_NONE, "Of the last report.", _last(lambda e: e.evidence)),
    OutputField("note", TEXT_OR_NONE, "Of the last report.", _last(lambda e: e.note)),
    OutputField("reports", ENTRY_LIST, "The last report of each party.", _reports),
)


def group_by(tasks: Iterable[Task], key: Callable[[Task], Key]) -> dict[Key, list[Task]]:
    """Return the tasks by a key, both in the order in which they come."""
    groups: dict[Key, list[Task]] = {}
    for task in tasks:
        groups.setdefault(key(task), []).append(task)
    return groups


def by_reference(tasks: Iterable[Task]) -> dict[Reference, list[Task]]:
    """Return the tasks of each mandate, by its reference."""
    return group_by(tasks, lambda task: task.reference)


def by_mandate(tasks: Iterable[Task]) -> dict[int, list[Task]]:
    """Return the tasks of each mandate, by its identity.

    Two mandates share a reference where a meeting has a number twice, which is an error.
    """
    return group_by(tasks, lambda task: id(task.mandate))


def grouped(
    tasks: Iterable[Task], mandate: Callable[[Task], Hashable] = lambda task: task.reference
) -> list[list[Task]]:
    """Return the tasks of each row: those of one mandate with the same deadline and state."""
    rows = group_by(
        tasks, lambda task: (mandate(task), task.deadline, task.state, task.missed.number)
    )
    return list(rows.values())


def by_deadline(task: Task) -> date:
    """Return what tasks of several records are sorted by: the undated come last."""
    return task.deadline or date.max


def duties(tasks: Sequence[Task]) -> int:
    """Return the number of mandates that the tasks belong to."""
    return len({task.reference for task in tasks})


class Tables:
    """Makes tables of tasks, for the commands `due`, `overdue` and `tasks`."""

    def __init__(self, everything: Sequence[Task], language: str, *, each: bool) -> None:
        """Take all tasks of the day, which `10 of 11` counts. `each` makes a row for each task."""
        self.language, self.each = language, each
        self.of_mandate = by_reference(everything)

    def due(self, title: str, tasks: Sequence[Task], notes: Sequence[str]) -> TextTable:
        """Return what is due: deadline, how far off, who, what, reference."""
        return self._table(title, (_deadline(), _when(), self._who()), tasks, notes)

    def late(self, title: str, tasks: Sequence[Task], notes: Sequence[str]) -> TextTable:
        """Return what is late: days late, deadline, who, what, reference."""
        days = Column(_("Late")), _days_late
        return self._table(title, (days, _deadline(), self._who()), tasks, notes)

    def of_party(
        self, title: str, tasks: Sequence[Task], code: str, notes: Sequence[str]
    ) -> TextTable:
        """Return what one party owes, with the way in which each mandate binds it."""
        way = Column(_("As"), wide=True, most=20)
        reach: TaskColumn = way, lambda group: labels.reach(group[0], code)
        return self._table(title, (_deadline(), _when(), reach), tasks, notes)

    def _table(
        self, title: str, first: Sequence[TaskColumn], tasks: Sequence[Task], notes: Sequence[str]
    ) -> TextTable:
        columns: list[TaskColumn] = [
            *first,
            (Column(_("What"), wide=True), lambda group: labels.action(group[0], self.language)),
            (Column(_("Reference")), lambda group: str(group[0].reference)),
        ]

        def row(group: TaskGroup) -> TableRow:
            cells = tuple(cell(group) for _column, cell in columns)
            return TableRow(cells, labels.emphasis(group[0]), group[0])

        groups = () if self.each else grouped(tasks)
        rows: Collection[TableRow] = OnDemand(len(groups), lambda: map(row, groups))
        if self.each:
            rows = OnDemand(len(tasks), lambda: (row([task]) for task in tasks))
        return TextTable(title, [column for column, _cell in columns], rows, notes)

    def _who(self) -> TaskColumn:
        def who(group: TaskGroup) -> str:
            if self.each:
                return labels.together(group[0])
            return labels.owing(group, self.of_mandate[group[0].reference])

        return Column(_("Who"), wide=True, most=26), who


def _deadline() -> TaskColumn:
    return Column(_("Deadline")), lambda group: labels.deadline(group[0])


def _when() -> TaskColumn:
    return Column(_("When")), labels.when


def _days_late(group: TaskGroup) -> str:
    task = group[0]
    if task.state == "?" or task.days is None:
        return labels.when(group)
    return "\n".join([labels.days(-task.days), *labels.when(group).split("\n")[1:]])
