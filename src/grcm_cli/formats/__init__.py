"""The formats of a list: one module each, whose `render(listing, terminal)` returns text."""

from importlib import import_module

from grcm_cli.formats.listing import Pieces, Render

NAMES = ("table", "plain", "json", "csv", "md")
# `as_` keeps a module from hiding the standard library's module of that name.
_MODULES = {"json": "as_json", "csv": "as_csv", "md": "markdown"}
DRAWN = ("table", "md")
"""The formats that draw a table for people; the others print records."""


def renderer(name: str) -> Render:
    """Return the function that renders a list in a format, and import only that format's module."""
    render: Render = import_module(f"{__name__}.{_MODULES.get(name, name)}").render
    return render


def pieces_renderer(name: str) -> Pieces:
    """Return the function that renders a list in csv, json or md, a piece after the other."""
    pieces: Pieces = import_module(f"{__name__}.{_MODULES[name]}").pieces
    return pieces
