"""The format `json`: one document with a schema version; keys and states stay English."""

import json
import re
from collections.abc import Mapping
from datetime import date

from grcm_cli.formats.listing import Listing, Terminal
from grcm_cli.language.ci_commands import json_without_commands

SCHEMA_VERSION = 1
# JSON escapes C0 controls; these are the other characters that a terminal acts on.
_UNSAFE = re.compile(
    "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def render(listing: Listing, terminal: Terminal) -> str:
    """Return a list as a JSON document."""
    return dumps(document(listing.as_of, {listing.kind: list(listing.records), **listing.apart}))


def document(as_of: date, content: Mapping[str, object]) -> dict[str, object]:
    """Return a document: its content below the version of its schema and its day."""
    return {"schema_version": SCHEMA_VERSION, "as_of": as_of.isoformat(), **content}


def dumps(document: Mapping[str, object]) -> str:
    """Return a document as indented JSON text, safe to print on a terminal."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    text = _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return json_without_commands(text) + "\n"
