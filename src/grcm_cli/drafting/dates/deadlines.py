"""The deadline of a duty in its text, as `due` is written. A date that is no deadline is none.

A finder yields the deadlines of one form. They stand in this order: those on a day, at the end of
a month, of a year or of a part of one; events; durations, meetings, what recurs, what has no day.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from grcm_cli.domain.due_grammar import parse_due
from grcm_cli.domain.periods import later, parse_period
from grcm_cli.drafting.dates.meetings import find_before_meeting, find_meetings
from grcm_cli.drafting.dates.patterns import (
    A_MONTH,
    A_NUMBER,
    A_UNIT,
    AN_ORDINAL,
    BEFORE,
    BY,
    DAY,
    END,
    MONTH,
    MONTHS,
    NEXT,
    ORDINALS,
    UNITS,
    YEAR,
    YEAR_OF,
    DeadlineContext,
    DraftDeadline,
    date_or_none,
    day_of,
    excludes_day,
    has_year,
    in_words,
    month_of,
    span_of,
    time_regex,
)
from grcm_cli.drafting.dates.recurring import find_each_meeting, find_recurring
from grcm_cli.language.lexicon import all_phrases

_UNTIL = re.compile(r"(?:al|hasta|until)\b", re.IGNORECASE)

# --- days ----------------------------------------------------------------------------------------

_BY_DAY = time_regex(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE}) (?:{all_phrases('dates.time_of_day')} )?"
    rf"(?:el |the |día )*(?P<day>{DAY})"
)
_DAY_AT_LATEST = time_regex(
    rf"(?:el|on|día) (?P<day>{DAY}),? (?:a más tardar|como máximo|at the latest)"
)
_BY_DAY_OF_MONTH = time_regex(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE}) (?:el |the |día )*(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th|º)? "
    rf"{all_phrases('dates.this_month')}"
)
_OF_EACH = time_regex(r",? (?:de|of|in)?\s*(?:cada|each|every) ")
_END_OF_SPAN = time_regex(r"[0-9]\s*(?:de \w+\s*)?(?:de [0-9]{4}\s*)?$")
_LASTING = re.compile(
    r"(?:mant|prorrog|prórrog|ejerc|extend|extens|conserv|vigen|continu|segui|sig[au]"
    r"|keep|remain|serve|hold|run|valid|dur)\w*[^,;]{0,40}$",
    re.IGNORECASE,
)


def find_days(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield the deadlines on a day in full, or one whose year or month is inferred."""
    for match in context.matches(_BY_DAY):
        day = day_of(match, context)
        if day is None or _OF_EACH.match(context.text, match.end()):
            continue
        before = context.text[max(0, match.start() - 60) : match.start()]
        is_span = match["how"].lower().startswith("al") or _END_OF_SPAN.search(before)
        if _UNTIL.match(match["how"]) and (is_span or _LASTING.search(before)):
            continue  # no "hasta el 15" that ends a time to do something
        last = later(day, -excludes_day(match["how"]), "days")
        if last:
            yield DraftDeadline(last.isoformat(), *match.span(), has_year(match))
    for match in context.matches(_BY_DAY_OF_MONTH):  # "antes del 15 del presente mes"
        day = date_or_none(context.ended.year, context.ended.month, int(match["d"]))
        last = day and later(day, -excludes_day(match["how"]), "days")
        if last and last >= context.ended:
            yield DraftDeadline(last.isoformat(), *match.span(), sure=False)
    for match in context.matches(_DAY_AT_LATEST):
        day = day_of(match, context)
        if day:
            yield DraftDeadline(day.isoformat(), *match.span(), has_year(match))


# --- months --------------------------------------------------------------------------------------

