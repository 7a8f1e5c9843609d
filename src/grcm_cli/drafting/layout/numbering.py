"""The labels at the start of lines (`8.`, `c)`, `IV`), and which of them number the conclusions.

A label can often be read in several ways: `i)` is a letter or a roman number. Every reading is
tried; those that form the best series, 1, 2, 3 … in one style, are the conclusions.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from grcm_cli.drafting.layout.lines import (
    TextLine,
    is_heading,
    is_page_number,
    is_sentence_end,
    is_short,
)
from grcm_cli.language.lexicon import all_phrases

Kind = Literal["number", "dotted", "lower", "upper", "roman", "ROMAN", "bullet"]


class Label(NamedTuple):
    """One reading of a label."""

    kind: Kind
    style: str
    """How it is written, its value aside; a series has one style: `1.`, `(1)`, `alone 1`."""
    value: int
    """Its place in a series, from 1; 0 for a bullet, which has none."""
    written: str
    """Without brackets and stops: `8`, `c`, `IV`, `3.2`, `12/4`; empty for a bullet."""
    rest: str
    """The text after it on its line."""

    def fits_series_of(self, other: "Label") -> bool:
        """Tell whether two labels may belong to one series."""
        return (self.kind, self.style) == (other.kind, other.style)


# --- reading labels -----------------------------------------------------------------------------

_NAMED = re.compile(
    rf"(?P<word>{all_phrases('layout.conclusion_names', 'layout.other_item_names')})"
    r"\s+(?:n(?:\.\s?|)[º°o]\.?\s*|#\s*)?(?P<number>[0-9]{1,9}(?:[/.-][0-9]{1,9}){0,8}|[IVXL]+)"
    r"(?P<end>\s*[.:)–—-]+(?=\s|$)|\s*$)\s*",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3}){1,8})(?P<end>[.)]|\.-)?(?=\s|$)\s*")
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<number>[0-9]{1,4})(?P<end>\.-|\.\)|[.)]|º\.?|ª\.?|\s*[–—-](?=\s))"
    r"(?=\s|$|[“\"A-ZÁÉÍÓÚ])\s*"
)
_SLASHED = re.compile(
    r"(?P<number>[0-9]{1,4}/(?P<last>[0-9]{1,3}))"
    r"(?:(?P<end>\.-|[.)])(?=\s|$)|(?=\s+[“\"A-ZÁÉÍÓÚ]|$))\s*"
)
_ALONE = re.compile(r"(?P<number>[0-9]{1,4})$")
_LETTER = re.compile(
    r"(?P<open>\()?(?P<number>[a-zA-Z])(?P<end>\.\)|[.)]|\s*[–—-](?=\s))(?=\s|$)\s*"
)
_ROMAN = re.compile(
    r"(?P<open>\()?(?P<number>[ivxl]+|[IVXLC]+)"
    r"(?P<end>\.-|\.\)|[.)]|\s*[–—-](?=\s)|(?=\s*$))(?=\s|$)\s*"
)
_BULLET = re.compile(r"(?P<number>[-•–—*▪●◦·➢✓■□‣\uf0b7\uf0a7]|o(?=\s{2}))\s+")
_ROMAN_FORM = re.compile(r"(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROW_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]*")
_ROW_NUMBER_PARTS = re.compile(
    r"[0-9]+[a-z]?(?:[./-][0-9A-Za-z]+)*|(?<=\()[a-z](?=\))|(?<=\s)[a-z](?=\)|$)"
)
"""The number in the first cell of a row: 2 of `N.º 2`, 1 and a of `1 (a)`."""
_MAX_CELL = 100  # characters of that cell in which its number is looked for


def labels_of(text: str) -> Iterator[Label]:
    """Yield every way in which the start of a line can be read as a label."""
    if match := _NAMED.match(text):
        written = match["number"].upper()
        in_digits = written[0].isdigit()
        value = int(re.split(r"[/.-]", written)[-1]) if in_digits else roman_value(written)
        if value:
            kind: Kind = "number" if in_digits else "ROMAN"
            yield Label(kind, match["word"].casefold(), value, written, text[match.end() :])
    yield from _digit_labels(text)
    if match := _LETTER.match(text):
        letter = match["number"]
        kind = "lower" if letter.islower() else "upper"
        yield _label(kind, match, ord(letter.lower()) - 96, text)
    if match := _ROMAN.match(text):
        value = roman_value(match["number"].upper())
        if value:
            yield _label("roman" if match["number"].islower() else "ROMAN", match, value, text)
    if match := _BULLET.match(text):
        yield Label("bullet", match["number"], 0, "", text[match.end() :])


def _digit_labels(text: str) -> Iterator[Label]:
    """Yield the reading of a label that begins with a digit."""
    if match := _SLASHED.match(text):
        yield _label("number", match, int(match["last"]), text)
    elif match := _DOTTED.match(text):
        yield _label("dotted", match, int(match["number"].rpartition(".")[2]), text)
    elif match := _NUMBER.match(text):
        yield _label("number", match, int(match["number"]), text)
    elif match := _ALONE.match(text):
        yield Label("number", "alone 1", int(match["number"]), match["number"], "")


def _label(kind: Kind, match: re.Match[str], value: int, text: str) -> Label:
    groups = match.groupdict()
    slash = "/" if "last" in groups else ""
    style = f"{slash}{groups.get('open') or ''}1{(groups['end'] or '').strip()}"
    return Label(kind, style, value, match["number"], text[match.end() :])


def roman_value(written: str) -> int:
    """Return the value of a roman number in capitals; 0 where it is none."""
    if not written or not _ROMAN_FORM.fullmatch(written):
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in written]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def line_labels(line: TextLine) -> Iterator[Label]:
    """Yield every reading of a line's label, be it automatic, a cell's or a part of its text."""
    if line.is_row and line.label:
        cell = line.label[:_MAX_CELL]
        digits = re.findall("[0-9]{1,9}", cell)
        plain = cell.strip(" .)(")
        is_number = _ROW_NUMBER.fullmatch(plain) is not None
        written = plain if is_number else ".".join(_ROW_NUMBER_PARTS.findall(cell))
        if written:
            yield Label("number", "row", int(digits[-1]) if digits else 0, written, line.text)
    elif line.label:
        for label in labels_of(line.labelled_text):
            yield label._replace(style=f"auto {label.style}")
    else:
        yield from labels_of(line.text)


def labels_like(line: TextLine, own: Label) -> list[Label]:
    """Return the readings of a line's label that may belong to the series of another label."""
    return [label for label in line_labels(line) if label.fits_series_of(own)]


