"""Deadlines that recur: every so often, on a day of each year, at each meeting of a body."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from grcm_cli.drafting.dates.patterns import (
    A_NUMBER,
    A_UNIT,
    BEFORE,
    BY,
    DAY,
    END,
    MONTH,
    DeadlineContext,
    DraftDeadline,
    day_of_each_year,
    excludes_day,
    has_before,
    month_of,
    span_of,
    time_regex,
)
from grcm_cli.language.lexicon import all_phrases, alternatives, lexicons_with

_EACH_YEAR = (
    r",? (?:(?:(?:de|of|in) )?(?:cada|each|every) (?:año|calendar year|year)"
    rf"|{all_phrases('dates.recurring.every year')})(?!\w)"
)
_EVERY = time_regex(
    r"(?:al (?:término|final|cierre) de |at the end of )?(?:cada|every|each|todos los) "
    rf"(?:(?P<n>{A_NUMBER}|[0-9]+) )?(?P<u>{A_UNIT})(?!\w)"
    rf"(?:,? (?:{BY}|{BEFORE}|on|el|in) (?:the )?(?P<day>{DAY}))?"
)
_OF = re.compile(r"\b(?:de|del|of|after|before)\s*$", re.IGNORECASE)
"""Before what only tells how often something else is: *the end of* each quarter."""
_BELONGING = re.compile(rf"\b{all_phrases('dates.belonging')}\s+$", re.IGNORECASE)
"""Before the time of a thing: *la cuota correspondiente* al año."""
_YEARLY_DAYS = (
    time_regex(
        rf"(?<!\w)(?:(?P<how>{BY}|{BEFORE}|on|el) )?(?:el |the )?(?P<day>{DAY}){_EACH_YEAR}"
    ),
    time_regex(rf"(?<!\w)(?P<how>)(?:cada|every|each) (?P<day>{DAY})"),
)
_MONTH_THAT_RECURS = (
    rf"(?P<how>{BY}|{BEFORE}|a|en|in|at|durante|during) (?P<end>{END})?"
    rf"(?:el mes de |the month of )?{MONTH}(?!\w)"
)
_YEARLY_MONTHS = (
    time_regex(rf"(?<!\w){_MONTH_THAT_RECURS}{_EACH_YEAR}"),
    time_regex(rf"(?<!\w){_EACH_YEAR.removeprefix(',? ')},? {_MONTH_THAT_RECURS}"),
)
_THEN_BY = time_regex(rf",? (?:{BY}|{BEFORE}|on|el) (?:el |the )?(?P<day>{DAY})")
_EVERY_MEETING = time_regex(
    r"(?:en|at|to|a) (?:cada|each|every) (?:una de )?(?:(?:sus|its|las|the) )*"
    rf"(?:{all_phrases('dates.regularity')} )?"
    rf"(?:{all_phrases('dates.meetings')}|{all_phrases('dates.several_meetings')})(?!\w)"
    rf"(?: {all_phrases('dates.regularity')}(?!\w))?"
)
_LATER_MEETINGS = time_regex(
    r"(?:en|at|to|a|in) (?:(?:los|las|sus|its|the|their) )?"
    rf"{all_phrases('dates.each_next')} (?:(?:los|las|sus|its|the|their) )?"
    rf"(?:{all_phrases('dates.regularity')} )?{all_phrases('dates.several_meetings')}(?!\w)"
)


def _words_by_recurrence(table: str) -> tuple[list[str], str]:
    """Return how `due` writes each recurrence of a table, and a pattern of the words for all.

    The words for the first are in the group `r0`, those for the second in `r1`, and so on.
    """
    tables = [one.mapping(table) for one in lexicons_with(table)]
    dues = list(dict.fromkeys(due for words in tables for due in words))
    groups = (f"(?P<r{at}>{all_phrases(f'{table}.{due}')})" for at, due in enumerate(dues))
    return dues, alternatives(groups)


_ADVERB_DUES, _ADVERB = _words_by_recurrence("dates.recurring")
_NO_YEAR = r"(?! (?:de |del |of )?(?:19|20)[0-9]{2}(?!\w))"
"""No year follows, which is that of a thing: *los datos relativos al año 2003*."""
_ADVERBS = time_regex(
    rf"(?<!\w){_ADVERB}(?!\w){_NO_YEAR}(?:(?! [a-záéíóúñ])(?=[\s,.;:]|$)"
    "|(?= (?:a|al|and|by|con|de|e|el|la|las|los|on|por|sobre|the|to|un|una|with|y) ))"
)
_FIRST = time_regex(
    rf"[,;(] ?(?P<first>{all_phrases('dates.first_of')} (?:[^.;]{{0,60}}? )??(?P<day>{DAY}))"
)
_PAPER_DUES, _PAPER_ADJECTIVE = _words_by_recurrence("dates.recurring_papers")
_PAPER = all_phrases("dates.papers")
_DEFINITE = (
    rf"(?<!\w)(?:(?P<definite>{all_phrases('dates.definite')}) (?:{all_phrases('dates.next')} )?)?"
)
_PAPERS = (
    time_regex(rf"{_DEFINITE}{_PAPER} (?:\w+ )?{_PAPER_ADJECTIVE}(?!\w)"),
    time_regex(rf"{_DEFINITE}{_PAPER_ADJECTIVE} (?:\w+ )?{_PAPER}(?!\w)"),
)


def find_recurring(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield what recurs: *every year by 30 November*, *en cada reunión*."""
    yield from _on_a_day(context)
    for match in context.matches(_EVERY):
        span = span_of(match["n"] or "1", match["u"])
        if span is None or (span[1] == "days" and not match["n"]):
            continue
        count, unit = span
        due = f"every {count} {unit}" if count > 1 else f"every {unit[:-1]}"
        is_of = _OF.search(context.text[max(context.start, match.start() - 10) : match.start()])
        written = _on_day(due, match if match["day"] else None)
        yield DraftDeadline(written, *match.span(), sure=not is_of)
    for match in context.matches(_ADVERBS):
        near = max(context.start, match.start() - 30)
        if _BELONGING.search(context.text[near : match.start()]):
            continue
        due = _ADVERB_DUES[int((match.lastgroup or "r0")[1:])]
        by = _THEN_BY.match(context.text, match.end()) if due == "every year" else None
        yield DraftDeadline(_on_day(due, by), match.start(), (by or match).end())
    for match in context.matches(*_PAPERS):
        group = match.lastgroup or "r0"
        if not match["definite"]:
            # The paper itself is not cut out of the action.
            due = _PAPER_DUES[int(group[1:])]
            yield DraftDeadline(due, *match.span(group), sure=False)


