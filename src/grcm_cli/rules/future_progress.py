"""A report dated after today, or after `--as-of`.

Why: What has not happened cannot be reported; an entry counts only from its date on.

Bad:
    - {mandate: GRCM-2002-10/8#1, date: 2103-01-10, progress: done}
Good:
    - {mandate: GRCM-2002-10/8#1, date: 2003-01-10, progress: done}
"""

from datetime import date

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check_on(register: Register, as_of: date) -> Problems:
    for entry in register.entries:
        if entry.day > as_of:
            message = _("{day} is later than the date of the answer, {as_of}")
            yield Problem(entry.day_at or entry.at, message.format(day=entry.day, as_of=as_of))
