"""Two parties of the register have the same code.

Why: A member, an office, an organization and a body are told apart by their codes alone.

Bad:
    members:
      SICA: …
    organizations:
      SICA: …
Good:
    organizations:
      SICA: …
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for party in register.parties:
        first = register.directory.by_code[party.code]
        if first is not party:
            message = _("the code {code} is taken").format(code=party.code)
            hint = _("the first is on line {line}").format(line=first.at.line)
            yield Problem(party.at, message, hint)
