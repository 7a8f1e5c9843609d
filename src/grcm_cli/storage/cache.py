"""The cache of a data folder: values read of each file, never an answer, by its fingerprint.

The bytes are a pickle of the domain's own values, under a seal. A pickle can name any function of
Python: it is read only by an unpickler that knows these values and nothing else. A cache file with
anything wrong counts as empty. It lies in the user's own folder for such things.
"""

import copyreg
import io
import os
import pickle
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from grcm_cli import __version__
from grcm_cli.domain import due_forms, model
from grcm_cli.domain.findings import Ignore
from grcm_cli.domain.model import Location
from grcm_cli.language.text import Noun
from grcm_cli.storage.file_reader import FileReading, FileSource, fingerprint_of
from grcm_cli.storage.files import write_atomically
from grcm_cli.storage.paths import MEETINGS, REGISTER

_VALUES: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (*vars(model).values(), *due_forms.FORMS, due_forms.Unclear, Ignore, Noun)
    if isinstance(kind, type) and issubclass(kind, tuple)
}
"""The classes of the values, all of them named tuples, by name."""
SHAPES = repr({name: getattr(kind, "_fields", ()) for name, kind in _VALUES.items()})
"""The fields of all values: bytes that were written with other ones say something else."""
SCHEMA = 14  # another number for another meaning of the same fields
_PROGRAM = f"grcm {__version__} values {SCHEMA} {SHAPES} python {sys.version}\n".encode()
_SETTLED_AFTER = 2_000_000_000  # nanoseconds until a change has another time: two seconds on FAT
_MOST = 1_000_000_000  # bytes of a cache file; that of 100,000 conclusions has 51 million
_NAME = re.compile(r"[0-9a-f]{24}\.facts|\.[0-9a-f]{24}\.facts\.(?:[0-9a-f]{4}){2,3}\.new")
_SEASON = 90 * 24 * 3600  # seconds
_read: set[Path] = set()  # the cache files of which this run has read values
_DIGEST_SIZE = sha256().digest_size


class KeptFile(NamedTuple):
    """A data file in the cache: its fingerprint, and its values as `encoded` wrote them."""

    fingerprint: bytes
    content: bytes


class FileCache:
    """What the files of a data folder say, for one run."""

    def __init__(self, folder: Path, path: Path) -> None:
        """Open the cache file at a path; where it is missing or broken, begin with none."""
        self.folder, self.path = str(folder), path
        self._was_sound, self._kept = decoded_cache(read_own(path, _MOST))
        self._asked: set[str] = set()  # the names of all files that were asked for
        self._new: dict[str, KeptFile] = {}

    def read(self, source: FileSource, names: Sequence[str]) -> Iterator[FileReading]:
        """Yield what files say, in their order: what is kept of the unchanged ones, or read now.

        What has a finding is read each time, for findings are in the language of the reader.
        """
        for name in names:
            if name in source.instead or source.link_outside(name):
                yield source.read(name)
                continue
            self._asked.add(name)
            fingerprint = fingerprint_of(self.folder, name)
            reading = None
            kept = self._kept.get(name)
            if kept is not None and kept.fingerprint == fingerprint:
                with suppress(Exception):  # bytes of any kind raise exceptions of any kind
                    content = decoded(kept.content, name, source.shown(name))
                    _read.add(self.path)
                    reading = content if _has_types(name, content.values) else None
            if reading is None:
                self._kept.pop(name, None)
                reading = source.read(name)
                is_whole = reading.values is not None and not reading.findings
                if fingerprint and is_whole and self._is_settled(name, fingerprint):
                    self._new[name] = KeptFile(fingerprint, encoded(reading))
            yield reading

    def is_sound(self) -> bool:
        """Tell whether all values came from the cache, and the rules found nothing in them."""
        return self._was_sound and self._kept.keys() == self._asked

    def write(self, *, is_sound: bool) -> None:
        """Write what is new; `is_sound` tells whether the rules found nothing in the folder."""
        used = {name: kept for name, kept in self._kept.items() if name in self._asked} | self._new
        is_sound = is_sound and used.keys() == self._asked
        if self._new or (is_sound and not self.is_sound()):
            write_own(self.path, encoded_cache(used, is_sound=is_sound))

    def _is_settled(self, name: str, fingerprint: bytes) -> bool:
        """Tell whether a file is as it was asked for, and a later change has another time."""
        _size, modified, changed, *_rest = fingerprint.split(b" ")
        is_old = time.time_ns() - max(int(modified), int(changed)) > _SETTLED_AFTER
        return is_old and fingerprint_of(self.folder, name) == fingerprint


def encoded_cache(kept: Mapping[str, KeptFile], *, is_sound: bool) -> bytes:
    """Return the bytes of a cache file, under a seal that other bytes do not have."""
    rows = [(name, *file) for name, file in kept.items()]
    payload = pickle.dumps((is_sound, rows), pickle.HIGHEST_PROTOCOL)
    return _digest(payload) + payload


def decoded_cache(data: bytes) -> tuple[bool, dict[str, KeptFile]]:
    """Return whether rules found nothing, and the kept files; none where the seal is broken."""
    payload = data[_DIGEST_SIZE:]
    if not payload or data[:_DIGEST_SIZE] != _digest(payload):
        return False, {}
    try:
        is_sound, rows = _Unpickler(payload, "").load()
        return bool(is_sound), {str(name): KeptFile(*kept) for name, *kept in rows}
    except Exception:  # noqa: BLE001 - bytes of any kind raise exceptions of any kind
        return False, {}


