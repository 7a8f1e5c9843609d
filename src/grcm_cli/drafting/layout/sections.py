"""The parts of a document that number their conclusions from 1: headed parts, and annexes."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from grcm_cli.drafting.layout.labels import (
    Label,
    is_numbered_heading,
    is_word_style,
    labels_like,
    line_labels,
)
from grcm_cli.drafting.layout.lines import (
    TextLine,
    introduces_list,
    is_annex_heading,
    is_heading,
    is_list_heading,
    is_page_number,
    is_sentence_end,
    is_short,
)
from grcm_cli.drafting.layout.numbering import Candidate, conclusion_series
from grcm_cli.language.days import spans_in
from grcm_cli.language.lexicon import all_phrases, whole_words

_INLINE_NUMBER = re.compile(r"(?<=[.;:”\"»)])\s+(?=\(?[0-9]{1,3}(?:[.)]|\.-)\s+[A-ZÁÉÍÓÚÑ¿“\"«])")
_HEADING_AND_FIRST = re.compile(
    rf"(?:(?:^|\s)(?i:{all_phrases('layout.list_headings')}):?|[A-ZÁÉÍÓÚÑ]{{4}})"
    r"(?P<gap>\s+)(?=\(?1[.)]\s+[A-ZÁÉÍÓÚÑ¿“\"«])"
)
_RUN_IN_FIRST = re.compile(r":\s+(?=(?P<open>\(?)a(?P<end>\)|\.)\s+\w)")
_MIN_COUNTED = 3
"""Numbers without white space before them that make a list."""
_AND = all_phrases("text.conjunctions")
_MAX_PREAMBLE = 200
"""Lines in which a preamble begins."""
_MIN_YEAR = 1000
"""A higher number at the start of a line is a year."""
_MAX_ANNEXES = 26
"""As many as there are letters; each costs a reading of the lines before it."""


class DocumentSection(NamedTuple):
    """A part with one series of numbers, or none."""

    prefix: str
    """What its numbers begin with: `A.` in the first annex, `I.` under the heading `I. LABOUR`."""
    header: Sequence[TextLine]
    body: Sequence[TextLine]
    """From the first conclusion on."""
    series: Sequence[Candidate]
    """The labels of its conclusions; their lines are places in the body."""
    dropped: frozenset[int]
    """Lines of the body that belong to no conclusion: page numbers, numbered headings."""
    missing: Sequence[str] = ()
    """Numbers that the series lacks."""
    agenda: Sequence[TextLine] = ()
    """A numbered agenda before the conclusions."""

    def number(self, label: Label) -> str:
        """Return a conclusion's number without the prefix."""
        return label.written.removeprefix(self.prefix)


def sections(lines: Sequence[TextLine]) -> Iterator[DocumentSection]:
    """Yield the document's own conclusions, then each annex that has any."""
    headings = [place for place, line in enumerate(lines) if is_annex_heading(line)]
    starts = [
        place
        for place in headings[:_MAX_ANNEXES]
        if _has_series(lines[:place]) and not _continues(lines[:place], lines[place + 1 :])
    ]
    for number, (start, end) in enumerate(pairwise([0, *starts, len(lines)])):
        part = lines[start:end]
        if number == 0:
            yield from _blocks(part)
        elif _has_series(part):
            yield _section(f"{chr(ord('A') + number - 1)}.", part)
        else:
            yield DocumentSection("", (), part, (), frozenset(range(len(part))))


def _has_series(lines: Sequence[TextLine]) -> bool:
    return len(conclusion_series(lines)) > 1


def _continues(before: Sequence[TextLine], after: Sequence[TextLine]) -> bool:
    """Tell whether the series of the conclusions continues after what looks like an annex.

    One with words before its numbers, `Decision 5`, may have one number before it.
    """
    worded = (
        label for line in reversed(before) for label in line_labels(line) if _is_worded(label)
    )
    for last in filter(None, [conclusion_series(before)[-1].label, next(worded, None)]):
        following = next((label for line in after for label in labels_like(line, last)), None)
        if following is not None and following.value == last.value + 1:
            return True
    return False


