"""A `due` that is another day than the only one that the text names.

Why: One digit off is a month late. A text's “before the 15th” is the 14th.

Bad:

    text: … a más tardar el 15 de enero de 2003.
    due: 2003-01-16

Good:

    text: … a más tardar el 15 de enero de 2003.
    due: 2003-01-15
"""

from collections.abc import Iterator
from datetime import date, timedelta

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import Due, FixedDay
from grcm_cli.domain.register import Register
from grcm_cli.language.days import days_in
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the days that differ from the only day in their conclusion's text."""
    for meeting in register.meetings:
        for conclusion in meeting.conclusions or ():
            mandates = conclusion.mandates
            dues = [m for m in mandates if _is_day(m.due)] if mandates else []
            if not dues:
                continue
            days = {day for text in conclusion.text.by_language.values() for day in days_in(text)}
            if len(days) != 1:
                continue
            [day] = days
            if not any(isinstance(m.due, FixedDay) and _fits(m.due.day, day) for m in dues):
                message = _("the text names {day}").format(day=day)
                yield Problem(dues[0].due_at, message, _("one of the two is wrong, or neither is"))


def _fits(due: date, named: date) -> bool:
    """Tell whether a due day is the one that a text names, or the one before."""
    return timedelta(0) <= named - due <= timedelta(days=1)


def _is_day(due: Due | None) -> bool:
    return isinstance(due, FixedDay) and due.written == due.day.isoformat()
