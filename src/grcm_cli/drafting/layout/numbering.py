"""Which of the labels at the start of lines number the conclusions.

Every reading of a label is tried; those that form the best series, 1, 2, 3 … in one style, are the
conclusions.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.drafting.layout.labels import Label, is_word_style, line_labels
from grcm_cli.drafting.layout.lines import (
    TextLine,
    is_binding,
    is_closing,
    is_decision_opening,
    is_list_heading,
    is_page_number,
    is_sentence_end,
    is_short,
)

_MAX_GAP = 4
"""Numbers that may be missing between two of a series: extraction from a PDF loses some."""
_GROUPS = ("row", "number", "ordinal", "ROMAN", "upper", "lower", "roman")
"""In the order in which they are tried as numbers of conclusions."""
_STRONG = 0.5  # the least weight of a label in a series whose numbers do not rise
_RISING_SHARE = 0.6
"""The share of strong labels that a rising series has, else all of them are the series."""


class Candidate(NamedTuple):
    """A label that may belong to a series."""

    line: int
    label: Label
    weight: float
    """1 for a label that starts a sentence, less where the text after it continues one."""


def conclusion_series(lines: Sequence[TextLine]) -> list[Candidate]:
    """Return the labels of the conclusions among all the labels of some lines.

    Rows of a table are conclusions, unless the table is inside a conclusion.
    """
    found = _series_among(lines)
    if found and lines[found[0].line].is_row:
        outer = _series_among(lines, with_rows=False)
        return outer if _has_tables_inside(outer, lines) else found
    return found


def _has_tables_inside(outer: Sequence[Candidate], lines: Sequence[TextLine]) -> bool:
    """Tell whether all numbered rows belong to the conclusions of a series of paragraphs.

    The series goes on after each table; or its last paragraph ends with a colon before the table,
    or has the first part of the numbers in it: `11.1` under `11.`.
    """
    is_numbering = len(outer) > 1 and outer[0].label.kind not in ("bullet", "unnumbered")
    if not is_numbering or outer[0].label.style == "alone 1" or _are_headings(outer):
        return False
    rows = [at for at, line in enumerate(lines) if line.is_row and any(line_labels(line))]
    last = outer[-1]
    behind = [at for at in rows if at > last.line]
    if rows[0] < outer[0].line or not behind:
        return rows[0] > outer[0].line
    numbers = [label.written for at in behind for label in line_labels(lines[at])]
    if all(number.startswith(f"{last.label.written}.") for number in numbers):
        return True
    between = lines[last.line + 1 : behind[0]]
    ends_open = lines[behind[0] - 1].text.rstrip().endswith(":")
    return ends_open and not any(line.after_gap for line in between)


def _series_among(lines: Sequence[TextLine], *, with_rows: bool = True) -> list[Candidate]:
    """Return the best series among all the labels of some lines, or of those that are no rows."""
    known: dict[str, dict[str, list[Candidate]]] = {}
    """The labels by their group and style."""
    ones: Counter[str] = Counter()
    for place, line in enumerate(lines):
        for label in line_labels(line) if with_rows or not line.is_row else ():
            weight = _weight(label, lines, place)
            group = "row" if line.is_row else label.kind
            of_style = known.setdefault(group, {}).setdefault(label.style, [])
            of_style.append(Candidate(place, label, weight))
            ones[label.style] += label.value == 1 and weight > _STRONG
    chains = {
        group: {style: _series(group, style, found) for style, found in styles.items()}
        for group, styles in known.items()
        if group not in ("bullet", "unnumbered")
    }
    best = _outermost(chains, {style for style, count in ones.items() if count > 1})
    dotted, bullets = (
        [candidate for found in known.get(group, {}).values() for candidate in found]
        for group in ("dotted", "bullet")
    )
    composite = chains.get("composite", {}).values()
    for chain in (_dotted_series(dotted), max(composite, key=len, default=[])):
        if len(chain) > 1 and (
            len(best) < 2 or _encloses(chain, best) or _stands_under(chain, best)
        ):
            best = chain
    if len(best) < 2:
        best = _headings_without_text(chains, lines) or best
        if len(best) < 2 and len(bullets) > 1:
            same = [bullet for bullet in bullets if bullet.label.style == bullets[0].label.style]
            return _stems(bullets, lines) or [
                bullet._replace(label=bullet.label._replace(written=str(number), value=number))
                for number, bullet in enumerate(same, 1)
            ]
    if best and best[0].label.kind in ("lower", "roman"):
        return _stems(best, lines) or best
    if len(best) > 1 and is_word_style(best[0].label.style):
        return _with_same_word(best, known)
    rises = all(a.label.value < b.label.value for a, b in pairwise(best))
    return _fill_gaps(best, lines) if rises else list(best)


def _with_same_word(
    chain: Sequence[Candidate], known: Mapping[str, Mapping[str, list[Candidate]]]
) -> list[Candidate]:
    """Return a series with all labels that have its word: `Resolution 5`, `Resolution 5A`.

    A decision without a number among them, `Acclamation`, is numbered by its word.
    """
    word = chain[0].label.style.split(" 1")[0].split(" A")[0]
    found = {candidate.line: candidate for candidate in chain}
    others = [one for group in ("number", "composite") for one in known.get(group, {}).items()]
    for style, candidates in others:
        if style.split(" 1")[0].split(" A")[0] == word:
            for candidate in candidates:
                if candidate.weight > _STRONG:
                    found.setdefault(candidate.line, candidate)
    titles = {line + 1 for line, candidate in found.items() if not candidate.label.rest}
    for style, candidates in known.get("unnumbered", {}).items():
        headings = [c for c in candidates if c.line > chain[0].line and c.line not in titles]
        for number, candidate in enumerate(headings, 1):
            label = candidate.label._replace(written=f"{style}-{number}")
            found[candidate.line] = candidate._replace(label=label)
    return [found[line] for line in sorted(found)]


def _series(group: str, style: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the series among the labels of one style."""
    if group == "composite":
        return _composite_series(found)
    chain = best_chain(found)
    if group not in ("number", "row"):
        return chain
    strong = [candidate for candidate in found if candidate.weight > _STRONG]
    if is_word_style(style):
        by_line = {candidate.line: candidate for candidate in [*chain, *strong]}
        return [by_line[line] for line in sorted(by_line)]
    values = {candidate.label.value for candidate in strong}
    is_list = group == "row" or (len(values) == len(strong) > 2 and style != "alone 1")
    return strong if is_list and len(chain) < _RISING_SHARE * len(strong) else chain


