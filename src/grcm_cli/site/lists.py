"""The lists: of all tasks, of those in some states, and of the meetings."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from grcm_cli.domain.model import Meeting
from grcm_cli.domain.task import Task
from grcm_cli.language.text import _, ngettext
from grcm_cli.site import description, urls
from grcm_cli.site.list_parts import ListPart, ListSection, by_urgency, list_parts, section_places
from grcm_cli.site.mandate_rows import MandateRow, shared_rows
from grcm_cli.site.page_data import SiteData
from grcm_cli.site.party import latest_first, tally
from grcm_cli.views import labels
from grcm_cli.views.meetings import meeting_days, without_text

ALL = "list.html"
"""The list of all tasks."""
MEETINGS_OF_PAGE = 100


class Rest(NamedTuple):
    """How many rows of a list have no room on its page, and where they are."""

    number: int
    path: str


class MeetingRow(NamedTuple):
    """A row of the table of meetings."""

    name: str
    path: str
    title: str
    language: str
    year: int
    """0 for a meeting without a day."""
    days: str
    place: str
    content: str


class MeetingsPart(NamedTuple):
    """One page of the list of meetings: the rows of each year, and the addresses of all pages."""

    number: int
    paths: Sequence[str]
    names: Sequence[str]
    """The years of each page."""
    years: Sequence[tuple[int, Sequence[MeetingRow]]]

    @property
    def path(self) -> str:
        """The page's own address."""
        return self.paths[self.number - 1]


# --- tasks --------------------------------------------------------------------------------------


TaskListPages = tuple[Mapping[str, object], list[ListPart[MandateRow]], Sequence[Task]]
"""The values of a list's pages, the pages, and the tasks on them."""


def lists(site: SiteData) -> Iterator[TaskListPages]:
    """Yield the values and the pages of the list of all tasks, then of each list by state.

    A list by state has one page. What has no room there is in the list of all.
    """
    open_tasks = [task for task in site.tasks if task.is_open]
    late_tasks = [task for task in open_tasks if task.is_late]
    ended_tasks = latest_first([task for task in site.tasks if not task.is_open])
    rows = partial(shared_rows, site)
    by_state = by_urgency(open_tasks, rows)
    late = [section for section in by_state if section.key == "late"]
    ended = [ListSection("ended", _("Done or ended"), rows(ended_tasks))] if ended_tasks else []
    parts = list_parts(ALL, [*by_state, *ended])
    values = {"states": _state_choices(), "state": "", "rest": None, "nothing": _nothing(site)}
    heading = _("All duties")
    number = counted(site.tasks)
    about = description.of_list(site, heading, number)
    all_values = {"heading": heading, "counted": number, "description": about}
    yield {**values, **all_values}, parts, site.tasks
    for path, state, heading, nothing, tasks, sections in (
        ("late.html", "overdue", _("What is overdue"), _("Nothing is overdue."), late_tasks, late),
        ("due.html", "open", _("What is to be done"), _("Nothing is due."), open_tasks, by_state),
        ("ended.html", "ended", _("Done or ended"), _("Nothing is done yet."), ended_tasks, ended),
    ):
        page = list_parts(path, sections)[0]._replace(paths=[path])
        number = counted(tasks)
        own: Mapping[str, object] = {
            "heading": heading,
            "counted": number,
            "description": description.of_list(site, heading, number),
            "state": state,
            "nothing": _nothing(site, nothing),
            "rest": _rest(page, sections, parts),
        }
        yield {**values, **own}, [page], tasks


def _nothing(site: SiteData, message: str | None = None) -> str:
    """Return the sentence for an empty list, which a file with errors may have emptied."""
    if site.doubtful:
        return _("Nothing of this kind is in what could be read.")
    return message or _("Nothing is in the record yet.")


def _rest(
    page: ListPart[MandateRow],
    sections: Sequence[ListSection[MandateRow]],
    parts: Sequence[ListPart[MandateRow]],
) -> Rest | None:
    """Return what has no room on the page of a list by state; None where all has."""
    left = sum(len(section.rows) for section in sections) - page.length
    return Rest(left, section_places(parts)[page.sections[-1].key]) if left else None


def counted(tasks: Sequence[Task]) -> str:
    """Return the numbers of mandates and tasks, in words."""
    duties = len({id(task.mandate) for task in tasks})
    mandates = ngettext("{count} duty", "{count} duties", duties).format(count=duties)
    owed = ngettext("{count} task", "{count} tasks", len(tasks)).format(count=len(tasks))
    return f"{mandates}, {owed}"


def _state_choices() -> Sequence[tuple[str, str]]:
    """Return the choices of the filter by state: what is open, what is closed, each state."""
    groups = [("open", _("all that is to be done")), ("ended", _("all that is done or ended"))]
    return groups + [(key, labels.state(key)) for key in labels.STATES]


# --- meetings -----------------------------------------------------------------------------------


def meeting_parts(site: SiteData) -> list[MeetingsPart]:
    """Return the pages of the list of meetings, at least one, the latest meeting first."""
    rows = [meeting_row(site, meeting) for meeting in site.newest_meetings]
    pages = [rows[at : at + MEETINGS_OF_PAGE] for at in range(0, len(rows) or 1, MEETINGS_OF_PAGE)]
    paths = [urls.part("meetings.html", number) for number in range(1, len(pages) + 1)]
    names = [_years(page) for page in pages]
    return [
        MeetingsPart(number, paths, names, _by_year(page)) for number, page in enumerate(pages, 1)
    ]


def _by_year(rows: Sequence[MeetingRow]) -> list[tuple[int, list[MeetingRow]]]:
    found: dict[int, list[MeetingRow]] = {}
    for row in rows:
        found.setdefault(row.year, []).append(row)
    return list(found.items())


def _years(rows: Sequence[MeetingRow]) -> str:
    """Return the years of the latest and earliest of some meetings: `2002–1998`, `2002`."""
    years = [str(row.year) for row in rows if row.year]
    return "–".join(dict.fromkeys((years[0], years[-1]))) if years else "?"


def meeting_row(site: SiteData, meeting: Meeting) -> MeetingRow:
    """Return a meeting's row."""
    where = [meeting.place or "", site.name_of(meeting.country.text) if meeting.country else ""]
    return MeetingRow(
        meeting.id,
        site.page_of(meeting),
        labels.title_of(meeting, site.language) if meeting.title else "",
        site.other_language(meeting.title, meeting),
        meeting.start.year if meeting.start else 0,
        meeting_days(meeting, site.language),
        ", ".join(filter(None, where)),
        _content(site, meeting),
    )


def _content(site: SiteData, meeting: Meeting) -> str:
    if meeting.conclusions is None:
        return without_text(meeting, site.as_of)
    count = len(meeting.conclusions)
    adopted = ngettext("{count} conclusion", "{count} conclusions", count).format(count=count)
    late = tally(site.of_meeting(meeting)).late
    overdue = ngettext("{count} task overdue", "{count} tasks overdue", late).format(count=late)
    return f"{adopted}, {overdue}" if late else adopted
