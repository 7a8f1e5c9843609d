"""How people write days, months, years, numbers and meetings: parts of patterns, and their values.

In a pattern a space stands for any white space, and `<dates.next>` for the phrases of a list.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, timedelta
from typing import Literal, NamedTuple

from grcm_cli.domain.periods import Unit, parse_day, parse_period
from grcm_cli.language import days, lexicon
from grcm_cli.language.text import roman

Order = Literal["day-first", "month-first"]
ORDERS: tuple[Order, ...] = ("day-first", "month-first")
MONTHS = days.MONTHS | lexicon.number_of_word("dates.other_months")
SHORT_MONTHS = lexicon.number_of_word("dates.short_months")
_ROMANS = {roman(month): month for month in range(1, 13)}
_MONTH_OF = {**SHORT_MONTHS, **MONTHS, **_ROMANS}
NUMBERS = lexicon.number_of_word("dates.numbers")
ORDINALS = lexicon.number_of_word("dates.ordinals")
UNITS = lexicon.key_of_word("dates.units")
_YEARS = ("y", "y2", "y3", "y4", "y5", "py", "py2", "py3", "py4")
_IN_FIGURES = re.compile(r"(?<![0-9./-])([0-9]{1,2})([./-])([0-9]{1,2})\2[0-9]{4}(?![0-9/-])")
_MOST_MONTHS = 12
_YEAR = re.compile(r"(?<![0-9./-])(?:19|20)[0-9]{2}(?![0-9])")
_FAR = 400  # characters before *of that year* in which the year is named
_FOLLOWING_YEAR = re.compile("siguiente|following", re.IGNORECASE)
"""It may be the one after what was named before: *their report, by 31 March of the following*."""
NEXT_PHRASE = re.compile(r"[,;.]|\b(?:and|con|with|y)\b")


class Time(NamedTuple):
    """A time that a text says: as `due` writes it in a file, and its place in the text."""

    due: str
    start: int
    end: int
    sure: bool = True  # false where something was inferred: a year, the body of a next meeting
    several: bool = False  # the text says others too, or until when: the `due` is not all of it
    until: str = ""  # of what recurs: the day or period until when, as a file writes it
    kept: bool = False  # its words stay in what is to be done: *submit an annual report*


UNWRITTEN = "0"
"""The `due` of a time that no file can write, as *the session after the next*: no deadline."""


class Bodies(NamedTuple):
    """The bodies that a text names, by their codes."""

    text: str = ""
    named: Sequence[tuple[int, int, str]] = ()
    """Where each name begins and ends, and the code of the body, in the order of the text."""
    like: Callable[[str], Sequence[str]] = lambda _word: ()
    """Returns the bodies with a word alike in a name: of the ministers for *ministerial*."""

    def after(self, start: int, end: int) -> str:
        """Return the body that a stretch of the text begins with, as far as it goes on."""
        place, _end, code = self._first_from(start)
        is_near = start <= place <= end and not NEXT_PHRASE.search(self.text, start, place)
        return code if is_near else ""

    def before(self, start: int, end: int) -> str:
        """Return the body that a stretch names last, or nothing: the one that *its* means."""
        last = self.named[: bisect_left(self.named, (end,))][-1:]
        return "".join(code for place, _end, code in last if start <= place)

    def at(self, start: int) -> tuple[str, int] | None:
        """Return the body whose name begins at a place, and where *CRM meeting* ends; or None."""
        place, end, code = self._first_from(start)
        meeting = _ITS_MEETING.match(self.text, end)
        return (code, meeting.end() if meeting else end) if place == start else None

    def end_over(self, offset: int) -> int:
        """Return where the name ends that goes on at an offset; else the offset."""
        at = bisect_left(self.named, (offset,))
        return max([offset, *(end for _start, end, _code in self.named[max(0, at - 1) : at])])

    def _first_from(self, start: int) -> tuple[int, int, str]:
        at = bisect_left(self.named, (start,))
        return self.named[at] if at < len(self.named) else (-1, -1, "")


class TimeContext(NamedTuple):
    """A stretch of a text, and what its times are read against."""

    written: str
    text: str  # the same in small letters, which patterns are compared with three times as fast
    start: int
    end: int
    ended: date  # the meeting's last day
    body: str  # the one that meets
    bodies: Bodies
    meeting: Callable[[str, str], str | None] = lambda _body, _ordinal: ""
    """Returns the id of a body's later meeting with an ordinal, in words or figures, or of a year;
    empty where it is the next, in no file yet, UNWRITTEN where it comes later, None where past."""
    holds: bool = False  # the duty is to hold something: the day of the event is its deadline
    verb: int = 0  # where what is to be done begins
    order: Order = "day-first"  # of days in figures, where the text does not tell it


def _any_of(words: Mapping[str, object]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(word.replace(".", r"\.") for word in longest_first)


_PARTS = {
    "A_MONTH": rf"(?:{_any_of(MONTHS)})(?![^\W\d_])",
    "A_SHORT_MONTH": rf"(?:{_any_of(SHORT_MONTHS)})(?![^\W\d_])",
    "AN_ORDINAL": _any_of(ORDINALS),
    "A_UNIT": f"(?:{_any_of(UNITS)})",
    "A_NUMBER": rf"(?P<n>{_any_of(NUMBERS)}|[0-9]+)(?:\s*\([^)]{{0,60}}\))?",
    "A_MEETING": "<dates.meetings>",
    "BY": "<dates.by|dates.before>",
    "A_COUNT": rf"(?:{_any_of(NUMBERS)}|[0-9]+)(?:\s*\([^)]{{0,60}}\))?",
    "A_SPAN": r"<A_NUMBER> (?P<u><A_UNIT>)",
    "END": r"<dates.end>\s*(?:el |the )?(?:mes de |month of |año |year )?",
    "IN": "<dates.in_course>",
    "AROUND": "<dates.around>",
    "YEAR_OF": r"(?:\s*,? (?:del?|of|in)?\s*(?:(?P<next_year><dates.next_year>)"
    r"|(?P<this_year><dates.this_year>)|(?P<that_year><dates.that_year>)))?",
    "A_WEEKDAY": lexicon.alternatives(sorted(lexicon.all_words("dates.weekdays"))),
    "DAY": (
        r"(?:(?:<dates.next> )?(?:<A_WEEKDAY>,? )?(?<![0-9])(?P<d>[0-9]{1,2})"
        r"(?:\.?[º°]|er|st|nd|rd|th)?\.?"
        r" (?:(?:de |of |day of )?(?P<m><A_MONTH>)(?:,? (?:del? )?(?:año )?(?P<y>[1-9][0-9]{3}))?"
        r"|<dates.this_month>)"
        # January 15, 2003; Jan. 15, 2003
        r"|(?P<m2><A_MONTH>|<A_SHORT_MONTH>(?=\.? [0-9]{1,2},? [1-9][0-9]{3}))\.?"
        r" (?P<d2>[0-9]{1,2})(?![0-9])(?:st|nd|rd|th)?"
        r"(?:,? (?P<y2>[1-9][0-9]{3}))?"
        # 29/10/2002, 29.10.2002; 2002-10-29, 2002/10/29
        r"|(?<![0-9./-])(?P<d3>[0-9]{1,2})(?P<s3>[./-])(?P<m3>[0-9]{1,2})(?P=s3)"
        r"(?P<y3>[1-9][0-9]{3}|(?<!-)[0-9]{2})(?![0-9/-]|\.[0-9])"
        r"|(?<![0-9./-])(?P<y4>[1-9][0-9]{3})(?P<s4>[./-])(?P<m4>[0-9]{1,2})(?P=s4)"
        r"(?P<d4>[0-9]{1,2})(?![0-9/-]|\.[0-9])"
        # 15-Jan-03, 15 ene. 2003, 15/IV/2003
        r"|(?<![0-9./-])(?P<d5>[0-9]{1,2})(?:[-/.\s]{1,2}| de )(?P<m5><A_MONTH>|<A_SHORT_MONTH>"
        rf"|(?<=[/-])(?:{_any_of(_ROMANS)})(?=[/-][12][0-9]{{3}}))"
        r"(?:\.?[-/,\s]{1,2}(?P<y5>[1-9][0-9]{3}|[0-9]{2}(?![0-9\s])))?(?!\w))<YEAR_OF>"
    ),
    "ONE_MONTH": (
        r"(?:(?:<dates.next> )?(?P<pm><A_MONTH>)(?: <dates.coming>(?!\w))?"
        r"(?:,? (?:del? )?(?:año )?(?P<py>[1-9][0-9]{3}))?"
        # 2003/04, 2003-04; 04/2003
        r"|(?<![0-9./-])(?P<py2>(?:19|20)[0-9]{2})[/-](?P<pm2>0[1-9]|1[0-2])(?![0-9/-])"
        r"|(?P<pm4><A_MONTH>|<A_SHORT_MONTH>)\.?[-/\s](?P<py4>(?:19|20)[0-9]{2})(?![0-9/-])"
        r"|(?<![0-9./-])(?P<pm3>0?[1-9]|1[0-2])/(?P<py3>(?:19|20)[0-9]{2})(?![0-9/-]))"
    ),
    "MONTH": "<ONE_MONTH><YEAR_OF>",
    "YEAR": r"(?:del? |el |año |the year |of ){0,4}(?P<yy>(?:19|20)[0-9]{2})(?![0-9]|[/–-][0-9])",
}
"""Parts of patterns by the names under which others have them: `<DAY>`."""
_PART = re.compile(f"<({'|'.join(_PARTS)})>")
_MAX_COUNT = 99_999
"""Units that a `due` takes; Python refuses to read a number of more than 4,300 digits."""


def time_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile the pattern of a time, in small letters, with the phrases and parts that it names."""
    while _PART.search(pattern):
        pattern = _PART.sub(lambda part: _PARTS[part[1]], pattern)
    return lexicon.phrase_regex(pattern, flags)


