"""Tables of mandates on the pages: lists of rows, cut into parts, and the matrix."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from grcm_cli.domain.model import Entry, Mandate
from grcm_cli.domain.task import State, Task
from grcm_cli.formats.listing import Emphasis
from grcm_cli.language.text import _, collapse
from grcm_cli.site.links import TextPart, linked_parts
from grcm_cli.site.list_parts import LazyRows
from grcm_cli.site.page_data import MatrixCell, PartyLink, SiteData
from grcm_cli.views import labels, matrix
from grcm_cli.views.tasks import grouped

_FEW = 3  # parties of a row that are shown by their names; more are shown by their codes
_NARROW = 16  # columns of a matrix that fit onto a page in portrait


class WhenLine(NamedTuple):
    """A line on how far off a deadline is, or on what was done."""

    text: str
    deadline: date | None = None
    """Of an open task: a script writes the number of days to it in place of the text."""


class MandateRow(NamedTuple):
    """A row of a list: the tasks of a mandate that have the same deadline and state."""

    reference: str
    path: str
    deadline: date | None
    day: str
    """The deadline in words, or what it waits for."""
    written: str
    """The `due` in words, where it is no day."""
    when: Sequence[WhenLine]
    emphasis: Emphasis
    head: str
    """How many of the mandate's parties the row has, or how the mandate binds the page's party."""
    who: Sequence[Sequence[PartyLink]]
    """The parties of each task."""
    what: str
    language: str
    """The language of `what`, where it is not the page's."""
    reports: Sequence[Sequence[TextPart]] = ()
    """The reports on the task, with the links of their evidence, on the page of a party."""


def tasks_of_rows(tasks: Iterable[Task]) -> list[list[Task]]:
    """Return the tasks of each row: those of one mandate that have the same deadline and state."""
    # By identity: two conclusions of a meeting may have one number, which is an error.
    return grouped(tasks, lambda task: id(task.mandate))


def shared_rows(site: SiteData, tasks: Iterable[Task]) -> Sequence[MandateRow]:
    """Return a row for the tasks of one mandate that have the same deadline and state."""
    return LazyRows(tasks_of_rows(tasks), partial(shared_row, site))


def shared_row(site: SiteData, row: Sequence[Task]) -> MandateRow:
    """Return the row of such tasks."""
    return _row(site, row, *who_owes(site, row, site.of_mandate(row[0].mandate)))


def who_owes(
    site: SiteData, row: Sequence[Task], everybody: Sequence[Task]
) -> tuple[str, Sequence[Sequence[PartyLink]]]:
    """Return how many of a mandate's parties a row has, in words, and the parties of each task.

    `everybody` are all tasks of the mandate.
    """
    head, owed = labels.how_many(row, everybody)
    head = _with_silent(row, everybody, head)
    few = sum(len(task.parties) for task in owed) <= _FEW
    return head, [_together(site, task, in_full=few) for task in owed]


def _with_silent(row: Sequence[Task], everybody: Sequence[Task], head: str) -> str:
    """Return the head of a row that has all parties of a mandate, with those without a report."""
    silent = [task for task in row if task.progress == "unknown"]
    is_whole = len(row) == len({task.parties for task in everybody})
    if not head or not is_whole or len(silent) in (0, len(row)):
        return head
    names = " ".join(sorted(labels.together(task) for task in silent))
    return _("each of {total} ({heard} reported, no report: {silent})").format(
        total=len(row),
        heard=len(row) - len(silent),
        silent=names if len(silent) <= _FEW else len(silent),
    )


def own_rows(site: SiteData, code: str, tasks: Sequence[Task]) -> Sequence[MandateRow]:
    """Return a row for each task of a party, with the way in which its mandate binds the party."""
    return LazyRows(tasks, partial(_own_row, site, code))


def _own_row(site: SiteData, code: str, task: Task) -> MandateRow:
    reports = [_report_text(site, entry) for entry in task.reports]
    if code in task.parties or task.anybody:
        row = _row(site, [task], labels.reach(task, code), ())
    else:
        row = _row(site, [task], "", [_together(site, task, in_full=True)])
    return row._replace(reports=reports) if reports else row


def _report_text(site: SiteData, entry: Entry) -> list[TextPart]:
    day = site.long_day(entry.day)
    head = f"{entry.party}, {day}: {labels.progress_word(entry.progress)}"
    evidence = linked_parts(collapse(entry.evidence)) if entry.evidence else []
    note = [TextPart(entry.note)] if entry.note else []
    parts = [TextPart(head)]
    for more in filter(None, (evidence, note)):
        parts += [TextPart(" · "), *more]
    return parts


