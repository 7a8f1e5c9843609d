"""What was measured, as values that JSON keeps; the ratios to reach; how cost grows."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

DUE, TASKS, SHOW, RECORD = "due", "tasks", "show", "record"
DAY, VALIDATE = "day", "validate"
PYTHON, PLAIN, CACHED = "python", "grcm", "grcm cached"
FIRST, CHANGED, ADDED = "grcm first", "grcm changed", "grcm added"
OURS = (PLAIN, FIRST, CACHED, CHANGED, ADDED)
TASKWARRIOR, HLEDGER, TODOMAN = "Taskwarrior", "hledger", "todoman"
CHECK_JSONSCHEMA, YAMLLINT = "check-jsonschema", "yamllint"
PEERS = (TASKWARRIOR, HLEDGER, TODOMAN, CHECK_JSONSCHEMA, YAMLLINT)
QUESTIONS = (DUE, TASKS, SHOW, RECORD, DAY, VALIDATE)
PROGRAMS = (PYTHON, *OURS, *PEERS)


@dataclass(frozen=True, slots=True)
class Figure:
    """The medians of one program's runs for one question, on a record of one size."""

    question: str
    who: str
    size: int  # conclusions
    seconds: float  # user + system
    wall: float
    memory: float  # MB, at its peak
    runs: int
    answer: int | None = None  # lines in the answer


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage of a command without a cache takes, on a record of one size."""

    name: str
    size: int  # conclusions
    seconds: float


@dataclass(frozen=True, slots=True)
class Machine:
    """What the figures were measured on."""

    processor: str
    cores: int
    memory: int  # GB
    system: str


@dataclass(frozen=True, slots=True)
class Report:
    """One run of the benchmark: when, where, with which versions, and all its figures."""

    day: str
    machine: Machine
    versions: dict[str, str]
    figures: tuple[Figure, ...]
    stages: tuple[Stage, ...] = ()

    @property
    def sizes(self) -> list[int]:
        """Return the sizes measured, the smallest first."""
        return sorted({figure.size for figure in self.figures})

    def programs(self, question: str) -> list[str]:
        """Return who was asked a question, in the order in which figures are shown."""
        asked = {figure.who for figure in self.figures if figure.question == question}
        return [who for who in PROGRAMS if who in asked]

    def figure(self, question: str, who: str, size: int) -> Figure | None:
        """Return one figure, or None where it was not measured."""
        wanted = (question, who, size)
        for figure in self.figures:
            if (figure.question, figure.who, figure.size) == wanted:
                return figure
        return None

    def to_json(self) -> str:
        """Return the document that `from_json` reads; a tenth of a millisecond is enough."""
        rounded, stages = [
            [
                {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(one).items()}
                for one in several
            ]
            for several in (self.figures, self.stages)
        ]
        head = {"schema_version": 1, "day": self.day, "machine": asdict(self.machine)}
        document = {**head, "versions": self.versions, "figures": rounded, "stages": stages}
        return json.dumps(document, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, document: str) -> "Report":
        """Return what `to_json` wrote."""
        read = json.loads(document)
        figures = tuple(Figure(**figure) for figure in read["figures"])
        stages = tuple(Stage(**stage) for stage in read["stages"])
        return cls(read["day"], Machine(**read["machine"]), read["versions"], figures, stages)


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio of two costs that is to be reached; without `against`, a peak memory in MB."""

    question: str
    who: str
    size: int
    limit: float
    against: str | None = None
    than: int | None = None  # the size on the other side, where it is another one

    def reached(self, report: Report) -> float | None:
        """Return the ratio, or the memory, that was measured; None where a half is missing."""
        ours = report.figure(self.question, self.who, self.size)
        if ours is None:
            return None
        if self.against is None:
            return ours.memory
        other = report.figure(self.question, self.against, self.than or self.size)
        return ours.seconds / other.seconds if other else None

    def met(self, report: Report) -> bool | None:
        """Return whether it was reached; None where it was not measured."""
        reached = self.reached(report)
        return None if reached is None else reached <= self.limit


TARGETS = (
    Target(DUE, PLAIN, 24, 8, PYTHON),
    Target(DUE, CACHED, 24, 8, PYTHON),
    Target(DUE, PLAIN, 10_000, 3, TASKWARRIOR),
    Target(DUE, FIRST, 10_000, 1.25, PLAIN),
    Target(DUE, CACHED, 10_000, 2, TASKWARRIOR),
    Target(DUE, CHANGED, 10_000, 2.5, TASKWARRIOR),
    Target(DUE, ADDED, 10_000, 2.5, TASKWARRIOR),
    Target(DUE, CACHED, 100_000, 1, TASKWARRIOR),
    Target(RECORD, CACHED, 10_000, 0.45, PLAIN),
    Target(DAY, CACHED, 1_000, 1, PLAIN),
    Target(DAY, CACHED, 10_000, 0.4, PLAIN),
    Target(VALIDATE, PLAIN, 10_000, 1 / 15, CHECK_JSONSCHEMA),
    Target(VALIDATE, PLAIN, 10_000, 1 / 15, YAMLLINT),
    Target(VALIDATE, PLAIN, 100_000, 11, PLAIN, than=10_000),
    Target(VALIDATE, PLAIN, 100_000, 250),
)


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Return the power with which the second number grows with the first: 1 is in proportion.

    By least squares on the logarithms; at least two points, all above zero.
    """
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread


def growth(report: Report, question: str, who: str) -> float | None:
    """Return the exponent of what the data cost: what is above the cost of the cheapest record.

    Without the start, which would hide growth. Sizes that add less than a quarter of it say
    nothing, for machines are noisy; None where fewer than two are left.
    """
    figures = [report.figure(question, who, size) for size in report.sizes]
    costs = [(figure.size, figure.seconds) for figure in figures if figure]
    if not costs:
        return None
    start = min(cost for _size, cost in costs)
    points = [(size, cost - start) for size, cost in costs if cost > 1.25 * start]
    return exponent(points) if len(points) > 1 else None
