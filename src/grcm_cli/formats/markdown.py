"""The format `md`: a Markdown table in the reader's language."""

from grcm_cli.formats.listing import Listing, Terminal
from grcm_cli.language.markdown import literal, table_lines


def render(listing: Listing, terminal: Terminal) -> str:
    """Return a list as a Markdown table; an empty text for an empty list."""
    table = listing.table()
    if not table.rows:
        return ""
    rows = [[literal(cell) for cell in row.cells] for row in table.rows]
    return table_lines([column.heading for column in table.columns], rows) + "\n"