def is_numbered_heading(line: TextLine) -> bool:
    """Tell whether a line is a heading with a roman number or a letter: `II. Cooperation`."""
    for label in labels_of(line.labelled_text):
        if label.kind in ("ROMAN", "upper") and is_short(label.rest) and label.rest:
            return is_heading(line._replace(text=label.rest, label=""), "")
    return False


# --- choosing the series of the conclusions -----------------------------------------------------

_MAX_GAP = 4
"""Numbers that may be missing between two of a series: extraction from a PDF loses some."""
_GROUPS = ("row", "number", "ROMAN", "upper", "lower", "roman")
"""In the order in which they are tried as numbers of conclusions."""
_GroupAndStyle = tuple[str, str]


class Candidate(NamedTuple):
    """A label that may belong to a series."""

    line: int
    label: Label
    weight: float
    """1 for a label that starts a sentence, less where the text after it continues one."""


def conclusion_series(lines: Sequence[TextLine]) -> list[Candidate]:
    """Return the labels of the conclusions among all the labels of some lines."""
    by_style: dict[_GroupAndStyle, list[Candidate]] = {}
    for place, line in enumerate(lines):
        for label in line_labels(line):
            weight = _weight(label, lines, place)
            group = "row" if line.is_row else label.kind
            by_style.setdefault((group, label.style), []).append(Candidate(place, label, weight))
    chains = {key: best_chain(found) for key, found in by_style.items() if key[0] != "bullet"}
    best = _outermost(chains)
    if len(best) < 2:
        bullets = [c for key, found in by_style.items() if key[0] == "bullet" for c in found]
        dotted = [c for key, found in by_style.items() if key[0] == "dotted" for c in found]
        best = _dotted_series(dotted) or _headings_without_text(chains, lines) or best
        if len(best) < 2 and len(bullets) > 1:
            return _number_bullets(bullets)
    return _fill_gaps(best, lines) if best else []


