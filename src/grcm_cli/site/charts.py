"""Charts: what became of the tasks of each party, meeting and year.

The parts of a bar are given in per cent, so that labels keep their size on a phone.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.domain.statistics import BANDS, Count, by_year, lateness
from grcm_cli.language.text import N_, _, counted, fold, half_up, labelled
from grcm_cli.site import urls
from grcm_cli.site.lists import PATH
from grcm_cli.site.page_data import SiteData
from grcm_cli.views import labels
from grcm_cli.views.statistics import COUNTED_FOR

KINDS: Mapping[str, str] = {
    "overdue": N_("overdue"),
    "done-late": N_("done late"),
    "on-time": N_("done on time"),
    "done": N_("done, no binding deadline"),
    "open": N_("open, not overdue"),
    "passed": labels.STATES["passed"],
    "declined": N_("declined or not applicable"),
    "ended": N_("ended by a later meeting"),
}
"""What became of a task, in the order of a bar; the names are those of the style sheet."""
_MOST_ROWS = 300
_ROOM = 28  # per cent of the width or height of a line between two of its labels, on a phone
_ON_TIME = N_(
    "On time: how many were done by their deadline, of the commitments with a binding deadline "
    "that are done or overdue."
)

Segment = tuple[str, int, float, float, str]
"""A part of a bar: its kind and number, its place and size in per cent of the width, its words."""
Point = tuple[float, float, str, bool]
"""A point of a line in per cent of width and height, its words, and whether these stand there."""


class BarRow(NamedTuple):
    """A bar, what it is about, and the numbers of all its kinds."""

    name: str
    path: str  # the page that the name leads to; empty for none
    counts: Count
    code: str = ""  # the id of a meeting, whose title others may have too
    segments: Sequence[Segment] = ()

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of tasks of each kind."""
        counts = self.counts
        done = counts.late, counts.on_time, counts.done_undated
        still_open = counts.open - counts.passed, counts.passed
        by_kind = counts.overdue, *done, *still_open, counts.declined, counts.ended
        return dict(zip(KINDS, by_kind, strict=True))

    @property
    def share(self) -> str:
        """What part was done on time, in words; empty where nothing has fallen due."""
        if self.counts.last_report is None:
            return _("no report")
        due = _fallen_due(self.counts)
        message = _("{count} of {total} on time") if due else ""
        return message.format(count=self.counts.on_time, total=due)


def _fallen_due(count: Count) -> int:
    """Return how many tasks had a deadline and were done or are overdue."""
    return count.on_time + count.late + count.overdue


def _percent(share: float) -> str:
    return _("{number}%").format(number=half_up(share))


class BarChart(NamedTuple):
    """A chart: its title, its rows, and the kinds that occur in it."""

    key: str  # its anchor on the page
    title: str
    about: str  # what is counted, and how
    heading: str  # what stands in the first column
    rows: Sequence[BarRow]
    kinds: Sequence[tuple[str, str]]  # each with its words
    left_out: int  # how many rows had no room in the table
    line: Sequence[Point] = ()  # over years


def values(site: SiteData) -> Mapping[str, object]:
    """Return the values of the page of figures."""
    every = year_chart(site), party_chart(site), meeting_chart(site)
    oldest = max((task.days_late or 0 for task in site.tasks if task.is_late), default=0)
    sentence = _("The longest overdue commitment is {days} late.")
    return {
        "found": [chart for chart in every if chart and len(chart.rows) > 1],
        "bands": lateness_bands(site),
        "oldest": sentence.format(days=labels.days(oldest)),
        "files": site.data_files,
    }


def party_chart(site: SiteData) -> BarChart:
    """Return the chart of the parties, most overdue first."""
    rows = [
        BarRow(site.name_of(code), urls.party(code), count)
        for (by, code), count in site.record.counts.items()
        if by == "party" and code in site.register.directory.by_code
    ]
    rows.sort(key=lambda row: (-row.counts.overdue, -row.counts.owed, fold(row.name)))
    about = " ".join([_("Most overdue first."), _(_ON_TIME), _(COUNTED_FOR)])
    return _chart("parties", _("By country and body"), about, _("Country or body"), rows)


def meeting_chart(site: SiteData) -> BarChart:
    """Return the chart of the meetings, the latest first."""
    rows = [
        BarRow(site.meeting_title(meeting), site.page_of(meeting), count, meeting.id)
        for meeting in site.newest_meetings
        if (count := site.record.counts.get(("meeting", meeting.id)))
    ]
    about = _("What became of the commitments that each meeting adopted, latest meeting first.")
    return _chart("meetings", _("By meeting"), about, _("Meeting"), rows)


