"""Deadlines on a day, at the end of a month, of a part of a year or of a year, and of events."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from grcm_cli.domain.deadlines import parse_period
from grcm_cli.drafting.dates.patterns import (
    A_MONTH,
    AN_ORDINAL,
    BEFORE,
    BY,
    DAY,
    END,
    MONTH,
    MONTHS,
    ORDINALS,
    YEAR,
    YEAR_OF,
    DeadlineContext,
    date_or_none,
    day_of,
    excludes_day,
    has_year,
    has_year_of_month,
    month_of,
    year_of,
)
from grcm_cli.drafting.mandate import DraftDeadline
from grcm_cli.language.lexicon import phrase_regex

_UNTIL = re.compile(r"(?:al|hasta|until)\b", re.IGNORECASE)

# --- days ----------------------------------------------------------------------------------------

_BY_DAY = phrase_regex(rf"(?<!\w)(?P<how>{BY}|{BEFORE}) (?:el |the |día )*(?P<day>{DAY})")
_DAY_AT_LATEST = phrase_regex(
    rf"(?:el|on|día) (?P<day>{DAY}),? (?:a más tardar|como máximo|at the latest)"
)
_OF_EACH = phrase_regex(r",? (?:de|of|in)?\s*(?:cada|each|every) ")
_END_OF_SPAN = phrase_regex(r"[0-9]\s*(?:de \w+\s*)?(?:de [0-9]{4}\s*)?$")
_LASTING = re.compile(
    r"(?:mant|prorrog|prórrog|ejerc|extend|extens|conserv|vigen|continu|segui|sig[au]"
    r"|keep|remain|serve|hold|run|valid|dur)\w*[^,;]{0,40}$",
    re.IGNORECASE,
)


def find_days(text: str, start: int, end: int, context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield the deadlines on a day in full, or one whose year is inferred."""
    for match in _BY_DAY.finditer(text, start, end):
        day = day_of(match, context)
        if day is None or _OF_EACH.match(text[match.end() :]):
            continue
        if _UNTIL.match(match["how"]) and not _may_be_last(text, match):
            continue
        day -= timedelta(days=excludes_day(match["how"]))
        yield DraftDeadline(day.isoformat(), *match.span(), has_year(match))


def find_days_at_latest(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    """Yield the days before *a más tardar* or *at the latest*."""
    for match in _DAY_AT_LATEST.finditer(text, start, end):
        day = day_of(match, context)
        if day:
            yield DraftDeadline(day.isoformat(), *match.span(), has_year(match))


def _may_be_last(text: str, match: re.Match[str]) -> bool:
    """Tell whether *hasta el 15* ends a time to do something, and not a span of dates."""
    before = text[max(0, match.start() - 60) : match.start()]
    is_span = match["how"].lower().startswith("al") or _END_OF_SPAN.search(before)
    return not is_span and _LASTING.search(before) is None


# --- months --------------------------------------------------------------------------------------

_BY_MONTH = phrase_regex(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE}) (?P<end>{END})?"
    rf"(?:en |in |early |late |mid-|mediados de |mes de |el )*{MONTH}{YEAR_OF}"
)
_AROUND_MONTH = phrase_regex(
    rf"(?<!\w)(?:a|hacia|para|de aquí a|en|at|around|towards?) (?P<end>{END}){MONTH}{YEAR_OF}"
)
_WITHIN_MONTH = phrase_regex(
    r"(?:within|during|in(?= the month)|en(?= el mes)|dentro de(?:l)?|durante|in the course of"
    r"|en el curso de(?:l)?) (?:the month of |(?:el )?mes de )?" + MONTH + YEAR_OF
)
_THIS_MONTH = phrase_regex(
    r"(?:antes de|a|by|before) (?:the )?(?:fin(?:es|al)? de(?:l)?|end of (?:the|this))\s*"
    r"(?:presente )?(?:mes|month)(?!\w)|within the month(?! of)"
)
_WEEK = phrase_regex(
    r"(?P<n>primera|segunda|tercera|última|first|second|third|last) (?:semana|week) (?:de|of|in) "
    + MONTH
    + YEAR_OF
)
_WEEKS = {"primera": 0, "first": 0, "segunda": 1, "second": 1, "tercera": 2, "third": 2}
_DAY_FOLLOWS = re.compile(r"\s*[0-9]{1,2}(?![0-9])")


