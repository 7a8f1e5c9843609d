"""YAML parse events of a file: which parser gives them, and what is wrong with them as YAML.

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
from typing import Any, NamedTuple, Self, TypeVar

import yaml
from yaml import AliasEvent, MappingEndEvent, ScalarEvent, SequenceStartEvent

from grcm_cli.domain.findings import UNREADABLE, Finding
from grcm_cli.domain.model import Location
from grcm_cli.language.text import N_, _, clean
from grcm_cli.reader.fields import ALL_KEYS
from grcm_cli.reader.source import escaped, is_doubtful, place, read_text

DEEPEST = 32
"""Nesting that no record needs and that a hostile file may use."""
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
_COUNTED = "mandates"
"""The list whose items references count, as in `8#2`: new ones come at its end."""
_LONGEST_NAME = 60  # characters of a text that names an item

_Value = TypeVar("_Value")
Event = Any  # libyaml's and PyYAML's parsers and events: other classes, the same attributes
Keys = dict[str, Event]
"""The events of the keys of a mapping."""
_LIBYAML = getattr(yaml, "cyaml", None)
# Half the time of Location(…), of which a folder has the most.
_location: Callable[[type[Location], Any], Location] = tuple.__new__


# --- trees ----------------------------------------------------------------------------------


class Scalar(NamedTuple):
    """A text with its place."""

    text: str
    at: Location
    is_broken: bool = False
    """There is a finding for it. The text of an alias is empty: it is not known."""
    is_null: bool = False
    """It is a value that YAML takes for none."""


class Sequence(NamedTuple):
    """A list of nodes."""

    at: Location
    items: "list[Node]"


class Mapping(NamedTuple):
    """Keys with their values, in the order of the file."""

    at: Location
    items: "list[tuple[Scalar, Node]]"


Node = Scalar | Sequence | Mapping


def read_tree(path: str, data: bytes, findings: list[Finding]) -> Node | None:
    """Return the nodes of a file's only document; None if it is empty or cannot be read.

    Findings are added for what is wrong in the text or as YAML.
    """
    return read(path, data, findings, Events, Events.node)


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


# --- events ---------------------------------------------------------------------------------


class StopError(Exception):
    """The rest of the file is not read; there is a finding for it."""


class ParsersDifferError(Exception):
    """The two parsers may differ here; PyYAML's own has to decide."""


