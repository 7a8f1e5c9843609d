"""A report dated before the end of the meeting that laid down the duty.

Why: Nobody reports on a duty that does not exist yet: the date, or the mandate, is wrong.

Bad:
    - {mandate: GRCM-2002-10/8#1, date: 2001-01-10, progress: done}
Good:
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for entry, (_reference, meeting, *_mandate) in register.each_entry():
        end = meeting.last_day if meeting else None
        if meeting is not None and end is not None and entry.day < end:
            message = _("{day} is before the last day of {meeting}, {end}")
            sentence = message.format(day=entry.day, meeting=meeting.id, end=end)
            yield Problem(entry.day_at or entry.at, sentence, concerns={meeting.id})
