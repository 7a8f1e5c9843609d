"""How a table lies on a page of any width: drawn, and compared with rich's own.

Texts are made up of words of every kind that a terminal measures in its own way: Latin, Chinese
(two cells), accents of their own (none), emoji, addresses longer than a line, what it would act on.
"""

import gc
import io
import re
import sys
from collections import Counter
from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Oracle
from rich.text import Text

from grcm_cli import formats
from grcm_cli.formats.listing import Column, TableRow, Terminal, TextTable
from grcm_cli.language.text import clean

WIDTHS = st.integers(1, 160)
WORDS = st.one_of(
    st.sampled_from(
        [
            *("el", "observaciones", "niñas", "2003-01-15", "–", "→", "GRCM-2002-10/8#1", "12.a"),
            *(
                "你好",
                "委员会关于移民问题的区域协商小组",
                "e\u0301s",
                "🎉",
                "👩‍👧",
                "✈️",
                "नमस्ते",
                "سلام",
            ),
            "https://example.org/observaciones/de/costa-rica.pdf",
            *("\x1b[31m", "\u202eatrás", "in\u200bvisible", "[bold]x[/bold]", ":mexico:"),
        ]
    ),
    st.text(st.characters(exclude_categories=["Z", "Cc", "Cs"]), min_size=1, max_size=30),
)
SPACES = st.sampled_from([" ", " ", " ", "  ", "\t", "\n"])
TEXTS = st.lists(st.tuples(WORDS, SPACES), max_size=12).map(
    lambda pairs: "".join(word + space for word, space in pairs).strip()
)
SHORT = st.lists(WORDS, max_size=2).map(" ".join)
EMPHASES = st.sampled_from(["", "late", "soon", "done", "declined", "ended", "unclear"])
LIST = (
    Column("Deadline"),
    Column("Who", wide=True, most=26),
    Column("What", wide=True),
    Column("R"),
)
GRID = (Column("Mandate"), Column(""), *(Column(code) for code in ("AAA", "BBB", "CC-DD", "你")))


def rows(cells: Sequence[st.SearchStrategy[str]]) -> st.SearchStrategy[list[TableRow]]:
    return st.lists(
        st.builds(TableRow, st.tuples(*cells), EMPHASES, st.none()), min_size=1, max_size=6
    )


LISTS = st.builds(
    TextTable,
    TEXTS,
    st.just(LIST),
    rows([SHORT, TEXTS, TEXTS, SHORT]),
    st.lists(TEXTS, max_size=2),
    st.just(0),
)
# Where a folded word ends a line, rich begins the next one with the space after it; we don't.
UNFOLDED = st.lists(WORDS.filter(lambda word: cell_len(clean(word)) <= 18), max_size=12)
# Rich breaks an address anywhere.
FOLDED = WORDS.filter(lambda word: not {"/", "@"} & set(clean(word)))
AGREED = st.one_of(FOLDED, st.builds(str.join, SPACES, UNFOLDED).map(str.strip))
AGREED_LISTS = st.builds(
    TextTable,
    st.just("T"),
    st.just(LIST),
    rows([SHORT, AGREED, AGREED, SHORT]),
    st.just(()),
    st.just(0),
)
GRIDS = st.builds(
    TextTable, TEXTS, st.just(GRID), rows([SHORT] * len(GRID)), st.just(()), st.just(2)
)
TABLES = st.one_of(LISTS, GRIDS)


def drawn(table: TextTable, width: int, *, colour: bool = False) -> str:
    return formats.drawn(table, Terminal(width, colour))


def letters(text: str) -> str:
    """Return a text without what sets its words apart: it may be broken anywhere."""
    return "".join(text.split())


@given(TABLES, WIDTHS)
def test_no_line_is_wider_than_the_page_or_ends_in_spaces(table: TextTable, width: int) -> None:
    for line in drawn(table, width).split("\n"):
        assert cell_len(line) <= max(20, width)
        assert line == line.rstrip()


@given(TABLES, WIDTHS)
def test_without_its_colours_it_is_the_same_text(table: TextTable, width: int) -> None:
    coloured = drawn(table, width, colour=True)
    assert re.sub(r"\x1b\[(1|1;31|2|3[2356]|0)m", "", coloured) == drawn(table, width)


@given(TABLES, WIDTHS)
def test_nothing_reaches_the_terminal_that_it_acts_on(table: TextTable, width: int) -> None:
    lines = drawn(table, width).split("\n")
    assert [clean(line) for line in lines] == lines


@given(LISTS, WIDTHS)
def test_every_word_of_every_cell_is_there_in_order(table: TextTable, width: int) -> None:
    marked = [column._replace(heading="@" + column.heading) for column in LIST]
    table = table._replace(title="T", columns=marked, notes=())
    _title, _blank, heads, *lines = drawn(table, width).split("\n")
    cells = [row.cells for row in table.rows]
    if heads.startswith("@Deadline"):
        begins = [match.start() for match in re.finditer("@", heads)]
        columns = list(zip(*cells, strict=True))
        ends = [*begins[1:], None]
        for column, begin, end in zip(columns, begins, ends, strict=True):
            read = "".join(cut(line, begin, end) for line in lines)
            assert letters(read) == letters(clean("".join(column)))
    else:
        order = [(row[0], row[3], row[1], row[2]) for row in cells]
        assert letters(heads + "".join(lines)) == letters(clean("".join(sum(order, ()))))


