"""Publish a site into a folder: whole, old or new, for whoever reads it meanwhile.

The file `.grcm-site` in the folder lists the site's own files. Only these are replaced or removed,
so that other files in the folder (a CNAME, a picture) stay.

1. What has changed is written into `.grcm-site.new` in the folder. Until then, nothing else is.
2. A complete new folder is made beside it, of links to the files, and the two are exchanged in one
   step (Linux, macOS) or by two renames.
3. Where that is not possible, a journal is written, and the files are put in their places one by
   one. The next run completes what a stopped one has begun.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from grcm_cli.storage.exchange import discard, exchange_names, is_exchangeable, link, link_others
from grcm_cli.storage.file_reader import read_if_possible
from grcm_cli.storage.files import hold_lock, write_atomically
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER

LIST = ".grcm-site"
STAGING = ".grcm-site.new"
"""The folder of what is being published, inside the site's."""
JOURNAL = "journal"
"""The list of the new site, in STAGING: from then on, the files there must be put in place."""
_HEAD = "grcm site 1"
_MADE = re.compile(r"# made of ([0-9a-f]+), files ([0-9a-f]+)")
"""The line of the list that tells an unchanged site: what it was made of, and its own files."""
_SITE_FILE = re.compile(
    r"index\.html|404\.html|\.nojekyll|robots\.txt|sitemap(?:\.[0-9]+)?\.xml"
    r"|assets/[a-z]+\.[a-z]+|(?:[a-z]{2}/)?search/(?:[a-z]+\.)?[0-9]+\.js"
    r"|(?:[a-z]{2}/)?search/[a-z]+\.js|[a-z]{2}/day\.js|sources/[A-Za-z0-9-]+\.[a-z]{2,4}"
    r"|[a-z]{2}/(?:[a-z]+/)?[A-Za-z0-9-]+(?:\.[a-z0-9-]+)?(?:\.[0-9]+)?"
    r"\.(?:html|ics|atom|csv|json|xlsx)",
    re.ASCII,
)
"""The names of a site's files: no other file is ever written or removed."""


class ForeignFolderError(Exception):
    """The folder has files but no list of a site's, or is no folder."""


class ForeignFileError(Exception):
    """At the `path` of one of the site's files there is something that the site has not made."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class UnfinishedSiteError(Exception):
    """Some files are new, some old; the next run completes it. The cause is an OSError."""


class Published(NamedTuple):
    """The numbers of a site's files: all, those written now, those removed now."""

    files: int
    changed: int
    removed: int
    was_exchanged: bool = True
    """No reader has seen old and new files together; so also where nothing has changed."""
    was_completed: bool = False
    """What a stopped run had begun was completed before."""


def publish(  # noqa: PLR0913 - each is one decision of the command
    folder: Path,
    files: Iterable[tuple[str, bytes]],
    *,
    mixed: bool = False,
    keep: bool = False,
    exchange: bool = True,
    made_of: str = "",
    stored: Callable[[], object] = lambda: None,
) -> Published:
    """Write the files of a site, given by their paths in the folder, and remove its former ones.

    Files that have not changed are not written. `mixed` accepts a folder with other files; they
    stay. `keep` removes nothing. `exchange` says whether the folder may be exchanged for a new one.
    `made_of` is a digest of all that the files were made of, by which `unchanged` knows them again.
    `stored` is called once all files are new. Raises ForeignFolderError, ForeignFileError,
    LockedError, and OSError; the files are then all as they were. UnfinishedSiteError is the
    exception, of a folder that cannot be exchanged.
    """
    root = Path(os.path.realpath(folder))
    if root.exists() and not root.is_dir():
        raise ForeignFolderError(str(folder))
    root.parent.mkdir(parents=True, exist_ok=True)
    with hold_lock(root if os.access(root.parent, os.W_OK) else root / LIST):
        was_completed = _repair(root)
        if not (mixed or _is_ours(root)):
            raise ForeignFolderError(str(folder))
        root.mkdir(exist_ok=True)
        try:
            update = _stage(root, files, made_of, keep=keep)
        except BaseException:
            shutil.rmtree(root / STAGING, ignore_errors=True)
            raise
        whole = True
        if update.is_needed:
            whole = exchange and is_exchangeable(root) and _exchange(root, update, stored)
            if not whole:
                _put_in_place(root, update)
        stored()
    count = len(update.files), update.changed, len(update.gone)
    return Published(*count, was_exchanged=whole, was_completed=was_completed)


def unchanged(folder: Path, made_of: str) -> Published | None:
    """Return the numbers of a site that was made of the same, and whose files are as made.

    None for any other folder: its files must be made and compared.
    """
    root = folder.resolve()
    of_stopped_run = (root / STAGING, _beside(root, "new"), _beside(root, "old"))
    if not made_of or any(map(os.path.lexists, of_stopped_run)) or not (root / LIST).is_file():
        return None
    line = next(filter(None, map(_MADE.fullmatch, _lines(root / LIST))), None)
    if line is None or line[1] != made_of:
        return None
    read = published(root)
    paths = _read_list(root)
    digests = {path: _digest(data) for path in paths if (data := read(path)) is not None}
    if len(digests) < len(paths) or _all_digests(digests) != line[2]:
        return None
    return Published(len(paths), 0, 0)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=20).digest()


