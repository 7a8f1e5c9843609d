"""Lists in sections, cut into pages: of all tasks, and of the meetings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from grcm_cli.domain.model import Meeting
from grcm_cli.domain.task import UNDATED, Task
from grcm_cli.language.text import _, labelled, ngettext
from grcm_cli.site import urls
from grcm_cli.site.mandate_rows import MandateRow, shared_rows
from grcm_cli.site.page_data import SiteData, cut
from grcm_cli.views import labels
from grcm_cli.views.meetings import without_text

Row = TypeVar("Row")
ROWS_OF_PAGE = 300
"""The most rows of a page; the rest of a list is on further pages."""
MEETINGS_OF_PAGE = 100
PATH = "list.html"


class ListSection(NamedTuple, Generic[Row]):
    """Rows under a heading; `key` is its anchor on the page, `number` that of its tasks."""

    key: str
    heading: str
    rows: Sequence[Row]
    number: int = 0


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
    pages: list[list[ListSection[Row]]] = [[]]
    room = most
    for section in sections:
        start = 0
        while start < len(section.rows):
            if room == 0:
                pages.append([])
                room = most
            some = section.rows[start : start + room]
            pages[-1].append(section._replace(rows=some))
            room, start = room - len(some), start + len(some)
    paths = [urls.part(path, number) for number in range(1, len(pages) + 1)]
    return [ListPart(number, paths, page) for number, page in enumerate(pages, 1)]


def section_places(parts: Sequence[ListPart[Row]]) -> Mapping[str, str]:
    """Return the address where each section of a list begins, by its key."""
    places: dict[str, str] = {}
    for part in parts:
        for section in part.sections:
            places.setdefault(section.key, f"{part.path}#{section.key}")
    return places


def latest_first(tasks: Sequence[Task]) -> list[Task]:
    """Return tasks, those with the latest deadline first."""
    return sorted(tasks, key=lambda task: task.deadline or date.min, reverse=True)


def by_urgency(
    tasks: Sequence[Task], rows: Callable[[Sequence[Task]], Sequence[Row]]
) -> list[ListSection[Row]]:
    """Return open tasks in sections by state, without empty ones; `rows` makes their rows."""
    sections = (
        ("unclear", _("Not understood"), ("?",)),
        ("late", _("Overdue"), ("overdue",)),
        ("soon", _("Due within 30 days"), ("due-soon",)),
        ("later", _("Later"), ("upcoming",)),
        ("undated", _("Without a date"), UNDATED),
        ("passed", _("Encouragements whose date has passed"), ("passed",)),
    )
    return [
        ListSection(key, heading, rows(found), len(found))
        for key, heading, states in sections
        if (found := [task for task in tasks if task.state in states])
    ]


# --- the lists of tasks and of meetings -----------------------------------------------------------


def commitments(site: SiteData) -> tuple[Mapping[str, object], list[ListPart[MandateRow]]]:
    """Return the values and the pages of the list of all tasks: the open ones, then the others."""
    open_tasks = [task for task in site.tasks if task.is_open]
    ended_tasks = latest_first([task for task in site.tasks if not task.is_open])
    sections = by_urgency(open_tasks, partial(shared_rows, site))
    if ended_tasks:
        rows = shared_rows(site, ended_tasks)
        sections.append(ListSection("ended", _("Done or ended"), rows, len(ended_tasks)))
    heading, numbers = _("Commitments"), counted(site.tasks)
    groups = [
        ("open", _("all that is to be done")),
        ("unreported", _("to be done, without a report")),
        ("ended", _("all that is done or ended")),
    ]
    return {
        "heading": heading,
        "counted": numbers,
        "description": cut(f"{labelled(heading, numbers)}. {site.title}."),
        "states": [*groups, *((key, labels.state(key)) for key in labels.STATES)],
        "nothing": site.nothing(_("Nothing is in the record yet.")),
    }, list_parts(PATH, sections)


def counted(tasks: Sequence[Task]) -> str:
    """Return the number of tasks, in words."""
    message = ngettext("{count} commitment", "{count} commitments", len(tasks))
    return message.format(count=len(tasks))


MeetingRow = tuple[Meeting, str]
"""A meeting and its content in words."""


def meeting_parts(site: SiteData) -> tuple[list[ListPart[MeetingRow]], Sequence[str]]:
    """Return the pages of the list of meetings, and what each page has, in words.

    Those to come are first, the next one before the others; then come the latest.
    """
    to_come = [one for one in site.newest_meetings if one.start and one.start > site.as_of]
    by_year: dict[str, list[MeetingRow]] = {}
    for meeting in [*reversed(to_come), *site.newest_meetings[len(to_come) :]]:
        year = str(meeting.start.year) if meeting.start else "?"
        if meeting.start and meeting.start > site.as_of:
            year = _("To come")
        tasks = [task for task in site.of_meeting(meeting) if task.is_late]
        content = content_of(site, meeting, site.late(tasks) if tasks else "")
        by_year.setdefault(year, []).append((meeting, content))
    sections = [ListSection(year, year, rows) for year, rows in by_year.items()]
    parts = list_parts("meetings.html", sections, MEETINGS_OF_PAGE)
    years = [[section.key for section in part.sections] for part in parts]
    return parts, ["–".join(dict.fromkeys((own[0], own[-1]))) if own else "?" for own in years]


def content_of(site: SiteData, meeting: Meeting, late: str) -> str:
    """Return how many conclusions a meeting has, with what is late in words; or why it has none."""
    if meeting.conclusions is None:
        return without_text(meeting, site.as_of)
    count = len(meeting.conclusions)
    adopted = ngettext("{count} conclusion", "{count} conclusions", count).format(count=count)
    return ", ".join(filter(None, (adopted, late)))
