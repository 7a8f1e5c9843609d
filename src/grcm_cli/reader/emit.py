"""YAML that is written: of new values, and changes to data files that keep every other byte.

New values are the keys of a file, texts as blocks, trees, and whole documents. All of it reads back
as the same values. A text that a CI service would take for a command is written in JSON's quotation
marks and escapes, which are YAML's too.

In a file that is changed, comments, order, quotes, line ends, indentation and a BOM stay as they
are; each change is checked before it is written.
"""

import json
import os
import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import yaml

from grcm_cli.domain.findings import Finding, errors
from grcm_cli.domain.model import Entry
from grcm_cli.language.ci_commands import has_command, json_without_commands
from grcm_cli.language.text import clean
from grcm_cli.reader import events
from grcm_cli.reader.events import Node, Scalar, read_tree

Tree = Any  # texts, lists and mappings of texts
Row = tuple[int, tuple[int, int], str | None]
_WIDTH = 92  # columns of a text and of what stands in brackets
_ENDLESS = 1_000_000_000  # columns: no text is folded over several lines
_SPECIAL = re.compile(r"^[^\w“]|[:#]|^(?:null|true|false|yes|no|~)$|^[0-9.]+$", re.IGNORECASE)
"""What a text without quotes may not be or have."""
_ODD = re.compile("[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe]")
"""Characters that libyaml escapes where PyYAML does not, or folds elsewhere."""
_BOM = "\ufeff"
_STYLE: Mapping[str, Any] = {"allow_unicode": True, "sort_keys": False}


class _Dumper(yaml.SafeDumper):
    """Writes a day without quotes: every scalar is text to the reader."""


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def mapping(keys: Mapping[str, object], *, in_brackets: bool = False) -> str:
    """Return a mapping, a key a line or all in brackets, with quotes only if needed."""
    style = {**_STYLE, "default_flow_style": in_brackets, "width": _ENDLESS}
    return str(yaml.dump(dict(keys), Dumper=_Dumper, **style))


def key_line(key: str, value: object) -> str:
    """Return a key with a text, or with a list of codes, on one line."""
    if isinstance(value, list | tuple):
        return f"{key}: [{', '.join(value)}]"
    text = clean(str(value))
    line = mapping({key: text}).rstrip("\n")
    return f"{key}: {_escaped(text)}" if has_command(line) else line


def one_or_list(words: Sequence[str]) -> str:
    """Return one word as it is, several as a list in brackets."""
    return words[0] if len(words) == 1 else f"[{', '.join(words)}]"


def block(key: str, text: str, indent: str, *, keep_lines: bool = False) -> Iterator[str]:
    """Yield a text as a block, in which no character has a meaning in YAML.

    Its lines are folded, or kept. A short action without such characters stands on one line.
    """
    sign, lines = "|-", text.split("\n")
    if not keep_lines or len(lines) < 2:
        text = " ".join(text.split())
        folded = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
        sign, lines = ">-", folded
    is_short = sign == ">-" and len(text) < _WIDTH - len(key) - len(indent)
    written = [f"{indent}{key}: {sign}", *(f"{indent}  {line}" if line else "" for line in lines)]
    if key == "action" and is_short and not _SPECIAL.search(text):
        written = [f"{indent}{key}: {text}"]
    yield from [f"{indent}{key}: {_escaped(text)}"] if has_command("\n".join(written)) else written


def tree_lines(key: str, value: Tree, indent: str) -> Iterator[str]:
    """Yield a key with texts, lists and mappings; what is short stands in brackets on its line."""
    line = json_without_commands(f"{indent}{_scalar(key)}: {_inline(value)}")
    inner_values = value.values() if isinstance(value, dict) else ()
    is_open = any(isinstance(inner, dict | list) for inner in inner_values)
    if isinstance(value, str) or (len(line) <= _WIDTH and not is_open) or not value:
        yield line
    else:
        yield f"{indent}{_scalar(key)}:"
        yield from _inner_lines(value, indent + "  ")


def section_lines(sections: Mapping[str, Mapping[str, Tree]]) -> Iterator[str]:
    """Yield the sections of a register; a key that fits stands in brackets on one line."""
    for section, keys in sections.items():
        yield f"{section}:"
        for key, value in keys.items():
            line = f"  {_scalar(key)}: {_inline(value)}"
            is_short = len(line) <= _WIDTH and not has_command(line)
            yield from [line] if is_short else tree_lines(key, value, "  ")


def number_line(number: str) -> str:
    """Return the line of a conclusion's number, which begins the conclusion."""
    is_plain = any(character.isdecimal() for character in number)  # `null` is to be quoted
    return f"  - number: {number}" if is_plain else f"  - {key_line('number', number)}"


def _inner_lines(value: Tree, indent: str) -> Iterator[str]:
    """Yield the keys of a mapping, or the items of a list, below what holds them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from tree_lines(key, inner, indent)
        return
    for item in value:
        line = json_without_commands(f"{indent}- {_inline(item)}")
        if isinstance(item, str) or len(line) <= _WIDTH or not item:
            yield line
        else:
            first, *following = _inner_lines(item, indent + "  ")
            yield f"{indent}- {first[len(indent) + 2 :]}"
            yield from following


def _inline(value: Tree) -> str:
    """Return a value on one line, a list or a mapping in brackets."""
    if isinstance(value, dict):
        pairs = (f"{_scalar(key)}: {_inline(inner)}" for key, inner in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """Return a text on one line, safe in brackets too."""
    if "\n" in text or has_command(text):
        return _escaped(text)
    line = mapping({"x": text}, in_brackets=True).rstrip("\n")
    plain = line.removeprefix("{x: ").removesuffix("}")
    return json.dumps(text, ensure_ascii=False) if "?" in plain or "\n" in plain else plain


def _escaped(text: str) -> str:
    """Return a text in JSON's quotation marks, the `##` of a command escaped."""
    return json_without_commands(json.dumps(text, ensure_ascii=False))


