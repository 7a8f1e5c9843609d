"""The socket that formats plug into: what a list holds, before it has a shape."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

Record = Mapping[str, str | int | bool | Sequence[str] | None]
Emphasis = Literal["", "late", "soon", "closed", "unclear"]


class Column(NamedTuple):
    """A column of a table. A wide one holds running text; the others are never wrapped."""

    heading: str
    wide: bool = False
    most: int | None = None
    """The most characters that a wide column takes where there is room for all."""


class Row(NamedTuple):
    """A row of a table; a cell may have several lines."""

    cells: tuple[str, ...]
    emphasis: Emphasis = ""


class Table(NamedTuple):
    """A list as people read it."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    keys: int = 0
    """In a grid: the columns on the left that are drawn again where the rest doesn't fit."""


class Listing(NamedTuple):
    """A list as programs read it, one record a task (or meeting, or match), and as people do."""

    kind: str
    as_of: date
    keys: tuple[str, ...]
    records: Sequence[Record]
    plain: tuple[str, ...]
    """The keys that the format `plain` prints."""
    table: Callable[[], Table]
    apart: Mapping[str, Sequence[Record]] = {}
    """Further lists that only a document can hold."""


class Page(NamedTuple):
    """What a text is drawn on: its width in characters, and whether it takes colour."""

    width: int
    colour: bool


Render = Callable[[Listing, Page], str]
