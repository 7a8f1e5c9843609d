"""The values of one data file as JSON rows, and back: compact, without places.

The row of a meeting has what lists show. Of a conclusion without mandates and without references,
that is the number; of one without mandates, no text: the lists show the texts of conclusions that
lay a duty on somebody. The other texts of a meeting are in a row of their own.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from sys import intern
from typing import Any, Generic, NamedTuple, TypeVar

from grcm_cli.domain.deadlines import parse_due
from grcm_cli.domain.findings import Ignore
from grcm_cli.domain.model import (
    Conclusion,
    Due,
    Each,
    Entry,
    Extension,
    Location,
    Mandate,
    Meeting,
    Party,
    PlacedWord,
    Process,
    Responsible,
    Term,
    Text,
    Together,
    Unclear,
    Until,
)
from grcm_cli.language.noun import Noun
from grcm_cli.storage.paths import MEETINGS, REGISTER

Words = Callable[[Text], Mapping[str, str] | str]
"""Gives what is held of a text: by language, or in one language alone."""
Json = Any
"""What a JSON document holds has no narrower type."""
NOWHERE = Location("?", 0, 0, 0)
"""The place of a conclusion of which only the number is kept."""
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_NO_TEXT = Text({})
_NO_MORE = ((), (), None, None, None)
_NO_WORDS = ((), (), None, None)
_Value = TypeVar("_Value")


class _ValuePool(dict[str, _Value], Generic[_Value]):
    """Values by the word that they are made from; each is made once."""

    def __init__(self, make: Callable[[str], _Value]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, word: str) -> _Value:
        """Make the value of a word that is new."""
        value = self[word] = self.make(word)
        return value


class _OneLanguage(Mapping[str, str]):
    """A text in one language, under no name: a dictionary takes four times as much."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __getitem__(self, language: str) -> str:
        """Return the text under the empty name."""
        if language:
            raise KeyError(language)
        return self.text

    def get(self, language: str, default: object = None) -> Any:  # noqa: ANN401 - as in Mapping
        """Return the text under the empty name; faster than the one of Mapping."""
        return default if language else self.text

    def __iter__(self) -> Iterator[str]:
        return iter(("",))

    def __len__(self) -> int:
        return 1


def _new(kind: type[_Value], values: tuple[Any, ...]) -> _Value:
    """Return a named tuple of these values, in the order of its fields."""
    made: _Value = tuple.__new__(kind, values)  # type: ignore[type-var] # any NamedTuple
    return made


# --- values to rows --------------------------------------------------------------------------


def in_all_languages(text: Text) -> Mapping[str, str]:
    """Return a text in all its languages."""
    return text.by_language


def in_none(_text: Text) -> Mapping[str, str]:
    """Return nothing: the text is not shown."""
    return {}


def in_language(language: str) -> Words:
    """Return what gives a text in one language alone, as `Text.shown` shows it."""
    return lambda text: text.shown(language)


class RowTexts(NamedTuple):
    """Which texts the rows of a file have."""

    words: Words = in_all_languages
    actions_only: bool = False
    """No text of a conclusion whose mandates say what is to be done, and none of an entry."""


def encoded(row: Json) -> bytes:
    """Return a row as JSON in UTF-8."""
    return _encode(row).encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> Json:
    """Return the row that `encoded` wrote."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


def with_ignores(row: bytes, ignores: Sequence[Ignore]) -> bytes:
    """Return the row of a file with its comments that say which findings do not count."""
    places = [(*one.at[1:], one.rules) for one in ignores]
    return b'{"ignores":' + encoded(places) + b',"row":' + row + b"}" if places else row


def parted_ignores(row: bytes, path: str) -> tuple[bytes, list[Ignore]]:
    """Return the row and the comments of what `with_ignores` wrote of the file at a path."""
    if not row.startswith(b"{"):
        return row, []  # as most
    whole = decoded(row)
    found = [Ignore(Location(path, *at), tuple(rules)) for *at, rules in whole["ignores"]]
    return encoded(whole["row"]), found


def register_row(process: Process, parties: Iterable[Party]) -> Json:
    """Return the row of register.yaml."""
    names = process.name.by_language
    rows = [_party_row(party) for party in parties]
    return [process.code, names, process.languages, dict(process.conclusion), rows]


def _party_row(party: Party) -> Json:
    return [
        *(party.code, party.kind, party.name.by_language, party.aliases, party.language),
        *(_iso(party.since), _iso(party.until)),
        [(term.holder.text, _iso(term.start), _iso(term.until)) for term in party.terms],
    ]


def meeting_row(meeting: Meeting, texts: RowTexts) -> Json:
    """Return the row of what lists show of a meeting, with these texts."""
    adopted = meeting.conclusions
    return [
        *(meeting.id, _text(meeting.body), _iso(meeting.start), _iso(meeting.end)),
        *(meeting.title and meeting.title.by_language, meeting.place, _text(meeting.country)),
        *(meeting.language, _codes(meeting.participants), _codes(meeting.observers)),
        meeting.source,
        adopted if adopted is None else [_conclusion_row(one, texts) for one in adopted],
    ]


def _conclusion_row(conclusion: Conclusion, texts: RowTexts) -> Json:
    if not (conclusion.mandates or conclusion.lineage):
        return conclusion.number
    references = None
    words, mandates = texts.words, conclusion.mandates
    is_shown = bool(mandates) and not (texts.actions_only and all(one.action for one in mandates))
    text = words(conclusion.text) if is_shown else None
    if conclusion.lineage:
        references = [
            _codes(conclusion.follows),
            _codes(conclusion.supersedes),
            _codes(conclusion.closes),
            [(e.mandate.text, e.due.written, _codes(e.parties)) for e in conclusion.extends],
        ]
    rows = [_mandate_row(mandate, words) for mandate in mandates]
    return [conclusion.number, rows, text, references]


def _mandate_row(mandate: Mandate, words: Words) -> Json:
    until = mandate.until and mandate.until.day.isoformat()
    more = [_codes(mandate.support), _codes(mandate.after), mandate.void, until, mandate.note]
    return [
        mandate.action and words(mandate.action),
        _responsible_row(mandate.responsible),
        mandate.due and mandate.due.written,
        mandate.kind,
        more if any(more) or mandate.void is not None else None,
    ]


def _responsible_row(responsible: Responsible | None) -> str | None:
    """Return a party's code alone, or JSON: a text either way, by which equal ones are shared."""
    match responsible:
        case None:
            return None
        case Together((party,)):
            return party.text
        case Together(parties):
            return json.dumps([_codes(parties)])
        case Each(group, listed, exceptions):
            return json.dumps([_codes(listed), group, _codes(exceptions)])


