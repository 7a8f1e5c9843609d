"""The format `table`: columns in the width of the terminal; on a narrow one, a paragraph a row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

# Only the widths of characters: rich's own tables take many times as long for a row.
from rich.cells import cell_len, chop_cells

from grcm_cli.domain.findings import by_file
from grcm_cli.formats.listing import (
    Column,
    Listing,
    TableRow,
    Terminal,
    TextTable,
    incomplete_note,
)
from grcm_cli.language.text import clean, clean_lines

# Widths are in cells of a terminal: a Chinese character takes two, a combining accent none.
_ROOM = 18  # for running text; with less, a row reads better as a paragraph
_NARROWEST = 20
_GAP = 2
_GRID_GAP = 1
_LEAST = 2  # for a column of a grid
_MARGIN = "  "
# White space before the first word is its own; all other belongs to the word before it.
_WORD = re.compile(r"(?:\A\s+)?\S+\s*")
_ITEM = re.compile(r"(?:\A\s+)?\S+(?: \S+)*\s*")
"""A sign of a legend with its words, which stay together."""
_GAP_OF_ITEMS = "   "

Colours = Mapping[str, str]
"""The codes of ECMA-48 (SGR) for a heading and each emphasis."""
_COLOURS = {
    "heading": "1",
    "late": "1;31",
    "soon": "33",
    "done": "32",
    "declined": "36",
    "ended": "2",
    "unclear": "35",
}


def render(listing: Listing, terminal: Terminal) -> str:
    """Return a list as a table with title and notes; an empty text for an empty list."""
    return drawn(listing.table(), terminal, incomplete_note(by_file(listing.problems)))


def drawn(table: TextTable, terminal: Terminal, note: str = "") -> str:
    """Return a table as a text, with a note below it that stands without any rows too."""
    columns = [column._replace(heading=clean(column.heading)) for column in table.columns]
    rows = [TableRow(tuple(map(clean_lines, row.cells)), row.emphasis) for row in table.rows]
    notes = [*map(clean, table.notes)]
    cleaned = TextTable(clean(table.title), columns, rows, notes, table.keys)
    return "".join(f"{line}\n" for line in _lines(cleaned, terminal, clean(note)))


def _lines(table: TextTable, terminal: Terminal, note: str) -> Iterator[str]:
    width = max(_NARROWEST, terminal.width)
    notes = [*(table.notes if table.rows else ()), *([note] if note else ())]
    if table.rows:
        colours = _COLOURS if terminal.colour else {}
        for line in _wrapped(table.title, width):
            yield _coloured(line, colours.get("heading"))
        yield ""
        yield from _body(table, width, colours)
        if notes:
            yield ""
    for one in notes:
        yield from _wrapped(one, width)


def _body(table: TextTable, width: int, colours: Colours) -> Iterator[str]:
    columns = table.columns
    cells = zip([one.heading for one in columns], *(row.cells for row in table.rows), strict=True)
    # How wide each column is with no line broken.
    widths = [max(cell_len(line) for cell in own for line in cell.split("\n")) for own in cells]
    if table.keys:
        return _grids(table, widths, width, colours)
    takers = [i for i, column in enumerate(columns) if column.wide and column.most is None]
    for i, column in enumerate(columns):
        widths[i] = 0 if i in takers else min(widths[i], column.most or widths[i])
    left = width - sum(widths) - _GAP * (len(columns) - 1)
    share = left // max(1, len(takers))
    if share < (_ROOM if takers else 0):
        return _paragraphs(columns, table.rows, width, colours)
    for i in takers:
        widths[i] = share
    return _column_lines(columns, table.rows, widths, _GAP, colours)


def _column_lines(
    columns: Sequence[Column],
    rows: Iterable[TableRow],
    widths: Sequence[int],
    gap: int,
    colours: Colours,
) -> Iterator[str]:
    """Yield the lines of a table whose columns have these widths."""
    heads = [_wrapped(column.heading, width) for column, width in zip(columns, widths, strict=True)]
    height = max(map(len, heads))
    low = [[""] * (height - len(head)) + head for head in heads]
    yield from _side_by_side(low, widths, gap, [colours.get("heading")] * len(columns))
    for row in rows:
        code = colours.get(row.emphasis)
        # Only the short columns, which say when, are coloured.
        codes = [None if column.wide else code for column in columns]
        cells = [_wrapped(cell, width) for cell, width in zip(row.cells, widths, strict=True)]
        yield from _side_by_side(cells, widths, gap, codes)


def _side_by_side(
    cells: Sequence[Sequence[str]], widths: Sequence[int], gap: int, codes: Sequence[str | None]
) -> Iterator[str]:
    """Yield the lines of a row, without spaces at their ends."""
    for number in range(max(map(len, cells))):
        line, begins, reached = "", 0, 0
        for lines, width, code in zip(cells, widths, codes, strict=True):
            text = lines[number] if number < len(lines) else ""
            if text:
                line += " " * (begins - reached) + _coloured(text, code)
                reached = begins + cell_len(text)
            begins += width + gap
        yield line


def _paragraphs(
    columns: Sequence[Column], rows: Iterable[TableRow], width: int, colours: Colours
) -> Iterator[str]:
    """Yield each row as a paragraph: the short columns first, below them each wide one."""
    for number, row in enumerate(rows):
        if number:
            yield ""
        cells = [" ".join(cell.split()) for cell in row.cells]
        pairs = list(zip(columns, cells, strict=True))
        short = _MARGIN.join(cell for column, cell in pairs if cell and not column.wide)
        for line in _wrapped(short, width):
            yield _coloured(line, colours.get(row.emphasis))
        for column, cell in pairs:
            if column.wide and cell:
                yield from (_MARGIN + line for line in _wrapped(cell, width - len(_MARGIN)))


def _grids(table: TextTable, natural: Sequence[int], width: int, colours: Colours) -> Iterator[str]:
    """Yield a grid, in parts where the width demands it, each with the key columns."""
    keys = [*range(table.keys)]
    room = width - sum(natural[i] + _GRID_GAP for i in keys)
    parts: list[list[int]] = [[]]
    used = 0
    for i in range(table.keys, len(table.columns)):
        taken = natural[i] + _GRID_GAP
        if used + taken > room and parts[-1]:
            parts.append([])
            used = 0
        parts[-1].append(i)
        used += taken
    for number, part in enumerate(parts):
        if number:
            yield ""
        chosen = [*keys, *part]
        columns = [table.columns[i] for i in chosen]
        rows = (TableRow(tuple(row.cells[i] for i in chosen), row.emphasis) for row in table.rows)
        widths = _fitting([natural[i] for i in chosen], width - _GRID_GAP * (len(chosen) - 1))
        yield from _column_lines(columns, rows, widths, _GRID_GAP, colours)


def _fitting(widths: list[int], room: int) -> list[int]:
    """Return widths whose sum is at most `room`, by narrowing the widest columns."""
    while sum(widths) > room and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text, broken between words, and inside words that exceed a line."""
    lines = []
    for line in text.split("\n"):
        lines += [line.rstrip()] if cell_len(line) <= width else _broken(line, width)
    return lines


def _broken(line: str, width: int) -> list[str]:
    cells = len if line.isascii() else cell_len  # a tenth of the time
    lines, started, used = [], "", 0
    items = _ITEM.findall(line) if _GAP_OF_ITEMS in line else []
    pieces = items if items and max(map(cells, items)) <= width else _WORD.findall(line)
    for word in pieces:
        bare = word.rstrip()
        length = cells(bare)
        if used + length <= width:
            started += word
            used += cells(word)
            continue
        if started:
            lines.append(started.rstrip())
        *folded, started = chop_cells(bare, width) if length > width else [bare]
        lines += folded
        started += word[len(bare) :]
        used = cells(started)
    return [*lines, started.rstrip()]


def _coloured(text: str, code: str | None) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if code and text else text
