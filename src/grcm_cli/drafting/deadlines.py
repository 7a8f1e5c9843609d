"""The deadline of a duty among the times of its text, and the times of which none is made."""

import re
from collections.abc import Iterator, Sequence, Set
from datetime import date
from functools import cached_property
from itertools import chain, pairwise

from grcm_cli.domain.periods import parse_period
from grcm_cli.drafting.ordinals import ordinals_in
from grcm_cli.drafting.tokens import Word
from grcm_cli.language.lexicon import all_words
from grcm_cli.times.finders import Words, times_in, times_of, words_for_times
from grcm_cli.times.patterns import (
    Bodies,
    Time,
    TimeContext,
    cues_in,
    date_or_none,
    day_of,
    has_year,
    month_of,
    time_regex,
)

_AHEAD = time_regex(
    r"(?<!\w)(?:<A_COUNT> (?:\w+ )?<A_UNIT>(?: \w+)? <dates.counting_back>|<dates.notice>)(?!\w)"
)
_THIS_MEETING = time_regex(r"(?<!\w)<dates.this_meeting>(?!\w)")
_STARTS = time_regex(r"(?<!\w)<dates.first_of|dates.starting> (?:<DAY>|<ONE_MONTH>|<YEAR>)")
_EVENT = time_regex(r"(?<!\w)(?:<dates.upon>|<dates.after_event>)(?!\w)")
_VAGUE = time_regex(r"(?<!\w)(?:<dates.vague>|<dates.next> <A_UNIT>|<A_UNIT> <dates.coming>)(?!\w)")
_PRONOUN = re.compile(r"\b(?:it|them)\b|[aei]r(?:se)?l[oa]s?\b")
_OF_EACH = time_regex(r"(?<!\w)<dates.of_each>(?!\w)")
_OCCASION = time_regex(r"(?<!\w)<dates.occasions>(?!\w)")
"""What may never happen, for which there is no haste yet: *inform it of any interruption*."""
_OF_A_PART = time_regex(r"\b<dates.of_a_part>\s")
_JOINED = time_regex(r"(?<!\w)(?:<text.conjunctions>|[ou]|or),? (?:to )?\w+")
_OF_SOMETHING_ELSE = time_regex(r"(?<!\w)<dates.of_something_else>[^.;,]{0,40}$")
_DONE = time_regex(r"(?<!\w)<dates.done>\s+$")
_IN = time_regex("(?!dentro|within)<IN> [^,.;]{0,20}?(?:<A_MONTH>|(?:19|20)[0-9]{2})")
"""Before and in the time of a thing: *activities carried out* during 2002."""
_DESCRIBED = time_regex(r"(?<!\w)(?:the|an?|its|their) <dates.of_something_else> (?=\w)")
"""A participle before its noun, to which no time belongs: *the approved list*."""
_TO_BE = time_regex(
    r"(?:^(?:be|sean?|ser)|\b<dates.to_be>) (?!held)\w+(?:[^.;]{0,60}? (?:and|e|y) \w+)?"
)
"""What is to be done: *será remitida* a más tardar, *be translated and published* by May."""
_ARTICLE = (
    r"(?:(?:el|la|los|las|the|its|their|our|su|sus|nuestr[oa]|día|this|each|every|cada|del?) ){0,4}"
)
_PERIOD = r"(?:<dates.seasons>|<dates.periods>|<A_UNIT>)(?!\w)"
_A_TIME = r"(?:<DAY>|<A_MONTH>(?:,? (?:del? )?[1-9][0-9]{3})?|(?:19|20)[0-9]{2}(?![0-9]))"
_UNREAD = [
    (time_regex(rf"(?<!\w){pattern}"), cue)
    for pattern, cue in (
        (r"<A_COUNT> (?:<A_UNIT> )?<dates.working_days>(?: <A_UNIT>)?(?!\w)", ""),
        (rf"(?:<dates.within> )?{_ARTICLE}<A_COUNT> (?:\w+ )?<A_UNIT>"
         r"(?:,? (?:\w+ )?<dates.after_time|dates.counting_back|dates.thereafter>)(?!\w)"
         rf"(?:,? (?:(?:after|from|de|a|of) )?{_ARTICLE}(?:<dates.events>|(?:\w+ )?<A_MEETING>))?"
         r"(?!\w)", "unit"),
        (rf"(?:<dates.within>|en|in|a l[ao]s|at) {_ARTICLE}<A_COUNT> (?:\w+ )?"
         rf"{_PERIOD}(?: <dates.thereafter>|,? (?:del?|of) {_ARTICLE}<dates.events>)?(?!\w)", ""),
        (r"(?:durante|por|over|for) (?:las|los|the) <dates.each_next|dates.next> <A_COUNT> <A_UNIT>"
         r"(?!\w)", "unit"),
        (rf"<dates.upon> {_ARTICLE}<dates.events>(?!\w)", ""),
        (rf"<dates.after|dates.upon|dates.starting> {_ARTICLE}(?:\w+ ){{0,2}}<A_MEETING>(?!\w)",
         "meeting"),
        (rf"(?:<dates.at_meeting|dates.by_meeting>|a|to) {_ARTICLE}(?:<dates.next> "
         r"(?:<A_COUNT> <dates.several_meetings>|(?:\w+ ){0,2}<A_MEETING>)"
         r"|<A_COUNT> <dates.each_next> <dates.several_meetings>)(?!\w)", "meeting"),
        (rf"(?:<dates.at_meeting|dates.by_meeting>|a|to) {_ARTICLE}"
         r"(?:<dates.next> (?:\w+ )?<dates.bodies>|(?:19|20)[0-9]{2} <dates.bodies>"
         r"|<dates.bodies> (?:del?|of) (?:19|20)[0-9]{2}"
         rf"|(?:[\w-]+ ){{1,2}}<A_MEETING>(?: \w+)? (?:del?|of) {_ARTICLE}"
         r"(?:<dates.bodies>|(?:\w+ ){0,3}\w+['’]s)"
         r"|(?:\w+ ){0,3}<dates.bodies>['’]s (?:[\w-]+ ){1,2}<A_MEETING>)(?!\w)", ""),
        (rf"<dates.on_occasion|dates.by_meeting> (?:<dates.opening> )?{_ARTICLE}(?!following)"
         r"<dates.next> [^\W\d]+", ""),
        (r"<dates.vague>(?!\w)", ""),
        (r"<dates.each> (?:\w+ )?(?:<dates.seasons>|<A_UNIT>|<A_WEEKDAY>)(?!\w)", "each"),
        (r"(?:twice|<A_COUNT> (?:times|veces)) (?:(?:an?|per|al?|a la|por|<dates.each>) <A_UNIT>"
         r"|<dates.recurring.every month|dates.recurring.every year>)(?!\w)", ""),
        (r"(?:(?:es[ae]|est[ae]|that|this)(?: mism[ao])?|<dates.next>) <A_UNIT>(?!\w)", "unit"),
        (r"(?:en )?(?:el|la) <A_UNIT> (?:<dates.coming>|en curso)(?!\w)", "unit"),
        (rf"<IN> {_ARTICLE}(?:\w+ )?[0-9]{{4}}[-–/](?:[0-9]{{2}}){{1,2}}(?!\w)", "figure"),
        (rf"(?:<BY>|el|este|on|this|<dates.next>) {_ARTICLE}(?:<A_WEEKDAY>|[0-9]{{1,2}}"
         rf"\w{{0,2}} (?:del?|of) {_ARTICLE}(?:<dates.next> )?<A_UNIT>)(?!\w)(?: <dates.coming>)?",
         ""),
        (r"(?:el|en|in|on) (?:<DAY>|<A_MONTH>) (?:de|of) <dates.that_year>", "day"),
        (r"<dates.conditions>(?: \w+){1,4}", ""),
        (rf"<dates.period_openings>\s*{_ARTICLE}(?:<dates.period_ordinals> )?{_PERIOD}"
         rf"(?:,? (?:(?:de|del|of|in) )?{_A_TIME})?", ""),
        (rf"(?:(?:el|la|the) (?:<dates.period_ordinals> )?|<dates.period_ordinals> )"
         rf"(?:{_PERIOD}|<A_WEEKDAY>),? (?:de|del|of|in) {_A_TIME}", "day"),
        (rf"<BY> {_ARTICLE}(?:<END>)?(?:{_A_TIME}|<YEAR>|(?:\w+ ){{0,2}}<A_MEETING>(?!\w))", ""),
    )
]  # fmt: skip
"""Expressions that no finder reads, or not in every text: also those that it does read.

Each is with the cue that it cannot do without, if any.
"""
_DAY_OR_MONTH = time_regex(r"(?<!\w)(?:(?P<day><DAY>)|<ONE_MONTH>)")
_NO_RANGE = "(?!(?:al|hasta|until) )"
"""Not before words that also end a stretch of days: *del 3 al 5*."""
_BY_WHEN = time_regex(
    rf"(?<!\w){_NO_RANGE}(?:<BY>|<dates.within>|<dates.upon>|<dates.as_soon_as_possible>"
    r"|(?:<dates.at_least> ){0,2}<A_SPAN>['’]? <dates.counting_back>)(?!\w)"
)
_DEADLINE = time_regex(
    r"(?<!\w)<dates.deadline_nouns>(?!\w)"
    r"|(?<!\w)<references.moving> (?:\w+ ){0,4}(?:al?|hasta|para|to|until)(?!\w)"
)
_DEADLINE_BEFORE = re.compile(rf"(?:{_DEADLINE.pattern})[^.;]{{0,40}}$")
_AS_DEADLINE = time_regex(r"\s*(?:as|como) (?:\w+ ){0,2}<dates.deadline_nouns>(?!\w)")
_UNTIL = time_regex(r"(?<!\w)(?:hasta|until|through)(?!\w)")
_ENDS_BY_WHEN = time_regex(rf"(?<!\w){_NO_RANGE}(?:<BY>)\s*(?:the )?$")
_PREPOSITION = time_regex(
    r"\b(?:<dates.as_soon_as_possible>,? (?:<text.conjunctions>|but|pero) "
    r"(?:(?:at|en todo|in) (?:any )?(?:caso|case|event|rate) )?)?"
    r"(?:(?:<dates.on_occasion|dates.by_meeting|dates.at_meeting>|<BY>|<IN>|<AROUND>) "
    r"(?:(?:<dates.opening>|la|el|the|its|their|su) ){0,4})?$"
)
_HELD = time_regex(
    r",? <dates.to_be_held>\b[^,.;]*?(?=[,.;]|$"
    r"| (?:<text.conjunctions>|for|para|sobre|together|on(?! [0-9])) )"
)
"""Behind a meeting: when and where it is to be held."""
_OF_BODY = time_regex(r" (?:(?:del?|of) (?:(?:la|el|the) )?)?")
_IN_ASIDE = re.compile(
    r", (?:(?:an?|the|el|la|una?) )?(?:\w+ (?:que|that)|cuy[ao]s?|whose)\b[^,;:]*$"
)
"""Before a time that is told of whoever acts: *the Office, whose seat rotates each year, shall*."""
MODALS, PROMISES = all_words("doubts.modals"), all_words("doubts.promises")
_TO_DO = frozenset({"a", "por", "to"})
"""Before what is still to be done: *to comment*, *por comentar*."""
_NEAR = 40  # characters before a time: more than words that say by when have