def entry_rows(entries: Iterable[Entry], texts: RowTexts) -> Json:
    """Return the rows of a progress file, with these texts."""
    return [
        (
            *(entry.mandate.text, entry.day.isoformat(), entry.progress, _text(entry.occurrence)),
            *((None, None) if texts.actions_only else (entry.evidence, entry.note)),
        )
        for entry in entries
    ]


def other_texts(meeting: Meeting) -> bytes:
    """Return the row of what `meeting_row` leaves out, compressed: those of all are held at once.

    Of 100,000 conclusions they are 30 MB, and 12 compressed, for 0.3 s.
    """
    adopted = meeting.conclusions
    rows = None if adopted is None else [*map(_texts_of_conclusion, adopted)]
    return zlib.compress(encoded([meeting.metadata, rows]), level=1)


def _texts_of_conclusion(conclusion: Conclusion) -> Json:
    text = None if conclusion.mandates else conclusion.text.by_language
    acts = _codes(conclusion.acts)
    more = [acts, conclusion.documents, conclusion.note, conclusion.metadata]
    return [text, *more] if any(more) else text


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _text(word: PlacedWord | None) -> str | None:
    return None if word is None else word.text


def _codes(words: Sequence[PlacedWord]) -> Sequence[str]:
    return [word.text for word in words]


# --- rows to values --------------------------------------------------------------------------


class Decoder:
    """Makes values from rows; equal words and deadlines of a file are shared, equal days of all.

    The place of a value is its file, with the line 0. The values of which a folder has most are
    made by `_new`, in the order of the model's fields: with the fields' names, decoding takes twice
    as long.
    """

    def __init__(self, words: Words = in_all_languages) -> None:
        """`words` gives what is kept of the actions of mandates and the texts of conclusions."""
        self._text_of = _text_maker(words)
        self._days = _ValuePool(date.fromisoformat)
        self._dues: _ValuePool[Due] = _ValuePool(lambda text: parse_due(text) or Unclear(text))
        self._numbers = _ValuePool(lambda number: _conclusion(number, _NO_TEXT, (), NOWHERE))
        self._begin("?")

    def _begin(self, path: str) -> None:
        """Begin with the values of a file."""
        self._at = Location(path, 0, 0, 0)
        # Files name the same parties and mandates.
        self._words = _ValuePool(lambda text: PlacedWord(intern(text), self._at))
        self._responsible = _ValuePool(self._responsible_of)

    def values(
        self, name: str, path: str, data: bytes
    ) -> tuple[Process, tuple[Party, ...]] | Meeting | list[Entry]:
        """Return what the row of a file holds, by the file's name in the data folder.

        `path` is the file's as findings show it.
        """
        row = decoded(data)
        if name == REGISTER:
            return self.register(row, path)
        if name.startswith(MEETINGS):
            return self.meeting(row, path)
        return self.entries(row, PurePath(name).stem, path)

    def register(self, row: Json, path: str) -> tuple[Process, tuple[Party, ...]]:
        """Return the process and the parties of register.yaml, whose path findings show."""
        self._begin(path)
        code, names, languages, nouns, parties = row
        conclusion = {language: Noun(*noun) for language, noun in nouns.items()}
        process = Process(code, Text(names), tuple(languages), conclusion=conclusion)
        return process, tuple([self._party(party) for party in parties])

    def _party(self, row: Json) -> Party:
        code, kind, names, aliases, language, since, until, terms = row
        held = tuple([Term(self._words[h], self._days[f], self._day(u)) for h, f, u in terms])
        days = self._day(since), self._day(until)
        return Party(code, kind, Text(names), tuple(aliases), self._at, language, *days, terms=held)

    def meeting(self, row: Json, path: str) -> Meeting:
        """Return a meeting; `path` is its file's, as findings show it."""
        self._begin(path)
        code, body, start, end, title, place, country, language, *others, conclusions = row
        participants, observers, source = others
        at = Location(path, 1, 1, 0)
        return Meeting(
            code, self._word(body), self._day(start), self._day(end), at, end_at=at,
            title=title and Text(title), place=place, country=self._word(country),
            language=language, participants=self._listed(participants),
            observers=self._listed(observers), source=source,
            conclusions=None if conclusions is None else self._conclusions(conclusions),
        )  # fmt: skip

    def _conclusions(self, rows: Json) -> tuple[Conclusion, ...]:
        numbers = self._numbers
        return tuple(
            [numbers[row] if row.__class__ is str else self._conclusion(row) for row in rows]
        )

    def _conclusion(self, row: Json) -> Conclusion:
        number, rows, words, references = row
        text = _NO_TEXT if words is None else self._text_of(words)
        several = len(rows) > 1
        mandates = tuple([self._mandate(one, n, several) for n, one in enumerate(rows, 1)])
        found = _conclusion(number, text, mandates, self._at)
        if references is None:
            return found
        follows, supersedes, closes, extends = references
        moves = [
            Extension(self._words[mandate], self._dues[due], self._at, self._listed(parties))
            for mandate, due, parties in extends
        ]
        return found._replace(
            follows=self._listed(follows), supersedes=self._listed(supersedes),
            closes=self._listed(closes), extends=tuple(moves),
        )  # fmt: skip

    def _mandate(self, row: Json, ordinal: int, several: bool) -> Mandate:  # noqa: FBT001 - as in the model
        words, responsible, due, kind, more = row
        support, after, void, until, note = more or _NO_MORE
        at = self._at
        values = (
            *(ordinal, several, None if words is None else self._text_of(words)),
            None if responsible is None else self._responsible[responsible],
            None if due is None else self._dues[due],
            *(at, at, self._listed(support) if support else (), intern(kind)),
            *(self._listed(after) if after else (), note, void, False, False),
            None if until is None else Until(self._days[until], at),
        )
        return _new(Mandate, values)  # in which nothing is wrong

    def _responsible_of(self, text: str) -> Responsible:
        if not text.startswith("["):
            return Together((self._words[text],))
        listed, *each = json.loads(text)
        if not each:
            return Together(self._listed(listed))
        group, exceptions = each
        return Each(group, self._listed(listed), self._listed(exceptions), self._at)

    def entries(self, rows: Json, party: str, path: str) -> list[Entry]:
        """Return the entries of a party's progress file; `path` is as findings show it."""
        self._begin(path)
        at, words, days = self._at, self._words, self._days
        found = []
        for mandate, day, progress, occurrence, evidence, note in rows:
            values = (party, words[mandate], days[day], intern(progress), at, evidence, note)
            found.append(_new(Entry, (*values, self._word(occurrence), at)))
        return found

    def _word(self, text: str | None) -> PlacedWord | None:
        return None if text is None else self._words[text]

    def _day(self, text: str | None) -> date | None:
        return None if text is None else self._days[text]

    def _listed(self, codes: Iterable[str]) -> tuple[PlacedWord, ...]:
        return tuple([self._words[code] for code in codes])


def _text_maker(words: Words) -> Callable[[Mapping[str, str] | str], Text]:
    """Return what makes a text of a row, of which `words` gives what is held."""

    def as_it_is(row: Mapping[str, str] | str) -> Text:
        if not row:
            return _NO_TEXT
        return _new(Text, (_OneLanguage(row) if isinstance(row, str) else row,))

    if words is in_all_languages:
        return as_it_is
    if words is in_none:
        return lambda _row: _NO_TEXT
    return lambda row: as_it_is(words(as_it_is(row)))


def _conclusion(number: str, text: Text, mandates: tuple[Mandate, ...], at: Location) -> Conclusion:
    """Return a conclusion that refers to no other."""
    return _new(Conclusion, (number, text, at, at, (), mandates, (), (), (), (), (), None, None))


def with_texts(meeting: Meeting, texts: bytes) -> Meeting:
    """Return a meeting that was made from its row, with its `other_texts`."""
    metadata, rows = decoded(zlib.decompress(texts))
    adopted = meeting.conclusions
    if adopted is not None:
        adopted = tuple(map(_with_texts, adopted, rows))
    return meeting._replace(conclusions=adopted, metadata=metadata)


def _with_texts(conclusion: Conclusion, row: Json) -> Conclusion:
    values = row if isinstance(row, list) else (row, *_NO_WORDS)
    text, acts, documents, note, metadata = values
    return conclusion._replace(
        text=conclusion.text if text is None else Text(text),
        acts=tuple([PlacedWord(act, NOWHERE) for act in acts]),
        documents=tuple(documents),
        note=note,
        metadata=metadata,
    )
