"""The earlier file of a calendar, for SEQUENCE, DTSTAMP and LAST-MODIFIED of its new entries.

A calendar program replaces an entry that it has by one with the same UID and a higher SEQUENCE
(RFC 5546, 2.1.5). The files of the record do not say how often a deadline was corrected, so the
count is in the calendar itself: it is read before the calendar is written over.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

PRODUCT = "-//grcm//mandates and deadlines//EN"
LARGEST = 100_000_000
"""Bytes of an earlier file that is read; 100,000 events take 80 million."""
LARGEST_SEQUENCE = 2**31 - 1
_ALARM = ("BEGIN:VALARM", "END:VALARM")
_END = ["END:VCALENDAR", ""]
_HEAD = 20
"""Lines in which a calendar names the program that made it."""
_REVISION = ("SEQUENCE:", "DTSTAMP:", "LAST-MODIFIED:")
_TIME = re.compile(r"\d{8}T\d{6}Z", re.ASCII)


class ForeignCalendarError(Exception):
    """The earlier file is no calendar of grcm, is damaged, or is too large."""


class EarlierEntry(NamedTuple):
    """An entry of the earlier file."""

    content: Sequence[str]
    """All lines but those of its revision, unfolded, without BEGIN and END."""
    sequence: int
    stamp: str
    """DTSTAMP as it is written: `20021115T000000Z`."""
    modified: str

    @property
    def modified_on(self) -> date:
        """The day of its last change."""
        return _day_of(self.modified) or date.min

    @property
    def completed_on(self) -> date | None:
        """The day on which a thing to do was done."""
        return _day_of(next(self._values("COMPLETED:"), ""))

    @property
    def has_ended(self) -> bool:
        """Whether it tells calendars that nothing is due any more."""
        return not {"STATUS:CANCELLED", "STATUS:COMPLETED"}.isdisjoint(self.content)

    def text(self, name: str) -> str:
        """Return the text of a property; empty where there is none."""
        return next((unescaped(value) for value in self._values(f"{name}:")), "")

    def texts(self, name: str) -> list[str]:
        """Return the texts of a property that is a list."""
        values = next(self._values(f"{name}:"), "")
        return [unescaped(one) for one in re.findall(r"(?:\\.|[^,\\])+", values)]

    def day(self) -> date | None:
        """Return the day of an event or of a thing to do."""
        for name in ("DTSTART", "DUE"):
            for value in self._values(f"{name};VALUE=DATE:"):
                return _day_of(f"{value}T000000Z")
        return None

    def _values(self, start: str) -> Iterator[str]:
        # The first one: what follows may be that of an alarm.
        return (line.removeprefix(start) for line in self.content if line.startswith(start))


Entries = Mapping[str, EarlierEntry]
"""The entries of the earlier file by their UID."""


def escaped(text: str) -> str:
    """Return a text, escaped as RFC 5545, 3.3.11 demands."""
    # Twenty times as fast as `translate`.
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def unescaped(text: str) -> str:
    """Return the text that `escaped` made of another one."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def read_entries(data: bytes) -> Entries:
    """Return the entries of an earlier file of ours. Raises ForeignCalendarError.

    The lines are compared as they stand, so they are not parsed: the library takes 40 seconds for
    47,000 events, and does not undo the escape of a backslash.
    """
    if len(data) > LARGEST:
        raise ForeignCalendarError("too large")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ForeignCalendarError("no UTF-8") from error
    first, *lines = re.split("\r?\n", re.sub("\r?\n ", "", text))
    if first != "BEGIN:VCALENDAR":
        raise ForeignCalendarError("no calendar")
    if f"PRODID:{PRODUCT}" not in lines[: _HEAD - 1]:
        raise ForeignCalendarError("not made by grcm")
    if lines[-2:] != _END:
        raise ForeignCalendarError("cut off")
    entries = map(_entry, _entry_lines(lines[:-2]))
    return {entry.text("UID"): entry for entry in entries}


def _entry_lines(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the lines of each entry, without BEGIN and END.

    Raises ForeignCalendarError where one is not ended, or something else begins in between.
    """
    entry: list[str] | None = None
    end = ""
    for line in lines:
        if not line.startswith(("BEGIN:", "END:")) or line in _ALARM:
            if entry is not None:
                entry.append(line)
        elif entry is None and line in ("BEGIN:VEVENT", "BEGIN:VTODO"):
            entry, end = [], line.replace("BEGIN", "END")
        elif entry is not None and line == end:
            yield entry
            entry = None
        else:
            raise ForeignCalendarError(line)
    if entry is not None:
        raise ForeignCalendarError("cut off")


def _entry(lines: Sequence[str]) -> EarlierEntry:
    """Return an entry. Raises ForeignCalendarError where it has no UID or a wrong revision."""
    revision = dict(line.split(":", 1) for line in lines if line.startswith(_REVISION))
    content = [line for line in lines if not line.startswith(_REVISION)]
    sequence, stamp = revision.get("SEQUENCE", "0"), revision.get("DTSTAMP", "")
    modified = revision.get("LAST-MODIFIED", stamp)  # grcm 0.2 wrote none
    if not re.fullmatch(r"[0-9]{1,10}", sequence) or not (_day_of(stamp) and _day_of(modified)):
        raise ForeignCalendarError("a wrong revision")
    if not any(line.startswith("UID:") for line in content):
        raise ForeignCalendarError("an entry without UID")
    return EarlierEntry(content, min(int(sequence), LARGEST_SEQUENCE), stamp, modified)


@cache
def _day_of(text: str) -> date | None:
    """Return the day of a time in UTC, as calendars write it; None for another text."""
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").date() if _TIME.fullmatch(text) else None  # noqa: DTZ007 - a day
    except ValueError:
        return None