_BY_MONTH = time_regex(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE}) (?P<end>{END})?"
    rf"(?:en |in |early |late |mid-|mediados de |próximo |mes de |el )*{MONTH}{YEAR_OF}"
)
_IN_MONTH_OR_AROUND = time_regex(
    rf"(?:(?<!\w)(?:a|hacia|para|de aquí a|en|at|around|towards?) (?P<end>{END})"
    r"|(?:within|during|in(?= the month)|en(?= el mes)|para|dentro de(?:l)?|durante"
    r"|in the course of|en el curso de(?:l)?) (?:the month of |(?:el )?(?:próximo )?mes de )?)"
    rf"{MONTH}{YEAR_OF}"
)
_THIS_MONTH = time_regex(
    r"(?:antes de|a|by|before) (?:the )?(?:fin(?:es|al)? de(?:l)?|end of (?:the|this))\s*"
    r"(?:presente )?(?:mes|month)(?!\w)|within the month(?! of)"
)
_WEEK = time_regex(
    r"(?P<n>primera|segunda|tercera|última|first|second|third|last) (?:semana|week) (?:de|of|in) "
    + MONTH
    + YEAR_OF
)
_WEEKS = {"primera": 0, "first": 0, "segunda": 1, "second": 1, "tercera": 2, "third": 2}
_DAY_FOLLOWS = re.compile(r"\s*[0-9]{1,2}(?![0-9])")


