"""All files of a site in order, one at a time, so that no large site fills the memory."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Party
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.exports import ExportData, ics, ics_revision
from grcm_cli.formats.listing import incomplete_note
from grcm_cli.language.text import LANGUAGES, using_language
from grcm_cli.site import lists, meeting, overview, party, search_index, urls
from grcm_cli.site.mandate_rows import ListPart
from grcm_cli.site.page_data import SiteData
from grcm_cli.site.rendering import ASSETS, environment
from grcm_cli.site.search_words import WordIndex

_ASSETS = ("style.css", "site.js", "icon.svg", *("index.js", "search.js", "list.js"))

Published = Callable[[str], bytes | None]
"""Returns the bytes of a file of the site that is published now; None where there is none."""


class SiteFile(NamedTuple):
    """A file of the site: its address from the site's folder, and its bytes."""

    path: str
    data: bytes


def count(register: Register) -> int:
    """Return how many parties and meetings have pages, in all languages together."""
    return len(LANGUAGES) * (len(register.directory.by_code) + len(register.meetings))


def pages(
    register: Register,
    tasks: Sequence[Task],
    as_of: date,
    doubtful: Sequence[str] = (),
    published: Published = lambda _path: None,
) -> Iterator[SiteFile]:
    """Yield every file of the site, in all languages of the interface.

    `tasks` are all tasks of the day, earliest deadline first; `doubtful` the files with errors.
    Calendars continue those that are `published`.
    """
    first = next((code for code in register.process.languages if code in LANGUAGES), LANGUAGES[0])
    entrance = environment().get_template("entrance.html")
    title = register.process.name.shown(first)
    html = entrance.render(title=title, language=first, languages=LANGUAGES)
    yield SiteFile("index.html", html.encode())
    yield SiteFile(".nojekyll", b"")  # or GitHub Pages would leave out some files
    for name in _ASSETS:
        yield SiteFile(f"assets/{name}", (ASSETS / name).read_bytes())
    index = WordIndex(register)
    for name, script in index.scripts():
        yield SiteFile(f"search/{name}", script)
    first_words = index.first_words
    del index
    for language in LANGUAGES:
        site = SiteData(register, tasks, as_of, language, doubtful)
        if language == LANGUAGES[0]:
            yield SiteFile("search/duties.js", search_index.duties_script(site))
        for file in _in_language(language, _files(site, first_words, published)):
            yield SiteFile(f"{language}/{file.path}", file.data)


def _in_language(language: str, files: Iterator[SiteFile]) -> Iterator[SiteFile]:
    """Yield files, each made while the process speaks `language`; the caller keeps its own."""
    while True:
        with using_language(language):
            file = next(files, None)
        if file is None:
            return
        yield file


def _files(site: SiteData, first_words: Sequence[str], published: Published) -> Iterator[SiteFile]:
    yield _page(site, "overview.html", "index.html", overview.values(site))
    for values, pages_of_list in lists.lists(site):
        yield from _parts(site, "list.html", pages_of_list, values)
    yield _page(site, "parties.html", "parties.html", {"parties": overview.party_rows(site)})
    for some in lists.meeting_parts(site):
        yield _page(site, "meetings.html", some.path, {"part": some})
    yield _page(site, "search.html", "search.html", {})
    for name, script in search_index.language_scripts(site, first_words):
        yield SiteFile(f"search/{name}", script)
    yield _calendar(site, site.tasks, None, published)
    for one in site.parties:
        yield from _party(site, one, published)
    for each in site.register.meetings:
        shared = meeting.values(site, each)
        for part in meeting.meeting_parts(site, each):
            path = part.paths[part.number - 1]
            yield _page(site, "meeting.html", path, {**shared, "part": part})


def _party(site: SiteData, one: Party, published: Published) -> Iterator[SiteFile]:
    values = party.values(site, one)
    yield from _parts(site, "party.html", party.open_parts(site, one), values)
    yield from _parts(site, "ended.html", party.ended_parts(site, one), values)
    yield _calendar(site, site.of_party(one.code), one.code, published)


def _parts(
    site: SiteData, template: str, parts: Sequence[ListPart], values: Mapping[str, object]
) -> Iterator[SiteFile]:
    for part in parts:
        yield _page(site, template, part.path, {**values, "part": part})


def _calendar(
    site: SiteData, tasks: Sequence[Task], code: str | None, published: Published
) -> SiteFile:
    """Return the calendar of open tasks that have a day: a party's, or everybody's."""
    path = urls.feed(code) if code else "calendar.ics"
    open_tasks = [task for task in tasks if task.is_open]
    data = ExportData(site.register, site.tasks, open_tasks, site.as_of, site.language)
    earlier = None
    with suppress(ics_revision.ForeignCalendarError):
        earlier = ics_revision.read_entries(published(f"{site.language}/{path}") or b"")
    note = incomplete_note(site.doubtful)
    feed = ics.calendar_data(data, party=code, earlier=earlier, incomplete=note)
    return SiteFile(path, ics.render(feed))


def _page(site: SiteData, template: str, path: str, values: Mapping[str, object]) -> SiteFile:
    """Return a page. `path` is its address in the language's folder."""
    depth = path.count("/")
    others = [language for language in LANGUAGES if language != site.language]
    html = environment().get_template(template).render(
        site=site, path=path, up="../" * depth, root="../" * (depth + 1), others=others, **values
    )  # fmt: skip
    return SiteFile(path, html.encode())