def find_deadline(context: TimeContext, known: Sequence[Time] | None = None) -> Time | None:
    """Return the deadline that a stretch of a text sets, or None: the nearest to a duty's verb.

    `known` are the times of the sentence of which the stretch is a part. *By 10 September* sets
    none where the meeting's year is not known.
    """
    times = [
        time
        for time in (times_in(context) if known is None else known)
        if context.start <= time.start and time.end <= context.end and time.due[0] != "0"
        if not _is_past(time, context.ended) and not _is_in_aside(context, time)
        if (time.sure and time.due.startswith(("next ", "at next ", "every ")))
        or time.due in ("asap", "ongoing")
        or not is_of_something_else(context, time.start)
    ]
    if not times:
        return None
    best = min(times, key=lambda time: (_rank(time), time.start < context.verb, time.start))
    is_sure = best.sure and not any(_rivals(context, best, other) for other in times)
    return best._replace(sure=is_sure and not _is_left_open(context, best))


def _is_past(time: Time, ended: date) -> bool:
    """Tell whether a day or a period is over when the meeting ends: nothing can be due by then."""
    period = parse_period(time.due.rpartition("/")[2])
    return period is not None and period[1] < ended


def _is_in_aside(context: TimeContext, time: Time) -> bool:
    """Tell whether a time is told of the subject, between commas before the verb of the duty."""
    is_closed = "," in context.text[time.end : max(time.end, context.verb)]
    return is_closed and _IN_ASIDE.search(context.text, context.start, time.start) is not None


