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
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from grcm_cli.storage.exchange import beside, exchange, is_exchangeable, link, repair
from grcm_cli.storage.file_reader import read_if_possible
from grcm_cli.storage.files import hold_lock, write_atomically
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER, repository_root
from grcm_cli.storage.stray_files import entries

LIST = ".grcm-site"
STAGING = ".grcm-site.new"  # the folder of what is being published, inside the site's
JOURNAL = "journal"
"""The list of the new site, in STAGING: from then on, the files there must be put in place."""
_HEAD = "grcm site 1"
_SITE_FILE = re.compile(
    r"index\.html|404\.html|\.nojekyll|robots\.txt|sitemap(?:\.[0-9]+)?\.xml"
    r"|assets/[a-z]+\.[a-z]+|(?:[a-z]{2}/)?search/(?:[a-z]+\.)?[0-9]+\.js"
    r"|(?:[a-z]{2}/)?search/[a-z]+\.js|[a-z]{2}/day\.js|sources/[A-Za-z0-9-]+\.[a-z]{2,4}"
    r"|data/(?:party/)?[A-Za-z0-9-]+\.(?:csv|json|xlsx)"
    r"|[a-z]{2}/(?:[a-z]+/)?[A-Za-z0-9-]+(?:\.[a-z0-9-]+)?(?:\.[0-9]+)?"
    r"\.(?:html|ics|atom|csv|json|xlsx)",
    re.ASCII,
)
"""The names of a site's files: no other file is ever written or removed."""
_ABOUT = re.compile(r"about(?:\.([a-z]{2}))?\.md")
_IN_FOLDER = re.compile(rf"{re.escape(REGISTER)}|{_ABOUT.pattern}")

_PROGRAM = Path(__file__).parent.parent
_MAKES_PAGES = frozenset((".py", ".html", ".css", ".js", ".svg", ".mo", ".toml", ".txt"))
"""Of the program's files, by their content: the same release has the same digest everywhere."""
ENDINGS = (
    *(".pdf", ".docx", ".doc", ".odt", ".rtf", ".txt", ".md"),
    *(".xlsx", ".xls", ".ods", ".csv", ".pptx", ".odp", ".png", ".jpg", ".jpeg", ".tif", ".tiff"),
)
"""What is copied: no file that acts in a browser, as a page or a drawing with scripts would."""
LARGEST = 100_000_000  # bytes of a document; more, hosts of pages do not take
_FOLDER = "sources"  # where documents lie whose name alone is given, as `grcm draft` writes it

Refusal = Literal["missing", "outside", "link", "hidden", "kind", "size"]


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
    was_exchanged: bool = True  # no reader saw old and new files together, as without a change
    was_completed: bool = False  # what a stopped run had begun was completed before


def publish(  # noqa: PLR0913 - each is one decision of the command
    folder: Path,
    files: Iterable[tuple[str, bytes]],
    *,
    mixed: bool = False,
    keep: Callable[[str], bool] = lambda _path: False,
    exchanging: bool = True,
    made_of: str = "",
    stored: Callable[[], object] = lambda: None,
) -> Published:
    """Write the files of a site, given by their paths in the folder, and remove its former ones.

    Files that have not changed are not written. `mixed` accepts a folder with other files; they
    stay. `keep` tells of a former file whether it stays too. `exchanging` says whether the folder
    may be exchanged for a new one. `made_of` is a digest of all that the files were made of, by
    which `unchanged` knows them again. `stored` is called once all files are new. Raises
    ForeignFolderError, ForeignFileError, LockedError, and OSError; the files are then all as they
    were. UnfinishedSiteError is the exception, of a folder that cannot be exchanged.
    """
    root = Path(os.path.realpath(folder))
    if root.exists() and not root.is_dir():
        raise ForeignFolderError(str(folder))
    root.parent.mkdir(parents=True, exist_ok=True)
    with hold_lock(root if os.access(root.parent, os.W_OK) else root / LIST):
        was_completed = _repair(root)
        root.mkdir(exist_ok=True)
        other_names = {path.name for path in root.iterdir()} - {STAGING, f".{LIST}.lock"}
        if other_names and not (mixed or (root / LIST).is_file()):
            raise ForeignFolderError(str(folder))
        try:
            update = _stage(root, files, made_of, keep)
            is_possible = exchanging and is_exchangeable(root)
            whole = not update.is_needed or (is_possible and _exchange(root, update, stored))
            if not whole:
                (root / STAGING).mkdir(exist_ok=True)
                write_atomically(root / STAGING / JOURNAL, update.listed, sync=False)
        except BaseException:
            shutil.rmtree(root / STAGING, ignore_errors=True)
            raise
        if not whole:
            _apply_journal(root)
        stored()
    return update.published._replace(was_exchanged=whole, was_completed=was_completed)


