"""The calendar file: deadlines as all-day events of iCalendar (RFC 5545), line by line.

Its lines are few and fixed, so they are written here: the library for calendars takes twenty times
as long, escapes nothing in NAME, and folds inside an escape.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from grcm_cli.exports.ics_revision import LARGEST_SEQUENCE, PRODUCT, Entries, escaped
from grcm_cli.language.ci_commands import without_commands_in_folds
from grcm_cli.language.text import _, clean, clean_lines

_OCTETS = 74  # of a line, before a space or CR
_DAY = r"\d{4}-\d\d-\d\d"


class Deadline(NamedTuple):
    """A deadline, as a calendar or a task list shows it."""

    uid: str
    """Stays the same when the deadline moves, so that a calendar moves its entry."""
    day: date | None
    """None only in a task list: a calendar leaves out what has no day."""
    summary: str
    description: str
    categories: Sequence[str]
    closed_on: date | None = None
    """The day on which the last of the responsible parties had done it."""
    is_closed: bool = False
    has_begun: bool = False
    """It is open, and a party reported something."""
    moved: int = 0
    """How many times later meetings moved it."""
    missed: int = 0
    """How many later times of the same duty, late as well, are not listed."""
    is_cancelled: bool = False
    """The earlier calendar has it, and it is not in this one: calendars are to drop it."""
    is_notice: bool = False
    """It is no deadline, and gives no alarm."""


class CalendarData(NamedTuple):
    """The deadlines of one calendar."""

    name: str
    as_of: date
    deadlines: Sequence[Deadline]
    earlier: Entries
    """The entries of the file that this calendar replaces, by their UID."""
    domain: str = ""
    """What its ids end in."""
    day_stays: bool = False
    """An entry of which only the day has changed that it is of stays as it was."""


def render(data: CalendarData, *, alarms: Sequence[int] = (), as_todo: bool = False) -> bytes:
    """Return a calendar's bytes. `alarms` are days before each deadline."""
    name = escaped(clean(data.name))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    ]
    for deadline in data.deadlines:
        # A closed deadline needs no alarm, and one for a past day would ring at once.
        is_ahead = deadline.day is not None and deadline.day >= data.as_of
        days = alarms if is_ahead and not (deadline.is_closed or deadline.is_notice) else ()
        properties = _todo(deadline) if as_todo else _event(deadline)
        properties += _alarms(days, deadline, as_todo=as_todo)
        kind = "VTODO" if as_todo else "VEVENT"
        lines += [f"BEGIN:{kind}", *_with_revision(properties, deadline, data), f"END:{kind}"]
    text = "".join([f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]])
    return without_commands_in_folds(text, "\r\n ").encode()


def _event(deadline: Deadline) -> list[str]:
    """Return the properties of an event, in a fixed order."""
    day, days = deadline.day, []
    if day is not None:
        days.append(f"DTSTART;VALUE=DATE:{_date(day)}")
        if day < date.max:
            days.append(f"DTEND;VALUE=DATE:{_date(day + timedelta(days=1))}")  # exclusive
    return [
        f"SUMMARY:{escaped(clean(deadline.summary))}",
        *days,
        f"UID:{escaped(clean(deadline.uid))}",
        f"CATEGORIES:{_categories(deadline)}",
        f"DESCRIPTION:{escaped(clean_lines(deadline.description))}",
        *(["STATUS:CANCELLED"] if deadline.is_cancelled else []),
        "TRANSP:TRANSPARENT",  # a deadline keeps nobody busy
    ]


def _todo(deadline: Deadline) -> list[str]:
    """Return the properties of a thing to do, in the order of their names."""
    closed_on = deadline.closed_on
    if closed_on is not None:
        status = "COMPLETED"
    elif deadline.is_closed:  # declined, or ended by a later meeting
        status = "CANCELLED"
    else:
        status = "IN-PROCESS" if deadline.has_begun else "NEEDS-ACTION"
    return [
        f"CATEGORIES:{_categories(deadline)}",
        *([f"COMPLETED:{_date(closed_on)}T000000Z"] if closed_on else []),
        f"DESCRIPTION:{escaped(clean_lines(deadline.description))}",
        *([f"DUE;VALUE=DATE:{_date(deadline.day)}"] if deadline.day else []),
        *(["PERCENT-COMPLETE:100"] if closed_on else []),
        f"STATUS:{status}",
        f"SUMMARY:{escaped(clean(deadline.summary))}",
        f"UID:{escaped(clean(deadline.uid))}",
    ]


def _alarms(alarms: Sequence[int], deadline: Deadline, *, as_todo: bool) -> Iterator[str]:
    # A VTODO has no start to count from.
    trigger = "TRIGGER;RELATED=END" if as_todo else "TRIGGER"
    for days in sorted(set(alarms), reverse=True):
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(clean(deadline.summary))}"
        yield f"{trigger}:{'-' if days else ''}P{days}D"
        yield "END:VALARM"


def _date(day: date) -> str:
    return day.isoformat().replace("-", "")


def _categories(deadline: Deadline) -> str:
    return ",".join([escaped(clean(category)) for category in deadline.categories])


def _folded(line: str) -> str:
    """Return a line in parts of at most 75 octets (RFC 5545, 3.1), no escape of two parts."""
    data = line.encode()
    parts = []
    while len(data) > _OCTETS:
        end = _OCTETS
        while data[end] & 0b1100_0000 == 0b1000_0000:  # inside a character of UTF-8
            end -= 1
        if data[end - 1] in b"\\^":
            end -= 1
        parts.append(data[:end])
        data = data[end:]
    return b"\r\n ".join((*parts, data)).decode()


def _with_revision(
    content: Sequence[str], deadline: Deadline, calendar: CalendarData
) -> Sequence[str]:
    """Return the lines of an entry after its SEQUENCE, DTSTAMP and LAST-MODIFIED.

    `content` are the lines without them, not folded. What has not changed keeps all three. Where
    only the day has changed that the description is of, DTSTAMP alone is new: it decides between
    two entries of one SEQUENCE. Where the calendar's `day_stays`, such an entry is the earlier one.
    """
    now = f"{_date(calendar.as_of)}T000000Z"
    sequence, stamp, modified = deadline.moved, now, now
    earlier = calendar.earlier.get(clean(deadline.uid))
    if earlier is not None:
        is_equal = earlier.content == content
        if is_equal or _without_day(earlier.content) == _without_day(content):
            sequence, modified = max(sequence, earlier.sequence), earlier.modified
            stamp = earlier.stamp if is_equal or calendar.day_stays else now
            content = earlier.content if calendar.day_stays else content
        else:
            sequence = min(max(sequence, earlier.sequence + 1), LARGEST_SEQUENCE)
    revision = [f"DTSTAMP:{stamp}", f"SEQUENCE:{sequence}", f"LAST-MODIFIED:{modified}"]
    return [*revision, *content]


def _without_day(content: Sequence[str]) -> list[str]:
    """Return lines in order, without the day that the description of an entry is of."""
    before = escaped(_("On {day}: {state}").partition("{day}")[0])
    day = re.compile(rf"(\\n{re.escape(before)}){_DAY}")
    return sorted(
        day.sub(r"\1", line) if line.startswith("DESCRIPTION:") else line for line in content
    )