def span_of(number: str, word: str) -> tuple[int, Unit] | None:
    """Return a span in units of a `due`: 6 months for `two`, `quarters`; None for what it lacks."""
    size, _space, unit = UNITS[word.lower()].rpartition(" ")
    is_short = number.isdecimal() and len(number) <= len(str(_MAX_COUNT))
    count = (int(number) if is_short else NUMBERS.get(number.lower(), 0)) * int(size or 1)
    return (count, unit) if 0 < count <= _MAX_COUNT else None  # type: ignore[return-value] # of the lexicon


def in_words(count: int, unit: Unit) -> str:
    """Return a span as a `due` writes it: `6 months`, `1 day`."""
    return f"{count} {unit if count > 1 else unit[:-1]}"


_EXCLUDES = time_regex("<dates.before>")
_ITS_MEETING = time_regex(r" (?:<dates.regularity> )?<A_MEETING>(?!\w)", re.IGNORECASE)
"""Behind the name of a body: *the next CRM session*."""


def excludes_day(words: str) -> bool:
    """Tell whether words begin with *before*, which excludes the day that follows."""
    return _EXCLUDES.match(words) is not None


def has_year(match: re.Match[str]) -> bool:
    """Tell whether a match of DAY or MONTH has its year in full, and no day of open order."""
    groups = match.groupdict()
    short = groups.get("y5") or groups.get("y3")
    if short:
        is_open = not groups.get("y5") and _first_is_day(match) is None
        return len(short) > len("02") and not is_open
    return any(map(groups.get, (*_YEARS, "this_year"))) or (
        bool(groups.get("next_year")) and not _FOLLOWING_YEAR.search(groups["next_year"])
    )


