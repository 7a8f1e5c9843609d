"""The list of `log`: the events of a mandate, from its adoption to its end."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from grcm_cli.domain.deadlines import deadline
from grcm_cli.domain.due_grammar import parse_due
from grcm_cli.domain.lineage import Lineage
from grcm_cli.domain.model import Conclusion, Entry, Location, Mandate, Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.formats.listing import Column, Listing, TableRow, TextTable
from grcm_cli.formats.record import Key
from grcm_cli.language.text import N_, NaturalKey, _, natural_key
from grcm_cli.views import labels

PLAIN = ("date", "event", "ref", "party", "due", "by", "progress", "recorded_by", "commit")
EventKind = Literal["adopted", "void", "extended", "superseded", "closed", "reported"]
EVENTS: dict[EventKind, str] = {
    "adopted": N_("adopted"),
    "void": N_("void"),
    "extended": N_("extended"),
    "superseded": N_("superseded"),
    "closed": N_("closed"),
    "reported": N_("reported"),
}
Recorded = tuple[str, str, str]
"""The author, day and commit of a line; empty texts where git does not know."""


class LogEvent(NamedTuple):
    """An event in the history of a mandate."""

    day: date
    kind: EventKind
    reference: Reference
    at: Location
    parties: tuple[str, ...] = ()
    due: str = ""
    by: Reference | None = None
    """The later conclusion that caused it."""
    entry: Entry | None = None
    note: str = ""
    until: date | None = None
    """The deadline that `due` sets."""


class EventHistory:
    """The events of any mandate of a register, which is gone through once."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._lineage = Lineage(register)

    @cached_property
    def _entries(self) -> Mapping[Reference, Sequence[Entry]]:
        """The reports by the address of their mandate, in the order of the files."""
        found: dict[Reference, list[Entry]] = {}
        for entry, subject in self.register.each_entry():
            if subject.address is not None:
                found.setdefault(subject.address, []).append(entry)
        return found

    def reports(self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> int:
        """Return how many reports there are on a mandate."""
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        return len(self._entries.get(address, ()))

    def of(
        self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate, as_of: date
    ) -> list[LogEvent]:
        """Return the events of a mandate up to a day, earliest first."""
        found = self._of(meeting, conclusion, mandate)
        # They are all of one reference.
        return sorted((event for event in found if event.day <= as_of), key=lambda one: one.day)

    def is_eventful(self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> bool:
        """Tell whether anything happened to a mandate after its adoption, on whatever day."""
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        return (
            address in self._entries
            or address in self._lineage.moves
            or address in self._lineage.endings
        )

    def _of(self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> Iterator[LogEvent]:
        register = self.register
        own = register.address(meeting, conclusion, mandate)
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        adopted = meeting.last_day or date.min
        due = mandate.due.written if mandate.due else ""
        owing = mandate.responsible and register.expand_responsible(mandate.responsible, meeting)
        parties = tuple("+".join(codes) for codes in owing or ())
        at = mandate.due_at if mandate.due else mandate.at
        yield LogEvent(adopted, "adopted", own, at, parties, due)
        if mandate.void is not None:
            yield LogEvent(adopted, "void", own, mandate.at, note=mandate.void)
        for move in self._lineage.moves.get(address, ()):
            day = deadline(move.due, move.meeting, register.calendar)
            codes, written = tuple(sorted(move.parties)), move.due.written
            yield LogEvent(move.day, "extended", own, move.at, codes, written, move.by, until=day)
        ending = self._lineage.endings.get(address)
        if ending is not None:
            yield LogEvent(ending.day, ending.state, own, ending.at, by=ending.by)
        for entry in self._entries.get(address, ()):
            yield LogEvent(entry.day, "reported", own, entry.at, (entry.party,), entry=entry)


def events(register: Register, reference: Reference, as_of: date) -> list[LogEvent]:
    """Return the events up to a day of the mandates that a reference names, earliest first."""
    history = EventHistory(register)
    found = [
        event
        for meeting, conclusion, mandate in register.all_mandates
        if (meeting.id, conclusion.number) == reference[:2]
        and reference.ordinal in (None, mandate.ordinal)
        for event in history.of(meeting, conclusion, mandate, as_of)
    ]
    return sorted(found, key=_order)


def _order(event: LogEvent) -> tuple[date, NaturalKey]:
    return event.day, natural_key(str(event.reference))


def listing(
    log: Sequence[LogEvent], recorded: Mapping[Location, Recorded], as_of: date, title: str
) -> Listing:
    """Return events as a list; `recorded` has the author of each line that git knows."""
    pairs = [(event, recorded.get(event.at, ("", "", ""))) for event in log]

    def table() -> TextTable:
        columns = (
            Column(_("Day")),
            Column(_("What")),
            Column(_("Reference")),
            Column(_("Who"), wide=True, most=16),
            Column(_("Details"), wide=True),
            Column(_("Recorded"), wide=True, most=22),
        )
        return TextTable(title, columns, [TableRow(tuple(_cells(*pair))) for pair in pairs])

    return Listing("events", as_of, EventRecord, pairs, event_record, PLAIN, table)


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event in the history of a mandate, and who recorded it."""

    date: Annotated[datetime.date | None, "The day from which it counts."]
    event: Annotated[EventKind, "What happened."]
    ref: Annotated[str, "The mandate."]
    party: Annotated[str | None, "+ joins who owes together."]
    parties: Annotated[tuple[str, ...], "Who owes it, or who reported."]
    due: Annotated[str | None, "As the file writes it."]
    by: Annotated[str | None, "A later conclusion."]
    progress: Annotated[str | None, "What was reported."]
    occurrence: Annotated[str | None, "The occurrence.", Key("for")]
    evidence: Annotated[str | None, "Of the report."]
    note: Annotated[str | None, "Of the report, or why it is void."]
    file: Annotated[str, "Where it is recorded."]
    line: Annotated[int, "From 1."]
    recorded_by: Annotated[str | None, "The author in git."]
    recorded_on: Annotated[datetime.date | None, "The day in git."]
    commit: Annotated[str | None, "The commit in git."]


def event_record(recorded_event: tuple[LogEvent, Recorded]) -> EventRecord:
    """Return the record of an event."""
    event, (author, recorded_on, commit) = recorded_event
    entry = event.entry
    return EventRecord(
        date=event.day if event.day > date.min else None,
        event=event.kind,
        ref=str(event.reference),
        party=" ".join(event.parties) or None,
        parties=tuple(code for parties in event.parties for code in parties.split("+")),
        due=event.due or None,
        by=str(event.by) if event.by else None,
        progress=entry.progress if entry else None,
        occurrence=entry.occurrence.text if entry and entry.occurrence else None,
        evidence=entry.evidence if entry else None,
        note=(entry.note if entry else event.note) or None,
        file=event.at.path,
        line=event.at.line,
        recorded_by=author or None,
        recorded_on=date.fromisoformat(recorded_on) if recorded_on else None,
        commit=commit or None,
    )


def _cells(event: LogEvent, recorded: Recorded) -> Iterator[str]:
    yield event.day.isoformat() if event.day > date.min else "?"
    yield _(EVENTS[event.kind])
    yield str(event.reference).partition("/")[2]
    yield " ".join(event.parties) or "–"
    yield _details(event) or "–"
    by, day, commit = recorded
    yield " ".join(filter(None, (by, day, commit))) or f"{event.at.path}:{event.at.line}"


def _details(event: LogEvent) -> str:
    entry = event.entry
    if entry is not None:
        occurrence = entry.occurrence.text if entry.occurrence else ""
        parts = (labels.progress_word(entry.progress), occurrence, labels.report_details(entry))
        return " · ".join(filter(None, parts))
    if event.kind == "extended":
        day = _due_words(event)
        if event.until and event.until.isoformat() != day:
            day = f"{event.until} ({day})"
        return _("by {reference}, to {day}").format(reference=event.by, day=day)
    if event.by is not None:
        return _("by {reference}").format(reference=event.by)
    if event.kind == "adopted":
        return _("due {due}").format(due=_due_words(event)) if event.due else _("no deadline")
    return event.note


def _due_words(event: LogEvent) -> str:
    due = parse_due(event.due)
    return due.short() if due else event.due
