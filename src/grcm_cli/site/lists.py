"""Lists in sections, cut into pages; the rows of mandates in them, and the matrix."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Generic, NamedTuple, TypeVar

from markupsafe import Markup

from grcm_cli.domain.model import Entry, Mandate, Meeting, Party, Theme
from grcm_cli.domain.task import UNDATED, State, Task
from grcm_cli.language.text import N_, _, collapse, counted, labelled, natural_key, ngettext
from grcm_cli.site import urls
from grcm_cli.site.page_data import PartyLink, SiteData, cut
from grcm_cli.views import labels, matrix
from grcm_cli.views.meetings import without_text
from grcm_cli.views.tasks import grouped

Row = TypeVar("Row")
ROWS_OF_PAGE = 100  # at most; the rest of a list is on further pages
MEETINGS_OF_PAGE = 100
PATH = "list.html"
_BY_URGENCY: Mapping[str, tuple[str, tuple[State, ...]]] = {
    "unclear": (N_("Not understood"), ("?",)),
    "late": (N_("Overdue"), ("overdue",)),
    "soon": (N_("Due within 30 days"), ("due-soon",)),
    "later": (N_("Later"), ("upcoming",)),
    "undated": (N_("Without a deadline"), UNDATED),
    "passed": (N_("Encouragements whose date has passed"), ("passed",)),
}
"""The sections of open tasks: their headings, and the states in them."""
MeetingRow = tuple[Meeting, str]  # a meeting and its content in words
SectionPlace = tuple[str, str, int]
"""Where a section begins, from the language's folder, its heading, its number of tasks."""
FEW = 3  # parties of a row that are shown by their names; more are shown by their codes


class MandateRow(NamedTuple):
    """A row of a list: the tasks of a mandate that have the same deadline and state."""

    task: Task  # the first of them
    day: str  # the deadline in words, or what it waits for
    written: str  # the `due` in words, where it is no day
    when: Sequence[str]  # lines on how far off the deadline is, or on what was done
    is_counted: bool  # a script writes the days to the deadline in place of the first line
    head: str  # how many of the mandate's parties it has, or how the page's party is bound
    who: Sequence[Sequence[PartyLink]]  # the parties of each task
    reports: Sequence[Entry] = ()  # the reports on the task, on the page of a party


def shared_rows(site: SiteData, tasks: Iterable[Task], most: int | None = None) -> list[MandateRow]:
    """Return a row for the tasks of one mandate that are alike; of many rows the first `most`."""
    rows = grouped(tasks)[:most]
    return [_row(site, row, *who_owes(site, row, site.alike(row[0]))) for row in rows]


def own_rows(site: SiteData, party: Party, tasks: Sequence[Task]) -> list[MandateRow]:
    """Return a row for each task of a party, with its holders or how its mandate binds it."""
    if party.kind == "group":
        return shared_rows(site, tasks)
    rows = []
    for task in tasks:
        head, parties = "", [site.parties_of(task, by_name=True)]
        if party.kind != "office" and (party.code in task.parties or task.anybody):
            way = labels.reach(task, party.code, site.full_wording)
            head, parties = "" if way == _("itself") else way, []
        elif party.kind == "office" and task.parties == (party.code,) and task.holders:
            parties = [[site.named_party(code)] for code in task.holders[party.code]]
        rows.append(_row(site, [task], head, parties)._replace(reports=task.reports))
    return rows


