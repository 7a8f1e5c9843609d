"""The format `csv` (RFC 4180): a line of keys, then one record a line, safe in a spreadsheet."""

import csv
import io
import re

from grcm_cli.formats.listing import Listing, Terminal
from grcm_cli.language.ci_commands import cell_without_commands
from grcm_cli.language.text import clean

# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_COMMAND = re.compile(r"^([^\S\n]*::[^,\n]*)", re.MULTILINE)
"""The first text of a line that GitHub takes for a command."""


def render(listing: Listing, terminal: Terminal) -> str:
    """Return a list as comma-separated values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(listing.keys)
    for record in listing.records:
        writer.writerow([_value(record[key]) for key in listing.keys])
    # A text in quotation marks is no command; one that needed them has them.
    return _COMMAND.sub(r'"\1"', out.getvalue())


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
    r"""Return a text, after an apostrophe where a spreadsheet would read a formula.

    A text that begins with apostrophes gets one more, so that taking one off restores it. The same
    holds for the backslash in the mark of a command to a CI service, as in `#\#[`.
    """
    cleaned = cell_without_commands(clean(text))
    return f"'{cleaned}" if text.lstrip("'").startswith(_FORMULA) else cleaned
