"""Charts of the pages: what became of the tasks of each party, meeting and year; the timeline.

A bar chart is a list of rows, each with a bar of SVG as wide as there is room. Its parts are given
in per cent, so that labels keep their size on a phone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.domain.statistics import BANDS, Count, Group, by_year, lateness
from grcm_cli.language.days import long_month, month_name
from grcm_cli.language.text import N_, _, fold, ngettext
from grcm_cli.site import urls
from grcm_cli.site.page_data import SiteData

KINDS: Mapping[str, str] = {
    "on-time": N_("done in time"),
    "done-late": N_("done after the deadline"),
    "overdue": N_("overdue, not reported as done"),
    "open": N_("open, not late"),
    "declined": N_("declined or not applicable"),
    "ended": N_("ended by a later meeting"),
}
"""What became of a task, in the order of a bar; the names are those of the style sheet."""
_MOST_ROWS = 300


class Segment(NamedTuple):
    """A part of a bar; its place and size in per cent of the width."""

    kind: str
    number: int
    start: float
    width: float
    title: str


class BarRow(NamedTuple):
    """A bar, what it is about, and the numbers of all its kinds."""

    name: str
    path: str
    """The page that the name leads to; empty for none."""
    segments: Sequence[Segment]
    numbers: Mapping[str, int]
    total: int
    share: str
    """What part was done on time, in words; empty where nothing has fallen due."""


class BarChart(NamedTuple):
    """A chart: its finding as a sentence, its rows, and the kinds that occur in it."""

    key: str
    """Its anchor on the page."""
    finding: str
    about: str
    """What is counted, and how."""
    heading: str
    """What stands in the first column."""
    rows: Sequence[BarRow]
    kinds: Sequence[tuple[str, str]]
    """Each with its words."""
    left_out: int
    """How many rows had no room in the table."""


def values(site: SiteData) -> Mapping[str, object]:
    """Return the values of the page of figures."""
    return {
        "found": [*filter(None, (party_chart(site), meeting_chart(site), year_chart(site)))],
        "bands": lateness_bands(site),
        "oldest": longest_lateness(site),
    }


def party_chart(site: SiteData) -> BarChart | None:
    """Return the chart of the parties, most overdue first; None without tasks."""
    known = site.register.directory.by_code
    found = [count for count in _counts(site, "party") if count.name in known]
    found.sort(key=lambda one: (-one.overdue, -one.owed, fold(site.name_of(one.name))))
    rows = [(site.name_of(one.name), urls.party(one.name), one) for one in found]
    about = _(
        "Each party has what its page lists: an office’s tasks count for whoever holds it too, and "
        "what several owe together is in the bar of each."
    )
    return _chart("parties", _most_overdue(site, found), about, _("Party"), rows)


def _most_overdue(site: SiteData, found: Sequence[Count]) -> str:
    """Return which party has the most overdue, or how many have as much, in words."""
    most = max((one.overdue for one in found), default=0)
    if not most:
        return _("No party is late.")
    alike = [one for one in found if one.overdue == most]
    if len(alike) > 1:
        return ngettext(
            "{parties} parties have the most overdue: {count} task each.",
            "{parties} parties have the most overdue: {count} tasks each.",
            most,
        ).format(parties=len(alike), count=most)
    return ngettext(
        "{name} has the most overdue: {count} of {total} task.",
        "{name} has the most overdue: {count} of {total} tasks.",
        alike[0].owed,
    ).format(name=site.name_of(alike[0].name), count=most, total=alike[0].owed)


def meeting_chart(site: SiteData) -> BarChart | None:
    """Return the chart of the meetings, the latest first; None without tasks."""
    by_name = {count.name: count for count in _counts(site, "meeting")}
    found = [
        (meeting.id, site.page_of(meeting), by_name[meeting.id])
        for meeting in site.newest_meetings
        if meeting.id in by_name
    ]
    most = max((one for _name, _path, one in found), key=lambda one: one.overdue, default=None)
    finding = _("Of no meeting is anything overdue.")
    if most and most.overdue:
        finding = ngettext(
            "Of {meeting} the most is overdue: {count} of {total} task.",
            "Of {meeting} the most is overdue: {count} of {total} tasks.",
            most.owed,
        ).format(meeting=most.name, count=most.overdue, total=most.owed)
    about = _("What became of the tasks that each meeting adopted, the latest meeting first.")
    return _chart("meetings", finding, about, _("Meeting"), found)


def year_chart(site: SiteData) -> BarChart | None:
    """Return what became of the tasks that fell due in each year; None where none has."""
    years = by_year(site.tasks, site.as_of)
    if not years:
        return None
    last = years[max(years)]
    finding = ngettext(
        "Of {total} task that fell due in {year}, {count} was done on time.",
        "Of {total} tasks that fell due in {year}, {count} were done on time.",
        last.owed,
    )
    if last.last_report is None:
        finding = ngettext(
            "{total} task fell due in {year}; there is no report on it.",
            "{total} tasks fell due in {year}; there is no report on any of them.",
            last.owed,
        )
    finding = finding.format(total=last.owed, year=max(years), count=last.on_time)
    about = _("Tasks by the year of their deadline, and how many of them were done on time.")
    rows = [(str(year), "", count) for year, count in sorted(years.items(), reverse=True)]
    return _chart("years", finding, about, _("Year"), rows)


def own_chart(site: SiteData, by: Group, name: str) -> BarChart | None:
    """Return the bar of one party or meeting, for its own page; None where it has no tasks."""
    count = site.record.counts.get((by, name))
    if count is None:
        return None
    finding = ngettext(
        "Of {count} task, done: {done}; overdue: {overdue}.",
        "Of {count} tasks, done: {done}; overdue: {overdue}.",
        count.owed,
    )
    if count.last_report is None:
        finding = ngettext(
            "{count} task, without a report; overdue: {overdue}.",
            "{count} tasks, all without a report; overdue: {overdue}.",
            count.owed,
        )
    done = count.on_time + count.late
    finding = finding.format(count=count.owed, done=done, overdue=count.overdue)
    return _chart("tasks", finding, "", "", [("", "", count)])


def lateness_bands(site: SiteData) -> Sequence[tuple[str, int, float]]:
    """Return how long what is overdue has been so; empty where nothing is.

    A band has its days in words, the number of tasks, and the width of its bar in per cent.
    """
    numbers = lateness(site.tasks)
    most = max(numbers)
    if not most:
        return []
    names = [
        ngettext("up to {count} day", "up to {count} days", BANDS[0]).format(count=BANDS[0]),
        *(
            _("{first} to {last} days").format(first=first + 1, last=last)
            for first, last in pairwise(BANDS)
        ),
        _("more than a year"),
    ]
    widths = [round(100 * number / most, 2) for number in numbers]
    return list(zip(names, numbers, widths, strict=True))


def longest_lateness(site: SiteData) -> str:
    """Return in a sentence for how long the oldest overdue task has been so."""
    days = max((task.days_late or 0 for task in site.tasks if task.is_late), default=0)
    return ngettext(
        "The task overdue for longest is {count} day late.",
        "The task overdue for longest is {count} days late.",
        days,
    ).format(count=days)


def _counts(site: SiteData, by: Group) -> list[Count]:
    return [count for (group, _name), count in site.record.counts.items() if group == by]


def _chart(
    key: str, finding: str, about: str, heading: str, counts: Iterable[tuple[str, str, Count]]
) -> BarChart | None:
    rows = [_row(name, path, count) for name, path, count in counts]
    if not rows:
        return None
    kinds = [
        (kind, _(words)) for kind, words in KINDS.items() if any(row.numbers[kind] for row in rows)
    ]
    left_out = max(0, len(rows) - _MOST_ROWS)
    return BarChart(key, finding, about, heading, rows[:_MOST_ROWS], kinds, left_out)


def _row(name: str, path: str, count: Count) -> BarRow:
    by_kind = count.on_time, count.late, count.overdue, count.open, count.declined, count.ended
    numbers = dict(zip(KINDS, by_kind, strict=True))
    segments, before = [], 0
    for kind, number in numbers.items():
        if number:
            start, width = (round(100 * part / count.owed, 2) for part in (before, number))
            word = _(KINDS[kind])
            segments.append(Segment(kind, number, start, width, f"{word}: {number}"))
        before += number
    due = count.on_time + count.late + count.overdue
    share = ""
    if due and count.last_report is None:
        share = _("no report")
    elif due:
        share = _("{percent} in time").format(percent=f"{round(100 * count.on_time / due)} %")
    return BarRow(name, path, segments, numbers, count.owed, share)


# --- the timeline -------------------------------------------------------------------------------

BEFORE, AFTER = 12, 17  # months shown around the day
_LEFT, _STEP, _BAR, _HEIGHT, _TOP = 34, 23, 17, 96, 14  # in the picture's own units
_KINDS = ("done", "ended", "late", "open")

Month = tuple[int, int]


class Bar(NamedTuple):
    """A part of a month's bar; its kind is a name of the style sheet."""

    x: int
    y: float
    height: float
    kind: str
    title: str