class _PlainDumper(yaml.SafeDumper):
    """PyYAML's own emitter; it writes the same value in each place, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 - as PyYAML calls it
        return True


class _FastDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """libyaml's emitter, where it is there: the same bytes, but for odd characters."""

    ignore_aliases = _PlainDumper.ignore_aliases


def document(tree: Tree) -> str:
    """Return a tree as YAML for other programs: what they would take for no text is in quotes."""
    dumper = _PlainDumper if any(map(_ODD.search, _texts(tree))) else _FastDumper
    return str(yaml.dump(tree, Dumper=dumper, width=100, **_STYLE))


def _texts(tree: Tree) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list):
        inner = chain.from_iterable(tree.items()) if isinstance(tree, dict) else tree
        for part in inner:
            yield from _texts(part)


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
    """Return a file's bytes with words replaced. Raises EditError if anything else would change."""
    changed = _replaced(data, replacements)
    verify_replaced(data, changed, replacements)
    return changed


def _replaced(data: bytes, replacements: Sequence[Replacement]) -> bytes:
    bom, text = _decoded(data)
    lines = text.split("\n")
    for line, column, width, word in sorted(set(replacements), reverse=True):
        old = lines[line - 1]
        lines[line - 1] = old[: column - 1] + word + old[column - 1 + width :]
    return (bom + "\n".join(lines)).encode("utf-8")


def verify_replaced(old: bytes, new: bytes, replacements: Sequence[Replacement]) -> None:
    """Raise EditError if new bytes are not the old ones with exactly these words replaced."""
    words = {(word.line, word.column): word.word for word in replacements}
    expected = []
    for depth, place, text in tree_rows(_tree(old)[0]):
        # What is put in may be a list or keys in brackets.
        put_in = words[place].encode() if place in words else None
        rows = [(0, place, text)] if put_in is None else tree_rows(_tree(put_in)[0])
        expected += [(depth + inner, written) for inner, _place, written in rows]
    written = [(depth, text) for depth, _place, text in tree_rows(_tree(new)[0])]
    if written != expected or new != _replaced(old, replacements):
        raise EditError


def _decoded(data: bytes) -> tuple[str, str]:
    """Return a file's BOM, if it has one, and its text."""
    text = data.decode("utf-8")
    return text[: text.startswith(_BOM)], text.removeprefix(_BOM)


def _tree(data: bytes) -> tuple[Node | None, int]:
    """Return a file's nodes, and how many errors it has as YAML."""
    findings: list[Finding] = []
    return read_tree("", data, findings), len(errors(findings))


def tree_rows(node: Node | None, depth: int = 0) -> Iterator[Row]:
    """Yield depth, line and column, and text of each scalar; of a collection, its bracket.

    A value that is none has no text. The line ends after a text are left out: those of the last
    one move from the file's end.
    """
    match node:
        case Scalar(text=text, at=at):
            yield depth, (at.line, at.column), None if node.is_null else text.rstrip("\n")
        case events.Sequence(_at, items):
            yield depth, (0, 0), "["
            for item in items:
                yield from tree_rows(item, depth + 1)
        case events.Mapping(_at, pairs):
            yield depth, (0, 0), "{"
            for part in chain.from_iterable(pairs):
                yield from tree_rows(part, depth + 1)


def with_alias(data: bytes, code: str, alias: str) -> bytes:
    """Return a register's bytes with an alias of a party before the others that it has.

    Raises EditError where the party's keys are not found, or more than the alias would change.
    """
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
    line, place = _decoded(data)[1].split("\n")[at.line - 1], at.column - 1
    if isinstance(aliases, Scalar):
        word = f"[{alias}, {line[place : place + width]}]"
    else:
        word += ", " if line[:place].strip(" -") else f"\n{line[:place]}"
    changed = _replaced(data, [Replacement(at.line, at.column, width, word)])
    before, after = (
        Counter(text for _depth, _place, text in tree_rows(_tree(version)[0]))
        for version in (data, changed)
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
    bom, text = _decoded(data)
    place, indent, comma = _end_of_list(text, node)
    items = [mapping(_keys(entry), in_brackets=True).rstrip("\n") for entry in new]
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
    expected = [(depth, text) for depth, _place, text in tree_rows(before)] or [(0, "[")]
    for entry in added:
        words = chain.from_iterable(_keys(entry).items())
        expected += [(1, "{"), *((2, word.rstrip("\n")) for word in words)]
    written = [(depth, text) for depth, _place, text in tree_rows(after)]
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
    keys = {  # in the order of the manual
        "mandate": entry.mandate.text,
        "for": entry.time or None,
        "date": entry.day.isoformat(),
        "progress": entry.progress,
        "evidence": entry.evidence,
        "note": entry.note,
        "internal": entry.internal,
    }
    return {key: value for key, value in keys.items() if value is not None}
