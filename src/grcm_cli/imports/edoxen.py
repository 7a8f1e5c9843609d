"""Collections of decisions and meetings in the Edoxen format → new meetings, of all generations.

Each value keeps its place until its shape is checked; plain texts, lists and mappings come out.
Then it is told which meeting each collection is of: its body, id, days and conclusions.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from grcm_cli.domain.due_forms import MEETING_ID, fault_of_id
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.periods import Days, parse_day
from grcm_cli.domain.register import Register
from grcm_cli.drafting.languages import language_name, language_of, likely_languages
from grcm_cli.drafting.to_yaml import MARKED, confidential_mark
from grcm_cli.edoxen import DECISION, NAME, PART_DATES, SHAPES, Kind, Tree, Trees, reading
from grcm_cli.edoxen.reading import keys_of, listed, mappings
from grcm_cli.imports import NewConclusion, NewMeeting
from grcm_cli.imports.findings import Doubts, body_code, unique_code
from grcm_cli.language.text import _, clean, fold
from grcm_cli.lookups.errors import WrongUse
from grcm_cli.reader.events import Mapping as MappingNode
from grcm_cli.reader.events import Node, Scalar, read_tree
from grcm_cli.reader.fields import ACTS, NUMBER

LARGEST = 20_000_000
"""Bytes of a file: more than any collection has, and what a machine reads in seconds."""
_REGISTERS = ("bodies", "contacts", "venues", "meeting_refs", "name")
_DAYS = ("date", "start", "end")
_PARTS = {"decision": (*PART_DATES, "localizations"), "localizations": reading.PARTS}
"""The lists of parts, by what has them."""
_TEXTS = {
    "decision": ("title", "subject", "message", "considering"),
    "meeting": ("title", "general_area"),
    **dict.fromkeys(_PARTS["decision"], ("message",)),
}


class PlacedKeys(NamedTuple):
    """A collection, a decision or a meeting: its keys as the newest generation has them."""

    keys: Mapping[str, Any]
    kept: Mapping[str, Any]  # what an export of grcm has written of it
    at: Location


class Pair(NamedTuple):
    """A collection and its meeting; the one that is in no file has no keys."""

    at: Location  # the place of the collection, else of the meeting
    collection: PlacedKeys
    decisions: Sequence[PlacedKeys] | None  # None where there is no collection
    meeting: PlacedKeys

    @property
    def attributes(self) -> dict[str, Tree]:
        """What an export of grcm has written that is for keys of its own, each after a `=`."""
        written = {**self.meeting.kept, **self.collection.kept}
        return {key: value for key, value in written.items() if key.startswith("=")}


class Documents:
    """What is read of files, one after another."""

    def __init__(self) -> None:
        self.collections: list[Pair] = []
        """Collections with their decisions, without their meetings."""
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
            decisions = list(self._identified(self._items(keys[name], name), "decision"))
            nowhere = PlacedKeys({}, {}, start)
            self.collections.append(Pair(_start(root), collection, decisions, nowhere))
        elif "meetings" in keys:
            read = ("meetings",)
            self.meetings += self._identified(self._items(keys["meetings"], "meetings"), "meeting")
        elif "identifier" in keys and keys.keys().isdisjoint(("meeting_refs", "recurrence")):
            self.meetings += self._identified([root], "meeting")
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
        if unread := ", ".join(name for name in keys if name not in read):
            self.doubts.add(start, "", _("not imported: {keys}"), keys=unread, is_notice=True)

    def pairs(self) -> Iterator[Pair]:
        """Yield each collection with its meeting, then the meetings without a collection.

        The meeting has the URN that the collection names, or lists its decisions, or is the only
        one that begins on its day.
        """
        index: dict[tuple[str, Tree], list[PlacedKeys]] = {}
        for meeting in self.meetings:
            start = keys_of(meeting.keys.get("scheduled_date_range")).get("start")
            numbers = _numbers(meeting.keys.get("decisions"))
            for key in (("urn", meeting.keys.get("urn")), ("day", start), *numbers):
                if isinstance(key[1], str | tuple):
                    index.setdefault(key, []).append(meeting)
        used: set[int] = set()
        for pair in self.collections:
            numbers = _numbers(pair.decisions[0].keys["identifier"]) if pair.decisions else []
            urn, day = (pair.collection.keys.get(name) for name in ("meeting_urn", "date"))
            keys = (("urn", urn), *numbers, ("day", day))
            alike = [index.get(key, ()) for key in keys if isinstance(key[1], str | tuple)]
            by_key = [[each for each in same if id(each) not in used] for same in alike]
            of_pair = next((meetings[0] for meetings in by_key if len(meetings) == 1), pair.meeting)
            used.add(id(of_pair))
            yield pair._replace(meeting=of_pair)
        for meeting in self.meetings:
            if id(meeting) not in used:
                yield Pair(meeting.at, PlacedKeys({}, {}, meeting.at), None, meeting)

    def _identified(self, items: Sequence[Node], kind: Kind) -> Iterator[PlacedKeys]:
        expected, message = _("a decision with its keys"), _("the decision has no `identifier`")
        if kind == "meeting":
            expected, message = _("a meeting with its keys"), _("the meeting has no `identifier`")
        for node in items:
            if "identifier" in _keys(node):
                yield self._placed(node, kind)
            elif self._is_mapping(node, expected):
                self._problem(_start(node), "missing-key", message)

    def _placed(self, node: Node, kind: Kind) -> PlacedKeys:
        tree = keys_of(self.plain(node, "" if kind == "collection" else kind))
        return PlacedKeys(reading.newest(tree, kind), reading.kept_attributes(tree), _start(node))

    def _items(self, node: Node, name: str) -> Sequence[Node]:
        if not isinstance(node, Scalar | MappingNode):
            return node.items
        if isinstance(node, MappingNode) or not node.is_null:
            message = _("a list belongs under `{key}`").format(key=name)
            self._problem(_start(node), "wrong-type", message)
        return ()

    def plain(self, node: Node, inside: str | None = None) -> Tree:
        """Return a node as texts, lists and mappings; keys without a value are left out and noted.

        `inside` names the mapping whose values are checked: a decision, a meeting or a part. If it
        is empty, only days are checked; if it is None, nothing is.
        """
        if isinstance(node, Scalar):
            if node.is_null or not node.text.strip():
                message = _("a key without a value: it was left out")
                self.doubts.add(node.at, "", message, is_notice=True)
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
        kind = _("a single value") if isinstance(node, Scalar) else _("a list")
        message = _("found {found}; expected {expected}")
        self._problem(_start(node), "wrong-type", message.format(expected=expected, found=kind))
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
        ("decision", (str(keys.get("prefix", "")), str(keys.get("number", ""))))
        for keys in mappings(identifiers)
    ]


def _start(node: Node) -> Location:
    return node.at._replace(width=1)


def _keys(node: Node) -> dict[str, Node]:
    return {key.text: value for key, value in node.items} if isinstance(node, MappingNode) else {}


class NewBody(NamedTuple):
    """A body that the register does not have."""

    code: str
    names: Mapping[str, str]
    aliases: Sequence[str]

    def keys(self, main: str = "") -> dict[str, Tree]:
        """Return its keys in a register; a name without a language is in `main`."""
        names: Tree = {language or main: name for language, name in self.names.items()}
        keys = {"name": names.get("", names), "aliases": list(self.aliases)}
        return {key: value for key, value in keys.items() if value}


class _Planned(NamedTuple):
    """A meeting before it has an id."""

    body: str
    days: Days
    prefix: str
    pair: Pair


class Meetings:
    """The meetings of some documents, with doubts and notices."""

    def __init__(self, documents: Documents, register: Register | None, body: str) -> None:
        """`body` is the body of those that name none, by its code, name or alias.

        Raises WrongUse where nothing names the body.
        """
        self.documents, self.body = documents, body
        self.doubts = documents.doubts
        self.left: Doubts[Location] = Doubts()
        """Which meetings are left, and why; those of the record are notices."""
        self.new_bodies: list[NewBody] = []
        self._new_codes: dict[str, str] = {}  # the codes of new bodies, by the folded names
        self.themes: dict[str, Tree] = {}  # the keys of the themes of decisions in a register
        self.made: list[NewMeeting] = []
        self._directory = register.directory if register is not None else Directory(())
        self._known = dict(register.calendar.by_id) if register is not None else {}
        self._taken = set(map(fold, self._known))  # the ids that no other meeting may have, folded
        planned = [planned for pair in documents.pairs() if (planned := self._planned(pair))]
        for meeting in sorted(planned, key=lambda meeting: meeting[:2]):
            if name := self._id(meeting):
                self.made.append(self._meeting(meeting, name))

    def _planned(self, pair: Pair) -> _Planned | None:
        collection, meeting = pair.collection.keys, pair.meeting.keys
        decisions = pair.decisions or ()
        span = keys_of(meeting.get("scheduled_date_range") or meeting.get("occurred_date_range"))
        first = _day(span.get("start")) or _day(collection.get("date"))
        last = _day(span.get("end")) or _day(collection.get("end")) or first
        dates = [keys for decision in decisions for keys in mappings(decision.keys.get("dates"))]
        days = list(filter(None, (_day(keys.get("date")) for keys in dates)))
        if first is None and days:
            first, last = min(days), max(days)
            message = _(
                "the file does not give the dates of the meeting: those of its decisions were used"
            )
            self.doubts.add(pair.at, f"{first} – {last}", message)
        if first is None or last is None or last < first:
            why = _("the file does not give the dates of the meeting: add `date` to its `metadata`")
            self.left.add(pair.at, "", _("the meeting ends before it starts") if first else why)
            return None
        identifiers = [decision.keys["identifier"][0] for decision in decisions]
        identifiers += listed(meeting.get("identifier"))
        prefixes = [identifier.get("prefix") for identifier in mappings(identifiers)]
        prefix = next((prefix for prefix in prefixes if isinstance(prefix, str)), "")
        committee = keys_of(meeting.get("committee"))
        written = (pair.attributes.get("=body"), committee.get("code"), prefix)
        names = [name for name in written if name and isinstance(name, str)] or [self.body]
        if not names[0]:
            message = _("{place}: nothing in the file names the body that met; give --body NAME")
            raise WrongUse(message, _("nothing was written"), place=pair.at)
        return _Planned(self._body(names, committee), Days(first, last), prefix, pair)

    def _body(self, names: Sequence[str], committee: Trees) -> str:
        """Return the code of the body with one of some names, which may be a new one."""
        for party in chain(*map(self._directory.named, names)):
            if party.kind == "body":
                return party.code
        if code := self._new_codes.get(fold(names[0])):
            return code
        code = unique_code(body_code(names[0]), self._directory.by_code, self._new_codes.values())
        shown = _names_of(committee.get("name"))
        for body in self.documents.bodies:
            if fold(str(body.get("code", ""))) in map(fold, names):
                shown |= _names_of(body.get("name"))
        shown = shown or {"": names[0]}
        aliases = dict.fromkeys(name for name in names if name not in (code, *shown.values()))
        self.new_bodies.append(NewBody(code, shown, list(aliases)))
        for name in names:
            self._new_codes.setdefault(fold(name), code)
        return code

    def _id(self, planned: _Planned) -> str | None:
        """Return a new meeting's id; None where the record has the meeting."""
        first = planned.days[0]
        written = str(planned.pair.attributes.get("=id", ""))
        wished = [written] if MEETING_ID.fullmatch(written) and not fault_of_id(written) else []
        met, held = (planned.body, first), self._known.values()
        same = [each.id for each in held if each.body and (each.body.text, each.start) == met]
        same += [name for name in wished if name in self._known]
        if same:
            message = _("{meeting} is already in the record: its file was not changed")
            self.left.add(planned.pair.at, "", message, meeting=clean(same[0]), is_notice=True)
            return None
        wished += [f"{planned.body}-{first:%Y-%m}", f"{planned.body}-{first}"]
        wished += [f"{planned.body}-{first}-{count}" for count in range(2, 1000)]
        name = next(name for name in wished if fold(name) not in self._taken)
        self._taken.add(fold(name))
        return name

    def _meeting(self, planned: _Planned, name: str) -> NewMeeting:
        body, (start, end), prefix, pair = planned
        attributes = pair.attributes
        plain = self._plain_language(pair)
        collection = reading.with_spelling(pair.collection.keys, plain)
        meeting = reading.with_spelling(pair.meeting.keys, plain)
        conclusions = None if pair.decisions is None else self._conclusions(planned, plain)
        # The language that most texts have; of several, the one that comes first in most.
        texts = [conclusion.text for conclusion in conclusions or ()]
        languages = Counter(code for text in texts for code in text)
        firsts = Counter(next(iter(text), "") for text in texts)
        main = max(languages, key=lambda code: (languages[code], firsts[code]), default="")
        numbers = [conclusion.number for conclusion in conclusions or ()]
        days = first, last = start.isoformat(), end.isoformat()
        title, place, kept = reading.read_meeting(collection, meeting, days, prefix, numbers)
        titles = {code: " ".join(title[code].split()) for code in sorted(title)}
        language = str(attributes.get("=language") or main or next(iter(title), ""))
        is_silent = attributes.get("=language") == "" and not conclusions
        keys: dict[str, Tree] = {
            "id": name,
            "body": body,
            "kind": attributes.get("=kind"),
            "title": titles[language] if titles.keys() == {language} else titles,
            "place": attributes.get("=place") or place,
            "country": attributes.get("=country"),
            "start": first,
            "end": last if last > first else "",
            "language": "" if is_silent else language,
            "participants": listed(attributes.get("=participants")),
            "observers": listed(attributes.get("=observers")),
            "source": attributes.get("=source") or pair.at.path.rpartition("/")[2],
            "metadata": _metadata(kept, pair, attributes),
        }
        keys = {key: value for key, value in keys.items() if value}
        written = []
        for conclusion in conclusions or ():  # the main language first; without a text the number
            text = conclusion.text or {language: conclusion.number}
            ordered = {code: text[code] for code in (language, *text) if code in text}
            written.append(conclusion._replace(text=ordered))
        return NewMeeting(keys, None if conclusions is None else written, planned.days, pair.at)

    def _plain_language(self, pair: Pair) -> str:
        """Return the language of texts without a spelling; note it if there are any."""
        placed = [*(pair.decisions or ()), pair.collection, pair.meeting]
        whole = "\n".join(_plain_texts([part.keys for part in placed]))
        if not whole:
            return "en"
        likely = language_of(whole)
        language = likely if re.fullmatch("[a-z]{2}", likely) else likely_languages(whole)[0]
        message = _("texts without a language; read as {language}")
        self.doubts.add(pair.at, language, message, language=language_name(language))
        return language

    def _conclusions(self, planned: _Planned, plain: str) -> list[NewConclusion]:
        conclusions: list[NewConclusion] = []
        taken: set[str] = set()
        for decision, attributes, at in planned.pair.decisions or ():
            keys = reading.with_spelling(decision, plain)
            written = str(keys["identifier"][0].get("number", ""))
            exported = str(attributes.get("=number", ""))
            wished = exported if NUMBER.fullmatch(exported) else reading.number_of(written)
            numbers = (wished, *(f"{wished}-{count}" for count in range(2, len(taken) + 3)))
            number = next(number for number in numbers if number.casefold() not in taken)
            taken.add(number.casefold())
            if number != wished:
                message = _("the number has already been used; written as {numbers}")
                self.doubts.add(at, written, message, numbers=clean(number))
            elif number != (exported or written):
                message = _("the number is not in a form that grcm knows; written as {number}")
                self.doubts.add(at, written, message, number=clean(number))
            values = reading.read_decision(keys, planned.prefix, number)
            if values.source in ("title", "subject", "number"):
                note = _("the decision has no text; its title, subject or number was used instead")
                self.doubts.add(at, "", note)
            exported_acts = attributes.get("=acts")
            acts = [act for act in listed(exported_acts) if str(act) in ACTS]
            if exported_acts is None:
                acts = list(values.acts)
                message = _(
                    "the type of action is unknown: no act was made from it; it is kept in "
                    "the metadata"
                )
                for unknown in values.unknown:
                    self.doubts.add(at, unknown, message)
            words = (confidential_mark(text).words for text in values.text.values())
            if mark := next(filter(None, words), ""):
                self.doubts.add(at, mark, _(MARKED), words=clean(mark))
            themes = keys_of(attributes.get("=themes"))
            self.themes |= {code: {"name": name} for code, name in themes.items()}
            kept = reading.in_order(reading.restored(values.kept, attributes), DECISION)
            conclusion = NewConclusion(number, values.text, (), (), acts, [*themes], bool(mark))
            conclusions.append(conclusion._replace(metadata=_under_name(kept, attributes)))
        return conclusions


