"""YAML text → nodes with their places; every scalar stays text.

Parse events are taken, not loaded values: `NO` stays `NO`, `12:30` stays `12:30`, and a key that
is written twice is seen. What YAML allows and a record of decades does not need (anchors, tags,
several documents) is a finding.

libyaml's parser is tried first, for its speed. Where the two parsers might differ, and wherever
libyaml's fails, PyYAML's own decides: so the findings are the same on a machine without libyaml.
"""

import codecs
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location, Written
from grcm_cli.language.text import _
from grcm_cli.reader.characters import deceptive, escaped, is_suspect, mixed_line_ends
from grcm_cli.reader.places import place
from grcm_cli.reader.syntax import explain
from grcm_cli.reader.whole import CUT, decode, is_doubtful, is_refused

DEEPEST = 32
"""Nesting that no record needs and that a hostile file may use."""
LONGEST = 1_000_000
"""Characters that PyYAML's own parser reads in a few seconds; a longer text is libyaml's alone."""

# At half the cost of Scalar(…), of which a folder has the most, and of the values made of them.
_new: Callable[[type["Scalar"], Any], "Scalar"] = tuple.__new__
_located: Callable[[type[Location], Any], Location] = tuple.__new__
_written: Callable[[type[Written], Any], Written] = tuple.__new__
_Event = Any  # libyaml's and PyYAML's parsers and events: other classes, the same attributes
_LIBYAML = getattr(yaml, "cyaml", None)
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Scalar(NamedTuple):
    """A text, with its place: by far the most nodes are these, so the place is not a value yet."""

    text: str
    path: str
    line: int
    column: int
    width: int
    is_null: bool = False
    is_broken: bool = False
    """There is a finding for it already. Of an alias the text is empty: it is not known."""
    is_cut: bool = False
    """Right after it a comment begins that may be meant as more of the text: `numeral #5`."""

    @property
    def at(self) -> Location:
        """Its place."""
        return _located(Location, (self.path, self.line, self.column, self.width))

    @property
    def written(self) -> Written:
        """The text with its place."""
        return _written(Written, (self.text, self.at))


class Sequence(NamedTuple):
    """A list of nodes."""

    at: Location
    items: "list[Node]"
    is_broken: bool = False


class Mapping(NamedTuple):
    """Keys with their values, in the order of the file."""

    at: Location
    items: "list[tuple[Scalar, Node]]"
    is_broken: bool = False
    """There is a finding for one of its keys already."""


Node = Scalar | Sequence | Mapping


def read(path: str, data: bytes, findings: list[Finding]) -> Node | None:
    """Return the node of a file's only document; None where it is empty or not readable.

    Whatever is wrong is added to `findings`, with places in `path`.
    """
    text = decode(path, data, findings)
    if text is None:
        return None
    suspect = is_suspect(text)
    if is_refused(path, text, findings, suspect=suspect):
        return None
    if suspect:
        findings += (*deceptive(text, path), *mixed_line_ends(text, path))
    if _LIBYAML is not None and not (is_doubtful(text) and len(text) <= LONGEST):
        # From the bytes, for libyaml would make bytes of the text again; its places are the same.
        own = data.removeprefix(codecs.BOM_UTF8)
        fast = _Composer(path, text, lambda: _LIBYAML.CParser(own))
        if fast.compose() or len(text) > LONGEST:
            findings += fast.findings
            return fast.document
    slow = _Composer(path, text, lambda: _PureParser(text))
    slow.compose()
    findings += slow.findings
    return slow.document


def place_of(path: str, event: _Event) -> Location:
    """Return the place of an event; of what ends on another line, the width is 1."""
    start, end = event.start_mark, event.end_mark
    line, column = start.line, start.column
    width = end.column - column if end.line == line else 1
    return _located(Location, (path, line + 1, column + 1, width if width > 1 else 1))


def libyaml(data: bytes) -> Callable[[], _Event] | None:
    """Return what gives libyaml's events of a text one by one; None where there is no libyaml."""
    if _LIBYAML is None:
        return None
    following: Callable[[], _Event] = _LIBYAML.CParser(data.removeprefix(codecs.BOM_UTF8)).get_event
    return following


