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


# --- files for people without the tool ----------------------------------------------------------


class Heading(NamedTuple):
    """A column of a spreadsheet, with its width in characters."""

    name: str
    width: int


class Leaf(NamedTuple):
    """A sheet of a spreadsheet: a value is a text, a number, a day, or None for an empty cell."""

    name: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[str | int | date | None]]
    emphases: Sequence[Emphasis] = ()
    """How each row stands out; none: none does."""


class Spreadsheet(NamedTuple):
    """Sheets, and the day and title that the file says of itself."""

    title: str
    as_of: date
    leaves: Sequence[Leaf]


class Event(NamedTuple):
    """A deadline, as a calendar or a list of things to do shows it."""

    uid: str
    """The same for the same duty in each file, so that a calendar moves it and adds no second."""
    day: date | None
    """None only where things to do are asked for: a calendar has no place for it."""
    summary: str
    description: str
    categories: Sequence[str]
    closed_on: date | None = None
    is_closed: bool = False


class Feed(NamedTuple):
    """The deadlines of one calendar."""

    name: str
    as_of: date
    language: str
    events: Sequence[Event]


class Relation(NamedTuple):
    """A table of a database: its columns as SQL declares them, keys after them, and its rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | None]]
    keys: Sequence[str] = ()


class Database(NamedTuple):
    """Tables in the order in which they are filled, and what is asked of them by name."""

    relations: Sequence[Relation]
    views: Mapping[str, str]
