"""`grcm meetings`: list the meetings by day."""

from datetime import date

import typer

from grcm_cli.cli.session import Session
from grcm_cli.language.text import _
from grcm_cli.lookups.names import build_query
from grcm_cli.views.meetings import listing
from grcm_cli.views.tasks import filter_words, with_filters


def meetings(ctx: typer.Context) -> int:
    """Print the meetings in the order of their days."""
    session = Session.of(ctx)
    record = session.open()
    query = build_query(record.register, record.as_of, session.filters)
    chosen = [meeting for meeting in record.register.meetings if query.covers_meeting(meeting)]
    chosen.sort(key=lambda meeting: (meeting.start or date.max, meeting.id))
    limits = filter_words(query, record.register)
    title = with_filters(_("Meetings"), limits)
    nothing = _("There is no meeting in the record.")
    if limits:
        nothing = _("There is no meeting of {body} in the record.").format(body=query.body)
    answer = listing(chosen, session.as_of, session.language, title)
    return session.answer(record, answer, lambda: [nothing])
