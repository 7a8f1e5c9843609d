"""The timeline of the overview: a bar chart of deadlines by month and state."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.task import Task
from grcm_cli.language.days import long_month, month_name
from grcm_cli.language.text import _, ngettext
from grcm_cli.site.page_data import SiteData

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
            counted.setdefault(month, Counter())[_kind(task)] += 1
    if not counted:
        return None
    shown = _months((site.as_of.year, site.as_of.month), -BEFORE, AFTER)
    if not any(month in counted for month in shown):
        shown = _months(max(counted), -BEFORE - AFTER, 0)
    places = {month: _LEFT + _STEP * number for number, month in enumerate(shown)}
    found = {month: counted[month] for month in shown if month in counted}
    top = max(1, *(counts.total() for counts in found.values()))
    meetings = [
        Tick(x, f"{meeting.id}: {site.days_of(meeting)}")
        for meeting in site.register.meetings
        if meeting.start and (x := _place(meeting.start, places)) is not None
    ]
    return Timeline(
        finding=_finding(counted, site),
        width=_LEFT + _STEP * len(shown) + 6,
        bars=[bar for m, counts in found.items() for bar in _bars(site, m, counts, places[m], top)],
        totals=[_total(counts, places[month], top) for month, counts in found.items()],
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


def _kind(task: Task) -> str:
    if task.is_open:
        return "late" if task.is_late else "open"
    return "done" if task.state == "done" else "ended"


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


def _total(counts: Counter[str], x: int, top: int) -> Tick:
    """Return the number of a bar's tasks, above the bar."""
    total = counts.total()
    return Tick(x + _BAR / 2, str(total), round(_TOP + _HEIGHT * (1 - total / top) - 3, 2))


def _place(day: date, places: Mapping[Month, int]) -> float | None:
    x = places.get((day.year, day.month))
    return None if x is None else round(x + (_STEP - 1) * (day.day - 1) / 31, 1)
