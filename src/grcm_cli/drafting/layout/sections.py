"""The parts of a document that have one series of numbers, or none: its own, and its annexes."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.drafting.layout.labels import (
    Label,
    is_numbered_heading,
    labels_like,
    line_labels,
)
from grcm_cli.drafting.layout.series import Candidate, conclusion_series, paragraph_series
from grcm_cli.drafting.layout.text_line import (
    TextLine,
    introduces_list,
    is_annex_heading,
    is_closing,
    is_heading,
    is_list_heading,
    is_page_number,
    is_sentence_end,
    is_short,
)
from grcm_cli.language.days import spans_in
from grcm_cli.language.lexicon import phrase_regex, whole_words

_MAX_PREAMBLE = 200  # lines in which a preamble begins
_MIN_YEAR = 1000  # a higher number at the start of a line is a year
_MAX_ANNEXES = 26  # as many as there are letters; each costs a reading of the lines before it


class DocumentSection(NamedTuple):
    """A part with one series of numbers, or none."""

    header: Sequence[TextLine]
    body: Sequence[TextLine]
    """From the first conclusion on."""
    prefix: str = ""
    """What its numbers begin with: `A.` in the first annex, `I.` under the heading `I. LABOUR`."""
    series: Sequence[Candidate] = ()
    """The labels of its conclusions; their lines are places in the body."""
    dropped: frozenset[int] = frozenset()
    """Lines of the body that belong to no conclusion: page numbers, numbered headings."""
    missing: Sequence[str] = ()
    """Numbers that the series lacks."""
    agenda: Sequence[TextLine] = ()
    """A numbered agenda before the conclusions."""


def sections(lines: Sequence[TextLine]) -> Iterator[DocumentSection]:
    """Yield the document's own conclusions, then each annex that has any."""
    headings = [place for place, line in enumerate(lines) if is_annex_heading(line)]
    starts = []
    for place in headings[:_MAX_ANNEXES]:
        series = conclusion_series(lines[:place])
        if len(series) > 1 and not _continues(series, lines, place):
            starts.append(place)
    for number, (start, end) in enumerate(pairwise([0, *starts, len(lines)])):
        part = lines[start:end]
        if number == 0:
            yield from _blocks(part)
        elif len(conclusion_series(part)) > 1:
            yield _section(f"{chr(ord('A') + number - 1)}.", part)
        else:
            yield DocumentSection(part, ())


def counted_paragraphs(lines: Sequence[TextLine]) -> DocumentSection:
    """Return all of a document as one part whose paragraphs are its conclusions."""
    begin = _end_of_narrative(lines)
    body = lines[begin:]
    return DocumentSection(lines[:begin], body, series=paragraph_series(body, 0))


def _continues(series: Sequence[Candidate], lines: Sequence[TextLine], heading: int) -> bool:
    """Tell whether a series goes on after the heading of what looks like an annex.

    One with words before its numbers, `Decision 5`, may have one number before it.
    """
    worded = (
        label
        for line in reversed(lines[:heading])
        for label in line_labels(line)
        if label.kind == "number" and label.has_word
    )
    for last in filter(None, [series[-1].label, next(worded, None)]):
        after = (label for line in lines[heading + 1 :] for label in labels_like(line, last))
        following = next(after, None)
        if following is not None and following.value == last.value + 1:
            return True
    return False


def _section(
    prefix: str,
    lines: Sequence[TextLine],
    own: Label | None = None,
    named: Sequence[Candidate] = (),
) -> DocumentSection:
    """Return a section. `own` is a label of the document's series; here may be one more alone.

    `named` are the decisions in it that have a word before their numbers.
    """
    series = conclusion_series(lines)
    if named:
        series = sorted({candidate.line: candidate for candidate in (*series, *named)}.values())
    if len(series) < 2 and own is not None:
        series = [
            Candidate(place, label)
            for place, line in enumerate(lines)
            for label in labels_like(line, own)
        ]
    elif len(series) < 2 or not any(candidate.label.rest for candidate in series):
        # Under labels that stand alone on their lines, letters in the text are cited as items.
        letters, numbers = (_LETTERS, 2, 1), ((_NUMBERS, 1), (_CROWDED_NUMBERS, 3, 1))
        for inline in (letters,) if len(series) > 1 else numbers:
            split = [part for line in lines for part in _split(line, *inline)]
            if len(split) > len(lines):
                lines, series = split, conclusion_series(split)
                break
    series = series or _single(lines)
    if not series:
        lines = _with_recitals(lines)
    first = series[0].line if series else _start_without_numbers(lines)
    header, body = lines[:first], lines[first:]
    if not series:
        return DocumentSection(header, body, prefix)
    moved = [candidate._replace(line=candidate.line - first) for candidate in series]
    numbered = {candidate.line for candidate in moved}
    dropped = (
        place
        for place, line in enumerate(body)
        if place not in numbered
        and (
            is_page_number(line)
            or is_numbered_heading(line)
            or (body[0].is_row and _is_heading_of_rows(line))
        )
    )
    missing = _missing_numbers(moved, body)
    return DocumentSection(header, body, prefix, moved, frozenset(dropped), missing)


