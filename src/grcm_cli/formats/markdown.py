"""The format `md`: a Markdown table in the reader's language."""

from grcm_cli.formats.listing import Terminal, TextTable
from grcm_cli.language.markdown import literal, table_lines


def draw(table: TextTable, terminal: Terminal, note: str) -> str:
    """Return a list as a Markdown table, and a note below it; without rows, no table."""
    parts = []
    if table.rows:
        headings = [column.heading for column in table.columns]
        rows = [[literal(cell) for cell in row.cells] for row in table.rows]
        parts.append(f"{table_lines(headings, rows)}\n")
    if note:
        parts.append(f"{literal(note)}\n")
    return "\n".join(parts)
