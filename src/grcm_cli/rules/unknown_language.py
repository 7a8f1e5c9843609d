"""A language of a meeting, a party or a text that is not among the languages of the process.

Why: The code may be mistyped; then its text is taken for another language, and letters go out in
that of the process.

Bad:

    language: et   # the languages of the process are es and en

Good:

    language: es
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem
from grcm_cli.domain.model import Location, Party, Text
from grcm_cli.domain.register import Register
from grcm_cli.language.suggestions import Suggestion, choices_of
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the languages that the process does not have, if it says which it has."""
    known = register.process.languages
    otherwise = _("the languages of the process are: {languages}")
    otherwise = otherwise.format(languages=", ".join(known))
    choices = choices_of(known)
    for language, at in _languages(register) if known else ():
        if language not in known:
            message = _("`language: {code}` is no language of the process").format(code=language)
            advice = Suggestion(language, choices, otherwise)
            yield Problem(at, message, advice, concerns=frozenset({THE_REGISTER}))
    usual = frozenset({*known, ""})
    for text, at in _odd_texts(register, usual) if known else ():
        for language in sorted(text.by_language.keys() - usual):
            message = _("a text is in '{code}', which is no language of the process")
            advice = Suggestion(language, choices, otherwise)
            concerns = frozenset({THE_REGISTER})
            yield Problem(at, message.format(code=language), advice, concerns=concerns)


def _odd_texts(register: Register, usual: frozenset[str]) -> Iterator[tuple[Text, Location]]:
    """Yield every text in other languages than the usual ones, with its place."""
    are_usual = usual.issuperset
    for party in register.parties:
        if not are_usual(party.name.by_language):
            yield party.name, _place_of_name(party)
    for meeting in register.meetings:
        if meeting.title is not None and not are_usual(meeting.title.by_language):
            yield meeting.title, meeting.title_at or meeting.at
        for conclusion in meeting.conclusions or ():
            if not are_usual(conclusion.text.by_language):
                yield conclusion.text, conclusion.number_at
            for mandate in conclusion.mandates:
                if mandate.action is not None and not are_usual(mandate.action.by_language):
                    yield mandate.action, mandate.at


def _place_of_name(party: Party) -> Location:
    return next(iter(party.name_places.values()), party.at)


def _languages(register: Register) -> Iterator[tuple[str, Location]]:
    for party in register.parties:
        if party.language is not None:
            yield party.language, party.at
    for meeting in register.meetings:
        if meeting.language is not None:
            yield meeting.language, meeting.at
