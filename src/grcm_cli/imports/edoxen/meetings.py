"""Make meetings of collections: which meeting each is of, its body, id, days and conclusions."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.due_grammar import MEETING_ID, fault_of_id
from grcm_cli.domain.model import Location
from grcm_cli.domain.parties import CODE
from grcm_cli.domain.periods import parse_day
from grcm_cli.domain.register import Register
from grcm_cli.drafting.languages import language_name, language_of, read_language_of
from grcm_cli.edoxen import reading
from grcm_cli.edoxen.format import DECISION, NAME, SHAPES, Tree, Trees
from grcm_cli.edoxen.reading import keys_of, listed, mappings
from grcm_cli.imports.cells import Days
from grcm_cli.imports.edoxen.documents import Documents, Pair
from grcm_cli.imports.findings import Doubts, unique_code
from grcm_cli.imports.to_yaml import NewConclusion, NewMeeting
from grcm_cli.language.text import _, clean, fold, fold_words
from grcm_cli.reader.fields import ACTS, NUMBER

_LONGEST_CODE = 20


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
    """The meetings of some documents, and what is to be said of them."""

    def __init__(self, documents: Documents, register: Register | None, body: str) -> None:
        """`body` is the body of those that name none, by its code, name or alias."""
        self.documents, self.register, self.body = documents, register, body
        self.doubts = documents.doubts
        self.left: Doubts[Location] = Doubts()
        """Which meetings are left, and why; those of the record are notices."""
        self.bodiless: list[Location] = []
        """The meetings of which nothing names the body."""
        self._new_bodies: dict[str, NewBody] = {}
        """The bodies that the register does not have, by their folded names."""
        self.made: list[NewMeeting] = []
        self._known = dict(register.calendar.by_id) if register is not None else {}
        self._taken = set(map(fold, self._known))  # the ids that no other meeting may have, folded
        planned = [planned for pair in documents.pairs() if (planned := self._planned(pair))]
        for one in sorted(planned, key=lambda one: one[:2]):
            if name := self._id(one):
                self.made.append(self._meeting(one, name))

    @property
    def new_bodies(self) -> list[NewBody]:
        """The bodies that the register does not have, each once."""
        return list({body.code: body for body in self._new_bodies.values()}.values())

    def _planned(self, pair: Pair) -> _Planned | None:
        collection = pair.collection.keys if pair.collection else {}
        meeting = pair.meeting.keys if pair.meeting else {}
        span = meeting.get("scheduled_date_range") or meeting.get("occurred_date_range")
        span = keys_of(span)
        first = _day(span.get("start")) or _day(collection.get("date"))
        last = _day(span.get("end")) or _day(collection.get("end")) or first
        dates = [one.get("date") for d in pair.decisions for one in mappings(d.keys.get("dates"))]
        days = list(filter(None, map(_day, dates)))
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
        identifiers = [decision.keys["identifier"][0] for decision in pair.decisions]
        identifiers += listed(meeting.get("identifier"))
        prefixes = [one.get("prefix") for one in mappings(identifiers)]
        prefix = next((prefix for prefix in prefixes if isinstance(prefix, str)), "")
        committee = keys_of(meeting.get("committee"))
        written = (_attributes(pair).get("=body"), committee.get("code"), prefix)
        names = [name for name in written if name and isinstance(name, str)]
        names = names or list(filter(None, [self.body]))
        if not names:
            self.bodiless.append(pair.at)
            return None
        return _Planned(self._body(names, committee), Days(first, last), prefix, pair)

    def _body(self, names: Sequence[str], committee: Trees) -> str:
        """Return the code of the body with one of some names, which may be a new one."""
        taken = {body.code for body in self._new_bodies.values()}
        if self.register is not None:
            directory = self.register.directory
            taken |= directory.by_code.keys()
            for party in (party for name in names for party in directory.named(name)):
                if party.kind == "body":
                    return party.code
        if known := self._new_bodies.get(fold(names[0])):
            return known.code
        code = unique_code(body_code(names[0]), taken)
        shown = _names_of(committee.get("name"))
        for body in self.documents.bodies:
            if fold(str(body.get("code", ""))) in map(fold, names):
                shown |= _names_of(body.get("name"))
        shown = shown or {"": names[0]}
        others = dict.fromkeys(n for n in names if n != code and n not in shown.values())
        new = NewBody(code, shown, list(others))
        for name in names:
            self._new_bodies.setdefault(fold(name), new)
        return code

    def _id(self, planned: _Planned) -> str | None:
        """Return a new meeting's id; None where the record has the meeting."""
        first = planned.days[0]
        written = str(_attributes(planned.pair).get("=id", ""))
        wished = [written] if MEETING_ID.fullmatch(written) and not fault_of_id(written) else []
        same = [
            meeting.id
            for meeting in self._known.values()
            if meeting.body and (meeting.body.text, meeting.start) == (planned.body, first)
        ]
        if same or (wished and wished[0] in self._known):
            message = _("{meeting} is already in the record: its file was not changed")
            known = clean(same[0] if same else wished[0])
            self.left.add(planned.pair.at, "", message, meeting=known, is_notice=True)
            return None
        wished += [f"{planned.body}-{first:%Y-%m}", f"{planned.body}-{first}"]
        wished += [f"{planned.body}-{first}-{count}" for count in range(2, 1000)]
        name = next(name for name in wished if fold(name) not in self._taken)
        self._taken.add(fold(name))
        return name

    def _meeting(self, planned: _Planned, name: str) -> NewMeeting:
        pair = planned.pair
        attributes = _attributes(pair)
        plain = self._plain_language(pair)
        collection, meeting = (
            reading.with_spelling(placed.keys if placed else {}, plain)
            for placed in (pair.collection, pair.meeting)
        )
        conclusions = self._conclusions(planned, plain) if pair.collection is not None else None
        # The language that most texts have; of several, the one that comes first in most.
        languages = Counter(code for one in conclusions or () for code in one.text)
        firsts = Counter(next(iter(one.text), "") for one in conclusions or ())
        main = max(languages, key=lambda code: (languages[code], firsts[code]), default="")
        language = str(attributes.get("=language") or main)
        numbers = [conclusion.number for conclusion in conclusions or ()]
        days = first, last = planned.days[0].isoformat(), planned.days[1].isoformat()
        prefix = planned.prefix
        title, place, kept = reading.read_meeting(collection, meeting, days, prefix, numbers)
        titles = {code: " ".join(title[code].split()) for code in sorted(title)}
        language = language or next(iter(title), "")
        is_silent = attributes.get("=language") == "" and not conclusions
        codes = ("participants", "observers")
        keys: dict[str, Tree] = {
            "id": name,
            "body": planned.body,
            "title": titles[language] if titles.keys() == {language} else titles,
            "place": attributes.get("=place") or place,
            "country": attributes.get("=country"),
            "start": first,
            "end": last if last > first else "",
            "language": "" if is_silent else language,
            **{key: listed(attributes.get(f"={key}")) for key in codes},
            "source": attributes.get("=source") or pair.at.path.rpartition("/")[2],
            "metadata": _metadata(kept, pair, attributes),
        }
        keys = {key: value for key, value in keys.items() if value}
        made = []
        for conclusion in conclusions or ():  # the main language first; without a text the number
            text = conclusion.text or {language: conclusion.number}
            ordered = {code: text[code] for code in (language, *text) if code in text}
            made.append(conclusion._replace(text=ordered))
        return NewMeeting(keys, None if conclusions is None else made, planned.days, pair.at)

    def _plain_language(self, pair: Pair) -> str:
        """Return the language of the texts that have no spelling, and note it where there are."""
        placed = [*pair.decisions, pair.collection, pair.meeting]
        whole = "\n".join(_plain_texts([one.keys for one in placed if one]))
        if not whole:
            return "en"
        likely = language_of(whole)
        language = likely if re.fullmatch("[a-z]{2}", likely) else read_language_of(whole)
        message = _("texts without a language; read as {language}")
        self.doubts.add(pair.at, language, message, language=language_name(language))
        return language

    def _conclusions(self, planned: _Planned, plain: str) -> list[NewConclusion]:
        made: list[NewConclusion] = []
        taken: set[str] = set()
        for decision, attributes, at in planned.pair.decisions:
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
                what = _("the decision has no text; its title, subject or number was used instead")
                self.doubts.add(at, "", what)
            acts = attributes.get("=acts")
            for unknown in values.unknown if acts is None else ():
                message = _(
                    "the type of action is unknown: no act was made from it; it is kept in "
                    "the metadata"
                )
                self.doubts.add(at, unknown, message)
            acts = values.acts if acts is None else [act for act in listed(acts) if act in ACTS]
            kept = reading.in_order(reading.restored(values.kept, attributes), DECISION)
            metadata = _under_name(kept, attributes)
            made.append(NewConclusion(number, values.text, acts=acts, metadata=metadata))
        return made