def _first_is_day(match: re.Match[str]) -> bool | None:
    """Tell whether 04/05/2003 is the 4th of May; None where neither it nor the text tells that."""
    first, second = int(match["d3"]), int(match["m3"])
    if first == second or max(first, second) > _MOST_MONTHS:
        return second <= _MOST_MONTHS
    for other in _IN_FIGURES.finditer(match.string):
        if int(other[1]) > _MOST_MONTHS or int(other[3]) > _MOST_MONTHS:
            return int(other[3]) <= _MOST_MONTHS
    return None


def _year_of(match: re.Match[str], month: int, day: int, context: TimeContext) -> int:
    """Return the year that a match names, else that of the first such day after the meeting."""
    get, ended = match.groupdict().get, context.ended
    if not any(map(get, ("py", "py2", "py3", "py4"))) and (get("next_year") or get("this_year")):
        return ended.year + bool(get("next_year"))
    written = next(filter(None, map(get, _YEARS)), "")
    if get("that_year"):  # no year where the text names none before
        before = _YEAR.findall(match.string, max(0, match.start() - _FAR), match.start())
        return int(before[-1]) if before else 0
    if len(written) == len("02"):
        return max(ended.year, 2000) // 100 * 100 + int(written)
    return int(written) if written else ended.year + ((month, day) <= (ended.month, ended.day))


def _month_and_day(match: re.Match[str], order: Order) -> tuple[int, int]:
    if match["d4"]:
        return int(match["m4"]), int(match["d4"])
    if match["d3"]:
        first, second = int(match["d3"]), int(match["m3"])
        is_day = _first_is_day(match)
        is_day = order == "day-first" if is_day is None else is_day
        return (second, first) if is_day else (first, second)
    month, day = match["m"] or match["m2"] or match["m5"], match["d"] or match["d2"] or match["d5"]
    return _MONTH_OF[month.lower()] if month else 0, int(day)


