"""Recurrence: the deadlines of a recurring mandate.

Each deadline is counted from the meeting's last day, never from the one before it, so that the 31st
comes back after a shorter month (python-dateutil's relativedelta).
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple, assert_never

from grcm_cli.domain.deadlines import Calendar, later, parse_day
from grcm_cli.domain.model import (
    Due,
    EveryMeeting,
    EverySpan,
    EveryYear,
    Mandate,
    Meeting,
    Recurring,
)


class Occurrence(NamedTuple):
    """One of the deadlines of a recurring mandate."""

    name: str
    """Its value of `for:`: the deadline, or the id of the meeting; empty while that is unknown."""
    deadline: date | None
    """None while the meeting at which it will be due is in no file."""


def is_recurring(due: Due | None) -> bool:
    """Tell whether a `due` recurs."""
    return isinstance(due, Recurring)


class Series:
    """The occurrences of one recurring mandate, numbered from 1 and computed when asked for."""

    def __init__(
        self, due: Recurring, meeting: Meeting, calendar: Calendar, until: date | None = None
    ) -> None:
        self.due, self.until = due, until
        self.start = meeting.last_day
        self._calendar = calendar
        self._found: dict[int, Occurrence | None] = {}
        self.meetings: Sequence[tuple[date, str, Meeting]] = (
            calendar.of_body(due.body, self.start)
            if isinstance(due, EveryMeeting) and self.start
            else ()
        )

    @classmethod
    def of(cls, mandate: Mandate, meeting: Meeting, calendar: Calendar) -> "Series | None":
        """Return the occurrences of a mandate, or None where it does not recur."""
        due = mandate.due
        if not isinstance(due, Recurring):
            return None
        return cls(due, meeting, calendar, mandate.until.day if mandate.until else None)

    def nth(self, number: int) -> Occurrence | None:
        """Return the occurrence with a number; None before the first and past the last."""
        # All parties that owe the mandate ask for the same ones.
        if number not in self._found:
            self._found[number] = self._nth(number)
        return self._found[number]

    def _nth(self, number: int) -> Occurrence | None:
        if number < 1 or self.start is None:
            return None
        if isinstance(self.due, EveryMeeting):
            if number > len(self.meetings):
                return None
            day, name, _meeting = self.meetings[number - 1]
            return Occurrence(name, day) if self._is_in_time(day) else None
        found = self.day(number)
        if found is None or not self._is_in_time(found):
            return None
        return Occurrence(found.isoformat(), found)

    def before(self, day: date) -> int:
        """Return how many occurrences are due before a day."""
        if self.start is None:
            return 0
        if self.until is not None and self.until < day:
            day = min(day, self.until + timedelta(days=1)) if self.until < date.max else day
        match self.due:
            case EveryMeeting():
                return bisect_left(self.meetings, day, key=itemgetter(0))
            case EveryYear() | EverySpan():
                number = max(0, self._guess(day))
                while number and ((due := self.day(number)) is None or due >= day):
                    number -= 1
                while (due := self.day(number + 1)) is not None and due < day:
                    number += 1
                return number
            case _:
                assert_never(self.due)

    def named(self, name: str) -> int | None:
        """Return the number of the occurrence that `for:` names, or None."""
        if isinstance(self.due, EveryMeeting):
            start = named.start if (named := self._calendar.by_id.get(name)) else None
            number = (
                bisect_left(self.meetings, (start, name), key=itemgetter(0, 1)) + 1 if start else 0
            )
        else:
            day = parse_day(name)
            number = self.before(day) + 1 if day else 0
        found = self.nth(number)
        return number if found and found.name == name else None

    def awaits(self, number: int, day: date) -> Occurrence | None:
        """Return the occurrence at a meeting that is in no file yet; None where none can come."""
        if not isinstance(self.due, EveryMeeting) or number <= len(self.meetings):
            return None
        return Occurrence("", None) if self._is_in_time(day) else None

    def is_over(self, day: date) -> bool:
        """Tell whether a mandate that recurs at meetings ended before there was one."""
        is_by_meeting = isinstance(self.due, EveryMeeting) and self.start is not None
        early = bool(self.meetings) and not self._is_in_time(self.meetings[0][0])
        return is_by_meeting and (early or not self._is_in_time(day))

    def earliest(self) -> date | None:
        """Return the first deadline, `until` ignored; None if not known yet."""
        if isinstance(self.due, EveryMeeting):
            return self.meetings[0][0] if self.meetings else None
        return self.day(1)

    def _is_in_time(self, day: date) -> bool:
        return self.until is None or day <= self.until

    def day(self, number: int) -> date | None:
        """Return the deadline with a number, `until` ignored; None past the year 9999."""
        if self.start is None or number < 1:
            return None
        if isinstance(self.due, EverySpan):
            return later(self.start, number * self.due.amount, self.due.unit)
        if isinstance(self.due, EveryYear):
            first = _in_year(self.start.year, self.due)
            passed = first is not None and first <= self.start
            return _in_year(self.start.year + number - 1 + passed, self.due)
        return None

    def _guess(self, day: date) -> int:
        """Return about how many periods lie between the meeting and a day."""
        if self.start is None:
            return 0
        days = (day - self.start).days
        if isinstance(self.due, EverySpan):
            long = {"days": 1.0, "weeks": 7.0, "months": 30.44, "years": 365.25}[self.due.unit]
            return int(days / (long * self.due.amount))
        return int(days / 365.25)


def _in_year(year: int, due: EveryYear) -> date | None:
    """Return the day in a year, the 28th of February where there is no 29th."""
    try:
        return date(year, due.month, due.day)
    except ValueError:
        return date(year, due.month, 28) if 0 < year <= date.max.year else None
