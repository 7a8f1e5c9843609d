"""The data folder: which files belong to it, and what they say. Only this module opens them."""

import errno
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from grcm_cli.domain.findings import UNREADABLE, Finding, Ignore, Severity
from grcm_cli.domain.model import Entry, Location, Meeting, Party, PlacedWord, Process
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.language.text import N_, _, reason
from grcm_cli.reader.source import read_ignores
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER, TEMPLATES, shown_path

_sizes: dict[str, int] = {}
"""The bytes of each file that this run has read, by its path as people read it."""

RegisterValues = tuple[Process, tuple[Party, ...]]
FileValues = RegisterValues | Meeting | list[Entry]
"""What is read of a file: of register.yaml, of a meeting's, of a party's progress."""


class Loaded(NamedTuple):
    """A data folder, read: the register, what is wrong in its shape, and the files."""

    register: Register | None
    """None where register.yaml is not to be read: without it nobody is known."""
    findings: list[Finding]
    files: list[str]
    """The paths as findings show them, register first."""
    ignores: list[Ignore]
    """The comments that say which findings do not count."""


class Cache(Protocol):
    """What was read of each file before: its values, as long as the file has not changed."""

    was_used: bool
    """Some value came from the cache, so that it has no place in its file."""

    def get(self, name: str, path: str) -> FileValues | None:
        """Return the values of a file, by its name in the data folder; None where it changed.

        `path` is the file's as findings show it.
        """

    def keep(self, name: str, values: FileValues) -> None:
        """Take the values that were read of a file in which nothing is wrong."""

    def is_sound(self) -> bool:
        """Tell whether all values came from the cache, and the rules found nothing in them."""

    def write(self) -> None:
        """Write what is new, for a folder in which the rules found nothing."""


def load(
    folder: Path,
    seen_from: Path,
    instead: Mapping[Path, bytes] | None = None,
    cache: Cache | None = None,
) -> Loaded:
    """Return all that a data folder says. Paths in findings are as seen from a folder.

    `instead` has bytes that stand for a file's own, as while somebody edits it. Values that come
    from a cache have no places, and no texts that no list shows.
    """
    return _Loader(folder, seen_from, instead or {}, cache).load()


def read_in_full(
    register: Register, folder: Path, seen_from: Path, names: Collection[str]
) -> Register | None:
    """Return a register with these files read again, for their texts and places.

    None where something is wrong in one of them by now.
    """
    return _Loader(folder, seen_from, {}, None).read_in_full(register, names)


def load_files(files: Mapping[Path, bytes], folder: Path, seen_from: Path) -> Loaded:
    """Return all that a data folder says that is not on the disk, as git has it at a revision."""
    return _Loader(folder, seen_from, files, from_disk=False).load()


def read_lines(path: Path) -> list[str]:
    """Return the lines of a file as an editor numbers them, to show them; none if unreadable."""
    try:
        return split_lines(path.read_bytes()) if path.is_file() else []
    except OSError:
        return []


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

    Raises OSError, also for what is no regular file.
    """
    path = folder / TEMPLATES / name
    return read_bytes(path) if os.path.lexists(path) else None


def split_lines(data: bytes) -> list[str]:
    """Return the lines of a file's bytes as an editor numbers them."""
    return data.decode("utf-8-sig", "replace").split("\n")


