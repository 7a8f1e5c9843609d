"""The matrix: mandates × parties, with each task's state in the cell."""

from collections.abc import Sequence
from datetime import date

from grcm_cli.domain.model import Reference
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Column, Listing, Record, Row, Table
from grcm_cli.language.text import N_, _, natural_key

# Every mark is a sign of its own, so that no meaning hangs on a colour.
_MARKS = {
    "done": "✓",
    "overdue": "!",
    "declined": "–",
    "not-applicable": "–",
    "superseded": "×",
    "closed": "×",
    "?": "?",
}
_OPEN = "o"
_NOT_BOUND = "·"
_TOGETHER = "+"
_LEGEND = N_(
    "✓ done   ! late   o open   – declined or n/a   × ended   ? not understood   · not bound   "
    "+ together"
)
NOBODY = "nobody"


def listing(
    tasks: Sequence[Task], directory: Directory, as_of: date, *, title: str, one_meeting: bool
) -> Listing:
    """Return the matrix of tasks. Columns are the parties that owe any, members first."""
    codes = bound_parties(tasks, directory)
    by_mandate = mandates(tasks)
    records = [_record(found, codes) for found in by_mandate.values()]
    keys = ("ref", "kind", "due", "deadline", "together", *codes)

    def table() -> Table:
        heads = [_("Mandate"), "", _("Deadline")]
        columns = [Column(head) for head in (*heads, *map(_heading, codes))]
        rows = [_row(found, codes, one_meeting=one_meeting) for found in by_mandate.values()]
        notes = [_(_LEGEND), *offices(codes, directory, as_of)]
        return Table(title, columns, rows, notes if rows else (), keys=len(heads))

    return Listing("matrix", as_of, keys, records, ("ref", "deadline", "states"), table)


def mandates(tasks: Sequence[Task]) -> dict[Reference, list[Task]]:
    """Return the tasks of each mandate, the mandates in the order of their references."""
    found: dict[Reference, list[Task]] = {}
    for task in sorted(tasks, key=lambda task: natural_key(str(task.reference))):
        found.setdefault(task.reference, []).append(task)
    return found


def bound_parties(tasks: Sequence[Task], directory: Directory) -> list[str]:
    """Return the codes of a matrix: all members, then whoever else owes any; `nobody` last."""
    owing = {code for task in tasks for code in task.parties or (NOBODY,)}
    kinds = ["member", "organization", "body", "office"]

    def order(code: str) -> tuple[int, str]:
        party = directory.by_code.get(code)
        return (kinds.index(party.kind) if party else len(kinds)), code

    members = {code for code, party in directory.by_code.items() if party.kind == "member"}
    named = sorted((owing | members) - {NOBODY} if owing else (), key=order)
    return [*named, *([NOBODY] if NOBODY in owing else [])]


def _heading(code: str) -> str:
    return _("nobody") if code == NOBODY else code


def by_party(found: Sequence[Task]) -> dict[str, Task]:
    """Return the task that a cell shows: of several of one party, the first that is open."""
    shown: dict[str, Task] = {}
    for task in sorted(found, key=lambda task: task.is_open):
        for code in task.parties or (NOBODY,):
            if code not in shown or not shown[code].is_open:
                shown[code] = task
    return shown


def _record(found: Sequence[Task], codes: Sequence[str]) -> Record:
    task, states = found[0], by_party(found)
    return {
        "ref": str(task.reference),
        "kind": task.mandate.kind,
        "due": task.due,
        "deadline": task.deadline.isoformat() if task.deadline else None,
        "together": len(task.parties) > 1,
        "states": [f"{code}={bound.state}" for code, bound in states.items()],
        **{code: states[code].state if code in states else None for code in codes},
    }


def _row(found: Sequence[Task], codes: Sequence[str], *, one_meeting: bool) -> Row:
    task, states = found[0], by_party(found)
    name = str(task.reference)
    if one_meeting:
        name = name.partition("/")[2]
    kind = _("enc.") if task.mandate.kind == "encouragement" else ""
    return Row((name, kind, _deadline(found), *(mark(states.get(code)) for code in codes)))


def deadlines(found: Sequence[Task]) -> str:
    """Return the deadlines of a mandate's tasks; several where one was moved for some alone."""
    days = sorted({task.deadline for task in found if task.deadline})
    return " ".join(day.isoformat() for day in days)


def _deadline(found: Sequence[Task]) -> str:
    task, days = found[0], deadlines(found)
    if days:
        return days.replace(" ", "\n")
    if task.state == "standing":
        return _("standing")
    return task.due or "–"


def mark(task: Task | None) -> str:
    """Return the sign of a cell."""
    if task is None:
        return _NOT_BOUND
    return _MARKS.get(task.state, _OPEN) + (_TOGETHER if len(task.parties) > 1 else "")


def offices(codes: Sequence[str], directory: Directory, as_of: date) -> list[str]:
    """Return who holds each office among the parties on the day, in words."""
    notes = []
    for code in codes:
        office = directory.by_code.get(code)
        holder = office.holder_on(as_of) if office else None
        if holder:
            notes.append(_("{office} on this day: {holder}").format(office=code, holder=holder))
    return notes
