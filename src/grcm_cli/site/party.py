"""The page of a party as a brief: what is late, what comes next, how to report, and all else."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from grcm_cli.domain.model import Party, PartyKind
from grcm_cli.language.text import N_, _, counted, fold, labelled
from grcm_cli.site import lists, urls
from grcm_cli.site.page_data import SiteData, cut
from grcm_cli.views.party import KINDS, membership_sentences, terms_of

_HEADINGS: Mapping[PartyKind, str] = {
    "member": N_("Member countries"),
    "office": N_("Offices"),
    "organization": N_("Organizations"),
    "body": N_("Bodies"),
    "group": N_("Groups of countries"),
}


def party_rows(site: SiteData) -> Mapping[str, Sequence[Mapping[str, object]]]:
    """Return the rows of the table of parties by the words for a kind, in the order of names."""
    by_kind: dict[str, list[Mapping[str, object]]] = {_(words): [] for words in _HEADINGS.values()}
    for party in sorted(site.parties, key=lambda party: fold(site.name_of(party.code))):
        tasks, day = site.of_party(party.code), site.record.last_report(party.code)
        reported = site.long_day(day) if day else _("none") if tasks else ""
        row = {"link": site.named_party(party.code), "tally": lists.tally(tasks)}
        asked = len(site.record.asked_by.get(party.code, ()))
        by_kind[_(_HEADINGS[party.kind])].append({**row, "reported": reported, "asked": asked})
    return {heading: rows for heading, rows in by_kind.items() if rows}


def parts(site: SiteData, party: Party) -> list[lists.ListPart[lists.MandateRow]]:
    """Return the pages of a party: what it owes; of a body, what is due at and asked by it."""
    record = site.record
    # What is due at the next meeting stands before what past ones did not get.
    due = sorted(record.due_at_body.get(party.code, ()), key=lambda task: task.is_late)
    sections = (
        ("here", _("Due at its meetings"), due),
        ("asked", _("Requested by its meetings, still open"), record.asked_by.get(party.code, ())),
        ("supported", _("Support only, not counted"), record.supported.get(party.code, ())),
    )
    further = [
        lists.section(key, heading, lists.shared_rows(site, tasks), tasks)
        for key, heading, tasks in sections
    ]
    rows, tasks = partial(lists.own_rows, site, party), site.of_party(party.code)
    return lists.list_parts(urls.party(party.code), lists.task_sections(tasks, rows, further))


def values(site: SiteData, party: Party) -> Mapping[str, object]:
    """Return the values that all pages of a party share."""
    tasks, name = site.of_party(party.code), site.name_of(party.code)
    # Each term with its last day, and whether it is the one that runs.
    terms = []
    for term in terms_of(party, site.register):
        counterpart = site.named_party(term.office if term.holder == party.code else term.holder)
        is_now = term.start <= site.as_of <= (term.until or date.max)
        terms.append((counterpart, term.start, term.until, is_now))
    members = site.register.members_of(party.code, site.as_of)
    still_open = [task for task in tasks if task.is_open]
    owed = site.still_open(still_open)
    nothing = site.nothing(_("{name}: no open commitments.").format(name=name))
    description = f"{name}. {nothing}" if site.doubtful else nothing
    if still_open:  # how much it owes, how much of it is late, and what comes first
        late = sum(task.is_late for task in still_open)
        overdue = counted("{count} overdue", "{count} overdue", late)
        first, deadline = site.what(still_open[0]), still_open[0].deadline
        day = labelled(site.long_day(deadline), "") if deadline else ""
        description = f"{labelled(name, owed)}, {overdue}. {day}{first}"
    meetings = [meeting for meeting in site.newest_meetings if meeting.body_code == party.code]
    is_body, coming = party.kind == "body", site.record.meetings_ahead
    ahead = [meeting for meeting in coming if not is_body or meeting in meetings]
    until = (ahead[-1].last_day if ahead else None) or date.min
    return {
        "party": party,
        "description": cut(description),
        "name": name,
        "kind": _(KINDS[party.kind]),
        "still_open": owed,
        "is_silent": tasks and not site.record.last_report(party.code),
        "memberships": membership_sentences(party, site.long_day),
        "terms": terms,
        "is_vacant": party.kind == "office" and not any(is_now for *_term, is_now in terms),
        "meetings": meetings,
        "ahead": ahead[-1:],
        "by_then": (until, sum((task.deadline or date.max) <= until for task in still_open)),
        "members": [site.named_party(code) for code in members if code != party.code],
        "feed": urls.feed(party.code) if still_open else "",
        "file": urls.data_file("csv", party.code) if tasks else "",
    }