def cut(line: str, begin: int, end: int | None) -> str:
    """Return what stands between two places of a line, counted in cells."""
    places = [cell_len(line[:i]) for i in range(len(line))]
    return "".join(
        character
        for character, place in zip(line, places, strict=True)
        if place >= begin and (end is None or place < end)
    )


@given(AGREED_LISTS, st.integers(60, 240))
def test_rich_would_lay_it_out_in_the_same_way(table: TextTable, width: int) -> None:
    _title, _blank, *lines = drawn(table, width).split("\n")
    assume(lines[0].startswith("Deadline  "))
    # Rich has no empty line between rows.
    assert list(filter(None, lines)) == list(filter(None, oracle(table, width)))


def oracle(table: TextTable, width: int) -> list[str]:
    """Return the lines that rich makes of a list."""
    drawing = Oracle(box=None, padding=(0, 2, 0, 0), pad_edge=False, expand=True)
    for column in table.columns:
        ratio = 1 if column.wide and column.most is None else None
        fold, most = not column.wide, column.most
        drawing.add_column(
            column.heading, no_wrap=fold, overflow="fold", max_width=most, ratio=ratio
        )
    for row in table.rows:
        cells = ("\n".join(map(clean, cell.split("\n"))) for cell in row.cells)
        drawing.add_row(*(Text(cell) for cell in cells))
    out = io.StringIO()
    Console(file=out, width=width, _environ={}).print(drawing)
    return [line.rstrip() for line in out.getvalue().split("\n")]


ADDRESS = "https://example.org/observaciones/costa-rica/2003.pdf"
REPORTED = TextTable("T", LIST, [TableRow(("1", f"see {ADDRESS}, p. 2", "x y", "8#1"))])


def test_an_address_is_broken_after_its_signs_and_each_part_leads_to_all_of_it() -> None:
    lines = [line[10:36].rstrip() for line in drawn(REPORTED, 80).splitlines()[3:]]
    assert lines == ["see https://example.org/", "observaciones/costa-rica/", "2003.pdf, p. 2"]
    with_links = formats.drawn(REPORTED, Terminal(80, colour=False, links=True))
    parts = re.findall(r"\x1b\]8;;(.+?)\x1b\\(.*?)\x1b\]8;;\x1b\\", with_links)
    pieces = ["https://example.org/", "observaciones/costa-rica/", "2003.pdf"]
    assert parts == [(ADDRESS, piece) for piece in pieces]
    assert re.sub(r"\x1b\]8;;.*?\x1b\\", "", with_links) == drawn(REPORTED, 80)


def test_rows_stand_apart_where_one_is_tall() -> None:
    low = [TableRow(("1", "A", "x\ny", "8")), TableRow(("2", "B", "z", "9"))]
    tall = [*low, TableRow(("3", "C", "x\ny\nz", "10"))]
    assert drawn(TextTable("T", LIST, low), 80).count("\n\n") == 1
    assert drawn(TextTable("T", LIST, tall), 80).count("\n\n") == 3


def test_numbers_end_together_and_groups_stand_apart() -> None:
    columns = [Column("By"), Column("Name"), Column("owed", is_number=True)]
    rows = [TableRow(("all", "–", "104")), TableRow(("party", "A", "7"), marked={2: "late"})]
    table = TextTable("T", columns, rows, keys=2, in_groups=True)
    expected = "T\n\nBy    Name owed\nall   –     104\n\nparty A       7\n"
    assert drawn(table, 80) == expected
    assert "party A       \x1b[1;31m7\x1b[0m\n" in drawn(table, 80, colour=True)


@given(GRIDS, WIDTHS)
def test_a_grid_loses_nothing_on_a_narrow_page(table: TextTable, width: int) -> None:
    texts = [column.heading for column in table.columns] + [
        c for row in table.rows for c in row.cells
    ]
    assert Counter(letters(clean("".join(texts)))) <= Counter(letters(drawn(table, width)))


def calls(count: int) -> int:
    """Return how many functions are called to draw so many rows."""
    row = TableRow(
        ("2003-01-15", "each of 11 countries (no reports):\nBLZ CAN CRI", "Presentar … " * 9, "8#1")
    )
    table = TextTable("T", LIST, [row] * count)
    counted = 0

    def count_call(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event == "call"

    gc.disable()  # a collection calls functions of its own, whenever it comes
    sys.setprofile(count_call)
    try:
        drawn(table, 80)
    finally:
        sys.setprofile(None)
        gc.enable()
    return counted


def test_a_row_costs_the_same_in_a_list_of_any_length() -> None:
    """And a tenth of what it costs rich, which calls 1,240 functions for this row."""
    calls(1)  # after it, the widths of these words are known
    # Lines are written 500 at a time.
    more = calls(1_000) - calls(500)
    assert calls(1_500) - calls(1_000) == more
    assert more <= 500 * 124
