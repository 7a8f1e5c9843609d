"""Days as people write them in a sheet: 2026-03-15, 15/03/2026; the order that a sheet shows."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from grcm_cli.domain.periods import parse_day
from grcm_cli.language.text import _, clean

Order = Literal["day-first", "month-first"]
DAY_FORM = "2026-03-15"
"""The example of a day in messages about a sheet."""
_NUMBERS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]00:00(:00)?$")


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


def read_day(text: str) -> date | NumberedDay | None:
    """Return a written day, or its numbers where the order is not known; None for anything else."""
    words = _MIDNIGHT.sub("", text.strip())
    if found := parse_day(words):
        return found
    if match := _YEAR_FIRST.fullmatch(words):
        year, month, day = map(int, match.groups())
        return _day(year, month, day)
    if match := _NUMBERS.fullmatch(words):
        numbered = NumberedDay(int(match[1]), int(match[3]), int(match[4]))
        return numbered if numbered.orders else None
    return None


def day_of(text: str, order: Order) -> date | None:
    """Return the day that a text writes, its numbers in an order; None for no day."""
    found = read_day(text)
    return found.day(order) if isinstance(found, NumberedDay) else found


def shown_order(days: Iterable[NumberedDay]) -> Order | None:
    """Return the order that some day of a sheet can only have; day first where both are seen."""
    only = [day.orders[0] for day in days if len(day.orders) == 1]
    if "day-first" in only:
        return "day-first"
    return "month-first" if only else None


def no_day(cell: str) -> str:
    """Return what is wrong in a cell that has no day in the order of the other rows."""
    found = read_day(cell)
    message = _("'{text}' is no day of the calendar; write it as {form}")
    other = found.day(found.orders[0]) if isinstance(found, NumberedDay) else None
    if other is not None:
        message = _("'{text}' has day and month in another order than the other rows; write {form}")
    return message.format(text=clean(cell), form=other.isoformat() if other else DAY_FORM)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
