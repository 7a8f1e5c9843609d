"""What a data file says as bytes, and back: what the cache keeps, and other processes hand over.

The bytes are a pickle of the domain's own values. A pickle can name any function of Python, so
that it is read only by an unpickler that knows these values and nothing else.
"""

import copyreg
import io
import pickle
from collections.abc import Callable
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

from grcm_cli.domain import due_forms, model
from grcm_cli.domain.findings import Ignore
from grcm_cli.domain.model import Location
from grcm_cli.language.text import Noun
from grcm_cli.storage.file_reader import FileReading

_VALUES: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (*vars(model).values(), *due_forms.FORMS, due_forms.Unclear, Ignore, Noun)
    if isinstance(kind, type) and issubclass(kind, tuple)
}
"""The classes of the values, all of them named tuples, by name."""
SHAPES = repr({name: getattr(kind, "_fields", ()) for name, kind in _VALUES.items()})
"""The fields of all values: bytes that were written with other ones say something else."""


def frozen_mapping(content: dict[str, Any]) -> MappingProxyType[str, Any]:
    """Return a mapping that nobody can change: a pickle cannot name the class itself."""
    return MappingProxyType(content)


_OTHERS: dict[str, Callable[..., Any]] = {"date": date, "frozen_mapping": frozen_mapping}


def _reducer(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    return lambda value: (kind, (tuple(value),))


class _Pickler(pickle.Pickler):
    """Writes a value as its class and the tuple of its fields, a place without its file's path."""

    # The path of a file depends on the working folder, and all places of a file have the same.
    dispatch_table = {  # noqa: RUF012 - as pickle.Pickler has it
        **copyreg.dispatch_table,
        **{kind: _reducer(kind) for kind in _VALUES.values()},
        Location: lambda at: (Location, (at[1:],)),
        MappingProxyType: lambda mapping: (frozen_mapping, (dict(mapping),)),
    }


class _Unpickler(pickle.Unpickler):
    """Makes the values of one file, whose path findings show; knows no other class or function."""

    def __init__(self, data: bytes, path: str) -> None:
        super().__init__(io.BytesIO(data))
        self._path = path

    def find_class(self, _module: str, name: str) -> Callable[..., Any]:
        """Return what makes a value of its fields. It is never a class, which could be changed."""
        new = tuple.__new__
        if name == Location.__name__:
            path = self._path
            return lambda fields: new(Location, (path, *fields))
        if name in _VALUES:
            return partial(new, _VALUES[name])
        if name in _OTHERS:
            return partial(_OTHERS[name])
        message = f"'{name}' is no value of a data file"
        raise pickle.UnpicklingError(message)


def encoded(reading: FileReading) -> bytes:
    """Return what a file says as bytes, without its name and its path; it has no findings."""
    file = io.BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump((reading.values, reading.ignores))
    return file.getvalue()


def decoded(data: bytes, name: str, path: str) -> FileReading:
    """Return what a file says, by its name in the data folder and its path as findings show it.

    Raises an exception of any kind for bytes that `encoded` did not write.
    """
    values, ignores = _Unpickler(data, path).load()
    return FileReading(name, values, (), ignores)