def find_months(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield the deadlines at the end of a month, or in one of its weeks."""
    for match in context.matches(_BY_MONTH):
        if _DAY_FOLLOWS.match(context.text, match.end()) or _UNTIL.match(match["how"]):
            continue
        year, month = month_of(match, context)
        if excludes_day(match["how"]) and not match["end"]:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        yield DraftDeadline(f"{year:04}-{month:02}", *match.span(), has_year(match))
    for match in context.matches(_IN_MONTH_OR_AROUND):
        year, month = month_of(match, context)
        if (year, month) >= (context.ended.year, context.ended.month):
            # "para marzo" may be that of a thing: "el presupuesto para marzo".
            is_for = match[0].lower().startswith("para") and not match["end"]
            sure = has_year(match) and not is_for
            yield DraftDeadline(f"{year:04}-{month:02}", *match.span(), sure)
    for match in context.matches(_THIS_MONTH):
        yield DraftDeadline(context.ended.isoformat()[:7], *match.span(), sure=False)
    for match in context.matches(_WEEK):
        week = _WEEKS.get(match["n"].lower(), 3)
        first = date_or_none(*month_of(match, context), 1 + 7 * week)
        last = first and later(first, 6, "days")
        if last:
            yield DraftDeadline(f"{first}/{last}", *match.span(), sure=False)


# --- years ---------------------------------------------------------------------------------------

_THIS_YEAR = time_regex(
    r"(?:(?:antes de(?: que)?|a|al|by|before) )?(?:fin(?:es|al|ales|alizar|alice)?|termin(?:ar|e)"
    r"|conclui?r?|concluya|acab(?:ar|e)|cierre|the (?:end|close|turn)|end|close)"
    r"\s*(?:de(?:l)?|of)?\s*(?:el|the|this|este)?\s*(?:presente |current )?(?:año|year)"
    r"(?: en curso)?(?! (?:[0-9]|pr[oó]xim|siguiente|de [0-9]))(?!\w)|before the year is out"
    r"|(?:en el curso|dentro|antes del fin) del (?:presente|este) año"
)
_BY_YEAR_END = time_regex(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE}|a|en|in|at|hacia|para|around|towards) (?P<end>{END})?{YEAR}"
)
_ONLY_BEFORE_END = ("a", "en", "in", "at", "hacia", "para", "around", "towards")
_DURING_YEAR = time_regex(
    r"(?<!\w)(?:durante|en el (?:trans)?curso de(?:l)?|during|throughout|in the course of"
    r"|over the course of|a lo largo de(?:l)?) (?:el año |el |the year |año )?"
    r"(?P<yy>(?:19|20)[0-9]{2})(?![0-9–-])"
)
_PART_OF_YEAR = time_regex(
    rf"(?<!\w)(?P<how>{BY}|{BEFORE}|durante|en|during|in|dentro del?|within)?\s*(?P<end>{END})?"
    rf"(?:el|la|the|del)?\s*(?P<o>{AN_ORDINAL}) "
    r"(?:six months|(?P<p>trimestre|semestre|mitad|quarter|half))"
    rf"(?! (?:del?|of) (?:el mes de |the month of )?{A_MONTH})"
    r"(?: (?:del?|of)\s*(?:the year |el año |año )?"
    r"(?P<yy>[1-9][0-9]{3}|pr[oó]ximo año|next year|presente año|this year|año)?)?"
)
_PART_IN_SIGNS = time_regex(
    rf"(?<!\w)(?:(?:{BY}|{BEFORE}|durante|en|during|in) )?(?:el |the )?"
    r"(?:(?P<p>[qh])(?P<n>[1-4])[ ,/-]*(?:(?:of|de|del) )?(?P<yy>(?:19|20)[0-9]{2})"
    r"|(?P<yy2>(?:19|20)[0-9]{2})[ -]?(?P<p2>[qh])(?P<n2>[1-4]))(?!\w)"
)
_NEXT_PERIOD = time_regex(
    rf"(?:(?<!\w)(?:{BY}|{BEFORE}|en|in|durante|during|within|over|dentro del?) (?:{END})?"
    r"|(?:en|in) (?:el |the )?(?:trans)?c(?:urso|ourse) (?:del?|of) )?(?:el |the |del )?"
    rf"{NEXT} (?P<u>{A_UNIT})(?!\w)(?! (?:de|of) )"
)
_NEAR = 40
"""Characters before a part of a year: more than *en 2003,* has."""
_YEAR_BEFORE = time_regex(r"(?:en|in|during|durante) ([1-9][0-9]{3})[\s,]*$")


def find_years(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield the deadlines at the end of a year."""
    for match in context.matches(_THIS_YEAR):
        yield DraftDeadline(f"{context.ended.year}", *match.span(), sure=False)
    for match in context.matches(_BY_YEAR_END):
        how = match["how"].lower()
        without_end = how in _ONLY_BEFORE_END and not match["end"]
        if without_end or how.startswith(("al", "hasta", "until")):
            continue
        year = int(match["yy"]) - (excludes_day(how) and not match["end"])
        is_for = how.startswith("para") and not match["end"]
        if is_for and year < context.ended.year:
            continue
        # "para el año 2003" may be that of a thing: "el presupuesto para el año 2003".
        yield DraftDeadline(str(year), *match.span(), sure=not is_for)
    for match in context.matches(_DURING_YEAR):
        yield DraftDeadline(match["yy"], *match.span())


def find_parts_of_years(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield the deadlines at the end of a quarter or a half of a year."""
    for match in context.matches(_PART_OF_YEAR):
        number = ORDINALS[match["o"].lower()]
        is_half = (match["p"] or "half").lower() in ("semestre", "half", "mitad")
        written = (match["yy"] or "").lower()
        near = context.text[max(0, match.start() - _NEAR) : match.start()]
        known = _YEAR_BEFORE.search(near)
        if known and not written:
            written = known[1]
        if number > (2 if is_half else 4) and match["o"].lower() not in ("último", "last"):
            continue
        part = f"H{min(number, 2)}" if is_half else f"Q{number}"
        year = context.ended.year
        is_next = written.startswith(("pr", "next")) and "presente" not in written
        likely = [year + 1] if is_next else [year, year + 1]
        dues = [f"{year}-{part}" for year in ([int(written)] if written.isdigit() else likely)]
        due = next((due for due in dues if _is_later(due, context)), None)
        if due:
            yield DraftDeadline(due, *match.span(), bool(written))
    for match in context.matches(_PART_IN_SIGNS):  # "Q1 2003"
        part = (match["p"] or match["p2"]).upper() + (match["n"] or match["n2"])
        due = f"{match['yy'] or match['yy2']}-{part}"
        if _is_later(due, context):
            yield DraftDeadline(due, *match.span())


def _is_later(due: str, context: DeadlineContext) -> bool:
    """Tell whether a month or a part of a year ends after the meeting."""
    period = parse_period(due)
    return period is not None and period[1] > context.ended


def find_next_periods(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield the month, the quarter, the half or the year after that of the meeting."""
    for match in context.matches(_NEXT_PERIOD):
        is_bare = match[0].lower().split()[0] in ("el", "the")
        if is_bare and not _AT_THE_END.match(context.text, match.end()):
            continue
        months = _MONTHS_OF.get(UNITS[match["u"].lower()])
        if months is None:
            continue
        number = (context.ended.year * 12 + context.ended.month - 1) // months + 1
        year, place = divmod(number * months, 12)
        letter = {1: f"-{place + 1:02}", 3: f"-Q{place // 3 + 1}", 6: f"-H{place // 6 + 1}"}
        due = f"{year:04}{letter.get(months, '')}"
        yield DraftDeadline(due, *match.span(), sure=False)


_MONTHS_OF = {"months": 1, "3 months": 3, "6 months": 6, "years": 12}
"""Words for a unit, as the lexicon has them, with the months of one."""


# --- events --------------------------------------------------------------------------------------

_SPAN = time_regex(
    r"(?:del?|from|entre los días|los días|between|entre el|entre|on|el)?\s*(?P<d1>[0-9]{1,2})"
    rf"(?: (?:de )?(?P<m1>{A_MONTH}))?\s*(?:al?|y|to|and|–|-|—)\s*(?:el )?(?P<day>{DAY})"
)
_ON_DAY = time_regex(rf"(?<!\w)(?:el|on|for|para el) (?:día |the )?(?P<day>{DAY})")
_IN_MONTH = time_regex(
    r"(?:en|in|during|durante) (?:(?:el mes de|the month of|early|late|mid-)\s*)?" + MONTH
)
_IN_YEAR = time_regex(r"(?:en|in) (?:el (?:año )?|the year )?(?P<yy>(?:19|20)[0-9]{2})(?![0-9–-])")
_AT_THE_END = re.compile(r"\s*(?:[.;]|$)")
_EVENT_BEFORE = time_regex(
    rf"(?:{all_phrases('dates.dated_nouns')}|{all_phrases('dates.meetings')})(?!\w)[^,;:]*$"
)
_STARTING = time_regex(rf"(?<!\w){all_phrases('dates.starting')}\s*$")


def find_events(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield the days of what the duty is to hold, and spans of days for anything."""
    for match in context.matches(_SPAN):
        last = day_of(match, context)
        is_time = context.holds or match[0].lower().startswith(("entre", "between"))
        if last is None or not is_time:
            continue
        month = MONTHS[match["m1"].lower()] if match["m1"] else last.month
        first = date_or_none(last.year, month, int(match["d1"]))
        if first and context.ended < first < last:
            yield DraftDeadline(f"{first}/{last}", *match.span(), has_year(match))
    for found in _days_of_event(context):
        before = context.text[max(context.start, found.start - _NEAR) : found.start]
        if _STARTING.search(before):
            continue  # something begins then
        if context.holds:
            yield found
        elif found.end - context.start > 20:
            # It is no event's day, as in "enviar el texto en abril de 2003".
            is_plain = found.sure and not _EVENT_BEFORE.search(before)
            if is_plain or _AT_THE_END.match(context.text, found.end):
                yield found._replace(sure=False)


def _days_of_event(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield the day, the month or the year of an event."""
    for match in context.matches(_ON_DAY):
        day = day_of(match, context)
        if day and day > context.ended:
            yield DraftDeadline(day.isoformat(), *match.span(), has_year(match))
    for match in context.matches(_IN_MONTH):
        year, month = month_of(match, context)
        if (year, month) > (context.ended.year, context.ended.month):
            yield DraftDeadline(f"{year:04}-{month:02}", *match.span(), has_year(match))
    for match in context.matches(_IN_YEAR):
        if int(match["yy"]) > context.ended.year:
            yield DraftDeadline(match["yy"], *match.span())


# --- durations -----------------------------------------------------------------------------------

_WITHIN = time_regex(
    rf"{all_phrases('dates.within')} (?:(?:los|las|the|un plazo de|a period of) )?"
    rf"(?:(?:próxim[oa]s|siguientes|next|coming|following) )?(?P<n>{A_NUMBER}|[0-9]+)"
    r"(?:\s*\([^)]{0,60}\))? (?:(?:próxim[oa]s|siguientes|calendar) )?"
    rf"(?P<u>{A_UNIT})(?!\w)(?! (?:{all_phrases('dates.counting_back')}))"
    rf"(?! {all_phrases('dates.working_days')})"
    rf"(?P<of>,? {all_phrases('dates.after_time')}[^,.;]{{0,70}})?"
)
_THIS_MEETING = time_regex(all_phrases("dates.this_meeting"))
_AFTER_MEETING = time_regex(
    rf"(?<!\w)(?:(?:a|al cabo de|at) (?:los |las |el |la )?)?(?P<n>{A_NUMBER}|[0-9]{{1,4}})"
    rf"(?:\s*\([^)]{{0,60}}\))? (?P<u>{A_UNIT}) {all_phrases('dates.after')} "
    rf"(?:\w+ ){{0,2}}?{all_phrases('dates.this_meeting')}(?!\w)"
    r"(?! (?:del?|of|each|every|cada) )"  # of another body, or of a paper
)
_OF_DAY = time_regex(rf"(?:of|de|del|desde el|from|after|partir del?|al) (?P<day>{DAY})")
_KIND_OF_DAYS = time_regex(r" (?:naturales|calendario|siguientes|posteriores|following)\s*")


def find_durations(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield the deadlines after a time that is counted from this meeting or a day."""
    for match in context.matches(_WITHIN):
        span, of = span_of(match["n"], match["u"]), match["of"] or ""
        if span is None or _OF_EACH.search(of):
            continue
        due = f"within {in_words(*span)}"
        of_day = _OF_DAY.search(of)
        if of_day:
            day = day_of(of_day, context)
            if day:
                yield DraftDeadline(f"{due} of {day}", *match.span())
        elif not of.strip() or _THIS_MEETING.search(of) or _KIND_OF_DAYS.fullmatch(of):
            yield DraftDeadline(due, *match.span())
    for match in context.matches(_AFTER_MEETING):  # "30 días después de la reunión"
        span = span_of(match["n"], match["u"])
        if span and not _ANY_NEXT.search(match[0]):
            yield DraftDeadline(f"within {in_words(*span)}", *match.span(), sure=False)


_ANY_NEXT = time_regex(NEXT)
"""Of a meeting that is not this one."""

# --- without a day -------------------------------------------------------------------------------

_ASAP = time_regex(all_phrases("dates.as_soon_as_possible"))
_ONGOING = time_regex(all_phrases("dates.ongoing"))


def find_undated(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield `asap` and `ongoing`: deadlines that are no day."""
    for match in context.matches(_ASAP):
        yield DraftDeadline("asap", *match.span())
    for match in context.matches(_ONGOING):
        yield DraftDeadline("ongoing", *match.span(), sure=False)


# --- the first deadline of a text -----------------------------------------------------------------

DeadlineFinder = Callable[[DeadlineContext], Iterator[DraftDeadline]]
"""Yields the deadlines of one form that a stretch of a text sets."""

FINDERS: Sequence[DeadlineFinder] = (
    find_recurring,
    find_each_meeting,
    find_before_meeting,
    find_meetings,
    find_durations,
    find_days,
    find_months,
    find_years,
    find_parts_of_years,
    find_next_periods,
    find_events,
    find_undated,
)


def deadlines_in(context: DeadlineContext) -> list[DraftDeadline]:
    """Return what the finders see in a stretch of a text."""
    return [deadline for find in FINDERS for deadline in find(context)]


def find_deadline(
    context: DeadlineContext, known: Sequence[DraftDeadline] | None = None
) -> DraftDeadline | None:
    """Return the first deadline that a stretch of a text sets, or None.

    `known` are those of `deadlines_in` the sentence of which the stretch is a part.
    """
    found = []
    for deadline in deadlines_in(context) if known is None else known:
        due = deadline.due
        if deadline.start < context.start or deadline.end > context.end:
            continue
        if due[0].isdigit() and parse_due(due) is None:
            continue  # it was inferred before the year 1 or after 9999
        if due[0].isdigit() and _ROUGHLY.search(context.text, deadline.start, deadline.end):
            deadline = deadline._replace(sure=False)  # noqa: PLW2901 - the same one, less sure
        is_certain = deadline.sure and due.startswith(("next ", "at next ", "every "))
        is_of_duty = is_certain or due in ("asap", "ongoing")
        if is_of_duty or not is_of_something_else(context, deadline.start):
            found.append(deadline)
    if not found:
        return None

    def precedence(deadline: DraftDeadline) -> tuple[int, bool, int]:
        return _rank(deadline), deadline.start < context.verb, deadline.start

    best = min(found, key=precedence)
    starts = best.due.startswith("every") and _STARTS.match(context.text, best.end, context.end)
    is_open = starts or any(_rivals(context, best, other) for other in found)
    return best._replace(sure=best.sure and not is_open)


def _rivals(context: DeadlineContext, best: DraftDeadline, other: DraftDeadline) -> bool:
    """Tell whether another deadline may be meant as well: of the same rank, or of a joined duty."""
    if other.start < best.end and best.start < other.end:
        return False
    between = context.text[min(best.end, other.end) : max(best.start, other.start)]
    is_same = _rank(best) == _rank(other) and best.due != other.due
    return is_same or (_rank(other) < 3 and _JOINED.search(between) is not None)


def _rank(deadline: DraftDeadline) -> int:
    """Return how little a deadline counts beside others of the same duty: the least is taken.

    What recurs counts before the day when it begins, a day before the meeting for which it is.
    What may recur, as quarterly reports, counts like a meeting.
    """
    due = deadline.due
    if due in ("ongoing", "asap"):
        return 3
    if due.startswith("every"):
        return 0 if deadline.sure else 2
    return 2 if due.startswith(("next", "at next")) else 1


_STARTS = time_regex(rf"[,;]? ?\(?{all_phrases('dates.first_of', 'dates.starting')}(?!\w)")
_JOINED = time_regex(rf"(?<!\w){all_phrases('text.conjunctions')} (?:to )?\w+")
_ROUGHLY = time_regex(rf"(?<!\w){all_phrases('dates.roughly')}(?:\W|(?=[0-9]))")
_OF_SOMETHING_ELSE = time_regex(rf"(?<!\w){all_phrases('dates.of_something_else')}[^.;,]{{0,40}}$")
_DESCRIBED = time_regex(
    rf"(?<!\w)(?:the|an?|its|their) {all_phrases('dates.of_something_else')} (?=\w)"
)
"""A participle before its noun, to which no time belongs: *the approved list*."""
_BELONGING = time_regex(
    rf"(?<!\w){all_phrases('dates.belonging')} (?:al|a(?= (?:las?|los|[0-9]))|to) "
)
_MAX_ARTICLE = 4
"""Characters between it and the time."""
_BE_DONE = time_regex(r"^(?:be|sean?|ser) (?!held)\w+")
_TO_BE = time_regex(rf"\b{all_phrases('dates.to_be')} (?!held)\w+")


def is_of_something_else(context: DeadlineContext, start: int) -> bool:
    """Tell whether the time that begins at a place is that of a thing: *a text issued in May*."""
    first = context.verb if context.verb <= start else context.start
    before = context.text[max(first, start - 70) : start]
    near = max(context.start, start - 25)
    belongs = _BELONGING.search(context.text, near, start + _MAX_ARTICLE)
    if belongs and belongs.end() >= start - _MAX_ARTICLE:
        return True
    if first == context.verb:
        before = _BE_DONE.sub("", before)
    before = _TO_BE.sub("", before)  # "será remitida a más tardar": what is to be done
    before = _DESCRIBED.sub("", before)
    return _OF_SOMETHING_ELSE.search(before) is not None
