"""The content of a data folder as frozen values, each with its place in the file.

The terms are those of the README: meeting, conclusion, mandate, party, task, progress.
Nothing here opens a file, reads YAML or knows which day it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from grcm_cli.domain.due import Due, MeetingCalendar, Series
from grcm_cli.language.text import DEFAULT_LANGUAGES, LANGUAGES, Noun

PartyKind = Literal["member", "office", "organization", "body", "group"]
Group = Literal["members", "participants", "listed"]
MandateKind = Literal["request", "encouragement"]
LineageKey = Literal["follows", "supersedes", "closes", "extends", "reassigns"]
MeetingKind = Literal["meeting", "correspondence"]
Codes = tuple[str, ...]  # of parties: one, several that owe together, or none
Metadata = Mapping[str, Any]  # of other programs, by program: texts, lists and mappings of texts
Progress = Literal["started", "done", "declined", "not-applicable", "not-started", "withdrawn"]


class Location(NamedTuple):
    """A place in a file: line and column from 1, in characters; with width 0 the whole file."""

    path: str
    line: int
    column: int
    width: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def of_last_word(self, text: str, word: str) -> "Location":
        """Return the place of the word with which a text here ends; in quotes, the text's own."""
        if self.width != len(text) or not text.endswith(word):
            return self
        return self._replace(column=self.column + len(text) - len(word), width=len(word))


class PlacedWord(NamedTuple):
    """A word of a file with its place: a party's code, a reference, an act."""

    text: str
    at: Location


def texts(words: Iterable[PlacedWord]) -> tuple[str, ...]:
    """Return words of a file without their places."""
    return tuple([word.text for word in words])


class Text(NamedTuple):
    """A text in one language or several; the first is the authentic one."""

    by_language: Mapping[str, str]

    def shown(self, language: str) -> str:
        """Return the text in `language` where it exists, else in the authentic language."""
        text = self.by_language.get(language)
        return text if text is not None else next(iter(self.by_language.values()), "")


class Term(NamedTuple):
    """A term of office: until the day given, else until the next term."""

    holder: PlacedWord
    start: date
    until: date | None
    start_at: Location | None = None
    until_at: Location | None = None


class Membership(NamedTuple):
    """The days of one membership, both included; without a day it has no beginning or no end."""

    start: date | None
    until: date | None
    at: Location | None = None
    until_at: Location | None = None

    def has(self, day: date) -> bool:
        """Tell whether a day is one of them."""
        return (self.start or date.min) <= day <= (self.until or date.max)


class Contact(NamedTuple):
    """To whom the letters to a party go; what is not in the register is empty."""

    name: str | None = None  # a person or an office: `Dirección General de Migración`
    title: str | None = None
    salutation: str | None = None
    address: tuple[str, ...] = ()  # lines
    email: tuple[str, ...] = ()


class Party(NamedTuple):
    """A member country, an office (held in turn), an organization, a body, or a group of them."""

    code: str
    kind: PartyKind
    name: Text
    aliases: tuple[str, ...]
    at: Location
    language: str | None = None
    memberships: tuple[Membership, ...] = ()  # of a member that joined or left, by their days
    terms: tuple[Term, ...] = ()  # of an office
    name_places: Mapping[str, Location] = MappingProxyType({})
    contact: Contact = Contact()
    language_at: Location | None = None
    members: "Each | None" = None  # of a group: those that belong to it, on whatever day

    @property
    def since(self) -> date | None:
        """The first day of its first membership."""
        return self.memberships[0].start if self.memberships else None

    @property
    def until(self) -> date | None:
        """The last day of its last membership."""
        return self.memberships[-1].until if self.memberships else None

    def belongs_on(self, day: date) -> bool:
        """Tell whether the party is a member on a day, both ends included."""
        return not self.memberships or any(term.has(day) for term in self.memberships)

    def holder_on(self, day: date) -> str | None:
        """Return the code of the party that holds this office on a day, or None."""
        begun = [term for term in self.terms if term.start <= day]
        last = max(begun, key=lambda term: term.start, default=None)
        return last.holder.text if last and day <= (last.until or date.max) else None

    def terms_with_ends(self) -> Iterator[tuple[Term, date | None]]:
        """Yield the terms in their order, each with its last day; None where it has no end."""
        terms = sorted(self.terms, key=lambda term: term.start)
        for term, following in zip_longest(terms, terms[1:]):
            last = term.until
            if following is not None and following.start > term.start:
                before = following.start - timedelta(days=1)
                last = before if last is None else min(before, last)
            yield term, last


