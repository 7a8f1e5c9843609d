"""What a column with an unknown heading may be, by what stands in its cells."""

from collections.abc import Callable, Sequence
from datetime import date

from grcm_cli.domain.register import Register
from grcm_cli.imports.cells import names_apart, read_days
from grcm_cli.imports.new_parties import country_code
from grcm_cli.language.lexicon import all_entries
from grcm_cli.language.text import fold
from grcm_cli.reader.due_phrases import due_meaning
from grcm_cli.sheets.table import CellValue, SheetTable
from grcm_cli.sheets.tracker import tracker_state

_DUE_WORDS = all_entries("tracker.heading_words.due")
_STATE_WORDS = all_entries("tracker.heading_words.state")


def likely_column(heading: str, table: SheetTable, register: Register) -> str:
    """Return the column that most cells below a heading fit, and that is not read yet; else note.

    Days are deadlines, or the days of states where the heading has a word of these.
    """
    cells = [cell for cell in table.unread_cells.get(heading, ()) if isinstance(cell, str | date)]
    guesses: list[tuple[str, Callable[[str | date], bool]]] = [
        ("on" if _is_of_states(heading) else "due", _is_day),
        ("progress", lambda cell: isinstance(cell, str) and tracker_state(cell) is not None),
        ("responsible", lambda cell: isinstance(cell, str) and _is_of_parties(cell, register)),
    ]
    for column, fits in guesses:
        if column not in table.letters and _mostly(cells, fits):
            return column
    return "note"


def _mostly(cells: Sequence[CellValue], fits: Callable[[str | date], bool]) -> bool:
    count = sum(isinstance(cell, str | date) and fits(cell) for cell in cells)
    return 2 * count > len(cells)


def _is_of_states(heading: str) -> bool:
    folded = fold(heading)
    is_due = any(word in folded for word in _DUE_WORDS)
    return not is_due and any(word in folded for word in _STATE_WORDS)


def _is_day(cell: str | date) -> bool:
    if isinstance(cell, date) or read_days(cell, "day-first"):
        return True
    return bool(due_meaning(" ".join(cell.split())).forms)


def _is_of_parties(cell: str, register: Register) -> bool:
    names = names_apart(cell)
    return bool(names) and all(
        register.directory.named(name) or country_code(name) for name in names
    )
