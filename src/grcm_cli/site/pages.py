"""All files of a site in order, one at a time, so that no large site fills the memory."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from urllib.parse import quote

from markupsafe import Markup

from grcm_cli.domain.changes import ChangeLog
from grcm_cli.domain.model import Meeting, Party, Theme
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Query, Task
from grcm_cli.exports import ics, ics_file, xlsx
from grcm_cli.formats import rendered
from grcm_cli.formats.listing import TextTable, incomplete_note
from grcm_cli.language import grammar
from grcm_cli.language.days import long_day
from grcm_cli.language.markdown import to_html
from grcm_cli.language.text import _, labelled, ngettext, using_language
from grcm_cli.sheets.workbook import render
from grcm_cli.site import changes, charts, lists, meeting, overview, party, urls
from grcm_cli.site.lists import ListPart, Row, section_places
from grcm_cli.site.page_data import DEFAULTS, RecordData, SiteData, SiteOptions, cut
from grcm_cli.site.rendering import ASSETS, digest, environment
from grcm_cli.site.search_index import search_scripts
from grcm_cli.site.workers import Maker, SiteFile, files_of
from grcm_cli.storage.site_folder import read_source
from grcm_cli.views import labels
from grcm_cli.views.tasks import TaskSelection

_ASSETS = ("style.css", "icon.svg", "site.js", "index.js", "search.js", "list.js")
_MANY = 100  # pages; a process for each core costs 0.1 s, a tenth of what it saves of so many
Published = Callable[[str], bytes | None]
"""Returns the bytes of a file of the site that is published now; None where there is none."""
_MOST = 50_000  # addresses of a list for search engines, by sitemaps.org


def count(register: Register) -> int:
    """Return how many parties and meetings have pages, in all languages together."""
    of_a_language = len(register.directory.by_code) + len(register.meetings)
    return of_a_language * len(register.process.shown_languages)


def pages(
    register: Register,
    tasks: Sequence[Task],
    as_of: date,
    options: SiteOptions = DEFAULTS,
    published: Published = lambda _path: None,
) -> Iterator[SiteFile]:
    """Yield every file of the site; `tasks` are all of the day, earliest deadline first."""
    languages = register.process.shown_languages
    title = register.process.name.shown(languages[0])
    template = environment().get_template("entrance.html")
    page = template.render(title=title, languages=languages, base_url=options.base_url)
    yield "index.html", page.encode()
    yield ".nojekyll", b""  # or GitHub Pages would leave out some files
    yield "404.html", not_found_page(title, languages, options.base_url)
    for name in _ASSETS:
        yield f"assets/{name}", (ASSETS / name).read_bytes()
    for name, document in options.documents.items():
        yield urls.source(name, document), read_source(document)
    record = RecordData(register, tasks, as_of)
    sites = [SiteData(record, language, options) for language in languages]
    addresses: set[str] = set()
    for path, data in files_of(_makers(sites, published), in_processes=count(register) >= _MANY):
        if path.endswith(".html"):
            addresses.add(path.partition("/")[2])
        yield path, data
    if options.base_url is not None:
        yield from sitemaps(sorted(addresses), languages, options.base_url)


def _makers(sites: Sequence[SiteData], published: Published) -> list[Maker]:
    """Return the makers of the files of all languages, the slowest first."""
    register = sites[0].register
    themes = [code for code in register.themes if code in register.used_themes]
    of_a_language: list[Callable[[SiteData], Iterator[SiteFile]]] = [
        _task_list,
        partial(_calendar, published=published),
        _single_pages,
        *(partial(_party, owing=party, published=published) for party in sites[0].parties),
        *(partial(_topic, theme=register.themes[code]) for code in themes),
        *(partial(_meeting, adopting=meeting) for meeting in register.meetings),
    ]
    return [
        partial(search_scripts, sites),
        partial(_changes, sites),
        partial(_data_files, sites[0]),
        *(partial(_in_language, site, make(site)) for make in of_a_language for site in sites),
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


def _single_pages(site: SiteData) -> Iterator[SiteFile]:
    """Yield the script with the day and the words for how far off it is, then the main pages."""
    # The one file that is another each day: a page of which nothing else has changed stays the
    # same, byte by byte, and hosts and readers need not fetch it again.
    day = {
        "asOf": site.as_of.isoformat(),
        "words": long_day(site.as_of, site.language),
        "age": _("Situation as of {day}, more than a week ago: later reports are not included."),
        "late": _("{days} late"),
        "today": _("today"),
        "ahead": _("in {days}"),
        "days": [ngettext("{count} day", "{count} days", count) for count in (1, 2)],
        "years": ngettext("{count} year", "{count} years", 2),
        "inYears": labels.IN_YEARS,
    }
    yield "day.js", f"const siteDay = {json.dumps(day)};\n".encode()
    yield _page(site, "parties.html", "parties.html", {"kinds": party.party_rows(site)})
    parts, years = lists.meeting_parts(site)
    yield from _parts(site, "meetings.html", parts, {"names": years})
    yield _page(site, "figures.html", "figures.html", charts.values(site))
    yield _page(site, "search.html", "search.html", {})
    # Without pictures, its headings below the page's own.
    about = re.sub(r"<img [^<>]*>", "", to_html(site.about) if site.about else "")
    down = 2 - min(map(int, re.findall(r"<h([1-6])>", about)), default=2)
    about = re.sub(r"(</?h)([1-6])>", lambda tag: f"{tag[1]}{min(int(tag[2]) + down, 6)}>", about)
    article = grammar.article(site.title, "body", site.language)
    values = {
        "of_process": grammar.after("of", site.title, article, site.language),
        "own_text": Markup(about),  # noqa: S704 - all HTML of the text is escaped
    }
    yield _page(site, "about.html", "about.html", values)


def _task_list(site: SiteData) -> Iterator[SiteFile]:
    parts = lists.task_parts(site, lists.PATH, site.tasks)
    counted = lists.task_count(site.tasks)
    description = cut(f"{labelled(_('Commitments'), counted)}. {site.title}.")
    values = {"counted": counted, "description": description, "files": site.data_files}
    yield from _parts(site, "list.html", parts, values)


def _meeting(site: SiteData, adopting: Meeting) -> Iterator[SiteFile]:
    values = meeting.values(site, adopting)
    for part, values_of_part in meeting.meeting_parts(site, adopting):
        yield _page(site, "meeting.html", part.path, {**values, **values_of_part, "part": part})


def _changes(sites: Sequence[SiteData]) -> Iterator[SiteFile]:
    """Yield the page and the feed of what has changed, and the overview, which begins with it."""
    log = ChangeLog(sites[0].register, sites[0].as_of)
    periods = changes.periods(sites[0].record, log)
    for site in sites:
        yield from _in_language(site, _change_pages(site, periods))
    yield from changes.feeds(sites, log)


def _change_pages(site: SiteData, periods: Sequence[changes.ChangedPeriod]) -> Iterator[SiteFile]:
    parts, shown = changes.values(site, periods)
    latest = next(iter(shown.values()), None)  # none while no meeting has ended
    yield from _parts(
        site,
        "changes.html",
        parts,
        {"periods": shown, "latest": latest, "causes": changes.causes()},
    )
    yield _page(site, "overview.html", "index.html", overview.values(site, latest))


def _party(site: SiteData, owing: Party, published: Published) -> Iterator[SiteFile]:
    yield from _parts(site, "party.html", party.parts(site, owing), party.values(site, owing))
    if any(task.is_open for task in site.of_party(owing.code)):
        yield from _calendar(site, published, owing.code)


def _topic(site: SiteData, theme: Theme) -> Iterator[SiteFile]:
    parts = lists.task_parts(site, urls.topic(theme.code), site.record.by_theme.get(theme.code, ()))
    yield from _parts(site, "topic.html", parts, lists.topic(site, theme))


def _calendar(site: SiteData, published: Published, code: str | None = None) -> Iterator[SiteFile]:
    """Yield the calendar of open tasks that have a day: a party's, or everybody's."""
    path = urls.feed(code) if code else "calendar.ics"
    tasks = site.of_party(code) if code else site.tasks
    query = Query(parties=site.register.members_of(code) if code else ())
    data = site.selection([task for task in tasks if task.is_open], query)
    owned = ics.OwnedTasks(tasks, site.alike, lambda task: site.absolute(site.place_of_task(task)))
    earlier: ics_file.Entries = {}
    with suppress(ics_file.ForeignCalendarError):
        earlier = ics_file.read_entries(published(f"{site.language}/{path}") or b"")
    note = incomplete_note(site.doubtful)
    feed = ics.calendar_data(data, earlier=earlier, incomplete=note, owned=owned)
    # Who subscribes gets what is new, and nothing for a day that has passed.
    yield path, ics_file.render(feed._replace(day_stays=True))


def _data_files(site: SiteData) -> Iterator[SiteFile]:
    """Yield the files for programs, in the first language: all tasks, then those of each party."""
    with using_language(site.language):
        everything = site.selection(site.tasks)
        for ending, path in site.data_files:
            if ending == "xlsx":
                yield path, render(xlsx.workbook_of([everything], kinds=[xlsx.task_sheet]))
            else:
                text = _rendered(ending, everything)
                if ending == "json":  # without blanks it is two thirds as large
                    text = json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
                # Half a character stands there as JSON has it.
                yield path, text.encode(errors="backslashreplace")
        for party in site.parties:
            if tasks := site.of_party(party.code):
                data = _rendered("csv", site.selection(tasks)).encode()
                yield urls.data_file("csv", party.code), data


def _rendered(ending: str, tasks: TaskSelection) -> str:
    # CSV and JSON print the records of a list, and draw no table.
    return rendered(ending, tasks.listing(lambda: TextTable("", (), ())))


def _parts(
    site: SiteData, template: str, parts: Sequence[ListPart[Row]], values: Mapping[str, object]
) -> Iterator[SiteFile]:
    places = list(section_places(parts).values())
    for part in parts:
        yield _page(site, template, part.path, {"places": places, **values, "part": part})


def _page(site: SiteData, template: str, path: str, values: Mapping[str, object]) -> SiteFile:
    """Return a page. `path` is its address in the language's folder."""
    depth = path.count("/")
    shared = {
        "site": site, "path": path, "up": "../" * depth, "root": "../" * (depth + 1),
        "description": site.description, "secretariat": site.register.process.secretariat,
    }  # fmt: skip
    return path, environment().get_template(template).render({**shared, **values}).encode()


