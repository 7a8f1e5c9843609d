"""`grcm log REF`: what happened to a mandate, and who recorded it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.errors import WrongUse
from grcm_cli.cli.session import Session, say
from grcm_cli.domain.model import Location
from grcm_cli.language.text import _, clean
from grcm_cli.storage.git import History, NoHistoryError
from grcm_cli.storage.loader import read_bytes
from grcm_cli.views.log import LogEvent, Recorded, events, listing

HELP = _(
    "Tell what happened to a mandate, and when.\n\n"
    "Its adoption, its deadlines, what was reported, and what a later meeting made of it; and "
    "where the folder is in git, who recorded each and in which commit."
)


def log(
    ctx: typer.Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar=_("REF"),
            help=_("GRCM-2002-10/8 a conclusion, GRCM-2002-10/8#2 its second mandate."),
            autocompletion=given.complete("reference"),
        ),
    ],
    format_name: given.FormatOption = "table",
) -> int:
    """Answer, and return the exit code."""
    session = Session.of(ctx)
    record = session.open()
    wanted = given.reference(record.register, reference)
    if wanted.number is None:
        message = _("{text} is a meeting, and no mandate")
        hint = _("write it as GRCM-2002-10/8#1")
        raise WrongUse("; ".join([message.format(text=wanted), hint]))
    found = events(record.register, wanted, session.as_of)
    recorded = _recorded(found, session.folder(), session.here)
    title = _("{reference} · up to {day}").format(reference=wanted, day=session.as_of)
    answer = listing(found, recorded, session.as_of, title, [])
    nothing = _("Nothing has happened to {reference} by {day}.")
    session.show(answer, format_name, nothing.format(reference=wanted, day=session.as_of))
    return record.finish((), wanted=False)


def _recorded(found: Sequence[LogEvent], folder: Path, here: Path) -> dict[Location, Recorded]:
    """Return who wrote down each event; nothing, and a sentence, where git does not know."""
    if not found:
        return {}
    try:
        history = History(folder)
    except NoHistoryError as error:
        say(_("Who recorded what is not known: {reason}").format(reason=clean(str(error))))
        return {}
    if history.is_cut:
        say(_("The clone is a shallow one: who recorded what is older than it is not known."))
    paths = {event.at.path for event in found}
    files = {path: history.authors(here / path, read_bytes(here / path)) for path in paths}
    told: dict[Location, Recorded] = {}
    for event in found:
        commit = files[event.at.path].get(event.at.line)
        if commit is None:
            told[event.at] = ("", "", "")
        else:
            told[event.at] = (commit.author, commit.day.isoformat(), commit.id)
    return told
