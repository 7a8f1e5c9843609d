"""Conclusions or mandates that follow, or wait for, each other in a circle.

Why: None of them could ever be the first.

Bad:

    - {number: 1, text: …, responsible: CRI, after: 2}
    - {number: 2, text: …, responsible: CRI, after: 1}

Good:

    - {number: 1, text: …, responsible: CRI}
    - {number: 2, text: …, responsible: CRI, after: 1}
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import PlacedWord, Reference
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _

_Link = tuple[Reference, Reference, PlacedWord]
"""Source and target of a reference, and its word in the file."""


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the references that lead back to their own conclusion or mandate."""
    links = list(_links(register))
    circle = _circles((source, target) for source, target, _word in links)
    meetings: dict[Reference, set[str]] = {}
    for reference, first in circle.items():
        meetings.setdefault(first, set()).add(reference.meeting)
    concerns = {first: frozenset(ids) for first, ids in meetings.items()}
    for source, target, word in links:
        if circle[source] == circle[target]:
            message = _("'{text}' leads back here in a circle").format(text=word.text)
            hint = _("one of them comes first, and refers to none")
            yield Problem(word.at, message, hint, concerns=concerns[circle[source]])


def _links(register: Register) -> Iterator[_Link]:
    for meeting, conclusion in register.linking_conclusions:
        own = Reference(meeting.id, conclusion.number)
        for word in conclusion.lineage:
            target = register.parse_reference(word.text, meeting.id)
            if target is not None:
                yield own, Reference(target.meeting, target.number), word
    for meeting, conclusion, mandate in register.waiting_mandates:
        for word in mandate.after:
            target = register.parse_reference(word.text, meeting.id)
            if target is not None:
                own = Reference(meeting.id, conclusion.number, mandate.ordinal)
                yield own, Reference(target.meeting, target.number, target.ordinal or 1), word


def _circles(links: Iterable[tuple[Reference, Reference]]) -> dict[Reference, Reference]:
    """Return for each reference one that all in the same circle share; for most, itself.

    The strongly connected components of the links, by the algorithm of Kosaraju and Sharir: linear
    in the number of links.
    """
    targets: dict[Reference, list[Reference]] = {}
    sources: dict[Reference, list[Reference]] = {}
    for source, target in links:
        targets.setdefault(source, []).append(target)
        targets.setdefault(target, [])
        sources.setdefault(target, []).append(source)
    circle: dict[Reference, Reference] = {}
    for start in reversed(_finished_last(targets)):
        waiting = [start]
        while waiting:
            reference = waiting.pop()
            if reference not in circle:
                circle[reference] = start
                waiting += sources.get(reference, ())
    return circle


def _finished_last(targets: Mapping[Reference, Sequence[Reference]]) -> list[Reference]:
    """Return the references in the order in which a depth-first search leaves them."""
    left: list[Reference] = []
    seen: set[Reference] = set()
    for start in targets:
        path = [(start, iter(targets[start]))] if start not in seen else []
        seen.add(start)
        while path:
            reference, following = path[-1]
            target = next((one for one in following if one not in seen), None)
            if target is None:
                left.append(reference)
                path.pop()
            else:
                seen.add(target)
                path.append((target, iter(targets[target])))
    return left
