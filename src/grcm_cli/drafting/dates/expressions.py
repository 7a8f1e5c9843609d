"""Every expression of time in a text, whether or not a deadline is read from it."""

import re
from datetime import date
from functools import cached_property

from grcm_cli.drafting.dates.deadlines import deadlines_in, find_events, is_of_something_else
from grcm_cli.drafting.dates.patterns import (
    A_MEETING,
    A_NUMBER,
    A_UNIT,
    BEFORE,
    BY,
    DAY,
    END,
    MONTH,
    YEAR,
    DeadlineContext,
    DraftDeadline,
    day_of,
    has_year,
    month_of,
    time_regex,
)
from grcm_cli.language.lexicon import all_entries, all_phrases, lexicons_with

_UNIT = rf"(?:{A_UNIT})"
_COUNT = rf"(?:{A_NUMBER}|[0-9]{{1,4}})(?:\s*\([^)]{{0,60}}\))?"
_ARTICLE = r"(?:(?:el|la|los|las|the|its|their|su|sus|día|this|each|every|cada|del?) ){0,4}"
_EVENT = all_phrases("dates.events")
_PERIOD = rf"(?:{all_phrases('dates.seasons')}|{all_phrases('dates.periods')}|{_UNIT})(?!\w)"
_OF_TIME = rf"(?:,? (?:(?:de|del|of|in) )?(?:{DAY}|{MONTH}|(?:19|20)[0-9]{{2}}(?![0-9])))?"
_AT_MEETING = all_phrases("dates.at_meeting", "dates.by_meeting")
_UNREAD = (
    time_regex(
        rf"(?<!\w){_COUNT} (?:{_UNIT} )?{all_phrases('dates.working_days')}(?: {_UNIT})?(?!\w)"
    ),
    time_regex(
        rf"(?<!\w)(?:{all_phrases('dates.within')} )?{_ARTICLE}{_COUNT} (?:\w+ )?{_UNIT}"
        rf"(?:,? (?:\w+ )?{all_phrases('dates.counted_from')})(?!\w)"
        rf"(?:,? (?:(?:after|from|de|a|of) )?{_ARTICLE}(?:{_EVENT}|(?:\w+ )?{A_MEETING}))?(?!\w)"
    ),
    time_regex(rf"(?<!\w){all_phrases('dates.within')} {_ARTICLE}{_COUNT} (?:\w+ )?{_UNIT}(?!\w)"),
    time_regex(rf"(?<!\w){all_phrases('dates.upon')} {_ARTICLE}{_EVENT}(?!\w)"),
    time_regex(rf"(?<!\w){all_phrases('dates.vague')}(?!\w)"),
    time_regex(rf"(?<!\w){all_phrases('dates.conditions')}(?: \w+){{1,4}}"),
    time_regex(
        rf"(?<!\w){_AT_MEETING} {_ARTICLE}{all_phrases('dates.next')} "
        rf"{_COUNT} {all_phrases('dates.several_meetings')}(?!\w)"
    ),
    time_regex(
        rf"(?<!\w){all_phrases('dates.period_openings')}\s*{_ARTICLE}"
        rf"(?:{all_phrases('dates.period_ordinals')} )?{_PERIOD}{_OF_TIME}"
    ),
    time_regex(
        rf"(?<!\w)(?:el|la|the) (?:{all_phrases('dates.period_ordinals')} )?{_PERIOD}"
        rf",? (?:de|del|of|in) (?:{DAY}|{MONTH})"
    ),
    time_regex(
        rf"(?<!\w)(?:{all_phrases('dates.within')}|en|in|a las|at) (?:(?:las|los|the) )?{_COUNT} "
        rf"(?:{_UNIT}|{all_phrases('dates.small_units')})(?!\w)"
    ),
    time_regex(
        rf"(?<!\w)(?:{BY}|{BEFORE}) {_ARTICLE}(?:{END})?"
        rf"(?:{DAY}|{MONTH}|{YEAR}|(?:\w+ ){{0,2}}{A_MEETING}(?!\w))"
    ),
)
"""Expressions that no finder reads, or not in every text: also those that it does read."""
_DAY = time_regex(rf"(?<!\w){DAY}")
_MONTH = time_regex(rf"(?<!\w){MONTH}")


Span = tuple[int, int]
"""The first character, and the one after the last."""


