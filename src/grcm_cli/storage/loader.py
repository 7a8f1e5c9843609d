"""The data folder: which files belong to it, and what they say. Only this module opens them."""

import errno
import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from grcm_cli.domain.deadlines import MEETING_ID
from grcm_cli.domain.findings import (
    COPIED,
    IGNORED,
    THE_REGISTER,
    UNREADABLE,
    Finding,
    Ignore,
    Severity,
)
from grcm_cli.domain.model import Entry, Location, Meeting, Party, PlacedWord, Process
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.register import Register, ReportedProgress
from grcm_cli.language.text import N_, _, reason
from grcm_cli.reader.source import read_ignores
from grcm_cli.storage.paths import (
    MEETINGS,
    PROGRESS,
    REGISTER,
    TEMPLATES,
    leads_outside,
    shown_path,
)

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
    unread: list[str]
    """The files, by their names in the folder, that say nothing: their bytes cannot be read."""


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
    return Loader(folder, seen_from, instead or {}, cache).load()


def read_in_full(
    register: Register, folder: Path, seen_from: Path, names: Collection[str]
) -> Register | None:
    """Return a register with these files read again, for their texts and places.

    None where something is wrong in one of them by now.
    """
    return Loader(folder, seen_from, {}, None).read_in_full(register, names)


def load_files(files: Mapping[Path, bytes], folder: Path, seen_from: Path) -> Loaded:
    """Return all that a data folder says that is not on the disk, as git has it at a revision."""
    return Loader(folder, seen_from, files, from_disk=False).load()


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


