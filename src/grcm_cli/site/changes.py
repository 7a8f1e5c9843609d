"""What has changed: a page in sections from one meeting to the next, and a feed of each language.

An entry of the feed (Atom, RFC 4287) is a change between a day and the one before it, so that it
and its id stay the same however much changes later.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from grcm_cli.domain.changes import ChangeLog, TaskChange, TaskChangeKind
from grcm_cli.domain.model import Meeting
from grcm_cli.formats.listing import Emphasis, incomplete_note
from grcm_cli.language.text import N_, _, collapse, labelled, using_language
from grcm_cli.site import urls
from grcm_cli.site.lists import ListPart, ListSection, list_parts, section, section_places, who_owes
from grcm_cli.site.page_data import PartyLink, RecordData, SiteData, cut
from grcm_cli.site.rendering import environment
from grcm_cli.views import changes as view
from grcm_cli.views import labels
from grcm_cli.views.tasks import group_by

_PAGE = "changes.html"
_FEED = "changes.atom"
_MOST = 100  # entries of a feed
_SPAN = timedelta(days=366)  # no entry is older than the newest one by more
_NEVER = date(1970, 1, 1)  # when a feed without entries was updated
MEETINGS = 6  # the page begins after the last so many that have ended
_DECIDED, _REPORTED = N_("Decided by meetings"), N_("Reported by those who owe")
_PASSED = N_("With the passing of time")
SECTIONS: Mapping[TaskChangeKind, tuple[str, str]] = {
    "new": (N_("New commitments"), _DECIDED),
    "moved": (N_("Moved"), _DECIDED),
    "reassigned": (N_("Handed over"), _DECIDED),
    "ended": (N_("Ended by a later meeting"), _DECIDED),
    "reported": (N_("Progress"), _REPORTED),
    "closed": (N_("Settled"), _REPORTED),
    "reopened": (N_("Open again"), _REPORTED),
    "late": (N_("Newly overdue"), _PASSED),
    "missed": (N_("Another date missed"), _PASSED),
    "next": (N_("Next dates"), _PASSED),
    "gone": (N_("No longer listed"), _PASSED),
    "passed": (N_("Changes of holder"), _PASSED),
}
"""The sections of a period in their order, of all kinds, and what brought about such changes."""


class ChangeRow(NamedTuple):
    """The changes of one kind, day and mandate that are alike."""

    first: TaskChange
    details: str
    emphasis: Emphasis
    head: str  # how many parties it has; of an office that passed on, what that owes
    who: Sequence[Sequence[PartyLink]] = ()
    what: str = ""


ChangedPeriod = tuple[Meeting, date, Sequence[TaskChange]]
"""A meeting, the last day before that of the next one of any body, or today, and the changes."""


def periods(record: RecordData, log: ChangeLog) -> Sequence[ChangedPeriod]:
    """Return the periods since the last meetings that have ended, the latest first.

    Of several meetings that end on one day, one stands for all. Only the latest period may be
    without changes.
    """
    ended = record.ended_sessions
    days = sorted(ended)[-MEETINGS:]
    untils = [*(day - timedelta(days=1) for day in days[1:]), log.as_of]
    spans = reversed([*zip(days, untils, strict=False)])
    every = [(ended[day], until, log.of_days(day, until)) for day, until in spans]
    return [period for period in every if period is every[0] or period[-1]]


def values(
    site: SiteData, periods: Sequence[ChangedPeriod]
) -> tuple[Sequence[ListPart[ChangeRow]], Mapping[str, Mapping[str, object]]]:
    """Return the parts of the page of a language, and the periods by the ids of their meetings."""
    by_period = [
        (meeting, until, list(_sections(site, meeting, changes)))
        for meeting, until, changes in periods
    ]
    parts = list_parts(_PAGE, [section for *_period, sections in by_period for section in sections])
    places = section_places(parts)
    shown: dict[str, Mapping[str, object]] = {}
    for meeting, until, sections in by_period:
        heading = site.meeting_title(meeting) if shown else _("At the last meeting and since")
        days = _("Changes from {first} to {last}")
        counts = [places[section.key] for section in sections]
        path = counts[0][0].partition("#")[0] if counts else _PAGE
        first = meeting.last_day or until
        shown[meeting.id] = {
            "meeting": meeting,
            "heading": heading,
            "days": days.format(first=site.long_day(first), last=site.long_day(until)),
            "counts": counts,
            "place": urls.at(path, meeting.id),
        }
    return parts, shown


def causes() -> Mapping[TaskChangeKind, str]:
    """Return what brought about the changes of each kind, in words."""
    return {kind: _(cause) for kind, (_heading, cause) in SECTIONS.items()}


def _sections(
    site: SiteData, meeting: Meeting, changes: Sequence[TaskChange]
) -> Iterator[ListSection[ChangeRow]]:
    """Yield the changes since a meeting by kind, then the offices that passed on."""
    wording = site.full_wording._replace(due=partial(site.due_in_words, is_cell=True))
    tables = view.ChangeTables(site.register, site.language, wording)
    by_kind = group_by(changes, lambda change: change.kind)
    for kind, (heading, _cause) in SECTIONS.items():
        of_kind, rows = by_kind.get(kind, ()), []
        for group in view.grouped_changes(of_kind if kind != "passed" else ()):
            first, tasks = group[0], [change.after for change in group]
            head, parties = who_owes(site, tasks, tables.everybody(first))
            head = "" if first.reports else head  # who reported says all
            became = tables.became(group) or labels.state(first.after.state)
            emphasis, what = view.change_emphasis(first), collapse(tables.action(group))
            rows.append(ChangeRow(first, became, emphasis, head, parties, what))
        rows.sort(key=lambda row: row.first.day, reverse=True)
        if rows:
            yield section(f"{meeting.id}.{kind}", _(heading), rows, of_kind)
    of_holders, _cause = SECTIONS["passed"]
    passed = group_by(by_kind.get("passed", ()), lambda change: (change.day, change.passed))
    rows = [
        ChangeRow(group[0], "", "", site.still_open([change.after for change in group]))
        for group in passed.values()
    ]
    if rows:
        yield ListSection(f"{meeting.id}.passed", _(of_holders), rows, len(rows))


def feeds(sites: Sequence[SiteData], log: ChangeLog) -> Iterator[tuple[str, bytes]]:
    """Yield the address, from the site's folder, and the bytes of the feed of each language."""
    groups: list[view.ChangeGroup] = []
    for day in reversed(log.days):
        if log.days[-1] - day > _SPAN or len(groups) >= _MOST:
            break
        by_office = group_by(log.of_days(day, day), lambda change: change.passed)
        groups += (*view.grouped_changes(by_office.pop(None, [])), *by_office.values())
    template = environment().get_template("feed.xml")
    updated = groups[0][0].day if groups else _NEVER
    for site in sites:
        tables = view.ChangeTables(site.register, site.language, site.full_wording)
        with using_language(site.language):
            text = template.render(
                site=site, id=_id(site, "feed"), path=_FEED, page=_PAGE, up="",
                title=_("{process}: what changes").format(process=site.title), updated=updated,
                entries=[_entry(site, tables, group) for group in groups[:_MOST]],
                notice=incomplete_note(site.doubtful),
            )  # fmt: skip
        yield f"{site.language}/{_FEED}", text.encode()


