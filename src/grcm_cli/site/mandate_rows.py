"""Tables of mandates on the pages: the rows of lists, and the matrix."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from markupsafe import Markup

from grcm_cli.domain.model import Entry, Mandate, Party
from grcm_cli.domain.task import State, Task
from grcm_cli.language.text import _, in_language
from grcm_cli.site.page_data import PartyLink, SiteData
from grcm_cli.views import labels, matrix
from grcm_cli.views.tasks import grouped

FEW = 3  # parties of a row that are shown by their names; more are shown by their codes
SHADES = ("late", "unclear", "soon", "open", "done", "declined", "ended")
"""The classes that colour a state, the most urgent first."""


class MandateRow(NamedTuple):
    """A row of a list: the tasks of a mandate that have the same deadline and state."""

    task: Task  # the first of them
    day: str  # the deadline in words, or what it waits for
    written: str  # the `due` in words, where it is no day
    when: Sequence[str]  # lines on how far off the deadline is, or on what was done
    is_counted: bool
    """A script writes the number of days to the deadline in place of the first line."""
    head: str
    """How many of the mandate's parties the row has, or how the mandate binds the page's party."""
    who: Sequence[Sequence[PartyLink]]  # the parties of each task
    reports: Sequence[Entry] = ()  # the reports on the task, on the page of a party


def tasks_of_rows(tasks: Iterable[Task]) -> list[list[Task]]:
    """Return the tasks of each row: those of one mandate that have the same deadline and state."""
    # By identity: two conclusions of a meeting may have one number, which is an error.
    return grouped(tasks, lambda task: id(task.mandate))


def shared_rows(site: SiteData, tasks: Iterable[Task]) -> list[MandateRow]:
    """Return a row for the tasks of one mandate that have the same deadline and state."""
    return [
        _row(site, row, *who_owes(site, row, site.of_mandate(row[0].mandate)))
        for row in tasks_of_rows(tasks)
    ]


def own_rows(site: SiteData, party: Party, tasks: Sequence[Task]) -> list[MandateRow]:
    """Return a row for each task of a party, with the way in which its mandate binds the party.

    The rows of an office say who holds it; a group has those that its members share.
    """
    if party.kind == "group":
        return shared_rows(site, tasks)
    rows = []
    for task in tasks:
        head, who = "", [site.parties_of(task, by_name=True)]
        if party.kind != "office" and (party.code in task.parties or task.anybody):
            way = labels.reach(task, party.code, site.full_wording)
            head, who = "" if way == _("itself") else way, []
        elif party.kind == "office" and task.parties == (party.code,) and task.holders:
            who = [[site.named_party(code)] for code in task.holders[party.code]]
        rows.append(_row(site, [task], head, who)._replace(reports=task.reports))
    return rows


def who_owes(
    site: SiteData, row: Sequence[Task], everybody: Sequence[Task]
) -> tuple[str, Sequence[Sequence[PartyLink]]]:
    """Return how many of a mandate's parties a row has, in words, and the parties of each task.

    `everybody` are all tasks of the mandate. A row that has all parties names those that have not
    reported.
    """
    head, owed = labels.how_many(row, everybody, named=0)
    few = sum(len(task.parties) for task in owed) <= FEW
    silent = [task for task in row if task.progress == "unknown"]
    is_whole = len(row) == len({task.parties for task in everybody})
    if head and is_whole and len(silent) not in (0, len(row)):
        wording = site.full_wording if few else labels.CODES
        names = wording.between.join(sorted(labels.together(task, wording) for task in silent))
        head = _("each of {total} ({heard} reported, no report: {silent})").format(
            total=labels.total_in_words(row),
            heard=len(row) - len(silent),
            silent=names if len(silent) <= FEW else len(silent),
        )
    return head, [site.parties_of(task, by_name=few) for task in owed]


def _row(
    site: SiteData, row: Sequence[Task], head: str, who: Sequence[Sequence[PartyLink]]
) -> MandateRow:
    task = row[0]
    due = site.due_in_words(task, is_cell=True)
    is_day = task.deadline is None or task.due == task.deadline.isoformat()
    lines = labels.when(row, site.wording).split("\n")
    is_distance = is_counted(task) and lines[0] == labels.distance(task)
    if is_distance:
        lines[0] = labels.state(task.state)
    day = due
    if task.deadline:
        day = site.long_day(task.deadline)
    elif task.state == "?":
        day = labels.deadline(task)
    elif task.state in ("undated", "standing", "asap"):
        day = "–"
    written, by_script = "" if is_day else due, is_distance and task.state != "passed"
    return MandateRow(task, day, written, lines, by_script, head, who)


def is_counted(task: Task) -> bool:
    """Tell whether pages say how many days it is to the deadline of a task, or since it."""
    return task.is_open and task.days is not None


def matrix_grid(site: SiteData, mandates: Iterable[Mandate]) -> Mapping[str, object]:
    """Return the matrix of the mandates that several parties owe; empty where there are none.

    A line has the first task of a mandate, the deadlines of all, else a state, and the cells.
    """
    by_mandate = [
        tasks
        for mandate in mandates
        if (tasks := site.of_mandate(mandate)) and (len(tasks) > 1 or len(tasks[0].parties) > 1)
    ]
    if not by_mandate:
        return {}
    directory = site.register.directory
    every = [task for tasks in by_mandate for task in tasks]
    codes = matrix.bound_parties(every, directory)
    lines = []
    for tasks in by_mandate:
        by_party = matrix.by_party(tasks)
        days = sorted({task.deadline for task in by_party.values() if task.deadline})
        deadlines = [site.long_day(day) for day in days] or [labels.state(tasks[0].state)]
        cells = [
            _cell(task.state, "+" if len(task.parties) > 1 else "", site.language)
            if task
            else Markup("<td>")
            for task in map(by_party.get, codes)
        ]
        lines.append((tasks[0], deadlines, Markup("").join(cells)))
    return {
        "columns": [site.party_link(code, matrix.heading(code)) for code in codes],
        "lines": lines,
        "notes": matrix.office_holders(codes, directory, site.as_of),
    }


@cache  # a matrix has thousands
def _cell(state: State, addition: str, language: str) -> Markup:
    """Return the cell of a state, without its end tag; `addition` stands behind its mark."""
    label, shade = in_language(labels.STATES[state], language), labels.EMPHASES.get(state, "open")
    cell = Markup('<td class="{}" aria-label="{}">{}{}')
    return cell.format(shade, label, matrix.state_mark(state), addition)
