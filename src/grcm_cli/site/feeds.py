"""The Atom feed (RFC 4287) of what changes, in each language.

An entry is one change of one day. It says what a comparison of that day with the one before it
gives, so that it stays the same however much changes later, and its id does too.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from grcm_cli.domain.changes import ChangeLog
from grcm_cli.formats.listing import incomplete_note
from grcm_cli.language.text import _, collapse, labelled, using_language
from grcm_cli.site import urls
from grcm_cli.site.page_data import SiteData
from grcm_cli.site.rendering import environment
from grcm_cli.views import labels
from grcm_cli.views.changes import KINDS, ChangeGroup, ChangeTables, grouped_changes, kind_in_words
from grcm_cli.views.tasks import group_by

PATH = "changes.atom"
MOST = 100  # entries of a feed
_SPAN = timedelta(days=366)  # no entry is older than the newest one by more
_TITLE = 160  # characters of a duty in a title
_NEVER = date(1970, 1, 1)  # when a feed without entries was updated


def feeds(sites: Sequence[SiteData], log: ChangeLog) -> Iterator[tuple[str, bytes]]:
    """Yield the address, from the site's folder, and the bytes of the feed of each language.

    An entry has the changes of a duty that are alike, or all of an office.
    """
    by_site: list[list[Mapping[str, str]]] = [[] for _site in sites]
    for day in reversed(log.days):
        if log.days[-1] - day > _SPAN or all(len(entries) >= MOST for entries in by_site):
            break
        changes = log.of_days(day, day)
        of_duties = [change for change in changes if change.passed is None]
        passed = [change for change in changes if change.passed is not None]
        offices = group_by(passed, lambda change: change.passed).values()
        for site, entries in zip(sites, by_site, strict=True):
            with using_language(site.language):
                tables = ChangeTables(site.register, site.language, site.full_wording)
                groups = (*grouped_changes(of_duties), *offices)
                entries += [_entry(site, tables, group) for group in groups]
    template = environment().get_template("feed.xml")
    for site, entries in zip(sites, by_site, strict=True):
        updated = entries[0]["day"] if entries else _NEVER.isoformat()
        with using_language(site.language):
            text = template.render(
                site=site, id=_id(site, "feed"), path=PATH, page="changes.html", up="",
                title=_("{process}: what changes").format(process=site.title), updated=updated,
                entries=entries[:MOST], notice=incomplete_note(site.doubtful),
            )  # fmt: skip
        yield f"{site.language}/{PATH}", text.encode()


def _entry(site: SiteData, tables: ChangeTables, group: ChangeGroup) -> Mapping[str, str]:
    """Return an entry; `path` is the page that it leads to, in the language's folder."""
    first = group[0]
    task, passed = first.after, first.passed
    if passed is not None:
        subject = site.name_of(passed.office)
        what = site.still_open([change.after for change in group])
        path, key = urls.party(passed.office), passed.office
        details: tuple[str, ...] = (tables.details(group), what)
    else:
        subject = collapse(labels.action(task, site.language))
        if len(subject) > _TITLE:
            subject = f"{subject[:_TITLE].rsplit(' ', 1)[0]} …"
        path = site.place_of(task.reference) or "changes.html"
        occurrence = task.occurrence.name if task.occurrence else ""
        key = "\n".join([str(task.reference), occurrence, *task.parties])
        details = (tables.details(group), tables.who(group), str(task.reference))
    day = first.day.isoformat()
    return {
        "id": _id(site, first.kind, day, key),
        "day": day,
        "title": labelled(kind_in_words(first), subject),
        "summary": " · ".join(filter(None, details)),
        "path": path,
        "kind": first.kind,
        "label": _(KINDS[first.kind]),
    }


def _id(site: SiteData, *parts: str) -> str:
    """Return an id that is the same on every host, for as long as the record says the same."""
    name = "\n".join(["grcm", site.register.process.code, site.language, "", *parts])
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