def find_months(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    """Yield the deadlines at the end of a month, or in one of its weeks."""
    for match in _BY_MONTH.finditer(text, start, end):
        if _DAY_FOLLOWS.match(text[match.end() :]) or _UNTIL.match(match["how"]):
            continue
        year, month = month_of(match, context)
        if excludes_day(match["how"]) and not match["end"]:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        yield DraftDeadline(f"{year:04}-{month:02}", *match.span(), has_year_of_month(match))
    for pattern in (_AROUND_MONTH, _WITHIN_MONTH):
        for match in pattern.finditer(text, start, end):
            year, month = month_of(match, context)
            if (year, month) >= (context.ended.year, context.ended.month):
                due = f"{year:04}-{month:02}"
                yield DraftDeadline(due, *match.span(), has_year_of_month(match))
    for match in _THIS_MONTH.finditer(text, start, end):
        yield DraftDeadline(context.ended.isoformat()[:7], *match.span(), sure=False)
    for match in _WEEK.finditer(text, start, end):
        week = _WEEKS.get(match["n"].lower(), 3)
        first = date(*month_of(match, context), 1) + timedelta(days=7 * week)
        yield DraftDeadline(f"{first}/{first + timedelta(days=6)}", *match.span(), sure=False)


# --- years ---------------------------------------------------------------------------------------

_THIS_YEAR = phrase_regex(
    r"(?:(?:antes de(?: que)?|a|al|by|before) )?(?:fin(?:es|al|ales|alizar|alice)?|termin(?:ar|e)"
    r"|conclui?r?|concluya|acab(?:ar|e)|cierre|the (?:end|close|turn)|end|close)"
    r"\s*(?:de(?:l)?|of)?\s*(?:el|the|this|este)?\s*(?:presente |current )?(?:año|year)"
    r"(?: en curso)?(?! (?:[0-9]|pr[oó]xim|siguiente|de [0-9]))(?!\w)|before the year is out"
    r"|(?:en el curso|dentro|antes del fin) del (?:presente|este) año"
)
_BY_YEAR_END = phrase_regex(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE}|a|en|at) (?P<end>{END})?{YEAR}(?![0-9-])"
)
_DURING_YEAR = phrase_regex(
    r"(?<!\w)(?:durante|en el (?:trans)?curso de(?:l)?|during|in the course of"
    r"|over the course of|a lo largo de(?:l)?) (?:el año |el |the year |año )?"
    r"(?P<yy>(?:19|20)[0-9]{2})(?![0-9–-])"
)
_PART_OF_YEAR = phrase_regex(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE}|durante|en|during|in|dentro del?|within)?\s*(?P<end>{END})?"
    rf"(?:el|la|the|del)?\s*(?P<o>{AN_ORDINAL}) "
    r"(?:six months|(?P<p>trimestre|semestre|mitad|quarter|half))"
    r"(?: (?:del?|of)\s*(?:the year |el año |año )?"
    r"(?P<yy>[0-9]{4}|pr[oó]ximo año|next year|presente año|this year|año)?)?"
)
_YEAR_BEFORE = phrase_regex(r"(?:en|in|during|durante) ([0-9]{4})[\s,]*$")


