"""A party that cannot stand there, as holder of an office, participant or country of a meeting.

Why: Offices and bodies hold no office and are no participants: what they owe would be in no list of
a country. A meeting takes place in a member country, or `country` is left out.

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
_NO_COUNTRY = {**_WRONG, "organization": N_("{code} is an organization")}


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the holders, the participants and the countries of meetings of another kind."""
    parties = register.directory.by_code
    hint = _("write the code of the country, or of the organization, that holds the office")
    for party in register.parties:
        for term in party.terms:
            holder = parties.get(term.holder.text)
            if holder is not None and holder.kind in _WRONG:
                message = _(_WRONG[holder.kind]).format(code=holder.code)
                yield Problem(term.holder.at, message, hint)
    no_participants = {code for code, party in parties.items() if party.kind in _WRONG}
    for meeting in register.meetings:
        for word in meeting.participants:
            if word.text in no_participants:
                message = _(_WRONG[parties[word.text].kind]).format(code=word.text)
                hint = _("write the codes of the countries and organizations that took part")
                yield Problem(word.at, message, hint, concerns=frozenset({THE_REGISTER}))
        if meeting.country is None:
            continue
        country = parties.get(meeting.country.text)
        if country is not None and country.kind in _NO_COUNTRY:
            message = _(_NO_COUNTRY[country.kind]).format(code=country.code)
            hint = _("write the code of the country")
            yield Problem(meeting.country.at, message, hint, concerns=frozenset({THE_REGISTER}))
