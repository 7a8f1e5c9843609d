"""Read the YAML of collections of decisions and of meetings; all generations as the newest one.

The older generations are brought to the keys of the newest (`normal.py`). Each value keeps its
place for findings until the shape is checked; what comes out is plain texts, lists and mappings.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from grcm_cli.domain.deadlines import parse_day
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location
from grcm_cli.imports.edoxen.normal import Notes, Tree, collection_of, decision_of, meeting_of
from grcm_cli.language.text import _
from grcm_cli.reader.events import Mapping as MappingNode
from grcm_cli.reader.events import Node, Scalar, read_tree

LARGEST = 20_000_000
"""Bytes of a file: more than any collection has, and what a machine reads in seconds."""
_REGISTERS = ("bodies", "contacts", "venues")


class DecisionText(NamedTuple):
    """A decision: its keys as the newest generation has them, and where it stands."""

    keys: Mapping[str, Any]
    at: Location


class CollectionText(NamedTuple):
    """A collection of decisions."""

    file: str
    at: Location
    metadata: Mapping[str, Any]
    decisions: Sequence[DecisionText]


class MeetingText(NamedTuple):
    """A meeting of which the format tells more than its decisions."""

    file: str
    at: Location
    keys: Mapping[str, Any]


class BodyText(NamedTuple):
    """A body of a register of bodies: the names by which it is known."""

    code: str
    names: Mapping[str, str]


class Documents:
    """What is read of files, one after another."""

    def __init__(self) -> None:
        self.collections: list[CollectionText] = []
        self.meetings: list[MeetingText] = []
        self.bodies: list[Mapping[str, Any]] = []
        self.findings: list[Finding] = []
        self.notes = Notes()
        """What was not taken over as it stands."""

    def read(self, path: str, data: bytes) -> None:
        """Read a file; what is wrong in it is added to the findings."""
        before = len(self.findings)
        if len(data) > LARGEST:
            message = _("the file has more than {count} bytes, as no collection has")
            text = message.format(count=f"{LARGEST:,}")
            self.findings.append(Finding(Location(path, 1, 1, 0), "error", "unreadable-file", text))
            return
        root = read_tree(path, data, self.findings)
        if root is None:
            if len(self.findings) == before:
                at = Location(path, 1, 1, 0)
                self.findings.append(Finding(at, "error", "missing-key", _("the file is empty")))
            return
        _FileReader(self, path).read(root)


class _FileReader:
    """Reads the nodes of one file."""

    def __init__(self, documents: Documents, path: str) -> None:
        self.documents, self.path = documents, path
        self.notes = documents.notes

    def problem(self, at: Location, rule: str, message: str, hint: str = "") -> None:
        """Add an error."""
        self.documents.findings.append(Finding(at, "error", rule, message, hint))

    def read(self, root: Node) -> None:
        """Read what a file holds, by the keys at its top."""
        keys = _keys(root)
        if "decisions" in keys and not ({"identifier", "type"} <= keys.keys()):
            self._collection(root, keys, "decisions")
        elif "resolutions" in keys:
            self._collection(root, keys, "resolutions")
        elif "meetings" in keys:
            for node in self._items(keys["meetings"], "meetings"):
                self._meeting(node)
            self._leave(keys, ("meetings",))
        elif "identifier" in keys and "meeting_refs" not in keys and "recurrence" not in keys:
            self._meeting(root)
        elif "bodies" in keys:
            self.documents.bodies += [
                one for one in self._plain_list(keys["bodies"]) if isinstance(one, dict)
            ]
            self._leave(keys, ("bodies",))
        elif not keys.keys().isdisjoint((*_REGISTERS, "meeting_refs", "name")):
            self.notes.file(self.path, _("a register or a series of meetings: not imported"))
        else:
            message = _("this is no collection of decisions or meetings in the Edoxen format")
            hint = _("at the top stands `decisions:`, `resolutions:`, `meetings:` or `identifier:`")
            self.problem(root.at._replace(width=1), "wrong-type", message, hint)

    def _leave(self, keys: Mapping[str, Node], read: Sequence[str]) -> None:
        others = [name for name in keys if name not in read]
        if others:
            message = _("not imported: {keys}").format(keys=", ".join(others))
            self.notes.file(self.path, message)

    def _collection(self, root: Node, keys: Mapping[str, Node], name: str) -> None:
        metadata = _keys(keys["metadata"]) if "metadata" in keys else {}
        self._check_days(keys.get("metadata"))
        plain = {key: self.plain(node) for key, node in metadata.items()}
        self._leave(keys, ("metadata", name))
        decisions = [one for node in self._items(keys[name], name) if (one := self._decision(node))]
        self.documents.collections.append(
            CollectionText(
                self.path, root.at._replace(width=1), collection_of(_without_none(plain)), decisions
            )
        )

    def _decision(self, node: Node) -> DecisionText | None:
        keys = _keys(node)
        if not self._is_mapping(node, _("a decision with its keys")):
            return None
        if "identifier" not in keys:
            at = node.at._replace(width=1)
            self.problem(at, "missing-key", _("the decision has no `identifier`"))
            return None
        self._check_identifier(keys["identifier"])
        self._check_days(node)
        for name in ("considerations", "actions", "approvals", "localizations"):
            for part in self._items(keys[name], name) if name in keys else ():
                if self._is_mapping(part, _("keys with values, as `type: requests`")):
                    self._check_texts(_keys(part), ("message",))
                    if name == "localizations":
                        self._check_localization(part)
        self._check_texts(keys, ("title", "subject", "message", "considering"))
        plain = self.plain(node)
        return DecisionText(decision_of(plain), node.at._replace(width=1))

    def _check_localization(self, node: Node) -> None:
        keys = _keys(node)
        if "language_code" not in keys:
            at = node.at._replace(width=1)
            self.problem(at, "missing-key", _("the localization has no `language_code`"))
        for name in ("considerations", "actions"):
            for part in self._items(keys[name], name) if name in keys else ():
                if self._is_mapping(part, _("keys with values, as `type: requests`")):
                    self._check_texts(_keys(part), ("message",))

    def _meeting(self, node: Node) -> None:
        if not self._is_mapping(node, _("a meeting with its keys")):
            return
        keys = _keys(node)
        if "identifier" not in keys:
            at = node.at._replace(width=1)
            self.problem(at, "missing-key", _("the meeting has no `identifier`"))
            return
        self._check_identifier(keys["identifier"])
        self._check_texts(keys, ("title", "general_area"))
        self._check_days(node)
        at = node.at._replace(width=1)
        made = MeetingText(self.path, at, meeting_of(self.plain(node)))
        self.documents.meetings.append(made)

    # --- checks -----------------------------------------------------------------------------

    def _is_mapping(self, node: Node, expected: str) -> bool:
        if isinstance(node, MappingNode):
            return True
        found = _("a single value") if isinstance(node, Scalar) else _("a list")
        message = _("{expected} belongs here, not {found}")
        at = node.at._replace(width=1)
        self.problem(at, "wrong-type", message.format(expected=expected, found=found))
        return False

    def _items(self, node: Node, name: str) -> Sequence[Node]:
        if isinstance(node, Scalar) and node.is_null:
            return ()
        if isinstance(node, Scalar | MappingNode):
            message = _("below `{key}` belongs a list").format(key=name)
            self.problem(node.at._replace(width=1), "wrong-type", message)
            return ()
        return node.items

    def _plain_list(self, node: Node) -> list[Tree]:
        return [self.plain(item) for item in self._items(node, "bodies")]

    def _check_identifier(self, node: Node) -> None:
        if isinstance(node, Scalar):
            if node.is_null or not node.text.strip():
                self.problem(
                    node.at, "null-value", _("'{key}' has no value").format(key="identifier")
                )
            return
        items = [node] if isinstance(node, MappingNode) else node.items
        for item in items:
            if not isinstance(_keys(item).get("number"), Scalar):
                message = _("an identifier has a `prefix` and a `number`")
                self.problem(item.at._replace(width=1), "missing-key", message)
        if not items:
            at = node.at._replace(width=1)
            self.problem(at, "null-value", _("the list is empty"))

    def _check_texts(self, keys: Mapping[str, Node], names: Sequence[str]) -> None:
        """Check that texts are texts, or lists of a text with its spelling."""
        message = _("a text belongs here, or a list of `spelling` and `value`")
        for name in names:
            node = keys.get(name)
            if node is None or isinstance(node, Scalar):
                continue
            if isinstance(node, MappingNode):
                self.problem(node.at._replace(width=1), "wrong-type", message)
                continue
            for item in node.items:
                value = _keys(item).get("value")
                if not isinstance(value, Scalar) or "spelling" not in _keys(item):
                    self.problem(item.at._replace(width=1), "wrong-type", message)

    def _check_days(self, node: Node | None) -> None:
        """Check the days below the keys that hold one."""
        for name, value in _keys(node).items() if isinstance(node, MappingNode) else ():
            if name in ("date", "start", "end") and isinstance(value, Scalar):
                if not value.is_null and parse_day(value.text.partition("T")[0]) is None:
                    message = _("'{text}' is not written as a day").format(text=value.text)
                    self.problem(value.at, "wrong-date", message, _("write it as 2003-01-15"))
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
                self.notes.empty(node.at)
                return None
            return node.text
        if isinstance(node, MappingNode):
            return _without_none({key.text: self.plain(value) for key, value in node.items})
        return [value for item in node.items if (value := self.plain(item)) is not None]


def _keys(node: Node) -> dict[str, Node]:
    return {key.text: value for key, value in node.items} if isinstance(node, MappingNode) else {}


def _without_none(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    return {key: value for key, value in tree.items() if value not in (None, [], {})}
