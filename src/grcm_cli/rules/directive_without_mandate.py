"""A conclusion is marked as directive but has no mandate.

Why: The duty is in the text, but in no list.

Bad:
    - number: 4
      text: Difundir en el sitio privado …
      acts: directive
Good:
    - number: 4
      text: Difundir en el sitio privado …
      acts: directive
      responsible: []
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, bare_conclusions
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for meeting in register.meetings:
        for conclusion in bare_conclusions(meeting):
            directive = [act for act in conclusion.acts if act.text == "directive"]
            if directive:
                message = _("a directive conclusion has no mandate")
                yield Problem(directive[0].at, message, _("add who must do what, and by when"))
