"""All files of a site in order, one at a time, so that no large site fills the memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial

from grcm_cli.domain.change_log import ChangeLog
from grcm_cli.domain.model import Party
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.exports import ExportData, ics, ics_revision
from grcm_cli.formats.listing import incomplete_note
from grcm_cli.language.text import using_language
from grcm_cli.site import (
    changes,
    charts,
    data_files,
    day,
    description,
    feeds,
    host_files,
    lists,
    meeting,
    overview,
    party,
    search_index,
    urls,
)
from grcm_cli.site.answers import own_answers
from grcm_cli.site.mandate_rows import ListPart, Row
from grcm_cli.site.page_data import DEFAULTS, SiteData, SiteOptions
from grcm_cli.site.rendering import ASSETS, environment
from grcm_cli.site.search_words import WordIndex
from grcm_cli.site.workers import SiteFile, files_of

_ASSETS = (
    *("style.css", "icon.svg", "site.js", "addresses.js"),
    *("index.js", "search.js", "list.js"),
)

_MANY = 100  # pages; a process for each language costs 0.1 s, a tenth of what it saves of so many
Published = Callable[[str], bytes | None]
"""Returns the bytes of a file of the site that is published now; None where there is none."""


def count(register: Register) -> int:
    """Return how many parties and meetings have pages, in all languages together."""
    return len(register.process.shown_languages) * (
        len(register.directory.by_code) + len(register.meetings)
    )


def pages(
    register: Register,
    tasks: Sequence[Task],
    as_of: date,
    given: SiteOptions = DEFAULTS,
    published: Published = lambda _path: None,
) -> Iterator[SiteFile]:
    """Yield every file of the site, in all its languages.

    `tasks` are all tasks of the day, earliest deadline first. Calendars continue those that are
    `published`.
    """
    languages = register.process.shown_languages
    entrance = environment().get_template("entrance.html")
    title = register.process.name.shown(languages[0])
    html = entrance.render(title=title, languages=languages, base_url=given.base_url)
    yield SiteFile("index.html", html.encode())
    yield SiteFile(".nojekyll", b"")  # or GitHub Pages would leave out some files
    yield SiteFile("404.html", host_files.not_found(title, languages, given.base_url))
    for name in _ASSETS:
        yield SiteFile(f"assets/{name}", (ASSETS / name).read_bytes())
    for name, document in given.documents.items():
        yield SiteFile(urls.source(name, document.ending), document.read())
    index = WordIndex(register)
    for name, script in index.scripts():
        yield SiteFile(f"search/{name}", script)
    first_words = index.first_words
    del index
    log = ChangeLog(register, as_of)
    sites = [SiteData(register, tasks, as_of, language, given) for language in languages]
    yield SiteFile("search/duties.js", search_index.duties_script(sites[0]))
    makers = [partial(_in_language, site, log, first_words, published) for site in sites]
    addresses: set[str] = set()
    for file in files_of(makers, in_processes=count(register) >= _MANY):
        if file.path.endswith(".html"):
            addresses.add(file.path.partition("/")[2])
        yield file
    if given.base_url is not None:
        yield SiteFile("robots.txt", host_files.robots(languages, given.base_url))
        for path, data in host_files.sitemaps(sorted(addresses), languages, given.base_url):
            yield SiteFile(path, data)


def _in_language(
    site: SiteData, log: ChangeLog, first_words: Sequence[str], published: Published
) -> Iterator[SiteFile]:
    """Yield the files of a language, each made while the process speaks it."""
    files = _files(site, log, first_words, published)
    while True:
        with using_language(site.language):
            file = next(files, None)
        if file is None:
            return
        yield SiteFile(f"{site.language}/{file.path}", file.data)


def _files(
    site: SiteData, log: ChangeLog, first_words: Sequence[str], published: Published
) -> Iterator[SiteFile]:
    yield SiteFile(day.PATH, day.script(site))
    yield _page(site, "overview.html", "index.html", overview.values(site))
    for values, pages_of_list, tasks in lists.lists(site):
        path = pages_of_list[0].path
        files = data_files.links(path, len(tasks))
        yield from _parts(site, "list.html", pages_of_list, {**values, "files": files})
        yield from _data(data_files.task_files(site, path, tasks))
    yield _page(site, "parties.html", "parties.html", {"parties": overview.party_rows(site)})
    for some in lists.meeting_parts(site):
        yield _page(site, "meetings.html", some.path, {"part": some})
    yield _page(site, "figures.html", "figures.html", charts.values(site))
    yield _page(site, "search.html", "search.html", {})
    for name, script in search_index.language_scripts(site, first_words):
        yield SiteFile(f"search/{name}", script)
    yield from _changes(site, log)
    yield from _data(feeds.feeds(site, log))
    yield _calendar(site, site.tasks, None, published)
    for one in site.parties:
        yield from _party(site, one, published)
    yield from _meetings(site)


def _data(found: Iterable[tuple[str, bytes]]) -> Iterator[SiteFile]:
    return (SiteFile(path, data) for path, data in found)


def _meetings(site: SiteData) -> Iterator[SiteFile]:
    latest = {id(one) for one in site.newest_meetings[: data_files.MEETINGS]}
    ended = changes.ended_meetings(site)
    for each in site.register.meetings:
        tasks = site.of_meeting(each) if id(each) in latest else ()
        path = site.page_of(each)
        shared = {
            **meeting.values(site, each),
            "since": changes.links_of(each, ended),
            "files": data_files.links(path, len(tasks)),
            "source_path": site.sources.get(each.id),
            "source_address": urls.web_address(each.source or ""),
        }
        for part in meeting.meeting_parts(site, each):
            yield _page(site, "meeting.html", part.paths[part.number - 1], {**shared, "part": part})
        yield from _data(data_files.task_files(site, path, tasks))


def _changes(site: SiteData, log: ChangeLog) -> Iterator[SiteFile]:
    """Yield the pages of what has changed, and last the one that leads to them."""
    lines: list[list[changes.PeriodLine]] = [[], []]
    for own, found in zip(lines, (changes.months, changes.since_meetings), strict=True):
        later: changes.PeriodPages | None = None
        for period, earlier in _with_next(found(site, log)):
            parts = changes.parts(site, period)
            around = (earlier, later) if period.meeting is None else ()
            count = len(period.found.changes)
            values = {
                **changes.values(site, period, parts, around),
                "files": data_files.links(period.path, count),
            }
            for part in parts:
                yield _page(site, "period.html", part.path, {**values, "part": part})
            yield from _data(data_files.change_files(site, period.path, period.found))
            own.append(changes.line(site, period, parts))
            later = period
    yield _page(site, "changes.html", changes.INDEX, changes.index_values(*lines))


def _with_next(
    found: Iterator[changes.PeriodPages],
) -> Iterator[tuple[changes.PeriodPages, changes.PeriodPages | None]]:
    """Yield each period with the one after it, without holding more than two."""
    one = next(found, None)
    while one is not None:
        following = next(found, None)
        yield one, following
        one = following


def _party(site: SiteData, one: Party, published: Published) -> Iterator[SiteFile]:
    values = party.values(site, one)
    tasks = site.of_party(one.code)
    opened = party.open_parts(site, one)
    values = {**values, "answers": own_answers(site, one.code, opened)}
    for template, parts, own in (
        ("party.html", opened, [task for task in tasks if task.is_open]),
        ("ended.html", party.ended_parts(site, one), [t for t in tasks if not t.is_open]),
    ):
        if parts:
            path = parts[0].path
            files = data_files.links(path, len(own))
            yield from _parts(site, template, parts, {**values, "files": files})
            yield from _data(data_files.task_files(site, path, own))
    yield _calendar(site, tasks, one.code, published)


def _parts(
    site: SiteData,
    template: str,
    parts: Sequence[ListPart[Row]],
    values: Mapping[str, object],
) -> Iterator[SiteFile]:
    for part in parts:
        yield _page(site, template, part.path, {**values, "part": part})


def _calendar(
    site: SiteData, tasks: Sequence[Task], code: str | None, published: Published
) -> SiteFile:
    """Return the calendar of open tasks that have a day: a party's, or everybody's."""
    path = urls.feed(code) if code else "calendar.ics"
    open_tasks = [task for task in tasks if task.is_open]
    mandates = {id(task.mandate) for task in tasks}
    everything = [task for task in site.tasks if id(task.mandate) in mandates]
    data = ExportData(site.register, everything, open_tasks, site.as_of, site.language)
    earlier = None
    with suppress(ics_revision.ForeignCalendarError):
        earlier = ics_revision.read_entries(published(f"{site.language}/{path}") or b"")
    note = incomplete_note(site.doubtful)
    feed = ics.calendar_data(data, party=code, earlier=earlier, incomplete=note)
    # Who subscribes gets what is new, and nothing for a day that has passed.
    return SiteFile(path, ics.render(feed._replace(day_stays=True)))


def _page(site: SiteData, template: str, path: str, values: Mapping[str, object]) -> SiteFile:
    """Return a page. `path` is its address in the language's folder."""
    depth = path.count("/")
    languages = site.register.process.shown_languages
    others = [language for language in languages if language != site.language]
    shared = {
        "site": site, "path": path, "up": "../" * depth, "root": "../" * (depth + 1),
        "others": others, "languages": languages,
        "description": values.get("description") or description.of_record(site),
    }  # fmt: skip
    html = environment().get_template(template).render({**shared, **values})
    return SiteFile(path, html.encode())
