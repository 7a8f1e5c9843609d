"""The matrix: mandates × parties, with the state of a task in each cell."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from textwrap import fill
from typing import NamedTuple

from grcm_cli.domain.model import Reference
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import State, Task
from grcm_cli.domain.tasks import ReferenceKeys
from grcm_cli.formats.listing import (
    Column,
    JsonValue,
    Listing,
    OutputField,
    TableRow,
    TextTable,
)
from grcm_cli.formats.output_schema import (
    DAY_OR_NONE,
    FLAG,
    KIND,
    NUMBER_OR_NONE,
    TEXT,
    TEXT_OR_NONE,
    TEXTS,
    iso,
    list_of,
    object_schema,
    one_of,
)
from grcm_cli.language.text import N_, _
from grcm_cli.views import labels
from grcm_cli.views.tasks import by_reference

# Marks differ in shape, so that no meaning depends on a colour.
_MARKS = {
    "done": "✓",
    "overdue": "!",
    "declined": "–",
    "not-applicable": "–",
    "superseded": "×",
    "closed": "×",
    "?": "?",
}
_LEGEND = N_(
    "✓ done   ! late   o open   – declined or n/a   × ended   ? not understood   · not bound   "
    "+ together"
)
NOBODY = "nobody"


JSON_NAMES = (*("ref", "meeting", "action", "kind", "due", "deadline", "together", "cells"),)
"""The fields that JSON has; csv has a column for each party instead of the cells."""


class MandateCells(NamedTuple):
    """A row of the matrix: the tasks of one mandate, and the one that each party's cell shows."""

    tasks: Sequence[Task]
    by_party: Mapping[str, Task]

    @property
    def first(self) -> Task:
        """The first of the tasks."""
        return self.tasks[0]


class MatrixTasks(NamedTuple):
    """The tasks that a matrix shows."""

    listed: Sequence[Task]
    bound: Sequence[Task]
    """All tasks of the same mandates: in a table, the cells of those not listed are empty."""


def rows(tasks: Sequence[Task]) -> list[MandateCells]:
    """Return the rows of the matrix in the order of their references."""
    return [MandateCells(found, by_party(found)) for found in tasks_by_row(tasks)]


def tasks_by_row(tasks: Sequence[Task]) -> list[list[Task]]:
    """Return the tasks of each row, in the order of their references."""
    keys = ReferenceKeys()
    rows = by_reference(tasks)
    return [rows[reference] for reference in sorted(rows, key=keys.of)]


def listing(
    tasks: MatrixTasks,
    register: Register,
    as_of: date,
    language: str,
    meeting: str | None = None,
) -> Listing:
    """Return the matrix of tasks, with the columns of `bound_parties`.

    `meeting` is the id of the one whose tasks they are; None for several.
    """
    directory = register.directory
    codes = bound_parties(tasks.listed, directory)
    mandates = rows(tasks.listed)
    left_out = _left_out(tasks)

    def table() -> TextTable:
        fixed = [_("Mandate"), "", _("Deadline")]
        columns = [Column(text) for text in (*fixed, *map(heading, codes))]
        what = meeting or register.process.code
        title = _("{what} · as of {day}").format(what=what, day=as_of)
        one_meeting = meeting is not None
        lines = [_row(found, codes, left_out, one_meeting=one_meeting) for found in mandates]
        notes = [_(_LEGEND), *office_holders(codes, directory, as_of)]
        if left_out:
            notes.insert(1, _("Empty: bound, and reported or closed."))
        return TextTable(title, columns, lines, notes if lines else (), keys=len(fixed))

    fields = matrix_fields(language)
    in_csv = ("ref", "kind", "due", "deadline", "together", *codes)
    columns = [OutputField(code, TEXT_OR_NONE, "", partial(_state, code)) for code in codes]
    return Listing(
        "matrix", as_of, [*columns, *fields], mandates, ("ref", "deadline", "states"), table,
        in_csv, JSON_NAMES, language=language,
    )  # fmt: skip


def bound_parties(tasks: Sequence[Task], directory: Directory) -> list[str]:
    """Return the codes of the columns: all members, other parties that owe any, then `nobody`."""
    owing = {code for task in tasks for code in task.parties or (NOBODY,)}
    kinds = ["member", "organization", "body", "office"]

    def order(code: str) -> tuple[int, str]:
        party = directory.by_code.get(code)
        return (kinds.index(party.kind) if party else len(kinds)), code

    members = {code for code, party in directory.by_code.items() if party.kind == "member"}
    named = sorted((owing | members) - {NOBODY} if owing else (), key=order)
    return [*named, *([NOBODY] if NOBODY in owing else [])]


