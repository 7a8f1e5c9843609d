"""Write files: whole or not at all, with a lock against a second writer, under safe names."""

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grcm_cli.domain.deadlines import DEVICE

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WAIT = 10.0
"""Seconds to wait for the lock of another writer."""
_PAUSE = 0.005  # seconds between two tries
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)

Change = Callable[[bytes | None], bytes]
"""Returns a file's new bytes from its own; None stands for a file that is not there yet."""


class ChangedError(Exception):
    """The file was changed by another program since it was read."""


class LockedError(Exception):
    """Another process held the file's lock for the whole wait. `process` is its id, or empty."""

    def __init__(self, path: Path, process: str) -> None:
        super().__init__(str(path))
        self.path, self.process = path, process


def file_name(stem: str, ending: str = ".yaml") -> str | None:
    """Return the file name for a party's code or a meeting's id; None where it would be unsafe.

    Safe are 1 to 64 letters, digits and hyphens, but no name that Windows takes for a device.
    """
    if not _NAME.fullmatch(stem) or DEVICE.fullmatch(stem):
        return None
    return f"{stem}{ending}"


def rewrite(path: Path, change: Change, wait: float = WAIT) -> None:
    """Replace a file's bytes by what `change` makes of them, while holding the file's lock.

    The mode is kept, a link is followed, and a missing file is made, with its folder. Raises
    LockedError after `wait` seconds, OSError (also for a read-only file, a pipe or a device), and
    what `change` raises; then the file is as it was.
    """
    real = _real(path)
    if not real.parent.is_dir():
        if path.is_symlink():
            raise FileNotFoundError(errno.ENOENT, "the link leads nowhere", str(path))
        real.parent.mkdir(parents=True, exist_ok=True)
    with _locked(real, wait):
        before = _read(real)
        after = change(before)
        if after != before:
            _remove_unfinished(real)
            write_atomically(real, after, only_new=before is None)


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError as error:  # Python 3.11 says so of links in a circle
        raise OSError(errno.ELOOP, "links in a circle", str(path)) from error


def replace(path: Path, before: bytes, after: bytes) -> None:
    """Replace a file's bytes. Raises ChangedError if they are no longer `before`; see `rewrite`."""

    def change(now: bytes | None) -> bytes:
        if now != before:
            raise ChangedError(str(path))
        return after

    rewrite(path, change)


def create(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Make a file. Raises FileExistsError where there is one, unless told to overwrite it."""

    def change(now: bytes | None) -> bytes:
        if now is not None and not overwrite:
            raise FileExistsError(errno.EEXIST, "exists", str(path))
        return data

    rewrite(path, change)


def _read(real: Path) -> bytes | None:
    try:
        mode = real.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "no regular file", str(real))  # a pipe would wait for ever
    if not os.access(real, os.W_OK):
        raise PermissionError(errno.EACCES, "read-only", str(real))  # replacing goes round the mode
    return real.read_bytes()


def _remove_unfinished(real: Path) -> None:
    """Delete what a writer that was killed has left; only for the holder of the file's lock."""
    unfinished = re.compile(rf"\.{re.escape(real.name)}\.[0-9a-f]{{8}}\.new")
    for path in real.parent.iterdir():
        if unfinished.fullmatch(path.name):
            path.unlink(missing_ok=True)


def write_atomically(
    path: Path, data: bytes, *, only_new: bool = False, mode: int | None = None, sync: bool = True
) -> None:
    """Put a whole file in its place in one step: readers see the old bytes or the new ones.

    The bytes go into a file beside it, `.NAME.<8 hex digits>.new`, which then takes its name. The
    folder must exist, and `path` must not be a link (see `rewrite`): a link would be replaced.
    `only_new` raises FileExistsError where there is a file of that name by then. `mode` is the
    permission bits (0o600: for the user alone); by default those of the file that is replaced, or
    of any new file under the umask. `sync` waits until the disk has the bytes and the name, so that
    they last through a power cut. Raises OSError; until the rename, the file is then as it was and
    nothing is left beside it.
    """
    new = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(new, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        _set_mode(new, path, mode)
        if only_new:
            _rename_to_new(new, path)
        else:
            new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    if sync:
        _sync_folder(path.parent)


def _set_mode(new: Path, path: Path, mode: int | None) -> None:
    """Give a file the permission bits asked for, else those of the file that it will replace."""
    if mode is None:
        try:
            old = path.stat()
        except FileNotFoundError:
            mode = 0o666 & ~_umask()
        else:
            mode = stat.S_IMODE(old.st_mode)
            if hasattr(os, "chown"):
                with suppress(OSError):  # the group too, for a folder that several people share
                    os.chown(new, -1, old.st_gid)
    new.chmod(mode)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _rename_to_new(new: Path, path: Path) -> None:
    """Rename a file, but over no other: a file that was made meanwhile stays."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        new.replace(path)
    else:
        new.unlink()


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- the lock ----------------------------------------------------------------------------------


@contextmanager
def _locked(real: Path, wait: float) -> Iterator[None]:
    """Hold the lock of a file: `.NAME.lock` beside it, locked by the system until we end."""
    lock = real.with_name(f".{real.name}.lock")
    descriptor = _acquire(lock, real, wait)
    try:
        _write_process_id(descriptor)
        yield
    finally:
        if sys.platform == "win32":
            os.close(descriptor)  # an open file is not deleted there
        with suppress(OSError):
            lock.unlink()
        if sys.platform != "win32":
            os.close(descriptor)


def _acquire(lock: Path, real: Path, wait: float) -> int:
    """Lock a file's lock file and return its descriptor. Raises LockedError after the wait."""
    end = time.monotonic() + wait
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    while True:
        descriptor = _open_lock(lock, flags, real)
        try:
            if _try_lock(descriptor) and _is_current(lock, descriptor):
                return descriptor
            process = _process_id(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() > end:
            raise LockedError(real, process)
        time.sleep(_PAUSE)


def _write_process_id(descriptor: int) -> None:
    """Write our process id into the lock file, for the message of a process that waits."""
    try:
        os.truncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
    except OSError as error:
        # A lock file of another user was opened for reading only; it is locked all the same.
        if error.errno not in (errno.EINVAL, errno.EBADF):
            raise


def _open_lock(lock: Path, flags: int, real: Path) -> int:
    """Open a lock file; one of another user, which cannot be written, for reading."""
    try:
        return os.open(lock, flags, 0o666)
    except PermissionError as error:
        with suppress(FileNotFoundError):
            return os.open(lock, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        raise PermissionError(error.errno, error.strerror, str(real.parent)) from error


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True


def _process_id(descriptor: int) -> str:
    """Return the process id in a lock file; empty if it has none or cannot be read."""
    with suppress(OSError):
        return os.read(descriptor, 20).decode("ascii", "replace")
    return ""


def _is_current(lock: Path, descriptor: int) -> bool:
    """Tell whether a descriptor is still that of the lock file, which its last holder deletes."""
    try:
        return os.path.samestat(lock.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
