"""A `due` that is no form of a deadline, or that leads out of the years 1 to 9999.

Why: The grammar is closed: no text is ever guessed to be a date.

Bad:

    due: primer trimestre de 2003

Good:

    due: 2003-Q1
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.deadlines import deadline, meetings_of_deadline
from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import Before, EverySpan, EveryYear, Within
from grcm_cli.domain.recurrence import Series
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the deadlines that no calendar has. The reader checks their form."""
    for meeting, due, at in register.each_due():
        concerns: frozenset[str] = frozenset()
        message = _("'{text}' ends after the year 9999")
        match due:
            case Before(written, meeting=before) if deadline(before, meeting, register.calendar):
                day = deadline(due, meeting, register.calendar)
                concerns = meetings_of_deadline(due, meeting, register.calendar)
                message = _("'{text}' lies before the year 1")
            case Within(written, anchor=anchor) if not _is_unknown(register, anchor):
                day = deadline(due, meeting, register.calendar)
                concerns = frozenset({anchor} if isinstance(anchor, str) else ())
            case EveryYear(written) | EverySpan(written):
                day = Series(due, meeting, register.calendar).day(1)
            case _:
                continue
        if day is None and meeting.last_day is not None:
            yield Problem(at, message.format(text=written), concerns=concerns)


def _is_unknown(register: Register, anchor: object) -> bool:
    return isinstance(anchor, str) and anchor not in register.calendar.by_id
