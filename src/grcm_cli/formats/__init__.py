"""The formats of a list, one file each, whose `render(listing, page)` returns text."""

from importlib import import_module

from grcm_cli.formats.listing import Render

# `as_` keeps a format's file from hiding the standard library's module of that name.
_FILES = {"table": "table", "plain": "plain", "json": "as_json", "csv": "as_csv", "md": "markdown"}
NAMES = tuple(_FILES)
DRAWN = ("table", "md")
"""The formats that draw a table for people; the others print records."""


def renderer(name: str) -> Render:
    """Return what renders a list in a format. Only that format's file is imported."""
    render: Render = import_module(f"{__name__}.{_FILES[name]}").render
    return render
