"""Recurring duties: the days on which each occurrence is due, always counted from one beginning.

Never chained, so that the 31st of a month comes back after a shorter one: each occurrence is the
meeting's last day plus so many months at once (python-dateutil's relativedelta).
"""

from collections.abc import Sequence
from datetime import date, timedelta
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
    """One of the times at which a recurring duty is due."""

    name: str
    """What `for:` writes: its deadline, or the id of the meeting; empty while that is unknown."""
    deadline: date | None
    """None while the meeting at which it will be due is in no file."""


def is_recurring(due: Due | None) -> bool:
    """Tell whether a duty comes back."""
    return isinstance(due, Recurring)


class Series:
    """The occurrences of one recurring duty, by their place from 1 on. None is ever kept."""

    def __init__(
        self, due: Recurring, meeting: Meeting, calendar: Calendar, until: date | None = None
    ) -> None:
        """Take the duty, its meeting, and the last day on which it can fall due."""
        self.due, self.until = due, until
        self.start = meeting.last_day
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

    def nth(self, place: int) -> Occurrence | None:
        """Return the occurrence at a place; None before the first and past the last."""
        if place < 1 or self.start is None:
            return None
        if isinstance(self.due, EveryMeeting):
            if place > len(self.meetings):
                return None
            day, name, _meeting = self.meetings[place - 1]
            return Occurrence(name, day) if self._is_in_time(day) else None
        found = self.day(place)
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
                return sum(start < day for start, _name, _meeting in self.meetings)
            case EveryYear() | EverySpan():
                place = max(0, self._guess(day))
                while place and ((due := self.day(place)) is None or due >= day):
                    place -= 1
                while (due := self.day(place + 1)) is not None and due < day:
                    place += 1
                return place
            case _:
                assert_never(self.due)

    def named(self, name: str) -> int | None:
        """Return the place of the occurrence that `for:` names, or None."""
        if isinstance(self.due, EveryMeeting):
            ids = [meeting_id for _day, meeting_id, _meeting in self.meetings]
            place = ids.index(name) + 1 if name in ids else 0
        else:
            day = parse_day(name)
            place = self.before(day) + 1 if day else 0
        found = self.nth(place)
        return place if found and found.name == name else None

    def awaits(self, place: int, day: date) -> Occurrence | None:
        """Return the occurrence at a meeting that is in no file yet, if one is to come."""
        if not isinstance(self.due, EveryMeeting) or place <= len(self.meetings):
            return None
        return Occurrence("", None) if self._is_in_time(day) else None

    def is_over(self, day: date) -> bool:
        """Tell whether a duty that comes back at meetings ended before there was one."""
        is_by_meeting = isinstance(self.due, EveryMeeting) and self.start is not None
        early = bool(self.meetings) and not self._is_in_time(self.meetings[0][0])
        return is_by_meeting and (early or not self._is_in_time(day))

    def earliest(self) -> date | None:
        """Return the day of the first occurrence, whatever `until` says; None if not known yet."""
        if isinstance(self.due, EveryMeeting):
            return self.meetings[0][0] if self.meetings else None
        return self.day(1)

    def _is_in_time(self, day: date) -> bool:
        return self.until is None or day <= self.until

    def day(self, place: int) -> date | None:
        """Return the day at a place from 1 on, or None past the end of the calendar."""
        if self.start is None or place < 1:
            return None
        if isinstance(self.due, EverySpan):
            return later(self.start, place * self.due.amount, self.due.unit)
        if isinstance(self.due, EveryYear):
            first = _in_year(self.start.year, self.due)
            passed = first is not None and first <= self.start
            return _in_year(self.start.year + place - 1 + passed, self.due)
        return None

    def _guess(self, day: date) -> int:
        """Return about how many spans of time fit between the beginning and a day."""
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
