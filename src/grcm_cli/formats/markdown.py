"""`md`: a Markdown table, one row a task, in the reader's language."""

from grcm_cli.formats.listing import Listing, Page
from grcm_cli.language.markdown import literal, row


def render(listing: Listing, page: Page) -> str:
    """Return a list as a Markdown table; nothing where it is empty."""
    table = listing.table()
    if not table.rows:
        return ""
    rows = [[column.heading for column in table.columns], ["---"] * len(table.columns)]
    lines = [row(cells) for cells in rows]
    lines += [row([literal(cell) for cell in found.cells]) for found in table.rows]
    return "\n".join(lines) + "\n"
