"""Every command as a row of dots, one for each size of the record: wall time, and memory.

What lies far to the right of its smaller dots grows. The larger the dot, the larger the record; a
full line joins those without a cache, a dashed one those with it.
"""

import math
from collections.abc import Callable
from html import escape

from benchmarks import figures
from benchmarks.figures import Figure, Report
from benchmarks.picture import STYLE, WIDTH, line, text
from benchmarks.tables import columns, label, whole

TOP, ROW, LANE = 96, 24, 4
LEFT, PANEL, GAP = 120, 340, 60
SMALLEST = 100  # conclusions: smaller records show the start alone
RADII = (2.5, 4.0, 5.5)
WAYS = ((figures.PLAIN, "ours", "", -LANE), (figures.CACHED, "theirs", "4 3", LANE))
LIMITS = (250.0, 300.0)
"""MB that commands are to stay below."""
WORDS = (
    "What each command takes, and how it grows",
    "wall time",
    "memory of the largest process",
    "conclusions",
)


def svg(report: Report) -> str:
    """Return the picture; the same figures give the same bytes."""
    drawn = _Rows(report.of(figures.FIRST_GENERATOR))
    title = WORDS[0]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {drawn.height}" role="img"'
        ' aria-labelledby="title">',
        f'<title id="title">{escape(title)}</title>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{drawn.height}"/>',
        text(16, 22, "word", title),
        *drawn.legend(),
        *drawn.names(),
        *drawn.panel(0, WORDS[1], *drawn.walls()),
        *drawn.panel(1, WORDS[2], *drawn.memories()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


Scale = Callable[[float], float]
Marks = list[tuple[float, str]]


class _Rows:
    """The rows of the picture, with the axes of its two panels."""

    def __init__(self, report: Report) -> None:
        self._report = report
        sizes = [size for size in columns(report) if size >= SMALLEST] or columns(report)
        self._sizes = sizes[-len(RADII) :]
        self._radii = RADII[-len(self._sizes) :]
        self._questions = [
            question
            for question in figures.QUESTIONS
            if question != figures.DAY and any(self._found(question, figures.PLAIN))
        ]
        self._bottom = TOP + ROW * len(self._questions)
        self.height = self._bottom + 34

    def _found(self, question: str, who: str) -> list[Figure | None]:
        return [self._report.figure(question, who, size) for size in self._sizes]

    def _shown(self) -> list[Figure]:
        return [
            figure
            for question in self._questions
            for who, *_style in WAYS
            for figure in self._found(question, who)
            if figure
        ]

    def walls(self) -> tuple[Callable[[Figure], float], Scale, Marks]:
        """Return what is drawn in the panel of wall time: its axis is logarithmic."""
        costs = [figure.wall for figure in self._shown()]
        low, high = (math.log10(min(costs)), math.log10(max(costs))) if costs else (-1.0, 0.0)
        low, high = math.floor(low * 2) / 2, max(math.ceil(high * 2) / 2, low + 1)
        powers = range(math.ceil(low), math.floor(high) + 1)
        marks = [(10.0**power, f"{10.0**power:g} s") for power in powers]
        return (
            lambda figure: figure.wall,
            lambda value: (math.log10(value) - low) / (high - low),
            marks,
        )

    def memories(self) -> tuple[Callable[[Figure], float], Scale, Marks]:
        """Return what is drawn in the panel of memory."""
        most = max([figure.memory for figure in self._shown()], default=0.0)
        step = 100 if most > 150 else 50
        end = max(2, math.ceil(most / step)) * step
        marks = [(float(value), f"{value} MB") for value in range(0, end + 1, step)]
        if len(marks) > 5:
            marks = marks[:: math.ceil(len(marks) / 5)]
        return lambda figure: figure.memory, lambda value: value / end, marks

    def legend(self) -> list[str]:
        """Return which dot is which size, and which line is which way."""
        parts, x = [], 16.0
        for size, radius in zip(self._sizes, self._radii, strict=True):
            words = whole(size)
            parts.append(f'<circle class="ours-dot" cx="{x + 4:.1f}" cy="42" r="{radius}"/>')
            parts.append(text(x + 14, 46, "faint", words))
            x += 26 + 7.5 * len(words)
        parts.append(text(x - 4, 46, "faint", WORDS[3]))
        x += 110
        for who, kind, dash, _lane in WAYS:
            words = label(who)
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            parts.append(
                f'<polyline class="line {kind}"{dashed} points="{x:.1f},42 {x + 26:.1f},42"/>'
            )
            parts.append(text(x + 33, 46, "faint", words))
            x += 60 + 7 * len(words)
        return parts

    def names(self) -> list[str]:
        """Return the name of each row, and the line that it stands on."""
        parts = []
        for place, question in enumerate(self._questions):
            y = self._y(place)
            parts.append(line(LEFT - 4, y, LEFT + 2 * PANEL + GAP + 4, y))
            parts.append(text(16, y + 4, "word", question))
        return parts

    def panel(
        self, place: int, title: str, value: Callable[[Figure], float], scale: Scale, marks: Marks
    ) -> list[str]:
        """Return one panel: its axis, and the dots of all rows."""
        left = LEFT + place * (PANEL + GAP)
        parts = [text(left, TOP - 28, "word", title)]
        limits = [(limit, "") for limit in LIMITS if place and scale(limit) <= 1]
        for number, words in [*marks, *limits]:
            x = left + scale(number) * PANEL
            dash = "" if words else ' stroke-dasharray="2 3"'
            kind = "grid" if words else "line bare"
            at = f'x1="{x:.1f}" y1="{TOP - 8}" x2="{x:.1f}" y2="{self._bottom}"'
            parts.append(f'<line class="{kind}"{dash} {at}/>')
            anchor = "end" if x + 30 > WIDTH else "middle"
            at_end = min(x + 16, WIDTH - 4) if anchor == "end" else x
            parts.append(text(at_end, self._bottom + 18, "faint", words, anchor) if words else "")
        for row, question in enumerate(self._questions):
            for who, kind, dash, lane in WAYS:
                y = self._y(row) + lane
                found = zip(self._found(question, who), self._radii, strict=True)
                dots = [(left + scale(value(one)) * PANEL, radius) for one, radius in found if one]
                if len(dots) > 1:
                    points = " ".join(f"{x:.1f},{y:.1f}" for x, _radius in dots)
                    dashed = f' stroke-dasharray="{dash}"' if dash else ""
                    parts.append(f'<polyline class="line {kind}"{dashed} points="{points}"/>')
                parts += [
                    f'<circle class="{kind}-dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>'
                    for x, radius in dots
                ]
        return [part for part in parts if part]

    def _y(self, place: int) -> float:
        return TOP + ROW * place + ROW / 2
