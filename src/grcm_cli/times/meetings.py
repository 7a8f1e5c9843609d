"""Times at a meeting, or counted back from one: the next one, a numbered one, one of a month.

A meeting that is in no file yet is written as the next one of its body, and is not sure. What is to
be done at it is `at next GRCM`; what is due before it, or in time for it, is `next GRCM`.
"""

import re

from grcm_cli.domain.due_forms import parse_due
from grcm_cli.domain.periods import later
from grcm_cli.language.lexicon import alternatives, number_of_word
from grcm_cli.times.patterns import (
    UNWRITTEN,
    Time,
    TimeContext,
    day_of,
    has_year,
    in_words,
    later_period,
    month_of,
    span_of,
    time_regex,
)

_NEAR = 70  # characters after a meeting in which its body is named
_ARTICLE = r"(?:(?:la|el|los|las|su|sus|the|its|their|our|nuestr[oa]|dicha) )?"
_REGULAR = r"(?:<dates.regularity> )?"
_AFTER_MEETING = r"(?: <dates.regularity>)?(?!\w)"
_NEXT = rf"<dates.next> {_REGULAR}"
_ORDINAL = (
    r"(?P<o>[ivxlc]+|[0-9]{1,3}(?:\.?[ªºa]|st|nd|rd|th)"
    r"|[^\W\d_]{4,20}(?:[ -][^\W\d_]{4,20})?)"
)
_WHOSE = time_regex(r"\b<dates.whose>\b")
_OF_THAT = time_regex(r" <dates.of_that>\b")
_THEIRS = r"(?:(?:los|las|sus|its|the|their) )"
_ITS = re.compile(r"(?:su|its|their)\b", re.IGNORECASE)
_OF_BODY = time_regex(rf"\s*(?:del?|of) (?:(?:este|esta|this) )?{_ARTICLE}")
_OF_OTHER_BODY = time_regex(
    rf"\s*(?:del?|of) {_ARTICLE}(?:<dates.bodies>(?!\w)|(?:\w+ ){{0,3}}\w+['’])"
)
"""Behind a meeting, a body that may be in no register, or what is its: *of the Board's* experts."""
_OTHER_BODY = time_regex(r"<dates.bodies> $")
"""The same, before *vuelva a reunirse* and the like."""
_KIND_OF_MEETING = time_regex(r" (?:de (?:l[oa]s )?)?(?P<word>[^\W\d_]{6,})")
"""After a meeting, a word for those who meet: *ministerial*, *de Ministras*."""
_NOUN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADJECTIVE = re.compile(r"(?:al|ar|[ai]ri[oa]|iv[oa]|ic[oa])$")
_START = r"(?:,? (?:de(?: que)?|a|of|to|respecto (?:a|de)))?(?:l)? (?:<dates.opening> )?"
_BY_MEETING = time_regex(
    rf"(?<!\w)(?:of|del?|<dates.by_meeting>|<dates.counting_back>{_START}"
    rf"|<dates.in_advance>[^,.;]*) {_ARTICLE}(?:[^,.;]{{1,60}}['’]s )?$"
)
"""Before a meeting by whose beginning something is due: *a tiempo para* la próxima reunión."""
_BEFORE_BODY = time_regex("<dates.before_body>")
_WHEN = time_regex("<dates.when>")
_IT_MEETS = time_regex(r"(?!.*\b(?:we|nos|volvamos)\b)<dates.when_it_meets>")
_SPECIAL = time_regex("<dates.kinds_of_meeting>")
_OWNER = time_regex(r"(?:(?:the|its) )?(?:[^\s,.;]{1,30} ){0,6}?(?P<noun>[^\W\d_]+)['’]s ")
"""Before a meeting, whose it is: *the Board's* next meeting."""
_TO_OTHER = re.compile(
    r"\b(?:to|al?|ante) (?:(?:the|la|el) )?(?P<noun>[A-Z][^\W\d_]+)[^,.;]{0,50}$"
)
"""Before *its next session*, whose that is in capitals: *report to the Board at*."""
_ON_OCCASION = time_regex(rf"(?<!\w)<dates.on_occasion> {_ARTICLE}$")
_NO_TIME_OF_DUTY = time_regex(
    r"(?:(?<!\w)<dates.of_meeting> (?:del?|of|for)|hold(?:ing)?|host(?:ing)?|conven(?:e|ing)"
    r"|organi[csz]\w{1,9}|convo[cq]\w{1,9}|aco[gj]\w{1,9}|sede de|orden del día para)\s*$"
)
"""Before a meeting that is only spoken of: *fijar la fecha de*, *organizar* la próxima reunión."""
_AFTER = time_regex(
    r"(?<!\w)(?:<dates.after|dates.upon|dates.starting>|until|hasta|<A_COUNT> <A_UNIT> (?:of|de))"
    rf" {_ARTICLE}$"
)
"""Before a meeting after which something is due, and not by it."""
_PRESENT = re.compile(r"\b(?:this|present|current|est[ae]|presente) $")
_OTHER_MEETING = time_regex(
    rf"(?<!\w)(?:<dates.next>|{alternatives(number_of_word('ordinals'))}|[ivxlc]+|[0-9]+\S{{0,2}})"
    r" (?:<dates.regularity> )?<A_MEETING>"
)
_NEXT_MEETING = time_regex(
    rf"(?<!\w)(?:{_ARTICLE}{_NEXT}(?:(?P<kind>[^\W\d_]{{6,30}}) )?<A_MEETING>{_AFTER_MEETING}"
    rf"|{_ARTICLE}<A_MEETING> (?:siguiente|venidera|pr[oó]xima)(?!\w)"
    r"|(?:la|una|the) (?:primera )?<A_MEETING> que (?:\w+ )?(?:celebr|teng|realic)\w+"
    r"|<dates.when_it_meets>)"
)
_NEXT_BODY = time_regex(rf"{_ARTICLE}{_NEXT}")
_NUMBERED = time_regex(rf"{_ARTICLE}{_ORDINAL} {_REGULAR}<A_MEETING>{_AFTER_MEETING}")
_NUMBERED_BODY = time_regex(
    rf"{_ARTICLE}(?:{_ORDINAL}|(?:<A_MONTH> )?(?P<yy>(?:19|20)[0-9]{{2}})) "
)
_NUMBER_OF_BODY = time_regex(
    r" (?:del? |of )(?P<yy>(?:19|20)[0-9]{2})(?!\w)"
    r"|[ /-]?(?P<n>[1-9][0-9]{0,2})(?![\w/-]|\.[0-9])"
)
"""Behind a body, which of its meetings is meant: *the CM of 2004*, *CM 42*."""
_ID = re.compile(r"[A-Z][A-Z0-9-]*-[0-9]{4}-[0-9]{2}(?![\w-])")
_MONTH_OR_YEAR = r"(?:(?:<A_MONTH>[/-])?<MONTH>|<YEAR>)(?!\w)"
_OF_TIME = (
    time_regex(
        rf"{_ARTICLE}{_REGULAR}<A_MEETING>{_AFTER_MEETING} <dates.month_of_meeting> "
        rf"{_MONTH_OR_YEAR}"
    ),
    time_regex(rf"{_ARTICLE}{_MONTH_OR_YEAR} {_REGULAR}<A_MEETING>(?!\w)"),
)
_THE_MEETING = time_regex(rf"(?:la|el|the|su|its) <A_MEETING>{_AFTER_MEETING}")
_ITS_REGULAR = time_regex(
    r"(?:su|its|their) (?:<dates.regularity> <A_MEETING>|<A_MEETING> <dates.regularity>)(?!\w)"
)
_THE = time_regex(r"(?:la|el|the) ")
_ITSELF = time_regex(
    r"(?:(?:la|el|the|its|su|dicha|esa|said|that) )?(?:<A_MEETING>|apertura|cita|opening|reunión)"
    r"(?: (?:opens|begins|starts|comience|empiece))?(?!\w"
    r"|,? (?:of|del?|en|fijad\w+|fixed|in|on|previst\w+|que|scheduled|set|to) )"
    r"|(?:ella|it)(?!\w)"
)
"""After an offset, the meeting that the text speaks of, which is the next one."""
_ANY_MEETING = time_regex(r"(?<!\w)(?:<A_MEETING>|<dates.around_meeting>)(?!\w)")
_MEETS = time_regex(
    r" (?:(?:next )?meets(?: next)?"
    r"|(?:se (?:reúna|reunirá)|vuelva a reunirse)(?: por próxima vez)?)(?!\w)"
)
_EVENT_ON_DAY = time_regex(r"[^,.;:]{1,60}? (?:on|el) (?P<day><DAY>)")
_DAY = time_regex(r"(?:(?:el|the|día) )?(?P<day><DAY>)")


