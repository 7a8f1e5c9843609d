"""Make meetings of collections: which meeting each is of, its body, id, days and conclusions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from grcm_cli.domain.deadlines import MEETING_ID, fault_of_id, parse_day
from grcm_cli.domain.model import Location
from grcm_cli.domain.parties import CODE
from grcm_cli.domain.register import Register
from grcm_cli.drafting.languages import language_of, read_language_of
from grcm_cli.edoxen.shape import COLLECTION, DECISION, MEETING, Keys
from grcm_cli.edoxen.words import NAME, PROFILE, act_of
from grcm_cli.imports.edoxen.documents import DecisionText, Documents
from grcm_cli.imports.edoxen.pairs import Pair, listed, pairs_of
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

Tree = Any
_HYPHENS = re.compile("[\u00ad\u2010-\u2015\u2212]")
_NO_NUMBER = re.compile(r"[^0-9A-Za-z./-]+")
_LONGEST_CODE = 20
_OWN_LINES = ("place", "source")
_OWN_CODES = ("participants", "observers")


class NewConclusion(NamedTuple):
    """A decision as a conclusion."""

    number: str
    text: Mapping[str, str]
    acts: Sequence[str]
    metadata: Mapping[str, Tree]
    at: Location


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
        self.new_bodies: dict[str, NewBody] = {}
        """The bodies that the register does not have, by their folded names."""
        self.made: list[NewMeeting] = []
        self._ids: set[str] = set()
        planned_or_not = [self._planned(pair) for pair in pairs_of(documents)]
        found = [one for one in planned_or_not if one is not None]
        for planned in sorted(found, key=lambda one: (one.body, one.first, one.last)):
            if (meeting := self._meeting(planned)) is not None:
                self.made.append(meeting)

    # --- which meeting ----------------------------------------------------------------------

    def _planned(self, pair: Pair) -> "_Planned | None":
        collection = pair.collection.metadata if pair.collection else {}
        meeting = pair.meeting.keys if pair.meeting else {}
        own = {**meeting.get(PROFILE, {}), **collection.get(PROFILE, {})}
        span = meeting.get("scheduled_date_range") or meeting.get("occurred_date_range") or {}
        days = [span.get("start"), span.get("end")] if isinstance(span, dict) else [None, None]
        first = _day(days[0]) or _day(collection.get("date"))
        last = _day(days[1]) or _day(collection.get("end")) or first
        if first is None and pair.collection is not None:
            known = [day for one in pair.collection.decisions for day in _days_of(one.keys)]
            if known:
                first, last = min(known), max(known)
                self.doubts.append(DecisionDoubt(pair.at, "days", f"{first} – {last}"))
        if first is None or last is None:
            self.undated.append(Undated(pair.at, "day"))
            return None
        if last < first:
            self.undated.append(Undated(pair.at, "order"))
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
        for name in names:
            if self.register is not None:
                bodies = [p for p in self.register.directory.named(name) if p.kind == "body"]
                if bodies:
                    return bodies[0].code
        return self._new_body(names, committee) if names else ""

    def _new_body(self, names: Sequence[str], committee: Mapping[str, Tree]) -> str:
        first = names[0]
        known = self.new_bodies.get(fold(first))
        if known is None:
            taken = {one.code for one in self.new_bodies.values()}
            if self.register is not None:
                taken |= self.register.directory.by_code.keys()
            code = _unique(body_code(first), taken)
            given = _names_of(committee.get("name"))
            for one in self.documents.bodies:
                if fold(str(one.get("code", ""))) in map(fold, names):
                    given = {**given, **_names_of(one.get("name"))}
            shown = given or {"": first}
            others = dict.fromkeys([n for n in names if n != code and n not in shown.values()])
            known = NewBody(code, shown, list(others))
            for name in names:
                self.new_bodies.setdefault(fold(name), known)
        return known.code

    # --- one meeting ------------------------------------------------------------------------

    def _meeting(self, planned: "_Planned") -> NewMeeting | None:
        pair, own = planned.pair, planned.own
        name = self._id(planned)
        if name is None:
            return None
        collection = dict(pair.collection.metadata) if pair.collection else {}
        meeting = dict(pair.meeting.keys) if pair.meeting else {}
        plain = self._plain_language(pair, own)
        words = [(one, words_of(_without_own(one.keys), plain)) for one in _decisions(pair)]
        language = own.get("language") or main_language(word.text for _one, word in words)
        titles = _titles(own, meeting, collection, plain)
        if not titles.language_known and not language:
            language = next(iter(titles.by_language), "")
        keys = self._keys(planned, titles.by_language, str(language), meeting)
        if own.get("language") == "" and not words:
            keys.pop("language", None)
        conclusions = None
        if pair.collection is not None and "no conclusions" not in own:
            conclusions = self._conclusions(planned, words, str(language))
        metadata = _metadata(planned, (collection, meeting), titles, plain, conclusions or ())
        return NewMeeting(
            name, planned.body, keys, conclusions, metadata, pair.at, planned.first, planned.last
        )

    def _id(self, planned: "_Planned") -> str | None:
        """Return a new meeting's id; None where the record has the meeting."""
        given = planned.own.get("id")
        known = self.register.calendar.by_id if self.register is not None else {}
        if self.register is not None:
            for one in self.register.meetings:
                is_same = one.body is not None and one.body.text == planned.body
                if is_same and one.start == planned.first and one.id not in self._ids:
                    self.existing.append((planned.pair.at, one.id))
                    return None
        taken = {fold(one) for one in (*known, *self._ids)}
        if isinstance(given, str) and MEETING_ID.fullmatch(given) and not fault_of_id(given):
            if given in known:
                self.existing.append((planned.pair.at, given))
                return None
            wished = [given]
        else:
            wished = []
        day = planned.first.isoformat()
        wished += [f"{planned.body}-{day[:7]}", f"{planned.body}-{day}"]
        wished += [f"{planned.body}-{day}-{count}" for count in range(2, 1000)]
        name = next(one for one in wished if fold(one) not in taken)
        self._ids.add(name)
        return name

    def _plain_language(self, pair: Pair, own: Mapping[str, Tree]) -> str:
        """Return the language of the texts that have no spelling, and note it where there are."""
        if isinstance(own.get("plain"), str):
            return str(own["plain"])
        texts = list(_plain_texts([one.keys for one in _decisions(pair)]))
        if pair.collection is not None:
            texts += _plain_texts(pair.collection.metadata)
        if pair.meeting is not None:
            texts += _plain_texts(pair.meeting.keys)
        if not texts:
            return "en"
        whole = "\n".join(texts)
        found = language_of(whole)
        language = found if re.fullmatch("[a-z]{2}", found) else read_language_of(whole)
        self.doubts.append(DecisionDoubt(pair.at, "language", language))
        return language

    def _keys(
        self,
        planned: "_Planned",
        title: Mapping[str, str],
        language: str,
        meeting: Mapping[str, Tree],
    ) -> dict[str, Tree]:
        own = planned.own
        area = split_texts(meeting.get("general_area", []), "en").by_language
        place = own.get("place") or next(iter(area.values()), "")
        made: dict[str, Tree] = {
            "title": _one_or_each(title, language),
            "place": " ".join(str(place).split()),
            "country": own.get("country", ""),
            "start": planned.first.isoformat(),
            "end": planned.last.isoformat() if planned.last > planned.first else "",
            "language": language,
        }
        made |= {name: own[name] for name in _OWN_CODES if isinstance(own.get(name), list)}
        made["source"] = own.get("source") or planned.pair.at.path.rpartition("/")[2]
        return {key: value for key, value in made.items() if value}

    # --- conclusions ------------------------------------------------------------------------

    def _conclusions(
        self, planned: "_Planned", words: Sequence[tuple[DecisionText, DecisionWords]], main: str
    ) -> list[NewConclusion]:
        made: list[NewConclusion] = []
        taken: set[str] = set()
        for decision, word in words:
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
            made.append(NewConclusion(number, text, acts, rest, decision.at))
        return made

    def _number(self, decision: DecisionText, written: str, taken: set[str]) -> str:
        own = decision.keys.get(PROFILE, {}).get("number")
        plain = own if isinstance(own, str) and NUMBER.fullmatch(own) else number_of(written)
        number, count = plain, 1
        while number.casefold() in taken:
            count += 1
            number = f"{plain}-{count}"
        taken.add(number.casefold())
        if number != plain:
            self.doubts.append(DecisionDoubt(decision.at, "repeated", written, number))
        elif number != (own or written):
            self.doubts.append(DecisionDoubt(decision.at, "number", written, number))
        return number

    def _acts(self, decision: DecisionText) -> list[str]:
        own = decision.keys.get(PROFILE, {}).get("acts")
        if isinstance(own, list):
            return [act for act in own if act in ACTS]
        found: dict[str, None] = {}
        actions = decision.keys.get("actions")
        for action in actions if isinstance(actions, list) else []:
            written = action.get("type") if isinstance(action, dict) else None
            act = act_of(written) if isinstance(written, str) else None
            if act is not None:
                found[act] = None
            elif written:
                self.doubts.append(DecisionDoubt(decision.at, "action", str(written)))
        return list(found)