def _digest(payload: bytes) -> bytes:
    """Return a digest of the program and a payload; most processors have SHA-256 built in."""
    digest = sha256(_PROGRAM)
    digest.update(payload)
    return digest.digest()


def discard_read() -> bool:
    """Delete the cache files of which this run has read values; tell whether it has read any.

    Under a right seal there may be values that no data file gives: whatever fails with them is to
    be tried without.
    """
    has_read = bool(_read)
    while _read:
        with suppress(OSError):
            _read.pop().unlink()
    return has_read


def _has_types(name: str, values: Any) -> bool:  # noqa: ANN401 - a cache may say anything
    """Tell whether what a data file says are values of its kind, without a look inside of them."""
    if name == REGISTER:
        process, parties = values
        return type(process) is model.Process and {*map(type, parties)} <= {model.Party}
    if name.startswith(MEETINGS):
        is_meeting = type(values) is model.Meeting
        return is_meeting and {*map(type, values.conclusions or ())} <= {model.Conclusion}
    return type(values) is list and {*map(type, values)} <= {model.Entry}


def frozen_mapping(content: dict[str, Any]) -> MappingProxyType[str, Any]:
    """Return a mapping that nobody can change: a pickle cannot name the class itself."""
    return MappingProxyType(content)


def this_path() -> None:
    """Stand in places for the path of their file, which depends on the working folder."""


_OTHERS: dict[str, Callable[..., Any]] = {"date": date, "frozen_mapping": frozen_mapping}


class _Pickler(pickle.Pickler):
    """Writes a value as its class and the tuple of its fields, a place without its file's path."""

    dispatch_table = {  # noqa: RUF012 - as pickle.Pickler has it
        **copyreg.dispatch_table,
        **dict.fromkeys(_VALUES.values(), lambda value: (type(value), (tuple(value),))),
        Location: lambda at: (Location, ((this_path, *at[1:]),)),
        MappingProxyType: lambda mapping: (frozen_mapping, (dict(mapping),)),
    }


class _Unpickler(pickle.Unpickler):
    """Makes the values of one file, whose path findings show; knows no other class or function."""

    def __init__(self, data: bytes, path: str) -> None:
        super().__init__(io.BytesIO(data))
        self._path = path

    def find_class(self, _module: str, name: str) -> Callable[..., Any] | str:
        """Return what makes a value of its fields. It is never a class, which could be changed."""
        if name == this_path.__name__:
            return self._path
        if name in _VALUES:
            return partial(tuple.__new__, _VALUES[name])
        if name in _OTHERS:
            return partial(_OTHERS[name])
        raise pickle.UnpicklingError(f"'{name}' is no value of a data file")


def encoded(reading: FileReading) -> bytes:
    """Return the values of a file without findings as bytes, without its name and path."""
    file = io.BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump((reading.values, reading.ignores))
    return file.getvalue()


def decoded(data: bytes, name: str, path: str) -> FileReading:
    """Return the values of a file, with its name in the data folder and its path for findings.

    Raises an exception of any kind for bytes that `encoded` did not write.
    """
    values, ignores = _Unpickler(data, path).load()
    return FileReading(name, values, (), ignores)


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Return the folder of all caches, by the conventions of the system; None without a home.

    XDG Base Directory Specification; Apple's and Microsoft's own places on theirs.
    """
    wish = environment.get("XDG_CACHE_HOME", "")
    if wish and Path(wish).is_absolute():
        return Path(wish) / "grcm"
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA", "")
        return Path(local) / "grcm" / "cache" if local else None
    home = environment.get("HOME", "")
    if not home or not Path(home).is_absolute():
        return None
    below = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path(home) / below / "grcm"


def cache_file(data: Path, environment: Mapping[str, str]) -> Path | None:
    """Return the file of a data folder's cache, or None where there is no place for it.

    There is none within the data itself, and none where nothing can be written.
    """
    place = cache_folder(environment)
    real = data.resolve()
    if place is None or place.resolve().is_relative_to(real):
        return None
    existing = next((path for path in (place, *place.parents) if path.exists()), None)
    if existing is None or not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        return None
    return place / f"{blake2b(os.fsencode(real), digest_size=12).hexdigest()}.facts"


def read_own(path: Path, most: int) -> bytes:
    """Return a kept file's bytes, at most so many.

    Nothing where there is none, where it is longer, or where it is no plain file of the user's own,
    which nobody else can write.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
            status = os.fstat(file.fileno())
            is_own = stat.S_ISREG(status.st_mode)
            if sys.platform != "win32":
                is_closed = not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
                is_own = is_own and is_closed and status.st_uid == os.geteuid()
            return file.read(most) if is_own and status.st_size <= most else b""
    except (OSError, MemoryError):
        return b""


def write_own(path: Path, data: bytes) -> None:
    """Write bytes for the user alone, all or nothing; nothing where the machine refuses.

    Files of other folders that were not written for a season are deleted.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(path, data, mode=0o600, sync=False)
    except OSError:
        return
    for file in kept_files(path.parent):
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > _SEASON:
                file.unlink()


def kept_files(place: Path) -> list[Path]:
    """Return the plain files in a folder that have the names of kept or of unfinished ones."""
    paths = []
    with suppress(OSError):
        paths = sorted(place.iterdir())
    named = (path for path in paths if _NAME.fullmatch(path.name))
    return [path for path in named if path.is_file() and not path.is_symlink()]
