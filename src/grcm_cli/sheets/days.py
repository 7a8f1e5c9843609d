"""Days as people write them in a sheet: 2026-03-15, 15/3/26, 15 Mar 2026; the order of a sheet."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from grcm_cli.language.text import _, clean, collapse
from grcm_cli.times import patterns
from grcm_cli.times.patterns import Order

DAY_FORM = "2026-03-15"
"""The example of a day in messages about a sheet."""
_MIDNIGHT = re.compile(r"[Tt ]00:00(:00)?$")


class NumberedDay(NamedTuple):
    """Two numbers and a year, of which one is the day and one the month."""

    first: int
    second: int
    year: int

    def day(self, order: Order) -> date | None:
        """Return the day in an order; None where the calendar has none."""
        day, month = (self.first, self.second)[:: 1 if order == "day-first" else -1]
        return patterns.date_or_none(self.year, month, day)

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
_DAY = patterns.time_regex("<DAY>", re.IGNORECASE)
_NAMES = "|".join(map(re.escape, patterns.MONTHS))
_ALL = "|".join(map(re.escape, patterns.MONTHS | patterns.SHORT_MONTHS))
_TIME = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,2}[/.][0-9]{1,2}(?![0-9]))"
    rf"|[0-9][ ./-](?:{_ALL})\b|\b(?:{_ALL})[ ./-][0-9]|\b(?:{_NAMES})\b",
    re.IGNORECASE,
)


def days_in(text: str) -> Iterator[WrittenDay]:
    """Yield the days that a text names with their years, in figures or words."""
    yield from filter(None, map(_meant, _DAY.finditer(collapse(text))))


def names_a_time(text: str) -> bool:
    """Tell whether a text has a year, or figures or a month that may be of a day."""
    return _TIME.search(text) is not None


def read_day(text: str) -> WrittenDay | None:
    """Return the day that a text writes and nothing else; None for anything else."""
    match = _DAY.fullmatch(_MIDNIGHT.sub("", collapse(text)))
    return _meant(match) if match else None


def _meant(match: re.Match[str]) -> WrittenDay | None:
    if numbers := patterns.numbers_and_year(match):
        numbered = NumberedDay(*numbers)
        return numbered if numbered.orders else None
    return patterns.day_in_full(match)


def day_of(text: str, order: Order) -> date | None:
    """Return the day that a text writes, its numbers in an order; None for no day."""
    return in_order(read_day(text), order)


def only_day(text: str) -> date | None:
    """Return the day that a text writes, where it can be read in one way only; else None."""
    day = read_day(text)
    if isinstance(day, NumberedDay):
        return None if day.is_open else day.day(day.orders[0])
    return day


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
    why = _("'{text}' is not a calendar date; write it as {form}")
    other = day.day(day.orders[0]) if isinstance(day, NumberedDay) else None
    if other is not None:
        why = _("'{text}' has day and month in a different order from the other rows; write {form}")
    return why.format(text=clean(cell), form=other or _("YYYY-MM-DD"))