def _is_worded(label: Label) -> bool:
    return label.kind == "number" and is_word_style(label.style)


def _section(prefix: str, lines: Sequence[TextLine], own: Label | None = None) -> DocumentSection:
    """Return a section. `own` is a label of the document's series; here may be one more alone."""
    series = conclusion_series(lines)
    if len(series) < 2 and own is not None:
        alone = (
            (place, label) for place, line in enumerate(lines) for label in labels_like(line, own)
        )
        series = [Candidate(place, label, 1.0) for place, label in alone]
    if series and all(not candidate.label.rest for candidate in series):
        # Under a label that stands alone on its line, letters in the text are cited as items.
        lines = [part for line in lines for part in _split_run_in_list(line)]
        series = conclusion_series(lines)
    if len(series) < 2 and own is None:
        split = [part for line in lines for part in _split_line(line)]
        if len(split) == len(lines):
            split = [part for line in lines for part in _split_counted(line)]
        if len(split) > len(lines):
            lines, series = split, conclusion_series(split)
    if not series:
        lines = _with_recitals(lines)
    first = series[0].line if series else _start_without_numbers(lines)
    header, body = lines[:first], lines[first:]
    if not series:
        return DocumentSection(prefix, header, body, (), frozenset())
    moved = [candidate._replace(line=candidate.line - first) for candidate in series]
    numbered = {candidate.line for candidate in moved}
    dropped = {
        place
        for place, line in enumerate(body)
        if place not in numbered
        and (
            is_page_number(line)
            or is_numbered_heading(line)
            or (body[0].is_row and _is_heading_of_rows(line))
        )
    }
    missing = [*_missing_numbers(moved), *_jump(moved[-1].label, body[moved[-1].line + 1 :])]
    return DocumentSection(prefix, header, body, moved, frozenset(dropped), missing)


def _is_heading_of_rows(line: TextLine) -> bool:
    """Tell whether a line is a heading with a number between tables: `2. Pilots`."""
    is_inside = line.is_row or line.in_cell
    return not is_inside and any(
        label.kind == "number" and label.rest[:1].isupper() and is_heading(TextLine(label.rest), "")
        for label in line_labels(line)
    )


def _missing_numbers(candidates: Sequence[Candidate]) -> list[str]:
    series = [candidate for candidate in candidates if candidate.label.kind != "unnumbered"]
    if not series:
        return []
    first = series[0].label
    missing = []
    if first.kind == "number" and first.value > 1 and first.written == str(first.value):
        missing = ["1" if first.value == 2 else f"1–{first.value - 1}"]
    return missing + [
        str(value)
        for before, after in pairwise(series)
        if before.label.written.isdecimal() and after.label.written.isdecimal()
        for value in range(before.label.value + 1, after.label.value)
    ]


def _jump(last: Label, lines: Sequence[TextLine]) -> list[str]:
    """Return the numbers that are left out between the last of a series and a line after it."""
    if last.kind != "number" or not last.written.isdecimal() or last.style == "alone 1":
        return []
    values = (
        label.value
        for line in lines
        for label in labels_like(line, last)
        if line.after_gap and label.rest[:1].isupper() and label.value < _MIN_YEAR
    )
    following = next((value for value in values if value > last.value + 1), 0)
    first, end = last.value + 1, following - 1
    return [] if not following else [str(first) if first == end else f"{first}–{end}"]


