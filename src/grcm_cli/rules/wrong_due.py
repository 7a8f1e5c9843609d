"""A `due` that is no form of a deadline, or that leads out of the years 1 to 9999.

Why: The grammar is closed: no text is ever guessed to be a date.

Bad:

    due: primer trimestre de 2003

Good:

    due: 2003-Q1
"""

from datetime import date

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register


def check(register: Register, as_of: date) -> Problems:
    """Yield the deadlines that no calendar has. The reader checks their form."""
    for meeting, due, at in register.each_due():
        message = due.fault(meeting, register.calendar)
        if message:
            yield Problem(at, message, concerns=due.meetings(meeting, register.calendar))
