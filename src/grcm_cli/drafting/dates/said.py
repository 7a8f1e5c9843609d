"""A deadline as a text says it, and what it is read against."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from grcm_cli.drafting.dates.words import BEFORE, MONTHS, NUMBERS


class Said(NamedTuple):
    """A deadline that a text sets."""

    due: str
    start: int
    end: int
    sure: bool = True
    """False where something was inferred: a year, the body of a next meeting."""


class Scene(NamedTuple):
    """What a deadline is read against."""

    ended: date
    """The meeting's last day."""
    body: str
    body_after: Callable[[int, int], str]
    """Returns the body that a stretch of the text names, or nothing."""
    body_before: Callable[[int, int], str]
    """Returns the body that a stretch names last, or nothing: the one that *its* means."""
    meeting: Callable[[str, set[int]], str | None]
    """Returns the id of a body's later meeting with an ordinal; empty where it is in no file yet,
    and None where it is past."""
    holds: bool
    """The duty is to hold something: the day of the event is its deadline."""


def year_and_month(match: re.Match[str], scene: Scene) -> tuple[int, int]:
    """Return a month with the year that is named or meant."""
    month = MONTHS[match["pm"].lower()]
    if match["py"]:
        return int(match["py"]), month
    if match["next_year"] or match["this_year"]:
        return scene.ended.year + bool(match["next_year"]), month
    return year_of(month, 28, scene), month


def has_month_s_year(match: re.Match[str]) -> bool:
    """Tell whether a month names its year."""
    return bool(match["py"] or match["next_year"] or match["this_year"])


def number_said(written: str) -> int:
    """Return a number in figures or words; 0 for what is none."""
    return int(written) if written.isdigit() else NUMBERS.get(written.lower(), 0)


def is_before(how: str) -> bool:
    """Tell whether words exclude the day that follows: *antes del*."""
    return re.match(BEFORE, how, re.IGNORECASE) is not None


def has_before(words: str) -> bool:
    """Tell whether words somewhere exclude the day that follows."""
    return re.search(BEFORE, words, re.IGNORECASE) is not None


def month_and_day(match: re.Match[str], *, back: bool) -> str:
    """Return a day of each year as `05-31`; empty where there is none."""
    month, day = MONTHS[(match["m"] or match["m2"]).lower()], int(match["d"] or match["d2"])
    found = date_of(2000, month, day)
    if found is None:
        return ""
    return (found - timedelta(days=back)).isoformat()[5:]


def has_year(match: re.Match[str]) -> bool:
    """Tell whether a day names its year."""
    return bool(match["y"] or match["y2"] or match["next_year"] or match["this_year"])


def day_said(match: re.Match[str], scene: Scene) -> date | None:
    """Return the day that words name, in the year that is meant; None for no day."""
    month, day = MONTHS[(match["m"] or match["m2"]).lower()], int(match["d"] or match["d2"])
    written = match["y"] or match["y2"]
    if match["next_year"] or match["this_year"]:
        return date_of(scene.ended.year + bool(match["next_year"]), month, day)
    return date_of(int(written) if written else year_of(month, day, scene), month, day)


def year_of(month: int, day: int, scene: Scene) -> int:
    """Return the year of a day that names none: the first one after the meeting."""
    return scene.ended.year + ((month, day) <= (scene.ended.month, scene.ended.day))


def date_of(year: int, month: int, day: int) -> date | None:
    """Return a day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
