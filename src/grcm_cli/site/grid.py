"""The matrix as a heat grid: mandates × parties, a sign and a state in each cell."""

from collections.abc import Sequence
from typing import NamedTuple

from grcm_cli.site import addresses
from grcm_cli.site.book import Book
from grcm_cli.site.duties import Who, named
from grcm_cli.task import Task
from grcm_cli.text import _, collapse
from grcm_cli.views import matrix, words

MOST = 40
"""Mandates of a grid on the overview."""


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
    cells: Sequence[Cell]


class Grid(NamedTuple):
    """A matrix: its columns and its lines."""

    columns: Sequence[Who]
    lines: Sequence[Line]
    left_out: int = 0
    """Mandates for which there was no room."""


def grid(book: Book, tasks: Sequence[Task], most: int | None = None) -> Grid:
    """Return the matrix of tasks; with `most`, of the mandates that come first alone."""
    found = _mandates(tasks) if most is not None else matrix.mandates(tasks)
    kept = dict(list(found.items())[:most])
    shown = [task for tasks_of in kept.values() for task in tasks_of]
    codes = matrix.bound_parties(shown, book.register.directory)
    columns = [_heading(book, code) for code in codes]
    lines = [_line(book, tasks_of, codes) for tasks_of in kept.values()]
    return Grid(columns, lines, len(found) - len(kept))


def _mandates(tasks: Sequence[Task]) -> dict[object, list[Task]]:
    """Return the tasks of each mandate in the order in which they came, the most urgent first."""
    found: dict[object, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.reference, []).append(task)
    return found


def _heading(book: Book, code: str) -> Who:
    if code == matrix.NOBODY:
        return Who(_("nobody"), "", None)
    return named(book, code)


def _line(book: Book, tasks: Sequence[Task], codes: Sequence[str]) -> Line:
    task, bound = tasks[0], matrix.by_party(tasks)
    return Line(
        str(task.reference),
        addresses.conclusion(task.reference),
        collapse(words.what(task.mandate, task, book.language)),
        task.deadline.isoformat() if task.deadline else words.state(task.state),
        [_cell(bound.get(code)) for code in codes],
    )


def _cell(task: Task | None) -> Cell:
    if task is None:
        return Cell(matrix.mark(None), _("not bound"), "none")
    return Cell(matrix.mark(task), words.state(task.state), words.emphasis(task) or "open")