class _Planned(NamedTuple):
    """A meeting before it has an id."""

    pair: Pair
    own: Mapping[str, Tree]
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

    @property
    def language_known(self) -> bool:
        return not self.by_language


# --- pairs -------------------------------------------------------------------------------------


def _decisions(pair: Pair) -> Sequence[DecisionText]:
    return pair.collection.decisions if pair.collection else ()


def _prefix(pair: Pair) -> str:
    """Return the prefix of most decisions' numbers, or that of the meeting's."""
    for one in _decisions(pair):
        prefix = one.keys["identifier"][0].get("prefix")
        if isinstance(prefix, str):
            return prefix
    found = listed(pair.meeting.keys.get("identifier")) if pair.meeting else []
    prefixes = [one.get("prefix") for one in found if isinstance(one, dict)]
    return next((one for one in prefixes if isinstance(one, str)), "")


# --- values -----------------------------------------------------------------------------------


def _day(tree: Tree) -> date | None:
    return parse_day(tree.partition("T")[0]) if isinstance(tree, str) else None


def _days_of(keys: Mapping[str, Tree]) -> list[date]:
    """Return the days of a decision."""
    found = [_day(one.get("date")) for one in listed(keys.get("dates")) if isinstance(one, dict)]
    return [day for day in found if day is not None]


