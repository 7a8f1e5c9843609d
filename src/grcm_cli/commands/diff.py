"""`grcm diff REV [REV]`: list how duties changed between two revisions of the folder in git."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import typer

from grcm_cli.cli import options
from grcm_cli.cli.records import data_code
from grcm_cli.cli.session import Session, say
from grcm_cli.domain import findings as results
from grcm_cli.domain.diff import changes
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.publication import published
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, clean, counted
from grcm_cli.lookups.errors import BadData, ExitCode, MachineFailed, WrongUse
from grcm_cli.reporters.concise import sentence
from grcm_cli.storage.git import GitError, Repository
from grcm_cli.storage.loader import Loaded, load, load_files
from grcm_cli.storage.paths import PROGRESS
from grcm_cli.views.diff import listing


def diff(
    ctx: typer.Context,
    before: str = options.argument(
        _("REV"),
        _(
            "The older revision: HEAD~1, a branch, a commit; or both, such as main..draft or "
            "main...draft."
        ),
    ),
    after: str | None = options.argument(
        _("REV"), _("The newer revision; if left out, the files as they are."), default=None
    ),
) -> int:
    """Print the changes between two states of the folder; exit code 1 where one has errors."""
    session = Session.of(ctx)
    folder = session.folder()
    try:
        repository = Repository(folder)
        older, newer = _revisions(repository, before, after)
        old = _at(repository, older, folder, session.here)
        if newer is None:
            new = _side(load(folder, session.here), folder.name, "")
        else:
            new = _at(repository, newer, folder, session.here)
    except GitError as error:
        raise WrongUse(clean(str(error))) from error
    if session.is_public:
        old = old._replace(register=published(old.register).register)
        new = new._replace(register=published(new.register).register)
    differences = changes(old.register, new.register, old.unsure | new.unsure)
    names = {"before": clean(older), "after": clean(newer or _("the files as they are"))}
    title = _("Duties from {before} to {after}").format(**names)
    count = len(differences)
    notes = [counted("{count} change.", "{count} changes.", count)]
    answer = listing(differences, session.as_of, session.language, title, notes)
    session.show(answer, [*old.errors, *new.errors], lambda: _("Nothing has changed."))
    if old.errors or new.errors:
        return ExitCode.BAD_DATA
    return ExitCode.NOT_EMPTY if session.exit_code and count else ExitCode.DONE


def _revisions(repository: Repository, before: str, after: str | None) -> tuple[str, str | None]:
    """Return the revisions that are compared; None stands for the files as they are.

    As git reads them: `A..B` is A and B, `A...B` the commit where B parted from A, and B; HEAD
    stands where one is left out. Raises WrongUse for a range beside another revision.
    """
    # No name of a branch or a tag has two dots in a row.
    first, dots, last = before.partition("...") if "..." in before else before.partition("..")
    if not dots:
        return before, after
    if after is not None:
        message = _("{range} names both revisions; leave out {other}")
        raise WrongUse(message, range=before, other=after)
    first, last = first or "HEAD", last or "HEAD"
    if dots == "..":
        return first, last
    ids = (repository.commit_id(first), repository.commit_id(last))
    return repository.common_ancestor(*ids)[:10], last


class _Side(NamedTuple):
    register: Register
    errors: Sequence[Finding]
    unsure: frozenset[str]
    """The meetings and parties whose files have errors."""


def _at(repository: Repository, revision: str, folder: Path, here: Path) -> _Side:
    files = repository.files(repository.commit_id(revision))
    return _side(load_files(files, folder, here), clean(revision), f"{clean(revision)}: ")


def _side(loaded: Loaded, name: str, prefix: str) -> _Side:
    errors = results.errors(loaded.findings)
    for finding in errors:
        say(f"{prefix}{sentence(finding, '')}".rstrip("\n"))
    if loaded.register is None:
        failures = {ExitCode.BAD_DATA: BadData, ExitCode.MACHINE_FAILED: MachineFailed}
        failure = failures.get(data_code(errors), WrongUse)
        raise failure(_("there is no register.yaml to read in {name}"), name=name)
    paths = {Path(finding.at.path) for finding in errors}
    parties = {path.stem for path in paths if path.parent.name == PROGRESS}
    return _Side(loaded.register, errors, loaded.register.unread_meetings | parties)
