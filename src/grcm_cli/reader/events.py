"""YAML of a file as nodes with places: which parser reads it, and what is wrong with it as YAML.

Events are read, not loaded values: `NO` stays `NO`, `12:30` stays `12:30`, and a repeated key is
seen. What YAML allows and a record of decades does not need (anchors, tags, several documents) is a
finding.

libyaml's parser is tried first, for its speed. What it reads holds only where both parsers are
known to agree. Where they might differ, and wherever libyaml's fails, PyYAML's own parser decides:
the findings are the same on a machine without libyaml. `ParsersDifferError` is raised there.
"""

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

import yaml
from yaml import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from grcm_cli.domain.findings import UNREADABLE, Finding
from grcm_cli.domain.model import Location
from grcm_cli.language.text import N_, _, clean
from grcm_cli.reader.fields import ALL_KEYS
from grcm_cli.reader.source import CUT, escaped, is_doubtful, place, read_text

DEEPEST = 32  # nesting that no record needs and that a hostile file may use
LONGEST = 2_000_000
"""Characters that PyYAML's own parser reads in a few seconds. A longer text is libyaml's alone.

On a machine without libyaml it is not read, so that no two machines say different things about it.
"""
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_ADDRESSED_BY = {
    "": ("mandate", "for", "date"),  # the entries of a progress file
    "conclusions": ("number",),
    "extends": ("mandate",),
    "terms": ("holder", "from"),
}
"""The keys whose values name an item of a list in addresses, by the key of the list."""
_COUNTED = "mandates"  # the list whose items references count, as in `8#2`; new ones come last
_LONGEST_NAME = 60  # characters of a text that names an item

Event = Any  # libyaml's and PyYAML's parsers and events: other classes, the same attributes
_LIBYAML = getattr(yaml, "cyaml", None)
_PureParser = yaml.SafeLoader  # PyYAML's own parser: the same events, many times slower
new_tuple = tuple.__new__  # half the time of Scalar(…), of which a folder has the most
_IN_QUOTES = N_("put the whole text in quotes, or begin it with >- on the line before")
# What the parser's messages have, what that means to somebody who wrote a text, and what to write.
_MEANINGS = {
    "values are not allowed here": (N_("a text contains a colon followed by a space"), _IN_QUOTES),
    r"character '\\t'": (N_("a tab is used where YAML needs spaces"), N_("replace it with spaces")),
    "could not find expected ':'": (
        N_("a key without a colon and a space, or a text that is not indented far enough"),
        N_("write `key: value`; indent the lines of a text further than its key"),
    ),
    "found unexpected (?:end of stream|document separator)": (
        N_("a quotation mark is opened here but not closed"),
        N_("close it, and double any quotation mark inside the text"),
    ),
    "expected <block end>": (
        N_("the indentation of this line does not match the lines before it"),
        N_(
            "align the keys of a mapping, and enclose in quotes any text that contains quotation "
            "marks"
        ),
    ),
    "expected ',' or": (
        N_("a [ or { is opened but not closed, or a comma is missing inside it"),
        N_("close it, and put text that contains , [ ] { } ? or : in quotes"),
    ),
    "expected the node content": (
        N_("a value is missing here, or a [ or { is not closed"),
        N_("write the value; put text that contains , [ ] { } ? or : in quotes"),
    ),
    "expected alphabetic or numeric character": (N_("a text begins with * or &"), _IN_QUOTES),
    "sequence entries are not allowed here": (N_("a text begins with a hyphen"), _IN_QUOTES),
    "mapping keys are not allowed here": (N_("a text begins with a question mark"), _IN_QUOTES),
    "chomping or indentation indicators|expected a comment or a line break": (
        N_("a text begins on the same line as its > or |"),
        N_("begin it on the next line, indented further than its key"),
    ),
    "expected '<document start>'": (
        N_("there is text after the end of the document"),
        N_("delete it, or delete the line `...` before it"),
    ),
    "cannot start any token": (N_("a text cannot begin with this character"), _IN_QUOTES),
    "found unknown escape character|expected escape sequence of": (
        N_("a text in double quotes has an unknown escape"),
        N_("write \\\\ for a backslash, or use single quotes"),
    ),
    r"chr\(\) arg not in range|Python int too large": (
        N_("an escape in a text stands for no character"),
        N_("write the character itself"),
    ),
}
_OTHER = (N_("this is not valid YAML"), N_("put text in quotes, and align the keys of a mapping"))
# Where the place that helps is the beginning of what is not finished, not where that shows.
_UNFINISHED = "could not find expected ':'|found unexpected|expected ',' or|node content"
# Where a key of a file may be out of its column, or the one above it without a colon.
_MISPLACED = "mapping values are not allowed here|expected <block end>"
_LISTS = {"number": "conclusions", "action": "mandates"}  # the list that a key begins an item of
_HYPHEN = re.compile(r" *-(?=[a-z]+:)")
_KEY_LINE = re.compile(r"(?P<indent> *(?:- +)*)(?P<key>[a-z]+)(?P<colon>:?)(?: +(?P<value>\S.*))?")


