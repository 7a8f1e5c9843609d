"""The data folder: which files belong to it, and what they say. No other room opens them."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from grcm_cli.domain.findings import UNREADABLE, Finding, Ignore, Severity
from grcm_cli.domain.model import Entry, Location, Meeting, Written
from grcm_cli.domain.register import Register, Spoken
from grcm_cli.language.text import N_, _, reason
from grcm_cli.reader.records import RegisterFile, read_meeting, read_progress, read_register
from grcm_cli.reader.source import read_ignores
from grcm_cli.storage.paths import MEETINGS, PROGRESS, REGISTER, TEMPLATES, shown_path


class Loaded(NamedTuple):
    """A data folder, read: the register, what is wrong in its shape, and the files."""

    register: Register | None
    """None where register.yaml is not to be read: without it nobody is known."""
    findings: list[Finding]
    files: list[str]
    """The paths as findings show them, register first."""
    ignores: list[Ignore]
    """The comments that say which findings do not count."""


def load(folder: Path, seen_from: Path, instead: Mapping[Path, bytes] | None = None) -> Loaded:
    """Return all that a data folder says. Paths in findings are as seen from a folder.

    `instead` has bytes that stand for a file's own, as while somebody edits it.
    """
    return _Loader(folder, seen_from, instead or {}).load()


def load_files(files: Mapping[Path, bytes], folder: Path, seen_from: Path) -> Loaded:
    """Return all that a data folder says that is not on the disk, as git has it at a revision."""
    return _FromElsewhere(folder, seen_from, files).load()


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
    def __init__(self, folder: Path, seen_from: Path, instead: Mapping[Path, bytes]) -> None:
        self.folder, self.instead = folder, instead
        self.inside, self.prefix = folder.as_posix(), shown_path(folder, seen_from)
        self.findings: list[Finding] = []
        self.files: list[str] = []
        self.ignores: list[Ignore] = []

    def load(self) -> Loaded:
        register = self._register()
        meetings, lost = self._meetings()
        spoken = self._spoken()
        if register is None:
            return Loaded(None, self.findings, self.files, self.ignores)
        process, parties = register
        whole = Register(process, parties, meetings, spoken, frozenset(lost))
        return Loaded(whole, self.findings, self.files, self.ignores)

    def _register(self) -> RegisterFile | None:
        path = self.folder / REGISTER
        data = self._bytes(path)
        return None if data is None else read_register(self._shown(path), data, self.findings)

    def _meetings(self) -> tuple[list[Meeting], list[str]]:
        meetings, lost = [], []
        for path in self._yaml_files(MEETINGS):
            data = self._bytes(path)
            meeting = (
                None
                if data is None
                else read_meeting(self._shown(path), path.stem, data, self.findings)
            )
            if meeting is None:
                lost.append(path.stem)
            else:
                meetings.append(meeting)
        return meetings, lost

    def _spoken(self) -> Spoken:
        """Return the entries of all parties, and the parties by the names of their files."""
        entries: list[Entry] = []
        speakers = []
        for path in self._yaml_files(PROGRESS):
            data = self._bytes(path)
            if data is not None:
                entries += read_progress(self._shown(path), path.stem, data, self.findings)
                speakers.append(Written(path.stem, Location(self._shown(path), 1, 1, 0)))
        return Spoken(entries, speakers)

    def _yaml_files(self, name: str) -> list[Path]:
        """Return the files of a folder that are data, by name."""
        found = list(self._found(self.folder / name))
        new = (path for path in self.instead if path.parent == self.folder / name)
        return sorted({*found, *new}) if self.instead else found

    def _found(self, folder: Path) -> Iterator[Path]:
        """Yield the files in a folder that are data; what is none is a warning."""
        try:
            found = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            if not isinstance(error, FileNotFoundError) or folder.is_symlink():
                self._unreadable(folder, error)
            return
        for entry in found:
            path = folder / entry.name
            if entry.name.startswith("."):
                continue
            if entry.name.endswith(".yaml"):
                yield path
            elif entry.name.lower().endswith((".yml", ".yaml")):
                self._warn(path, N_("this file is not read: its name does not end in .yaml"))
            elif path.is_dir():
                self._warn(
                    path, N_("this folder is not read: files stand directly in the one above")
                )
            elif path.exists() and not path.is_file():
                self._warn(path, N_("this is no regular file; it is not opened"))

    def _bytes(self, path: Path) -> bytes | None:
        """Return a file's bytes. A pipe or a device is never opened: it might wait for ever."""
        try:
            if path in self.instead:
                return self._taken(path, self.instead[path])
            if not stat.S_ISREG(path.stat().st_mode):
                self._warn(path, N_("this is no regular file; it is not opened"))
                return None
            data = path.read_bytes()
        except OSError as error:
            self._unreadable(path, error)
            return None
        return self._taken(path, data)

    def _taken(self, path: Path, data: bytes) -> bytes:
        shown = self._shown(path)
        self.files.append(shown)
        self.ignores += read_ignores(shown, data)
        return data

    def _unreadable(self, path: Path, error: OSError) -> None:
        message = _("cannot be read: {reason}").format(reason=reason(error))
        self._find(path, UNREADABLE, "error", message)

    def _warn(self, path: Path, message: str) -> None:
        self._find(path, "ignored-file", "warning", _(message))

    def _find(self, path: Path, rule: str, severity: Severity, message: str) -> None:
        at = Location(self._shown(path), 1, 1, 0)
        self.findings.append(Finding(at, severity, rule, message))

    def _shown(self, path: Path) -> str:
        """Return a path in the folder as `shown_path` does, which takes longer."""
        below = path.as_posix().removeprefix(self.inside).removeprefix("/")
        return below if self.prefix == "." else f"{self.prefix}/{below}".rstrip("/")


class _FromElsewhere(_Loader):
    """Reads the files that it is given, and none from the disk."""

    def _found(self, folder: Path) -> Iterator[Path]:
        yield from sorted(path for path in self.instead if path.parent == folder)

    def _yaml_files(self, name: str) -> list[Path]:
        return list(self._found(self.folder / name))

    def _bytes(self, path: Path) -> bytes | None:
        return self._taken(path, self.instead[path]) if path in self.instead else None
