"""The text has the words of a deadline, but no mandate of the conclusion has a `due`.

Why: The date is in the text, but in no list. The rule reads Spanish and English.

Bad:
    - number: 8
      text: Cada país presentará observaciones a más tardar el 15 de enero de 2003.
      responsible: {each: members}
Good:
    - number: 8
      text: Cada país presentará observaciones a más tardar el 15 de enero de 2003.
      responsible: {each: members}
      due: 2003-01-15
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, each_conclusion
from grcm_cli.language.lexicon import deadline_words
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for _meeting, conclusion in each_conclusion(register):
        mandates = conclusion.mandates
        if not mandates or any(mandate.due for mandate in mandates):
            continue
        words = next(filter(None, map(deadline_words, conclusion.text.by_language.values())), "")
        if words:
            message = _("'{words}' sounds like a deadline, but no mandate has one")
            hint = _("add `due:`; or add the comment: {comment}")
            hint = hint.format(comment="# grcm: ignore[deadline-not-recorded]")
            yield Problem(mandates[0].at, message.format(words=words), hint)
