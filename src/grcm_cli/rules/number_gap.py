"""A number is missing between two conclusions.

Why: A paragraph may have been left out.

Bad:
    - number: 8
    - number: 10
Good:
    - number: 8
    - number: 9
    - number: 10
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for meeting in register.meetings:
        plain = [(conclusion, conclusion.whole_number) for conclusion in meeting.conclusions or ()]
        numbers = sorted({number for _conclusion, number in plain if number is not None})
        if not numbers or numbers[-1] - numbers[0] == len(numbers) - 1:
            continue  # none is missing, as nearly everywhere
        previous = dict(zip(numbers[1:], numbers, strict=False))
        for conclusion, number in plain:
            if number is None:
                continue
            before = previous.get(number, number - 1)
            if before < number - 1:
                missing = str(before + 1) if before == number - 2 else f"{before + 1}–{number - 1}"
                message = _("missing before it: {numbers}").format(numbers=missing)
                yield Problem(conclusion.number_at, message)
