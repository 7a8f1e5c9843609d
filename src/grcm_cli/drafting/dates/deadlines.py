"""The deadline of a duty in its text, as `due` is written. A date that is no deadline is none."""

from collections.abc import Callable, Iterator, Sequence

from grcm_cli.drafting.dates import periods, relative
from grcm_cli.drafting.dates.patterns import DeadlineContext
from grcm_cli.drafting.mandate import DraftDeadline
from grcm_cli.language.lexicon import all_phrases, phrase_regex

DeadlineFinder = Callable[[str, int, int, DeadlineContext], Iterator[DraftDeadline]]
"""Yields the deadlines of one form that a stretch of a text sets, from a place to another."""

FINDERS: Sequence[DeadlineFinder] = (
    relative.find_recurring,
    relative.find_next_meeting,
    relative.find_numbered_meeting,
    relative.find_durations,
    periods.find_days,
    periods.find_days_at_latest,
    periods.find_months,
    periods.find_years,
    periods.find_parts_of_years,
    periods.find_events,
    relative.find_undated,
)


def find_deadline(
    text: str, start: int, end: int, context: DeadlineContext
) -> DraftDeadline | None:
    """Return the first deadline that a stretch of a text sets, or None."""
    found = [
        deadline
        for find in FINDERS
        for deadline in find(text, start, end, context)
        if _is_of_duty(text, deadline, start)
    ]
    return min(found, key=lambda deadline: (_rank(deadline.due), deadline.start), default=None)


def _rank(due: str) -> int:
    """Return how little a deadline counts beside others of the same duty: the least is taken.

    What recurs counts before the day when it begins, a day before the meeting for which it is.
    """
    if due in ("ongoing", "asap"):
        return 3
    return 0 if due.startswith("every") else 2 if due.startswith("next") else 1


_OF_SOMETHING_ELSE = phrase_regex(all_phrases("dates.of_something_else") + r"[^.;,]{0,40}$")
_TO_BE = phrase_regex(rf"\b{all_phrases('dates.to_be')} (?!held)\w+")


def _is_of_duty(text: str, deadline: DraftDeadline, start: int) -> bool:
    """Tell whether a date belongs to the duty, and not to something that the text speaks of."""
    due = deadline.due
    if due.startswith(("next ", "every ")) or due in ("asap", "ongoing"):
        return True
    before = text[max(start, deadline.start - 70) : deadline.start]
    before = _TO_BE.sub("", before)  # "será remitida a más tardar": what is to be done
    return _OF_SOMETHING_ELSE.search(before) is None
