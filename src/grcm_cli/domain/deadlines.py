"""Deadlines: the closed grammar of `due`, and its days by the calendar of meetings.

No other text is ever read as a date, in a file or in an option; there is no fuzzy parser.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import assert_never

from grcm_cli.domain.model import (
    Asap,
    AtMeeting,
    Before,
    Due,
    EveryMeeting,
    EverySpan,
    EveryYear,
    FixedDay,
    Meeting,
    NextMeeting,
    Ongoing,
    Recurring,
    Unclear,
    Unit,
    Within,
)
from grcm_cli.language.text import _

DAY_FORM = "2003-01-15"
PERIOD_FORMS = ("2003-01-15", "2003-01", "2003-Q1", "2003-H1", "2003")
DUE_FORMS = (
    *PERIOD_FORMS,
    "2003-02-06/2003-02-07",
    "next GRCM",
    "CRM-2003-05",
    "30 days before next GRCM",
    "30 days before CRM-2003-05",
    "within 60 days",
    "within 60 days of 2003-01-15",
    "every year on 05-31",
    "every 6 months",
    "every GRCM",
    "ongoing",
    "asap",
)
MEETING_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)

DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
"""The names that Windows takes for devices: no file can be called so there."""

_SOFT: Mapping[str, Due] = {"ongoing": Ongoing(), "asap": Asap()}

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")
_NEXT = re.compile(r"next ([A-Z][A-Z0-9-]{1,19})")
_BEFORE = re.compile(r"([1-9][0-9]{0,4}) (day|week|month|year)s? before (.+)")
_WITHIN = re.compile(r"within ([1-9][0-9]{0,4}) (day|week|month|year)s?(?: of (\S+))?")
_EVERY = re.compile(r"every (?:([1-9][0-9]{0,4}) )?(day|week|month|year)s?")
_EVERY_YEAR = re.compile(r"every year on ([0-9]{2}-[0-9]{2})")
_EVERY_MEETING = re.compile(r"every ([A-Z][A-Z0-9-]{1,19})")
_LIKE_A_DATE = re.compile(r"[0-9][0-9QHWqhw/.-]*")
_WORDS = frozenset({"ongoing", "asap", "every", "next", "within"})


def parse_day(text: str) -> date | None:
    """Return the day that `2003-01-15` names (ISO 8601, extended, four-digit year), else None."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_period(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of a day, month, quarter, half-year or year, else None."""
    day = parse_day(text)
    if day is not None:
        return day, day
    match = _PERIOD.fullmatch(text)
    if match is None or match[1] == "0000":
        return None
    year = int(match[1])
    if match[2]:
        first = last = int(match[2])
    elif match[3]:
        last = 3 * int(match[3])
        first = last - 2
    elif match[4]:
        last = 6 * int(match[4])
        first = last - 5
    else:
        first, last = 1, 12
    return date(year, first, 1), _last_of_month(year, last)


