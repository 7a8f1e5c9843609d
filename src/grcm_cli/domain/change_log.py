"""The changes of many periods of one record, each at the cost of what happened in it.

A mandate is compared only in the periods in which something happened to it. What a period gives is
what `task_changes` gives for its days.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from grcm_cli.domain.changes import (
    TaskChange,
    TaskComparison,
    address_of,
    day_after,
    days_of_entries,
    days_of_moves,
    in_order,
    passing_days,
)
from grcm_cli.domain.deadlines import deadline
from grcm_cli.domain.recurrence import Series
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import EVERYTHING, MandateRow, TaskBuilder, owing_parties

_OCCURRENCES = 400  # more than a year of a duty of each day
"""So many deadlines of a mandate that recurs are looked up; one with more is always compared."""
_DAY = timedelta(days=1)
Month = tuple[int, int]
"""A year, and a month from 1."""


class PeriodChanges(NamedTuple):
    """What changed after a day, up to another."""

    since: date
    until: date
    changes: Sequence[TaskChange]
    """The earliest first, as `task_changes` returns them."""
    everybody: Sequence[Task]
    """All tasks, on the last day, of the mandates that changed."""


class ChangeLog:
    """The changes of a record in any period up to a day."""

    def __init__(self, register: Register, as_of: date) -> None:
        self.register, self.as_of = register, as_of
        self._today = TaskBuilder(register, as_of, EVERYTHING)
        self._rows = self._today.adopted_rows()
        self._recurring: list[int] = []
        """The places of mandates that have recurred often: they are compared in every period."""
        events: dict[date, list[int]] = {}
        for place, row in enumerate(self._rows):
            series = row[2].series(row[0], register.calendar)
            if series is not None and series.before(as_of) > _OCCURRENCES:
                self._recurring.append(place)
            for day in self._days(row, series):
                if day <= as_of:
                    events.setdefault(day, []).append(place)
        self._events = events
        self.days: Sequence[date] = sorted(events)
        """The days on which something happened to a mandate, or may have, the earliest first."""

    @property
    def months(self) -> Sequence[Month]:
        """The months on which something happened, or may have, the latest first."""
        return sorted({(day.year, day.month) for day in self.days}, reverse=True)

    def of_month(self, month: Month) -> PeriodChanges:
        """Return the changes of a month, up to the day of the log."""
        first = date(*month, 1)
        last = first.replace(day=monthrange(*month)[1])
        # Before the first day of all there is none.
        since = first - _DAY if first > date.min else first
        return self.between(since, min(last, self.as_of))

    def of_day(self, day: date) -> PeriodChanges:
        """Return the changes of one day."""
        return self.between(day - _DAY if day > date.min else day, day)

    def between(self, since: date, until: date) -> PeriodChanges:
        """Return the changes after a day, up to another that is not later than the log's."""
        last = TaskBuilder(self.register, until, EVERYTHING, self._today)
        comparison = TaskComparison(last, since)
        changes: list[TaskChange] = []
        everybody: list[Task] = []
        for place in self._places(since, until):
            row = self._rows[place]
            if row[0].last_day is not None and row[0].last_day > until:
                continue
            found = list(comparison.of_mandate(row))
            if found:
                changes += found
                everybody += last.tasks_by_key(row).values()
        return PeriodChanges(since, until, in_order(changes), everybody)

    def _places(self, since: date, until: date) -> Sequence[int]:
        """Return the places of the mandates to which something happened, in their order."""
        days = self.days[bisect_right(self.days, since) : bisect_right(self.days, until)]
        return sorted({*self._recurring, *(place for day in days for place in self._events[day])})

    def _days(self, row: MandateRow, series: Series | None) -> Iterable[date]:
        """Return the days on which something happened to a mandate, or may have."""
        meeting, _conclusion, mandate = row
        address, statuses = address_of(row), self._today.statuses
        days = set(days_of_entries(self._today.progress, address, self.as_of))
        days.update(days_of_moves(statuses.moves.get(address, ()), self.register.calendar))
        days.update(day_after(deadline(mandate.due, meeting, self.register.calendar)))
        ending = statuses.endings.get(address)
        days.update([ending.day] if ending else [])
        days.update([meeting.last_day] if meeting.last_day else [])
        days.update(self._passing_days(row))
        if series is not None:
            by = min(self.as_of, ending.day) if ending else self.as_of
            days.update(_last_occurrences(series, by))
        return days

    def _passing_days(self, row: MandateRow) -> Iterator[date]:
        owing = owing_parties(self.register, row[0], row[2])
        for code in {code for parties in owing for code in parties}:
            office = self._today.offices.get(code)
            if office is not None:
                yield from passing_days(office)


def _last_occurrences(series: Series, by: date) -> Iterator[date]:
    """Yield the days on which the last occurrences became late, and that of the series' end."""
    yield from day_after(series.until)
    number = series.before(by)
    for one in range(max(1, number - _OCCURRENCES), number + 1):
        occurrence = series.nth(one)
        yield from day_after(occurrence.deadline if occurrence else None)
