"""The times that a text says, in the forms of a `due`: each a pattern, and what reads its matches.

In this order: what recurs; meetings; durations; days, months and years; events; what has no day.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from grcm_cli.domain.due_forms import parse_due
from grcm_cli.domain.periods import later, parse_period
from grcm_cli.language.lexicon import all_phrases, alternatives, lexicons_with, phrase_regex
from grcm_cli.times import meetings
from grcm_cli.times.patterns import (
    MONTHS,
    ORDINALS,
    UNITS,
    Time,
    TimeContext,
    date_or_none,
    day_of,
    day_of_each_year,
    excludes_day,
    has_year,
    in_words,
    later_period,
    month_of,
    span_of,
    time_regex,
)

_WHOSE = time_regex(r"\b<dates.whose>\b")
_OF_THAT = time_regex(r" <dates.of_that>\b")
_NEAR = 40  # characters before a time: more than *in 2003,* has
_AT_THE_END = re.compile(r"\s*(?:[.;]|$)")
_OF_EACH = time_regex(r",? (?:de|of|in)?\s*<dates.each> ")
_EACH_YEAR = (
    r",? (?:(?:(?:de|of|in) )?<dates.each> (?:calendar )?(?:año|year)s?"
    r"|<dates.recurring.every year>)(?!\w)"
)
_EACH_YEAR_FIRST = _EACH_YEAR.removeprefix(",? ")
_MONTH_THAT_RECURS = r"(?P<how><BY>|a|en|in|at|durante|during) (?P<end><END>)?<MONTH>"
_BELONGING = phrase_regex(r"\b<dates.belonging>\s+$")
"""Before the time of a thing: *la cuota correspondiente* al año."""
_OF = re.compile(r"\b(?:de|del|of|after|before)\s*$", re.IGNORECASE)
"""Before what only tells how often something else is: *the end of* each quarter."""
_FIRST = r"[,;]? ?\(?(?P<first>)<dates.first_of|dates.starting>(?!\w)"
_STARTS = time_regex(_FIRST)
_A_DAY = r"(?:[^.;()]{0,60}? )??(?P<end><END>)?(?:<DAY>|(?:in |el |en )?<ONE_MONTH>)"
_FROM_DAY = time_regex(_FIRST + _A_DAY)
"""After what recurs, the first day of it: *half-yearly, the first by* 30 June."""
_FROM_YEAR = time_regex(
    _FIRST + r" (?:in |en |el año |the year )?(?P<yy>(?:19|20)[0-9]{2})(?![0-9-])"
)
_IN_MONTHS = time_regex(
    r",? \(?(?:each|every|cada|in|en) <A_MONTH>(?:,? (?:and|y) (?:in |en )?|, )<A_MONTH>"
)
_LATER_FROM_DAY = time_regex(rf",? \(?<dates.first_of>(?!\w){_A_DAY}")
"""The same behind other words: *quarterly on contacts, the first time on* 30 June."""
_AND_A_DAY = time_regex(r",? <text.conjunctions> (?:(?:el|on|by|the) ){0,2}<DAY>")
_A_DAY_AND = time_regex(r"<DAY>,? <text.conjunctions> (?:(?:el|on|by|the) ){0,2}$")
_THEREAFTER = time_regex(r",? <dates.thereafter>(?!\w)")
_THEN_BY = time_regex(r",? (?:(?P<how><BY>|on|el|in) )?(?:el |the )?(?P<day><DAY>)")
_AND_A_MONTH = time_regex(
    r"(?:,? (?:(?:<text.conjunctions>|or|o|through|to|a|hasta) )?|\s?[-–/]\s?)(?:in |en )?<A_MONTH>"
)
_THEN_IN = time_regex(r",? (?:en|in|during|durante) (?:el mes de |the month of )?<ONE_MONTH>")
_UNTIL = re.compile(r"(?:al|hasta|until)\b", re.IGNORECASE)
_END_OF_SPAN = time_regex(r"[0-9]\s*(?:de \w+\s*)?(?:de [0-9]{4}\s*)?$")
_GOES_ON = time_regex(r" (?:al?|hasta|to|until|through) (?:el |the )?<DAY>")
_LASTING = re.compile(
    r"(?:mant|prorrog|prórrog|ejerc|extend|extens|conserv|vigen|continu|segui|sig[au]"
    r"|keep|remain|serve|hold|run|valid|dur)\w*[^,;]{0,40}$",
    re.IGNORECASE,
)
_DAY_FOLLOWS = re.compile(r"\s*[0-9]{1,2}(?![0-9])")
_ONLY_BEFORE_END = ("a", "at", "hacia", "para", "around", "towards")
_PERIODS = {"months": (1, "-"), "3 months": (3, "-Q"), "6 months": (6, "-H"), "years": (12, "")}
"""Units, as the lexicon has them: the months of one, and what stands between year and number."""
_EVENT_BEFORE = time_regex(r"(?:<dates.dated_nouns>|<dates.meetings>)(?!\w)[^,;:]*$")
_STARTING = time_regex(r"(?<!\w)<dates.starting>\s*(?:(?:el|the)\s+)?$")
_LEAST_WORDS = 20  # characters of a clause with something to be done
_THIS_MEETING = time_regex(r"(?<!\w)<dates.this_meeting>(?!\w)")
_EVENT_OF = time_regex(
    r"(?<!\w)(?:<dates.events> (?:del?|of) |(?:aprobad|firmad|notificad|publicad|recibid)[oa]s? )"
)
"""Before what days do not count from: *within 60 days of the entry into force of* this text."""
_OF_DAY = time_regex(r"(?:of|de|del|desde el|from|after|partir del?|al) (?P<day><DAY>)")
_OF_ID = re.compile(r"(?:of|de|from|after|después de)\s+([A-Z][A-Z0-9-]*-[0-9]{4}-[0-9]{2})(?!\w)")
_DURING = time_regex(r"(?<!\w)<dates.lasting> $")
_KIND_OF_DAYS = time_regex(r" (?:naturales|calendario|siguientes|posteriores|following)\s*")
_FOLLOWING = time_regex(r" (?:siguientes|posteriores|following)\s*")
_THEIRS = r"(?:(?:los|las|sus|its|the|their) )"
_DEFINITE = r"(?<!\w)(?:(?P<definite><dates.definite>) (?:<dates.next> )?)?"
_WHOLE_YEAR = (
    r"(?:(?:antes de(?: que)?|para|a|al|by|before) )?(?:fin(?:es|al|ales|alizar|alice)?"
    r"|termin(?:ar|e)|conclui?r?|concluya|acab(?:ar|e)|cierre|the (?:end|close|turn)|end|close)"
    r"\s*(?:de(?:l)?|of)?\s*(?:el|the|this|este)?\s*(?:presente |current )?(?:año|year)"
    r"(?: en curso)?(?! (?:[0-9]|pr[oó]xim|siguiente|de [0-9]))(?!\w)|before the year is out"
    r"|(?:en el curso|dentro|antes del fin) del (?:presente|este) año"
)
_NO_YEAR = r"(?! (?:de |del |of )?(?:19|20)[0-9]{2}(?!\w))"
"""No year follows, which is that of a thing: *los datos relativos al año 2003*."""
_IN_ANY = r"(?:(?:<BY>|durante|en|during|in) )?(?:el |the )?"
Reader = Callable[[re.Match[str], TimeContext], Time | None]


def _before(context: TimeContext, match: re.Match[str], count: int = _NEAR) -> str:
    return context.text[max(context.start, match.start() - count) : match.start()]


def _from_year(time: Time, context: TimeContext) -> Time:
    """Return what is due on a day of each year from the year on that follows it, if one does."""
    first = _FROM_YEAR.match(context.text, time.end, context.end)
    month, _dash, day = time.due.rpartition(" ")[2].partition("-")
    since = date_or_none(int(first["yy"]), int(month), int(day)) if first else None
    if first is None or since is None or since <= context.ended:
        return time
    return time._replace(due=f"every year from {since}", end=first.end())


def _yearly_day(match: re.Match[str], context: TimeContext) -> Time | None:
    day = day_of_each_year(match, excluded=excludes_day(match["how"] or ""))
    follows = _AND_A_DAY.match(context.text, match.end(), context.end)
    is_one_of_days = follows or _A_DAY_AND.search(_before(context, match))
    time = Time(f"every year on {day}", *match.span(), sure=not is_one_of_days)
    return _from_year(time, context) if day else None


def _yearly_month(match: re.Match[str], context: TimeContext) -> Time | None:
    if has_year(match) or _AND_A_MONTH.match(context.text, match.end(), context.end):
        return None
    month = month_of(match, context)[1]
    if excludes_day(match["how"]) and not match["end"]:
        month = month - 1 or 12
    return _from_year(Time(f"every year on {_last_day_of(month)}", *match.span()), context)


def _last_day_of(month: int) -> str:
    """Return the last day of a month in any year, as `06-30`."""
    return (date(2000, month % 12 + 1, 1) - timedelta(days=1)).isoformat()[5:]


def _every(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return what comes back after a span: *every three months*."""
    span = span_of(match["n"] or "1", match["u"])
    if span is None or (span[1] == "days" and not match["n"]):
        return None
    sure = not _OF.search(_before(context, match, 10))
    return _recurring(f"every {in_words(*span).removeprefix('1 ')}", match, context, sure=sure)


