"""The format `md`: a Markdown table in the reader's language."""

from grcm_cli.domain.findings import by_file
from grcm_cli.formats.listing import Listing, Terminal, incomplete_note
from grcm_cli.language.markdown import literal, table_lines


def render(listing: Listing, terminal: Terminal) -> str:
    """Return a list as a Markdown table; an empty text for an empty list."""
    table = listing.table()
    note = literal(incomplete_note(by_file(listing.problems)))
    if not table.rows:
        return f"{note}\n" if note else ""
    rows = [[literal(cell) for cell in row.cells] for row in table.rows]
    lines = table_lines([column.heading for column in table.columns], rows)
    return f"{lines}\n\n{note}\n" if note else f"{lines}\n"