def not_found_page(title: str, languages: Sequence[str], base_url: str | None) -> bytes:
    """Return the page that a host shows for a wrong address, in all languages of the site.

    Its links count from the site's folder: `base_url`, else the folder above that of a language.
    """
    navigation = environment().get_template("navigation.html").module
    sections: list[tuple[str, str]] = []
    for language in languages:
        with using_language(language):
            heading = "h2" if sections else "h1"
            sections.append((language, navigation.not_found(language, heading)))  # type: ignore[attr-defined] # a macro
    script = (ASSETS / "root.js").read_text("utf-8").replace("LANGUAGES", "|".join(languages))
    return environment().get_template("not_found.html").render(
        title=title, sections=sections, base_url=base_url, digest=digest(script),
        script=Markup(script),  # noqa: S704 - our own file
    ).encode()  # fmt: skip


def sitemaps(
    pages: Sequence[str], languages: Sequence[str], base_url: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the lists of pages for search engines; of several, one leads to the others."""
    root = base_url.rstrip("/")
    rows = [
        f"{root}/{code}/{quote(page)}"
        for page in pages
        if page != "search.html"  # which leads nowhere by itself, and tells search engines so
        for code in languages
    ]
    addresses: list[str] = []
    template = environment().get_template("sitemap.xml")
    if len(rows) > _MOST:
        for start in range(0, len(rows), _MOST):
            name = f"sitemap.{len(addresses) + 1}.xml"
            yield name, template.render(rows=rows[start : start + _MOST], lists=[]).encode()
            addresses.append(f"{root}/{name}")
        rows = []
    yield "sitemap.xml", template.render(rows=rows, lists=addresses).encode()