def _is_heading_of_rows(line: TextLine) -> bool:
    """Tell whether a line is a heading with a number between tables: `2. Pilots`."""
    is_inside = line.is_row or line.in_cell
    return not is_inside and any(
        label.kind == "number" and label.rest[:1].isupper() and is_heading(TextLine(label.rest), "")
        for label in line_labels(line)
    )


def _missing_numbers(series: Sequence[Candidate], lines: Sequence[TextLine]) -> list[str]:
    """Return the numbers that a series lacks, also before a line like it after its last one."""
    labels = [one.label for one in series if one.label.kind != "unnumbered"]
    if not labels:
        return []
    values = [label.value for label in labels if label.written.isdecimal()]
    first, last = labels[0], labels[-1]
    if first.kind == "number" and first.written == str(first.value):
        values.insert(0, 0)
    if last.kind == "number" and last.written.isdecimal() and last.style != "alone 1":
        behind = (
            label.value
            for line in lines[series[-1].line + 1 :]
            for label in labels_like(line, last)
            if line.after_gap and label.rest[:1].isupper() and label.value < _MIN_YEAR
        )
        values += [value for value in behind if value > last.value + 1][:1]
    return [
        str(before + 1) if after - before == 2 else f"{before + 1}–{after - 1}"
        for before, after in pairwise(values)
        if after - before > 1
    ]


# --- series inside a line --------------------------------------------------------------------------


_NUMBERS = phrase_regex(
    r"(?:(?<=[.;:”\"»)])|(?<![^\s])(?i:<layout.list_headings>):?"
    r"|[A-ZÁÉÍÓÚÑ]{4})\s+(?=\(?(?P<label>[0-9]{1,3})(?:[.)]|\.-)\s+[A-ZÁÉÍÓÚÑ¿“\"«])",
    0,
)
_CROWDED_NUMBERS = re.compile(r"[.;:,>”\"»)]\s*(?=(?P<label>[0-9]{1,3})\.\s?[A-ZÁÉÍÓÚÑ])")
"""Without white space before or after them: `The Assembly,1. RECALLS the chart;2. ASKS …`."""
_LETTERS = phrase_regex(
    r"[:;,]\s+(?:<text.conjunctions>\s+)?(?=\(?(?P<label>[a-z])(?:\)|\.)\s+\w)", 0
)
"""`shall: a) paint the beacons; and b) report`."""


def _split(
    line: TextLine, before: re.Pattern[str], least: int, first: int | None = None
) -> list[TextLine]:
    """Return the parts of a line, cut before each label inside it that follows the one before.

    `before` is what stands before a label, `least` how many cuts there must be, `first` the value
    of the first label. The line's label is in the first part, its notes are at the last.
    """
    cuts: list[int] = []
    for match in before.finditer(line.text) if line.source is None else ():
        label = match["label"]
        value = int(label) if label.isdecimal() else ord(label) - 96
        if first in (None, value):
            cuts.append(match.end())
            first = value + 1
    if len(cuts) < least:
        return [line]
    texts = [line.text[start:end].strip() for start, end in pairwise([0, *cuts, len(line.text)])]
    plain = TextLine("", after_gap=line.after_gap, is_preamble=line.is_preamble)
    parts = [line._replace(text=texts[0], notes=()), *(plain._replace(text=t) for t in texts[1:])]
    return [*parts[:-1], parts[-1]._replace(notes=line.notes)]


# --- documents that number nothing ---------------------------------------------------------------

_RECITAL = phrase_regex(r"<layout.recital_openings>\b")
_RECITAL_END = phrase_regex(r"[,;](?:\s+<text.conjunctions>)?$")
_HELD = whole_words("meeting.held")
_ATTENDANCE = phrase_regex("<attendance.participants|attendance.verbs>")
_OBSERVERS = phrase_regex(r"\b<attendance.observers>\w*:")
_MAX_OPENING = 60  # lines in which the conclusions begin, or what introduces them


