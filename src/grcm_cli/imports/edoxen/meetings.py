"""Make meetings of collections: which meeting each is of, its body, id, days and conclusions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.due_grammar import MEETING_ID, fault_of_id
from grcm_cli.domain.model import Location
from grcm_cli.domain.parties import CODE
from grcm_cli.domain.periods import parse_day
from grcm_cli.domain.register import Register
from grcm_cli.drafting.languages import language_of, read_language_of
from grcm_cli.edoxen.format import COLLECTION, DECISION, MEETING, NAME, PROFILE, Keys, Tree, act_of
from grcm_cli.imports.edoxen.documents import Documents, Pair, PlacedKeys, listed
from grcm_cli.imports.edoxen.texts import (
    DecisionWords,
    joined_spellings,
    main_language,
    split_texts,
    tidy,
    words_of,
)
from grcm_cli.language.text import fold, fold_words
from grcm_cli.reader.fields import ACTS, NUMBER

_HYPHENS = re.compile("[\u00ad\u2010-\u2015\u2212]")
_NO_NUMBER = re.compile(r"[^0-9A-Za-z./-]+")
_LONGEST_CODE = 20


class NewConclusion(NamedTuple):
    """A decision as a conclusion."""

    number: str
    text: Mapping[str, str]
    acts: Sequence[str]
    metadata: Mapping[str, Tree]


class NewMeeting(NamedTuple):
    """A meeting as its file is to say it."""

    id: str
    body: str
    keys: Mapping[str, Tree]
    """The keys of the file but id, body and conclusions, in its order."""
    conclusions: Sequence[NewConclusion] | None
    metadata: Mapping[str, Tree]
    at: Location
    first: date
    last: date


class NewBody(NamedTuple):
    """A body that the register does not have."""

    code: str
    names: Mapping[str, str]
    aliases: Sequence[str]


class DecisionDoubt(NamedTuple):
    """What is to be looked at, with its place."""

    at: Location
    kind: str
    """number, repeated, title, days, body, action, language."""
    text: str
    more: str = ""


class Undated(NamedTuple):
    """A meeting without a day, or without a body: it is left."""

    at: Location
    what: str


class Meetings:
    """The meetings of some documents, and what is to be said of them."""

    def __init__(self, documents: Documents, register: Register | None, body: str) -> None:
        """`body` is the body of those that name none, by its code, name or alias."""
        self.documents, self.register, self.body = documents, register, body
        self.doubts: list[DecisionDoubt] = []
        self.undated: list[Undated] = []
        self.existing: list[tuple[Location, str]] = []
        """Meetings that the record has already."""
        self._new_bodies: dict[str, NewBody] = {}
        """The bodies that the register does not have, by their folded names."""
        self.made: list[NewMeeting] = []
        self._ids: set[str] = set()
        known = register.calendar.by_id if register is not None else ()
        self._taken = {fold(meeting_id) for meeting_id in known}
        """The ids that no other meeting may have, folded."""
        planned = [planned for pair in documents.pairs() if (planned := self._planned(pair))]
        for one in sorted(planned, key=lambda one: (one.body, one.first, one.last)):
            if name := self._id(one):
                self.made.append(self._meeting(one, name))

    @property
    def new_bodies(self) -> list[NewBody]:
        """The bodies that the register does not have, each once."""
        return list({body.code: body for body in self._new_bodies.values()}.values())

    # --- which meeting ----------------------------------------------------------------------

    def _planned(self, pair: Pair) -> "_Planned | None":
        collection = pair.collection.metadata if pair.collection else {}
        meeting = pair.meeting.keys if pair.meeting else {}
        own = {**meeting.get(PROFILE, {}), **collection.get(PROFILE, {})}
        span = meeting.get("scheduled_date_range") or meeting.get("occurred_date_range") or {}
        span = span if isinstance(span, dict) else {}
        first = _day(span.get("start")) or _day(collection.get("date"))
        last = _day(span.get("end")) or _day(collection.get("end")) or first
        if first is None:
            dates = [listed(decision.keys.get("dates")) for decision in pair.decisions]
            written = [_day(one.get("date")) for d in dates for one in d if isinstance(one, dict)]
            days = [day for day in written if day is not None]
            if days:
                first, last = min(days), max(days)
                self.doubts.append(DecisionDoubt(pair.at, "days", f"{first} – {last}"))
        if first is None or last is None or last < first:
            what = "day" if first is None or last is None else "order"
            self.undated.append(Undated(pair.at, what))
            return None
        prefix = _prefix(pair)
        code = self._body_code(pair, own, prefix)
        if not code:
            self.undated.append(Undated(pair.at, "body"))
            return None
        return _Planned(pair, own, code, prefix, first, last)

    def _body_code(self, pair: Pair, own: Mapping[str, Tree], prefix: str) -> str:
        committee = pair.meeting.keys.get("committee") if pair.meeting else None
        committee = committee if isinstance(committee, dict) else {}
        given = (own.get("body"), committee.get("code"), prefix)
        names = [name for name in given if isinstance(name, str)]
        if not any(names):
            names = [self.body] if self.body else []
        register = self.register
        parties = [p for name in names for p in register.directory.named(name)] if register else []
        bodies = [party.code for party in parties if party.kind == "body"]
        if bodies:
            return bodies[0]
        return self._new_body(names, committee).code if names else ""

    def _new_body(self, names: Sequence[str], committee: Mapping[str, Tree]) -> NewBody:
        known = self._new_bodies.get(fold(names[0]))
        if known is not None:
            return known
        taken = {body.code for body in self._new_bodies.values()}
        if self.register is not None:
            taken |= self.register.directory.by_code.keys()
        code = made = body_code(names[0])
        count = 1
        while code in taken:
            count += 1
            code = f"{made[: _LONGEST_CODE - len(str(count))]}{count}"
        given = _names_of(committee.get("name"))
        for body in self.documents.bodies:
            if fold(str(body.get("code", ""))) in map(fold, names):
                given = {**given, **_names_of(body.get("name"))}
        shown = given or {"": names[0]}
        others = dict.fromkeys(n for n in names if n != code and n not in shown.values())
        new = NewBody(code, shown, list(others))
        for name in names:
            self._new_bodies.setdefault(fold(name), new)
        return new

    def _id(self, planned: "_Planned") -> str | None:
        """Return a new meeting's id; None where the record has the meeting."""
        given = planned.own.get("id")
        known = self.register.calendar.by_id if self.register is not None else {}
        for one in self.register.meetings if self.register is not None else ():
            is_same = one.body is not None and one.body.text == planned.body
            if is_same and one.start == planned.first and one.id not in self._ids:
                self.existing.append((planned.pair.at, one.id))
                return None
        wished = []
        if isinstance(given, str) and MEETING_ID.fullmatch(given) and not fault_of_id(given):
            if given in known:
                self.existing.append((planned.pair.at, given))
                return None
            wished = [given]
        day = planned.first.isoformat()
        wished += [f"{planned.body}-{day[:7]}", f"{planned.body}-{day}"]
        wished += [f"{planned.body}-{day}-{count}" for count in range(2, 1000)]
        name = next(one for one in wished if fold(one) not in self._taken)
        self._ids.add(name)
        self._taken.add(fold(name))
        return name

    # --- one meeting ------------------------------------------------------------------------

    def _meeting(self, planned: "_Planned", name: str) -> NewMeeting:
        pair, own = planned.pair, planned.own
        collection = pair.collection.metadata if pair.collection else {}
        meeting = pair.meeting.keys if pair.meeting else {}
        plain = self._plain_language(pair, own)
        hidden = (PROFILE, "identifier")
        words = [
            words_of({key: d.keys[key] for key in d.keys if key not in hidden}, plain)
            for d in pair.decisions
        ]
        language = own.get("language") or main_language(word.text for word in words)
        titles = _titles(own, meeting, collection, plain)
        if titles.by_language and not language:
            language = next(iter(titles.by_language))
        keys = _keys_of_file(planned, titles.by_language, str(language), meeting)
        if own.get("language") == "" and not words:
            keys.pop("language", None)
        conclusions = None
        if pair.collection is not None and "no conclusions" not in own:
            conclusions = self._conclusions(planned, words, str(language))
        metadata = _metadata(planned, titles, plain, conclusions or ())
        first, last = planned.first, planned.last
        return NewMeeting(name, planned.body, keys, conclusions, metadata, pair.at, first, last)

    def _plain_language(self, pair: Pair, own: Mapping[str, Tree]) -> str:
        """Return the language of the texts that have no spelling, and note it where there are."""
        if isinstance(own.get("plain"), str):
            return str(own["plain"])
        trees = [decision.keys for decision in pair.decisions]
        trees += [pair.collection.metadata] if pair.collection else []
        trees += [pair.meeting.keys] if pair.meeting else []
        whole = "\n".join(_plain_texts(trees))
        if not whole:
            return "en"
        found = language_of(whole)
        language = found if re.fullmatch("[a-z]{2}", found) else read_language_of(whole)
        self.doubts.append(DecisionDoubt(pair.at, "language", language))
        return language

    def _conclusions(
        self, planned: "_Planned", words: Sequence[DecisionWords], main: str
    ) -> list[NewConclusion]:
        made: list[NewConclusion] = []
        taken: set[str] = set()
        for decision, word in zip(planned.pair.decisions, words, strict=True):
            identifier = decision.keys["identifier"][0]
            number = self._number(decision, str(identifier.get("number", "")), taken)
            text = dict(word.text)
            if word.source in ("title", "subject", "number"):
                self.doubts.append(DecisionDoubt(decision.at, "title", number, word.source))
                text = text or {main: number}
            if main in text:
                text = {main: text.pop(main), **text}
            acts = self._acts(decision)
            rest = _rest_of_decision(decision.keys, word, number, planned.prefix)
            made.append(NewConclusion(number, text, acts, rest))
        return made

    def _number(self, decision: PlacedKeys, written: str, taken: set[str]) -> str:
        own = decision.keys.get(PROFILE, {}).get("number")
        plain = own if isinstance(own, str) and NUMBER.fullmatch(own) else number_of(written)
        number, count = plain, 1
        while number.casefold() in taken:
            count += 1
            number = f"{plain}-{count}"
        taken.add(number.casefold())
        if number != plain or number != (own or written):
            kind = "repeated" if number != plain else "number"
            self.doubts.append(DecisionDoubt(decision.at, kind, written, number))
        return number

    def _acts(self, decision: PlacedKeys) -> list[str]:
        own = decision.keys.get(PROFILE, {}).get("acts")
        if isinstance(own, list):
            return [act for act in own if act in ACTS]
        acts: dict[str, None] = {}
        for action in listed(decision.keys.get("actions")):
            written = action.get("type") if isinstance(action, dict) else None
            act = act_of(written) if isinstance(written, str) else None
            if act is not None:
                acts[act] = None
            elif written:
                self.doubts.append(DecisionDoubt(decision.at, "action", str(written)))
        return list(acts)


