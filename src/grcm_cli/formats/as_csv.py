"""`csv`: a line of keys, then one record a line (RFC 4180), safe to open in a spreadsheet."""

import csv
import io

from grcm_cli.exporter import Listing, Page
from grcm_cli.text import clean

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
            return "+".join(map(str, value))
        case _:
            text = str(value)
            return f"'{clean(text)}" if text.startswith(_FORMULA) else clean(text)
