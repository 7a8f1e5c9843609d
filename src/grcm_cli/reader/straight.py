"""Parse events → meetings and entries, straight, for the files in which all is plainly right.

Most files are, and to make nodes of them first takes as long as all the rest. Here nothing is
found wrong: where anything is, or only might be, the reading ends with `_NotPlainError`, and the
file is read by way of nodes, which alone says what is wrong and where. So what is read here, and
what is found there, never depends on which of the two ways was tried first.

The field table says which keys there are; each kind of value has its reader here, as in `values`.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from sys import intern
from typing import Any, NamedTuple, TypeVar

import yaml
from yaml import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from grcm_cli.deadlines import MEETING_ID, parse_day, parse_due, parse_period, reads_as_due
from grcm_cli.model import (
    Conclusion,
    Due,
    Each,
    Entry,
    Extension,
    Group,
    Location,
    Mandate,
    Meeting,
    Responsible,
    Text,
    Together,
    Until,
    Written,
)
from grcm_cli.reader import fields, parts
from grcm_cli.reader.fields import GROUPS, Field, Kind, Table
from grcm_cli.reader.nodes import NULLS, libyaml, place_of
from grcm_cli.reader.values import LANGUAGE, NUMBER
from grcm_cli.reader.whole import CUT, is_plain

_Event = Any
_Read = TypeVar("_Read")
_written: Callable[[type[Written], Any], Written] = tuple.__new__  # as in nodes, for its speed
# Days and deadlines come again and again; one value each also takes less memory than many.
_day_of = lru_cache(4096)(parse_day)
_due_of = lru_cache(4096)(parse_due)


class _NotPlainError(Exception):
    """The file is to be read by way of nodes."""


def read_meeting(path: str, stem: str, data: bytes) -> Meeting | None:
    """Return the meeting of a file, or None where it is not plain that all is right."""
    return _straight(path, data, lambda file, event: _meeting(file, event, stem))


def read_progress(path: str, party: str, data: bytes) -> list[Entry] | None:
    """Return the entries of a party's file, or None where it is not plain that all is right."""
    return _straight(
        path, data, lambda file, event: list(file.each_of(event, partial(_entry, party=party)))
    )


def _straight(path: str, data: bytes, read: "Callable[[_File, _Event], _Read]") -> _Read | None:
    """Return what `read` makes of a file's only document."""
    try:
        text = data.decode("utf-8-sig")
        following = libyaml(data) if is_plain(text) else None
        if following is None:
            return None
        _expect(following(), StreamStartEvent)
        _expect(following(), DocumentStartEvent)
        found = read(_File(path, text, following), following())
        _expect(following(), DocumentEndEvent)
        _expect(following(), StreamEndEvent)
    except (_NotPlainError, yaml.YAMLError, ValueError, OverflowError):
        return None
    return found


def _expect(event: _Event, kind: type) -> None:
    if event.__class__ is not kind:
        raise _NotPlainError


class _Part(NamedTuple):
    """How the keys of one part of a file are read, by the field table."""

    readers: "dict[str, Callable[[_File, _Event], Any]]"
    required: tuple[str, ...]


