"""Deadlines on a line of months: how many fall in each, and what became of them, as drawn bars."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.task import Task
from grcm_cli.language.days import long_span, month_name
from grcm_cli.language.text import _
from grcm_cli.site.page_data import Book

BEFORE, AFTER = 12, 17  # months shown around the day
_LEFT, _STEP, _BAR, _HEIGHT, _TOP = 34, 23, 15, 96, 14  # in the picture's own units
_KINDS = ("closed", "late", "open")

Month = tuple[int, int]


class Bar(NamedTuple):
    """A part of a month's bar."""

    x: int
    y: float
    height: float
    kind: str
    title: str


class Tick(NamedTuple):
    """A word below the line or a mark on it; `path` is where it leads."""

    x: float
    text: str
    title: str = ""
    path: str | None = None


class Timeline(NamedTuple):
    """A drawing: bars, the names of months and years, meetings, the day itself."""

    width: int
    bars: Sequence[Bar]
    months: Sequence[Tick]
    years: Sequence[Tick]
    meetings: Sequence[Tick]
    today: float | None
    """None where the day lies outside."""
    top: int
    """The most deadlines of a month."""
    rows: Sequence[tuple[str, int, int, int]]
    """The same as a table: month, and how many of each kind."""
    outside: int
    """Deadlines before or after what is drawn."""


def timeline(book: Book) -> Timeline | None:
    """Return the drawing around the day; around the last deadlines where that has none; or None."""
    counted: dict[Month, Counter[str]] = {}
    for task in book.tasks:
        if task.deadline is not None:
            month = (task.deadline.year, task.deadline.month)
            counted.setdefault(month, Counter())[_kind(task)] += 1
    if not counted:
        return None
    shown = _window(counted, book.as_of)
    top = max(1, *(sum(counted[month].values()) for month in shown if month in counted))
    found = [month for month in shown if month in counted]
    places = {month: _LEFT + _STEP * number for number, month in enumerate(shown)}
    return Timeline(
        width=_LEFT + _STEP * len(shown) + 6,
        bars=[bar for m in found for bar in _bars(m, counted[m], places[m], top, book.language)],
        months=[
            Tick(x + _BAR / 2, month_name(m, book.language)[0]) for (_y, m), x in places.items()
        ],
        years=[Tick(x, str(y)) for (y, m), x in places.items() if m == 1 or _is_alone(m, x)],
        meetings=list(_meetings(book, places)),
        today=_place(book.as_of, places),
        top=top,
        rows=[
            (_named(m, book.language), counted[m]["closed"], counted[m]["late"], counted[m]["open"])
            for m in found
        ],
        outside=sum(sum(c.values()) for m, c in counted.items() if m not in places),
    )


def _is_alone(month: int, x: int) -> bool:
    """Tell whether the first month has room for its year before the next January has its own."""
    return x == _LEFT and month < 11


def _kind(task: Task) -> str:
    if task.is_late:
        return "late"
    return "open" if task.is_open else "closed"


def _window(counted: dict[Month, Counter[str]], as_of: date) -> list[Month]:
    around = [
        month
        for count in range(-BEFORE, AFTER + 1)
        if (month := _later((as_of.year, as_of.month), count)) is not None
    ]
    if any(month in counted for month in around):
        return around
    last = max(counted)
    found = (_later(last, count) for count in range(-BEFORE - AFTER, 1))
    return [month for month in found if month is not None]


def _later(month: Month, count: int) -> Month | None:
    number = month[0] * 12 + month[1] - 1 + count
    year = number // 12
    return (year, number % 12 + 1) if date.min.year <= year <= date.max.year else None


def _bars(month: Month, counted: Counter[str], x: int, top: int, language: str) -> Sequence[Bar]:
    bars, y = [], float(_TOP + _HEIGHT)
    said = {"closed": _("done or ended"), "late": _("overdue"), "open": _("still open")}
    for kind in _KINDS:
        if counted[kind]:
            height = round(_HEIGHT * counted[kind] / top, 2)
            y = round(y - height, 2)
            title = f"{_named(month, language)}: {counted[kind]} {said[kind]}"
            bars.append(Bar(x, y, height, kind, title))
    return bars


def _named(month: Month, language: str) -> str:
    return f"{month_name(month[1], language)} {month[0]}"


def _meetings(book: Book, places: dict[Month, int]) -> Sequence[Tick]:
    ticks = []
    for meeting in book.register.meetings:
        start = meeting.start
        x = _place(start, places) if start else None
        if start is not None and x is not None:
            span = long_span(start, meeting.last_day or start, book.language)
            title = f"{meeting.id}: {span}"
            ticks.append(Tick(x, meeting.id, title, book.page_of(meeting)))
    return ticks


def _place(day: date, places: dict[Month, int]) -> float | None:
    x = places.get((day.year, day.month))
    return None if x is None else round(x + (_STEP - 1) * (day.day - 1) / 31, 1)
