"""A party's pages: what it owes, how it stands, which offices it holds, what it owes no more."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Party, Term
from grcm_cli.domain.task import Task
from grcm_cli.language.days import long_day, long_span
from grcm_cli.language.text import N_, _
from grcm_cli.site import urls
from grcm_cli.site.mandate_rows import (
    Duty,
    Part,
    Section,
    Who,
    by_urgency,
    named,
    own,
    parts,
    shared,
)
from grcm_cli.site.page_data import Book

KINDS = {
    "member": N_("member country"),
    "office": N_("office"),
    "organization": N_("organization"),
    "body": N_("body"),
}


class Tally(NamedTuple):
    """How many tasks stand in which way."""

    late: int
    soon: int
    later: int
    undated: int
    unclear: int
    """Those that a file with an error leaves open to question."""
    ended: int

    @property
    def open(self) -> int:
        """All that are open."""
        return self.late + self.soon + self.later + self.undated + self.unclear


def tally(tasks: Sequence[Task]) -> Tally:
    """Return how many tasks stand in which way."""
    still = [task for task in tasks if task.is_open]
    late = sum(task.is_late for task in still)
    soon = sum(task.state == "due-soon" for task in still)
    later = sum(task.state == "upcoming" for task in still)
    unclear = sum(task.state == "?" for task in still)
    undated = len(still) - late - soon - later - unclear
    return Tally(late, soon, later, undated, unclear, len(tasks) - len(still))


class Held(NamedTuple):
    """A term of an office: who held or holds which office, from when till when."""

    office: Who
    holder: Who
    since: str
    until: str
    is_now: bool


def open_parts(book: Book, party: Party) -> list[Part]:
    """Return the pages of what a party owes."""
    tasks = [task for task in book.of_party(party.code) if task.is_open]
    sections = [
        Section(key, heading, own(book, found, party.code))
        for key, heading, found in by_urgency(tasks)
    ]
    supported = _supported(book, party.code)
    if supported:
        sections.append(Section("supported", _("Only supports, not counted"), supported))
    return parts(urls.party(party.code), sections)


def ended_parts(book: Book, party: Party) -> list[Part]:
    """Return the pages of what a party owes no more, the latest deadline first; none: nothing."""
    tasks = [task for task in book.of_party(party.code) if not task.is_open]
    rows = own(book, latest_first(tasks), party.code)
    section = Section("ended", _("Done or ended"), rows)
    return parts(urls.ended(party.code), [section]) if rows else []


def latest_first(tasks: Sequence[Task]) -> list[Task]:
    """Return tasks, those with the latest deadline first."""
    return sorted(tasks, key=lambda task: task.deadline or date.min, reverse=True)


def values(book: Book, party: Party) -> Mapping[str, object]:
    """Return what all the pages of a party show."""
    found = tally(book.of_party(party.code))
    terms = _terms(book, party)
    return {
        "party": party,
        "name": book.name_of(party.code),
        "kind": _(KINDS[party.kind]),
        "tally": found,
        "is_silent": _is_silent(book, party, found),
        "membership": _membership(book, party),
        "terms": terms,
        "is_vacant": party.kind == "office" and not any(term.is_now for term in terms),
        "meetings": _meetings(book, party),
        "open_path": urls.party(party.code),
        "ended_path": urls.ended(party.code),
        "feed": urls.feed(party.code),
    }


def _is_silent(book: Book, party: Party, found: Tally) -> bool:
    """Tell whether a party that owes something has reported nothing at all."""
    if party.kind == "office" or not found.open + found.ended:
        return False
    entries = book.register.entries
    return not any(one.party == party.code and one.day <= book.as_of for one in entries)


def _membership(book: Book, party: Party) -> str:
    """Return since and until when a member belongs, where the register says so."""
    since = long_day(party.since, book.language) if party.since else ""
    until = long_day(party.until, book.language) if party.until else ""
    if since and until:
        return _("Member from {first} to {last}.").format(first=since, last=until)
    if since:
        return _("Member since {day}.").format(day=since)
    return _("Member until {day}.").format(day=until) if until else ""


def _meetings(book: Book, party: Party) -> Sequence[tuple[str, str, str]]:
    """Return the meetings of a body, the latest first: id, page and days."""
    if party.kind != "body":
        return []
    found = book.register.calendar.of_body(party.code, date.min)
    return [
        (name, book.page_of(meeting), long_span(start, meeting.last_day or start, book.language))
        for start, name, meeting in reversed(found)
    ]


def _supported(book: Book, code: str) -> list[Duty]:
    return shared(
        book,
        (
            task
            for task in book.tasks
            if task.is_open
            and any(word.text == code for word in task.mandate.support)
            and not task.belongs_to(code)
        ),
    )


def _terms(book: Book, party: Party) -> list[Held]:
    """Return an office's terms, or those in which a party holds offices."""
    offices = [party] if party.kind == "office" else book.register.parties
    return [
        _held(book, office, term)
        for office in offices
        for term in sorted(office.terms, key=lambda term: term.start)
        if office is party or term.holder.text == party.code
    ]


def _held(book: Book, office: Party, term: Term) -> Held:
    now = [other for other in office.terms if other.start <= book.as_of]
    is_last = bool(now) and max(now, key=lambda other: other.start) is term
    return Held(
        named(book, office.code),
        named(book, term.holder.text),
        long_day(term.start, book.language),
        long_day(term.until, book.language) if term.until else "",
        is_last and (term.until is None or book.as_of <= term.until),
    )
