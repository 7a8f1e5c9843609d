"""Days, periods and spans of time as a file writes them: `2003-01-15`, `2003-Q1`, 60 days.

No other text is ever read as a date; there is no fuzzy parser. Options count from today, too.
"""

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from grcm_cli.language.grammar import day_names
from grcm_cli.language.text import LANGUAGES, fold

Unit = Literal["days", "weeks", "months", "years"]
PERIOD_FORMS = ("2003-01-15", "2003-01", "2003-Q1", "2003-H1", "2003")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FROM_TODAY = re.compile(r"([+-][0-9]{1,4})([dwm])")
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")


class Days(NamedTuple):
    """The first and the last day of a period, as of `2003-Q1`, or of a meeting."""

    first: date
    last: date


def parse_day(text: str) -> date | None:
    """Return the day that `2003-01-15` names (ISO 8601, extended, four-digit year), else None."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_relative_day(text: str, today: date) -> date | None:
    """Return the day that `yesterday`, `hoy`, `-7d`, `+2w` or `-1m` names, or None."""
    if match := _FROM_TODAY.fullmatch(text):
        units: dict[str, Unit] = {"d": "days", "w": "weeks", "m": "months"}
        return later(today, int(match[1]), units[match[2]])
    word = fold(text)
    for language in LANGUAGES if word.isalpha() else ():
        if word in (names := day_names(language)):
            return later(today, names.index(word) - 1, "days")
    return None


def parse_period(text: str) -> Days | None:
    """Return the first and the last day of a day, month, quarter, half-year or year, else None."""
    day = parse_day(text)
    if day is not None:
        return Days(day, day)
    match = _PERIOD.fullmatch(text)
    if match is None or match[1] == "0000":
        return None
    year = int(match[1])
    length, number = 12, 1
    for months, part in zip((1, 3, 6), match.groups()[1:], strict=True):
        if part:
            length, number = months, int(part)
    last = length * number
    last_day = date(year, 12, 31) if last == 12 else date(year, last + 1, 1) - timedelta(days=1)
    return Days(date(year, last - length + 1, 1), last_day)


def parse_interval(text: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of `2003-02-06/2003-02-07`; None for what is no day."""
    first, _slash, last = text.partition("/")
    return parse_day(first), parse_day(last)


def looks_like_day(text: str) -> bool:
    """Tell whether a text has the form of a day, whether or not the calendar has it."""
    return bool(_DAY.fullmatch(text))


def is_backward(text: str) -> bool:
    """Tell whether a text is an interval whose last day lies before its first."""
    first, last = parse_interval(text)
    return first is not None and last is not None and last < first


def later(start: date, count: int, unit: Unit) -> date | None:
    """Return the day `count` units later, earlier where it is negative; None for no such day.

    The calendar has the years 1 to 9999. A month after 31 January is 28 February, and so is one
    before 31 March.
    """
    try:
        if unit == "days":
            return start + timedelta(days=count)
        if unit == "weeks":
            return start + timedelta(weeks=count)
        from dateutil.relativedelta import relativedelta  # few files need it, and it takes 5 ms

        return start + relativedelta(months=count if unit == "months" else 12 * count)
    except (OverflowError, ValueError):
        return None
