"""The one place that writes a site: a folder of files that it made, and no other file there.

A list in the folder names the files that are its own. Only these are written over or taken away, so
that what somebody else put there (a domain's name, a picture) stays.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

LIST = ".grcm-site"
_HEAD = "grcm site 1"
_OURS = re.compile(r"(?:[A-Za-z0-9-]+/){0,3}[A-Za-z0-9.-]*[A-Za-z0-9-]", re.ASCII)


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


def publish(folder: Path, files: Iterable[tuple[str, bytes]], *, over: bool = False) -> Published:
    """Write files below a folder, replacing what changed and removing what is no longer there.

    `over` takes a folder, and files in it, that are not ours. Each file is old or new, never
    between; a run that was stopped is completed by the next. Raises NotOursError and TakenError;
    OSError where the machine refuses.
    """
    if not over:
        check(folder)
    folder.mkdir(parents=True, exist_ok=True)
    root = folder.resolve()
    before = _listed(root)
    now: list[str] = []
    changed = 0
    with (root / LIST).open("a", encoding="ascii") as growing:
        if not before:
            growing.write(f"{_HEAD}\n")
        for path, data in files:
            target = root / path
            if path not in before and target.exists() and not over:
                raise TakenError(target)
            # Named before it is written: what a stopped run leaves is known as ours.
            growing.write(f"{path}\n")
            growing.flush()
            changed += _put(root, target, data)
            now.append(path)
    removed = sum(_remove(root, path) for path in before - set(now))
    _put(root, root / LIST, "".join(f"{line}\n" for line in [_HEAD, *sorted(now)]).encode())
    return Published(len(now), changed, removed)


def _listed(root: Path) -> set[str]:
    """Return the files that are ours; a line that no site would have is passed over."""
    try:
        lines = (root / LIST).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return set()
    return {line for line in lines if _OURS.fullmatch(line) and ".." not in line}


def _put(root: Path, target: Path, data: bytes) -> bool:
    """Write a file where its bytes are others; tell whether they were."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.parent.resolve().is_relative_to(root):
        raise TakenError(target.parent)  # a link that leads out of the folder
    if target.is_file() and not target.is_symlink() and target.read_bytes() == data:
        return False
    new = target.with_name(f".{target.name}.new")
    new.write_bytes(data)
    new.replace(target)
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
