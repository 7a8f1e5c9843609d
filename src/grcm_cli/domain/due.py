"""By when: what every form of deadline is asked, and what it answers where it says nothing else."""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, NamedTuple, Protocol

from grcm_cli.domain.periods import Unit, parse_day
from grcm_cli.language.text import _, current_language

_NUMBERS = range(1, date.max.toordinal())  # of occurrences: there is at most one a day


class Occurrence(NamedTuple):
    """One of the deadlines of a recurring mandate."""

    name: str  # as in `for:`: the deadline, or the id of the meeting; empty while that is unknown
    deadline: date | None  # None while the meeting at which it will be due is in no file


class Series(NamedTuple):
    """The occurrences of one recurring mandate."""

    reckoned: Callable[[int], date | None]
    """Returns the deadline with a number from 1, `until` ignored; None where there is none."""
    meetings: Sequence[tuple[date, str, object]] = ()
    """Those at which it falls due, if it does so at meetings: first day, id, meeting."""
    is_at_meetings: bool = False
    day_named: Callable[[str], date | None] = parse_day  # returns the deadline that `for:` names
    start: date | None = None  # the last day of the meeting, None for none
    until: date = date.max  # the last day of the mandate

    def day(self, number: int) -> date | None:
        """Return the deadline with a number, `until` ignored; None where there is none."""
        return self.reckoned(number) if self.start and number > 0 else None

    def nth(self, number: int) -> Occurrence | None:
        """Return the occurrence with a number; None before the first and past the last."""
        day = self.day(number)
        if day is None or day > self.until:
            return None
        return Occurrence(self.meetings[number - 1][1] if self.meetings else day.isoformat(), day)

    def before(self, day: date) -> int:
        """Return how many occurrences are due before a day."""
        if self.until < day:
            day = self.until + timedelta(days=1)
        return bisect_left(_NUMBERS, day, key=lambda number: self.day(number) or date.max)

    def named(self, name: str) -> int | None:
        """Return the number of the occurrence that `for:` names, or None."""
        day = self.day_named(name)
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
        return Occurrence("", None) if is_to_come and day <= self.until else None

    def is_over(self, day: date) -> bool:
        """Tell whether what recurs at meetings has ended, and could be due before its end."""
        if not (self.is_at_meetings and self.start):
            return False
        first = self.meetings[0][0] if self.meetings else None
        return (first <= self.until if first else self.start < self.until) and self.until < day


class DatedMeeting(Protocol):
    """What a deadline needs of a meeting."""

    @property
    def id(self) -> str: ...
    @property
    def start(self) -> date | None: ...
    @property
    def last_day(self) -> date | None: ...


class MeetingCalendar(Protocol):
    """What a deadline needs of the calendar of meetings."""

    @property
    def by_id(self) -> Mapping[str, DatedMeeting]: ...
    def next_of(self, body: str, after: date) -> DatedMeeting | None: ...
    def of_body(self, body: str, after: date) -> Sequence[tuple[date, str, DatedMeeting]]: ...


class DueWording(NamedTuple):
    """How deadlines are said: in which language, and what meetings and bodies are called."""

    language: str
    meeting: Callable[[str], str] = lambda identity: _("meeting {meeting}").format(meeting=identity)
    of_body: Callable[[str], str] = lambda code: _("of {body}").format(body=code)
    """Turns the code of a body into `of the GRCM`."""


class _Fields(NamedTuple):
    """What a file says in a deadline; a form whose pattern lacks a field has its default."""

    written: str  # the text in the file
    body: str | None = None  # the code of the body whose next meeting it waits for
    meeting: str | None = None  # the id of the meeting that it waits for
    fixed_day: date | None = None  # the last day that the text itself names
    amount: int = 1
    unit: Unit = "days"
    day: date | None = None  # the day from which it is counted
    day_of_year: date = date(2000, 1, 1)  # on which it is due each year, here of a leap year


