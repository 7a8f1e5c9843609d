"""Which of the labels at the start of lines number the conclusions.

Every reading of a label is tried; those that form the best series, 1, 2, 3 … in one style, are the
conclusions.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from grcm_cli.drafting.layout.labels import Label, is_tag
from grcm_cli.drafting.layout.tables import column_kind
from grcm_cli.drafting.layout.text_line import (
    TextLine,
    introduces_list,
    is_binding,
    is_closing,
    is_decision_opening,
    is_list_heading,
    is_ornament,
    is_sentence_end,
    is_short,
    paragraph_spans,
)
from grcm_cli.language.days import spans_in
from grcm_cli.language.lexicon import phrase_regex, whole_words

_MAX_GAP = 4
"""Numbers that may be missing between two of a series: extraction from a PDF loses some."""
_GROUPS = ("row", "number", "ordinal", "ROMAN", "upper", "lower", "roman", "dotted", "composite")
"""In the order in which they are tried as numbers of conclusions."""
_ABBREVIATION = 3  # letters of a word for an item, as `AP`
_STRONG = 0.5  # the least weight of a label in a series whose numbers do not rise
_RISING_SHARE = 0.6
"""The share of strong labels that a rising series has, else all of them are the series."""
_MAX_OPENING = 60  # lines in which the conclusions begin, or what introduces them
_HELD = whole_words("meeting.held")
_ATTENDANCE = phrase_regex("<attendance.participants|attendance.verbs>")
_OBSERVERS = phrase_regex(r"\b<attendance.observers>\w*:")


class Candidate(NamedTuple):
    """A label that may belong to a series."""

    line: int
    label: Label
    weight: float = 1.0
    """1 for a label that starts a sentence, less where the text after it continues one."""


_Styles = Mapping[str, list[Candidate]]


def conclusion_series(lines: Sequence[TextLine]) -> list[Candidate]:
    """Return the labels of the conclusions among all the labels of some lines.

    Rows of a table are conclusions, unless they are inside those of a list that begins above them.
    Lists that stand beside a table are parts of their own (`sections`), and not looked for here.
    """
    known: dict[str, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for place, line in enumerate(lines):
        for label in line.labels:
            kind = "row" if line.is_row else label.kind
            known[kind][label.style].append(Candidate(place, label, _weight(label, lines, place)))
    rows = _series_among(known, lines)
    if not rows or not lines[rows[0].line].is_row:
        return _with_decisions(rows, known, lines)
    del known["row"]
    outer = _series_among(known, lines)
    is_inside = len(outer) > 1 and outer[0].line < rows[0].line and not _are_headings(outer, lines)
    return _with_decisions(outer, known, lines) if is_inside else rows


def merged(*series: Iterable[Candidate]) -> list[Candidate]:
    """Return several series as one; of the labels of one line that of the last series counts."""
    return sorted({candidate.line: candidate for candidate in chain(*series)}.values())


def labels_like(own: Label, lines: Sequence[TextLine]) -> list[Candidate]:
    """Return the labels of some lines that may belong to the series of a label."""
    return [Candidate(at, each) for at, line in enumerate(lines) for each in line.labels_like(own)]


def _weight(label: Label, lines: Sequence[TextLine], place: int) -> float:
    before = lines[place - 1].text if place else ""
    begins = lines[place].after_gap or is_sentence_end(before) or is_ornament(before)
    if before and not begins:
        return 0.3  # inside a sentence that was wrapped before a number
    start = label.rest.lstrip('“"«¿(')[:1]
    is_certain = label.has_word or (label.kind == "composite" and label.style[-1] in ".:)")
    return 1.0 if is_certain or not (start.islower() or start.isdigit()) else 0.35


def _with_decisions(
    series: list[Candidate], known: Mapping[str, _Styles], lines: Sequence[TextLine]
) -> list[Candidate]:
    """Return a series with the decisions beside it that have a word before their numbers.

    `Decision 4/1` before the paragraphs of a report, `RESOLUTION 31/2` among the points of minutes.
    Without a sentence before the next label it is a heading above the series.
    """
    if not series or series[0].label.has_word:
        return series
    named = [
        candidate
        for candidate in merged(*known["number"].values(), *known["composite"].values())
        if candidate.label.has_word and candidate.label.style[0].islower()  # no symbol, `A/9`
    ]
    both = merged(series, named)
    with_text = 0
    ends = [*(candidate.line for candidate in both[1:]), len(lines)]
    for (start, label, _weight_of), end in zip(both, ends, strict=True):
        is_word = label.rest and len(label.style.partition(" ")[0]) > _ABBREVIATION
        texts = lines[start + (not is_word) : end]
        with_text += label.has_word and any(is_sentence_end(line.text) for line in texts)
    return both if with_text > 1 and 2 * with_text >= len(named) else series


def _series_among(known: Mapping[str, _Styles], lines: Sequence[TextLine]) -> list[Candidate]:
    """Return the best series among all the labels of some lines."""
    best: list[Candidate] = []
    for group in _GROUPS:
        series = _best_of_group(group, known[group])
        is_alone = len(series) < 2 and not (group == "row" and series)
        if is_alone or (group == "composite" and _is_numbered_through(series, known["number"])):
            continue
        if group in ("ROMAN", "upper", "ordinal") and _are_headings(series, lines):
            numbers = _best_of_group("number", known["number"])
            runs_through = len(_parts(series, numbers)) > 0.6 * len(series)
            # The numbers go on below each ordinal; other headings have text below them.
            below = sum(not line.is_page_number for line in lines[series[0].line :])
            if runs_through if group == "ordinal" else below > len(series) + 1:
                continue
        lettered = group == "dotted" and series[0].label.written[0].isalpha()
        if lettered and best and _are_headings(series, lines) and _parts(series, best):
            continue  # `A.1 Background` above numbers of its own
        if not best or _is_outer(series, best) or _stands_under(series, best):
            best = series
    if len(best) < 2 or best[0].label.kind in ("lower", "roman"):
        bullets = sorted(bullet for style in known["bullet"].values() for bullet in style)
        same = [bullet for bullet in bullets if bullet.label.style == bullets[0].label.style]
        is_outer = len(best) < 2 or (len(same) > len(best) and same[0].line < best[0].line)
        best = same if len(bullets) > 1 and is_outer else best
    if best and best[0].label.style == "tag":  # "Action item: …" is no item of a text
        return best
    if best and best[0].label.kind in ("lower", "roman", "bullet"):
        return _stems(best, lines) or best
    return _with_same_word(best, known) if len(best) > 1 and best[0].label.has_word else best


def _is_numbered_through(symbols: Sequence[Candidate], numbers: _Styles) -> bool:
    """Tell whether symbols, `A/19/DEC.1`, stand above parts of one series that never begins anew."""
    best = _best_of_group("number", numbers)
    is_symbol = not symbols[0].label.style[0].islower()
    if not is_symbol or len(best) <= len(symbols) or best[0].label.has_word:
        return False
    alike = (each for each in numbers[best[0].label.style] if each.weight > _STRONG)
    is_one = sum(each.label.value == 1 for each in alike) == 1
    return is_one and _parts(symbols, best) == set(range(1, len(symbols) + 1))


def _best_of_group(group: str, known: _Styles) -> list[Candidate]:
    """Return the best series of a group.

    One with a word, `Decision 5`, wins around a bare one that begins anew, or is in one part alone.
    """
    chains = [chain for style in known.values() if (chain := _chain(group, style))]
    best = max(chains, key=lambda chain: sum(candidate.weight for candidate in chain), default=[])
    named = max((chain for chain in chains if chain[0].label.has_word), key=len, default=[])
    if len(named) < 2 or named[0].line > best[0].line:
        return best
    alike = (candidate for candidate in known[best[0].label.style] if candidate.weight > _STRONG)
    firsts = [candidate for candidate in alike if candidate.label.value == 1]
    return named if len(firsts) > 1 or len(_parts(named, best)) == 1 else best


def _parts(outer: Sequence[Candidate], inner: Sequence[Candidate]) -> set[int]:
    """Return the places of the labels of a series below which another one has labels."""
    starts = [candidate.line for candidate in outer]
    return {bisect_right(starts, candidate.line) for candidate in inner}


def _chain(group: str, labels: Sequence[Candidate]) -> list[Candidate]:
    """Return the series among the labels of one style."""
    strong = [candidate for candidate in labels if candidate.weight > _STRONG]
    if group == "composite":  # `1/2026` need not rise
        return list({label.label.written: label for label in reversed(strong)}.values())[::-1]
    if group == "dotted":
        return list(strong if len(strong) > 1 else labels)
    chain = best_chain(labels)
    if group == "row" or (group == "number" and labels[0].label.has_word):
        return merged(chain, strong)
    values = {candidate.label.value for candidate in strong}
    is_list = group == "number" and len(values) == len(strong) > 1
    is_list = is_list and labels[0].label.style != "alone 1"
    return strong if is_list and len(chain) < _RISING_SHARE * len(strong) else chain


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


def _is_outer(outer: Sequence[Candidate], inner: Sequence[Candidate]) -> bool:
    """Tell whether a series begins before another one, and goes on between its labels.

    Ordinals, and what has capitals, need only begin before; letters and small roman numbers may be
    the items of the last label.
    """
    kind, below = outer[0].label.kind, inner[0].label.kind
    if outer[0].line >= inner[0].line or kind in ("number", "lower"):
        return False
    is_inside = below in ("lower", "roman") or inner[0].line < outer[-1].line
    return is_inside or kind in ("ordinal", "ROMAN", "upper")


def _stands_under(inner: Sequence[Candidate], outer: Sequence[Candidate]) -> bool:
    """Tell whether a series is denser than another one, whose labels are headings above it.

    `Action 2.01: …` under `Item 2 – Buoys`, `1.2. …` under `1. Buoys`. A heading may have none,
    as the one above an action list.
    """
    if inner[0].label.kind not in ("dotted", "composite") or len(inner) <= len(outer):
        return False
    texts = [candidate.label.rest for candidate in outer]
    if not all(is_short(text) and not is_binding(text) for text in texts):
        return False
    starts = {candidate.line for candidate in outer}
    directly = {candidate.line - 1 for candidate in inner} & starts
    return inner[0].line > outer[0].line and len(directly) >= len(starts) - 1


def is_list(lines: Sequence[TextLine], *, is_first: bool) -> bool:
    """Tell whether lines have a list of conclusions, and no agenda, attachments or list of names.

    Bullets that are the first of a document are one below its heading, or where one is a duty.
    """
    series = conclusion_series(lines)
    if len(series) < 2:
        return False
    first = lines[series[0].line]
    if first.is_row:  # a table is a list where its heads say who or by when
        return any(column_kind(head) in ("who", "when") for head, _cell in first.cells)
    texts = [candidate.label.rest for candidate in series]
    ends = [*(candidate.line for candidate in series[1:]), len(lines)]
    spans = zip((candidate.line + 1 for candidate in series), ends, strict=True)
    with_text = sum(any(is_sentence_end(line.text) for line in lines[at:end]) for at, end in spans)
    is_sure = not (all(map(is_short, texts)) or (is_first and series[0].label.kind == "bullet"))
    is_sure |= all(texts) and 2 * with_text > len(series)  # headings above their texts
    above = lines[series[0].line - 1].text if series[0].line else ""
    return is_sure or is_list_heading(above) or any(map(is_binding, texts))


def _are_headings(chain: Sequence[Candidate], lines: Sequence[TextLine]) -> bool:
    """Tell whether most labels have a short text, which does not go on in the line below."""
    below = (lines[candidate.line + 1 : candidate.line + 2] for candidate in chain)
    short = [
        is_short(candidate.label.rest) and not (after and after[0].text[:1].islower())
        for candidate, after in zip(chain, below, strict=True)
        if candidate.label.rest
    ]
    return sum(short) > 0.6 * len(chain)


def _with_same_word(base: list[Candidate], known: Mapping[str, _Styles]) -> list[Candidate]:
    """Return a series with all labels that have its word: `Resolution 5`, `Resolution 5A`.

    Labels with another word belong to it where all are numbered as one: `Conclusion 7/1`, `Decision
    7/2`. A decision without a number among them, `Acclamation`, is numbered by its word.
    """
    model = base[0].label
    word, *shape = model.style.partition(" ")
    strong = [
        candidate
        for candidate in chain(*known["composite"].values(), *known["number"].values())
        if candidate.weight > _STRONG and candidate.label.style.partition(" ")[0] == word
    ]
    others = [
        candidate
        for candidate in chain(*known[model.kind].values())
        if candidate.weight > _STRONG and candidate.label.has_word
        if [*candidate.label.style.partition(" ")[1:]] == shape
    ]
    numbers = [re.findall("[0-9]+", candidate.label.written) for candidate in merged(others)]
    values = [tuple(map(int, digits)) for digits in numbers]
    steps = (after[-1] - before[-1] for before, after in pairwise(values))
    is_one = values == sorted(set(values)) and all(step <= _MAX_GAP for step in steps)
    series = merged(strong, base, others if is_one else ())
    titles = {candidate.line + 1 for candidate in series if not candidate.label.rest}
    headings = [
        candidate._replace(label=candidate.label._replace(written=f"{style}-{number}"))
        for style, candidates in known["unnumbered"].items()
        for number, candidate in enumerate(
            (each for each in candidates if each.line > base[0].line and each.line not in titles), 1
        )
    ]
    return merged(series, headings)


def _stems(items: Sequence[Candidate], lines: Sequence[TextLine]) -> list[Candidate]:
    """Return the paragraphs that act, up to the lists of items without numbers and beyond.

    Each stem ends with a colon; nothing is returned where one says only that the meeting decides.
    """
    first = items[0].line
    above = lines[first - 1].text
    is_open = above.endswith(":") and not (is_decision_opening(above) or is_list_heading(above))
    above_list = next((at for at in range(first - 1, -1, -1) if lines[at].after_gap), None)
    if above_list is None or not is_open:
        return []
    return paragraph_series(lines, start_without_numbers(lines[:above_list]))


def start_without_numbers(lines: Sequence[TextLine]) -> int:
    """Return where the conclusions begin in a document that numbers none."""
    begin = end_of_narrative(lines)
    for place, line in enumerate(lines[begin : begin + _MAX_OPENING], begin):
        gap_follows = lines[place + 1].after_gap if place + 1 < len(lines) else False
        if gap_follows and introduces_list(line.text):
            return place + 1
        if line.is_row or line.is_preamble:
            return place
        if line.after_gap and is_binding(line.text):
            break
    begun = (place for place in range(max(begin, 1), len(lines)) if lines[place].after_gap)
    texts = (at for at in begun if len(lines[at].text) > 40 or is_binding(lines[at].text))
    return next(texts, len(lines))


def end_of_narrative(lines: Sequence[TextLine]) -> int:
    """Return the place after the last of the first paragraphs that tells of the meeting itself."""
    last = 0
    for start, end in paragraph_spans(lines[:_MAX_OPENING]):
        text = "\n".join(line.text for line in lines[start:end])
        of_meeting = (spans_in(text) and _HELD.search(text)) or _ATTENDANCE.search(text)
        if of_meeting or _OBSERVERS.search(text):
            last = end
        elif last or lines[start].is_row or introduces_list(text) or is_binding(text):
            break
    return last


def paragraph_series(lines: Sequence[TextLine], begin: int = 0) -> list[Candidate]:
    """Return the paragraphs from a line on as conclusions that are counted, up to the closing.

    The items of lists are below them, and what goes on in the middle of a sentence; what is a
    preamble or a heading is in none.
    """
    series: list[Candidate] = []
    for start, end in paragraph_spans(lines, begin):
        first, text = lines[start], " ".join(line.text for line in lines[start:end])
        if is_closing(text):
            if series:
                break
            continue
        goes_on = series and (text[:1].islower() or is_tag(text) or first.labels)
        begins_list = any(
            label.value == 1 for line in lines[end : end + 1] for label in line.labels
        )
        is_head = first.is_heading(alone=end - start == 1) and not begins_list  # "The Council"
        is_head |= is_list_heading(text)
        if not (goes_on or is_head or first.is_preamble):
            number = len(series) + 1
            label = Label("unnumbered", "", number, str(number), first.labelled_text)
            series.append(Candidate(start, label))
    return series
