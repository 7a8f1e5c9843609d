"""Stretches of days: *the first week of June*, *from May to July 2003*; and feasts: *Christmas*."""

import re
from datetime import timedelta

from grcm_cli.domain.periods import later, parse_period
from grcm_cli.language.lexicon import alternatives, key_of_word
from grcm_cli.times.patterns import (
    MONTHS,
    ORDINALS,
    UNITS,
    Time,
    TimeContext,
    date_or_none,
    day_of,
    excludes_day,
    has_year,
    month_of,
)

_FEASTS = key_of_word("dates.feasts")
"""The day of each year, as `12-25`, by the name of a feast."""
_WEEK = timedelta(days=7)
_LAST, _THIRD = ("last", "última"), 3


def _part_of_month(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return a half or a week of a month: `the first half of December 2003`."""
    year, month = month_of(match, context)
    days = parse_period(f"{year:04}-{month:02}")
    if days is None:
        return None
    (first, last), number = days, ORDINALS[match["o"].lower()]
    is_week = UNITS.get(match["part"].lower()) == "weeks"
    if not is_week and number == _THIRD:
        return None  # a month has two halves
    if is_week and match["o"].lower() in _LAST:
        first = last - _WEEK + timedelta(days=1)
    elif is_week:
        first += (number - 1) * _WEEK
        last = first + _WEEK - timedelta(days=1)
    elif number == 1:
        last = first.replace(day=15)
    else:
        first = first.replace(day=16)
    is_later = last > context.ended and not excludes_day(match[0])
    sure = has_year(match) and not is_week  # which may begin on a Monday
    return Time(f"{first}/{last}", *match.span(), sure) if is_later else None


def _week_of_day(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return the week, from Monday, in which a day is: `the week of 4 October 2027`."""
    day = day_of(match, context)
    if day is None or day <= context.ended:
        return None
    monday = day - timedelta(days=day.weekday())
    sunday = later(monday, 6, "days")
    is_sure = has_year(match) and day == monday
    return Time(f"{monday}/{sunday}", *match.span(), is_sure) if sunday else None


def _span_of_months(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return the days from the first of a month to the last of another, of one year that is named.

    *Between October and May*, without one, may be each year.
    """
    year, month = month_of(match, context)
    period = parse_period(f"{year:04}-{month:02}")
    begin = MONTHS[(match["m1"] or match["m2"]).lower()]
    first = date_or_none(year - (begin > month), begin, 1)
    is_later = period is not None and period[1] > context.ended
    if first is None or period is None or not (is_later and has_year(match)):
        return None
    return Time(f"{first}/{period[1]}", *match.span(), sure=False)


def _span_of_days(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return the days of an event, or days between which something is due."""
    last = day_of(match, context)
    between = match["week"] or match[0].lower().startswith(("entre", "between"))
    if last is None or not (context.holds or between):
        return None
    month = MONTHS[match["m1"].lower()] if match["m1"] else last.month
    first = date_or_none(last.year, month, int(match["d1"]))
    is_later = first is not None and context.ended < first < last
    return Time(f"{first}/{last}", *match.span(), has_year(match)) if is_later else None


def _feast(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return the next day of a feast, or the one before: *before Christmas*."""
    month, _dash, day = _FEASTS[match["feast"].lower()].partition("-")
    years = (context.ended.year, context.ended.year + 1, context.ended.year + 2)
    days = filter(None, (date_or_none(year, int(month), int(day)) for year in years))
    lasts = filter(None, (later(each, -excludes_day(match["how"]), "days") for each in days))
    last = next((each for each in lasts if each > context.ended), None)
    return Time(str(last), *match.span(), sure=False) if last else None


READERS = (
    (r"(?<!\w)(?:<BY>|<IN>|<AROUND>) (?:la |the )?(?P<o><AN_ORDINAL>) "
     r"(?P<part>quincena|mitad|half|fortnight|semana|week) (?:de|of) (?:mes de )?<MONTH>",
     _part_of_month, "half"),
    (r"(?<!\w)(?:<BY>|<IN>|<AROUND>) (?:la |the )?(?:semana|week) "
     r"(?:del?|of|beginning|commencing|que (?:comienza|empieza) el) (?P<day><DAY>)",
     _week_of_day, "figure"),
    (r"(?<!\w)(?:(?:de|between|entre|from) (?P<m1><A_MONTH>) (?:al?|and|to|y) "
     r"|(?P<m2><A_MONTH>)\s?[–-]\s?)<MONTH>",
     _span_of_months, "day"),
    (r"(?P<week>(?<!\w)<IN> (?:la |the )?(?:semana|week) )?"
     r"(?:del?|from|of|entre los días|los días|between|entre el|entre|on|el)?\s*(?P<d1>[0-9]{1,2})"
     r"(?: (?:de )?(?P<m1><A_MONTH>))?\s*(?:al?|y|to|and|–|-|—)\s*(?:el )?(?P<day><DAY>)",
     _span_of_days, "figure"),
    (rf"(?<!\w)(?P<how><BY>) (?P<feast>{alternatives(_FEASTS)})(?!\w)", _feast, ""),
)  # fmt: skip
"""The patterns of these times, each with what reads its matches, and its cues."""