class Tick(NamedTuple):
    """A label or a mark on the axis."""

    x: float
    text: str
    y: float = 0


class Timeline(NamedTuple):
    """The chart: its bars, their totals, months, years, meetings and the day."""

    finding: str
    """Which month has the most deadlines ahead, in words."""
    width: int
    bars: Sequence[Bar]
    totals: Sequence[Tick]
    months: Sequence[Tick]
    years: Sequence[Tick]
    meetings: Sequence[Tick]
    today: float | None
    """Where the day is; None outside of the chart."""
    rows: Sequence[tuple[str, Sequence[int]]]
    """The chart as a table: month, and the number of each kind."""
    outside: Sequence[str]
    """What became of the tasks before and after the months of the chart, in words."""


def timeline(site: SiteData) -> Timeline | None:
    """Return the chart around the day, or before the last deadline; None without deadlines."""
    counted: dict[Month, Counter[str]] = {}
    for task in site.tasks:
        if task.deadline is not None:
            month = (task.deadline.year, task.deadline.month)
            kind = "late" if task.is_late else "open"
            if not task.is_open:
                kind = "done" if task.state == "done" else "ended"
            counted.setdefault(month, Counter())[kind] += 1
    if not counted:
        return None
    shown = _months((site.as_of.year, site.as_of.month), -BEFORE, AFTER)
    if not any(month in counted for month in shown):
        shown = _months(max(counted), -BEFORE - AFTER, 0)
    places = {month: _LEFT + _STEP * number for number, month in enumerate(shown)}
    found = {month: counted[month] for month in shown if month in counted}
    totals = {month: counts.total() for month, counts in found.items()}
    top = max(1, *totals.values())
    meetings = [
        Tick(x, f"{meeting.id}: {site.days_of(meeting)}")
        for meeting in site.register.meetings
        if meeting.start and (x := _place(meeting.start, places)) is not None
    ]
    return Timeline(
        finding=_finding(counted, site),
        width=_LEFT + _STEP * len(shown) + 6,
        bars=[bar for m, counts in found.items() for bar in _bars(site, m, counts, places[m], top)],
        totals=[
            Tick(
                places[month] + _BAR / 2,
                str(total),
                round(_TOP + _HEIGHT * (1 - total / top) - 3, 2),
            )
            for month, total in totals.items()
        ],
        months=[
            Tick(x + _BAR / 2, month_name(m, site.language)[0]) for (_y, m), x in places.items()
        ],
        # The first month too, if it has room for its year before the label of next January.
        years=[
            Tick(x, str(y)) for (y, m), x in places.items() if m == 1 or (x == _LEFT and m < 11)
        ],
        meetings=meetings,
        today=_place(site.as_of, places),
        rows=[
            (long_month(*month, site.language), [counts[kind] for kind in _KINDS])
            for month, counts in found.items()
        ],
        outside=list(_outside(site, counted, shown)),
    )


