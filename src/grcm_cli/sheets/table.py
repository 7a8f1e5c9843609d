"""The table of reports in a sheet: its headings, its rows, and what is wrong in each cell."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from grcm_cli.language.lexicon import lexicons_with
from grcm_cli.language.text import N_, _, clean, collapse, fold
from grcm_cli.reader.source import unseen

HEADINGS: Mapping[str, str] = {
    "mandate": N_("Reference"),
    "by": N_("Party"),
    "on": N_("Date"),
    "progress": N_("State"),
    "for": N_("Day of the occurrence"),
    "evidence": N_("Evidence"),
    "note": N_("Note"),
    "what": N_("What"),
    "deadline": N_("Deadline"),
    "today": N_("State today"),
}
"""Each column, with the heading that grcm itself writes above it."""


def heading_of(column: str) -> str:
    """Return the heading of a column in the reader's language."""
    return _(HEADINGS[column])


REPORTED = ("mandate", "by", "on", "progress", "for", "evidence", "note")
"""The columns of which an entry is made. The others only help the person who fills the sheet in."""
ERRORS = frozenset(
    (
        *("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"),
        *("#N/D", "#¡REF!", "#¡DIV/0!", "#¡VALOR!", "#¿NOMBRE?", "#¡NULO!", "#¡NUM!"),
    )
)
"""What a cell shows in the place of a value; a CSV has it in the language of its program."""
MANY_ROWS = 20_000
MANY_COLUMNS = 100
DELIMITERS = ",;\t"
_HEADINGS_WITHIN = 30
"""Rows at the top in which the headings are looked for, below a title and instructions."""


class UnreadableSheet(Exception):  # noqa: N818 - a fact about the file, no error of grcm
    """The file cannot be read; the translated message tells the user why and what to do."""


class CellProblem(NamedTuple):
    """In the place of a value: why a cell has none that can be read."""

    why: str


CellValue = str | date | CellProblem


class SheetRow(NamedTuple):
    """A row of a sheet as it lies in the file; an empty cell is an empty text."""

    number: int
    """As a spreadsheet program counts, from 1; of stdin, the line on which the row ends."""
    values: Sequence[CellValue]


class Sheet(NamedTuple):
    """All rows of a sheet."""

    name: str
    """Of a workbook's sheet; empty for CSV."""
    rows: Sequence[SheetRow]


class ReportRow(NamedTuple):
    """A row below the headings with at least one filled cell of a known column."""

    number: int
    cells: Mapping[str, str | date]
    """The filled cells by the names of HEADINGS."""


class SheetProblem(NamedTuple):
    """What is wrong in a row, or in one cell of it."""

    number: int
    column: str | None
    """The name of a column of HEADINGS; None for the row as a whole."""
    why: str


class ReportTable(NamedTuple):
    """The rows of a sheet below its headings, without those that are empty."""

    source: str
    """The file as shown to the user, or `stdin`."""
    letters: Mapping[str, str]
    """Of each column that is read, by the names of HEADINGS: `C`."""
    names: Mapping[str, str]
    """The heading of each of these columns as the sheet has it."""
    rows: Sequence[ReportRow]
    unread: Sequence[str]
    """The headings of columns that are not read."""
    problems: Sequence[SheetProblem]

    def place(self, number: int, column: str | None) -> str:
        """Return where a cell is, for a message: `reply.xlsx, C7 (State)`; of stdin, its line."""
        letters = self.letters.get(column or "")
        if letters is None or self.source == STDIN:
            return _row_place(self.source, number)
        return f"{self.source}, {letters}{number} ({self.names[column or '']})"


STDIN = "stdin"


def build_table(sheet: Sheet, source: str, *, refuse_extra: bool) -> ReportTable:
    """Return the table of a sheet. `refuse_extra`: a filled cell beyond the headings is a problem.

    Raises UnreadableSheet where the headings are not those of a table of reports.
    """
    place = _heading_place(sheet)
    if place is None:
        raise UnreadableSheet(_("it is empty: it needs a row of headings"))
    head = sheet.rows[place]
    found = columns_of(head.values)
    _check_headings(found, head)
    letters = {name: letter(column) for column, name in found.items()}
    names = {name: _heading(head.values[column]) for column, name in found.items()}
    unread = [
        _heading(value)
        for column, value in enumerate(head.values)
        if value and column not in found and not known_heading(value)
    ]
    table = ReportTable(source, letters, names, [], unread, [])
    rows: list[ReportRow] = []
    problems: list[SheetProblem] = []
    width = max((column for column, value in enumerate(head.values) if value), default=-1) + 1
    for row in sheet.rows[place + 1 :]:
        if refuse_extra and (why := _row_problem(row, width)):
            problems.append(SheetProblem(row.number, None, why))
        own = {name: row.values[at] for at, name in found.items() if at < len(row.values)}
        own = {name: _checked(cell) for name, cell in own.items()}
        wrong = {name: cell.why for name, cell in own.items() if isinstance(cell, CellProblem)}
        problems += [SheetProblem(row.number, name, why) for name, why in wrong.items()]
        cells = {n: c for n, c in own.items() if c and not isinstance(c, CellProblem)}
        if any(name in REPORTED for name in cells):
            rows.append(ReportRow(row.number, cells))
    return table._replace(rows=rows, problems=problems)


