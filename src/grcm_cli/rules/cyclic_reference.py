"""Conclusions or mandates that follow, or wait for, each other in a circle.

Why: None of them could ever be the first.

Bad:
    - {number: 1, text: …, responsible: CRI, after: 2}
    - {number: 2, text: …, responsible: CRI, after: 1}
Good:
    - {number: 1, text: …, responsible: CRI}
    - {number: 2, text: …, responsible: CRI, after: 1}
"""

from collections.abc import Iterable

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Reference
from grcm_cli.domain.register import Register, links
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    edges = []
    for link in links(register):
        if link.target is not None:
            source = Reference(link.meeting.id, link.conclusion.number)
            target = link.target._replace(ordinal=None)
            if link.mandate is not None:
                source = source._replace(ordinal=link.mandate.ordinal)
                target = link.target._replace(ordinal=link.target.ordinal or 1)
            edges.append((source, target, link.word))
    circle = _circles((source, target) for source, target, _word in edges)
    meetings: dict[Reference, set[str]] = {}
    for reference, first in circle.items():
        meetings.setdefault(first, set()).add(reference.meeting)
    concerns = {first: frozenset(ids) for first, ids in meetings.items()}
    for source, target, word in edges:
        if circle[source] == circle[target]:
            message = _("'{text}' leads back here in a circle").format(text=word.text)
            hint = _("one of them must come first and refer to none of the others")
            yield Problem(word.at, message, hint, concerns=concerns[circle[source]])


def _circles(edges: Iterable[tuple[Reference, Reference]]) -> dict[Reference, Reference]:
    """Return for each reference one that all in the same circle share; for most, itself.

    The strongly connected components of the links, by the algorithm of Kosaraju and Sharir: linear
    in the number of links.
    """
    targets: dict[Reference, list[Reference]] = {}
    sources: dict[Reference, list[Reference]] = {}
    for source, target in edges:
        targets.setdefault(source, []).append(target)
        targets.setdefault(target, [])
        sources.setdefault(target, []).append(source)
    left: list[Reference] = []  # in the order in which a depth-first search leaves them
    seen: set[Reference] = set()
    for start in targets:
        path = [(start, False)]
        while path:
            reference, is_left = path.pop()
            if is_left:
                left.append(reference)
            elif reference not in seen:
                seen.add(reference)
                path.append((reference, True))
                path += [(target, False) for target in targets[reference]]
    circle: dict[Reference, Reference] = {}
    for start in reversed(left):
        waiting = [start]
        while waiting:
            reference = waiting.pop()
            if reference not in circle:
                circle[reference] = start
                waiting += sources.get(reference, ())
    return circle
