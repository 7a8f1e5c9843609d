"""`plain`: one record a line, its values separated by tabs, never wrapped; `-` for none."""

from collections.abc import Sequence

from grcm_cli.formats.listing import Lean, Listing, Page
from grcm_cli.language.text import clean


def render(listing: Listing, page: Page) -> str:
    """Return the lines of a list; nothing where it is empty."""
    records, keys = listing.records, listing.plain
    if isinstance(records, Lean):
        return "".join([_line(row) for row in records.cells()])
    return "".join([_line([record[key] for key in keys]) for record in records])


def _line(row: Sequence[object]) -> str:
    values = [value if isinstance(value, str) and value else _text(value) for value in row]
    # Nearly every line is printable as it is, and one look tells.
    if not "".join(values).isprintable():
        values = [clean(value) for value in values]
    return "\t".join(values) + "\n"


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "+".join(map(str, value)) or "-"
    return "-" if value is None or value == "" else str(value)
