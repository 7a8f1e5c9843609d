"""Changes to data files that keep every other byte, and the check of each before it is written.

Comments, order, quotes, line ends, indentation and a BOM stay as they are.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from grcm_cli.domain.findings import Finding, errors
from grcm_cli.domain.model import Entry
from grcm_cli.reader import emit, events
from grcm_cli.reader.events import Node, Scalar, read_tree

_BOM = "\ufeff"


class EditError(Exception):
    """The new bytes are not the old ones with exactly the changes: they must not be written."""


class UnreadableError(Exception):
    """A file that is not a list of entries, or not readable as YAML, takes no more of them."""


class Replacement(NamedTuple):
    """A value to put in the place of a word: line and column from 1, and width in characters."""

    line: int
    column: int
    width: int
    word: str


def replace_words(data: bytes, replacements: Sequence[Replacement]) -> bytes:
    """Return a file's bytes with words replaced.

    Raises EditError if the result is anything but the old text and values with these words.
    """
    changed = _replaced(data, replacements)
    verify_replaced(data, changed, replacements)
    return changed


def _replaced(data: bytes, replacements: Sequence[Replacement]) -> bytes:
    bom, lines = _lines(data)
    for line, column, width, word in sorted(set(replacements), reverse=True):
        old = lines[line - 1]
        lines[line - 1] = old[: column - 1] + word + old[column - 1 + width :]
    return (bom + "\n".join(lines)).encode("utf-8")


def verify_replaced(old: bytes, new: bytes, replacements: Sequence[Replacement]) -> None:
    """Raise EditError if new bytes are not the old ones with exactly these words replaced."""
    words = {(r.line, r.column): r.word for r in replacements}
    expected = []
    for depth, place, text in _texts(old):
        # What is put in may be a list or keys in brackets.
        new_texts = _texts(words[place].encode()) if place in words else [(0, place, text)]
        expected += [(depth + inner, written) for inner, _place, written in new_texts]
    is_as_expected = expected == [(depth, text) for depth, _place, text in _texts(new)]
    if not is_as_expected or new != _replaced(old, replacements):
        raise EditError


def _lines(data: bytes) -> tuple[str, list[str]]:
    text = data.decode("utf-8")
    bom = _BOM if text.startswith(_BOM) else ""
    return bom, text[len(bom) :].split("\n")


def _texts(data: bytes) -> list[tuple[int, tuple[int, int], str]]:
    """Return depth, line and column, and text of each scalar; of a collection, its bracket."""

    def flat(node: Node, depth: int) -> Iterator[tuple[int, tuple[int, int], str]]:
        match node:
            case Scalar(text, at):
                yield depth, (at.line, at.column), text
            case events.Sequence(_at, items):
                yield depth, (0, 0), "["
                for item in items:
                    yield from flat(item, depth + 1)
            case events.Mapping(_at, pairs):
                yield depth, (0, 0), "{"
                for pair in pairs:
                    for part in pair:
                        yield from flat(part, depth + 1)

    node = read_tree("", data, [])
    return [] if node is None else list(flat(node, 0))


def with_alias(data: bytes, code: str, alias: str) -> bytes:
    """Return a register's bytes with an alias of a party before the others that it has.

    Raises EditError where the party's keys are not found, or more than the alias would change.
    """
    bom, lines = _lines(data)
    root = read_tree("", data, [])
    sections = root.items if isinstance(root, events.Mapping) else []
    parties = [
        party.items
        for name, section in sections
        if name.text != "themes" and isinstance(section, events.Mapping)
        for key, party in section.items
        if key.text == code and isinstance(party, events.Mapping)
    ]
    if not parties:
        raise EditError
    aliases = next((value for key, value in parties[0] if key.text == "aliases"), None)
    at, width, word = parties[0][0][0].at, 0, f"aliases: [{alias}]"
    if isinstance(aliases, Scalar):
        at, width = aliases.at, aliases.at.width
    elif isinstance(aliases, events.Sequence) and aliases.items:
        at, word = aliases.items[0].at, alias
    line, place = lines[at.line - 1], at.column - 1
    before, old, after = line[:place], line[place : place + width], line[place + width :]
    if isinstance(aliases, Scalar):
        word = f"[{alias}, {old}]"
    else:
        word += ", " if before.strip(" -") else f"\n{before}"
    lines[at.line - 1] = before + word + after
    changed = (bom + "\n".join(lines)).encode()
    texts = [Counter(text for _depth, _place, text in _texts(each)) for each in (data, changed)]
    if texts[0] - texts[1] or (texts[1] - texts[0]).keys() - {alias, "aliases", "["}:
        raise EditError
    return changed


def append_entries(data: bytes, new: Sequence[Entry]) -> bytes:
    """Return a progress file's bytes with entries added at its end.

    Raises UnreadableError for a file that cannot take any, and EditError if the result is anything
    but the old bytes and values followed by these entries.
    """
    node, faults = _tree(data)
    if node is None and faults:
        raise UnreadableError
    text = data.decode("utf-8")
    bom, text = text[: text.startswith(_BOM)], text.removeprefix(_BOM)
    place, indent, comma = _end_of_list(text, node)
    items = [emit.mapping(_keys(one), in_brackets=True).rstrip("\n") for one in new]
    before, later = text[:place], text[place:]
    if indent is None:
        added = comma + ", ".join(items)
    else:
        newline = "\r\n" if "\r\n" in text else "\n"
        # An entry on one line: git joins lines, and so never parts of two entries.
        added = "".join(f"{' ' * indent}- {item}{newline}" for item in items)
        if before and not before.endswith("\n"):
            added = newline + (added if later else added.removesuffix(newline))
    after = (bom + before + added + later).encode()
    verify_appended(data, after, new)
    return after


def verify_appended(old: bytes, new: bytes, added: Sequence[Entry]) -> None:
    """Raise EditError if new bytes are not the old ones with exactly these entries after."""
    same = len(os.path.commonprefix([old, new]))  # noqa: RUF071 - of bytes, no path
    if not new.endswith(old[same:]) or len(new) < len(old):
        raise EditError
    (before, faults), (after, new_faults) = _tree(old), _tree(new)
    expected = [[(key, text.rstrip("\n")) for key, text in _keys(entry).items()] for entry in added]
    if new_faults > faults or _items(after) != _items(before) + expected:
        raise EditError


def _tree(data: bytes) -> tuple[Node | None, int]:
    """Return a file's nodes, and how many errors it has as YAML."""
    findings: list[Finding] = []
    return read_tree("", data, findings), len(errors(findings))


