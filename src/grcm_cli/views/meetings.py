"""The calendar: meetings as a list."""

from collections.abc import Sequence
from datetime import date

from grcm_cli.domain.model import Meeting
from grcm_cli.formats.listing import Column, Listing, Record, Row, Table
from grcm_cli.language.text import _, ngettext
from grcm_cli.views import labels

KEYS = ("id", "body", "start", "end", "place", "country", "title", "conclusions", "mandates")
PLAIN = ("id", "body", "start", "end", "conclusions", "mandates", "place")


def listing(meetings: Sequence[Meeting], as_of: date, language: str) -> Listing:
    """Return meetings as a list, in the order in which they came."""
    records = [_record(meeting, language) for meeting in meetings]

    def table() -> Table:
        columns = (
            Column(_("Meeting")),
            Column(_("Days")),
            Column(_("Conclusions")),
            Column(_("Where"), wide=True, most=24),
            Column(_("Title"), wide=True),
        )
        return Table(_("Meetings"), columns, [_row(m, as_of, language) for m in meetings])

    return Listing("meetings", as_of, KEYS, records, PLAIN, table)


def _record(meeting: Meeting, language: str) -> Record:
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


def _row(meeting: Meeting, as_of: date, language: str) -> Row:
    where = ", ".join(filter(None, (meeting.place, meeting.country and meeting.country.text)))
    days = " – ".join(
        dict.fromkeys(day.isoformat() for day in (meeting.start, meeting.last_day) if day)
    )
    title = labels.title_of(meeting, language) if meeting.title else ""
    return Row((meeting.id, days or "?", _content(meeting, as_of), where, title))


def _content(meeting: Meeting, as_of: date) -> str:
    if meeting.conclusions is not None:
        count = len(meeting.conclusions)
        mandates = sum(len(conclusion.mandates) for conclusion in meeting.conclusions)
        duties = ngettext("{count} mandate", "{count} mandates", mandates).format(count=mandates)
        return f"{count} ({duties})"
    if meeting.start is not None and meeting.start > as_of:
        return _("planned")
    return _("dates only")
