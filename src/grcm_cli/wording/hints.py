"""Words of Spanish and English: how days are said, which words lay down duties and deadlines."""

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


# --- what a text says: words of duties and of deadlines, in both languages -----------------------

_DUTY = (
    # Infinitive and present, with or without the pronoun that carries the addressee; a past form
    # (“instaron”) reports what others did, and nouns (“invitación”) ask nobody.
    r"(?:encomend|instru|solicit|comision|encarg|inst|exhort|invit|alent|recomend)"
    r"(?:ar|ir|ando|ándo|yendo|yéndo|á)(?:la|le|lo|las|les|los)\b",
    r"(?:encomendar|encomienda|instruir|instruye|comisionar|comisiona|encargar|encarga|instar|insta"
    r"|exhortar|exhorta|alentar|alienta) (?:a|al|que)\b",
    r"(?:solicitar|solicita|invitar|invita|recomendar|recomienda) (?:a|al|que)\b",
    r"(?:deber|presentar|organizar|enviar|elaborar|remitir|entregar|informar|convocar|circular"
    r"|preparar|designar|facilitar)(?:á|án)\b",
    r"(?<!the )(?<!a )(?<!at )(?<!their )(?<!its )(?<!this )"
    r"(?:requests?|directs?|instructs?|urges?|encourages?|calls? (?:up)?on)(?= )(?! for\b)"
    r"(?= (?:the|each|all|its|member|every|those)\b)",
    r"shall(?= (?:be )?\w+)",
    r"(?:agreed|decided|agrees|decides) that (?:\w+ ){1,6}(?:will|shall)\b",
)
_DEADLINE = (
    r"a más tardar",
    r"antes del? (?:\d|fin|mes|final|próxim)",
    r"hasta el \d",
    r"(?:en|dentro de) (?:un|el) plazo",
    r"(?:en|dentro de) los próximos \w+ (?:días|semanas|meses|años)",
    r"durante el (?:primer|segundo|tercer|cuarto|último) (?:trimestre|semestre|bimestre)",
    r"(?:en|para) (?:la|su) (?:próxima|siguiente) reunión",
    r"(?:no|not) later than",
    r"by (?:the end of|\d{1,2} \w+ \d{4}|(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December) )",
    r"within (?:\d+|thirty|sixty|ninety) (?:days|weeks|months)",
    r"before (?:the end of|\d{1,2} \w+ \d{4})",
    r"(?:at|by) (?:its|the|their) next (?:meeting|session)",
    r"in the (?:first|second|third|fourth|last) (?:quarter|half)",
)


# Every match of a duty holds one of these; looking for them is ten times as fast as the pattern.
_DUTY_CUES = (
    *("encomend", "encomiend", "instruir", "instruy", "solicita", "comisiona", "encarga", "instar"),
    *("insta ", "instando", "instánd", "exhorta", "invitar", "invita ", "invitand", "invitánd"),
    *("alent", "alient", "recomendar", "recomiend", "recomendand", "recomendánd", "rá", "request"),
    *("direct", "instruct", "urge", "encourage", "call", "shall", "agree", "decide"),
)


@cache
def _pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(parts) + ")", re.IGNORECASE)


def duty_words(text: str) -> str:
    """Return the first words of a text that lay a duty on somebody, or nothing."""
    lower = text.lower()
    for cue in _DUTY_CUES:
        if cue in lower:
            break
    else:
        return ""
    match = _pattern(_DUTY).search(" ".join(text.split()))
    return match[0] if match else ""


def deadline_words(text: str) -> str:
    """Return the first words of a text that set a deadline, or nothing."""
    match = _pattern(_DEADLINE).search(" ".join(text.split()))
    return match[0] if match else ""


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
