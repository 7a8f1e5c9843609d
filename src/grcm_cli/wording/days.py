"""How days are said in Spanish and English, and which days a text names."""

import re
from contextlib import suppress
from datetime import date
from functools import cache

_MONTHS: dict[str, tuple[str, ...]] = {
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def long_day(day: date, language: str) -> str:
    """Return a day in words: `15 de enero de 2003`, `15 January 2003`."""
    month = _MONTHS[language][day.month - 1]
    if language == "es":
        return f"{day.day} de {month} de {day.year}"
    return f"{day.day} {month} {day.year}"


def long_span(first: date, last: date, language: str) -> str:
    """Return a meeting's days in words: `29 al 31 de octubre de 2002`, `29–31 October 2002`."""
    if first >= last:
        return long_day(first, language)
    joint = " al " if language == "es" else "–"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{joint}{long_day(last, language)}"
    spaced = joint if language == "es" else " – "
    return f"{long_day(first, language)}{spaced}{long_day(last, language)}"


def days_in(text: str) -> list[date]:
    """Return the days that a text names in full: `15 de enero de 2003`, `15 January 2003`, ISO."""
    found: list[date] = []
    if _DIGIT.search(text) is None:
        return found
    for match in _days().finditer(" ".join(text.split())):
        day, month, year, word, day_after, year_after, iso = match.groups()
        with suppress(ValueError):
            if iso:
                found.append(date.fromisoformat(iso))
            elif day:
                found.append(date(int(year), _month(month), int(day)))
            else:
                found.append(date(int(year_after), _month(word), int(day_after)))
    return found


_DIGIT = re.compile("[0-9]")


@cache
def _days() -> re.Pattern[str]:
    months = "|".join(name for names in _MONTHS.values() for name in names)
    spoken = rf"(?<!\d)(\d{{1,2}})º? (?:de )?({months})(?: del?| del año)?,? (\d{{4}})"
    american = rf"({months}) (\d{{1,2}}), (\d{{4}})"
    return re.compile(rf"{spoken}|{american}|(?<!\d)(\d{{4}}-\d\d-\d\d)(?!\d)", re.IGNORECASE)


def _month(name: str) -> int:
    lower = name.lower()
    for names in _MONTHS.values():
        for number, known in enumerate(names, 1):
            if known.lower() == lower:
                return number
    raise ValueError(name)
