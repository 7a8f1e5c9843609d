"""All files of a site in order, one at a time, so that no large site fills the memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial

from grcm_cli.domain.change_log import ChangeLog
from grcm_cli.domain.model import Meeting, Party
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.exports import ExportData, ics, ics_file, ics_revision
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
from grcm_cli.site.list_parts import ListPart, Row
from grcm_cli.site.page_data import DEFAULTS, SiteData, SiteOptions
from grcm_cli.site.record_data import RecordData
from grcm_cli.site.rendering import ASSETS, environment
from grcm_cli.site.workers import Maker, SiteFile, files_of

_ASSETS = (
    *("style.css", "icon.svg", "site.js", "addresses.js"),
    *("index.js", "search.js", "list.js"),
)

_MANY = 100  # pages; a process for each core costs 0.1 s, a tenth of what it saves of so many
_MEETINGS = 20  # whose pages are made in one go
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
    record = RecordData(register, tasks, as_of)
    sites = [SiteData(record, one, given) for one in languages]
    addresses: set[str] = set()
    in_processes = count(register) >= _MANY
    if in_processes:
        record.prepare()
    for file in files_of(_makers(sites, published), in_processes=in_processes):
        if file.path.endswith(".html"):
            addresses.add(file.path.partition("/")[2])
        yield file
    if given.base_url is not None:
        yield SiteFile("robots.txt", host_files.robots(languages, given.base_url))
        for path, data in host_files.sitemaps(sorted(addresses), languages, given.base_url):
            yield SiteFile(path, data)


def _makers(sites: Sequence[SiteData], published: Published) -> list[Maker]:
    """Return what makes the files of all languages: what takes longest comes first."""
    meetings = sites[0].register.meetings
    some = [meetings[at : at + _MEETINGS] for at in range(0, len(meetings), _MEETINGS)]
    ended = changes.ended_meetings(sites[0])
    return [
        partial(_changes, sites),
        partial(_search, sites),
        *(partial(_of_language, site, _lists) for site in sites),
        *(partial(_of_language, site, partial(_calendar, published)) for site in sites),
        *(partial(_of_language, site, _overview) for site in sites),
        *(partial(_party, sites, party, published) for party in sites[0].parties),
        *(partial(_meetings, sites, part, ended) for part in some),
    ]


def _of_language(
    site: SiteData, make: Callable[[SiteData], Iterator[SiteFile]]
) -> Iterator[SiteFile]:
    return _in_language(site, make(site))


def _in_language(site: SiteData, files: Iterator[SiteFile]) -> Iterator[SiteFile]:
    """Yield the files of a language, each made while the process speaks it."""
    while True:
        with using_language(site.language):
            file = next(files, None)
        if file is None:
            return
        yield SiteFile(f"{site.language}/{file.path}", file.data)


def _overview(site: SiteData) -> Iterator[SiteFile]:
    """Yield the pages that lead to the others."""
    yield SiteFile(day.PATH, day.script(site))
    yield _page(site, "overview.html", "index.html", overview.values(site))
    yield _page(site, "parties.html", "parties.html", {"parties": overview.party_rows(site)})
    for some in lists.meeting_parts(site):
        yield _page(site, "meetings.html", some.path, {"part": some})
    yield _page(site, "figures.html", "figures.html", charts.values(site))
    yield _page(site, "search.html", "search.html", {})


def _lists(site: SiteData) -> Iterator[SiteFile]:
    for values, pages_of_list, tasks in lists.lists(site):
        path = pages_of_list[0].path
        files = data_files.links(path, len(tasks))
        yield from _parts(site, "list.html", pages_of_list, {**values, "files": files})
        yield from _data(data_files.task_files(site, path, tasks))


def _search(sites: Sequence[SiteData]) -> Iterator[SiteFile]:
    return _data(search_index.scripts(sites))


def _data(found: Iterable[tuple[str, bytes]]) -> Iterator[SiteFile]:
    return (SiteFile(path, data) for path, data in found)


def _meetings(
    sites: Sequence[SiteData], meetings: Sequence[Meeting], ended: changes.EndedMeetings
) -> Iterator[SiteFile]:
    """Yield the pages of some meetings, the texts of each held while its own are made."""
    first = sites[0]
    latest = {id(one) for one in first.newest_meetings[: data_files.MEETINGS]}
    for each in meetings:
        in_full = each
        tasks = first.of_meeting(each) if id(each) in latest else ()
        for site in sites:
            yield from _in_language(site, _meeting(site, each, in_full, tasks, ended))


def _meeting(
    site: SiteData,
    each: Meeting,
    in_full: Meeting,
    tasks: Sequence[Task],
    ended: changes.EndedMeetings,
) -> Iterator[SiteFile]:
    """Yield the pages of a meeting, and the files with `tasks`."""
    path = site.page_of(each)
    shared = {
        **meeting.values(site, each, in_full),
        "since": changes.links_of(each, ended),
        "files": data_files.links(path, len(tasks)),
        "source_path": site.sources.get(each.id),
        "source_address": urls.web_address(in_full.source or ""),
    }
    for part in meeting.meeting_parts(site, each, in_full):
        yield _page(site, "meeting.html", part.paths[part.number - 1], {**shared, "part": part})
    yield from _data(data_files.task_files(site, path, tasks))


def _changes(sites: Sequence[SiteData]) -> Iterator[SiteFile]:
    """Yield the pages and feeds of what has changed, and the pages that lead to them."""
    log = ChangeLog(sites[0].register, sites[0].as_of)
    lines: list[tuple[list[changes.PeriodLine], ...]] = [([], []) for _site in sites]
    for kind, found in enumerate((changes.months(log), changes.since_meetings(sites[0], log))):
        later: changes.ChangedPeriod | None = None
        for period, earlier in _with_next(found):
            around = (earlier, later) if period.meeting is None else ()
            for site, own in zip(sites, lines, strict=True):
                yield from _in_language(site, _period(site, period, around, own[kind]))
            later = period
    for site, own in zip(sites, lines, strict=True):
        yield from _in_language(site, _changes_index(site, own))
    yield from _data(feeds.feeds(sites, log))


def _period(
    site: SiteData,
    period: changes.ChangedPeriod,
    around: Sequence[changes.ChangedPeriod | None],
    lines: list[changes.PeriodLine],
) -> Iterator[SiteFile]:
    """Yield the pages and files of a period, and add its line to those of the index."""
    own = changes.pages_of(site, period)
    parts = changes.parts(site, own)
    values = {
        **changes.values(
            site, own, parts, [changes.pages_of(site, one) if one else None for one in around]
        ),
        "files": data_files.links(own.path, len(own.found.changes)),
    }
    for part in parts:
        yield _page(site, "period.html", part.path, {**values, "part": part})
    yield from _data(data_files.change_files(site, own.path, own.found))
    lines.append(changes.line(site, own, parts))


def _changes_index(
    site: SiteData, lines: Sequence[Sequence[changes.PeriodLine]]
) -> Iterator[SiteFile]:
    yield _page(site, "changes.html", changes.INDEX, changes.index_values(*lines))


def _with_next(
    found: Iterator[changes.ChangedPeriod],
) -> Iterator[tuple[changes.ChangedPeriod, changes.ChangedPeriod | None]]:
    """Yield each period with the one after it, without holding more than two."""
    one = next(found, None)
    while one is not None:
        following = next(found, None)
        yield one, following
        one = following


def _party(sites: Sequence[SiteData], one: Party, published: Published) -> Iterator[SiteFile]:
    for site in sites:
        yield from _in_language(site, _party_files(site, one, published))


def _party_files(site: SiteData, one: Party, published: Published) -> Iterator[SiteFile]:
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
    yield _calendar_file(site, tasks, one.code, published)


def _parts(
    site: SiteData,
    template: str,
    parts: Sequence[ListPart[Row]],
    values: Mapping[str, object],
) -> Iterator[SiteFile]:
    for part in parts:
        yield _page(site, template, part.path, {**values, "part": part})


def _calendar(published: Published, site: SiteData) -> Iterator[SiteFile]:
    yield _calendar_file(site, site.tasks, None, published)


def _calendar_file(
    site: SiteData, tasks: Sequence[Task], code: str | None, published: Published
) -> SiteFile:
    """Return the calendar of open tasks that have a day: a party's, or everybody's."""
    path = urls.feed(code) if code else "calendar.ics"
    open_tasks = [task for task in tasks if task.is_open]
    data = ExportData(site.register, site.tasks, open_tasks, site.as_of, site.language, party=code)
    owned = ics.OwnedTasks(tasks, site.of_mandate)
    earlier = None
    with suppress(ics_revision.ForeignCalendarError):
        earlier = ics_revision.read_entries(published(f"{site.language}/{path}") or b"")
    note = incomplete_note(site.doubtful)
    feed = ics.calendar_data(data, earlier=earlier, incomplete=note, owned=owned)
    # Who subscribes gets what is new, and nothing for a day that has passed.
    return SiteFile(path, ics_file.render(feed._replace(day_stays=True)))


def _page(site: SiteData, template: str, path: str, values: Mapping[str, object]) -> SiteFile:
    """Return a page. `path` is its address in the language's folder."""
    depth = path.count("/")
    languages = site.register.process.shown_languages
    others = [language for language in languages if language != site.language]
    shared = {
        "site": site, "path": path, "up": "../" * depth, "root": "../" * (depth + 1),
        "others": others, "languages": languages,
        "description": values.get("description") or site.record_description(description.of_record),
    }  # fmt: skip
    html = environment().get_template(template).render({**shared, **values})
    return SiteFile(path, html.encode())
