"""The list of meetings, and a meeting's days and content in words."""

from collections.abc import Sequence
from datetime import date

from grcm_cli.domain.model import Meeting
from grcm_cli.formats.listing import Column, Listing, ListRecord, TableRow, TextTable
from grcm_cli.language.days import long_span
from grcm_cli.language.text import _, ngettext
from grcm_cli.views import labels

KEYS = ("id", "body", "start", "end", "place", "country", "title", "conclusions", "mandates")
PLAIN = ("id", "body", "start", "end", "conclusions", "mandates", "place")


def listing(meetings: Sequence[Meeting], as_of: date, language: str) -> Listing:
    """Return meetings as a list, in the order in which they come."""
    records = [record(meeting, language) for meeting in meetings]

    def table() -> TextTable:
        columns = (
            Column(_("Meeting")),
            Column(_("Days")),
            Column(_("Conclusions")),
            Column(_("Where"), wide=True, most=24),
            Column(_("Title"), wide=True),
        )
        return TextTable(_("Meetings"), columns, [_row(m, as_of, language) for m in meetings])

    return Listing("meetings", as_of, KEYS, records, PLAIN, table)


def record(meeting: Meeting, language: str) -> ListRecord:
    """Return a meeting's record, with the keys of KEYS: the public format of the list."""
    conclusions = meeting.conclusions
    return {
        "id": meeting.id,
        "body": meeting.body.text if meeting.body else None,
        "start": meeting.start.isoformat() if meeting.start else None,
        "end": meeting.last_day.isoformat() if meeting.last_day else None,
        "place": meeting.place,
        "country": meeting.country.text if meeting.country else None,
        "title": meeting.title.shown(language) if meeting.title else None,
        "conclusions": None if conclusions is None else len(conclusions),
        "mandates": None if conclusions is None else sum(len(c.mandates) for c in conclusions),
    }


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
