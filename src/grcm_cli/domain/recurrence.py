"""Recurrence: the deadlines of a recurring mandate, numbered from 1 and computed when asked for.

None is counted from the one before it, so that the 31st comes back after a shorter month.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from grcm_cli.domain.periods import parse_day


class Occurrence(NamedTuple):
    """One of the deadlines of a recurring mandate."""

    name: str
    """Its value of `for:`: the deadline, or the id of the meeting; empty while that is unknown."""
    deadline: date | None
    """None while the meeting at which it will be due is in no file."""


class Recurrence(NamedTuple):
    """How the deadlines of a recurring mandate are reckoned."""

    day: Callable[[int], date | None]
    """Returns the deadline with a number from 1; None past the last one."""
    guess: Callable[[date], float]
    """Returns about how many of them lie before a day."""
    meetings: Sequence[tuple[date, str, object]] | None = None
    """Those at which it falls due, if it does so at meetings: first day, id, meeting."""
    day_named: Callable[[str], date | None] = parse_day
    """Returns the deadline that `for:` names."""


class Series:
    """The occurrences of one recurring mandate."""

    def __init__(self, start: date | None, until: date | None, recurrence: Recurrence) -> None:
        """`start` is the last day of the meeting, None for none; `until` that of the mandate."""
        self.start, self.until, self._recurrence = start, until, recurrence
        self.meetings = recurrence.meetings or ()
        self.is_at_meetings = recurrence.meetings is not None
        self._known: dict[int, Occurrence | None] = {}

    def day(self, number: int) -> date | None:
        """Return the deadline with a number, `until` ignored; None where there is none."""
        return self._recurrence.day(number) if self.start and number > 0 else None

    def nth(self, number: int) -> Occurrence | None:
        """Return the occurrence with a number; None before the first and past the last."""
        # All parties that owe the mandate ask for the same ones.
        if number not in self._known:
            day, occurrence = self.day(number), None
            if day is not None and self._is_in_time(day):
                name = self.meetings[number - 1][1] if self.is_at_meetings else day.isoformat()
                occurrence = Occurrence(name, day)
            self._known[number] = occurrence
        return self._known[number]

    def before(self, day: date) -> int:
        """Return how many occurrences are due before a day."""
        if self.start is None:
            return 0
        if self.until is not None and self.until < day:
            day = self.until + timedelta(days=1)
        number = max(0, int(self._recurrence.guess(day)))
        while number and ((due := self.day(number)) is None or due >= day):
            number -= 1
        while (due := self.day(number + 1)) is not None and due < day:
            number += 1
        return number

    def named(self, name: str) -> int | None:
        """Return the number of the occurrence that `for:` names, or None."""
        day = self._recurrence.day_named(name)
        number = self.before(day) + 1 if day else 0
        # Two meetings may begin on one day.
        while (occurrence := self.nth(number)) and occurrence.deadline == day:
            if occurrence.name == name:
                return number
            number += 1
        return None

    def awaits(self, number: int, day: date) -> Occurrence | None:
        """Return the occurrence at a meeting that is in no file yet; None where none can come."""
        is_to_come = self.is_at_meetings and number > len(self.meetings)
        return Occurrence("", None) if is_to_come and self._is_in_time(day) else None

    def is_over(self, day: date) -> bool:
        """Tell whether a mandate that recurs at meetings ended before there was one."""
        early = bool(self.meetings) and not self._is_in_time(self.meetings[0][0])
        is_by_meeting = self.is_at_meetings and self.start is not None
        return is_by_meeting and (early or not self._is_in_time(day))

    def _is_in_time(self, day: date) -> bool:
        return self.until is None or day <= self.until