class Events:
    """The parse events of one file. A method that takes an event reads all of its node."""

    def __init__(self, path: str, text: str, parser: Event) -> None:
        self.path, self.source = path, text
        self.following: Callable[[], Event] = parser.get_event
        self.decides = isinstance(parser, _PureParser) or len(text) > LONGEST
        """Whether the other parser is not asked where the two may differ."""
        self.has_escapes = "\\" in text
        self.findings: list[Finding] = []
        """What is wrong as YAML. It holds if the rest of the file cannot be read, too."""
        self.problems: list[Finding] = []
        """What is wrong with the values. It holds if the whole file is read."""
        self.flow = 0  # how many [ and { are open
        self.depth = 0
        self.is_broken = False
        """Whether there is a finding for a key of the mapping that was read last."""

    def document(self, read_root: Callable[[Self, Event], _Value]) -> _Value | None:
        """Return what `read_root` makes of the first document; None if it is empty."""
        value, is_first = None, True
        while (event := self.following()).__class__ is not yaml.StreamEndEvent:
            if event.__class__ is not yaml.DocumentStartEvent:
                continue
            root = self.following()
            if not is_first:
                message = _("a second YAML document begins here; it is not read")
                self.find(event, "yaml-feature", message, _("a file holds only one document"))
                self.node(root)
            elif not self.is_null(root):
                value = read_root(self, root)
            is_first = False
        return value

    def place(self, event: Event) -> Location:
        """Return the place of an event; of what ends on another line, the width is 1."""
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        width = end.column - column if end.line == line else 1
        return _location(Location, (self.path, line + 1, column + 1, width or 1))

    def find(self, event: Event, rule: str, message: str, hint: str = "") -> None:
        """Add a finding about YAML."""
        self.findings.append(Finding(self.place(event), "error", rule, message, hint))

    # --- collections ------------------------------------------------------------------------

    def node(self, event: Event) -> Node:
        """Return the node that begins with an event, as it is written."""
        kind = event.__class__
        if kind is ScalarEvent or kind is AliasEvent:
            text, is_broken = self.text_of(event)
            return Scalar(text, self.place(event), is_broken, self.is_null(event))
        if self.depth > DEEPEST:
            self.leave_to_pure()  # it may find something before it comes here
            message = _("nested more than {depth} levels deep").format(depth=DEEPEST)
            self.find(event, "yaml-feature", message)
            raise StopError
        if kind is SequenceStartEvent:
            return Sequence(self.place(event), [self.node(item) for item in self.items(event)])
        pairs = [(Scalar(n, self.place(k)), self.node(v)) for n, k, v in self.pairs(event)]
        return Mapping(self.place(event), pairs)

    def items(self, start: Event) -> Iterator[Event]:
        """Yield the event with which each item of a list begins; each is to be read at once."""
        self.open(start)
        while (event := self.following()).__class__ is not yaml.SequenceEndEvent:
            yield event
        self.close(start)

    def pairs(self, start: Event) -> Iterator[tuple[str, Event, Event]]:
        """Yield name and event of each key, and the event of its value, to be read at once.

        Keys that are no words or repeated are left out, with a finding.
        """
        is_broken = self.open(start)
        keys: Keys = {}
        while (key := self.following()).__class__ is not MappingEndEvent:
            name, _is_broken = self.careful_key(key, keys) or (None, True)
            if name is None:
                is_broken = True
            else:
                keys.setdefault(name, key)
                yield name, key, self.following()
        self.close(start)
        self.is_broken = is_broken

    def open(self, start: Event) -> bool:
        """Enter a list or a mapping; return whether it has an anchor or a tag."""
        self.depth += 1
        if start.flow_style:
            self.flow += 1
        return (start.anchor is not None or start.tag is not None) and self._has_features(start)

    def close(self, start: Event) -> None:
        """Leave a list or a mapping."""
        self.depth -= 1
        if start.flow_style:
            self.flow -= 1

    def careful_key(self, key: Event, keys: Keys) -> tuple[str, bool] | None:
        """Return a key's name, and whether there is a finding for it.

        None if its value must not be read: the key is no word, or one of `keys` already. The value
        has been passed over then.
        """
        if key.__class__ is not ScalarEvent and key.__class__ is not AliasEvent:
            at = self.node(key).at
            self.node(self.following())
            message = _("a key must be a word")
            hint = _("put text that contains [ ] or { } in quotes")
            self.findings.append(Finding(at, "error", "wrong-type", message, hint))
            return None
        name, is_broken = self.text_of(key)
        if name in keys and not is_broken:
            self.node(self.following())
            message = _("the key '{key}' is written twice").format(key=name)
            hint = _("the first is on line {line}").format(line=keys[name].start_mark.line + 1)
            self.find(key, "repeated-key", message, hint)
            return None
        return name, is_broken

    # --- scalars ----------------------------------------------------------------------------

    def is_null(self, event: Event) -> bool:
        """Tell whether an event is a value that YAML takes for none, and nothing but that."""
        if event.__class__ is not ScalarEvent or event.style or event.value not in NULLS:
            return False
        if not event.value:
            self.leave_to_pure()  # where nothing is written, the parsers give different places
        return event.anchor is None and event.tag is None

    def text_of(self, event: Event) -> tuple[str, bool]:
        """Return the text of a scalar or an alias, and whether there is a finding for it."""
        if event.__class__ is AliasEvent:
            self._alias(event, f"*{event.anchor}")
            return "", True
        is_broken = self._has_features(event)
        text: str = event.value
        if event.style == '"':
            start, end = event.start_mark.index, event.end_mark.index
            if "\\" in self.source[start:end]:
                self.findings += escaped(self.source, start, end, self.place(event))
                # An escape may stand for no character.
                is_broken = is_broken or any("\ud800" <= one <= "\udfff" for one in text)
        elif not event.style and (not text or (self.flow and "?" in text)):
            self.leave_to_pure()  # libyaml takes a ? inside [ ] and { }, PyYAML does not
        return text, is_broken

    def leave_to_pure(self) -> None:
        """Raise ParsersDifferError if PyYAML's own parser is to decide, and is not the one here."""
        if not self.decides:
            raise ParsersDifferError

    def _has_features(self, event: Event) -> bool:
        """Add a finding for an anchor and for a tag; return whether there is one."""
        if event.anchor is None and event.tag is None:
            return False
        self.leave_to_pure()  # the parsers end a tag in different places
        if event.anchor is not None:
            self._alias(event, f"&{event.anchor}")
        if event.tag is not None:
            message, hint = _("a YAML tag is in the file"), _("delete the word that begins with !")
            self.find(event, "yaml-feature", message, hint)
        return True

    def _alias(self, event: Event, written: str) -> None:
        message = _("'{word}' is a YAML anchor or alias").format(word=written)
        hint = _("write the value out; text that begins with & or * goes in quotes")
        self.find(event, "yaml-feature", message, hint)


# --- parsers --------------------------------------------------------------------------------

_Events = TypeVar("_Events", bound=Events)