class Secretariat(NamedTuple):
    """Who sends the letters; what is not in the register is empty."""

    name: Text | None = None
    address: tuple[Text, ...] = ()  # a line each, or several
    place: str | None = None
    signature: tuple[Text, ...] = ()  # the same: who signs, and as what
    email: str | None = None


class Theme(NamedTuple):
    """A topic that conclusions are about."""

    code: str
    name: Text
    at: Location


class Process(NamedTuple):
    """The intergovernmental process whose meetings are recorded, and the topics it deals with."""

    code: str
    name: Text
    languages: tuple[str, ...]
    secretariat: Secretariat = Secretariat()
    conclusion: Mapping[str, Noun] = MappingProxyType({})
    """What its conclusions are called, in each language that has another word."""
    themes: tuple[Theme, ...] = ()

    @property
    def shown_languages(self) -> Sequence[str]:
        """The languages of its pages: those of it that the interface has, else the default ones."""
        shown = [code for code in dict.fromkeys(self.languages) if code in LANGUAGES]
        return shown or DEFAULT_LANGUAGES


class Together(NamedTuple):
    """Parties that owe one task together; none at all where the text names nobody.

    A group among them stands for all its members.
    """

    codes: tuple[PlacedWord, ...]


class Each(NamedTuple):
    """Parties that owe one task each: all of a kind or a list, less the exceptions."""

    group: Group
    listed: tuple[PlacedWord, ...]
    exceptions: tuple[PlacedWord, ...]
    at: Location

    @property
    def codes(self) -> tuple[PlacedWord, ...]:
        """The codes in the file, exceptions included."""
        return self.listed + self.exceptions

    @property
    def named(self) -> frozenset[str]:
        """The codes that are listed and no exceptions."""
        return frozenset(texts(self.listed)).difference(texts(self.exceptions))


Responsible = Together | Each


class Until(NamedTuple):
    """The last day on which a recurring duty can fall due."""

    day: date
    at: Location


class Mandate(NamedTuple):
    """One duty that a conclusion lays on somebody."""

    ordinal: int  # its place in the conclusion, from 1, as in `8#2`
    of_several: bool
    action: Text | None
    responsible: Responsible | None  # None where the key is missing, which is a warning
    due: Due | None
    at: Location
    due_at: Location
    support: tuple[PlacedWord, ...] = ()
    kind: MandateKind = "request"
    after: tuple[PlacedWord, ...] = ()
    note: str | None = None
    void: str | None = None  # the reason why a mandate that was recorded in error does not count
    faulty: bool = False  # the reader found an error in it; it stays listed with the state `?`
    anybody: bool = False  # the error is in `responsible`: the parties that it binds are unknown
    until: Until | None = None
    lead: PlacedWord | None = None  # of those that owe together: who is written to and listed first
    internal: str | None = None  # a remark that leaves in nothing that is published or sent

    @property
    def recurs(self) -> bool:
        """Whether it has a deadline again and again."""
        return self.due is not None and self.due.recurs

    def last_day(self, meeting: "Meeting", calendar: MeetingCalendar) -> date | None:
        """Return the last day on which it is not late, if it has one. `meeting` laid it down.

        None also for what the calendar does not tell yet: a next meeting that is in no file; and
        for what recurs, which has many.
        """
        return None if self.due is None else self.due.last_day(meeting, calendar)

    def series(self, meeting: "Meeting", calendar: MeetingCalendar) -> Series | None:
        """Return its occurrences, or None where it does not recur. `meeting` laid it down."""
        until = self.until.day if self.until else None
        return self.due.series(meeting, calendar, until) if self.due and self.due.recurs else None


class Extension(NamedTuple):
    """A new deadline for an older mandate, set by a later conclusion."""

    mandate: PlacedWord
    due: Due
    due_at: Location
    parties: tuple[PlacedWord, ...]  # the parties whose deadline moves; none for all


class Reassignment(NamedTuple):
    """What is open of an older mandate, handed to other parties by a later conclusion."""

    mandate: PlacedWord
    source: PlacedWord | None  # the party that owes it no more; None for all that owe it
    to: tuple[PlacedWord, ...]  # the parties that owe it from now on; several owe it together
    at: Location


