"""Days as people write them in a sheet: 2026-03-15, 15/3/26, 15 Mar 2026; the order of a sheet."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from grcm_cli.language.days import month_name
from grcm_cli.language.text import LANGUAGES, _, clean, fold_words
from grcm_cli.reader.advice import month_numbers

Order = Literal["day-first", "month-first"]
DAY_FORM = "2026-03-15"
"""The example of a day in messages about a sheet."""
_CENTURY = 2000
"""Of a year of two figures."""
_MIDNIGHT = re.compile(r"[t ]00:00(:00)?$")
_SHORT = 3
"""Letters of a short name of a month, which may be another word: *may*."""


class NumberedDay(NamedTuple):
    """Two numbers and a year, of which one is the day and one the month."""

    first: int
    second: int
    year: int

    def day(self, order: Order) -> date | None:
        """Return the day in an order; None where the calendar has none."""
        day, month = (self.first, self.second)[:: 1 if order == "day-first" else -1]
        return _day(self.year, month, day)

    @property
    def orders(self) -> list[Order]:
        """Return the orders in which it is a day of the calendar."""
        both: tuple[Order, Order] = ("day-first", "month-first")
        return [order for order in both if self.day(order)]

    @property
    def is_open(self) -> bool:
        """Tell whether the two orders give two days."""
        return len(self.orders) == 2 and self.first != self.second


WrittenDay = date | NumberedDay
"""A day, or its numbers where their order is not known."""


@cache
def _months() -> Mapping[str, int]:
    """Return the number of each month by its names in all languages, folded."""
    names = {
        fold_words(month_name(number, language)): number
        for language in LANGUAGES
        for number in range(1, 13)
    }
    return {**month_numbers(), **names}


@cache
def _day_pattern() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    of = r"(?:,? (?:de |del |of )?|[-/.])"
    return re.compile(
        r"(?<![0-9./-])(?:"
        r"(?P<y1>[0-9]{4})(?P<s1>[-/.])(?P<m1>[0-9]{1,2})(?P=s1)(?P<d1>[0-9]{1,2})"
        r"|(?P<a>[0-9]{1,2})(?P<s2>[-/.])(?P<b>[0-9]{1,2})(?P=s2)"
        r"(?P<y2>[0-9]{4}|(?<!-)[0-9]{2})"
        rf"|(?P<d3>[0-9]{{1,2}})(?:o|er|st|nd|rd|th)?(?: (?:de |of )?|[-/.])(?P<m3>{month})\.?{of}"
        r"(?P<y3>[0-9]{4}|[0-9]{2})"
        rf"|(?<![a-z])(?P<m4>{month})\.? (?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y4>[0-9]{{4}})"
        r")(?![0-9])"
    )


def days_in(text: str) -> Iterator[WrittenDay]:
    """Yield the days that a text names with their years, in figures or words."""
    for match in _day_pattern().finditer(fold_words(text)):
        if day := _meant(match):
            yield day


def names_a_time(text: str) -> bool:
    """Tell whether a text has a year, or figures or a month that may be of a day."""
    return _time_pattern().search(fold_words(text)) is not None


@cache
def _time_pattern() -> re.Pattern[str]:
    names = "|".join(map(re.escape, _months()))
    long = "|".join(re.escape(name) for name in _months() if len(name) > _SHORT)
    return re.compile(
        r"(?<![0-9])(?:(?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,2}[/.][0-9]{1,2}(?![0-9]))"
        rf"|[0-9][ ./-](?:{names})\b|\b(?:{names})[ ./-][0-9]|\b(?:{long})\b"
    )


def read_day(text: str) -> WrittenDay | None:
    """Return the day that a text writes and nothing else; None for anything else."""
    match = _day_pattern().fullmatch(_MIDNIGHT.sub("", fold_words(text).strip()))
    return _meant(match) if match else None


def _meant(match: re.Match[str]) -> WrittenDay | None:
    get = match.groupdict().get
    written = get("y1") or get("y2") or get("y3") or match["y4"]
    year = int(written) + (_CENTURY if len(written) == 2 else 0)
    if get("a"):
        numbered = NumberedDay(int(match["a"]), int(match["b"]), year)
        return numbered if numbered.orders else None
    if get("m1"):
        return _day(year, int(match["m1"]), int(match["d1"]))
    month = _months()[get("m3") or match["m4"]]
    return _day(year, month, int(get("d3") or match["d4"]))


def day_of(text: str, order: Order) -> date | None:
    """Return the day that a text writes, its numbers in an order; None for no day."""
    return in_order(read_day(text), order)


def in_order(day: WrittenDay | None, order: Order) -> date | None:
    """Return a written day, its numbers in an order; None for no day."""
    return day.day(order) if isinstance(day, NumberedDay) else day


def shown_order(days: Iterable[NumberedDay]) -> Order | None:
    """Return the order that some day of a sheet can only have; day first where both are seen."""
    only = [day.orders[0] for day in days if len(day.orders) == 1]
    if "day-first" in only:
        return "day-first"
    return "month-first" if only else None


def no_day(cell: str) -> str:
    """Return what is wrong in a cell that has no day in the order of the other rows."""
    day = read_day(cell)
    message = _("'{text}' is no day of the calendar; write it as {form}")
    other = day.day(day.orders[0]) if isinstance(day, NumberedDay) else None
    if other is not None:
        message = _("'{text}' has day and month in another order than the other rows; write {form}")
    return message.format(text=clean(cell), form=other or _("YYYY-MM-DD"))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
