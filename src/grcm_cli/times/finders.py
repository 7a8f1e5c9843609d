"""The times that a text says, in the forms of a `due`: each a pattern, and what reads its matches.

In this order: what recurs; meetings; durations; days, months and years; events; what has no day.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from datetime import date, timedelta

from grcm_cli.domain.due_forms import parse_due
from grcm_cli.domain.periods import later, parse_period
from grcm_cli.language.lexicon import phrase_regex
from grcm_cli.times import meetings, stretches
from grcm_cli.times.patterns import (
    ADVERB,
    ADVERB_DUES,
    NEXT_PHRASE,
    ORDINALS,
    PAPER_ADJECTIVE,
    PAPER_DUES,
    UNITS,
    UNWRITTEN,
    Time,
    TimeContext,
    cues_in,
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

_NEAR = 40  # characters before a time: more than *in 2003,* has
_ONCE = r"(?<!times\s)(?<!twice\s)(?<!veces\s)"  # in each such span
_AT_THE_END = re.compile(r"\s*(?:[.;]|$)")
_OF_EACH = time_regex(r",? (?:de|of|in)?\s*<dates.each> ")
_EACH_YEAR = (
    r",? (?:(?:(?:de|of|in) )?<dates.each> (?:calendar )?(?:año|year)s?"
    r"|<dates.recurring.every year>)(?!\w)"
)
_EACH_YEAR_FIRST = _EACH_YEAR.removeprefix(",? ")
_BELONGING = phrase_regex(r"\b<dates.belonging>\s+$")
"""Before the time of a thing: *la cuota correspondiente* al año."""
_OF = re.compile(r"\b(?:de|del|of|after|before)\s*$", re.IGNORECASE)
"""Before what only tells how often something else is: *the end of* each quarter."""
_FIRST = r"[,;]? ?\(?(?P<first>)<dates.first_of|dates.starting>(?!\w)"
_STARTS = time_regex(_FIRST)
_A_DAY = r"(?:[^.;()]{0,60}? )??(?P<end><END>)?(?:(?P<day><DAY>)|(?:in |el |en )?<ONE_MONTH>)"
_FROM_DAY = time_regex(_FIRST + _A_DAY)
"""After what recurs, the first day of it: *half-yearly, the first by* 30 June."""
_FROM_YEAR = time_regex(
    _FIRST + r" (?:in |en |el año |the year )?(?P<yy>(?:19|20)[0-9]{2})(?![0-9-])"
)
_LATER_FROM_DAY = time_regex(rf",? \(?<dates.first_of>(?!\w){_A_DAY}")
"""The same behind other words: *quarterly on contacts, the first time on* 30 June."""
_A_DATE = (
    r"(?:(?:[0-9]{1,2}(?:º|er|st|nd|rd|th)? (?:de |of )?)?<A_MONTH>(?: [0-9]{1,2}(?![0-9]))?"
    r"(?:,? (?:del? )?[1-9][0-9]{3})?|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}"
    r"|(?:19|20)[0-9]{2}(?![0-9]))"
)
_AND = r"(?:,? (?:<text.conjunctions>|[ou]|or) |\s?[-–/]\s?)"
_ANOTHER = rf"(?:(?:<BY>|<IN>|<AROUND>|<dates.each>|los|the) ){{0,2}}(?:<END>)?{_A_DATE}"
_TAIL = time_regex(
    rf"(?P<others>(?:, {_ANOTHER}){{0,9}}(?:{_AND}|,? (?:hasta|until|through|to) ){_ANOTHER}"
    r"(?=\s*(?:[.,;:)]|$)))?"
    r"(?P<latest>,? <dates.latest>(?!\w)(?! (?:al?|by|el|en|in|on|para) ))?"
)
"""Behind a time: others of the same duty, and that it is the last one."""
_DAY_OF_YEAR = (
    rf"(?P<several>{_ANOTHER}{_AND})?(?:(?P<how><BY>|<IN>|<AROUND>) )?(?:el |the )?"
    r"(?:(?P<day><DAY>)|(?P<end><END>)?(?:mes de )?<ONE_MONTH>)"
)
_ON_DAY_OF_YEAR = time_regex(rf"(?<!\w)(?=<BY>){_DAY_OF_YEAR}(?!\w)")
_THEREAFTER = time_regex(r",? <dates.thereafter>(?!\w)")
_FIRST_TIME = time_regex(
    r"(?<!\w)(?:(?P<how><BY>|on|el|in|en) (?:el |the |día ){0,2}(?:(?P<day><DAY>)|<ONE_MONTH>)"
    r"|<dates.by_meeting|dates.at_meeting> [^,.;]{0,50}<A_MEETING>(?!\w)[^,.;]{0,50})"
    r",? (?:and|y)(?P<then>,? <dates.thereafter>,?)? $"
)
"""Before what recurs: *by 31 March 2003 and* annually thereafter."""
_UNTIL = re.compile(r"(?:al|hasta|until)\b", re.IGNORECASE)
_END_OF_SPAN = time_regex(r"[0-9]\s*(?:de \w+\s*)?(?:de [0-9]{4}\s*)?$")
_GOES_ON = time_regex(r" (?:al?|hasta|to|until|through) (?:el |the )?<DAY>")
_LAST = time_regex(
    r",? \(?(?:(?P<since>(?:del?|desde|from) (?:el año )?(?:19|20)[0-9]{2} (?:al?|to) )"
    r"|(?:and )?(?:hasta|until|till|through|up to(?: and including)?|(?P<to>al?|to)) )"
    r"(?:el )?(?:<END>)?(?:(?P<day><DAY>)|<ONE_MONTH>|<YEAR>)(?! ?[\w/-]*[0-9])(?: inclusive)?"
)
"""Behind what recurs: until when it does."""
_GIVEN = re.compile(  # "has until May 2027 to reply"
    r"\b(?:has|have|given|granted|tienen?|tendr|dispone|conced|otorg)\w*(?: \w+){0,3} $", re.I
)
_LASTING = re.compile(
    r"(?:mant|prorrog|prórrog|ejerc|extend|extens|conserv|vigen|continu|segui|sig[au]"
    r"|keep|remain|serve|hold|run|valid|dur)\w*[^,;]{0,40}$",
    re.IGNORECASE,
)
_FOLLOWS = time_regex(r"\s*[0-9]{1,2}(?![0-9])| (?:<dates.regularity> )?<A_MEETING>(?!\w)")
_AROUND, _IN_OR_AROUND = time_regex("<AROUND>"), time_regex("<IN>|<AROUND>")
_COURSE = re.compile("dentro|within|.*cours|.*curso")
_PERIODS = {"months": (1, "-"), "3 months": (3, "-Q"), "6 months": (6, "-H"), "years": (12, "")}
"""Units, as the lexicon has them: the months of one, and what stands between year and number."""
_EVENT_BEFORE = time_regex(r"(?:<dates.dated_nouns>|<dates.meetings>)(?!\w)[^,;:]*$")
_STARTING = time_regex(r"(?<!\w)<dates.starting>\s*(?:(?:el|the)\s+)?$")
_LEAST_WORDS = 20  # characters of a clause with something to be done
_THIS_MEETING = time_regex(r"(?<!\w)<dates.this_meeting>(?!\w)")
_THIS_ALONE = time_regex(f"{_THIS_MEETING.pattern}(?! (?:del?|of|each|every|cada) )")  # of no other
_AFTER = time_regex(",? <dates.after>")
_EVENT_OF = time_regex(
    r"(?<!\w)(?:<dates.events> (?:del?|of) |(?:aprobad|firmad|notificad|publicad|recibid)[oa]s? )"
)
"""Before what days do not count from: *within 60 days of the entry into force of* this text."""
_OF_DAY = time_regex(r"(?:of|de|del|desde el|from|after|partir del?|al) (?P<day><DAY>)")
_ON_DAY = time_regex(r" (?:on|el) (?P<day><DAY>)")
_OF_ID = re.compile(r"(?:of|de|from|after|después de)\s+([A-Z][A-Z0-9-]*-[0-9]{4}-[0-9]{2})(?!\w)")
_DURING = time_regex(r"(?<!\w)<dates.lasting> $")
_KIND_OF_DAYS = time_regex(
    r" (?:naturales|calendario|corridos|(?P<after>(?:sub)?siguientes|posteriores|following))\s*"
)
_DEFINITE = r"(?<!\w)(?:(?P<definite><dates.definite>) (?:<dates.next> )?)?"
_NO_YEAR = r"(?! (?:de |del |for |of |para )?(?:el )?(?:19|20)[0-9]{2}(?!\w))"
"""No year follows, which is that of a thing: *los datos relativos al año 2003*."""
Reader = Callable[[re.Match[str], TimeContext], Time | None]
Words = tuple[re.Match[str], Reader]


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


def _yearly(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return a day of each year, or the last one of a month: *in March of each year*."""
    excluded = excludes_day(match["how"] or "")
    if match["day"]:
        day = day_of_each_year(match, excluded=excluded)
    elif has_year(match):
        return None
    else:
        month = month_of(match, context)[1] - (excluded and not match["end"])
        day = (date(2000, month % 12 + 1, 1) - timedelta(days=1)).isoformat()[5:]
    time = Time(f"every year on {day}", *match.span(), sure=not match["several"])
    return _from_year(time, context) if day else None


