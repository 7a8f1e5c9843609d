"""Changes that were written down in a period: two states of the files, whenever things happened."""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.changes import TaskChange, in_order, task_changes
from grcm_cli.domain.events import Event
from grcm_cli.domain.model import Meeting, Reference
from grcm_cli.domain.query import Query
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import EVERYTHING, MandateRow, TaskBuilder


def recorded_changes(
    old: Register | None, new: Register, until: date, query: Query = EVERYTHING
) -> list[TaskChange]:
    """Return what became of the tasks up to a day, and an older state of the files does not say.

    So a duty that is entered late, a report that is dated back, or a meeting that was put off is
    found. What has changed by the mere passing of days is not. None stands for a time without a
    record.
    """
    known = (
        {_identity(change) for change in task_changes(old, date.min, until, query)} if old else ()
    )
    found = [
        change
        for change in task_changes(new, date.min, until, query)
        if _identity(change) not in known
    ]
    return in_order([*found, *_moved_by_meetings(old, new, until, query)]) if old else found


def moved_meetings(old: Register, new: Register) -> list[tuple[Meeting, Meeting]]:
    """Return the meetings that are on other days than in an older state, each as it was and is."""
    pairs = [(old.calendar.by_id.get(meeting.id), meeting) for meeting in new.meetings]
    return [(was, now) for was, now in pairs if was and _days(was) != _days(now)]


def _days(meeting: Meeting | None) -> tuple[date | None, date | None]:
    return (meeting.start, meeting.last_day) if meeting else (None, None)


def _moved_by_meetings(
    old: Register, new: Register, until: date, query: Query
) -> Iterator[TaskChange]:
    """Yield the open tasks whose deadline is another day since a meeting has other days.

    A meeting that is new in the record, or gone from it, has them too. The day of the change is the
    last: the files do not say when it was decided.
    """
    before, after = (TaskBuilder(register, until, query) for register in (old, new))
    known = {
        (_address_of(row), key): task
        for row in before.adopted_rows()
        for key, task in before.tasks_by_key(row).items()
    }
    for row in after.adopted_rows():
        for key, task in after.tasks_by_key(row).items():
            was = known.get((_address_of(row), key))
            if was is None or not task.is_open or was.term.due is None:
                continue
            if was.due != task.due or was.deadline == task.deadline:
                continue
            names = [*_deciding_meetings(task, new), *_deciding_meetings(was, old)]
            for name in names:
                if _days(old.calendar.by_id.get(name)) != _days(new.calendar.by_id.get(name)):
                    by = Reference(name)
                    yield Event("moved", task.reference, until, task, was, by)
                    break


def _deciding_meetings(task: Task, register: Register) -> Iterator[str]:
    """Yield the ids of the meetings whose days decide on a deadline, the one awaited first."""
    counted_from = task.moves[-1].meeting if task.moves else task.meeting
    if task.occurrence:
        yield task.occurrence.name
    if task.term.due:
        yield from sorted(task.term.due.meetings(counted_from, register.calendar))
    yield counted_from.id


def _identity(change: TaskChange) -> tuple[object, ...]:
    """Return what tells a change, wherever the files say it."""
    task = change.after
    occurrence = task.occurrence.name if task.occurrence else None
    reports = [(e.party, e.day, e.progress, e.evidence, e.note) for e in change.reports]
    term = task.term if change.kind == "moved" else None
    told = change.kind, change.reference, change.day, task.parties, occurrence, change.passed
    return *told, change.by, term, *reports


def _address_of(row: MandateRow) -> Reference:
    return Reference(row[0].id, row[1].number, row[2].ordinal)
