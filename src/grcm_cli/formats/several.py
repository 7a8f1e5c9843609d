"""The lists of several records as one, with the process in front of each row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from grcm_cli.formats.listing import Column, Listing, TextTable
from grcm_cli.language.text import _

_WIDEST = 20  # the most characters of the column of the process; a code has no more


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A record that a list is of."""

    process: Annotated[str, "The value of `process` in its items."]
    code: Annotated[str | None, "The code of the process, in its register."]
    name: Annotated[str | None, "The name of the process."]
    folder: Annotated[str, "From the working folder."]
    complete: Annotated[bool, "Whether all of it could be read."]
    answers: Annotated[bool, "Whether it has the party, body or meeting named."]


@dataclass(frozen=True, slots=True)
class ChangeSourceRecord(SourceRecord):
    """A record that a list of changes is of."""

    since: Annotated[date | None, "The changes listed are those after this date."]


def joined(
    parts: Sequence[Listing], order: Callable[[Any], Any], sources: Sequence[SourceRecord]
) -> Listing:
    """Return the lists of several processes as one, in which each item has its process.

    `order` returns what items are sorted by; those that are alike in it stay as they come.
    """
    first = parts[0]
    plain_values = [part.plain_values for part in parts]

    def table() -> TextTable:
        return _one_table([(part.process, part.table()) for part in parts], order)

    def items(key: str) -> list[tuple[int, Any]]:
        """Return the items of all lists, each with the place of its list."""
        placed_items = [
            (place, item)
            for place, part in enumerate(parts)
            for item in (part.items if key == first.kind else part.apart.get(key, ()))
        ]
        return sorted(placed_items, key=lambda placed: order(placed[1]))

    def record(placed: tuple[int, Any]) -> object:
        place, item = placed
        return parts[place].record(item)

    def metadata(placed: tuple[int, Any]) -> Sequence[Mapping[str, Any]]:
        place, item = placed
        return parts[place].metadata(item)

    def plain_row(placed: tuple[int, Any]) -> Sequence[object]:
        place, item = placed
        return parts[place].process, *plain_values[place](item)

    return first._replace(
        items=items(first.kind),
        record=record,
        plain=("process", *first.plain),
        plain_row=plain_row,
        table=table,
        metadata=metadata,
        apart={key: items(key) for key in first.apart},
        since=min((part.since for part in parts if part.since), default=None),
        sources=sources,
    )


def _one_table(tables: Sequence[tuple[str, TextTable]], order: Callable[[Any], Any]) -> TextTable:
    first = tables[0][1]
    title = f"{first.title} · {', '.join(process for process, _table in tables)}"
    rows = [row._replace(cells=(name, *row.cells)) for name, table in tables for row in table.rows]
    return first._replace(
        title=title,
        columns=[Column(_("Process"), most=_WIDEST), *first.columns],
        rows=sorted(rows, key=lambda row: order(row.item[0])),
    )
