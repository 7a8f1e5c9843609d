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

from collections.abc import Iterator, Sequence
from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem
from grcm_cli.domain.model import Each, Meeting, PlacedWord, Responsible, Together
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield responsible parties that were not members on the meeting's last day."""
    parties = register.directory.by_code.values()
    # In most processes few members have come or gone; the others need no look.
    moving = {party.code: party for party in parties if party.since or party.until}
    for meeting, _conclusion, mandate in register.all_mandates if moving else ():
        for word in _bound(meeting, mandate.responsible):
            if word.text not in moving:
                continue
            day = meeting.last_day
            if day is not None and not moving[word.text].belongs_on(day):
                message = _("'{code}' is not a member on {day}").format(code=word.text, day=day)
                hint = _("its days of membership are in register.yaml")
                yield Problem(word.at, message, hint, concerns=frozenset({THE_REGISTER}))


def _bound(meeting: Meeting, responsible: Responsible | None) -> Sequence[PlacedWord]:
    """Return the codes of the responsible parties, as they are written."""
    match responsible:
        case Together(parties):
            return parties
        case Each(group, listed, exceptions):
            excepted = {word.text for word in exceptions}
            words = meeting.participants if group == "participants" else listed
            return [word for word in words if word.text not in excepted]
        case None:
            return ()