class _File:
    """One file that is being read: each function takes the event with which a value begins."""

    def __init__(self, path: str, text: str, following: Callable[[], _Event]) -> None:
        self.path, self.whole, self.following = path, text, following
        self.has_escapes, self.has_marks = "\\" in text, " #" in text
        self.flow = 0  # how many [ and { are open
        self.languages: list[dict[str, str]] = []
        """The texts in several languages: which comes first, a later key may tell."""

    def at(self, event: _Event) -> Location:
        return place_of(event, self.path)

    def fields(
        self, start: _Event, part: _Part, events: dict[str, tuple[_Event, _Event]] | None = None
    ) -> dict[str, Any]:
        """Return the values of a mapping by key; `events` takes those of each key and its value."""
        self.open(start, MappingStartEvent)
        got: dict[str, Any] = {}
        readers, following = part.readers, self.following
        while (key := following()).__class__ is ScalarEvent:
            name = key.value
            read = readers.get(name)
            if read is None or name in got or (key.anchor or key.tag) is not None:
                raise _NotPlainError
            value = following()
            got[name] = read(self, value)
            if events is not None:
                events[name] = key, value
        self.close(start, key, MappingEndEvent)
        for name in part.required:
            if name not in got:
                raise _NotPlainError
        return got

    def each_of(self, start: _Event, read: "Callable[[_File, _Event], Any]") -> tuple[Any, ...]:
        """Return the values of a list, or of one that stands alone."""
        if start.__class__ is not SequenceStartEvent:
            return (read(self, start),)
        self.open(start, SequenceStartEvent)
        found = []
        while (event := self.following()).__class__ is not SequenceEndEvent:
            found.append(read(self, event))
        self.close(start, event, SequenceEndEvent)
        return tuple(found)

    def open(self, start: _Event, kind: type) -> None:
        _expect(start, kind)
        if (start.anchor or start.tag) is not None:
            raise _NotPlainError
        self.flow += bool(start.flow_style)

    def close(self, start: _Event, end: _Event, kind: type) -> None:
        _expect(end, kind)
        self.flow -= bool(start.flow_style)

    # --- single values ----------------------------------------------------------------------

    def scalar(self, event: _Event) -> str:
        """Return a single text that is not empty, as it stands there."""
        if event.__class__ is not ScalarEvent or (event.anchor or event.tag) is not None:
            raise _NotPlainError
        text: str = event.value
        if not event.style:
            is_doubtful = text in NULLS or (self.flow and "?" in text)
            if self.has_marks and not is_doubtful:
                end: _Event = event.end_mark
                is_doubtful = CUT.match(self.whole, end.index) is not None
        else:
            is_doubtful = self.has_escapes and event.style == '"'
        if is_doubtful or not text.strip():
            raise _NotPlainError
        return text

    def line(self, event: _Event) -> str:
        return self.scalar(event).strip()

    def text(self, event: _Event) -> Text:
        if event.__class__ is ScalarEvent:
            return Text({"": self.line(event)})
        self.open(event, MappingStartEvent)
        found: dict[str, str] = {}
        while (key := self.following()).__class__ is ScalarEvent:
            name = key.value
            if name in found or not LANGUAGE.fullmatch(name) or (key.anchor or key.tag) is not None:
                raise _NotPlainError
            found[intern(name)] = self.line(self.following())
        self.close(event, key, MappingEndEvent)
        if not found:
            raise _NotPlainError
        self.languages.append(found)
        return Text(found)

    def day(self, event: _Event) -> date:
        return _known(_day_of(self.scalar(event)))

    def due(self, event: _Event) -> tuple[Due, Location]:
        due = _due_of(self.scalar(event))
        if due is None:
            raise _NotPlainError
        return due, self.at(event)

    def until(self, event: _Event) -> Until:
        return Until(_known(parse_period(self.scalar(event)))[1], self.at(event))

    def word(self, event: _Event) -> Written:
        """Return a text, as it stands there, with its place."""
        return _written(Written, (self.scalar(event), self.at(event)))

    def code(self, event: _Event) -> Written:
        """Return a word that comes again and again, as the code of a party."""
        return _written(Written, (intern(self.scalar(event)), self.at(event)))

    def number(self, event: _Event) -> Written:
        word = self.word(event)
        _known(NUMBER.fullmatch(word.text))
        return word

    def occurrence(self, event: _Event) -> Written:
        word = self.word(event)
        _known(MEETING_ID.fullmatch(word.text))
        return word

    def id(self, event: _Event) -> str:
        text = self.occurrence(event).text
        if reads_as_due(text):
            raise _NotPlainError
        return text

    def language(self, event: _Event) -> str:
        text = self.scalar(event)
        _known(LANGUAGE.fullmatch(text))
        return intern(text)

    # --- several ----------------------------------------------------------------------------

    def codes(self, event: _Event) -> tuple[Written, ...]:
        words = self.each_of(event, _File.code)
        if len(words) > 1 and len({word.text for word in words}) < len(words):
            raise _NotPlainError
        return words

    def responsible(self, event: _Event) -> tuple[Responsible, bool]:
        """Return who owes; and True, for all of it was understood."""
        if event.__class__ is not MappingStartEvent:
            return Together(self.codes(event)), True
        got = self.fields(event, _EACH)
        group, listed = got["each"]
        return Each(group, listed, got.get("except") or (), self.at(event)), True

    def group(self, event: _Event) -> tuple[Group, tuple[Written, ...]]:
        if event.__class__ is ScalarEvent and self.scalar(event) in GROUPS:
            return GROUPS[event.value], ()
        return "listed", self.codes(event)


