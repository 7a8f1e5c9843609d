"""The overview: the first page of a language. What is late, what comes, and what has changed."""

from collections.abc import Mapping, Sequence

from grcm_cli.domain.statistics import by_year
from grcm_cli.domain.task import Task
from grcm_cli.language import grammar
from grcm_cli.language.text import _, counted, fold, labelled
from grcm_cli.site import charts
from grcm_cli.site.lists import shared_rows, tally, task_count
from grcm_cli.site.page_data import SiteData

_ROWS = 5  # of each list
_MEMBERS = 60  # that are named; of more the page of parties is linked


def values(site: SiteData, latest: Mapping[str, object] | None) -> Mapping[str, object]:
    """Return the values of the overview. `latest` is what has changed since the last meeting."""
    members = [
        (site.named_party(party.code), sum(task.is_late for task in site.of_party(party.code)))
        for party in site.parties
        if party.kind == "member"
    ]
    members.sort(key=lambda member: fold(member[0].label))
    late = [task for task in site.tasks if task.is_late]
    overdue = counted("{count} commitment is overdue", "{count} commitments are overdue", len(late))
    to_come = [task for task in site.tasks if task.state in ("due-soon", "upcoming")]
    numbers, years = tally(to_come), by_year(site.tasks, site.as_of)
    message = _("{count} to come")
    if numbers["soon"] and numbers["later"]:
        message = _("{count} to come: {soon} within 30 days, {later} later")
    ahead = message.format(count=task_count(to_come), **numbers)
    # Unclear tasks come first: they may be due before all others.
    unclear = [task for task in site.tasks if task.state == "?" and not task.has_passed]
    if not to_come:
        ahead = labelled(_("Not understood"), str(len(unclear)))
    to_come[:0] = unclear
    adopting = [meeting for meeting in site.register.meetings if meeting.conclusions is not None]
    meetings = sum(meeting.is_session for meeting in adopting)
    several = counted("{count} meeting", "{count} meetings", meetings)
    adopted_by = [_("one meeting") if meetings == 1 else several]
    by_letter = sum(len(each.conclusions or ()) for each in adopting if not each.is_session)
    if by_letter:
        several = counted(
            "{count} decision by correspondence", "{count} decisions by correspondence", by_letter
        )
        adopted_by.append(_("one decision by correspondence") if by_letter == 1 else several)
    meetings_in_words = grammar.enumerated(adopted_by, site.language)
    return {
        "members": members if len(members) <= _MEMBERS else (),
        "of_meetings": grammar.after("of", meetings_in_words, "", site.language),
        "late": _first(site, late, overdue, _("Nothing is overdue.")),
        "ahead": _first(site, to_come, ahead, _("There are no upcoming deadlines.")),
        "planned": site.record.meetings_ahead[: -_ROWS - 1 : -1],
        "latest": latest,
        "trend": charts.verdict(years) if years else "",
        "chart": charts.party_chart(site),
    }


def _first(site: SiteData, tasks: Sequence[Task], words: str, nothing: str) -> Mapping[str, object]:
    """Return a sentence, and the first rows of what it counts."""
    shown = words if tasks else site.nothing(nothing)
    return {"sentence": shown, "rows": shared_rows(site, tasks, _ROWS)}
