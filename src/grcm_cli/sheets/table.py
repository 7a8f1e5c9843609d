"""A table in a sheet: its kind, its headings, its rows, and what is wrong in each cell."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from grcm_cli.language.lexicon import is_no_deadline, lexicons_with
from grcm_cli.language.text import N_, _, clean, collapse, fold, ngettext
from grcm_cli.reader.source import unseen


def kind_of(column: str) -> str:
    """Return the kind of a column of which there may be several: `note` for `note2`."""
    return column.rstrip("0123456789")


class TableKind(NamedTuple):
    """A kind of table that is read: its columns, and the words that people write above them."""

    name: str
    """Of its words in the lexicon: `sheet` stands for `sheet.headings`."""
    headings: Mapping[str, str]
    """Each column, with the heading that grcm itself writes above it."""
    needed: tuple[str, ...]
    """The columns of which the table has at least one."""
    read: tuple[str, ...]
    """The columns of which something is made; the others only help the person who fills it in."""
    several: tuple[str, ...] = ()
    """The columns of which there may be more than one: the second `note` is called `note2`."""
    fits: Callable[[str, Sequence["CellValue"]], bool] = lambda _column, _cells: True
    """Tells whether cells may be of a column, where a heading has several meanings."""
    mapped: Mapping[str, str] = {}
    """What somebody says of a heading, folded: its column, or an empty text to leave it out."""

    def heading_of(self, column: str) -> str:
        """Return the heading of a column in the reader's language."""
        return _(self.headings[kind_of(column)])

    def columns_of(
        self, values: Sequence["CellValue"], below: Sequence["SheetRow"] = ()
    ) -> dict[int, str]:
        """Return the place of each known heading in a row, with the name of its column.

        A word such as "Acuerdo" stands for a column only where no other heading does; of its
        meanings, the first counts that the cells below it fit. One that is there twice is found
        twice.
        """
        words = [value if isinstance(value, str) else "" for value in values]
        first = words_of(f"{self.name}.headings")
        found = {
            place: name
            for place, word in enumerate(words)
            if (name := self.mapped.get(fold(word), first.get(_plain(word, self.name))))
        }
        chosen: dict[str, str] = {}
        for place, word in enumerate(words):
            if place in found or fold(word) in self.mapped:
                continue
            if fold(word) in chosen:
                found[place] = chosen[fold(word)]
                continue
            cells = [row.values[place] for row in below if place < len(row.values)]
            free = [name for name in self.meanings(word) if name not in found.values()]
            if name := next((name for name in free if self.fits(name, cells)), ""):
                found[place] = chosen[fold(word)] = name
        counts: Counter[str] = Counter()
        for place, name in sorted(found.items()):
            counts[name] += 1
            if counts[name] > 1 and name in self.several:
                found[place] = f"{name}{counts[name]}"
        return dict(sorted(found.items()))

    def meanings(self, heading: str) -> list[str]:
        """Return the columns that a word of several meanings may stand for; none for another."""
        return list(_second(self.name).get(_plain(heading, self.name), ()))

    def knows(self, value: "CellValue") -> bool:
        """Tell whether a heading is in one of the lists."""
        if not isinstance(value, str):
            return False
        word = _plain(value, self.name)
        return fold(value) in self.mapped or word in _all_headings(self.name)

    def is_heading_row(self, values: Sequence["CellValue"]) -> bool:
        """Tell whether a row has the heading of a needed column and one more that is known."""
        found = set(self.columns_of(values).values())
        is_needed = not found.isdisjoint(self.needed)
        return is_needed and sum(1 for value in values if self.knows(value)) > 1


REPORTS = TableKind(
    "sheet",
    {
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
    },
    needed=("mandate",),
    read=("mandate", "by", "on", "progress", "for", "evidence", "note"),
)
"""The table of reports that a party sends back."""
ERRORS = frozenset(
    (
        *("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"),
        *("#N/D", "#¡REF!", "#¡DIV/0!", "#¡VALOR!", "#¿NOMBRE?", "#¡NULO!", "#¡NUM!"),
    )
)
"""What a cell shows in the place of a value; a CSV has it in the language of its program."""
MANY_ROWS = 20_000
MANY_COLUMNS = 100
MOST_CHARACTERS = 32_767
"""Of a cell, as in a spreadsheet program."""
DELIMITERS = ",;\t"
_HEADINGS_WITHIN = 30
"""Rows at the top in which the headings are looked for, below a title and instructions."""


