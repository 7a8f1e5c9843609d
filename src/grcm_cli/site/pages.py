"""All files of a site in order, one at a time, so that no large site fills the memory."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from urllib.parse import quote, urlsplit

from grcm_cli.domain.changes import ChangeLog
from grcm_cli.domain.model import Meeting, Party
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.exports import ExportData, ics, ics_file
from grcm_cli.formats.listing import incomplete_note
from grcm_cli.language.days import long_day
from grcm_cli.language.text import _, ngettext, using_language
from grcm_cli.site import (
    changes,
    charts,
    data_files,
    feeds,
    lists,
    meeting,
    overview,
    party,
    search_index,
    urls,
)
from grcm_cli.site.lists import ListPart, Row
from grcm_cli.site.page_data import DEFAULTS, RecordData, SiteData, SiteOptions
from grcm_cli.site.rendering import ASSETS, environment
from grcm_cli.site.workers import Maker, SiteFile, files_of

_ASSETS = (
    *("style.css", "icon.svg", "site.js", "addresses.js"),
    *("index.js", "search.js", "list.js"),
)
_MANY = 100  # pages; a process for each core costs 0.1 s, a tenth of what it saves of so many
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
    title = register.process.name.shown(languages[0])
    template = environment().get_template("entrance.html")
    page = template.render(title=title, languages=languages, base_url=given.base_url)
    yield "index.html", page.encode()
    yield ".nojekyll", b""  # or GitHub Pages would leave out some files
    yield "404.html", not_found_page(title, languages, given.base_url)
    for name in _ASSETS:
        yield f"assets/{name}", (ASSETS / name).read_bytes()
    for name, document in given.documents.items():
        yield urls.source(name, document.ending), document.read()
    record = RecordData(register, tasks, as_of)
    sites = [SiteData(record, language, given) for language in languages]
    addresses: set[str] = set()
    for path, data in files_of(_makers(sites, published), in_processes=count(register) >= _MANY):
        if path.endswith(".html"):
            addresses.add(path.partition("/")[2])
        yield path, data
    if given.base_url is not None:
        yield "robots.txt", robots(languages, given.base_url)
        yield from sitemaps(sorted(addresses), languages, given.base_url)


def _makers(sites: Sequence[SiteData], published: Published) -> list[Maker]:
    """Return what makes the files of all languages: what takes longest comes first."""
    ended = changes.ended_meetings(sites[0])
    latest = {id(one) for one in sites[0].newest_meetings[: data_files.MEETINGS]}

    def each_language(make: Callable[..., Iterator[SiteFile]], *arguments: object) -> list[Maker]:
        return [partial(_in_language, site, make(site, *arguments)) for site in sites]

    return [
        partial(_changes, sites),
        partial(search_index.scripts, sites),
        *each_language(_task_lists),
        *each_language(_calendar, published),
        *each_language(_overview),
        *(maker for one in sites[0].parties for maker in each_language(_party, one, published)),
        *(
            maker
            for one in sites[0].register.meetings
            for tasks in [sites[0].of_meeting(one) if id(one) in latest else ()]
            for maker in each_language(_meeting, one, tasks, ended)
        ),
    ]


def _in_language(site: SiteData, files: Iterator[SiteFile]) -> Iterator[SiteFile]:
    """Yield the files of a language, each made while the process speaks it."""
    while True:
        with using_language(site.language):
            file = next(files, None)
        if file is None:
            return
        path, data = file
        yield f"{site.language}/{path}", data


def _overview(site: SiteData) -> Iterator[SiteFile]:
    """Yield the pages that lead to the others."""
    yield "day.js", _day_script(site)
    yield _page(site, "overview.html", "index.html", overview.values(site))
    yield _page(site, "parties.html", "parties.html", {"rows": party.party_rows(site)})
    parts, years = lists.meeting_parts(site)
    yield from _parts(site, "meetings.html", parts, {"names": years})
    yield _page(site, "figures.html", "figures.html", charts.values(site))
    yield _page(site, "search.html", "search.html", {})


def _day_script(site: SiteData) -> bytes:
    """Return the script with the day, and with the words for how far off a deadline is.

    It is the one file that is another each day. A page of which nothing else has changed stays the
    same, byte by byte: hosts and readers need not fetch it again.
    """
    values = {
        "asOf": site.as_of.isoformat(),
        "words": long_day(site.as_of, site.language),
        "late": _("late {days}"),
        "today": _("today"),
        "ahead": _("in {days}"),
        "days": [ngettext("{count} day", "{count} days", count) for count in (1, 2)],
    }
    return f"const siteDay = {json.dumps(values)};\n".encode()


def _task_lists(site: SiteData) -> Iterator[SiteFile]:
    for values, parts, tasks in lists.lists(site):
        yield from _task_pages(site, "list.html", parts, values, tasks)


def _task_pages(
    site: SiteData,
    template: str,
    parts: Sequence[ListPart[Row]],
    values: Mapping[str, object],
    tasks: Sequence[Task],
) -> Iterator[SiteFile]:
    """Yield the pages of a list of tasks, and the files with these."""
    path = parts[0].path
    files = data_files.links(path, len(tasks))
    yield from _parts(site, template, parts, {**values, "files": files})
    yield from data_files.task_files(site, path, tasks)


def _meeting(
    site: SiteData, one: Meeting, tasks: Sequence[Task], ended: changes.EndedMeetings
) -> Iterator[SiteFile]:
    """Yield the pages of a meeting, and the files with `tasks`."""
    path = site.page_of(one)
    values = {
        **meeting.values(site, one),
        "since": changes.links_of(one, ended),
        "files": data_files.links(path, len(tasks)),
    }
    for part, own in meeting.meeting_parts(site, one):
        yield _page(site, "meeting.html", part.path, {**values, **own, "part": part})
    yield from data_files.task_files(site, path, tasks)


def _changes(sites: Sequence[SiteData]) -> Iterator[SiteFile]:
    """Yield the pages and feeds of what has changed, and the pages that lead to them."""
    log = ChangeLog(sites[0].register, sites[0].as_of)
    months, meetings = list(changes.months(log)), list(changes.since_meetings(sites[0], log))
    for site in sites:
        yield from _in_language(site, _change_pages(site, months, meetings))
    yield from feeds.feeds(sites, log)


def _change_pages(
    site: SiteData,
    months: Sequence[changes.ChangedPeriod],
    meetings: Sequence[changes.ChangedPeriod],
) -> Iterator[SiteFile]:
    by_month = [changes.pages_of(site, period) for period in months]
    by_meeting = [changes.pages_of(site, period) for period in meetings]
    lines: list[list[changes.PeriodLine]] = [[], []]
    for kind, periods in enumerate((by_month, by_meeting)):
        for place, period in enumerate(periods):
            around = [*periods[place + 1 : place + 2], *periods[max(place - 1, 0) : place]]
            parts = changes.parts(site, period)
            values = {
                **changes.values(site, period, parts, () if kind else around),
                "files": data_files.links(period.path, len(period.found.changes)),
            }
            yield from _parts(site, "period.html", parts, values)
            yield from data_files.change_files(site, period.path, period.found)
            lines[kind].append(changes.line(site, period, parts))
    yield _page(site, "changes.html", changes.INDEX, changes.index_values(*lines))


def _party(site: SiteData, one: Party, published: Published) -> Iterator[SiteFile]:
    tasks = site.of_party(one.code)
    opened, ended = party.open_parts(site, one), party.ended_parts(site, one)
    values = {**party.values(site, one), "answers": overview.own_answers(site, one.code, opened)}
    open_tasks = [task for task in tasks if task.is_open]
    yield from _task_pages(site, "party.html", opened, values, open_tasks)
    if ended:
        ended_tasks = [task for task in tasks if not task.is_open]
        yield from _task_pages(site, "ended.html", ended, values, ended_tasks)
    yield from _calendar(site, published, one.code)


def _calendar(site: SiteData, published: Published, code: str | None = None) -> Iterator[SiteFile]:
    """Yield the calendar of open tasks that have a day: a party's, or everybody's."""
    path = urls.feed(code) if code else "calendar.ics"
    tasks = site.of_party(code) if code else site.tasks
    open_tasks = [task for task in tasks if task.is_open]
    data = ExportData(site.register, site.tasks, open_tasks, site.as_of, site.language, party=code)
    owned = ics.OwnedTasks(tasks, site.of_mandate)
    earlier = None
    with suppress(ics_file.ForeignCalendarError):
        earlier = ics_file.read_entries(published(f"{site.language}/{path}") or b"")
    note = incomplete_note(site.doubtful)
    feed = ics.calendar_data(data, earlier=earlier, incomplete=note, owned=owned)
    # Who subscribes gets what is new, and nothing for a day that has passed.
    yield path, ics_file.render(feed._replace(day_stays=True))


def _parts(
    site: SiteData, template: str, parts: Sequence[ListPart[Row]], values: Mapping[str, object]
) -> Iterator[SiteFile]:
    for part in parts:
        yield _page(site, template, part.path, {**values, "part": part})


def _page(site: SiteData, template: str, path: str, values: Mapping[str, object]) -> SiteFile:
    """Return a page. `path` is its address in the language's folder."""
    depth = path.count("/")
    shared = {
        "site": site, "path": path, "up": "../" * depth, "root": "../" * (depth + 1),
        "description": site.description,
    }  # fmt: skip
    html = environment().get_template(template).render({**shared, **values})
    return path, html.encode()