def _split_counted(line: TextLine) -> Iterator[TextLine]:
    """Yield the parts of a line cut before `1. X`, `2. X`, `3. X` …, also without white space."""
    cuts: list[int] = []
    while line.source is None:
        following = re.compile(rf"[.;:,>”\"»)]\s*(?={len(cuts) + 1}\.\s?[A-ZÁÉÍÓÚÑ])")
        match = following.search(line.text, cuts[-1] if cuts else 0)
        if match is None:
            break
        cuts.append(match.end())
    if len(cuts) < _MIN_COUNTED:
        yield line
        return
    for number, (start, end) in enumerate(pairwise([0, *cuts, len(line.text)])):
        text = line.text[start:end].strip()
        notes = line.notes if end == len(line.text) else ()
        yield TextLine(text, notes=notes) if number else line._replace(text=text, notes=())


def _split_run_in_list(line: TextLine) -> Iterator[TextLine]:
    """Yield the parts of a line with a list in it: `shall: a) paint the beacons; and b) report`."""
    cuts = []
    first = _RUN_IN_FIRST.search(line.text) if line.source is None else None
    if first is not None:
        cuts = [first.end()]
        for letter in "bcdefghijklmnopqrstuvwxyz":
            label = re.escape(f"{first['open']}{letter}{first['end']}")
            following = re.compile(rf"[;,]\s+(?:{_AND}\s+)?(?={label}\s+\w)")
            match = following.search(line.text, cuts[-1])
            if match is None:
                break
            cuts.append(match.end())
    if len(cuts) < 2:
        yield line
        return
    bounds = [0, *cuts, len(line.text)]
    for number, (start, end) in enumerate(pairwise(bounds)):
        text = line.text[start:end].strip()
        if number == 0:
            yield line._replace(text=text, notes=())
        else:
            yield TextLine(text, notes=line.notes if end == bounds[-1] else ())


def _split_line(line: TextLine) -> Iterator[TextLine]:
    """Yield the parts of a line: its label is in the first, its footnotes are at the last."""
    first, *others = _split(line.text)
    if not others or line.source is not None:
        yield line
        return
    yield line._replace(text=first, notes=())
    for place, text in enumerate(others, 1):
        notes = line.notes if place == len(others) else ()
        yield TextLine(text, after_gap=line.after_gap, notes=notes, is_preamble=line.is_preamble)


def _split(text: str) -> Iterator[str]:
    """Yield the parts of a line, cut before each number that begins a sentence."""
    heading = _HEADING_AND_FIRST.search(text)
    if heading is not None:
        yield text[: heading.start("gap")]
        text = text[heading.end("gap") :]
    yield from _INLINE_NUMBER.split(text)


# --- documents that number nothing ---------------------------------------------------------------

_RECITAL = re.compile(rf"{all_phrases('layout.recital_openings')}\b", re.IGNORECASE)
_RECITAL_END = re.compile(rf"[,;](?:\s+{_AND})?$", re.IGNORECASE)
_HELD = whole_words("meeting.held")
_ATTENDANCE = re.compile(all_phrases("attendance.participants", "attendance.verbs"), re.IGNORECASE)
_OBSERVERS = re.compile(rf"{all_phrases('attendance.observers')}\w*:", re.IGNORECASE)
_MAX_OPENING = 60
"""Lines in which the conclusions begin, or what introduces them."""


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place, and one more, of each paragraph."""
    starts = [place for place, line in enumerate(lines) if line.after_gap or not place]
    yield from pairwise([*starts, len(lines)])


def _with_recitals(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines, marked where a paragraph only gives a reason: `RECALLING that …;`."""
    found = list(lines)
    for start, end in _paragraphs(lines):
        if _RECITAL.match(lines[start].text) and _RECITAL_END.search(lines[end - 1].text):
            found[start:end] = [line._replace(is_preamble=True) for line in lines[start:end]]
    return found


def _start_without_numbers(lines: Sequence[TextLine]) -> int:
    """Return where the conclusions begin in a document that numbers none."""
    preamble = [place for place, line in enumerate(lines[:_MAX_PREAMBLE]) if line.is_preamble]
    begin = _end_of_preamble(lines, preamble[0]) if preamble else _end_of_narrative(lines)
    if preamble:
        return begin
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


