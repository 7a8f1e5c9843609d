"""A reference that must name one mandate names a conclusion with several, or with none.

Why: Which duty was done, or is waited for, is open.

Bad:

    mandate: GRCM-2002-10/8

Good:

    mandate: GRCM-2002-10/8#1
"""

from datetime import date

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, links
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Problems:
    """Yield the references to a mandate that do not lead to exactly one."""
    words = [(link.word, link.target) for link in links(register, "extends", "after")]
    entries = register.each_entry()
    words += [(entry.mandate, to.reference) for entry, to in entries if to.mandate is None]
    for word, reference in words:
        if reference is None:
            continue
        concerns = {reference.meeting}
        if reference.number is None:
            message = _("{text} is a meeting, and no mandate").format(text=reference)
            hint = _("add the conclusion's number, as in {form}").format(form=f"{reference}/8")
            yield Problem(word.at, message, hint, concerns=concerns)
        conclusion = register.conclusion(reference)
        if conclusion is None or reference.ordinal is not None:
            continue
        count = len(conclusion.mandates)
        if count == 0:
            message = _("{text} has no mandate").format(text=reference)
            yield Problem(word.at, message, concerns=concerns)
        elif count > 1:
            message = _("{text} has {count} mandates").format(text=reference, count=count)
            hint = _("write {text}#1, or another of them").format(text=reference)
            yield Problem(word.at, message, hint, concerns=concerns)