def best_chain(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the best series among labels of one style, in the order of the lines.

    Each number follows the one before it; a gap costs. Of two labels with the same number the one
    that starts a sentence wins: a page number does not.
    """
    scores: list[float] = []
    previous: list[int] = []
    best_of_value: dict[int, int] = {}
    for index, (_line, label, weight) in enumerate(candidates):
        score, origin = weight + (0.5 if label.value == 1 else 0.0), -1
        for gap in range(_MAX_GAP + 1):
            before = best_of_value.get(label.value - 1 - gap)
            if before is not None and scores[before] + weight - 0.45 * gap > score:
                score, origin = scores[before] + weight - 0.45 * gap, before
        scores.append(score)
        previous.append(origin)
        known = best_of_value.get(label.value)
        if known is None or scores[known] < score:
            best_of_value[label.value] = index
    index = max(range(len(scores)), key=scores.__getitem__, default=-1)
    chain = []
    while index >= 0:
        chain.append(candidates[index])
        index = previous[index]
    return chain[::-1]


def _weight(label: Label, lines: Sequence[TextLine], place: int) -> float:
    before = lines[place - 1].text if place else ""
    if before and not (lines[place].after_gap or lines[place].label or is_sentence_end(before)):
        return 0.3  # inside a sentence that was wrapped before a number
    following = label.rest
    if not following and place + 1 < len(lines):
        following = lines[place + 1].text
    start = following.lstrip('“"«¿(')[:1]
    if start.isupper():
        return 1.0
    return 0.35 if start.islower() or start.isdigit() else 0.6


def _outermost(chains: Mapping[_GroupAndStyle, list[Candidate]]) -> list[Candidate]:
    """Return the outermost series that numbers texts and not headings."""
    found: list[Candidate] = []
    for group in _GROUPS:
        of_group = [chain for (known, _style), chain in chains.items() if known == group]
        chain = max(of_group, key=_score, default=[])
        if len(chain) < 2 and not (group == "row" and chain):
            continue
        if group in ("ROMAN", "upper") and _are_headings(chain):
            continue
        outer = bool(found) and chain[0].line < found[0].line
        encloses = outer and chain[-1].line > found[-1].line and found[0].label.kind == "lower"
        if not found or (outer and group in ("ROMAN", "upper")) or (group == "roman" and encloses):
            found = chain
    return found


def _score(chain: Sequence[Candidate]) -> float:
    starts = 0.5 if chain and chain[0].label.value == 1 else 0.0
    return sum(candidate.weight for candidate in chain) + starts


def _are_headings(chain: Sequence[Candidate]) -> bool:
    short = [c for c in chain if is_short(c.label.rest) and c.label.rest]
    return len(short) > 0.6 * len(chain)


def _dotted_series(dotted: Sequence[Candidate]) -> list[Candidate]:
    """Return dotted labels as a series of their own: 1.1, 1.2, 2.1."""
    found: list[Candidate] = []
    last: tuple[int, ...] = ()
    for candidate in sorted(dotted, key=lambda candidate: candidate.line):
        own = tuple(map(int, candidate.label.written.split(".")))
        same_style = not found or candidate.label.style == found[0].label.style
        if same_style and (not found or len(own) == len(last)) and own > last:
            found.append(candidate)
            last = own
    return found if len(found) > 1 else []


def _headings_without_text(
    chains: Mapping[_GroupAndStyle, list[Candidate]], lines: Sequence[TextLine]
) -> list[Candidate]:
    """Return numbered headings where nothing else follows the first: they are the conclusions."""
    for (kind, _style), chain in chains.items():
        if kind not in ("ROMAN", "upper") or len(chain) < 2:
            continue
        rest = [line for line in lines[chain[0].line :] if not is_page_number(line)]
        if len(rest) - len(chain) <= 1:
            return chain
    return []


def _number_bullets(bullets: Sequence[Candidate]) -> list[Candidate]:
    """Return the bullets of the first one's style, numbered in their order."""
    same = [candidate for candidate in bullets if candidate.label.style == bullets[0].label.style]
    return [
        candidate._replace(label=candidate.label._replace(written=str(number), value=number))
        for number, candidate in enumerate(same, 1)
    ]


def _fill_gaps(chain: Sequence[Candidate], lines: Sequence[TextLine]) -> list[Candidate]:
    """Return a series with its missing numbers, where a label of another style has them."""
    found = list(chain)
    for before, after in pairwise(chain):
        wanted = set(range(before.label.value + 1, after.label.value))
        for place in range(before.line + 1, after.line) if wanted else ():
            for label in line_labels(lines[place]):
                if label.kind == before.label.kind and label.value in wanted and label.rest:
                    found.append(Candidate(place, label, 1.0))
                    wanted.remove(label.value)
    return sorted(found, key=lambda candidate: candidate.line)