def day_of(match: re.Match[str], context: TimeContext) -> date | None:
    """Return the day that a match of DAY names, in the year that is meant; None for no day."""
    month, day = _month_and_day(match, context.order)
    if not month:  # "the 15th of this month"
        return date_or_none(context.ended.year, context.ended.month, day)
    return date_or_none(_year_of(match, month, day, context), month, day)


def days_by_order(match: re.Match[str]) -> dict[Order, date | None]:
    """Return the day of a match of DAY that names its year, by the orders that it may have.

    It is None where no calendar has that day: 30/02/2026 still shows that the day comes first.
    """
    written = next(filter(None, map(match.group, ("y", "y2", "y3", "y4", "y5"))), "")
    if not written:
        return {}
    year = int(written) + (2000 if len(written) == len("02") else 0)
    days = [_month_and_day(match, "day-first")] * len(ORDERS)
    if match["d3"]:
        days = [(int(match["m3"]), int(match["d3"])), (int(match["d3"]), int(match["m3"]))]
    both = zip(ORDERS, days, strict=True)
    return {order: date_or_none(year, *day) for order, day in both if day[0] <= _MOST_MONTHS}


def day_of_each_year(match: re.Match[str], *, excluded: bool) -> str:
    """Return the day of a match of DAY as `05-31`, or the one before; empty where none is."""
    day = date_or_none(2000, *_month_and_day(match, "day-first"))
    return (day - timedelta(days=excluded)).isoformat()[5:] if day else ""


def month_of(match: re.Match[str], context: TimeContext) -> tuple[int, int]:
    """Return the year that is named or meant, and the month, of a match of MONTH."""
    figures = match["pm2"] or match["pm3"]
    name = next(filter(None, map(match.groupdict().get, ("pm", "pm4", "pm5"))), "")
    month = int(figures) if figures else _MONTH_OF[name.lower()]
    return _year_of(match, month, 28, context), month


def date_or_none(year: int, month: int, day: int) -> date | None:
    """Return a day, or None where the calendar has none."""
    return parse_day(f"{year:04}-{month:02}-{day:02}")


def later_period(
    due: str, match: re.Match[str], context: TimeContext, *, sure: bool
) -> Time | None:
    """Return a match as the time of a period that ends after the meeting; None for another."""
    period = parse_period(due)
    is_later = period is not None and period[1] > context.ended
    return Time(due, *match.span(), sure) if is_later else None


def _words_by_recurrence(table: str) -> tuple[list[str], str]:
    """Return the dues of recurrences, and a pattern of their words in its groups `r0`, `r1`."""
    tables = [language.values[table] for language in lexicon.lexicons_with(table)]
    dues = list(dict.fromkeys(due for words in tables for due in words))
    groups = (f"(?P<r{at}>{lexicon.all_phrases(f'{table}.{due}')})" for at, due in enumerate(dues))
    return dues, lexicon.alternatives(groups)


ADVERB_DUES, ADVERB = _words_by_recurrence("dates.recurring")
PAPER_DUES, PAPER_ADJECTIVE = _words_by_recurrence("dates.recurring_papers")
_CUES = {
    "adverb": time_regex(rf"(?<!\w){ADVERB}(?!\w)"),
    "day": time_regex(r"[0-9]|<A_MONTH>|(?<!\w)<A_SHORT_MONTH>"),
    "each": time_regex(r"(?<!\w)<dates.each|dates.recurring.every year>"),
    "figure": re.compile("[0-9]"),
    "half": re.compile("quincena|mitad|half|fortnight|semana|week"),
    "meeting": time_regex(
        r"(?<!\w)<dates.meetings|dates.several_meetings|dates.when_it_meets>|[0-9]{4}-[0-9]{2}"
    ),
    "paper": time_regex(rf"(?<!\w){PAPER_ADJECTIVE}(?!\w)"),
    "part": time_regex(r"(?<!\w)<A_UNIT>(?!\w)|[qhts][1-4]|[1-4][.oº°]?[qhts]"),
    "unit": time_regex(r"(?<!\w)<A_UNIT>(?!\w)"),
}
"""What a form cannot do without: it is looked for only where a stretch has all of its cues."""


def cues_in(context: TimeContext) -> Set[str]:
    """Return the names of the cues that a stretch has; a body may meet."""
    stretch = context.text, context.start, context.end
    cues = {name for name, cue in _CUES.items() if cue.search(*stretch)}
    return cues | {"meeting"} if context.bodies.named else cues
