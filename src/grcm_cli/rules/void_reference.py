"""A link to a mandate that is void: what was recorded in error is closed, moved or waited for.

Why: A void mandate counts in no list. Either it is not void, or another one is meant.

Bad:

    # GRCM-2002-10/8#1 has `void: recorded in error`
    closes: GRCM-2002-10/8#1

Good:

    closes: GRCM-2002-10/8#2
"""

from collections.abc import Iterator, Sequence
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import Mandate, PlacedWord, Reference
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the references all of whose mandates are void; reports on such are another rule's."""
    if not any(mandate.void for _meeting, _conclusion, mandate in register.all_mandates):
        return  # as most
    reasons: dict[Reference, str] = {}
    for meeting_id, word in _links(register):
        reference = register.parse_reference(word.text, meeting_id)
        if reference is not None and reference not in reasons:
            reasons[reference] = _reason(register.mandates(reference))
        if reference is not None and reasons[reference]:
            message = _("{text} is void").format(text=word.text)
            concerns = frozenset({reference.meeting})
            yield Problem(word.at, message, reasons[reference], concerns=concerns)


def _reason(mandates: Sequence[Mandate]) -> str:
    """Return why mandates are void, if all of them are."""
    void = [mandate.void for mandate in mandates if mandate.void]
    return void[0] if void and len(void) == len(mandates) else ""


def _links(register: Register) -> Iterator[tuple[str, PlacedWord]]:
    for meeting, conclusion in register.linking_conclusions:
        for word in (*conclusion.closes, *conclusion.supersedes):
            yield meeting.id, word
        for extension in conclusion.extends:
            yield meeting.id, extension.mandate
    for meeting, _conclusion, mandate in register.waiting_mandates:
        for word in mandate.after if not mandate.void else ():
            yield meeting.id, word
