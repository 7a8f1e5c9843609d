"""`grcm matrix [MEETING]`: mandates × parties."""

from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.session import Session
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import _
from grcm_cli.views.matrix import listing

HELP = _(
    "Show mandates against parties, with each task's state.\n\nThose of one meeting, or of all."
)


def matrix(
    ctx: typer.Context,
    meeting: Annotated[
        str | None,
        typer.Argument(
            metavar=_("[MEETING]"),
            help=_("Only what this meeting adopted."),
            autocompletion=given.complete("meeting"),
        ),
    ] = None,
    body: given.BodyOption = None,
    format_name: given.FormatOption = "table",
    exit_code: given.ExitCodeOption = False,
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    record = session.open_list()
    register = record.register
    meeting_id = given.meeting_id(register, meeting)
    query = Query(meeting=meeting_id, body=given.body_code(register, body), closed=True)
    found = select(tasks(register, session.as_of), query)
    title = _("{what} · as of {day}").format(
        what=meeting_id or register.process.code, day=session.as_of
    )
    answer = listing(
        found, register.directory, session.as_of, title=title, one_meeting=meeting_id is not None
    )
    session.show(answer, format_name, _("No mandate is in the record for that."))
    return record.close(found, wanted=exit_code)
