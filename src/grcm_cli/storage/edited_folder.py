"""A data folder while somebody edits its files: a file is read anew only when it has changed."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from grcm_cli.storage.file_reader import FileReading, FileSource, FileValues, read_if_possible
from grcm_cli.storage.loader import Loaded, load
from grcm_cli.storage.paths import REGISTER

State = bytes | tuple[int, ...] | None
"""What tells that a file is as it was read: the bytes of a buffer, else what the system says."""


class EditedFolder:
    """The files of a data folder; buffers of an editor stand for those on the disk.

    Files are told by their names in the folder, as `meetings/X.yaml`, also in findings.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.buffers: dict[str, bytes] = {}
        """The bytes of the files that an editor has open, by name."""
        self._readings: dict[str, tuple[State, FileReading]] = {}
        """What was read of each file, and its state then."""
        self._good: dict[str, FileValues] = {}

    def load(self, *, ask_disk: bool = True) -> Loaded:
        """Return all that the folder says.

        Without `ask_disk`, files that no editor has open are taken to be as they were read.
        """
        unedited = self._readings.keys() - self.buffers.keys() if ask_disk else ()
        for name in unedited:
            if not os.path.lexists(self.folder / name):
                del self._readings[name]
                self._good.pop(name, None)
        buffers = {self.folder / name: data for name, data in self.buffers.items()}
        read = partial(self._read, ask_disk=ask_disk)
        return load(self.folder, self.folder, buffers, read)

    def last_good(self, name: str) -> FileValues | None:
        """Return what a file said when it could last be read; None where it never could."""
        return self._good.get(name)

    def data(self, name: str) -> bytes:
        """Return a file's bytes as the editor or the disk has them; none where there are none."""
        if name in self.buffers:
            return self.buffers[name]
        return read_if_possible(self.folder / name)

    def has_register(self) -> bool:
        """Tell whether there is a register, on the disk or in an editor."""
        return REGISTER in self.buffers or (self.folder / REGISTER).is_file()

    def _read(
        self, source: FileSource, names: Sequence[str], *, ask_disk: bool
    ) -> Iterator[FileReading]:
        """Yield what files say: what was read of the unchanged ones before, or read now."""
        for name in names:
            before, reading = self._readings.get(name, (None, None))
            is_current = not isinstance(before, bytes)
            if ask_disk or name in self.buffers:
                state = self._state(name)
                is_current = state is not None and state == before
            if reading is None or not is_current:
                state = self._state(name)  # before: the file may change meanwhile
                reading = source.read(name)
                self._readings[name] = state, reading
                if reading.values is not None:
                    self._good[name] = reading.values
            yield reading

    def _state(self, name: str) -> State:
        """Return what tells that a file has not changed; None where the system does not say."""
        if name in self.buffers:
            return self.buffers[name]
        try:
            status = os.stat(f"{self.folder}/{name}")  # noqa: PTH116 - a Path takes three times as long
        except OSError:
            return None
        times = status.st_mtime_ns, status.st_ctime_ns
        return status.st_size, *times, status.st_ino, status.st_dev
