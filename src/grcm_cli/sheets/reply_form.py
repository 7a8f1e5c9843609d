"""The form in which a party replies: what was asked in it, and whether a reply still asks the same.

A hidden sheet of the form has each task that it asks about, so that a changed reference is seen.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grcm_cli.domain.findings import RowProblem
from grcm_cli.language.text import N_, _, clean, collapse, ngettext
from grcm_cli.sheets.headings import REPORTS
from grcm_cli.sheets.table import Sheet, SheetTable, UnreadableSheet

NAME = N_("Reply")  # of the sheet to fill in: all languages but English show its days day first
HIDDEN_SHEET = "grcm"
MARK = "grcm reply form 1"  # the first cell of the hidden sheet, with the version of what follows
_ASKED = ("mandate", "by", "for", "what")
COLUMNS = (*_ASKED, "deadline", "today")
"""The columns of what a form asks and tells, in the order of FormTask."""
_TOLD = N_("this cell is not read; write what is new in the white cells, and here again: {right}")
_CHANGED = {
    "mandate": N_("in this row the form has {right}, but the sheet has '{found}'; write {right}"),
    "by": N_("this form asks {right} about {reference}, but this row has '{found}'; write {right}"),
    "for": N_(
        "for {reference}, the form asks about {right}, but this row has '{found}'; write {right}"
    ),
    "what": N_("the text of {reference} is not that of the form; write: {right}"),
    **dict.fromkeys(("deadline", "today"), _TOLD),
}
"""What to write in a column that differs from what the form asked."""


class FormTask(NamedTuple):
    """A task that a form asks about, as its cells have it."""

    reference: str
    party: str
    """Who reports on it: the party, or the office that it holds; by name, or by code if unclear."""
    occurrence: str  # of a recurring duty, as `for` has it; empty for another task
    text: str
    deadline: str = ""  # the day, or words; with `today`, empty in the hidden sheet of older forms
    today: str = ""


def asked_tasks(hidden: Sequence[Sheet]) -> tuple[list[FormTask], Sequence[str]]:
    """Return the tasks that the hidden sheet of a form has, and whose form it is.

    An older form names only who reports on each. None of another workbook.
    """
    for sheet in hidden:
        rows = [[str(value) for value in row.values] for row in sheet.rows]
        if sheet.name == HIDDEN_SHEET and rows and rows[0][:1] == [MARK]:
            tasks = [FormTask(*(row + [""] * 6)[:6]) for row in rows[1:]]
            own = list(filter(None, rows[0][1:2]))
            return tasks, own or list(dict.fromkeys(task.party for task in tasks))
    return [], ()


def problems(table: SheetTable, asked: Sequence[FormTask]) -> Iterator[RowProblem]:
    """Yield what a reply has changed, by its cell. Raises UnreadableSheet for a missing column."""
    with_occurrence = any(task.occurrence for task in asked)
    names = [name for name in _ASKED if name != "for" or with_occurrence]
    if missing := [REPORTS.heading_of(name) for name in names if name not in table.letters]:
        message = ngettext(
            "the column {names} of the form is missing: put it back, or copy the answers into the "
            "form as it was sent",
            "the columns {names} of the form are missing: put them back, or copy the answers into "
            "the form as it was sent",
            len(missing),
        )
        raise UnreadableSheet(message.format(names=", ".join(missing)))
    wrong = {(problem.row, problem.column) for problem in table.problems}
    first_rows: dict[FormTask, int] = {}
    asked = [FormTask(*map(collapse, task)) for task in asked]
    for row in table.rows:
        written = FormTask(*(collapse(str(row.cells.get(name, ""))) for name in COLUMNS))
        is_empty = not (written.reference or written.text or "progress" in row.cells)
        if is_empty or any((row.number, name) in wrong for name in COLUMNS):
            continue
        differences = [(_differing(written, task), task) for task in asked]
        columns, task = min(differences, key=lambda pair: (len(pair[0]), "what" in pair[0]))
        if columns:
            why = _changed(columns[0], written, task, asked)
            yield RowProblem(row.number, columns[0], why)
        elif task in first_rows:
            why = _("{reference} is already in row {number}; correct the reference in this row")
            why = why.format(reference=task.reference, number=first_rows[task])
            yield RowProblem(row.number, "mandate", why)
        else:
            first_rows[task] = row.number


def deleted_rows(table: SheetTable, asked: Sequence[FormTask]) -> str:
    """Return the references of what the form asks about and no row of it has."""
    cells = [[collapse(str(row.cells.get(name, ""))) for name in _ASKED] for row in table.rows]
    missing = [
        task for task in asked if [collapse(text) for text in task[: len(_ASKED)]] not in cells
    ]
    return ", ".join(dict.fromkeys(task.reference for task in missing))


def _differing(written: FormTask, task: FormTask) -> list[str]:
    """Return the columns in which a row differs from a task that the form asked about.

    Not those of a deadline or a status that was deleted, or that an older form does not keep.
    """
    cells = zip(COLUMNS, written, task, strict=True)
    changed = ((column, cell and right) for column, cell, right in cells if cell != right)
    return [column for column, is_filled in changed if is_filled or column in _ASKED]


def _changed(column: str, written: FormTask, task: FormTask, asked: Sequence[FormTask]) -> str:
    """Return what to write in a column in which a row differs from what the form asked."""
    place, message = COLUMNS.index(column), _(_CHANGED[column])
    right = task[place]
    if column == "mandate" and task.text != written.text:
        right = ", ".join(dict.fromkeys(task.reference for task in asked))
        message = _("'{found}' is not in this form; its references are: {references}")
    elif not written.reference:
        message = _("in this row the form has {right}, but the cell is empty; write {right}")
    elif column == "for" and not right:
        message = _("{reference} is due once: leave this cell empty, as it was in the form")
    values = {"reference": written.reference, "found": clean(written[place]), "right": right}
    return message.format(**values, references=right)
