"""A table in a sheet: its kind, its headings, its rows, and what is wrong in each cell."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from grcm_cli.domain.findings import RowProblem
from grcm_cli.language.text import _, clean, collapse, fold, ngettext
from grcm_cli.reader.source import unseen
from grcm_cli.sheets.cells import one_state
from grcm_cli.sheets.headings import REPORTS, STATE_DAYS, TableKind, filled_cells, kind_of

ERRORS = {
    *("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"),
    *("#N/D", "#¡REF!", "#¡DIV/0!", "#¡VALOR!", "#¿NOMBRE?", "#¡NULO!", "#¡NUM!"),
}
"""What a cell shows in the place of a value; a CSV has it in the language of its program."""
MANY_ROWS = 20_000
MANY_COLUMNS = 100
MOST_CHARACTERS = 32_767  # of a cell, as in a spreadsheet program
DELIMITERS = ",;\t"
TOP_ROWS = 30
"""Rows at the top in which the headings are looked for, below a title and instructions."""
STDIN = "stdin"


class UnreadableSheet(Exception):  # noqa: N818 - a fact about the file, no error of grcm
    """The file cannot be read; the translated message tells the user why and what to do."""


class WrongHeadings(UnreadableSheet):
    """The headings are not those of the table."""


class CellProblem(NamedTuple):
    """In the place of a value: why a cell has none that can be read."""

    why: str


CellValue = str | date | CellProblem
MergedCells = tuple[int, int, int]
"""The column, from 0, and the first and last row of cells that a program shows as one."""


def cell_text(text: str) -> str | CellProblem:
    """Return the text of a cell: its lines with single spaces, without the empty ones."""
    if len(text) > MOST_CHARACTERS:
        message = _("the cell has more than {count} characters: shorten it")
        return CellProblem(message.format(count=MOST_CHARACTERS))
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def too_wide(cell: str) -> str:
    """Return why a sheet is not read that has a filled cell, `CX7`, beyond the last column."""
    message = _("{cell} has a value, but no more than {count} columns are read; delete it")
    return message.format(cell=cell, count=MANY_COLUMNS)


class SheetRow(NamedTuple):
    """A row of a sheet as it lies in the file; an empty cell is an empty text."""

    number: int  # as a spreadsheet program counts, from 1; of stdin, the line on which the row ends
    values: Sequence[CellValue]


class Sheet(NamedTuple):
    """All rows of a sheet."""

    name: str  # of a workbook's sheet; empty for CSV
    rows: Sequence[SheetRow]
    merged: Sequence[MergedCells] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()  # from 0
    fault: str = ""  # why the sheet is not read; empty for one that is
    comments: Sequence[str] = ()  # the cells that have a comment, which is not read: `B7`
    is_hidden: bool = False


class FilledRow(NamedTuple):
    """A row below the headings with its filled cells, at least one, by the names of columns."""

    number: int
    cells: Mapping[str, str | date]
    state: str = "progress"  # the column of its state, of which there may be several


class SheetTable(NamedTuple):
    """The rows of a sheet below its headings, without those that are empty."""

    source: str  # the file as shown to the user, or `stdin`
    letters: Mapping[str, str]  # of each column that is known, by its name: `C`
    names: Mapping[str, str]  # the heading of each of these columns as the sheet has it
    rows: Sequence[FilledRow]
    problems: Sequence[RowProblem]
    unread: Mapping[str, Sequence[CellValue]]
    """The filled cells of each column that is not read, by its heading."""
    headless: Sequence[str]  # the letters of columns with filled cells and without a heading
    hidden: Sequence[str]
    """The rows and columns that a program does not show, and that are read: `row 7`, `column C`."""
    comments: Sequence[str]

    def place(self, number: int, column: str | None) -> str:
        """Return where a cell is, for a message: `reply.xlsx, C7 (State)`; of stdin, its line."""
        if self.source == STDIN:
            return f"{STDIN}:{number}"
        place = _("row {number}").format(number=number)
        if column == "on":  # of a state, in whichever column
            column = next((name for name in STATE_DAYS if name in self.letters), column)
        if column == "progress":
            column = next((row.state for row in self.rows if row.number == number), column)
        if column is not None and column in self.letters:
            place = f"{self.letters[column]}{number} ({self.names[column]})"
        return f"{self.source}, {place}"


def build_table(sheet: Sheet, source: str, kind: TableKind) -> SheetTable:
    """Return the table of a sheet. In reports as CSV, a cell beyond the headings is a problem.

    A merged cell counts in each of its rows. Raises UnreadableSheet where the headings are not
    those of a table of that kind.
    """
    if sheet.fault:
        raise UnreadableSheet(sheet.fault)
    filled = [place for place, row in enumerate(sheet.rows) if any(row.values)]
    if not filled:
        raise UnreadableSheet(_("it is empty: it needs a row of headings"))
    near = filled[:TOP_ROWS]
    counts = {at: len(kind.columns_of(sheet.rows[at].values)) for at in near}
    heads = [at for at in near if kind.is_heading_row(sheet.rows[at].values)] or near
    place = max(heads, key=lambda at: counts[at])  # below a title, or a row of groups of columns
    place = place if counts[place] > 1 else filled[0]
    head, below = sheet.rows[place], sheet.rows[place + 1 :]
    values = [row.values for row in below]
    columns = kind.columns_of(head.values, values)
    _check_headings(columns, head, kind)
    headings = {column: heading_text(value) for column, value in enumerate(head.values) if value}
    others = ((place, heading) for place, heading in headings.items() if place not in columns)
    unread = {heading: filled_cells(values, place) for place, heading in others}
    used = {column for row in values for column, value in enumerate(row) if value}
    refuses_extra = kind.name == REPORTS.name and not sheet.name
    rows: list[FilledRow] = []
    problems: list[RowProblem] = []
    for row in _with_merged(below, sheet.merged):
        if refuses_extra and (why := _row_problem(row, max(headings, default=-1) + 1)):
            problems.append(RowProblem(row.number, None, why))
        cells: dict[str, str | date] = {}
        for at, name in columns.items():
            cell = _checked(row.values[at]) if at < len(row.values) else ""
            if isinstance(cell, CellProblem):
                problems.append(RowProblem(row.number, name, cell.why))
            elif cell and not (kind_of(name) == "progress" and fold(str(cell)) in kind.computed):
                cells[name] = cell
        if any(kind_of(name) in kind.read for name in cells):
            rows.append(_filled(row.number, cells))
    letters = {name: letter(column) for column, name in columns.items()}
    names = {name: headings[column] for column, name in columns.items()}
    headless = [letter(column) for column in sorted(used - headings.keys())]
    hidden = _hidden_places(sheet, [row.number for row in rows], columns)
    return SheetTable(
        source, letters, names, rows, problems, unread, headless, hidden, sheet.comments
    )


def _filled(number: int, cells: dict[str, str | date]) -> FilledRow:
    """Return a row with one cell for its state; with each of them where they contradict."""
    states = [name for name in cells if kind_of(name) == "progress"]
    state = one_state([str(cells[name]) for name in states]) if states else None
    if state is None or states == ["progress"]:
        return FilledRow(number, cells)
    others = {name: cell for name, cell in cells.items() if name not in states}
    return FilledRow(number, {**others, "progress": state}, states[0])


def _hidden_places(sheet: Sheet, rows: Sequence[int], columns: Container[int]) -> list[str]:
    """Return the rows and columns among those that are read that a program does not show."""
    hidden = set(sheet.hidden_rows).intersection(rows)
    row_words = ngettext("row {numbers}", "rows {numbers}", len(hidden))
    names = [letter(column) for column in dict.fromkeys(sheet.hidden_columns) if column in columns]
    return [
        *([row_words.format(numbers=row_ranges(hidden))] if hidden else []),
        *(_("column {name}").format(name=name) for name in names),
    ]


def row_ranges(numbers: Iterable[int]) -> str:
    """Return the numbers of rows, those that follow each other as one: `2–9, 12`."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)


