"""Two conclusions of a meeting have the same number.

Why: A reference to it would name both. A number with leading zeros, such as 08, is the same number.

Bad:
    - number: 8
    - number: 8
Good:
    - number: 8
    - number: 9
"""

import re

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Conclusion
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _

_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def check(register: Register) -> Problems:
    for meeting in register.meetings:
        first: dict[str, Conclusion] = {}
        for conclusion in meeting.conclusions or ():
            number = conclusion.number
            earlier = first.get(_ZEROS.sub("", number))
            if earlier is None:
                first[_ZEROS.sub("", number)] = conclusion
            elif number != "?":
                message = _("the number {number} is taken")
                if earlier.number != number:
                    message = _("the number {number} is {earlier} written differently")
                sentence = message.format(number=number, earlier=earlier.number)
                hint = _("the first is on line {line}").format(line=earlier.number_at.line)
                yield Problem(conclusion.number_at, sentence, hint)