def _entry(site: SiteData, tables: view.ChangeTables, group: view.ChangeGroup) -> Mapping[str, str]:
    """Return an entry; `path` is the page that it leads to, in the language's folder."""
    first = group[0]
    task, passed = first.after, first.passed
    if passed is not None:
        subject = site.name_of(passed.office)
        still_open = site.still_open([change.after for change in group])
        path, key = urls.party(passed.office), passed.office
        details: tuple[str, ...] = (tables.details(group), still_open)
    else:
        subject = tables.action(group, cut)
        path = site.place_of(task.reference) or _PAGE
        key = "\n".join([str(task.reference), task.occurrence_name, *task.parties])
        details = (tables.details(group), tables.who(group), str(task.reference))
    day, title = first.day.isoformat(), labelled(view.kind_in_words(first), subject)
    summary = " · ".join(filter(None, details))
    return {
        "id": _id(site, first.kind, day, key, title, summary),
        "day": day,
        "title": title,
        "summary": summary,
        "path": path,
        "kind": first.kind,
        "label": _(view.KINDS[first.kind]),
    }


def _id(site: SiteData, *parts: str) -> str:
    """Return an id that is the same on every host, for as long as the record says the same."""
    name = "\n".join(["grcm", site.register.process.code, site.language, "", *parts])
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
