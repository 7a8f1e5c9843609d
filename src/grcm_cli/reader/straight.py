"""Parse events → meetings and entries, straight, for the files in which all is plainly right.

Most files are, and to make nodes of them first takes as long as all the rest. Here nothing is
found wrong: where anything is, or only might be, nothing is returned, and the file is read by way
of nodes, which alone says what is wrong and where. So what is read, and what is found, never
depends on which of the two ways was tried first.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import yaml
from yaml import DocumentEndEvent, DocumentStartEvent, StreamEndEvent, StreamStartEvent

from grcm_cli.domain.model import Conclusion, Entry, Extension, Location, Mandate, Meeting
from grcm_cli.reader import fields, parts
from grcm_cli.reader.nodes import libyaml, place_of
from grcm_cli.reader.plain import Event, Events, NotPlainError, expect, part_of
from grcm_cli.reader.whole import is_plain

_Read = TypeVar("_Read")


def read_meeting(path: str, stem: str, data: bytes) -> Meeting | None:
    """Return the meeting of a file, or None where it is not plain that all is right."""
    return _straight(path, data, lambda file, event: _meeting(file, event, stem))


def read_progress(path: str, party: str, data: bytes) -> list[Entry] | None:
    """Return the entries of a party's file, or None where it is not plain that all is right."""
    return _straight(
        path, data, lambda file, event: list(file.each_of(event, partial(_entry, party=party)))
    )


def _straight(path: str, data: bytes, read: Callable[[Events, Event], _Read]) -> _Read | None:
    """Return what `read` makes of a file's only document."""
    try:
        text = data.decode("utf-8-sig")
        following = libyaml(data) if is_plain(text) else None
        if following is None:
            return None
        expect(following(), StreamStartEvent)
        expect(following(), DocumentStartEvent)
        found = read(Events(path, text, following), following())
        expect(following(), DocumentEndEvent)
        expect(following(), StreamEndEvent)
    except (NotPlainError, yaml.YAMLError, ValueError, OverflowError):
        return None
    return found


def _meeting(file: Events, event: Event, stem: str) -> Meeting:
    events: dict[str, tuple[Event, Event]] = {}
    got = file.fields(event, _MEETING, events)
    at = place_of(file.path, event)
    places = {
        name: place_of(file.path, events[name][1]) for name in ("id", "end") if name in events
    }
    _put_first(got.get("language"), file.languages)
    return parts.meeting(
        got, stem, places.get("id", at), places.get("end", at), got.get("conclusions")
    )


def _put_first(authentic: str | None, texts: list[dict[str, str]]) -> None:
    """Put the authentic language first in each text, now that the meeting has said which it is."""
    for text in texts:
        if authentic in text:
            others = dict(text)
            text.clear()
            text |= {authentic: others[authentic], **others}


def _conclusion(file: Events, event: Event) -> Conclusion:
    events: dict[str, tuple[Event, Event]] = {}
    got = file.fields(event, _CONCLUSION, events)
    mandates: list[Mandate] = got.get("mandates", [])
    if not _OWN.isdisjoint(got):
        if "mandates" in got:
            raise NotPlainError
        own = {name: value for name, value in got.items() if name in _OWN}
        key, _value = events[next(iter(own))]
        mandates = [parts.mandate(own, place_of(file.path, key), faulty=False)]
    return parts.conclusion(got, place_of(file.path, event), mandates, got.get("extends", ()))


def _mandates(file: Events, event: Event) -> list[Mandate]:
    found = file.each_of(event, _mandate)
    return [
        parts.mandate(got, at, index, len(found), faulty=False)
        for index, (got, at) in enumerate(found, 1)
    ]


def _mandate(file: Events, event: Event) -> tuple[parts.Got, Location]:
    got = file.fields(event, _MANDATE)
    if not any(name in got for name in fields.MANDATE_NEEDS):
        raise NotPlainError
    return got, place_of(file.path, event)


def _extension(file: Events, event: Event) -> Extension:
    got = file.fields(event, _EXTENSION)
    due, due_at = got["due"]
    return Extension(got["mandate"], due, due_at, got.get("parties") or ())


def _entry(file: Events, event: Event, party: str) -> Entry:
    return parts.entry(file.fields(event, _ENTRY), party, place_of(file.path, event))


_OWN = fields.OWN_MANDATE.keys()
_MANDATE = part_of(fields.MANDATE)
_EXTENSION = part_of(fields.EXTENSION)
_ENTRY = part_of(fields.ENTRY)
_CONCLUSION = part_of(
    fields.CONCLUSION,
    mandates=_mandates,
    extends=lambda file, event: file.each_of(event, _extension),
)
_MEETING = part_of(fields.MEETING, conclusions=lambda file, event: file.each_of(event, _conclusion))
