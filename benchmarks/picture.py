"""Cost against size as a picture: two panels of lines, both axes logarithmic, each line named."""

import math
from collections.abc import Sequence
from html import escape

from benchmarks import figures
from benchmarks.figures import Report
from benchmarks.tables import columns, label, whole

WIDTH, HEIGHT = 880, 470
TOP, BOTTOM, LEFT, PANEL, GAP = 56, 420, 60, 240, 200
APART = 15  # between the names at the ends of lines
STYLE = """
  .paper { fill: #ffffff } .grid { stroke: #d9dde3 } .word { fill: #24292f }
  .faint { fill: #57606a } .line { fill: none; stroke-width: 2 }
  .ours { stroke: #0b5cad } .theirs { stroke: #8a5a00 } .ours-dot { fill: #0b5cad }
  .theirs-dot { fill: #8a5a00 } .bare { stroke: #57606a } .bare-dot { fill: #57606a }
  text { font: 12px system-ui, sans-serif }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } .grid { stroke: #30363d } .word { fill: #e6edf3 }
    .faint { fill: #9da7b3 } .ours { stroke: #6cb2ff } .theirs { stroke: #e3b341 }
    .ours-dot { fill: #6cb2ff } .theirs-dot { fill: #e3b341 }
    .bare { stroke: #9da7b3 } .bare-dot { fill: #9da7b3 }
  }
"""
WORDS = ("What a command costs against the size of the record", "wall time", "conclusions")
DASHES = ("", "7 4", "2 4", "10 3 2 3", "14 4")
"""One for each line of a kind in a panel, so that colour alone tells nothing."""


def svg(report: Report) -> str:
    """Return the picture; the same figures give the same bytes."""
    title, measure, conclusions = WORDS
    report = report.of(figures.FIRST_GENERATOR)
    shown = [
        figure for figure in report.figures if figure.question in (figures.DUE, figures.VALIDATE)
    ]
    low = math.floor(math.log10(min(figure.wall for figure in shown)))
    high = math.ceil(math.log10(max(figure.wall for figure in shown)))
    panels = [
        _Panel(report, question, LEFT + place * (PANEL + GAP), (low, max(high, low + 1)))
        for place, question in enumerate((figures.DUE, figures.VALIDATE))
    ]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' aria-labelledby="title">',
        f'<title id="title">{escape(title)}</title>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
        text(LEFT - 44, 22, "word", f"{title} ({measure})"),
        *(part for panel in panels for part in panel.parts()),
        text(LEFT, BOTTOM + 40, "faint", conclusions),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Panel:
    """One question's lines, with its axes."""

    def __init__(self, report: Report, question: str, left: int, powers: tuple[int, int]) -> None:
        self._report, self._question, self._left = report, question, left
        self._low, self._high = powers
        self._sizes = columns(report)

    def parts(self) -> list[str]:
        """Return the panel's elements, from the back to the front."""
        name = f"grcm {self._question}"
        parts = [text(self._left, TOP - 12, "word", name), *self._axes()]
        ends: list[tuple[float, float, str]] = []
        kinds: dict[str, int] = {}
        for who in self._report.programs(self._question):
            kind = "bare" if who == figures.PYTHON else "ours" if who in figures.OURS else "theirs"
            place = kinds[kind] = kinds.get(kind, -1) + 1
            points = self._points(who)
            joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            dash = f' stroke-dasharray="{DASHES[place]}"' if DASHES[place] else ""
            parts.append(f'<polyline class="line {kind}"{dash} points="{joined}"/>')
            dots = (
                f'<circle class="{kind}-dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points
            )
            parts += dots
            ends.append((points[-1][1], points[-1][0], label(who)))
        return [*parts, *_names(ends)]

    def _axes(self) -> list[str]:
        parts = []
        right = self._left + PANEL
        for power in range(self._low, self._high + 1):
            y = self._y(10.0**power)
            parts.append(line(self._left, y, right, y))
            parts.append(text(self._left - 8, y + 4, "faint", f"{10.0**power:g} s", "end"))
        for size in self._sizes:
            x = self._x(size)
            parts.append(line(x, TOP, x, BOTTOM))
            words = whole(size)
            parts.append(text(x, BOTTOM + 20, "faint", words, "middle"))
        return parts

    def _points(self, who: str) -> list[tuple[float, float]]:
        found = [self._report.figure(self._question, who, size) for size in self._sizes]
        return [(self._x(one.size), self._y(one.wall)) for one in found if one]

    def _x(self, size: int) -> float:
        first, last = math.log10(self._sizes[0]), math.log10(self._sizes[-1])
        share = (math.log10(size) - first) / (last - first) if last > first else 0.5
        return self._left + share * PANEL

    def _y(self, seconds: float) -> float:
        share = (math.log10(seconds) - self._low) / (self._high - self._low)
        return BOTTOM - share * (BOTTOM - TOP)


def _names(ends: Sequence[tuple[float, float, str]]) -> list[str]:
    """Return each line's name beside its end, moved down where it would cover the one above."""
    parts, last = [], -math.inf
    for y, x, name in sorted(ends):
        last = max(y, last + APART)
        parts.append(text(x + 9, last + 4, "word", name))
    return parts


def text(x: float, y: float, kind: str, words: str, anchor: str = "start") -> str:
    """Return words at a place."""
    place = f'class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"<text {place}>{escape(words)}</text>"


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return a line of the grid."""
    return f'<line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
