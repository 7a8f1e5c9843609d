"""Read the YAML of collections of decisions and of meetings; all generations as the newest one.

The older generations are brought to the keys of the newest (`texts.py`). Each value keeps its
place for findings until the shape is checked; what comes out is plain texts, lists and mappings.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location
from grcm_cli.domain.periods import parse_day
from grcm_cli.edoxen.format import Tree
from grcm_cli.imports.edoxen.texts import collection_of, decision_of, meeting_of
from grcm_cli.language.text import _
from grcm_cli.reader.events import Mapping as MappingNode
from grcm_cli.reader.events import Node, Scalar, read_tree

LARGEST = 20_000_000
"""Bytes of a file: more than any collection has, and what a machine reads in seconds."""
_REGISTERS = ("bodies", "contacts", "venues", "meeting_refs", "name")


class PlacedKeys(NamedTuple):
    """A decision or a meeting: its keys as the newest generation has them, and its place."""

    keys: Mapping[str, Any]
    at: Location


class CollectionText(NamedTuple):
    """A collection of decisions."""

    at: Location
    metadata: Mapping[str, Any]
    decisions: Sequence[PlacedKeys]


class Pair(NamedTuple):
    """A collection with its meeting; one of the two may not be there."""

    collection: CollectionText | None
    meeting: PlacedKeys | None

    @property
    def at(self) -> Location:
        """The place of the collection, else of the meeting."""
        present = self.collection or self.meeting
        assert present is not None  # noqa: S101 - one of the two is there
        return present.at

    @property
    def decisions(self) -> Sequence[PlacedKeys]:
        """The decisions of the collection."""
        return self.collection.decisions if self.collection else ()


class Documents:
    """What is read of files, one after another."""

    def __init__(self) -> None:
        self.collections: list[CollectionText] = []
        self.meetings: list[PlacedKeys] = []
        self.bodies: list[Mapping[str, Any]] = []
        self.findings: list[Finding] = []
        self.notes: dict[str, dict[str, None]] = {}
        """What is to be said of each file, by its path."""
        self.empties: list[Location] = []
        """The places of keys without a value."""

    def read(self, path: str, data: bytes) -> None:
        """Read a file; what is wrong in it is added to the findings."""
        start = Location(path, 1, 1, 0)
        before = len(self.findings)
        if len(data) > LARGEST:
            message = _("the file has more than {count} bytes, as no collection has")
            self._problem(start, "unreadable-file", message.format(count=f"{LARGEST:,}"))
            return
        root = read_tree(path, data, self.findings)
        if root is not None:
            self._read_root(path, root)
        elif len(self.findings) == before:
            self._problem(start, "missing-key", _("the file is empty"))

    def _read_root(self, path: str, root: Node) -> None:
        """Read what a file holds, by the keys at its top."""
        keys = _keys(root)
        read: Sequence[str] = tuple(keys)
        if "decisions" in keys and not ({"identifier", "type"} <= keys.keys()):
            read = self._collection(root, keys, "decisions")
        elif "resolutions" in keys:
            read = self._collection(root, keys, "resolutions")
        elif "meetings" in keys:
            read = ("meetings",)
            for node in self._items(keys["meetings"], "meetings"):
                self._meeting(node)
        elif "identifier" in keys and "meeting_refs" not in keys and "recurrence" not in keys:
            self._meeting(root)
        elif "bodies" in keys:
            read = ("bodies",)
            bodies = [self.plain(item) for item in self._items(keys["bodies"], "bodies")]
            self.bodies += [body for body in bodies if isinstance(body, dict)]
        elif not keys.keys().isdisjoint(_REGISTERS):
            self._note(path, _("a register or a series of meetings: not imported"))
        else:
            message = _("this is no collection of decisions or meetings in the Edoxen format")
            hint = _("at the top stands `decisions:`, `resolutions:`, `meetings:` or `identifier:`")
            self._problem(_start(root), "wrong-type", message, hint)
        if others := [name for name in keys if name not in read]:
            self._note(path, _("not imported: {keys}").format(keys=", ".join(others)))

    def pairs(self) -> Iterator[Pair]:
        """Yield each collection with the meeting that it is of, then the meetings without one.

        The meeting has the URN that the collection names, or lists its decisions, or begins on its
        day and is the only one that does.
        """
        known: dict[tuple[str, Tree], list[PlacedKeys]] = {}
        for meeting in self.meetings:
            span = meeting.keys.get("scheduled_date_range")
            keys = [
                ("urn", meeting.keys.get("urn")),
                ("day", span.get("start") if isinstance(span, dict) else None),
                *(("decision", _number_of(one)) for one in listed(meeting.keys.get("decisions"))),
            ]
            for key in keys:
                if key[1]:
                    known.setdefault(key, []).append(meeting)
        used: set[int] = set()
        for collection in self.collections:
            decision = collection.decisions[0].keys["identifier"] if collection.decisions else ()
            keys = [
                ("urn", collection.metadata.get("meeting_urn")),
                *(("decision", _number_of(one)) for one in decision),
                ("day", collection.metadata.get("date")),
            ]
            by_key = [[m for m in known.get(k, ()) if id(m) not in used] for k in keys if k[1]]
            meeting_of = next((meetings[0] for meetings in by_key if len(meetings) == 1), None)
            used.add(id(meeting_of))
            yield Pair(collection, meeting_of)
        yield from (Pair(None, one) for one in self.meetings if id(one) not in used)

    def _note(self, path: str, sentence: str) -> None:
        self.notes.setdefault(path, {})[sentence] = None

    def _problem(self, at: Location, rule: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(at, "error", rule, message, hint))

    # --- collections and meetings -----------------------------------------------------------

    def _collection(self, root: Node, keys: Mapping[str, Node], name: str) -> Sequence[str]:
        """Read a collection, and return the keys that were read."""
        metadata = keys.get("metadata")
        plain = {key: self.plain(node) for key, node in _keys(metadata).items()}
        self._check_days(metadata)
        decisions = [one for node in self._items(keys[name], name) if (one := self._decision(node))]
        made = CollectionText(_start(root), collection_of(_without_none(plain)), decisions)
        self.collections.append(made)
        return ("metadata", name)

    def _decision(self, node: Node) -> PlacedKeys | None:
        keys = _keys(node)
        if not self._is_mapping(node, _("a decision with its keys")):
            return None
        if "identifier" not in keys:
            self._problem(_start(node), "missing-key", _("the decision has no `identifier`"))
            return None
        self._check_identifier(keys["identifier"])
        self._check_days(node)
        self._check_parts(keys, ("considerations", "actions", "approvals", "localizations"))
        self._check_texts(keys, ("title", "subject", "message", "considering"))
        return PlacedKeys(decision_of(self.plain(node)), _start(node))

    def _meeting(self, node: Node) -> None:
        if not self._is_mapping(node, _("a meeting with its keys")):
            return
        keys = _keys(node)
        if "identifier" not in keys:
            self._problem(_start(node), "missing-key", _("the meeting has no `identifier`"))
            return
        self._check_identifier(keys["identifier"])
        self._check_texts(keys, ("title", "general_area"))
        self._check_days(node)
        self.meetings.append(PlacedKeys(meeting_of(self.plain(node)), _start(node)))

    # --- checks -----------------------------------------------------------------------------

    def _is_mapping(self, node: Node, expected: str) -> bool:
        if isinstance(node, MappingNode):
            return True
        found = _("a single value") if isinstance(node, Scalar) else _("a list")
        message = _("{expected} belongs here, not {found}")
        self._problem(_start(node), "wrong-type", message.format(expected=expected, found=found))
        return False

    def _items(self, node: Node, name: str) -> Sequence[Node]:
        if isinstance(node, Scalar) and node.is_null:
            return ()
        if isinstance(node, Scalar | MappingNode):
            message = _("below `{key}` belongs a list").format(key=name)
            self._problem(_start(node), "wrong-type", message)
            return ()
        return node.items

    def _check_parts(self, keys: Mapping[str, Node], names: Sequence[str]) -> None:
        """Check the parts of a decision, and those of its localizations."""
        for name in names:
            for part in self._items(keys[name], name) if name in keys else ():
                if not self._is_mapping(part, _("keys with values, as `type: requests`")):
                    continue
                part_keys = _keys(part)
                self._check_texts(part_keys, ("message",))
                if name == "localizations":
                    if "language_code" not in part_keys:
                        message = _("the localization has no `language_code`")
                        self._problem(_start(part), "missing-key", message)
                    self._check_parts(part_keys, ("considerations", "actions"))

    def _check_identifier(self, node: Node) -> None:
        if isinstance(node, Scalar):
            if node.is_null or not node.text.strip():
                message = _("'{key}' has no value").format(key="identifier")
                self._problem(node.at, "null-value", message)
            return
        items = [node] if isinstance(node, MappingNode) else node.items
        for item in items:
            if not isinstance(_keys(item).get("number"), Scalar):
                message = _("an identifier has a `prefix` and a `number`")
                self._problem(_start(item), "missing-key", message)
        if not items:
            self._problem(_start(node), "null-value", _("the list is empty"))

    def _check_texts(self, keys: Mapping[str, Node], names: Sequence[str]) -> None:
        """Check that texts are texts, or lists of a text with its spelling."""
        message = _("a text belongs here, or a list of `spelling` and `value`")
        for name in names:
            node = keys.get(name)
            if node is None or isinstance(node, Scalar):
                continue
            if isinstance(node, MappingNode):
                self._problem(_start(node), "wrong-type", message)
                continue
            for item in node.items:
                value = _keys(item).get("value")
                if not isinstance(value, Scalar) or "spelling" not in _keys(item):
                    self._problem(_start(item), "wrong-type", message)

    def _check_days(self, node: Node | None) -> None:
        """Check the days below the keys that hold one."""
        for name, value in _keys(node).items():
            if name in ("date", "start", "end") and isinstance(value, Scalar):
                if not value.is_null and parse_day(value.text.partition("T")[0]) is None:
                    message = _("'{text}' is not written as a day").format(text=value.text)
                    self._problem(value.at, "wrong-date", message, _("write it as 2003-01-15"))
            elif isinstance(value, MappingNode):
                self._check_days(value)
            elif not isinstance(value, Scalar):
                for item in value.items:
                    self._check_days(item)

    # --- values -----------------------------------------------------------------------------

    def plain(self, node: Node) -> Tree:
        """Return a node as texts, lists and mappings; what has no value is left out, and noted."""
        if isinstance(node, Scalar):
            if node.is_null or not node.text.strip():
                self.empties.append(node.at)
                return None
            return node.text
        if isinstance(node, MappingNode):
            return _without_none({key.text: self.plain(value) for key, value in node.items})
        return [value for item in node.items if (value := self.plain(item)) is not None]


def listed(tree: Tree) -> list[Tree]:
    """Return a list; an empty one for what is none."""
    return tree if isinstance(tree, list) else []


def _number_of(identifier: Tree) -> tuple[str, str] | None:
    if not isinstance(identifier, dict):
        return None
    return str(identifier.get("prefix", "")), str(identifier.get("number", ""))


def _start(node: Node) -> Location:
    """Return the place of the first character of a node."""
    return node.at._replace(width=1)


def _keys(node: Node | None) -> dict[str, Node]:
    return {key.text: value for key, value in node.items} if isinstance(node, MappingNode) else {}


def _without_none(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    return {key: value for key, value in tree.items() if value not in (None, [], {})}