def who_owes(
    site: SiteData, row: Sequence[Task], everybody: Sequence[Task]
) -> tuple[str, Sequence[Sequence[PartyLink]]]:
    """Return how many of a mandate's parties a row has, in words, and the parties of each task.

    `everybody` are the tasks of all who owe the same. A row of all names those without a report.
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
    in_order = sorted(owed, key=lambda task: natural_key(labels.together(task)))
    return head, [site.parties_of(task, by_name=few) for task in in_order]


def _row(
    site: SiteData, row: Sequence[Task], head: str, parties: Sequence[Sequence[PartyLink]]
) -> MandateRow:
    task = row[0]
    is_day = task.deadline is None or task.due == task.deadline.isoformat()
    due = "" if task.deadline and is_day else site.due_in_words(task, is_cell=True)
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
    return MandateRow(task, day, written, lines, by_script, head, parties)


def is_counted(task: Task) -> bool:
    """Tell whether pages say how many days it is to the deadline of a task, or since it."""
    return task.is_open and task.days is not None


def matrix_grid(site: SiteData, mandates: Iterable[Mandate]) -> Mapping[str, object]:
    """Return the matrix of the mandates that several parties owe; empty where there are none."""
    by_mandate = [
        tasks
        for mandate in mandates
        if (tasks := site.of_mandate(mandate)) and (len(tasks) > 1 or len(tasks[0].parties) > 1)
    ]
    if not by_mandate:
        return {}
    directory = site.register.directory
    codes = matrix.bound_parties([task for tasks in by_mandate for task in tasks], directory)
    lines = []
    for tasks in by_mandate:
        for of_day in matrix.MandateCells(tasks, matrix.by_party(tasks)).lines():
            task = max(of_day.values(), key=attrgetter("is_open"))
            day = site.long_day(task.deadline) if task.deadline else labels.state(task.state)
            cells = map(_cell, map(of_day.get, codes))
            lines.append((task, day, Markup("").join(cells)))
    return {
        "columns": [site.party_link(code, matrix.heading(code)) for code in codes],
        "lines": lines,
        "notes": matrix.office_holders(codes, directory, site.as_of),
    }


def _cell(task: Task | None) -> Markup:
    """Return the cell of a party's task, without its end tag; empty where it owes none."""
    if task is None:
        return Markup("<td>")
    label, shade = labels.state(task.state), labels.emphasis(task) or "open"
    mark = matrix.state_mark(task.state) + ("+" if len(task.parties) > 1 else "")
    return Markup('<td class="{}" aria-label="{}">{}').format(shade, label, mark)


class ListSection(NamedTuple, Generic[Row]):
    """Rows under a heading; `key` is its anchor on the page, `number` that of its tasks."""

    key: str
    heading: str
    rows: Sequence[Row]
    number: int = 0
    note: str = ""  # how many tasks its rows stand for, where some share one


def in_rows(count: int) -> str:
    """Return the message for tasks in so many rows, with a place for either."""
    return ngettext("{tasks} in {count} row", "{tasks} in {count} rows", count)


def section(key: str, heading: str, rows: Sequence[Row], tasks: Sized) -> ListSection[Row]:
    """Return the section of some tasks, or of their changes."""
    note = in_rows(len(rows)).format(tasks=task_count(tasks), count=len(rows))
    return ListSection(key, heading, rows, len(tasks), note if len(tasks) > len(rows) else "")


class ListPart(NamedTuple, Generic[Row]):
    """One page of a list that has several, and the addresses of all."""

    number: int
    paths: Sequence[str]
    sections: Sequence[ListSection[Row]]

    @property
    def path(self) -> str:
        """The page's own address."""
        return self.paths[self.number - 1]


def list_parts(
    path: str, sections: Iterable[ListSection[Row]], most: int = ROWS_OF_PAGE
) -> list[ListPart[Row]]:
    """Return the pages of a list, at least one. A long section continues on the next page."""
    placed = [(section, row) for section in sections for row in section.rows]
    pages: list[list[ListSection[Row]]] = []
    for start in range(0, max(1, len(placed)), most):
        pages.append([])
        for section, part in groupby(placed[start : start + most], itemgetter(0)):
            pages[-1].append(section._replace(rows=[row for _section, row in part]))
    paths = [urls.part(path, number) for number in range(1, len(pages) + 1)]
    return [ListPart(number, paths, page) for number, page in enumerate(pages, 1)]


