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
_COMPARED = ("mandate", "by", "for", "what")
"""The columns of what a form asks, in the order of FormTask."""


class FormTask(NamedTuple):
    """A task that a form asks about."""

    reference: str
    party: str
    """Who reports on it: the party, or the office that it holds; by name, or by code if unclear."""
    occurrence: str  # of a recurring duty, as `for` has it; empty for another task
    text: str


def asked_tasks(hidden: Sequence[Sheet]) -> tuple[list[FormTask], Sequence[str]]:
    """Return the tasks that the hidden sheet of a form has, and whose form it is.

    An older form names only who reports on each. None of another workbook.
    """
    for sheet in hidden:
        rows = [[str(value) for value in row.values] for row in sheet.rows]
        if sheet.name == HIDDEN_SHEET and rows and rows[0][:1] == [MARK]:
            tasks = [FormTask(*(row + [""] * 4)[:4]) for row in rows[1:]]
            own = list(filter(None, rows[0][1:2]))
            return tasks, own or list(dict.fromkeys(task.party for task in tasks))
    return [], ()


def problems(table: SheetTable, asked: Sequence[FormTask]) -> Iterator[RowProblem]:
    """Yield what a reply has changed, by its cell. Raises UnreadableSheet for a missing column."""
    with_occurrence = any(task.occurrence for task in asked)
    names = [name for name in _COMPARED if name != "for" or with_occurrence]
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
    by_key = {task[:3]: collapse(task.text) for task in asked}
    for row in table.rows:
        written = FormTask(*(collapse(str(row.cells.get(name, ""))) for name in _COMPARED))
        is_empty = not (written.reference or written.text or "progress" in row.cells)
        if is_empty or any((row.number, name) in wrong for name in _COMPARED):
            continue
        if by_key.get(written[:3]) != written.text:
            column, why = _changed(written, asked)
            yield RowProblem(row.number, column, why)
        elif written in first_rows:
            why = _("{reference} is already in row {number}; correct the reference in this row")
            why = why.format(reference=written.reference, number=first_rows[written])
            yield RowProblem(row.number, "mandate", why)
        first_rows.setdefault(written, row.number)


def _changed(written: FormTask, asked: Sequence[FormTask]) -> tuple[str, str]:
    """Return the column in which a row differs from what the form asked, and what to write."""
    same_text = [task for task in asked if collapse(task.text) == written.text]
    same_reference = [task for task in asked if task.reference == written.reference]
    column, right = "mandate", ""
    is_same = written.reference in {task.reference for task in same_text}
    if same_reference and (is_same or not same_text):
        if all(task.party != written.party for task in same_reference):
            column, right = "by", same_reference[0].party
            message = _(
                "this form asks {right} about {reference}, but this row has '{found}'; "
                "write {right}"
            )
        elif all(task.occurrence != written.occurrence for task in same_reference):
            column = "for"
            right = _(" or ").join(filter(None, (task.occurrence for task in same_reference)))
            message = _("{reference} is due once: leave this cell empty, as it was in the form")
            if right:
                message = _(
                    "for {reference}, the form asks about {right}, but this row has "
                    "'{found}'; write {right}"
                )
        else:
            column, right = "what", collapse(same_reference[0].text)
            message = _("the text of {reference} is not that of the form; write: {right}")
    elif same_text:
        right = same_text[0].reference
        message = _("in this row the form has {right}, but the sheet has '{found}'; write {right}")
        if not written.reference:
            message = _("in this row the form has {right}, but the cell is empty; write {right}")
    else:
        right = ", ".join(dict.fromkeys(task.reference for task in asked))
        message = _("'{found}' is not in this form; its references are: {references}")
    text = clean(written[_COMPARED.index(column)])
    values = {"reference": written.reference, "found": text, "right": right}
    return column, message.format(**values, references=right)