def _day(tree: Tree) -> date | None:
    return parse_day(tree.partition("T")[0]) if isinstance(tree, str) else None


def _names_of(tree: Tree) -> dict[str, str]:
    if isinstance(tree, str):
        return {"": tree}
    return dict(reading.split_texts(reading.with_spelling(listed(tree), "en")).by_language)


def _plain_texts(tree: Tree) -> Iterator[str]:
    if isinstance(tree, dict):
        if tree.get("spelling") == "" and isinstance(tree.get("value"), str):
            yield tree["value"]
        tree = list(tree.values())
    for value in listed(tree):
        yield from _plain_texts(value)


def _metadata(kept: Trees, pair: Pair, attributes: Trees) -> dict[str, Tree]:
    """Return the metadata of a meeting: all that has no key in its file."""
    names = ("prefix", "title", "spellings", "meeting")
    written = {name: attributes[f"={name}"] for name in names if f"={name}" in attributes}
    if not isinstance(written.get("meeting"), dict | None):
        del written["meeting"]
    metadata = reading.restored(kept, written)
    for name, placed in (("collection", pair.collection), ("meeting", pair.meeting)):
        whole = reading.restored(metadata.get(name, {}), placed.kept)
        metadata[name] = reading.in_order(whole, SHAPES[name])
    order = ("prefix", "title", "spellings", "collection", "meeting")
    return _under_name({key: metadata[key] for key in order if metadata.get(key)}, attributes)


def _under_name(kept: Trees, attributes: Trees) -> dict[str, Tree]:
    """Return metadata: what the format keeps, and that of others that an export has written."""
    metadata: dict[str, Tree] = {NAME: kept} if kept else {}
    foreign = keys_of(attributes.get("=metadata")).items()
    return metadata | {name: value for name, value in foreign if name != NAME}
