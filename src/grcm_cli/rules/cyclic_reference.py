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

from collections.abc import Iterable, Iterator
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import Reference, Written
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _

_Link = tuple[Reference, Reference, Written]
"""Source and target of a reference, and its word in the file."""


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the references that lead back to their own conclusion or mandate."""
    links = _within_circles(list(_links(register)))
    targets: dict[Reference, list[Reference]] = {}
    for source, target, _word in links:
        targets.setdefault(source, []).append(target)
    for source, target, word in links:
        if _reaches(targets, target, source):
            message = _("'{text}' leads back here in a circle").format(text=word.text)
            yield Problem(word.at, message, _("one of them comes first, and refers to none"))


def _within_circles(links: list[_Link]) -> list[_Link]:
    """Return the links that may be part of a circle; in most records there are none.

    What nothing leads to is in no circle, and then what only that leads to; and so from the other
    end with what leads nowhere.
    """
    loose = _loose((source, target) for source, target, _word in links)
    links = [link for link in links if link[0] not in loose]
    loose = _loose((target, source) for source, target, _word in links)
    return [link for link in links if link[1] not in loose]


def _loose(pairs: Iterable[tuple[Reference, Reference]]) -> set[Reference]:
    """Return each first of a pair that is the second of none, repeatedly without their pairs."""
    following: dict[Reference, list[Reference]] = {}
    count: dict[Reference, int] = {}
    for first, second in pairs:
        following.setdefault(first, []).append(second)
        count[second] = count.get(second, 0) + 1
    loose: set[Reference] = set()
    waiting = [first for first in following if first not in count]
    while waiting:
        first = waiting.pop()
        loose.add(first)
        for second in following.get(first, ()):
            count[second] -= 1
            if count[second] == 0:
                waiting.append(second)
    return loose


def _links(register: Register) -> Iterator[_Link]:
    for meeting, conclusion in register.each_speaker():
        own = Reference(meeting.id, conclusion.number)
        for word in conclusion.lineage:
            target = register.refer(word.text, meeting.id)
            if target is not None:
                yield own, Reference(target.meeting, target.number), word
    for meeting, conclusion, mandate in register.each_waiting():
        for word in mandate.after:
            target = register.refer(word.text, meeting.id)
            if target is not None:
                own = Reference(meeting.id, conclusion.number, mandate.ordinal)
                yield own, Reference(target.meeting, target.number, target.ordinal or 1), word


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