class _Composer:
    """Builds nodes from parse events; keeps what it finds wrong."""

    def __init__(self, path: str, text: str, parser: Callable[[], _Event]) -> None:
        self.path, self.text, self.parser = path, text, parser
        self.is_pure = False
        self.findings: list[Finding] = []
        self.document: Node | None = None
        self.has_marks = " #" in text or "\t#" in text
        self.flow = 0  # how many [ and { are open

    def compose(self) -> bool:
        """Read the document; return whether what was found holds for both parsers."""
        parser = None
        try:
            parser = self.parser()
            self.is_pure = isinstance(parser, _PureParser)
            self.document = self._document(parser)
        except _StopError:
            pass
        except _DoubtError:
            return False
        # A number that is no character, or too long: PyYAML raises Python's own errors for these.
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            place, message, hint = explain(error, self._reached(parser, error))
            self._find(Location(self.path, *place), "syntax", message, hint)
            return False
        return True

    def _reached(self, parser: _Event, error: Exception) -> tuple[int, int]:
        """Return how far a parser had come, line and column from 0."""
        index = getattr(error, "position", None)
        if index is not None:
            at = place(self.path, self.text, index)
            return at.line - 1, at.column - 1
        return getattr(parser, "line", 0), getattr(parser, "column", 0)

    def _find(self, at: Location, rule: str, message: str, hint: str) -> None:
        self.findings.append(Finding(at, "error", rule, message, hint))

    def _document(self, parser: _Event) -> Node | None:
        document: Node | None = None
        count = 0
        while parser.check_event():
            start = parser.get_event()
            if isinstance(start, DocumentStartEvent):
                count += 1
                if count > 1:
                    message = _("a second YAML document begins here; it is not read")
                    hint = _("one file holds one document")
                    self._find(self._at(start), "yaml-feature", message, hint)
                node = self._node(parser.get_event(), parser.get_event, 0)
                document = node if count == 1 else document
        if isinstance(document, Scalar) and document.is_null:
            return None
        return document

    def _node(self, event: _Event, following: Callable[[], _Event], depth: int) -> Node:
        """Return the node that begins with an event, at a depth of nesting."""
        kind = event.__class__
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            self._alias(event, f"*{event.anchor}")
            return Scalar("", *self._at(event), is_broken=True)
        if depth > DEEPEST:
            message = _("nested more than {depth} levels deep").format(depth=DEEPEST)
            self._find(self._at(event), "yaml-feature", message, "")
            raise _StopError
        at, is_broken = self._at(event), self._has_features(event)
        self.flow += bool(event.flow_style)
        if kind is SequenceStartEvent:
            items = []
            while (inner := following()).__class__ is not SequenceEndEvent:
                items.append(self._node(inner, following, depth + 1))
            node: Node = Sequence(at, items, is_broken)
        else:
            node = self._mapping(at, following, depth, is_broken=is_broken)
        self.flow -= bool(event.flow_style)
        return node

    def _mapping(
        self, at: Location, following: Callable[[], _Event], depth: int, *, is_broken: bool
    ) -> Mapping:
        items: list[tuple[Scalar, Node]] = []
        first: dict[str, Scalar] = {}
        while (event := following()).__class__ is not MappingEndEvent:
            is_word = event.__class__ is ScalarEvent
            key = self._scalar(event) if is_word else self._node(event, following, depth + 1)
            inner = following()
            is_plain = inner.__class__ is ScalarEvent  # nearly all are: a call less for each
            value = self._scalar(inner) if is_plain else self._node(inner, following, depth + 1)
            if not isinstance(key, Scalar):
                message = _("a key must be a word")
                hint = _("put text that holds [ ] or { } in quotes")
                self._find(key.at, "wrong-type", message, hint)
            elif first.setdefault(key.text, key) is not key and not key.is_broken:
                message = _("the key '{key}' is written twice").format(key=key.text)
                hint = _("the first stands on line {line}").format(line=first[key.text].line)
                self._find(key.at, "repeated-key", message, hint)
            else:
                items.append((key, value))
                continue
            is_broken = True
        return Mapping(at, items, is_broken)

    def _scalar(self, event: _Event) -> Scalar:
        text: str = event.value
        style = event.style
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        width = end.column - column if end.line == line else 1
        is_broken = (event.anchor or event.tag) is not None and self._has_features(event)
        is_null = is_cut = False
        if style == '"':
            is_broken = self._escapes(event) or is_broken
        elif not style:
            if self.flow and "?" in text and not self.is_pure:
                raise _DoubtError  # libyaml takes a ? inside [ ] and { }, PyYAML does not
            is_null = text in NULLS
            is_cut = self.has_marks and CUT.match(self.text, end.index) is not None
        width = width if width > 1 else 1
        values = (text, self.path, line + 1, column + 1, width, is_null, is_broken, is_cut)
        return _new(Scalar, values)

    def _escapes(self, event: _Event) -> bool:
        """Add findings for what escapes in quotes hide; return whether one stands for nothing."""
        text, at = event.value, self._at(event)
        if "\\" in self._source(event):
            self.findings += escaped(text, at)
        if not any("\ud800" <= character <= "\udfff" for character in text):
            return False
        message = _("an escape in a text stands for no character")
        self._find(at, "syntax", message, _("write the character itself"))
        return True

    def _source(self, event: _Event) -> str:
        return self.text[event.start_mark.index : event.end_mark.index]

    def _has_features(self, event: _Event) -> bool:
        """Add a finding for an anchor and for a tag; return whether there is one."""
        if event.anchor is not None:
            self._alias(event, f"&{event.anchor}")
        if event.tag is not None:
            message, hint = _("a YAML tag is in the file"), _("delete the word that begins with !")
            self._find(self._at(event), "yaml-feature", message, hint)
        return event.anchor is not None or event.tag is not None

    def _alias(self, event: _Event, written: str) -> None:
        message = _("'{word}' is a YAML anchor or alias").format(word=written)
        hint = _("write the value out; text that begins with & or * goes in quotes")
        self._find(self._at(event), "yaml-feature", message, hint)

    def _at(self, event: _Event) -> Location:
        return place_of(self.path, event)


class _StopError(Exception):
    """The rest of the file is not read; the finding for it is there."""


class _DoubtError(Exception):
    """The two parsers may differ here; PyYAML's own is to decide."""


class _PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own parser: the same events, many times slower."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)
