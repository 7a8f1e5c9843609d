"""A data folder while somebody edits its files: a file is read anew only when it has changed."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from grcm_cli.storage.file_reader import FileReading, FileValues
from grcm_cli.storage.loader import Loaded, Loader
from grcm_cli.storage.paths import REGISTER

State = bytes | tuple[int, ...] | None
"""What tells that a file is as it was read: the bytes of a buffer, else what the system says."""


class _Known(NamedTuple):
    """What was read of a file, and its state then."""

    state: State
    reading: FileReading


class EditedFolder:
    """The files of a data folder; buffers of an editor stand for those on the disk.

    Files are told by their names in the folder, as `meetings/X.yaml`, also in findings.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.buffers: dict[str, bytes] = {}
        """The bytes of the files that an editor has open, by name."""
        self._readings: dict[str, _Known] = {}
        self._good: dict[str, FileValues] = {}

    def load(self, *, ask_disk: bool = True) -> Loaded:
        """Return all that the folder says.

        Without `ask_disk`, files that no editor has open are taken to be as they were read.
        """
        if ask_disk:
            self._forget_deleted()
        known = _Memory(self._readings, self._good, ask_disk=ask_disk)
        return _EditedLoader(self.folder, self.buffers, known).load()

    def last_good(self, name: str) -> FileValues | None:
        """Return what a file said when it could last be read; None where it never could."""
        return self._good.get(name)

    def data(self, name: str) -> bytes:
        """Return a file's bytes as the editor or the disk has them; none where there are none."""
        if name in self.buffers:
            return self.buffers[name]
        path = self.folder / name
        try:
            return path.read_bytes() if path.is_file() else b""
        except OSError:
            return b""

    def has_register(self) -> bool:
        """Tell whether there is a register, on the disk or in an editor."""
        return REGISTER in self.buffers or (self.folder / REGISTER).is_file()

    def _forget_deleted(self) -> None:
        for name in [name for name in self._readings if name not in self.buffers]:
            if not os.path.lexists(self.folder / name):
                del self._readings[name]
                self._good.pop(name, None)


class _Memory(NamedTuple):
    """What was read of files before, and whether the disk is asked if they have changed."""

    readings: dict[str, _Known]
    good: dict[str, FileValues]
    ask_disk: bool


class _EditedLoader(Loader):
    """Loads a data folder with what was read of unchanged files before."""

    def __init__(self, folder: Path, buffers: Mapping[str, bytes], memory: _Memory) -> None:
        super().__init__(folder, folder, {folder / name: buffers[name] for name in buffers})
        self.memory = memory

    def values(self, name: str) -> FileValues | None:
        known = self.memory.readings.get(name)
        if known is None or not self._is_current(name, known.state):
            known = _Known(self._state(name), self.reading(name))
            self.memory.readings[name] = known
            if known.reading.values is not None:
                self.memory.good[name] = known.reading.values
        self.add(known.reading)
        return known.reading.values

    def _is_current(self, name: str, state: State) -> bool:
        if name not in self.instead and not self.memory.ask_disk:
            return not isinstance(state, bytes)
        return state is not None and state == self._state(name)

    def _state(self, name: str) -> State:
        """Return what tells that a file has not changed; None where the system does not say."""
        if name in self.instead:
            return self.instead[name]
        try:
            found = os.stat(f"{self.folder}/{name}")  # noqa: PTH116 - a Path takes three times as long
        except OSError:
            return None
        return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev
