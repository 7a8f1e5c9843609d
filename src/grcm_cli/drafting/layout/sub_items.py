"""The items of a conclusion: a) b), i) ii), bullets, 8.1, rows of a table, each in a series."""

import re
from collections.abc import Mapping, Sequence

from grcm_cli.drafting.layout.labels import Label, is_word_style, labels_of, line_labels
from grcm_cli.drafting.layout.lines import TextLine, is_sentence_end

_ROW_KINDS = ("number", "dotted", "composite", "lower")
_MAX_LEVELS = 9
"""As many as a word processor has; what stands deeper belongs to the text of its item."""


def sub_items(lines: Sequence[TextLine], start: int, end: int, own: Label) -> Mapping[int, Label]:
    """Return the labels of the items in `lines[start:end]`, by line, written as they are cited.

    `own` is the label of the conclusion; no item has one of its kind and style. A line that would
    begin a level too many has a label with nothing written.
    """
    found: dict[int, Label] = {}
    levels: list[Label] = []
    for place in range(start, end):
        line = lines[place]
        if line.is_row and own.style != "row":
            levels = _with_row(line, own, levels)
            found[place] = levels[-1]._replace(written=_path(levels))
            continue
        readings = [
            label._replace(written=label.written.removeprefix(f"{own.written}."))  # 2.1 of 3.2.1
            for label in (() if line.is_preamble else labels_of(line.labelled_text))
            if not (label.kind == "bullet" and is_word_style(label.style))
            and not label._replace(
                style=f"auto {label.style}" if line.label else label.style
            ).fits_series_of(own)
        ]
        choice = _choose_reading(readings, levels)
        if choice is not None:
            label, levels = choice
            found[place] = label._replace(written=_path(levels))
        elif len(levels) == _MAX_LEVELS and any(map(_begins_series, readings)):
            found[place] = readings[0]._replace(written="")
    if len(found) == 1:
        [(place, label)] = found.items()
        second = {"lower": "b", "roman": "ii", "number": "2"}.get(label.kind)
        text = " ".join(line.text for line in lines[place:end])
        if second is not None and re.search(rf"\s\(?{second}[.)]\s", text):
            return {}  # the second item is inside a sentence, so that the first one is, too
    return {
        place: label
        for place, label in found.items()
        if not _is_bullet_heading(lines, place, end, label)
    }


def _with_row(line: TextLine, own: Label, levels: Sequence[Label]) -> list[Label]:
    """Return the levels with a row of a table as the last one: its number, else its place."""
    at = next((n for n, level in enumerate(levels) if level.style == "row"), len(levels))
    at = min(at, _MAX_LEVELS - 1)
    is_next = at < len(levels) and levels[at].style == "row"
    value = levels[at].value + 1 if is_next else 1
    number = next((one for one in line_labels(line) if one.kind in _ROW_KINDS), None)
    written = number.written.removeprefix(f"{own.written}.") if number else str(value)
    rest = number.rest if number else line.text
    return [*levels[:at], Label("bullet", "row", value, written, rest)]


def _is_bullet_heading(lines: Sequence[TextLine], place: int, end: int, label: Label) -> bool:
    """Tell whether a dash stands before a heading: no sentence, and paragraphs under it."""
    if not lines[place].text.startswith(("—", "–", "-")) or is_sentence_end(label.rest):
        return False
    following = lines[place + 1] if place + 1 < end else None
    return (
        following is not None
        and following.after_gap
        and label.rest[:1].isupper()
        and is_sentence_end(following.text)
        and not (following.label or any(labels_of(following.text)))
    )


def _path(levels: Sequence[Label]) -> str:
    """Return the number by which an item is cited; a dotted label names the levels above it."""
    parts: list[str] = []
    for level in levels:
        parts = [level.written] if level.kind == "dotted" else [*parts, level.written]
    return ".".join(parts)


def _choose_reading(
    readings: Sequence[Label], levels: list[Label]
) -> tuple[Label, list[Label]] | None:
    """Return the reading that continues or begins a series, and the last label of each open one."""
    for depth in range(len(levels), 0, -1):
        level = levels[depth - 1]
        for label in readings:
            same = label.fits_series_of(level)
            if same and (label.kind == "bullet" or label.value == level.value + 1):
                value = level.value + 1
                written = label.written or str(value)
                return label, [*levels[: depth - 1], level._replace(value=value, written=written)]
    begins = next(filter(_begins_series, readings), None)
    if begins is None or len(levels) == _MAX_LEVELS:
        return None
    return begins, [*levels, begins._replace(value=1, written=begins.written or "1")]


def _begins_series(label: Label) -> bool:
    is_first = label.value == 1 or label.kind == "bullet"
    return is_first and label.kind not in ("upper", "ROMAN") and bool(label.rest)
