"""What a list holds before a format renders it: records for programs, a table for people."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from grcm_cli.domain.findings import Finding, by_file
from grcm_cli.formats.record import record_fields
from grcm_cli.language.text import _, ngettext

Emphasis = Literal["", "late", "soon", "done", "declined", "ended", "unclear"]
"""How a row stands out: `done` is what somebody did; what was declined or ended is another."""
_MOST_NAMED = 3
"""Files with errors that a list for people names."""


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


class TextTable(NamedTuple):
    """A list as people read it."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[TableRow]
    notes: Sequence[str] = ()
    keys: int = 0
    """For a grid: how many columns on the left are repeated where the others do not fit."""


class Listing(NamedTuple):
    """A list: its items with what makes their records, and the same as a table."""

    kind: str
    """The key of the records in the format `json`."""
    as_of: date
    type: type[Any]
    """The class of the records."""
    items: Sequence[Any]
    record: Callable[[Any], Any]
    """Returns the record of an item."""
    plain: tuple[str, ...]
    """The columns of the format `plain`."""
    table: Callable[[], TextTable]
    plain_row: Callable[[Any], Sequence[object]] | None = None
    """Returns what `plain` prints of an item; by default what its record has of these keys."""
    csv: tuple[str, ...] = ()
    """The columns of the format `csv`; by default the keys of the records that are no records."""
    csv_row: Callable[[Any], Sequence[object]] | None = None
    """Returns what `csv` prints of an item; by default what its record has."""
    apart: Mapping[str, Sequence[Any]] = {}
    """Further items by their key, which only the format `json` has a place for."""
    language: str = ""
    """The language of the texts."""
    problems: Sequence[Finding] = ()
    """What is wrong in the data, so that the list may be incomplete."""
    since: date | None = None
    """The day after which its items are, where they are changes; for the format `json`."""
    sources: Sequence[object] = ()
    """Of a list over several records: what the format `json` says of each."""

    @property
    def plain_values(self) -> Callable[[Any], Sequence[object]]:
        """What returns the values of an item that the format `plain` prints."""
        return self.plain_row or self._values(self.plain)

    def csv_columns(self) -> tuple[str, ...]:
        """Return the columns of the format `csv`."""
        fields = record_fields(self.type, of_several=bool(self.sources))
        return self.csv or tuple(field.key for field in fields if field.is_cell)

    def csv_rows(self) -> Iterable[Sequence[object]]:
        """Return what the format `csv` prints of each item."""
        return map(self.csv_row or self._values(self.csv_columns()), self.items)

    def content(self) -> Mapping[str, object]:
        """Return what the format `json` prints of the list: its records by their key."""
        return {
            **({"since": self.since} if self.since else {}),
            **({"records": self.sources} if self.sources else {}),
            self.kind: list(map(self.record, self.items)),
            **{key: list(map(self.record, items)) for key, items in self.apart.items()},
        }

    def _values(self, keys: Sequence[str]) -> Callable[[Any], Sequence[object]]:
        """Return what returns the values of some keys of an item's record."""
        names = {field.key: field.name for field in record_fields(self.type, of_several=True)}
        get, record = attrgetter(*(names[key] for key in keys)), self.record
        return lambda item: get(record(item))


def problem_rows(problems: Sequence[Finding], width: int) -> Iterator[Sequence[object]]:
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