def _row_problem(row: SheetRow, width: int) -> str:
    """Return what is wrong with the cells of a row of CSV; empty if nothing is."""
    if any(row.values[width:]):
        return _("more cells than headings; a text with a comma or semicolon stands in quotes")
    first = row.values[0] if row.values else ""
    if isinstance(first, str) and width > 2 and not any(row.values[1:]):
        marks = max(first.count(mark) for mark in DELIMITERS)
        if marks >= width - 1:
            return _("its cells are not parted as the headings are; write it as the other rows")
    return ""


def _checked(cell: CellValue) -> CellValue:
    """Return a cell, or in its place what is wrong in its characters."""
    if not isinstance(cell, str) or not cell:
        return cell
    if cell in ERRORS:
        return error_shown(cell)
    if code := unseen(collapse(cell)):
        message = _("the character {code} is not to be seen; delete it, or write the cell anew")
        return CellProblem(message.format(code=code))
    return cell


def error_shown(value: str) -> CellProblem:
    """Return the problem of a cell that shows an error, such as #REF!."""
    message = _("the cell shows {value}; write the value itself")
    return CellProblem(message.format(value=value))


def _row_place(source: str, number: int) -> str:
    if source == STDIN:
        return f"{STDIN}:{number}"
    row = _("row {number}").format(number=number)
    return f"{source}, {row}"


def _heading_place(sheet: Sheet) -> int | None:
    """Return the place of the row of headings: the first of two known ones, else the first row."""
    filled = [place for place, row in enumerate(sheet.rows) if any(row.values)]
    for place in filled[:_HEADINGS_WITHIN]:
        if is_heading_row(sheet.rows[place].values):
            return place
    return filled[0] if filled else None


def is_heading_row(values: Sequence[CellValue]) -> bool:
    """Tell whether a row has the heading of a reference and one more that is known."""
    found = columns_of(values)
    return "mandate" in found.values() and sum(1 for value in values if known_heading(value)) > 1


def _check_headings(found: Mapping[int, str], head: SheetRow) -> None:
    names = list(found.values())
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        both = [_heading(head.values[place]) for place, name in found.items() if name == twice]
        message = _("row {number}: two columns are called {name}: {headings}; delete one of them")
        name, headings = heading_of(twice), ", ".join(both)
        raise UnreadableSheet(message.format(number=head.number, name=name, headings=headings))
    if "mandate" not in names:
        message = _("row {number}: there is no column {name}; the headings are: {headings}")
        words = ", ".join(_heading(value) for value in head.values if value) or "–"
        name = heading_of("mandate")
        raise UnreadableSheet(message.format(number=head.number, name=name, headings=words))


def _heading(value: CellValue) -> str:
    return clean(collapse(value)) if isinstance(value, str) else clean(str(value))


def columns_of(values: Sequence[CellValue]) -> dict[int, str]:
    """Return the place of each known heading in a row, with the name of its column.

    A word such as "Acuerdo" is the reference only where no other heading is. One that stands twice
    is found twice.
    """
    words = [fold(value) if isinstance(value, str) else "" for value in values]
    found = {place: _first()[word] for place, word in enumerate(words) if word in _first()}
    for place, word in enumerate(words):
        name = _second().get(word)
        at = next((at for at, other in found.items() if other == name), None)
        if name is not None and (at is None or words[at] == word):
            found[place] = name
    return found


def known_heading(value: CellValue) -> bool:
    """Tell whether a heading is in one of the lists."""
    return isinstance(value, str) and (fold(value) in _first() or fold(value) in _second())


@cache
def _first() -> Mapping[str, str]:
    return words_of("sheet.headings")


@cache
def _second() -> Mapping[str, str]:
    return words_of("sheet.headings_without_another")


@cache
def _states() -> Mapping[str, str]:
    return words_of("sheet.states")


def state_named(text: str) -> str | None:
    """Return what a cell of the progress says: a state, `unknown` for no report, None otherwise."""
    return _states().get(fold(text))


def words_of(key: str) -> dict[str, str]:
    """Return a table of lists of words, in all languages, as folded word → name."""
    return {
        fold(word): name
        for one in lexicons_with(key)
        for name, words in one.values[key].items()
        for word in words
    }


def letter(column: int) -> str:
    """Return the letters of a column counted from 0: `A`, `Z`, `AA`."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
