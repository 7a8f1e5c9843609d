"""The formats `json`, one document with a schema version, and `jsonl`, one record a line.

Keys and states stay English.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import NoneType
from typing import Any

from grcm_cli.domain.findings import Finding
from grcm_cli.formats import record
from grcm_cli.formats.listing import Listing, Terminal
from grcm_cli.formats.record import JsonSchema, type_schema
from grcm_cli.language.characters import with_json_escapes
from grcm_cli.language.ci_commands import json_without_commands

SCHEMA_VERSION = 3


def render(listing: Listing, terminal: Terminal) -> str:
    """Return a list as a JSON document."""
    return dumps(document(listing.as_of, listing.language, listing.problems, listing.content()))


def render_lines(listing: Listing, terminal: Terminal) -> str:
    """Return a list as one JSON object a line; a last line says where the answer is incomplete."""
    lines = [record.json_object(listing.record(item)) for item in listing.items]
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
    whole = "False where some data could not be read."
    head: dict[str, JsonSchema] = {
        "schema_version": {"const": SCHEMA_VERSION},
        "as_of": {**type_schema(date), "description": "The date for which states are computed."},
        "language": {
            **type_schema(str),
            "description": "Of the texts, where the record has them in that language.",
        },
        "complete": {**type_schema(bool), "description": whole},
        "problems": record.array_schema(record.FindingRecord),
    }  # fmt: skip
    return record.object_schema({**head, **keys}, optional)


def dumps(document: Mapping[str, object]) -> str:
    """Return a document as indented JSON text, safe to print on a terminal."""
    return json_without_commands(with_json_escapes(_indented(document, "\n"))) + "\n"


_quoted = json.encoder.encode_basestring
_SCALARS: Mapping[type, Callable[[Any], str]] = {
    str: _quoted,
    int: str,
    bool: lambda value: "true" if value else "false",
    NoneType: lambda _none: "null",
    date: '"{}"'.format,
}


def _indented(value: object, margin: str) -> str:
    """Return what `json.dumps` returns with `indent=2`, in a quarter of its time.

    `margin` is a line end with the indentation of the value.
    """
    scalar, inner = _SCALARS.get, f"{margin}  "
    if write := scalar(type(value)):
        return write(value)
    if isinstance(value, list | tuple):
        brackets, items = "[]", [_indented(item, inner) for item in value]
    else:
        by_key = value if isinstance(value, dict) else record.json_object(value)
        brackets, items = "{}", []
        for key, item in by_key.items():
            write = scalar(type(item))  # of most: a call for each would take half of the time
            items.append(f"{_quoted(key)}: {write(item) if write else _indented(item, inner)}")
    lines = f",{inner}".join(items)
    return f"{brackets[0]}{inner}{lines}{margin}{brackets[1]}" if items else brackets
