"""The lists of several records as one, with the process in front of each row."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from grcm_cli.formats.listing import (
    Column,
    JsonValue,
    Listing,
    OutputField,
    TextTable,
    record_of,
)
from grcm_cli.formats.output_schema import (
    DAY_OR_NONE,
    FLAG,
    TEXT,
    TEXT_OR_NONE,
    iso,
)
from grcm_cli.language.text import _

_WIDEST = 20
"""The most characters of the column of the process; a code has no more."""


class RecordSource(NamedTuple):
    """A record that a list is of."""

    process: str
    """What stands in front of its rows."""
    code: str | None
    """The process's own; None where it has none, or the record could not be read."""
    name: str | None
    folder: str
    is_complete: bool
    answers: bool
    """Whether it has the party, the body and the meeting that are asked for."""
    since: date | None = None
    """Of a list of changes: the day after which its own are."""


SOURCE_FIELDS: Sequence[OutputField[RecordSource]] = (
    OutputField("process", TEXT, "What stands in its records.", lambda s: s.process),
    OutputField("code", TEXT_OR_NONE, "The process's, in its register.", lambda s: s.code),
    OutputField("name", TEXT_OR_NONE, "The process's.", lambda s: s.name),
    OutputField("folder", TEXT, "From the working folder.", lambda s: s.folder),
    OutputField("complete", FLAG, "Whether all of it could be read.", lambda s: s.is_complete),
    OutputField("answers", FLAG, "It has the party, body or meeting named.", lambda s: s.answers),
)
"""The keys of what `records` has of each record."""
CHANGE_SOURCE_FIELDS: Sequence[OutputField[RecordSource]] = (
    *SOURCE_FIELDS,
    OutputField("since", DAY_OR_NONE, "Its changes are after this day.", lambda s: iso(s.since)),
)
"""The same, where the list is of changes."""


class ProcessItem(NamedTuple):
    """An item of the list of one record."""

    process: str
    place: int
    """Of the record among those that answer."""
    item: Any


PROCESS_FIELD: OutputField[ProcessItem] = OutputField(
    "process", TEXT, "Its record, as `records` has it.", lambda one: one.process
)


def joined(
    parts: Sequence[tuple[str, Listing]],
    order: Callable[[Any], Any],
    sources: Sequence[RecordSource],
) -> Listing:
    """Return the lists of several processes as one, in which each item has its process.

    `order` returns what items are sorted by; those that are alike in it stay as they come.
    """
    listings = [listing for _process, listing in parts]
    first = listings[0]

    def table() -> TextTable:
        return _joined_table([(process, one.table()) for process, one in parts], order)

    def in_front(names: tuple[str, ...]) -> tuple[str, ...]:
        return (PROCESS_FIELD.name, *names) if names else ()

    def items(key: str) -> list[ProcessItem]:
        found = [
            ProcessItem(process, place, item)
            for place, (process, one) in enumerate(parts)
            for item in (one.items if key == first.kind else one.apart.get(key, ()))
        ]
        return sorted(found, key=lambda one: order(one.item))

    days = [one.since for one in listings if one.since]
    fields = CHANGE_SOURCE_FIELDS if days else SOURCE_FIELDS
    return first._replace(
        fields=_joined_fields(listings),
        items=items(first.kind),
        plain=in_front(first.plain),
        table=table,
        csv=in_front(first.csv),
        json=in_front(first.json),
        apart={key: items(key) for key in first.apart},
        since=min(days, default=None),
        sources=[record_of(source, fields) for source in sources],
    )


def _joined_fields(listings: Sequence[Listing]) -> Sequence[OutputField[ProcessItem]]:
    """Return the process, and the fields of the lists: each item has those of its own list."""

    def of_item(place: int) -> Callable[[ProcessItem], JsonValue]:
        values = [listing.fields[place].value for listing in listings]
        return lambda one: values[one.place](one.item)

    own = (
        OutputField(field.name, field.schema, field.about, of_item(place))
        for place, field in enumerate(listings[0].fields)
    )
    return PROCESS_FIELD, *own


def _joined_table(
    tables: Sequence[tuple[str, TextTable]], order: Callable[[Any], Any]
) -> TextTable:
    """Return a table with the rows of all; the title names the processes."""
    first = tables[0][1]
    title = f"{first.title} · {', '.join(process for process, _table in tables)}"
    rows = [
        row._replace(cells=(process, *row.cells)) for process, table in tables for row in table.rows
    ]
    return first._replace(
        title=title,
        columns=[Column(_("Process"), most=_WIDEST), *first.columns],
        rows=sorted(rows, key=lambda row: order(row.item)),
    )
