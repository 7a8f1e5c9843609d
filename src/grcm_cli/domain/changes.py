"""Changes: what became of the tasks between two days, from the record alone.

What a list as of the first day shows is known already: each change has a later day, up to the last
one. A deadline that has only come nearer is no change.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from itertools import chain
from typing import Literal, NamedTuple

from grcm_cli.domain import tasks
from grcm_cli.domain.due import Series
from grcm_cli.domain.events import Event, PassedOffice
from grcm_cli.domain.lineage import Ending, Move
from grcm_cli.domain.model import AdoptedMandate, Codes, Meeting, Party
from grcm_cli.domain.progress import NOT_RECURRING
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import ANSWERED, ENDED, Query, Task
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder, TaskKey
from grcm_cli.language.text import natural_key

TaskChangeKind = Literal[
    "new", "moved", "reassigned", "passed", "reported", "closed", "reopened", "ended", "late",
    "missed", "next", "gone",
]  # fmt: skip
CHANGE_ABOUTS: Mapping[TaskChangeKind, str] = {
    "new": "Adopted.",
    "moved": "Its deadline was changed.",
    "reassigned": "Handed over to other parties.",
    "passed": "The office that owes it has another holder.",
    "reported": "Reported on, without any other change.",
    "closed": "Reported as done, declined or not applicable.",
    "reopened": "Open again.",
    "ended": "A later meeting ended or replaced it.",
    "late": "Overdue from that date on.",
    "missed": "Another date missed, of a duty that is already overdue.",
    "next": "An occurrence that the lists show from that date on.",
    "gone": "An occurrence that the lists no longer show.",
}
"""What each change means, for the manual; in the order in which those of one day are listed."""
KINDS = tuple(CHANGE_ABOUTS)
_DAY = timedelta(days=1)
_OCCURRENCES = 400  # more than a year of a duty of each day
"""So many deadlines of a mandate that recurs are looked up; one with more is always compared."""

_ByNumber = Mapping[int, Task]  # the occurrences that a list shows
TaskChange = Event[TaskChangeKind, Task]
"""What became of a task, with the task on the first day, or when it was adopted, and on its own."""
_ASPECTS: Mapping[TaskChangeKind, Callable[[Task], object]] = {
    "moved": lambda task: task.term,
    "closed": lambda task: (task.state, task.done_on) if task.state in ANSWERED else "",
    "reopened": lambda task: task.is_open,
    "ended": lambda task: task.state in ENDED,
    "late": lambda task: task.may_be_late,
}
"""What is another on the day of a change than on the day before."""


class ChangePeriod(NamedTuple):
    """The days between which changes are listed: after the first, up to the last."""

    since: date
    until: date
    meeting: Meeting | None = None  # the one after whose last day they are listed
    is_recorded: bool = False  # what was written down since, whenever it happened


def task_changes(
    register: Register, since: date, until: date, query: Query = EVERYTHING
) -> list[TaskChange]:
    """Return the changes of tasks after a day, up to another, the earliest first.

    Of the query, the party, the body and the meeting count.
    """
    last = TaskBuilder(register, until, query)
    rows = last.adopted_rows()
    every = (change for row in rows for change in MandateComparison(last, since, row).changes())
    return in_order(every, query.parties)


def in_order(changes: Iterable[TaskChange], parties: Sequence[str] = ()) -> list[TaskChange]:
    """Return the changes that concern some parties, by default all, the earliest first."""

    def concerns(change: TaskChange) -> bool:
        sides, passed = (change.after, change.before or change.after), change.passed or ()
        return any(
            code in passed or any(task.anybody or task.belongs_to(code) for task in sides)
            for code in parties
        )

    chosen = filter(concerns, changes) if parties else changes
    return sorted(chosen, key=lambda change: (*by_day(change), natural_key(str(change.reference))))


def by_day(change: TaskChange) -> tuple[date, int]:
    """Return the sort key of a change: its day, then its kind."""
    return change.day, KINDS.index(change.kind)


def last_meeting(register: Register, by: date, body: str | None = None) -> Meeting | None:
    """Return the meeting that ended last by a day: of a body, or of any the last public one."""
    of_body = filter(Query(body=body).covers_meeting, register.meetings)
    known = [each for each in of_body if each.is_session and (body or not each.confidential)]
    ended = [each for each in known if each.last_day and each.last_day <= by]
    return max(ended, key=lambda meeting: (meeting.last_day or by, meeting.id), default=None)


class MandateComparison:
    """Compares a mandate's tasks on two days, and finds the days between on which they changed."""

    def __init__(self, last: TaskBuilder, since: date, row: AdoptedMandate) -> None:
        """`last` builds the tasks of the last day; `since` is the first."""
        self.last, self.since, self.until, self.row = last, since, last.as_of, row
        self.start = max(since, row.meeting.last_day or since)  # of a new mandate, its adoption

    def changes(self) -> Iterator[TaskChange]:
        """Yield the changes of the mandate's tasks."""
        before, after = self._tasks(self.start), self._tasks(self.until)
        of_row = tasks.MandateTasks(self.last, self.row)
        if self.start > self.since:
            for key, task in before.items():
                new = self._task(self.until, key)
                is_shown = key in after or of_row.series is None or (new and of_row.handovers)
                if is_shown or not _is_ahead(new):
                    yield Event("new", task.reference, self.start, task)
        if of_row.series is None:
            is_handed_over = self.row.address in self.last.lineage.handovers
            every = self.last.unmerged_tasks(self.row) if is_handed_over else after
            for key, new in every.items():
                # Two that were with the same parties at the start may be with others now.
                old = before.get(key) or self._task(self.start, key) or new
                # What is one with another now has changes of its own up to that day.
                last = self.until if key in after else new.handovers[-1].day
                events = (*self._of_task(key, old, new), *self._passed(key, old, new))
                yield from (event for event in events if event.day <= last)
            return
        listed = [before, after]
        if self.row.address in self.last.lineage.handovers:  # some are one with others now
            builders = (self.last.on(self.start), self.last)
            listed = [builder.unmerged_tasks(self.row) for builder in builders]
        for parties in dict.fromkeys(codes for codes, _number in chain(*listed)):
            sides = [
                {number: task for (codes, number), task in by_key.items() if codes == parties}
                for by_key in listed
            ]
            if series := of_row.series_of(parties):
                absences = of_row.absences(parties, series)
                merged = {number for number in sides[1] if (parties, number) not in after}
                changes = self._of_series(series, parties, absences, sides)
                yield from (each for each in changes if not _is_merged(each, series, merged))

    def _tasks(self, day: date) -> Mapping[TaskKey, Task]:
        return self.last.on(day).tasks_by_key(self.row)

    def _task(self, day: date, key: TaskKey) -> Task | None:
        return self.last.on(day).task_of(self.row, key)

    def _of_task(self, key: TaskKey, old: Task, new: Task) -> Iterator[TaskChange]:
        """Yield the changes of a task since the start, each with its day."""
        handed_over = [handover.day for handover in new.handovers if handover.day > self.start]
        sides = [*(self._task(day - _DAY, key) for day in handed_over), new]
        entries = dict.fromkeys(entry for task in sides if task for entry in task.reports)
        reports = [each for each in entries if each.day > self.start and each not in old.reports]
        for kind, aspect in _ASPECTS.items():
            is_same = aspect(new) == aspect(old)
            if is_same and kind == "late" and new.deadline and new.deadline >= self.start:
                # A deadline that was put off may have passed again.
                on_last_day = self._task(new.deadline, key)
                is_same = on_last_day is None or on_last_day.may_be_late
            if not aspect(new) or is_same:
                continue

            def value(on: TaskBuilder, aspect: Callable[[Task], object] = aspect) -> object:
                task = on.task_of(self.row, key)
                return None if task is None else aspect(task)

            days = _days_of(self.row, [key[1]], self.last).union(
                _day_after((new.first or new.term).deadline), _day_after(new.deadline)
            )
            day = self._last_day_of(value, days)
            day = self._late_since(day, key) if kind == "late" else day
            change = self._change(kind, day, key, old, new)
            if kind in ("closed", "reopened"):
                day_entries = [entry for entry in change.after.reports if entry.day == change.day]
                new_ones = tuple(entry for entry in day_entries if entry not in old.reports)
                change = change._replace(reports=new_ones)
                reports = [entry for entry in reports if entry not in day_entries]
            yield change
        yield from self._handed_over(key, old, new)
        for day in sorted({entry.day for entry in reports}):
            of_day = tuple(entry for entry in reports if entry.day == day)
            yield self._change("reported", day, key, old, new)._replace(reports=of_day)

    def _handed_over(self, key: TaskKey, old: Task, new: Task) -> Iterator[TaskChange]:
        """Yield each day on which others owe a task: that of a handover, or of a report.

        An answer from before that is taken back hands it over; the same given again, back.
        """
        is_handed_over = old.handovers or new.handovers
        days = _days_of(self.row, [key[1]], self.last) if is_handed_over else ()
        for day in sorted(day for day in days if self.start < day <= self.until):
            # On that day an occurrence of an unknown day need not be listed yet.
            is_handover = any(handover.day == day for handover in new.handovers)
            after = self._task(day, key) or (new if is_handover else None)
            if after:
                before = self._task(day - _DAY, key) or after._replace(parties=key[0], holders={})
                handovers = after.handovers or before.handovers
                if handovers and before.parties != after.parties:
                    by = handovers[-1].by
                    yield Event("reassigned", new.reference, day, after, before, by)

    def _change(
        self, kind: TaskChangeKind, day: date, key: TaskKey, old: Task, new: Task
    ) -> TaskChange:
        """Return a change with the task as it was on its day, and the conclusion that caused it.

        Where nothing was known at the start, it is compared with the day before.
        """
        task = self._task(day, key) or new
        if self.since == date.min:
            old = self._task(max(day - _DAY, self.start), key) or old
        causes: dict[TaskChangeKind, Sequence[Move | Ending | None]] = {
            "moved": task.moves, "ended": [task.ending],
        }  # fmt: skip
        by = [cause.by for cause in causes.get(kind, ())[-1:] if cause]
        return Event(kind, task.reference, day, task, old, by[0] if by else None)

    def _late_since(self, day: date, key: TaskKey) -> date:
        """Return the day after the deadline of a task that is late on a day, if it was late then.

        It may have been reported as done for a while since then.
        """
        task = self._task(day, key)
        for passed in _day_after(task.deadline if task else None):
            sides = (self._task(side_day, key) for side_day in (passed - _DAY, passed))
            if [side is not None and side.may_be_late for side in sides] == [False, True]:
                return passed if self.start < passed else day
        return day

    def _passed(self, key: TaskKey, old: Task, new: Task) -> Iterator[TaskChange]:
        for code in new.holders:
            office = self.last.offices[code]

            def moved(day: date, office: Party = office) -> bool:
                task = self._tasks(day).get(key)
                is_open = task is not None and (task.is_open or new.is_open)
                is_owed = task is not None and is_open and office.code in task.holders
                return is_owed and office.holder_on(day - _DAY) != office.holder_on(day)

            within = [day for day in _passing_days(office) if self.start < day <= self.until]
            day = max(filter(moved, within), default=self.start)
            passed = PassedOffice(code, office.holder_on(self.start), office.holder_on(day))
            if passed.before != passed.after:
                yield self._change("passed", day, key, old, new)._replace(passed=passed)

    def _of_series(
        self, series: Series, parties: Codes, absences: set[int], sides: Sequence[_ByNumber]
    ) -> list[TaskChange]:
        """Return the changes of the occurrences that lists show, or that were reported on."""
        before, after = sides
        address, progress = self.row.address, self.last.progress
        ending = self.last.lineage.endings.get(address)
        is_ended = ending is not None and ending.day <= self.until
        # Those that fell due after the start: lists show the first that is open, and how many are.
        due = range(series.before(self.start) + 1, series.before(self.until) + 1)
        closed = {number for number, task in after.items() if number in due and not task.is_open}
        closed.update(absences.intersection(due))
        count = 0 if is_ended else len(due) - len(closed)
        numbers = {*before, *after, *([tasks.first_not_in(closed, due.start)] if count else ())}
        for number in progress.occurrences(address, self.until):
            task = self._task(self.until, (parties, number))
            owing = {*parties, *(task.parties if task else ())}
            if any(
                self.start < entry.day <= self.until
                and not owing.isdisjoint(self.last.lineage.codes_of(entry, address))
                for entry in chain.from_iterable(progress.of_mandate(address)[number].values())
            ):
                numbers.add(number)
        changes: list[TaskChange] = []
        for number in sorted(numbers):
            key = parties, number
            old = before.get(number) or self._task(self.start, key)
            new = after.get(number) or self._task(self.until, key)
            is_gone = number in before and number not in after and _is_ahead(new)
            if is_gone and self.start > self.since:
                continue  # neither of the two lists shows it
            if new and not old:  # who owed it at the start will have left, and others took it over
                days = (handover.day for handover in new.handovers)
                old = next(filter(None, (self._task(day, key) for day in days)), None)
            if old and new:
                of_task = self._of_task(key, old, new)
                if number in after:
                    changes += [*of_task, *self._passed(key, old, new)]
                else:
                    changes += [self._missed_again(key, change) for change in of_task]
            if is_gone or (number in after and number not in before and _is_ahead(new)):
                task = new or before[number]
                changes += self._listed(series, absences, key, task, is_gone=is_gone)
        handed_over = {each.day: each for each in changes[::-1] if each.kind == "reassigned"}
        changes = [  # what comes later passes with the first
            each for each in changes if each.kind != "reassigned" or each is handed_over[each.day]
        ]
        late = [
            place
            for place, change in enumerate(changes)
            if change.kind in ("late", "missed")
            and (change.after.deadline or date.min) >= self.start
        ]
        if late:  # the first says how many are not among them
            changes[late[0]] = changes[late[0]]._replace(later=count - len(late))
        return changes

    def _listed(
        self, series: Series, absences: set[int], key: TaskKey, last: Task, *, is_gone: bool
    ) -> Iterator[TaskChange]:
        """Yield since when lists show an occurrence, or no more; `last` is its task at the end."""
        day = self._shown_since(series, absences, key)
        if not is_gone or all(handover.day != day for handover in last.handovers):
            task = self._task(day, key) or last  # else it was of who owed it before
            yield Event("gone" if is_gone else "next", task.reference, day, task)

    def _missed_again(self, key: TaskKey, change: TaskChange) -> TaskChange:
        """Return a change as `missed` where lists had an older missed occurrence in its place."""
        if change.kind != "late" or self.last.on(change.day).shows(self.row, key):
            return change
        return change._replace(kind="missed")

    def _shown_since(self, series: Series, absences: set[int], key: TaskKey) -> date:
        """Return the day from which lists show an occurrence, or no more."""
        reported = absences.union(self.last.progress.occurrences(self.row.address, self.until))
        days = _days_of(self.row, reported, self.last).union(_day_after(series.until))
        # It is shown once each one before it is late or answered: an answer may come early, and
        # be taken back, but what nobody reported on was open up to its deadline.
        for earlier in range(key[1] - 1, 0, -1):
            days.update(_day_after(series.day(earlier)))
            if earlier not in reported:
                break
        return self._last_day_of(lambda on: on.shows(self.row, key), days)

    def _last_day_of(self, value: Callable[[TaskBuilder], object], days: Iterable[date]) -> date:
        """Return the last of some days after the start on which a value differs from before."""
        within = sorted({day for day in days if self.start < day <= self.until}, reverse=True)
        for day in within if len(within) > 1 else ():
            if value(self.last.on(day)) != value(self.last.on(day - _DAY)):
                return day
        return within[0] if within else self.until


