"""What an import has to say of the cells: what is doubtful, and which rows are left."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from grcm_cli.imports.new_parties import NewParties
from grcm_cli.language.text import _, natural_key
from grcm_cli.sheets.table import SheetTable

CellKey = tuple[int, str | None]
"""The number of a row and the name of a column: None for the row as a whole, 0 for the heading."""
_MOST_CELLS = 12
"""Cells that are named of those of which the same is said."""


class CellDoubt(NamedTuple):
    """Cells of which one thing is said."""

    cells: tuple[CellKey, ...]
    text: str
    """What stands there."""
    what: str
    """What was written in the files, and what to look at."""


class Findings:
    """Collects what is doubtful, and which rows are left, by their cells."""

    def __init__(self, taken: Container[str]) -> None:
        """`taken` are the codes that the register has."""
        self._doubts: dict[tuple[str | None, str, str], dict[CellKey, None]] = {}
        self._left: dict[int, tuple[str | None, str]] = {}
        self.empty: dict[CellKey, str] = {}
        """Cells that were read as empty, with what they say."""
        self.missing = NewParties(taken)
        """Who is named and is not in the register."""
        self.existing: dict[str, list[int]] = {}
        """The rows of meetings that have a file, by the meeting's id."""

    def doubt(self, row: int, column: str | None, text: str, what: str) -> None:
        """Note a doubt about a cell."""
        self._doubts.setdefault((column, text, what), {})[row, column] = None

    def leave(self, row: int, column: str | None, why: str) -> None:
        """Note that a row is left, for a fault of the sheet; its first one counts."""
        self._left.setdefault(row, (column, why))

    def is_left(self, row: int) -> bool:
        """Tell whether a row is left."""
        return row in self._left

    def is_imported(self, row: int) -> bool:
        """Tell whether a row is neither left nor of a meeting that has a file."""
        return not (row in self._left or any(row in rows for rows in self.existing.values()))

    @property
    def has_left(self) -> bool:
        """Tell whether any row is left for a fault of the sheet."""
        return bool(self._left)

    @property
    def doubts(self) -> list[CellDoubt]:
        """The doubts in the order of their first rows, but for those of rows that are left."""
        found = []
        ignored = {*self._left, *(row for rows in self.existing.values() for row in rows)}
        for (_column, text, what), cells in self._doubts.items():
            rows = tuple(cell for cell in cells if cell[0] not in ignored)
            if rows:
                found.append(CellDoubt(rows, text, what))
        return sorted(found, key=lambda one: one.cells[0][0])

    @property
    def left(self) -> Iterator[tuple[list[CellKey], str]]:
        """Yield what is wrong with the rows that are left, each with its cells."""
        by_reason: dict[tuple[str | None, str], list[CellKey]] = {}
        for row, (column, why) in sorted(self._left.items()):
            by_reason.setdefault((column, why), []).append((row, column))
        for (_column, why), cells in by_reason.items():
            yield cells, why


def cell_names(cells: list[CellKey] | tuple[CellKey, ...], table: SheetTable) -> str:
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


def row_ranges(numbers: list[int]) -> str:
    """Return the numbers of rows, those that follow each other as one: `2–9, 12`."""
    parts: list[list[int]] = []
    for number in sorted(numbers, key=lambda n: natural_key(str(n))):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)