class FirstDay(NamedTuple):
    """The first day of what recurs, which no `due` can say beside how often it does."""

    every: str
    """How often, as a file writes it."""
    day: str
    """The day of the year: `06-30`."""
    words: str
    place: tuple[int, int]


def first_day(context: DeadlineContext) -> FirstDay | None:
    """Return the first day of what recurs, or None: *half-yearly reports, the first by 30 June*."""
    for match in islice(context.matches(_FIRST), 3):
        before = context._replace(end=match.start() + 1)
        every = next((due.due for due in find_recurring(before) if due.due.count("-") == 0), "")
        day = day_of_each_year(match, excluded=False)
        if every and day:
            place = match.span("first")
            return FirstDay(every, day, context.written[slice(*place)], place)
    return None


def find_each_meeting(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield what is due at each meeting of a body, or at its later ones, which is not sure."""
    for match in context.matches(_EVERY_MEETING, _LATER_MEETINGS):
        end = min(context.end, match.end() + 60)
        body = context.body_after(match.start(), end) or context.body
        if body:
            sure = match.re is _EVERY_MEETING
            yield DraftDeadline(f"every {body}", *match.span(), sure)


def _on_a_day(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield what is due on a day of each year, or by the end of a month of each year."""
    for match in context.matches(*_YEARLY_DAYS):
        day = day_of_each_year(match, excluded=excludes_day(match["how"] or ""))
        if day:
            yield DraftDeadline(f"every year on {day}", *match.span())
    for match in context.matches(*_YEARLY_MONTHS):
        month = month_of(match, context)[1]
        if excludes_day(match["how"]) and not match["end"]:
            month = month - 1 or 12
        last = date(2000, month % 12 + 1, 1) - timedelta(days=1)
        yield DraftDeadline(f"every year on {last.isoformat()[5:]}", *match.span())


def _on_day(due: str, match: re.Match[str] | None) -> str:
    """Return what recurs with its day of the year, if it is once a year and one is named."""
    if match is None or due != "every year":
        return due
    day = day_of_each_year(match, excluded=has_before(match[0]))
    return f"{due} on {day}" if day else due
