"""The form in which a party replies: what was asked in it, and whether a reply still asks the same.

A hidden sheet of the form has each task that it asks about, so that a reference that somebody
changed is seen.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grcm_cli.language.text import _, clean, collapse, ngettext
from grcm_cli.sheets.headings import REPORTS
from grcm_cli.sheets.table import FilledRow, Sheet, SheetProblem, SheetTable, UnreadableSheet

HIDDEN_SHEET = "grcm"
COLUMNS = REPORTS.headings.keys() - {"for"}
"""Those of a form; another table has no column of the state today beside the reported one."""
MARK = "grcm reply form 1"
"""The first cell of the hidden sheet, with the version of what follows."""


class FormTask(NamedTuple):
    """A task that a form asks about."""

    reference: str
    party: str
    """The code of who reports on it: the party, or the office that it holds."""
    occurrence: str
    """Of a recurring duty, as `for` has it; empty for another one."""
    text: str


def asked_tasks(hidden: Sequence[Sheet]) -> list[FormTask]:
    """Return the tasks that the hidden sheet of a form has; none for another workbook."""
    for sheet in hidden:
        rows = [[str(value) for value in row.values] for row in sheet.rows]
        if sheet.name == HIDDEN_SHEET and rows and rows[0][:1] == [MARK]:
            return [FormTask(*(row + [""] * 4)[:4]) for row in rows[1:]]
    return []


def problems(table: SheetTable, asked: Sequence[FormTask]) -> Iterator[SheetProblem]:
    """Yield what was changed in a reply: a reference, a party or an occurrence, by its cell.

    Raises UnreadableSheet where a column of the form is missing.
    """
    _check_columns(table, asked)
    wrong = {(one.number, one.column) for one in table.problems}
    seen: dict[tuple[str, str, str], int] = {}
    by_key = {one[:3]: one for one in asked}
    for row in table.rows:
        reference, party, occurrence, text = (
            collapse(str(row.cells.get(name, ""))) for name in _COMPARED
        )
        if not reference and not text and "progress" not in row.cells:
            continue
        if any((row.number, name) in wrong for name in _COMPARED):
            continue
        key = (reference, party, occurrence)
        own = by_key.get(key)
        if own is None or collapse(own.text) != text:
            yield _changed(row, asked, key, text)
        elif key in seen:
            message = _(
                "{reference} stands in row {number} already; write the reference of this row again"
            )
            why = message.format(reference=reference, number=seen[key])
            yield SheetProblem(row.number, "mandate", why)
        seen.setdefault(key, row.number)


_COMPARED = ("mandate", "by", "for", "what")


def _check_columns(table: SheetTable, asked: Sequence[FormTask]) -> None:
    with_occurrence = any(one.occurrence for one in asked)
    names = [name for name in _COMPARED if name != "for" or with_occurrence]
    missing = [REPORTS.heading_of(name) for name in names if name not in table.letters]
    if missing:
        message = ngettext(
            "the column {names} of the form is missing: put it back, or copy the answers into the "
            "form as it was sent",
            "the columns {names} of the form are missing: put them back, or copy the answers into "
            "the form as it was sent",
            len(missing),
        )
        raise UnreadableSheet(message.format(names=", ".join(missing)))


def _changed(
    row: FilledRow, asked: Sequence[FormTask], key: tuple[str, str, str], text: str
) -> SheetProblem:
    """Return what a row has in the place of what the form asked, and what to write."""
    same_text = [one for one in asked if collapse(one.text) == text]
    same_reference = [one for one in asked if one.reference == key[0]]
    if same_reference and (not same_text or key[0] in {one.reference for one in same_text}):
        if all(one.party != key[1] for one in same_reference):
            message = _(
                "this form asks {right} about {reference}, and here stands '{found}'; write {right}"
            )
            right, column, found = same_reference[0].party, "by", key[1]
        elif all(one.occurrence != key[2] for one in same_reference):
            right = _(" or ").join(filter(None, (one.occurrence for one in same_reference)))
            column, found = "for", key[2]
            message = _("{reference} is due once: leave this cell empty, as it was in the form")
            if right:
                message = _(
                    "of {reference} the form asks about {right}, and here stands '{found}'; "
                    "write {right}"
                )
        else:
            message = _("the text of {reference} is not that of the form; write: {right}")
            right, column, found = collapse(same_reference[0].text), "what", ""
        why = message.format(reference=key[0], right=right, found=clean(found))
        return SheetProblem(row.number, column, why)
    if same_text:
        message = _("the form has {right} in this row, and here stands '{found}'; write {right}")
        if not key[0]:
            message = _("the form has {right} in this row, and here stands nothing; write {right}")
        why = message.format(right=same_text[0].reference, found=clean(key[0]))
        return SheetProblem(row.number, "mandate", why)
    message = _("'{found}' is not in this form; its references are: {references}")
    references = ", ".join(dict.fromkeys(one.reference for one in asked))
    return SheetProblem(
        row.number, "mandate", message.format(found=clean(key[0]), references=references)
    )