class _Planned(NamedTuple):
    """A meeting before it has an id."""

    pair: Pair
    own: Mapping[str, Tree]
    """What an export of grcm has written of it."""
    body: str
    prefix: str
    first: date
    last: date


class _Titles(NamedTuple):
    by_language: Mapping[str, str]
    of: str
    """Whose title it is: meeting or collection."""
    others: Sequence[Tree]
    spellings: Mapping[str, str]


# --- values ---------------------------------------------------------------------------------------


def _prefix(pair: Pair) -> str:
    """Return the prefix of the first decision that has one, or that of the meeting's."""
    numbers = [decision.keys["identifier"][0] for decision in pair.decisions]
    numbers += listed(pair.meeting.keys.get("identifier")) if pair.meeting else []
    prefixes = [one.get("prefix") for one in numbers if isinstance(one, dict)]
    return next((prefix for prefix in prefixes if isinstance(prefix, str)), "")


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


def number_of(written: str) -> str:
    """Return a number in the form of a conclusion's: hyphens for blanks and other signs."""
    plain = _HYPHENS.sub("-", fold_words(written) if not written.isascii() else written).strip()
    number = _NO_NUMBER.sub("-", plain).strip("-./")
    return number if NUMBER.fullmatch(number) else "X"


def _names_of(tree: Tree) -> dict[str, str]:
    if isinstance(tree, str):
        return {"": tree}
    entries = [one for one in listed(tree) if isinstance(one, dict)]
    return dict(split_texts(entries, "en").by_language)


