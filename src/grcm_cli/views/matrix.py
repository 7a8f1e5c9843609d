"""The matrix: mandates × parties, with the state of a task in each cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from textwrap import fill
from typing import Annotated, NamedTuple

from grcm_cli.domain.model import MandateKind
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.task import ENDED, State, Task, by_deadline, select
from grcm_cli.formats.listing import Column, Emphasis, Listing, TableRow, TextTable
from grcm_cli.language.text import N_, _, natural_key, on_one_line
from grcm_cli.views import labels
from grcm_cli.views.tasks import TaskSelection, by_mandate, group_by

# Marks differ in shape, so that no meaning depends on a colour.
PLAIN = ("ref", "deadline", "states")
_MARKS: dict[State, str] = {
    "done": "✓",
    "overdue": "!",
    **dict.fromkeys(("declined", "not-applicable"), "–"),
    **dict.fromkeys(ENDED, "×"),
    "?": "?",
}
_LEGEND = N_(
    "✓ done   ! overdue   ○ open   – declined or n/a   × ended   ? not understood   · not "
    "bound   + joint"
)
NOBODY = "nobody"


class MandateCells(NamedTuple):
    """A row of the matrix: the tasks of one mandate, and the one that each party's cell shows."""

    tasks: Sequence[Task]
    by_party: Mapping[str, Task]

    @property
    def first(self) -> Task:
        """The first of the tasks that are open, else of all: of what recurs, the oldest missed."""
        return next((task for task in self.tasks if task.is_open), self.tasks[0])

    def lines(self) -> Iterator[Mapping[str, Task]]:
        """Yield by party the tasks of each deadline that a cell shows, the undated last."""
        days = group_by(sorted(self.tasks, key=by_deadline), labels.deadline)
        shown = {labels.deadline(task) for task in self.by_party.values()}
        yield from (by_party(tasks) for day, tasks in days.items() if day in shown)


def mandate_rows(tasks: Sequence[Task]) -> list[MandateCells]:
    """Return the rows of the matrix in the order of their references."""
    rows = sorted(by_mandate(tasks).values(), key=lambda row: natural_key(str(row[0].reference)))
    return [MandateCells(row, by_party(row)) for row in rows]


def listing(tasks: TaskSelection) -> Listing:
    """Return the matrix of tasks, with the columns of `bound_parties`."""
    codes = bound_parties(tasks.selected, tasks.register.directory)
    mandates = mandate_rows(tasks.selected)
    record = partial(matrix_record, language=tasks.language)

    def plain(row: MandateCells) -> Sequence[object]:
        states = [f"{code}={task.state}" for code, task in row.by_party.items()]
        return str(row.first.reference), row.first.deadline, states

    def csv_row(row: MandateCells) -> Sequence[object]:
        values, shown = record(row), row.by_party
        states = (shown[code].state if code in shown else None for code in codes)
        return values.ref, values.kind, values.due, values.deadline, values.together, *states

    table = partial(_table, tasks, codes, mandates)
    csv = ("ref", "kind", "due", "deadline", "together", *codes)
    return Listing(
        "matrix", tasks.as_of, lambda: MatrixRecord, mandates, PLAIN, table, record, plain, csv,
        csv_row,
    )  # fmt: skip


def _table(tasks: TaskSelection, codes: Sequence[str], rows: Sequence[MandateCells]) -> TextTable:
    """Return a table with a row for each mandate; cells of tasks that are not listed are empty."""
    directory, query, as_of = tasks.register.directory, tasks.query, tasks.as_of
    any_day = query._replace(before=None, after=None, late=False)
    any_state = any_day._replace(states=(), closed=True, unreported=False)
    listed, every = (
        {(task.reference, code) for task in group for code in task.bound or (NOBODY,)}
        for group in (tasks.selected, select(tasks.everything, any_state))
    )
    rows_listed = {reference for reference, _code in listed}
    # The cells, each a mandate and a code, all of whose tasks are not listed.
    left_out = {cell for cell in every - listed if cell[0] in rows_listed}

    def lines(mandate: MandateCells) -> Iterator[TableRow]:
        task = mandate.first
        name = str(task.reference)
        kind = _("enc.") if task.mandate.kind == "encouragement" else ""
        kind = labels.marked(kind, secret=any(task.is_confidential for task in mandate.tasks))
        keys = [name.partition("/")[2] if query.meeting else name, kind]
        empty = {code for code in codes if (task.reference, code) in left_out}
        for of_day in mandate.lines():
            cells = [*keys, _due(next(iter(of_day.values())))]
            marked: dict[int, Emphasis] = {}
            for code in codes:
                text = "" if code in mandate.by_party or code in empty else "·"  # it is not bound
                if (cell := of_day.get(code)) and code not in empty:
                    marked[len(cells)] = labels.emphasis(cell)
                    text = state_mark(cell.state) + ("+" if len(cell.parties) > 1 else "")
                cells.append(text)
            yield TableRow(tuple(cells), marked=marked)
            keys = [""] * len(keys)

    fixed = [_("Mandate"), "", _("Deadline")]
    columns = [Column(text) for text in (*fixed, *map(heading, codes))]
    without_meeting = tasks._replace(query=query._replace(meeting=None))
    title = without_meeting.title_of(query.meeting or tasks.register.process.code)
    empty = _("Empty: the party is bound but has reported, or the task is no longer open.")
    notes = [_(_LEGEND), *([empty] if left_out else ()), *office_holders(codes, directory, as_of)]
    return TextTable(title, columns, [*chain.from_iterable(map(lines, rows))], notes, len(fixed))


