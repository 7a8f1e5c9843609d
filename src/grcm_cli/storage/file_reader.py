"""The files of a data folder, one by one: their bytes, and what they say."""

import errno
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from grcm_cli.domain.findings import IGNORED, UNREADABLE, Finding, Ignore, Severity
from grcm_cli.domain.model import Entry, Location, Meeting, Party, Process
from grcm_cli.domain.register import Register
from grcm_cli.language.text import N_, _, reason
from grcm_cli.reader.source import read_ignores
from grcm_cli.storage.paths import MEETINGS, REGISTER, TEMPLATES, leads_outside

_sizes: dict[str, int] = {}
"""The bytes of each file that this run has read, by its path as people read it."""

RegisterValues = tuple[Process, tuple[Party, ...]]
FileValues = RegisterValues | Meeting | list[Entry]
"""What is read of a file: of register.yaml, of a meeting's, of a party's progress."""


class FileReading(NamedTuple):
    """What one file says, and what is wrong in it."""

    values: FileValues | None
    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    """Its path as findings show it; empty where its bytes cannot be read."""
    ignores: tuple[Ignore, ...]
    unread: tuple[str, ...]
    """Its name in the folder, where it says nothing."""


Texts = Literal["none", "actions", "lists", "all"]
Question = Callable[[Register], Sequence[Any]]
"""What is asked of a meeting in full, as a register of it alone; the answers can be pickled."""


class Compact(NamedTuple):
    """How the files of a large folder are held."""

    texts: Texts = "lists"
    """Which texts: none; what is to be done; what any list shows; `all`, for `Register.in_full`."""
    language: str | None = None
    """Of the texts that lists show, the language in which; None for all languages."""
    question: Question | None = None
    """What is asked of each meeting in full, before most of it is let go."""


class CompactReading(NamedTuple):
    """What was read of a file: in full, or as rows."""

    reading: FileReading
    row: bytes | None = None
    """What there is instead of the reading's values."""
    texts: bytes | None = None
    """The other texts of a meeting, where they are wanted."""
    answers: Sequence[Any] | None = None
    """To what was asked of a meeting; None where nothing was."""