class UnreadableSheet(Exception):  # noqa: N818 - a fact about the file, no error of grcm
    """The file cannot be read; the translated message tells the user why and what to do."""


class WrongHeadings(UnreadableSheet):
    """The headings are not those of the table."""


class CellProblem(NamedTuple):
    """In the place of a value: why a cell has none that can be read."""

    why: str


CellValue = str | date | CellProblem


def cell_text(text: str) -> str | CellProblem:
    """Return the text of a cell: its lines with single spaces, without the empty ones."""
    if len(text) > MOST_CHARACTERS:
        message = _("the cell has more than {count} characters: shorten it")
        return CellProblem(message.format(count=MOST_CHARACTERS))
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def too_wide(cell: str) -> str:
    """Return why a sheet is not read that has a filled cell, `CX7`, beyond the last column."""
    message = _("{cell} has a value: more than {count} columns are not read; delete it")
    return message.format(cell=cell, count=MANY_COLUMNS)


class SheetRow(NamedTuple):
    """A row of a sheet as it lies in the file; an empty cell is an empty text."""

    number: int
    """As a spreadsheet program counts, from 1; of stdin, the line on which the row ends."""
    values: Sequence[CellValue]


class MergedCells(NamedTuple):
    """Cells that a program shows as one, with the value of the first; the column is from 0."""

    first_row: int
    last_row: int
    column: int


class Sheet(NamedTuple):
    """All rows of a sheet."""

    name: str
    """Of a workbook's sheet; empty for CSV."""
    rows: Sequence[SheetRow]
    merged: Sequence[MergedCells] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    """From 0."""
    fault: str = ""
    """Why the sheet is not read; empty for one that is."""


class FilledRow(NamedTuple):
    """A row below the headings with at least one filled cell of a known column."""

    number: int
    cells: Mapping[str, str | date]
    """The filled cells by the names of the columns."""


class SheetProblem(NamedTuple):
    """What is wrong in a row, or in one cell of it."""

    number: int
    column: str | None
    """The name of a column; None for the row as a whole."""
    why: str


class SheetTable(NamedTuple):
    """The rows of a sheet below its headings, without those that are empty."""

    source: str
    """The file as shown to the user, or `stdin`."""
    letters: Mapping[str, str]
    """Of each column that is known, by its name: `C`."""
    names: Mapping[str, str]
    """The heading of each of these columns as the sheet has it."""
    rows: Sequence[FilledRow]
    unread: Sequence[str]
    """The headings of columns that are not read."""
    problems: Sequence[SheetProblem]
    ignored: Sequence[str] = ()
    """The headings that somebody leaves out knowingly."""
    unread_cells: Mapping[str, Sequence[CellValue]] = {}
    """The filled cells of each column that is not read, by its heading."""
    headless: Sequence[str] = ()
    """The letters of columns with filled cells and without a heading."""
    hidden: Sequence[str] = ()
    """The rows and columns that a program does not show, and that are read: `row 7`, `column C`."""

    def place(self, number: int, column: str | None) -> str:
        """Return where a cell is, for a message: `reply.xlsx, C7 (State)`; of stdin, its line."""
        letters = self.letters.get(column or "")
        if self.source == STDIN:
            return f"{STDIN}:{number}"
        if letters is None:
            row = _("row {number}").format(number=number)
            return f"{self.source}, {row}"
        return f"{self.source}, {letters}{number} ({self.names[column or '']})"


STDIN = "stdin"


