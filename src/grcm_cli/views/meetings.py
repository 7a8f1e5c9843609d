"""The list of meetings, and a meeting's days and content in words."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from grcm_cli.domain.model import Meeting
from grcm_cli.formats.listing import Column, Listing, TableColumn, TextTable, table_of
from grcm_cli.formats.record import OF_LIBRARY, Key
from grcm_cli.language.days import long_span
from grcm_cli.language.text import _, ngettext
from grcm_cli.views.conclusion_records import ConclusionRecord, words

PLAIN = ("id", "body", "start", "end", "conclusion_count", "mandate_count", "place")


def listing(meetings: Sequence[Meeting], as_of: datetime.date, language: str) -> Listing:
    """Return meetings as a list, in the order in which they come."""
    records = [meeting_record(meeting, language) for meeting in meetings]

    def content(record: MeetingRecord) -> str:
        count = record.mandate_count
        if count is None:
            return without_text(record, as_of)
        mandates = ngettext("{count} mandate", "{count} mandates", count).format(count=count)
        return f"{record.conclusion_count} ({mandates})"

    def table() -> TextTable:
        columns: list[TableColumn[MeetingRecord]] = [
            (Column(_("Meeting")), lambda record: record.id),
            (Column(_("Days")), _days),
            (Column(_("Conclusions")), content),
            (
                Column(_("Where"), wide=True, most=24),
                lambda record: ", ".join(filter(None, (record.place, record.country))),
            ),
            (Column(_("Title"), wide=True), lambda record: record.title or ""),
        ]
        return table_of(_("Meetings"), columns, records)

    return Listing(
        "meetings", as_of, lambda: MeetingRecord, records, lambda record: record, PLAIN, table
    )


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """One session of a body."""

    id: Annotated[str, "Its id, and the name of its file: `GRCM-2002-10`."]
    body: Annotated[str | None, "The code of the body."]
    start: Annotated[datetime.date | None, "Its first day."]
    end: Annotated[datetime.date | None, "Its last day, on which its conclusions take effect."]
    place: Annotated[str | None, "Where it met."]
    country: Annotated[str | None, "A code."]
    title: Annotated[str | None, "Its title."]
    language: Annotated[str | None, "Of the adopted texts."]
    participants: Annotated[tuple[str, ...], "Codes."]
    observers: Annotated[tuple[str, ...], "Codes."]
    source: Annotated[str | None, "The document from which it was recorded."]
    conclusion_count: Annotated[int | None, "How many; none if not recorded.", Key("conclusions")]
    mandate_count: Annotated[int | None, "How many; none if not recorded.", Key("mandates")]
    conclusions: Annotated[tuple[ConclusionRecord, ...], "As the file has them.", OF_LIBRARY]

    @property
    def is_recorded(self) -> bool:
        """Tell whether the record has its text."""
        return self.conclusion_count is not None


def meeting_record(
    meeting: Meeting, language: str, conclusions: tuple[ConclusionRecord, ...] = ()
) -> MeetingRecord:
    """Return the record of a meeting; `language` is that of the title."""
    adopted = meeting.conclusions  # None for a meeting that is planned, or known by its dates
    return MeetingRecord(
        id=meeting.id,
        body=meeting.body.text if meeting.body else None,
        start=meeting.start,
        end=meeting.last_day,
        place=meeting.place,
        country=meeting.country.text if meeting.country else None,
        title=meeting.title.shown(language) if meeting.title else None,
        language=meeting.language,
        participants=words(meeting.participants),
        observers=words(meeting.observers),
        source=meeting.source,
        conclusion_count=None if adopted is None else len(adopted),
        mandate_count=None if adopted is None else sum(len(one.mandates) for one in adopted),
        conclusions=conclusions,
    )


def _days(record: MeetingRecord) -> str:
    return " – ".join(dict.fromkeys(str(day) for day in (record.start, record.end) if day)) or "?"


def without_text(meeting: Meeting | MeetingRecord, as_of: datetime.date) -> str:
    """Return the words for a meeting without conclusions in the record: planned, or dates only."""
    planned = meeting.start is not None and meeting.start > as_of
    return _("planned") if planned else _("dates only")


def meeting_days(meeting: Meeting, language: str) -> str:
    """Return a meeting's days in words; an empty text where its file has none."""
    if meeting.start is None or meeting.last_day is None:
        return ""
    return long_span(meeting.start, meeting.last_day, language)
