"""An `until` beside a `due` that does not recur, or one before the first occurrence.

Why: Only what recurs (`every …`) has a last occurrence; what would never fall due is in no list.

Bad:
    due: 2003-05-31
    until: 2007
Good:
    due: every year on 05-31
    until: 2007
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for meeting, _conclusion, mandate in register.all_mandates:
        if mandate.until is None or (mandate.due and mandate.due.is_unclear):
            continue
        series = mandate.series(meeting, register.calendar)
        if series is None:
            message = _("`until` belongs to a recurring duty (`every …`)")
            yield Problem(mandate.until.at, message, _("write only `due:`"))
        elif meeting.last_day is None:
            continue
        elif series.nth(1) is None and (first := series.day(1)) is not None:
            message = _("it ends before it is due for the first time, on {day}")
            # Of `every BODY`, the first meeting says the day.
            concerns = frozenset(identity for _day, identity, _meeting in series.meetings[:1])
            yield Problem(mandate.until.at, message.format(day=first), concerns=concerns)
        elif mandate.until.day <= meeting.last_day:
            # The first meeting at which it would be due is in no file; it comes later still.
            message = _("it ends on or before the last day of its own meeting, {day}")
            yield Problem(mandate.until.at, message.format(day=meeting.last_day))
