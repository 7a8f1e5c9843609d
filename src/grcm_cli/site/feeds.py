"""Atom feeds (RFC 4287) of what changes: of everything, and of each party.

An entry is one change of one day. It says what a comparison of that day with the one before it
gives, so that it stays the same however much changes later, and its id does too.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from grcm_cli.domain.changes import ChangeLog, PeriodChanges, TaskChange, concerns
from grcm_cli.formats.listing import incomplete_note
from grcm_cli.language.text import _, collapse, ngettext, using_language
from grcm_cli.site import urls
from grcm_cli.site.page_data import SiteData
from grcm_cli.site.rendering import environment
from grcm_cli.views import labels
from grcm_cli.views.changes import KINDS, ChangeGroup, ChangeTables, grouped_changes, kind_in_words
from grcm_cli.views.tasks import duties

MOST, MOST_OF_PARTY = 100, 50
"""The entries of the feed of everything, and of a party's."""
_SPAN = timedelta(days=366)
"""No entry is older than the newest one by more."""
_TITLE = 160  # characters of a duty in a title
_NEVER = date(1970, 1, 1)  # when a feed without entries was updated


class FeedEntry(NamedTuple):
    """An entry of a feed; `path` is the page that it leads to, in the language's folder."""

    id: str
    day: str
    title: str
    summary: str
    path: str
    kind: str
    label: str
    """The kind of change in words."""


def feeds(sites: Sequence[SiteData], log: ChangeLog) -> Iterator[tuple[str, bytes]]:
    """Yield the address, from the site's folder, and the bytes of each feed of all languages.

    The changes of a day are found once for all of them.
    """
    found = [_SiteFeeds(site) for site in sites]
    for day in reversed(log.days):
        rest = [one for one in found if not one.is_full]
        if log.days[-1] - day > _SPAN or not rest:
            break
        of_day = log.of_day(day)
        for one in rest:
            one.add(of_day)
    for one in found:
        yield from one.files()


class _SiteFeeds:
    """The entries of each feed of a language, the newest first: by party, and under None of all."""

    def __init__(self, site: SiteData) -> None:
        self._site = site
        self._entries: dict[str | None, list[FeedEntry]] = {
            None: [],
            **{party.code: [] for party in site.parties},
        }

    @property
    def is_full(self) -> bool:
        """Tell whether no feed has room for more entries."""
        return all(len(own) >= _most(code) for code, own in self._entries.items())

    def add(self, of_day: PeriodChanges) -> None:
        """Add the changes of a day that is earlier than all before."""
        site = self._site
        with using_language(site.language):
            wording = labels.full_wording(site.register.directory, site.language)
            tables = ChangeTables(of_day.everybody, site.language, wording)
            for code, own in self._entries.items():
                if len(own) < _most(code):
                    changes = of_day.changes
                    if code is not None:
                        changes = [change for change in changes if concerns(change, code)]
                    own += [_entry(site, code, tables, group) for group in _grouped(changes)]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the address and the bytes of each feed: that of everything first."""
        site = self._site
        with using_language(site.language):
            everything = _("{process}: what changes").format(process=site.title)
            feeds = [self._rendered(None, everything, "changes.html")]
            for party in site.parties:
                title = _("{party}: what changes").format(party=site.name_of(party.code))
                feeds.append(self._rendered(party.code, title, urls.party(party.code)))
        for path, data in feeds:
            yield f"{site.language}/{path}", data

    def _rendered(self, code: str | None, title: str, page: str) -> tuple[str, bytes]:
        """Return a feed; `page` is the page of the site that it belongs to."""
        site, path, entries = self._site, urls.news(code), self._entries[code][: _most(code)]
        updated = entries[0].day if entries else _NEVER.isoformat()
        text = environment().get_template("feed.xml").render(
            site=site, id=_id(site, code, "feed"), path=path, title=title, page=page,
            updated=updated, entries=entries, up="../" * path.count("/"),
            notice=incomplete_note(site.doubtful),
        )  # fmt: skip
        return path, text.encode()


def _most(code: str | None) -> int:
    return MOST if code is None else MOST_OF_PARTY


def _grouped(changes: Sequence[TaskChange]) -> Iterator[ChangeGroup]:
    """Yield the changes of each entry: those of a duty that are alike, all of an office."""
    yield from grouped_changes([change for change in changes if change.passed is None])
    offices: dict[object, list[TaskChange]] = {}
    for change in changes:
        if change.passed is not None:
            offices.setdefault(change.passed, []).append(change)
    yield from offices.values()


def _entry(site: SiteData, code: str | None, tables: ChangeTables, group: ChangeGroup) -> FeedEntry:
    first = group[0]
    task, passed = first.after, first.passed
    label = kind_in_words(first)
    if passed is not None:
        subject = site.name_of(passed.office)
        count = duties([change.after for change in group])
        what = ngettext("{count} open duty", "{count} open duties", count).format(count=count)
        path, key = urls.party(passed.office), passed.office
        details: tuple[str, ...] = (tables.details(group), what)
    else:
        subject = collapse(labels.action(task, site.language, with_due=False))
        if len(subject) > _TITLE:
            subject = f"{subject[:_TITLE].rsplit(' ', 1)[0]} …"
        path = site.place_of(task.reference) or "changes.html"
        occurrence = task.occurrence.name if task.occurrence else ""
        key = "\n".join([str(task.reference), occurrence, *task.parties])
        details = (tables.details(group), tables.who(group), str(task.reference))
    return FeedEntry(
        _id(site, code, first.kind, first.day.isoformat(), key),
        first.day.isoformat(),
        f"{label}: {subject}",
        " · ".join(filter(None, details)),
        path,
        first.kind,
        _(KINDS[first.kind]),
    )


def _id(site: SiteData, code: str | None, *parts: str) -> str:
    """Return an id that is the same on every host, for as long as the record says the same."""
    name = "\n".join(["grcm", site.register.process.code, site.language, code or "", *parts])
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
