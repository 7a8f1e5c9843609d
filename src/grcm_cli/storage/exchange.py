"""Exchange a folder for a new one, so that whoever reads it sees all files old or all new.

The new folder is made beside the old one: of new files, and of links to the files that stay. The
two then get each other's name, in one step (Linux, macOS) or by two renames.
"""

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from grcm_cli.storage.files import hold_lock, sync_folder, write_atomically

LETTERS = ".grcm"  # what the names of new folders of letters have
_MOST_OTHERS = 10_000  # files of others that get links; with more, it is somebody's home
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_HERE = -100  # AT_FDCWD: paths from the working folder


def write_folder(
    folder: Path,
    contents: Mapping[str, bytes],
    *,
    overwrite: bool,
    gone: Iterable[str] = (),
    stored: Callable[[], None] = lambda: None,
) -> bool:
    """Put files into a folder, which may be new: all in one step, beside what else is in it.

    The files named in `gone` are deleted. Returns False, with nothing changed, where the system has
    no such step for this folder. `stored` is called once all files are there. Raises LockedError,
    FileExistsError for a file that must not be overwritten, and OSError.
    """
    root = Path(os.path.realpath(folder))
    root.parent.mkdir(parents=True, exist_ok=True)
    with hold_lock(root):
        repair(root, LETTERS)
        former = {*contents, *gone}
        existing = [root / name for name in former if os.path.lexists(root / name)]
        in_the_way = [path for path in existing if path.name in contents]
        if in_the_way and not overwrite:
            raise FileExistsError(errno.EEXIST, "exists", str(in_the_way[0]))
        if root.exists():  # an exchange would not ask whether files can be written over
            is_plain = all(path.is_file() and not path.is_symlink() for path in existing)
            is_writable = all(os.access(path, os.W_OK) for path in (root, *existing))
            if not (is_plain and is_writable and is_exchangeable(root)):
                return False

        def fill(tree: Path) -> None:
            for name, data in contents.items():
                write_atomically(tree / name, data)
                if (root / name).is_file():
                    shutil.copymode(root / name, tree / name)

        return exchange(root, LETTERS, former, fill, stored)


def exchange(
    root: Path, kind: str, own: set[str], fill: Callable[[Path], None], stored: Callable[[], object]
) -> bool:
    """Exchange a folder, which may be new, for one that `fill` puts files into.

    The new one has links to all else in the folder than its `own`: files by their paths, and what
    stands directly in it by name. False where the system refuses a step; nothing is changed then.
    `stored` is called once all files are new.
    """
    tree, old, mark = beside(root, kind)
    try:
        tree.mkdir()
        (tree / mark).write_text("\n".join(sorted(own)), encoding="utf-8")
        fill(tree)
        if root.exists():
            link_others(root, tree, {*own, mark})
            exchange_names(tree, root, old)
        else:
            tree.rename(root)
    except OSError:
        return False
    finally:
        if (root / mark).is_file():
            stored()
        with suppress(OSError):  # what stays is removed by the next run
            repair(root, kind)
    sync_folder(root.parent)
    return True


def beside(root: Path, kind: str) -> tuple[Path, Path, str]:
    """Return the places beside a folder for a new one, and for the old one for a moment.

    The third is the name of the file in the new one that lists its own, until the old one is gone.
    """
    tree, old = (root.with_name(f".{root.name}{kind}.{age}") for age in ("new", "old"))
    return tree, old, f"{kind}-unfinished"


def repair(root: Path, kind: str) -> None:
    """Undo or complete what a run has left, this one or one that was stopped."""
    tree, old, mark = beside(root, kind)
    if old.is_dir() and not root.exists():
        old.rename(root)
    own_files: set[str] = set()
    if (root / mark).is_file():
        own_files = set((root / mark).read_text(encoding="utf-8").split("\n"))
    for folder in (tree, old):
        with suppress(OSError):  # an empty one, which has no mark yet
            folder.rmdir()
        if (folder / mark).is_file():  # the mark goes last, should this be stopped too
            for path in sorted(folder.iterdir(), key=lambda path: path.name == mark):
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink()
            folder.rmdir()
        elif not folder.is_symlink() and folder.is_dir() and root.is_dir():
            _discard(folder, root, own_files)
    (root / mark).unlink(missing_ok=True)


