"""The overview, the lists of tasks, and the tables of parties and meetings."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from grcm_cli.domain.model import Meeting
from grcm_cli.domain.task import Task
from grcm_cli.language.text import _, fold, ngettext
from grcm_cli.site import charts, description, urls
from grcm_cli.site.answers import answers
from grcm_cli.site.mandate_rows import (
    ListPart,
    ListSection,
    MandateRow,
    by_urgency,
    list_parts,
    matrix_grid,
    shared_rows,
)
from grcm_cli.site.page_data import SiteData
from grcm_cli.site.party import Tally, latest_first, tally
from grcm_cli.site.timeline import timeline
from grcm_cli.views import labels
from grcm_cli.views.meetings import meeting_days, without_text
from grcm_cli.views.party import KINDS

_FIRST = 8  # rows of each list on the overview
_FIRST_MANDATES = 40  # of the matrix on the overview


class PartyRow(NamedTuple):
    """A row of the table of parties."""

    code: str
    name: str
    path: str
    kind: str
    tally: Tally


class MeetingRow(NamedTuple):
    """A row of the table of meetings."""

    name: str
    path: str
    title: str
    language: str
    days: str
    place: str
    content: str


def values(site: SiteData) -> Mapping[str, object]:
    """Return the values of the overview."""
    open_tasks = [task for task in site.tasks if task.is_open]
    late = [task for task in open_tasks if task.is_late]
    # Unclear tasks come first: they may be due before all others.
    ahead = [task for task in open_tasks if task.state == "?"]
    ahead += [task for task in open_tasks if task.state in ("due-soon", "upcoming", "awaiting")]
    planned = [m for m in site.register.meetings if m.start and m.start > site.as_of]
    planned.sort(key=lambda meeting: (str(meeting.start), meeting.id))
    rows_of = partial(shared_rows, site)
    rows = rows_of(late)
    return {
        "answers": answers(site),
        "tally": tally(site.tasks),
        "done": site.counts["all", ""],
        "parties_chart": charts.party_chart(site),
        "places": _section_places(list_parts("due.html", by_urgency(open_tasks, rows_of))),
        "bands": charts.lateness_bands(site),
        "oldest": charts.longest_lateness(site),
        "late": rows[:_FIRST],
        "late_said": _counted(late),
        "has_more": len(rows) > _FIRST,
        "coming": shared_rows(site, ahead)[:_FIRST],
        "timeline": timeline(site),
        "grid": matrix_grid(site, [task.mandate for task in open_tasks], _FIRST_MANDATES),
        "planned": [_meeting_row(site, meeting) for meeting in planned[:_FIRST]],
    }


def _section_places(parts: Sequence[ListPart[MandateRow]]) -> Mapping[str, str]:
    """Return the address where each section of a list begins, by its key."""
    places: dict[str, str] = {}
    for part in parts:
        for section in part.sections:
            places.setdefault(section.key, f"{part.path}#{section.key}")
    return places


def _counted(tasks: Sequence[Task]) -> str:
    """Return the numbers of mandates and tasks, in words."""
    duties = len({id(task.mandate) for task in tasks})
    mandates = ngettext("{count} duty", "{count} duties", duties).format(count=duties)
    owed = ngettext("{count} task", "{count} tasks", len(tasks)).format(count=len(tasks))
    return f"{mandates}, {owed}"


TaskListPages = tuple[Mapping[str, object], list[ListPart[MandateRow]], Sequence[Task]]
"""The values of a list's pages, the pages, and the tasks on them."""


def lists(site: SiteData) -> Iterator[TaskListPages]:
    """Yield the pages of each list: late tasks, open ones, closed ones."""
    open_tasks = [task for task in site.tasks if task.is_open]
    late = [task for task in open_tasks if task.is_late]
    ended = latest_first([task for task in site.tasks if not task.is_open])
    rows = partial(shared_rows, site)
    late_section = ListSection("late", _("Overdue"), rows(late))
    ended_section = ListSection("ended", _("Done or ended"), rows(ended))
    by_state = by_urgency(open_tasks, rows)
    unread = _("Nothing of this kind is in what could be read.")
    for path, heading, nothing, tasks, sections in (
        ("late.html", _("What is overdue"), _("Nothing is overdue."), late, [late_section]),
        ("due.html", _("What is to be done"), _("Nothing is due."), open_tasks, by_state),
        ("ended.html", _("Done or ended"), _("Nothing is done yet."), ended, [ended_section]),
    ):
        empty = unread if site.doubtful else nothing
        counted = _counted(tasks)
        about = description.of_list(site, heading, counted)
        values = {"heading": heading, "nothing": empty, "counted": counted, "description": about}
        yield values, list_parts(path, sections), tasks


def party_rows(site: SiteData) -> list[PartyRow]:
    """Return the rows of all parties, by kind and name."""
    kinds = [_(kind) for kind in KINDS.values()]
    rows = [
        PartyRow(code, site.name_of(code), urls.party(code), _(KINDS[party.kind]), tally(tasks))
        for code, party in site.register.directory.by_code.items()
        for tasks in [site.of_party(code)]
    ]
    return sorted(rows, key=lambda row: (kinds.index(row.kind), fold(row.name)))


def meeting_rows(site: SiteData) -> Sequence[MeetingRow]:
    """Return the rows of all meetings, the latest first."""
    return [_meeting_row(site, meeting) for meeting in site.newest_meetings]


def _meeting_row(site: SiteData, meeting: Meeting) -> MeetingRow:
    where = [meeting.place or "", site.name_of(meeting.country.text) if meeting.country else ""]
    return MeetingRow(
        meeting.id,
        site.page_of(meeting),
        labels.title_of(meeting, site.language) if meeting.title else "",
        site.other_language(meeting.title, meeting),
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