def _is_counted(time: Time, words: str) -> bool:
    """Tell whether a time is a number of days, of which its words do not say from when."""
    is_said = " of " in time.due or _THIS_MEETING.search(words.lower())
    return time.due.startswith("within") and not is_said


def counts_from_duty(time: Time, words: str, action: str, *, is_later: bool) -> bool:
    """Tell whether days may count from a duty before: *will send a map; reply within 30 days*.

    It `is_later` than one, or on what was named before: *comment on it*, *comentarlo*.
    """
    return _is_counted(time, words) and (is_later or _PRONOUN.search(action) is not None)


def _is_left_open(context: TimeContext, time: Time) -> bool:
    """Tell whether other words say from when days count, how long before a meeting, or for what.

    *Within ten days once it is sent*, *reply to each letter within*, *for the next meeting,
    30 days beforehand*, *lead a group whose first meeting is to be held by*, *tell of any
    fault at once*, *send it next week, to be tried by*.
    """
    text, verb = context.text, max(context.start, context.verb)
    is_counted = _is_counted(time, text[time.start : time.end])
    is_meeting = time.due.startswith(("next", "at ", "every")) or time.due[0].isupper()
    if is_counted and _OF_EACH.search(text, verb, time.start):
        return True
    if time.due == "asap" and _OCCASION.search(text, context.start, context.end):
        return True
    if any(each.search(text, verb, time.start) for each in (_OF_A_PART, _VAGUE)):
        return True
    recurs = time.due.startswith("every")
    is_bare = recurs and not re.search(" (?:from|on) ", time.due)  # "twice a year, on 1 May and"
    patterns = (_AHEAD, _STARTS, _DAY_OR_MONTH)[: is_meeting + recurs + is_bare]
    patterns = (_EVENT,) if is_counted else patterns
    beside = chain(*(each.finditer(text, context.start, context.end) for each in patterns))
    return any(not time.start <= match.start() < time.end for match in beside)


