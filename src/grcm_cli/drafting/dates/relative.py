"""Deadlines without a day of their own: durations, meetings, what recurs, what has no day."""

import re
from collections.abc import Iterator

from grcm_cli.drafting.dates.patterns import (
    A_MEETING,
    A_NUMBER,
    A_UNIT,
    BEFORE,
    BY,
    DAY,
    NEXT_MEETING,
    UNITS,
    DeadlineContext,
    day_of,
    day_of_each_year,
    excludes_day,
    has_before,
    number_of,
)
from grcm_cli.drafting.mandate import DraftDeadline
from grcm_cli.drafting.references import ordinals_in
from grcm_cli.language.lexicon import all_phrases, lexicons_with, phrase_regex

# --- durations -----------------------------------------------------------------------------------

_WITHIN = phrase_regex(
    rf"{all_phrases('dates.within')} (?:(?:los|las|the|un plazo de|a period of) )?"
    rf"(?:(?:próxim[oa]s|siguientes|next|coming|following) )?(?P<n>{A_NUMBER}|[0-9]+)"
    r"(?:\s*\([^)]*\))? (?:(?:próxim[oa]s|siguientes|calendar|working|business) )?"
    rf"(?P<u>{A_UNIT})(?!\w)(?! (?:antes|before))"
    rf"(?P<of>,? {all_phrases('dates.after_time')}[^,.;]{{0,70}})?"
)
_THIS_MEETING = phrase_regex(all_phrases("dates.this_meeting"))
_OF_DAY = phrase_regex(rf"(?:of|de|del|desde el|from|after|partir del?|al) (?P<day>{DAY})")
_KIND_OF_DAYS = phrase_regex(
    r" (?:naturales|hábiles|calendario|siguientes|posteriores|following)\s*"
)


def find_durations(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    """Yield the deadlines after a time that is counted from this meeting or a day."""
    for match in _WITHIN.finditer(text, start, end):
        count, unit, of = number_of(match["n"]), UNITS[match["u"].lower()], match["of"] or ""
        if not count:
            continue
        due = f"within {count} {unit if count > 1 else unit[:-1]}"
        of_day = _OF_DAY.search(of)
        if of_day:
            day = day_of(of_day, context)
            if day:
                yield DraftDeadline(f"{due} of {day}", *match.span())
        elif not of.strip() or _THIS_MEETING.search(of) or _KIND_OF_DAYS.fullmatch(of):
            yield DraftDeadline(due, *match.span())


# --- meetings ------------------------------------------------------------------------------------

_NEXT_MEETING = phrase_regex(NEXT_MEETING)
_TO_HOLD = phrase_regex(
    r"(?:organi[zs]ar|hold|host|convene|convocar|acoger|sede de|orden del día para)\s*$"
)
_OF_BODY = re.compile(
    r"\s*(?:de|of)\s+(?:el\s+|la\s+|the\s+|este\s+|esta\s+|this\s+)?", re.IGNORECASE
)
_NUMBERED_MEETING = phrase_regex(
    r"(?:(?:en|a|para|antes de|at|to|by|before|con antelación a) )(?:la|su|the|its) "
    r"(?P<o>[IVXL]+|[0-9]{1,2}(?:\.?[ªa]|st|nd|rd|th)|[A-Za-zÁÉÍÓÚáéíóú]+(?:-[a-z]+)?"
    r"(?: (?:primera|segunda|tercera|cuarta|quinta|sexta|séptima|octava|novena))?) "
    rf"(?:(?:regular|ordinary|annual) )?{A_MEETING}(?!\w)"
)


def find_next_meeting(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    """Yield the deadlines at a next meeting, of the body that is named or meant."""
    for match in _NEXT_MEETING.finditer(text, start, end):
        if _TO_HOLD.search(text[max(start, match.start() - 40) : match.start()]):
            continue
        named = context.body_after(match.start(), min(end, match.end() + 70))
        if not named and re.match(r"(?:su|its|their)\b", match[0], re.IGNORECASE):
            named = context.body_before(start, match.start())
        sure = bool(named) or not _OF_BODY.match(text[match.end() :])
        yield DraftDeadline(f"next {named or context.body}", *match.span(), sure)


def find_numbered_meeting(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    """Yield the later meeting that a text names by its number: *en su sexta reunión*."""
    for match in _NUMBERED_MEETING.finditer(text, start, end):
        numbers = ordinals_in(match["o"])
        if not numbers:
            continue
        body = context.body_after(match.start("o"), min(end, match.end() + 70))
        body = body or context.body_before(start, match.start()) or context.body
        found = context.meeting(body, numbers)
        if found is not None:
            due = found or f"next {body}"
            yield DraftDeadline(due, match.start("o"), match.end(), sure=bool(found))


# --- recurring duties ----------------------------------------------------------------------------

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


def find_recurring(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    """Yield what recurs: *every year by 30 November*, *en cada reunión*."""
    for match in _EVERY_YEAR_BY.finditer(text, start, end):
        day = day_of_each_year(match, excluded=excludes_day(match["how"]))
        if day:
            yield DraftDeadline(f"every year on {day}", *match.span())
    for match in _EVERY.finditer(text, start, end):
        size, _space, unit = UNITS[match["u"].lower()].rpartition(" ")
        count = number_of(match["n"] or "1") * int(size or 1)
        if (unit == "days" and not match["n"]) or not count:
            continue
        due = f"every {count} {unit}" if count > 1 else f"every {unit[:-1]}"
        yield DraftDeadline(_on_day(due, match if match["day"] else None), *match.span())
    for pattern, due in _ADVERBS:
        for match in pattern.finditer(text, start, end):
            by = _THEN_BY.match(text, match.end()) if due == "every year" else None
            yield DraftDeadline(_on_day(due, by), match.start(), (by or match).end())
    for match in _EVERY_MEETING.finditer(text, start, end):
        body = context.body_after(match.start(), min(end, match.end() + 60)) or context.body
        yield DraftDeadline(f"every {body}", *match.span())


def _on_day(due: str, match: re.Match[str] | None) -> str:
    """Return what recurs with its day of the year, if it is once a year and one is named."""
    if match is None or due != "every year":
        return due
    day = day_of_each_year(match, excluded=has_before(match[0]))
    return f"{due} on {day}" if day else due


# --- without a day -------------------------------------------------------------------------------

_ASAP = phrase_regex(all_phrases("dates.as_soon_as_possible"))
_ONGOING = phrase_regex(all_phrases("dates.ongoing"))


def find_undated(
    text: str, start: int, end: int, context: DeadlineContext
) -> Iterator[DraftDeadline]:
    """Yield `asap` and `ongoing`: deadlines that are no day."""
    for match in _ASAP.finditer(text, start, end):
        yield DraftDeadline("asap", *match.span())
    for match in _ONGOING.finditer(text, start, end):
        yield DraftDeadline("ongoing", *match.span(), sure=False)
