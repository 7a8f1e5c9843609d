"""The lines of a PDF page, with an empty one where more room between two shows a new paragraph."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pypdf import PageObject

_ROOM = 1.3
"""How many times the step between lines near by a step is that begins a paragraph."""
_NEAR = 2
_SAME = 0.4
"""A smaller part of the usual step is within a line, as of a number that is raised in it."""


class _Line(NamedTuple):
    text: str
    height: float | None
    """Where it stands above the foot of the page, as far as that is known."""


def lines_of(page: PageObject) -> list[str]:
    """Return a page's lines. Raises what pypdf raises."""
    found: list[_Line] = []
    begun: list[_Line] = []

    def see(text: str, outer: Sequence[float], inner: Sequence[float], *_font: object) -> None:
        """Take a stretch of text with the matrices of its place (ISO 32000-1, 9.4.4)."""
        height: float | None = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        for part in text.splitlines(keepends=True):
            begun.append(_Line(part.strip("\r\n"), height))
            height = None  # of what comes after a line end in it nothing is known
            if part.endswith(("\r", "\n")):
                found.append(_joined(begun))
                begun.clear()

    page.extract_text(visitor_text=see)
    return _parted([*found, _joined(begun)])


def _joined(parts: Sequence[_Line]) -> _Line:
    heights = (part.height for part in parts if part.text.strip() and part.height is not None)
    return _Line("".join(part.text for part in parts).strip(), next(heights, None))


def _parted(lines: Sequence[_Line]) -> list[str]:
    """Return the lines' texts with an empty one wherever there is more room than about it.

    Only what is near is compared: a document may have parts with wider lines than others.
    """
    heights = [line.height for line in lines]
    steps = [
        above - below if above is not None and below is not None else 0.0
        for above, below in pairwise(heights)
    ]
    usual = median([step for step in steps if step > 0] or [0.0])
    texts = []
    for place, line in enumerate(lines):
        near = [s for s in steps[max(0, place - 1 - _NEAR) : place + _NEAR] if s > usual * _SAME]
        if place and near and steps[place - 1] > min(near) * _ROOM:
            texts.append("")
        texts.append(line.text)
    return texts
