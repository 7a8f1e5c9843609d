"""The cache file of one data folder: a seal, then what each data file says, by its fingerprint."""

import io
import os
import pickle
import stat
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b, sha256
from pathlib import Path
from typing import NamedTuple

from grcm_cli import __version__
from grcm_cli.cache import location
from grcm_cli.storage.file_reader import FileReading, FileSource
from grcm_cli.storage.serialization import SHAPES, decoded, encoded

SCHEMA = 13
"""Another number for another meaning of the same fields."""
_PROGRAM = f"grcm {__version__} values {SCHEMA} {SHAPES} python {sys.version}\n".encode()
_SETTLED_AFTER = 2_000_000_000
"""Nanoseconds after which a further change surely has another time: FAT counts in two seconds."""
_MOST = 1_000_000_000
"""Bytes of a cache file that is opened; that of 100,000 conclusions has 51 million."""


class KeptFile(NamedTuple):
    """What is kept of a data file: its fingerprint, and what it says as `encoded` wrote it."""

    fingerprint: bytes
    content: bytes


class FileCache:
    """What the files of a data folder say, for one run."""

    def __init__(self, folder: Path, path: Path) -> None:
        """Open the cache file at a path; where it is missing or broken, begin with none."""
        self.folder, self.path = str(folder), path
        self._was_sound, self._kept = decoded_cache(location.read(path, _MOST))
        self._asked: dict[str, bytes | None] = {}
        """The fingerprint of every file that was asked for; None where it is not to be kept."""
        self._new: dict[str, bytes] = {}

    def read(self, source: FileSource, names: Sequence[str]) -> Iterator[FileReading]:
        """Yield what files say, in their order: what is kept of the unchanged ones, or read now.

        What has a finding is read each time, for findings are in the language of the reader.
        """
        for name in names:
            if name in source.instead or source.link_outside(name):
                yield source.read(name)
                continue
            fingerprint = self._asked[name] = self._fingerprint(name)
            reading = None
            kept = self._kept.get(name)
            if kept is not None and kept.fingerprint == fingerprint:
                reading = _decoded_if_sound(kept.content, name, source.shown(name))
            if reading is None:
                self._kept.pop(name, None)
                reading = source.read(name)
                if reading.findings or reading.values is None or not self._is_settled(name):
                    self._asked[name] = None
                else:
                    self._new[name] = encoded(reading)
            yield reading

    def is_sound(self) -> bool:
        """Tell whether all values came from the cache, and the rules found nothing in them."""
        return self._was_sound and self._kept.keys() == self._asked.keys()

    def write(self, *, is_sound: bool) -> None:
        """Write what is new; `is_sound` tells whether the rules found nothing in the folder."""
        used = {name: kept for name, kept in self._kept.items() if name in self._asked}
        for name, content in self._new.items():
            fingerprint = self._asked[name]
            if fingerprint is not None:
                used[name] = KeptFile(fingerprint, content)
        is_sound = is_sound and used.keys() == self._asked.keys()
        if self._new or (is_sound and not self.is_sound()):
            location.write(self.path, encoded_cache(used, is_sound=is_sound))

    def _fingerprint(self, name: str) -> bytes | None:
        """Return what tells that a file has not changed; None where it cannot be told.

        The time of change, which no program sets back, stands beside the one that programs set: so
        do the local file systems of Unix. Windows keeps no such time; there the content is read.
        """
        path = f"{self.folder}/{name}"
        try:
            status = os.stat(path)  # noqa: PTH116 - a Path takes three times as long
            content = blake2b(Path(path).read_bytes()).hexdigest() if os.name == "nt" else ""
        except OSError:
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        return (
            f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
            f" {status.st_ino} {status.st_dev}{content}"
        ).encode()

    def _is_settled(self, name: str) -> bool:
        """Tell whether a file is as it was asked for, and a later change has another time."""
        now = self._fingerprint(name)
        if now is None or now != self._asked[name]:
            return False
        _size, modified, changed, *_rest = now.split(b" ")
        return time.time_ns() - max(int(modified), int(changed)) > _SETTLED_AFTER


def _decoded_if_sound(content: bytes, name: str, path: str) -> FileReading | None:
    """Return what a file says by what was kept of it; None where `encoded` did not write that."""
    try:
        return decoded(content, name, path)
    except Exception:  # noqa: BLE001 - bytes of any kind raise exceptions of any kind
        return None


class _NoClasses(pickle.Unpickler):
    """Reads texts, numbers and collections alone."""

    def find_class(self, module: str, name: str) -> object:
        """Refuse a class or a function."""
        message = f"{module}.{name} in a cache"
        raise pickle.UnpicklingError(message)


def encoded_cache(kept: Mapping[str, KeptFile], *, is_sound: bool) -> bytes:
    """Return the bytes of a cache file, under a seal that other bytes do not have."""
    rows = [(name, *file) for name, file in kept.items()]
    payload = pickle.dumps((is_sound, rows), pickle.HIGHEST_PROTOCOL)
    return _digest(payload) + payload


def decoded_cache(data: bytes) -> tuple[bool, dict[str, KeptFile]]:
    """Return whether rules found nothing, and what is kept; nothing where the seal is broken."""
    payload = data[_DIGEST_SIZE:]
    if not payload or data[:_DIGEST_SIZE] != _digest(payload):
        return False, {}
    try:
        is_sound, rows = _NoClasses(io.BytesIO(payload)).load()
        return bool(is_sound), {str(name): KeptFile(*kept) for name, *kept in rows}
    except Exception:  # noqa: BLE001 - bytes of any kind raise exceptions of any kind
        return False, {}


def _digest(payload: bytes) -> bytes:
    """Return a digest of the program and a payload; most processors have SHA-256 built in."""
    digest = sha256(_PROGRAM)
    digest.update(payload)
    return digest.digest()


_DIGEST_SIZE = sha256().digest_size