def _plain_texts(tree: Tree) -> Iterator[str]:
    """Yield the texts in a tree that have no spelling."""
    if isinstance(tree, dict):
        if tree.get("spelling") == "" and isinstance(tree.get("value"), str):
            yield tree["value"]
        tree = list(tree.values())
    for value in listed(tree):
        yield from _plain_texts(value)


def _keys_of_file(
    planned: _Planned, title: Mapping[str, str], language: str, meeting: Mapping[str, Tree]
) -> dict[str, Tree]:
    """Return the keys of a meeting's file but id, body and conclusions."""
    own = planned.own
    titles = {code: " ".join(title[code].split()) for code in sorted(title)}
    area = split_texts(meeting.get("general_area", []), "en").by_language
    place = own.get("place") or next(iter(area.values()), "")
    made: dict[str, Tree] = {
        "title": titles[language] if titles.keys() == {language} else titles,
        "place": " ".join(str(place).split()),
        "country": own.get("country", ""),
        "start": planned.first.isoformat(),
        "end": planned.last.isoformat() if planned.last > planned.first else "",
        "language": language,
    }
    codes = ("participants", "observers")
    made |= {name: own[name] for name in codes if isinstance(own.get(name), list)}
    made["source"] = own.get("source") or planned.pair.at.path.rpartition("/")[2]
    return {key: value for key, value in made.items() if value}


