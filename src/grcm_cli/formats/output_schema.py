"""JSON Schema (draft-07) of records: the types of their values, and objects made of fields."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from grcm_cli.formats.listing import JsonSchema, OutputField

TEXT: JsonSchema = {"type": "string"}
NUMBER: JsonSchema = {"type": "integer"}
FLAG: JsonSchema = {"type": "boolean"}
DAY: JsonSchema = {"type": "string", "format": "date"}
TEXTS: JsonSchema = {"type": "array", "items": TEXT}
TEXT_OR_NONE: JsonSchema = {"type": ["string", "null"]}
NUMBER_OR_NONE: JsonSchema = {"type": ["integer", "null"]}
DAY_OR_NONE: JsonSchema = {"type": ["string", "null"], "format": "date"}
KIND: JsonSchema = {"enum": ["request", "encouragement"]}


def iso(day: date | None) -> str | None:
    """Return a day as records write it: ISO 8601."""
    return day.isoformat() if day else None


def one_of(words: Iterable[str]) -> JsonSchema:
    """Return the schema of a word of a list."""
    return {"enum": list(words)}


def list_of(schema: JsonSchema) -> JsonSchema:
    """Return the schema of a list."""
    return {"type": "array", "items": schema}


def record_schema(fields: Sequence[OutputField[Any]], names: Sequence[str] = ()) -> JsonSchema:
    """Return the schema of a record: it always has all these fields, or those with these names."""
    return object_schema(
        {
            field.name: {**field.schema, "description": field.about}
            for field in fields
            if not names or field.name in names
        }
    )


def object_schema(properties: Mapping[str, JsonSchema], optional: Sequence[str] = ()) -> JsonSchema:
    """Return the schema of an object with these keys, all of which it has but the optional ones."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in properties if name not in optional],
        "properties": properties,
    }