def _composite_series(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the labels with several numbers, `1/2026`, whether they rise or not.

    A label's value is the number in it that rises by itself, else its place among them.
    """
    first = {candidate.label.written: candidate for candidate in reversed(found)}
    distinct = [c for c in found if c.weight > _STRONG and first[c.label.written] is c]
    columns = list(zip(*(candidate.label.numbers for candidate in distinct), strict=True))
    rising = [values for values in columns if all(a < b for a, b in pairwise(values))]
    values = rising[-1] if rising else range(1, len(distinct) + 1)
    return [
        candidate._replace(label=candidate.label._replace(value=value))
        for candidate, value in zip(distinct, values, strict=True)
    ]


def _encloses(outer: Sequence[Candidate], inner: Sequence[Candidate]) -> bool:
    """Tell whether a series has another one between its labels, and not behind all of them.

    Letters and small roman numbers may be the items of its last label.
    """
    is_level_below = inner[0].label.kind in ("lower", "roman")
    return outer[0].line < inner[0].line and (is_level_below or inner[0].line < outer[-1].line)


def _stands_under(inner: Sequence[Candidate], outer: Sequence[Candidate]) -> bool:
    """Tell whether a series is denser than another one, whose labels are headings above it.

    `Action 2.01: …` under `Item 2 – Buoys`, `1.2. …` under `1. Buoys`.
    """
    if len(inner) <= len(outer) or not all(
        is_short(rest) and rest[:1].isupper() and not is_binding(rest)
        for rest in (candidate.label.rest for candidate in outer)
    ):
        return False
    starts = [candidate.line for candidate in outer]
    counts = Counter(bisect_right(starts, candidate.line) for candidate in inner)
    directly = {candidate.line - 1 for candidate in inner} & set(starts)
    return not counts[0] and len(directly) == len(starts)


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
    if is_word_style(label.style):
        return 1.0
    following = label.rest
    if not following and place + 1 < len(lines):
        following = lines[place + 1].text
    start = following.lstrip('“"«¿(')[:1]
    if start.isupper():
        return 1.0
    return 0.35 if start.islower() or start.isdigit() else 0.6


def _outermost(
    chains: Mapping[str, Mapping[str, list[Candidate]]], anew: Set[str]
) -> list[Candidate]:
    """Return the outermost series that numbers texts and not headings.

    `anew` has the styles in which numbers begin again at 1.
    """
    found: list[Candidate] = []
    for group in _GROUPS:
        chain = _best_of_group(chains.get(group, {}), anew)
        if len(chain) < 2 and not (group == "row" and chain):
            continue
        if group in ("ROMAN", "upper") and _are_headings(chain):
            continue
        outer = bool(found) and chain[0].line < found[0].line
        if outer and group == "ordinal":
            found = chain
            continue
        encloses = outer and chain[-1].line > found[-1].line and found[0].label.kind == "lower"
        if not found or (outer and group in ("ROMAN", "upper")) or (group == "roman" and encloses):
            found = chain
    return found


def _best_of_group(of_style: Mapping[str, list[Candidate]], anew: Set[str]) -> list[Candidate]:
    """Return the best series of a group.

    One with a word, `Decision 5`, wins around a bare one that begins anew, or is in one part alone.
    """
    scores = {
        style: sum(c.weight for c in chain) + 0.5 * any(c.label.value == 1 for c in chain[:1])
        for style, chain in of_style.items()
    }
    best = of_style[max(scores, key=scores.__getitem__)] if scores else []
    named = [chain for style, chain in of_style.items() if is_word_style(style)]
    chain = max(named, key=len, default=[])
    if len(chain) < 2 or chain is best or chain[0].line > best[0].line:
        return best
    starts = [candidate.line for candidate in chain]
    parts = {bisect_right(starts, candidate.line) for candidate in best}
    begins_anew = best[0].label.style in anew
    return chain if begins_anew or len(parts) == 1 else best


def _are_headings(chain: Sequence[Candidate]) -> bool:
    short = [c for c in chain if is_short(c.label.rest) and c.label.rest]
    return len(short) > 0.6 * len(chain)


def _dotted_series(dotted: Sequence[Candidate]) -> list[Candidate]:
    """Return dotted labels as a series of their own: 1.1, 1.2, 2.1."""
    found: list[Candidate] = []
    last: tuple[int, ...] = ()
    strong = [c for c in dotted if c.weight > _STRONG and not c.label.rest.startswith("&")]
    for candidate in sorted(strong if len(strong) > 1 else dotted, key=lambda one: one.line):
        own = tuple(map(int, candidate.label.written.split(".")))
        same_style = not found or candidate.label.style == found[0].label.style
        if same_style and (not found or len(own) == len(last)) and own > last:
            found.append(candidate)
            last = own
    return found if len(found) > 1 else []


def _headings_without_text(
    chains: Mapping[str, Mapping[str, list[Candidate]]], lines: Sequence[TextLine]
) -> list[Candidate]:
    """Return numbered headings where nothing else follows the first: they are the conclusions."""
    for chain in (chain for kind in ("upper", "ROMAN") for chain in chains.get(kind, {}).values()):
        rest = (
            [line for line in lines[chain[0].line :] if not is_page_number(line)] if chain else []
        )
        if len(chain) > 1 and len(rest) - len(chain) <= 1:
            return chain
    return []


def _stems(items: Sequence[Candidate], lines: Sequence[TextLine]) -> list[Candidate]:
    """Return the paragraphs above lists of items without numbers, and those between the lists.

    Each stem ends with a colon; nothing is returned where one says only that the meeting decides.
    """
    first = items[0].line
    begin = next((at for at in range(first - 1, -1, -1) if lines[at].after_gap), None)
    above = lines[first - 1].text
    is_open = above.rstrip().endswith(":") and not is_decision_opening(above)
    is_stem = is_open and not is_list_heading(above)
    if begin is None or is_word_style(items[0].label.style) or not is_stem:
        return []
    found: list[Candidate] = []
    for place in range(begin, len(lines)):
        line = lines[place]
        before = lines[place - 1].text if place else ""
        is_new = place == begin or (line.after_gap and is_sentence_end(before))
        if not is_new or line.is_row or any(line_labels(line)):
            continue
        end = next((at for at in range(place + 1, len(lines)) if lines[at].after_gap), len(lines))
        if not is_sentence_end(lines[end - 1].text):
            continue
        if is_closing(line.text, starts_paragraph=True):
            break
        number = len(found) + 1
        label = Label("unnumbered", "", number, str(number), line.labelled_text)
        found.append(Candidate(place, label, 1.0))
    return found


def _fill_gaps(chain: Sequence[Candidate], lines: Sequence[TextLine]) -> list[Candidate]:
    """Return a series with its missing numbers, where a label of another style has them."""
    found = list(chain)
    for before, after in pairwise(chain):
        wanted = set(range(before.label.value + 1, after.label.value))
        for place in range(before.line + 1, after.line) if wanted else ():
            is_other = lines[place].is_row != lines[before.line].is_row
            for label in () if is_other else line_labels(lines[place]):
                if label.kind == before.label.kind and label.value in wanted and label.rest:
                    found.append(Candidate(place, label, 1.0))
                    wanted.remove(label.value)
    return sorted(found, key=lambda candidate: candidate.line)