def _all_digests(digests: Mapping[str, bytes]) -> str:
    found = blake2b(digest_size=20)
    for path in sorted(digests):
        found.update(path.encode() + b"\n" + digests[path])
    return found.hexdigest()


def _is_ours(root: Path) -> bool:
    if not root.exists() or (root / LIST).is_file():
        return True
    return all(path.name in (STAGING, f".{LIST}.lock") for path in root.iterdir())


# --- what changes -------------------------------------------------------------------------------


class _Update(NamedTuple):
    """The site's own files, the list of them before and after, and what changes."""

    files: set[str]
    before: set[str]
    after: set[str]
    gone: set[str]
    """Former files that are to be removed, of those that are there."""
    changed: int
    """How many files are in STAGING."""
    made: str
    """The line of the list that tells an unchanged site; empty for none."""
    list_changed: bool

    @property
    def is_needed(self) -> bool:
        """Whether anything has to be written."""
        return bool(self.changed or self.gone or self.list_changed)


def _stage(root: Path, files: Iterable[tuple[str, bytes]], made_of: str, *, keep: bool) -> _Update:
    """Write the files that have changed into STAGING."""
    before = _read_list(root)
    now: dict[str, bytes] = {}
    checked: set[str] = set()
    changed = 0
    for path, data in files:
        if not _SITE_FILE.fullmatch(path) or path in now:
            raise ValueError(f"no address of its own for a page: {path}")
        folder = path.rpartition("/")[0]
        target = f"{root}/{path}"
        there = os.path.lexists(target)
        if there and path not in before:
            raise ForeignFileError(Path(target))
        if there or folder not in checked:
            _check_place(root, Path(target))
            checked.add(folder)
        if not there or not _has(target, data):
            new = f"{root}/{STAGING}/{path}"
            _write(new, data)
            if there:
                shutil.copymode(target, new)
            changed += 1
        now[path] = _digest(data)
    paths = set(now)
    gone = set() if keep else {path for path in before - paths if _is_own_file(root, path)}
    after = paths | before if keep else paths
    made = f"# made of {made_of}, files {_all_digests(now)}" if made_of and not keep else ""
    list_path = root / LIST
    is_new = not list_path.is_file() or list_path.read_bytes() != _listed(after, made)
    return _Update(paths, before, after, gone, changed, made, is_new)


def _has(path: str, data: bytes) -> bool:
    """Tell whether a file has these bytes."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - half the time of a `Path`
        return os.fstat(file.fileno()).st_size == len(data) and file.readall() == data


def _write(path: str, data: bytes) -> None:
    """Write a new file, and the folders above it."""
    try:
        file = open(path, "wb", buffering=0)  # noqa: PTH123, SIM115 - as above; closed below
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        file = open(path, "wb", buffering=0)  # noqa: PTH123, SIM115 - as above
    with file:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]


def _listed(paths: set[str], made: str) -> bytes:
    lines = (_HEAD, *([made] if made else []), *sorted(paths))
    return "".join(f"{line}\n" for line in lines).encode()


def published(folder: Path) -> Callable[[str], bytes | None]:
    """Return a function that returns the bytes of a file of a site as it is in its folder.

    It returns None for a file that is not there, or that the list of the site's files lacks.
    """
    root = folder.resolve()
    listed: set[str] | None = None

    def read(path: str) -> bytes | None:
        nonlocal listed
        listed = _read_list(root) if listed is None else listed
        target = root / path
        if path not in listed or target.is_symlink() or not target.is_file():
            return None
        return target.read_bytes() if target.resolve().is_relative_to(root) else None

    return read


def _read_list(root: Path) -> set[str]:
    """Return the site's files; lines of the list that name no file of a site are ignored.

    Raises ForeignFileError where the list is no plain file.
    """
    path = root / LIST
    if not os.path.lexists(path):
        return set()
    if path.is_symlink() or not path.is_file():
        raise ForeignFileError(path)
    return _paths(path)


def _paths(path: Path) -> set[str]:
    return {line for line in _lines(path) if _SITE_FILE.fullmatch(line)}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def _check_place(root: Path, target: Path) -> None:
    """Raise ForeignFileError where a file's place is taken, or lies outside through a link."""
    parent = next(one for one in target.parents if os.path.lexists(one))
    if not parent.is_dir() or not Path(os.path.realpath(parent)).is_relative_to(root):
        raise ForeignFileError(parent)
    if os.path.lexists(target) and (target.is_symlink() or not target.is_file()):
        raise ForeignFileError(target)


def _is_own_file(root: Path, path: str) -> bool:
    target = root / path
    is_inside = Path(os.path.realpath(target.parent)).is_relative_to(root)
    return is_inside and target.is_file()


