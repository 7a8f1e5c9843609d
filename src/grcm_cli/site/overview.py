"""The overview, the lists of tasks, and the tables of parties and meetings."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grcm_cli.domain.model import Meeting, Party
from grcm_cli.domain.task import Task
from grcm_cli.language.text import _, fold, ngettext
from grcm_cli.site import urls
from grcm_cli.site.mandate_rows import (
    ListPart,
    ListSection,
    by_urgency,
    list_parts,
    matrix_grid,
    section_places,
    shared_rows,
)
from grcm_cli.site.page_data import SiteData
from grcm_cli.site.party import KINDS, Tally, latest_first, tally
from grcm_cli.site.timeline import timeline
from grcm_cli.views import labels
from grcm_cli.views.meetings import meeting_days, without_text

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
    rows = shared_rows(site, late)
    return {
        "tally": tally(site.tasks),
        "places": section_places(open_parts(site)),
        "late": rows[:_FIRST],
        "late_said": counted(late),
        "has_more": len(rows) > _FIRST,
        "coming": shared_rows(site, ahead)[:_FIRST],
        "timeline": timeline(site),
        "grid": matrix_grid(site, [task.mandate for task in open_tasks], _FIRST_MANDATES),
        "parties": [row for row in party_rows(site) if row.tally.open or row.tally.ended],
        "planned": [_meeting_row(site, meeting) for meeting in planned[:_FIRST]],
    }


def counted(tasks: Sequence[Task]) -> str:
    """Return the numbers of mandates and tasks, in words."""
    duties = len({id(task.mandate) for task in tasks})
    mandates = ngettext("{count} duty", "{count} duties", duties).format(count=duties)
    owed = ngettext("{count} task", "{count} tasks", len(tasks)).format(count=len(tasks))
    return f"{mandates}, {owed}"


def late_parts(site: SiteData) -> list[ListPart]:
    """Return the pages of late tasks, the longest first."""
    late = shared_rows(site, (task for task in site.tasks if task.is_late))
    return list_parts(urls.LATE, [ListSection("late", _("Overdue"), late)])


def open_parts(site: SiteData) -> list[ListPart]:
    """Return the pages of open tasks."""
    open_tasks = [task for task in site.tasks if task.is_open]
    sections = [
        ListSection(key, heading, shared_rows(site, found))
        for key, heading, found in by_urgency(open_tasks)
    ]
    return list_parts(urls.OPEN, sections)


def ended_parts(site: SiteData) -> list[ListPart]:
    """Return the pages of closed tasks, the latest deadline first."""
    ended = latest_first([task for task in site.tasks if not task.is_open])
    return list_parts(
        urls.ENDED, [ListSection("ended", _("Done or ended"), shared_rows(site, ended))]
    )


def party_rows(site: SiteData) -> list[PartyRow]:
    """Return the rows of all parties, by kind and name."""
    rows = [_party_row(site, party) for party in site.parties]
    kinds = [_(kind) for kind in KINDS.values()]
    return sorted(rows, key=lambda row: (kinds.index(row.kind), fold(row.name)))


def _party_row(site: SiteData, party: Party) -> PartyRow:
    found = site.of_party(party.code)
    path = urls.party(party.code)
    return PartyRow(party.code, site.name_of(party.code), path, _(KINDS[party.kind]), tally(found))


def meeting_rows(site: SiteData) -> Sequence[MeetingRow]:
    """Return the rows of all meetings, the latest first."""
    found = sorted(site.register.meetings, key=lambda m: (str(m.start or ""), m.id), reverse=True)
    return [_meeting_row(site, meeting) for meeting in found]


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
