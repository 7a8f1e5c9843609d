"""The matrix as a heat grid: mandates × parties, a sign and a state in each cell."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from grcm_cli.domain.model import Mandate
from grcm_cli.domain.task import Task
from grcm_cli.language.text import _, collapse
from grcm_cli.site.mandate_rows import Who, named
from grcm_cli.site.page_data import Book
from grcm_cli.views import labels, matrix

MOST = 40
"""Mandates of a grid on the overview."""
_NARROW = 16  # columns


class Cell(NamedTuple):
    """A sign, and the state in words; `shade` is how it is coloured."""

    sign: str
    state: str
    shade: str


class Line(NamedTuple):
    """A mandate and its cells."""

    reference: str
    path: str
    what: str
    deadline: str
    is_urged: bool
    """It encourages, and asks for no more."""
    cells: Sequence[Cell]


class Grid(NamedTuple):
    """A matrix: its columns and its lines."""

    columns: Sequence[Who]
    lines: Sequence[Line]
    notes: Sequence[str]
    """Who holds which office on the day."""
    left_out: int = 0
    """Mandates for which there was no room."""

    @property
    def is_wide(self) -> bool:
        """Tell whether it needs the long side of a sheet of paper."""
        return len(self.columns) > _NARROW


def grid(book: Book, mandates: Iterable[Mandate], most: int | None = None) -> Grid | None:
    """Return the matrix of mandates, of the first `most` alone; None where none has a task."""
    unique = {id(mandate): mandate for mandate in mandates}.values()
    found = [tasks for mandate in unique if (tasks := book.of_mandate(mandate))]
    kept = found[:most]
    directory = book.register.directory
    codes = matrix.bound_parties([task for tasks in kept for task in tasks], directory)
    columns = [_heading(book, code) for code in codes]
    lines = [_line(book, tasks, codes) for tasks in kept]
    notes = matrix.offices(codes, directory, book.as_of)
    return Grid(columns, lines, notes, len(found) - len(kept)) if kept else None


def _heading(book: Book, code: str) -> Who:
    if code == matrix.NOBODY:
        return Who(_("nobody"), "", None)
    return named(book, code)


def _line(book: Book, tasks: Sequence[Task], codes: Sequence[str]) -> Line:
    task, bound = tasks[0], matrix.by_party(tasks)
    return Line(
        str(task.reference),
        book.place_of(task.reference) or "",
        collapse(labels.what(task.mandate, task, book.language)),
        matrix.deadlines(tasks) or labels.state(task.state),
        task.mandate.kind == "encouragement",
        [_cell(bound.get(code)) for code in codes],
    )


def _cell(task: Task | None) -> Cell:
    if task is None:
        return Cell(matrix.mark(None), _("not bound"), "none")
    return Cell(matrix.mark(task), labels.state(task.state), labels.emphasis(task) or "open")
