"""Parse events → values by the field table, for the files in which all is plainly right.

Here nothing is found wrong: what is not plainly right raises `NotPlainError`, and its file is read
by way of nodes. Each kind of value has its reader here as it has one in `values`.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple, TypeVar

from yaml import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from grcm_cli.domain.deadlines import MEETING_ID, parse_day, parse_due, parse_period, reads_as_due
from grcm_cli.domain.model import (
    Due,
    Each,
    Group,
    Location,
    Responsible,
    Text,
    Together,
    Until,
    Written,
)
from grcm_cli.reader.fields import EACH, GROUPS, Field, Kind, Table
from grcm_cli.reader.nodes import NULLS, place_of
from grcm_cli.reader.values import LANGUAGE, NUMBER
from grcm_cli.reader.whole import CUT

Event = Any  # as in nodes
_EventClass = Any
_Value = TypeVar("_Value")
# As in nodes, for their speed.
_written: Callable[[type[Written], Any], Written] = tuple.__new__
_said: Callable[[type[Text], Any], Text] = tuple.__new__
# Days, deadlines and numbers come again and again; one value each also takes less memory than many.
_day_of = lru_cache(4096)(parse_day)
_due_of = lru_cache(4096)(parse_due)
_is_number = lru_cache(4096)(NUMBER.fullmatch)


class NotPlainError(Exception):
    """The file is to be read by way of nodes."""


def expect(event: Event, kind: type) -> None:
    """Refuse an event of another kind."""
    if event.__class__ is not kind:
        raise NotPlainError


class Part(NamedTuple):
    """How the keys of one part of a file are read, by the field table."""

    readers: "dict[str, Reader]"
    required: tuple[str, ...]


class Events:
    """The parse events of one file; each reader takes the one with which its value begins."""

    def __init__(self, path: str, text: str, following: Callable[[], Event]) -> None:
        """Take the file's text, and what gives its next event."""
        self.path, self.whole, self.following = path, text, following
        self.has_escapes, self.has_marks = "\\" in text, "#" in text and " #" in text
        self.flow = 0  # how many [ and { are open
        self.languages: list[dict[str, str]] = []
        """The texts in several languages: which comes first, a later key may tell."""

    def fields(
        self, start: Event, part: Part, events: dict[str, tuple[Event, Event]] | None = None
    ) -> dict[str, Any]:
        """Return the values of a mapping by key; `events` takes those of each key and its value."""
        self._open(start, MappingStartEvent)
        got: dict[str, Any] = {}
        readers, following = part.readers, self.following
        while (key := following()).__class__ is ScalarEvent:
            name = key.value
            read = readers.get(name)
            if read is None or name in got or key.anchor is not None or key.tag is not None:
                raise NotPlainError
            value = following()
            got[name] = read(self, value)
            if events is not None:
                events[name] = key, value
        expect(key, MappingEndEvent)
        self._close(start)
        for name in part.required:
            if name not in got:
                raise NotPlainError
        return got

    def each_of(self, start: Event, read: "Reader") -> tuple[Any, ...]:
        """Return the values of a list, or of one that stands alone."""
        if start.__class__ is not SequenceStartEvent:
            return (read(self, start),)
        self._open(start, SequenceStartEvent)
        found = []
        while (event := self.following()).__class__ is not SequenceEndEvent:
            found.append(read(self, event))
        self._close(start)
        return tuple(found)

    def _open(self, start: Event, kind: _EventClass) -> None:
        if start.__class__ is not kind or start.anchor is not None or start.tag is not None:
            raise NotPlainError
        self.flow += bool(start.flow_style)

    def _close(self, start: Event) -> None:
        self.flow -= bool(start.flow_style)

    # --- single values ----------------------------------------------------------------------

    def scalar(self, event: Event) -> str:
        """Return a single text that is not empty, as it stands there."""
        if event.__class__ is not ScalarEvent or event.anchor is not None or event.tag is not None:
            raise NotPlainError
        text: str = event.value
        if not event.style:
            is_doubtful = text in NULLS or (self.flow and "?" in text)
            if self.has_marks and not is_doubtful:
                end: Event = event.end_mark
                is_doubtful = CUT.match(self.whole, end.index) is not None
        else:
            is_doubtful = self.has_escapes and event.style == '"'
        if is_doubtful or not text.strip():
            raise NotPlainError
        return text

    def line(self, event: Event) -> str:
        """Return a text without the blanks around it."""
        return self.scalar(event).strip()

    def text(self, event: Event) -> Text:
        """Return a text, or one for each language, in the order of the file."""
        if event.__class__ is ScalarEvent:
            return _said(Text, ({"": self.scalar(event).strip()},))
        self._open(event, MappingStartEvent)
        found: dict[str, str] = {}
        while (key := self.following()).__class__ is ScalarEvent:
            name = intern(key.value)
            is_known = name not in found and LANGUAGE.fullmatch(name) is not None
            if not is_known or key.anchor is not None or key.tag is not None:
                raise NotPlainError
            found[name] = self.line(self.following())
        expect(key, MappingEndEvent)
        self._close(event)
        if not found:
            raise NotPlainError
        self.languages.append(found)
        return Text(found)

    def day(self, event: Event) -> date:
        """Return a day."""
        return _known(_day_of(self.scalar(event)))

    def due(self, event: Event) -> tuple[Due, Location]:
        """Return when something is due, with its place."""
        due = _due_of(self.scalar(event))
        if due is None:
            raise NotPlainError
        return due, place_of(self.path, event)

    def until(self, event: Event) -> Until:
        """Return the last day of a recurring duty."""
        return Until(_known(parse_period(self.scalar(event)))[1], place_of(self.path, event))

    def word(self, event: Event) -> Written:
        """Return a text as it stands there, with its place; of equal texts one is kept."""
        return _written(Written, (intern(self.scalar(event)), place_of(self.path, event)))

    def number(self, event: Event) -> Written:
        """Return a conclusion's number."""
        word = self.word(event)
        if _is_number(word.text) is None:
            raise NotPlainError
        return word

    def occurrence(self, event: Event) -> Written:
        """Return which of a recurring duty is meant."""
        word = self.word(event)
        _known(MEETING_ID.fullmatch(word.text))
        return word

    def id(self, event: Event) -> str:
        """Return a meeting's id."""
        text = self.occurrence(event).text
        if reads_as_due(text):
            raise NotPlainError
        return text

    def language(self, event: Event) -> str:
        """Return the code of a language."""
        text = self.scalar(event)
        _known(LANGUAGE.fullmatch(text))
        return intern(text)

    # --- several ----------------------------------------------------------------------------

    def codes(self, event: Event) -> tuple[Written, ...]:
        """Return the codes of parties, each of which is said once."""
        words = self.each_of(event, Events.word)
        if len(words) > 1 and len({word.text for word in words}) < len(words):
            raise NotPlainError
        return words

    def responsible(self, event: Event) -> tuple[Responsible, bool]:
        """Return who owes, together or each; and True, for all of it was understood."""
        if event.__class__ is not MappingStartEvent:
            return Together(self.codes(event)), True
        got = self.fields(event, _EACH)
        group, listed = got["each"]
        return Each(group, listed, got.get("except") or (), place_of(self.path, event)), True

    def group(self, event: Event) -> tuple[Group, tuple[Written, ...]]:
        """Return the group of an `each`: its name, and the codes where they are listed."""
        if event.__class__ is ScalarEvent and self.scalar(event) in GROUPS:
            return GROUPS[event.value], ()
        return "listed", self.codes(event)


