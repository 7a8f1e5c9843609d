"""Two conclusions of a meeting have the same number.

Why: A reference to it would name both. A number with zeros before it, as 08, is the same number.

Bad:

    - number: 8
    - number: 8

Good:

    - number: 8
    - number: 9
"""

import re
from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _

_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield each number that a meeting has given before."""
    for meeting in register.meetings:
        numbers = [_without_zeros(conclusion.number) for conclusion in meeting.conclusions or ()]
        if len(set(numbers)) == len(numbers):
            continue  # as nearly everywhere
        first: dict[str, tuple[str, int]] = {}
        for conclusion in meeting.conclusions or ():
            number = conclusion.number
            plain = _without_zeros(number)
            if plain in first and number != "?":
                earlier, line = first[plain]
                message = _("the number {number} is taken")
                if earlier != number:
                    message = _("the number {number} is {earlier}, written differently")
                hint = _("the first stands on line {line}").format(line=line)
                sentence = message.format(number=number, earlier=earlier)
                yield Problem(conclusion.number_at, sentence, hint)
            first.setdefault(plain, (number, conclusion.number_at.line))


def _without_zeros(number: str) -> str:
    """Return a number without the zeros that stand before its digits: 8 for 08, A.1 for A.01."""
    return _ZEROS.sub("", number)