def _is_merged(change: TaskChange, series: Series, merged: Set[int]) -> bool:
    """Tell whether a change is told of the task with which its own is one since a handover."""
    task = change.after
    number = series.named(task.occurrence_name) if task.occurrence_name else None
    last = max((handover.day for handover in task.handovers), default=date.max)
    is_later = change.day > last or (change.day == last and change.kind != "reassigned")
    return number in merged and is_later


def _is_ahead(task: Task | None) -> bool:
    """Tell whether an occurrence is still to come, or will not come any more."""
    return task is None or (task.is_open and not task.has_passed)


def _day_after(day: date | None) -> list[date]:
    return [] if day is None or day == date.max else [day + _DAY]


def _days_of(row: AdoptedMandate, numbers: Iterable[int], last: TaskBuilder) -> set[date]:
    """Return the days of a mandate's decisions, their deadlines, and some occurrences' reports."""
    address, lineage = row.address, last.lineage
    entries = last.progress.of_mandate(address)
    by_party = chain.from_iterable(entries.get(number, {}).values() for number in numbers)
    days = {entry.day for entry in chain.from_iterable(by_party)}
    for move in lineage.moves.get(address, ()):
        days.update([move.day], _day_after(move.deadline))
    days.update(handover.day for handover in lineage.handovers.get(address, ()))
    ending = lineage.endings.get(address)
    return {*days, *([ending.day] if ending else ())}


