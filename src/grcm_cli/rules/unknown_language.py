"""A language of a meeting, a party or a text that is not one of the languages of the process.

Why: The code may be mistyped; then its text is taken to be in another language, and letters go out
in that of the process.

Bad:
    language: et   # the languages of the process are es and en
Good:
    language: es
"""

from itertools import chain

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Meeting, Party, Text
from grcm_cli.domain.register import Register, placed_texts
from grcm_cli.language.suggestions import Suggestion, choices_of
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    known = register.process.languages
    if not known:
        return
    otherwise = _("the languages of the process are: {languages}")
    otherwise = otherwise.format(languages=", ".join(known))
    choices = choices_of(known)
    holders: list[Party | Meeting] = [*register.parties, *register.meetings]
    for holder in holders:
        language, at = holder.language, holder.language_at or holder.at
        if language is not None and language not in known:
            message = _("`language: {code}` is not a language of the process").format(code=language)
            advice = Suggestion(language, choices, otherwise)
            yield Problem(at, message, advice, concerns={THE_REGISTER})
    usual = {*known, ""}
    names = [
        (Text({language: name}), party.name_places.get(name, party.at))
        for party in register.parties
        for language, name in party.name.by_language.items()
    ]
    names += [(theme.name, theme.at) for theme in register.process.themes]
    for text, at in chain(names, chain.from_iterable(map(placed_texts, register.meetings))):
        for language in sorted(text.by_language.keys() - usual):
            message = _("a text is in '{code}', which is not a language of the process")
            advice = Suggestion(language, choices, otherwise)
            yield Problem(at, message.format(code=language), advice, concerns={THE_REGISTER})
