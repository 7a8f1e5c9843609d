"""A conclusion's text is given in several languages, but not in the meeting's own.

Why: The text in the meeting's language is the adopted one: “word for word” can be checked against
no other.

Bad:
    language: es
    conclusions:
      - {number: 8, text: {en: To thank Costa Rica …}}
Good:
    language: es
    conclusions:
      - {number: 8, text: {es: Agradecer a Costa Rica …, en: To thank Costa Rica …}}
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, each_conclusion
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for meeting, conclusion in each_conclusion(register):
        languages = conclusion.text.by_language
        if meeting.language is None or not languages or "" in languages:
            continue
        if meeting.language not in languages:
            message = _("the text is missing in {language}, the meeting's language")
            sentence = message.format(language=meeting.language)
            hint = _("add it, or correct the meeting's `language`")
            yield Problem(conclusion.number_at, sentence, hint)