# --- the folder exchanged for a new one -----------------------------------------------------------


def _beside(root: Path, ending: str) -> Path:
    return root.with_name(f".{root.name}{LIST}.{ending}")


def _exchange(root: Path, update: _Update, stored: Callable[[], object]) -> bool:
    """Exchange the folder for a new one with all files; False where the system refuses a step."""
    tree = _beside(root, "new")
    try:
        _build(tree, root, update)
        exchange_names(tree, root, _beside(root, "old"))
        stored()
    except OSError:
        return False
    finally:
        for one in (tree, _beside(root, "old")):
            with suppress(OSError):  # what stays is removed by the next run
                _discard(one, root)
    return True


def _build(tree: Path, root: Path, update: _Update) -> None:
    """Make a folder as the site's is to be, of links to its files and to the new ones."""
    tree.mkdir()
    (tree / LIST).write_bytes(
        _listed(update.after, update.made)
    )  # first: a stopped run has a list to go by
    for path in sorted(update.after):
        new = root / STAGING / path
        if new.is_file():
            link(new, tree / path)
        elif _is_own_file(root, path):
            link(root / path, tree / path)
    link_others(root, tree, {*update.before, *update.after, LIST, STAGING, f".{LIST}.lock"})


def _discard(tree: Path, root: Path) -> None:
    """Delete a folder that the site's was exchanged for, or is no longer to be exchanged for."""
    if not tree.is_dir():
        return
    own = {*_read_list(tree), LIST}
    discard(tree, root, lambda inside: inside in own or inside.startswith(f"{STAGING}/"))


# --- one file after the other, by a journal -------------------------------------------------------


def _put_in_place(root: Path, update: _Update) -> None:
    """Replace the files one by one. Raises UnfinishedSiteError once the first may be replaced."""
    staging = root / STAGING
    try:
        staging.mkdir(exist_ok=True)
        write_atomically(staging / JOURNAL, _listed(update.after, update.made), sync=False)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    _apply_journal(root)


def _apply_journal(root: Path) -> None:
    """Do what the journal says; what is done already is no longer in STAGING."""
    staging = root / STAGING
    try:
        after = _paths(staging / JOURNAL)
        made = next(filter(_MADE.fullmatch, _lines(staging / JOURNAL)), "")
        for path in sorted(after):
            new = staging / path
            if new.is_file() and not new.is_symlink():
                _check_place(root, root / path)
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                new.replace(root / path)
        for path in sorted(_read_list(root) - after):
            _remove(root, path)
        (staging / LIST).write_bytes(_listed(after, made))
        (staging / LIST).replace(root / LIST)
        shutil.rmtree(staging)
    except OSError as error:
        raise UnfinishedSiteError(str(root)) from error


def _remove(root: Path, path: str) -> None:
    """Delete a file, and the folders that are empty then."""
    if not _is_own_file(root, path):
        return
    target = root / path
    target.unlink()
    for folder in target.parents:
        if folder == root or any(folder.iterdir()):
            break
        folder.rmdir()


def _repair(root: Path) -> bool:
    """Undo or complete what a stopped run has left; tell whether files were put in their places."""
    old = _beside(root, "old")
    tree = _beside(root, "new")
    if old.is_dir() and not root.exists():
        old.rename(root)
    elif tree.is_dir():
        root.mkdir(exist_ok=True)
    for one in (old, tree):
        _discard(one, root)
    staging = root / STAGING
    if staging.is_symlink():
        raise ForeignFileError(staging)
    if (staging / JOURNAL).is_file():
        _apply_journal(root)
        return True
    if staging.is_dir():
        shutil.rmtree(staging)
    return False


# --- what a site is made of ----------------------------------------------------------------------

_PROGRAM = Path(__file__).parent.parent
_MAKES_PAGES = frozenset((".py", ".html", ".css", ".js", ".svg", ".mo", ".toml", ".txt"))
"""Of the program's files, by their content: the same release has the same digest everywhere."""


def digest(folder: Path, *more: str) -> str:
    """Return a digest of a data folder's files, of the program, and of the words `more`.

    It is another one where a file, a name in one of the folders, or the program has changed.
    """
    made_of = blake2b(digest_size=20)
    for name in ("", MEETINGS, PROGRESS):
        entries = []
        with suppress(OSError), os.scandir(folder / name) as scanned:
            entries = sorted(scanned, key=lambda entry: entry.name)
        for entry in entries:
            is_data = entry.name.endswith(".yaml") if name else entry.name == REGISTER
            data = read_if_possible(Path(entry.path)) if is_data else b""
            for part in (os.fsencode(f"{name}/{entry.name}"), data):
                made_of.update(len(part).to_bytes(8, "big") + part)
    for path in sorted(_PROGRAM.rglob("*")):
        if path.suffix in _MAKES_PAGES:
            made_of.update(path.relative_to(_PROGRAM).as_posix().encode() + path.read_bytes())
    for word in more:
        made_of.update(f"{word}\n".encode())
    return made_of.hexdigest()
