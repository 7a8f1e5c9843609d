"""The matrix: mandates × parties, with the state of a task in each cell."""

from collections.abc import Sequence
from datetime import date

from grcm_cli.domain.parties import Directory
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Column, Listing, ListRecord, TableRow, TextTable
from grcm_cli.language.text import N_, _, natural_key
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


def listing(
    tasks: Sequence[Task], directory: Directory, as_of: date, *, title: str, one_meeting: bool
) -> Listing:
    """Return the matrix of tasks, with the columns of `bound_parties`."""
    codes = bound_parties(tasks, directory)
    ordered = sorted(tasks, key=lambda task: natural_key(str(task.reference)))
    mandates = list(by_reference(ordered).values())
    records = [_record(found, codes) for found in mandates]
    keys = ("ref", "kind", "due", "deadline", "together", *codes)

    def table() -> TextTable:
        fixed = [_("Mandate"), "", _("Deadline")]
        columns = [Column(text) for text in (*fixed, *map(heading, codes))]
        rows = [_row(found, codes, one_meeting=one_meeting) for found in mandates]
        notes = [_(_LEGEND), *office_holders(codes, directory, as_of)]
        return TextTable(title, columns, rows, notes if rows else (), keys=len(fixed))

    return Listing("matrix", as_of, keys, records, ("ref", "deadline", "states"), table)


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


def _record(found: Sequence[Task], codes: Sequence[str]) -> ListRecord:
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


def _row(found: Sequence[Task], codes: Sequence[str], *, one_meeting: bool) -> TableRow:
    task, states = found[0], by_party(found)
    name = str(task.reference)
    if one_meeting:
        name = name.partition("/")[2]
    kind = _("enc.") if task.mandate.kind == "encouragement" else ""
    return TableRow((name, kind, _deadline(found), *(mark(states.get(code)) for code in codes)))


def deadlines(found: Sequence[Task]) -> str:
    """Return the deadlines of a mandate's tasks; several where some were moved."""
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
    """Return the mark of a cell; None is a party that the mandate does not bind."""
    if task is None:
        return "·"
    return _MARKS.get(task.state, "o") + ("+" if len(task.parties) > 1 else "")


def office_holders(codes: Sequence[str], directory: Directory, as_of: date) -> list[str]:
    """Return the holder of each office among the parties on the day, in words."""
    notes = []
    for code in codes:
        office = directory.by_code.get(code)
        holder = office.holder_on(as_of) if office else None
        if holder:
            notes.append(_("{office} on this day: {holder}").format(office=code, holder=holder))
    return notes
