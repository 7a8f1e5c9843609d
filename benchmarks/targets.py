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
    ONE_CORE,
    PLAIN,
    PYTHON,
    RECORD,
    SEARCH,
    SITE,
    SQLITE,
    TASKWARRIOR,
    UNIT,
    VALIDATE,
    YAMLLINT,
    Figure,
    Report,
)

SECONDS, WALL, MEMORY = "seconds", "wall", "memory"
"""What is compared: user + system time, wall time, the largest process's memory."""


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
    of: str | None = None  # the question on the other side, where it is another one
    above_start: bool = False  # both less what one core takes on the smallest record
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
            return ours.memory
        if self.against == UNIT:
            return self.cost(ours) / ours.unit if ours.unit else None
        than, question = self.than or self.size, self.of or self.question
        other = report.figure(question, self.against, than, self.generator)
        if other is None:
            return None
        start = 0.0
        if self.above_start:
            smallest = report.figure(question, self.against, report.sizes[0], self.generator)
            start = self.cost(smallest) if smallest else 0.0
        above = self.cost(other) - start
        return (self.cost(ours) - start) / above if above > 0 else None

    def cost(self, figure: Figure) -> float:
        """Return what of a figure is compared."""
        return figure.wall if self.what == WALL else figure.seconds

    def met(self, report: Report) -> bool | None:
        """Return whether it was reached; None where it was not measured."""
        reached = self.reached(report)
        return None if reached is None else reached <= self.limit


ON_CORES = (DUE, VALIDATE, RECORD, SEARCH)
"""The commands of which reading on two cores is measured beside one."""
TARGETS = (
    Target(DUE, PLAIN, 24, 8, PYTHON),
    Target(DUE, CACHED, 24, 8, PYTHON),
    Target(DUE, PLAIN, 10_000, 3, TASKWARRIOR, what=WALL),
    Target(DUE, FIRST, 10_000, 1.25, PLAIN),
    Target(DUE, CACHED, 10_000, 2, TASKWARRIOR),
    Target(DUE, CHANGED, 10_000, 2.5, TASKWARRIOR),
    Target(DUE, ADDED, 10_000, 2.5, TASKWARRIOR),
    Target(DUE, CACHED, 100_000, 1, TASKWARRIOR),
    Target(RECORD, CACHED, 10_000, 30, PYTHON, of=DUE, what=WALL, wanted=0.3),
    Target(RECORD, PLAIN, 10_000, 1.2, PLAIN, of=VALIDATE, what=WALL),
    Target(RECORD, CACHED, 10_000, 0.45, PLAIN),
    Target(DAY, CACHED, 1_000, 1, PLAIN),
    Target(DAY, CACHED, 10_000, 0.4, PLAIN),
    Target(VALIDATE, PLAIN, 10_000, 1 / 15, CHECK_JSONSCHEMA, what=WALL),
    Target(VALIDATE, PLAIN, 10_000, 1 / 15, YAMLLINT, what=WALL),
    Target(VALIDATE, PLAIN, 100_000, 11, PLAIN, than=10_000),
    *(Target(one, PLAIN, 24, 1.1, ONE_CORE, what=WALL) for one in ON_CORES),
    *(
        Target(one, PLAIN, size, 0.6, ONE_CORE, what=WALL, above_start=True)
        for one in ON_CORES
        for size in (2_000, 10_000)
    ),
    # A second of the machine of the manual's figures is four units.
    Target(SITE, PLAIN, 25_000, 48, UNIT, what=WALL, wanted=12),
    Target(SITE, PLAIN, 100_000, 200, UNIT, what=WALL, wanted=50),
    Target(SQLITE, PLAIN, 100_000, 32, UNIT, what=WALL, wanted=8),
    *(
        Target(one, PLAIN, 100_000, 250, what=MEMORY, generator=generator)
        for one in (VALIDATE, DUE, RECORD, SEARCH)
        for generator in GENERATORS
    ),
    *(Target(one, PLAIN, 100_000, 300, what=MEMORY) for one in (*EXPORTS, SITE)),
)
