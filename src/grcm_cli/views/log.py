"""The list of `log`: the events of a mandate, from its adoption to its end."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from grcm_cli.domain.due_grammar import parse_due
from grcm_cli.domain.events import LogEvent, LogEventKind
from grcm_cli.domain.model import Location
from grcm_cli.formats.listing import Column, Listing, TableColumn, TextTable, table_of
from grcm_cli.formats.record import Key
from grcm_cli.language.text import N_, _
from grcm_cli.views import labels

PLAIN = ("date", "event", "ref", "party", "due", "by", "progress", "recorded_by", "commit")
EVENTS: dict[LogEventKind, str] = {
    "adopted": N_("adopted"),
    "void": N_("void"),
    "extended": N_("extended"),
    "reassigned": N_("handed over"),
    "superseded": N_("superseded"),
    "closed": N_("closed"),
    "reported": N_("reported"),
}
Recorded = tuple[str, str, str]
"""The author, day and commit of a line; empty texts where git does not know."""
RecordedEvent = tuple[LogEvent, Recorded]


def listing(
    log: Sequence[LogEvent], recorded: Mapping[Location, Recorded], as_of: date, title: str
) -> Listing:
    """Return events as a list; `recorded` has the author of each line that git knows."""
    pairs = [(event, recorded.get(event.after.at, ("", "", ""))) for event in log]

    def table() -> TextTable:
        columns: list[TableColumn[RecordedEvent]] = [
            (Column(_("Day")), lambda one: str(one[0].day) if one[0].day > date.min else "?"),
            (Column(_("What")), lambda one: _(EVENTS[one[0].kind])),
            (Column(_("Reference")), lambda one: str(one[0].reference).partition("/")[2]),
            (
                Column(_("Who"), wide=True, most=16),
                lambda one: " ".join(one[0].after.parties) or "–",
            ),
            (Column(_("Details"), wide=True), lambda one: _details(one[0]) or "–"),
            (
                Column(_("Recorded"), wide=True, most=22),
                lambda one: (
                    " ".join(filter(None, one[1]))
                    or f"{one[0].after.at.path}:{one[0].after.at.line}"
                ),
            ),
        ]
        return table_of(title, columns, pairs)

    return Listing("events", as_of, lambda: EventRecord, pairs, event_record, PLAIN, table)


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event in the history of a mandate, and who recorded it."""

    date: Annotated[datetime.date | None, "The day from which it counts."]
    event: Annotated[LogEventKind, "What happened."]
    ref: Annotated[str, "The mandate."]
    party: Annotated[str | None, "+ joins who owes together."]
    parties: Annotated[tuple[str, ...], "Who owes it, or who reported."]
    due: Annotated[str | None, "As the file writes it."]
    by: Annotated[str | None, "A later conclusion."]
    progress: Annotated[str | None, "What was reported."]
    occurrence: Annotated[str | None, "The occurrence.", Key("for")]
    evidence: Annotated[str | None, "Of the report."]
    note: Annotated[str | None, "Of the report, or why it is void."]
    internal: Annotated[str | None, "The note of the report; included only with `--internal`."]
    file: Annotated[str, "Where it is recorded."]
    line: Annotated[int, "From 1."]
    recorded_by: Annotated[str | None, "The author in git."]
    recorded_on: Annotated[datetime.date | None, "The day in git."]
    commit: Annotated[str | None, "The commit in git."]


def event_record(recorded_event: RecordedEvent) -> EventRecord:
    """Return the record of an event."""
    event, (author, recorded_on, commit) = recorded_event
    entry = event.reports[0] if event.reports else None
    statement = event.after
    return EventRecord(
        date=event.day if event.day > date.min else None,
        event=event.kind,
        ref=str(event.reference),
        party=" ".join(statement.parties) or None,
        parties=tuple(code for codes in statement.parties for code in codes.split("+")),
        due=statement.due or None,
        by=str(event.by) if event.by else None,
        progress=entry.progress if entry else None,
        occurrence=entry.occurrence.text if entry and entry.occurrence else None,
        evidence=entry.evidence if entry else None,
        note=statement.note or None,
        internal=entry.internal if entry else None,
        file=statement.at.path,
        line=statement.at.line,
        recorded_by=author or None,
        recorded_on=date.fromisoformat(recorded_on) if recorded_on else None,
        commit=commit or None,
    )


def _details(event: LogEvent) -> str:
    statement = event.after
    for entry in event.reports:
        occurrence = entry.occurrence.text if entry.occurrence else ""
        parts = (labels.progress_word(entry.progress), occurrence, labels.report_details(entry))
        return " · ".join(filter(None, parts))
    if event.kind == "extended":
        day = _due_words(event)
        if statement.until and statement.until.isoformat() != day:
            day = f"{statement.until} ({day})"
        return _("by {reference}, to {day}").format(reference=event.by, day=day)
    if event.kind == "reassigned" and statement.source:
        message = _("by {reference}, from {party}")
        return message.format(reference=event.by, party=statement.source)
    if event.by is not None:
        return _("by {reference}").format(reference=event.by)
    if event.kind == "adopted":
        return _("due {due}").format(due=_due_words(event)) if statement.due else _("no deadline")
    return statement.note


def _due_words(event: LogEvent) -> str:
    due = parse_due(event.after.due)
    return due.short() if due else event.after.due