def heading(code: str) -> str:
    """Return the heading of a column."""
    return _("nobody") if code == NOBODY else code


def by_party(tasks: Sequence[Task]) -> dict[str, Task]:
    """Return the task of each cell: of several of one party, the first that is open."""
    shown: dict[str, Task] = {}
    for task in sorted(tasks, key=lambda task: task.is_open):
        for code in task.parties or (NOBODY,):
            if code not in shown or not shown[code].is_open:
                shown[code] = task
    return shown


_CELL = object_schema(
    {
        "parties": TEXTS,
        "state": one_of(labels.STATES),
        "deadline": DAY_OR_NONE,
        "days": NUMBER_OR_NONE,
    }
)


def matrix_fields(language: str) -> Sequence[OutputField[MandateCells]]:
    """Return the keys of a row's record; `language` is that of the action."""

    def action(found: MandateCells) -> str:
        return labels.what(found.first.mandate, found.first, language)

    return (
        OutputField("ref", TEXT, "The mandate.", lambda f: str(f.first.reference)),
        OutputField("meeting", TEXT, "The id of its meeting.", lambda f: f.first.meeting.id),
        OutputField("action", TEXT, "What is to be done; else the text.", action),
        OutputField("kind", KIND, "How strongly it binds.", lambda f: f.first.mandate.kind),
        OutputField("due", TEXT_OR_NONE, "As the file writes it.", lambda f: f.first.due),
        OutputField("deadline", DAY_OR_NONE, "Of its first task.", lambda f: iso(f.first.deadline)),
        OutputField(
            "together", FLAG, "Several owe it together.", lambda f: len(f.first.parties) > 1
        ),
        OutputField("cells", list_of(_CELL), "A state for each task; no party: nobody.", _cells),
        OutputField("states", TEXTS, "", _states),
    )


def _cells(found: MandateCells) -> Sequence[JsonValue]:
    return [
        {
            "parties": task.parties,
            "state": task.state,
            "deadline": iso(task.deadline),
            "days": task.days,
        }
        for task in found.tasks
    ]


def _states(found: MandateCells) -> Sequence[str]:
    return [f"{code}={task.state}" for code, task in found.by_party.items()]


def _state(code: str, found: MandateCells) -> str | None:
    task = found.by_party.get(code)
    return task.state if task else None


def _left_out(tasks: MatrixTasks) -> frozenset[tuple[Reference, str]]:
    """Return the cells, each a mandate and a code, all of whose tasks are not listed."""
    listed, every = (
        {(task.reference, code) for task in some for code in task.parties or (NOBODY,)}
        for some in tasks
    )
    rows_listed = {reference for reference, _code in listed}
    return frozenset(cell for cell in every - listed if cell[0] in rows_listed)


def _row(
    found: MandateCells,
    codes: Sequence[str],
    left_out: frozenset[tuple[Reference, str]],
    *,
    one_meeting: bool,
) -> TableRow:
    task, states = found.first, found.by_party
    name = str(task.reference)
    if one_meeting:
        name = name.partition("/")[2]
    kind = _("enc.") if task.mandate.kind == "encouragement" else ""
    marks = ("" if (task.reference, code) in left_out else mark(states.get(code)) for code in codes)
    return TableRow((name, kind, _deadline(found.tasks), *marks))


def deadlines(found: Sequence[Task]) -> str:
    """Return the deadlines of a mandate's tasks; several where some were moved."""
    days = sorted({task.deadline for task in found if task.deadline})
    return " ".join(day.isoformat() for day in days)


_DEADLINE_WIDTH = len("2003-01-15")


def _deadline(found: Sequence[Task]) -> str:
    task, days = found[0], deadlines(found)
    if days:
        return days.replace(" ", "\n")
    if task.state == "standing":
        return _("standing")
    return fill(" ".join(labels.deadline(task).split()), _DEADLINE_WIDTH)


def mark(task: Task | None) -> str:
    """Return the mark of a cell; None is a party that the mandate does not bind."""
    if task is None:
        return "·"
    return state_mark(task.state) + ("+" if len(task.parties) > 1 else "")


def state_mark(state: State) -> str:
    """Return the mark of a state."""
    return _MARKS.get(state, "o")


def office_holders(codes: Sequence[str], directory: Directory, as_of: date) -> list[str]:
    """Return the holder of each office among the parties on the day, in words."""
    notes = []
    for code in codes:
        office = directory.by_code.get(code)
        holder = office.holder_on(as_of) if office else None
        if holder:
            notes.append(_("{office} on this day: {holder}").format(office=code, holder=holder))
    return notes