def build_table(sheet: Sheet, source: str, kind: TableKind, *, refuse_extra: bool) -> SheetTable:
    """Return the table of a sheet. `refuse_extra`: a filled cell beyond the headings is a problem.

    A merged cell counts in each of its rows. Raises UnreadableSheet where the headings are not
    those of a table of that kind.
    """
    if sheet.fault:
        raise UnreadableSheet(sheet.fault)
    filled = [place for place, row in enumerate(sheet.rows) if any(row.values)]
    if not filled:
        raise UnreadableSheet(_("it is empty: it needs a row of headings"))
    near = filled[:_HEADINGS_WITHIN]
    place = next((at for at in near if kind.is_heading_row(sheet.rows[at].values)), filled[0])
    head, below = sheet.rows[place], sheet.rows[place + 1 :]
    found = kind.columns_of(head.values, below)
    _check_headings(found, head, kind)
    unread = {
        heading_text(value): [row.values[column] for row in below if any(row.values[column:][:1])]
        for column, value in enumerate(head.values)
        if value and column not in found and kind.mapped.get(fold(heading_text(value)), "–")
    }
    with_heading = {column for column, value in enumerate(head.values) if value}
    width = max(with_heading, default=-1) + 1
    used = {column for row in below for column, value in enumerate(row.values) if value}
    rows: list[FilledRow] = []
    problems: list[SheetProblem] = []
    for row in _with_merged(below, sheet.merged):
        if refuse_extra and (why := _row_problem(row, width)):
            problems.append(SheetProblem(row.number, None, why))
        own = {name: _checked(row.values[at]) for at, name in found.items() if at < len(row.values)}
        cells: dict[str, str | date] = {}
        for name, cell in own.items():
            if isinstance(cell, CellProblem):
                problems.append(SheetProblem(row.number, name, cell.why))
            elif cell:
                cells[name] = cell
        if any(kind_of(name) in kind.read for name in cells):
            rows.append(FilledRow(row.number, cells))
    return SheetTable(
        source,
        letters={name: letter(column) for column, name in found.items()},
        names={name: heading_text(head.values[column]) for column, name in found.items()},
        rows=rows,
        unread=list(unread),
        problems=problems,
        ignored=[
            text for text in map(heading_text, head.values) if not kind.mapped.get(fold(text), text)
        ],
        unread_cells=unread,
        headless=[letter(column) for column in sorted(used - with_heading)],
        hidden=_hidden_places(sheet, [row.number for row in rows], found),
    )


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
        message = _("the cell shows {value}; write the value itself")
        return CellProblem(message.format(value=cell))
    if code := unseen(collapse(cell)):
        message = _("the character {code} is not to be seen; delete it, or write the cell anew")
        return CellProblem(message.format(code=code))
    return cell


def _with_merged(rows: Sequence[SheetRow], merged: Sequence[MergedCells]) -> Sequence[SheetRow]:
    """Return rows in which each row of a merged cell has its value, unless it is empty else."""
    if not merged:
        return rows
    by_number = {row.number: row for row in rows}
    taken: dict[int, int] = {}
    for one in sorted(merged, key=lambda cells: (cells.column, cells.first_row)):
        first = by_number.get(one.first_row)
        if first is None or one.column >= len(first.values):
            continue
        if one.first_row <= taken.get(one.column, 0):
            continue  # no program merges a cell twice
        taken[one.column] = one.last_row
        for number in range(one.first_row + 1, min(one.last_row, rows[-1].number) + 1):
            if number in by_number:
                values = list(by_number[number].values)
                values += [""] * (one.column + 1 - len(values))
                values[one.column] = first.values[one.column]
                by_number[number] = SheetRow(number, values)
    return list(by_number.values())


def _check_headings(found: Mapping[int, str], head: SheetRow, kind: TableKind) -> None:
    names = list(found.values())
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        both = [heading_text(head.values[place]) for place, name in found.items() if name == twice]
        message = _("row {number}: two columns are called {name}: {headings}; delete one of them")
        name, headings = kind.heading_of(twice), ", ".join(both)
        raise WrongHeadings(message.format(number=head.number, name=name, headings=headings))
    if not set(names) & set(kind.needed):
        message = _("row {number}: there is no column {name}; the headings are: {headings}")
        words = ", ".join(heading_text(value) for value in head.values if value) or "–"
        name = kind.heading_of(kind.needed[0])
        raise WrongHeadings(message.format(number=head.number, name=name, headings=words))


def heading_text(value: CellValue) -> str:
    """Return a heading on one line, as people read it."""
    return clean(collapse(str(value)))


_BRACKETS = re.compile(r"\([^()]*\)")
_SIGNS = str.maketrans("", "", ":*#°º")


