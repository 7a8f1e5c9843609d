"""Meeting dates that only a mistyped date would give, or a deadline decades away.

Why: A meeting recorded with the wrong year moves every deadline that is counted from it; one that
has not begun keeps its duties out of every list. If two meetings of a body begin on the same day,
it is unclear which of them is the next one.

Bad:
    id: GRCM-2002-10
    start: 2002-10-29
    end: 2003-10-31
Good:
    id: GRCM-2002-10
    start: 2002-10-29
    end: 2002-10-31
"""

import re
from datetime import date

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _

_MOST_DAYS = 61
_MOST_YEARS = {True: 20, False: 50}
"""Until a deadline that is one day, and until any other: a strategy may last to 2050."""
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def check_on(register: Register, as_of: date) -> Problems:
    first: dict[tuple[str, date], Meeting] = {}
    for meeting in register.meetings:
        yield from _of_meeting(meeting, as_of)
        if meeting.body is None or meeting.start is None:
            continue
        other = first.setdefault((meeting.body.text, meeting.start), meeting)
        if other.id != meeting.id:
            message = _("{other} begins on {day} too: it is unclear which of them is `next {body}`")
            sentence = message.format(other=other.id, day=meeting.start, body=meeting.body.text)
            yield Problem(meeting.at, sentence, _("check both dates"), concerns={other.id})
    for meeting, due, at in register.each_due():
        day, end = due.fixed_day, meeting.last_day
        if day is None or end is None or day.year == date.max.year:
            continue  # the last year of the calendar is written for no end
        years = day.year - end.year
        if years >= _MOST_YEARS[due.is_day]:
            message = _("the deadline, {day}, is {years} years after the meeting")
            yield Problem(at, message.format(day=day, years=years))


def _of_meeting(meeting: Meeting, as_of: date) -> Problems:
    start, end = meeting.start, meeting.last_day
    if start is None or end is None:
        return
    days = (meeting.end - start).days + 1 if meeting.end is not None else 1
    if days > _MOST_DAYS:
        message = _("the meeting would last {count} days").format(count=days)
        yield Problem(meeting.end_at, message, _("check the years of its first and last days"))
    years = [int(year) for year in _YEAR.findall(meeting.id)]
    if years and not any(start.year - 1 <= year <= end.year + 1 for year in years):
        message = _("its id says {year}, but its dates are in {held}")
        yield Problem(meeting.at, message.format(year=years[0], held=start.year))
    if meeting.conclusions and start > as_of:
        message = _("it has conclusions, but begins in the future, on {day}")
        hint = _("until then its duties are in no list; today is {day}").format(day=as_of)
        yield Problem(meeting.at, message.format(day=start), hint)