def each_meeting(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return what is due at each meeting of a body, or at its later ones, which is not sure.

    Nor is a body that is told by a pronoun alone: *Rendir cuentas al Consejo en cada una de sus
    reuniones*.
    """
    named = context.bodies.after(match.start(), min(context.end, match.end() + 60))
    whose = _WHOSE.search(match[0]) or _OF_THAT.match(context.text, match.end())
    meant = context.bodies.before(context.start, match.start()) if whose and not named else ""
    in_words, end = ("", match.end()) if named else _body_by_noun(context, match.end())
    if not (named or in_words) and _OF_OTHER_BODY.match(context.text, end, context.end):
        return None
    body = named or in_words or meant or context.body
    is_told = named or not (whose or in_words)
    is_sure = bool(is_told) and "later" not in match.groupdict()
    return Time(f"every {body}", match.start(), end, is_sure) if body else None


def each_body(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return what is due at each meeting of a body that is named so: *every CM*."""
    body = context.bodies.at(match.end())
    return Time(f"every {body[0]}", match.start(), body[1]) if body else None


def next_meeting(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return the next meeting that is named anywhere in a text."""
    before = context.text[max(context.start, match.start() - 40) : match.start()]
    is_other = _NO_TIME_OF_DUTY.search(before) or _AFTER.search(before)
    is_bare = _IT_MEETS.match(match[0]) and not _WHEN.match(match[0])
    is_of_other = is_bare and _OTHER_BODY.search(before)
    return None if is_other or is_of_other else _next_of(match, context)


def at_meeting(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return a meeting after words like *at* and *before*."""
    before = context.text[max(context.start, match.end() - 40) : match.end()]
    if _NO_TIME_OF_DUTY.search(before) or _AFTER.search(before):
        return None
    if context.holds and _NO_TIME_OF_DUTY.search(context.text, context.start, match.start()):
        return None  # "convene a virtual session in May": "a" is no "at"
    meeting = _meeting_at(context, match.end())
    is_alone = not context.text[: match.start()].strip()  # "CRI" in a cell
    if meeting is None and not is_alone and _BEFORE_BODY.fullmatch(match[0].rstrip()):
        return _body_at(context, match.end())
    if meeting is None and _WHEN.fullmatch(match[0].rstrip()):
        body = _body_at(context, match.end())
        meets = body and _MEETS.search(context.text, match.start(), body.end)
        return body._replace(start=match.start()) if body and meets else None
    is_beside = meeting and _ON_OCCASION.search(match[0])  # "in the margins of": at it, or by it
    return meeting._replace(sure=False) if meeting and is_beside else meeting


def _body_at(context: TimeContext, place: int) -> Time | None:
    """Return the next meeting of the body that is named at a place: *the Council*."""
    article = _THE.match(context.text, place, context.end)
    start = article.end() if article else place
    noun = _NOUN.match(context.written, start, context.end)
    meant = _meant(context, noun[0]) if article and noun and noun[0].istitle() else ""
    code, end = context.bodies.at(start) or (meant, noun.end() if noun else start)
    meets = _MEETS.match(context.text, end, context.end)
    return _due_at(context, code, place, meets.end() if meets else end, sure=False)


def _next_of(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return the next meeting of the body that is named after a match, or is meant by it."""
    (start, end), bodies = match.span(), context.bodies
    named = bodies.after(start, min(context.end, end + _NEAR))
    kind = _KIND_OF_MEETING.match(context.text, end, context.end)
    word = match["kind"] or (kind["word"] if kind else "")
    if word and not named:
        alike, close = bodies.like(word), kind.end() if kind and not match["kind"] else end
        body = alike[0] if len(alike) == 1 else context.body if _ADJECTIVE.search(word) else ""
        if body or match["kind"]:  # "the next Council meeting": of which body?
            return _due_at(context, body, start, close, sure=len(alike) == 1)
    if not named and _OF_BODY.match(context.text, end, context.end):
        body, end = _body_by_noun(context, end)
        return _due_at(context, body, start, end, sure=False)
    special = _SPECIAL.search(match[0])
    alike = bodies.like(special[0]) if special and not named else [context.body]
    if context.body not in alike:  # "the next Conference", for a Committee
        body = alike[0] if len(alike) == 1 else context.body
        return _due_at(context, body, start, end, sure=False)
    sure = not _IT_MEETS.match(match[0])  # "report to the Summit when it next meets"
    if not named and _ITS.match(match[0]):
        named = bodies.before(context.start, start)
        sure = named in (context.body, "")  # else it may be that of a body in other words
        near = max(context.start, start - _NEAR), start
        if not named and (other := _TO_OTHER.search(context.written, *near)):
            named = _meant(context, other["noun"])
            sure = bool(named)
    return _due_at(context, named or context.body, start, end, sure=sure)


def _body_by_noun(context: TimeContext, end: int) -> tuple[str, int]:
    """Return the body that a noun means behind a meeting, and where that ends: *of the Group*."""
    of_body = _OF_BODY.match(context.text, end, context.end)
    noun = _NOUN.match(context.text, of_body.end(), context.end) if of_body else None
    body = _meant(context, noun[0]) if noun else ""
    close = end
    while noun and body and _meant(context, noun[0]) == body:  # "of the Working Group"
        close = noun.end()
        is_next = context.text[close : close + 1] == " "
        noun = _NOUN.match(context.text, close + 1, context.end) if is_next else None
    is_owner = context.text[close : close + 1] in ("'", "’")  # "of the Working Group's officers"
    return ("", end) if is_owner else (body, close)


def _meant(context: TimeContext, noun: str) -> str:
    """Return the body with a noun in its name, the own one first; nothing if several have it."""
    alike = context.bodies.like(noun)
    return context.body if context.body in alike else "".join(alike[: len(alike) == 1])


def _meeting_at(context: TimeContext, place: int) -> Time | None:
    text, end, bodies = context.text, context.end, context.bodies
    if identity := _ID.match(context.written, place, end):
        due = f"{_at(context, place)}{identity[0]}"
        return Time(due, *identity.span()) if parse_due(due) else None
    if known := _of_month_or_year(context, place) or _numbered(context, place):
        return known
    if next_ := _NEXT_MEETING.match(text, place, end):
        return _next_of(next_, context)
    if owner := _OWNER.match(text, place, end):
        code = bodies.before(place, owner.end()) or _meant(context, owner["noun"])
        is_other = not code and _OTHER_BODY.match(f"{owner['noun']} ")
        of_owner = context._replace(body=code or context.body)
        time = None if is_other else _meeting_at(of_owner, owner.end())
        return time and time._replace(start=place, sure=time.sure and bool(code))
    next_ = _NEXT_BODY.match(text, place, end)  # "la próxima CRM"
    if next_ and (body := bodies.at(next_.end())):
        return _due_at(context, body[0], place, body[1])
    meeting = _THE_MEETING.match(text, place, end)
    of_body = _OF_BODY.match(text, meeting.end(), end) if meeting else None
    if of_body and (body := bodies.at(of_body.end())):  # "the meeting of the Council"
        return _due_at(context, body[0], place, body[1], sure=False)
    if regular := _ITS_REGULAR.match(text, place, end):  # "its annual session"
        named = bodies.before(context.start, place) or context.body
        return _due_at(context, named, *regular.span(), sure=False)
    return None


def _numbered(context: TimeContext, place: int) -> Time | None:
    """Return a later meeting by its number or year: `su sexta reunión`, `the 42nd Council`."""
    text, end, bodies = context.text, context.end, context.bodies
    if match := _NUMBERED.match(text, place, end):
        body = bodies.after(match.start("o"), min(end, match.end() + _NEAR))
        is_own = context.meeting("", context.written[slice(*match.span("o"))]) is not None
        if is_own and not (body or _ITS.match(text, place)):
            return _due_at(context, context.body, match.start("o"), match.end())
        close = match.end() if body else _body_by_noun(context, match.end())[1]
        if close == match.end() and not body and _OF_OTHER_BODY.match(text, close, end):
            return None
        body = body or bodies.before(context.start, place) or context.body
        if time := _of_number(context, body, match.span("o"), match.start("o"), close):
            return time
    match = _NUMBERED_BODY.match(text, place, end)
    if match and (named := bodies.at(match.end())):
        number = match.span("o" if match["o"] else "yy")
        if time := _of_number(context, named[0], number, number[0], named[1]):
            return time
    article = _THE.match(text, place, end)
    named = bodies.at(article.end() if article else place)
    behind = _NUMBER_OF_BODY.match(text, named[1], end) if named else None
    if named is None or behind is None:
        return None
    number = behind.span("n" if behind["n"] else "yy")
    return _of_number(context, named[0], number, place, behind.end())


def _of_number(
    context: TimeContext, body: str, place: tuple[int, int], start: int, end: int
) -> Time | None:
    """Return the later meeting of a body with the ordinal or year at a place, or None."""
    number = context.written[slice(*place)]
    is_past = number.isdecimal() and len(number) > 3 and int(number) < context.ended.year
    identity = None if is_past else context.meeting(body, number)
    if identity is None:
        return None
    if not identity:
        return _due_at(context, body, start, end, sure=False)
    at = "" if identity == UNWRITTEN else _at(context, start)
    return Time(f"{at}{identity}", start, end)


def _of_month_or_year(context: TimeContext, place: int) -> Time | None:
    """Return a meeting to come by its id, or as its month, the later of two, or year; or None."""
    matches = (pattern.match(context.text, place, context.end) for pattern in _OF_TIME)
    match = next(filter(None, matches), None)
    if match is None:
        return None
    due = match["yy"] or "{:04}-{:02}".format(*month_of(match, context))
    of_body = _OF_BODY.match(context.text, match.end(), context.end)
    named = context.bodies.at(of_body.end()) if of_body else None
    body, end = named or (context.body, match.end())
    identity = context.meeting(body, due[:4]) or ""
    if due in identity:  # "the 2003 meeting of the CRM"
        return Time(f"{_at(context, place)}{identity}", match.start(), end)
    return later_period(due, match, context, sure=has_year(match))


def _due_at(
    context: TimeContext, body: str, start: int, end: int, *, sure: bool = True
) -> Time | None:
    """Return a body's next meeting, or what is before it; None where no body is known.

    Done at it is `at next GRCM`; due before it, or in time for it, is `next GRCM`.
    """
    return Time(f"{_at(context, start)}next {body}", start, end, sure) if body else None


def _at(context: TimeContext, start: int) -> str:
    """Return `at ` for what is to be done at the meeting that begins at a place, else nothing."""
    before = context.text[max(0, start - _NEAR) : start]
    is_by = _BY_MEETING.search(before) and not _ON_OCCASION.search(before)
    return "" if is_by or not before.strip() else "at "


def before_meeting(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return what is so long before a meeting or a day: `30 days before the next session`."""
    span = span_of(match["n"], match["u"])
    if span is None:
        return None
    if on_day := _DAY.match(context.text, match.end(), context.end):
        day = day_of(on_day, context)
        due = day and later(day, -span[0], span[1])
        return Time(str(due), match.start(), on_day.end(), has_year(on_day)) if due else None
    meeting = _meeting_at(context, match.end()) or _body_at(context, match.end())
    event = None if meeting else _EVENT_ON_DAY.match(context.text, match.end(), context.end)
    day = day_of(event, context) if event else None
    if event and day and (due := later(day, -span[0], span[1])):
        # "two months before the games begin on 1 May"
        return Time(str(due), match.start(), event.end(), sure=False)
    itself = None if meeting else _ITSELF.match(context.text, match.end(), context.end)
    if itself:
        return _before_next(match, context, itself.end())
    written = f"{in_words(*span)} before {meeting.due.removeprefix('at ') if meeting else ''}"
    if meeting is None or parse_due(written):
        return meeting and Time(written, match.start(), meeting.end, meeting.sure)
    return meeting._replace(start=match.start(), sure=False)  # "a week before the May meeting"


def in_advance(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return what is so long before the meeting that the text speaks of: `a month in advance`."""
    named = context.bodies.before(0, match.start())
    is_known = named or _ANY_MEETING.search(context.text, 0, match.start())
    return _before_next(match, context, match.end()) if is_known else None


def _before_next(match: re.Match[str], context: TimeContext, end: int) -> Time | None:
    """Return what is so long before the next meeting of the body named last, or of the own one."""
    span = span_of(match["n"], match["u"])
    body = context.bodies.before(context.start, match.start()) or context.body
    if span is None or not body:
        return None
    due = f"{in_words(*span)} before next {body}"
    return Time(due, match.start(), end, sure=False) if parse_due(due) else None


READERS = (
    (rf"(?:(?:en|at|to|a|para|for) |^)<dates.each> (?:(?:una de|one of|of) )?{_THEIRS}*"
     r"(?:<dates.regularity> )?<dates.meetings|dates.several_meetings>(?!\w)"
     r"(?: <dates.regularity|dates.each_next>(?!\w))?", each_meeting, "each meeting"),
    (rf"(?:en|at|to|a|in|para|for) {_THEIRS}?(?P<later><dates.each_next>) {_THEIRS}?"
     r"(?:<dates.regularity> )?<dates.several_meetings>(?!\w)", each_meeting, "meeting"),
    (r"(?<!\w)(?:(?:en|at|to|a) )?<dates.each> (?:la )?(?=[^\W\d])", each_body, "each"),
    (rf"(?<!\w)(?:<dates.at_least> ){{0,2}}<A_SPAN>['’]? <dates.counting_back>"
     rf"(?:, <dates.at_least>,?)?{_START}",
     before_meeting, "unit"),
    (r"(?<!\w)(?:(?:<dates.at_least>|con) ){0,2}<A_SPAN>['’]? (?:<dates.counting_back>|earlier)"
     r"(?=\s*(?:[.,;:)]|$))", in_advance, "unit"),
    (rf"(?<!\w)<dates.in_advance> <A_SPAN>{_START}", before_meeting, "unit"),
    (_NEXT_MEETING.pattern, next_meeting, "meeting"),
    (r"(?<!\w)<dates.on_occasion|dates.by_meeting|dates.at_meeting|dates.when> "
     r"(?:<dates.opening> )?", at_meeting, "meeting"),
)  # fmt: skip
"""The patterns of these times, each with what reads its matches, and its cues."""


def is_other_meeting(text: str) -> bool:
    """Tell whether some words name a meeting that is not this one."""
    other = _OTHER_MEETING.search(text)
    return other is not None and not _PRESENT.search(text, 0, other.start())