def _due(task: Task) -> str:
    if task.deadline:
        return task.deadline.isoformat()
    words = _("standing") if task.state == "standing" else on_one_line(labels.deadline(task))
    return fill(words, len("2003-01-15"))


def bound_parties(tasks: Sequence[Task], directory: Directory) -> list[str]:
    """Return the codes of the columns: all members, other parties that owe any, then `nobody`."""
    owing = {code for task in tasks for code in task.bound or (NOBODY,)}
    codes: list[str] = []
    for kind in ("member", "organization", "body", "office") if owing else ():
        of_kind = [code for code, party in directory.by_code.items() if party.kind == kind]
        codes += sorted(code for code in of_kind if kind == "member" or code in owing)
    unknown = sorted(owing.difference(codes, [NOBODY]))
    return [*codes, *unknown, *([NOBODY] if NOBODY in owing else [])]


def heading(code: str) -> str:
    """Return the heading of a column."""
    return _("nobody") if code == NOBODY else code


def by_party(tasks: Sequence[Task]) -> dict[str, Task]:
    """Return the task of each cell: of several of one party, the first that is open."""
    shown: dict[str, Task] = {}
    for task in sorted(tasks, key=lambda task: task.is_open):
        for code in task.bound or (NOBODY,):
            if code not in shown or not shown[code].is_open:
                shown[code] = task
    return shown


@dataclass(frozen=True, slots=True)
class CellRecord:
    """The task of one party, or of several together, in a row of the matrix."""

    parties: Annotated[tuple[str, ...], "Codes; empty if nobody is responsible."]
    state: Annotated[State, "On the day."]
    deadline: Annotated[date | None, "The last day on which it is on time."]
    days: Annotated[int | None, "Days to the deadline; negative if overdue."]


@dataclass(frozen=True, slots=True)
class MatrixRecord:
    """A mandate with the state of each of its tasks."""

    ref: Annotated[str, "The mandate."]
    meeting: Annotated[str, "The id of its meeting."]
    action: Annotated[str, "What is to be done; if it is not recorded, the text."]
    kind: Annotated[MandateKind, "How strongly it binds."]
    due: Annotated[str | None, "As written in the file."]
    deadline: Annotated[date | None, "That of its first open task, or else of its first task."]
    together: Annotated[bool, "Several owe it jointly."]
    cells: Annotated[
        tuple[CellRecord, ...], "A state for each task; a task without a party is owed by nobody."
    ]


def matrix_record(row: MandateCells, language: str) -> MatrixRecord:
    """Return the record of a row. `language` is that of the action."""
    first = row.first
    cells = [CellRecord(each.parties, each.state, each.deadline, each.days) for each in row.tasks]
    return MatrixRecord(
        ref=str(first.reference),
        meeting=first.meeting.id,
        action=labels.what(first, language),
        kind=first.mandate.kind,
        due=first.due,
        deadline=first.deadline,
        together=len(first.parties) > 1,
        cells=tuple(cells),
    )


def state_mark(state: State) -> str:
    """Return the mark of a state."""
    return _MARKS.get(state, "○")


def office_holders(codes: Sequence[str], directory: Directory, as_of: date) -> list[str]:
    """Return the holder of each office among the parties on the day, in words."""
    offices = ((code, directory.by_code.get(code)) for code in codes)
    holders = ((code, office.holder_on(as_of)) for code, office in offices if office)
    message = _("{office} on this day: {holder}")
    return [message.format(office=code, holder=holder) for code, holder in holders if holder]
