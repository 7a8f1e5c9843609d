"""Where a data folder's cache lies: in the user's own folder for such things, never in the data."""

import os
import sys
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path


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
    """Return the file that keeps a data folder's facts, or None where there is no place for it."""
    place = folder(environment)
    if place is None:
        return None
    name = blake2b(os.fsencode(data.resolve()), digest_size=12).hexdigest()
    return place / f"{name}.facts"


def read(path: Path) -> bytes:
    """Return a kept file's bytes; nothing where there is none, or it is no plain file of ours."""
    try:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
            return file.read() if path.is_file() else b""
    except OSError:
        return b""


def write(path: Path, data: bytes) -> None:
    """Keep bytes for the user alone, all or nothing; where the machine refuses, keep nothing."""
    new = path.with_name(f".{path.name}.{os.urandom(6).hex()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(new, flags, 0o600), "wb") as file:
            file.write(data)
        new.replace(path)
    except OSError:
        try:
            new.unlink(missing_ok=True)
        except OSError:
            return


def kept(environment: Mapping[str, str]) -> list[Path]:
    """Return the files that are kept, of all data folders."""
    place = folder(environment)
    try:
        found = sorted(place.iterdir()) if place else []
    except OSError:
        return []
    return [path for path in found if path.suffix in (".facts", ".new")]
