"""The format `csv` (RFC 4180): a line of keys, then one record a line, safe in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from grcm_cli.formats.listing import Listing, cell_text, problem_rows
from grcm_cli.formats.record import record_fields
from grcm_cli.language.ci_commands import cell_without_commands
from grcm_cli.language.text import clean

# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_COMMAND = re.compile(r"^([^\S\n]*::[^,\n]*)", re.MULTILINE)
"""The first text of a line that GitHub takes for a command."""


def render(listing: Listing) -> str:
    """Return a list as comma-separated values, its columns on the first line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = listing.csv
    if listing.csv_row is not None:
        rows: Iterable[Sequence[object]] = map(listing.csv_row, listing.items)
    else:
        every = record_fields(listing.record_type(), of_several=bool(listing.sources))
        fields = [field for field in every if field.is_cell]
        columns = tuple(field.key for field in fields)
        get = attrgetter(*[field.name for field in fields])
        rows = (get(listing.record(item)) for item in listing.items)
    writer.writerow(columns)
    for row in chain(rows, problem_rows(listing.problems, len(columns))):
        writer.writerow([_value(value) for value in row])
    # A text in quotation marks is no command; one that needed them has them.
    return _COMMAND.sub(r'"\1"', out.getvalue())


def _value(value: object) -> object:
    if type(value) is str:  # as most
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, int) else _text(cell_text(value))


@lru_cache(maxsize=1024)  # most cells of a list say what others say: it takes half the time
def _text(text: str) -> str:
    r"""Return a text, after an apostrophe where a spreadsheet would read a formula.

    Apostrophes and spaces before the sign do not count, since a spreadsheet may drop them. Taking
    one apostrophe off such a text restores it; so does one backslash, of the mark of a command to
    a CI service, as in `#\#[`.
    """
    cleaned = cell_without_commands(clean(text))
    return f"'{cleaned}" if text.lstrip("' ").startswith(_FORMULA) else cleaned


def restored(cell: str) -> str:
    """Return the text of a cell that `_text` wrote."""
    is_marked = cell.startswith("'") and cell.lstrip("' ").startswith(_FORMULA)
    return re.sub(r"#\\(?=\\*#(?:vso)?\[)", "#", cell[is_marked:])