# --- files for the web host and for search engines ------------------------------------------------


_MOST = 50_000
"""Addresses of a list for search engines, by sitemaps.org."""
_UNLISTED = ("search.html",)
"""Pages that lead nowhere by themselves."""


def not_found_page(title: str, languages: Sequence[str], base_url: str | None) -> bytes:
    """Return the page that a host shows for a wrong address, in all languages of the site.

    It is shown at any address, so that without the site's own no link of it would lead home.
    """
    texts = []
    for language in languages:
        with using_language(language):
            why = _("It may have been renamed, or the address has a mistake.")
            texts.append((language, _("This page is not here."), why, _("To the first page")))
    root = None if base_url is None else base_url.rstrip("/")
    template = environment().get_template("not_found.html")
    return template.render(title=title, texts=texts, root=root).encode()


def robots(languages: Sequence[str], base_url: str) -> bytes:
    """Return the file by which search engines find the list of pages."""
    root = base_url.rstrip("/")
    below = urlsplit(root).path
    lines = ["User-agent: *"]
    lines += [f"Disallow: {below}/{code}/{page}" for code in languages for page in _UNLISTED]
    return "\n".join([*lines, "", f"Sitemap: {root}/sitemap.xml", ""]).encode()


def sitemaps(
    pages: Sequence[str], languages: Sequence[str], base_url: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the lists of pages for search engines, each page with its other languages.

    `pages` are addresses in the folder of a language, the same in all. More than one list may hold
    are several, with one that leads to them.
    """
    root = base_url.rstrip("/")
    rows = [
        {code: f"{root}/{code}/{quote(page)}" for code in languages}
        for page in pages
        if page not in _UNLISTED
    ]
    room = _MOST // len(languages)
    lists = [rows[at : at + room] for at in range(0, len(rows), room)] or [[]]
    template = environment().get_template("sitemap.xml")
    if len(lists) == 1:
        yield "sitemap.xml", template.render(rows=lists[0], lists=[]).encode()
        return
    addresses = []
    for number, own in enumerate(lists, 1):
        yield f"sitemap.{number}.xml", template.render(rows=own, lists=[]).encode()
        addresses.append(f"{root}/sitemap.{number}.xml")
    yield "sitemap.xml", template.render(rows=[], lists=addresses).encode()
