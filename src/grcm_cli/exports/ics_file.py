"""The calendar file: deadlines as all-day events of iCalendar (RFC 5545), line by line.

Its lines are few and fixed, so they are written here: the library for calendars takes twenty times
as long, escapes nothing in NAME, and folds inside an escape.

A calendar program replaces an entry that it has by one with the same UID and a higher SEQUENCE
(RFC 5546, 2.1.5). The files of the record do not say how often a deadline was corrected, so the
count is in the calendar itself: it is read before the calendar is written over.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from grcm_cli.language.ci_commands import without_commands_in_folds
from grcm_cli.language.text import _, clean, clean_lines

PRODUCT = "-//grcm//mandates and deadlines//EN"
LARGEST = 100_000_000  # bytes of an earlier file that is read; 100,000 events take 80 million
LARGEST_SEQUENCE = 2**31 - 1
_END = "\nEND:VCALENDAR\n"
_ENTRY = re.compile(
    r"^BEGIN:(VEVENT|VTODO)\n((?:(?!BEGIN:|END:).*\n|(?:BEGIN|END):VALARM\n)*)END:\1$", re.MULTILINE
)
"""An entry with its alarms."""
_HEAD = 20  # lines in which a calendar names the program that made it
_REVISION = ("SEQUENCE:", "DTSTAMP:", "LAST-MODIFIED:")
_TIME = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_OCTETS = 74  # of a line, before a space or CR
_DAY = r"\d{4}-\d\d-\d\d"


class ForeignCalendarError(Exception):
    """The earlier file is no calendar of grcm, is damaged, or is too large."""


class EarlierEntry(NamedTuple):
    """An entry of the earlier file."""

    content: Sequence[str]  # all lines but those of its revision, unfolded, without BEGIN and END
    values: Mapping[str, str]
    """What stands behind the name of each property; of two of one name, the first."""
    sequence: int

    @property
    def has_ended(self) -> bool:
        """Whether it tells calendars that nothing is due any more."""
        return self.values.get("STATUS") in ("CANCELLED", "COMPLETED")

    def text(self, name: str) -> str:
        """Return the text of a property; empty where there is none."""
        return unescaped(self.values.get(name, ""))

    def texts(self, name: str) -> list[str]:
        """Return the texts of a property that is a list."""
        parts = re.findall(r"(?:\\.|[^,\\])+", self.values.get(name, ""))
        return [unescaped(part) for part in parts]

    def day_of(self, name: str) -> date | None:
        """Return the day of a property that is a time; None where it has none."""
        return _day_of(self.values.get(name, ""))

    def day(self) -> date | None:
        """Return the day of an event or of a thing to do."""
        written = self.values.get("DTSTART;VALUE=DATE") or self.values.get("DUE;VALUE=DATE", "")
        return _day_of(f"{written}T000000Z")


Entries = Mapping[str, EarlierEntry]  # those of the file that a calendar replaces, by UID


def escaped(text: str) -> str:
    """Return a text, escaped as RFC 5545, 3.3.11 demands."""
    # Twenty times as fast as `translate`.
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def unescaped(text: str) -> str:
    """Return the text that `escaped` made of another one."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)


def read_entries(data: bytes) -> Entries:
    """Return the entries of an earlier file of ours, not parsed. Raises ForeignCalendarError."""
    if len(data) > LARGEST:
        raise ForeignCalendarError("too large")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ForeignCalendarError("no UTF-8") from error
    first, *lines = re.split("\r?\n", re.sub("\r?\n ", "", text))
    whole = "\n".join(lines)
    is_ours = first == "BEGIN:VCALENDAR" and f"PRODID:{PRODUCT}" in lines[: _HEAD - 1]
    if not is_ours or not whole.endswith(_END):
        raise ForeignCalendarError("not made by grcm, or cut off")
    outside = _ENTRY.sub("", whole.removesuffix(_END))
    if stray := re.search("^(?:BEGIN|END):.*", outside, re.MULTILINE):
        raise ForeignCalendarError(stray[0])
    entries = [_entry(match[2].split("\n")[:-1]) for match in _ENTRY.finditer(whole)]
    return {entry.text("UID"): entry for entry in entries}


def _entry(lines: Sequence[str]) -> EarlierEntry:
    """Return an entry. Raises ForeignCalendarError where it has no UID or a wrong revision."""
    values: dict[str, str] = {}
    for line in lines:  # what stands behind may be that of an alarm
        name, _colon, value = line.partition(":")
        values.setdefault(name, value)
    content = [line for line in lines if not line.startswith(_REVISION)]
    sequence, stamp = values.get("SEQUENCE", "0"), values.setdefault("DTSTAMP", "")
    modified = values.setdefault("LAST-MODIFIED", stamp)  # grcm 0.2 wrote none
    is_dated = _day_of(stamp) and _day_of(modified)
    if "UID" not in values or not is_dated or not re.fullmatch(r"[0-9]{1,10}", sequence):
        raise ForeignCalendarError("an entry without UID, or with a wrong revision")
    return EarlierEntry(content, values, min(int(sequence), LARGEST_SEQUENCE))


