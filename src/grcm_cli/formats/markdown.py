"""`md`: a Markdown table, one row a task, in the reader's language."""

import re

from grcm_cli.exporter import Listing, Page
from grcm_cli.text import clean

_ACTIVE = re.compile(r"([\\`*_\[\]|~$^])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def render(listing: Listing, page: Page) -> str:
    """Return a list as a Markdown table; nothing where it is empty."""
    table = listing.table()
    if not table.rows:
        return ""
    rows = [[column.heading for column in table.columns], ["---"] * len(table.columns)]
    lines = [_line(row) for row in rows]
    lines += [_line([_escape(cell) for cell in row.cells]) for row in table.rows]
    return "\n".join(lines) + "\n"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escape(cell: str) -> str:
    """Return a text that no reader of Markdown takes for markup, a link or HTML."""
    text = "".join(_HTML.get(character, character) for character in clean(cell))
    text = _ACTIVE.sub(r"\\\1", text)
    return text.replace("://", ":&#47;&#47;").replace("www.", "www&#46;").replace("@", "&#64;")
