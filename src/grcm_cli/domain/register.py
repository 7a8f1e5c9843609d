"""The register: everything that was read of a data folder, with its look-ups."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Literal, NamedTuple

from grcm_cli.domain import model
from grcm_cli.domain.due import Due
from grcm_cli.domain.model import AdoptedMandate, Codes, Mandate, Meeting, PlacedWord, Reference
from grcm_cli.domain.parties import Directory

LinkKey = model.LineageKey | Literal["after"]


class Calendar:
    """All by id, and the meetings of each body in the order of their days."""

    def __init__(self, meetings: Iterable[Meeting]) -> None:
        self.by_id: dict[str, Meeting] = {}
        self._by_body: dict[str, list[tuple[date, str, Meeting]]] = {}
        for meeting in meetings:
            self.by_id.setdefault(meeting.id, meeting)
            if meeting.body is not None and meeting.start is not None and meeting.is_session:
                row = (meeting.start, meeting.id, meeting)
                self._by_body.setdefault(meeting.body.text, []).append(row)
        for rows in self._by_body.values():
            rows.sort(key=itemgetter(0, 1))

    def of_body(self, body: str, after: date) -> Sequence[tuple[date, str, Meeting]]:
        """Return the meetings of a body that start after a day: first day, id, meeting."""
        rows = self._by_body.get(body, ())
        return rows[bisect_right(rows, after, key=itemgetter(0)) :]

    def next_of(self, body: str, after: date) -> Meeting | None:
        """Return the first meeting of a body that starts after a day, or None."""
        rows = self.of_body(body, after)
        return rows[0][2] if rows else None


class ReportedProgress(NamedTuple):
    """The content of the folder `progress`: the entries, and the parties that have a file."""

    entries: Sequence[model.Entry] = ()
    parties: Sequence[PlacedWord] = ()


class EntryTarget(NamedTuple):
    """The mandate that an entry refers to."""

    reference: Reference | None  # as the entry writes it; None where it is not a reference
    meeting: Meeting | None
    mandate: Mandate | None  # None where the reference leads to none, or to several
    address: Reference | None


class Register:
    """Who takes part, what the meetings adopted, what the parties reported."""

    is_public = False  # whether it has nothing that is internal or confidential
    confidential: Collection[Reference] = ()
    """The meetings and conclusions that a public one lacks; topics and parties only they name."""
    withheld: Mapping[tuple[Reference, Codes], date] = {}
    """The tasks that a confidential decision changes: mandate, parties as adopted, since when."""

    def __init__(
        self,
        process: model.Process,
        parties: Sequence[model.Party],
        meetings: Sequence[Meeting],
        reported: ReportedProgress,
        unread_meetings: frozenset[str],
    ) -> None:
        """`unread_meetings` are the ids of the meetings whose files could not be read."""
        self.process = process
        self.parties = parties
        self.meetings = meetings
        self.entries, self.reporting_parties = reported
        self.unread_meetings = unread_meetings
        self._members: dict[date, Sequence[tuple[str]]] = {}

    def with_files(self, meetings: Sequence[Meeting], reported: ReportedProgress) -> "Register":
        """Return a register of the same process and parties, with other files."""
        result = Register(self.process, self.parties, meetings, reported, self.unread_meetings)
        result.is_public = self.is_public
        result.confidential, result.withheld = self.confidential, self.withheld
        return result

    def as_of(self, day: date) -> "Register":
        """Return a register in which the meetings that end after a day have no text yet."""

        def shown(meeting: Meeting) -> Meeting:
            is_ahead = meeting.last_day is not None and meeting.last_day > day
            return meeting._replace(conclusions=None, source=None) if is_ahead else meeting

        meetings = list(map(shown, self.meetings))
        result = self.with_files(meetings, ReportedProgress(self.entries, self.reporting_parties))
        result.__dict__["calendar"] = Calendar(map(shown, self.calendar.by_id.values()))
        return result

    def of_file(self, path: str) -> "Register":
        """Return a register of what one file says that looks all else up in the whole one.

        A rule that compares no two files finds in it what it finds of the file in the whole.
        """
        meetings = [meeting for meeting in self.meetings if meeting.at.path == path]
        entries = [entry for entry in self.entries if entry.at.path == path]
        parties = [word for word in self.reporting_parties if word.at.path == path]
        part = self.with_files(meetings, ReportedProgress(entries, parties))
        shared = ("directory", "calendar", "_conclusions", "deciding_conclusions")
        part.__dict__.update({name: getattr(self, name) for name in shared})
        return part

    @cached_property
    def directory(self) -> Directory:
        """The parties by code and name."""
        return Directory(self.parties, self.process.languages)

    @cached_property
    def calendar(self) -> Calendar:
        """The meetings by id and by body."""
        return Calendar(self.meetings)

    def is_body(self, code: str) -> bool:
        """Tell whether a code is that of a body that meets."""
        party = self.directory.by_code.get(code)
        return party is not None and party.kind == "body"

    def sure_code(self, word: PlacedWord) -> str | None:
        """Return the code that a word means for certain: by a name, an alias, or its case."""
        named = self.directory.named(word.text) if word.at.width >= len(word.text) else []
        return named[0].code if len(named) == 1 else None

    @cached_property
    def groups(self) -> Mapping[str, Codes]:
        """The groups by code, each with the codes of all that ever belong to it, in order."""
        members = [party.code for party in self.parties if party.kind == "member"]
        groups = {}
        for code, party in self.directory.by_code.items():
            if party.members is not None:
                words, excepted = party.members.listed, model.texts(party.members.exceptions)
                codes = members if party.members.group == "members" else model.texts(words)
                kept = [member for member in codes if member not in excepted]
                groups[code] = tuple(dict.fromkeys(kept))
        return groups

    def members_of(self, code: str, day: date | None = None) -> Codes:
        """Return a group's code and those of its members, on a day or ever; of another, its own."""
        if code not in self.groups:
            return (code,)
        return (code, *(self.groups[code] if day is None else self.present_members(code, day)))

    @cached_property
    def themes(self) -> Mapping[str, model.Theme]:
        """The topics of conclusions, by code."""
        return {theme.code: theme for theme in self.process.themes}

    @cached_property
    def used_themes(self) -> set[str]:
        """The codes of the topics that conclusions are about."""
        return {word.text for _meeting, each in each_conclusion(self) for word in each.themes}

    def expand_responsible(self, mandate: Mandate, meeting: Meeting) -> Sequence[Codes]:
        """Return the parties that a mandate binds, a tuple a task: one, several together, or none.

        A group, as each member, is expanded for the meeting's last day. The lead comes first.
        """
        responsible = mandate.responsible
        if responsible is None:
            return []
        if isinstance(responsible, model.Together):
            codes = self.codes_on(responsible.codes, meeting.last_day)
            lead = mandate.lead.text if mandate.lead else None
            return [tuple(sorted(codes, key=lambda code: code != lead))]
        excepted = set(self.codes_on(responsible.exceptions, meeting.last_day))
        bound = self._bound_each(responsible, meeting)
        return [codes for codes in bound if codes[0] not in excepted] if excepted else bound

    def codes_on(self, words: Sequence[PlacedWord], day: date | None) -> Codes:
        """Return the codes of parties, each once; of a group, those of its members on a day."""
        codes = model.texts(words)
        members = [self.present_members(code, day) for code in codes] if self.groups else [codes]
        return tuple(dict.fromkeys(chain(*members)))

    def present_members(self, code: str, day: date | None) -> Sequence[str]:
        """Return the codes of those of a group that are members on a day; of another party, its."""
        if code not in self.groups:
            return [code]
        parties, last = self.directory.by_code, day or date.max
        codes = self.groups[code]
        return [each for each in codes if each not in parties or parties[each].belongs_on(last)]

    def _bound_each(self, each: model.Each, meeting: Meeting) -> Sequence[tuple[str]]:
        if each.group != "members":
            words = meeting.participants if each.group == "participants" else each.listed
            return [(code,) for code in self.codes_on(words, meeting.last_day)]
        # All mandates of a meeting, and the tasks of these, share them.
        day = meeting.last_day or date.max
        if day not in self._members:
            members = (party for party in self.parties if party.kind == "member")
            codes = dict.fromkeys(party.code for party in members if party.belongs_on(day))
            self._members[day] = [(code,) for code in codes]
        return self._members[day]

    @cached_property
    def _conclusions(self) -> Mapping[str, Mapping[str, model.Conclusion]]:
        """The conclusions by meeting and number; of several with the same, the first."""
        by_meeting: dict[str, dict[str, model.Conclusion]] = {}
        for meeting in reversed(self.meetings):
            by_number = {each.number: each for each in reversed(meeting.conclusions or ())}
            by_meeting.setdefault(meeting.id, {}).update(by_number)
        return by_meeting

    def conclusion(self, reference: Reference) -> model.Conclusion | None:
        """Return the conclusion that a reference names, or None."""
        return self._conclusions.get(reference.meeting, {}).get(reference.number or "")

    def mandates(self, reference: Reference) -> Sequence[Mandate]:
        """Return the mandates that a reference names: by its `#` one, else all."""
        conclusion = self.conclusion(reference)
        if conclusion is None:
            return ()
        if reference.ordinal is None:
            return conclusion.mandates
        return conclusion.mandates[reference.ordinal - 1 : reference.ordinal]

    def adopted(self, reference: Reference) -> list[AdoptedMandate]:
        """Return the mandates that a reference names, each with its conclusion and meeting."""
        meeting, conclusion = self.calendar.by_id.get(reference.meeting), self.conclusion(reference)
        if meeting is None or conclusion is None:
            return []
        return [AdoptedMandate(meeting, conclusion, duty) for duty in self.mandates(reference)]

    def mandates_named(self, text: str, inside: str | None = None) -> list[AdoptedMandate]:
        """Return the same for a reference as a text writes it, in a meeting's file or elsewhere."""
        reference = self.parse_reference(text, inside)
        return self.adopted(reference) if reference else []

    def parse_reference(self, text: str, inside: str | None = None) -> Reference | None:
        """Return the reference that a text writes, or None where it is not one.

        `inside` is the meeting in whose file it stands. The meeting's id may be left out there, and
        a number that contains a `/` is looked up in this meeting first.
        """
        address, mark, index_text = text.partition("#")
        is_index = index_text.isascii() and index_text.isdigit() and index_text[0] != "0"
        index = int(index_text) if is_index and len(index_text) < 6 else None
        if mark and index is None:
            return None
        if inside is not None and address in self._conclusions.get(inside, ()):
            return Reference(inside, address, index)
        meeting, slash, number = address.partition("/")
        if slash:
            return Reference(meeting, number, index) if meeting and number else None
        if inside is not None and address not in self.calendar.by_id:
            return Reference(inside, address, index) if address else None
        return Reference(meeting, None, None) if meeting and not mark else None

    def leads_to_mandates(self, text: str, inside: str) -> bool:
        """Tell whether a reference leads to a mandate, or to a text that is not in the record."""
        reference = self.parse_reference(text, inside)
        if reference is None or reference.number is None:
            return False
        meeting = self.calendar.by_id.get(reference.meeting)
        if meeting is None:
            return reference.meeting in self.unread_meetings
        return meeting.conclusions is None or bool(self.mandates(reference))

    @cached_property
    def entries_by_mandate(self) -> Mapping[Reference, Sequence[model.Entry]]:
        """The entries on each mandate by its address, in the order of the files."""
        by_address: dict[Reference, list[model.Entry]] = {}
        for entry, target in self.entry_targets:
            if target.address is not None:
                by_address.setdefault(target.address, []).append(entry)
        return by_address

    @cached_property
    def entry_targets(self) -> Sequence[tuple[model.Entry, EntryTarget]]:
        """Every entry with what its reference leads to, in the order of the files."""
        by_text = {}  # the entries of a mandate share one value
        for text in {entry.mandate.text for entry in self.entries}:
            reference = self.parse_reference(text)
            meeting = self.calendar.by_id.get(reference.meeting) if reference else None
            mandates = self.mandates(reference) if reference else ()
            mandate = mandates[0] if len(mandates) == 1 else None
            address = reference._replace(ordinal=mandate.ordinal) if reference and mandate else None
            by_text[text] = EntryTarget(reference, meeting, mandate, address)
        return [(entry, by_text[entry.mandate.text]) for entry in self.entries]

    def each_due(self) -> Iterator[tuple[Meeting, Due, model.Location]]:
        """Yield every `due` of mandates and extensions, with its meeting and its place."""
        for meeting, _conclusion, mandate in self.all_mandates:
            if mandate.due is not None:
                yield meeting, mandate.due, mandate.due_at
        for meeting, _conclusion, extension in self.each_extension():
            yield meeting, extension.due, extension.due_at

    def each_extension(self) -> Iterator[tuple[Meeting, model.Conclusion, model.Extension]]:
        """Yield every extension with its meeting and conclusion."""
        for meeting, conclusion in self.linking_conclusions:
            for extension in conclusion.extends:
                yield meeting, conclusion, extension

    def each_reassignment(self) -> Iterator[tuple[Meeting, model.Conclusion, model.Reassignment]]:
        """Yield every reassignment with its meeting and conclusion."""
        for meeting, conclusion in self.linking_conclusions:
            for reassignment in conclusion.reassigns:
                yield meeting, conclusion, reassignment

    @cached_property
    def linking_conclusions(self) -> Sequence[tuple[Meeting, model.Conclusion]]:
        """The conclusions that link to older ones, which are few, in the order of the files."""
        return [row for row in each_conclusion(self) if row[1].lineage]

    @cached_property
    def deciding_conclusions(self) -> Sequence[tuple[Meeting, model.Conclusion]]:
        """Those of the whole record, where this is a part of one."""
        return self.linking_conclusions

    @cached_property
    def all_links(self) -> Sequence["ConclusionLink"]:
        """Every reference to an older conclusion or mandate, then those that are waited for."""
        links = []
        for meeting, conclusion in self.linking_conclusions:
            for key, word in conclusion.lineage:
                target = self.parse_reference(word.text, meeting.id)
                links.append(ConclusionLink(key, word, target, meeting, conclusion))
        for row in self.all_mandates:
            for word in row.mandate.after:
                target = self.parse_reference(word.text, row.meeting.id)
                links.append(ConclusionLink("after", word, target, *row))
        return links

    def each_exception(self) -> Iterator[tuple[Meeting, PlacedWord, frozenset[str]]]:
        """Yield the exceptions of mandates, with the meeting and the codes they are taken from."""
        for meeting, _conclusion, mandate in self.all_mandates:
            each = mandate.responsible
            if isinstance(each, model.Each) and each.exceptions:
                codes = frozenset(chain(*self._bound_each(each, meeting)))
                yield from ((meeting, word, codes) for word in each.exceptions)

    @cached_property
    def all_mandates(self) -> Sequence[AdoptedMandate]:
        """Every mandate, in the order of the files."""
        return [
            AdoptedMandate(meeting, conclusion, mandate)
            for meeting, conclusion in each_conclusion(self)
            for mandate in conclusion.mandates
        ]


