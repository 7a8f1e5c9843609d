"""`grcm matrix [MEETING]`: show mandates against parties."""

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session
from grcm_cli.domain.query import select
from grcm_cli.language.text import _
from grcm_cli.lookups.names import build_query, find_meeting
from grcm_cli.views.matrix import MatrixTasks, listing
from grcm_cli.views.tasks import filter_words


def matrix(
    ctx: typer.Context,
    meeting: str | None = options.argument(
        _("[MEETING]"), _("Only what this meeting adopted."), "meeting", default=None
    ),
) -> int:
    """Print a grid of mandates and parties, with the state of each task."""
    session = Session.of(ctx)
    record = session.open()
    register = record.register
    meeting = None if meeting is None else find_meeting(register, meeting).id
    filters = session.filters._replace(meeting=meeting, closed=not session.filters.unreported)
    query = build_query(register, record.as_of, filters)
    everything = record.tasks(query.without_days)
    selected = select(everything, query)
    limits = filter_words(query._replace(meeting=None), register)
    shown = MatrixTasks(selected, select(everything, query.without_days), limits)
    answer = listing(shown, register, session.as_of, session.language, meeting)
    nothing = _("The record has no mandate.")
    if words := filter_words(query, register):
        nothing = _("There is no mandate of this kind in the record: {words}.").format(words=words)
    return session.answer(record, answer, lambda: [nothing])