def unchanged(folder: Path, made_of: str) -> Published | None:
    """Return the numbers of a site that was made of the same, and whose files are as made.

    None for any other folder: its files must be made and compared.
    """
    root = folder.resolve()
    of_stopped_run = (root / STAGING, *(root / path for path in beside(root, LIST)))
    if not made_of or any(map(os.path.lexists, of_stopped_run)) or not (root / LIST).is_file():
        return None
    listed = (root / LIST).read_bytes()
    if f"# made of {made_of}, ".encode() not in listed:
        return None
    read, paths = published(root), _read_list(root)
    digests = {path: _digest(data) for path in paths if (data := read(path)) is not None}
    is_same = len(digests) == len(paths) and _listed(paths, made_of, digests) == listed
    return Published(len(paths), 0, 0) if is_same else None


def published(folder: Path) -> Callable[[str], bytes | None]:
    """Return a function that returns the bytes of a file of a site as it is in its folder.

    It returns None for a file that is not there, or that the list of the site's files lacks.
    """
    root = folder.resolve()
    listed = _read_list(root)

    def read(path: str) -> bytes | None:
        is_plain = path in listed and not (root / path).is_symlink() and _is_own_file(root, path)
        return (root / path).read_bytes() if is_plain else None

    return read


def _listed(paths: set[str], made_of: str, digests: Mapping[str, bytes]) -> bytes:
    """Return the list; with `made_of` it tells an unchanged site, by what it was made of."""
    lines = [_HEAD, *sorted(paths)]
    if made_of:
        of_all = blake2b(digest_size=20)
        for path in sorted(digests):
            of_all.update(path.encode() + b"\n" + digests[path])
        lines.insert(1, f"# made of {made_of}, files {of_all.hexdigest()}")
    return "".join(f"{line}\n" for line in lines).encode()


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=20).digest()


def _read_list(root: Path, name: str = LIST) -> set[str]:
    """Return the site's files in its list. Raises ForeignFileError where that is no plain file."""
    path = root / name
    if not os.path.lexists(path):
        return set()
    if path.is_symlink() or not path.is_file():
        raise ForeignFileError(path)
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return {line for line in lines if _SITE_FILE.fullmatch(line)}


def _check_place(root: Path, target: Path) -> None:
    """Raise ForeignFileError where a file's place is taken, or lies outside through a link."""
    parent = next(folder for folder in target.parents if os.path.lexists(folder))
    if not parent.is_dir() or not Path(os.path.realpath(parent)).is_relative_to(root):
        raise ForeignFileError(parent)
    if os.path.lexists(target) and (target.is_symlink() or not target.is_file()):
        raise ForeignFileError(target)


def _is_own_file(root: Path, path: str) -> bool:
    target = root / path
    return Path(os.path.realpath(target.parent)).is_relative_to(root) and target.is_file()


class _Update(NamedTuple):
    """The site's own files before and after, the new list of them, and what changes."""

    before: set[str]
    after: set[str]
    listed: bytes
    published: Published
    is_needed: bool  # whether anything has to be written


def _stage(
    root: Path, files: Iterable[tuple[str, bytes]], made_of: str, keep: Callable[[str], bool]
) -> _Update:
    before = _read_list(root)
    digests: dict[str, bytes] = {}
    changed = 0  # files in STAGING
    for path, data in files:
        if not _SITE_FILE.fullmatch(path) or path in digests:
            raise ValueError(f"no address of its own for a page: {path}")
        target, new = root / path, root / STAGING / path
        exists = os.path.lexists(target)
        if exists and path not in before:
            raise ForeignFileError(target)
        _check_place(root, target)
        if not exists or target.read_bytes() != data:
            new.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(data)
            if exists:
                shutil.copymode(target, new)
            changed += 1
        digests[path] = _digest(data)
    kept = set(filter(keep, before - digests.keys()))
    after = digests.keys() | kept
    gone = sum(_is_own_file(root, path) for path in before - after)
    listed = _listed(after, "" if kept else made_of, digests)
    is_needed = bool(changed or gone or not before or listed != (root / LIST).read_bytes())
    return _Update(before, after, listed, Published(len(digests), changed, gone), is_needed)


