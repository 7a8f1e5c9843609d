"""All pages of a site in order, one at a time: a large one is never held whole."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.formats import as_ics
from grcm_cli.register import Register
from grcm_cli.site import addresses, index, meeting, overview, party
from grcm_cli.site.book import Book
from grcm_cli.site.duties import Part
from grcm_cli.site.render import ASSETS, asset, entrance, page
from grcm_cli.task import Task
from grcm_cli.text import LANGUAGES, _, speaking
from grcm_cli.views.answer import Answer
from grcm_cli.views.feed import feed


class Page(NamedTuple):
    """A file of the site: its address from the site's folder, and its bytes."""

    path: str
    data: bytes


def count(register: Register) -> int:
    """Return about how many pages there will be, for whoever waits."""
    return len(LANGUAGES) * (len(register.parties) + len(register.meetings) + 6)


def pages(register: Register, tasks: Sequence[Task], as_of: date) -> Iterator[Page]:
    """Yield every file of the site, in all languages of the interface.

    `tasks` are all tasks of the day, earliest deadline first.
    """
    first = next((code for code in register.process.languages if code in LANGUAGES), LANGUAGES[0])
    with speaking(first):
        yield Page("index.html", entrance(register.process.name.shown(first), first))
    yield Page(".nojekyll", b"")  # a host of pages shall take them as they are
    for name in ASSETS:
        yield Page(f"assets/{name}", asset(name))
    for language in LANGUAGES:
        book = Book(register, tasks, as_of, language)
        with speaking(language):
            for made in _in_language(book):
                yield Page(f"{language}/{made.path}", made.data)


def _in_language(book: Book) -> Iterator[Page]:
    yield _page(book, "overview.html", addresses.OVERVIEW, overview.values(book))
    late = {"heading": _("What is overdue"), "nothing": _("Nothing is overdue.")}
    yield from _list(book, "list.html", overview.late_parts(book), late)
    still = {"heading": _("What is to be done"), "nothing": _("Nothing is due.")}
    yield from _list(book, "list.html", overview.open_parts(book), still)
    yield _page(book, "parties.html", addresses.PARTIES, {"parties": overview.owing(book)})
    yield _page(book, "meetings.html", addresses.MEETINGS, {"meetings": overview.meetings(book)})
    yield from _search(book)
    yield Page(addresses.CALENDAR, _calendar(book, book.tasks, None))
    for one in book.register.parties:
        known = party.values(book, one)
        yield from _list(book, "party.html", party.open_parts(book, one), known)
        yield from _list(book, "closed.html", party.closed_parts(book, one), known)
        yield Page(
            addresses.feed(one.code), _calendar(book, book.of_party.get(one.code, ()), one.code)
        )
    for held in book.register.meetings:
        path = addresses.meeting(held.id)
        yield _page(book, "meeting.html", path, meeting.values(book, held))


def _page(book: Book, template: str, path: str, values: Mapping[str, object]) -> Page:
    return Page(path, page(book, template, path, values))


def _list(
    book: Book, template: str, parts: Sequence[Part], values: Mapping[str, object]
) -> Iterator[Page]:
    for part in parts:
        yield _page(book, template, part.path, {**values, "part": part})


def _search(book: Book) -> Iterator[Page]:
    count = 0
    for count, script in enumerate(index.scripts(book), 1):
        yield Page(f"search/{count}.js", script)
    yield _page(book, "search.html", addresses.SEARCH, {"scripts": count})


def _calendar(book: Book, tasks: Sequence[Task], code: str | None) -> bytes:
    """Return the calendar of what is open; what has no day is on the pages alone."""
    still = [task for task in tasks if task.is_open]
    wanted = Answer(book.register, book.tasks, still, book.as_of, book.language)
    return as_ics.render(feed(wanted, party=code), alarms=())
