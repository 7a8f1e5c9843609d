"""The format `jsonl`: one JSON record a line; a last line says where the answer is incomplete."""

from json import dumps

from grcm_cli.formats.listing import Listing, Terminal
from grcm_cli.formats.record import finding_record, json_object, json_value
from grcm_cli.language.characters import with_json_escapes
from grcm_cli.language.ci_commands import json_without_commands


def render(listing: Listing, terminal: Terminal) -> str:
    """Return a list as one JSON object a line; an empty text for an empty list."""
    lines = [json_object(listing.record(item)) for item in listing.items]
    if listing.problems:
        lines.append({"complete": False, "problems": list(map(finding_record, listing.problems))})
    text = "".join(f"{dumps(line, ensure_ascii=False, default=json_value)}\n" for line in lines)
    return json_without_commands(with_json_escapes(text))
