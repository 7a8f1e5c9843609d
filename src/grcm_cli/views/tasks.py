"""Tasks as a list: one record a task for programs, one row a duty for people."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from grcm_cli.domain.model import Reference
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Column, Listing, Record, Row, Table
from grcm_cli.language.text import _
from grcm_cli.views import labels

KEYS = (
    "ref",
    "party",
    "together",
    "holders",
    "kind",
    "action",
    "due",
    "deadline",
    "state",
    "days",
    "progress",
)
PLAIN = ("ref", "party", "deadline", "state", "days", "due", "action")
Group = Sequence[Task]


def listing(
    tasks: Sequence[Task], as_of: date, language: str, table: Callable[[], Table]
) -> Listing:
    """Return tasks as a list; `table` draws them for people."""
    return listed([record(task, language) for task in tasks], as_of, table)


def listed(
    records: Sequence[Record],
    as_of: date,
    table: Callable[[], Table],
    apart: Mapping[str, Sequence[Record]] = {},
) -> Listing:
    """Return the records of tasks as a list; `apart` are further ones, which JSON alone holds."""
    return Listing("tasks", as_of, KEYS, records, PLAIN, table, apart)


def record(task: Task, language: str) -> Record:
    """Return a task's record: the public format of every list of tasks."""
    deadline = task.term.deadline
    return {
        "ref": str(task.reference),
        "party": "+".join(task.parties) or None,
        "together": len(task.parties) > 1,
        "holders": [holder for held in task.holders.values() for holder in held]
        if task.holders
        else [],
        "kind": task.mandate.kind,
        "action": labels.what(task.mandate, task, language),
        "due": task.due,
        "deadline": deadline.isoformat() if deadline else None,
        "state": task.state,
        "days": task.days,
        "progress": task.progress,
    }


def grouped(tasks: Sequence[Task], *, each: bool) -> list[Group]:
    """Return the tasks that share a row: those of one mandate with the same deadline and state."""
    rows: dict[object, list[Task]] = {}
    for number, task in enumerate(tasks):
        same = (task.reference, task.deadline, task.state, task.missed.number)
        rows.setdefault(number if each else same, []).append(task)
    return list(rows.values())


def duties(tasks: Sequence[Task]) -> int:
    """Return how many mandates the tasks stand under."""
    return len({task.reference for task in tasks})


class Tables:
    """Draws tasks as tables; knows all tasks, so as to say `10 of 11`."""

    def __init__(self, everything: Sequence[Task], language: str, *, each: bool) -> None:
        """Take all tasks. `each` gives every party a row of its own."""
        self.language, self.each = language, each
        self.of_mandate: dict[Reference, list[Task]] = {}
        for task in everything:
            self.of_mandate.setdefault(task.reference, []).append(task)

    def due(self, title: str, tasks: Sequence[Task], notes: Sequence[str]) -> Table:
        """Return what is due: deadline, how far off, who, what, reference."""
        columns = (
            Column(_("Deadline")),
            Column(_("When")),
            Column(_("Who"), wide=True, most=26),
            Column(_("What"), wide=True),
            Column(_("Reference")),
        )
        cells = (_deadline, _when, self._who, self._what, _reference)
        return self._table(title, columns, cells, tasks, notes)

    def late(self, title: str, tasks: Sequence[Task], notes: Sequence[str]) -> Table:
        """Return what is late, the days first."""
        columns = (
            Column(_("Late")),
            Column(_("Deadline")),
            Column(_("Who"), wide=True, most=26),
            Column(_("What"), wide=True),
            Column(_("Reference")),
        )
        cells = (_late, _deadline, self._who, self._what, _reference)
        return self._table(title, columns, cells, tasks, notes)

    def of_party(self, title: str, tasks: Sequence[Task], code: str, notes: Sequence[str]) -> Table:
        """Return what one party owes, with the way in which each duty reaches it."""
        columns = (
            Column(_("Deadline")),
            Column(_("When")),
            Column(_("As"), wide=True, most=20),
            Column(_("What"), wide=True),
            Column(_("Reference")),
        )

        def way(group: Group) -> str:
            return labels.reach(group[0], code)

        return self._table(
            title, columns, (_deadline, _when, way, self._what, _reference), tasks, notes
        )

    def _table(
        self,
        title: str,
        columns: Sequence[Column],
        cells: Sequence[Callable[[Group], str]],
        tasks: Sequence[Task],
        notes: Sequence[str],
    ) -> Table:
        rows = [
            Row(tuple(cell(group) for cell in cells), labels.emphasis(group[0]))
            for group in grouped(tasks, each=self.each)
        ]
        return Table(title, columns, rows, notes)

    def _who(self, group: Group) -> str:
        if self.each:
            return labels.together(group[0])
        return labels.owing(group, self.of_mandate[group[0].reference])

    def _what(self, group: Group) -> str:
        return labels.action(group[0], self.language)


def _deadline(group: Group) -> str:
    return labels.deadline(group[0])


def _when(group: Group) -> str:
    return labels.when(group)


def _late(group: Group) -> str:
    task = group[0]
    if task.state == "?" or task.days is None:
        return labels.when(group)
    return "\n".join([labels.days(-task.days), *labels.when(group).split("\n")[1:]])


def _reference(group: Group) -> str:
    return str(group[0].reference)
