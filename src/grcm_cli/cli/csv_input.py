"""A focal point's spreadsheet, as CSV: rows of what is reported, headed in either language."""

import csv
import re
from collections.abc import Iterator, Mapping
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
"""The headings that are read, of each column."""


class Row(NamedTuple):
    """A row, with the line on which it ends; cells that are empty are left out."""

    line: int
    cells: Mapping[str, str]


class Sheet(NamedTuple):
    """The rows of a table, and the headings of columns that are not read."""

    rows: list[Row]
    unread: list[str]
    columns: tuple[str, ...]
    """The columns that are read."""


def read(data: bytes) -> Sheet:
    """Return the rows of a CSV text. Raises WrongUse where it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUse(
            _("stdin is not UTF-8 text: in the spreadsheet, save as “CSV UTF-8”")
        ) from error
    if "\x00" in text:
        raise WrongUse(_("stdin is no CSV text: in the spreadsheet, save as “CSV UTF-8”"))
    text, skipped = _begun(text)
    head = text.partition("\n")[0]
    csv.field_size_limit(_LONGEST)
    lines = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(head), strict=True)
    try:
        heading = next(lines, None)
        if heading is None:
            raise WrongUse(_("stdin is empty: it needs a line of headings, as in mandate,date"))
        places, unread = _places(heading)
        rows = list(_rows(lines, places, len(heading), skipped))
    except csv.Error as error:
        message = _("stdin:{line}: no row of CSV: a quotation mark is missing, or one too many")
        raise WrongUse(message.format(line=lines.line_num + skipped)) from error
    return Sheet(rows, unread, tuple(places.values()))


_LONGEST = 10_000_000
"""Characters of a cell; Python's own limit would call a longer one a missing quotation mark."""


def _begun(text: str) -> tuple[str, int]:
    """Return a table from its headings on, and how many lines stand before them.

    Spreadsheets write `sep=;` there, and people leave lines empty.
    """
    lines = text.splitlines(keepends=True)
    skipped = 0
    while skipped < len(lines) and _BEFORE.fullmatch(lines[skipped].strip()):
        skipped += 1
    return "".join(lines[skipped:]), skipped


_BEFORE = re.compile("(?:sep=.)?[,;\t]*")


def _delimiter(head: str) -> str:
    """Return what separates the columns: a comma, or what spreadsheets in Spanish write."""
    return max(",;\t", key=head.count)


def _places(heading: list[str]) -> tuple[dict[int, str], list[str]]:
    by_word = {word: name for name, words in COLUMNS.items() for word in words}
    places: dict[int, str] = {}
    unread = []
    for place, word in enumerate(heading):
        name = by_word.get(fold(word))
        if name is None:
            unread.append(clean(word.strip()))
        elif name in places.values():
            raise WrongUse(_("stdin:1: two columns are called {name}").format(name=name))
        else:
            places[place] = name
    if "mandate" not in places.values():
        message = _("stdin:1: there is no column `mandate`; the headings are: {words}")
        raise WrongUse(message.format(words=", ".join(clean(word) for word in heading) or "–"))
    return places, [word for word in unread if word]


def _rows(
    lines: Iterator[list[str]], places: Mapping[int, str], width: int, skipped: int
) -> Iterator[Row]:
    for cells in lines:
        line = getattr(lines, "line_num", 0) + skipped
        if any(cell.strip() for cell in cells[width:]):
            message = _(
                "stdin:{line}: more cells than headings; a text with a comma stands in quotes"
            )
            raise WrongUse(message.format(line=line))
        said = {
            places[place]: cell.strip()
            for place, cell in enumerate(cells)
            if place in places and cell.strip()
        }
        if said:
            yield Row(line, said)
