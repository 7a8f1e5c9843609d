"""Where the numbers of one part begin anew: under a heading, or after an agenda."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.drafting.layout.choice import is_numbered_heading, is_short, labels_in, series_of
from grcm_cli.drafting.layout.labels import Label
from grcm_cli.drafting.layout.line import Line
from grcm_cli.drafting.layout.lines import is_ended
from grcm_cli.drafting.layout.signs import is_heading, is_list_head


class Block(NamedTuple):
    """Lines whose conclusions are numbered from 1."""

    prefix: str
    """What their numbers begin with: `I.` under the heading `I. LABOUR`."""
    before: Sequence[Line]
    """An agenda, which is numbered too."""
    lines: Sequence[Line]


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Return the blocks of a part: most often one."""
    series = series_of(lines)
    if len(series) < 2 or any(line.is_row for line in lines):
        return [Block("", (), lines)]
    bounds = [0, *_restarts(lines, series[0].label), len(lines)]
    parts = [lines[start:end] for start, end in pairwise(bounds)]
    before: list[Line] = []
    while len(parts) > 1 and _is_agenda(parts[0], series[0].label) and is_list_head(parts[1][0]):
        before += parts.pop(0)
    prefixes = [_prefix(part, series[0].label) for part in parts]
    if len(parts) == 1 or len(set(prefixes)) < len(parts) or "" in prefixes:
        prefixes = [""] * len(parts)
    return [
        Block(prefix, before if number == 0 else (), part)
        for number, (prefix, part) in enumerate(zip(prefixes, parts, strict=True))
    ]


def _restarts(lines: Sequence[Line], own: Label) -> list[int]:
    """Return the places of the headings under which the numbers begin again at 1."""
    found = []
    highest = 0
    for place, line in enumerate(lines):
        values = [label.value for label in labels_in(line) if _alike(label, own)]
        if values and values[0] == 1 and highest > 1:
            heading = place - 1
            if _is_head(lines, heading):
                found.append(heading)
                highest = 1
        elif values:
            highest = max(highest, values[0])
    return found


def _alike(label: Label, own: Label) -> bool:
    return (label.kind, label.style) == (own.kind, own.style)


def _is_head(lines: Sequence[Line], place: int) -> bool:
    line = lines[place]
    before = lines[place - 1].text if place else ""
    ended = not before or is_ended(before) or line.after_gap
    return ended and (is_numbered_heading(line) or is_heading(line, "") or is_list_head(line))


def _is_agenda(lines: Sequence[Line], own: Label) -> bool:
    """Tell whether all that is numbered is short and no sentence: points of an agenda."""
    points = [label.rest for line in lines for label in labels_in(line) if _alike(label, own)]
    first = next((n for n, line in enumerate(lines) if _is_point(line, own)), 0)
    headed = first > 0 and is_list_head(lines[first - 1])
    return not headed and all(is_short(point) for point in points)


def _is_point(line: Line, own: Label) -> bool:
    return any(_alike(label, own) for label in labels_in(line))


def _prefix(lines: Sequence[Line], own: Label) -> str:
    """Return what numbers under a heading begin with; empty where the heading has no number."""
    for place, line in enumerate(lines):
        if any(_alike(label, own) and label.value == 1 for label in labels_in(line)):
            heads = [label for label in labels_in(lines[place - 1]) if label.rest] if place else []
            romans = [label for label in heads if label.kind == "ROMAN"]
            return f"{(romans or heads)[0].written}." if heads else ""
    return ""