def wording(site: SiteData) -> labels.Wording:
    """Return the wording of the rows: parties by their codes, and days in words."""
    return labels.CODES._replace(day=site.long_day)


def _row(
    site: SiteData, row: Sequence[Task], head: str, who: Sequence[Sequence[PartyLink]]
) -> MandateRow:
    task = row[0]
    due = site.due_in_words(task)
    is_day = task.deadline is None or task.due == task.deadline.isoformat()
    return MandateRow(
        reference=str(task.reference),
        path=site.place_of_task(task),
        deadline=task.deadline,
        day=site.long_day(task.deadline) if task.deadline else _no_day(task, due),
        written="" if is_day else due,
        when=_when(site, row),
        emphasis=labels.emphasis(task),
        head=head,
        who=who,
        what=collapse(labels.action(task, site.language, with_due=False, wording=wording(site))),
        language=site.other_language(task.mandate.action or task.conclusion.text, task.meeting),
    )


def _when(site: SiteData, row: Sequence[Task]) -> list[WhenLine]:
    task = row[0]
    distance = labels.distance(task) if is_counted(task) else None
    return [
        WhenLine(labels.state(task.state), task.deadline) if line == distance else WhenLine(line)
        for line in labels.when(row, wording(site)).split("\n")
    ]


def is_counted(task: Task) -> bool:
    """Tell whether pages say how many days it is to the deadline of a task, or since it."""
    return task.is_open and task.days is not None


def _no_day(task: Task, due: str) -> str:
    if task.state == "?":
        return labels.deadline(task)
    return "–" if task.state in ("undated", "standing", "asap") else due


def _together(site: SiteData, task: Task, *, in_full: bool) -> Sequence[PartyLink]:
    """Return the parties of a task, by their names (`in_full`) or codes.

    A task without parties has one link, without a page.
    """
    if not task.parties:
        return [PartyLink(labels.no_party(task), "", None)]
    name = site.name_of if in_full else str
    return [site.party_link(code, labels.party(task, code, name)) for code in task.parties]


# --- the matrix ---------------------------------------------------------------------------------


class MatrixRow(NamedTuple):
    """A mandate and its cells."""

    reference: str
    path: str
    what: str
    language: str
    """The language of `what`, where it is not the page's."""
    deadlines: Sequence[str]
    """Those of the tasks that its cells show, else a state."""
    is_urged: bool
    """It is an encouragement."""
    cells: Sequence[MatrixCell]


class StateCount(NamedTuple):
    """How many tasks of a party have a state, with its mark and class."""

    number: int
    sign: str
    state: str
    shade: str


class LateDuty(NamedTuple):
    """An overdue task of a card."""

    path: str
    what: str
    language: str
    """The language of `what`, where it is not the page's."""
    day: str
    """Its deadline, how many later ones were missed, and the office that owes it."""


class PartyCard(NamedTuple):
    """A party for a narrow screen, with the tasks that its own page has of these mandates."""

    party: PartyLink
    counts: Sequence[StateCount]
    late: Sequence[LateDuty]
    """Those overdue for longest."""
    more: int
    """How many more are late."""


class MatrixGrid(NamedTuple):
    """The matrix of a page."""

    columns: Sequence[PartyLink]
    lines: Sequence[MatrixRow]
    notes: Sequence[str]
    """The holders of offices on the day."""
    cards: Sequence[PartyCard]
    finding: str
    """How many of all mandates somebody is late with, in words."""
    left_out: int = 0
    """How many mandates had no room."""

    @property
    def is_wide(self) -> bool:
        """Tell whether it needs paper in landscape."""
        return len(self.columns) > _NARROW


def matrix_grid(
    site: SiteData,
    mandates: Iterable[Mandate],
    most: int | None = None,
    of_cards: Sequence[Task] | None = None,
) -> MatrixGrid | None:
    """Return the matrix of the first `most` mandates that have tasks; None where none has.

    Its cards have the tasks of these mandates, unless others are given.
    """
    unique = {id(mandate): mandate for mandate in mandates}.values()
    found = [tasks for mandate in unique if (tasks := site.of_mandate(mandate))]
    if not found:
        return None
    shown = found[:most]
    directory = site.register.directory
    tasks = [task for some in shown for task in some]
    codes = matrix.bound_parties(tasks, directory)
    columns = [_column(site, code) for code in codes]
    lines = [_matrix_row(site, some, codes) for some in shown]
    notes = matrix.office_holders(codes, directory, site.as_of)
    cards = _cards(site, tasks if of_cards is None else of_cards)
    return MatrixGrid(
        columns, lines, notes, cards, _matrix_finding(site, found), len(found) - len(shown)
    )