class _Loader:
    """Reads a data folder; files are told by their names in it, as `meetings/X.yaml`."""

    def __init__(
        self,
        folder: Path,
        seen_from: Path,
        instead: Mapping[Path, bytes],
        cache: Cache | None = None,
        *,
        from_disk: bool = True,
    ) -> None:
        self.folder, self.prefix = folder, shown_path(folder, seen_from)
        below = f"{folder.as_posix()}/"
        self.instead = {path.as_posix().removeprefix(below): instead[path] for path in instead}
        self.cache, self.from_disk = cache, from_disk
        self.findings: list[Finding] = []
        self.files: list[str] = []
        self.ignores: list[Ignore] = []

    def load(self) -> Loaded:
        register = cast("RegisterValues | None", self._values(REGISTER))
        meetings: list[Meeting] = []
        lost = []
        for name in self._yaml_files(MEETINGS):
            meeting = self._meeting(name)
            if meeting is None:
                lost.append(_stem(name))
            else:
                meetings.append(meeting)
        entries: list[Entry] = []
        reporting_parties = []
        for name in self._yaml_files(PROGRESS):
            found = self._progress(name)
            if found is not None:
                entries += found
                reporting_parties.append(
                    PlacedWord(_stem(name), Location(self._shown(name), 1, 1, 0))
                )
        whole = None
        if register is not None:
            whole = Register(
                *register, meetings, ReportedProgress(entries, reporting_parties), frozenset(lost)
            )
        return Loaded(whole, self.findings, self.files, self.ignores)

    def read_in_full(self, register: Register, names: Collection[str]) -> Register | None:
        read: dict[str, Meeting | None] = {}
        entries_by_party: dict[str, list[Entry] | None] = {}
        for name in sorted(names):
            if name.startswith(f"{MEETINGS}/"):
                read[self._shown(name)] = self._meeting(name)
            else:
                entries_by_party[_stem(name)] = self._progress(name)
        if self.findings or None in (*read.values(), *entries_by_party.values()):
            return None
        meetings = [read.get(meeting.at.path) or meeting for meeting in register.meetings]
        entries: list[Entry] = []
        for party, own in groupby(register.entries, key=lambda entry: entry.party):
            entries += entries_by_party.get(party) or own
        reported = ReportedProgress(entries, register.reporting_parties)
        return Register(
            register.process, register.parties, meetings, reported, register.unread_meetings
        )

    def _meeting(self, name: str) -> Meeting | None:
        return cast("Meeting | None", self._values(name))

    def _progress(self, name: str) -> list[Entry] | None:
        return cast("list[Entry] | None", self._values(name))

    def _values(self, name: str) -> FileValues | None:
        """Return what a file says: from the cache where it is unchanged, else from its bytes."""
        cache = self.cache if name not in self.instead else None
        shown = self._shown(name)
        if cache is not None:
            known = cache.get(name, shown)
            if known is not None:
                self.files.append(shown)
                return known
        before = len(self.findings)
        try:
            data = self._bytes(name)
            found = None if data is None else _read(name, shown, data, self.findings)
        except MemoryError:
            data = found = None  # the other files may be small enough
            del self.findings[before:]
            self._unreadable(name, _("it is too large for the memory of this machine"))
        # What has a finding is read each time, so that the finding has its place.
        if cache is not None and found is not None and len(self.findings) == before:
            cache.keep(name, found)
        return found

    def _yaml_files(self, folder: str) -> list[str]:
        """Return the files of a folder that are data, by name."""
        found = list(self._found(folder))
        new = [name for name in self.instead if name.startswith(f"{folder}/")]
        return sorted({*found, *new}) if new else found

    def _found(self, name: str) -> Iterator[str]:
        """Yield the files in a folder that are data; what is none is a warning."""
        folder = self.folder / name
        if not self.from_disk:
            return
        try:
            found = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            if not isinstance(error, FileNotFoundError) or folder.is_symlink():
                self._unreadable(name, reason(error))
            return
        for entry in found:
            path = f"{name}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.name.endswith(".yaml"):
                yield path
            elif entry.name.lower().endswith((".yml", ".yaml")):
                self._warn(path, N_("this file is not read: its name does not end in .yaml"))
            elif (folder / entry.name).is_dir():
                self._warn(
                    path, N_("this folder is not read: files stand directly in the one above")
                )
            elif (folder / entry.name).exists() and not (folder / entry.name).is_file():
                self._warn(path, N_("this is no regular file; it is not opened"))

    def _bytes(self, name: str) -> bytes | None:
        """Return a file's bytes. A pipe or a device is never opened: it might wait for ever."""
        data = self.instead.get(name)
        if data is None:
            if not self.from_disk:
                return None
            path = self.folder / name
            try:
                if not stat.S_ISREG(path.stat().st_mode):
                    self._warn(name, N_("this is no regular file; it is not opened"))
                    return None
                data = _whole(path, self._shown(name))
            except OSError as error:
                self._unreadable(name, reason(error))
                return None
        shown = self._shown(name)
        self.files.append(shown)
        self.ignores += read_ignores(shown, data)
        return data

    def _unreadable(self, name: str, why: str) -> None:
        message = _("cannot be read: {reason}").format(reason=why)
        self._find(name, UNREADABLE, "error", message)

    def _warn(self, name: str, message: str) -> None:
        self._find(name, "ignored-file", "warning", _(message))

    def _find(self, name: str, rule: str, severity: Severity, message: str) -> None:
        at = Location(self._shown(name), 1, 1, 0)
        self.findings.append(Finding(at, severity, rule, message))

    def _shown(self, name: str) -> str:
        """Return the path of a file as people read it."""
        return name if self.prefix == "." else f"{self.prefix}/{name}"


def _read(name: str, shown: str, data: bytes, findings: list[Finding]) -> FileValues | None:
    """Return what the bytes of a file say; what is wrong in them becomes findings."""
    from grcm_cli.reader import records  # 15 ms; a list from the cache needs none of it

    if name == REGISTER:
        return records.read_register(shown, data, findings)
    if name.startswith(f"{MEETINGS}/"):
        return records.read_meeting(shown, _stem(name), data, findings)
    return records.read_progress(shown, _stem(name), data, findings)


def _stem(name: str) -> str:
    """Return the last part of a file's name without its ending."""
    return name.rpartition("/")[2].removesuffix(".yaml")