class Scalar(NamedTuple):
    """A text with its place."""

    text: str
    path: str
    start: Event
    end: Event
    is_broken: bool = False  # there is a finding for it; the text of an alias is not known
    is_null: bool = False  # a value that YAML takes for none
    is_cut: bool = False  # a comment begins where it ends that may be meant as more of it

    @property
    def at(self) -> Location:
        """Its place, made when it is asked for; of what ends on another line, the width is 1."""
        start, end = self.start, self.end
        line, column = start.line, start.column
        width = end.column - column if end.line == line else 1
        return new_tuple(Location, (self.path, line + 1, column + 1, width or 1))


class Sequence(NamedTuple):
    """A list of nodes."""

    at: Location
    items: "list[Node]"
    is_broken: bool = False  # there is a finding for its anchor or its tag


class Mapping(NamedTuple):
    """Keys with their values, in the order of the file."""

    at: Location
    items: "list[tuple[Scalar, Node]]"
    is_broken: bool = False  # there is a finding for its anchor, its tag, or a key that is left out

    @property
    def names(self) -> list[str]:
        """The names of the keys."""
        return [*dict.fromkeys(key.text for key, _value in self.items)]

    def value(self, name: str) -> "Node | None":
        """Return the value of a sound key; None where there is none."""
        sound = (value for key, value in self.items if key.text == name and not key.is_broken)
        return next(sound, None)


Node = Scalar | Sequence | Mapping


def place_of(node: Node, name: str) -> Location | None:
    """Return the place of a key's value, if the node has the key."""
    value = node.value(name) if isinstance(node, Mapping) else None
    return value.at if value else None


def read_tree(path: str, data: bytes, findings: list[Finding]) -> Node | None:
    """Return the nodes of a file's only document; None if it is empty or cannot be read.

    Findings are added for what is wrong in the text or as YAML.
    """
    text = read_text(path, data, findings)
    if text is None:
        return None
    is_large = len(text) > LONGEST
    parsers: list[Callable[[], Event]] = []
    if _LIBYAML is not None and (is_large or not is_doubtful(text)):
        # It would make bytes of a text again; the places are the same.
        parsers.append(lambda: _LIBYAML.CParser(data.removeprefix(codecs.BOM_UTF8)))
    if not is_large:
        parsers.append(lambda: _PureParser(text))
    if not parsers:
        message = _("PyYAML has no libyaml here and would take too long for a file of this size")
        hint = _("install a PyYAML that has libyaml, or split the file")
        findings.append(Finding(Location(path, 1, 1, 0), "error", UNREADABLE, message, hint))
        return None
    root, problems, is_certain = _attempt(path, text, parsers[0])
    if not is_certain and len(parsers) > 1:
        root, problems, _is_certain = _attempt(path, text, parsers[1])
    findings += problems
    return root


def addresses(data: bytes) -> Callable[[int, int], str]:
    """Return a function from a line and a column of a file, from 1, to the address of the value.

    An address is `conclusions[8].mandates[2].due`: an item of a list is named by its number or its
    words, so that it stays the same while lines are added above it. A key has the address of its
    value, and a comment that of what stands before it. The address is empty where there is none:
    above the first value, and everywhere in a file that is not YAML.
    """
    root = read_tree("", data, [])
    rows = [] if root is None else list(_addressed(root, "", ""))

    def address(line: int, column: int) -> str:
        before = bisect_right(rows, (line, column), key=itemgetter(0))
        return rows[before - 1][1] if before else ""

    return address