def _last_of_month(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def looks_like_day(text: str) -> bool:
    """Tell whether a text has the form of a day, whether or not the calendar has it."""
    return bool(_DAY.fullmatch(text))


def is_backward(text: str) -> bool:
    """Tell whether a text is an interval whose last day lies before its first."""
    first, slash, last = text.partition("/")
    start, end = parse_day(first), parse_day(last)
    return bool(slash) and start is not None and end is not None and end < start


def parse_due(text: str) -> Due | None:
    """Return the parsed form of a `due`, else None."""
    period = parse_period(text)
    if period is not None:
        return FixedDay(text, period[1])
    if text in _SOFT:
        return _SOFT[text]
    if match := _NEXT.fullmatch(text):
        return NextMeeting(text, match[1])
    if match := _WITHIN.fullmatch(text):
        return _within(text, match)
    if " before " in text:
        return _before(text)
    if text.startswith("every "):
        return _every(text)
    if "/" in text:
        return _interval(text)
    is_id = MEETING_ID.fullmatch(text) and not reads_as_due(text)
    return AtMeeting(text, text) if is_id else None


def reads_as_due(text: str) -> bool:
    """Tell whether a meeting's id would read as another form of `due`, which no id may."""
    return text.casefold() in _WORDS or bool(_LIKE_A_DATE.fullmatch(text))


def fault_of_id(text: str) -> str:
    """Return why no meeting can have an id of the right form, or an empty text."""
    if reads_as_due(text):
        return _("the id '{text}' reads as a date").format(text=text)
    if DEVICE.fullmatch(text):
        return _("Windows takes '{text}' for a device: no file can have that name").format(
            text=text
        )
    return ""


def _before(text: str) -> Before | None:
    match = _BEFORE.fullmatch(text)
    meeting = parse_due(match[3]) if match else None
    if match is None or not isinstance(meeting, NextMeeting | AtMeeting):
        return None
    unit: Unit = f"{match[2]}s"  # type: ignore[assignment] # the pattern names the four units
    return Before(text, int(match[1]), unit, meeting)


def _within(text: str, match: re.Match[str]) -> Due | None:
    unit: Unit = f"{match[2]}s"  # type: ignore[assignment] # the pattern names the four units
    anchor: date | str | None = match[3]
    if match[3]:
        anchor = parse_day(match[3]) or match[3]
        meeting = MEETING_ID.fullmatch(match[3]) and not reads_as_due(match[3])
        if isinstance(anchor, str) and not meeting:
            return None
    return Within(text, int(match[1]), unit, anchor)


def _every(text: str) -> Recurring | None:
    if match := _EVERY.fullmatch(text):
        unit: Unit = f"{match[2]}s"  # type: ignore[assignment] # the pattern names the four units
        return EverySpan(text, int(match[1] or 1), unit)
    if match := _EVERY_YEAR.fullmatch(text):
        day = parse_day(f"2000-{match[1]}")  # a leap year, so that it has the 29th of February
        return EveryYear(text, day.month, day.day) if day else None
    match = _EVERY_MEETING.fullmatch(text)
    return EveryMeeting(text, match[1]) if match else None


def _interval(text: str) -> Due | None:
    first, _slash, last = text.partition("/")
    start, end = parse_day(first), parse_day(last)
    return FixedDay(text, end) if start and end and start <= end else None


class Calendar:
    """The meetings by id, and those of each body in the order of their days."""

    def __init__(self, meetings: Iterable[Meeting]) -> None:
        self.by_id: dict[str, Meeting] = {}
        by_body: dict[str, list[tuple[date, str, Meeting]]] = {}
        for meeting in meetings:
            self.by_id.setdefault(meeting.id, meeting)
            if meeting.body is not None and meeting.start is not None:
                of_body = by_body.setdefault(meeting.body.text, [])
                of_body.append((meeting.start, meeting.id, meeting))
        self._by_body: Mapping[str, Sequence[tuple[date, str, Meeting]]] = {
            body: sorted(rows, key=lambda row: row[:2]) for body, rows in by_body.items()
        }
        self._starts = {body: [row[0] for row in rows] for body, rows in self._by_body.items()}

    def of_body(self, body: str, after: date) -> Sequence[tuple[date, str, Meeting]]:
        """Return the meetings of a body that start after a day: first day, id, meeting."""
        rows = self._by_body.get(body, ())
        return rows[bisect_right(self._starts.get(body, ()), after) :]

    def next_of(self, body: str, after: date) -> Meeting | None:
        """Return the first meeting of a body that starts after a day, or None."""
        rows = self._by_body.get(body, ())
        index = bisect_right(self._starts.get(body, ()), after)
        return rows[index][2] if index < len(rows) else None


def deadline(due: Due | None, meeting: Meeting, calendar: Calendar) -> date | None:
    """Return the last day on which a duty of `meeting` is not late, or None where it has no day.

    None also for what the calendar does not tell yet: a next meeting that is in no file.
    """
    match due:
        case FixedDay(_, day):
            return day
        case NextMeeting(_, body):
            end = meeting.last_day
            upcoming = calendar.next_of(body, end) if end else None
            return upcoming.start if upcoming else None
        case AtMeeting(_, meeting_id):
            named = calendar.by_id.get(meeting_id)
            return named.start if named else None
        case Before(_, count, unit, before):
            first = deadline(before, meeting, calendar)
            return later(first, -count, unit) if first else None
        case Within(_, count, unit, anchor):
            start = _anchor_day(anchor, meeting, calendar)
            return later(start, count, unit) if start else None
        case Ongoing() | Asap() | Unclear() | None:
            return None
        case EveryYear() | EverySpan() | EveryMeeting():
            return None  # it has many: see occurrences
        case _:
            assert_never(due)


def meetings_of_deadline(due: Due | None, meeting: Meeting, calendar: Calendar) -> frozenset[str]:
    """Return the id of the other meeting whose days decide on a deadline, if there is one."""
    match due:
        case NextMeeting(_, body):
            upcoming = calendar.next_of(body, meeting.last_day) if meeting.last_day else None
            return frozenset({upcoming.id} if upcoming else ())
        case AtMeeting(_, named) | Within(_, _, _, str(named)):
            return frozenset({named})
        case Before(_, _, _, before):
            return meetings_of_deadline(before, meeting, calendar)
        case _:
            return frozenset()


def _anchor_day(anchor: date | str | None, meeting: Meeting, calendar: Calendar) -> date | None:
    if anchor is None:
        return meeting.last_day
    if isinstance(anchor, date):
        return anchor
    named = calendar.by_id.get(anchor)
    return named.last_day if named else None


def later(start: date, count: int, unit: Unit) -> date | None:
    """Return the day `count` units later, earlier where it is negative; None for no such day.

    The calendar has the years 1 to 9999. A month after 31 January is 28 February, and so is one
    before 31 March.
    """
    try:
        if unit == "days":
            return start + timedelta(days=count)
        if unit == "weeks":
            return start + timedelta(weeks=count)
        from dateutil.relativedelta import relativedelta  # few files need it, and it takes 5 ms

        months_later = count if unit == "months" else 12 * count
        return start + relativedelta(months=months_later)
    except (OverflowError, ValueError):
        return None