class FileReader:
    """Reads files of a data folder, and holds what is wrong in them.

    Files are told by their names in the folder, as `meetings/X.yaml`.
    """

    def __init__(
        self, folder: Path, prefix: str, instead: Mapping[str, bytes], *, from_disk: bool = True
    ) -> None:
        """`prefix` stands before names where findings show them; `instead` has bytes by name."""
        self.folder, self.prefix = folder, prefix
        self.instead, self.from_disk = instead, from_disk
        self.findings: list[Finding] = []
        self.files: list[str] = []
        """The paths as findings show them, register first."""
        self.ignores: list[Ignore] = []
        self.unread: list[str] = []

    def reading(self, name: str) -> FileReading:
        """Return what a file says, and what is wrong in it, by itself."""
        alone = FileReader(self.folder, self.prefix, self.instead, from_disk=self.from_disk)
        values = alone.read(name)
        found = tuple(alone.findings), tuple(alone.files), tuple(alone.ignores)
        return FileReading(values, *found, tuple(alone.unread))

    def add(self, reading: FileReading) -> None:
        """Take what is wrong in a file that was read by itself."""
        self.findings += reading.findings
        self.files += reading.files
        self.ignores += reading.ignores
        self.unread += reading.unread

    def read(self, name: str) -> FileValues | None:
        """Return what a file says; None where it is a link outside, or cannot be read at all."""
        if self.is_link_outside(name):
            return None
        before = len(self.findings)
        try:
            data = self._bytes(name)
            found = None if data is None else values_of(name, self.shown(name), data, self.findings)
        except MemoryError:
            found = None  # the other files may be small enough
            del self.findings[before:]
            self.find_unreadable(name, _("it is too large for the memory of this machine"))
        if found is None:
            self.unread.append(name)
        return found

    def is_link_outside(self, name: str) -> bool:
        """Tell whether a file or folder is a link out of the data folder, which is an error.

        Such a link is not opened. One that leads nowhere is told as a file that is not there.
        """
        path = self.folder / name
        if name in self.instead or not self.from_disk or not os.path.islink(path):  # noqa: PTH114 - a Path takes three times as long
            return False
        if not path.exists() or not leads_outside(path, self.folder):
            return False
        message = _("this is a link out of the data folder; it is not read")
        hint = _("put a copy of what it leads to in its place")
        at = Location(self.shown(name), 1, 1, 0)
        self.findings.append(Finding(at, "error", "link-outside", message, hint))
        return True

    def _bytes(self, name: str) -> bytes | None:
        """Return a file's bytes. A pipe or a device is never opened: it might wait for ever."""
        data = self.instead.get(name)
        if data is None:
            if not self.from_disk:
                return None
            path = self.folder / name
            try:
                if not stat.S_ISREG(path.stat().st_mode):
                    self.warn(name, N_("this is no regular file; it is not opened"))
                    return None
                data = _whole(path, self.shown(name))
            except OSError as error:
                self.find_unreadable(name, reason(error))
                return None
        shown = self.shown(name)
        self.files.append(shown)
        self.ignores += read_ignores(shown, data)
        return data

    def size(self, name: str) -> int:
        """Return how many bytes a file has; 0 where the system does not say."""
        if name in self.instead:
            return len(self.instead[name])
        try:
            return os.stat(f"{self.folder}/{name}").st_size  # noqa: PTH116 - a Path takes three times as long
        except OSError:
            return 0

    def find_unreadable(self, name: str, why: str) -> None:
        """Add the finding that a file or folder cannot be read."""
        message = _("cannot be read: {reason}").format(reason=why)
        self.find(name, UNREADABLE, message)

    def warn(self, name: str, message: str, hint: str = "") -> None:
        """Add the warning that something is in the folder and is not read."""
        self.find(name, IGNORED, _(message), hint)

    def find(
        self,
        name: str,
        rule: str,
        message: str,
        hint: str = "",
        concerns: frozenset[str] = frozenset(),
    ) -> None:
        """Add a finding about a file as a whole."""
        at = Location(self.shown(name), 1, 1, 0)
        severity: Severity = "warning" if rule == IGNORED else "error"
        self.findings.append(Finding(at, severity, rule, message, hint, None, concerns))

    def shown(self, name: str) -> str:
        """Return the path of a file as people read it."""
        return name if self.prefix == "." else f"{self.prefix}/{name}"


def values_of(name: str, shown: str, data: bytes, findings: list[Finding]) -> FileValues | None:
    """Return what the bytes of a file say; what is wrong in them becomes findings."""
    from grcm_cli.reader import records  # 15 ms; a list from the cache needs none of it

    if name == REGISTER:
        return records.read_register(shown, data, findings)
    if name.startswith(f"{MEETINGS}/"):
        return records.read_meeting(shown, stem(name), data, findings)
    return records.read_progress(shown, stem(name), data, findings)


def stem(name: str) -> str:
    """Return the last part of a file's name without its ending."""
    return name.rpartition("/")[2].removesuffix(".yaml")


# --- bytes ----------------------------------------------------------------------------------


def read_if_possible(path: Path) -> bytes:
    """Return a file's bytes, to show them; none if it cannot be read."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes as they are, for changing them.

    Raises OSError, also for what is no regular file: a pipe or a device is never opened.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "no regular file", str(path))
    return _whole(path, str(path))


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
        raise OSError(errno.EXDEV, _("it is a link out of the data folder"), str(path))
    return read_bytes(path)


def split_lines(data: bytes) -> list[str]:
    """Return the lines of a file's bytes as an editor numbers them."""
    return data.decode("utf-8-sig", "replace").split("\n")
