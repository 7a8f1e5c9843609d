"""How days are said in Spanish and English: for whoever reads `show`, a letter or a page."""

from datetime import date

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
