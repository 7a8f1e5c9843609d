"""Records of the published JSON as values of the library: the same keys, with Python's types."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from grcm_cli.library import values

Value = TypeVar("Value")
_OTHER_KEYS: Mapping[tuple[type, str], str] = {(values.Term, "start"): "from"}
"""Keys that no field of Python can be called like."""


def value_of(kind: type[Value], record: Mapping[str, Any], **more: object) -> Value:
    """Return the value of a class that has these keys of a JSON record, and some fields more."""
    made = {
        name: convert(record[key])
        for name, key, convert in _converters(kind)  # type: ignore[arg-type] # a class is hashable
        if key in record and name not in more
    }
    return kind(**made, **more)


@cache
def _converters(kind: type) -> list[tuple[str, str, Callable[[Any], object]]]:
    """Return the fields of a class, each with its key and what makes its value of the JSON's."""
    return [
        (one.name, _OTHER_KEYS.get((kind, one.name), one.name), _converter(one.type))
        for one in fields(kind)
    ]


def _converter(type_: Any) -> Callable[[Any], object]:  # noqa: ANN401 - the type of any field
    if datetime.date in (type_, *get_args(type_)):
        return lambda text: None if text is None else datetime.date.fromisoformat(text)
    if get_origin(type_) is tuple:
        inner = get_args(type_)[0]
        if inner is str:
            return tuple
        return lambda records: tuple(value_of(inner, one) for one in records)
    if type_ is values.Contact:
        return lambda record: value_of(values.Contact, record)
    return lambda value: value
