"""Which labels number the conclusions, among all the labels of a document's lines."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from grcm_cli.drafting.layout.labels import Label, labels_of
from grcm_cli.drafting.layout.line import Line
from grcm_cli.drafting.layout.lines import is_ended, is_page_number
from grcm_cli.drafting.layout.series import Candidate, longest
from grcm_cli.drafting.layout.signs import is_heading

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]*")
_CITED = re.compile(r"[0-9]+[a-z]?(?:[./-][0-9A-Za-z]+)*|(?<=\()[a-z](?=\))|(?<=\s)[a-z](?=\)|$)")
"""What a conclusion is cited by, of the first cell of a row: 2 of `N.º 2`, 1 and a of `1 (a)`."""
_MAIN = ("row", "number", "ROMAN", "upper", "lower", "roman")


def series_of(lines: Sequence[Line]) -> list[Candidate]:
    """Return the labels of the conclusions among all the labels of some lines."""
    by_style: dict[tuple[str, str], list[Candidate]] = {}
    for place, line in enumerate(lines):
        for label in labels_in(line):
            weight = _weight(label, lines, place)
            group = "row" if line.is_row else label.kind
            by_style.setdefault((group, label.style), []).append(Candidate(place, label, weight))
    chains = {key: longest(found) for key, found in by_style.items() if key[0] != "bullet"}
    best = _best(chains)
    if len(best) < 2:
        bullets = [c for key, found in by_style.items() if key[0] == "bullet" for c in found]
        dotted = [c for key, found in by_style.items() if key[0] == "dotted" for c in found]
        best = _rising(dotted) or _only_headings(chains, lines) or best
        if len(best) < 2 and len(bullets) > 1:
            return _numbered(bullets)
    return _completed(best, lines) if best else []


def _rising(dotted: Sequence[Candidate]) -> list[Candidate]:
    """Return dotted labels as a series of their own: 1.1, 1.2, 2.1."""
    found: list[Candidate] = []
    last: tuple[int, ...] = ()
    for candidate in sorted(dotted, key=lambda candidate: candidate.line):
        own = tuple(map(int, candidate.label.written.split(".")))
        alike = not found or (
            candidate.label.style == found[0].label.style and len(own) == len(last)
        )
        if alike and own > last:
            found.append(candidate)
            last = own
    return found if len(found) > 1 else []


def _only_headings(
    chains: Mapping[tuple[str, str], list[Candidate]], lines: Sequence[Line]
) -> list[Candidate]:
    """Return numbered headings where nothing but they follows the first: they are the texts."""
    for (kind, _style), chain in chains.items():
        if kind not in ("ROMAN", "upper") or len(chain) < 2:
            continue
        rest = [line for line in lines[chain[0].line :] if not is_page_number(line)]
        if len(rest) - len(chain) <= 1:
            return chain
    return []


def labels_in(line: Line) -> Iterator[Label]:
    """Yield every way in which a line's label can be read."""
    if line.is_row and line.label:
        digits = re.search(r"([0-9]+)\D*$", line.label)
        plain = line.label.strip(" .)(")
        written = plain if _NUMBER.fullmatch(plain) else ".".join(_CITED.findall(line.label))
        if not written:
            return
        yield Label("number", "row", int(digits[1]) if digits else 0, written, line.text)
    elif line.label:
        for label in labels_of(f"{line.label} {line.text}"):
            yield label._replace(style=f"auto {label.style}")
    else:
        yield from labels_of(line.text)


def _weight(label: Label, lines: Sequence[Line], place: int) -> float:
    before = lines[place - 1].text if place else ""
    if before and not (lines[place].after_gap or lines[place].label or is_ended(before)):
        return 0.3  # inside a sentence that was wrapped before a number
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
        outer = bool(found) and chain[0].line < found[0].line
        encloses = outer and chain[-1].line > found[-1].line and found[0].label.kind == "lower"
        if not found or (outer and kind in ("ROMAN", "upper")) or (kind == "roman" and encloses):
            found = chain
    return found


def _score(chain: Sequence[Candidate]) -> float:
    starts = 0.5 if chain and chain[0].label.value == 1 else 0.0
    return sum(candidate.weight for candidate in chain) + starts


def _are_headings(chain: Sequence[Candidate]) -> bool:
    short = [c for c in chain if is_short(c.label.rest) and c.label.rest]
    return len(short) > 0.6 * len(chain)


def is_short(text: str) -> bool:
    """Tell whether words look like a heading: few, and without a stop."""
    return len(text.split()) <= 12 and not re.search(r"[.;,:]$", text)


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
                    for label in labels_in(lines[place])
                    if label.kind == before.label.kind and label.value == value and label.rest
                ]
                if fits:
                    found.append(Candidate(place, fits[0], 1.0))
                    break
    return sorted(found, key=lambda candidate: candidate.line)


def is_numbered_heading(line: Line) -> bool:
    """Tell whether a line is a heading with a roman number or a letter: `II. Cooperation`."""
    for label in labels_of(line.whole):
        if label.kind in ("ROMAN", "upper") and is_short(label.rest) and label.rest:
            return is_heading(line._replace(text=label.rest, label=""), "")
    return False