# --- what is left ---------------------------------------------------------------------------------


def _titles(
    own: Mapping[str, Tree], meeting: Mapping[str, Tree], collection: Mapping[str, Tree], plain: str
) -> _Titles:
    given = own.get("title")
    if isinstance(given, dict):
        return _Titles({k: str(v) for k, v in given.items()}, "meeting", (), {})
    if "no title" in own:
        return _Titles({}, "", (), {})
    of = "meeting" if meeting.get("title") else "collection"
    entries = (meeting if of == "meeting" else collection).get("title", [])
    split = split_texts(entries, plain)
    is_line = all(tidy(t) == " ".join(t.split()) for t in split.by_language.values())
    return _Titles(split.by_language, of if is_line else "", split.others, split.spellings)


def _rest_of_decision(
    keys: Mapping[str, Tree], word: DecisionWords, number: str, prefix: str
) -> dict[str, Tree]:
    """Return what metadata say of a decision: all that is not in the keys of the conclusion."""
    own = keys.get(PROFILE, {})
    identifier = keys["identifier"]
    plain = {"prefix": prefix, "number": number} if prefix else {"number": number}
    rest = {} if identifier == [plain] else {"identifier": identifier}
    rest |= word.rest
    for name in ("considerations", "actions"):
        if f"no {name}" in own:
            rest.pop(name, None)
    rest = _in_order(rest, DECISION)
    if word.source and (word.source != "message" or "actions" in rest or "considerations" in rest):
        rest["text"] = word.source
    return _under_name(rest, own)


def _in_order(tree: Mapping[str, Tree], shape: Keys) -> dict[str, Tree]:
    """Return keys in the order of the format, those that it does not have at the end."""
    order = [*shape.shapes, *tree]
    return {key: tree[key] for key in dict.fromkeys(order) if key in tree}


def _under_name(kept: Mapping[str, Tree], own: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return metadata: what is kept of the format, and what an export of grcm wrote of others."""
    others = own.get("metadata")
    found = {NAME: kept} if kept else {}
    return {**found, **others} if isinstance(others, dict) else found


def _left_of_keys(
    planned: _Planned, titles: _Titles, plain: str
) -> tuple[dict[str, Tree], dict[str, Tree]]:
    """Return the keys of the collection and of the meeting that the file's own keys do not say."""
    pair = planned.pair
    collection = dict(pair.collection.metadata) if pair.collection else {}
    meeting = dict(pair.meeting.keys) if pair.meeting else {}
    for tree in (collection, meeting):
        tree.pop(PROFILE, None)
    if titles.of:
        (meeting if titles.of == "meeting" else collection).pop("title", None)
    other = split_texts(collection.get("title", []), plain)
    is_same = not other.others and other.by_language == titles.by_language
    if titles.of == "meeting" and is_same:
        collection.pop("title", None)
    first, last = planned.first.isoformat(), planned.last.isoformat()
    for key, day in (("date", first), ("end", last)):
        if collection.get(key) == day:
            del collection[key]
    if meeting.get("scheduled_date_range") == {"start": first, "end": last}:
        del meeting["scheduled_date_range"]
    return collection, meeting


def _metadata(
    planned: _Planned, titles: _Titles, plain: str, conclusions: Sequence[NewConclusion]
) -> dict[str, Tree]:
    """Return what metadata say of a meeting: all that is not in the keys of its file."""
    own = planned.own
    collection, meeting = _left_of_keys(planned, titles, plain)
    numbers = [{"prefix": planned.prefix, "number": one.number} for one in conclusions]
    if numbers and meeting.get("decisions") == numbers:
        meeting["decisions"] = "all"
    made: dict[str, Tree] = {}
    if planned.prefix and "no prefix" not in own:
        made["prefix"] = planned.prefix
    if titles.others:
        made["title"] = titles.others
    if titles.spellings:
        made["spellings"] = dict(titles.spellings)
    if collection:
        made["collection"] = _in_order(joined_spellings(collection, plain), COLLECTION)
    if meeting and "no meeting" not in own:
        made["meeting"] = _in_order(joined_spellings(meeting, plain), MEETING)
    return _under_name(made, own)
