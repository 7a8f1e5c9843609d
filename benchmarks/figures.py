"""What was measured, as values that JSON keeps; the ratios to reach; how cost grows."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property

DUE, OVERDUE, TASKS, AGENDA, MATRIX = "due", "overdue", "tasks", "agenda", "matrix"
MEETINGS, STATS, SEARCH, SHOW, LOG = "meetings", "stats", "search", "show", "log"
CHANGES, DIFF, RECORD, REMIND = "changes", "diff", "record", "remind"
DAY, VALIDATE, SITE, COMPLETION = "day", "validate", "site", "completion"
CSV, XLSX, JSON, MD = "export csv", "export xlsx", "export json", "export md"
ICS, SQLITE, EDOXEN = "export ics", "export sqlite", "export edoxen"
EXPORTS = (CSV, XLSX, JSON, MD, ICS, SQLITE, EDOXEN)
PYTHON, PLAIN, CACHED = "python", "grcm", "grcm cached"
FIRST, CHANGED, ADDED = "grcm first", "grcm changed", "grcm added"
OURS = (PLAIN, FIRST, CACHED, CHANGED, ADDED)
BEFORE, BEFORE_CACHED = "before", "before cached"
TASKWARRIOR, HLEDGER, TODOMAN = "Taskwarrior", "hledger", "todoman"
CHECK_JSONSCHEMA, YAMLLINT = "check-jsonschema", "yamllint"
RIPGREP, GIT, YQ = "ripgrep", "git", "yq"
PEERS = (TASKWARRIOR, HLEDGER, TODOMAN, CHECK_JSONSCHEMA, YAMLLINT, RIPGREP, GIT, YQ)
QUESTIONS = (
    *(DUE, OVERDUE, TASKS, AGENDA, MATRIX, MEETINGS, STATS, SEARCH, SHOW, LOG, CHANGES, DIFF),
    *(RECORD, REMIND, DAY, VALIDATE, *EXPORTS, SITE, COMPLETION),
)
PROGRAMS = (PYTHON, BEFORE, BEFORE_CACHED, *OURS, *PEERS)
UNIT = "unit"
"""The fixed work of `unit.py`, with which any cost can be compared."""
FIRST_GENERATOR, SECOND_GENERATOR = "first", "second"
GENERATORS = (FIRST_GENERATOR, SECOND_GENERATOR)


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
    together: float = 0.0  # MB, of all processes at once, what they share counted once
    unit: float = 0.0  # seconds of `unit.py` in the same turns
    generator: str = FIRST_GENERATOR

    @property
    def key(self) -> tuple[str, str, int, str]:
        """Return what tells it from the others of a report."""
        return (self.question, self.who, self.size, self.generator)

    @property
    def units(self) -> float | None:
        """Return what it costs in units, the same on a slow machine; None where none was run."""
        return self.seconds / self.unit if self.unit else None


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


@dataclass(frozen=True)
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

    def of(self, generator: str) -> "Report":
        """Return the report with the figures of one generator's records alone."""
        return replace(self, figures=tuple(f for f in self.figures if f.generator == generator))

    def sizes_of(self, *questions: str) -> list[int]:
        """Return the sizes on which one of these was asked, the smallest first."""
        return sorted({figure.size for figure in self.figures if figure.question in questions})

    def programs(self, question: str) -> list[str]:
        """Return who was asked a question, in the order in which figures are shown."""
        asked = {figure.who for figure in self.figures if figure.question == question}
        return [who for who in PROGRAMS if who in asked]

    def figure(
        self, question: str, who: str, size: int, generator: str = FIRST_GENERATOR
    ) -> Figure | None:
        """Return one figure, or None where it was not measured."""
        return self._by_key.get((question, who, size, generator))

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, int, str], Figure]:
        return {figure.key: figure for figure in self.figures}

    def to_json(self) -> str:
        """Return the document that `from_json` reads; a tenth of a millisecond is enough."""
        rounded, stages = [
            [
                {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(one).items()}
                for one in several
            ]
            for several in (self.figures, self.stages)
        ]
        head = {"schema_version": 2, "day": self.day, "machine": asdict(self.machine)}
        document = {**head, "versions": self.versions, "figures": rounded, "stages": stages}
        return json.dumps(document, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, document: str) -> "Report":
        """Return what `to_json` wrote."""
        read = json.loads(document)
        figures = tuple(Figure(**figure) for figure in read["figures"])
        stages = tuple(Stage(**stage) for stage in read["stages"])
        return cls(read["day"], Machine(**read["machine"]), read["versions"], figures, stages)


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
    figures = [report.figure(question, who, size) for size in report.sizes_of(question)]
    costs = [(figure.size, figure.seconds) for figure in figures if figure]
    if not costs:
        return None
    start = min(cost for _size, cost in costs)
    points = [(size, cost - start) for size, cost in costs if cost > 1.25 * start]
    return exponent(points) if len(points) > 1 else None
