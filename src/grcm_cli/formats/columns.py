"""A list as it is asked for: in other columns, or of several records as one."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from grcm_cli.formats.listing import Column, Listing, TableRow, TextTable, cell_text
from grcm_cli.formats.record import record_fields
from grcm_cli.language.text import _

METADATA = "metadata."  # what the name of a column of metadata begins with: `metadata.budget`
_LONG = 24  # characters of a cell: a column with a longer one is wrapped like running text
_WIDEST = 20  # the most characters of the column of the process; a code has no more


def column_names(listing: Listing) -> list[str]:
    """Return the columns that may be asked for: the keys of csv, in their order."""
    fields = record_fields(listing.record_type(), of_several=bool(listing.sources))
    return [field.key for field in fields if field.is_cell]


def with_columns(listing: Listing, columns: Sequence[str]) -> Listing:
    """Return a list with these columns: names that `column_names` returns, or of metadata."""
    every = record_fields(listing.record_type(), of_several=bool(listing.sources))
    names = {field.key: field.name for field in every}

    def values(item: object) -> Sequence[object]:
        record, metadata = listing.record(item), listing.metadata(item)
        return [
            getattr(record, names[column]) if column in names else _metadata_value(metadata, column)
            for column in columns
        ]

    def table() -> TextTable:
        rows = [TableRow(tuple(map(cell_text, values(item))), "", item) for item in listing.items]
        longest = [max(map(len, cells)) for cells in zip(*(row.cells for row in rows), strict=True)]
        wide = [length > _LONG for length in longest] or [False] * len(columns)
        headings = [Column(name, wide=is_wide) for name, is_wide in zip(columns, wide, strict=True)]
        return listing.table()._replace(columns=headings, rows=rows, keys=0)

    plain = tuple(columns)
    return listing._replace(plain=plain, plain_row=values, csv=plain, csv_row=values, table=table)


def _metadata_value(metadata: Sequence[Mapping[str, Any]], column: str) -> object:
    """Return what is at a column's path of keys, in the first of several metadata that has it."""
    for root in metadata:
        value: object = root
        for key in column.removeprefix(METADATA).split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        parts = value if isinstance(value, list | tuple) else [value]
        if any(isinstance(part, Mapping | list | tuple) for part in parts):
            return json.dumps(value, ensure_ascii=False)
        if value is not None:
            return value
    return None


def joined(
    parts: Sequence[Listing], order: Callable[[Any], Any], sources: Sequence[object]
) -> Listing:
    """Return the lists of several processes as one; `order` returns the sort key of an item."""
    first = parts[0]

    def items(key: str) -> list[tuple[Listing, Any]]:
        """Return the items of all lists, each with its list."""
        of_parts = [part.items if key == first.kind else part.apart[key]() for part in parts]
        every = [(part, item) for part, its in zip(parts, of_parts, strict=True) for item in its]
        return sorted(every, key=lambda placed: order(placed[1]))

    def table() -> TextTable:
        tables = [(part.process, part.table()) for part in parts]
        head = tables[0][1]
        rows = [
            row._replace(cells=(process, *row.cells))
            for process, part_table in tables
            for row in part_table.rows
        ]
        return head._replace(
            title=f"{head.title} · {', '.join(process for process, _table in tables)}",
            columns=[Column(_("Process"), most=_WIDEST), *head.columns],
            rows=sorted(rows, key=lambda row: order(row.item[0])),
        )

    return first._replace(
        items=items(first.kind),
        record=lambda placed: placed[0].record(placed[1]),
        plain=("process", *first.plain),
        plain_row=lambda placed: (placed[0].process, *placed[0].plain_values(placed[1])),
        table=table,
        metadata=lambda placed: placed[0].metadata(placed[1]),
        apart={key: partial(items, key) for key in first.apart},
        since=min((part.since for part in parts if part.since), default=None),
        sources=sources,
    )