def body_code(name: str) -> str:
    """Return the code of a body with a name: `ISO/TC 154` is ISO-TC-154."""
    words = re.findall(r"[A-Z0-9]+", fold_words(name).upper())
    code = "-".join(words)
    if len(code) > _LONGEST_CODE:
        code = "".join(word[0] if word.isalpha() else word for word in words)[:_LONGEST_CODE]
    code = code if code[:1].isalpha() else f"X{code}"
    code = code if len(code) > 1 else f"{code}X"
    return code if CODE.fullmatch(code) else f"X-{code}"[:_LONGEST_CODE]


def _unique(code: str, taken: Iterable[str]) -> str:
    count, made = 1, code
    while made in taken:
        count += 1
        made = f"{code[: _LONGEST_CODE - len(str(count))]}{count}"
    return made


def number_of(written: str) -> str:
    """Return a number in the form of a conclusion's: hyphens for blanks and other signs."""
    plain = _HYPHENS.sub("-", fold_words(written) if not written.isascii() else written).strip()
    found = _NO_NUMBER.sub("-", plain).strip("-./")
    return found if NUMBER.fullmatch(found) else "X"


def _names_of(tree: Tree) -> dict[str, str]:
    if isinstance(tree, str):
        return {"": tree}
    entries = [one for one in listed(tree) if isinstance(one, dict)]
    return dict(split_texts(entries, "en").by_language)


def _one_or_each(text: Mapping[str, str], language: str) -> Tree:
    """Return a text as a key takes it: alone in the main language, else one for each."""
    plain = {code: " ".join(text[code].split()) for code in sorted(text)}
    return plain[language] if plain.keys() == {language} else plain


def _without_own(keys: Mapping[str, Tree]) -> dict[str, Tree]:
    return {key: value for key, value in keys.items() if key not in (PROFILE, "identifier")}


def _plain_texts(tree: Tree) -> Iterable[str]:
    """Yield the texts in a tree that have no spelling."""
    if isinstance(tree, dict):
        if tree.get("spelling") == "" and isinstance(tree.get("value"), str):
            yield tree["value"]
        for value in tree.values():
            yield from _plain_texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _plain_texts(value)


# --- what is left -----------------------------------------------------------------------------


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
    others = own.get("metadata")
    found = {NAME: rest} if rest else {}
    return {**found, **others} if isinstance(others, dict) else found


def _in_order(tree: Mapping[str, Tree], shape: Keys) -> dict[str, Tree]:
    """Return keys in the order of the format, those that it does not have at the end."""
    order = [*shape.shapes, *tree]
    return {key: tree[key] for key in dict.fromkeys(order) if key in tree}


def _metadata(
    planned: _Planned,
    trees: tuple[dict[str, Tree], dict[str, Tree]],
    titles: _Titles,
    plain: str,
    conclusions: Sequence[NewConclusion],
) -> dict[str, Tree]:
    """Return what metadata say of a meeting: all that is not in the keys of its file.

    `trees` are the keys of the collection and those of the meeting.
    """
    own = planned.own
    collection, meeting = trees
    _take_out_known(planned, collection, meeting, titles, plain)
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
    others = own.get("metadata")
    found = {NAME: made} if made else {}
    return {**found, **others} if isinstance(others, dict) else found


def _take_out_known(
    planned: _Planned,
    collection: dict[str, Tree],
    meeting: dict[str, Tree],
    titles: _Titles,
    plain: str,
) -> None:
    """Take out of the keys of a collection and a meeting what the keys of the file say."""
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
