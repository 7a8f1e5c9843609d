"""A country is responsible that was not a member on the meeting's last day.

Why: A meeting binds its members of that day. The days of membership are in register.yaml.

Qué: Es responsable un país que no era miembro el último día de la reunión.

Por qué: Una reunión obliga a los miembros de ese día. Las fechas de membresía están en
register.yaml.

Bad:

    responsible: DOM   # a member since 2005, bound by a meeting of 2002

Good:

    responsible: PAN
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.findings import Problem
from grcm_cli.register import Register
from grcm_cli.text import _

SEVERITY = "error"


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the responsible members that were none on the day."""
    for meeting, _conclusion, mandate in register.each_mandate():
        for word in mandate.responsible.codes if mandate.responsible else ():
            party = register.directory.by_code.get(word.text)
            day = meeting.last_day
            if party is not None and day is not None and not party.belongs_on(day):
                message = _("'{code}' is not a member on {day}").format(code=word.text, day=day)
                yield Problem(word.at, message, _("its days of membership are in register.yaml"))
