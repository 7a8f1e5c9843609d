"""The formats of a list: one module each, whose `render(listing, terminal)` returns a text."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from grcm_cli.formats.listing import Listing, Terminal, TextTable


class Format(NamedTuple):
    """What is known of a format before its module is imported."""

    module: str
    is_drawn: bool = False
    """It draws a table for people; the others print records."""
    is_document: bool = False
    """It has a place for what stands apart from the list, as what a party only supports."""


# `as_` keeps a module from hiding the standard library's module of that name.
FORMATS: Mapping[str, Format] = {
    "table": Format("table", is_drawn=True),
    "plain": Format("plain"),
    "json": Format("as_json", is_document=True),
    "jsonl": Format("jsonl"),
    "csv": Format("as_csv"),
    "md": Format("markdown", is_drawn=True),
}
"""The formats by the word of `--format`, in the order of the help."""


def rendered(name: str, listing: Listing, terminal: Terminal) -> str:
    """Return a list in a format, of which alone the module is imported."""
    module = import_module(f"{__name__}.{FORMATS[name].module}")
    render: Callable[[Listing, Terminal], str] = module.render
    return render(listing, terminal)


def drawn_table(table: TextTable, terminal: Terminal) -> str:
    """Return a table that is no list of records."""
    from grcm_cli.formats.table import drawn  # 10 ms, only for tables

    return drawn(table, terminal)
