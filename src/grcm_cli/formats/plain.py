"""`plain`: one record a line, its values separated by tabs, never wrapped; `-` for none."""

from grcm_cli.exporter import Lean, Listing, Page
from grcm_cli.text import clean


def render(listing: Listing, page: Page) -> str:
    """Return the lines of a list; nothing where it is empty."""
    records = listing.records
    rows = (
        records.cells()
        if isinstance(records, Lean)
        else ([record[key] for key in listing.plain] for record in records)
    )
    lines = ["\t".join(map(_value, row)) for row in rows]
    return "".join(f"{line}\n" for line in lines)


def _value(value: object) -> str:
    if value is None or value == "":
        return "-"
    if isinstance(value, list | tuple):
        return "+".join(map(str, value)) or "-"
    return clean(str(value))
