"""Write files: whole or not at all, with a lock against a second writer, under safe names."""

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO
from pathlib import Path

from grcm_cli.domain.due_forms import DEVICE

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WAIT = 10.0  # seconds to wait for the lock of another writer
_PAUSE = 0.005  # seconds between two tries
_FEW = 100  # files that are open at a time under any limit
_SHARING = 2.0 if os.name == "nt" else 0.0  # seconds to wait for who has a file open
_MOMENT = 0.05  # seconds between the making of a lock file and its locking
_OWN_FILE = re.compile(r"\.(.+?)\.(?:lock|[0-9a-f]{8}\.new)")
_UNFINISHED = re.compile(r"\.(.+)\.[0-9a-f]{8}\.new")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)

Change = Callable[[bytes | None], bytes | None]  # of the bytes of a file; None for no file


class ChangedError(Exception):
    """The file was changed by another program since it was read."""


class LockedError(Exception):
    """Another process held the file's lock for the whole wait. `process` is its id, or empty.

    Where its disk has no locks, the cause is the OSError.
    """

    def __init__(self, path: Path, process: str = "") -> None:
        super().__init__(str(path))
        self.path, self.process = path, process


def file_name(stem: str, ending: str = ".yaml") -> str | None:
    """Return the file name for a party's code or a meeting's id; None where it would be unsafe.

    Safe are 1 to 64 letters, digits and hyphens, but no name that Windows takes for a device.
    """
    return f"{stem}{ending}" if _NAME.fullmatch(stem) and not DEVICE.fullmatch(stem) else None


def rewrite_all(
    changes: Mapping[Path, Change],
    wait: float = WAIT,
    mark: Callable[[Path, bool], None] = lambda _path, _is_new: None,
) -> None:
    """Replace the bytes of files by what their changes make of them, of all files or of none.

    The mode is kept, a link is followed, and a missing file is made, with its folder. All locks are
    held, and all new bytes are made, before the first file is written; files are removed last, so
    that a process which is killed leaves what they held. Where one cannot be written, those before
    it get their old bytes back. `mark` is called with each path and True once its file
    has the new bytes, and with False once it has the old ones back, so that it knows which file has
    which if that fails too. Raises LockedError after `wait` seconds, OSError (also for a read-only
    file, a pipe or a device), and what a change raises.
    """
    with _hold_locks(changes, wait) as by_target:
        before = {real: _read(real) for real in by_target}
        after = dict(before)
        for real, paths in by_target.items():
            for path in paths:
                after[real] = changes[path](after[real])

        def mark_all(real: Path, *, is_new: bool) -> None:
            for path in by_target[real]:
                mark(path, is_new)

        tried: list[Path] = []
        try:
            for real, new in sorted(after.items(), key=lambda change: change[1] is None):
                if new != before[real]:
                    tried.append(real)
                    _put(real, before[real], new)
                mark_all(real, is_new=True)
        except BaseException:
            for real in reversed(tried):
                with suppress(OSError):
                    # A file that has neither bytes is another program's by now, and stays.
                    if _read(real) == after[real]:
                        mark_all(real, is_new=True)
                        _put(real, after[real], before[real])
                    mark_all(real, is_new=False)
            raise


def _put(real: Path, before: bytes | None, after: bytes | None) -> None:
    if after is None:
        real.unlink(missing_ok=True)
    else:
        write_atomically(real, after, only_new=before is None)


