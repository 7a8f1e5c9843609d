"""The files of a data folder, one by one: their bytes, and what they say."""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from grcm_cli.domain.findings import IGNORED, MISSING, UNREADABLE, Finding, Ignore, Severity
from grcm_cli.domain.model import Entry, Location, Meeting, Party, Process
from grcm_cli.language.text import _, reason
from grcm_cli.reader.source import read_ignores
from grcm_cli.storage.paths import MEETINGS, REGISTER, TEMPLATES, leads_outside

_sizes: dict[str, int] = {}  # the bytes of each file that this run has read, by its path

FileValues = tuple[Process, tuple[Party, ...]] | Meeting | list[Entry]
"""What is read of a file: of register.yaml, of a meeting's, of a party's progress."""


class FileReading(NamedTuple):
    """The values of one file, and its findings."""

    name: str  # in the data folder, as `meetings/X.yaml`
    values: FileValues | None  # None where its bytes cannot be read, or are no data
    findings: tuple[Finding, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    has_bytes: bool = True


class FileSource(NamedTuple):
    """Where the bytes of a data folder's files come from, and what the files are called."""

    folder: Path
    prefix: str  # what stands before names where findings show them; `.` for nothing
    instead: Mapping[str, bytes] = {}
    """Bytes that stand for a file's own, by its name, as while somebody edits it."""
    from_disk: bool = True  # False where `instead` has all the files, as of a revision in git

    def shown(self, name: str) -> str:
        """Return the path of a file as people read it."""
        return name if self.prefix == "." else f"{self.prefix}/{name}"

    def finding(
        self, name: str, rule: str, message: str, hint: str = "", *concerns: str
    ) -> Finding:
        """Return a finding about a whole file: a warning of what is not read, else an error."""
        at = Location(self.shown(name), 1, 1, 0)
        severity: Severity = "warning" if rule == IGNORED else "error"
        return Finding(at, severity, rule, message, hint, None, frozenset(concerns))

    def unreadable(self, name: str, why: str, rule: str = UNREADABLE) -> Finding:
        """Return the finding that a file or folder cannot be read."""
        return self.finding(name, rule, _("cannot be read: {reason}").format(reason=why))

    def link_outside(self, name: str) -> Finding | None:
        """Return the error that a file or folder is a link out of the data folder, if it is one.

        Such a link is not opened. One that leads nowhere is told as a file that is not there.
        """
        if not os.path.islink(f"{self.folder}/{name}"):  # noqa: PTH114 - a Path takes longer
            return None
        path = self.folder / name
        if not path.exists() or not leads_outside(path, self.folder):
            return None
        message = _("this link leads out of the data folder; it is not read")
        hint = _("replace it with a copy of what it points to")
        return self.finding(name, "link-outside", message, hint)

    def read(self, name: str) -> FileReading:
        """Return the values and the findings of a file by itself."""
        findings, shown = list[Finding](), self.shown(name)
        is_on_disk = self.from_disk and name not in self.instead
        if is_on_disk and (refused := self.link_outside(name) or self._irregular(name)):
            return FileReading(name, None, (refused,), has_bytes=False)
        try:
            data = _whole(self.folder / name, shown) if is_on_disk else self.instead.get(name)
            if data is None:  # a revision in git does not have the file
                return FileReading(name, None, has_bytes=False)
            ignores = read_ignores(shown, data)
            values = values_of(name, shown, data, findings)
        except OSError as error:
            return FileReading(name, None, (self.unreadable(name, reason(error)),), has_bytes=False)
        except MemoryError:  # the other files may be small enough
            large = self.unreadable(name, _("it is too large for the memory of this machine"))
            return FileReading(name, None, (large,))
        return FileReading(name, values, tuple(findings), tuple(ignores))

    def _irregular(self, name: str) -> Finding | None:
        """Return the error that a file is no regular one: to open a pipe may wait for ever.

        Without a register, nothing is known; that another file is not there, reading it tells.
        """
        try:
            is_file = stat.S_ISREG(os.stat(f"{self.folder}/{name}").st_mode)  # noqa: PTH116 - as above
        except FileNotFoundError:
            if name != REGISTER or os.path.islink(f"{self.folder}/{name}"):  # noqa: PTH114 - as above
                return None
            message = _("there is no register.yaml: neither the process nor any party is known")
            hint = _(
                "restore it, for example from a backup or from git; if the file never existed, "
                "grcm init creates it"
            )
            return self.finding(name, MISSING, message, hint)
        except OSError:
            return None
        message = _("this is not a regular file; it is not opened")
        hint = _("move it away, and put a file with that name in its place")
        return None if is_file else self.finding(name, MISSING, message, hint)


def values_of(name: str, shown: str, data: bytes, findings: list[Finding]) -> FileValues | None:
    """Return the values of a file's bytes; errors in them become findings."""
    from grcm_cli.reader import records  # 15 ms; a list from the cache needs none of it

    if name == REGISTER:
        return records.read_register(shown, data, findings)
    if name.startswith(f"{MEETINGS}/"):
        return records.read_meeting(shown, stem(name), data, findings)
    return records.read_progress(shown, stem(name), data, findings)


def stem(name: str) -> str:
    """Return the last part of a file's name without its ending."""
    return name.rpartition("/")[2].removesuffix(".yaml")


def read_if_possible(path: Path) -> bytes:
    """Return a file's bytes, to show them; none if it cannot be read."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, to change them. Raises OSError; no pipe or device is ever opened."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "no regular file", str(path))
    return _whole(path, str(path))


def fingerprint_of(folder: str, name: str) -> bytes | None:
    """Return what tells that a file of a folder has not changed; None where it cannot be told.

    The time of change, which no program sets back, stands beside the one that programs set: so do
    the local file systems of Unix. Windows keeps no such time; there the content is read.
    """
    path = f"{folder}/{name}"
    content = ""
    try:
        status = os.stat(path)  # noqa: PTH116 - a Path takes three times as long
        if os.name == "nt":
            from hashlib import blake2b  # 3 ms, only there

            content = blake2b(Path(path).read_bytes()).hexdigest()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    size, place = status.st_size, f"{status.st_ino} {status.st_dev}"
    return f"{size} {status.st_mtime_ns} {status.st_ctime_ns} {place}{content}".encode()


def largest_file() -> tuple[str, int]:
    """Return the path and the bytes of the largest file that this run has read; "" if none was."""
    return max(_sizes.items(), key=lambda item: item[1], default=("", 0))


def _whole(path: Path, shown: str) -> bytes:
    """Return a file's bytes. Its size is kept before it is read: it may be too large for that."""
    _sizes[shown] = path.stat().st_size
    return path.read_bytes()


def read_template(folder: Path, name: str) -> bytes | None:
    """Return the bytes of a data folder's own template; None where it has none of that name.

    Raises OSError, also for what is no regular file, and for a link out of the data folder.
    """
    path = folder / TEMPLATES / name
    if not os.path.lexists(path):
        return None
    if path.exists() and leads_outside(path, folder):
        raise OSError(errno.EXDEV, _("it is a link that leads out of the data folder"), str(path))
    return read_bytes(path)


def split_lines(data: bytes) -> list[str]:
    """Return the lines of a file's bytes as an editor numbers them."""
    return data.decode("utf-8-sig", "replace").split("\n")
