"""The pages of a party: its open tasks, its closed tasks, its offices and meetings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from grcm_cli.domain.model import Party
from grcm_cli.domain.task import Task
from grcm_cli.language.text import _
from grcm_cli.site import charts, description, mandate_rows, urls
from grcm_cli.site.list_parts import ListPart, ListSection, by_urgency, list_parts
from grcm_cli.site.mandate_rows import MandateRow
from grcm_cli.site.page_data import PartyLink, SiteData
from grcm_cli.views.meetings import meeting_days
from grcm_cli.views.party import KINDS


class Tally(NamedTuple):
    """The number of tasks in each group of states."""

    late: int
    soon: int
    later: int
    undated: int
    unclear: int
    """Tasks that are unclear because of an error in a file."""
    ended: int

    @property
    def open(self) -> int:
        """The number of open tasks."""
        return self.late + self.soon + self.later + self.undated + self.unclear


def tally(tasks: Sequence[Task]) -> Tally:
    """Count tasks by their states."""
    states = Counter(task.state for task in tasks if task.is_open)
    late, soon, later, unclear = (states[key] for key in ("overdue", "due-soon", "upcoming", "?"))
    count = states.total()
    undated = count - late - soon - later - unclear
    return Tally(late, soon, later, undated, unclear, len(tasks) - count)


class TermOfOffice(NamedTuple):
    """An office, its holder, and the first and last day of the term in words."""

    office: PartyLink
    holder: PartyLink
    since: str
    until: str
    is_now: bool


def open_parts(site: SiteData, party: Party) -> list[ListPart[MandateRow]]:
    """Return the pages of a party's open tasks."""
    tasks = [task for task in site.of_party(party.code) if task.is_open]
    rows = partial(mandate_rows.own_rows, site, party.code)
    shared = mandate_rows.shared_rows(site, site.record.supported_by(party.code))
    sections = [
        *by_urgency(tasks, rows),
        ListSection("supported", _("Only supports, not counted"), shared),
    ]
    return list_parts(urls.party(party.code), sections)


def ended_parts(site: SiteData, party: Party) -> list[ListPart[MandateRow]]:
    """Return the pages of a party's closed tasks, latest deadline first; none without any."""
    tasks = [task for task in site.of_party(party.code) if not task.is_open]
    rows = mandate_rows.own_rows(site, party.code, latest_first(tasks))
    section = ListSection("ended", _("Done or ended"), rows)
    return list_parts(urls.ended(party.code), [section]) if rows else []


def latest_first(tasks: Sequence[Task]) -> list[Task]:
    """Return tasks, those with the latest deadline first."""
    return sorted(tasks, key=lambda task: task.deadline or date.min, reverse=True)


def values(site: SiteData, party: Party) -> Mapping[str, object]:
    """Return the values that all pages of a party share."""
    found = tally(site.of_party(party.code))
    terms = _terms(site, party)
    has_reported = party.code in site.record.reporting_parties
    return {
        "party": party,
        "description": description.of_party(site, party),
        "name": site.name_of(party.code),
        "kind": _(KINDS[party.kind]),
        "tally": found,
        "own_chart": charts.own_chart(site, "party", party.code),
        "is_silent": party.kind != "office" and found.open + found.ended and not has_reported,
        "membership": _membership(site, party),
        "terms": terms,
        "is_vacant": party.kind == "office" and not any(term.is_now for term in terms),
        "meetings": _meetings(site, party),
        "open_path": urls.party(party.code),
        "ended_path": urls.ended(party.code),
        "feed": urls.feed(party.code),
        "news": urls.news(party.code),
    }


def _membership(site: SiteData, party: Party) -> str:
    """Return a member's first and last day in words; empty where the register has none."""
    since = site.long_day(party.since) if party.since else ""
    until = site.long_day(party.until) if party.until else ""
    if since and until:
        return _("Member from {first} to {last}.").format(first=since, last=until)
    if since:
        return _("Member since {day}.").format(day=since)
    return _("Member until {day}.").format(day=until) if until else ""


def _meetings(site: SiteData, party: Party) -> Sequence[tuple[str, str, str]]:
    """Return the meetings of a body, the latest first: id, page and days."""
    if party.kind != "body":
        return []
    found = site.register.calendar.of_body(party.code, date.min)
    return [
        (name, site.page_of(meeting), meeting_days(meeting, site.language))
        for _start, name, meeting in reversed(found)
    ]


def _terms(site: SiteData, party: Party) -> list[TermOfOffice]:
    """Return an office's terms, or those in which a party holds offices."""
    offices = [party] if party.kind == "office" else site.register.parties
    terms = []
    for office in offices:
        begun = [term for term in office.terms if term.start <= site.as_of]
        last = max(begun, key=lambda term: term.start, default=None)
        terms += [
            TermOfOffice(
                site.party_link(office.code),
                site.party_link(term.holder.text),
                site.long_day(term.start),
                site.long_day(until) if until else "",
                term is last and (until is None or site.as_of <= until),
            )
            for term, until in office.terms_with_ends()
            if office is party or term.holder.text == party.code
        ]
    return terms
