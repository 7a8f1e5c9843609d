"""Deadlines on a day, or at the end of a month, a part of a year or a year."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from grcm_cli.domain.deadlines import parse_period
from grcm_cli.drafting.dates.said import (
    Said,
    Scene,
    day_said,
    has_month_s_year,
    has_year,
    is_before,
    year_and_month,
)
from grcm_cli.drafting.dates.words import (
    AN_ORDINAL,
    BEFORE,
    BY,
    DAY,
    END,
    MONTH,
    ORDINALS,
    YEAR,
    YEAR_SAID,
)

_THIS = re.compile(
    r"(?:(?:antes\s+de(?:\s+que)?|a|al|by|before)\s+)?(?:fin(?:es|al|ales|alizar|alice)?|termin(?:ar|e)|conclui?r?|concluya|acab(?:ar|e)|cierre|the\s+(?:end|close|turn)|end|close)"
    r"\s*(?:de(?:l)?|of)?\s*(?:el|the|this|este)?\s*(?:presente\s+|current\s+)?(?:año|year)(?:\s+en\s+curso)?(?!\s+(?:[0-9]|pr[oó]xim|siguiente|de\s+[0-9]))(?!\w)"
    r"|before\s+the\s+year\s+is\s+out|(?:en\s+el\s+curso|dentro|antes\s+del\s+fin)\s+del\s+(?:presente|este)\s+año",
    re.IGNORECASE,
)
_BY_DAY = re.compile(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE})\s+(?:el\s+|the\s+|día\s+)*(?P<day>{DAY})", re.IGNORECASE
)
_AROUND = re.compile(
    rf"(?<!\w)(?:a|hacia|para|de\s+aquí\s+a|en|at|around|towards?)\s+(?P<end>{END}){MONTH}{YEAR_SAID}",
    re.IGNORECASE,
)
_THIS_MONTH = re.compile(
    r"(?:antes\s+de|a|by|before)\s+(?:the\s+)?(?:fin(?:es|al)?\s+de(?:l)?|end\s+of\s+(?:the|this))\s*(?:presente\s+)?(?:mes|month)(?!\w)|within\s+the\s+month(?!\s+of)",
    re.IGNORECASE,
)
_WITHIN_MONTH = re.compile(
    rf"(?:within|during|in(?=\s+the\s+month)|en(?=\s+el\s+mes)|dentro\s+de(?:l)?|durante|in\s+the\s+course\s+of|en\s+el\s+curso\s+de(?:l)?)\s+(?:the\s+month\s+of\s+|(?:el\s+)?mes\s+de\s+)?{MONTH}{YEAR_SAID}",
    re.IGNORECASE,
)
_WEEK = re.compile(
    rf"(?P<n>primera|segunda|tercera|última|first|second|third|last)\s+(?:semana|week)\s+(?:de|of|in)\s+{MONTH}{YEAR_SAID}",
    re.IGNORECASE,
)
_DAY_LATEST = re.compile(
    rf"(?:el|on|día)\s+(?P<day>{DAY}),?\s+(?:a\s+más\s+tardar|como\s+máximo|at\s+the\s+latest)",
    re.IGNORECASE,
)
_BY_MONTH = re.compile(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE})\s+(?P<end>{END})?(?:en\s+|in\s+|early\s+|late\s+|mid-|mediados\s+de\s+|mes\s+de\s+|el\s+)*{MONTH}{YEAR_SAID}",
    re.IGNORECASE,
)
_BY_YEAR_END = re.compile(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE}|a|en|at)\s+(?P<end>{END})?{YEAR}(?![0-9-])", re.IGNORECASE
)
_PART = re.compile(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE}|durante|en|during|in|dentro\s+del?|within)?\s*(?P<end>{END})?(?:el|la|the|del)?\s*(?P<o>{AN_ORDINAL})\s+(?:six\s+months|(?P<p>trimestre|semestre|mitad|quarter|half))"
    rf"(?:\s+(?:del?|of)\s*(?:the\s+year\s+|el\s+año\s+|año\s+)?(?P<yy>[0-9]{{4}}|pr[oó]ximo\s+año|next\s+year|presente\s+año|this\s+year|año)?)?",
    re.IGNORECASE,
)
_DURING = re.compile(
    r"(?<!\w)(?:durante|en\s+el\s+(?:trans)?curso\s+de(?:l)?|during|in\s+the\s+course\s+of|over\s+the\s+course\s+of|a\s+lo\s+largo\s+de(?:l)?)\s+(?:el\s+año\s+|el\s+|the\s+year\s+|año\s+)?(?P<yy>(?:19|20)[0-9]{2})(?![0-9–-])",
    re.IGNORECASE,
)


def on_days(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield the deadlines on a day in full, or one whose year is inferred."""
    for match in _BY_DAY.finditer(text, start, end):
        day = day_said(match, scene)
        if day is None or re.match(
            r",?\s+(?:de|of|in)?\s*(?:cada|each|every)\s", text[match.end() :]
        ):
            continue
        if re.match(r"(?:al|hasta|until)\b", match["how"], re.I) and not _may_be_last(text, match):
            continue
        day -= timedelta(days=is_before(match["how"]))
        yield Said(day.isoformat(), match.start(), match.end(), sure=has_year(match))


