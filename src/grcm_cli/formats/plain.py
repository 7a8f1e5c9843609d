"""`plain`: one record a line, its values separated by tabs, never wrapped; `-` for none."""

from grcm_cli.exporter import Listing, Page
from grcm_cli.text import clean


def render(listing: Listing, page: Page) -> str:
    """Return the lines of a list; nothing where it is empty."""
    keys = listing.plain
    lines = ["\t".join([_value(record[key]) for key in keys]) for record in listing.records]
    return "".join([f"{line}\n" for line in lines])


def _value(value: object) -> str:
    if isinstance(value, str):
        return clean(value) or "-"
    if value is None:
        return "-"
    if isinstance(value, list | tuple):
        return "+".join(map(str, value)) or "-"
    return clean(str(value))
