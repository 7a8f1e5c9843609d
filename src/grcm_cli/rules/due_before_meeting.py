"""A deadline that is before the last day of the meeting that set it.

Why: No meeting sets a deadline in the past: the year, or the meeting, is wrong.

Bad:
    due: 2002-01-15   # a meeting of October 2002
Good:
    due: 2003-01-15
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for meeting, due, at in register.each_due():
        day, end = due.first_day(meeting, register.calendar), meeting.last_day
        if day is not None and end is not None and day < end:
            message = _("the deadline {day} is before the meeting's last day, {end}")
            concerns = due.meetings(meeting, register.calendar)
            yield Problem(at, message.format(day=day, end=end), concerns=concerns)
