"""Publish a site into a folder: write what changed, remove old pages, touch no other file.

The file `.grcm-site` in the folder lists the site's own files. Only these are replaced or removed,
so that other files in the folder (a CNAME, a picture) stay.
"""

import io
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from grcm_cli.storage.files import write_atomically

LIST = ".grcm-site"
_HEAD = "grcm site 1"
_SITE_FILE = re.compile(
    r"index\.html|\.nojekyll|assets/[a-z]+\.[a-z]+|[a-z]{2}/search/[0-9]+\.js"
    r"|[a-z]{2}/(?:[a-z]+/)?[A-Za-z0-9-]+(?:\.[a-z0-9-]+)?(?:\.[0-9]+)?\.(?:html|ics)",
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


class Published(NamedTuple):
    """The numbers of a site's files: all, those written now, those removed now."""

    files: int
    changed: int
    removed: int


def publish(
    folder: Path, files: Iterable[tuple[str, bytes]], *, mixed: bool = False, keep: bool = False
) -> Published:
    """Write the files of a site, given by their paths in the folder, and remove its former ones.

    Files that have not changed are not written. `mixed` accepts a folder with other files; they
    stay. `keep` removes nothing. Each file is old or new, never between; the next run completes one
    that was stopped. Raises ForeignFolderError, ForeignFileError and OSError.
    """
    is_ours = (folder / LIST).is_file() or not folder.exists()
    if not (mixed or is_ours or (folder.is_dir() and not any(folder.iterdir()))):
        raise ForeignFolderError(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    root = folder.resolve()
    before = _read_list(root)
    now: dict[str, None] = {}
    changed = 0
    with _open_list(root) as listing:
        for path, data in files:
            if not _SITE_FILE.fullmatch(path) or path in now:
                raise ValueError(f"no address of its own for a page: {path}")
            target = root / path
            if path not in before and os.path.lexists(target):
                raise ForeignFileError(target)
            # Listed before it is written, so that the next run knows what a stopped one has left.
            listing.write(f"{path}\n".encode())
            changed += _write(root, target, data)
            now[path] = None
    gone = set() if keep else before - set(now)
    removed = sum(_remove(root, path) for path in gone)
    lines = [_HEAD, *sorted({*now, *(before - gone)})]
    _write(root, root / LIST, "".join(f"{line}\n" for line in lines).encode())
    return Published(len(now), changed, removed)


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
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return {line for line in lines if _SITE_FILE.fullmatch(line)}


def _open_list(root: Path) -> io.FileIO:
    """Open the list for appending; a link is not followed."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    listing = io.FileIO(os.open(root / LIST, flags, 0o666), "a")
    if os.fstat(listing.fileno()).st_size == 0:
        listing.write(f"{_HEAD}\n".encode())
    return listing


def _write(root: Path, target: Path, data: bytes) -> bool:
    """Write a file unless it has these bytes already; tell whether it was written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.parent.resolve().is_relative_to(root):
        raise ForeignFileError(target.parent)  # a link that leads out of the folder
    if os.path.lexists(target) and (target.is_symlink() or not target.is_file()):
        raise ForeignFileError(target)
    if target.is_file() and target.read_bytes() == data:
        return False
    write_atomically(target, data, sync=False)  # a site can be made again: no wait for the disk
    return True


def _remove(root: Path, path: str) -> bool:
    """Delete a file, and the folders that are empty then; tell whether it was there."""
    target = root / path
    if not target.is_file() or not target.parent.resolve().is_relative_to(root):
        return False
    target.unlink()
    for folder in target.parents:
        if folder == root or any(folder.iterdir()):
            break
        folder.rmdir()
    return True