def find_years(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    """Yield the deadlines at the end of a year."""
    for match in _THIS_YEAR.finditer(text, start, end):
        yield DraftDeadline(f"{context.ended.year}", *match.span(), sure=False)
    for match in _BY_YEAR_END.finditer(text, start, end):
        how = match["how"].lower()
        without_end = how in ("a", "en", "at") and not match["end"]
        if without_end or how.startswith(("al", "hasta", "until")):
            continue
        year = int(match["yy"]) - (excludes_day(how) and not match["end"])
        yield DraftDeadline(str(year), *match.span())
    for match in _DURING_YEAR.finditer(text, start, end):
        yield DraftDeadline(match["yy"], *match.span())


def find_parts_of_years(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    """Yield the deadlines at the end of a quarter or a half of a year."""
    for match in _PART_OF_YEAR.finditer(text, start, end):
        number = ORDINALS[match["o"].lower()]
        is_half = (match["p"] or "half").lower() in ("semestre", "half", "mitad")
        written = (match["yy"] or "").lower()
        known = _YEAR_BEFORE.search(text[: match.start()])
        if known and not written:
            written = known[1]
        if number > (2 if is_half else 4) and match["o"].lower() not in ("último", "last"):
            continue
        part = f"H{min(number, 2)}" if is_half else f"Q{number}"
        for year in _years_of_part(written, context):
            due = f"{year}-{part}"
            period = parse_period(due)
            if period and period[1] > context.ended:
                yield DraftDeadline(due, *match.span(), bool(written))
                break


def _years_of_part(written: str, context: DeadlineContext) -> tuple[int, ...]:
    """Return the years that a part of one may be of, likeliest first."""
    if written.isdigit():
        return (int(written),)
    year = context.ended.year
    is_next = written.startswith(("pr", "next")) and "presente" not in written
    return (year + 1,) if is_next else (year, year + 1)


# --- events --------------------------------------------------------------------------------------

_SPAN = phrase_regex(
    r"(?:del?|from|los días|between|entre el|on|el)?\s*(?P<d1>[0-9]{1,2})"
    rf"(?: (?:de )?(?P<m1>{A_MONTH}))?\s*(?:al?|y|to|and|–|-|—)\s*(?:el )?(?P<day>{DAY})"
)
_ON_DAY = phrase_regex(rf"(?:el|on|for|para el) (?:día |the )?(?P<day>{DAY})")
_IN_MONTH = phrase_regex(
    r"(?:en|in|during|durante) (?:(?:el mes de|the month of|early|late|mid-)\s*)?" + MONTH
)
_IN_YEAR = phrase_regex(
    r"(?:en|in) (?:el (?:año )?|the year )?(?P<yy>(?:19|20)[0-9]{2})(?![0-9–-])"
)
_AT_THE_END = re.compile(r"\s*(?:[.;]|$)")


def find_events(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    """Yield the days of what the duty is to hold, and spans of days for anything."""
    yield from _spans_of_days(text, start, end, context)
    for found in _days_of_event(text, start, end, context):
        # "enviar el texto en abril de 2003": at the end, it is when to do it.
        if context.holds:
            yield found
        elif _AT_THE_END.match(text, found.end) and found.end - start > 20:
            yield found._replace(sure=False)


def _spans_of_days(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    for match in _SPAN.finditer(text, start, end):
        last = day_of(match, context)
        is_time = context.holds or match[0].lower().startswith(("entre", "between"))
        if last is None or not is_time:
            continue
        month = MONTHS[match["m1"].lower()] if match["m1"] else last.month
        first = date_or_none(last.year, month, int(match["d1"]))
        if first and context.ended < first < last:
            yield DraftDeadline(f"{first}/{last}", *match.span())


def _days_of_event(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    """Yield the day, the month or the year of an event."""
    for match in _ON_DAY.finditer(text, start, end):
        day = day_of(match, context)
        if day and day > context.ended:
            yield DraftDeadline(day.isoformat(), *match.span(), has_year(match))
    for match in _IN_MONTH.finditer(text, start, end):
        month = MONTHS[match["pm"].lower()]
        year = int(match["py"]) if match["py"] else year_of(month, 28, context)
        if (year, month) > (context.ended.year, context.ended.month):
            yield DraftDeadline(f"{year:04}-{month:02}", *match.span(), bool(match["py"]))
    for match in _IN_YEAR.finditer(text, start, end):
        if int(match["yy"]) > context.ended.year:
            yield DraftDeadline(match["yy"], *match.span())
