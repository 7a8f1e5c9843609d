"""The formats of a list: functions that return it as a text, each in the module of its kind."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from grcm_cli.formats.listing import Listing, Terminal, TextTable


class Format(NamedTuple):
    """What is known of a format before its module is imported."""

    module: str
    about: str  # what it is for, for the manual
    function: str = "render"  # of the module: it takes a listing and returns a text
    is_drawn: bool = False  # its `draw` takes a table, a terminal and a note below it
    is_whole: bool = False  # its records have all their keys: `--columns` is refused
    is_own: bool = False  # it is read by the secretariat: it has what is internal, too


# `as_` keeps a module from hiding the standard library's module of that name.
FORMATS: Mapping[str, Format] = {
    "table": Format(
        "terminal",
        "For people: as wide as the terminal, with the parties of a duty together.",
        is_drawn=True,
        is_own=True,
    ),
    "plain": Format(
        "plain",
        "For scripts: one item on each line, values separated by tabs, `-` for none.",
        is_own=True,
    ),
    "json": Format(
        "as_json",
        "For programs: all keys, with a version and the problems.",
        is_whole=True,
    ),
    "jsonl": Format(
        "as_json",
        "For programs: one JSON object on each line, for long lists.",
        "render_lines",
        is_whole=True,
    ),
    "csv": Format(
        "as_csv", "For spreadsheets: one item on each line, with the keys on the first line."
    ),
    "md": Format("markdown", "For a page or a ticket: the table in Markdown.", is_drawn=True),
}
"""The formats by the word of `--format`, in the order of the help."""


def rendered(name: str, listing: Listing) -> str:
    """Return the records of a list in a format, of which alone the module is imported."""
    module = import_module(f"{__name__}.{FORMATS[name].module}")
    render: Callable[[Listing], str] = getattr(module, FORMATS[name].function)
    return render(listing)


def drawn(table: TextTable, page: Terminal, note: str = "", name: str = "table") -> str:
    """Return a table in a format that draws one, with a note below it."""
    module = import_module(f"{__name__}.{FORMATS[name].module}")
    draw: Callable[[TextTable, Terminal, str], str] = module.draw
    return draw(table, page, note)