def _rivals(context: TimeContext, best: Time, other: Time) -> bool:
    """Tell whether another time may be meant as well: of the same rank, or of a joined duty."""
    if other.start < best.end and best.start < other.end:
        return False
    between = context.text[min(best.end, other.end) : max(best.start, other.start)]
    is_same = _rank(best) == _rank(other) and best.due != other.due
    return is_same or (_rank(other) < 3 and _JOINED.search(between) is not None)


def _rank(time: Time) -> int:
    """Return how little a time counts beside others of the same duty: the least is taken.

    What recurs counts before the day when it begins, a day before the meeting for which it is.
    What may recur, as quarterly reports, counts like a meeting.
    """
    if time.due in ("ongoing", "asap"):
        return 3
    if time.due.startswith("every"):
        return 0 if time.sure or " from " in time.due else 2
    return 2 if time.due.startswith(("next", "at next")) else 1


def is_of_something_else(context: TimeContext, start: int) -> bool:
    """Tell whether the time that begins at a place is that of a thing: *a text issued in May*."""
    first = context.verb if context.verb <= start else context.start
    before = _TO_BE.sub("", context.text[max(first, start - 70) : start])
    done = _DONE.search(before) if _IN.match(context.text, start) else None
    return (done or _OF_SOMETHING_ELSE.search(_DESCRIBED.sub("", before))) is not None


def whole_time(plain: str, bodies: Bodies, time: Time) -> tuple[int, int]:
    """Return the ends of a deadline with the words before it, and the body or place behind it."""
    before = _PREPOSITION.search(plain, max(0, time.start - _NEAR), time.start)
    start = before.start() if before else time.start
    end = bodies.end_over(time.end)  # "a la próxima Reunión de Ministros": one name
    body = _OF_BODY.match(plain, end)
    if body and re.match(r"(?:at )?next|every|.* before |[0-9]{4}(?:-[0-9]{2})?$", time.due):
        named = bodies.at(body.end())
        end = named[1] if named else end
    held = _HELD.match(plain, end)
    return start, held.end() if held else end


# --- every expression of time, whether or not a deadline is read from it ------------------------


