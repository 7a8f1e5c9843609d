"""The formats of a list: one module each, whose `pieces(listing, terminal)` yields text."""

from importlib import import_module

from grcm_cli.formats.listing import Listing, Pieces, Terminal

NAMES = ("table", "plain", "json", "csv", "md")
# `as_` keeps a module from hiding the standard library's module of that name.
_MODULES = {"json": "as_json", "csv": "as_csv", "md": "markdown"}
DRAWN = ("table", "md")
"""The formats that draw a table for people; the others print records."""
WITH_ACTIONS = (*DRAWN, "plain")
"""The formats in which a list of tasks says what is to be done, and has no other text."""


def pieces_renderer(name: str) -> Pieces:
    """Return the function that renders a list in a format, a piece after the other.

    Only that format's module is imported.
    """
    pieces: Pieces = import_module(f"{__name__}.{_MODULES.get(name, name)}").pieces
    return pieces


def rendered(name: str, listing: Listing, terminal: Terminal) -> str:
    """Return a list in a format."""
    return "".join(pieces_renderer(name)(listing, terminal))
