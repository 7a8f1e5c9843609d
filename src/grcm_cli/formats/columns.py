"""The columns that somebody asks for, in the place of those that a list has by itself."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from grcm_cli.formats.listing import Column, Listing, TableRow, TextTable
from grcm_cli.formats.record import cell_text, record_fields

METADATA = "metadata."
"""What the name of a column of metadata begins with: `metadata.budget`."""
_LONG = 24  # characters of a cell: a column with a longer one is wrapped like running text


def column_names(listing: Listing) -> list[str]:
    """Return the columns that may be asked for: the keys of csv, in their order."""
    fields = record_fields(listing.record_type(), of_several=bool(listing.sources))
    return [field.key for field in fields if field.is_cell]


def with_columns(listing: Listing, columns: Sequence[str]) -> Listing:
    """Return a list with these columns in `table`, `plain`, `csv` and `md`.

    They are names that `column_names` returns, or of metadata.
    """
    every = record_fields(listing.record_type(), of_several=bool(listing.sources))
    names = {field.key: field.name for field in every}

    def values(item: object) -> Sequence[object]:
        record = listing.record(item)
        metadata = listing.metadata(item)
        return [
            _metadata_value(metadata, column.removeprefix(METADATA))
            if column.startswith(METADATA)
            else getattr(record, names[column])
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


def _metadata_value(metadata: Sequence[Mapping[str, Any]], path: str) -> object:
    """Return what is at a path of keys, in the first of several metadata that has it."""
    for root in metadata:
        value: object = root
        for key in path.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, Mapping):
            return json.dumps(value, ensure_ascii=False)
        if value is not None:
            return value
    return None
