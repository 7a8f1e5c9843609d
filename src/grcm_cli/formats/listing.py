"""What a list holds before a format renders it: records for programs, a table for people."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from grcm_cli.domain.findings import Finding, by_file
from grcm_cli.language.text import _, ngettext

JsonSchema = Mapping[str, object]
"""A JSON Schema (draft-07), or a part of one."""
JsonValue = str | int | bool | Sequence[object] | Mapping[str, object] | None
ListRecord = Mapping[str, JsonValue]
Emphasis = Literal["", "late", "soon", "done", "declined", "ended", "unclear"]
"""How a row stands out: `done` is what somebody did; what was declined or ended is another."""
Item = TypeVar("Item")
_PIECE = 500
"""Lines or records of a text that is made in pieces."""
_MOST_NAMED = 3
"""Files with errors that a list for people names."""


class OutputField(NamedTuple, Generic[Item]):
    """A key of the records of a list: its type, and the function that returns an item's value."""

    name: str
    schema: JsonSchema
    about: str
    """What it means, as `grcm schema output` publishes it."""
    value: Callable[[Item], JsonValue]


def record_of(item: Item, fields: Sequence[OutputField[Item]]) -> dict[str, JsonValue]:
    """Return the record of an item: the values of these fields by their names."""
    return {field.name: field.value(item) for field in fields}


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
    item: Any = None
    """The first item that it shows, by which rows of several records are put in order."""


class OnDemand(Generic[Item], Collection[Item]):
    """Values that are made each time they are come to: a long list is never whole in memory."""

    def __init__(self, count: int, made: Callable[[], Iterator[Item]]) -> None:
        """`made` yields as many values as `count` says."""
        self.count, self.made = count, made

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Item]:
        return self.made()

    def __contains__(self, value: object) -> bool:
        return any(value == one for one in self)


class TextTable(NamedTuple):
    """A list as people read it."""

    title: str
    columns: Sequence[Column]
    rows: Collection[TableRow]
    notes: Sequence[str] = ()
    keys: int = 0
    """For a grid: how many columns on the left are repeated where the others do not fit."""


class Listing(NamedTuple):
    """A list: its items with the fields of their records, and the same as a table."""

    kind: str
    """The key of the records in the format `json`."""
    as_of: date
    fields: Sequence[OutputField[Any]]
    items: Sequence[Any]
    plain: tuple[str, ...]
    """The fields that the format `plain` prints."""
    table: Callable[[], TextTable]
    csv: tuple[str, ...] = ()
    """The fields that the format `csv` prints; all where it is empty."""
    json: tuple[str, ...] = ()
    """The fields that the format `json` prints; all where it is empty."""
    apart: Mapping[str, Sequence[Any]] = {}
    """Further items by their key, which only the format `json` has a place for."""
    language: str = ""
    """The language of the texts."""
    problems: Sequence[Finding] = ()
    """What is wrong in the data, so that the list may be incomplete."""
    since: date | None = None
    """The day after which its items are, where they are changes; for the format `json`."""
    sources: Sequence[ListRecord] = ()
    """Of a list over several records: what the format `json` says of each."""

    @property
    def is_complete(self) -> bool:
        """Tell whether all of the record could be read."""
        return not self.problems

    def with_values(self) -> "Listing":
        """Return the list with the values of its records, to be rendered in several formats."""
        records = [record_of(item, self.fields) for item in self.items]
        fields = [field._replace(value=itemgetter(field.name)) for field in self.fields]
        return self._replace(items=records, fields=fields)

    def rows(self, names: Sequence[str]) -> Iterable[Sequence[JsonValue]]:
        """Yield the values of some fields, in their order, for each item."""
        values = {field.name: field.value for field in self.fields}
        selected = [values[name] for name in names]
        return ([value(item) for value in selected] for item in self.items)

    def content(self) -> Mapping[str, object]:
        """Return what the format `json` prints of the list: its records by their key."""
        return {**self.head(), **{key: list(records) for key, records in self.records().items()}}

    def head(self) -> Mapping[str, object]:
        """Return what the format `json` prints of the list before its records."""
        since = {"since": self.since.isoformat()} if self.since else {}
        sources = {"records": self.sources} if self.sources else {}
        return {**since, **sources}

    def records(self) -> Mapping[str, Iterator[ListRecord]]:
        """Return the records of all items by their key, made one after the other."""
        fields = [field for field in self.fields if not self.json or field.name in self.json]
        content = {self.kind: self.items, **self.apart}
        return {key: (record_of(one, fields) for one in items) for key, items in content.items()}


def problem_rows(problems: Sequence[Finding], width: int) -> Iterator[Sequence[JsonValue]]:
    """Yield a row for each file with errors: `?`, what is wrong there, and empty values."""
    for path, found in by_file(problems).items():
        first = found[0]
        more = ngettext("; {count} more error", "; {count} more errors", len(found) - 1)
        rest = more.format(count=len(found) - 1) if len(found) > 1 else ""
        sentence = f"{path}:{first.at.line}:{first.at.column}: {first.full_message}{rest}"
        yield ["?", sentence, *[None] * (width - 2)]


def incomplete_note(files: Iterable[str]) -> str:
    """Return the words for an answer that lacks what is wrong in some files; empty for no file."""
    paths = list(files)
    if not paths:
        return ""
    named, others = ", ".join(paths[:_MOST_NAMED]), len(paths) - _MOST_NAMED
    if others > 0:
        more = ngettext("{files} and {count} more", "{files} and {count} more", others)
        named = more.format(files=named, count=others)
    message = _("Incomplete or wrong, for errors in {files}. Details: grcm validate")
    return message.format(files=named)


class Terminal(NamedTuple):
    """The width in characters that a text is laid out for, and whether it may have colours."""

    width: int
    colour: bool


Pieces = Callable[[Listing, Terminal], Iterator[str]]
"""Yields a list as a text, in pieces that are made one after the other."""


def in_pieces(lines: Iterable[str], separator: str = "") -> Iterator[str]:
    """Yield lines in pieces of some hundred, with a separator between any two lines."""
    waiting = iter(lines)
    before = ""
    while piece := separator.join(islice(waiting, _PIECE)):
        yield before + piece
        before = separator
