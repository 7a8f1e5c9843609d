"""Duties that come back: *every year by 30 November*, *en cada reunión*."""

import re
from collections.abc import Iterator

from grcm_cli.drafting.dates.said import (
    Said,
    Scene,
    has_before,
    is_before,
    month_and_day,
    number_said,
)
from grcm_cli.drafting.dates.words import A_NUMBER, A_UNIT, BEFORE, BY, DAY, UNITS

_EVERY = re.compile(
    rf"(?:al\s+(?:término|final|cierre)\s+de\s+|at\s+the\s+end\s+of\s+)?(?:cada|every|each|todos\s+los)\s+(?:(?P<n>{A_NUMBER}|[0-9]+)\s+)?(?P<u>{A_UNIT})(?!\w)(?:,?\s+(?:{BY}|{BEFORE}|on|el|in)\s+(?:the\s+)?(?P<day>{DAY}))?",
    re.IGNORECASE,
)
_BY_YEAR = re.compile(
    rf"(?P<how>{BY}|{BEFORE}|on|el)\s+(?:el\s+|the\s+)?(?P<day>{DAY}),?\s+(?:(?:de|of|in)\s+)?(?:cada|each|every)\s+(?:año|year|calendar\s+year)",
    re.IGNORECASE,
)
_ADVERBS = (
    (
        r"anualmente|una\s+vez\s+al\s+año|annually|yearly|once\s+a\s+year|con\s+periodicidad\s+anual|por\s+año|al\s+año|per\s+year|on\s+an\s+annual\s+basis",
        "every year",
    ),
    (
        r"semestralmente|dos\s+veces\s+al\s+año|twice\s+a\s+year|con\s+periodicidad\s+semestral|every\s+half-?year|semi-annually|biannually",
        "every 6 months",
    ),
    (
        r"trimestralmente|con\s+periodicidad\s+trimestral|quarterly|on\s+a\s+quarterly\s+basis",
        "every 3 months",
    ),
    (
        r"mensualmente|una\s+vez\s+al\s+mes|mes\s+a\s+mes|monthly|on\s+a\s+monthly\s+basis|con\s+periodicidad\s+mensual",
        "every month",
    ),
    (r"bienalmente|cada\s+bienio|biennially|con\s+periodicidad\s+bienal", "every 2 years"),
)
_ADVERB = [
    (
        re.compile(
            rf"(?<!\w)(?:{words})(?!\w)(?!\s+[a-záéíóúñ])(?=[\s,.;:]|$)|(?<!\w)(?:{words})(?=\s+(?:a|al|el|la|los|las|to|the|on|with|sobre|un|una|de)\s)",
            re.I,
        ),
        due,
    )
    for words, due in _ADVERBS
]
_EACH_MEETING = re.compile(
    r"(?:en|at|to|a)\s+(?:cada|each|every)\s+(?:una\s+de\s+)?(?:(?:sus|its|las|the|regular|ordinary)\s+)*(?:reunión|reuniones|sesión|sesiones|período\s+de\s+sesiones|meeting|session|asamblea|assembly)(?:\s+ordinaria)?",
    re.IGNORECASE,
)
_THEN_BY = re.compile(
    rf",?\s+(?:{BY}|{BEFORE}|on|el)\s+(?:el\s+|the\s+)?(?P<day>{DAY})", re.IGNORECASE
)


def recurring(text: str, start: int, end: int, scene: Scene) -> Iterator[Said]:
    """Yield the duties that come back."""
    for match in _BY_YEAR.finditer(text, start, end):
        month_day = month_and_day(match, back=is_before(match["how"]))
        if month_day:
            yield Said(f"every year on {month_day}", match.start(), match.end())
    for match in _EVERY.finditer(text, start, end):
        size, _space, unit = UNITS[match["u"].lower()].rpartition(" ")
        count = number_said(match["n"] or "1") * int(size or 1)
        if (unit == "days" and not match["n"]) or not count:
            continue
        if (unit, count) == ("years", 1) and match["day"]:
            month_day = month_and_day(match, back=has_before(match[0]))
            yield Said(f"every year on {month_day}" if month_day else "every year", *match.span())
        else:
            yield Said(
                f"every {count} {unit}" if count > 1 else f"every {unit[:-1]}", *match.span()
            )
    for pattern, due in _ADVERB:
        for match in pattern.finditer(text, start, end):
            by = _THEN_BY.match(text, match.end()) if due == "every year" else None
            month_day = month_and_day(by, back=has_before(by[0])) if by else ""
            yield Said(
                f"{due} on {month_day}" if month_day else due, match.start(), (by or match).end()
            )
    for match in _EACH_MEETING.finditer(text, start, end):
        body = scene.body_after(match.start(), min(end, match.end() + 60)) or scene.body
        yield Said(f"every {body}", *match.span())
