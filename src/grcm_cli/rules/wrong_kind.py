"""A party that is not allowed there: as holder, participant, country or member of a group.

Why: Offices, bodies and groups hold no office and are not participants: what they owe would be in
no country's list. A meeting takes place in a member country, or `country` is left out. A group
contains no other group, and does not report: its members do.

Bad:
    PPT:
      terms: [{holder: PPT, from: 2002-01-01}]
Good:
    PPT:
      terms: [{holder: GTM, from: 2002-01-01}]
"""

from collections.abc import Mapping

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import PlacedWord
from grcm_cli.domain.register import Register
from grcm_cli.language.text import N_, _

_WRONG = {"office": N_("{code} is an office"), "body": N_("{code} is a body that meets")}
_NO_GROUP = {"group": N_("{code} is a group")}
_WRONG |= _NO_GROUP
_NO_COUNTRY = {**_WRONG, "organization": N_("{code} is an organization")}


def check(register: Register) -> Problems:
    holds = _("write the code of the country, or of the organization, that holds the office")
    took_part = _("write the codes of the countries and organizations that took part")
    for party in register.parties:
        for term in party.terms:
            yield from _problem(register, term.holder, _WRONG, holds)
        members = party.members.codes if party.members else ()
        for word in members:
            yield from _problem(register, word, _NO_GROUP, _("write the codes of its members"))
    for word in register.reporting_parties:
        hint = _("each member reports in a file of its own")
        yield from _problem(register, word, _NO_GROUP, hint)
    for meeting in register.meetings:
        words = [(word, _WRONG, took_part) for word in meeting.participants]
        words += [(word, _NO_GROUP, took_part) for word in meeting.observers]
        if meeting.country is not None:
            words.append((meeting.country, _NO_COUNTRY, _("write the code of the country")))
        for word, wrong, hint in words:
            yield from _problem(register, word, wrong, hint)


def _problem(register: Register, word: PlacedWord, wrong: Mapping[str, str], hint: str) -> Problems:
    party = register.directory.by_code.get(word.text)
    if party is not None and party.kind in wrong:
        message = _(wrong[party.kind]).format(code=party.code)
        yield Problem(word.at, message, hint, concerns={THE_REGISTER})
