"""The list of `log`: the events of a mandate, from its adoption to its end."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Annotated

from grcm_cli.domain.due_forms import parse_due
from grcm_cli.domain.events import LogEvent, LogEventKind
from grcm_cli.formats.listing import Column, Listing, TableColumn, table_of
from grcm_cli.formats.record import Key
from grcm_cli.language.text import N_, _, labelled
from grcm_cli.storage.git import Commit
from grcm_cli.views import labels

PLAIN = ("date", "event", "ref", "party", "due", "by", "progress", "recorded_by", "commit")
EVENTS: dict[LogEventKind, str] = {
    "adopted": N_("adopted"),
    "void": N_("void"),
    "extended": N_("deadline changed"),
    "reassigned": N_("handed over"),
    "superseded": N_("superseded"),
    "closed": N_("closed"),
    "reported": N_("reported"),
}


def listing(
    log: Sequence[LogEvent], commits: Sequence[Commit | None], as_of: datetime.date, title: str
) -> Listing:
    """Return events as a list; `commits` has that of each, None where git does not know it."""
    of_events = zip(log, commits, strict=True)
    records = [(event, event_record(event, commit)) for event, commit in of_events]

    def recorded(row: tuple[LogEvent, EventRecord]) -> str:
        record = row[1]
        parts = filter(None, (record.recorded_by, str(record.recorded_on), record.commit))
        return " ".join(parts) if record.commit else f"{record.file}:{record.line}"

    def details(row: tuple[LogEvent, EventRecord]) -> str:
        event = row[0]
        return labels.marked(_details(event), secret=event.after.is_confidential) or "–"

    columns: list[TableColumn[tuple[LogEvent, EventRecord]]] = [
        (Column(_("Day")), lambda row: str(row[1].date or "?")),
        (Column(_("What")), lambda row: _(EVENTS[row[1].event])),
        (Column(_("Reference")), lambda row: row[1].ref.partition("/")[2]),
        (Column.text(_("Who"), 16), lambda row: row[1].party or "–"),
        (Column.text(_("Details")), details),
        (Column.text(_("Last edited"), 22), recorded),
    ]
    table = partial(table_of, title, columns, records)
    return Listing("events", as_of, lambda: EventRecord, records, PLAIN, table, itemgetter(1))


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event in the history of a mandate, and who recorded it."""

    date: Annotated[datetime.date | None, "The date from which it counts."]
    event: Annotated[LogEventKind, "What happened."]
    ref: Annotated[str, "The mandate."]
    party: Annotated[str | None, "+ joins parties that owe a duty jointly."]
    parties: Annotated[tuple[str, ...], "Who owes it, or who reported."]
    due: Annotated[str | None, "As written in the file."]
    by: Annotated[str | None, "A later conclusion."]
    progress: Annotated[str | None, "What was reported."]
    occurrence: Annotated[str | None, "The occurrence.", Key("for")]
    evidence: Annotated[str | None, "From the report."]
    note: Annotated[str | None, "From the report, or why the mandate is void."]
    internal: Annotated[str | None, "The note of the report; included only with `--internal`."]
    file: Annotated[str, "Where it is recorded."]
    line: Annotated[int, "From 1."]
    recorded_by: Annotated[str | None, "The author in git."]
    recorded_on: Annotated[datetime.date | None, "The date in git."]
    commit: Annotated[str | None, "The commit in git."]


def event_record(event: LogEvent, commit: Commit | None) -> EventRecord:
    """Return the record of an event, whose line was last changed in a commit."""
    entry = event.reports[0] if event.reports else None
    statement = event.after
    return EventRecord(
        date=event.day if event.day > datetime.date.min else None,
        event=event.kind,
        ref=str(event.reference),
        party=" ".join(statement.parties) or None,
        parties=tuple(code for codes in statement.parties for code in codes.split("+")),
        due=statement.due or None,
        by=str(event.by) if event.by else None,
        progress=entry.progress if entry else None,
        occurrence=(entry.time or None) if entry else None,
        evidence=entry.evidence if entry else None,
        note=statement.note or None,
        internal=entry.internal if entry else None,
        file=statement.at.path,
        line=statement.at.line,
        recorded_by=commit.author or None if commit else None,
        recorded_on=commit.day if commit else None,
        commit=commit.id if commit else None,
    )


def _details(event: LogEvent) -> str:
    statement, due = event.after, parse_due(event.after.due)
    term = due.short() if due else statement.due
    for entry in event.reports:
        parts = (labels.progress_word(entry.progress), entry.time, labels.report_details(entry))
        return " · ".join(filter(None, parts))
    if statement.is_idle:
        return labelled(_("by {reference}").format(reference=event.by), _("without effect"))
    match event.kind:
        case "extended":
            day = str(statement.until or term)
            shown = day if day == term else f"{day} ({term})"
            return _("by {reference}, to {day}").format(reference=event.by, day=shown)
        case "reassigned" if statement.source:
            message = _("by {reference}, from {party}")
            return message.format(reference=event.by, party=statement.source)
        case "adopted":
            return _("due {due}").format(due=term) if term else _("no deadline")
    return _("by {reference}").format(reference=event.by) if event.by else statement.note
