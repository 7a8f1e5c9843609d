"""The formats of a list: one module each, whose `render(listing, terminal)` returns a text."""

from collections.abc import Callable
from importlib import import_module

from grcm_cli.formats.listing import Listing, Terminal, TextTable

NAMES = ("table", "plain", "json", "csv", "md")
# `as_` keeps a module from hiding the standard library's module of that name.
_MODULES = {"json": "as_json", "csv": "as_csv", "md": "markdown"}
DRAWN = ("table", "md")
"""The formats that draw a table for people; the others print records."""


def rendered(name: str, listing: Listing, terminal: Terminal) -> str:
    """Return a list in a format, of which alone the module is imported."""
    module = import_module(f"{__name__}.{_MODULES.get(name, name)}")
    render: Callable[[Listing, Terminal], str] = module.render
    return render(listing, terminal)


def drawn_table(table: TextTable, terminal: Terminal) -> str:
    """Return a table that is no list of records."""
    from grcm_cli.formats.table import drawn  # 10 ms, only for tables

    return drawn(table, terminal)
