"""A party's pages: what it owes, how it stands, which offices it holds, what it owes no more."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.model import Party, Term
from grcm_cli.site import addresses
from grcm_cli.site.book import Book
from grcm_cli.site.duties import Duty, Part, Who, by_urgency, named, own, parts, shared
from grcm_cli.task import Task
from grcm_cli.text import N_, _
from grcm_cli.wording.days import long_day

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
    closed: int

    @property
    def open(self) -> int:
        """All that are open."""
        return self.late + self.soon + self.later + self.undated


def tally(tasks: Sequence[Task]) -> Tally:
    """Return how many tasks stand in which way; one that is not understood counts as undated."""
    still = [task for task in tasks if task.is_open]
    late = sum(task.is_late for task in still)
    soon = sum(task.state == "due-soon" for task in still)
    later = sum(task.state == "upcoming" for task in still)
    return Tally(late, soon, later, len(still) - late - soon - later, len(tasks) - len(still))


class Held(NamedTuple):
    """A term of an office: who held or holds which office, from when till when."""

    office: Who
    holder: Who
    since: str
    until: str
    is_now: bool


def open_parts(book: Book, party: Party) -> list[Part]:
    """Return the pages of what a party owes."""
    tasks = [task for task in book.of_party.get(party.code, ()) if task.is_open]
    sections = [(name, own(book, found, party.code)) for name, found in by_urgency(tasks)]
    supported = _supported(book, party.code)
    if supported:
        sections.append((_("Only supports, not counted"), supported))
    return parts(addresses.party(party.code), sections)


def closed_parts(book: Book, party: Party) -> list[Part]:
    """Return the pages of what a party owes no more, the latest deadline first; none: nothing."""
    tasks = [task for task in book.of_party.get(party.code, ()) if not task.is_open]
    tasks.sort(key=lambda task: task.deadline or date.min, reverse=True)
    rows = own(book, tasks, party.code)
    return parts(addresses.closed(party.code), [(_("Done or ended"), rows)]) if rows else []


def values(book: Book, party: Party) -> Mapping[str, object]:
    """Return what all the pages of a party show."""
    tasks = book.of_party.get(party.code, ())
    return {
        "party": party,
        "name": book.name_of(party.code),
        "kind": _(KINDS[party.kind]),
        "tally": tally(tasks),
        "heard": any(
            entry.party == party.code and entry.day <= book.as_of for entry in book.register.entries
        ),
        "terms": _terms(book, party),
        "open_path": addresses.party(party.code),
        "closed_path": addresses.closed(party.code),
        "feed": addresses.feed(party.code),
    }


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
