"""The formats of a list: one module each, whose `render(listing, terminal)` returns text."""

from importlib import import_module

from grcm_cli.formats.listing import Render

# `as_` keeps a module from hiding the standard library's module of that name.
_MODULES = {
    "table": "table",
    "plain": "plain",
    "json": "as_json",
    "csv": "as_csv",
    "md": "markdown",
}
NAMES = tuple(_MODULES)
DRAWN = ("table", "md")
"""The formats that draw a table for people; the others print records."""


def renderer(name: str) -> Render:
    """Return the function that renders a list in a format, and import only that format's module."""
    render: Render = import_module(f"{__name__}.{_MODULES[name]}").render
    return render
