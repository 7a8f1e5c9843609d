"""A name or an alias that two parties share.

Why: On the command line it means neither; a code is asked for.

Bad:

    SICA: {name: Sistema, aliases: [Secretaría]}
    ST: {name: Secretaría Técnica, aliases: [Secretaría]}

Good:

    SICA: {name: Sistema}
    ST: {name: Secretaría Técnica, aliases: [Secretaría]}
"""

from datetime import date

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Party
from grcm_cli.domain.parties import names_of
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, fold


def check(register: Register, as_of: date) -> Problems:
    """Yield the parties whose name or alias another has too."""
    first: dict[str, Party] = {}
    for party in register.parties:  # a code is right: what is called like it is the mistake
        first.setdefault(fold(party.code), party)
    for party in register.parties:
        for name in dict.fromkeys(names_of(party)):
            other = first.setdefault(fold(name), party)
            if other is not party and other.code != party.code:
                message = _("'{name}' means {other} too")
                hint = _("case, accents, dots and spaces do not count")
                if fold(name) == fold(other.code):
                    message = _("'{name}' is the code of another party")
                    hint = _("delete it, or write another name")
                at = party.name_places.get(name, party.at)
                yield Problem(at, message.format(name=name, other=other.code), hint)
                break
