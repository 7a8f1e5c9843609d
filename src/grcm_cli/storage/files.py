"""The one place that writes into a data folder: old or new, never between, one writer at a time."""

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WAIT = 10.0
"""Seconds to wait for another writer."""
_PAUSE = 0.005  # seconds between two tries
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)

Change = Callable[[bytes | None], bytes]
"""Returns a file's new bytes from its own; None stands for a file that is not there yet."""


class ChangedError(Exception):
    """Somebody else has changed the file since it was read."""


class LockedError(Exception):
    """Another writer has held the file all the time that we waited; its process, where known."""

    def __init__(self, path: Path, process: str) -> None:
        super().__init__(str(path))
        self.path, self.process = path, process


def file_name(stem: str, ending: str = ".yaml") -> str | None:
    """Return the name of the file that a code or an id gets; None where none is safe.

    Nothing but letters, digits and hyphens leads nowhere else, and no system takes it for a device.
    """
    if not _NAME.fullmatch(stem) or _DEVICES.fullmatch(stem):
        return None
    return f"{stem}{ending}"


def rewrite(path: Path, change: Change, wait: float = WAIT) -> None:
    """Put new bytes in the place of a file's, all or nothing, while nobody else writes it.

    Its mode stays; a link is followed; where the file is not there it is made. Raises LockedError
    after `wait` seconds, OSError where the machine refuses, and what `change` raises; then the file
    is as it was.
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
            _put(real, after, is_new=before is None)
            _settle(real.parent)


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError as error:  # Python 3.11 says so of links in a circle
        raise OSError(errno.ELOOP, "links in a circle", str(path)) from error


def replace(path: Path, before: bytes, after: bytes) -> None:
    """Put new bytes in the place of those that were read.

    Raises ChangedError where the file has others now, and what `rewrite` raises.
    """

    def change(now: bytes | None) -> bytes:
        if now != before:
            raise ChangedError(str(path))
        return after

    rewrite(path, change)


def create(path: Path, data: bytes, *, over: bool = False) -> None:
    """Make a file. Raises FileExistsError where there is one, unless it may be written `over`."""

    def change(now: bytes | None) -> bytes:
        if now is not None and not over:
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


def _put(real: Path, data: bytes, *, is_new: bool) -> None:
    for left in real.parent.glob(f".{real.name}.*.new"):
        left.unlink(missing_ok=True)  # of a writer that was killed: we hold the lock
    new = real.with_name(f".{real.name}.{os.urandom(4).hex()}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            _name_anew(new, real)
        else:
            _keep_mode(new, real)
            new.replace(real)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _name_anew(new: Path, real: Path) -> None:
    """Give a new file its name; whoever made one by that name meanwhile keeps it."""
    new.chmod(0o666 & ~_umask())
    try:
        os.link(new, real)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        new.replace(real)
    else:
        new.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _keep_mode(new: Path, real: Path) -> None:
    old = real.stat()
    if hasattr(os, "chown"):
        with suppress(OSError):  # the group where we may, for a folder that several people share
            os.chown(new, -1, old.st_gid)
    new.chmod(stat.S_IMODE(old.st_mode))


def _settle(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- one writer at a time ----------------------------------------------------------------------


@contextmanager
def _locked(real: Path, wait: float) -> Iterator[None]:
    """Hold a file's lock: a file beside it, locked by the system, which frees it when we die."""
    lock = real.with_name(f".{real.name}.lock")
    descriptor = _held(lock, real, wait)
    try:
        _sign(descriptor)
        yield
    finally:
        if sys.platform == "win32":
            os.close(descriptor)  # an open file is not deleted there
        with suppress(OSError):
            lock.unlink()
        if sys.platform != "win32":
            os.close(descriptor)


def _held(lock: Path, real: Path, wait: float) -> int:
    """Return the descriptor of a lock file that we hold."""
    end = time.monotonic() + wait
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    while True:
        descriptor = _opened(lock, flags, real)
        try:
            if _take(descriptor) and _is_still(lock, descriptor):
                return descriptor
            process = _holder(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() > end:
            raise LockedError(real, process)
        time.sleep(_PAUSE)


def _sign(descriptor: int) -> None:
    """Write into a lock whose it is, for whoever waits."""
    try:
        os.truncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
    except OSError as error:
        # Another user's lock may be ours to read only; it is held all the same.
        if error.errno not in (errno.EINVAL, errno.EBADF):
            raise


def _opened(lock: Path, flags: int, real: Path) -> int:
    """Return the descriptor of a lock file. One that is another user's is opened for reading."""
    try:
        return os.open(lock, flags, 0o666)
    except PermissionError as error:
        with suppress(FileNotFoundError):
            return os.open(lock, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        raise PermissionError(error.errno, error.strerror, str(real.parent)) from error


def _take(descriptor: int) -> bool:
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


def _holder(descriptor: int) -> str:
    """Return the process that holds a lock, where it has said so and the system lets us read."""
    with suppress(OSError):
        return os.read(descriptor, 20).decode("ascii", "replace")
    return ""


def _is_still(lock: Path, descriptor: int) -> bool:
    """Tell whether the lock's name is that of the file we hold: its last holder deletes it."""
    try:
        there, held = lock.stat(), os.fstat(descriptor)
    except FileNotFoundError:
        return False
    return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)
