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

from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import N_, _

_WRONG = {
    "office": N_("{code} is an office"),
    "body": N_("{code} is a body that meets"),
}
_NO_COUNTRY = {**_WRONG, "organization": N_("{code} is an organization")}


def check(register: Register, as_of: date) -> Problems:
    """Yield the holders, the participants and the countries of meetings of another kind."""
    parties = register.directory.by_code
    holds = _("write the code of the country, or of the organization, that holds the office")
    took_part = _("write the codes of the countries and organizations that took part")
    for party in register.parties:
        for term in party.terms:
            holder = parties.get(term.holder.text)
            if holder is not None and holder.kind in _WRONG:
                message = _(_WRONG[holder.kind]).format(code=holder.code)
                yield Problem(term.holder.at, message, holds)
    for meeting in register.meetings:
        words = [(word, _WRONG, took_part) for word in meeting.participants]
        if meeting.country is not None:
            words.append((meeting.country, _NO_COUNTRY, _("write the code of the country")))
        for word, wrong, hint in words:
            there = parties.get(word.text)
            if there is not None and there.kind in wrong:
                message = _(wrong[there.kind]).format(code=there.code)
                yield Problem(word.at, message, hint, concerns={THE_REGISTER})
