"""A reference that must name one mandate names a conclusion with several, or with none.

Why: Which duty was done, or is waited for, is open.

Bad:

    mandate: GRCM-2002-10/8

Good:

    mandate: GRCM-2002-10/8#1
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import PlacedWord
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the references to a mandate that do not lead to exactly one."""
    for inside, word in _to_mandates(register):
        reference = register.parse_reference(word.text, inside)
        conclusion = register.conclusion(reference) if reference else None
        concerns = frozenset({reference.meeting} if reference else ())
        if reference is not None and reference.number is None:
            message = _("{text} is a meeting, and no mandate").format(text=reference)
            hint = _("write it as GRCM-2002-10/8#1")
            yield Problem(word.at, message, hint, concerns=concerns)
        if reference is None or conclusion is None or reference.ordinal is not None:
            continue
        count = len(conclusion.mandates)
        if count == 0:
            message = _("{text} has no mandate").format(text=reference)
            yield Problem(word.at, message, concerns=concerns)
        elif count > 1:
            message = _("{text} has {count} mandates").format(text=reference, count=count)
            hint = _("write {text}#1, or another of them").format(text=reference)
            yield Problem(word.at, message, hint, concerns=concerns)


def _to_mandates(register: Register) -> Iterator[tuple[str | None, PlacedWord]]:
    for meeting, _conclusion, mandate in register.waiting_mandates:
        for word in mandate.after:
            yield meeting.id, word
    for meeting, _conclusion, extension in register.each_extension():
        yield meeting.id, extension.mandate
    for entry, target in register.each_entry():
        if target.mandate is None:
            yield None, entry.mandate