def _every(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return what comes back after a span: *every three months*."""
    span = span_of(match["n"] or "1", match["u"])
    if span is None or (span[1] == "days" and not match["n"]):
        return None
    sure = not (match["part"] or _OF.search(_before(context, match, 10)))
    return _recurring(f"every {in_words(*span).removeprefix('1 ')}", match, context, sure=sure)


def _adverb(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return what comes back as an adverb says: *quarterly*."""
    if _BELONGING.search(_before(context, match, 30)):
        return None
    due = ADVERB_DUES[int((match.lastgroup or "r0")[1:])]
    return _recurring(due, match, context, sure=not match["least"])


def _recurring(due: str, match: re.Match[str], context: TimeContext, *, sure: bool) -> Time:
    """Return what comes back, with its first day: *by 1 May 2003 and* yearly thereafter."""
    start, end = match.span()
    after = _THEREAFTER.match(context.text, end, context.end)
    before = _FIRST_TIME.search(context.text, max(context.start, start - 4 * _NEAR), start)
    next_to_it, end = _FROM_DAY.match(context.text, end, context.end), after.end() if after else end
    if before and (after or before["then"]):
        start, next_to_it = before.start(), before if before["how"] else None
    later = min(context.end, end + 2 * _NEAR)
    first = next_to_it or _LATER_FROM_DAY.search(context.text, end, later)
    in_year = _FROM_YEAR.match(context.text, end, context.end)
    if in_year and not next_to_it:
        return Time(f"{due} from {in_year['yy']}-12-31", start, in_year.end(), sure=False)
    if first is None:
        sure = sure and not (after or _STARTS.match(context.text, end, context.end))
        return Time(due, start, end, sure)
    is_day = first["day"] is not None
    since = day_of(first, context) if is_day else date_or_none(*month_of(first, context), 1)
    if since is None:
        return Time(due, start, end, sure=False)
    since -= timedelta(first is before and excludes_day(first["how"]))
    is_sure = sure and next_to_it is not None and is_day and has_year(first)
    end = max(end, next_to_it.end()) if next_to_it else end
    return Time(f"{due} from {since}", start, end, is_sure)


def _papers(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return how often papers come, *quarterly reports*, or on which day of each year."""
    if match["definite"]:
        return None
    group = match.lastgroup or "r0"
    due = PAPER_DUES[int(group[1:])]
    near = match.end(), min(context.end, match.end() + 2 * _NEAR)
    first = _FROM_DAY.search(context.text, *near)
    if first and first["day"] and (day := day_of(first, context)):
        return Time(f"{due} from {day}", first.start("first"), first.end(), sure=False)
    each = _ON_DAY_OF_YEAR.search(context.text, *near) if due == "every year" else None
    if each and not (has_year(each) or NEXT_PHRASE.search(context.text, near[0], each.start())):
        return (yearly := _yearly(each, context)) and yearly._replace(sure=False)
    return Time(due, *match.span(group), sure=False, kept=True)


def _within(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return a time that is counted from this meeting, or from a day: *within 60 days*."""
    span, of = span_of(match["n"], match["u"]), match["of"] or ""
    lasts = _DURING.search(context.text[max(0, match.start() - 12) : match.start()])
    is_open = match["how"] is None and not _AFTER.match(of)  # "a course of two weeks"
    if span is None or lasts or is_open or _OF_EACH.search(of):
        return None
    due = f"within {in_words(*span)}"
    of_day = _OF_DAY.search(of)
    if dated := of_day or _ON_DAY.search(of):  # "of 1 May", "after the games close on 1 May"
        day = day_of(dated, context)
        is_sure = bool(match["how"] and of_day) and has_year(dated)
        return Time(f"{due} of {day}", *match.span(), is_sure) if day else None
    if of_id := _OF_ID.search(context.written, *match.span()):
        return Time(f"{due} of {of_id[1]}", *match.span())
    is_other = _EVENT_OF.search(of) or meetings.is_other_meeting(of)
    meeting = (_THIS_MEETING if match["how"] else _THIS_ALONE).search(of)
    kind = _KIND_OF_DAYS.fullmatch(of)
    is_plain = not of.strip() or (meeting and not is_other) or kind
    # It may be what was said just before, or count from another day: *has 30 days to reply*.
    is_sure = bool(match["how"]) and not (kind and kind["after"])
    return Time(due, *match.span(), is_sure) if is_plain else None


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


def _by_period(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return a month or a year at whose end something is due, or the one before."""
    how, is_year, is_end = match["how"].lower(), match["yy"], match["end"] or match["over"]
    ended = (context.ended.year, context.ended.month)
    is_for = how.startswith("para") and not is_end
    is_around = _AROUND.fullmatch(how) and not match["end"] and (is_year or not is_for)
    is_lasting = _UNTIL.fullmatch(how) and not _GIVEN.search(_before(context, match))
    is_of_meeting = context.bodies.at(match.end() + 1)  # "before the 2003 CRM"
    if is_around or is_lasting or is_of_meeting or _FOLLOWS.match(context.text, match.end()):
        return None
    year, month = (int(is_year), 12) if is_year else month_of(match, context)
    # "para el año 2003" may be that of a thing: "el presupuesto para el año 2003".
    is_sure = bool(is_year or has_year(match)) and not is_for
    if (year, month) < ended and (is_for or _IN_OR_AROUND.fullmatch(how)):
        return None
    is_event = how in ("en", "in") and not (match["end"] or match["named"])
    periods = ((year, 0), (ended[0], 0)) if is_year else ((year, month), ended)
    if is_event and periods[0] < periods[1]:
        return None
    is_sure &= not is_event or periods[0] > periods[1]  # "in 2003", of a meeting in 2003
    if excludes_day(how) and not is_end:
        year, month = (year, month - 1) if month > 1 and not is_year else (year - 1, 12)
    due = f"{year:04}" if is_year else f"{year:04}-{month:02}"
    time = Time(due, *match.span(), is_sure)
    return _event(time, context) if is_event else time


def _part_of_year(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return a quarter or a half of a year: *the first quarter of 2003*, *Q1 2003*, *2T 2003*."""
    get, ended = match.groupdict().get, context.ended
    sign, figure, written = (
        next(filter(None, map(get, groups)), "").lower()
        for groups in (("s", "s2", "s3"), ("n", "n2", "n3"), ("yy", "yy2", "yy3", "yy4"))
    )
    unit = sign or UNITS.get((match["p"] or "").lower(), "6 months")
    letter = {"q": "Q", "t": "Q", "3 months": "Q", "h": "H", "s": "H", "6 months": "H"}.get(
        unit, ""
    )
    most = {"Q": 4, "H": 2}.get(letter, 0)
    ordinal = (match["o"] or "").lower()
    number = most if ordinal in ("último", "last") else int(figure or ORDINALS[ordinal])
    is_said = match["how"] or written
    if not is_said or not 0 < number <= most or _STARTING.search(_before(context, match)):
        return None  # "from the second half of 2003" on
    is_next = written.startswith(("pr", "next")) and "presente" not in written
    years = [int(written)] if written.isdigit() else [ended.year, ended.year + 1][is_next:]
    number -= excludes_day(match["how"] or "") and not match["end"]
    parts = (divmod(year * most + number - 1, most) for year in years)
    dues = (f"{year}-{letter}{place + 1}" for year, place in parts)
    is_sure = written not in ("", "año")  # "el segundo semestre del año"
    times = (later_period(due, match, context, sure=is_sure) for due in dues)
    return next(filter(None, times), None)


def _calendar_period(match: re.Match[str], context: TimeContext) -> Time | None:
    """Return the period in which the meeting ends, or the next: *before the year is out*."""
    how, unit = (match["how"] or "").lower(), UNITS[match["u"].lower()]
    is_next, is_end = match["next"] or match["coming"], match["end"] or match["over"]
    is_within = _COURSE.match(how) or (how and match["this"])
    is_bare = is_next and match[0].lower().startswith(("el ", "the "))
    is_of_other = not how and _OF.search(_before(context, match, 10))  # "the 15th of next month"
    if unit not in _PERIODS or is_of_other or not (is_next or is_end or is_within):
        return None
    if is_bare and not _AT_THE_END.match(context.text, match.end()):
        return None
    months, letter = _PERIODS[unit]
    number = (context.ended.year * 12 + context.ended.month - 1) // months + bool(is_next)
    year, place = divmod((number - (excludes_day(how) and not is_end)) * months, 12)
    part = f"{place + 1:02}" if months == 1 else f"{place // months + 1}" if months < 12 else ""
    return Time(f"{year:04}{letter}{part}", *match.span(), sure=False)


def _on_day(match: re.Match[str], context: TimeContext) -> Time | None:
    day = day_of(match, context)
    time = Time(str(day), *match.span(), has_year(match))
    return _event(time, context) if day and day > context.ended else None


def _event(time: Time, context: TimeContext) -> Time | None:
    """Return the time of what the duty is to hold; for another duty, one that is not sure."""
    before = context.text[max(context.start, time.start - _NEAR) : time.start]
    if _STARTING.search(before):
        return None  # something begins then
    tail = _TAIL.match(context.text, time.end, context.end)
    others = (tail and tail["others"]) or ""
    if others[-4:].isdecimal() and not (time.sure or time.due.startswith(others[-4:])):
        return None  # "el 15 de mayo y el 15 de junio de 2024": both are of that year
    if context.holds or (tail and tail["latest"]):
        return time
    # It is no event's day, as in "enviar el texto en abril de 2003".
    is_plain = time.sure and not _EVENT_BEFORE.search(before)
    is_last = _AT_THE_END.match(context.text, tail.end() if tail else time.end) is not None
    opens = not before.strip()  # "In May 2027, Kenya will send it"
    is_far = (context.end if opens else time.end) - context.start > _LEAST_WORDS
    return time._replace(sure=False) if is_far and (is_plain or is_last) else None


_READERS: Sequence[tuple[str, Reader, str]] = (
    # what recurs
    (rf"(?<!\w){_DAY_OF_YEAR}(?!\w){_EACH_YEAR}", _yearly, "each day"),
    (rf"(?<!\w){_ONCE}{_EACH_YEAR_FIRST},? {_DAY_OF_YEAR}(?!\w)", _yearly,
     "each day"),
    (r"(?<!\w)(?P<how>)<dates.each> (?:mes de )?(?P<several>)"
     r"(?:(?P<day><DAY>)|(?P<end>)<ONE_MONTH>)(?!\w)", _yearly, "each day"),
    (rf"(?<!\w){_ONCE}(?P<least><dates.at_least> )?{ADVERB}(?!\w){_NO_YEAR}"
     r"(?:(?! [a-záéíóúñ])(?=[\s,.;:]|$)|(?= (?:<dates.after_adverbs>)(?!\w)))",
     _adverb, "adverb"),
    (r"(?P<part>(?:(?:<BY>|<IN>|<AROUND>) )?(?:(?:the|el|l[ao]s?) )?"
     r"(?:(?:día )?[0-9]{1,2}(?:st|nd|rd|th)?|\w{2,10}th|(?:(?:<dates.period_ordinals>|<A_COUNT>) )"
     rf"{{1,3}}(?:<dates.periods>|<A_UNIT>|<A_WEEKDAY>)) (?:de|of) )?{_ONCE}"
     r"(?:al (?:término|final|cierre) de |at the end of )?(?:once |una vez )?<dates.each> "
     r"(?:<A_NUMBER> |calendar )?(?P<u><A_UNIT>)(?!\w)(?: calendario(?!\w))?"
     r"(?! (?:de|of) <A_MONTH>)", _every, "each unit"),
    (rf"{_DEFINITE}<dates.papers> (?:(?!<dates.definite> )\w+ )?{PAPER_ADJECTIVE}(?!\w){_NO_YEAR}",
     _papers, "paper"),
    (rf"{_DEFINITE}{PAPER_ADJECTIVE} (?:\w+ )?<dates.papers>(?!\w){_NO_YEAR}", _papers, "paper"),
    (r"at (?P<part>)<A_NUMBER>-(?P<u><A_UNIT>) intervals(?!\w)", _every, "unit"),
    *meetings.READERS,
    # counted from this meeting, or a day
    (r"(?:(?P<how><dates.within>) (?:(?:los|las|the|un plazo de|a period of) )?"
     r"|(?:(?:a|al cabo de|at) (?:(?:los|las|el|la) )?)?)"
     r"(?:(?:próxim[oa]s|siguientes|next|coming|following) )?"
     r"<A_NUMBER> (?:(?:próxim[oa]s|siguientes|calendar) )?(?P<u><A_UNIT>)(?!\w)(?:['’]s? time)?"
     r"(?! <dates.counting_back|dates.working_days|dates.thereafter>)"
     r"(?P<of>,? (?:<dates.after_time>|al?|del?|of)(?!\w)"
     r"(?:(?! <text.conjunctions> )[^,.;]){0,70})?", _within, "unit"),
    (r"(?<!\w)<dates.given>(?P<how>) <A_NUMBER> (?P<u><A_UNIT>)(?P<of>)(?= (?:to|para) )",
     _within, "unit"),
    # days
    (r"(?<!\w)(?P<how><BY>) (?:<dates.time_of_day> )?(?:el |the |día )*(?P<day><DAY>)",
     _by_day, "figure"),
    # months and years
    (r"(?<!\w)(?P<how><BY>|<IN>|<AROUND>) (?P<end><END>)?(?:early |late |mid-|mediados de |próximo "
     r"|el |en |in |the ){0,3}(?P<named>mes de |month of )?"
     r"(?:<MONTH>|<YEAR>|(?(end)(?P<pm5><A_SHORT_MONTH>)|(?!)))"
     r"(?P<over> <dates.is_over>(?!\w))?", _by_period, "day"),
    (r"(?<!\w)(?:(?P<how><BY>|<IN>|<AROUND>) )?(?P<end><END>)?(?:(?:el|la|the|del) )?"
     r"(?:(?P<o><AN_ORDINAL>) (?:six months|(?P<p><A_UNIT>))"
     r"(?!\w)\.?(?! (?:del?|of) (?:el mes de |the month of )?<A_MONTH>)"
     r"(?: (?:(?:del?|of)\s*(?:the year |el año |año )?)?"
     r"(?P<yy>[1-9][0-9]{3}|pr[oó]ximo año|next year|presente año|this year|año))?"
     r"|(?:(?P<s>[qhts])(?P<n>[1-4])[ ,/-]*(?:(?:of|de|del) )?(?P<yy2>(?:19|20)[0-9]{2})"
     r"|(?P<yy3>(?:19|20)[0-9]{2})[ -]?(?P<s2>[qhts])(?P<n2>[1-4])"
     r"|(?P<n3>[1-4])[.oº°]?(?P<s3>[qhts])[ ,/-]+(?P<yy4>(?:19|20)[0-9]{2}))(?!\w))",
     _part_of_year, "part"),
    *stretches.READERS,
    (r"(?<!\w)(?:(?P<how><BY>|<IN>|<AROUND>) )?(?P<end><END>)?(?:(?:el|la|the) )?"
     r"(?:(?P<this>est[ae]|this|presente|current) |(?P<next><dates.next>) )?"
     r"(?!<dates.periods>(?!\w))(?P<u><A_UNIT>)(?<![hr]s)(?P<coming> <dates.coming>)?(?: en curso)?"
     r"(?P<over> <dates.is_over>|-end)?(?!\w)(?!['’]s| (?:del?|of|after|following|[0-9]))",
     _calendar_period, "unit"),
    # events
    (r"(?<!\w)(?:el|on|for|para el|día) (?:día |the )?(?P<day><DAY>)", _on_day, "figure"),
    # without a day
    ("<dates.as_soon_as_possible>", lambda match, _context: Time("asap", *match.span()), ""),
    ("<dates.ongoing>",
     lambda match, _context: Time("ongoing", match.start(), match.end(), sure=False), ""),
)  # fmt: skip
_FORMS = [
    (time_regex(rf"(?<!\w)(?:{pattern})"), read, frozenset(cues.split()))
    for pattern, read, cues in _READERS
]
"""Each begins with a whole word: *para cada reunión* has no *a cada reunión*."""
_ROUGHLY, _EARLY, _MIDDLE = (
    time_regex(rf"(?<!\w){words}(?:\W|(?=[0-9]))")
    for words in ("<dates.roughly>", "<dates.early>", "<dates.middle>")
)


def words_for_times(context: TimeContext, cues: Set[str]) -> list[Words]:
    """Return the words of a stretch that a form may read as a time, form by form."""
    stretch = context.text, context.start, context.end
    forms = [(pattern, read) for pattern, read, needed in _FORMS if needed <= cues]
    return [(match, read) for pattern, read in forms for match in pattern.finditer(*stretch)]


def times_of(words: Iterable[Words], context: TimeContext) -> Iterator[Time]:
    """Yield the times that words say. What recurs is one: *by 31 March annually*."""
    recurring: list[Time] = []
    for match, read in words:
        time = read(match, context)
        if time is None or any(
            (time.start < other.end and other.start < time.end) or time.due == other.until
            for other in recurring
        ):
            continue
        time = _with_tail(time, context)
        if time.due.startswith("every"):
            recurring.append(time)
        is_written = not time.due[0].isdigit() or parse_due(time.due)  # not before the year 1
        if is_written or time.due == UNWRITTEN:
            yield time


def times_in(context: TimeContext) -> list[Time]:
    """Return a stretch's times, form by form."""
    return list(times_of(words_for_times(context, cues_in(context)), context))


def _with_tail(time: Time, context: TimeContext) -> Time:
    """Return a time with what belongs to it: *by May and December 2003*, *in May at the latest*.

    *Early 2003* and *mid-2003* are parts. They are not sure, nor is one of several times.
    """
    due, place = time.due, (context.text, time.start, time.end)
    is_dated = due[0].isdigit()
    if due.startswith("every") and (lasting := _until(time, context)):
        return lasting
    tail = _TAIL.match(context.text, time.end, context.end)
    if tail is None or not (is_dated or due.startswith("every") or tail["latest"]):
        return time
    early, middle = _EARLY.search(*place), _MIDDLE.search(*place)
    part = ("-Q1" if early else "-H1" if middle else "") if len(due) == len("2003") else ""
    is_rough = is_dated and (early or middle or _ROUGHLY.search(*place)) is not None
    sure = time.sure and not (is_rough or tail["others"])
    several = bool(tail["others"])
    return time._replace(due=f"{due}{part}", end=tail.end(), sure=sure, several=several)


def _until(time: Time, context: TimeContext) -> Time | None:
    """Return what recurs with its last day or period: *annually until 2032*; None without one."""
    near = min(context.end, time.end + 2 * _NEAR)
    match = _LAST.search(context.text, time.end, near)
    if match is None or NEXT_PHRASE.search(context.text, time.end, match.start()):
        return None
    until = match["yy"] or ""
    if match["day"]:
        until = str(day_of(match, context))
    elif not until:
        until = "{:04}-{:02}".format(*month_of(match, context))
    period = parse_period(until)
    if period is None or period[1] <= context.ended:
        return None
    is_next = match.start() == time.end
    if match["to"] and not (is_next and " from " in time.due):
        return None
    is_sure = time.sure and is_next and not match["since"] and bool(match["yy"] or has_year(match))
    end = match.end() if is_next else time.end
    return time._replace(end=end, sure=is_sure, several=True, until=until)
