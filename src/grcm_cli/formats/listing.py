"""What a list holds before a format renders it: records for programs, a table for people."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from grcm_cli.domain.findings import Finding, by_file
from grcm_cli.language.characters import styled
from grcm_cli.language.grammar import enumerated
from grcm_cli.language.text import _, counted, current_language

Emphasis = Literal["", "heading", "late", "soon", "done", "declined", "ended", "unclear"]
"""How words stand out: `done` is what somebody did; what was declined or ended is another."""
Item = TypeVar("Item")
_MOST_NAMED = 3  # files with errors that a list for people names


class Column(NamedTuple):
    """A column of a table. A wide one holds running text; the others are never wrapped."""

    heading: str
    wide: bool = False
    most: int | None = None  # the most characters of a wide column
    is_number: bool = False  # its cells end where it ends

    @classmethod
    def text(cls, heading: str, most: int | None = None) -> "Column":
        """Return a wide column."""
        return cls(heading, wide=True, most=most)


class TableRow(NamedTuple):
    """A row of a table; a cell may have several lines."""

    cells: tuple[str, ...]
    emphasis: Emphasis = ""
    item: Any = None  # what it shows
    marked: Mapping[int, Emphasis] = {}  # how single cells stand out, by their places


class TextTable(NamedTuple):
    """A list as people read it."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[TableRow]
    notes: Sequence[str] = ()
    keys: int = 0  # of a grid: how many columns on the left each of its parts repeats
    in_groups: bool = False  # the rows that begin with the same cell stand apart from the others


TableColumn = tuple[Column, Callable[[Item], str]]
"""A column, and what returns its cell for what a row shows."""


def table_of(
    title: str,
    columns: Sequence[TableColumn[Item]],
    items: Iterable[Item],
    emphasis: Callable[[Item], Emphasis] = lambda _item: "",
    notes: Sequence[str] = (),
) -> TextTable:
    """Return a table with a row for each item; `emphasis` returns how it stands out."""
    cells = [cell for _column, cell in columns]
    rows = [TableRow(tuple([cell(item) for cell in cells]), emphasis(item), item) for item in items]
    return TextTable(title, [column for column, _cell in columns], rows, notes)


class Listing(NamedTuple):
    """A list: its items with what makes their records, and the same as a table."""

    kind: str  # the key of the records in the format `json`
    as_of: date
    record_type: Callable[[], type[Any]]  # returns the class of the records; a table needs none
    items: Sequence[Any]
    plain: tuple[str, ...]  # what the format `plain` prints of a record, by the names of its fields
    table: Callable[[], TextTable]
    record: Callable[[Any], Any] = lambda item: item
    plain_row: Callable[[Any], Sequence[object]] | None = None  # where `plain` needs no record
    csv: tuple[str, ...] = ()  # its columns, by default all keys whose values are no records
    csv_row: Callable[[Any], Sequence[object]] | None = None  # where `csv` has other keys
    metadata: Callable[[Any], Sequence[Mapping[str, Any]]] = lambda _item: ()  # the nearest first
    apart: Mapping[str, Callable[[], Sequence[Any]]] = {}  # further items, for `json` alone
    language: str = ""
    problems: Sequence[Finding] = ()  # what is wrong in the data, so that it may be incomplete
    since: date | None = None  # of changes: the day after which they are
    sources: Sequence[object] = ()  # of several records: what the format `json` says of each
    process: str = ""  # what stands in front of its rows in such a list

    @property
    def plain_values(self) -> Callable[[Any], Sequence[object]]:
        """What returns the values of an item that the format `plain` prints."""
        get, record = attrgetter(*self.plain), self.record
        return self.plain_row or (lambda item: get(record(item)))

    def content(self) -> Mapping[str, object]:
        """Return what the format `json` prints of the list: its records by their key."""
        return {
            **({"since": self.since} if self.since else {}),
            **({"records": self.sources} if self.sources else {}),
            self.kind: list(map(self.record, self.items)),
            **{key: list(map(self.record, items())) for key, items in self.apart.items()},
        }


def cell_text(value: object) -> str:
    """Return a value in the cell of a table: several joined by `+`, and nothing for none."""
    if isinstance(value, list | tuple):
        return "+".join(map(str, value))
    return "" if value is None else str(value)


def problem_rows(problems: Sequence[Finding], width: int) -> Iterator[Sequence[object]]:
    """Yield a row for each file with errors: `?`, what is wrong there, and empty values."""
    for path, of_file in by_file(problems).items():
        first = of_file[0]
        sentence = f"{path}:{first.at.line}:{first.at.column}: {first.full_message}"
        yield ["?", sentence + further_errors(len(of_file) - 1), *[None] * (width - 2)]


def further_errors(count: int) -> str:
    """Return the number of further errors in a file, in words; empty for none."""
    return counted("; {count} more error", "; {count} more errors", count) if count else ""


def incomplete_note(files: Iterable[str]) -> str:
    """Return the note for an answer that files with errors make incomplete; empty for no file."""
    paths = list(files)
    if not paths:
        return ""
    named, unnamed = enumerated(paths, current_language()), len(paths) - _MOST_NAMED
    if unnamed > 0:
        template = counted("{files} and {count} more", "{files} and {count} more", unnamed)
        named = template.format(files=", ".join(paths[:_MOST_NAMED]))
    return _(
        "The answer may be incomplete or wrong: there are errors in {files}. Details: grcm validate"
    ).format(files=named)


class Terminal(NamedTuple):
    """The page that a text is laid out for."""

    width: int  # in characters
    colour: bool
    links: bool = False  # it knows links (OSC 8)

    def styled(self, text: str, emphasis: Emphasis) -> str:
        """Return a text in the colour of an emphasis, as it is where there are no colours."""
        return styled(text, emphasis) if self.colour else text

    def linked(self, text: str, address: str) -> str:
        """Return a text that leads to an address."""
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if self.links else text

    def linked_file(self, text: str, path: str) -> str:
        """Return a text that leads to a file, named as from the working folder."""
        return self.linked(text, Path(path).absolute().as_uri()) if self.links else text
