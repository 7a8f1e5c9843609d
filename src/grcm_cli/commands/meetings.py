"""`grcm meetings`: the calendar."""

from datetime import date

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.session import Session
from grcm_cli.language.text import _
from grcm_cli.views.meetings import listing

HELP = _(
    "List the meetings in the order of their days.\n\n"
    "With how many conclusions and mandates of each are in the record; of some, only the dates are."
)


def meetings(
    ctx: typer.Context,
    body: given.BodyOption = None,
    format_name: given.FormatOption = "table",
    exit_code: given.ExitCodeOption = False,
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    record = session.open_list()
    code = given.body_code(record.register, body)
    found = [
        meeting
        for meeting in record.register.meetings
        if code is None or (meeting.body is not None and meeting.body.text == code)
    ]
    found.sort(key=lambda meeting: (meeting.start or date.max, meeting.id))
    answer = listing(found, session.as_of, session.language)
    session.show(answer, format_name, _("No meeting is in the record."))
    return record.close(found, wanted=exit_code)
