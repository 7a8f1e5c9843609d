"""Days: writing them in words in each language, and finding them in a text of any of these."""

import re
from contextlib import suppress
from datetime import date
from functools import cache
from typing import NamedTuple

from grcm_cli.language.text import N_, fold_words, in_language, word_file

_MONTH_LINES = (line.partition(":") for line in word_file("months.txt").splitlines())
_MONTH_NAMES = {language: names.split() for language, colon, names in _MONTH_LINES if colon}
_NUMBERED = [pair for names in _MONTH_NAMES.values() for pair in enumerate(names, 1)]
MONTHS = {form: number for number, name in _NUMBERED for form in (name.lower(), fold_words(name))}
"""The number of each month by its name in each language, in small letters, also without accents."""
ANY_MONTH = "|".join(MONTHS)
"""For a pattern in which case does not matter: the name of a month in any of these languages."""
_NUMBER = re.compile("([0-9](?:[0-9]?(?![0-9])|[0-9]{3}-|[0-9]+))")
"""Where a day may begin: tried there alone, it takes a tenth of the time."""
_WORD_AND_NUMBER = re.compile(rf"(?:[^\W\d_]{{3,10}}\s+)?{_NUMBER.pattern}")
_MONTH_FIRST = re.compile(r"[0-9],?\s+[0-9]{4}")
"""What is in a day that begins with its month: `January 15, 2003`."""
_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def long_day(day: date, language: str) -> str:
    """Return a day in words: `15 de enero de 2003`, `15 January 2003`."""
    message = in_language(N_("{day} {month} {year}"), language)
    name = month_name(day.month, language)
    return message.format(day=_number_of_day(day.day, language), month=name, year=day.year)


def long_span(first: date, last: date, language: str) -> str:
    """Return days in words: `29 al 31 de octubre de 2002`; of two, `29 y 30 de octubre de 2002`."""
    if first >= last:
        return long_day(first, language)
    pair, stretch, start = N_("{first} – {next}"), N_("{first} – {last}"), long_day(first, language)
    if first.year == last.year:
        start = day_of_year(first.month, first.day, language)
        if first.month == last.month:
            pair, stretch = N_("{first}–{next}"), N_("{first}–{last}")
            start = _number_of_day(first.day, language)
    message, end = pair if (last - first).days == 1 else stretch, long_day(last, language)
    return in_language(message, language).format(first=start, last=end, next=end)


def long_month(year: int, month: int, language: str) -> str:
    """Return a month of a year in words: `enero de 2003`, `January 2003`."""
    message = in_language(N_("{month} {year}"), language)
    return message.format(month=month_name(month, language), year=year)


def month_name(month: int, language: str) -> str:
    """Return the name of a month, from 1 to 12."""
    return _MONTH_NAMES[language][month - 1]


def day_of_year(month: int, day: int, language: str) -> str:
    """Return a day of each year in words: `31 de mayo`, `31 May`."""
    message = in_language(N_("{day} {month}"), language)
    return message.format(day=_number_of_day(day, language), month=month_name(month, language))


def _number_of_day(day: int, language: str) -> str:
    """Return the number of a day; the first of a month has its own: `1er mars`."""
    return in_language(N_("1"), language) if day == 1 else str(day)


class Span(NamedTuple):
    """Days that a text names as one stretch: `29 al 31 de octubre de 2002`."""

    first: date
    last: date
    start: int  # where its words begin
    end: int


def spans_in(text: str) -> list[Span]:
    """Return the stretches of days that a text names in full, a single day as one of its own."""
    spans: list[Span] = []
    end = 0
    for begin in (_WORD_AND_NUMBER if _MONTH_FIRST.search(text) else _NUMBER).finditer(text):
        places = (place for place in sorted({begin.start(), begin.start(1)}) if place >= end)
        match = next(filter(None, (_spans().match(text, place) for place in places)), None)
        end = match.end() if match else end
        with suppress(ValueError, KeyError):
            first, last = _ends(match) if match else (date.max, date.min)
            if match and first <= last:
                spans.append(Span(first, last, *match.span()))
    return spans


@cache
def _spans() -> re.Pattern[str]:
    month = f"(?:{ANY_MONTH})"
    day = r"[0-9]{1,2}(?:\.?[º°]|st|nd|rd|th|er)?"
    of_week = r"(?:mi[eé]rcoles|jueves|s[áa]bado|dom\w+|\w+(?:nes|tes|day|di|-feira)),?\s+"
    joint = r"\s*(?:[-–—,]|\b(?:al?|y|e|to|and|et|aux?|ao|às?)\b)\s*(?:(?:el|le|de|dia)\s+)?"
    joint += f"(?:{of_week})?"
    iso_day = "[0-9]{4}-[01][0-9]-[0-3][0-9]"
    iso = rf"(?P<i1>{iso_day})(?:\s*(?:–|/|\ba\b|\bal\b|\bto\b|\s-\s)\s*(?P<i2>{iso_day}))?"
    year = r"(?:\s+de[l]?|,)?(?:\s+año)?\s+(?P<y{0}>[0-9]{{4}})"
    spoken = (
        rf"(?:(?P<d1>{day})(?:\s+(?:de\s+)?(?P<m1>{month})(?:{year.format(1)})?)?"
        rf"(?:{joint}{day}){{0,30}}?{joint})?"
        rf"(?P<d2>{day})\s+(?:de\s+|of\s+)?(?P<m2>{month}){year.format(2)}"
    )
    american = (
        rf"(?<![^\W\d_])(?P<m4>{month})\s+(?P<d4>{day})"
        rf"(?:{joint}(?:(?P<m5>{month})\s+)?(?P<d5>{day}))?,?\s+(?P<y4>[0-9]{{4}})"
    )
    roman = r"(?P<d6>[0-9]{1,2})(?P<sign>[/.-])(?P<m6>[IVX]{1,4})(?P=sign)(?P<y6>[0-9]{4})"
    # 14 al 17/04/2026
    figures = rf"(?P<d7>{day}){joint}(?P<d8>[0-9]{{1,2}})/(?P<m8>[0-9]{{1,2}})/(?P<y8>[0-9]{{4}})"
    forms = f"{spoken}|{american}|{iso}|{roman}|{figures}"
    return re.compile(rf"(?<!\d)(?:{forms})(?!\d)", re.IGNORECASE)


def _ends(match: re.Match[str]) -> tuple[date, date]:
    """Return the first and the last day of a match. Raises ValueError or KeyError for no day."""
    get = match.groupdict().get
    if get("i1"):
        return date.fromisoformat(match["i1"]), date.fromisoformat(get("i2") or match["i1"])
    if get("d6"):  # 17/XII/1991
        day = date(int(match["y6"]), _ROMAN_MONTHS.index(match["m6"].upper()) + 1, int(match["d6"]))
        return day, day
    if get("d7"):
        last = date(int(match["y8"]), int(match["m8"]), int(match["d8"]))
        return last.replace(day=_number(match["d7"])), last
    if get("m4"):
        first = date(int(match["y4"]), MONTHS[match["m4"].lower()], _number(match["d4"]))
        month = MONTHS[(get("m5") or match["m4"]).lower()]
        return first, date(first.year, month, _number(get("d5") or match["d4"]))
    last = date(int(match["y2"]), MONTHS[match["m2"].lower()], _number(match["d2"]))
    year, month = int(get("y1") or last.year), MONTHS[(get("m1") or match["m2"]).lower()]
    return date(year, month, _number(get("d1") or match["d2"])), last


def _number(written: str) -> int:
    return int("".join(re.findall("[0-9]", written)))