def _row_problem(row: SheetRow, width: int) -> str:
    """Return the problem with the cells of a row of CSV; empty without one."""
    if any(row.values[width:]):
        return _("more cells than headings; put text with a comma or semicolon in quotes")
    first = row.values[0] if row.values else ""
    marks = max(map(first.count, DELIMITERS)) if isinstance(first, str) else 0
    if marks >= width - 1 > 1 and not any(row.values[1:]):
        return _("its cells are not separated as the headings are; write it like the other rows")
    return ""


def _checked(cell: CellValue) -> CellValue:
    """Return a cell, or the problem with its characters."""
    if not isinstance(cell, str) or not cell:
        return cell
    if cell in ERRORS:
        return CellProblem(_("the cell shows {value}; write the value itself").format(value=cell))
    if code := unseen(collapse(cell)):
        message = _("the character {code} is invisible; delete it, or rewrite the cell")
        return CellProblem(message.format(code=code))
    return cell


def _with_merged(rows: Sequence[SheetRow], merged: Sequence[MergedCells]) -> Sequence[SheetRow]:
    """Return the rows, with the value of a merged cell in each row that it covers."""
    by_number = {row.number: list(row.values) for row in rows}
    taken: dict[int, int] = {}
    for column, first, last in sorted(merged, key=itemgetter(0, 1)):
        values = by_number.get(first, [])
        if column >= len(values) or first <= taken.get(column, 0):
            continue  # no program merges a cell twice
        taken[column] = last
        for number in range(first + 1, min(last, rows[-1].number) + 1):
            if number in by_number:
                row_values = by_number[number]
                row_values += [""] * (column + 1 - len(row_values))
                row_values[column] = values[column]
    return [SheetRow(number, values) for number, values in by_number.items()]


def _check_headings(columns: Mapping[int, str], head: SheetRow, kind: TableKind) -> None:
    """Raise WrongHeadings for a column that is there twice, or where none is of the kind."""
    message, names, values = "", list(columns.values()), [value for value in head.values if value]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        message = _("row {number}: two columns are called {name}: {headings}; delete one of them")
        values = [head.values[place] for place, name in columns.items() if name == twice]
    elif not set(names) & set(kind.needed):
        message = _("row {number}: there is no column {name}; the headings are: {headings}")
    if message:
        name = _(" or ").join(map(kind.heading_of, [twice] if twice else kind.needed))
        headings = ", ".join(map(heading_text, values)) or "–"
        raise WrongHeadings(message.format(number=head.number, name=name, headings=headings))


def heading_text(value: CellValue) -> str:
    """Return a heading on one line, as people read it."""
    return clean(collapse(str(value)))


def letter(column: int) -> str:
    """Return the letters of a column counted from 0: `A`, `Z`, `AA`."""
    letters = ""
    number = column + 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
