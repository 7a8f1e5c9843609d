"""`grcm stats`: how many duties were kept, by party, body and meeting."""

from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.session import Session
from grcm_cli.domain.statistics import GROUPS, counts
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import _
from grcm_cli.views.statistics import listing

HELP = _(
    "Count how many duties were kept.\n\n"
    "By party, by body and by meeting: owed, done on time and late, overdue, open, without any "
    "report; how long what has no day has stood, and how often deadlines were extended. Each "
    "occurrence of a duty that comes back is counted."
)


def stats(
    ctx: typer.Context,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="|".join(GROUPS),
            parser=given.choice(*GROUPS),
            help=_("Only the rows of all together, of parties, of bodies or of meetings."),
        ),
    ] = None,
    format_name: given.FormatOption = "table",
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    record = session.open_list()
    found = counts(tasks(record.register, session.as_of), session.as_of)
    chosen = [count for count in found if by in (None, count.by)]
    shown = chosen if found[0].owed else []
    title = _("Duties kept · as of {day}").format(day=session.as_of)
    answer = listing(shown, session.as_of, title)
    nothing = _("There are no duties as of {day}.").format(day=session.as_of)
    session.show(answer, format_name, nothing)
    return record.close((), wanted=False)
