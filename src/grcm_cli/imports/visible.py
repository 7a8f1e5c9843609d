"""The cells of a tracker: without those that say nothing, and characters that nobody sees."""

from datetime import date

from grcm_cli.imports.findings import Findings
from grcm_cli.language.text import _, clean, collapse
from grcm_cli.reader.source import unseen
from grcm_cli.sheets.table import FilledRow, SheetTable
from grcm_cli.sheets.tracker import says_nothing

_MAY_BE_EMPTY = ("action", "responsible", "support", "due", "on", "evidence", "note", "place")
"""Where `–` or `n/a` says that there is nothing."""
_ORDINALS = "0123456789"
"""What is behind the name of the second column of its kind."""


def visible_cells(table: SheetTable, findings: Findings) -> SheetTable:
    """Return a table without characters that are not seen, and cells that say nothing."""
    rows = []
    for row in table.rows:
        cells: dict[str, str | date] = {}
        for name, value in row.cells.items():
            if not isinstance(value, str):
                cells[name] = value
                continue
            plain = _without_unseen(value)
            if plain != value.replace("\u00a0", " ").replace("_x000D_", ""):
                text = _("characters that are not to be seen were taken out")
                findings.doubt(row.number, name, clean(collapse(plain)), text)
            column = name.rstrip(_ORDINALS)
            if column in _MAY_BE_EMPTY and says_nothing(plain, column):
                findings.empty[row.number, name] = collapse(plain)
            elif plain.strip():
                cells[name] = plain.strip()
        if cells:
            rows.append(FilledRow(row.number, cells))
    return table._replace(rows=rows)


_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\u2028": "\n"})


def _without_unseen(text: str) -> str:
    """Return a text without what nobody sees: soft hyphens, zero widths, marks of direction."""
    plain = text.replace("_x000D_", "").translate(_SPACES)
    if not unseen(plain.replace("\n", " ")):
        return plain
    return "".join(one for one in plain if one == "\n" or not unseen(one))
