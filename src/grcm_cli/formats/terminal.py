"""What a terminal shows: the format `table`, on a narrow one as paragraphs, and running text."""

import re
from collections.abc import Iterator, Sequence
from itertools import repeat

# Only the widths of characters: rich's console and tables take longer to load than a list takes.
from rich.cells import cell_len, chop_cells

from grcm_cli.formats.listing import Emphasis, Terminal, TextTable
from grcm_cli.language.text import clean, clean_lines, on_one_line

_ROOM = 18  # for running text; with less, a row reads better as a paragraph
_NARROWEST = 20
_GAP = 2
_GRID_GAP = 1
_LEAST = 2  # for a column of a grid
_TALL = 3  # lines of a row: where one has as many, an empty line stands between rows
_MARGIN = "  "
# White space belongs to the word before it, and a no-break space is no white space.
_WORD = re.compile(r"(?:\A\s+)?(?:\S|\xa0)+\s*")
_ITEM = re.compile(r"(?:\A\s+)?\S+(?: \S+)*\s*")
"""A sign of a legend with its words, which stay together."""
_GAP_OF_ITEMS = "   "
_ADDRESS = re.compile(r"https?://[!-~]*[A-Za-z0-9/]")
_PART = re.compile(r"[^/.?&=#@-]*[/.?&=#@-]+|.+", re.DOTALL)
"""What is not broken where an address or a path is longer than a line."""
_WIDEST = 110  # columns of running text; longer lines are hard to read
_NARROWEST_TEXT = 30


def draw(table: TextTable, terminal: Terminal, note: str = "") -> str:
    """Return a table with title and notes, and a note that stands without any rows too."""
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
        plain = ["" if column.wide else row.emphasis for column in columns]
        styles = [row.marked.get(index, style) for index, style in zip(chosen, plain, strict=True)]
        yield from side_by_side(cells, list(map(linked, cells, texts, repeat(page))), styles)


def _paragraphs(table: TextTable, page: Terminal) -> Iterator[str]:
    """Yield each row as a paragraph: the short columns first, below them each wide one."""
    for number, row in enumerate(table.rows):
        if number:
            yield ""
        pairs = list(zip(table.columns, map(on_one_line, row.cells), strict=True))
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
        taken = sum(natural[column] + _GRID_GAP for column in (*parts[-1], index))
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


def wrapped(text: str, width: int, hang: int = 0) -> list[str]:
    """Return the lines of a text, those after the first moved in by `hang`.

    A word that exceeds a line is broken; in an address, after its signs. Widths are in cells of a
    terminal: a Chinese character takes two, a combining accent none.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        lines += [line.rstrip()] if cell_len(line) <= width else _broken(line, width, hang)
    return lines


def _broken(line: str, width: int, hang: int) -> list[str]:
    cells = len if line.isascii() else cell_len  # a tenth of the time
    lines: list[str] = []
    hang = min(hang, width // 2)  # on a narrow terminal, words go before their margin
    started, used, room = "", 0, width - hang
    is_legend = not hang and line.count(_GAP_OF_ITEMS) > 1
    items = _ITEM.findall(line) if is_legend else []
    waiting = items if items and max(map(cells, items)) <= width else _WORD.findall(line)
    waiting.reverse()
    while waiting:
        word = waiting.pop()
        bare = word.rstrip()
        length = cells(bare)
        if used + length <= (room if lines else width):
            started += word
            used += cells(word)
            continue
        if length > room and ("/" in word or "@" in word):
            parts = _PART.findall(word)
            if len(parts) > 1:
                waiting += reversed(parts)
                continue
        if started:
            lines.append(started.rstrip())
        *folded, started = chop_cells(bare, room) if length > room else [bare]
        lines += folded
        started += word[len(bare) :]
        used = cells(started)
    first, *following = [*lines, started.rstrip()]
    return [first, *(" " * hang + line for line in following)]


def linked(lines: Sequence[str], text: str, terminal: Terminal) -> Sequence[str]:
    """Return the lines of a text, with a link on every part of an address in it."""
    if not terminal.links or "://" not in text:
        return lines
    addresses = sorted(_ADDRESS.findall(text), key=len, reverse=True)
    pattern = "|".join("(?:\n *)?".join(map(re.escape, address)) for address in addresses)

    def link(match: re.Match[str]) -> str:
        address = "".join(match[0].split())
        return re.sub(r"\S+", lambda part: terminal.linked(part[0], address), match[0])

    return re.sub(pattern or r"\Z", link, "\n".join(lines)).split("\n")


class Paragraphs:
    """Collects lines of running text, with what a terminal would act on escaped."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.width = max(_NARROWEST_TEXT, min(terminal.width, _WIDEST))
        self.lines: list[str] = []

    def add(self, text: str = "", indent: int = 0, hang: int = 0) -> None:
        """Add a paragraph, its first line indented by `indent`, the others by `hang` more."""
        text = clean(text)
        lines = linked(wrapped(text, self.width - indent, hang), text, self.terminal)
        self.lines += [" " * indent + line if line else "" for line in lines]

    def add_marked(
        self, words: str, emphasis: Emphasis, following: str = "", indent: int = 0, hang: int = 0
    ) -> None:
        """Add a paragraph that begins with words that stand out."""
        begin, words = len(self.lines), clean(words)
        self.add(words + following, indent, hang)
        head = self.lines[begin]
        self.lines[begin] = head.replace(words, self.terminal.styled(words, emphasis), 1)

    def add_place(self, path: str, line: int | None = None) -> None:
        """Add a place in a file, as `data/register.yaml:12`."""
        place = clean(path if line is None else f"{path}:{line}")
        self.lines.append(self.terminal.linked_file(place, path))

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)
