"""A party that cannot stand there: an office or a body as the holder of an office, or as a country.

Why: What an office owes is in the lists of its holder, who must be a country or an organization.

Qué: Una parte que no puede estar ahí: un cargo o un órgano como titular de un cargo, o como país.

Por qué: Lo que debe un cargo está en las listas de su titular, que debe ser un país o una
organización.

Bad:

    PPT:
      terms: [{holder: PPT, from: 2002-01-01}]

Good:

    PPT:
      terms: [{holder: GTM, from: 2002-01-01}]
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem
from grcm_cli.domain.register import Register
from grcm_cli.language.text import N_, _

_WRONG = {
    "office": N_("{code} is an office"),
    "body": N_("{code} is a body that meets"),
}


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the holders and the countries of meetings that are offices or bodies."""
    parties = register.directory.by_code
    hint = _("write the code of the country, or of the organization, that holds the office")
    for party in register.parties:
        for term in party.terms:
            holder = parties.get(term.holder.text)
            if holder is not None and holder.kind in _WRONG:
                message = _(_WRONG[holder.kind]).format(code=holder.code)
                yield Problem(term.holder.at, message, hint)
    for meeting in register.meetings:
        if meeting.country is None:
            continue
        country = parties.get(meeting.country.text)
        if country is not None and country.kind in _WRONG:
            message = _(_WRONG[country.kind]).format(code=country.code)
            hint = _("write the code of the country")
            yield Problem(meeting.country.at, message, hint, concerns=frozenset({THE_REGISTER}))
