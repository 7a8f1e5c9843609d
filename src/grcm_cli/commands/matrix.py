"""`grcm matrix [MEETING]`: show mandates against parties."""

from typing import Annotated

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session
from grcm_cli.domain.query import select
from grcm_cli.language.text import _
from grcm_cli.lookups.names import build_query, find_meeting
from grcm_cli.views.matrix import MatrixTasks, listing


def matrix(
    ctx: typer.Context,
    meeting: Annotated[
        str | None,
        options.argument(_("[MEETING]"), _("Only what this meeting adopted."), "meeting"),
    ] = None,
    body: options.BodyOption = None,
    theme: options.ThemeOption = None,
    unreported: options.UnreportedOption = False,
    format_name: options.FormatOption = "table",
    exit_code: options.ExitCodeOption = False,
) -> int:
    """Print a grid of mandates and parties, with the state of each task."""
    session = Session.of(ctx)
    record = session.open()
    register = record.register
    meeting = None if meeting is None else find_meeting(register, meeting).id
    query = build_query(
        register, record.as_of, (), body, meeting,
        themes=theme, closed=not unreported, unreported=unreported,
    )  # fmt: skip
    everything = record.tasks(query.without_days)
    selected = select(everything, query)
    shown = MatrixTasks(selected, select(everything, query.without_days))
    answer = listing(shown, register, session.as_of, session.language, meeting)
    sentence = _("No mandate is in the record for that.")
    if unreported and shown.bound:
        sentence = _("Nothing that is open is without a report.")
    nothing = record.nothing(sentence)
    session.show(answer, format_name, nothing, record.problems)
    return record.finish(selected, wanted=exit_code)
