"""A conclusion whose text asks somebody to do something, but which has no mandate.

Why: A courtesy verb at the beginning does not mean that no duty follows. The rule reads Spanish and
English.

Bad:
    - number: 17
      text: Agradecer a OIM la presentación, instándole a enfocarse más en el producto.
Good:
    - number: 17
      text: Agradecer a OIM la presentación, instándole a enfocarse más en el producto.
      responsible: OIM
      kind: encouragement
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, bare_conclusions
from grcm_cli.language.lexicon import duty_words
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    # The words of a conclusion that hands an older duty over are about that one.
    for meeting in register.meetings:
        for conclusion in bare_conclusions(meeting):
            duties = map(duty_words, conclusion.text.by_language.values())
            words = next(filter(None, duties), "")
            if words:
                message = _("'{words}' sounds like a duty, but there is no mandate")
                hint = _("add who must do what; or add the comment: {comment}")
                hint = hint.format(comment="# grcm: ignore[hidden-duty]")
                yield Problem(conclusion.number_at, message.format(words=words), hint)
