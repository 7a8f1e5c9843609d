"""The format `json`: one document with a schema version; keys and states stay English."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from grcm_cli.domain.findings import Finding
from grcm_cli.formats.listing import (
    JsonSchema,
    Listing,
    ListRecord,
    OutputField,
    Terminal,
    in_pieces,
    record_of,
)
from grcm_cli.formats.output_schema import (
    DAY,
    FLAG,
    NUMBER,
    TEXT,
    TEXT_OR_NONE,
    list_of,
    object_schema,
    one_of,
    record_schema,
)
from grcm_cli.language.characters import with_json_escapes
from grcm_cli.language.ci_commands import json_without_commands

SCHEMA_VERSION = 2
PROBLEM_FIELDS: Sequence[OutputField[Finding]] = (
    OutputField("path", TEXT, "The file, from the working folder.", lambda f: f.at.path),
    OutputField("line", NUMBER, "From 1, as an editor counts.", lambda f: f.at.line),
    OutputField("column", NUMBER, "From 1, in characters.", lambda f: f.at.column),
    OutputField("end_column", NUMBER, "Behind the last.", lambda f: f.at.column + f.at.width),
    OutputField("severity", one_of(("error", "warning")), "How bad it is.", lambda f: f.severity),
    OutputField("rule", TEXT, "`grcm explain RULE` says more.", lambda f: f.rule),
    OutputField("message", TEXT, "What is wrong, in the reader's language.", lambda f: f.message),
    OutputField("hint", TEXT_OR_NONE, "What to write instead.", lambda f: f.hint or None),
)
"""The keys of a finding, in every document."""


def pieces(listing: Listing, terminal: Terminal) -> Iterator[str]:
    """Yield a list as a JSON document, in pieces of whole records."""
    head = document(listing.as_of, listing.language, listing.problems, listing.head())
    yield _printable(_indented(head, "\n")[: -len("\n}")])
    for key, records in listing.records().items():
        yield from map(_printable, _list_of_records(key, records))
    yield "\n}\n"


def _list_of_records(key: str, records: Iterable[ListRecord]) -> Iterator[str]:
    """Yield a key of a document with its records, after the comma of the key before it."""
    yield f",\n{_MARGIN}{_encoded(key)}: ["
    inner = f"\n{2 * _MARGIN}"
    is_empty = True
    for piece in in_pieces((inner + _indented(one, inner) for one in records), ","):
        yield piece
        is_empty = False
    yield "]" if is_empty else f"\n{_MARGIN}]"


def document(
    as_of: date, language: str, problems: Sequence[Finding], content: Mapping[str, object]
) -> dict[str, object]:
    """Return a document: its content after what all documents have."""
    return {
        "schema_version": SCHEMA_VERSION,
        "as_of": as_of.isoformat(),
        "language": language,
        "complete": not problems,
        "problems": [record_of(problem, PROBLEM_FIELDS) for problem in problems],
        **content,
    }


def document_schema(content: Mapping[str, JsonSchema], optional: Sequence[str] = ()) -> JsonSchema:
    """Return the JSON Schema of a document with this content; some of its keys may be left out."""
    head: dict[str, JsonSchema] = {
        "schema_version": {"const": SCHEMA_VERSION},
        "as_of": {**DAY, "description": "The day for which states are computed."},
        "language": {**TEXT, "description": "Of the texts, where the record has them in it."},
        "complete": {**FLAG, "description": "False where some data could not be read."},
        "problems": list_of(record_schema(PROBLEM_FIELDS)),
    }
    return object_schema({**head, **content}, optional)


def dumps(document: Mapping[str, object]) -> str:
    """Return a document as indented JSON text, safe to print on a terminal."""
    return _printable(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _printable(text: str) -> str:
    return json_without_commands(with_json_escapes(text))


_MARGIN = "  "
_quoted = json.encoder.encode_basestring
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def _indented(value: object, line: str) -> str:
    """Return what `json.dumps` returns with `indent=2`, in a quarter of its time.

    `line` is a line end with the margin of the value.
    """
    match value:
        case str():
            return _quoted(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case dict() if value:
            inner = line + _MARGIN
            items = [f"{_quoted(key)}: {_indented(one, inner)}" for key, one in value.items()]
            return "{" + inner + f",{inner}".join(items) + line + "}"
        case list() | tuple() if value:
            inner = line + _MARGIN
            items = [_indented(one, inner) for one in value]
            return "[" + inner + f",{inner}".join(items) + line + "]"
        case _:
            return _encoded(value)
