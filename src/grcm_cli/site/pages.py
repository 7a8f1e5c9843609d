"""All pages of a site in order, one at a time: a large one is never held whole."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Party
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.exports import ics
from grcm_cli.exports.answer import Answer
from grcm_cli.exports.ics import feed
from grcm_cli.language.text import LANGUAGES, _, speaking
from grcm_cli.site import meeting, overview, party, search_index, urls
from grcm_cli.site.mandate_rows import Part
from grcm_cli.site.page_data import Book
from grcm_cli.site.render import ASSETS, asset, entrance, page


class Page(NamedTuple):
    """A file of the site: its address from the site's folder, and its bytes."""

    path: str
    data: bytes


def count(register: Register) -> int:
    """Return how many parties and meetings have pages, in all languages together."""
    return len(LANGUAGES) * (len(register.directory.by_code) + len(register.meetings))


def pages(
    register: Register, tasks: Sequence[Task], as_of: date, doubtful: Sequence[str] = ()
) -> Iterator[Page]:
    """Yield every file of the site, in all languages of the interface.

    `tasks` are all tasks of the day, earliest deadline first; `doubtful` the files with errors.
    """
    first = next((code for code in register.process.languages if code in LANGUAGES), LANGUAGES[0])
    yield Page("index.html", entrance(register.process.name.shown(first), first))
    yield Page(".nojekyll", b"")  # a host of pages shall take them as they are
    for name in ASSETS:
        yield Page(f"assets/{name}", asset(name))
    for language in LANGUAGES:
        book = Book(register, tasks, as_of, language, doubtful)
        for made in _spoken(language, _in_language(book)):
            yield Page(f"{language}/{made.path}", made.data)


def _spoken(language: str, made: Iterator[Page]) -> Iterator[Page]:
    """Yield pages, each made in a language; whoever takes them speaks the reader's meanwhile."""
    while True:
        with speaking(language):
            page = next(made, None)
        if page is None:
            return
        yield page


def _in_language(book: Book) -> Iterator[Page]:
    yield _page(book, "overview.html", urls.OVERVIEW, overview.values(book))
    yield from _lists(book)
    yield _page(book, "parties.html", urls.PARTIES, {"parties": overview.owing(book)})
    yield _page(book, "meetings.html", urls.MEETINGS, {"meetings": overview.meetings(book)})
    yield from _search(book)
    yield Page(urls.CALENDAR, _calendar(book, book.tasks, None))
    for one in book.parties:
        yield from _party(book, one)
    for held in book.register.meetings:
        known = meeting.values(book, held)
        for leaf in meeting.leaves(book, held):
            yield _page(book, "meeting.html", leaf.paths[leaf.number - 1], {**known, "leaf": leaf})


def _lists(book: Book) -> Iterator[Page]:
    still = [task for task in book.tasks if task.is_open]
    late = [task for task in still if task.is_late]
    ended = [task for task in book.tasks if not task.is_open]
    lists = [
        (_("What is overdue"), _("Nothing is overdue."), late, overview.late_parts(book)),
        (_("What is to be done"), _("Nothing is due."), still, overview.open_parts(book)),
        (_("Done or ended"), _("Nothing is done yet."), ended, overview.ended_parts(book)),
    ]
    for heading, nothing, found, parts in lists:
        known = {"heading": heading, "nothing": nothing, "counted": overview.counted(found)}
        yield from _parted(book, "list.html", parts, known)


def _party(book: Book, one: Party) -> Iterator[Page]:
    known = party.values(book, one)
    yield from _parted(book, "party.html", party.open_parts(book, one), known)
    yield from _parted(book, "ended.html", party.ended_parts(book, one), known)
    owed = book.of_party(one.code)
    yield Page(urls.feed(one.code), _calendar(book, owed, one.code))


def _page(book: Book, template: str, path: str, values: Mapping[str, object]) -> Page:
    return Page(path, page(book, template, path, values))


def _parted(
    book: Book, template: str, parts: Sequence[Part], values: Mapping[str, object]
) -> Iterator[Page]:
    for part in parts:
        yield _page(book, template, part.path, {**values, "part": part})


def _search(book: Book) -> Iterator[Page]:
    count = 0
    for count, script in enumerate(search_index.scripts(book), 1):
        yield Page(f"search/{count}.js", script)
    yield _page(book, "search.html", urls.SEARCH, {"scripts": count})


def _calendar(book: Book, tasks: Sequence[Task], code: str | None) -> bytes:
    """Return the calendar of what is open; what has no day is on the pages alone."""
    still = [task for task in tasks if task.is_open]
    wanted = Answer(book.register, book.tasks, still, book.as_of, book.language)
    return ics.render(feed(wanted, party=code), alarms=())
