"""The pages of a party: its open tasks, its closed tasks, its offices and meetings."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from grcm_cli.domain.model import Party
from grcm_cli.domain.task import Task
from grcm_cli.language.text import _, fold, ngettext
from grcm_cli.site import charts, urls
from grcm_cli.site.lists import ListPart, ListSection, by_urgency, latest_first, list_parts
from grcm_cli.site.mandate_rows import MandateRow, own_rows, shared_rows
from grcm_cli.site.page_data import PartyLink, SiteData, cut
from grcm_cli.views.party import KINDS, membership_sentences


def tally(tasks: Sequence[Task]) -> Mapping[str, int]:
    """Return the number of tasks in each group of states, and how many are open and ended.

    `passed` are encouragements whose day has passed, `unclear` those that an error in a file makes
    so.
    """
    states: Counter[str] = Counter(task.state for task in tasks if task.is_open)
    groups = {"late": "overdue", "soon": "due-soon", "later": "upcoming", "passed": "passed"}
    found = {name: states[state] for name, state in {**groups, "unclear": "?"}.items()}
    count = states.total()
    others = {"undated": count - sum(found.values()), "open": count, "ended": len(tasks) - count}
    return found | others


def party_rows(site: SiteData) -> list[tuple[PartyLink, str, Mapping[str, int]]]:
    """Return the rows of the table of parties, by kind and name: a party, its kind, its tasks."""
    kinds = list(KINDS)
    parties = sorted(
        site.parties, key=lambda one: (kinds.index(one.kind), fold(site.name_of(one.code)))
    )
    return [
        (site.named_party(one.code), _(KINDS[one.kind]), tally(site.of_party(one.code)))
        for one in parties
    ]


def open_parts(site: SiteData, party: Party) -> list[ListPart[MandateRow]]:
    """Return the pages of a party's open tasks."""
    tasks = [task for task in site.of_party(party.code) if task.is_open]
    supported = shared_rows(site, site.record.supported.get(party.code, ()))
    sections = [
        *by_urgency(tasks, partial(own_rows, site, party.code)),
        ListSection("supported", _("Only supports, not counted"), supported),
    ]
    return list_parts(urls.party(party.code), sections)


def ended_parts(site: SiteData, party: Party) -> list[ListPart[MandateRow]]:
    """Return the pages of a party's closed tasks, latest deadline first; none without any."""
    tasks = [task for task in site.of_party(party.code) if not task.is_open]
    rows = own_rows(site, party.code, latest_first(tasks))
    section = ListSection("ended", _("Done or ended"), rows)
    return list_parts(urls.ended(party.code), [section]) if rows else []


def values(site: SiteData, party: Party) -> Mapping[str, object]:
    """Return the values that all pages of a party share."""
    tasks = site.of_party(party.code)
    terms = list(_terms(site, party))
    meetings = []
    if party.kind == "body":
        rows = site.register.calendar.of_body(party.code, date.min)
        meetings = [meeting for _start, _name, meeting in reversed(rows)]
    has_reported = party.code in site.record.reporting_parties
    return {
        "party": party,
        "description": _description(site, party),
        "name": site.name_of(party.code),
        "kind": _(KINDS[party.kind]),
        "tally": tally(tasks),
        "own_chart": charts.own_chart(site, "party", party.code),
        "is_silent": party.kind != "office" and tasks and not has_reported,
        "memberships": membership_sentences(party, site.long_day),
        "terms": terms,
        "is_vacant": party.kind == "office" and not any(is_now for *_term, is_now in terms),
        "meetings": meetings,
        "open_path": urls.party(party.code),
        "ended_path": urls.ended(party.code),
        "feed": urls.feed(party.code),
        "news": urls.news(party.code),
    }


def _description(site: SiteData, party: Party) -> str:
    """Describe a party: how much it owes, how much of it is late, and what comes first."""
    name = site.name_of(party.code)
    tasks = [task for task in site.of_party(party.code) if task.is_open]
    if not tasks and site.doubtful:
        return cut(f"{name}. {site.nothing('')}")
    if not tasks:
        return cut(_("{name} owes nothing that is open.").format(name=name))
    late = sum(task.is_late for task in tasks)
    count = ngettext("{count} open task", "{count} open tasks", len(tasks)).format(count=len(tasks))
    overdue = ngettext("{count} overdue", "{count} overdue", late).format(count=late)
    day = f"{site.long_day(tasks[0].deadline)}: " if tasks[0].deadline else ""
    return cut(f"{name}: {count}, {overdue}. {day}{site.what(tasks[0])}")


def _terms(site: SiteData, party: Party) -> Iterator[tuple[PartyLink, date, date | None, bool]]:
    """Yield an office's terms with their holders, or those in which a party holds offices.

    Each with its first and last day, and whether it is the one that runs.
    """
    for office in [party] if party.kind == "office" else site.register.parties:
        begun = [term for term in office.terms if term.start <= site.as_of]
        last = max(begun, key=lambda term: term.start, default=None)
        for term, until in office.terms_with_ends():
            is_now = term is last and (until is None or site.as_of <= until)
            if office is party:
                yield site.party_link(term.holder.text), term.start, until, is_now
            elif term.holder.text == party.code:
                yield site.party_link(office.code), term.start, until, is_now
