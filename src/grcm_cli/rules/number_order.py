"""A conclusion stands before one with a smaller number.

Why: People look for 8 between 7 and 9.

Qué: Una conclusión está antes que otra de número menor.

Por qué: La gente busca el 8 entre el 7 y el 9.

Bad:

    - number: 9
    - number: 8

Good:

    - number: 8
    - number: 9
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from grcm_cli.findings import Problem
from grcm_cli.register import Register
from grcm_cli.text import _

SEVERITY = "warning"


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the conclusions whose whole number is smaller than the one before."""
    for meeting in register.meetings:
        plain = [c for c in meeting.conclusions or () if c.number.isdecimal()]
        for before, after in pairwise(plain):
            if int(after.number) < int(before.number):
                message = _("{number} stands after {before}")
                said = message.format(number=after.number, before=before.number)
                yield Problem(after.number_at, said)
