"""Deadlines at a meeting, or counted back from one: the next one, a numbered one, one of a month.

A meeting that is in no file yet is written as the next one of its body, and is not sure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from grcm_cli.domain.due_grammar import parse_due
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.periods import later, parse_period
from grcm_cli.drafting.dates.patterns import (
    A_MEETING,
    A_MONTH,
    A_NUMBER,
    A_UNIT,
    DAY,
    MONTH,
    MONTHS,
    NEXT,
    YEAR,
    DeadlineContext,
    DraftDeadline,
    date_or_none,
    day_of,
    has_year,
    in_words,
    month_of,
    span_of,
    time_regex,
)
from grcm_cli.drafting.layout.labels import ordinal_value, roman_value
from grcm_cli.language.lexicon import all_phrases

_NEAR = 70
"""Characters after a meeting in which its body is named."""
_ARTICLE = r"(?:(?:la|el|los|las|su|sus|the|its|their|our|nuestra|dicha) )?"
_REGULAR = rf"(?:{all_phrases('dates.regularity')} )?"
_AFTER_MEETING = rf"(?: {all_phrases('dates.regularity')})?(?!\w)"
_NEXT = rf"{NEXT} {_REGULAR}"
_ORDINAL = (
    r"(?P<o>[ivxlc]+|[0-9]{1,3}(?:\.?[ªºa]|st|nd|rd|th)"
    r"|[^\W\d_]{4,20}(?:[ -][^\W\d_]{4,20})?)"
)
_ITS = re.compile(r"(?:su|its|their)\b", re.IGNORECASE)
_OF_BODY = time_regex(rf"\s*(?:del?|of) (?:(?:este|esta|this) )?{_ARTICLE}")
_KIND_OF_MEETING = time_regex(r" (?:de (?:l[oa]s )?)?(?P<word>[^\W\d_]{6,})")
"""After a meeting, a word for those who meet: *ministerial*, *de Ministras*."""
_ADJECTIVE = re.compile(r"(?:al|ar|[ai]ri[oa]|iv[oa]|ic[oa])$")
_START = rf"(?:,? (?:de|a|of|to|respecto a))?(?:l)? (?:{all_phrases('dates.opening')} )?"
_BY_MEETING = time_regex(
    rf"(?<!\w)(?:of|del?|{all_phrases('dates.by_meeting')}|{all_phrases('dates.counting_back')}{_START}"
    rf"|{all_phrases('dates.in_advance')}[^,.;]*) {_ARTICLE}$"
)
"""Before a meeting by whose beginning something is due: *a tiempo para* la próxima reunión."""
_ABOUT_MEETING = time_regex(rf"(?<!\w){all_phrases('dates.of_meeting')} (?:del?|of|for)\s+$")
"""Before a meeting that is only spoken of: *fijar la fecha de* la próxima reunión."""
_TO_HOLD = time_regex(
    r"(?:organi[zs]ar|hold(?:ing)?|host(?:ing)?|conven(?:e|ing)|organi[sz]ing|convocar|acoger"
    r"|sede de|orden del día para)\s*$"
)

# --- a meeting at a place of the text ------------------------------------------------------------

_NEXT_MEETING = time_regex(
    rf"(?:{_ARTICLE}{_NEXT}{A_MEETING}{_AFTER_MEETING}"
    rf"|(?:la|una|the) (?:primera )?{A_MEETING} que (?:\w+ )?(?:celebr|teng|realic)\w+"
    r"|(?:when|the next time) it (?:next )?meets)"
)
_NEXT_BODY = time_regex(rf"{_ARTICLE}{_NEXT}")
_NUMBERED = time_regex(rf"{_ARTICLE}{_ORDINAL} {_REGULAR}{A_MEETING}(?!\w)")
_NUMBERED_BODY = time_regex(rf"{_ARTICLE}{_ORDINAL} ")
_CODE_WITH_NUMBER = re.compile(
    r"(?:(?:la|el|the)\s+)?(?P<code>[A-Z][A-Za-z]{1,9})[ -]?"
    r"(?P<n>[1-9][0-9]{0,2})(?![\w/-]|\.[0-9])"
)
_OF_MONTH = time_regex(
    rf"{_ARTICLE}{_REGULAR}{A_MEETING}{_AFTER_MEETING} {all_phrases('dates.month_of_meeting')} "
    rf"(?:(?P<m1>{A_MONTH})[/-])?{MONTH}(?!\w)"
)
_MONTH_FIRST = time_regex(
    rf"{_ARTICLE}(?:(?P<m1>{A_MONTH})[/-])?{MONTH} {_REGULAR}{A_MEETING}(?!\w)"
)
_OF_YEAR = (
    time_regex(rf"{_ARTICLE}{YEAR} {_REGULAR}{A_MEETING}(?!\w)"),
    time_regex(
        rf"{_ARTICLE}{A_MEETING}{_AFTER_MEETING} {all_phrases('dates.month_of_meeting')} {YEAR}"
    ),
)
_THE_MEETING = time_regex(rf"(?:la|el|the|su|its) {A_MEETING}{_AFTER_MEETING}")
_ITS_REGULAR = time_regex(
    rf"(?:su|its|their) (?:{all_phrases('dates.regularity')} {A_MEETING}(?!\w)"
    rf"|{A_MEETING} {all_phrases('dates.regularity')}(?!\w))"
)


def _next_of(context: DeadlineContext, match: re.Match[str]) -> DraftDeadline | None:
    """Return the next meeting of the body that is named after a match, or is meant by it."""
    start, end = match.span()
    named = context.body_after(start, min(context.end, end + _NEAR))
    kind = _KIND_OF_MEETING.match(context.text, end, context.end)
    if kind and not named:
        alike = context.bodies_like(kind["word"])
        if len(alike) == 1:
            return _due_at(context, alike[0], start, kind.end())
        if _ADJECTIVE.search(kind["word"]):
            return _due_at(context, context.body, start, kind.end(), sure=False)
    if not named and _ITS.match(match[0]):
        named = context.body_before(context.start, start)
    sure = bool(named) or not _OF_BODY.match(context.text, end)
    return _due_at(context, named or context.body, start, end, sure=sure)


def _numbered(context: DeadlineContext, place: int) -> DraftDeadline | None:
    """Return a later meeting by its number: `su sexta reunión`, `the 42nd Council`, `SC 78`."""
    match = _NUMBERED.match(context.text, place, context.end)
    if match:
        body = context.body_after(match.start("o"), min(context.end, match.end() + _NEAR))
        body = body or context.body_before(context.start, place) or context.body
        numbers = ordinals_in(context.written[slice(*match.span("o"))])
        found = _of_numbers(context, body, numbers, (match.start("o"), match.end()))
        if found:
            return found
    match = _NUMBERED_BODY.match(context.text, place, context.end)
    named = context.body_at(match.end()) if match else None
    if match and named:
        numbers = ordinals_in(context.written[slice(*match.span("o"))])
        found = _of_numbers(context, named[0], numbers, (match.start("o"), named[1]))
        if found:
            return found
    match = _CODE_WITH_NUMBER.match(context.written, place, context.end)
    body = context.body_called(match["code"]) if match else ""
    return _of_numbers(context, body, {int(match["n"])}, match.span()) if match and body else None


def _of_numbers(
    context: DeadlineContext, body: str, numbers: set[int], span: tuple[int, int]
) -> DraftDeadline | None:
    """Return the later meeting of a body with one of some ordinals, or None."""
    found = context.meeting(body, numbers) if numbers else None
    if found is None:
        return None
    due = f"{_at(context, span[0])}{found}"
    return DraftDeadline(due, *span) if found else _due_at(context, body, *span, sure=False)


def _of_month(context: DeadlineContext, place: int) -> DraftDeadline | None:
    """Return the month of a meeting, or the span of two: `the June/July 2004 Summit`; else None."""
    for pattern in (_OF_MONTH, _MONTH_FIRST):
        match = pattern.match(context.text, place, context.end)
        if match is None:
            continue
        year, month = month_of(match, context)
        due = f"{year:04}-{month:02}"
        period = parse_period(due)
        if period is None or period[1] <= context.ended:
            return None
        first = date_or_none(year, MONTHS[match["m1"].lower()], 1) if match["m1"] else None
        if first and first < period[0]:
            due = f"{first}/{period[1]}"
        return DraftDeadline(due, *match.span(), has_year(match))
    return None


def _of_year(context: DeadlineContext, place: int) -> DraftDeadline | None:
    """Return the year of a meeting, `its 2004 session`; None for none, and for a past one."""
    for pattern in _OF_YEAR:
        match = pattern.match(context.text, place, context.end)
        if match and int(match["yy"]) >= context.ended.year:
            return DraftDeadline(match["yy"], *match.span(), sure=False)
    return None


def _due_at(
    context: DeadlineContext, body: str, start: int, end: int, *, sure: bool = True
) -> DraftDeadline | None:
    """Return a deadline at a body's next meeting, or before it; None where no body is known."""
    due = f"{_at(context, start)}next {body}"
    return DraftDeadline(due, start, end, sure) if body else None


