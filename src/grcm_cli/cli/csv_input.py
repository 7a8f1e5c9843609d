"""Read a CSV table of progress entries, with headings in English or Spanish."""

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import dropwhile
from typing import NamedTuple

from grcm_cli.cli.errors import WrongUse
from grcm_cli.language.text import _, clean, fold

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "mandate": ("mandate", "ref", "reference", "mandato", "referencia"),
    "by": ("by", "party", "parte", "por"),
    "on": ("date", "on", "fecha"),
    "progress": ("progress", "avance"),
    "for": ("for", "occurrence", "vez"),
    "evidence": ("evidence", "evidencia"),
    "note": ("note", "nota"),
}
"""Each column with the headings that it may have."""
_LONGEST = 10_000_000
"""Characters of a cell; Python's own limit would be reported as a missing quotation mark."""
_BEFORE_HEADINGS = re.compile("(?:sep=.)?[,;\t]*")  # `sep=;` of a spreadsheet, or an empty line


class CsvRow(NamedTuple):
    """A row of the table."""

    line: int
    """The line of the file on which it ends, from 1."""
    cells: Mapping[str, str]
    """The cells that are not empty, by the names of COLUMNS."""


class CsvTable(NamedTuple):
    """The rows of a table, without those that are empty."""

    rows: list[CsvRow]
    unread: list[str]
    """The headings of columns that are not read."""
    columns: tuple[str, ...]
    """The columns that are read, by the names of COLUMNS."""


def read(data: bytes) -> CsvTable:
    """Return the rows of a CSV text. Raises WrongUse where it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUse(
            _("stdin is not UTF-8 text: in the spreadsheet, save as “CSV UTF-8”")
        ) from error
    if "\x00" in text:
        raise WrongUse(_("stdin is no CSV text: in the spreadsheet, save as “CSV UTF-8”"))
    lines_of_text = text.splitlines(keepends=True)
    table = list(dropwhile(lambda line: _BEFORE_HEADINGS.fullmatch(line.strip()), lines_of_text))
    skipped = len(lines_of_text) - len(table)
    head = "".join(table).partition("\n")[0]
    delimiter = max(",;\t", key=head.count)  # spreadsheets in Spanish write semicolons
    csv.field_size_limit(_LONGEST)
    lines = csv.reader(table, delimiter=delimiter, strict=True)
    try:
        heading = next(lines, None)
        if heading is None:
            raise WrongUse(_("stdin is empty: it needs a line of headings, as in mandate,date"))
        places, unread = _places(heading)
        rows = list(_rows(lines, places, len(heading), skipped))
    except csv.Error as error:
        message = _("stdin:{line}: no row of CSV: a quotation mark is missing, or one too many")
        raise WrongUse(message, line=lines.line_num + skipped) from error
    return CsvTable(rows, unread, tuple(places.values()))


def _places(heading: list[str]) -> tuple[dict[int, str], list[str]]:
    by_word = {word: name for name, words in COLUMNS.items() for word in words}
    places: dict[int, str] = {}
    unread = []
    for place, word in enumerate(heading):
        name = by_word.get(fold(word))
        if name is None:
            unread.append(clean(word.strip()))
        elif name in places.values():
            raise WrongUse(_("stdin:1: two columns are called {name}"), name=name)
        else:
            places[place] = name
    if "mandate" not in places.values():
        message = _("stdin:1: there is no column `mandate`; the headings are: {words}")
        raise WrongUse(message, words=", ".join(clean(word) for word in heading) or "–")
    return places, [word for word in unread if word]


def _rows(
    lines: Iterator[list[str]], places: Mapping[int, str], width: int, skipped: int
) -> Iterator[CsvRow]:
    for cells in lines:
        line = getattr(lines, "line_num", 0) + skipped
        if any(cell.strip() for cell in cells[width:]):
            message = _(
                "stdin:{line}: more cells than headings; a text with a comma stands in quotes"
            )
            raise WrongUse(message, line=line)
        row = {
            places[place]: cell.strip()
            for place, cell in enumerate(cells)
            if place in places and cell.strip()
        }
        if row:
            yield CsvRow(line, row)
