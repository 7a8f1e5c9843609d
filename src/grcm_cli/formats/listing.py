"""What a list holds before a format renders it: records for programs, a table for people."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

ListRecord = Mapping[str, str | int | bool | Sequence[str] | None]
Emphasis = Literal["", "late", "soon", "closed", "unclear"]


class Column(NamedTuple):
    """A column of a table. A wide one holds running text; the others are never wrapped."""

    heading: str
    wide: bool = False
    most: int | None = None
    """The most characters that a wide column takes where there is room for all."""


class TableRow(NamedTuple):
    """A row of a table; a cell may have several lines."""

    cells: tuple[str, ...]
    emphasis: Emphasis = ""


class TextTable(NamedTuple):
    """A list as people read it."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[TableRow]
    notes: Sequence[str] = ()
    keys: int = 0
    """For a grid: how many columns on the left are repeated where the others do not fit."""


class Listing(NamedTuple):
    """A list: one record for each task, meeting or match, and the same as a table."""

    kind: str
    as_of: date
    keys: tuple[str, ...]
    records: Sequence[ListRecord]
    plain: tuple[str, ...]
    """The keys that the format `plain` prints."""
    table: Callable[[], TextTable]
    apart: Mapping[str, Sequence[ListRecord]] = {}
    """Further lists, which only the format `json` has a place for."""


class Terminal(NamedTuple):
    """The width in characters that a text is laid out for, and whether it may have colours."""

    width: int
    colour: bool


Render = Callable[[Listing, Terminal], str]
