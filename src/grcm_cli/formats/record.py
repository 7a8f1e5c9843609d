"""Records: what a list gives to programs, a frozen dataclass with a description of each field.

The JSON, the cells of csv, the published JSON Schema and the answers of the library are made of
them. A field is `name: Annotated[type, "What it means."]`; marks may follow the description.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from grcm_cli.domain.findings import Finding, Severity
from grcm_cli.language.text import labelled

JsonSchema = Mapping[str, object]  # a JSON Schema (draft-07), or a part of one
OF_SEVERAL = "of several"  # a mark: only a list of several records has it in JSON and csv
OF_LIBRARY = "of the library"  # a mark: neither JSON nor csv has it
_SCALARS: Mapping[type, JsonSchema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    datetime.date: {"type": "string", "format": "date"},
}


class Key(NamedTuple):
    """A mark: the JSON key of a field that Python cannot call so, as `from`."""

    name: str


class RecordField(NamedTuple):
    """A field of a record class."""

    name: str
    key: str
    type: Any
    about: str

    @property
    def is_cell(self) -> bool:
        """Tell whether csv has a column for it: records inside a record have none."""
        inner = get_args(self.type)[0] if get_origin(self.type) is tuple else self.type
        return not is_dataclass(inner)


def record_fields(kind: type[Any], *, of_several: bool = False) -> tuple[RecordField, ...]:
    """Return the fields of a record class that JSON has, in the order of its keys."""
    kept = []
    for field in fields(kind):
        annotation: Any = field.type
        about, *marks = annotation.__metadata__
        key = next((mark.name for mark in marks if isinstance(mark, Key)), field.name)
        if OF_LIBRARY not in marks and (of_several or OF_SEVERAL not in marks):
            kept.append(RecordField(field.name, key, annotation.__origin__, about))
    return tuple(kept)


@cache
def _keys_and_values(kind: type[Any]) -> tuple[list[str], Callable[[Any], tuple[Any, ...]]]:
    """Return the JSON keys of a class of records, and a function for its values, two or more."""
    fields = record_fields(kind, of_several=True)
    return [field.key for field in fields], attrgetter(*(field.name for field in fields))


def json_object(record: Any) -> dict[str, Any]:  # noqa: ANN401 - a record of any class
    """Return a record by its JSON keys, without a process that is empty."""
    keys, values = _keys_and_values(record.__class__)
    by_key = dict(zip(keys, values(record), strict=True))
    if by_key.get("process") == "":
        del by_key["process"]
    return by_key


def json_value(value: object) -> object:
    """Return what `json` writes for a value that it does not know: a record or a day."""
    return value.isoformat() if isinstance(value, datetime.date) else json_object(value)


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """Something wrong in a file, with its place. `str` gives it on one line, as a compiler does."""

    path: Annotated[str, "The file, from the working folder, with `/`."]
    line: Annotated[int, "From 1, as an editor counts."]
    column: Annotated[int, "From 1, in characters."]
    end_column: Annotated[int, "After the last character; equal to `column` for a file as a whole."]
    severity: Annotated[
        Severity, "`error`: the meaning is wrong or unclear; `warning`: something looks odd."
    ]
    rule: Annotated[str, "`grcm explain RULE` says more."]
    message: Annotated[str, "What is wrong, in the reader's language."]
    hint: Annotated[str | None, "What to write instead."]

    def __str__(self) -> str:
        """Return place, severity, rule, message and hint on one line."""
        message = labelled(self.message, self.hint) if self.hint else self.message
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.severity}[{self.rule}]: {message}"


def finding_record(finding: Finding) -> FindingRecord:
    """Return the record of a finding."""
    at = finding.at
    return FindingRecord(*at[:3], at.column + at.width, *finding[1:4], finding.hint or None)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A record that a list of several is of."""

    process: Annotated[str, "The value of `process` in its items."]
    code: Annotated[str | None, "The code of the process, in its register."]
    name: Annotated[str | None, "The name of the process."]
    folder: Annotated[str, "From the working folder."]
    complete: Annotated[bool, "Whether all of it could be read."]
    answers: Annotated[bool, "Whether it has the party, body or meeting named."]


@dataclass(frozen=True, slots=True)
class ChangeSourceRecord(SourceRecord):
    """A record that a list of changes is of."""

    since: Annotated[datetime.date | None, "The changes listed are those after this date."]


def record_schema(kind: type, *, of_several: bool = False) -> dict[str, object]:
    """Return the schema of a record, which always has all its keys."""
    return object_schema(record_properties(kind, of_several=of_several))


def record_properties(kind: type, *, of_several: bool = False) -> dict[str, JsonSchema]:
    """Return the schema of each key of a record."""
    return {
        field.key: {**type_schema(field.type), "description": field.about}
        for field in record_fields(kind, of_several=of_several)
    }


def array_schema(kind: type, *, of_several: bool = False) -> JsonSchema:
    """Return the schema of a list of records."""
    return {"type": "array", "items": record_schema(kind, of_several=of_several)}


def object_schema(
    properties: Mapping[str, JsonSchema], optional: tuple[str, ...] = ()
) -> dict[str, object]:
    """Return the schema of an object that has these keys, but for the optional ones; and others."""
    required = [key for key in properties if key not in optional]
    return {"type": "object", "required": required, "properties": properties}


def type_schema(type_: Any) -> dict[str, object]:  # noqa: ANN401 - the type of any field
    """Return the schema of a field's type."""
    origin, args = get_origin(type_), get_args(type_)
    if origin is tuple:
        return {"type": "array", "items": type_schema(args[0])}
    if origin is Literal:
        return {"enum": list(args)}
    if origin in (Union, UnionType):
        inner, *alternatives = map(type_schema, args)
        if alternatives == [_SCALARS[NoneType]] and "type" in inner:
            return {**inner, "type": [inner["type"], "null"]}
        return {"anyOf": [inner, *alternatives]}
    return {**_SCALARS[type_]} if type_ in _SCALARS else record_schema(type_)