def year_chart(site: SiteData) -> BarChart | None:
    """Return the chart of tasks by the year in which they fell due; None if there is no year."""
    years = by_year(site.tasks, site.as_of)
    if not years:
        return None
    about = _("Commitments whose deadline has passed, by the year of the deadline.")
    rows = []
    for year, count in sorted(years.items(), reverse=True):
        until = min(date(year, 12, 31), site.as_of - timedelta(days=1))
        rows.append(BarRow(str(year), f"{PATH}?from={date(year, 1, 1)}&to={until}", count))
    title, about = verdict(years) or _("By year"), " ".join([about, _(_ON_TIME)])
    chart = _chart("years", title, about, _("Year"), rows)
    return chart._replace(line=_line(years))


def verdict(years: Mapping[int, Count]) -> str:
    """Return what part was on time in the last year with a report and the year before."""
    shares, sentences, last = _shares(years), [], max(years)
    if shares:
        year = max(shares)
        share, earlier = shares[year], shares.get(year - 1)
        message = _("Of what fell due in {year}, {percent} was done on time.")
        if earlier is not None:
            message = _(
                "Of what fell due in {year}, {percent} was done on time ({before}: {earlier})."
            )
        percents = {"percent": _percent(share), "earlier": _percent(earlier or 0)}
        sentences.append(message.format(year=year, before=year - 1, **percents))
    if last not in shares and _fallen_due(years[last]):
        message = _("Commitments that fell due in {year}: {total}. No report yet.")
        sentences.append(message.format(year=last, total=years[last].owed))
    return " ".join(sentences)


def _shares(years: Mapping[int, Count]) -> Mapping[int, float]:
    """Return the share that was done on time in each year with a report, in per cent."""
    due = {year: _fallen_due(count) for year, count in years.items() if count.last_report}
    return {year: 100 * years[year].on_time / total for year, total in due.items() if total}


def _line(years: Mapping[int, Count]) -> Sequence[Point]:
    """Return the share that was done on time in each year; none for fewer than three years."""
    shares = _shares(years)
    if len(shares) < 3:
        return ()
    first, last = min(shares), max(shares)
    across = {year: round(4 + 92 * (year - first) / (last - first), 2) for year in shares}
    shown = [first, last]
    for year in (min(shares, key=shares.__getitem__), max(shares, key=shares.__getitem__)):
        steps = [(across[year] - across[placed], shares[year] - shares[placed]) for placed in shown]
        if all(abs(aside) >= _ROOM or abs(above) >= _ROOM for aside, above in steps):
            shown.append(year)
    return [
        (across[year], round(100 - share, 2), labelled(str(year), _percent(share)), year in shown)
        for year, share in shares.items()
    ]


def lateness_bands(site: SiteData) -> Sequence[tuple[str, int, float]]:
    """Return bands of overdue tasks: their days in words, number, and width in per cent."""
    numbers = lateness(site.tasks)
    most = max(numbers)
    if not most:
        return []
    message = _("{first} to {last} days")
    between = [message.format(first=first + 1, last=last) for first, last in pairwise(BANDS)]
    shortest = counted("up to {count} day", "up to {count} days", BANDS[0])
    names = [shortest, *between, _("more than a year")]
    widths = [round(100 * number / most, 2) for number in numbers]
    return list(zip(names, numbers, widths, strict=True))


def _chart(key: str, title: str, about: str, heading: str, rows: Sequence[BarRow]) -> BarChart:
    most = max((row.counts.owed for row in rows), default=0)
    shown = [row._replace(segments=_segments(row.numbers, most)) for row in rows[:_MOST_ROWS]]
    occurring = [kind for kind in KINDS if any(row.numbers[kind] for row in rows)]
    kinds = [(kind, _(KINDS[kind])) for kind in occurring]
    return BarChart(key, title, about, heading, shown, kinds, len(rows) - len(shown))


def _segments(numbers: Mapping[str, int], most: int) -> Sequence[Segment]:
    """Return the parts of a bar; one of `most` tasks is as wide as there is room."""
    segments, before = [], 0
    for kind, number in numbers.items():
        if number:
            start, width = (round(100 * part / most, 2) for part in (before, number))
            segments.append((kind, number, start, width, labelled(_(KINDS[kind]), str(number))))
        before += number
    return segments
