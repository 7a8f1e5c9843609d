"""Entries put at the end of a progress file, with every byte before them as it was; and the proof.

The file keeps its own way of writing: line ends, how far in its list stands, a list in brackets, a
last line without an end.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Entry
from grcm_cli.reader import nodes
from grcm_cli.reader.build import entries_of
from grcm_cli.reader.emit import mapping
from grcm_cli.reader.nodes import Node, Scalar
from grcm_cli.reader.splice import SpoiledError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOM = "\ufeff"


class UnreadableError(Exception):
    """A file that is not a list of entries, or not readable as YAML, takes no more of them."""


class _Read(NamedTuple):
    """A file as it is read, and how many errors its form has."""

    data: bytes
    node: Node | None
    errors: int


def _read(data: bytes) -> _Read:
    findings: list[Finding] = []
    node = nodes.read("", data, findings)
    return _Read(data, node, sum(finding.severity == "error" for finding in findings))


class _Room(NamedTuple):
    """Where new entries go in a text, and how far in its list stands."""

    place: int
    indent: int
    in_brackets: bool
    is_first: bool


def append(party: str, data: bytes, new: Sequence[Entry]) -> bytes:
    """Return a progress file's bytes with entries added at its end.

    Raises UnreadableError for a file that cannot take any, and SpoiledError where the result would
    be anything but the old bytes and values followed by these entries.
    """
    old = _read(data)
    if old.node is None and old.errors:
        raise UnreadableError
    text = data.decode("utf-8")
    bom, text = text[: text.startswith(_BOM)], text.removeprefix(_BOM)
    room = _room(text, old.node)
    added = _in_brackets(new, room) if room.in_brackets else _in_lines(new, room, text)
    after = (bom + text[: room.place] + added + text[room.place :]).encode()
    _prove(party, old, _read(after), new)
    return after


def _room(text: str, node: Node | None) -> _Room:
    """Return where the root list of a text ends. Raises UnreadableError where there is none."""
    begins = text.lstrip()[:2].rstrip()
    if isinstance(node, nodes.Sequence) and begins == "-" and "\n..." not in text:
        # The usual file: a list, a line an item, to the end of the text.
        return _Room(len(text), node.at.column - 1, in_brackets=False, is_first=False)
    return _room_by_events(text)


def _room_by_events(text: str) -> _Room:
    depth = 0
    start: Any = None
    last: Any = None
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    for event in events:
        kind = type(event)
        if depth == 0 and kind is yaml.SequenceStartEvent:
            start = event
        elif depth == 0 and (kind is yaml.MappingStartEvent or bool(getattr(event, "value", ""))):
            raise UnreadableError
        elif depth == 1 and kind is yaml.SequenceEndEvent:
            column = start.start_mark.column
            if not start.flow_style:
                return _Room(event.start_mark.index, column, in_brackets=False, is_first=False)
            end = last.end_mark.index if last else start.end_mark.index
            return _Room(end, column, in_brackets=True, is_first=last is None)
        elif kind is yaml.DocumentEndEvent:
            return _Room(event.start_mark.index, 0, in_brackets=False, is_first=True)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth == 1 and event is not start:
            last = event
    return _Room(len(text), 0, in_brackets=False, is_first=True)


def _in_lines(new: Sequence[Entry], room: _Room, text: str) -> str:
    """Return entries as lines of their own, after a line end where there is none."""
    newline = "\r\n" if "\r\n" in text else "\n"
    before, after = text[: room.place], text[room.place :]
    added = "".join(_lines(entry, " " * room.indent, newline) for entry in new)
    if before and not before.endswith("\n"):
        added = newline + added
        return added if after else added.removesuffix(newline)
    return added


def _lines(entry: Entry, indent: str, newline: str) -> str:
    said = mapping(_keys(entry)).splitlines()
    first, *others = said
    lines = [f"{indent}- {first}", *(f"{indent}  {line}" for line in others)]
    return "".join(line + newline for line in lines)


def _in_brackets(new: Sequence[Entry], room: _Room) -> str:
    said = ", ".join(mapping(_keys(entry), in_brackets=True).rstrip("\n") for entry in new)
    return said if room.is_first else f", {said}"


def _keys(entry: Entry) -> Mapping[str, str]:
    """Return an entry's keys in the order of the README."""
    keys = {
        "mandate": entry.mandate.text,
        "for": entry.occurrence.text if entry.occurrence else None,
        "date": entry.day.isoformat(),
        "progress": entry.progress,
        "evidence": entry.evidence,
        "note": entry.note,
    }
    return {key: value for key, value in keys.items() if value is not None}


# --- the proof ---------------------------------------------------------------------------------


def prove(party: str, old: bytes, new: bytes, added: Sequence[Entry]) -> None:
    """Raise SpoiledError where new bytes are not the old ones with exactly these entries after."""
    _prove(party, _read(old), _read(new), added)


def _prove(party: str, old: _Read, new: _Read, added: Sequence[Entry]) -> None:
    begins = _same(old.data, new.data)
    if not new.data.endswith(old.data[begins:]) or len(new.data) < len(old.data):
        raise SpoiledError
    if new.errors > old.errors:
        raise SpoiledError
    had = [_plain(entry) for entry in entries_of(old.node, party, [])]
    has = [_plain(entry) for entry in entries_of(new.node, party, [])]
    if has != had + [_plain(entry) for entry in added]:
        raise SpoiledError
    were, are = _values(old.node), _values(new.node)
    if are[: len(were)] != were or len(are) != len(were) + len(added):
        raise SpoiledError


def _same(old: bytes, new: bytes) -> int:
    """Return how many bytes two files have in common at their beginning."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[:middle] == new[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _plain(entry: Entry) -> tuple[object, ...]:
    """Return what an entry says, wherever it stands."""
    occurrence = entry.occurrence.text if entry.occurrence else None
    return (
        *(entry.party, entry.mandate.text, entry.day, entry.progress),
        *(entry.evidence, entry.note, occurrence),
    )


def _values(node: Node | None) -> list[object]:
    """Return the items of a file's list, without their places."""
    return [_value(item) for item in node.items] if isinstance(node, nodes.Sequence) else []


def _value(node: Node) -> object:
    match node:
        case Scalar():
            return node.text.rstrip("\n")  # the end of the last text moves from the file's end
        case nodes.Sequence():
            return [_value(item) for item in node.items]
        case nodes.Mapping():
            return [(key.text, _value(value)) for key, value in node.items]
