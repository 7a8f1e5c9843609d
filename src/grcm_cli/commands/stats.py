"""`grcm stats`: how many duties were kept, by party, body and meeting."""

from typing import Annotated

import typer

from grcm_cli.commands import arguments as given
from grcm_cli.commands.desk import Desk
from grcm_cli.stats import GROUPS, counts
from grcm_cli.tasks import tasks
from grcm_cli.text import _
from grcm_cli.views.stats import listing

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
    desk = Desk.of(ctx)
    record = desk.open()
    found = counts(tasks(record.register, desk.as_of), desk.as_of)
    chosen = [count for count in found if by in (None, count.by)]
    shown = chosen if found[0].owed else []
    title = _("Duties kept · as of {day}").format(day=desk.as_of)
    answer = listing(shown, desk.as_of, title)
    nothing = _("There are no duties as of {day}.").format(day=desk.as_of)
    desk.show(answer, format_name, nothing)
    return record.finish((), wanted=False)
