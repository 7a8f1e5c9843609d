"""Tables of mandates on the pages: lists of rows, cut into parts, and the matrix."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from grcm_cli.domain.model import Entry, Mandate
from grcm_cli.domain.task import State, Task
from grcm_cli.formats.listing import Emphasis
from grcm_cli.language.days import long_day
from grcm_cli.language.text import _, collapse
from grcm_cli.site import urls
from grcm_cli.site.links import TextPart, linked_parts
from grcm_cli.site.page_data import SiteData
from grcm_cli.views import labels, matrix
from grcm_cli.views.tasks import grouped

Row = TypeVar("Row")
ROWS_OF_PAGE = 300
"""The most rows of a page; the rest of a list is on further pages."""
_FEW = 3  # parties of a row that are shown by their names; more are shown by their codes
_NARROW = 16  # columns of a matrix that fit onto a page in portrait


class PartyLink(NamedTuple):
    """A party as a page shows it; `path` is its own page, None if it has none."""

    label: str
    title: str
    path: str | None
    code: str = ""


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


def shared_rows(site: SiteData, tasks: Iterable[Task]) -> list[MandateRow]:
    """Return a row for the tasks of one mandate that have the same deadline and state."""
    return [shared_row(site, row) for row in tasks_of_rows(tasks)]


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


def own_rows(site: SiteData, code: str, tasks: Iterable[Task]) -> list[MandateRow]:
    """Return a row for each task of a party, with the way in which its mandate binds the party."""
    rows = []
    for task in tasks:
        if code in task.parties or task.anybody:
            row = _row(site, [task], labels.reach(task, code), ())
        else:
            row = _row(site, [task], "", [_together(site, task, in_full=True)])
        rows.append(row._replace(reports=[_report_text(site, entry) for entry in task.reports]))
    return rows


def _report_text(site: SiteData, entry: Entry) -> list[TextPart]:
    day = long_day(entry.day, site.language)
    head = f"{entry.party}, {day}: {labels.progress_word(entry.progress)}"
    evidence = linked_parts(collapse(entry.evidence)) if entry.evidence else []
    note = [TextPart(entry.note)] if entry.note else []
    parts = [TextPart(head)]
    for more in filter(None, (evidence, note)):
        parts += [TextPart(" · "), *more]
    return parts


def wording(site: SiteData) -> labels.Wording:
    """Return the wording of the rows: parties by their codes, and days in words."""
    return labels.CODES._replace(day=partial(long_day, language=site.language))


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
        day=long_day(task.deadline, site.language) if task.deadline else _no_day(task, due),
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
    return [party_link(site, code, labels.party(task, code, name)) for code in task.parties]


def party_link(site: SiteData, code: str, label: str | None = None) -> PartyLink:
    """Return a party as pages show it: by `label`, else by its code."""
    if code not in site.register.directory.by_code:
        return PartyLink(label or code, "", None)
    return PartyLink(label or code, site.name_of(code), urls.party(code), code)


# --- lists in sections and parts ----------------------------------------------------------------


class ListSection(NamedTuple, Generic[Row]):
    """Rows under a heading; `key` is its anchor on the page."""

    key: str
    heading: str
    rows: Sequence[Row]


class ListPart(NamedTuple, Generic[Row]):
    """One page of a list that has several, and the addresses of all."""

    number: int
    paths: Sequence[str]
    sections: Sequence[ListSection[Row]]

    @property
    def path(self) -> str:
        """The page's own address."""
        return self.paths[self.number - 1]

    @property
    def length(self) -> int:
        """The number of rows."""
        return sum(len(section.rows) for section in self.sections)


def list_parts(path: str, sections: Iterable[ListSection[Row]]) -> list[ListPart[Row]]:
    """Return the pages of a list, at least one. A long section continues on the next page."""
    pages: list[list[ListSection[Row]]] = [[]]
    room = ROWS_OF_PAGE
    for section in sections:
        rest = list(section.rows)
        while rest:
            if room == 0:
                pages.append([])
                room = ROWS_OF_PAGE
            pages[-1].append(section._replace(rows=rest[:room]))
            room, rest = room - len(rest[:room]), rest[room:]
    paths = [urls.part(path, number) for number in range(1, len(pages) + 1)]
    return [ListPart(number, paths, page) for number, page in enumerate(pages, 1)]


def section_places(parts: Sequence[ListPart[Row]]) -> Mapping[str, str]:
    """Return the address where each section of a list begins, by its key."""
    places: dict[str, str] = {}
    for part in parts:
        for section in part.sections:
            places.setdefault(section.key, f"{part.path}#{section.key}")
    return places


def by_urgency(
    tasks: Sequence[Task], rows: Callable[[Sequence[Task]], list[Row]]
) -> list[ListSection[Row]]:
    """Return open tasks in sections by state, without empty ones; `rows` makes their rows."""
    sections = (
        ("unclear", _("Not understood"), ("?",)),
        ("late", _("Overdue"), ("overdue",)),
        ("soon", _("Due within 30 days"), ("due-soon",)),
        ("later", _("Later"), ("upcoming",)),
        ("undated", _("Without a day"), ("awaiting", "asap", "standing", "undated")),
    )
    return [
        ListSection(key, heading, rows(found))
        for key, heading, states in sections
        if (found := [task for task in tasks if task.state in states])
    ]


# --- the matrix ---------------------------------------------------------------------------------


MatrixCell = tuple[str, str, str]
"""A mark, the state in words, and the class that colours it."""


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
    return party_link(site, code, matrix.heading(code))


def _matrix_row(site: SiteData, tasks: Sequence[Task], codes: Sequence[str]) -> MatrixRow:
    task, by_party = tasks[0], matrix.by_party(tasks)
    return MatrixRow(
        str(task.reference),
        site.place_of_task(task),
        collapse(labels.what(task.mandate, task, site.language)),
        site.other_language(task.mandate.action or task.conclusion.text, task.meeting),
        _deadlines(site, by_party.values()) or [labels.state(task.state)],
        task.mandate.kind == "encouragement",
        [_matrix_cell(by_party.get(code)) for code in codes],
    )


def _deadlines(site: SiteData, tasks: Iterable[Task]) -> list[str]:
    """Return the deadlines of a mandate's tasks; several where some were moved."""
    days = sorted({task.deadline for task in tasks if task.deadline})
    return [long_day(day, site.language) for day in days]


def _matrix_cell(task: Task | None) -> MatrixCell:
    if task is None:
        return matrix.mark(None), _("not bound"), "none"
    together = "+" if len(task.parties) > 1 else ""
    return state_sign(task.state) + together, labels.state(task.state), _shade(task)


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
    found = Counter(
        (state_sign(task.state), labels.state(task.state), _shade(task)) for task in tasks
    )
    counts = [StateCount(found[cell], *cell) for cell in sorted(found, key=_rank)]
    late = sorted((task for task in tasks if task.is_late), key=lambda t: t.deadline or date.min)
    shown = [_late_duty(site, code, task) for task in late[:_FEW]]
    return PartyCard(_column(site, code), counts, shown, len(late) - len(shown))


def _late_duty(site: SiteData, code: str, task: Task) -> LateDuty:
    day = long_day(task.deadline, site.language) if task.deadline else ""
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
