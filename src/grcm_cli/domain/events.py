"""An event: one thing that became of a duty, as all lists of changes and histories tell it.

`changes`, the site's pages and its feeds tell of tasks between two days; `diff` of mandates between
two states of the files; `log` of what the files say of a mandate, line by line.
"""

from datetime import date
from typing import Generic, Literal, NamedTuple, TypeVar

from grcm_cli.domain.model import AdoptedMandate, Entry, Location, Reference
from grcm_cli.domain.register import Register
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.language.text import natural_key

EventKind = TypeVar("EventKind", bound=str)
Side = TypeVar("Side")
LogEventKind = Literal[
    "adopted", "void", "extended", "reassigned", "superseded", "closed", "reported"
]


class PassedOffice(NamedTuple):
    """An office that passed from one holder to another; None where it is vacant."""

    office: str
    before: str | None
    after: str | None


class Event(NamedTuple, Generic[EventKind, Side]):
    """One thing that became of a duty."""

    kind: EventKind
    reference: Reference  # the mandate; of a text that lays none down, the conclusion
    day: date  # the day from which it counts; `date.min` where none is known, as between two states
    after: Side
    before: Side | None = None  # as it was; None for what is new
    by: Reference | None = None  # the later conclusion that caused it
    reports: tuple[Entry, ...] = ()
    parts: tuple[str, ...] = ()  # of what was rewritten: the keys
    later: int = 0  # of what became late: how many later occurrences did too, which no list shows
    passed: PassedOffice | None = None
    sides: tuple[str, str] = ("", "")  # of what was edited: as it was and as it is in the files
    duties: tuple[Reference, ...] = ()  # of an office with other terms: the mandates that it owes


class Statement(NamedTuple):
    """What a line of a file says of a mandate."""

    at: Location
    parties: tuple[str, ...] = ()  # who owes it or reported, those who owe together joined by `+`
    due: str = ""
    note: str = ""
    until: date | None = None  # the deadline that `due` sets
    source: str | None = None  # of a handover: who owes it no more; None for all that owed it
    is_confidential: bool = False  # it, or the mandate
    is_idle: bool = False  # a later decision on what was settled or ended before


LogEvent = Event[LogEventKind, Statement]


def mandate_events(builder: TaskBuilder, adopted: AdoptedMandate) -> list[LogEvent]:
    """Return the events of a mandate up to the builder's day, earliest first."""
    register, reference, address = builder.register, adopted.reference, adopted.address
    lineage, as_of = builder.lineage, builder.as_of
    meeting, conclusion, mandate = adopted
    since = meeting.last_day or date.min
    due = mandate.due.written if mandate.due else ""
    parties = tuple("+".join(codes) for codes in register.expand_responsible(mandate, meeting))
    at = mandate.due_at if mandate.due else mandate.at
    log: list[LogEvent] = [Event("adopted", reference, since, Statement(at, parties, due))]
    if mandate.void is not None:
        log.append(Event("void", reference, since, Statement(mandate.at, note=mandate.void)))
    for move in lineage.moves.get(address, ()):
        codes = tuple(sorted(move.parties))
        moved = Statement(move.at, codes, move.due.written, until=move.deadline)
        moved = moved._replace(is_confidential=move.is_confidential)
        log.append(Event("extended", reference, move.day, moved, by=move.by))
    for handover in lineage.handovers.get(address, ()):
        statement = Statement(handover.at, ("+".join(handover.to),), source=handover.source)
        statement = statement._replace(is_confidential=handover.is_confidential)
        log.append(Event("reassigned", reference, handover.day, statement, by=handover.by))
    ending = lineage.endings.get(address)
    if ending is not None:
        ended = Statement(ending.at, is_confidential=ending.is_confidential)
        log.append(Event(ending.state, reference, ending.day, ended, by=ending.by))
    for entry in register.entries_by_mandate.get(address, ()):
        reported = Statement(entry.at, (entry.party,), note=entry.note or "")
        log.append(Event("reported", reference, entry.day, reported, reports=(entry,)))
    effective = builder.effective_decisions(adopted)
    for place, event in enumerate(log):
        if effective is not None and event.by and event.after.at not in effective:
            log[place] = event._replace(after=event.after._replace(is_idle=True))
    if meeting.confidential or conclusion.confidential:
        log = [event._replace(after=event.after._replace(is_confidential=True)) for event in log]
    return sorted((event for event in log if event.day <= as_of), key=lambda event: event.day)


def events(register: Register, reference: Reference, as_of: date) -> list[LogEvent]:
    """Return the events up to a day of the mandates that a reference names, earliest first."""
    builder = TaskBuilder(register, as_of, EVERYTHING)
    log = [
        event
        for adopted in register.all_mandates
        if reference in (adopted.address, adopted.address._replace(ordinal=None))
        for event in mandate_events(builder, adopted)
    ]
    return sorted(log, key=lambda event: (event.day, natural_key(str(event.reference))))