def _finding(counted: Mapping[Month, Counter[str]], site: SiteData) -> str:
    """Return which month has the most open tasks that are not late, the first of several."""
    ahead = {month: counts["open"] for month, counts in sorted(counted.items()) if counts["open"]}
    if not ahead:
        return _("Deadlines by month") if site.doubtful else _("No deadline lies ahead.")
    month = max(ahead, key=lambda one: ahead[one])
    return ngettext(
        "The most deadlines ahead are in {month}: {count} task.",
        "The most deadlines ahead are in {month}: {count} tasks.",
        ahead[month],
    ).format(month=long_month(*month, site.language), count=ahead[month])


def _outside(
    site: SiteData, counted: Mapping[Month, Counter[str]], shown: Sequence[Month]
) -> Iterator[str]:
    """Yield a sentence on the tasks before the months of the chart, and one on those after it."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for month, counts in counted.items():
        if month < shown[0]:
            before += counts
        elif month > shown[-1]:
            after += counts
    words = _kinds()
    for found, message, month in (
        (before, _("Before {month}: {counts}."), shown[0]),
        (after, _("After {month}: {counts}."), shown[-1]),
    ):
        if found:
            numbers = ", ".join(f"{words[kind]} {found[kind]}" for kind in _KINDS if found[kind])
            yield message.format(month=long_month(*month, site.language), counts=numbers)


def _kinds() -> Mapping[str, str]:
    return {
        "done": _("done"),
        "ended": _("declined or ended"),
        "late": _("overdue"),
        "open": _("still open"),
    }


def _months(month: Month, first: int, last: int) -> list[Month]:
    """Return the months from `first` to `last` after one, without those that no date has."""
    number = month[0] * 12 + month[1] - 1
    months = (divmod(number + count, 12) for count in range(first, last + 1))
    return [(year, m + 1) for year, m in months if date.min.year <= year <= date.max.year]


def _bars(site: SiteData, month: Month, counts: Counter[str], x: int, top: int) -> Iterator[Bar]:
    y = float(_TOP + _HEIGHT)
    for kind, words in _kinds().items():
        if counts[kind]:
            height = round(_HEIGHT * counts[kind] / top, 2)
            y = round(y - height, 2)
            title = f"{long_month(*month, site.language)}: {counts[kind]} {words}"
            yield Bar(x, y, height, kind, title)


def _place(day: date, places: Mapping[Month, int]) -> float | None:
    x = places.get((day.year, day.month))
    return None if x is None else round(x + (_STEP - 1) * (day.day - 1) / 31, 1)