class SentenceTimes:
    """The times of a sentence, each kind looked for once; expressions only from a place on."""

    def __init__(self, context: TimeContext, begin: int) -> None:
        self._context, self._begin = context, max(context.start, begin)

    @cached_property
    def _cues(self) -> Set[str]:
        return cues_in(self._context)

    @cached_property
    def _words(self) -> list[Words]:
        return words_for_times(self._context, self._cues)

    @cached_property
    def deadlines(self) -> list[Time]:
        """Those of anything but what is to be held."""
        return list(times_of(self._words, self._context))

    def is_past(self, start: int) -> bool:
        """Tell whether a deadline that begins at a place is over when the meeting ends."""
        ended = self._context.ended
        return any(time.start == start and _is_past(time, ended) for time in self.deadlines)

    @cached_property
    def of_events(self) -> list[Time]:
        """Those of what is to be held."""
        return list(times_of(self._words, self._context._replace(holds=True)))

    @cached_property
    def expressions(self) -> list[tuple[int, int]]:
        """The first and last character (exclusive) of each expression of time, in order.

        A deadline is among them, whether or not it is that of a duty. A bare day that is past is
        none, nor is the time of a thing: *issued in May*. Those that overlap are one.
        """
        context = self._context._replace(start=self._begin)
        known = (*self.deadlines, *self.of_events)
        places = {(time.start, time.end) for time in known if time.start >= context.start}
        patterns = (pattern for pattern, cue in _UNREAD if not cue or cue in self._cues)
        places |= {match.span() for pattern in patterns for match in _matches(pattern, context)}
        # Days and months after the meeting that have a year, whatever is before them.
        dated = _matches(_DAY_OR_MONTH, context) if "day" in self._cues else ()
        for match in filter(has_year, dated):
            is_day = match["day"] is not None
            day = day_of(match, context) if is_day else date_or_none(*month_of(match, context), 1)
            if day and day > context.ended:
                places.add(match.span())
        joined: list[tuple[int, int]] = []
        for start, end in sorted(places):
            is_stated = says_by_when(context.text, start)
            is_stated = is_stated or is_called_deadline(context.text, start, end)
            if is_of_something_else(context, start) and not is_stated:
                continue
            if joined and start < joined[-1][1]:
                joined[-1] = joined[-1][0], max(joined[-1][1], end)
            else:
                joined.append((start, end))
        return joined


def _matches(pattern: re.Pattern[str], context: TimeContext) -> Iterator[re.Match[str]]:
    return pattern.finditer(context.text, context.start, context.end)


def time_expressions_in(plain: str, start: int, end: int, ended: date) -> list[tuple[int, int]]:
    """Return the expressions of time in a stretch of a text whose meeting ended on a day.

    It needs no names of bodies, since only the places are returned.
    """
    known = ended, "BODY", Bodies(), lambda _body, words: "" if ordinals_in(words) else None
    return SentenceTimes(TimeContext(plain, plain.lower(), start, end, *known), start).expressions


def is_by_when(text: str, day: int) -> bool:
    """Tell whether the words before a day, which begins at a place, say that it is the last one."""
    before = text[max(0, day - _NEAR) : day].lower()
    return _ENDS_BY_WHEN.search(" ".join(before.split())) is not None


def may_say_by_when(plain: str, start: int, end: int) -> bool:
    """Tell whether a stretch of text has words like *before*, after which a time may follow."""
    return any(pattern.search(plain, start, end) for pattern in (_BY_WHEN, _DEADLINE, _UNTIL))


def says_by_when(plain: str, start: int) -> bool:
    """Tell whether an expression of time that begins at a place says by when, as *before 3 May*."""
    return _BY_WHEN.match(plain, start) is not None


def is_called_deadline(plain: str, start: int, end: int) -> bool:
    """Tell whether a text calls a time a deadline: *whose deadline is*, *sets … as deadline*."""
    before = _DEADLINE_BEFORE.search(plain[max(0, start - _NEAR) : start])
    return (before or _AS_DEADLINE.match(plain, end)) is not None


def says_until(plain: str, start: int) -> bool:
    """Tell whether an expression of time that begins at a place ends a span: *until 2030*."""
    return _UNTIL.match(plain, start) is not None


def is_promised(words: Sequence[Word], end: int, *, by_when: bool = False) -> bool:
    """Tell whether one of some words, before an offset, is a verb in the future.

    *The Committee took note that Kenya would report by May*. Where the offset says `by_when`, what
    is to be done counts too: *noted the map, to be reviewed by May*, *which members should review*.
    """
    before = [word for word in words if word.start < end]
    to_do = [
        by_when and last.folded in _TO_DO and (word.folded == "be" or word.is_form("infinitive"))
        for last, word in pairwise(before)
    ]
    promises = PROMISES | MODALS if by_when else PROMISES
    return any(to_do) or any(
        word.is_form("future", "conditional") or word.folded in promises for word in before
    )
