"""Where a data folder's cache lies: in the user's own folder for such things, never in the data."""

import os
import re
import stat
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{24}\.facts|\.[0-9a-f]{24}\.facts\.(?:[0-9a-f]{4}){2,3}\.new")
_SEASON = 90 * 24 * 3600  # seconds


def folder(environment: Mapping[str, str]) -> Path | None:
    """Return the folder of all caches, by the conventions of the system; None without a home.

    XDG Base Directory Specification; Apple's and Microsoft's own places on theirs.
    """
    wish = environment.get("XDG_CACHE_HOME", "")
    if wish and Path(wish).is_absolute():
        return Path(wish) / "grcm"
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA", "")
        return Path(local) / "grcm" / "cache" if local else None
    home = environment.get("HOME", "")
    if not home or not Path(home).is_absolute():
        return None
    below = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path(home) / below / "grcm"


def file_of(data: Path, environment: Mapping[str, str]) -> Path | None:
    """Return the file of a data folder's cache, or None where there is no place for it.

    There is none within the data itself, and none where nothing can be written.
    """
    place = folder(environment)
    real = data.resolve()
    if place is None or place.resolve().is_relative_to(real) or not _is_writable(place):
        return None
    name = blake2b(os.fsencode(real), digest_size=12).hexdigest()
    return place / f"{name}.facts"


def _is_writable(place: Path) -> bool:
    """Tell whether files can be made in a folder, or the folder can be made."""
    there = next((path for path in (place, *place.parents) if path.exists()), None)
    return there is not None and there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def read(path: Path, most: int) -> bytes:
    """Return a kept file's bytes, at most so many.

    Nothing where there is none, where it is longer, or where it is no plain file of the user's own,
    which nobody else can write.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
            status = os.fstat(file.fileno())
            return file.read(most) if _is_own(status) and status.st_size <= most else b""
    except (OSError, MemoryError):
        return b""


def _is_own(status: os.stat_result) -> bool:
    if not stat.S_ISREG(status.st_mode):
        return False
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def write(path: Path, data: bytes) -> None:
    """Keep bytes for the user alone, all or nothing; where the machine refuses, keep nothing.

    What was kept of other folders and not written for a season goes.
    """
    from grcm_cli.storage.files import write_atomically  # 1 ms, and most runs write nothing

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(path, data, mode=0o600, sync=False)
    except OSError:
        return
    for other in _kept(path.parent):
        with suppress(OSError):
            if time.time() - other.stat().st_mtime > _SEASON:
                other.unlink()


def kept(environment: Mapping[str, str]) -> list[Path]:
    """Return the files that are kept, of all data folders."""
    place = folder(environment)
    return _kept(place) if place else []


def _kept(place: Path) -> list[Path]:
    """Return the plain files in a folder that have the names of kept or of unfinished ones."""
    try:
        paths = sorted(place.iterdir())
    except OSError:
        return []
    return [p for p in paths if _NAME.fullmatch(p.name) and p.is_file() and not p.is_symlink()]