@contextmanager
def _hold_locks(paths: Iterable[Path], wait: float) -> Iterator[Mapping[Path, list[Path]]]:
    """Hold the locks of files, rid of what killed writers left; yield each with the paths to it."""
    by_target: dict[Path, list[Path]] = {}
    for path in sorted(paths):  # in one order, so that no two writers wait for each other
        try:
            real = path.resolve()
        except RuntimeError as error:  # Python 3.11 says so of links in a circle
            raise OSError(errno.ELOOP, "links in a circle", str(path)) from error
        if path.is_symlink() and not real.exists():
            raise FileNotFoundError(errno.ENOENT, "the link leads nowhere", str(path))
        real.parent.mkdir(parents=True, exist_ok=True)
        by_target.setdefault(real, []).append(path)
    if len(by_target) > _FEW and sys.platform != "win32":
        import resource  # 0.2 ms, only for many files

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if resource.RLIM_INFINITY != soft < len(by_target) + _FEW:
            with suppress(OSError, ValueError):  # what is above `hard`; opening then says so
                resource.setrlimit(resource.RLIMIT_NOFILE, (len(by_target) + _FEW, hard))
    with ExitStack() as locks:
        for real in by_target:
            locks.enter_context(hold_lock(real, wait))
        _remove_unfinished(by_target)
        yield by_target


def replacement(name: str, before: bytes | None, after: bytes | None) -> Change:
    """Return the change of a file's bytes, which raises ChangedError if they are not `before`.

    None stands for no file, before or after.
    """

    def change(now: bytes | None) -> bytes | None:
        if now != before:
            raise ChangedError(name)
        return after

    return change


def _read(real: Path) -> bytes | None:
    """Return a file's bytes, if there is one. Raises OSError where it cannot be written over."""
    try:
        mode = real.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "no regular file", str(real))  # a pipe would wait for ever
    if not os.access(real, os.W_OK):
        raise PermissionError(errno.EACCES, "read-only", str(real))  # replacing goes round the mode
    return real.read_bytes()


def _remove_unfinished(every: Iterable[Path]) -> None:
    """Delete what writers that were killed have left; only for the holder of the files' locks.

    Where a file is missing, what was to become it stays: it may be the only copy.
    """
    names: dict[Path, set[str]] = {}
    for real in every:
        if os.path.lexists(real):
            names.setdefault(real.parent, set()).add(real.name)
    for folder, file_names in names.items():  # each is listed once: it may have thousands of files
        with suppress(OSError):  # what stays is named by the next run that reads the folder
            for path in folder.iterdir():
                match = _UNFINISHED.fullmatch(path.name)
                if match is not None and match[1] in file_names:
                    path.unlink(missing_ok=True)


def write_atomically(
    path: Path, data: bytes, *, only_new: bool = False, mode: int | None = None, sync: bool = True
) -> None:
    """Put a whole file in its place in one step: readers see the old bytes or the new ones.

    The bytes go into a file beside it, `.NAME.<8 hex digits>.new`, which then takes its name.
    The folder must exist, and `path` must not be a link (see `rewrite_all`): it would be replaced.
    `only_new` raises FileExistsError where there is a file of that name by then. `mode` is the
    permission bits (0o600: for the user alone); by default those of the file that is replaced, or
    of any new file under the umask. `sync` waits until the disk has the bytes and the name, so that
    they last through a power cut. Raises OSError; nothing is left beside the file then.
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
            try:
                os.link(new, path)
            except FileExistsError:
                raise
            except OSError:  # a file system without links
                _replace(new, path)
            new.unlink(missing_ok=True)
        else:
            _replace(new, path)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    if sync:
        sync_folder(path.parent)


def _set_mode(new: Path, path: Path, mode: int | None) -> None:
    """Give a file the permission bits asked for, else those of the file that it will replace."""
    if mode is None:
        try:
            old = path.stat()
        except FileNotFoundError:
            mask = os.umask(0)
            os.umask(mask)
            mode = 0o666 & ~mask
        else:
            mode = stat.S_IMODE(old.st_mode)
            if hasattr(os, "chown"):
                with suppress(OSError):  # the group too, for a folder that several people share
                    os.chown(new, -1, old.st_gid)
    new.chmod(mode)


def _replace(new: Path, path: Path) -> None:
    """Give a file the name of another, as soon as no program keeps the other one open."""
    end = time.monotonic() + _SHARING
    while True:
        try:
            new.replace(path)
        except PermissionError as error:
            if time.monotonic() >= end:
                raise PermissionError(error.errno, error.strerror, str(path)) from error
            time.sleep(_PAUSE)
        else:
            return


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut, where the system can."""
    if os.name != "posix":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder that may be written and not listed
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a file system without it
            raise
    finally:
        os.close(descriptor)


