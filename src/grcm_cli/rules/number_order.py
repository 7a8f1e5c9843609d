"""A conclusion comes before one with a lower number.

Why: People look for 8 between 7 and 9.

Bad:
    - number: 9
    - number: 8
Good:
    - number: 8
    - number: 9
"""

from itertools import pairwise

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for meeting in register.meetings:
        plain = [(conclusion, conclusion.whole_number) for conclusion in meeting.conclusions or ()]
        counted = [(conclusion, number) for conclusion, number in plain if number is not None]
        for (_earlier, before), (conclusion, number) in pairwise(counted):
            if number < before:
                message = _("{number} comes after {before}").format(number=number, before=before)
                yield Problem(conclusion.number_at, message)