def _addressed(node: Node, address: str, key: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield place and address of a node and of all in it, in the order of the file."""
    yield (node.at.line, node.at.column), address
    match node:
        case Mapping():
            for name, value in node.items:
                below = f"{address}.{name.text}" if address else name.text
                yield (name.at.line, name.at.column), below
                yield from _addressed(value, below, name.text)
        case Sequence():
            for ordinal, item in enumerate(node.items, 1):
                yield from _addressed(item, f"{address}[{_item_name(item, ordinal, key)}]", key)


def _item_name(item: Node, ordinal: int, key: str) -> str:
    match item:
        case Scalar():
            return item.text[:_LONGEST_NAME]
        case Mapping() if key != _COUNTED:
            texts = {name.text: value.text for name, value in item.items if type(value) is Scalar}
            names = [name for name in _ADDRESSED_BY.get(key, ()) if name in texts]
            if names:
                return " ".join(texts[name][:_LONGEST_NAME] for name in names)
    return str(ordinal) if key == _COUNTED else f"#{ordinal}"


class StopError(Exception):
    """The rest of the file is not read; there is a finding for it."""


class ParsersDifferError(Exception):
    """The two parsers may differ here; PyYAML's own has to decide."""


def _attempt(
    path: str, text: str, parser_of: Callable[[], Event]
) -> tuple[Node | None, list[Finding], bool]:
    """Return what a parser reads, the findings, and whether they hold for the other parser too."""
    findings: list[Finding] = []
    parser = None
    try:
        parser = parser_of()
        return _Events(path, text, parser, findings).document(), findings, True
    except (StopError, ParsersDifferError) as stop:
        return None, findings, isinstance(stop, StopError)
    # A number that is no character, or too long: PyYAML raises Python's own errors for these.
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        return None, [*findings, _syntax_error(error, path, text, parser)], False


class _Events:
    """The parse events of one file. A method that takes an event reads all of its node."""

    def __init__(self, path: str, text: str, parser: Event, findings: list[Finding]) -> None:
        self.path, self.source, self.findings = path, text, findings
        self.following: Callable[[], Event] = parser.get_event
        self.decides = isinstance(parser, _PureParser) or len(text) > LONGEST
        """Whether the other parser is not asked where the two may differ."""
        self.has_comments = "#" in text and (" #" in text or "\t#" in text)
        self.flow = 0  # how many [ and { are open
        self.depth = 0

    def document(self) -> Node | None:
        """Return the root of the first document; None if it is empty."""
        roots: list[Node] = []
        while (event := self.following()).__class__ is not yaml.StreamEndEvent:
            if event.__class__ is yaml.DocumentStartEvent:
                if roots:
                    message = _("a second YAML document begins here; it is not read")
                    hint = _("a file holds only one document")
                    self._find(self._place(event), "yaml-feature", message, hint)
                roots.append(self._node(self.following()))
        first = roots[0] if roots else None
        return None if isinstance(first, Scalar) and first.is_null else first

    def _place(self, event: Event) -> Location:
        marks = event.start_mark, event.end_mark
        return new_tuple(Scalar, ("", self.path, *marks, False, False, False)).at

    def _find(self, at: Location, rule: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(at, "error", rule, message, hint))

    def _node(self, event: Event) -> Node:
        kind = event.__class__
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            self._find_alias(event, "*")
            return Scalar("", self.path, event.start_mark, event.end_mark, is_broken=True)
        if self.depth > DEEPEST:
            self._leave_to_pure()  # it may find something before it comes here
            message = _("nested more than {depth} levels deep").format(depth=DEEPEST)
            self._find(self._place(event), "yaml-feature", message)
            raise StopError
        self.depth += 1
        self.flow += bool(event.flow_style)
        at, is_broken = self._place(event), self._has_features(event)
        node: Node
        if kind is SequenceStartEvent:
            items = []
            while (item := self.following()).__class__ is not SequenceEndEvent:
                items.append(self._node(item))
            node = Sequence(at, items, is_broken)
        else:
            node = self._mapping(at, is_broken=is_broken)
        self.depth -= 1
        self.flow -= bool(event.flow_style)
        return node

    def _mapping(self, at: Location, *, is_broken: bool) -> Mapping:
        """Return a mapping; its keys that are no words, or repeated, have a finding."""
        pairs: list[tuple[Scalar, Node]] = []
        first: dict[str, Scalar] = {}
        following, node_of, scalar_of = self.following, self._node, self._scalar
        while (event := following()).__class__ is not MappingEndEvent:
            key = scalar_of(event) if event.__class__ is ScalarEvent else node_of(event)
            event = following()
            value = scalar_of(event) if event.__class__ is ScalarEvent else node_of(event)
            if not isinstance(key, Scalar):
                message = _("a key must be a word")
                hint = _("put text that contains [ ] or { } in quotes")
                self._find(key.at, "wrong-type", message, hint)
                is_broken = True
            elif first.setdefault(key.text, key) is not key and not key.is_broken:
                message = _("the key '{key}' is written twice").format(key=key.text)
                hint = _("the first is on line {line}").format(line=first[key.text].at.line)
                self._find(key.at, "repeated-key", message, hint)
                is_broken = True
            else:
                pairs.append((key, value))
        return Mapping(at, pairs, is_broken)

    def _scalar(self, event: Event) -> Scalar:
        text: str = event.value
        style, start, end = event.style, event.start_mark, event.end_mark
        is_broken = is_null = is_cut = False
        if event.anchor is not None or event.tag is not None:
            is_broken = self._has_features(event)
        if style == '"':
            if "\\" in self.source[start.index : end.index]:
                self.findings += escaped(self.source, start.index, end.index, self._place(event))
                # An escape may stand for no character.
                is_broken |= any("\ud800" <= character <= "\udfff" for character in text)
        elif not style:
            if not text or (self.flow and "?" in text):
                # libyaml takes a ? inside [ ] and { }, PyYAML does not; where nothing is written,
                # they give different places.
                self._leave_to_pure()
            is_null = len(text) < 5 and text in NULLS and not is_broken
            if self.has_comments:
                is_cut = CUT.match(self.source, end.index) is not None
        return new_tuple(Scalar, (text, self.path, start, end, is_broken, is_null, is_cut))

    def _leave_to_pure(self) -> None:
        """Raise ParsersDifferError if PyYAML's own parser is to decide, and is not the one here."""
        if not self.decides:
            raise ParsersDifferError

    def _has_features(self, event: Event) -> bool:
        """Add a finding for an anchor and for a tag; return whether there is one."""
        if event.anchor is None and event.tag is None:
            return False
        self._leave_to_pure()  # the parsers end a tag in different places
        if event.anchor is not None:
            self._find_alias(event, "&")
        if event.tag is not None:
            hint = _("delete the word that begins with !")
            self._find(self._place(event), "yaml-feature", _("the file contains a YAML tag"), hint)
        return True

    def _find_alias(self, event: Event, sign: str) -> None:
        message = _("'{word}' is a YAML anchor or alias").format(word=f"{sign}{event.anchor}")
        hint = _("write the value out; text that begins with & or * goes in quotes")
        self._find(self._place(event), "yaml-feature", message, hint)


def _wrong_key(
    path: str, text: str, stop: int, stop_column: int
) -> tuple[Location, str, str] | None:
    """Return place, message and hint where a key without its colon, or out of its column, is wrong.

    `stop` and `stop_column` are where the parser stopped, from 0: the mistake is on that line, or
    on the one above.
    """
    lines = text.split("\n")
    hyphen = _HYPHEN.match(lines[stop - 1]) if stop else None
    if hyphen:
        hint = _("write {words}").format(words=f"`- {clean(lines[stop - 1].strip()[1:])}`")
        at = Location(path, stop, hyphen.end(), 1)
        return at, _("a space is missing after the hyphen"), hint
    above = [match for line in lines[max(0, stop - 20) : stop] if (match := _KEY_LINE.match(line))]
    current = _KEY_LINE.fullmatch(lines[stop].rstrip())
    keys = [match for match in above if match["key"] in ALL_KEYS]
    if current is None or not current["colon"] or current["key"] not in ALL_KEYS or not keys:
        return None
    hyphen_column = len(lines[stop]) - len(lines[stop].lstrip())
    if stop_column not in (hyphen_column, current.end("indent"), current.end("key")):
        return None  # a later colon on that line
    key, last, column = current["key"], keys[-1], current.end("indent") + 1
    at = Location(path, stop + 1, column, len(key))
    owner = _LISTS.get(key) if "-" in current["indent"] and last["value"] else None
    if owner and "-" not in last["indent"]:
        message = _("`{key}` begins a list whose key is missing").format(key=key)
        return at, message, _("write `{key}:` on the line above").format(key=owner)
    if column != last.end("indent") + 1:
        message = _("`{key}` is not in the same column as `{above}`, the key above it")
        hint = _("begin it in column {column}").format(column=last.end("indent") + 1)
        return at, message.format(key=key, above=last["key"]), hint
    if last is above[-1] and not last["colon"]:
        at = Location(path, stop, column, len(last["key"]))
        hint = _("write {words}").format(words=f"`{last['key']}: {clean(last['value'] or '…')}`")
        return at, _("`{key}` has no colon").format(key=last["key"]), hint
    return None


def _syntax_error(error: Exception, path: str, text: str, parser: Event) -> Finding:
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    meanings = (meaning for pattern, meaning in _MEANINGS.items() if re.search(pattern, problem))
    message, hint = map(_, next(meanings, _OTHER))
    begun, shown = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    wrong_key = None
    if shown and re.search(_MISPLACED, problem):
        wrong_key = _wrong_key(path, text, shown.line, shown.column)
    mark = (begun or shown) if re.search(_UNFINISHED, problem) else (shown or begun)
    index = getattr(error, "position", None)
    if wrong_key:
        at, message, hint = wrong_key
    elif mark is not None:
        at = Location(path, mark.line + 1, mark.column + 1)
    elif index is not None:
        at = place(path, text, index)
    else:  # how far it had come
        at = Location(path, getattr(parser, "line", 0) + 1, getattr(parser, "column", 0) + 1)
    return Finding(at, "error", "syntax", message, hint)