def is_left_behind(path: Path) -> bool:
    """Tell whether a file is the lock or the unfinished file of a writer that has ended.

    That of a living process is not: the process holds the lock, and takes both away itself.
    """
    match = _OWN_FILE.fullmatch(path.name)
    if match is None:
        return False
    lock = path.with_name(f".{match[1]}.lock")
    if _is_held(lock):
        return False
    with suppress(OSError):
        if path == lock and lock.stat().st_size == 0:
            time.sleep(_MOMENT)  # a process that has just made it may not hold it yet
            return os.path.lexists(path) and not _is_held(lock)
    return os.path.lexists(path)


def missing_for(path: Path) -> str:
    """Return the name that an unfinished file was to get, empty where a file has it."""
    match = _UNFINISHED.fullmatch(path.name)
    return match[1] if match and not os.path.lexists(path.with_name(match[1])) else ""


def _is_held(lock: Path) -> bool:
    """Tell whether a process holds a lock file; what cannot be told counts as held."""
    try:
        if not stat.S_ISREG(lock.lstat().st_mode):
            return False
        descriptor = os.open(lock, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        return not _try_lock(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)


@contextmanager
def hold_lock(real: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock of a file or folder: `.NAME.lock` beside it, locked by the system until we end.

    Raises LockedError after `wait` seconds.
    """
    lock = real.with_name(f".{real.name}.lock")
    descriptor = _acquire(lock, real, wait)
    try:
        try:
            os.truncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())
        except OSError as error:
            # A lock file of another user was opened for reading only; it is locked all the same.
            if error.errno not in (errno.EINVAL, errno.EBADF):
                raise
        yield
    finally:
        if sys.platform == "win32":
            os.close(descriptor)  # an open file is not deleted there
        with suppress(OSError):
            lock.unlink()
        if sys.platform != "win32":
            os.close(descriptor)


def _acquire(lock: Path, real: Path, wait: float) -> int:
    """Return a locked file's descriptor. Raises LockedError; at once on a disk without locks."""
    end = time.monotonic() + wait
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    while True:
        descriptor = _open_lock(lock, flags, real)
        try:
            with suppress(FileNotFoundError):  # its last holder deletes it
                if _try_lock(descriptor) and os.path.samestat(lock.stat(), os.fstat(descriptor)):
                    return descriptor
            process = ""
            with suppress(OSError):
                process = os.read(descriptor, 20).decode("ascii", "replace")
        except OSError as error:
            os.close(descriptor)
            with suppress(OSError):
                lock.unlink()
            raise LockedError(real) from error
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() > end:
            raise LockedError(real, process)
        time.sleep(_PAUSE)


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


def creation(
    path: Path, data: bytes, *, overwrite: bool = False, before: bytes | None = None
) -> Change:
    """Return the change that makes a file; it raises FileExistsError where there is one.

    One with the bytes `before` is replaced.
    """

    def create(now: bytes | None) -> bytes:
        if now is not None and now != before and not overwrite:
            raise FileExistsError(errno.EEXIST, "exists", str(path))
        return data

    return create


def with_fixed_times(package: bytes, change: Callable[[bytes], bytes] = bytes) -> bytes:
    """Return a zip package whose parts are dated 1980, so that the same content is the same bytes.

    A file of a word processor or a spreadsheet is one (ISO/IEC 29500-2). `change` is made to the
    content of each part.
    """
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo  # 8 ms, only for documents

    out = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name)  # dated 1980 by default
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, change(old.read(name)))
    return out.getvalue()
