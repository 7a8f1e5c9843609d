"""A link to a void mandate: what was recorded by mistake is closed, moved, handed over or awaited.

Why: A void mandate counts in no list. Either it should not be void, or another one is meant.

Bad:
    # GRCM-2002-10/8#1 has `void: recorded in error`
    closes: GRCM-2002-10/8#1
Good:
    closes: GRCM-2002-10/8#2
"""

from functools import cache, partial

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Reference
from grcm_cli.domain.register import Register, links
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    if not any(mandate.void for _meeting, _conclusion, mandate in register.all_mandates):
        return  # as most
    reason = cache(partial(_reason, register))
    for link in links(register, "closes", "supersedes", "extends", "reassigns", "after"):
        if link.target is None or (link.mandate and link.mandate.void):
            continue
        if why := reason(link.target):
            message = _("{text} is void").format(text=link.word.text)
            yield Problem(link.word.at, message, why, concerns={link.target.meeting})


def _reason(register: Register, reference: Reference) -> str:
    """Return why the mandates of a reference are void; empty unless all of them are."""
    reasons = [mandate.void or "" for mandate in register.mandates(reference)]
    return reasons[0] if reasons and all(reasons) else ""