def _items(node: Node | None) -> list[object]:
    return [_value(item) for item in node.items] if isinstance(node, events.Sequence) else []


def _value(node: Node) -> object:
    match node:
        case Scalar():
            # The end of the last text moves from the file's end.
            return None if node.is_null else node.text.rstrip("\n")
        case events.Sequence():
            return [_value(item) for item in node.items]
        case events.Mapping():
            return [(key.text, _value(value)) for key, value in node.items]


def _end_of_list(text: str, node: Node | None) -> tuple[int, int | None, str]:
    """Return the index where the root list of a text ends, and the margin of its items.

    Without a margin it is in brackets, and what comes between two items stands behind. Raises
    UnreadableError if there is no list.
    """
    begins = text.lstrip()[:2].rstrip()
    if isinstance(node, events.Sequence) and begins == "-" and "\n..." not in text:
        # The usual file: a list, a line an item, to the end of the text.
        return len(text), node.at.column - 1, ""
    try:
        return _end_by_events(text)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise UnreadableError from error  # the reader has a finding for it


def _end_by_events(text: str) -> tuple[int, int | None, str]:
    depth = 0
    start: Any = None
    last: Any = None
    # PyYAML's own parser, which reads what libyaml refuses: an escape of half a character.
    parsed: Iterator[Any] = yaml.parse(text, Loader=yaml.SafeLoader)
    for event in parsed:
        kind = type(event)
        if depth == 0 and kind is yaml.SequenceStartEvent:
            start = event
        elif depth == 0 and (kind is yaml.MappingStartEvent or bool(getattr(event, "value", ""))):
            raise UnreadableError
        elif depth == 1 and kind is yaml.SequenceEndEvent:
            if not start.flow_style:
                return event.start_mark.index, start.start_mark.column, ""
            return (last or start).end_mark.index, None, ", " if last else ""
        elif kind is yaml.DocumentEndEvent:
            return event.start_mark.index, 0, ""
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth == 1 and event is not start:
            last = event
    return len(text), 0, ""


def _keys(entry: Entry) -> Mapping[str, str]:
    """Return an entry's keys in the order of the README."""
    keys = {
        "mandate": entry.mandate.text,
        "for": entry.occurrence.text if entry.occurrence else None,
        "date": entry.day.isoformat(),
        "progress": entry.progress,
        "evidence": entry.evidence,
        "note": entry.note,
        "internal": entry.internal,
    }
    return {key: value for key, value in keys.items() if value is not None}