class SentenceTimes:
    """The times of a sentence, each kind looked for once; expressions only from a place on."""

    def __init__(self, context: DeadlineContext, begin: int) -> None:
        self._context, self._begin = context, max(context.start, begin)

    @cached_property
    def deadlines(self) -> list[DraftDeadline]:
        """Those of anything but what is to be held."""
        return deadlines_in(self._context)

    @cached_property
    def of_events(self) -> list[DraftDeadline]:
        """Those of what is to be held."""
        return deadlines_in(self._context._replace(holds=True))

    @cached_property
    def expressions(self) -> list[Span]:
        """The first and last character (exclusive) of each expression of time, in order.

        A deadline is among them, whether or not it is that of a duty. A bare day that is past is
        none, nor is the time of a thing: *issued in May*. Those that overlap are one.
        """
        context = self._context._replace(start=self._begin)
        known = (*self.deadlines, *find_events(context._replace(holds=True)))
        found = {(one.start, one.end) for one in known if one.start >= context.start}
        found |= {match.span() for match in context.matches(*_UNREAD)}
        # Days and months after the meeting that have a year, whatever is before them.
        for match in filter(has_year, context.matches(_DAY)):
            day = day_of(match, context)
            if day and day > context.ended:
                found.add(match.span())
        for match in filter(has_year, context.matches(_MONTH)):
            if month_of(match, context) > (context.ended.year, context.ended.month):
                found.add(match.span())
        joined: list[Span] = []
        for start, end in sorted(found):
            if is_of_something_else(context, start) and not says_by_when(context.text, start):
                continue
            if joined and start < joined[-1][1]:
                joined[-1] = joined[-1][0], max(joined[-1][1], end)
            else:
                joined.append((start, end))
        return joined


def time_expressions_in(plain: str, start: int, end: int, ended: date) -> list[Span]:
    """Return the expressions of time in a stretch of a text whose meeting ended on a day.

    It needs no names of bodies, since only the places are returned.
    """
    context = DeadlineContext(
        *(plain, plain.lower(), start, end, ended, "BODY"),
        *(lambda *_: "", lambda *_: "", lambda _: None, lambda _: "", lambda *_: ""),
        holds=True,
    )
    return SentenceTimes(context, start).expressions


def due_of_cell(cell: str) -> str:
    """Return the `due` that a word alone means in a table: `ASAP`, `Quarterly`; or nothing."""
    return next((due for pattern, due in _CELLS if pattern.fullmatch(cell.strip().lower())), "")


_CELLS = [
    (time_regex(all_phrases(f"{table}.{due}")), due)
    for table in ("dates.cells", "dates.recurring_papers")
    for due in dict.fromkeys(due for one in lexicons_with(table) for due in one.mapping(table))
]
CELL_OPENINGS = ("", *(f"{words} " for words in all_entries("dates.cell_openings")))
"""What is put before a cell so that a time alone is read: `15 May` as `by 15 May`."""


_NO_RANGE = "(?!(?:al|hasta|until) )"
"""Not before words that also end a stretch of days: *del 3 al 5*."""
_BY_WHEN = time_regex(
    rf"{_NO_RANGE}(?:{BY}|{BEFORE}|{all_phrases('dates.within')}"
    rf"|{all_phrases('dates.upon')}|{all_phrases('dates.as_soon_as_possible')})(?!\w)"
)
_DEADLINE = time_regex(
    rf"(?<!\w){all_phrases('dates.deadline_nouns')}(?!\w)"
    rf"|(?<!\w){all_phrases('references.moving')} (?:\w+ ){{0,4}}(?:al?|hasta|para|to|until)(?!\w)"
)
_DEADLINE_BEFORE = re.compile(rf"(?:{_DEADLINE.pattern})[^.;]{{0,40}}$")
_UNTIL = time_regex(r"(?:hasta|until|through)(?!\w)")
_ENDS_BY_WHEN = time_regex(rf"(?<!\w){_NO_RANGE}(?:{BY}|{BEFORE})\s*(?:the )?$")
_NEAR = 40
"""Characters before a time: more than words that say by when have."""


def is_by_when(text: str, day: int) -> bool:
    """Tell whether the words before a day, which begins at a place, say that it is the last one."""
    before = text[max(0, day - _NEAR) : day].lower()
    return _ENDS_BY_WHEN.search(" ".join(before.split())) is not None


def may_say_by_when(plain: str, start: int, end: int) -> bool:
    """Tell whether a stretch of text has words like *before*, after which a time may follow."""
    return any(one.search(plain, start, end) for one in (_BY_WHEN, _DEADLINE, _UNTIL))


def says_by_when(plain: str, start: int) -> bool:
    """Tell whether an expression of time that begins at a place says by when, as *before 3 May*."""
    return _BY_WHEN.match(plain, start) is not None


def is_called_deadline(plain: str, start: int) -> bool:
    """Tell whether the text before a time names a deadline: *whose deadline is*, *extended to*."""
    return _DEADLINE_BEFORE.search(plain[max(0, start - _NEAR) : start]) is not None


def says_until(plain: str, start: int) -> bool:
    """Tell whether an expression of time that begins at a place ends a span: *until 2030*."""
    return _UNTIL.match(plain, start) is not None
