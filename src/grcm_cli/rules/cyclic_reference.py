"""Conclusions or mandates that follow, or wait for, each other in a circle.

Why: None of them could ever be the first.

Qué: Conclusiones o mandatos que se siguen, o se esperan, en círculo.

Por qué: Ninguno podría ser nunca el primero.

Bad:

    - {number: 1, text: …, responsible: CRI, after: 2}
    - {number: 2, text: …, responsible: CRI, after: 1}

Good:

    - {number: 1, text: …, responsible: CRI}
    - {number: 2, text: …, responsible: CRI, after: 1}
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.findings import Problem
from grcm_cli.model import Reference, Written
from grcm_cli.register import Register
from grcm_cli.text import _

SEVERITY = "error"


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the references that lead back to where they stand."""
    links = list(_links(register))
    targets: dict[Reference, list[Reference]] = {}
    for source, target, _word in links:
        targets.setdefault(source, []).append(target)
    for source, target, word in links:
        if _reaches(targets, target, source):
            message = _("'{text}' leads back here in a circle").format(text=word.text)
            yield Problem(word.at, message, _("one of them comes first, and refers to none"))


def _links(register: Register) -> Iterator[tuple[Reference, Reference, Written]]:
    for meeting in register.meetings:
        for conclusion in meeting.conclusions or ():
            own = Reference(meeting.id, conclusion.number)
            for word in conclusion.lineage:
                target = register.refer(word.text, meeting.id)
                if target is not None:
                    yield own, target._replace(ordinal=None), word
    for meeting, conclusion, mandate in register.each_mandate():
        own = Reference(meeting.id, conclusion.number, mandate.ordinal)
        for word in mandate.after:
            target = register.refer(word.text, meeting.id)
            if target is not None:
                yield own, target._replace(ordinal=target.ordinal or 1), word


def _reaches(targets: dict[Reference, list[Reference]], start: Reference, end: Reference) -> bool:
    seen: set[Reference] = set()
    waiting = [start]
    while waiting:
        at = waiting.pop()
        if at == end:
            return True
        if at not in seen:
            seen.add(at)
            waiting += targets.get(at, ())
    return False
