"""The parts of a document that number for themselves: the conclusions, and each annex."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.minutes.layout.labels import Label, labels_of
from grcm_cli.minutes.layout.lines import Line, is_page_number
from grcm_cli.minutes.layout.series import Candidate, longest
from grcm_cli.minutes.layout.signs import is_annex, is_heading, opens_list
from grcm_cli.minutes.layout.under import items_under

_INLINE = re.compile(r"(?<=[.;:”\"»)])\s+(?=\(?[0-9]{1,3}(?:[.)]|\.-)\s+[A-ZÁÉÍÓÚÑ¿“\"«])")
_MAIN = ("row", "number", "ROMAN", "upper", "lower", "roman")


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

    def written(self, label: Label) -> str:
        """Return a conclusion's number as it is cited."""
        own = label.written
        return own.removeprefix(self.prefix) if self.prefix else own

    def under(self, start: int, end: int) -> Mapping[int, Label]:
        """Return the labels of items among some lines of the body, each with its place."""
        label = self.series[0].label
        return items_under(self.body, start, end, (label.kind, label.style))


def sections(lines: Sequence[Line]) -> Iterator[Section]:
    """Yield the document's own conclusions, then each annex that has any."""
    starts = [place for place, line in enumerate(lines) if is_annex(line)]
    own = [place for place in starts if _has_series(lines[:place])]
    bounds = [0, *own, len(lines)]
    for number, (start, end) in enumerate(pairwise(bounds)):
        part = lines[start:end]
        if number == 0:
            yield _section("", part)
        elif _has_series(part):
            yield _section(f"{chr(ord('A') + number - 1)}.", part)
        else:
            yield Section("", (), part, (), frozenset(range(len(part))))


def _has_series(lines: Sequence[Line]) -> bool:
    return len(_series(lines)) > 1


def _section(prefix: str, lines: Sequence[Line]) -> Section:
    series = _series(lines)
    if len(series) < 2:
        split = _split_inline(lines)
        if len(split) > len(lines):
            lines, series = split, _series(split)
    if not series:
        begin = _begin_without_numbers(lines)
        return Section(prefix, lines[:begin], lines[begin:], (), frozenset())
    first = series[0].line
    body = lines[first:]
    moved = [candidate._replace(line=candidate.line - first) for candidate in series]
    taken = {candidate.line for candidate in moved}
    dropped = {
        place
        for place, line in enumerate(body)
        if place not in taken and (is_page_number(line) or _is_numbered_heading(line))
    }
    columns = next((line.columns for line in body if line.is_row), ())
    return Section(prefix, lines[:first], body, moved, frozenset(dropped), _gaps(moved), columns)


def _series(lines: Sequence[Line]) -> list[Candidate]:
    """Return the labels of the conclusions among all the labels of some lines."""
    by_style: dict[tuple[str, str], list[Candidate]] = {}
    for place, line in enumerate(lines):
        for label in _labels(line):
            weight = _weight(label, lines, place)
            group = "row" if line.is_row else label.kind
            by_style.setdefault((group, label.style), []).append(Candidate(place, label, weight))
    chains = {key: longest(found) for key, found in by_style.items() if key[0] != "bullet"}
    best = _best(chains)
    bullets = [c for key, found in by_style.items() if key[0] == "bullet" for c in found]
    if len(best) < 2 and len(bullets) > 1:
        return _numbered(bullets)
    return _completed(best, lines) if best else []


def _labels(line: Line) -> Iterator[Label]:
    if line.is_row and line.label:
        digits = re.search(r"([0-9]+)\D*$", line.label)
        written = line.label.strip(" .)(")
        yield Label("number", "row", int(digits[1]) if digits else 0, written, line.text)
    elif line.label:
        for label in labels_of(f"{line.label} {line.text}"):
            yield label._replace(style=f"auto {label.style}")
    elif not line.is_row:
        yield from labels_of(line.text)


def _weight(label: Label, lines: Sequence[Line], place: int) -> float:
    following = label.rest
    if not following and place + 1 < len(lines):
        following = lines[place + 1].text
    start = following.lstrip('“"«¿(')[:1]
    if start.isupper():
        return 1.0
    return 0.35 if start.islower() or start.isdigit() else 0.6


def _best(chains: Mapping[tuple[str, str], list[Candidate]]) -> list[Candidate]:
    """Return the outermost series that numbers texts and not headings."""
    found: list[Candidate] = []
    for kind in _MAIN:
        of_kind = [chain for (group, _style), chain in chains.items() if group == kind]
        chain = max(of_kind, key=_score, default=[])
        if len(chain) < 2 and not (kind == "row" and chain):
            continue
        if kind in ("ROMAN", "upper") and _are_headings(chain):
            continue
        if not found or (chain[0].line < found[0].line and kind in ("ROMAN", "upper")):
            found = chain
    return found


def _score(chain: Sequence[Candidate]) -> float:
    starts = 0.5 if chain and chain[0].label.value == 1 else 0.0
    return sum(candidate.weight for candidate in chain) + starts


def _are_headings(chain: Sequence[Candidate]) -> bool:
    short = [c for c in chain if _is_short(c.label.rest) and c.label.rest]
    return len(short) > 0.6 * len(chain)


def _is_short(text: str) -> bool:
    return len(text.split()) <= 12 and not re.search(r"[.;,:]$", text)


def _is_numbered_heading(line: Line) -> bool:
    """Tell whether a line is a heading with a roman number or a letter: `II. Cooperation`."""
    for label in labels_of(line.whole):
        if label.kind in ("ROMAN", "upper") and _is_short(label.rest) and label.rest:
            return is_heading(line._replace(text=label.rest, label=""), "")
    return False


def _numbered(bullets: Sequence[Candidate]) -> list[Candidate]:
    """Return bullets with the numbers of their order."""
    style = bullets[0].label.style
    same = [candidate for candidate in bullets if candidate.label.style == style]
    return [
        candidate._replace(label=candidate.label._replace(written=str(number), value=number))
        for number, candidate in enumerate(same, 1)
    ]


def _completed(chain: Sequence[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Return a series with what is missing in it, where another style has just that number."""
    found = list(chain)
    for before, after in pairwise(chain):
        for value in range(before.label.value + 1, after.label.value):
            for place in range(before.line + 1, after.line):
                fits = [
                    label
                    for label in _labels(lines[place])
                    if label.kind == before.label.kind and label.value == value and label.rest
                ]
                if fits:
                    found.append(Candidate(place, fits[0], 1.0))
                    break
    return sorted(found, key=lambda candidate: candidate.line)


def _gaps(series: Sequence[Candidate]) -> list[str]:
    return [
        str(value)
        for before, after in pairwise(series)
        if before.label.kind == "number"
        for value in range(before.label.value + 1, after.label.value)
    ]


def _split_inline(lines: Sequence[Line]) -> list[Line]:
    """Return the lines cut before each number that begins a sentence."""
    return [line._replace(text=part) for line in lines for part in _INLINE.split(line.text)]


def _begin_without_numbers(lines: Sequence[Line]) -> int:
    """Return where the conclusions begin in a document that numbers none."""
    for place, line in enumerate(lines[:60]):
        following = lines[place + 1].after_gap if place + 1 < len(lines) else False
        if following and opens_list(line.text):
            return place + 1
    for place, line in enumerate(lines):
        if place and line.after_gap and len(line.text) > 40:
            return place
    return len(lines)
