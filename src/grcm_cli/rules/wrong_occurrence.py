"""A report on a recurring duty that does not tell which time, or tells one that there is not.

Why: A duty of every year is owed every year: a report says which year it answers.

Bad:

    # due: every year on 05-31
    - {mandate: GRCM-2002-10/8#1, date: 2004-05-30, progress: done}

Good:

    - {mandate: GRCM-2002-10/8#1, for: 2004-05-31, date: 2004-05-30, progress: done}
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import Entry, EveryMeeting, Meeting, Reference, Unclear
from grcm_cli.domain.recurrence import Series, is_recurring
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield entries on recurring duties that name no occurrence, and `for` on other duties."""
    for entry, (reference, meeting, _end, mandate, _address) in register.each_entry():
        if mandate is None or meeting is None or isinstance(mandate.due, Unclear):
            continue
        if is_recurring(mandate.due):
            series = Series.of(mandate, meeting, register.calendar)
            concerns = _concerns(meeting, entry)
            yield from _unnamed(entry, series, reference, concerns) if series else ()
        elif entry.occurrence is not None:
            message = _("{text} is due once: there is no `for`").format(text=reference)
            hint = _("delete `for:`")
            yield Problem(entry.occurrence.at, message, hint, concerns=_concerns(meeting, entry))


def _unnamed(
    entry: Entry, series: Series, reference: Reference | None, concerns: frozenset[str]
) -> Iterator[Problem]:
    if entry.occurrence is None:
        message = _("{text} comes back: for which time is this?").format(text=reference)
        hint = _hint(series, entry.day)
        yield Problem(entry.mandate.at, message, hint, concerns=concerns)
    elif series.named(entry.occurrence.text) is None:
        message = _("{text} is not due for '{name}'")
        sentence = message.format(text=reference, name=entry.occurrence.text)
        hint = _hint(series, entry.day)
        yield Problem(entry.occurrence.at, sentence, hint, concerns=concerns)


def _concerns(meeting: Meeting, entry: Entry) -> frozenset[str]:
    """Return the ids of the meeting of the duty, and of the one that an entry may name."""
    named = [entry.occurrence.text] if entry.occurrence else []
    return frozenset([meeting.id, *named])


def _hint(series: Series, day: date) -> str:
    """Return a hint with the occurrences around a day."""
    if isinstance(series.due, EveryMeeting) and series.nth(1) is None:
        return _("no meeting at which it is due is in the record")
    before = series.before(day)
    near = (series.nth(place) for place in (before, before + 1))
    names = [f"`for: {occurrence.name}`" for occurrence in near if occurrence]
    return _("write {words}").format(words=_(" or ").join(names))
