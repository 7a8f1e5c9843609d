"""Two conclusions of a meeting have the same number.

Why: A reference to it would name both.

Qué: Dos conclusiones de una reunión tienen el mismo número.

Por qué: Una referencia nombraría a las dos.

Bad:

    - number: 8
    - number: 8

Good:

    - number: 8
    - number: 9
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield each number that a meeting has given before."""
    for meeting in register.meetings:
        numbers = [conclusion.number for conclusion in meeting.conclusions or ()]
        if len(set(numbers)) == len(numbers):
            continue  # as nearly everywhere
        first: dict[str, int] = {}
        for conclusion in meeting.conclusions or ():
            number = conclusion.number
            if number in first and number != "?":
                message = _("the number {number} is taken").format(number=number)
                hint = _("the first stands on line {line}").format(line=first[number])
                yield Problem(conclusion.number_at, message, hint)
            first.setdefault(number, conclusion.number_at.line)
