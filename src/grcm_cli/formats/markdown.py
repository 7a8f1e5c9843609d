"""The format `md`: a Markdown table in the reader's language."""

from grcm_cli.domain.findings import by_file
from grcm_cli.formats.listing import Listing, Terminal, incomplete_note
from grcm_cli.language.markdown import literal, table_lines
from grcm_cli.storage.paths import doubtful


def render(listing: Listing, terminal: Terminal) -> str:
    """Return a list as a Markdown table, and what is wrong below it; without rows, no table."""
    table = listing.table()
    parts = []
    if table.rows:
        headings = [column.heading for column in table.columns]
        rows = [[literal(cell) for cell in row.cells] for row in table.rows]
        parts.append(f"{table_lines(headings, rows)}\n")
    if note := literal(incomplete_note(by_file(doubtful(listing.problems)))):
        parts.append(f"{note}\n")
    return "\n".join(parts)