def _known(value: _Read | None) -> _Read:
    if value is None:
        raise _NotPlainError
    return value


# --- parts ----------------------------------------------------------------------------------


def _meeting(file: _File, event: _Event, stem: str) -> Meeting:
    events: dict[str, tuple[_Event, _Event]] = {}
    got = file.fields(event, _MEETING, events)
    at = file.at(event)
    places = {name: file.at(value) for name, (_key, value) in events.items()}
    authentic = got.get("language")
    for text in file.languages:
        if authentic in text:
            others = dict(text)
            text.clear()
            text |= {authentic: others[authentic], **others}
    return parts.meeting(
        got, stem, places.get("id", at), places.get("end", at), got.get("conclusions")
    )


def _conclusion(file: _File, event: _Event) -> Conclusion:
    events: dict[str, tuple[_Event, _Event]] = {}
    got = file.fields(event, _CONCLUSION, events)
    own = [name for name in got if name in fields.OWN_MANDATE]
    mandates: list[Mandate] = got.get("mandates", [])
    if own and "mandates" in got:
        raise _NotPlainError
    if own:
        key, _value = events[own[0]]
        mandates = [parts.mandate({name: got[name] for name in own}, file.at(key), faulty=False)]
    return parts.conclusion(got, file.at(event), mandates, got.get("extends", ()))


def _mandates(file: _File, event: _Event) -> list[Mandate]:
    found = file.each_of(event, _mandate)
    return [
        parts.mandate(got, at, index, len(found), faulty=False)
        for index, (got, at) in enumerate(found, 1)
    ]


def _mandate(file: _File, event: _Event) -> tuple[parts.Got, Location]:
    got = file.fields(event, _MANDATE)
    if not any(name in got for name in fields.MANDATE_NEEDS):
        raise _NotPlainError
    return got, file.at(event)


def _extension(file: _File, event: _Event) -> Extension:
    got = file.fields(event, _EXTENSION)
    due, due_at = got["due"]
    return Extension(got["mandate"], due, due_at, got.get("parties") or ())


def _entry(file: _File, event: _Event, party: str) -> Entry:
    return parts.entry(file.fields(event, _ENTRY), party, file.at(event))


# --- the field table ------------------------------------------------------------------------

_Reader = Callable[[_File, _Event], Any]
_READERS: dict[Kind, _Reader] = {
    "line": _File.line,
    "lines": lambda file, event: file.each_of(event, _File.line),
    "text": _File.text,
    "day": _File.day,
    "language": _File.language,
    "languages": lambda file, event: file.each_of(event, _File.language),
    "id": _File.id,
    "number": _File.number,
    "code": _File.code,
    "codes": _File.codes,
    "reference": _File.word,
    "references": lambda file, event: file.each_of(event, _File.word),
    "due": _File.due,
    "until": _File.until,
    "occurrence": _File.occurrence,
    "responsible": _File.responsible,
    "group": _File.group,
}


def _one_of(field: Field) -> _Reader:
    choices = frozenset(field.choices)

    def read(file: _File, event: _Event) -> Written:
        word = file.code(event)
        if word.text not in choices:
            raise _NotPlainError
        return word

    return read


def _some_of(field: Field) -> _Reader:
    read = _one_of(field)
    return lambda file, event: file.each_of(event, read)


_CHOOSERS: dict[Kind, Callable[[Field], _Reader]] = {"word": _one_of, "words": _some_of}


def _part(table: Table, **inner: _Reader) -> _Part:
    """Return how a table's keys are read; the parts inside it have readers of their own."""
    readers = {
        name: inner.get(name) or _READERS.get(field.kind) or _CHOOSERS[field.kind](field)
        for name, field in table.items()
    }
    return _Part(readers, table.required)


_EACH = _part(fields.EACH)
_MANDATE = _part(fields.MANDATE)
_EXTENSION = _part(fields.EXTENSION)
_ENTRY = _part(fields.ENTRY)
_CONCLUSION = _part(
    fields.CONCLUSION,
    mandates=_mandates,
    extends=lambda file, event: file.each_of(event, _extension),
)
_MEETING = _part(fields.MEETING, conclusions=lambda file, event: file.each_of(event, _conclusion))
