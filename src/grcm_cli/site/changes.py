"""The pages of what has changed: by month, after each meeting, and the page that leads to them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.changes import ChangeLog, Month, PeriodChanges, TaskChange, TaskChangeKind
from grcm_cli.domain.events import PassedOffice
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Emphasis
from grcm_cli.language.days import long_month
from grcm_cli.language.text import N_, _, ngettext
from grcm_cli.site import urls
from grcm_cli.site.lists import ListPart, ListSection, list_parts, section_places
from grcm_cli.site.mandate_rows import who_owes
from grcm_cli.site.page_data import PartyLink, SiteData
from grcm_cli.views import labels
from grcm_cli.views.changes import ChangeTables, change_emphasis, grouped_changes
from grcm_cli.views.tasks import duties

INDEX = "changes.html"
MONTHS = 12
MEETINGS = 12
"""So many months with changes, and so many meetings that have ended, have pages: the latest."""
_FIRST = 8  # rows of what is newly late on the page that leads to the others
SECTIONS: Mapping[TaskChangeKind, str] = {
    "late": N_("Newly late"),
    "new": N_("New tasks"),
    "reported": N_("Reported"),
    "closed": N_("Settled"),
    "reopened": N_("Open again"),
    "moved": N_("Moved"),
    "ended": N_("Ended by a later meeting"),
    "next": N_("Next times"),
    "gone": N_("No longer listed"),
}
"""The sections of a page in their order; the offices that passed on come after them."""
_PASSED = N_("Offices passed on")


class ChangeRow(NamedTuple):
    """A row of a page: the changes of one kind, day and duty that are alike."""

    first: TaskChange
    details: str
    emphasis: Emphasis
    head: str
    """How many of the mandate's parties the row has."""
    who: Sequence[Sequence[PartyLink]]


class PassedRow(NamedTuple):
    """An office that has another holder, with the number of its open duties."""

    day: date
    office: PartyLink
    before: PartyLink | None
    after: PartyLink | None
    duties: str


class SectionCount(NamedTuple):
    """How many changes a section has."""

    key: str
    heading: str
    changes: int


class ChangedPeriod(NamedTuple):
    """A month, or the days after a meeting, up to the next one of its body or to today."""

    found: PeriodChanges
    month: Month | None = None
    meeting: Meeting | None = None
    following: Meeting | None = None


class PeriodPages(NamedTuple):
    """A period, and what its pages are called in a language."""

    path: str
    name: str
    heading: str
    found: PeriodChanges
    command: str
    """What prints the same."""
    meeting: Meeting | None = None

    @property
    def counts(self) -> Sequence[SectionCount]:
        """The number of changes in each section; of offices, how many passed on."""
        counted: Counter[TaskChangeKind] = Counter(one.kind for one in self.found.changes)
        rows = [SectionCount(key, _(word), counted[key]) for key, word in SECTIONS.items()]
        passed = {(one.day, one.passed) for one in self.found.changes if one.passed}
        return [*rows, SectionCount("passed", _(_PASSED), len(passed))]


class PeriodLine(NamedTuple):
    """A period as the page that leads to it lists it."""

    period: PeriodPages
    days: str
    places: Mapping[str, str]
    """The address of each section."""
    late: Sequence[ChangeRow]
    """The first rows of what is newly late."""


# --- periods --------------------------------------------------------------------------------------


def months(log: ChangeLog) -> Iterator[ChangedPeriod]:
    """Yield the last months on which something changed, the latest first."""
    shown = 0
    for month in log.months:
        found = log.of_month(month)
        if found.changes:
            yield ChangedPeriod(found, month)
            shown += 1
        if shown == MONTHS:
            return


EndedMeetings = Mapping[str, tuple[Meeting, Meeting | None]]


def ended_meetings(site: SiteData) -> EndedMeetings:
    """Return the last meetings that have ended, by id, the latest first.

    Each with the next one of the same body that has ended too.
    """
    ended = [one for one in site.register.meetings if one.last_day and one.last_day <= site.as_of]
    ended.sort(key=lambda one: (one.last_day or date.min, one.id))
    following: dict[str, Meeting] = {}
    pairs: list[tuple[Meeting, Meeting | None]] = []
    for one in reversed(ended):
        body = one.body.text if one.body else ""
        pairs.append((one, following.get(body) if body else None))
        following[body] = one
    return {one.id: (one, after) for one, after in pairs[:MEETINGS]}


def since_meetings(site: SiteData, log: ChangeLog) -> Iterator[ChangedPeriod]:
    """Yield what changed after each of the last meetings, the latest first."""
    for meeting, following in ended_meetings(site).values():
        since = meeting.last_day or site.as_of
        until = (following.last_day if following else None) or site.as_of
        yield ChangedPeriod(log.between(since, until), None, meeting, following)


