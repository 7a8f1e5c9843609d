"""The overview: the first page of a language."""

from collections.abc import Mapping, Sequence

from grcm_cli.domain.task import Task
from grcm_cli.site import changes, charts
from grcm_cli.site.answers import answers
from grcm_cli.site.list_parts import by_urgency, list_parts, section_places
from grcm_cli.site.lists import ALL, counted
from grcm_cli.site.mandate_rows import MandateRow, matrix_grid, shared_rows, tasks_of_rows
from grcm_cli.site.page_data import SiteData
from grcm_cli.site.party import tally
from grcm_cli.site.timeline import timeline

_FIRST = 8  # rows of each list on the overview
_FIRST_MANDATES = 40  # of the matrix on the overview


def values(site: SiteData) -> Mapping[str, object]:
    """Return the values of the overview."""
    open_tasks = [task for task in site.tasks if task.is_open]
    late = [task for task in open_tasks if task.is_late]
    # Unclear tasks come first: they may be due before all others.
    ahead = [task for task in open_tasks if task.state == "?"]
    ahead += [task for task in open_tasks if task.state in ("due-soon", "upcoming", "awaiting")]
    planned = [m for m in site.register.meetings if m.start and m.start > site.as_of]
    planned.sort(key=lambda meeting: (str(meeting.start), meeting.id))
    open_mandates = [task.mandate for task in open_tasks]
    return {
        "answers": answers(site),
        "since": changes.since_last(site),
        "tally": tally(site.tasks),
        "done": site.record.counts["all", ""],
        "parties_chart": charts.party_chart(site),
        "bands": charts.lateness_bands(site),
        "oldest": charts.longest_lateness(site),
        "places": section_places(list_parts(ALL, by_urgency(open_tasks, tasks_of_rows))),
        "late": _first_rows(site, late),
        "late_said": counted(late),
        "coming": _first_rows(site, ahead),
        "timeline": timeline(site),
        "grid": matrix_grid(site, open_mandates, _FIRST_MANDATES, site.tasks),
        "planned": planned[:_FIRST],
    }


def _first_rows(site: SiteData, tasks: Sequence[Task]) -> list[MandateRow]:
    return shared_rows(site, [task for row in tasks_of_rows(tasks)[:_FIRST] for task in row])
