"""The socket that formats plug into: what a list holds, before it has a shape."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
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


class Lean(Sequence[Record]):
    """Records whose values are cheaper to have than the records themselves."""

    @abstractmethod
    def cells(self) -> Iterable[Sequence[str | int | None]]:
        """Return of each record the values that the format `plain` prints, in its order."""


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


Cell = str | int | date | None
"""What a cell of a spreadsheet holds: a text, a number, a day, or nothing."""


class Leaf(NamedTuple):
    """A sheet of a spreadsheet."""

    name: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    emphases: Sequence[Sequence[Emphasis]] = ()
    """How each cell of each row stands out; none: none does."""
    printed: int | None = None
    """The columns on the left that go onto paper; None: all."""


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
    """The day on which the last of those who owe it had done it."""
    is_closed: bool = False
    """Done, or ended in another way."""
    has_begun: bool = False
    """Somebody reported something, and it is still open."""
    moved: int = 0
    """How often later meetings have moved the deadline."""


class Feed(NamedTuple):
    """The deadlines of one calendar."""

    name: str
    as_of: date
    events: Sequence[Event]


class Relation(NamedTuple):
    """A table of a database: its columns as SQL declares them, keys after them, and its rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | None]]
    keys: Sequence[str] = ()
    indexes: Sequence[str] = ()
    """The columns, joined by commas where it is several, by which it is looked up fast."""


class Database(NamedTuple):
    """Tables in the order in which they are filled, and what is asked of them by name."""

    relations: Sequence[Relation]
    views: Mapping[str, str]
    search: tuple[str, str] | None = None
    """The table and its column whose words are searched for."""
    version: int = 0
    """Of the tables' form, for whatever reads the file."""