def _known(value: _Value | None) -> _Value:
    if value is None:
        raise NotPlainError
    return value


# --- the field table ------------------------------------------------------------------------

Reader = Callable[[Events, Event], Any]
_READERS: dict[Kind, Reader] = {
    "line": Events.line,
    "lines": lambda file, event: file.each_of(event, Events.line),
    "text": Events.text,
    "day": Events.day,
    "language": Events.language,
    "languages": lambda file, event: file.each_of(event, Events.language),
    "id": Events.id,
    "number": Events.number,
    "code": Events.word,
    "codes": Events.codes,
    "reference": Events.word,
    "references": lambda file, event: file.each_of(event, Events.word),
    "due": Events.due,
    "until": Events.until,
    "occurrence": Events.occurrence,
    "responsible": Events.responsible,
    "group": Events.group,
}


def _one_of(field: Field) -> Reader:
    choices = frozenset(field.choices)

    def read(file: Events, event: Event) -> Written:
        word = file.word(event)
        if word.text not in choices:
            raise NotPlainError
        return word

    return read


def _some_of(field: Field) -> Reader:
    read = _one_of(field)
    return lambda file, event: file.each_of(event, read)


_CHOOSERS: dict[Kind, Callable[[Field], Reader]] = {"word": _one_of, "words": _some_of}


def part_of(table: Table, **inner: Reader) -> Part:
    """Return how a table's keys are read; the parts inside it have readers of their own."""
    readers = {
        name: inner.get(name) or _READERS.get(field.kind) or _CHOOSERS[field.kind](field)
        for name, field in table.items()
    }
    return Part(readers, table.required)


_EACH = part_of(EACH)
