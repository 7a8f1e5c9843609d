"""The parts of a document that number for themselves: the conclusions, and each annex."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.drafting.layout.blocks import blocks
from grcm_cli.drafting.layout.choice import is_numbered_heading, labels_in, series_of
from grcm_cli.drafting.layout.labels import Label
from grcm_cli.drafting.layout.line import Line
from grcm_cli.drafting.layout.lines import is_page_number
from grcm_cli.drafting.layout.series import Candidate
from grcm_cli.drafting.layout.signs import is_annex, opens_list
from grcm_cli.drafting.layout.under import items_under

_INLINE = re.compile(r"(?<=[.;:”\"»)])\s+(?=\(?[0-9]{1,3}(?:[.)]|\.-)\s+[A-ZÁÉÍÓÚÑ¿“\"«])")
_HEAD_AND_FIRST = re.compile(
    r"(?:^|\s)(?:conclusiones|acuerdos|decisiones|resoluciones|recomendaciones|compromisos|conclusions"
    r"|agreements|decisions|resolutions|recommendations|commitments):?(?P<gap>\s+)(?=\(?1[.)]\s)",
    re.IGNORECASE,
)


_ANNEXES = 26
"""As many as there are letters; each costs a reading of what stands before it."""


class Section(NamedTuple):
    """A part with one series of numbers, or none."""

    prefix: str
    """What its numbers begin with: `A.` in the first annex."""
    header: Sequence[Line]
    body: Sequence[Line]
    """From the first conclusion on."""
    series: Sequence[Candidate]
    """The labels of its conclusions; their lines are places in the body."""
    dropped: frozenset[int]
    """Lines of the body that belong to no text: page numbers, headings that are numbered."""
    gaps: Sequence[str] = ()
    columns: Sequence[str] = ()
    before: Sequence[Line] = ()
    """An agenda, which is in no conclusion."""

    def written(self, label: Label) -> str:
        """Return a conclusion's number as it is cited."""
        own = label.written
        return own.removeprefix(self.prefix) if self.prefix else own

    def under(self, own: Label, start: int, end: int) -> Mapping[int, Label]:
        """Return the labels of items under a conclusion, among some lines, each with its place."""
        return items_under(self.body, start, end, own)


def sections(lines: Sequence[Line]) -> Iterator[Section]:
    """Yield the document's own conclusions, then each annex that has any."""
    starts = [place for place, line in enumerate(lines) if is_annex(line)][:_ANNEXES]
    own = [
        place
        for place in starts
        if _has_series(lines[:place]) and not _goes_on(lines[:place], lines[place + 1 :])
    ]
    bounds = [0, *own, len(lines)]
    for number, (start, end) in enumerate(pairwise(bounds)):
        part = lines[start:end]
        if number == 0:
            for block in blocks(part):
                yield _section(block.prefix, block.lines)._replace(before=block.before)
        elif _has_series(part):
            yield _section(f"{chr(ord('A') + number - 1)}.", part)
        else:
            yield Section("", (), part, (), frozenset(range(len(part))))


def _has_series(lines: Sequence[Line]) -> bool:
    return len(series_of(lines)) > 1


def _goes_on(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Tell whether the conclusions' own numbers go on behind a line that looks like an annex's."""
    last = series_of(before)[-1].label
    alike = (
        label.value
        for line in after
        for label in labels_in(line)
        if (label.kind, label.style) == (last.kind, last.style)
    )
    return next(alike, None) == last.value + 1


def _section(prefix: str, lines: Sequence[Line]) -> Section:
    series = series_of(lines)
    if len(series) < 2:
        split = _split_inline(lines)
        if len(split) > len(lines):
            lines, series = split, series_of(split)
    if not series:
        begin = _begin_without_numbers(lines)
        rest = lines[begin:]
        return Section(prefix, lines[:begin], rest, (), frozenset(), (), _columns(rest))
    first = series[0].line
    body = lines[first:]
    moved = [candidate._replace(line=candidate.line - first) for candidate in series]
    taken = {candidate.line for candidate in moved}
    dropped = {
        place
        for place, line in enumerate(body)
        if place not in taken and (is_page_number(line) or is_numbered_heading(line))
    }
    columns = _columns(body)
    return Section(prefix, lines[:first], body, moved, frozenset(dropped), _gaps(moved), columns)


def _columns(lines: Sequence[Line]) -> Sequence[str]:
    return next((line.columns for line in lines if line.is_row), ())


def _gaps(series: Sequence[Candidate]) -> list[str]:
    first = series[0].label
    missing = []
    if first.kind == "number" and first.value > 1 and first.written == str(first.value):
        missing = ["1" if first.value == 2 else f"1–{first.value - 1}"]
    return missing + [
        str(value)
        for before, after in pairwise(series)
        if before.label.kind == "number"
        for value in range(before.label.value + 1, after.label.value)
    ]


def _split_inline(lines: Sequence[Line]) -> list[Line]:
    """Return the lines cut before each number that begins a sentence."""
    return [line._replace(text=part) for line in lines for part in _parts(line.text)]


def _parts(text: str) -> Iterator[str]:
    head = _HEAD_AND_FIRST.search(text)
    if head is not None:
        yield text[: head.start("gap")]
        text = text[head.end("gap") :]
    yield from _INLINE.split(text)


def _begin_without_numbers(lines: Sequence[Line]) -> int:
    """Return where the conclusions begin in a document that numbers none."""
    for place, line in enumerate(lines[:60]):
        if line.is_row:
            return place
        following = lines[place + 1].after_gap if place + 1 < len(lines) else False
        if following and opens_list(line.text):
            return place + 1
    for place, line in enumerate(lines):
        if place and line.after_gap and len(line.text) > 40:
            return place
    return len(lines)
