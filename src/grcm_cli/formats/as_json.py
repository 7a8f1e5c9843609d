"""The formats `json`, one document with a schema version, and `jsonl`, one record a line."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from json.encoder import encode_basestring
from types import NoneType
from typing import Any

from grcm_cli.domain.findings import Finding
from grcm_cli.formats import record
from grcm_cli.formats.listing import Listing
from grcm_cli.formats.record import JsonSchema, type_schema
from grcm_cli.language.characters import with_json_escapes
from grcm_cli.language.ci_commands import json_without_commands

SCHEMA_VERSION = 3
_SCALARS: Mapping[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: repr,
    float: json.dumps,
    bool: {False: "false", True: "true"}.__getitem__,
    NoneType: {None: "null"}.__getitem__,
    date: cache('"{}"'.format),
}
"""How a value that holds no other is written."""


def render(listing: Listing) -> str:
    """Return a list as a JSON document."""
    return dumps(document(listing.as_of, listing.language, listing.problems, listing.content()))


def render_lines(listing: Listing) -> str:
    """Return a list as one JSON object a line; a last line says where the answer is incomplete."""
    lines: list[object] = [*map(listing.record, listing.items)]
    if problems := list(map(record.finding_record, listing.problems)):
        lines.append({"complete": False, "problems": problems})
    objects = (json.dumps(line, ensure_ascii=False, default=record.json_value) for line in lines)
    text = "".join(f"{written}\n" for written in objects)
    return json_without_commands(with_json_escapes(text))


def document(
    as_of: date, language: str, problems: Sequence[Finding], content: Mapping[str, object]
) -> dict[str, object]:
    """Return a document: its content after what all documents have."""
    return {
        "schema_version": SCHEMA_VERSION,
        "as_of": as_of,
        "language": language,
        "complete": not problems,
        "problems": list(map(record.finding_record, problems)),
        **content,
    }


def document_schema(keys: Mapping[str, JsonSchema], optional: tuple[str, ...] = ()) -> JsonSchema:
    """Return the JSON Schema of a document with these keys, some of which may be left out."""
    head: dict[str, JsonSchema] = {
        "schema_version": {"const": SCHEMA_VERSION},
        "as_of": {**type_schema(date), "description": "The date for which states are computed."},
        "language": {**type_schema(str), "description": "The language of the texts, if recorded."},
        "complete": {**type_schema(bool), "description": "False if some data could not be read."},
        "problems": record.array_schema(record.FindingRecord),
    }  # fmt: skip
    return record.object_schema({**head, **keys}, optional)


def dumps(document: Mapping[str, object]) -> str:
    """Return a document as indented JSON text, safe to print on a terminal."""
    return json_without_commands(with_json_escapes(_indented(document, "\n"))) + "\n"


def _indented(value: object, line: str) -> str:
    """Return a value as `json.dumps` writes it with an indent of 2; `line` begins each line.

    That takes more than twice as long: with an indent, `json` leaves its encoder in C.
    """
    inner = f"{line}  "
    if isinstance(value, (list, tuple)):
        return f"[{inner}{f',{inner}'.join(_each(value, inner))}{line}]" if value else "[]"
    by_key = value if isinstance(value, Mapping) else record.json_object(value)
    return _template(tuple(by_key), line) % tuple(_each(by_key.values(), inner))


def _each(values: Iterable[object], line: str) -> list[str]:
    """Return values as `_indented` does, and those that hold no other in less time."""
    return [
        write(value) if (write := _SCALARS.get(value.__class__)) else _indented(value, line)
        for value in values
    ]


@cache
def _template(keys: Sequence[str], line: str) -> str:
    """Return an object with `%s` for each value; `line` begins each line."""
    pairs = [f"{line}  {encode_basestring(key).replace('%', '%%')}: %s" for key in keys]
    return f"{{{','.join(pairs)}{line}}}" if keys else "{}"
