"""Write a file that is too large to be held in memory: whole or not at all, as `files` does."""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from grcm_cli.storage.files import (
    _is_in_place,
    _nothing,
    _remove_unfinished,
    _rename_to_new,
    _replace,
    _set_mode,
    _target,
    hold_lock,
    sync_folder,
)

Fill = Callable[[Path], None]
"""Fills the empty file at a path."""
_PIECE = 1 << 20
"""Bytes that are read at a time."""


def create(
    path: Path, fill: Fill, *, overwrite: bool = False, stored: Callable[[], None] = _nothing
) -> None:
    """Make a file of what `fill` writes, while holding its lock, as `files.create` does of bytes.

    Raises FileExistsError where there is one, unless told to overwrite it, before `fill` is called;
    LockedError, OSError, and what `fill` raises: the file is then as it was.
    """
    real = _target(path)
    with hold_lock(real):
        _remove_unfinished(real)
        is_there = _is_there(real)
        if is_there and not overwrite:
            raise FileExistsError(errno.EEXIST, "exists", str(path))
        _write(real, fill, stored, is_there=is_there)


def _write(real: Path, fill: Fill, stored: Callable[[], None], *, is_there: bool) -> None:
    new = real.with_name(f".{real.name}.{os.urandom(4).hex()}.new")
    written: os.stat_result | None = None
    try:
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        fill(new)
        if is_there and _is_same(new, real):
            new.unlink()
            stored()
            return
        with new.open("r+b") as file:
            written = os.fstat(file.fileno())
            os.fsync(file.fileno())
        _set_mode(new, real, None)
        (_replace if is_there else _rename_to_new)(new, real)
        stored()
    except BaseException:
        if _is_in_place(written, real):
            stored()
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    sync_folder(real.parent)


def _is_same(path: Path, other: Path) -> bool:
    """Tell whether two files have the same bytes."""
    if path.stat().st_size != other.stat().st_size:
        return False
    with path.open("rb") as file, other.open("rb") as its:
        pieces = iter(partial(file.read, _PIECE), b"")
        return all(piece == its.read(_PIECE) for piece in pieces)


def _is_there(real: Path) -> bool:
    """Tell whether there is a file. Raises OSError where it cannot be written over."""
    try:
        mode = real.stat().st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "no regular file", str(real))
    if not os.access(real, os.W_OK):
        raise PermissionError(errno.EACCES, "read-only", str(real))
    return True


def filled_with(pieces: Iterable[bytes]) -> Fill:
    """Return what fills a file with pieces that are made one after the other."""
    return partial(_write_pieces, pieces)


def _write_pieces(pieces: Iterable[bytes], path: Path) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)


def pieces_of(fill: Fill) -> Iterator[bytes]:
    """Yield the content that `fill` gives a file, from a temporary one."""
    from tempfile import TemporaryDirectory  # 3 ms, only for what is no text, to stdout

    with TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        path.touch()
        fill(path)
        with path.open("rb") as file:
            yield from iter(partial(file.read, _PIECE), b"")
