"""Tasks as a list: one record a task for programs, one row a duty for people."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from grcm_cli.exporter import Column, Listing, Record, Row, Table
from grcm_cli.tasks import Task
from grcm_cli.text import _
from grcm_cli.views import words

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
    tasks: Sequence[Task],
    as_of: date,
    language: str,
    table: Callable[[], Table],
    apart: Mapping[str, Sequence[Task]] | None = None,
) -> Listing:
    """Return tasks as a list; `table` draws them for people, `apart` are further lists."""
    records = [record(task, language) for task in tasks]
    further = {name: [record(t, language) for t in found] for name, found in (apart or {}).items()}
    return Listing("tasks", as_of, KEYS, records, PLAIN, table, further)


def record(task: Task, language: str) -> Record:
    """Return a task's record: the public format of every list of tasks."""
    return {
        "ref": str(task.reference),
        "party": "+".join(task.parties) or None,
        "together": len(task.parties) > 1,
        "holders": [holder for held in task.holders.values() for holder in held],
        "kind": task.mandate.kind,
        "action": words.what(task.mandate, task, language),
        "due": task.due,
        "deadline": task.deadline.isoformat() if task.deadline else None,
        "state": task.state,
        "days": task.days,
        "progress": task.progress,
    }


def grouped(tasks: Sequence[Task], *, each: bool) -> list[Group]:
    """Return the tasks that share a row: those of one mandate with the same deadline and state."""
    rows: dict[object, list[Task]] = {}
    for number, task in enumerate(tasks):
        same = (task.reference, task.deadline, task.state, task.progress, task.done_on)
        rows.setdefault(number if each else same, []).append(task)
    return list(rows.values())


def duties(tasks: Sequence[Task]) -> int:
    """Return how many mandates the tasks stand under."""
    return len({task.reference for task in tasks})


class _Rows:
    """Turns groups of tasks into rows; knows all tasks, so as to say `10 of 11`."""

    def __init__(self, everything: Sequence[Task], language: str) -> None:
        self.language = language
        self.of_mandate: dict[object, list[Task]] = {}
        for task in everything:
            self.of_mandate.setdefault(task.reference, []).append(task)

    def row(self, group: Group, cells: Sequence[Callable[[Group], str]]) -> Row:
        return Row(tuple(cell(group) for cell in cells), words.emphasis(group[0]))

    def who(self, group: Group) -> str:
        return words.owing(group, self.of_mandate[group[0].reference])

    def what(self, group: Group) -> str:
        return words.action(group[0], self.language)


def _deadline(group: Group) -> str:
    return words.deadline(group[0])


def _when(group: Group) -> str:
    return words.when(group[0])


def _reference(group: Group) -> str:
    return str(group[0].reference)


def due_table(
    title: str,
    tasks: Sequence[Task],
    everything: Sequence[Task],
    language: str,
    *,
    each: bool,
    notes: Sequence[str],
) -> Table:
    """Return what is due as a table: deadline, how far off, who, what, reference."""
    rows = _Rows(everything, language)
    columns = (
        Column(_("Deadline")),
        Column(_("When")),
        Column(_("Who"), wide=True, most=24),
        Column(_("What"), wide=True),
        Column(_("Reference")),
    )
    cells = (_deadline, _when, rows.who, rows.what, _reference)
    drawn = [rows.row(group, cells) for group in grouped(tasks, each=each)]
    return Table(title, columns, drawn, notes)


def late_table(
    title: str,
    tasks: Sequence[Task],
    everything: Sequence[Task],
    language: str,
    *,
    each: bool,
    notes: Sequence[str],
) -> Table:
    """Return what is late as a table, the days first."""
    rows = _Rows(everything, language)
    columns = (
        Column(_("Late")),
        Column(_("Deadline")),
        Column(_("Who"), wide=True, most=26),
        Column(_("What"), wide=True),
        Column(_("Reference")),
    )

    def late(group: Group) -> str:
        task = group[0]
        if task.state == "?" or task.days is None:
            return _when(group)
        return "\n".join([words.days(-task.days), *_when(group).split("\n")[1:]])

    cells = (late, _deadline, rows.who, rows.what, _reference)
    drawn = [rows.row(group, cells) for group in grouped(tasks, each=each)]
    return Table(title, columns, drawn, notes)


def party_table(
    title: str, tasks: Sequence[Task], code: str, language: str, notes: Sequence[str]
) -> Table:
    """Return what one party owes as a table, with the way in which each duty reaches it."""
    rows = _Rows(tasks, language)
    columns = (
        Column(_("Deadline")),
        Column(_("When")),
        Column(_("As"), wide=True, most=20),
        Column(_("What"), wide=True),
        Column(_("Reference")),
    )

    def way(group: Group) -> str:
        return words.reach(group[0], code)

    cells = (_deadline, _when, way, rows.what, _reference)
    return Table(title, columns, [rows.row([task], cells) for task in tasks], notes)
