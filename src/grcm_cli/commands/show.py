"""`grcm show REF`: a conclusion, one of its mandates, or a whole meeting, in full."""

from typing import Annotated

import typer

from grcm_cli.commands import arguments as given
from grcm_cli.commands.desk import Desk, write
from grcm_cli.tasks import tasks
from grcm_cli.text import _
from grcm_cli.views.conclusion import Sheet, document, text
from grcm_cli.views.links import Links

HELP = _(
    "Show a conclusion, or a whole meeting, in full.\n\n"
    "Its text, whom it binds and how each stands, its links, and the line of the file. A meeting's "
    "id alone shows the whole meeting."
)


def show(
    ctx: typer.Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar=_("REF"),
            help=_("GRCM-2002-10/8 a conclusion, GRCM-2002-10/8#2 its second mandate."),
            autocompletion=given.complete("reference"),
        ),
    ],
    format_name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json",
            parser=given.choice("text", "json"),
            help=_("How it is written."),
        ),
    ] = "text",
) -> int:
    """Answer, and return the exit code."""
    desk = Desk.of(ctx)
    record = desk.open()
    register = record.register
    wanted = given.reference(register, reference)
    meeting = register.calendar.by_id[wanted.meeting]
    conclusion = register.conclusion(wanted)
    chosen = [conclusion] if conclusion else list(meeting.conclusions or ())
    sheet = Sheet(
        register,
        tasks(register, desk.as_of),
        desk.language,
        desk.as_of,
        Links(register, desk.as_of),
        wanted.ordinal,
    )
    if format_name == "json":
        from grcm_cli.formats import as_json  # only here

        write(as_json.dumps(as_json.document(desk.as_of, document(sheet, meeting, chosen))))
    else:
        write(text(sheet, meeting, chosen, desk.page.width, whole=conclusion is None))
    return record.finish((), wanted=False)