@cache
def _day_of(text: str) -> date | None:
    """Return the day of a time in UTC, as calendars write it; None for another text."""
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").date() if _TIME.fullmatch(text) else None  # noqa: DTZ007 - a day
    except ValueError:
        return None


class Deadline(NamedTuple):
    """A deadline, as a calendar or a task list shows it."""

    uid: str  # stays the same when the deadline moves, so that a calendar moves its entry
    day: date | None  # None only in a task list: a calendar leaves out what has no day
    summary: str
    description: str
    categories: Sequence[str]
    closed_on: date | None = None  # the day on which the last of the parties had done it
    is_closed: bool = False
    has_begun: bool = False  # it is open, and a party reported something
    moved: int = 0  # how many times later meetings moved it
    is_cancelled: bool = False
    """The earlier calendar has it, and it is not in this one: calendars are to drop it."""
    is_notice: bool = False  # it is no deadline, and gives no alarm


class CalendarData(NamedTuple):
    """The deadlines of one calendar."""

    name: str
    as_of: date
    deadlines: Sequence[Deadline]
    earlier: Entries
    domain: str = ""  # what its ids end in
    day_stays: bool = False  # an entry of which only the day has changed stays as it was


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
        properties = _properties(deadline, as_todo=as_todo)
        for before in sorted(set(days), reverse=True):
            trigger = f"{'-' if before else ''}P{before}D"
            properties += [
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{escaped(clean(deadline.summary))}",
                # A VTODO has no start to count from.
                f"TRIGGER;RELATED=END:{trigger}" if as_todo else f"TRIGGER:{trigger}",
                "END:VALARM",
            ]
        kind = "VTODO" if as_todo else "VEVENT"
        lines += [f"BEGIN:{kind}", *_revised(properties, deadline, data), f"END:{kind}"]
    text = "".join([f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]])
    return without_commands_in_folds(text, "\r\n ").encode()


def _properties(deadline: Deadline, *, as_todo: bool) -> list[str]:
    words = ",".join([escaped(clean(category)) for category in deadline.categories])
    categories, uid = f"CATEGORIES:{words}", f"UID:{escaped(clean(deadline.uid))}"
    summary = f"SUMMARY:{escaped(clean(deadline.summary))}"
    description = f"DESCRIPTION:{escaped(clean_lines(deadline.description))}"
    day, closed_on = deadline.day, deadline.closed_on
    if not as_todo:
        days = [f"DTSTART;VALUE=DATE:{_date(day)}"] if day else []
        if day and day < date.max:
            days.append(f"DTEND;VALUE=DATE:{_date(day + timedelta(days=1))}")  # exclusive
        cancelled = ["STATUS:CANCELLED"] if deadline.is_cancelled else []
        # A deadline keeps nobody busy.
        return [summary, *days, uid, categories, description, *cancelled, "TRANSP:TRANSPARENT"]
    due = [f"DUE;VALUE=DATE:{_date(day)}"] if day else []
    if closed_on:
        done, share = [f"COMPLETED:{_date(closed_on)}T000000Z"], ["PERCENT-COMPLETE:100"]
        return [categories, *done, description, *due, *share, "STATUS:COMPLETED", summary, uid]
    status = "IN-PROCESS" if deadline.has_begun else "NEEDS-ACTION"
    status = "CANCELLED" if deadline.is_closed else status  # declined, or ended by a later meeting
    return [categories, description, *due, f"STATUS:{status}", summary, uid]


def _date(day: date) -> str:
    return day.isoformat().replace("-", "")


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


def _revised(content: Sequence[str], deadline: Deadline, calendar: CalendarData) -> Sequence[str]:
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
            sequence, modified = max(sequence, earlier.sequence), earlier.values["LAST-MODIFIED"]
            stamp = earlier.values["DTSTAMP"] if is_equal or calendar.day_stays else now
            content = earlier.content if calendar.day_stays else content
        else:
            sequence = min(max(sequence, earlier.sequence + 1), LARGEST_SEQUENCE)
    return [f"DTSTAMP:{stamp}", f"SEQUENCE:{sequence}", f"LAST-MODIFIED:{modified}", *content]


def _without_day(content: Sequence[str]) -> list[str]:
    """Return lines in order, without the day that the description of an entry is of."""
    before = escaped(_("On {day}: {state}").partition("{day}")[0])
    day = re.compile(rf"(\\n{re.escape(before)}){_DAY}")
    return sorted(
        day.sub(r"\1", line) if line.startswith("DESCRIPTION:") else line for line in content
    )
