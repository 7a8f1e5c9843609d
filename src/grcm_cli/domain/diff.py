"""What became of the duties between two states of a data folder: values, for `grcm diff`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from grcm_cli.domain.deadlines import deadline
from grcm_cli.domain.lineage import Ending, Lineage, Move
from grcm_cli.domain.model import Conclusion, Due, Entry, Mandate, Meeting, Reference, Text, Written
from grcm_cli.domain.recurrence import Series
from grcm_cli.domain.register import Register
from grcm_cli.language.text import collapse, natural_key

Kind = Literal[
    "new", "removed", "ended", "reopened", "moved", "rewritten", "reported", "unreported"
]


class Term(NamedTuple):
    """For whom it is due when: all, where no party is named."""

    parties: tuple[str, ...]
    written: str | None
    day: date | None


class Duty(NamedTuple):
    """A mandate as one state of the folder has it, with all that later meetings say of it."""

    meeting: Meeting
    conclusion: Conclusion
    mandate: Mandate
    address: Reference
    owing: Sequence[tuple[str, ...]]
    terms: Sequence[Term]
    """As it stands: the last word for all, and what was said after it for some."""
    first_terms: Sequence[Term]
    """What was in force before that."""
    times: Sequence[str]
    """Of a duty that comes back at meetings: those that are known."""
    moved_by: Sequence[Reference]
    ending: Ending | None
    entries: Sequence[Entry]

    @property
    def is_void(self) -> bool:
        """Tell whether it is recorded as an error."""
        return self.mandate.void is not None


class Change(NamedTuple):
    """One thing that is otherwise than before."""

    kind: Kind
    address: Reference
    before: Duty | None
    after: Duty | None
    parts: tuple[str, ...] = ()
    """Of what was rewritten: the keys."""
    entries: tuple[Entry, ...] = ()
    """What was reported, or is reported no more."""


def changes(old: Register, new: Register, unsure: frozenset[str] = frozenset()) -> list[Change]:
    """Return what became of the duties, and of adopted texts that lay none down, by reference.

    `unsure` are the meetings and parties whose files could not be read on one of the two sides:
    what only such a file would say is neither gone nor new.
    """
    before, after = _duties(old), _duties(new)
    found = [
        change
        for address in {**before, **after}
        for change in _between(address, before.get(address), after.get(address))
    ]
    found += _of_texts(old, new)
    found = [sure for change in found if (sure := _surely(change, unsure))]
    return sorted(found, key=lambda change: natural_key(str(change.address)))


def _surely(change: Change, unsure: frozenset[str]) -> Change | None:
    """Return what is sure of a change, or None where it hangs on a file that was not read."""
    if change.address.meeting in unsure:
        return None
    entries = tuple(entry for entry in change.entries if entry.party not in unsure)
    if change.entries and not entries:
        return None
    sides = [duty for duty in (change.before, change.after) if duty]
    by = [duty.ending.by.meeting for duty in sides if duty.ending]
    by += [move.meeting for duty in sides for move in duty.moved_by]
    by_them = bool(unsure.intersection(by))
    hangs = change.kind in ("ended", "reopened", "moved", "rewritten") and by_them
    if change.kind == "moved" and unsure and len(sides) == 2:
        # The same words on another day: a meeting that was not read may be the next one.
        hangs = hangs or _written(sides[0]) == _written(sides[1])
    return None if hangs else change._replace(entries=entries)


def _written(duty: Duty) -> list[tuple[tuple[str, ...], str | None]]:
    return [(term.parties, term.written) for term in duty.terms]


def _of_texts(old: Register, new: Register) -> Iterator[Change]:
    """Yield the conclusions without duties whose words are gone, or others than before."""
    before, after = _texts(old), _texts(new)
    for address, conclusion in before.items():
        later = after.get(address) or new.conclusion(address)
        if later is None:
            yield Change("removed", address, None, None)
        elif _words(conclusion.text) != _words(later.text):
            yield Change("rewritten", address, None, None, ("text",))


def _texts(register: Register) -> dict[Reference, Conclusion]:
    return {
        Reference(meeting.id, conclusion.number): conclusion
        for meeting in register.meetings
        for conclusion in meeting.conclusions or ()
        if not conclusion.mandates
    }


def _duties(register: Register) -> dict[Reference, Duty]:
    lineage = Lineage(register)
    spoken = _entries(register)
    found: dict[Reference, Duty] = {}
    for meeting, conclusion, mandate in register.each_mandate():
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        responsible = mandate.responsible
        found[address] = Duty(
            meeting,
            conclusion,
            mandate,
            register.address(meeting, conclusion, mandate),
            register.owing(responsible, meeting) if responsible else [],
            *_terms(register, meeting, mandate, lineage.moves.get(address, ())),
            _times(register, meeting, mandate),
            [move.by for move in lineage.moves.get(address, ())],
            lineage.endings.get(address),
            spoken.get(address, ()),
        )
    return found


def _entries(register: Register) -> Mapping[Reference, list[Entry]]:
    found: dict[Reference, list[Entry]] = {}
    for entry in register.entries:
        reference = register.refer(entry.mandate.text)
        for mandate in register.mandates(reference) if reference else ():
            if reference is not None:
                found.setdefault(reference._replace(ordinal=mandate.ordinal), []).append(entry)
    return found


def _terms(
    register: Register, meeting: Meeting, mandate: Mandate, moves: Sequence[Move]
) -> tuple[Sequence[Term], Sequence[Term]]:
    """Return by when it is due, and by when it was before the last word for all."""
    said: list[tuple[tuple[str, ...], Due | None, Meeting]] = [((), mandate.due, meeting)]
    said += [(tuple(sorted(move.parties)), move.due, move.meeting) for move in moves]
    last = max(place for place, (parties, _due, _meeting) in enumerate(said) if not parties)
    series = Series.of(mandate, meeting, register.calendar)
    first = series.nth(1) if series else None
    terms = []
    for parties, due, counted_from in said:
        day = first.deadline if first else deadline(due, counted_from, register.calendar)
        terms.append(Term(parties, due.written if due else None, day))
    return terms[last:], terms[:last]


def _times(register: Register, meeting: Meeting, mandate: Mandate) -> Sequence[str]:
    series = Series.of(mandate, meeting, register.calendar)
    return [f"{name} {day}" for day, name, _meeting in series.meetings] if series else []


def _between(address: Reference, old: Duty | None, new: Duty | None) -> Iterator[Change]:
    if new is None:
        yield Change("removed", old.address if old else address, old, None)
        return
    if old is None:
        yield Change("new", new.address, None, new)
    elif old.terms != new.terms:
        yield Change("moved", new.address, old, new)
    yield from _endings(old, new)
    parts = tuple(_rewritten(old, new)) if old else ()
    if parts:
        yield Change("rewritten", new.address, old, new, parts)
    before = old.entries if old else ()
    had, has = (list(map(_plain, entries)) for entries in (before, new.entries))
    added = tuple(entry for entry in new.entries if _plain(entry) not in had)
    gone = tuple(entry for entry in before if _plain(entry) not in has)
    if added:
        yield Change("reported", new.address, old, new, (), added)
    if gone:
        yield Change("unreported", new.address, old, new, (), gone)


def _endings(old: Duty | None, new: Duty) -> Iterator[Change]:
    was, now = (_end(duty) if duty else None for duty in (old, new))
    if now and now != was:
        yield Change("ended", new.address, old, new)
    if was and not now:
        yield Change("reopened", new.address, old, new)


def _end(duty: Duty) -> tuple[object, ...] | None:
    """Return what ended a duty: equal where the same thing did, in the same way and on one day."""
    if duty.is_void:
        return ("void", duty.mandate.void)
    ending = duty.ending
    return (ending.state, ending.by, ending.day) if ending else None


def _rewritten(old: Duty, new: Duty) -> Iterator[str]:
    """Yield the keys that say another thing."""
    if _words(old.conclusion.text) != _words(new.conclusion.text):
        yield "text"
    if _words(old.mandate.action) != _words(new.mandate.action):
        yield "action"
    if old.owing != new.owing:
        yield "responsible"
    pairs = (
        ("support", old.mandate.support, new.mandate.support),
        ("after", old.mandate.after, new.mandate.after),
    )
    for key, before, after in pairs:
        if _codes(before) != _codes(after):
            yield key
    if old.mandate.kind != new.mandate.kind:
        yield "kind"
    if old.first_terms != new.first_terms:
        yield "first due"
    if old.times != new.times and old.terms == new.terms:
        yield "times"
    if _until(old.mandate) != _until(new.mandate):
        yield "until"


def _words(text: Text | None) -> object:
    """Return the words of a text: equal where they are after NFC, with white space collapsed."""
    if text is None:
        return None
    return {language: collapse(words) for language, words in text.by_language.items()}


def _codes(words: Sequence[Written]) -> list[str]:
    return [word.text for word in words]


def _until(mandate: Mandate) -> date | None:
    return mandate.until.day if mandate.until else None


def _plain(entry: Entry) -> tuple[object, ...]:
    occurrence = entry.occurrence.text if entry.occurrence else None
    said = (entry.party, entry.day, entry.progress, entry.evidence, entry.note)
    return (*said, occurrence)