def is_exchangeable(root: Path) -> bool:
    """Tell whether a folder can have another in its place, for all who read it by its name."""
    if os.name != "posix" or os.path.ismount(root) or not os.access(root.parent, os.W_OK):
        return False
    with suppress(OSError):  # whoever stands in the folder would stay in the old one
        return not Path(os.path.realpath(Path.cwd())).is_relative_to(root)
    return False


def link_others(root: Path, tree: Path, own: set[str]) -> None:
    """Make links in a new folder to all files of a folder but its own, with the folders of both.

    The new folders get the owners and modes of the old ones. Raises OSError.
    """
    left = iter(range(_MOST_OTHERS))

    def link_below(below: str) -> None:
        for entry in os.scandir(root / below):
            path = f"{below}{entry.name}"
            if path in own:
                continue
            if not entry.is_dir(follow_symlinks=False):
                if next(left, None) is None:
                    raise OSError(errno.EMLINK, "too many other files", str(root))
                link(root / path, tree / path)
                continue
            if entry.stat().st_dev != root.stat().st_dev:
                raise OSError(errno.EXDEV, "another disk", entry.path)
            if not any(os.scandir(entry.path)):
                (tree / path).mkdir(parents=True, exist_ok=True)
            link_below(f"{path}/")
            if (tree / path).is_dir():
                _copy_owner_and_mode(root / path, tree / path)

    link_below("")
    _copy_owner_and_mode(root, tree)


def link(old: Path, new: Path) -> None:
    """Make a second name of a file, and the folder for it."""
    new.parent.mkdir(parents=True, exist_ok=True)
    os.link(old, new, follow_symlinks=False)


def _copy_owner_and_mode(old: Path, new: Path) -> None:
    status = old.stat()
    os.chown(new, status.st_uid, status.st_gid)
    shutil.copystat(old, new)
    os.utime(new)  # its content is new, though


def exchange_names(tree: Path, root: Path, old: Path) -> None:
    """Give two folders each other's name: in one step, else by the free name `old`."""
    if _exchange_in_one_step(tree, root):
        return
    root.rename(old)
    try:
        tree.rename(root)
    except BaseException:
        old.rename(root)
        raise
    old.rename(tree)


def _exchange_in_one_step(tree: Path, root: Path) -> bool:
    """Exchange two names by one call of the system; False where it has none. Raises OSError."""
    try:
        import ctypes  # 5 ms, only for a folder that has changed

        library = ctypes.CDLL(None, use_errno=True)
        first, second = os.fsencode(tree), os.fsencode(root)
        if sys.platform == "darwin":
            failed = library.renamex_np(first, second, _EXCHANGE)
        else:
            failed = library.renameat2(_HERE, first, _HERE, second, _EXCHANGE)
    except (ImportError, AttributeError, OSError):
        return False
    if not failed:
        return True
    error = ctypes.get_errno()
    if error in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):  # as a file system without it says
        return False
    raise OSError(error, os.strerror(error), str(root))


def _discard(tree: Path, root: Path, own: set[str]) -> None:
    """Delete a folder that another was exchanged for, with its `own` files.

    Of other files the second name is deleted, or the copy, where somebody has put the old folder
    back by hand; one that the folder lacks goes there.
    """
    for parent, folders, names in os.walk(tree, topdown=False):
        for name in (*names, *folders):
            path = Path(parent, name)
            inside = path.relative_to(tree).as_posix()
            if path.is_dir() and not path.is_symlink():
                with suppress(OSError):  # not empty: something stays in it
                    path.rmdir()
            elif own & {inside, inside.partition("/")[0]} or _is_same(path, root / inside):
                path.unlink()
            elif not os.path.lexists(root / inside):
                (root / inside).parent.mkdir(parents=True, exist_ok=True)
                path.rename(root / inside)
    with suppress(OSError):
        tree.rmdir()


def _is_same(path: Path, other: Path) -> bool:
    with suppress(OSError):
        is_plain = all(file.is_file() and not file.is_symlink() for file in (path, other))
        is_one = os.path.samestat(path.lstat(), other.lstat())
        return is_one or (is_plain and path.read_bytes() == other.read_bytes())
    return False
