"""Two columns of a PDF's page whose lines are written across both: first the left one.

Most programs write a column to its end; pypdf then gives them in the order of reading. Where a
line of the file goes on in the other column, its text is taken by its place on the page instead.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pypdf import PageObject

_MIN_LINES = 6
"""Lines across both columns; fewer are a table, or signatures side by side."""
_SAME = 3.0  # points between two places that count as one
_MIDDLE = (0.47, 0.62)
"""Where the right column begins, as a share of the page's width."""
_ALIKE = 0.8
"""The least share of those lines that go on at the same place."""
_FULL = 0.7
"""Of the longest line of a column; text fills its lines, the cells of a table do not."""
_FULL_SHARE = 0.6
"""The least share of full lines."""
_JITTER = 0.2
"""Of the characters before the right column, by which its lines begin apart: letters differ."""
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)|^ {8,}(?=\S)")


class ShownText(NamedTuple):
    """Where a piece of text begins on its page, in points."""

    x: float
    y: float


def text_by_columns(page: PageObject, shown: Sequence[ShownText]) -> list[str] | None:
    """Return a page's lines, column by column, or None where none goes across two columns.

    `shown` has the pieces of its text in their order. Raises the exceptions of pypdf.
    """
    if not _goes_across(shown, float(page.mediabox.left), float(page.mediabox.width)):
        return None
    text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=True)
    return _by_columns(text.split("\n"))


def _goes_across(shown: Sequence[ShownText], left: float, width: float) -> bool:
    """Tell whether many lines go on at one place in the middle of the page."""
    low, high = (left + share * width for share in _MIDDLE)
    begun = [
        second.x
        for first, second in pairwise(shown)
        if first.x < low <= second.x <= high and abs(first.y - second.y) < _SAME
    ]
    if len(begun) < _MIN_LINES:
        return False
    usual = median(begun)
    return sum(abs(x - usual) < _SAME for x in begun) >= _ALIKE * len(begun)


def _by_columns(lines: Sequence[str]) -> list[str] | None:
    """Return lines with spaces between two columns as one column; None where they are no text."""
    widest = max(map(len, lines), default=0)
    ends = [end for line in lines if (end := _end_of_gap(line)) is not None]
    if len(ends) < _MIN_LINES:
        return None
    begin = round(median(ends))
    if sum(abs(end - begin) <= _JITTER * begin for end in ends) < _ALIKE * len(ends):
        return None
    found: list[str] = []
    left: list[str] = []
    right: list[str] = []
    for line in [*lines, "x" * (widest + 1)]:
        place = _place_of_column(line, begin)
        if place is not None:
            left.append(line[:place].strip())
            right.append(line[place:].strip())
            continue
        if len(left) >= _MIN_LINES and not (_is_full(left) and _is_full(right)):
            return None
        if left:
            before = [""] if not left[0] else []
            after = [""] if not left[-1] and not right[-1] else []
            found += [*before, *trimmed(left), *trimmed(right), *after]
        found.append(line.strip())
        left, right = [], []
    return found[:-1]


def _place_of_column(line: str, begin: int) -> int | None:
    """Return where the right column begins in a line, or None for a line across the page."""
    if len(line.rstrip()) < (1 - _JITTER) * begin:
        return len(line)
    end = _end_of_gap(line)
    return end if end is not None and abs(end - begin) <= _JITTER * begin else None


def _end_of_gap(line: str) -> int | None:
    """Return where the widest gap of a line ends, or None where it has none."""
    gap = max(_GAP.finditer(line), key=lambda gap: len(gap[0]), default=None)
    return gap.end() if gap else None


def _is_full(column: Sequence[str]) -> bool:
    """Tell whether most lines of a column are about as long as its longest."""
    lengths = [len(line) for line in column if line]
    full = sum(length >= _FULL * max(lengths) for length in lengths)
    return full >= _FULL_SHARE * len(lengths)


def trimmed(lines: Sequence[str]) -> list[str]:
    """Return lines without empty ones at the top and foot: a paragraph goes on in the next part."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []
