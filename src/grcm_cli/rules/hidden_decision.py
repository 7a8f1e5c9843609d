"""A confidential conclusion that changes a public duty.

Why: What is published does not show it: the duty remains there as before, open or overdue, while
the secretariat's own lists show it as closed, moved or handed over.

Bad:
    - {number: 5, text: …, confidential: true, extends: {mandate: GRCM-2002-10/9, due: 2003-Q2}}
Good:
    - {number: 5, text: …, extends: {mandate: GRCM-2002-10/9, due: 2003-Q2}, internal: …}
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, links
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for link in links(register, "closes", "supersedes", "extends", "reassigns"):
        if not (link.meeting.confidential or link.conclusion.confidential):
            continue
        older = register.calendar.by_id.get(link.target.meeting) if link.target else None
        conclusion = register.conclusion(link.target) if link.target else None
        if older and conclusion and not (older.confidential or conclusion.confidential):
            message = _("what is published does not show that this changes {text}")
            hint = _("write what is secret under `internal`, and delete `confidential`")
            sentence = message.format(text=link.word.text)
            yield Problem(link.word.at, sentence, hint, concerns={older.id})
