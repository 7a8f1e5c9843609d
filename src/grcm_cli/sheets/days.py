"""Days as people write them in a sheet: 2026-03-15, 15/3/26, 15 Mar 2026; the order of a sheet."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from grcm_cli.language.text import _, clean, collapse
from grcm_cli.times import patterns
from grcm_cli.times.patterns import Order

DAY_FORM = "2026-03-15"  # the example of a day in messages about a sheet
WrittenDay = Mapping[Order, date | None]
"""What a text writes, by the orders of day and month that it may have: None for no calendar day."""
_MIDNIGHT = re.compile(r"[Tt ]00:00(:00)?$")
_DAY = patterns.time_regex("<DAY>", re.IGNORECASE)
_NAMES = "|".join(map(re.escape, patterns.MONTHS))
_ALL = "|".join(map(re.escape, patterns.MONTHS | patterns.SHORT_MONTHS))
_TIME = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,2}[/.][0-9]{1,2}(?![0-9]))"
    rf"|[0-9][ ./-](?:{_ALL})\b|\b(?:{_ALL})[ ./-][0-9]|\b(?:{_NAMES})\b",
    re.IGNORECASE,
)


def days_in(text: str, last: date = date.max) -> Iterator[WrittenDay]:
    """Yield the days that a text names with their years, in orders that give none after `last`."""
    for by_order in filter(None, map(patterns.days_by_order, _DAY.finditer(collapse(text)))):
        yield {order: day for order, day in by_order.items() if (day or last) <= last} or by_order


def names_a_time(text: str) -> bool:
    """Tell whether a text has a year, or figures or a month that may be of a day."""
    return _TIME.search(text) is not None


def _read_day(text: str) -> WrittenDay:
    """Return the day that a text writes and nothing else; empty for anything else."""
    match = _DAY.fullmatch(_MIDNIGHT.sub("", collapse(text)))
    return patterns.days_by_order(match) if match else {}


def day_of(text: str, order: Order) -> date | None:
    """Return the day that a text writes, its numbers in an order; None for no day."""
    return _read_day(text).get(order)


def only_day(text: str) -> date | None:
    """Return the day that a text writes, where it can be read in one way only; else None."""
    days = set(_read_day(text).values())
    return days.pop() if len(days) == 1 else None


def shown_order(days: Iterable[WrittenDay]) -> Order | None:
    """Return the order that some day of a sheet can only have; day first where both are seen."""
    shown = {order for day in days if len(day) == 1 for order in day}
    return next((order for order in patterns.ORDERS if order in shown), None)


def no_day(cell: str) -> str:
    """Return what is wrong in a cell that has no day in the order of the other rows."""
    why = _("'{text}' is not a calendar date; write it as {form}")
    other = next(iter(_read_day(cell).values()), None)
    if other is not None:
        why = _("'{text}' has day and month in a different order from the other rows; write {form}")
    return why.format(text=clean(cell), form=other or _("YYYY-MM-DD"))
