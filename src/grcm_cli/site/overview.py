"""The overview, and the table of parties."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grcm_cli.domain.task import Task
from grcm_cli.language.text import _, fold
from grcm_cli.site import changes, charts, urls
from grcm_cli.site.answers import answers
from grcm_cli.site.list_parts import by_urgency, list_parts, section_places
from grcm_cli.site.lists import ALL, counted, meeting_row
from grcm_cli.site.mandate_rows import MandateRow, matrix_grid, shared_row, tasks_of_rows
from grcm_cli.site.page_data import SiteData
from grcm_cli.site.party import Tally, tally
from grcm_cli.site.timeline import timeline
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


def values(site: SiteData) -> Mapping[str, object]:
    """Return the values of the overview."""
    open_tasks = [task for task in site.tasks if task.is_open]
    late = [task for task in open_tasks if task.is_late]
    # Unclear tasks come first: they may be due before all others.
    ahead = [task for task in open_tasks if task.state == "?"]
    ahead += [task for task in open_tasks if task.state in ("due-soon", "upcoming", "awaiting")]
    planned = [m for m in site.register.meetings if m.start and m.start > site.as_of]
    planned.sort(key=lambda meeting: (str(meeting.start), meeting.id))
    return {
        "answers": answers(site),
        "since": changes.since_last(site),
        "tally": tally(site.tasks),
        "done": site.counts["all", ""],
        "parties_chart": charts.party_chart(site),
        "bands": charts.lateness_bands(site),
        "oldest": charts.longest_lateness(site),
        "places": section_places(list_parts(ALL, by_urgency(open_tasks, tasks_of_rows))),
        "late": _first_rows(site, late),
        "late_said": counted(late),
        "coming": _first_rows(site, ahead),
        "timeline": timeline(site),
        "grid": matrix_grid(
            site, [task.mandate for task in open_tasks], _FIRST_MANDATES, site.tasks
        ),
        "planned": [meeting_row(site, meeting) for meeting in planned[:_FIRST]],
    }


def _first_rows(site: SiteData, tasks: Sequence[Task]) -> list[MandateRow]:
    return [shared_row(site, row) for row in tasks_of_rows(tasks)[:_FIRST]]


def party_rows(site: SiteData) -> list[PartyRow]:
    """Return the rows of all parties, by kind and name."""
    kinds = [_(kind) for kind in KINDS.values()]
    rows = [
        PartyRow(code, site.name_of(code), urls.party(code), _(KINDS[party.kind]), tally(tasks))
        for code, party in site.register.directory.by_code.items()
        for tasks in [site.of_party(code)]
    ]
    return sorted(rows, key=lambda row: (kinds.index(row.kind), fold(row.name)))
