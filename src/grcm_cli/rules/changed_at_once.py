"""A conclusion closes, supersedes, moves or hands over a mandate of its own meeting.

Why: On the same day, the duty would begin and end, have two deadlines or change hands: one of the
two conclusions, or the reference, is wrong.

Bad:
    # meetings/GRCM-2002-10.yaml
    closes: 8#1
Good:
    # meetings/GRCM-2002-10.yaml
    closes: CRM-2002-05/8#1
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, links
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for link in links(register, "closes", "supersedes", "extends", "reassigns"):
        target = link.target
        if target is None or target.meeting != link.meeting.id:
            continue
        if target.number != link.conclusion.number and register.mandates(target):
            message = _("{text} was also adopted by this meeting").format(text=link.word.text)
            hint = _("write the final duty only once, with its deadline and who owes it")
            yield Problem(link.word.at, message, hint)
