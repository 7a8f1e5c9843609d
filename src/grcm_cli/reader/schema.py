"""JSON Schema (draft-07, which editors read) of the three kinds of file, from the field table.

A scalar is text to the reader however it is written, so the schema takes numbers and words such as
`yes` too. What only the calendar or the register can tell is left to `grcm validate`.
"""

from collections.abc import Callable, Mapping

from grcm_cli.domain.deadlines import MEETING_ID
from grcm_cli.domain.parties import CODE
from grcm_cli.language.text import LANGUAGES, in_language
from grcm_cli.reader import fields
from grcm_cli.reader.fields import Field, Kind, Table
from grcm_cli.reader.values import NUMBER

Schema = dict[str, object]

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DUE = (
    f"{_DAY}(/{_DAY})?|[0-9]{{4}}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?|ongoing|asap"
    f"|next {CODE.pattern}|within [1-9][0-9]{{0,4}} (day|week|month|year)s?( of [^ ]+)?"
    r"|every ([1-9][0-9]{0,4} )?(day|week|month|year)s?|every year on [0-9]{2}-[0-9]{2}"
    f"|every {CODE.pattern}"
    f"|(?=.*[A-Za-z]){MEETING_ID.pattern}"
)
_PERIOD = f"{_DAY}|[0-9]{{4}}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?"


def register_schema() -> Schema:
    """Return the schema of register.yaml."""
    term = _object(fields.TERM)
    sections = {
        "process": _object(fields.PROCESS),
        "bodies": _by_code(_object(fields.PARTY)),
        "members": _by_code(_object(fields.MEMBER)),
        "offices": _by_code(_object(fields.OFFICE, {"terms": _one_or_many(term)})),
        "organizations": _by_code(_object(fields.PARTY)),
    }
    return _document(_object(fields.REGISTER, sections), "register.yaml")


def meeting_schema() -> Schema:
    """Return the schema of a file in `meetings`."""
    mandate = _object(fields.MANDATE)
    mandate["anyOf"] = [{"required": [key]} for key in fields.MANDATE_NEEDS]
    extension = _one_or_many(_object(fields.EXTENSION))
    own_parts = {"mandates": _one_or_many(mandate), "extends": extension}
    conclusion = _object(fields.CONCLUSION, own_parts)
    own = [{"required": [key]} for key in fields.OWN_MANDATE]
    conclusion["if"] = {"required": ["mandates"]}
    conclusion["then"] = {"not": {"anyOf": own}}
    parts = {"conclusions": _one_or_many(conclusion)}
    return _document(_object(fields.MEETING, parts), "meetings/*.yaml")


def progress_schema() -> Schema:
    """Return the schema of a file in `progress`; one without entries is valid."""
    entries = _one_or_many(_object(fields.ENTRY))
    return _document({"anyOf": [{"type": "null"}, entries]}, "progress/*.yaml")


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "register": register_schema,
    "meeting": meeting_schema,
    "progress": progress_schema,
}


def _document(schema: Schema, title: str) -> Schema:
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **schema}


def _object(table: Table, parts: Mapping[str, Schema] | None = None) -> Schema:
    """Return the schema of a mapping. `parts` are the schemas of its keys that have keys."""
    properties = {
        name: {**((parts or {}).get(name) or _value(field)), **_about(field)}
        for name, field in table.items()
    }
    required = [name for name, field in table.items() if field.required]
    return {
        "type": "object",
        "additionalProperties": False,
        **({"required": required} if required else {}),
        "properties": properties,
    }


def _about(field: Field) -> Schema:
    said = (in_language(field.about, language) for language in reversed(LANGUAGES))
    return {"description": " · ".join(said)}


def _by_code(party: Schema) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "patternProperties": {_whole(CODE.pattern): party},
    }


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _one_or_many(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "array", "items": schema}]}


def _scalar(pattern: str = r"\S") -> Schema:
    return {"type": ["string", "number", "boolean"], "pattern": pattern}


def _days(pattern: str) -> Schema:
    """Return the schema of a text that says when; a year may be a number."""
    years: Schema = {"type": "integer", "minimum": 1, "maximum": 9999}
    return {"anyOf": [{"type": "string", "pattern": _whole(pattern)}, years]}


def _value(field: Field) -> Schema:
    """Return the schema of a field that is no part."""
    if field.kind in ("word", "words"):
        word: Schema = {"enum": list(field.choices)}
        return word if field.kind == "word" else _one_or_many(word)
    if field.kind == "responsible":
        return {"anyOf": [_one_or_many(_scalar()), _object(fields.EACH)]}
    return _KINDS[field.kind]


_LANGUAGE: Schema = {"type": "string", "pattern": _whole(fields.LANGUAGE.pattern)}
_TRANSLATIONS: Schema = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "patternProperties": {_whole(fields.LANGUAGE.pattern): _scalar()},
}
_KINDS: dict[Kind, Schema] = {
    "line": _scalar(),
    "lines": _one_or_many(_scalar()),
    "text": {"anyOf": [_scalar(), _TRANSLATIONS]},
    "day": {"type": "string", "pattern": _whole(_DAY)},
    "language": _LANGUAGE,
    "languages": _one_or_many(_LANGUAGE),
    "id": _scalar(_whole(MEETING_ID.pattern)),
    "number": _scalar(_whole(NUMBER.pattern)),
    "code": _scalar(),
    "codes": _one_or_many(_scalar()),
    "reference": _scalar(),
    "references": _one_or_many(_scalar()),
    "due": _days(_DUE),
    "until": _days(_PERIOD),
    "occurrence": _scalar(_whole(MEETING_ID.pattern)),
    "group": _one_or_many(_scalar()),
}
