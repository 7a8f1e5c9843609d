"""The overview: the first page of a language. What is late, what comes, and what has changed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grcm_cli.domain.task import Task
from grcm_cli.language import grammar
from grcm_cli.language.text import _, fold, ngettext
from grcm_cli.site import charts
from grcm_cli.site.changes import ShownPeriod
from grcm_cli.site.lists import counted
from grcm_cli.site.mandate_rows import MandateRow, shared_rows, tasks_of_rows
from grcm_cli.site.page_data import SiteData

_ROWS = 5
"""Rows of each list."""
_MEMBERS = 60
"""So many members are named; of more the page of parties is linked."""


class OverviewList(NamedTuple):
    """A sentence with the first rows of what it counts."""

    sentence: str
    rows: Sequence[MandateRow]


def values(site: SiteData, latest: ShownPeriod | None) -> Mapping[str, object]:
    """Return the values of the overview. `latest` is what has changed since the last meeting."""
    open_tasks = [task for task in site.tasks if task.is_open]
    members = [one.code for one in site.parties if one.kind == "member"]
    members.sort(key=lambda code: fold(site.name_of(code)))
    named = [
        (site.named_party(code), sum(task.is_late for task in site.of_party(code)))
        for code in members
    ]
    ahead = [one for one in site.register.meetings if one.start and one.start > site.as_of]
    return {
        "members": named if len(members) <= _MEMBERS else (),
        "groups": [site.named_party(one) for one in site.register.groups],
        "topics": site.topics(site.register.themes),
        "adopted_by": _adopted_by(site),
        "late": _late(site, open_tasks),
        "ahead": _ahead(site, open_tasks),
        "planned": sorted(ahead, key=lambda one: (str(one.start), one.id))[:_ROWS],
        "latest": latest,
        "chart": charts.party_chart(site),
    }


def _adopted_by(site: SiteData) -> str:
    """Return in words how many meetings, and decisions by correspondence, have conclusions."""
    adopting = [one for one in site.register.meetings if one.conclusions is not None]
    meetings = sum(one.is_session for one in adopting)
    letters = len(adopting) - meetings
    words = [
        ngettext("{count} meeting", "{count} meetings", meetings).format(count=meetings),
        ngettext(
            "{count} decision by correspondence", "{count} decisions by correspondence", letters
        ).format(count=letters),
    ]
    return grammar.enumerated(words[: 1 + bool(letters)], site.language)


def _late(site: SiteData, tasks: Sequence[Task]) -> OverviewList:
    late = [task for task in tasks if task.is_late]
    message = ngettext(
        "{count} commitment is overdue", "{count} commitments are overdue", len(late)
    )
    if not late:
        return OverviewList(site.nothing(_("Nothing is overdue.")), ())
    return OverviewList(message.format(count=len(late)), _first(site, late))


def _ahead(site: SiteData, tasks: Sequence[Task]) -> OverviewList:
    # Unclear tasks come first: they may be due before all others.
    to_come = [task for task in tasks if task.state == "?" and not task.has_passed]
    to_come += [task for task in tasks if task.state in ("due-soon", "upcoming", "awaiting")]
    if not to_come:
        return OverviewList(site.nothing(_("There are no upcoming deadlines.")), ())
    return OverviewList(_("{count} to come").format(count=counted(to_come)), _first(site, to_come))


def _first(site: SiteData, tasks: Sequence[Task]) -> Sequence[MandateRow]:
    return shared_rows(site, [task for row in tasks_of_rows(tasks)[:_ROWS] for task in row])