def _adverb(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return what comes back as an adverb says: *quarterly*."""
    if _BELONGING.search(_before(context, match, 30)):
        return None
    due = _ADVERB_DUES[int((match.lastgroup or "r0")[1:])]
    sure = not _THEREAFTER.match(context.text, match.end(), context.end)
    return _recurring(due, match, context, sure=sure)


def _recurring(due: str, match: re.Match[str], context: TimeContext, *, sure: bool) -> Time:
    """Return what comes back, with the day of the year or the first day that follows its words."""
    sure = sure and not _IN_MONTHS.match(context.text, match.end(), context.end)
    start, end = match.span()
    by = _THEN_BY.match(context.text, end, context.end) if due == "every year" else None
    day = by and day_of_each_year(by, excluded=excludes_day(by["how"] or ""))
    sure = sure and not (by and _AND_A_DAY.match(context.text, by.end(), context.end))
    if by and day:
        return _from_year(Time(f"{due} on {day}", start, by.end(), sure), context)
    by = _THEN_IN.match(context.text, end, context.end) if due == "every year" else None
    is_alone = by and not (has_year(by) or _AND_A_MONTH.match(context.text, by.end()))
    if by and sure and is_alone:
        last = _last_day_of(month_of(by, context)[1])
        return _from_year(Time(f"{due} on {last}", start, by.end()), context)
    next_to_it = _FROM_DAY.match(context.text, end, context.end)
    later = min(context.end, end + 2 * _NEAR)
    first = next_to_it or _LATER_FROM_DAY.search(context.text, end, later)
    in_year = _FROM_YEAR.match(context.text, end, context.end)
    if in_year and not next_to_it:
        return Time(f"{due} from {in_year['yy']}-12-31", start, in_year.end(), sure=False)
    if first is None:
        return Time(due, start, end, sure and not _STARTS.match(context.text, end, context.end))
    is_day = first["d"] or first["d2"] or first["d3"] or first["d4"] or first["d5"]
    since = day_of(first, context) if is_day else date_or_none(*month_of(first, context), 1)
    if since is None:
        return Time(due, start, end, sure=False)
    is_sure = sure and next_to_it is not None and bool(is_day) and has_year(first)
    return Time(f"{due} from {since}", start, next_to_it.end() if next_to_it else end, is_sure)


def _words_by_recurrence(table: str) -> tuple[list[str], str]:
    """Return the dues of recurrences, and a pattern of their words in its groups `r0`, `r1`."""
    tables = [language.values[table] for language in lexicons_with(table)]
    dues = list(dict.fromkeys(due for words in tables for due in words))
    groups = (f"(?P<r{at}>{all_phrases(f'{table}.{due}')})" for at, due in enumerate(dues))
    return dues, alternatives(groups)


_ADVERB_DUES, _ADVERB = _words_by_recurrence("dates.recurring")
_PAPER_DUES, _PAPER_ADJECTIVE = _words_by_recurrence("dates.recurring_papers")


def _papers(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return how often papers come: *quarterly reports*. The paper itself stays in the action."""
    if match["definite"]:
        return None
    group = match.lastgroup or "r0"
    due = _PAPER_DUES[int(group[1:])]
    first = _FROM_DAY.search(context.text, match.end(), min(context.end, match.end() + 2 * _NEAR))
    if first and first["d"] and (day := day_of(first, context)):
        return Time(f"{due} from {day}", first.start("first"), first.end(), sure=False)
    return Time(due, *match.span(group), sure=False)


def _each_meeting(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return what is due at each meeting of a body, or at its later ones, which is not sure.

    Nor is a body that is told by a pronoun alone: *Rendir cuentas al Consejo en cada una de sus
    reuniones*.
    """
    named = context.bodies.after(match.start(), min(context.end, match.end() + 60))
    body = named or context.body
    is_told = named or not (_WHOSE.search(match[0]) or _OF_THAT.match(context.text, match.end()))
    is_sure = bool(is_told) and "later" not in match.groupdict()
    return Time(f"every {body}", *match.span(), is_sure) if body else None


def _each_body(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return what is due at each meeting of a body that is named so: *every CM*."""
    body = context.bodies.at(match.end())
    return Time(f"every {body[0]}", match.start(), body[1]) if body else None


def _within(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return a time that is counted from this meeting, or from a day: *within 60 days*."""
    span, of = span_of(match["n"], match["u"]), match["of"] or ""
    lasts = _DURING.search(context.text[max(0, match.start() - 12) : match.start()])
    if span is None or lasts or _OF_EACH.search(of):
        return None
    due = f"within {in_words(*span)}"
    if of_day := _OF_DAY.search(of):
        day = day_of(of_day, context)
        return Time(f"{due} of {day}", *match.span(), has_year(of_day)) if day else None
    if of_id := _OF_ID.search(context.written, *match.span()):
        return Time(f"{due} of {of_id[1]}", *match.span())
    is_other = _EVENT_OF.search(of) or meetings.is_other_meeting(of)
    is_of_meeting = _THIS_MEETING.search(of) and not is_other
    is_plain = not of.strip() or is_of_meeting or _KIND_OF_DAYS.fullmatch(of)
    # It may be what was said just before, or count from another day: *has 30 days to reply*.
    is_sure = _FOLLOWING.fullmatch(of) is None and "given" not in match.groupdict()
    return Time(due, *match.span(), is_sure) if is_plain else None


def _after_meeting(match: re.Match[str], _context: TimeContext) -> Time | None:
    """Return a time after this meeting, as it seems: *30 días después de la reunión*."""
    span = span_of(match["n"], match["u"])
    if span is None or meetings.is_other_meeting(match[0]):
        return None
    return Time(f"within {in_words(*span)}", *match.span(), sure=False)


def _by_day(match: re.Match[str], context: TimeContext) -> Time | None:
    day, before = day_of(match, context), _before(context, match, 60)
    if day is None or _OF_EACH.match(context.text, match.end()):
        return None
    is_span = match["how"].lower().startswith("al") or _END_OF_SPAN.search(before)
    if _GOES_ON.match(context.text, match.end()):
        return None  # "del 15 de diciembre al 15 de marzo"
    near = context.text[max(0, match.start() - 3) : match.start()].rstrip()
    opens = near[-1:] in ("", ".", ";", ":", ")")  # "Until 1 May, Kenya shall"
    if _UNTIL.match(match["how"]) and (is_span or opens or _LASTING.search(before)):
        return None  # no "hasta el 15" that ends a time to do something
    last = later(day, -excludes_day(match["how"]), "days")
    return Time(last.isoformat(), *match.span(), has_year(match)) if last else None


def _by_day_of_month(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return a day of the meeting's month: *antes del 15 del presente mes*."""
    day = date_or_none(context.ended.year, context.ended.month, int(match["n"]))
    last = day and later(day, -excludes_day(match["how"]), "days")
    is_later = last is not None and last >= context.ended
    return Time(str(last), *match.span(), sure=False) if is_later else None


def _by_month(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return a month at whose end something is due, or the one before."""
    if _DAY_FOLLOWS.match(context.text, match.end()) or _UNTIL.match(match["how"]):
        return None
    year, month = month_of(match, context)
    if excludes_day(match["how"]) and not (match["end"] or match["over"]):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return Time(f"{year:04}-{month:02}", *match.span(), has_year(match))


def _in_month_or_around(match: re.Match[str], context: TimeContext) -> Time | None:
    year, month = month_of(match, context)
    time = Time(f"{year:04}-{month:02}", *match.span(), has_year(match))
    if match["event"]:
        is_later = (year, month) > (context.ended.year, context.ended.month)
        return _event(time, context) if is_later else None
    if (year, month) < (context.ended.year, context.ended.month):
        return None
    # "para marzo" may be that of a thing: "el presupuesto para marzo".
    is_for = match[0].lower().startswith("para") and not match["end"]
    return time._replace(sure=time.sure and not is_for)


def _by_year_end(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return a year at whose end something is due, or the one before; or that of an event."""
    how, year, time = match["how"].lower(), int(match["yy"]), Time(match["yy"], *match.span())
    if how in ("en", "in") and not match["end"]:
        return _event(time, context) if year > context.ended.year else None
    without_end = how in _ONLY_BEFORE_END and not match["end"]
    if without_end or how.startswith(("al", "hasta", "until")):
        return None
    year -= excludes_day(how) and not (match["end"] or match["over"])
    # "para el año 2003" may be that of a thing: "el presupuesto para el año 2003".
    is_for = how.startswith("para") and not match["end"]
    if is_for and year < context.ended.year:
        return None
    return time._replace(due=str(year), sure=not is_for)


def _part_of_year(match: re.Match[str], context: TimeContext) -> Time | None:
    ordinal, ended = match["o"].lower(), context.ended
    unit = UNITS.get((match["p"] or "").lower(), "6 months")
    letter, most = {"3 months": ("Q", 4), "6 months": ("H", 2)}.get(unit, ("", 0))
    number = most if ordinal in ("último", "last") else ORDINALS[ordinal]
    if not 0 < number <= most or _STARTING.search(_before(context, match)):
        return None  # "from the second half of 2003" on
    written = (match["yy"] or "").lower()
    is_next = written.startswith(("pr", "next")) and "presente" not in written
    years = [int(written)] if written.isdigit() else [ended.year, ended.year + 1][is_next:]
    dues = (f"{year}-{letter}{number}" for year in years)
    times = (later_period(due, match, context, sure=bool(written)) for due in dues)
    return next(filter(None, times), None)


def _half_of_month(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return the first or second half of a month: `the first half of December 2003`."""
    year, month = month_of(match, context)
    days = parse_period(f"{year:04}-{month:02}")
    if days is None:
        return None
    first, last = days[0].replace(day=16), days[1]
    if ORDINALS[match["o"].lower()] == 1:
        first, last = days[0], days[0].replace(day=15)
    is_later = last > context.ended
    return Time(f"{first}/{last}", *match.span(), has_year(match)) if is_later else None


def _part_in_signs(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return a quarter or a half of a year: *Q1 2003*, *2T 2003*."""
    get = match.groupdict().get
    sign, number = (get(key) or get(f"{key}2") or match[f"{key}3"] for key in ("p", "n"))
    year = get("yy") or get("yy2") or match["yy3"]
    letter = {"t": "Q", "s": "H"}.get(sign, sign.upper())
    return later_period(f"{year}-{letter}{number}", match, context, sure=True)


def _next_period(match: re.Match[str], context: TimeContext) -> Time | None:
    is_bare = match[0].lower().split()[0] in ("el", "the")
    unit = UNITS[match["u"].lower()]
    if unit not in _PERIODS or (is_bare and not _AT_THE_END.match(context.text, match.end())):
        return None
    months, letter = _PERIODS[unit]
    number = (context.ended.year * 12 + context.ended.month - 1) // months + 1
    year, place = divmod(number * months, 12)
    part = f"{place + 1:02}" if months == 1 else f"{place // months + 1}" if months < 12 else ""
    return Time(f"{year:04}{letter}{part}", *match.span(), sure=False)


def _span_of_days(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return the days of an event, or days between which something is due."""
    last = day_of(match, context)
    if last is None or not (context.holds or match[0].lower().startswith(("entre", "between"))):
        return None
    month = MONTHS[match["m1"].lower()] if match["m1"] else last.month
    first = date_or_none(last.year, month, int(match["d1"]))
    is_later = first is not None and context.ended < first < last
    return Time(f"{first}/{last}", *match.span(), has_year(match)) if is_later else None


def _on_day(match: re.Match[str], context: TimeContext) -> Time | None:
    day = day_of(match, context)
    time = Time(str(day), *match.span(), has_year(match))
    if match["latest"]:
        return time if day else None
    last = _AND_A_DAY.match(context.text, match.end())
    if last and has_year(last) and not time.sure:
        return None  # "entre el 15 de mayo y el 15 de junio de 2024": both are past
    return _event(time, context) if day and day > context.ended else None


def _event(time: Time, context: TimeContext) -> Time | None:
    """Return the time of what the duty is to hold; for another duty, one that is not sure."""
    before = context.text[max(context.start, time.start - _NEAR) : time.start]
    if _STARTING.search(before):
        return None  # something begins then
    if context.holds:
        return time
    # It is no event's day, as in "enviar el texto en abril de 2003".
    is_plain = time.sure and not _EVENT_BEFORE.search(before)
    is_last = _AT_THE_END.match(context.text, time.end) is not None
    is_far = time.end - context.start > _LEAST_WORDS
    return time._replace(sure=False) if is_far and (is_plain or is_last) else None


_AND_A_DAY = time_regex(r"\s*(?:al?|y|to|and|–|-|—)\s*(?:el )?<DAY>")
_READERS: Sequence[tuple[str, Reader]] = (
    # what recurs
    (rf"(?<!\w)(?:(?P<how><BY>|on|el) )?(?:el |the )?(?P<day><DAY>){_EACH_YEAR}", _yearly_day),
    (r"(?<!\w)(?P<how>)<dates.each> (?P<day><DAY>)", _yearly_day),
    (rf"(?<!\w){_MONTH_THAT_RECURS}(?!\w){_EACH_YEAR}", _yearly_month),
    (rf"(?<!\w){_EACH_YEAR_FIRST},? {_MONTH_THAT_RECURS}(?!\w)", _yearly_month),
    (r"(?:al (?:término|final|cierre) de |at the end of )?<dates.each> "
     r"(?:<A_NUMBER> |calendar )?(?P<u><A_UNIT>)(?!\w)(?: calendario(?!\w))?", _every),
    (rf"(?<!\w){_ADVERB}(?!\w){_NO_YEAR}(?:(?! [a-záéíóúñ])(?=[\s,.;:]|$)"
     r"|(?= (?:<dates.after_adverbs>)(?!\w)))", _adverb),
    (rf"{_DEFINITE}<dates.papers> (?:\w+ )?{_PAPER_ADJECTIVE}(?!\w)", _papers),
    (rf"{_DEFINITE}{_PAPER_ADJECTIVE} (?:\w+ )?<dates.papers>(?!\w)", _papers),
    (rf"(?:(?:en|at|to|a|para|for) |^)<dates.each> (?:una de )?{_THEIRS}*(?:<dates.regularity> )?"
     r"<dates.meetings|dates.several_meetings>(?!\w)(?: <dates.regularity>(?!\w))?", _each_meeting),
    (rf"(?:en|at|to|a|in|para|for) {_THEIRS}?(?P<later><dates.each_next>) {_THEIRS}?"
     r"(?:<dates.regularity> )?<dates.several_meetings>(?!\w)", _each_meeting),
    (r"(?<!\w)(?:(?:en|at|to|a) )?<dates.each> (?:la )?(?=[^\W\d])", _each_body),
    *meetings.READERS,
    # counted from this meeting, or a day
    (r"<dates.within> (?:(?:los|las|the|un plazo de|a period of) )?"
     r"(?:(?:próxim[oa]s|siguientes|next|coming|following) )?"
     r"<A_NUMBER> (?:(?:próxim[oa]s|siguientes|calendar) )?(?P<u><A_UNIT>)(?!\w)"
     r"(?! <dates.counting_back|dates.working_days|dates.thereafter>)"
     r"(?P<of>,? <dates.after_time>(?:(?! <text.conjunctions> )[^,.;]){0,70})?", _within),
    (r"(?<!\w)(?:(?:a|al cabo de|at) (?:los |las |el |la )?)?<A_SPAN> <dates.after>"
     r" (?:\w+ ){0,2}?<dates.this_meeting>(?!\w)(?! (?:del?|of|each|every|cada) )",
     _after_meeting),  # and not of another body, or of a paper
    (r"(?<!\w)(?P<given><dates.given>) <A_NUMBER> (?P<u><A_UNIT>)(?P<of>)(?= (?:to|para) )",
     _within),
    # days
    (r"(?<!\w)(?P<how><BY>) (?:<dates.time_of_day> )?(?:el |the |día )*(?P<day><DAY>)", _by_day),
    (r"(?<!\w)(?P<how><BY>) (?:el |the |día )*(?P<n>[0-9]{1,2})(?:st|nd|rd|th|º)? "
     r"<dates.this_month>", _by_day_of_month),
    # months
    (r"(?<!\w)(?P<how><BY>) (?P<end><END>)?(?:en |in |early |late |mid-|mediados de "
     r"|próximo |mes de |el )*<MONTH>(?P<over> <dates.is_over>(?!\w))?", _by_month),
    (r"(?<!\w)(?:(?:a|hacia|para|de aquí a|en|at|around|towards?) (?P<end><END>)"
     r"|(?:within|during|in(?= the month)|en(?= el mes)|para|dentro de(?:l)?|durante"
     r"|in the course of|en el (?:trans)?curso de(?:l)?|(?P<event>en|in)) (?:the month of "
     r"|(?:el )?(?:próximo )?mes de |(?:early |late |mid-)\s*)?)<MONTH>", _in_month_or_around),
    (r"(?:antes de|para|a|by|before) (?:the )?(?:fin(?:es|al)? de(?:l)?|end of (?:the|this))\s*"
     r"(?:presente )?(?:mes|month)(?!\w)|within the month(?! of)",
     lambda match, context: Time(context.ended.isoformat()[:7], *match.span(), sure=False)),
    # years and their parts
    (_WHOLE_YEAR, lambda match, context: Time(str(context.ended.year), *match.span(), sure=False)),
    (r"(?<!\w)(?P<how><BY>|a|en el (?:trans)?curso del?|en|in the course of|in|at|hacia"
     r"|para|around|towards|durante|during|throughout|over the course of|a lo largo del?)"
     r" (?P<end><END>)?<YEAR>(?P<over> <dates.is_over>(?!\w))?", _by_year_end),
    (r"(?<!\w)(?P<how><BY>|durante|en|during|in|dentro del?|within)?\s*(?P<end><END>)?"
     r"(?:el|la|the|del)?\s*(?P<o><AN_ORDINAL>) (?:six months|(?P<p><A_UNIT>|<dates.half>))"
     r"(?!\w)\.?(?! (?:del?|of) (?:el mes de |the month of )?<A_MONTH>)"
     r"(?: (?:(?:del?|of)\s*(?:the year |el año |año )?)?"
     r"(?P<yy>[1-9][0-9]{3}|pr[oó]ximo año|next year|presente año|this year|año)?)?",
     _part_of_year),
    (r"(?<!\w)(?:<BY>|en|in|during|durante) (?:la |the )?(?P<o>primera|segunda|first|second) "
     r"(?:quincena|mitad|half|fortnight) (?:de|of) (?:mes de )?<MONTH>", _half_of_month),
    (rf"(?<!\w){_IN_ANY}(?:(?P<p>[qhts])(?P<n>[1-4])[ ,/-]*(?:(?:of|de|del) )?"
     r"(?P<yy>(?:19|20)[0-9]{2})|(?P<yy2>(?:19|20)[0-9]{2})[ -]?(?P<p2>[qhts])(?P<n2>[1-4])"
     r"|(?P<n3>[1-4])[.oº°]?(?P<p3>[qhts])[ ,/-]+(?P<yy3>(?:19|20)[0-9]{2}))(?!\w)",
     _part_in_signs),
    (r"(?:(?<!\w)(?:<BY>|en|in|durante|during|within|over|dentro del?) (?:<END>)?"
     r"|(?:en|in) (?:el |the )?(?:trans)?c(?:urso|ourse) (?:del?|of) )?(?:el |the |del )?"
     r"<dates.next> (?P<u><A_UNIT>)(?!\w)(?! (?:de|of) )", _next_period),
    # events
    (r"(?:del?|from|entre los días|los días|between|entre el|entre|on|el)?\s*(?P<d1>[0-9]{1,2})"
     r"(?: (?:de )?(?P<m1><A_MONTH>))?\s*(?:al?|y|to|and|–|-|—)\s*(?:el )?(?P<day><DAY>)",
     _span_of_days),
    (r"(?<!\w)(?:el|on|for|para el|día) (?:día |the )?(?P<day><DAY>)"
     r"(?P<latest>,? (?:a más tardar|como máximo|at the latest))?", _on_day),
    # without a day
    ("<dates.as_soon_as_possible>", lambda match, _context: Time("asap", *match.span())),
    ("<dates.ongoing>",
     lambda match, _context: Time("ongoing", match.start(), match.end(), sure=False)),
)  # fmt: skip
_FORMS = [(time_regex(rf"(?<!\w)(?:{pattern})"), read) for pattern, read in _READERS]
"""Each begins with a whole word: *para cada reunión* has no *a cada reunión*."""
_ROUGHLY, _EARLY, _MIDDLE = (
    time_regex(rf"(?<!\w){words}(?:\W|(?=[0-9]))")
    for words in ("<dates.roughly>", "<dates.early>", "<dates.middle>")
)


def times_in(context: TimeContext) -> Iterator[Time]:
    """Yield a stretch's times, form by form; *early 2003* and *mid-2003* are parts, not sure."""
    for pattern, read in _FORMS:
        for match in pattern.finditer(context.text, context.start, context.end):
            time = read(match, context)
            if time is None:
                continue
            due, place = time.due, (context.text, time.start, time.end)
            if not due[0].isdigit():
                yield time
            elif parse_due(due):  # it was not inferred before the year 1 or after 9999
                part = "-Q1" if _EARLY.search(*place) else "-H1" if _MIDDLE.search(*place) else ""
                is_rough = bool(part) or _ROUGHLY.search(*place) is not None
                due += part if len(due) == len("2003") else ""
                yield Time(due, *place[1:], time.sure and not is_rough)
