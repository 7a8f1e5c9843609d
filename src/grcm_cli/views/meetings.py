"""The list of meetings, and a meeting's days and content in words."""

from collections.abc import Sequence
from datetime import date

from grcm_cli.domain.model import Meeting, PlacedWord
from grcm_cli.formats.listing import Column, Listing, OutputField, TableRow, TextTable
from grcm_cli.formats.output_schema import (
    DAY_OR_NONE,
    NUMBER_OR_NONE,
    TEXT,
    TEXT_OR_NONE,
    TEXTS,
    iso,
)
from grcm_cli.language.days import long_span
from grcm_cli.language.text import _, ngettext
from grcm_cli.views import labels

PLAIN = ("id", "body", "start", "end", "conclusions", "mandates", "place")


def listing(meetings: Sequence[Meeting], as_of: date, language: str) -> Listing:
    """Return meetings as a list, in the order in which they come."""

    def table() -> TextTable:
        columns = (
            Column(_("Meeting")),
            Column(_("Days")),
            Column(_("Conclusions")),
            Column(_("Where"), wide=True, most=24),
            Column(_("Title"), wide=True),
        )
        return TextTable(_("Meetings"), columns, [_row(m, as_of, language) for m in meetings])

    fields = meeting_fields(language)
    return Listing("meetings", as_of, fields, meetings, PLAIN, table, language=language)


def meeting_fields(language: str) -> Sequence[OutputField[Meeting]]:
    """Return the keys of a meeting's record, the public format of the list."""

    def title(meeting: Meeting) -> str | None:
        return meeting.title.shown(language) if meeting.title else None

    return (
        OutputField("id", TEXT, "Its id, and the name of its file.", lambda m: m.id),
        OutputField("body", TEXT_OR_NONE, "The code of the body.", lambda m: _word(m.body)),
        OutputField("start", DAY_OR_NONE, "Its first day.", lambda m: iso(m.start)),
        OutputField("end", DAY_OR_NONE, "Its last day.", lambda m: iso(m.last_day)),
        OutputField("place", TEXT_OR_NONE, "Where it met.", lambda m: m.place),
        OutputField("country", TEXT_OR_NONE, "A code.", lambda m: _word(m.country)),
        OutputField("title", TEXT_OR_NONE, "Its title.", title),
        OutputField("language", TEXT_OR_NONE, "Of the adopted texts.", lambda m: m.language),
        OutputField("participants", TEXTS, "Codes.", lambda m: [w.text for w in m.participants]),
        OutputField("observers", TEXTS, "Codes.", lambda m: [w.text for w in m.observers]),
        OutputField("source", TEXT_OR_NONE, "The document.", lambda m: m.source),
        OutputField("conclusions", NUMBER_OR_NONE, "How many; none if not recorded.", _conclusions),
        OutputField("mandates", NUMBER_OR_NONE, "How many; none if not recorded.", _mandates),
    )


def _word(word: PlacedWord | None) -> str | None:
    return word.text if word else None


def _conclusions(meeting: Meeting) -> int | None:
    return None if meeting.conclusions is None else len(meeting.conclusions)


def _mandates(meeting: Meeting) -> int | None:
    if meeting.conclusions is None:
        return None
    return sum(len(conclusion.mandates) for conclusion in meeting.conclusions)


def _row(meeting: Meeting, as_of: date, language: str) -> TableRow:
    where = ", ".join(filter(None, (meeting.place, meeting.country and meeting.country.text)))
    days = " – ".join(
        dict.fromkeys(day.isoformat() for day in (meeting.start, meeting.last_day) if day)
    )
    title = labels.title_of(meeting, language) if meeting.title else ""
    return TableRow((meeting.id, days or "?", _content(meeting, as_of), where, title))


def _content(meeting: Meeting, as_of: date) -> str:
    if meeting.conclusions is None:
        return without_text(meeting, as_of)
    mandates = sum(len(conclusion.mandates) for conclusion in meeting.conclusions)
    count = ngettext("{count} mandate", "{count} mandates", mandates).format(count=mandates)
    return f"{len(meeting.conclusions)} ({count})"


def without_text(meeting: Meeting, as_of: date) -> str:
    """Return the words for a meeting without conclusions in the record: planned, or dates only."""
    planned = meeting.start is not None and meeting.start > as_of
    return _("planned") if planned else _("dates only")


def meeting_days(meeting: Meeting, language: str) -> str:
    """Return a meeting's days in words; an empty text where its file has none."""
    if meeting.start is None or meeting.last_day is None:
        return ""
    return long_span(meeting.start, meeting.last_day, language)
