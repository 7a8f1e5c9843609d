"""A party in two roles that exclude each other: participant and observer, responsible and support.

Why: In which of the two it stands is open; what it only supports is not counted as its own.

Qué: Una parte en dos papeles de los que uno excluye al otro: participante y observador, responsable
y apoyo.

Por qué: Queda abierto cuál de los dos vale; lo que una parte sólo apoya no cuenta como suyo.

Bad:

    responsible: [CRI, MEX]
    support: MEX

Good:

    responsible: CRI
    support: MEX
"""

from collections.abc import Iterator, Sequence
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import PlacedWord, Responsible, Together
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the second role of a party. A member of a group that owes may support the others."""
    for meeting in register.meetings:
        for word in _in_both(meeting.participants, meeting.observers):
            message = _("{code} is a participant already").format(code=word.text)
            yield Problem(word.at, message, _("leave it in one of the two lists"))
    for _meeting, _conclusion, mandate in register.all_mandates:
        if mandate.support and mandate.responsible is not None:
            for word in _in_both(_named(mandate.responsible), mandate.support):
                message = _("{code} is responsible already").format(code=word.text)
                yield Problem(word.at, message, _("leave it in one of the two lists"))


def _named(responsible: Responsible) -> Sequence[PlacedWord]:
    """Return the codes of the responsible parties that are written one by one."""
    return responsible.parties if isinstance(responsible, Together) else responsible.listed


def _in_both(first: Sequence[PlacedWord], second: Sequence[PlacedWord]) -> Iterator[PlacedWord]:
    codes = {word.text for word in first} if second else ()
    return (word for word in second if word.text in codes)