def _plain(heading: str, name: str) -> str:
    """Return a heading as the lists have it: *Responsable(s):* and *Responsable / País* too."""
    folded, listed = fold(heading), _all_headings(name)
    if not folded or folded in listed:
        return folded
    bare = fold(_BRACKETS.sub("", heading).translate(_SIGNS))
    parts = [part for part in bare.split("/") if part]
    meanings = [listed.get(part) for part in parts]
    return parts[0] if len(parts) > 1 and len(set(meanings)) == 1 and meanings[0] else bare


@cache
def _all_headings(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words for headings of a kind of table, folded, each with what it may mean."""
    return {
        **_second(name),
        **{word: (column,) for word, column in words_of(f"{name}.headings").items()},
    }


@cache
def _second(name: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    key = f"{name}.headings_without_another"
    for lexicon in lexicons_with(key):
        for column, words in lexicon.values[key].items():
            for word in words:
                found.setdefault(fold(word), {})[column] = None
    return {word: tuple(columns) for word, columns in found.items()}


def state_named(text: str) -> str | None:
    """Return what a cell of the progress says: a state, `unknown` for no report, None otherwise."""
    return words_of("sheet.states").get(fold(text))


@cache
def words_of(key: str) -> Mapping[str, str]:
    """Return a table of lists of words, in all languages, as folded word → name."""
    return {
        fold(word): name
        for lexicon in lexicons_with(key)
        for name, words in lexicon.values[key].items()
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


# --- the tracker ----------------------------------------------------------------------------------

_HEADINGS = {
    "meeting": N_("Meeting"),
    "body": N_("Body"),
    "start": N_("Start date"),
    "end": N_("End date"),
    "place": N_("Place"),
    "title": N_("Title of the meeting"),
    "number": N_("Number"),
    "text": N_("Text"),
    "action": N_("Action"),
    "responsible": N_("Responsible"),
    "support": N_("Support"),
    "due": N_("Deadline"),
    "progress": N_("State"),
    "on": N_("State date"),
    "evidence": N_("Evidence"),
    "note": N_("Note"),
}
MEETING_COLUMNS = ("meeting", "body", "start", "end", "place", "title")
"""What a row says of its meeting; empty cells in the rows below mean the same."""
DAY_COLUMNS = ("start", "end", "due", "on")
_NUMBER = re.compile(r"(?:\w{1,14}[.\s]*)?(?:n[.o]?[º°o]?\.?\s*)?[0-9A-Z][0-9A-Za-z./-]{0,9}[.)]?")
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,][0-9]+)?\s*%")


def _fits(column: str, cells: Sequence[CellValue]) -> bool:
    """Tell whether cells may be numbers of decisions, or may be their texts."""
    filled = [cell for cell in cells if cell]
    if column not in ("number", "text") or not filled:
        return True
    texts = [" ".join(cell.split()) for cell in filled if isinstance(cell, str)]
    short = [text for text in texts if len(text) <= 24 and _NUMBER.fullmatch(text)]
    numbers = sum(any(map(str.isdecimal, text)) for text in short)
    return (2 * numbers > len(filled)) is (column == "number")


TRACKER = TableKind(
    "tracker", _HEADINGS, ("text", "action"), tuple(_HEADINGS), ("note", "evidence"), _fits
)
"""The tracker of a secretariat."""


def column_named(word: str) -> str | None:
    """Return the column that a word means: its name, or a heading that stands for it alone."""
    if word in _HEADINGS:
        return word
    return words_of("tracker.headings").get(fold(word))


def tracker_state(text: str) -> str | None:
    """Return what a cell says of the state: as `state_named`, and percentages."""
    if match := _PERCENT.fullmatch(text.strip()):
        share = int(match[1])
        return "done" if share == 100 else "started" if share else "unknown"
    return words_of("tracker.states").get(fold(text)) or state_named(text)


def says_nothing(text: str, column: str) -> bool:
    """Tell whether a cell only says that there is nothing: `–`, `n/a`; no deadline: `pendiente`."""
    return fold(text) in _nothing() or (column == "due" and is_no_deadline(text))


@cache
def _nothing() -> frozenset[str]:
    key = "tracker.nothing.words"
    return frozenset(fold(word) for one in lexicons_with(key) for word in one.values[key])
