"""YAML text → nodes with their places; every scalar stays text.

Parse events are taken, not loaded values: `NO` stays `NO`, `12:30` stays `12:30`, and a key that
is written twice is seen. What YAML allows and a record of decades does not need (anchors, tags,
several documents) is a finding.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from grcm_cli.findings import Finding
from grcm_cli.model import Location
from grcm_cli.reader.syntax import LONGEST, explain
from grcm_cli.text import _

DEEPEST = 32
"""Nesting that no record needs and that a hostile file may use."""
_Event = Any  # libyaml's and PyYAML's parsers and events: other classes, the same attributes
_LIBYAML = getattr(yaml, "cyaml", None)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# A lone CR and these three are line breaks to YAML and not to an editor: places would not agree.
_ODD = re.compile("\r(?!\n)|[\x00\x85\u2028\u2029]")


class Scalar(NamedTuple):
    """A text, with its place."""

    text: str
    at: Location
    is_null: bool = False
    is_broken: bool = False
    """There is a finding for it already; its text is not what was meant."""


class Sequence(NamedTuple):
    """A list of nodes."""

    at: Location
    items: "list[Node]"


class Mapping(NamedTuple):
    """Keys with their values, in the order of the file."""

    at: Location
    items: "list[tuple[Scalar, Node]]"


Node = Scalar | Sequence | Mapping


def read(path: str, data: bytes, findings: list[Finding]) -> Node | None:
    """Return the node of a file's only document; None where it is empty or not readable.

    Whatever is wrong is added to `findings`, with places in `path`.
    """
    text = _decode(path, data, findings)
    if text is None or _has_odd_breaks(path, text, findings):
        return None
    return _Composer(path, text, findings).compose()


def _decode(path: str, data: bytes, findings: list[Finding]) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        hint = _("save the file as UTF-8 (in Word and in Notepad: save as, encoding, UTF-8)")
        message = _("the file is not UTF-8 text")
        findings.append(Finding(Location(path, line, column), "error", "not-utf8", message, hint))
        return None


def _has_odd_breaks(path: str, text: str, findings: list[Finding]) -> bool:
    found = list(_ODD.finditer(text))
    for match in found[:100]:
        line = text.count("\n", 0, match.start()) + 1
        at = Location(path, line, match.start() - text.rfind("\n", 0, match.start()))
        message = _("the character U+{code} is in the text").format(code=f"{ord(match[0]):04X}")
        hint = _(
            "delete it: YAML takes it for the end of a line, or refuses it, and editors do not"
        )
        findings.append(Finding(at, "error", "odd-character", message, hint))
    return bool(found)


class _Composer:
    """Builds nodes from parse events; keeps what it finds wrong."""

    def __init__(self, path: str, text: str, findings: list[Finding]) -> None:
        self.path, self.text, self.findings = path, text, findings

    def compose(self) -> Node | None:
        try:
            return self._document(self._events())
        except yaml.YAMLError as error:
            line, column, message, hint = explain(self.text, error)
            self._find(Location(self.path, line, column), "syntax", message, hint)
        except _StopError:
            pass
        return None

    def _events(self) -> Iterator[_Event]:
        parser = self._parser()
        try:
            while parser.check_event():
                yield parser.get_event()
        finally:
            parser.dispose()

    def _parser(self) -> _Event:
        # Only the parser in Python refuses tabs between words, as YAML does: with a tab in it, a
        # file is read by that one on every machine.
        if _LIBYAML is not None and ("\t" not in self.text or len(self.text) > LONGEST):
            return _LIBYAML.CParser(self.text)
        return _PureParser(self.text)

    def _find(self, at: Location, rule: str, message: str, hint: str) -> None:
        self.findings.append(Finding(at, "error", rule, message, hint))

    def _document(self, events: Iterator[_Event]) -> Node | None:
        document: Node | None = None
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._check_document(event, is_second=seen)
                seen = True
                node = self._node(next(events), events, 0)
                document = document or node
        if isinstance(document, Scalar) and document.is_null:
            return None
        return document

    def _check_document(self, event: _Event, *, is_second: bool) -> None:
        if is_second:
            message = _("a second YAML document begins here; it is not read")
            self._find(self._at(event), "yaml-feature", message, _("one file holds one document"))
        if event.version or event.tags:
            message = _("a YAML directive is in the file")
            self._find(self._at(event), "yaml-feature", message, _("delete the line with %"))

    def _node(self, event: _Event, events: Iterator[_Event], depth: int) -> Node:
        if depth > DEEPEST:
            message = _("nested more than {depth} levels deep").format(depth=DEEPEST)
            self._find(self._at(event), "yaml-feature", message, "")
            raise _StopError
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self._alias(event, f"*{event.anchor}")
            return Scalar("", self._at(event), is_broken=True)
        self._check_features(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = Sequence(self._at(event), [])
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.items.append(self._node(event, events, depth + 1))
            return items
        return self._mapping(event, events, depth)

    def _mapping(self, event: _Event, events: Iterator[_Event], depth: int) -> Mapping:
        mapping = Mapping(self._at(event), [])
        first: dict[str, Scalar] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                message = _("a key must be a word")
                self._find(
                    key.at, "wrong-type", message, _("put text that holds [ ] or { } in quotes")
                )
            elif key.text in first:
                message = _("the key '{key}' is written twice").format(key=key.text)
                hint = _("the first stands on line {line}").format(line=first[key.text].at.line)
                self._find(key.at, "repeated-key", message, hint)
            else:
                first[key.text] = key
                mapping.items.append((key, value))
        return mapping

    def _scalar(self, event: _Event) -> Scalar:
        text: str = event.value
        plain = event.style is None or not event.style.strip("\x00")
        if event.anchor is not None or event.tag is not None:
            self._check_features(event)
        return Scalar(text, self._at(event), is_null=plain and text in _NULLS)

    def _check_features(self, event: _Event) -> None:
        if event.anchor is not None:
            self._alias(event, f"&{event.anchor}")
        if event.tag is not None:
            message = _("a YAML tag is in the file")
            self._find(
                self._at(event), "yaml-feature", message, _("delete the word that begins with !")
            )

    def _alias(self, event: _Event, written: str) -> None:
        message = _("'{word}' is a YAML anchor or alias").format(word=written)
        hint = _("write the value out; text that begins with & or * goes in quotes")
        self._find(self._at(event), "yaml-feature", message, hint)

    def _at(self, event: _Event) -> Location:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return Location(self.path, start.line + 1, start.column + 1, max(1, width))


class _StopError(Exception):
    """The rest of the file is not read; the finding for it is there."""


class _PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own parser, for a machine without libyaml: the same events, many times slower."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)