def _matrix_finding(site: SiteData, found: Sequence[Sequence[Task]]) -> str:
    """Return how many mandates somebody is late with; `found` are the tasks of each."""
    late = sum(any(task.is_late for task in tasks) for tasks in found)
    if late:
        message = _("Mandates with something overdue: {late} of {count}.")
        return message.format(late=late, count=len(found))
    return _("Mandates and parties") if site.doubtful else _("No mandate is overdue.")


def _column(site: SiteData, code: str) -> PartyLink:
    return site.party_link(code, matrix.heading(code))


def _matrix_row(site: SiteData, tasks: Sequence[Task], codes: Sequence[str]) -> MatrixRow:
    task, by_party = tasks[0], matrix.by_party(tasks)
    return MatrixRow(
        str(task.reference),
        site.place_of_task(task),
        collapse(labels.what(task.mandate, task, site.language)),
        site.other_language(task.mandate.action or task.conclusion.text, task.meeting),
        _deadlines(site, by_party.values()) or [labels.state(task.state)],
        task.mandate.kind == "encouragement",
        [_matrix_cell(site, by_party.get(code)) for code in codes],
    )


def _deadlines(site: SiteData, tasks: Iterable[Task]) -> list[str]:
    """Return the deadlines of a mandate's tasks; several where some were moved."""
    days = sorted({task.deadline for task in tasks if task.deadline})
    return [site.long_day(day) for day in days]


def _matrix_cell(site: SiteData, task: Task | None) -> MatrixCell:
    key = (task.state, len(task.parties) > 1) if task else ("", False)
    cell = site.cells.get(key)
    if cell is None:
        cell = matrix.mark(None), _("not bound"), "none"
        if task is not None:
            together = "+" if key[1] else ""
            cell = state_sign(task.state) + together, labels.state(task.state), _shade(task)
        site.cells[key] = cell
    return cell


def state_sign(state: State) -> str:
    """Return the mark of a state: of an open one a circle, as Spanish reads `o` as a word."""
    return matrix.state_mark(state).replace("o", "○")


def _shade(task: Task) -> str:
    return labels.emphasis(task) or "open"


def _cards(site: SiteData, tasks: Sequence[Task]) -> list[PartyCard]:
    """Return a card for each party that owes any of the tasks, itself or through an office."""
    by_party: dict[str, list[Task]] = {}
    for task in tasks:
        for code in site.bound(task) if task.parties or task.anybody else (matrix.NOBODY,):
            by_party.setdefault(code, []).append(task)
    codes = matrix.bound_parties(tasks, site.register.directory)
    codes += [code for code in by_party if code not in codes]
    return [_card(site, code, by_party[code]) for code in codes if code in by_party]


def _card(site: SiteData, code: str, tasks: Sequence[Task]) -> PartyCard:
    found: Counter[MatrixCell] = Counter()
    for state, number in Counter([task.state for task in tasks]).items():
        shade = labels.EMPHASES.get(state, "") or "open"
        found[state_sign(state), labels.state(state), shade] += number
    counts = [StateCount(found[cell], *cell) for cell in sorted(found, key=_rank)]
    late = sorted((task for task in tasks if task.is_late), key=lambda t: t.deadline or date.min)
    shown = [_late_duty(site, code, task) for task in late[:_FEW]]
    return PartyCard(_column(site, code), counts, shown, len(late) - len(shown))


def _late_duty(site: SiteData, code: str, task: Task) -> LateDuty:
    day = site.long_day(task.deadline) if task.deadline else ""
    later = f" {labels.later_ones(task)}" if task.missed.number else ""
    is_own = code in task.parties or not task.parties
    return LateDuty(
        site.place_of_task(task),
        collapse(labels.what(task.mandate, task, site.language)),
        site.other_language(task.mandate.action or task.conclusion.text, task.meeting),
        day + later + ("" if is_own else f" · {labels.together(task)}"),
    )


def _rank(cell: MatrixCell) -> tuple[int, MatrixCell]:
    shades = ("late", "unclear", "soon", "open", "done", "declined", "ended")
    return shades.index(cell[2]), cell
