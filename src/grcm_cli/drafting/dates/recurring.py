"""Deadlines that recur: every so often, on a day of each year, at each meeting of a body."""

import re
from collections.abc import Iterator

from grcm_cli.drafting.dates.patterns import (
    A_NUMBER,
    A_UNIT,
    BEFORE,
    BY,
    DAY,
    UNITS,
    DeadlineContext,
    DraftDeadline,
    day_of_each_year,
    excludes_day,
    has_before,
    number_of,
)
from grcm_cli.language.lexicon import all_phrases, lexicons_with, phrase_regex

_EVERY = phrase_regex(
    r"(?:al (?:término|final|cierre) de |at the end of )?(?:cada|every|each|todos los) "
    rf"(?:(?P<n>{A_NUMBER}|[0-9]+) )?(?P<u>{A_UNIT})(?!\w)"
    rf"(?:,? (?:{BY}|{BEFORE}|on|el|in) (?:the )?(?P<day>{DAY}))?"
)
_EVERY_YEAR_BY = phrase_regex(
    rf"(?P<how>{BY}|{BEFORE}|on|el) (?:el |the )?(?P<day>{DAY}),? (?:(?:de|of|in) )?"
    r"(?:cada|each|every) (?:año|year|calendar year)"
)
_THEN_BY = phrase_regex(rf",? (?:{BY}|{BEFORE}|on|el) (?:el |the )?(?P<day>{DAY})")
_EVERY_MEETING = phrase_regex(
    r"(?:en|at|to|a) (?:cada|each|every) (?:una de )?(?:(?:sus|its|las|the|regular|ordinary) )*"
    r"(?:reunión|reuniones|sesión|sesiones|período de sesiones|meeting|session|asamblea|assembly)"
    r"(?: ordinaria)?"
)


def _adverbs() -> Iterator[tuple[re.Pattern[str], str]]:
    """Yield a pattern of the adverbs for each recurrence, and how `due` writes it."""
    tables = [one.mapping("dates.recurring") for one in lexicons_with("dates.recurring")]
    for due in dict.fromkeys(due for table in tables for due in table):
        words = all_phrases(f"dates.recurring.{due}")
        article = "(?= (?:a|al|el|la|los|las|to|the|on|with|sobre|un|una|de) )"
        is_last = r"(?! [a-záéíóúñ])(?=[\s,.;:]|$)"
        yield phrase_regex(rf"(?<!\w){words}(?!\w)(?:{is_last}|{article})"), due


_ADVERBS = list(_adverbs())


def find_recurring(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield what recurs: *every year by 30 November*, *en cada reunión*."""
    for match in context.matches(_EVERY_YEAR_BY):
        day = day_of_each_year(match, excluded=excludes_day(match["how"]))
        if day:
            yield DraftDeadline(f"every year on {day}", *match.span())
    for match in context.matches(_EVERY):
        size, _space, unit = UNITS[match["u"].lower()].rpartition(" ")
        count = number_of(match["n"] or "1") * int(size or 1)
        if (unit == "days" and not match["n"]) or not count:
            continue
        due = f"every {count} {unit}" if count > 1 else f"every {unit[:-1]}"
        yield DraftDeadline(_on_day(due, match if match["day"] else None), *match.span())
    for pattern, due in _ADVERBS:
        for match in context.matches(pattern):
            by = _THEN_BY.match(context.text, match.end()) if due == "every year" else None
            yield DraftDeadline(_on_day(due, by), match.start(), (by or match).end())
    for match in context.matches(_EVERY_MEETING):
        body = context.body_after(match.start(), min(context.end, match.end() + 60)) or context.body
        yield DraftDeadline(f"every {body}", *match.span())


def _on_day(due: str, match: re.Match[str] | None) -> str:
    """Return what recurs with its day of the year, if it is once a year and one is named."""
    if match is None or due != "every year":
        return due
    day = day_of_each_year(match, excluded=has_before(match[0]))
    return f"{due} on {day}" if day else due
