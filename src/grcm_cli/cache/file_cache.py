"""The cache file of one data folder: a seal, then one line a data file.

A line holds the file's name, its fingerprint and its values as JSON, with tabs between. The lines
of unchanged files are reused as they are when another file changes.
"""

import os
import stat
import sys
import time
from collections.abc import Mapping
from hashlib import blake2b, sha256
from pathlib import Path
from typing import NamedTuple

from grcm_cli import __version__
from grcm_cli.cache import location

SCHEMA = 12
"""Another number for other rows of JSON, or for another meaning of one."""
_PROGRAM = f"grcm {__version__} values {SCHEMA} python {sys.version}\n".encode()
_SETTLED_AFTER = 2_000_000_000
"""Nanoseconds after which a further change surely has another time: FAT counts in two seconds."""
_MOST = 500_000_000
"""Bytes of a cache file that is opened; that of 100,000 conclusions has 13 million."""
_SOUND, _UNKNOWN = b"sound", b"unknown"


class _Line(NamedTuple):
    """What is kept of a file: its fingerprint, and its values as JSON."""

    fingerprint: bytes
    row: bytes


class FileCache:
    """What was read of the files of a data folder, for one run."""

    def __init__(self, folder: Path, path: Path) -> None:
        """Open the cache file at a path; where it is missing or broken, begin with none."""
        self.folder, self.path = str(folder), path
        self._verdict, self._lines = decoded_cache(location.read(path, _MOST))
        self._fingerprints: dict[str, bytes | None] = {}
        """Of every file that was asked for; None where the file is not to be kept."""
        self._given: set[str] = set()
        self._new: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        """Return the row of a file, by its name in the data folder; None where it changed."""
        self._fingerprints[name] = self._fingerprint(name)
        line = self._lines.get(name)
        if line is None or line.fingerprint != self._fingerprints[name]:
            return None
        self._given.add(name)
        return line.row

    def keep(self, name: str, row: bytes) -> None:
        """Keep the row that was read of a file since `get` was asked, if it has not changed."""
        if self._fingerprints[name] is not None and self._is_settled(name):
            self._new[name] = row
        else:
            self._fingerprints[name] = None

    def is_sound(self) -> bool:
        """Tell whether all values came from the cache, and the rules found nothing in them."""
        return (
            self._verdict == _SOUND
            and self._given == self._lines.keys()
            and self._given == self._fingerprints.keys()
        )

    def write(self, *, is_sound: bool) -> None:
        """Write what is new; `is_sound` tells whether the rules found nothing in the folder."""
        used = {name: self._lines[name] for name in self._given if name not in self._new}
        for name, row in self._new.items():
            fingerprint = self._fingerprints[name]
            if fingerprint is not None:
                used[name] = _Line(fingerprint, row)
        verdict = _UNKNOWN
        if is_sound and used.keys() == self._fingerprints.keys():
            verdict = _SOUND
        if self._new or (verdict == _SOUND and not self.is_sound()):
            location.write(self.path, encoded_cache(verdict, used))

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
        if not stat.S_ISREG(status.st_mode) or "\t" in name or "\n" in name:
            return None
        return (
            f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
            f" {status.st_ino} {status.st_dev}{content}"
        ).encode()

    def _is_settled(self, name: str) -> bool:
        """Tell whether a file is as `get` saw it, and any later change has another time."""
        now = self._fingerprint(name)
        if now is None or now != self._fingerprints[name]:
            return False
        _size, modified, changed, *_rest = now.split(b" ")
        return time.time_ns() - max(int(modified), int(changed)) > _SETTLED_AFTER


def encoded_cache(verdict: bytes, lines: Mapping[str, _Line]) -> bytes:
    """Return the bytes of a cache file, under a seal that other bytes do not have."""
    rows = [b"\t".join((os.fsencode(name), *line)) for name, line in lines.items()]
    payload = b"\n".join((verdict, *rows))
    return _digest(payload) + b"\n" + payload


def decoded_cache(data: bytes) -> tuple[bytes, dict[str, _Line]]:
    """Return the verdict and the lines of a cache file; no line where the seal is broken."""
    seal, _, payload = data.partition(b"\n")
    if not payload or seal != _digest(payload):
        return _UNKNOWN, {}
    verdict, *rows = payload.split(b"\n")
    lines = {}
    for row in rows:
        name, fingerprint, values = row.split(b"\t")
        lines[os.fsdecode(name)] = _Line(fingerprint, values)
    return verdict, lines


def _digest(payload: bytes) -> bytes:
    """Return a digest of the program and a payload; most processors have SHA-256 built in."""
    digest = sha256(_PROGRAM)
    digest.update(payload)
    return digest.hexdigest().encode()
