"""Which labels are one series: 1, 2, 3 … in one style, page numbers and years left aside."""

from collections.abc import Sequence
from typing import NamedTuple

from grcm_cli.drafting.layout.labels import Label

_WIDEST_GAP = 4
"""Numbers that may be missing between two of a series: the extraction loses some."""


class Candidate(NamedTuple):
    """A label that may belong to a series."""

    line: int
    label: Label
    weight: float
    """1 for a label that starts a sentence, less where what follows goes on with one."""


def longest(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the best series among labels of one style, in the order of the lines.

    Each number follows the one before it; a gap costs. Of two labels of the same number the one
    that starts a sentence is taken: a page number that reads like the next item does not.
    """
    best: list[float] = []
    came_from: list[int] = []
    last_of: dict[int, int] = {}  # the best candidate so far for each value
    for index, (_line, label, weight) in enumerate(candidates):
        score, origin = weight + (0.5 if label.value == 1 else 0.0), -1
        for gap in range(_WIDEST_GAP + 1):
            previous = last_of.get(label.value - 1 - gap)
            if previous is not None and best[previous] + weight - 0.45 * gap > score:
                score, origin = best[previous] + weight - 0.45 * gap, previous
        best.append(score)
        came_from.append(origin)
        known = last_of.get(label.value)
        if known is None or best[known] < score:
            last_of[label.value] = index
    return _walk(candidates, best, came_from)


def _walk(
    candidates: Sequence[Candidate], best: Sequence[float], came_from: Sequence[int]
) -> list[Candidate]:
    if not best:
        return []
    index = max(range(len(best)), key=best.__getitem__)
    chain = []
    while index >= 0:
        chain.append(candidates[index])
        index = came_from[index]
    return chain[::-1]