def _exchange(root: Path, update: _Update, stored: Callable[[], object]) -> bool:
    """Exchange the folder for a new one with all files; False where the system refuses a step."""

    def fill(tree: Path) -> None:
        (tree / LIST).write_bytes(update.listed)
        for path in sorted(update.after):
            new = root / STAGING / path
            if new.is_file():
                link(new, tree / path)
            elif _is_own_file(root, path):
                link(root / path, tree / path)

    own_files = {*update.before, *update.after, LIST, STAGING, f".{LIST}.lock"}
    return exchange(root, LIST, own_files, fill, stored)


def _apply_journal(root: Path) -> None:
    """Replace the files one by one, as the journal says; what is done is no longer in STAGING."""
    staging = root / STAGING
    try:
        after = _read_list(staging, JOURNAL)
        for path in sorted(after):
            new = staging / path
            if new.is_file() and not new.is_symlink():
                _check_place(root, root / path)
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                new.replace(root / path)
        for path in sorted(_read_list(root) - after):
            if _is_own_file(root, path):
                (root / path).unlink()
                for folder in (root / path).parents:  # empty by now
                    if folder == root or any(folder.iterdir()):
                        break
                    folder.rmdir()
        (staging / JOURNAL).replace(root / LIST)
        shutil.rmtree(staging)
    except OSError as error:
        raise UnfinishedSiteError(str(root)) from error


def _repair(root: Path) -> bool:
    """Undo or complete what a stopped run has left; tell whether files were put in their places."""
    repair(root, LIST)
    staging = root / STAGING
    if staging.is_symlink():
        raise ForeignFileError(staging)
    if (staging / JOURNAL).is_file():
        _apply_journal(root)
        return True
    if staging.is_dir():
        shutil.rmtree(staging)
    return False


def about(folder: Path) -> Mapping[str, str]:
    """Return a secretariat's text about its site: `about.es.md` of a data folder, else `about.md`.

    The texts are Markdown, by their language; that of `about.md` is empty.
    """
    texts = {}
    for path in sorted(folder.glob("about*.md")):
        data = read_if_possible(path)
        if data and (match := _ABOUT.fullmatch(path.name)):
            texts[match[1] or ""] = data.decode("utf-8", "replace")
    return texts


def digest(folder: Path, *words: str) -> str:
    """Return a digest of a data folder's files, of the program, and of `words`.

    It changes with a file, with a name in one of the folders, and with the program.
    """
    made_of = blake2b(digest_size=20)
    for name in ("", MEETINGS, PROGRESS):
        for entry in entries(folder / name):
            is_data = entry.name.endswith(".yaml") if name else _IN_FOLDER.fullmatch(entry.name)
            data = read_if_possible(Path(entry.path)) if is_data else b""
            for part in (os.fsencode(f"{name}/{entry.name}"), data):
                made_of.update(len(part).to_bytes(8, "big") + part)
    for path in sorted(_PROGRAM.rglob("*")):
        if path.suffix in _MAKES_PAGES:
            made_of.update(path.relative_to(_PROGRAM).as_posix().encode() + path.read_bytes())
    for word in words:
        made_of.update(f"{word}\n".encode())
    return made_of.hexdigest()


# What a file of the record names is looked for in the data folder, then beside it, but never
# outside of the repository: a record cannot make its publisher give away a file of the machine.


def read_source(path: Path) -> bytes:
    """Return the bytes of a document. Raises OSError, also where it has become a link."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        return file.read()


def find_source(source: str, data: Path) -> Path | Refusal:
    """Return the path of the document that `source` names, or why there is none to copy."""
    path = PurePosixPath(source.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in source:
        return "outside"
    if any(part.startswith(".") for part in path.parts) or "\0" in source:
        return "hidden"
    if path.suffix.lower() not in ENDINGS:
        return "kind"
    roots = [Path(os.path.realpath(data))]
    if repository_root(roots[0]) != roots[0]:
        roots.append(roots[0].parent)  # a repository has the data, and files beside them
    places = (folder / path for root in roots for folder in (root, root / _FOLDER))
    place = next(filter(os.path.lexists, places), None)
    if place is None:
        return "missing"
    if Path(os.path.realpath(place)) != place:  # its root is without links
        return "link"
    with suppress(OSError):
        status = place.lstat()
        if not stat.S_ISREG(status.st_mode):
            return "kind"
        return place if status.st_size <= LARGEST else "size"
    return "missing"
