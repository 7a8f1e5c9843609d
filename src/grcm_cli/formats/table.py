"""The format `table`: columns in the width of the terminal; on a narrow one, a paragraph a row."""

from collections.abc import Iterator, Sequence
from itertools import repeat

from rich.cells import cell_len

from grcm_cli.domain.findings import by_file
from grcm_cli.formats.listing import Emphasis, Listing, Terminal, TextTable, incomplete_note
from grcm_cli.formats.wrapping import linked, wrapped
from grcm_cli.language.text import clean, clean_lines, on_one_line
from grcm_cli.storage.paths import doubtful

_ROOM = 18  # for running text; with less, a row reads better as a paragraph
_NARROWEST = 20
_GAP = 2
_GRID_GAP = 1
_LEAST = 2  # for a column of a grid
_TALL = 3  # lines of a row: where one has as many, an empty line stands between rows
_MARGIN = "  "


def render(listing: Listing, terminal: Terminal) -> str:
    """Return a list as a table with title and notes; an empty text for an empty list."""
    return drawn(listing.table(), terminal, incomplete_note(by_file(doubtful(listing.problems))))


def drawn(table: TextTable, terminal: Terminal, note: str = "") -> str:
    """Return a table as a text, with a note below it that stands without any rows too."""
    columns = [column._replace(heading=clean(column.heading)) for column in table.columns]
    rows = [row._replace(cells=tuple(map(clean_lines, row.cells))) for row in table.rows]
    page = terminal._replace(width=max(_NARROWEST, terminal.width))
    notes, lines = [*(table.notes if rows else ()), *([note] if note else ())], []
    if rows:
        lines += [page.styled(line, "heading") for line in wrapped(clean(table.title), page.width)]
        lines += ["", *_body(table._replace(columns=columns, rows=rows), page)]
        lines += [""] if notes else []
    for text in map(clean, notes):
        lines += wrapped(text, page.width)
    return "".join(f"{line}\n" for line in lines)


def _body(table: TextTable, page: Terminal) -> Iterator[str]:
    columns = table.columns
    headings = [column.heading for column in columns]
    cells = zip(headings, *(row.cells for row in table.rows), strict=True)
    is_taker = [column.wide and column.most is None and not table.keys for column in columns]
    takers = [index for index, takes_rest in enumerate(is_taker) if takes_rest]
    # How wide each column is with no line broken; of those that take the rest, nothing.
    widths = [
        0 if takes_rest else max(map(cell_len, "\n".join(column).split("\n")))
        for column, takes_rest in zip(cells, is_taker, strict=True)
    ]
    if table.keys:
        return _grids(table, widths, page)
    for index, column in enumerate(columns):
        widths[index] = min(widths[index], column.most or widths[index])
    left = page.width - sum(widths) - _GAP * (len(columns) - 1)
    share = left // max(1, len(takers))
    if share < (_ROOM if takers else 0):
        return _paragraphs(table, page)
    for index in takers:
        widths[index] = share
    return _in_columns(table, range(len(columns)), widths, _GAP, page)


def _in_columns(
    table: TextTable, chosen: Sequence[int], widths: Sequence[int], gap: int, page: Terminal
) -> Iterator[str]:
    """Yield the rows in some of the columns, each with its width."""
    columns = [table.columns[index] for index in chosen]

    def side_by_side(
        cells: Sequence[Sequence[str]], shown: Sequence[Sequence[str]], styles: Sequence[Emphasis]
    ) -> Iterator[str]:
        """Yield the lines of a row. `cells` are its cells as lines, `shown` the same with links."""
        for number in range(max(map(len, cells))):
            parts = []
            for index, (column, texts) in enumerate(zip(columns, cells, strict=True)):
                text = texts[number] if number < len(texts) else ""
                words = page.styled(shown[index][number], styles[index]) if text else ""
                room = " " * (widths[index] - cell_len(text))
                parts.append(room + words if column.is_number else words + room)
            yield (" " * gap).join(parts).rstrip(" ")

    heads = list(map(wrapped, [column.heading for column in columns], widths))
    height = max(map(len, heads))
    low = [[""] * (height - len(head)) + head for head in heads]
    yield from side_by_side(low, low, ["heading"] * len(columns))
    rows = [[row.cells[index] for index in chosen] for row in table.rows]
    laid_out = [[*map(wrapped, texts, widths)] for texts in rows]
    is_tall = not table.keys and max(len(cell) for cells in laid_out for cell in cells) >= _TALL
    group = rows[0][0]
    for number, (row, texts, cells) in enumerate(zip(table.rows, rows, laid_out, strict=True)):
        if (number and is_tall) or (table.in_groups and texts[0] != group):
            yield ""
        group = texts[0]
        # Only the short columns, which say when, are coloured.
        colours = ["" if column.wide else row.emphasis for column in columns]
        styles = [
            row.marked.get(index, colour) for index, colour in zip(chosen, colours, strict=True)
        ]
        yield from side_by_side(cells, list(map(linked, cells, texts, repeat(page))), styles)


def _paragraphs(table: TextTable, page: Terminal) -> Iterator[str]:
    """Yield each row as a paragraph: the short columns first, below them each wide one."""
    for number, row in enumerate(table.rows):
        if number:
            yield ""
        cells = [on_one_line(cell) for cell in row.cells]
        pairs = list(zip(table.columns, cells, strict=True))
        short = _MARGIN.join(cell for column, cell in pairs if cell and not column.wide)
        yield from (page.styled(line, row.emphasis) for line in wrapped(short, page.width))
        for column, cell in pairs:
            if column.wide and cell:
                lines = wrapped(cell, page.width - len(_MARGIN))
                yield from (_MARGIN + line for line in linked(lines, cell, page))


def _grids(table: TextTable, natural: Sequence[int], page: Terminal) -> Iterator[str]:
    """Yield a grid, in parts where the width demands it, each with the key columns."""
    keys = [*range(table.keys)]
    parts = [[*keys]]
    for index in range(table.keys, len(table.columns)):
        taken = sum(natural[other] + _GRID_GAP for other in (*parts[-1], index))
        if taken > page.width and parts[-1] != keys:
            parts.append([*keys])
        parts[-1].append(index)
    for number, chosen in enumerate(parts):
        if number:
            yield ""
        widths = [natural[index] for index in chosen]
        room = page.width - _GRID_GAP * (len(chosen) - 1)
        while sum(widths) > room and max(widths) > _LEAST:  # the widest is narrowed
            widths[widths.index(max(widths))] -= 1
        yield from _in_columns(table, chosen, widths, _GRID_GAP, page)