def at_the_latest(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield the days behind which *a más tardar*, *at the latest* stands."""
    for match in _DAY_LATEST.finditer(text, start, end):
        day = day_said(match, scene)
        if day:
            yield Said(day.isoformat(), match.start(), match.end(), sure=has_year(match))


def _may_be_last(text: str, match: re.Match[str]) -> bool:
    """Tell whether *hasta el 15* ends a time to do something, and not a span of dates."""
    before = text[max(0, match.start() - 60) : match.start()]
    spans = re.search(r"[0-9]\s*(?:de\s+\w+\s*)?(?:de\s+[0-9]{4}\s*)?$", before)
    stays = re.search(
        r"(?:mant|prorrog|prórrog|ejerc|extend|extens|conserv|vigen|continu|segui|sig[au]|keep|remain|serve|hold|run|valid|dur)\w*[^,;]{0,40}$",
        before,
        re.IGNORECASE,
    )
    return not match["how"].lower().startswith("al") and spans is None and stays is None


def by_months(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield the deadlines at the end of a month, or in one of its weeks."""
    for match in _BY_MONTH.finditer(text, start, end):
        if re.match(r"\s*[0-9]{1,2}(?![0-9])", text[match.end() :]):
            continue
        if re.match(r"(?:al|hasta|until)\b", match["how"], re.I):
            continue
        year, month = year_and_month(match, scene)
        if is_before(match["how"]) and not match["end"]:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        yield Said(f"{year:04}-{month:02}", match.start(), match.end(), has_month_s_year(match))
    for pattern in (_AROUND, _WITHIN_MONTH):
        for match in pattern.finditer(text, start, end):
            year, month = year_and_month(match, scene)
            if (year, month) >= (scene.ended.year, scene.ended.month):
                yield Said(f"{year:04}-{month:02}", *match.span(), has_month_s_year(match))
    for match in _THIS_MONTH.finditer(text, start, end):
        yield Said(scene.ended.isoformat()[:7], *match.span(), sure=False)
    for match in _WEEK.finditer(text, start, end):
        year, month = year_and_month(match, scene)
        week = {"primera": 0, "first": 0, "segunda": 1, "second": 1, "tercera": 2, "third": 2}
        first = date(year, month, 1) + timedelta(days=7 * week.get(match["n"].lower(), 3))
        last = first + timedelta(days=6)
        yield Said(f"{first}/{last}", *match.span(), sure=False)


def by_years(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield the deadlines at the end of a year."""
    for match in _THIS.finditer(text, start, end):
        yield Said(f"{scene.ended.year}", match.start(), match.end(), sure=False)
    for match in _BY_YEAR_END.finditer(text, start, end):
        how = match["how"].lower()
        plain = how in ("a", "en", "at")
        if (plain and not match["end"]) or how.startswith(("al", "hasta", "until")):
            continue
        year = int(match["yy"]) - (is_before(how) and not match["end"])
        yield Said(str(year), match.start(), match.end())
    for match in _DURING.finditer(text, start, end):
        yield Said(match["yy"], match.start(), match.end())


def by_parts(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield the deadlines at the end of a quarter or a half of a year."""
    for match in _PART.finditer(text, start, end):
        number = ORDINALS[match["o"].lower()]
        is_half = (match["p"] or "half").lower() in ("semestre", "half", "mitad")
        written = (match["yy"] or "").lower()
        known = re.search(r"(?:en|in|during|durante)\s+([0-9]{4})[\s,]*$", text[: match.start()])
        if known and not written:
            written = known[1]
        if number > (2 if is_half else 4) and match["o"].lower() not in ("último", "last"):
            continue
        number = min(number, 2) if is_half else number
        for year in _years_of_part(written, scene):
            said = f"{year}-{'H' if is_half else 'Q'}{number}"
            period = parse_period(said)
            if period and period[1] > scene.ended:
                yield Said(said, match.start(), match.end(), bool(written))
                break


def _years_of_part(written: str, scene: Scene) -> tuple[int, ...]:
    """Return the years that a part of one may be of, likeliest first."""
    if written.isdigit():
        return (int(written),)
    year = scene.ended.year
    return (
        (year + 1,)
        if written.startswith(("pr", "next")) and "presente" not in written
        else (year, year + 1)
    )
