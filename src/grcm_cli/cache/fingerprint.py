"""What tells that no file of a data folder has changed since it was read."""

import os
import stat
import time
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER

_READ = ".yaml"
_SETTLED = 2_000_000_000
"""Nanoseconds after which a further change surely has another time: FAT counts in two seconds."""


class Stamp(NamedTuple):
    """A digest of all files' names, sizes, times and numbers; how large they are, how old."""

    digest: bytes
    size: int
    newest: int
    """The last change of any of them, in nanoseconds since 1970."""
    files: Mapping[str, str] = {}
    """What is told of each file, by its name in the folder."""

    @property
    def is_settled(self) -> bool:
        """Tell whether a later change could not have the same times as these."""
        return time.time_ns() - self.newest > _SETTLED


def stamp(folder: Path) -> Stamp | None:
    """Return the stamp of a data folder, without opening a file; None where it cannot be told.

    A file's time of change, which no program sets back, stands beside the one that programs set: so
    do the local file systems of Unix. Windows keeps no such time; there the content is looked at.
    """
    size = newest = 0
    files: dict[str, str] = {}
    try:
        for name, status in _entries(folder):
            files[name] = _told(folder, name, status)
            size += status.st_size
            newest = max(newest, status.st_mtime_ns, status.st_ctime_ns)
    except OSError:
        return None
    lines = "".join([f"{name}\0{said}\n" for name, said in files.items()])
    digest = blake2b(lines.encode(errors="surrogateescape"), digest_size=32)
    return Stamp(digest.digest(), size, newest, files)


def _entries(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the register and all that stands in the folders of data, by their names."""
    yield REGISTER, (folder / REGISTER).stat()
    for place in (MEETINGS, PROGRESS):
        try:
            with os.scandir(folder / place) as found:
                names = sorted(entry.name for entry in found if not entry.name.startswith("."))
        except FileNotFoundError:
            if (folder / place).is_symlink():
                raise  # a link that leads nowhere is an error, which reading tells
            continue
        for name in names:
            # A link counts as what it leads to, for that is what is read.
            path = os.path.join(folder, place, name)  # noqa: PTH118 - thrice as fast
            status = os.stat(path)  # noqa: PTH116
            if name.endswith(_READ) or _is_told_of(name, status):
                yield f"{place}/{name}", status


def _is_told_of(name: str, status: os.stat_result) -> bool:
    """Tell whether there is a finding for what is no data; a plain file of another kind has none.

    As `X.yaml~`, which an editor leaves beside a file whenever that is changed.
    """
    return name.lower().endswith((".yml", _READ)) or not stat.S_ISREG(status.st_mode)


def told(folder: Path, name: str) -> str:
    """Return what a stamp tells of one file now, by its name in the folder. Raises OSError."""
    return _told(folder, name, (folder / name).stat())


def _told(folder: Path, name: str, status: os.stat_result) -> str:
    kind, size, changed = stat.S_IFMT(status.st_mode), status.st_size, status.st_ctime_ns
    said = f"{kind} {size} {status.st_mtime_ns} {changed} {status.st_ino} {status.st_dev}"
    if os.name == "nt" and stat.S_ISREG(status.st_mode):
        said += blake2b((folder / name).read_bytes()).hexdigest()
    return said
