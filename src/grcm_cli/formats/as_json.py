"""The format `json`: one document with a schema version; keys and states stay English."""

import json
from collections.abc import Mapping
from datetime import date

from grcm_cli.formats.listing import Listing, Terminal
from grcm_cli.language.characters import with_json_escapes

SCHEMA_VERSION = 1


def render(listing: Listing, terminal: Terminal) -> str:
    """Return a list as a JSON document."""
    return dumps(document(listing.as_of, {listing.kind: list(listing.records), **listing.apart}))


def document(as_of: date, content: Mapping[str, object]) -> dict[str, object]:
    """Return a document: its content below the version of its schema and its day."""
    return {"schema_version": SCHEMA_VERSION, "as_of": as_of.isoformat(), **content}


def dumps(document: Mapping[str, object]) -> str:
    """Return a document as indented JSON text, safe to print on a terminal."""
    return with_json_escapes(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