def _passing_days(office: Party) -> set[date]:
    return {day for term in office.terms for day in (term.start, *_day_after(term.until))}


class ChangeLog:
    """The changes of a record in any period up to a day."""

    def __init__(self, register: Register, as_of: date) -> None:
        self.register, self.as_of = register, as_of
        self._today = TaskBuilder(register, as_of, EVERYTHING)
        self._rows = self._today.adopted_rows()
        self._recurring: list[int] = []  # mandates that recurred often are compared in each period
        self._events: dict[date, list[int]] = {}
        for place, row in enumerate(self._rows):
            meeting, _conclusion, mandate = row
            series = mandate.series(meeting, register.calendar)
            address, lineage = row.address, self._today.lineage
            numbers = self._today.progress.occurrences(address, self.as_of)
            days = _days_of(row, (NOT_RECURRING, *numbers), self._today)
            days.update(_day_after(mandate.last_day(meeting, self.register.calendar)))
            days.update([meeting.last_day] if meeting.last_day else [])
            owing = tasks.owing_parties(self.register, row)
            handed_to = [handover.to for handover in lineage.handovers.get(address, ())]
            for code in {code for parties in (*owing, *handed_to) for code in parties}:
                if office := self._today.offices.get(code):
                    days |= _passing_days(office)
                if party := register.directory.by_code.get(code):
                    days.update(_day_after(party.until))
            if series is not None:
                days.update(_day_after(series.until))
                ending = lineage.endings.get(address)
                last = series.before(min(self.as_of, ending.day) if ending else self.as_of)
                if last > _OCCURRENCES:
                    self._recurring.append(place)
                for number in range(max(1, last - _OCCURRENCES), last + 1):
                    days.update(_day_after(series.day(number)))
            for day in days:
                if day <= as_of:
                    self._events.setdefault(day, []).append(place)
        self.days: Sequence[date] = sorted(self._events)  # on which a mandate may have changed

    def of_days(self, first: date, until: date) -> list[TaskChange]:
        """Return the changes of the days from one to another that is not later than the log's."""
        since = first - _DAY if first > date.min else first
        last = self._today.on(until)
        changes: list[TaskChange] = []
        days = self.days[bisect_right(self.days, since) : bisect_right(self.days, until)]
        places = {*self._recurring, *(place for day in days for place in self._events[day])}
        for place in sorted(places):
            row = self._rows[place]
            if row.meeting.last_day is not None and row.meeting.last_day > until:
                continue
            changes += MandateComparison(last, since, row).changes()
        return in_order(changes)
