"""The ratios and the memory to reach, and whether a report reaches them."""

from dataclasses import dataclass

from benchmarks.figures import (
    ADDED,
    CACHED,
    CHANGED,
    CHECK_JSONSCHEMA,
    DAY,
    DUE,
    EXPORTS,
    FIRST,
    FIRST_GENERATOR,
    GENERATORS,
    PLAIN,
    PYTHON,
    RECORD,
    SEARCH,
    SITE,
    TASKWARRIOR,
    UNIT,
    VALIDATE,
    YAMLLINT,
    Figure,
    Report,
)

SECONDS, WALL, MEMORY = "seconds", "wall", "memory"
"""What is compared: user + system time, wall time, the memory of all processes together."""


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio of two costs that is to be reached; without `against`, a peak memory in MB."""

    question: str
    who: str
    size: int
    limit: float
    against: str | None = None
    than: int | None = None  # the size on the other side, where it is another one
    what: str = SECONDS
    wanted: float | None = None  # the seconds that were asked for; told, since machines differ
    generator: str = FIRST_GENERATOR

    def ours(self, report: Report) -> Figure | None:
        """Return the figure that the target is about; None where it was not measured."""
        return report.figure(self.question, self.who, self.size, self.generator)

    def reached(self, report: Report) -> float | None:
        """Return the ratio, or the memory, that was measured; None where a half is missing."""
        ours = self.ours(report)
        if ours is None:
            return None
        if self.against is None:
            return max(ours.memory, ours.together)
        if self.against == UNIT:
            return self.cost(ours) / ours.unit if ours.unit else None
        other = report.figure(self.question, self.against, self.than or self.size, self.generator)
        if other is None:
            return None
        return self.cost(ours) / self.cost(other) if self.cost(other) > 0 else None

    def cost(self, figure: Figure) -> float:
        """Return what of a figure is compared."""
        return figure.wall if self.what == WALL else figure.seconds

    def met(self, report: Report) -> bool | None:
        """Return whether it was reached; None where it was not measured."""
        reached = self.reached(report)
        return None if reached is None else reached <= self.limit


TARGETS = (
    Target(DUE, PLAIN, 24, 8, PYTHON),
    Target(DUE, CACHED, 24, 8, PYTHON),
    Target(DUE, PLAIN, 10_000, 6, TASKWARRIOR),
    Target(DUE, PLAIN, 10_000, 4, TASKWARRIOR, what=WALL),
    Target(DUE, CACHED, 10_000, 1.5, TASKWARRIOR),
    Target(DUE, CACHED, 100_000, 1, TASKWARRIOR),
    Target(DUE, CHANGED, 10_000, 2, TASKWARRIOR),
    Target(DUE, ADDED, 10_000, 2, TASKWARRIOR),
    Target(DUE, FIRST, 10_000, 1.15, PLAIN),
    Target(DAY, CACHED, 1_000, 0.8, PLAIN),
    Target(DAY, CACHED, 10_000, 0.3, PLAIN),
    Target(VALIDATE, PLAIN, 10_000, 1 / 12, CHECK_JSONSCHEMA),
    Target(VALIDATE, PLAIN, 10_000, 1 / 15, YAMLLINT),
    Target(VALIDATE, PLAIN, 100_000, 11, PLAIN, than=10_000),
    # A second of the machine of the manual's figures is four units.
    Target(SITE, PLAIN, 25_000, 48, UNIT, what=WALL, wanted=12),
    Target(SITE, PLAIN, 100_000, 160, UNIT, what=WALL, wanted=40),
    *(
        Target(question, PLAIN, 100_000, 600, what=MEMORY, generator=generator)
        for question in (VALIDATE, DUE, RECORD, SEARCH)
        for generator in GENERATORS
    ),
    *(Target(question, PLAIN, 100_000, 600, what=MEMORY) for question in EXPORTS),
    Target(SITE, PLAIN, 100_000, 300, what=MEMORY),
)
