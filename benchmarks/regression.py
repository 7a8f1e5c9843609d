"""What costs more than it did: a run's figures beside those that are kept, as ratios.

A cost is compared in units, the fixed work of `unit.py` in the same turns, so that a machine's
speed is on both sides; memory as it is. What is more than a tenth above is measured again, and the
least counts: what stands in a machine's way only ever adds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.figures import DAY, OURS, Figure, Report

TENTH = 0.1
REPEATS = 3
"""Times that a figure above the limit is measured again, at most."""
COST, MEMORY = "cost", "memory"


@dataclass(frozen=True, slots=True)
class Regression:
    """A figure that is more than a tenth above the one that is kept."""

    figure: Figure
    what: str  # COST, in units, or MEMORY, in MB
    before: float
    after: float

    @property
    def more(self) -> float:
        """Return how many times what it was it is now."""
        return self.after / self.before


def regressions(kept: Report, figures: Iterable[Figure]) -> Iterator[Regression]:
    """Yield what is more than a tenth above the kept figures, of grcm itself.

    What only one of them has is not compared; nor is a day, which is many commands once.
    """
    for figure in figures:
        earlier = kept.figure(*figure.key)
        if earlier is None or figure.who not in OURS or figure.question == DAY:
            continue
        pairs = ((COST, earlier.units, figure.units), (MEMORY, earlier.memory, figure.memory))
        for what, before, after in pairs:
            if before and after and after > before * (1 + TENTH):
                yield Regression(figure, what, before, after)


def confirmed(
    kept: Report, figures: Sequence[Figure], again: Callable[[list[str]], list[Figure]]
) -> list[Figure]:
    """Return one command's figures, those above the limit measured again, each with the least.

    `again` measures the programs whose names it is given.
    """
    found = list(figures)
    for _repeat in range(REPEATS):
        above = list(dict.fromkeys(one.figure.who for one in regressions(kept, found)))
        if not above:
            break
        repeated = {figure.key: figure for figure in again(above)}
        found = [_least(figure, repeated.get(figure.key)) for figure in found]
    return found


def _least(figure: Figure, other: Figure | None) -> Figure:
    """Return the cheaper one of two figures, with the smaller memory of both."""
    if other is None:
        return figure
    cheaper = min(figure, other, key=lambda one: one.units or one.seconds)
    together = min(figure.together, other.together)
    return replace(cheaper, memory=min(figure.memory, other.memory), together=together)
