"""`grcm show REF`: a conclusion, one of its mandates, or a whole meeting, in full."""

from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.session import Session, write
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import _
from grcm_cli.views.conclusion import ConclusionView, Links, document, text

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
    session = Session.of(ctx)
    record = session.open()
    register = record.register
    wanted = given.reference(register, reference)
    meeting = register.calendar.by_id[wanted.meeting]
    conclusion = register.conclusion(wanted)
    chosen = [conclusion] if conclusion else list(meeting.conclusions or ())
    view = ConclusionView(
        register,
        tasks(register, session.as_of),
        session.language,
        Links(register, session.as_of),
        wanted.ordinal,
    )
    if format_name == "json":
        from grcm_cli.formats import as_json  # only here

        write(as_json.dumps(as_json.document(session.as_of, document(view, meeting, chosen))))
    else:
        write(text(view, meeting, chosen, session.page.width, whole=conclusion is None))
    return record.finish((), wanted=False)