class Loader:
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
        self.unread: list[str] = []

    def load(self) -> Loaded:
        """Return all that the folder says."""
        register = cast("RegisterValues | None", self.values(REGISTER))
        self._name_strays_beside_register()
        read: dict[str, Meeting] = {}
        lost = []
        for name in self._meeting_files():
            meeting = self._meeting(name)
            if meeting is None:
                lost.append(_stem(name))
            else:
                read[name] = meeting
        meetings = self._without_copies(read, lost)
        entries: list[Entry] = []
        reporting_parties = []
        for name in self._progress_files(register[1] if register else ()):
            found = self._progress(name)
            if found is not None:
                entries += found
                reporting_parties.append(
                    PlacedWord(_stem(name), Location(self.shown(name), 1, 1, 0))
                )
        if self.from_disk:
            self._check_own_files()
        whole = None
        if register is not None:
            whole = Register(
                *register, meetings, ReportedProgress(entries, reporting_parties), frozenset(lost)
            )
            if any(finding.rule == "wrong-due" for finding in self.findings):
                from grcm_cli.reader.due_bodies import with_bodies  # 20 ms, only for mistakes

                self.findings = with_bodies(self.findings, whole)
        return Loaded(whole, self.findings, self.files, self.ignores, self.unread)

    def read_in_full(self, register: Register, names: Collection[str]) -> Register | None:
        """Return a register with these files read again."""
        read: dict[str, Meeting | None] = {}
        entries_by_party: dict[str, list[Entry] | None] = {}
        for name in sorted(names):
            if name.startswith(f"{MEETINGS}/"):
                read[self.shown(name)] = self._meeting(name)
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
        return cast("Meeting | None", self.values(name))

    def _progress(self, name: str) -> list[Entry] | None:
        return cast("list[Entry] | None", self.values(name))

    def values(self, name: str) -> FileValues | None:
        """Return what a file says: from the cache where it is unchanged, else from its bytes."""
        if self._is_link_outside(name):
            return None
        cache = self.cache if name not in self.instead else None
        shown = self.shown(name)
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
        if found is None:
            self.unread.append(name)
        return found

    def _meeting_files(self) -> Iterator[str]:
        """Yield the meetings' files by name, each meeting once: a copy is a finding."""
        names = self._yaml_files(MEETINGS)
        copies = self._with_originals(names)
        # A copy without its original is read; the next one is a copy of that.
        file_of = {_stem(name): name for name in names} if copies else {}
        for name in names:
            original = copies.get(name)
            if original is not None and self._has_id(name, original):
                first = file_of.setdefault(original, name)
                if first != name:
                    self._name_copy(name, _file(first), original)
                    continue
            yield name

    def _has_id(self, name: str, identity: str) -> bool:
        """Tell whether a file with a copy's name is one of a meeting, or can be nothing else."""
        data = self._peek(name)
        meeting = None if data is None else _read(name, "", data, [])
        if not isinstance(meeting, Meeting):
            return True
        # What has no valid id is called after its file.
        is_unnamed = meeting.id == _stem(name) and MEETING_ID.fullmatch(meeting.id) is None
        return is_unnamed or meeting.id == identity

    def _without_copies(
        self, read: Mapping[str, Meeting], lost: Sequence[str]
    ) -> Sequence[Meeting]:
        """Return the meetings that were read, each id once: what has the id of another is a copy.

        An id is that of the file which is called after it, or else of the first file.
        """
        right = {meeting.id: name for name, meeting in read.items() if meeting.id == _stem(name)}
        if len(right) == len(read):
            return list(read.values())  # as nearly everywhere
        owners = {**{stem: f"{MEETINGS}/{stem}.yaml" for stem in lost}, **right}
        found = {name: owners.setdefault(meeting.id, name) for name, meeting in read.items()}
        copies = {name: first for name, first in found.items() if name != first}
        paths = {self.shown(name) for name in copies}
        self.files = [path for path in self.files if path not in paths]
        self.ignores = [ignore for ignore in self.ignores if ignore.at.path not in paths]
        self.findings = [finding for finding in self.findings if finding.at.path not in paths]
        for name, first in copies.items():
            hint = _(
                "keep in {name} what is right, and delete this file; a meeting of its own needs "
                "its own id and file name"
            )
            self._name_copy(name, _file(first), read[name].id, hint=hint)
        return [meeting for name, meeting in read.items() if name not in copies]

    def _progress_files(self, parties: Sequence[Party]) -> Iterator[str]:
        """Yield the files of progress by name, without copies, which are findings."""
        names = self._yaml_files(PROGRESS)
        there = {_stem(name) for name in names}
        codes = {party.code for party in parties}
        if there <= codes:
            yield from names  # as nearly everywhere
            return
        from grcm_cli.storage.stray_files import copied_party  # 2 ms, only for other names

        directory = Directory(parties)
        for name in names:
            stem = _stem(name)
            original = None if stem in codes else copied_party(stem, there, directory)
            if original is None:
                yield name
            else:
                is_there = original in there
                concerns = (THE_REGISTER, original)
                self._name_copy(name, f"{original}.yaml", *concerns, is_there=is_there)

    def _with_originals(self, names: Sequence[str]) -> Mapping[str, str]:
        """Return the files that are called copies, each with the stem of its original."""
        odd = [name for name in names if not _stem(name).replace("-", "").isalnum()]
        if not odd:
            return {}  # as nearly everywhere
        from grcm_cli.storage.stray_files import copied_stem  # 2 ms, only for odd names

        found = ((name, copied_stem(_stem(name))) for name in odd)
        return {name: original for name, original in found if original is not None}

    def _name_copy(
        self, name: str, original: str, *concerns: str, is_there: bool = True, hint: str = ""
    ) -> None:
        from grcm_cli.storage.stray_files import copy_of  # 2 ms, only for copies

        copy = copy_of(original, is_there=is_there)
        advice = hint.format(name=original) or copy.hint
        self._find(name, COPIED, copy.message, advice, frozenset(concerns))

    def _name_strays_beside_register(self) -> None:
        """Find what stands for register.yaml, or for a folder of data, and is called otherwise."""
        if not self.from_disk:
            return
        usual = (REGISTER, MEETINGS, PROGRESS)
        alike = ("register", *usual[1:])
        names = [name for name in _names(self.folder) if name not in usual]
        if not any(part in name.lower() for name in names for part in (*alike, ".yaml", ".yml")):
            return
        from grcm_cli.storage import stray_files  # 2 ms, only for odd names

        for name in stray_files.stray_registers(self.folder):
            stray = stray_files.stray_file(name, "", (REGISTER,))
            if stray is None:
                self._name_copy(name, REGISTER, THE_REGISTER)
            else:
                self._warn(name, stray.message, stray.hint)
        for name, meant in stray_files.stray_folders(self.folder):
            message = _("this folder is not read: its name is not in small letters")
            self._warn(name, message, _("call it {name}").format(name=meant))
        for name, stray in stray_files.misplaced_files(self.folder):
            self._warn(name, stray.message, stray.hint)

    def _yaml_files(self, folder: str) -> list[str]:
        """Return the files of a folder that are data, by name."""
        found = list(self._found(folder))
        new = [name for name in self.instead if name.startswith(f"{folder}/")]
        return sorted({*found, *new}) if new else found

    def _found(self, name: str) -> Iterator[str]:
        """Yield the files in a folder that are data; what is none is a warning."""
        folder = self.folder / name
        if not self.from_disk or self._is_link_outside(name):
            return
        try:
            found = sorted(os.scandir(folder), key=lambda entry: entry.name)
            names = {entry.name for entry in found}
        except OSError as error:
            if not isinstance(error, FileNotFoundError) or folder.is_symlink():
                self._unreadable(name, reason(error))
            return
        for entry in found:
            path = f"{name}/{entry.name}"
            if entry.name.startswith("."):
                self._check_left_behind(path)
                continue
            if entry.name.endswith(".yaml") and not entry.name.startswith("~$"):
                yield path
            elif (folder / entry.name).is_dir():
                self._warn(
                    path, N_("this folder is not read: files stand directly in the one above")
                )
            elif (folder / entry.name).exists() and not (folder / entry.name).is_file():
                self._warn(path, N_("this is no regular file; it is not opened"))
            else:
                from grcm_cli.storage.stray_files import stray_file  # 2 ms, only for other names

                stray = stray_file(entry.name, name, names)
                if stray is not None:
                    self._warn(path, stray.message, stray.hint)

    def _peek(self, name: str) -> bytes | None:
        """Return the bytes of a regular file that is not to be counted; None if there are none."""
        data = self.instead.get(name)
        if data is None and self.from_disk:
            data = read_if_possible(self.folder / name)
        return data

    def _check_own_files(self) -> None:
        """Warn of what was left behind beside the register."""
        with suppress(OSError):
            for name in sorted(entry.name for entry in os.scandir(self.folder)):
                if name.startswith(f".{REGISTER}."):
                    self._check_left_behind(name)

    def _check_left_behind(self, name: str) -> None:
        """Warn of a file that a writer has left which was killed."""
        if not name.endswith((".lock", ".new")):
            return
        from grcm_cli.storage.files import is_left_behind  # 1 ms, and most folders have none

        if is_left_behind(self.folder / name):
            self._warn(
                name, N_("a run of grcm that was stopped has left this file behind; delete it")
            )

    def _is_link_outside(self, name: str) -> bool:
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
                    self._warn(name, N_("this is no regular file; it is not opened"))
                    return None
                data = _whole(path, self.shown(name))
            except OSError as error:
                self._unreadable(name, reason(error))
                return None
        shown = self.shown(name)
        self.files.append(shown)
        self.ignores += read_ignores(shown, data)
        return data

    def _unreadable(self, name: str, why: str) -> None:
        message = _("cannot be read: {reason}").format(reason=why)
        self._find(name, UNREADABLE, message)

    def _warn(self, name: str, message: str, hint: str = "") -> None:
        self._find(name, IGNORED, _(message), hint)

    def _find(
        self,
        name: str,
        rule: str,
        message: str,
        hint: str = "",
        concerns: frozenset[str] = frozenset(),
    ) -> None:
        at = Location(self.shown(name), 1, 1, 0)
        severity: Severity = "warning" if rule == IGNORED else "error"
        self.findings.append(Finding(at, severity, rule, message, hint, None, concerns))

    def shown(self, name: str) -> str:
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


def _file(name: str) -> str:
    """Return the last part of a file's name."""
    return name.rpartition("/")[2]


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(folder)]
    except OSError:
        return []


def _stem(name: str) -> str:
    """Return the last part of a file's name without its ending."""
    return _file(name).removesuffix(".yaml")
