"""Read the YAML of collections of decisions and of meetings; all generations as the newest one.

Each value keeps its place until its shape is checked; plain texts, lists and mappings come out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location
from grcm_cli.domain.periods import parse_day
from grcm_cli.edoxen.format import PART_DATES, Tree
from grcm_cli.edoxen.reading import PARTS, kept_attributes, keys_of, mappings, newest
from grcm_cli.imports.findings import Doubts
from grcm_cli.language.text import _
from grcm_cli.reader.events import Mapping as MappingNode
from grcm_cli.reader.events import Node, Scalar, read_tree

LARGEST = 20_000_000
"""Bytes of a file: more than any collection has, and what a machine reads in seconds."""
_REGISTERS = ("bodies", "contacts", "venues", "meeting_refs", "name")
_Listed = Literal["decision", "meeting"]
_DAYS = ("date", "start", "end")
_PARTS = {"decision": (*PART_DATES, "localizations"), "localizations": PARTS}
"""The lists of parts, by what has them."""
_TEXTS = {
    "decision": ("title", "subject", "message", "considering"),
    "meeting": ("title", "general_area"),
    **dict.fromkeys(_PARTS["decision"], ("message",)),
}


class PlacedKeys(NamedTuple):
    """A collection, a decision or a meeting: its keys as the newest generation has them."""

    keys: Mapping[str, Any]
    kept: Mapping[str, Any]
    """What an export of grcm has written of it."""
    at: Location


class Pair(NamedTuple):
    """A collection with its decisions and its meeting; one of the two may be empty."""

    collection: PlacedKeys | None
    decisions: Sequence[PlacedKeys]
    meeting: PlacedKeys | None

    @property
    def at(self) -> Location:
        """The place of the collection, else of the meeting."""
        present = self.collection or self.meeting
        assert present is not None  # noqa: S101 - one of the two is there
        return present.at


class Documents:
    """What is read of files, one after another."""

    def __init__(self) -> None:
        self.collections: list[tuple[PlacedKeys, Sequence[PlacedKeys]]] = []
        """Collections with their decisions."""
        self.meetings: list[PlacedKeys] = []
        self.bodies: list[Mapping[str, Any]] = []
        self.findings: list[Finding] = []
        self.doubts: Doubts[Location] = Doubts()

    def read(self, path: str, data: bytes) -> None:
        """Read a file; what is wrong in it is added to the findings."""
        start = Location(path, 1, 1, 0)
        before = len(self.findings)
        if len(data) > LARGEST:
            message = _("the file has more than {count} bytes: no collection is that large")
            self._problem(start, "unreadable-file", message.format(count=f"{LARGEST:,}"))
            return
        root = read_tree(path, data, self.findings)
        if root is None:
            if len(self.findings) == before:
                self._problem(start, "missing-key", _("the file is empty"))
            return
        keys = _keys(root)
        read: Sequence[str] = tuple(keys)
        has_identity = {"identifier", "type"} <= keys.keys()
        names = ("resolutions",) if has_identity else ("decisions", "resolutions")
        if name := next((key for key in names if key in keys), ""):
            read = ("metadata", name)
            collection = self._placed(keys.get("metadata", MappingNode(root.at, [])), "collection")
            decisions = self._items_of(keys[name], name, "decision")
            self.collections.append((collection._replace(at=_start(root)), decisions))
        elif "meetings" in keys:
            read = ("meetings",)
            self.meetings += self._items_of(keys["meetings"], "meetings", "meeting")
        elif "identifier" in keys and keys.keys().isdisjoint(("meeting_refs", "recurrence")):
            self.meetings += self._item(root, "meeting")
        elif "bodies" in keys:
            read = ("bodies",)
            self.bodies += mappings(list(map(self.plain, self._items(keys["bodies"], "bodies"))))
        elif not keys.keys().isdisjoint(_REGISTERS):
            message = _("a register or a series of meetings: not imported")
            self.doubts.add(start, "", message, is_notice=True)
        else:
            message = _("this is not a collection of decisions or meetings in the Edoxen format")
            hint = _(
                "at the top there must be `decisions:`, `resolutions:`, `meetings:` or "
                "`identifier:`"
            )
            self._problem(_start(root), "wrong-type", message, hint)
        if others := ", ".join(name for name in keys if name not in read):
            self.doubts.add(start, "", _("not imported: {keys}"), keys=others, is_notice=True)

    def pairs(self) -> Iterator[Pair]:
        """Yield each collection with the meeting that it is of, then the meetings without one.

        The meeting has the URN that the collection names, or lists its decisions, or begins on its
        day and is the only one that does.
        """
        known: dict[tuple[str, Tree], list[PlacedKeys]] = {}
        for meeting in self.meetings:
            start = keys_of(meeting.keys.get("scheduled_date_range")).get("start")
            numbers = _numbers(meeting.keys.get("decisions"))
            for key in (("urn", meeting.keys.get("urn")), ("day", start), *numbers):
                if isinstance(key[1], str | tuple):
                    known.setdefault(key, []).append(meeting)
        used: set[int] = set()
        for collection, decisions in self.collections:
            numbers = _numbers(decisions[0].keys["identifier"]) if decisions else []
            urn, day = (collection.keys.get(name) for name in ("meeting_urn", "date"))
            by_key = [
                [meeting for meeting in known.get(key, ()) if id(meeting) not in used]
                for key in (("urn", urn), *numbers, ("day", day))
                if isinstance(key[1], str | tuple)
            ]
            meeting_of = next((meetings[0] for meetings in by_key if len(meetings) == 1), None)
            used.add(id(meeting_of))
            yield Pair(collection, decisions, meeting_of)
        yield from (Pair(None, (), one) for one in self.meetings if id(one) not in used)

    def _items_of(self, node: Node, name: str, kind: _Listed) -> list[PlacedKeys]:
        return [placed for item in self._items(node, name) for placed in self._item(item, kind)]

    def _item(self, node: Node, kind: _Listed) -> Iterator[PlacedKeys]:
        expected, message = _("a decision with its keys"), _("the decision has no `identifier`")
        if kind == "meeting":
            expected, message = _("a meeting with its keys"), _("the meeting has no `identifier`")
        if self._is_mapping(node, expected):
            if "identifier" in _keys(node):
                yield self._placed(node, kind)
            else:
                self._problem(_start(node), "missing-key", message)

    def _placed(self, node: Node, kind: Literal["decision", "collection", "meeting"]) -> PlacedKeys:
        tree = keys_of(self.plain(node, "" if kind == "collection" else kind))
        return PlacedKeys(newest(tree, kind), kept_attributes(tree), _start(node))

    def _items(self, node: Node, name: str) -> Sequence[Node]:
        if isinstance(node, Scalar) and node.is_null:
            return ()
        if isinstance(node, Scalar | MappingNode):
            message = _("a list belongs under `{key}`").format(key=name)
            self._problem(_start(node), "wrong-type", message)
            return ()
        return node.items

    def plain(self, node: Node, inside: str | None = None) -> Tree:
        """Return a node as texts, lists and mappings; what has no value is left out, and noted.

        `inside` names what has the keys, whose values are checked: a decision, a meeting or a part;
        it is empty where days alone are, and None where nothing is.
        """
        if isinstance(node, Scalar):
            if node.is_null or not node.text.strip():
                what = _("a key without a value: it was left out")
                self.doubts.add(node.at, "", what, is_notice=True)
                return None
            return node.text
        if not isinstance(node, MappingNode):
            values = [self.plain(item, inside) for item in node.items]
            return [value for value in values if value is not None]
        tree: dict[str, Tree] = {}
        for key, value in node.items:
            name, below = key.text, None if inside is None else ""
            if inside is not None:
                self._check_value(name, value, inside)
            if name in _PARTS.get(inside or "", ()):
                below = name
                for part in self._items(value, name):
                    self._is_mapping(part, _("keys with values, such as `type: requests`"))
            tree[name] = self.plain(value, below)
        if inside == "localizations" and "language_code" not in tree:
            self._problem(_start(node), "missing-key", _("the localization has no `language_code`"))
        return {key: value for key, value in tree.items() if value not in (None, [], {})}

    def _problem(self, at: Location, rule: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(at, "error", rule, message, hint))

    def _is_mapping(self, node: Node, expected: str) -> bool:
        if isinstance(node, MappingNode):
            return True
        found = _("a single value") if isinstance(node, Scalar) else _("a list")
        message = _("{expected} belongs here, not {found}")
        self._problem(_start(node), "wrong-type", message.format(expected=expected, found=found))
        return False

    def _check_value(self, name: str, node: Node, inside: str) -> None:
        if name in _DAYS and isinstance(node, Scalar):
            if not node.is_null and parse_day(node.text.partition("T")[0]) is None:
                message = _("'{text}' is not written as a date").format(text=node.text)
                self._problem(node.at, "wrong-date", message, _("write it as 2003-01-15"))
        elif name == "identifier" and inside in ("decision", "meeting"):
            self._check_identifier(node)
        elif name in _TEXTS.get(inside, ()) and not isinstance(node, Scalar):
            for item in [node] if isinstance(node, MappingNode) else node.items:
                keys = {} if item is node else _keys(item)
                if not isinstance(keys.get("value"), Scalar) or "spelling" not in keys:
                    message = _("this must be a text, or a list of `spelling` and `value`")
                    self._problem(_start(item), "wrong-type", message)

    def _check_identifier(self, node: Node) -> None:
        if isinstance(node, Scalar):
            if node.is_null or not node.text.strip():
                message = _("'{key}' has no value").format(key="identifier")
                self._problem(node.at, "null-value", message)
            return
        items = [node] if isinstance(node, MappingNode) else node.items
        for item in items:
            number = _keys(item).get("number")
            if not isinstance(number, Scalar) or not number.text.strip() or number.is_null:
                message = _("an identifier has a `prefix` and a `number`")
                self._problem(_start(item), "missing-key", message)
        if not items:
            self._problem(_start(node), "null-value", _("the list is empty"))


def _numbers(identifiers: Tree) -> list[tuple[str, Tree]]:
    """Return identifiers as keys by which a collection and its meeting find each other."""
    return [
        ("decision", (str(one.get("prefix", "")), str(one.get("number", ""))))
        for one in mappings(identifiers)
    ]


def _start(node: Node) -> Location:
    return node.at._replace(width=1)


def _keys(node: Node) -> dict[str, Node]:
    return {key.text: value for key, value in node.items} if isinstance(node, MappingNode) else {}
