"""What became of the duties between two states of a data folder: values, for `grcm diff`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from grcm_cli.deadlines import deadline
from grcm_cli.lineage import Ending, Lineage, Move
from grcm_cli.model import Conclusion, Due, Entry, Mandate, Meeting, Reference, Text, Written
from grcm_cli.register import Register
from grcm_cli.text import collapse, natural_key

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


def changes(old: Register, new: Register) -> list[Change]:
    """Return what became of the duties, and of adopted texts that lay none down, by reference."""
    before, after = _duties(old), _duties(new)
    found = [
        change
        for address in {**before, **after}
        for change in _between(address, before.get(address), after.get(address))
    ]
    found += _of_texts(old, new)
    return sorted(found, key=lambda change: natural_key(str(change.address)))


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
            list(_terms(register, meeting, mandate, lineage.moves.get(address, ()))),
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
) -> Iterator[Term]:
    """Yield by when it is due: the last word for all, and what was said after it for some."""
    said: list[tuple[tuple[str, ...], Due | None, Meeting]] = [((), mandate.due, meeting)]
    for move in moves:
        if not move.parties:
            said.clear()
        said.append((tuple(sorted(move.parties)), move.due, move.meeting))
    for parties, due, counted_from in said:
        day = deadline(due, counted_from, register.calendar)
        yield Term(parties, due.written if due else None, day)


def _between(address: Reference, old: Duty | None, new: Duty | None) -> Iterator[Change]:
    if old is None or new is None:
        kind: Kind = "new" if old is None else "removed"
        known = new or old
        shown = known.address if known else address
        yield Change(kind, shown, old, new, (), tuple(new.entries) if new else ())
        return
    ended_before, ended_now = bool(old.ending or old.is_void), bool(new.ending or new.is_void)
    if ended_now and not ended_before:
        yield Change("ended", new.address, old, new)
    if ended_before and not ended_now:
        yield Change("reopened", new.address, old, new)
    if old.terms != new.terms:
        yield Change("moved", new.address, old, new)
    parts = tuple(_rewritten(old, new))
    if parts:
        yield Change("rewritten", new.address, old, new, parts)
    had, has = (list(map(_plain, duty.entries)) for duty in (old, new))
    added = tuple(entry for entry in new.entries if _plain(entry) not in had)
    gone = tuple(entry for entry in old.entries if _plain(entry) not in has)
    if added:
        yield Change("reported", new.address, old, new, (), added)
    if gone:
        yield Change("unreported", new.address, old, new, (), gone)


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