def read(
    path: str,
    data: bytes,
    findings: list[Finding],
    events: type[_Events],
    read_root: Callable[[_Events, Event], _Value],
) -> _Value | None:
    """Return what `read_root` makes of a file's only document.

    It is None if the document is empty or cannot be read. Findings are added for what is wrong.
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
    value, found, is_certain = _attempt(path, text, parsers[0], events, read_root)
    if not is_certain and len(parsers) > 1:
        value, found, _is_certain = _attempt(path, text, parsers[1], events, read_root)
    findings += found
    return value


def _attempt(
    path: str,
    text: str,
    parser_of: Callable[[], Event],
    events: type[_Events],
    read_root: Callable[[_Events, Event], _Value],
) -> tuple[_Value | None, list[Finding], bool]:
    """Return what a parser reads, the findings, and whether they hold for the other parser too."""
    parser = file = None
    try:
        parser = parser_of()
        file = events(path, text, parser)
        value = file.document(read_root)
    except (StopError, ParsersDifferError) as stop:
        return None, file.findings if file else [], isinstance(stop, StopError)
    # A number that is no character, or too long: PyYAML raises Python's own errors for these.
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        finding = _syntax_error(error, path, text, parser)
        return None, [*(file.findings if file else ()), finding], False
    return value, file.findings + file.problems, True


class _PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own parser: the same events, many times slower."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


# --- what a syntax error means --------------------------------------------------------------

_IN_QUOTES = N_("put the whole text in quotes, or begin it with >- on the line before")
# What the parser's messages have, what that means to somebody who wrote a text, and what to write.
_MEANINGS = {
    "mapping values are not allowed here": (
        N_("a colon followed by a space is inside a text"),
        _IN_QUOTES,
    ),
    r"found character '\\t'": (
        N_("a tab is used where YAML needs spaces"),
        N_("replace it with spaces"),
    ),
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
        N_("delete it, or the line with ... before it"),
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
_HYPHEN = re.compile(r" *-(?=[a-z]+:)")
_KEY_LINE = re.compile(r"(?P<indent> *(?:- +)*)(?P<key>[a-z]+)(?P<colon>:?)(?: +(?P<value>\S.*))?")


def _wrong_key(path: str, text: str, stop: int, stop_column: int) -> Finding | None:
    """Return what is wrong where a key without its colon, or out of its column, is the mistake.

    `stop` and `stop_column` are where the parser stopped, from 0: the mistake is on that line, or
    on the one above.
    """
    lines = text.split("\n")
    hyphen = _HYPHEN.match(lines[stop - 1]) if stop else None
    if hyphen:
        at = Location(path, stop, hyphen.end(), 1)
        message = _("a space is missing after the hyphen")
        hint = _("write {words}").format(words=f"`- {clean(lines[stop - 1].strip()[1:])}`")
        return Finding(at, "error", "syntax", message, hint)
    above = [match for line in lines[max(0, stop - 20) : stop] if (match := _KEY_LINE.match(line))]
    here = _KEY_LINE.fullmatch(lines[stop].rstrip())
    keys = [match for match in above if match["key"] in ALL_KEYS]
    if here is None or not here["colon"] or here["key"] not in ALL_KEYS or not keys:
        return None
    if stop_column not in (here.end("indent"), here.end("key")):
        return None  # a later colon on that line
    column, last = here.end("indent") + 1, keys[-1]
    if column != last.end("indent") + 1:
        at = Location(path, stop + 1, column, len(here["key"]))
        message = _("`{key}` is not in the same column as `{above}`, the key above it")
        message = message.format(key=here["key"], above=last["key"])
        hint = _("begin it in column {column}").format(column=last.end("indent") + 1)
        return Finding(at, "error", "syntax", message, hint)
    if last is above[-1] and not last["colon"]:
        at = Location(path, stop, column, len(last["key"]))
        message = _("`{key}` has no colon").format(key=last["key"])
        words = f"`{last['key']}: {clean(last['value'] or '…')}`"
        return Finding(at, "error", "syntax", message, _("write {words}").format(words=words))
    return None


def _syntax_error(error: Exception, path: str, text: str, parser: Event) -> Finding:
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    meanings = (said for pattern, said in _MEANINGS.items() if re.search(pattern, problem))
    message, hint = next(meanings, _OTHER)
    begun, shown = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    if shown and re.search(_MISPLACED, problem):
        finding = _wrong_key(path, text, shown.line, shown.column)
        if finding:
            return finding
    mark = (begun or shown) if re.search(_UNFINISHED, problem) else (shown or begun)
    index = getattr(error, "position", None)
    if mark is not None:
        at = Location(path, mark.line + 1, mark.column + 1)
    elif index is not None:
        at = place(path, text, index)
    else:  # how far it had come
        at = Location(path, getattr(parser, "line", 0) + 1, getattr(parser, "column", 0) + 1)
    return Finding(at, "error", "syntax", _(message), _(hint))
