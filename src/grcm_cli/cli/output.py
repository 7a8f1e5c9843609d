"""What commands that write have in common: a file that another process holds, told in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grcm_cli.cli.errors import MachineFailed, WrongUse
from grcm_cli.cli.session import Session
from grcm_cli.domain.findings import check, in_order
from grcm_cli.language.text import _, clean
from grcm_cli.rules import every_rule
from grcm_cli.storage import files
from grcm_cli.storage.loader import load
from grcm_cli.storage.paths import shown_path


@contextmanager
def told(here: Path) -> Iterator[None]:
    """Tell that another process writes a file, for which we have waited in vain: exit 3."""
    try:
        yield
    except files.LockedError as error:
        message = _("{path} is being written by process {process}; waited {seconds} seconds")
        said = message.format(
            path=clean(shown_path(error.path, here)),
            process=error.process or "?",
            seconds=int(files.WAIT),
        )
        raise MachineFailed(said) from error


def wanted_file(output: Path | None, here: Path) -> Path | None:
    """Return the file that `-o` names, or None for stdout. Raises WrongUse where it can be none."""
    if output is None or str(output) == "-":
        return None
    path = here / output
    shown = clean(shown_path(path, here))
    if path.is_dir():
        raise WrongUse(_("{path} is a folder; name a file in it").format(path=shown))
    if not path.parent.is_dir():
        folder = clean(shown_path(path.parent, here))
        raise WrongUse(_("there is no folder {path}").format(path=folder))
    if path.resolve().suffix in (".yaml", ".yml"):
        # The record is never a slip of the hand away.
        message = _("{path}: what is written here is no YAML, as the record is; name another file")
        raise WrongUse(message.format(path=shown))
    return path


def put(data: bytes, path: Path, here: Path, *, force: bool) -> str:
    """Write a file that was asked for, and return its path as people read it.

    Raises WrongUse where it is there already and may not be written over.
    """
    shown = clean(shown_path(path, here))
    there = _("{path} is there already; --force writes over it")
    with told(here):
        try:
            files.create(path, data, overwrite=force)
        except FileExistsError as error:
            raise WrongUse(there.format(path=shown)) from error
    return shown


def checked(text: str, path: Path, folder: Path, session: Session) -> None:
    """Raise WrongUse where a new file would have findings in its folder."""
    loaded = load(folder, session.here, {path: text.encode()})
    seen = list(loaded.findings)
    if loaded.register is not None:
        rules = [rule for rule in every_rule() if rule.is_default]
        seen += check(loaded.register, rules, session.as_of)
    own = shown_path(path, session.here)
    found = [finding for finding in in_order(seen) if finding.at.path == own]
    if found:
        sentences = ("; ".join(filter(None, (f.message, f.hint))) for f in found)
        raise WrongUse("; ".join([*sentences, _("nothing was written")]))
