"""A link to a mandate that is void: what was recorded in error is closed, moved or waited for.

Why: A void mandate counts in no list. Either it is not void, or another one is meant.

Qué: Una referencia a un mandato anulado: se cierra, se prorroga o se espera lo que se registró por
error.

Por qué: Un mandato anulado no cuenta en ninguna lista. O no está anulado, o se quería otro.

Bad:

    # GRCM-2002-10/8#1 has `void: recorded in error`
    closes: GRCM-2002-10/8#1

Good:

    closes: GRCM-2002-10/8#2
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import PlacedWord
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the references all of whose mandates are void; reports on such are another rule's."""
    void = {id(mandate) for _meeting, _c, mandate in register.all_mandates if mandate.void}
    for meeting_id, word in _links(register) if void else ():
        reference = register.parse_reference(word.text, meeting_id)
        mandates = register.mandates(reference) if reference else ()
        if mandates and id(mandates[0]) in void and all(id(one) in void for one in mandates):
            message = _("{text} is void").format(text=word.text)
            yield Problem(word.at, message, mandates[0].void or "")


def _links(register: Register) -> Iterator[tuple[str, PlacedWord]]:
    for meeting, conclusion in register.linking_conclusions:
        for word in (*conclusion.closes, *conclusion.supersedes):
            yield meeting.id, word
        for extension in conclusion.extends:
            yield meeting.id, extension.mandate
    for meeting, _conclusion, mandate in register.waiting_mandates:
        for word in mandate.after if not mandate.void else ():
            yield meeting.id, word
