"""`csv`: a line of keys, then one record a line (RFC 4180), safe to open in a spreadsheet."""

import csv
import io

from grcm_cli.formats.listing import Listing, Page
from grcm_cli.language.text import clean

# A spreadsheet takes a cell that begins with one of these for a formula; an apostrophe says text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(listing: Listing, page: Page) -> str:
    """Return a list as comma-separated values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(listing.keys)
    for record in listing.records:
        writer.writerow([_value(record[key]) for key in listing.keys])
    return out.getvalue()


def _value(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return value
        case list() | tuple():
            return _text("+".join(map(str, value)))
        case _:
            return _text(str(value))


def _text(text: str) -> str:
    # A text that has such an apostrophe of its own gets one more, so that one taken off is right.
    said = clean(text)
    return f"'{said}" if text.lstrip("'").startswith(_FORMULA) else said
