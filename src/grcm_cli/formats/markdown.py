"""The format `md`: a Markdown table in the reader's language."""

from collections.abc import Iterator
from itertools import chain

from grcm_cli.domain.findings import by_file
from grcm_cli.formats.listing import Listing, Terminal, in_pieces, incomplete_note
from grcm_cli.language.markdown import literal, table_lines
from grcm_cli.language.markdown import row as markdown_row


def pieces(listing: Listing, terminal: Terminal) -> Iterator[str]:
    """Yield a list as a Markdown table, in pieces of whole lines; nothing for an empty list."""
    table = listing.table()
    note = literal(incomplete_note(by_file(listing.problems)))
    if not table.rows:
        if note:
            yield f"{note}\n"
        return
    rows = ([literal(cell) for cell in row.cells] for row in table.rows)
    headings = [column.heading for column in table.columns]
    lines = chain([table_lines(headings, ())], map(markdown_row, rows))
    yield from in_pieces(f"{line}\n" for line in lines)
    if note:
        yield f"\n{note}\n"
