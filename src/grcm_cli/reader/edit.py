"""Changes to data files that keep every other byte, and the check of each before it is written.

Comments, order, quotes, line ends, indentation and a BOM stay as they are.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
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
    words = {(word.line, word.column): word.word for word in replacements}
    expected = []
    for depth, place, text in _texts(_tree(old)[0]):
        # What is put in may be a list or keys in brackets.
        put_in = words[place].encode() if place in words else None
        rows = [(0, place, text)] if put_in is None else _texts(_tree(put_in)[0])
        expected += [(depth + inner, written) for inner, _place, written in rows]
    written = [(depth, text) for depth, _place, text in _texts(_tree(new)[0])]
    if written != expected or new != _replaced(old, replacements):
        raise EditError


def _lines(data: bytes) -> tuple[str, list[str]]:
    text = data.decode("utf-8")
    bom = _BOM if text.startswith(_BOM) else ""
    return bom, text[len(bom) :].split("\n")


def _tree(data: bytes) -> tuple[Node | None, int]:
    """Return a file's nodes, and how many errors it has as YAML."""
    findings: list[Finding] = []
    return read_tree("", data, findings), len(errors(findings))


def _texts(node: Node | None, depth: int = 0) -> Iterator[tuple[int, tuple[int, int], str | None]]:
    """Yield depth, line and column, and text of each scalar; of a collection, its bracket.

    A value that is none has no text. The line ends after a text are left out: those of the last
    one move from the file's end.
    """
    match node:
        case Scalar(text, at):
            yield depth, (at.line, at.column), None if node.is_null else text.rstrip("\n")
        case events.Sequence(_at, items):
            yield depth, (0, 0), "["
            for item in items:
                yield from _texts(item, depth + 1)
        case events.Mapping(_at, pairs):
            yield depth, (0, 0), "{"
            for part in chain.from_iterable(pairs):
                yield from _texts(part, depth + 1)


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
    head, old, tail = line[:place], line[place : place + width], line[place + width :]
    if isinstance(aliases, Scalar):
        word = f"[{alias}, {old}]"
    else:
        word += ", " if head.strip(" -") else f"\n{head}"
    lines[at.line - 1] = head + word + tail
    changed = (bom + "\n".join(lines)).encode()
    before, after = (
        Counter(text for _depth, _place, text in _texts(_tree(each)[0])) for each in (data, changed)
    )
    if before - after or (after - before).keys() - {alias, "aliases", "["}:
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
    items = [emit.mapping(_keys(entry), in_brackets=True).rstrip("\n") for entry in new]
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
    expected = [(depth, text) for depth, _place, text in _texts(before)] or [(0, "[")]
    for entry in added:
        words = chain.from_iterable(_keys(entry).items())
        expected += [(1, "{"), *((2, word.rstrip("\n")) for word in words)]
    written = [(depth, text) for depth, _place, text in _texts(after)]
    if new_faults > faults or written != expected:
        raise EditError


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
        # PyYAML's own parser, which reads what libyaml refuses: an escape of half a character.
        parsed: list[Any] = list(yaml.parse(text, Loader=yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise UnreadableError from error  # the reader has a finding for it
    ends = [index for index, event in enumerate(parsed) if type(event) is yaml.DocumentEndEvent]
    if not ends:
        return len(text), 0, ""
    root: Any = parsed[2]
    last, bracket, end = parsed[ends[0] - 2 : ends[0] + 1]
    kind = type(root)
    if kind is not yaml.SequenceStartEvent:
        if kind is yaml.MappingStartEvent or getattr(root, "value", None):
            raise UnreadableError
        return end.start_mark.index, 0, ""
    if root.flow_style:
        return last.end_mark.index, None, "" if last is root else ", "
    return bracket.start_mark.index, root.start_mark.column, ""


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
