"""`table`: for people, in the width of their terminal; on a narrow one, a paragraph a row."""

import io
import textwrap
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table as Drawing
from rich.text import Text

from grcm_cli.exporter import Column, Emphasis, Listing, Page, Row, Table
from grcm_cli.text import clean

_ROOM = 18  # columns of text; with less of it, a row reads better as a paragraph
_GAP = 2
_STYLES: dict[Emphasis, str] = {
    "": "",
    "late": "bold red",
    "soon": "yellow",
    "closed": "green",
    "unclear": "magenta",
}


def render(listing: Listing, page: Page) -> str:
    """Return a list as a table with title and notes; nothing where it is empty."""
    table = listing.table()
    if not table.rows:
        return ""
    title = Text(clean(table.title), "bold")
    body: list[object] = []
    if table.keys:
        body = _grids(table, page.width)
    elif _room(table, page.width) < _ROOM:
        body = [Text("\n\n").join(_paragraph(table.columns, row, page.width) for row in table.rows)]
    elif table.rows:
        body = [_drawing(table.columns, table.rows)]
    notes = [Text(clean(note)) for note in table.notes]
    parts: list[object] = [title, "", *body, *(["", *notes] if notes else [])]
    return _draw(parts, page)


def _room(table: Table, width: int) -> int:
    """Return how many columns are left for the running text that takes whatever is left."""
    cells = [[column.heading for column in table.columns], *(row.cells for row in table.rows)]
    for place, column in enumerate(table.columns):
        if not column.wide or column.most is not None:
            longest = max(len(line) for row in cells for line in row[place].split("\n"))
            width -= min(longest, column.most or longest) + _GAP
    return width


def _draw(parts: Sequence[object], page: Page) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(20, page.width),
        force_terminal=page.colour,
        color_system="standard" if page.colour else None,
        no_color=not page.colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _drawing(columns: Sequence[Column], rows: Sequence[Row], gap: int = _GAP) -> Drawing:
    drawing = Drawing(box=None, padding=(0, gap, 0, 0), pad_edge=False, header_style="bold")
    for column in columns:
        drawing.add_column(
            Text(column.heading),
            no_wrap=not column.wide,
            overflow="fold",
            max_width=column.most,
            ratio=1 if column.wide and column.most is None else None,
        )
    drawing.expand = any(column.wide and column.most is None for column in columns)
    for row in rows:
        drawing.add_row(
            *(_cell(column, cell, row) for column, cell in zip(columns, row.cells, strict=True))
        )
    return drawing


def _cell(column: Column, cell: str, row: Row) -> Text:
    text = "\n".join(clean(line) for line in cell.split("\n"))
    # Colour marks the short columns, which say when; a running text stays quiet.
    return Text(text, "" if column.wide else _STYLES[row.emphasis])


def _paragraph(columns: Sequence[Column], row: Row, width: int) -> Text:
    """Return a row as a paragraph: what is short on its first line, each wide column below."""
    pairs = list(zip(columns, row.cells, strict=True))
    short = [" ".join(clean(cell).split()) for column, cell in pairs if not column.wide]
    head = Text("  ".join(filter(None, short)), _STYLES[row.emphasis])
    lines = [head]
    for column, cell in pairs:
        if column.wide and cell:
            lines += [Text(line) for line in _indented(clean(cell), width)]
    return Text("\n").join(lines)


def _indented(text: str, width: int) -> list[str]:
    margin = "  "
    return textwrap.wrap(
        text,
        max(20, width),
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )


def _grids(table: Table, width: int) -> list[object]:
    """Return a grid in as many parts as the width asks for, each with the key columns."""
    columns = table.columns
    widths = [
        1 + max(len(line) for line in [column.heading, *(row.cells[i] for row in table.rows)])
        for i, column in enumerate(columns)
    ]
    keys = range(table.keys)
    room = width - sum(widths[i] for i in keys)
    parts: list[list[int]] = [[]]
    used = 0
    for i in range(table.keys, len(columns)):
        if used + widths[i] > room and parts[-1]:
            parts.append([])
            used = 0
        parts[-1].append(i)
        used += widths[i]
    grids: list[object] = []
    for part in parts:
        chosen = [*keys, *part]
        rows = [Row(tuple(row.cells[i] for i in chosen), row.emphasis) for row in table.rows]
        drawing = _drawing([columns[i] for i in chosen], rows, gap=1)
        grids += ["", drawing] if grids else [drawing]
    return grids
