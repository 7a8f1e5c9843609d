"""What an import has to say of the cells: what is doubtful, and which rows are left."""

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from grcm_cli.imports.new_parties import NewParties
from grcm_cli.language.text import _
from grcm_cli.sheets.table import SheetTable

CellKey = tuple[int, str | None]
"""The number of a row and the name of a column: None for the row as a whole, 0 for the heading."""
_MOST_CELLS = 12
"""Cells that are named of those of which the same is said."""


class CellDoubt(NamedTuple):
    """Cells of which one thing is said."""

    cells: Sequence[CellKey]
    text: str
    """What stands there."""
    what: str
    """What was written in the files, and what to look at."""


class Findings:
    """Collects what is doubtful, and which rows are left, by their cells."""

    def __init__(self, taken: Container[str]) -> None:
        """`taken` are the codes that the register has."""
        self._doubts: dict[tuple[str | None, str, str], dict[CellKey, None]] = {}
        self.left: dict[int, tuple[str | None, str]] = {}
        """Of the rows that are left for a fault of the sheet: the column, and why."""
        self.empty: dict[CellKey, str] = {}
        """Cells that were read as empty, with what they say."""
        self.missing = NewParties(taken)
        """Who is named and is not in the register."""
        self.existing: dict[str, list[int]] = {}
        """The rows of meetings that have a file, by the meeting's id."""

    def doubt(
        self, row: int, column: str | None, text: str, message: str, /, **values: object
    ) -> None:
        """Note a doubt about a cell that says `text`; `values` fill the message."""
        what = message.format(**values) if values else message
        self._doubts.setdefault((column, text, what), {})[row, column] = None

    def leave(self, row: int, column: str | None, message: str, /, **values: object) -> None:
        """Note that a row is left, for a fault of the sheet; its first one counts."""
        self.left.setdefault(row, (column, message.format(**values) if values else message))

    def ignored(self) -> set[int]:
        """Return the rows that are left, and those of meetings that have a file."""
        return {*self.left, *(row for rows in self.existing.values() for row in rows)}

    @property
    def doubts(self) -> list[CellDoubt]:
        """The doubts in the order of their first rows, but for those of rows that are left."""
        doubts, ignored = [], self.ignored()
        for (_column, text, what), cells in self._doubts.items():
            kept = [cell for cell in cells if cell[0] not in ignored]
            if kept:
                doubts.append(CellDoubt(kept, text, what))
        return sorted(doubts, key=lambda doubt: doubt.cells[0][0])

    def left_by_reason(self) -> Iterator[tuple[list[CellKey], str]]:
        """Yield what is wrong with the rows that are left, each with its cells."""
        by_reason: dict[tuple[str | None, str], list[CellKey]] = {}
        for row, (column, why) in sorted(self.left.items()):
            by_reason.setdefault((column, why), []).append((row, column))
        for (_column, why), cells in by_reason.items():
            yield cells, why


def cell_names(cells: Sequence[CellKey], table: SheetTable) -> str:
    """Return cells as people read them: `C7, C9 (Estado)`; rows as their numbers."""
    column = cells[0][1]
    letter = table.letters.get(column or "", "")
    numbers = sorted({row for row, _column in cells})
    if not any(numbers):
        return _("column {name}").format(name=letter)
    if not letter:
        return row_ranges(numbers)
    shown = [f"{letter}{number}" for number in numbers[:_MOST_CELLS]]
    more = ["…"] if len(numbers) > _MOST_CELLS else []
    return f"{', '.join([*shown, *more])} ({table.names[column or '']})"


def row_ranges(numbers: Sequence[int]) -> str:
    """Return the numbers of rows, those that follow each other as one: `2–9, 12`."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)
