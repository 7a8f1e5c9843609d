"""What was written down since a day, whenever it happened: reports dated back, meetings put off."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from operator import attrgetter

from grcm_cli.domain.changes import TaskChange, in_order, task_changes
from grcm_cli.domain.events import Event
from grcm_cli.domain.model import Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Query, Task
from grcm_cli.domain.tasks import TaskBuilder

RecordedOn = Callable[[str], date | None]  # when the days of a meeting were written down in a file


def recorded_changes(
    old: Register | None, new: Register, until: date, query: Query, recorded_on: RecordedOn
) -> list[TaskChange]:
    """Return the changes of tasks up to a day that an older state of the files does not have.

    They include duties entered late, reports dated back, and meetings put off. What changed only
    because days passed is left out. `old` has the names of `new`; it is None for a time without a
    record.
    """
    every = task_changes(new, date.min, until, query)
    if old is None:
        return every
    earlier = task_changes(old, date.min, until, query)
    identities, known = set(map(_identity, earlier)), set(chain.from_iterable(map(_said, earlier)))
    before, after = (TaskBuilder(register, until, query) for register in (old, new))
    moved = list(_moved_by_meetings(before, after, recorded_on))

    def task_key(change: TaskChange) -> tuple[object, ...]:
        return change.reference, change.after.parties, change.after.occurrence

    moved_tasks = set(map(task_key, moved))
    told = (
        each
        for each in every
        if _identity(each) not in identities
        # A report that settled a duty for a while is known, and a next time is told as moved.
        and not (each.kind == "reported" and known.issuperset(_said(each)))
        and not (each.kind == "next" and task_key(each) in moved_tasks)
    )
    return in_order([*told, *moved], query.parties)


def _span(meeting: Meeting | None) -> tuple[date | None, date | None]:
    return (meeting.start, meeting.last_day) if meeting else (None, None)


def _moved_by_meetings(
    before: TaskBuilder, last: TaskBuilder, recorded_on: RecordedOn
) -> Iterator[TaskChange]:
    """Yield the open tasks whose deadline is another day since a meeting has other days.

    A meeting that is new in the record, or gone from it, has them too. The day is that on which
    the record got them.
    """
    old, new = before.register, last.register
    tasks_of = ((row, before.tasks_by_key(row)) for row in before.adopted_rows())
    earlier = {(row.address, key): task for row, by_key in tasks_of for key, task in by_key.items()}
    rows = ((row, *item) for row in last.adopted_rows() for item in last.tasks_by_key(row).items())
    for row, key, task in rows:
        was = earlier.get((row.address, key)) if task.is_open else None
        if was is None or was.due is None or was.due != task.due or was.deadline == task.deadline:
            continue
        moved: list[tuple[date, bool, str]] = []  # the meetings that have other days, since when
        for name in dict.fromkeys((*_deciding_meetings(task, new), *_deciding_meetings(was, old))):
            if _span(old.calendar.by_id.get(name)) != _span(new.calendar.by_id.get(name)):
                meeting = new.calendar.by_id.get(name)
                recorded = recorded_on(meeting.at.path) if meeting else None
                moved.append((min(last.as_of, recorded or last.as_of), not moved, name))
        if moved:  # by the last of them; of one day, by the one awaited
            day, _is_first, name = max(moved)
            after = last.on(day).task_of(row, key) or task
            is_gone = name not in new.calendar.by_id
            known = "entered" if name not in old.calendar.by_id else "gone" if is_gone else ""
            parts = tuple(filter(None, [known]))
            yield Event("moved", task.reference, day, after, was, Reference(name), parts=parts)


def _deciding_meetings(task: Task, register: Register) -> Iterator[str]:
    """Yield the ids of the meetings whose days decide on a deadline, the one awaited first."""
    counted_from = task.moves[-1].meeting if task.moves else task.meeting
    if task.occurrence:
        yield task.occurrence.name
    if task.term.due:
        yield from sorted(task.term.due.meetings(counted_from, register.calendar))
    yield counted_from.id


def _said(change: TaskChange) -> list[tuple[object, ...]]:
    """Return what a change's reports say, and on which occurrence."""
    of_report = attrgetter("party", "day", "progress", "evidence", "note")
    task = change.after
    return [(task.reference, task.occurrence_name, *of_report(each)) for each in change.reports]


def _identity(change: TaskChange) -> tuple[object, ...]:
    task = change.after
    occurrence = task.occurrence_name if change.kind != "new" else ""
    term = task.term if change.kind == "moved" else None
    # A party that joins a group owes jointly with it what was adopted, overdue or reported before.
    parties = task.parties if len(task.parties) < 2 else ()
    identity = change.kind, change.reference, change.day, parties, occurrence, change.passed
    return *identity, change.by, term, *_said(change)
