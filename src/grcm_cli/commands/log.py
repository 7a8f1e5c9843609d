"""`grcm log REF`: list what happened to a mandate, and who recorded it."""

from collections.abc import Sequence
from pathlib import Path

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session, say
from grcm_cli.domain.events import LogEvent, events
from grcm_cli.domain.model import Location
from grcm_cli.language.text import _
from grcm_cli.lookups.names import find_mandate
from grcm_cli.storage.file_reader import read_bytes
from grcm_cli.storage.git import SHALLOW, Commit, GitError, Repository
from grcm_cli.views.log import listing


def log(ctx: typer.Context, reference: str = options.REFERENCE) -> int:
    """Print the events of a mandate in order, each with its author and commit in git."""
    session = Session.of(ctx)
    record = session.open()
    target = find_mandate(record.register, reference)
    log_events = events(record.register, target, session.as_of)
    commits = _commits(log_events, session.folder(), session.here)
    title = _("{reference} · up to {day}").format(reference=target, day=session.as_of)
    answer = listing(log_events, commits, session.as_of, title)
    nothing = _("Nothing has happened to {reference} up to {day}.")
    nothing = nothing.format(reference=target, day=session.as_of)
    return session.answer(record, answer, lambda: [nothing])


def _commits(log: Sequence[LogEvent], folder: Path, here: Path) -> dict[Location, Commit]:
    if not log:
        return {}
    try:
        repository = Repository(folder)
    except GitError as error:
        say(_("No history of edits: {reason}"), reason=error)
        return {}
    if repository.is_shallow:
        say(_("It is not known who recorded what predates the clone; {hint}"), hint=_(SHALLOW))
    places = [event.after.at for event in log]
    paths = {here / at.path for at in places}
    lines = {path: repository.blame(path, read_bytes(path)) for path in paths}
    known = [(at, lines[here / at.path].get(at.line)) for at in places]
    return {at: commit for at, commit in known if commit}
