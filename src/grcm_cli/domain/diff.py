"""Differences between two states of a record, in terms of mandates and their progress."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Annotated, Literal

from grcm_cli.domain import model
from grcm_cli.domain.due import Occurrence
from grcm_cli.domain.events import Event
from grcm_cli.domain.model import AdoptedMandate, Entry, Meeting, Reference, Renamed, Text, texts
from grcm_cli.domain.register import Register, ReportedProgress, each_conclusion
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.language.text import collapse, natural_key

DifferenceKind = Literal[
    "new", "removed", "ended", "reopened", "moved", "rewritten", "reported", "unreported",
    "edited", "register", "meeting",
]  # fmt: skip
DIFFERENCE_ABOUTS: Mapping[DifferenceKind, str] = {
    "removed": "No longer in the files.",
    "rewritten": "Its text was changed, or whom it binds, or how strongly.",
    "unreported": "A report is no longer in the files.",
    "edited": "A note or a report was changed.",
    "register": "What the register says of a party, or of the process.",
    "meeting": "The dates, title or other data of a meeting.",
}
"""What those differences mean that are no changes of tasks, for the manual."""
ValuesByName = Mapping[str, Mapping[str, str]]  # by code or id, the texts of a file by key
_BINDING = {"terms", "membership", "members"}  # of a party: what decides on who owes which duty
_OF_STATES = {"reassigned", "times", "first due", "days", "terms"}  # lists of states have them too


@dataclass(frozen=True, slots=True)
class PartyTerm:
    """When a mandate is due for some parties; without parties, for all."""

    parties: Annotated[tuple[str, ...], "Codes; if there are none, all."]
    due: Annotated[str | None, "As written in the file."]
    deadline: Annotated[date | None, "The last day on which it is on time."]


class MandateVersion:
    """A mandate in one state of the record, with what later meetings decided about it."""

    def __init__(self, builder: TaskBuilder, adopted: AdoptedMandate) -> None:
        register, lineage, address = builder.register, builder.lineage, adopted.address
        meeting, self.conclusion, self.mandate = adopted
        self.address = adopted.reference
        self.remarks = {"note": self.mandate.note or "", "internal": self.mandate.internal or ""}
        self.entries = register.entries_by_mandate.get(address, ())
        self.ending = lineage.endings.get(address)
        self.end: tuple[object, ...] | None = self.ending[:3] if self.ending else None
        """What ended it, in a form that is equal where nothing differs."""
        if self.mandate.void is not None:
            self.end = ("void", self.mandate.void)
        handovers, moves = lineage.handovers.get(address, ()), lineage.moves.get(address, ())
        if handovers or moves:  # without those on what was settled before
            later = builder.on(max(builder.as_of, *(each.day for each in (*handovers, *moves))))
            places = later.effective_decisions(adopted)
            handovers = [each for each in handovers if places is None or each.at in places]
            moves = [each for each in moves if places is None or each.at in places]
        self.handovers = [handover[:-2] for handover in handovers]
        self.moved_by = [move.by for move in moves]
        self.owing = register.expand_responsible(self.mandate, meeting)  # as adopted
        decided = [*moves, *([self.ending] if self.ending else [])]
        is_of_office = not builder.offices.keys().isdisjoint(chain(*self.owing))
        on_day = builder.on(max([builder.as_of, *(decision.day for decision in decided)]))
        is_told = decided or handovers or is_of_office
        self.tasks = [*on_day.tasks_by_key(adopted).values()] if is_told else []
        """On the day, of what was moved, ended or handed over, or an office owes."""
        open_ones = [task for task in self.tasks if task.is_open]
        owed = open_ones if self.mandate.recurs and open_ones else self.tasks
        handed_to = dict.fromkeys(task.parties for task in owed) if handovers else {}
        self.owing_now = [*handed_to] or self.owing
        series = self.mandate.series(meeting, register.calendar)
        self.times = [f"{name} {day}" for day, name, _meeting in series.meetings] if series else []
        """Of a mandate that recurs at meetings: the meetings that are in the record."""
        # The next meeting at which it falls due; of what recurs on days, the first day.
        place = series.before(builder.as_of) + 1 if series and series.meetings else 1
        first = series.nth(place) if series else None
        due, day = self.mandate.due, self.mandate.last_day(meeting, register.calendar)
        terms = [PartyTerm((), due.written if due else None, first.deadline if first else day)]
        for move in moves:
            parties = tuple(sorted(move.parties))
            terms.append(PartyTerm(parties, move.due.written, move.deadline))
        last = max(place for place, term in enumerate(terms) if not term.parties)
        self.first_terms, self.terms = tuple(terms[:last]), tuple(terms[last:])
        """Those in force, from the last one for all parties on, and those before."""


Difference = Event[DifferenceKind, MandateVersion | None]
"""What became of a mandate between two states of the files; of anything else, without versions."""


def changes(
    old: Register,
    new: Register,
    as_of: date,
    unread: frozenset[str] = frozenset(),
    renames: model.Renames = (),
) -> list[Difference]:
    """Return the changes of duties, texts, notes, reports, meetings and parties, by reference.

    `as_of` decides who owes a duty. `unread` are the meetings and parties whose files could not be
    read on one of the two sides: what only such a file says counts as neither gone nor new.
    `renames` has what `old` had under another code or id.
    """
    before, after = _versions(old, as_of), _versions(new, as_of)
    both = {**before, **after}
    of_duties = (_between(address, before.get(address), after.get(address)) for address in both)
    differences = list(chain.from_iterable(of_duties))
    for item, name in renames:
        kind: DifferenceKind = "meeting" if isinstance(item, Meeting) else "register"
        differences += _edits(kind, Reference(name), {"code": named(item)}, {"code": name})
    differences += _of_texts(old, new)
    differences += _of_values("meeting", _meetings(old), _meetings(new))
    differences = [certain for change in differences if (certain := _certain(change, unread))]
    of_register = [*_of_values("register", _parties(old), _parties(new))]
    is_told = not _BINDING.isdisjoint(chain(*(change.parts for change in of_register)))
    owed, otherwise = (_owed(new, each.parties, as_of) if is_told else set() for each in (new, old))
    bound = {"terms": owed, **dict.fromkeys(("membership", "members"), owed ^ otherwise)}
    for change in of_register:
        code = change.reference.meeting
        codes = {code} ^ {*old.members_of(code)} ^ {*new.members_of(code)}
        rows = bound.get(change.parts[0], ())
        duties = {address for address, parties, _time in rows if not codes.isdisjoint(parties)}
        differences.append(change._replace(duties=tuple(sorted(duties, key=str))))
    return sorted(differences, key=lambda change: natural_key(str(change.reference)))


def is_edit(change: Difference) -> bool:
    """Tell whether something that was there was edited or deleted, which no list of states has."""
    was, now = change.before, change.after
    match change.kind:
        case "removed" | "unreported" | "edited":
            return True
        case "moved":
            return bool(was and now and was.mandate.due != now.mandate.due)
        case "ended" | "reopened":
            return bool(was and now and was.mandate.void != now.mandate.void)
        case "rewritten" | "register" | "meeting":
            return not _OF_STATES.issuperset(change.parts)
    return False


def named(item: Renamed) -> str:
    """Return the word by which files name a party, a theme or a meeting."""
    return item.id if isinstance(item, Meeting) else item.code


def renamed(old: Register, new: Register) -> Iterator[tuple[Renamed, str]]:
    """Yield each party, theme and meeting that has another name in a newer state, with that name.

    It is known by more than half of its names, or of a meeting of its body and its conclusions; or
    its old code is an alias of the new one.
    """
    unread = old.unread_meetings | new.unread_meetings
    kinds = ((each.parties, each.process.themes, each.meetings) for each in (old, new))
    for before, after in zip(*kinds, strict=True):
        names = [{named(item) for item in side} | unread for side in (before, after)]
        gone = [(item, _marks(item)) for item in before if named(item) not in names[1]]
        fresh = {named(item): _marks(item) for item in after if named(item) not in names[0]}
        for item, marks in gone:
            shared = Counter({name: len(marks & theirs) for name, theirs in fresh.items()})
            (name, count), (_second, next_count) = [*shared.most_common(2), ("", 0), ("", 0)][:2]
            is_clear = count > max(next_count, len(marks) / 2)
            if by_alias := [name for name, theirs in fresh.items() if named(item) in theirs]:
                name, is_clear = by_alias[0], len(by_alias) == 1
            if is_clear and sum(marks == each for _item, each in gone) == 1:
                yield item, name


def _marks(item: Renamed) -> set[str]:
    if isinstance(item, Meeting):
        body = item.body_code if item.is_session else ""
        return {body, *(f"{each.number} {_joined(each.text)}" for each in item.conclusions or ())}
    aliases = item.aliases if isinstance(item, model.Party) else ()
    return {collapse(word) for word in (*aliases, *item.name.by_language.values())}


def _certain(change: Difference, unread: frozenset[str]) -> Difference | None:
    """Return the certain part of a change, or None where it depends on a file that was not read."""
    if change.reference.meeting in unread:
        return None
    entries = tuple(entry for entry in change.reports if entry.party not in unread)
    if change.reports and not entries:
        return None
    sides = [version for version in (change.before, change.after) if version]
    by = [version.ending.by.meeting for version in sides if version.ending]
    by += [move.meeting for version in sides for move in version.moved_by]
    by_them = bool(unread.intersection(by))
    depends = change.kind in ("ended", "reopened", "moved", "rewritten") and by_them
    if change.kind == "moved" and unread and len(sides) == 2:
        # The same words on another day: a meeting that was not read may be the next one.
        was, now = ([(term.parties, term.due) for term in side.terms] for side in sides)
        depends = depends or was == now
    return None if depends else change._replace(reports=entries)


def _of_texts(old: Register, new: Register) -> Iterator[Difference]:
    """Yield the conclusions without duties that are new, gone or rewritten, and edited values."""
    for meeting, conclusion in each_conclusion(new):
        address = Reference(meeting.id, conclusion.number)
        if not conclusion.mandates and old.conclusion(address) is None:
            yield Event("new", address, date.min, None)
    for meeting, conclusion in each_conclusion(old):
        address = Reference(meeting.id, conclusion.number)
        later = new.conclusion(address)
        if later is None:
            if not conclusion.mandates:
                yield Event("removed", address, date.min, None)
            continue
        if not conclusion.mandates and _words(conclusion.text) != _words(later.text):
            yield Event("rewritten", address, date.min, None, parts=("text",))
        was, now = (
            {
                "note": version.note or "",
                "internal": version.internal or "",
                "themes": " ".join(texts(version.themes)),
                "confidential": "true" if version.confidential else "",
                "documents": "; ".join(version.documents),
                "acts": " ".join(texts(version.acts)),
                "follows": " ".join(texts(version.follows)),
                "metadata": _listed(version.metadata),
            }
            for version in (conclusion, later)
        )
        yield from _edits("edited", address, was, now)


def _edits(
    kind: DifferenceKind, address: Reference, was: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[Difference]:
    """Yield each value that differs, by its key; of what is on one side alone, the first."""
    keys = list({**was, **now})
    for key in keys if was and now else keys[:1]:
        sides = was.get(key, ""), now.get(key, "")
        if sides[0] != sides[1]:
            yield Event(kind, address, date.min, None, parts=(key,), sides=sides)


def _of_values(kind: DifferenceKind, old: ValuesByName, new: ValuesByName) -> Iterator[Difference]:
    for name in {**old, **new}:
        yield from _edits(kind, Reference(name), old.get(name, {}), new.get(name, {}))


def _owed(
    register: Register, parties: Sequence[model.Party], as_of: date
) -> set[tuple[Reference, model.Codes, Occurrence | None]]:
    """Return the open tasks of a day, if these were the parties: mandate, parties and time."""
    reported = ReportedProgress(register.entries, register.reporting_parties)
    files = register.meetings, reported, register.unread_meetings
    builder = TaskBuilder(Register(register.process, parties, *files), as_of, EVERYTHING)
    tasks = chain.from_iterable(map(builder.listed_tasks, builder.adopted_rows()))
    return {(task.reference, task.parties, task.occurrence) for task in tasks if task.is_open}


def _meetings(register: Register) -> dict[str, dict[str, str]]:
    return {
        meeting.id: {
            "days": _span(meeting.start, meeting.last_day),
            "body": meeting.body_code,
            "title": _joined(meeting.title),
            "place": meeting.place or "",
            "country": meeting.country.text if meeting.country else "",
            "language": meeting.language or "",
            "participants": " ".join(texts(meeting.participants)),
            "observers": " ".join(texts(meeting.observers)),
            "source": meeting.source or "",
            "confidential": "true" if meeting.confidential else "",
            "correspondence": "" if meeting.is_session else "true",
            "metadata": _listed(meeting.metadata),
        }
        for meeting in register.meetings
    }


def _parties(register: Register) -> ValuesByName:
    process, sender = register.process, register.process.secretariat
    head, signature = (sender.name, *sender.address), map(_joined, sender.signature)
    lines = (*map(_joined, head), sender.place, *signature, sender.email)
    values: dict[str, dict[str, str]] = {}
    for party in register.directory.by_code.values():
        contact = party.contact
        person = contact.name, contact.title, contact.salutation, *contact.address, *contact.email
        terms = [f"{term.holder.text} {_span(term.start, term.until)}" for term in party.terms]
        values[party.code] = {
            "name": _joined(party.name),
            "aliases": ", ".join(party.aliases),
            "role": party.kind,
            "language": party.language or "",
            "membership": "; ".join(_span(days.start, days.until) for days in party.memberships),
            "terms": "; ".join(terms),
            "members": " ".join(register.groups.get(party.code, ())),
            "contact": ", ".join(filter(None, person)),
        }
    nouns = [noun for word in process.conclusion.values() for noun in word[:2]]
    values[process.code] = values.get(process.code, {}) | {
        "process": _joined(process.name),
        "languages": " ".join(process.languages),
        "secretariat": ", ".join(filter(None, lines)),
        "conclusion": ", ".join(map(str, nouns)),
        "themes": "; ".join(f"{theme.code} {_joined(theme.name)}" for theme in process.themes),
    }
    return values


def _span(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return ""
    return " – ".join(dict.fromkeys(str(day or "…") for day in (first, last)))


def _joined(text: Text | None) -> str:
    return "; ".join(map(collapse, text.by_language.values())) if text else ""


def _listed(metadata: model.Metadata | None) -> str:
    """Return all that other programs say, by their keys: *app.budget: 5*."""

    def lines(keys: str, value: object) -> Iterator[str]:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                yield from lines(f"{keys}.{key}" if keys else str(key), inner)
        else:
            yield f"{keys}: {', '.join(map(str, value)) if isinstance(value, list) else value}"

    return "; ".join(lines("", metadata or {}))


def _versions(register: Register, as_of: date) -> dict[Reference, MandateVersion]:
    builder = TaskBuilder(register, as_of, EVERYTHING)
    return {row.address: MandateVersion(builder, row) for row in register.all_mandates}


def _between(
    address: Reference, old: MandateVersion | None, new: MandateVersion | None
) -> Iterator[Difference]:
    if new is None:
        yield Event("removed", old.address if old else address, date.min, None, old)
        return
    if old is None:
        yield Event("new", new.address, date.min, new)
    elif old.terms != new.terms:
        yield Event("moved", new.address, date.min, new, old)
    end_before, end = old.end if old else None, new.end
    if end and end != end_before:
        yield Event("ended", new.address, date.min, new, old)
    if end_before and not end:
        yield Event("reopened", new.address, date.min, new, old)
    parts = tuple(_rewritten(old, new)) if old else ()
    if parts:
        yield Event("rewritten", new.address, date.min, new, old, parts=parts)
    yield from _of_reports(old, new)
    for edit in _edits("edited", new.address, old.remarks, new.remarks) if old else ():
        yield edit._replace(after=new, before=old)


def _of_reports(old: MandateVersion | None, new: MandateVersion) -> Iterator[Difference]:
    before = old.entries if old else ()
    had, has = ([entry.said for entry in entries] for entries in (before, new.entries))
    added = [entry for entry in new.entries if entry.said not in had]
    gone = [entry for entry in before if entry.said not in has]
    for entry in list(added):
        same = [earlier for earlier in gone if earlier.said[:4] == entry.said[:4]]
        if same:  # but for its evidence and its note
            added.remove(entry)
            gone.remove(same[0])
            sides = _details(same[0]), _details(entry)
            yield Event("edited", new.address, date.min, new, old, reports=(entry,), sides=sides)
    if added:
        yield Event("reported", new.address, date.min, new, old, reports=tuple(added))
    if gone:
        yield Event("unreported", new.address, date.min, new, old, reports=tuple(gone))


def _details(entry: Entry) -> str:
    return " · ".join(filter(None, (entry.evidence, entry.note, entry.internal)))


_REWRITABLE: Mapping[str, Callable[[MandateVersion], object]] = {
    "text": lambda version: _words(version.conclusion.text),
    "action": lambda version: _words(version.mandate.action),
    "responsible": lambda version: [sorted(codes) for codes in version.owing],
    "reassigned": lambda version: version.handovers,
    "lead": lambda version: version.mandate.lead.text if version.mandate.lead else None,
    "support": lambda version: texts(version.mandate.support),
    "after": lambda version: texts(version.mandate.after),
    "kind": lambda version: version.mandate.kind,
    "until": lambda version: version.mandate.until.day if version.mandate.until else None,
}
"""What of a mandate can be rewritten, by key."""


def _rewritten(old: MandateVersion, new: MandateVersion) -> Iterator[str]:
    yield from (key for key, value in _REWRITABLE.items() if value(old) != value(new))
    # A deadline that is moved becomes an earlier one, and is itself no other than it was.
    earlier = max(len(old.first_terms), len(new.first_terms))
    deadlines = zip((*old.first_terms, *old.terms), (*new.first_terms, *new.terms), strict=False)
    if any(before != after for before, after in islice(deadlines, earlier)):
        yield "first due"
    if old.times != new.times and old.terms == new.terms:
        yield "times"


def _words(text: Text | None) -> object:
    """Return the words of a text: equal where they are after NFC, with white space collapsed."""
    if text is None:
        return None
    return {language: collapse(words) for language, words in text.by_language.items()}
