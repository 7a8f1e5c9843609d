"""The lines of a PDF page, with an empty one where more room between two shows a new paragraph."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pypdf import PageObject

_NOTE = re.compile(r"(?:[0-9]{1,2}|\*{1,3})\s?(?=[“\"«A-ZÁÉÍÓÚÑ])")
_SMALL = 0.93
"""A smaller part of the usual size of letters is that of a footnote."""

_ROOM = 1.3
"""How many times the step between lines near by a step is that begins a paragraph."""
_NEAR = 2
_SAME = 0.4
"""A smaller part of the usual step is within a line, as of a number that is raised in it."""


class _Line(NamedTuple):
    text: str
    height: float | None
    """Where it stands above the foot of the page, as far as that is known."""
    size: float = 0.0
    """Of its letters; 0 where that is not known."""


class PageLines(NamedTuple):
    """The lines of a page, and the first of its footnotes; empty where it has none."""

    lines: list[str]
    first_note: str


def lines_of(page: PageObject) -> PageLines:
    """Return a page's lines. Raises what pypdf raises."""
    found: list[_Line] = []
    begun: list[_Line] = []

    def see(
        text: str, outer: Sequence[float], inner: Sequence[float], _font: object, size: float
    ) -> None:
        """Take a stretch of text with the matrices of its place (ISO 32000-1, 9.4.4)."""
        height: float | None = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        seen = abs((size or 0) * inner[3])
        for part in text.splitlines(keepends=True):
            begun.append(_Line(part.strip("\r\n"), height, seen))
            height = None  # of what comes after a line end in it nothing is known
            if part.endswith(("\r", "\n")):
                found.append(_joined(begun))
                begun.clear()

    page.extract_text(visitor_text=see)
    lines = [*found, _joined(begun)]
    parted = _parted(lines)
    return PageLines([line.text for line in parted], _first_note(parted))


def _joined(parts: Sequence[_Line]) -> _Line:
    heights = (part.height for part in parts if part.text.strip() and part.height is not None)
    sizes = [part.size for part in parts if len(part.text.strip()) > 1]
    text = "".join(part.text for part in parts).strip()
    return _Line(text, next(heights, None), max(sizes, default=0.0))


def _first_note(lines: Sequence[_Line]) -> str:
    """Return the first footnote's line: at the foot, apart, in small letters or inside a sentence."""
    usual = median([line.size for line in lines if line.size] or [0.0])
    for place in range(len(lines) - 1, 0, -1):
        text = lines[place].text
        if lines[place - 1].text.strip() or not _NOTE.match(text):
            continue
        small = 0 < lines[place].size < usual * _SMALL
        if small or _is_unended([line.text for line in lines[: place - 1]]):
            return text
    return ""


def _is_unended(texts: Sequence[str]) -> bool:
    last = next((text for text in reversed(texts) if text.strip()), "")
    return bool(last) and last[-1].isalnum()


def notes_of(lines: Sequence[str]) -> list[str]:
    """Return footnotes, each on one line."""
    found: list[str] = []
    for text in lines:
        if text.strip() and found and not _NOTE.match(text):
            found[-1] += f" {text}"
        elif text.strip():
            found.append(text)
    return found


def _parted(lines: Sequence[_Line]) -> list[_Line]:
    """Return the lines with an empty one wherever there is more room than about it.

    Only what is near is compared: a document may have parts with wider lines than others.
    """
    heights = [line.height for line in lines]
    steps = [
        above - below if above is not None and below is not None else 0.0
        for above, below in pairwise(heights)
    ]
    usual = median([step for step in steps if step > 0] or [0.0])
    parted = []
    for place, line in enumerate(lines):
        near = [s for s in steps[max(0, place - 1 - _NEAR) : place + _NEAR] if s > usual * _SAME]
        if place and near and steps[place - 1] > min(near) * _ROOM:
            parted.append(_Line("", None))
        parted.append(line)
    return parted