def _at(context: DeadlineContext, start: int) -> str:
    """Return `at ` for what is to be done at the meeting that begins at a place, else nothing."""
    before = context.text[max(0, start - _NEAR) : start]
    return "" if not before.strip() or _BY_MEETING.search(before) else "at "


# --- the meetings of a text ----------------------------------------------------------------------

_AT = time_regex(rf"(?<!\w){all_phrases('dates.at_meeting', 'dates.by_meeting')} ")


def find_meetings(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield the deadlines at a meeting: a next one anywhere, another one after *at* or *before*."""
    for match in context.matches(_NEXT_MEETING):
        before = context.text[max(context.start, match.start() - 40) : match.start()]
        if _TO_HOLD.search(before) or _ABOUT_MEETING.search(before):
            continue
        found = _next_of(context, match)
        if found:
            yield found
    for match in context.matches(_AT):
        if _ABOUT_MEETING.search(context.text[max(context.start, match.end() - 40) : match.end()]):
            continue
        if context.holds and _TO_HOLD.search(context.text, context.start, match.start()):
            continue  # "convene a virtual session in May": "a" is no "at"
        found = _meeting_at(context, match.end())
        if found:
            yield found


def _meeting_at(context: DeadlineContext, place: int) -> DraftDeadline | None:
    """Return the deadline at the meeting that is named at a place of the text, or None."""
    text, end = context.text, context.end
    dated = _of_month(context, place) or _of_year(context, place)
    next_ = _NEXT_MEETING.match(text, place, end)
    found = dated or (_next_of(context, next_) if next_ else None)
    if found:
        return found
    next_ = _NEXT_BODY.match(text, place, end)  # "la próxima CRM"
    body = context.body_at(next_.end()) if next_ else None
    if body:
        return _due_at(context, body[0], place, body[1])
    found = _numbered(context, place)
    if found:
        return found
    meeting = _THE_MEETING.match(text, place, end)
    of_body = _OF_BODY.match(text, meeting.end(), end) if meeting else None
    body = context.body_at(of_body.end()) if of_body else None
    if body:  # "the meeting of the Council"
        return _due_at(context, body[0], place, body[1], sure=False)
    regular = _ITS_REGULAR.match(text, place, end)  # "its annual session"
    named = context.body_before(context.start, place) or context.body
    return _due_at(context, named, *regular.span(), sure=False) if regular else None


# --- counted back from a meeting -----------------------------------------------------------------

_AT_LEAST = rf"(?:{all_phrases('dates.at_least')} )"
_SPAN = rf"(?P<n>{A_NUMBER}|[0-9]{{1,4}})(?:\s*\([^)]{{0,60}}\))? (?P<u>{A_UNIT})"
_BACK = (
    time_regex(rf"(?<!\w){_AT_LEAST}{{0,2}}{_SPAN} {all_phrases('dates.counting_back')}{_START}"),
    time_regex(rf"(?<!\w){all_phrases('dates.in_advance')} {_SPAN}{_START}"),
)
_DAY = time_regex(rf"(?:(?:el|the|día) )?(?P<day>{DAY})")


def find_before_meeting(context: DeadlineContext) -> Iterator[DraftDeadline]:
    """Yield what is due so long before a meeting or a day: `30 days before the next session`."""
    for match in context.matches(*_BACK):
        span = span_of(match["n"], match["u"])
        if span is None:
            continue
        on_day = _DAY.match(context.text, match.end(), context.end)
        if on_day:
            day = day_of(on_day, context)
            day = day and later(day, -span[0], span[1])
            if day:
                place = match.start(), on_day.end()
                yield DraftDeadline(str(day), *place, has_year(on_day))
            continue
        found = _meeting_at(context, match.end())
        meeting = found.due.removeprefix("at ") if found else ""
        written = f"{in_words(*span)} before {meeting}"
        if found and parse_due(written):
            yield DraftDeadline(written, match.start(), found.end, found.sure)


# --- ordinals of meetings: `VII`, `Séptima`, `Seventh`, `7th`, `7.ª` -----------------------------


def title_ordinals(meeting: Meeting) -> set[int]:
    """Return the ordinal numbers in a meeting's title."""
    return ordinals_in(" ".join(meeting.title.by_language.values())) if meeting.title else set()


def ordinals_in(text: str) -> set[int]:
    """Return the ordinal numbers in a text: 7 for `VII`, `Séptima`, `Seventh`, `7th`, `7.ª`."""
    found = {roman_value(word) for word in re.findall(r"\b[IVXL]{1,6}\b", text)} - {0}
    digits = re.findall(r"\b([0-9]{1,3})(?:\.?[ªº°a]|st|nd|rd|th)\b", text)
    found |= set(map(int, digits))
    words = re.findall(r"[^\W\d_]+", text)
    place = 0
    while place < len(words):
        pair = ordinal_value(" ".join(words[place : place + 2])) if words[place + 1 :] else 0
        found |= {pair or ordinal_value(words[place])}
        place += 2 if pair else 1
    return found - {0}


NumberedMeetings = Mapping[tuple[str, int], tuple[int, Meeting]]
"""The first meeting of a body with an ordinal in its title, with its place in the record."""


def numbered_meetings(meetings: Iterable[Meeting]) -> NumberedMeetings:
    """Return the first meeting of each body and ordinal."""
    found: dict[tuple[str, int], tuple[int, Meeting]] = {}
    for place, meeting in enumerate(meetings):
        body = meeting.body.text if meeting.body else ""
        for number in title_ordinals(meeting) if body else ():
            found.setdefault((body, number), (place, meeting))
    return found