def bare_conclusions(meeting: Meeting) -> list[model.Conclusion]:
    """Return the conclusions that neither lay down nor hand over a duty, nor do their items.

    12.a and 12.b are items of 12.
    """
    conclusions = meeting.conclusions or ()
    items = sorted([item.number for item in conclusions if item.mandates and "." in item.number])

    def has_items(number: str) -> bool:
        index = bisect_left(items, f"{number}.")
        return index < len(items) and items[index].startswith(f"{number}.")

    without = (each for each in conclusions if not (each.mandates or each.reassigns))
    return [each for each in without if not has_items(each.number)]


def each_conclusion(register: Register) -> Iterator[tuple[Meeting, model.Conclusion]]:
    """Yield every conclusion with its meeting, in the order of the files."""
    for meeting in register.meetings:
        for conclusion in meeting.conclusions or ():
            yield meeting, conclusion


def each_code(register: Register) -> Iterator[tuple[str, Sequence[PlacedWord]]]:
    """Yield the codes of parties with the key under which they stand; those of files with `file`.

    Exceptions stand under `members.except` in a group, and under `each.except` in a mandate.
    """
    for party in register.parties:
        yield from (("holder", [term.holder]) for term in party.terms)
        if party.members is not None:
            yield "members", party.members.listed
            yield "members.except", party.members.exceptions
    for meeting in register.meetings:
        yield "participants", meeting.participants
        yield "observers", meeting.observers
        yield "body", [meeting.body] if meeting.body else ()
        yield "country", [meeting.country] if meeting.country else ()
    for _meeting, _conclusion, mandate in register.all_mandates:
        match mandate.responsible:
            case model.Together(parties):
                yield "responsible", parties
            case model.Each(_, listed, exceptions):
                yield "each", listed
                yield "each.except", exceptions
        yield "support", mandate.support
        yield "lead", [mandate.lead] if mandate.lead else ()
    for _meeting, _conclusion, extension in register.each_extension():
        yield "parties", extension.parties
    for _meeting, _conclusion, reassignment in register.each_reassignment():
        yield "from", [reassignment.source] if reassignment.source else ()
        yield "to", reassignment.to
    yield from (("file", [word]) for word in register.reporting_parties)