def _attributes(pair: Pair) -> dict[str, Tree]:
    return {
        key: value
        for placed in (pair.meeting, pair.collection)
        if placed
        for key, value in placed.kept.items()
        if key.startswith("=")
    }


def _day(tree: Tree) -> date | None:
    return parse_day(tree.partition("T")[0]) if isinstance(tree, str) else None


def body_code(name: str) -> str:
    """Return the code of a body with a name: `ISO/TC 154` is ISO-TC-154."""
    words = re.findall(r"[A-Z0-9]+", fold_words(name).upper())
    code = "-".join(words)
    if len(code) > _LONGEST_CODE:
        code = "".join(word[0] if word.isalpha() else word for word in words)[:_LONGEST_CODE]
    code = code if code[:1].isalpha() else f"X{code}"
    code = code if len(code) > 1 else f"{code}X"
    return code if CODE.fullmatch(code) else f"X-{code}"[:_LONGEST_CODE]


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
    """Return what metadata say of a meeting: all that is not in the keys of its file."""
    names = ("prefix", "title", "spellings", "meeting")
    written = {name: attributes[f"={name}"] for name in names if f"={name}" in attributes}
    made = reading.restored(kept, written)
    for name, placed in (("collection", pair.collection), ("meeting", pair.meeting)):
        whole = reading.restored(made.get(name, {}), placed.kept if placed else {})
        made[name] = reading.in_order(whole, SHAPES[name])
    order = ("prefix", "title", "spellings", "collection", "meeting")
    return _under_name({key: made[key] for key in order if made.get(key)}, attributes)


def _under_name(kept: Trees, attributes: Trees) -> dict[str, Tree]:
    """Return metadata: what is kept of the format, and what an export of grcm wrote of others."""
    others = attributes.get("=metadata")
    made: dict[str, Tree] = {NAME: kept} if kept else {}
    return {**made, **others} if isinstance(others, dict) else made
