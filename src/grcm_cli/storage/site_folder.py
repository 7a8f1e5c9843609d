"""The one place that writes a site: a folder of files that it made, and no other file there.

A list in the folder names the files that are its own. Only these are written over or taken away, so
that what somebody else put there (a domain's name, a picture) stays.
"""

import io
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from grcm_cli.storage.files import write_atomically

LIST = ".grcm-site"
_HEAD = "grcm site 1"
_OURS = re.compile(
    r"index\.html|\.nojekyll|assets/[a-z]+\.[a-z]+|[a-z]{2}/search/[0-9]+\.js"
    r"|[a-z]{2}/(?:[a-z]+/)?[A-Za-z0-9-]+(?:\.[a-z0-9-]+)?(?:\.[0-9]+)?\.(?:html|ics)",
    re.ASCII,
)
"""What a site's files are called: nothing else is ever written or taken away."""


class NotOursError(Exception):
    """The folder has files, and no list of ours."""


class TakenError(Exception):
    """There is a file, not one of ours, where one of ours has to go."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class Published(NamedTuple):
    """How many files there are, how many of them have changed, how many are gone."""

    files: int
    changed: int
    removed: int


def check(folder: Path) -> None:
    """Raise NotOursError for a folder in which a site would mix with what it did not make."""
    if (folder / LIST).is_file() or not folder.exists():
        return
    if not folder.is_dir() or any(folder.iterdir()):
        raise NotOursError(str(folder))


def publish(
    folder: Path, files: Iterable[tuple[str, bytes]], *, mixed: bool = False, keep: bool = False
) -> Published:
    """Write files below a folder, replacing what changed and removing what is no longer there.

    `mixed` takes a folder that has other files; they stay. `keep` removes nothing. Each file is old
    or new, never between; a run that was stopped is completed by the next. Raises NotOursError and
    TakenError; OSError where the machine refuses.
    """
    if not mixed:
        check(folder)
    folder.mkdir(parents=True, exist_ok=True)
    root = folder.resolve()
    before = _listed(root)
    now: dict[str, None] = {}
    changed = 0
    with _growing(root) as growing:
        for path, data in files:
            if not _OURS.fullmatch(path) or path in now:
                raise ValueError(f"no address of its own for a page: {path}")
            target = root / path
            if path not in before and os.path.lexists(target):
                raise TakenError(target)
            # Named before it is written: what a stopped run leaves is known as ours.
            growing.write(f"{path}\n".encode())
            changed += _put(root, target, data)
            now[path] = None
    gone = set() if keep else before - set(now)
    removed = sum(_remove(root, path) for path in gone)
    listed = sorted({*now, *(before - gone)})
    _put(root, root / LIST, "".join(f"{line}\n" for line in [_HEAD, *listed]).encode())
    return Published(len(now), changed, removed)


def _listed(root: Path) -> set[str]:
    """Return the files that are ours; a line that no site would have is passed over.

    Raises TakenError where the list is no plain file.
    """
    path = root / LIST
    if not os.path.lexists(path):
        return set()
    if path.is_symlink() or not path.is_file():
        raise TakenError(path)
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return {line for line in lines if _OURS.fullmatch(line)}


def _growing(root: Path) -> io.FileIO:
    """Return the list, open at its end; a link is not followed."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    growing = io.FileIO(os.open(root / LIST, flags, 0o666), "a")
    if os.fstat(growing.fileno()).st_size == 0:
        growing.write(f"{_HEAD}\n".encode())
    return growing


def _put(root: Path, target: Path, data: bytes) -> bool:
    """Write a file where its bytes are others; tell whether they were."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.parent.resolve().is_relative_to(root):
        raise TakenError(target.parent)  # a link that leads out of the folder
    if os.path.lexists(target) and (target.is_symlink() or not target.is_file()):
        raise TakenError(target)
    if target.is_file() and target.read_bytes() == data:
        return False
    write_atomically(target, data, sync=False)  # a site can be made again: no wait for the disk
    return True


def _remove(root: Path, path: str) -> bool:
    target = root / path
    if not target.is_file() or not target.parent.resolve().is_relative_to(root):
        return False
    target.unlink()
    for folder in target.parents:
        if folder == root or any(folder.iterdir()):
            break
        folder.rmdir()
    return True