def placed_texts(meeting: Meeting) -> Iterator[tuple[model.Text, model.Location]]:
    """Yield the texts of a meeting that may be in several languages, each with its place."""
    if meeting.title is not None:
        yield meeting.title, meeting.title_at or meeting.at
    for conclusion in meeting.conclusions or ():
        yield conclusion.text, conclusion.number_at
        for mandate in conclusion.mandates:
            if mandate.action is not None:
                yield mandate.action, mandate.at


class ConclusionLink(NamedTuple):
    """A reference to an older conclusion or mandate, or to a mandate that is waited for."""

    key: LinkKey
    word: PlacedWord
    target: Reference | None  # None where the word is no reference
    meeting: Meeting
    conclusion: model.Conclusion
    mandate: Mandate | None = None  # the one that waits, under `after`


def links(register: Register, *keys: LinkKey) -> Sequence[ConclusionLink]:
    """Return the references under some keys, or under all; `after` comes last."""
    return [link for link in register.all_links if not keys or link.key in keys]


def extended_mandates(
    register: Register,
) -> Iterator[tuple[Meeting, model.Extension, AdoptedMandate]]:
    """Yield each extension of exactly one mandate, with the meeting that extends it."""
    for meeting, _conclusion, extension in register.each_extension():
        adopted = register.mandates_named(extension.mandate.text, meeting.id)
        if len(adopted) == 1:
            yield meeting, extension, adopted[0]
