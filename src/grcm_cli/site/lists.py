"""Lists in sections, cut into pages: of all tasks, of those of a topic, and of the meetings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from grcm_cli.domain.model import Meeting, Theme
from grcm_cli.domain.task import UNDATED, State, Task
from grcm_cli.language.text import N_, _, collapse, counted, labelled
from grcm_cli.site import urls
from grcm_cli.site.mandate_rows import MandateRow, shared_rows
from grcm_cli.site.page_data import SiteData, cut
from grcm_cli.views.meetings import without_text

Row = TypeVar("Row")
ROWS_OF_PAGE = 300  # at most; the rest of a list is on further pages
MEETINGS_OF_PAGE = 100
PATH = "list.html"
_BY_URGENCY: Mapping[str, tuple[str, tuple[State, ...]]] = {
    "unclear": (N_("Not understood"), ("?",)),
    "late": (N_("Overdue"), ("overdue",)),
    "soon": (N_("Due within 30 days"), ("due-soon",)),
    "later": (N_("Later"), ("upcoming",)),
    "undated": (N_("Without a date"), UNDATED),
    "passed": (N_("Encouragements whose date has passed"), ("passed",)),
}
"""The sections of open tasks: their headings, and the states in them."""
MeetingRow = tuple[Meeting, str]  # a meeting and its content in words
SectionPlace = tuple[str, str, int]
"""The address where a section begins, from the language's folder, its heading, its number."""


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
    others: Iterable[ListSection[MandateRow]] = (),
) -> Iterator[ListSection[MandateRow]]:
    """Yield tasks in sections: the open ones by urgency, what `others` have, then the closed ones.

    `rows` makes their rows. What is closed has the latest deadline first.
    """
    for key, (heading, states) in _BY_URGENCY.items():
        of_section = [task for task in tasks if task.state in states]
        yield ListSection(key, _(heading), rows(of_section), len(of_section))
    yield from others
    closed = [task for task in tasks if not task.is_open]
    closed.sort(key=lambda task: task.deadline or date.min, reverse=True)
    yield ListSection("ended", _("Done or ended"), rows(closed), len(closed))


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


def task_count(tasks: Sequence[Task]) -> str:
    """Return the number of tasks, in words."""
    return counted("{count} commitment", "{count} commitments", len(tasks))


def meeting_parts(site: SiteData) -> tuple[list[ListPart[MeetingRow]], Sequence[str]]:
    """Return the pages of the list of meetings, and what each page has, in words.

    Those to come are first, the next one before the others; then come the latest.
    """
    to_come = site.record.meetings_ahead
    by_year: dict[str, list[MeetingRow]] = {}
    others = (meeting for meeting in site.newest_meetings if meeting not in to_come)
    for meeting in [*reversed(to_come), *others]:
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
    """Return how many conclusions a meeting has, with what is late in words; or why it has none."""
    if meeting.conclusions is None:
        return without_text(meeting, site.as_of)
    count = len(meeting.conclusions)
    adopted = counted("{count} conclusion", "{count} conclusions", count)
    return ", ".join(filter(None, (adopted, late)))
