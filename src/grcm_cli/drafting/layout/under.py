"""The items under a conclusion: a) b), i) ii), bullets, 8.1, each in its own series."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grcm_cli.drafting.layout.labels import Label, labels_of
from grcm_cli.drafting.layout.line import Line


class _Level(NamedTuple):
    kind: str
    style: str
    value: int
    written: str


def items_under(lines: Sequence[Line], start: int, end: int, own: Label) -> Mapping[int, Label]:
    """Return the items among some lines, by their place, with the numbers that they are cited by.

    `own` is the label of the conclusion; no item has one of its kind and style.
    """
    found: dict[int, Label] = {}
    levels: list[_Level] = []
    for place in range(start, end):
        line = lines[place]
        readings = [
            _within(label, own)
            for label in labels_of(line.whole)
            if (label.kind, f"auto {label.style}" if line.label else label.style)
            != (own.kind, own.style)
        ]
        taken = _taken(readings, levels)
        if taken is None:
            continue
        label, levels = taken
        found[place] = label._replace(written=_path(levels))
    if len(found) == 1 and _goes_on_inside(found, lines, end):
        return {}
    return found


def _within(label: Label, own: Label) -> Label:
    """Return a label without the conclusion's number: 2.1 of 3.2.1."""
    return label._replace(written=label.written.removeprefix(f"{own.written}."))


def _path(levels: Sequence[_Level]) -> str:
    """Return the number by which an item is cited; a dotted label says what is above it too."""
    parts: list[str] = []
    for level in levels:
        parts = [level.written] if level.kind == "dotted" else [*parts, level.written]
    return ".".join(parts)


def _taken(readings: Sequence[Label], levels: list[_Level]) -> tuple[Label, list[_Level]] | None:
    """Return the reading that goes on with an open series, or begins one, and what is open then."""
    for depth in range(len(levels), 0, -1):
        level = levels[depth - 1]
        for label in readings:
            same = (label.kind, label.style) == (level.kind, level.style)
            if same and (label.kind == "bullet" or label.value == level.value + 1):
                value = level.value + 1
                written = label.written or str(value)
                return label, [*levels[: depth - 1], level._replace(value=value, written=written)]
    for label in readings:
        begins = label.value == 1 or label.kind == "bullet"
        if begins and label.kind not in ("upper", "ROMAN") and label.rest:
            written = label.written or "1"
            return label, [*levels, _Level(label.kind, label.style, 1, written)]
    return None


def _goes_on_inside(found: Mapping[int, Label], lines: Sequence[Line], end: int) -> bool:
    """Tell whether the second item stands inside a sentence, so that the first one does too."""
    [(place, label)] = found.items()
    text = " ".join(line.text for line in lines[place:end])
    second = {"lower": "b", "roman": "ii", "number": "2"}.get(label.kind)
    return second is not None and re.search(rf"\s\(?{second}[.)]\s", text) is not None