class Conclusion(NamedTuple):
    """One numbered paragraph that the meeting adopted, word for word."""

    number: str
    text: Text
    at: Location
    number_at: Location
    acts: tuple[PlacedWord, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    follows: tuple[PlacedWord, ...] = ()
    supersedes: tuple[PlacedWord, ...] = ()
    closes: tuple[PlacedWord, ...] = ()
    extends: tuple[Extension, ...] = ()
    documents: tuple[str, ...] = ()
    note: str | None = None
    metadata: Metadata | None = None
    reassigns: tuple[Reassignment, ...] = ()
    themes: tuple[PlacedWord, ...] = ()
    internal: str | None = None
    confidential: bool = False  # it leaves in nothing that is published or sent

    @property
    def lineage(self) -> Sequence[tuple[LineageKey, PlacedWord]]:
        """The references to older conclusions and mandates, each with its key."""
        if not (self.follows or self.supersedes or self.closes or self.extends or self.reassigns):
            return ()  # as most
        return [
            *[("follows", word) for word in self.follows],
            *[("supersedes", word) for word in self.supersedes],
            *[("closes", word) for word in self.closes],
            *[("extends", extension.mandate) for extension in self.extends],
            *[("reassigns", reassignment.mandate) for reassignment in self.reassigns],
        ]

    @property
    def whole_number(self) -> int | None:
        """Its number as an integer; None for 12.a or IV.3."""
        return int(self.number) if self.number.isdecimal() and len(self.number) < 10 else None


class Meeting(NamedTuple):
    """One session of a body, or what it decided between two of them by correspondence.

    Without conclusions only its dates are known.
    """

    id: str
    body: PlacedWord | None
    start: date | None  # None only where the file has an error there
    end: date | None
    at: Location
    end_at: Location
    title: Text | None = None
    place: str | None = None
    country: PlacedWord | None = None
    language: str | None = None
    participants: tuple[PlacedWord, ...] = ()
    observers: tuple[PlacedWord, ...] = ()
    source: str | None = None
    conclusions: tuple[Conclusion, ...] | None = None  # None where only its dates are known
    title_at: Location | None = None
    metadata: Metadata | None = None
    language_at: Location | None = None
    kind: MeetingKind = "meeting"
    confidential: bool = False  # nothing that is published or sent says what it adopted

    @property
    def body_code(self) -> str:
        """The code of the body; empty only where the file has an error there."""
        return self.body.text if self.body else ""

    @property
    def is_session(self) -> bool:
        """Whether people met, so that a body's next meeting may be this one."""
        return self.kind == "meeting"

    @property
    def last_day(self) -> date | None:
        """The day on which its conclusions take effect: its end, or its only day."""
        if self.start is None or self.end is None:
            return self.start or self.end
        return self.end if self.start < self.end else self.start

    def parts_of(self, number: str) -> list[Conclusion]:
        """Return the conclusions under a number: 6.a and 6.b under 6, which need not exist."""
        under = f"{number.casefold()}."
        return [part for part in self.conclusions or () if part.number.casefold().startswith(under)]


Renamed = Party | Theme | Meeting
"""What has a code or an id, which may become another."""
Renames = Sequence[tuple[Renamed, str]]  # what had another one before, and the new one


class Entry(NamedTuple):
    """A dated statement by a party about one of its tasks."""

    party: str
    mandate: PlacedWord
    day: date
    progress: Progress
    at: Location
    evidence: str | None = None
    note: str | None = None
    occurrence: PlacedWord | None = None  # of what recurs: a deadline, or a meeting's id
    day_at: Location | None = None
    internal: str | None = None

    @property
    def time(self) -> str:
        """Which occurrence it is about; empty where it names none."""
        return self.occurrence.text if self.occurrence else ""

    @property
    def said(self) -> tuple[object, ...]:
        """All that it says of its mandate, without its place."""
        texts = self.time, self.evidence, self.note, self.internal
        return self.party, self.day, self.progress, *texts


class Reference(NamedTuple):
    """The address of a meeting, a conclusion or a mandate: `GRCM-2002-10/8#2`."""

    meeting: str
    number: str | None = None
    ordinal: int | None = None

    def __str__(self) -> str:
        number = "" if self.number is None else f"/{self.number}"
        ordinal = "" if self.ordinal is None else f"#{self.ordinal}"
        return f"{self.meeting}{number}{ordinal}"


class AdoptedMandate(NamedTuple):
    """A mandate with the conclusion that lays it down, and the meeting that adopted this."""

    meeting: Meeting
    conclusion: Conclusion
    mandate: Mandate

    @property
    def address(self) -> Reference:
        """Its address with its `#`, whether or not that may be left out."""
        return Reference(self.meeting.id, self.conclusion.number, self.mandate.ordinal)

    @property
    def reference(self) -> Reference:
        """Its shortest address: with its `#` only where its conclusion has several mandates."""
        ordinal = self.mandate.ordinal if self.mandate.of_several else None
        return Reference(self.meeting.id, self.conclusion.number, ordinal)
