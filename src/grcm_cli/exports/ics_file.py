"""The calendar file: deadlines as all-day events of iCalendar (RFC 5545), line by line."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import NamedTuple

from icalendar import Alarm, Calendar, Component, Event, Todo, vText

from grcm_cli.exports.ics_revision import PRODUCT, Entries, escaped, with_revision
from grcm_cli.language.ci_commands import without_commands_in_folds
from grcm_cli.language.text import clean, clean_lines

_OCTETS = 74  # of a line, before a space or CR


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
    deadlines: Iterable[Deadline]
    """Made one after the other, for one reading."""
    earlier: Entries
    """The entries of the file that this calendar replaces, by their UID."""
    domain: str = ""
    """What its ids end in."""
    day_stays: bool = False
    """An entry of which only the day has changed that it is of stays as it was."""


def render(data: CalendarData, *, alarms: Sequence[int] = (), as_todo: bool = False) -> bytes:
    """Return a calendar's bytes. `alarms` are days before each deadline."""
    content = BytesIO()  # which `join` would hold twice
    content.writelines(pieces(data, alarms=alarms, as_todo=as_todo))
    return content.getvalue()


def pieces(
    data: CalendarData, *, alarms: Sequence[int] = (), as_todo: bool = False
) -> Iterator[bytes]:
    """Yield a calendar's bytes, in pieces of whole lines."""
    content = "".join(_entries(data, alarms, as_todo=as_todo))
    yield without_commands_in_folds(content, "\r\n ").encode()


def _entries(data: CalendarData, alarms: Sequence[int], *, as_todo: bool) -> Iterator[str]:
    """Yield the folded lines of a calendar: its head, each entry, its end."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _EscapedText(clean(data.name)))
    calendar.add("x-wr-calname", _EscapedText(clean(data.name)))
    calendar.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    *head, end = _lines(calendar)
    yield _folded_lines(head)
    for deadline in data.deadlines:
        # A closed deadline needs no alarm, and one for a past day would ring at once.
        is_ahead = deadline.day is not None and deadline.day >= data.as_of
        days = alarms if is_ahead and not (deadline.is_closed or deadline.is_notice) else ()
        own = _entry(deadline, days, as_todo=as_todo) if as_todo or days else _event_lines(deadline)
        lines = with_revision(
            own, data.earlier, data.as_of, deadline.moved, day_stays=data.day_stays
        )
        yield _folded_lines(lines)
    yield _folded_lines([end])


def _folded_lines(lines: Iterable[str]) -> str:
    return "".join([f"{_folded(line)}\r\n" for line in lines])


def _entry(deadline: Deadline, alarms: Sequence[int], *, as_todo: bool) -> list[str]:
    """Return the lines of an entry with its alarms."""
    entry = _todo(deadline) if as_todo else _event(deadline)
    # What has its type already needs no `add`, which looks for one.
    entry["uid"] = vText(clean(deadline.uid))
    entry["summary"] = _EscapedText(clean(deadline.summary))
    entry["description"] = _EscapedText(clean_lines(deadline.description))
    entry.add("categories", [clean(category) for category in deadline.categories])
    for days in sorted(set(alarms), reverse=True):
        entry.add_component(_alarm(days, deadline, as_todo=as_todo))
    return _lines(entry)


def _event_lines(deadline: Deadline) -> list[str]:
    """Return the lines of an event without alarms, as the library gives them.

    It takes twenty times as long.
    """
    day, days = deadline.day, []
    if day is not None:
        days.append(f"DTSTART;VALUE=DATE:{_date(day)}")
        if day < date.max:
            days.append(f"DTEND;VALUE=DATE:{_date(day + timedelta(days=1))}")
    categories = ",".join([_name(clean(category)) for category in deadline.categories])
    return [
        "BEGIN:VEVENT",
        f"SUMMARY:{escaped(clean(deadline.summary))}",
        *days,
        f"UID:{_name(clean(deadline.uid))}",
        f"CATEGORIES:{categories}",
        f"DESCRIPTION:{escaped(clean_lines(deadline.description))}",
        *(["STATUS:CANCELLED"] if deadline.is_cancelled else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _date(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _name(text: str) -> str:
    """Return an id or a category, escaped as the library does."""
    return vText(text).to_ical().decode() if "\\" in text else escaped(text)


def _lines(component: Component) -> list[str]:
    """Return the lines of a component, not folded."""
    return [str(line) for line in component.content_lines() if line]


def _folded(line: str) -> str:
    """Return a line in parts of at most 75 octets (RFC 5545, 3.1), no escape of two parts.

    The library gives the same, and takes ten times as long, character by character: a third of the
    time of a calendar.
    """
    data = line.encode()
    if len(data) <= _OCTETS:
        return line  # as most
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


class _EscapedText(vText):
    r"""A text, escaped as RFC 5545, 3.3.11 demands.

    The library turns a literal `\N` in a text into a line end, and escapes nothing in properties
    that it does not know, such as NAME.
    """

    def to_ical(self) -> bytes:
        return escaped(str(self)).encode()


def _event(deadline: Deadline) -> Component:
    event = Event()
    if deadline.day is not None:
        event.add("dtstart", deadline.day)
        if deadline.day < date.max:
            event.add("dtend", deadline.day + timedelta(days=1))  # exclusive
    event["transp"] = vText("TRANSPARENT")  # a deadline keeps nobody busy
    if deadline.is_cancelled:
        event.add("status", "CANCELLED")
    return event


def _todo(deadline: Deadline) -> Component:
    todo = Todo()
    if deadline.day is not None:
        todo.add("due", deadline.day)
    if deadline.closed_on is not None:
        todo.add("status", "COMPLETED")
        todo.add("completed", _midnight(deadline.closed_on))
        todo.add("percent-complete", 100)
    elif deadline.is_closed:  # declined, or ended by a later meeting
        todo.add("status", "CANCELLED")
    else:
        todo.add("status", "IN-PROCESS" if deadline.has_begun else "NEEDS-ACTION")
    return todo


def _alarm(days: int, deadline: Deadline, *, as_todo: bool) -> Component:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _EscapedText(clean(deadline.summary)))
    # A VTODO has no start to count from.
    parameters = {"related": "END"} if as_todo else {}
    alarm.add("trigger", -timedelta(days=days), parameters=parameters)
    return alarm


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
