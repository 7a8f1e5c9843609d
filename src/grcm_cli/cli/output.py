"""Write files that a command was asked for: check the path, refuse to overwrite, report locks."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from grcm_cli.cli.session import Session
from grcm_cli.language.text import _, in_series, reason
from grcm_cli.lookups.errors import MachineFailed, WrongUse, mark_file, plan_files
from grcm_cli.lookups.names import refuse_outside
from grcm_cli.storage import files
from grcm_cli.storage.exchange import write_folder
from grcm_cli.storage.paths import is_data_file

ENDINGS: Mapping[str, tuple[str, ...]] = {
    "text": (".txt",),
    "md": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "docx": (".docx",),
    "eml": (".eml",),
    "json": (".json",),
    "csv": (".csv",),
    "xlsx": (".xlsx",),
    "ics": (".ics",),
    "sqlite": (".sqlite", ".sqlite3", ".db"),
    "yaml": (".yaml",),
}
"""Each format with the endings of its files; a file that a command names gets the first."""
BINARY = ("docx", "xlsx", "sqlite")  # the formats that no terminal can show


@contextmanager
def write_failures(session: Session) -> Iterator[None]:
    """Raise MachineFailed where another process holds a file, WrongUse where it has changed it."""
    try:
        yield
    except files.ChangedError as error:
        message = _("{path} has just been changed by somebody else; nothing was written")
        raise WrongUse(message, path=error) from error
    except files.LockedError as error:
        if isinstance(error.__cause__, OSError):
            message = _("{path} cannot be locked: {reason}")
            hint = _("work on a copy on a local disk: not every network drive supports locking")
            path, why = session.shown(error.path), reason(error.__cause__)
            raise MachineFailed(message, hint, path=path, reason=why) from error
        message = _(
            "{path} is still being written by process {process} after {seconds} seconds; "
            "try again later"
        )
        path, process = session.shown(error.path), error.process or "?"
        raise MachineFailed(message, path=path, process=process, seconds=int(files.WAIT)) from error


def rewrite_all(changes: Mapping[Path, files.Change], session: Session, hint: str = "") -> None:
    """Write several files, or none of them; `hint` says how to complete a run that ended early.

    Raises MachineFailed where one is locked, WrongUse where one has changed, and what a change
    raises.
    """
    shown = {path: session.shown(path) for path in changes}
    plan_files(shown.values(), hint)
    with write_failures(session):
        files.rewrite_all(changes, mark=lambda path, new: mark_file(shown[path], is_stored=new))


def format_of(
    session: Session, format_name: str, output: Path | None, formats: Sequence[str]
) -> str:
    """Return the format in which a command writes: the one asked for, else that of `-o`'s ending.

    Raises WrongUse for an ending of none of the command's `formats`, or not of the one asked for.
    """
    ending = "" if output is None else output.suffix.lower()
    if not ending:
        return format_name
    format_of_ending = {suffix: name for name in formats for suffix in ENDINGS.get(name, ())}
    if ending not in format_of_ending:
        message = _("{path}: a file for this command must end in {endings}")
        raise WrongUse(message, path=output, endings=_alternatives(format_of_ending))
    meant = format_of_ending[ending]
    if meant != format_name and session.is_given("format_name"):
        message = _("{path}: its extension stands for {found}, but {asked} was asked for")
        hint = _("leave out the format, or end the name in {endings}")
        hint = hint.format(endings=_alternatives(ENDINGS[format_name]))
        raise WrongUse(message, hint, path=output, found=meant, asked=format_name)
    return meant


def _alternatives(endings: Iterable[str]) -> str:
    """Return the endings as a choice in a sentence: `.csv, .json or .xlsx`."""
    *others, last = endings
    return _(" or ").join(filter(None, (", ".join(others), last)))


def file_to_write(
    session: Session, format_name: str, output: Path | None, formats: Sequence[str]
) -> tuple[Path | None, str]:
    """Return the file that `-o` names, None for stdout, and its format, as `format_of` does.

    Raises WrongUse too where a format that is no text has no `-o`.
    """
    path = output_path(output, session)
    format_name = format_of(session, format_name, output, formats)
    if format_name in BINARY and output is None:
        message = _(
            "{format} is not text: name a file with -o FILE, or use -o - to pass it to "
            "another program"
        )
        raise WrongUse(message, format=format_name)
    return path, format_name


def output_path(output: Path | None, session: Session) -> Path | None:
    """Return the file that `-o` names, None for stdout. Raises WrongUse where none can be written.

    A YAML file is refused: a slip of the hand must not replace a file of the record.
    """
    if output is None or str(output) == "-":
        return None
    path = session.cwd / output
    refuse_folder(path, session)
    if not path.parent.is_dir():
        raise WrongUse(_("there is no folder {path}"), path=session.shown(path.parent))
    if path.resolve().suffix in (".yaml", ".yml"):
        message = _("{path}: this command does not write YAML files; give another file name")
        raise WrongUse(message, path=session.shown(path))
    return path


def refuse_folder(path: Path, session: Session) -> None:
    """Raise WrongUse for a path that is a folder, and for a link that leads nowhere."""
    if path.is_dir():
        raise WrongUse(_("{path} is a folder; name a file in it"), path=session.shown(path))
    if path.is_symlink() and not path.exists():  # what it names would be made in its place
        message = _("{path} is a link that leads nowhere; name the file to be written")
        raise WrongUse(message, path=session.shown(path))


def folder_to_write(path: Path, session: Session) -> Path:
    """Return a folder that may be new. Raises WrongUse for what can be none."""
    folder = session.cwd / path
    if not folder.is_dir():
        if folder.exists():
            raise WrongUse(_("{path} is not a folder"), path=session.shown(folder))
        refuse_folder(folder, session)
    return folder


def refuse_existing(paths: Iterable[Path], session: Session, *, force: bool) -> None:
    """Raise WrongUse for files that are there, which are written over only with --force."""
    existing = ", ".join(session.shown(path) for path in paths if os.path.lexists(path))
    if existing and not force:
        raise WrongUse(_("{path} already exists; --force overwrites it"), path=existing)


def write_file(data: bytes, path: Path, session: Session, *, force: bool) -> str:
    """Write a file, as `write_files` does; return its path as shown to the user."""
    write_files({path: data}, session, force=force)
    return session.shown(path)


def write_files(
    contents: Mapping[Path, bytes],
    session: Session,
    *,
    force: bool,
    folder: Path | None = None,
    gone: Collection[Path] = (),
) -> None:
    """Write several files, or none of them, and delete those that are `gone`.

    Those of one `folder` get there in one step where the system can. Raises WrongUse where one
    exists and `force` is not given, MachineFailed where one is locked, and BadData for a data file
    that is a link out of the data folder.
    """
    for path, data in product(contents, session.folders()):
        if is_data_file(path, data):
            refuse_outside(path, data, session.cwd)
    refuse_existing(contents, session, force=force)
    try:
        if folder and contents and not _are_nested(folder, session.folder()):
            plan_files(map(session.shown, contents))

            def mark_all() -> None:
                for path in contents:
                    mark_file(session.shown(path), is_stored=True)

            by_name = {path.name: content for path, content in contents.items()}
            names = [path.name for path in gone]
            with write_failures(session):
                if write_folder(folder, by_name, overwrite=force, gone=names, stored=mark_all):
                    return
        new = {path: files.creation(path, contents[path], overwrite=force) for path in contents}
        rewrite_all({**new, **{path: lambda _now: None for path in gone}}, session)
    except FileExistsError:  # it was made in the meantime
        refuse_existing(contents, session, force=False)
        raise


def _are_nested(folder: Path, data: Path) -> bool:
    """Tell whether one is in the other: the folder of the record is never exchanged."""
    first, other = (Path(os.path.realpath(path)) for path in (folder, data))
    return first.is_relative_to(other) or other.is_relative_to(first)


def create_checked(text: str, path: Path, folder: Path, session: Session) -> None:
    """Make a file of a data folder. Raises WrongUse where a rule would find something in it.

    Raises FileExistsError where there is one, MachineFailed where it is locked, and BadData where a
    link leads out of the folder.
    """
    from grcm_cli.lookups.edits import findings_in  # 20 ms, only for a new file

    refuse_outside(path, folder, session.cwd)
    _register, problems = findings_in({path: text.encode()}, folder, session.cwd, session.as_of)
    if problems:
        sentences = [part for problem in problems for part in (problem.message, problem.hint or "")]
        raise WrongUse(in_series([*sentences, _("nothing was written")]))
    rewrite_all({path: files.creation(path, text.encode())}, session)