def section_places(parts: Sequence[ListPart[Row]]) -> Mapping[str, SectionPlace]:
    """Return where each section of a list begins, by its key."""
    places: dict[str, SectionPlace] = {}
    for part in parts:
        for section in part.sections:
            place = f"{part.path}#{section.key}"
            places.setdefault(section.key, (place, section.heading, section.number))
    return places


def task_sections(
    tasks: Sequence[Task],
    rows: Callable[[Sequence[Task]], Sequence[MandateRow]],
    further: Iterable[ListSection[MandateRow]] = (),
) -> Iterator[ListSection[MandateRow]]:
    """Yield tasks in sections: the open ones by urgency, the `further` ones, the closed ones."""
    for key, (heading, states) in _BY_URGENCY.items():
        of_section = [task for task in tasks if task.state in states]
        yield section(key, _(heading), rows(of_section), of_section)
    yield from further
    closed = [task for task in tasks if not task.is_open]
    closed.sort(key=lambda task: task.deadline or date.min, reverse=True)
    yield section("ended", _("Done or ended"), rows(closed), closed)


def tally(tasks: Sequence[Task]) -> Mapping[str, int]:
    """Return the number of tasks in each section of open ones, of all these, and of the closed."""
    numbers = {
        key: sum(task.state in states for task in tasks)
        for key, (_heading, states) in _BY_URGENCY.items()
    }
    still_open = sum(numbers.values())
    return {**numbers, "open": still_open, "ended": len(tasks) - still_open}


def task_parts(site: SiteData, path: str, tasks: Sequence[Task]) -> list[ListPart[MandateRow]]:
    """Return the pages of a list of tasks."""
    return list_parts(path, task_sections(tasks, partial(shared_rows, site)))


def topic(site: SiteData, theme: Theme) -> Mapping[str, object]:
    """Return the values that all pages of a topic share: its conclusions beside its tasks."""
    tasks = site.record.by_theme.get(theme.code, ())
    name = collapse(theme.name.shown(site.language))
    return {
        "name": name,
        "code": theme.code,
        "still_open": site.still_open([task for task in tasks if task.is_open]),
        "description": cut(f"{labelled(name, task_count(tasks))}. {site.title}."),
        "conclusions": [
            (meeting, conclusion)
            for meeting in site.newest_meetings
            for conclusion in meeting.conclusions or ()
            if any(word.text == theme.code for word in conclusion.themes)
        ],
    }


def task_count(tasks: Sized) -> str:
    """Return the number of tasks, in words."""
    return counted("{count} commitment", "{count} commitments", len(tasks))


def meeting_parts(site: SiteData) -> tuple[list[ListPart[MeetingRow]], Sequence[str]]:
    """Return the pages of the list of meetings, the next one first, and the label of each page."""
    to_come = site.record.meetings_ahead
    by_year: dict[str, list[MeetingRow]] = {}
    earlier = (meeting for meeting in site.newest_meetings if meeting not in to_come)
    for meeting in [*reversed(to_come), *earlier]:
        year = str(meeting.start.year) if meeting.start else "?"
        if meeting in to_come:
            year = _("To come")
        tasks = [task for task in site.of_meeting(meeting) if task.is_late]
        content = content_of(site, meeting, site.late(tasks) if tasks else "")
        by_year.setdefault(year, []).append((meeting, content))
    sections = [ListSection(year, year, rows) for year, rows in by_year.items()]
    parts = list_parts("meetings.html", sections, MEETINGS_OF_PAGE)
    years = [[section.key for section in part.sections] or ["?"] for part in parts]
    return parts, ["–".join(dict.fromkeys((keys[0], keys[-1]))) for keys in years]


def content_of(site: SiteData, meeting: Meeting, late: str) -> str:
    """Return the number of a meeting's conclusions and its overdue tasks; or why it has none."""
    if meeting.conclusions is None:
        return without_text(meeting, site.as_of)
    adopted = counted("{count} conclusion", "{count} conclusions", len(meeting.conclusions))
    return ", ".join(filter(None, (adopted, late)))