class Due(_Fields, ABC):
    """By when: a form of deadline, with what a file says in it.

    What a form does not define is answered here.
    """

    pattern: ClassVar[str] = ""
    """The text as a regular expression, with names of fields in braces and no other group."""
    examples: ClassVar[Sequence[tuple[str, str]]] = ()  # texts to offer, with their meaning
    offers: ClassVar[Sequence[str]] = ()
    """What an editor offers in a record where that is not the pattern, with fields in braces."""
    rank: ClassVar[int] = 5  # its place among what an editor offers, the lowest first
    relation: ClassVar[Literal["at", "before", "after"]] = "at"
    """Whether it is a day of the meeting that it waits for, or counted back or on from it."""
    recurs: ClassVar[bool] = False
    is_soft: ClassVar[bool] = False  # by its nature it has no day
    is_unclear: ClassVar[bool] = False  # it is in no form; a finding tells why
    out_of_years: ClassVar[str] = ""  # a finding about `{text}` whose day no calendar has

    @classmethod
    def parse(cls, text: str, values: Mapping[str, Any]) -> "Due | None":
        """Return it for a text and the values of its fields; None where they do not fit."""
        return cls(text, **values)

    @abstractmethod
    def words(self, wording: DueWording) -> str:
        """Return it in words, for readers who never see a file."""

    def short(self) -> str:
        """Return it in the few words of a list: `next GRCM`, `within 60 days`."""
        return self.words(DueWording(current_language()))

    def awaited(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> DatedMeeting | None:
        """Return the meeting that a duty of `meeting` waits for, if the calendar has it."""
        if self.meeting is not None:
            return calendar.by_id.get(self.meeting)
        if self.body is None or meeting.last_day is None or self.recurs:
            return None
        return calendar.next_of(self.body, meeting.last_day)

    def meetings(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> frozenset[str]:
        """Return the id of the other meeting whose days decide on its last day, if there is one."""
        awaited = self.awaited(meeting, calendar)
        identity = self.meeting or (awaited.id if awaited else None)
        return frozenset({identity} if identity else ())

    def resolved(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> "Due":
        """Return it with the meeting itself where it says the next one; unchanged without one."""
        return self

    @property
    def is_day(self) -> bool:
        """Whether it is a day and no longer period."""
        return self.fixed_day is not None and self.fixed_day.isoformat() == self.written

    def last_day(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> date | None:
        """Return the last day on which a duty that `meeting` lays down is not late, or None."""
        awaited = self.awaited(meeting, calendar)
        return awaited.start if awaited else None

    def recurrence(self, calendar: MeetingCalendar, start: date) -> Series | None:
        """Return its occurrences after the last day of a meeting, if it recurs."""
        return None

    def series(
        self, meeting: DatedMeeting, calendar: MeetingCalendar, until: date | None = None
    ) -> Series | None:
        """Return the occurrences of what recurs, the last one by `until`."""
        start = meeting.last_day
        recurrence = self.recurrence(calendar, start or date.max) if self.recurs else None
        return recurrence._replace(start=start, until=until or date.max) if recurrence else None

    def first_day(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> date | None:
        """Return its only deadline, or the first of what recurs; None where it has none."""
        series = self.series(meeting, calendar)
        return series.day(1) if series else self.last_day(meeting, calendar)

    def fault(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> str:
        """Return a sentence on a day that no calendar has, or nothing."""
        awaited = self.awaited(meeting, calendar)
        is_waiting = bool(self.body or self.meeting) and not (awaited and awaited.start)
        if not self.out_of_years or meeting.last_day is None or is_waiting:
            return ""
        day = self.first_day(meeting, calendar)
        return "" if day else _(self.out_of_years).format(text=self.written)

    @property
    def state_without_day(self) -> Literal["standing", "asap", "awaiting", "undated"]:
        """The state of an open task that has no day by it."""
        return "undated" if self.body is None and self.meeting is None else "awaiting"
