"""Lists of tasks: a record for each task, and tables with a row for the tasks that are alike."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from grcm_cli.domain.model import Reference
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Column, Listing, ListRecord, TableRow, TextTable
from grcm_cli.language.text import _
from grcm_cli.views import labels

KEYS = (
    *("ref", "party", "together", "holders", "kind", "action"),
    *("due", "deadline", "state", "days", "progress"),
)
PLAIN = ("ref", "party", "deadline", "state", "days", "due", "action")
TaskGroup = Sequence[Task]
"""The tasks of a row: they share a mandate, a deadline and a state."""
TaskColumn = tuple[Column, Callable[[TaskGroup], str]]
Key = TypeVar("Key", bound=Hashable)


def listing(
    tasks: Sequence[Task],
    as_of: date,
    language: str,
    table: Callable[[], TextTable],
    apart: Mapping[str, Sequence[ListRecord]] = {},
) -> Listing:
    """Return tasks as a list; `apart` are further records, for JSON alone."""
    records = [record(task, language) for task in tasks]
    return Listing("tasks", as_of, KEYS, records, PLAIN, table, apart)


def record(task: Task, language: str) -> ListRecord:
    """Return a task's record, with the keys of KEYS: the public format of every list of tasks."""
    deadline = task.term.deadline
    return {
        "ref": str(task.reference),
        "party": "+".join(task.parties) or None,
        "together": len(task.parties) > 1,
        "holders": labels.holders(task) if task.holders else [],
        "kind": task.mandate.kind,
        "action": labels.what(task.mandate, task, language),
        "due": task.due,
        "deadline": deadline.isoformat() if deadline else None,
        "state": task.state,
        "days": task.days,
        "progress": task.progress,
    }


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
        groups = [[task] for task in tasks] if self.each else grouped(tasks)
        rows = [
            TableRow(tuple(cell(group) for _column, cell in columns), labels.emphasis(group[0]))
            for group in groups
        ]
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
