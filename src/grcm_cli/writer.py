"""The one place that writes into a data folder: old or new, never between."""

import os
import stat
import tempfile
from pathlib import Path


class ChangedError(Exception):
    """Somebody else has changed the file since it was read."""


def replace(path: Path, before: bytes, after: bytes) -> None:
    """Put new bytes in the place of a file's, all or nothing. Its mode stays; a link is followed.

    Raises ChangedError where the file does not have the bytes that were read, OSError where the
    machine refuses; then the file is as it was.
    """
    real = path.resolve()
    mode = stat.S_IMODE(real.stat().st_mode)
    if not os.access(real, os.W_OK):
        raise PermissionError(13, "read-only", str(path))  # replacing would go round the mode
    if real.read_bytes() != before:
        raise ChangedError(str(path))
    descriptor, made = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".new", dir=real.parent)
    new = Path(made)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(mode)
        new.replace(real)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    _settle(real.parent)


def _settle(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