def _end_of_preamble(lines: Sequence[TextLine], start: int) -> int:
    """Return the place after a preamble, with the line that says who decides."""
    end = start
    while end < len(lines) and (lines[end].is_preamble or introduces_list(lines[end].text)):
        end += 1
    return end


def _end_of_narrative(lines: Sequence[TextLine]) -> int:
    """Return the place after the last of the first paragraphs that tells of the meeting itself."""
    found = 0
    for start, end in _paragraphs(lines[:_MAX_OPENING]):
        text = "\n".join(line.text for line in lines[start:end])
        if lines[start].is_row or introduces_list(text):
            break
        of_meeting = (spans_in(text) and _HELD.search(text)) or _ATTENDANCE.search(text)
        if of_meeting or _OBSERVERS.search(text):
            found = end
        elif found:
            break
    return found


# --- headings and agendas under or after which the numbers begin at 1 again ---------------------


def _blocks(lines: Sequence[TextLine]) -> Iterator[DocumentSection]:
    """Yield the sections of a document's own conclusions: most often one."""
    series = conclusion_series(lines)
    if len(series) < 2 or lines[series[0].line].is_row:
        yield _section("", lines)
        return
    own = series[0].label
    parts = [lines[start:end] for start, end in pairwise([0, *_restarts(lines, own), len(lines)])]
    is_agenda = (
        _is_agenda(part, own) and is_list_heading(following[0].text)
        for part, following in pairwise(parts)
    )
    points = sum(takewhile(bool, is_agenda))
    agenda = [line for part in parts[:points] for line in part]
    parts = parts[points:]
    prefixes = [_prefix(part, own) for part in parts]
    if len(parts) == 1 or len(set(prefixes)) < len(parts) or "" in prefixes:
        prefixes = [""] * len(parts)
    for number, (prefix, part) in enumerate(zip(prefixes, parts, strict=True)):
        yield _section(prefix, part, own)._replace(agenda=() if number else agenda)


def _values(line: TextLine, own: Label) -> list[int]:
    """Return the values of a line's labels that are written like those of the series."""
    return [] if line.is_row else [label.value for label in labels_like(line, own)]


def _restarts(lines: Sequence[TextLine], own: Label) -> list[int]:
    """Return the places of the headings under which the numbers begin again at 1."""
    found = []
    highest = 0
    for place, line in enumerate(lines):
        values = _values(line, own)
        if values and values[0] == 1 and highest > 1:
            if _starts_block(lines, place - 1):
                found.append(place - 1)
                highest = 1
        elif values:
            highest = max(highest, values[0])
    return found


def _starts_block(lines: Sequence[TextLine], place: int) -> bool:
    line = lines[place]
    before = lines[place - 1].text if place else ""
    ended = not before or is_sentence_end(before) or line.after_gap
    return ended and (
        is_numbered_heading(line) or is_heading(line, "") or is_list_heading(line.text)
    )


def _is_agenda(lines: Sequence[TextLine], own: Label) -> bool:
    """Tell whether all that is numbered is short and no sentence: points of an agenda."""
    points = [label.rest for line in lines for label in labels_like(line, own)]
    first = next((place for place, line in enumerate(lines) if _values(line, own)), 0)
    headed = first > 0 and is_list_heading(lines[first - 1].text)
    return not headed and all(is_short(point) for point in points)


def _prefix(lines: Sequence[TextLine], own: Label) -> str:
    """Return the prefix of the numbers under a numbered heading, else nothing."""
    first = next((place for place, line in enumerate(lines) if 1 in _values(line, own)), 0)
    labels = [label for label in line_labels(lines[first - 1]) if label.rest] if first else []
    romans = [label for label in labels if label.kind == "ROMAN"]
    return f"{(romans or labels)[0].written}." if labels else ""
