"""Texts: their languages, and what is not meant for everybody."""

import re
from itertools import chain

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Meeting, Party, Text, Theme
from grcm_cli.domain.register import Register, each_conclusion, placed_texts
from grcm_cli.language.lexicon import hint_lines
from grcm_cli.language.suggestions import Suggestion, choices_of
from grcm_cli.language.text import N_, _

_NO_YEAR = r"(?!(?:19|20)\d\d\b)"
_PRIVATE = {
    N_("an e-mail address"): re.compile(r"[\w.+-]@[\w-]{1,63}\.\w"),
    # Of an amount, each group has three digits; of the number of a letter, one is a year.
    N_("a telephone number"): re.compile(
        r"(?:\+|\b(?i:t[eé]l(?:[eé](?:f|ph)on[eo]?)?|tlf|cel(?:ular)?|m[oó]vil|phone|fax)s?\b"
        r"[.:]? ?\(?)\d{1,3}(?:[ .()/-]{0,2}\d){6,12}\b"
        r"|(?<![\w/.-])(?<![º°] )(?<!ficio )(?<!ota )(?<!ote )(?:\(\d{2,4}\) ?\d{3,4}[ .-]?\d{3,4}"
        r"|\d{2,4}-\d{3,4}-\d{4}|0\d{1,3} \d{3,4} \d{3,4}"
        rf"|{_NO_YEAR}\d{{3,4}}-{_NO_YEAR}\d{{4}})(?![\w/-]|[ .,]\d)"
    ),
    N_("a word such as “confidential”"): re.compile(
        "|".join(hint_lines("confidential")), re.IGNORECASE | re.MULTILINE
    ),
}
"""What a note has that is rarely meant for everybody."""


def unknown_language(register: Register) -> Problems:
    languages = register.process.languages
    if not languages:
        return
    otherwise = _("the languages of the process are: {languages}")
    otherwise = otherwise.format(languages=", ".join(languages))
    choices = choices_of(languages)
    holders: list[Party | Meeting] = [*register.parties, *register.meetings]
    for holder in holders:
        language, at = holder.language, holder.language_at or holder.at
        if language is not None and language not in languages:
            message = _("`language: {code}` is not a language of the process").format(code=language)
            advice = Suggestion(language, choices, otherwise)
            yield Problem(at, message, advice, concerns={THE_REGISTER})
    usual = {*languages, ""}
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


def missing_translation(register: Register) -> Problems:
    languages = set(register.process.languages)
    if len(languages) < 2:
        return
    texts = [
        (text, at, meeting.language or "")
        for meeting in register.meetings
        for text, at in placed_texts(meeting)
    ]
    # A name without a language is the same in all: PNA.
    named: list[Party | Theme] = [*register.parties, *register.process.themes]
    texts += [(item.name, item.at, "") for item in named if "" not in item.name.by_language]
    for text, at, authentic in texts:
        missing = sorted(languages - {language or authentic for language in text.by_language})
        if missing:
            message = _("missing in: {languages}").format(languages=", ".join(missing))
            hint = _("write one for each: {es: …, en: …}")
            yield Problem(at, message, hint, concerns={THE_REGISTER})


def no_authentic_text(register: Register) -> Problems:
    for meeting, conclusion in each_conclusion(register):
        languages, authentic = conclusion.text.by_language.keys(), meeting.language
        if authentic is not None and languages and languages.isdisjoint(("", authentic)):
            message = _("the text is missing in {language}, the meeting's language")
            hint = _("add it, or correct the meeting's `language`")
            yield Problem(conclusion.number_at, message.format(language=authentic), hint)


def private_note(register: Register) -> Problems:
    notes = [(text, each.at) for each in register.entries for text in (each.note, each.evidence)]
    for meeting, conclusion in each_conclusion(register):
        if not (conclusion.confidential or meeting.confidential):
            notes.append((conclusion.note, conclusion.number_at))
            notes += [(mandate.note, mandate.at) for mandate in conclusion.mandates]
    for note, at in ((note, at) for note, at in notes if note):  # few have one
        kind = next((kind for kind, has in _PRIVATE.items() if has.search(note)), "")
        if kind:
            message = _("the note is public, but contains {what}").format(what=_(kind))
            hint = _("write it under `internal`, or add the comment: {comment}")
            comment = "# grcm: ignore[private-note]"
            yield Problem(at, message, hint.format(comment=comment))