def paragraphs(lines: Sequence[TextLine]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place, and one more, of each paragraph."""
    starts = [place for place, line in enumerate(lines) if line.after_gap or not place]
    yield from pairwise([*starts, len(lines)])


def _with_recitals(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines, marked where a paragraph only gives a reason: `RECALLING that …;`."""
    marked = list(lines)
    for start, end in paragraphs(lines):
        if _RECITAL.match(lines[start].text) and _RECITAL_END.search(lines[end - 1].text):
            marked[start:end] = [line._replace(is_preamble=True) for line in lines[start:end]]
    return marked


def _single(lines: Sequence[TextLine]) -> list[Candidate]:
    """Return the one numbered conclusion with which a document ends: `1. Reply.` alone."""
    blocks = list(paragraphs(lines))
    while blocks and is_closing(lines[blocks[-1][0]].text, starts_paragraph=True):
        blocks.pop()
    if not blocks or not is_sentence_end(lines[blocks[-1][1] - 1].text):
        return []
    start = blocks[-1][0]
    labels = (one for one in line_labels(lines[start]) if one.kind == "number" and one.rest)
    return [Candidate(start, one) for one in labels if one.value == 1][:1]


def _start_without_numbers(lines: Sequence[TextLine]) -> int:
    """Return where the conclusions begin in a document that numbers none."""
    preamble = [place for place, line in enumerate(lines[:_MAX_PREAMBLE]) if line.is_preamble]
    if preamble:  # its end has the line that says who decides
        following = enumerate(lines[preamble[0] :], preamble[0])
        ends = (n for n, line in following if not (line.is_preamble or introduces_list(line.text)))
        return next(ends, len(lines))
    begin = _end_of_narrative(lines)
    for place, line in enumerate(lines[begin : begin + _MAX_OPENING], begin):
        if line.is_row:
            return place
        gap_follows = lines[place + 1].after_gap if place + 1 < len(lines) else False
        if gap_follows and introduces_list(line.text):
            return place + 1
    for place, line in enumerate(lines[begin:], begin):
        if place and line.after_gap and len(line.text) > 40:
            return place
    return len(lines)


def _end_of_narrative(lines: Sequence[TextLine]) -> int:
    """Return the place after the last of the first paragraphs that tells of the meeting itself."""
    last = 0
    for start, end in paragraphs(lines[:_MAX_OPENING]):
        text = "\n".join(line.text for line in lines[start:end])
        if lines[start].is_row or introduces_list(text):
            break
        of_meeting = (spans_in(text) and _HELD.search(text)) or _ATTENDANCE.search(text)
        if of_meeting or _OBSERVERS.search(text):
            last = end
        elif last:
            break
    return last


# --- headings and agendas under or after which the numbers begin at 1 again ---------------------


def _blocks(lines: Sequence[TextLine]) -> Iterator[DocumentSection]:
    """Yield the sections of a document's own conclusions: most often one."""
    series = conclusion_series(lines)
    if len(series) < 2 or lines[series[0].line].is_row:
        yield _section("", lines)
        return
    own = series[0].label
    bounds = list(pairwise([0, *_restarts(lines, own), len(lines)]))
    parts = [lines[start:end] for start, end in bounds]
    points = 0
    while points + 1 < len(parts) and _is_agenda(parts[points], own, parts[points + 1][0]):
        points += 1
    agenda = [line for part in parts[:points] for line in part]
    parts = parts[points:]
    prefixes = [_prefix(part, own) for part in parts]
    if len(parts) == 1 or len(set(prefixes)) < len(parts) or "" in prefixes:
        prefixes = [""] * len(parts)
    for number, (prefix, (start, end)) in enumerate(zip(prefixes, bounds[points:], strict=True)):
        named = [
            candidate._replace(line=candidate.line - start)
            for candidate in series
            if candidate.label.has_word and not own.has_word and start <= candidate.line < end
        ]
        section = _section(prefix, lines[start:end], own, named)
        yield section._replace(agenda=() if number else agenda)


def _values(line: TextLine, own: Label) -> list[int]:
    """Return the values of a line's labels that are written like those of the series."""
    return [] if line.is_row else [label.value for label in labels_like(line, own)]


def _restarts(lines: Sequence[TextLine], own: Label) -> list[int]:
    """Return the places of the headings under which the numbers begin again at 1."""
    restarts = []
    highest = 0
    for place, line in enumerate(lines):
        values = _values(line, own)
        if not values:
            continue
        if values[0] != 1 or highest < 2:
            highest = max(highest, values[0])
            continue
        heading = lines[place - 1]
        before = lines[place - 2].text if place > 1 else ""
        ended = not before or is_sentence_end(before) or heading.after_gap
        if ended and (
            is_numbered_heading(heading) or is_heading(heading, "") or is_list_heading(heading.text)
        ):
            restarts.append(place - 1)
            highest = 1
    return restarts


def _is_agenda(lines: Sequence[TextLine], own: Label, following: TextLine) -> bool:
    """Tell whether all that is numbered before a list of conclusions is as short as a point."""
    points = [label.rest for line in lines for label in labels_like(line, own)]
    first = next((place for place, line in enumerate(lines) if _values(line, own)), 0)
    headed = first > 0 and is_list_heading(lines[first - 1].text)
    return not headed and is_list_heading(following.text) and all(map(is_short, points))


def _prefix(lines: Sequence[TextLine], own: Label) -> str:
    """Return the prefix of the numbers under a numbered heading, else nothing."""
    first = next((place for place, line in enumerate(lines) if 1 in _values(line, own)), 0)
    labels = [label for label in line_labels(lines[first - 1]) if label.rest] if first else []
    romans = [label for label in labels if label.kind == "ROMAN"]
    return f"{(romans or labels)[0].written}." if labels else ""