def pages_of(site: SiteData, period: ChangedPeriod) -> PeriodPages:
    """Return what the pages of a period are called."""
    found, month, meeting, following = period
    until = found.until.isoformat()
    if meeting is None:
        year, number = month or (found.until.year, found.until.month)
        name = long_month(year, number, site.language)
        command = f"grcm changes --since {found.since.isoformat()} --as-of {until}"
        heading = _("What changed in {month}").format(month=name)
        return PeriodPages(urls.month(year, number), name, heading, found, command)
    name = meeting.id
    command = f"grcm changes --since {meeting.id} --as-of {until}"
    heading = _("What has changed since {meeting}").format(meeting=meeting.id)
    if following:
        name = f"{meeting.id} → {following.id}"
        words = _("What changed from {first} to {second}")
        heading = words.format(first=meeting.id, second=following.id)
    return PeriodPages(urls.since(meeting.id), name, heading, found, command, meeting)


def links_of(meeting: Meeting, shown: EndedMeetings) -> Sequence[tuple[str, str]]:
    """Return the pages of what changed before and after a meeting: words and address."""
    found = []
    before = next((one for one, after in shown.values() if after is meeting), None)
    if before is not None:
        words = _("What changed from {first} to {second}")
        found.append((words.format(first=before.id, second=meeting.id), urls.since(before.id)))
    if meeting.id in shown and shown[meeting.id][0] is meeting and not shown[meeting.id][1]:
        words = _("What has changed since {meeting}").format(meeting=meeting.id)
        found.append((words, urls.since(meeting.id)))
    return found


def since_last(site: SiteData) -> tuple[str, str] | None:
    """Return the words for what has changed since the last meeting, and the page; None without one.

    That is the last one of any body which has ended.
    """
    last = next(iter(ended_meetings(site)), None)
    if last is None:
        return None
    return _("What has changed since {meeting}").format(meeting=last), urls.since(last)


# --- values of pages ------------------------------------------------------------------------------


def parts(site: SiteData, period: PeriodPages) -> list[ListPart[ChangeRow]]:
    """Return the pages of a period; a long one has several."""
    by_kind: dict[TaskChangeKind, list[TaskChange]] = {key: [] for key in SECTIONS}
    for change in period.found.changes:
        if change.kind in by_kind:
            by_kind[change.kind].append(change)
    wording = labels.full_wording(site.register.directory, site.language)
    tables = ChangeTables(period.found.everybody, site.language, wording)
    sections = [
        ListSection(key, _(SECTIONS[key]), rows)
        for key, changes in by_kind.items()
        if (rows := list(_rows(site, tables, changes)))
    ]
    return list_parts(period.path, sections)


def values(
    site: SiteData,
    period: PeriodPages,
    found: Sequence[ListPart[ChangeRow]],
    around: Sequence[PeriodPages | None],
) -> Mapping[str, object]:
    """Return the values that all parts of a period share, with the periods `around` it."""
    changes = period.found.changes
    count, total = duties([change.after for change in changes]), len(changes)
    of_duties = ngettext("{count} duty", "{count} duties", count).format(count=count)
    changed = ngettext("{count} change.", "{count} changes.", total).format(count=total)
    return {
        "heading": period.heading,
        "days": _days(site, period.found),
        "counts": [one for one in period.counts if one.changes],
        "places": {"passed": f"{period.path}#passed", **section_places(found)},
        "counted": f"{of_duties}, {changed}",
        "command": period.command,
        "passed": _passed_rows(site, period.found),
        "around": [(one.heading, one.path) for one in around if one],
    }


def line(site: SiteData, period: PeriodPages, found: Sequence[ListPart[ChangeRow]]) -> PeriodLine:
    """Return a period as the page that leads to it lists it."""
    late = [one.rows[:_FIRST] for one in found[0].sections if one.key == "late"]
    places = {"passed": f"{period.path}#passed", **section_places(found)}
    return PeriodLine(period, _days(site, period.found), places, late[0] if late else ())


def index_values(
    by_month: Sequence[PeriodLine], by_meeting: Sequence[PeriodLine]
) -> Mapping[str, object]:
    """Return the values of the page that leads to the others, the latest of which come first."""
    return {
        "last": by_meeting[0] if by_meeting else None,
        "by_month": by_month,
        "by_meeting": by_meeting,
        "feed": urls.news(),
        "months": MONTHS,
        "meetings": MEETINGS,
    }


def _rows(
    site: SiteData, tables: ChangeTables, changes: Sequence[TaskChange]
) -> Iterator[ChangeRow]:
    for group in grouped_changes(changes):
        first = group[0]
        everybody = tables.everybody(first.after)
        owed = who_owes(site, [change.after for change in group], everybody)
        yield ChangeRow(first, tables.details(group), change_emphasis(first), *owed)


def _passed_rows(site: SiteData, found: PeriodChanges) -> Sequence[PassedRow]:
    """Return the offices that passed on, one row for all duties of an office."""
    groups: dict[tuple[date, PassedOffice], list[Task]] = {}
    for change in found.changes:
        if change.passed:
            groups.setdefault((change.day, change.passed), []).append(change.after)
    rows = []
    for (day, passed), tasks in groups.items():
        count = duties(tasks)
        owed = ngettext("{count} open duty", "{count} open duties", count).format(count=count)
        holders = (passed.before, passed.after)
        before, after = (site.named_party(code) if code else None for code in holders)
        rows.append(PassedRow(day, site.named_party(passed.office), before, after, owed))
    return rows


def _days(site: SiteData, found: PeriodChanges) -> str:
    return _("After {first}, up to {last}").format(
        first=site.long_day(found.since), last=site.long_day(found.until)
    )
