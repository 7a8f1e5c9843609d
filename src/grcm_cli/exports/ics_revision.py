"""The earlier file of a calendar, for SEQUENCE, DTSTAMP and LAST-MODIFIED of its new entries.

A calendar program replaces an entry that it has by one with the same UID and a higher SEQUENCE
(RFC 5546, 2.1.5). The files of the record do not say how often a deadline was corrected, so the
count is in the calendar itself: it is read before the calendar is written over.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO, StringIO
from typing import BinaryIO, NamedTuple

from grcm_cli.language.text import _

PRODUCT = "-//grcm//mandates and deadlines//EN"
LARGEST = 100_000_000
"""Bytes of an earlier file that is read; 100,000 events take 80 million."""
_LARGEST_SEQUENCE = 2**31 - 1
_ALARM = ("BEGIN:VALARM", "END:VALARM")
_END = ["END:VCALENDAR", ""]
_HEAD = 20
"""Lines in which a calendar names the program that made it."""
_REVISION = ("SEQUENCE:", "DTSTAMP:", "LAST-MODIFIED:")
_TIME = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_DAY = r"\d{4}-\d\d-\d\d"


class ForeignCalendarError(Exception):
    """The earlier file is no calendar of grcm, is damaged, or is too large."""


class EarlierEntry(NamedTuple):
    """An entry of the earlier file."""

    data: bytes
    """The lines of `content` as one text: large calendars have 100,000 entries of ten lines."""
    sequence: int
    stamp: str
    """DTSTAMP as it is written: `20021115T000000Z`."""
    modified: str

    @property
    def content(self) -> tuple[str, ...]:
        """All lines but those of its revision, unfolded, without BEGIN and END."""
        return tuple(self.data.decode().split("\n"))

    @property
    def modified_on(self) -> date:
        """The day of its last change."""
        return _time(self.modified).date()

    @property
    def completed_on(self) -> date | None:
        """The day on which a thing to do was done."""
        written = next(self._values("COMPLETED:"), "")
        return _time(written).date() if _is_time(written) else None

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
                try:
                    return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a day
                except ValueError:
                    return None
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


def read_entries(source: bytes | BinaryIO) -> Entries:
    """Return the entries of an earlier file of ours, which is read line by line.

    Raises ForeignCalendarError. The lines are compared as they stand, so they are not parsed: the
    library takes 40 seconds for 47,000 events, and does not undo the escape of a backslash.
    """
    file = BytesIO(source) if isinstance(source, bytes) else source
    lines = _own_lines(_unfolded(_lines(file)))
    return {uid_of(entry): _entry(entry) for entry in _entry_lines(lines)}


def _lines(file: BinaryIO) -> Iterator[str]:
    """Yield the lines of a file, folded, without their ends; after a last line end, an empty one.

    Raises ForeignCalendarError for a file that is too large or no UTF-8.
    """
    left = LARGEST
    line = b"\n"
    while line.endswith(b"\n"):
        line = file.readline(left + 1)
        left -= len(line)
        if left < 0:
            raise ForeignCalendarError("too large")
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            raise ForeignCalendarError("no UTF-8") from error
        yield text[:-2] if text.endswith("\r\n") else text.removesuffix("\n")


def _unfolded(lines: Iterator[str]) -> Iterator[str]:
    whole = StringIO()  # in a list, a damaged file of many short lines would take gigabytes
    whole.write(next(lines, ""))
    for line in lines:
        if not line.startswith(" "):
            yield whole.getvalue()
            whole = StringIO()
        whole.write(line.removeprefix(" "))
    yield whole.getvalue()


def _own_lines(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines between the first of a calendar and `_END`. Raises ForeignCalendarError."""
    if next(lines) != "BEGIN:VCALENDAR":
        raise ForeignCalendarError("no calendar")
    is_ours = False
    last: list[str] = []
    for number, line in enumerate(lines, 2):
        is_ours = is_ours or line == f"PRODID:{PRODUCT}"
        if number == _HEAD and not is_ours:
            break
        last.append(line)
        if len(last) > len(_END):
            yield last.pop(0)
    if not is_ours:
        raise ForeignCalendarError("not made by grcm")
    if last != _END:
        raise ForeignCalendarError("cut off")


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


def uid_of(lines: Sequence[str]) -> str:
    """Return the UID among the unfolded lines of an entry. Raises ForeignCalendarError."""
    for line in lines:
        if line.startswith("UID:"):
            return unescaped(line[4:])
    raise ForeignCalendarError("an entry without UID")


def _entry(lines: Sequence[str]) -> EarlierEntry:
    """Return an entry from its lines. Raises ForeignCalendarError for a wrong revision."""
    revision = dict(line.split(":", 1) for line in lines if line.startswith(_REVISION))
    content = [line for line in lines if not line.startswith(_REVISION)]
    sequence, stamp = revision.get("SEQUENCE", "0"), revision.get("DTSTAMP", "")
    modified = revision.get("LAST-MODIFIED", stamp)  # grcm 0.2 wrote none
    if not re.fullmatch(r"[0-9]{1,10}", sequence) or not (_is_time(stamp) and _is_time(modified)):
        raise ForeignCalendarError("a wrong revision")
    # All entries have a few days between them.
    stamp, modified = sys.intern(stamp), sys.intern(modified)
    number = min(int(sequence), _LARGEST_SEQUENCE)
    return EarlierEntry("\n".join(content).encode(), number, stamp, modified)


@cache
def _is_time(text: str) -> bool:
    if not _TIME.fullmatch(text):
        return False
    try:
        _time(text)
    except ValueError:
        return False
    return True


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def with_revision(
    lines: Sequence[str], entries: Entries, as_of: date, floor: int, *, day_stays: bool = False
) -> Iterator[str]:
    """Yield the lines of an entry with its SEQUENCE, DTSTAMP and LAST-MODIFIED.

    `lines` are those of the entry without them, not folded; `floor` is the least SEQUENCE. What has
    not changed keeps all three. Where only the day has changed that the description is of, DTSTAMP
    alone is new: it decides between two entries of one SEQUENCE. With `day_stays`, such an entry is
    the earlier one.
    """
    content = tuple(lines[1:-1])
    now = (
        f"{as_of:%Y%m%d}T000000Z" if as_of.year >= 1000 else f"{as_of.year:04}{as_of:%m%d}T000000Z"
    )
    sequence, stamp, modified = floor, now, now
    earlier = entries.get(uid_of(content))
    if earlier is not None:
        is_equal = earlier.data == "\n".join(content).encode()
        if is_equal or _without_day(earlier.content) == _without_day(content):
            sequence, modified = max(floor, earlier.sequence), earlier.modified
            stamp = earlier.stamp if is_equal or day_stays else now
            content = earlier.content if day_stays else content
        else:
            sequence = min(max(floor, earlier.sequence + 1), _LARGEST_SEQUENCE)
    yield lines[0]
    yield from (f"DTSTAMP:{stamp}", f"SEQUENCE:{sequence}", f"LAST-MODIFIED:{modified}")
    yield from (*content, lines[-1])


def _without_day(content: tuple[str, ...]) -> list[str]:
    """Return lines in order, without the day that the description of an entry is of."""
    before = escaped(_("On {day}: {state}").partition("{day}")[0])
    day = re.compile(rf"(\\n{re.escape(before)}){_DAY}")
    return sorted(
        day.sub(r"\1", line) if line.startswith("DESCRIPTION:") else line for line in content
    )
