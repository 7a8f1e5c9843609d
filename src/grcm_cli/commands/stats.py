"""`grcm stats`: count the duties done, late and open, by party, body, meeting and topic."""

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session
from grcm_cli.domain.statistics import GROUPS, counts
from grcm_cli.domain.tasks import tasks
from grcm_cli.language.text import _
from grcm_cli.views.statistics import listing


def stats(
    ctx: typer.Context,
    by: str | None = options.choice_option(
        "--by",
        GROUPS,
        _("Only the rows for totals, parties, bodies, meetings or themes."),
        options.ARRANGEMENT_WORDS,
    ),
) -> int:
    """Print how many duties were done, late or not, by party, body, meeting and topic."""
    session = Session.of(ctx)
    record = session.open()
    register = record.register
    every = counts(register, tasks(register, session.as_of), session.as_of)
    shown = [count for count in every if by in (None, count.by)] if every[0].owed else []
    title = _("Duties met · as of {day}").format(day=session.as_of)
    answer = listing(shown, session.as_of, title)
    nothing = _("There are no duties as of {day}.").format(day=session.as_of)
    return session.answer(record, answer, lambda: [nothing])
