"""The parts of a document: its meetings, and in each what numbers its conclusions from 1."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.layout.labels import (
    Label,
    is_numbered_heading,
    labels_like,
    labels_of,
    line_labels,
    place_of_label,
)
from grcm_cli.drafting.layout.series import Candidate, conclusion_series
from grcm_cli.drafting.layout.text_line import (
    TextLine,
    introduces_list,
    is_annex_heading,
    is_binding,
    is_closing,
    is_heading,
    is_list_heading,
    is_page_number,
    is_sentence_end,
    is_short,
    is_title_case,
)
from grcm_cli.language.days import MONTHS, spans_in
from grcm_cli.language.lexicon import all_phrases, whole_words

_INLINE_NUMBER = re.compile(r"(?<=[.;:”\"»)])\s+(?=\(?[0-9]{1,3}(?:[.)]|\.-)\s+[A-ZÁÉÍÓÚÑ¿“\"«])")
_HEADING_AND_FIRST = re.compile(
    rf"(?:(?:^|\s)(?i:{all_phrases('layout.list_headings')}):?|[A-ZÁÉÍÓÚÑ]{{4}})"
    r"(?P<gap>\s+)(?=\(?1[.)]\s+[A-ZÁÉÍÓÚÑ¿“\"«])"
)
_RUN_IN_FIRST = re.compile(r":\s+(?=(?P<open>\(?)a(?P<end>\)|\.)\s+\w)")
_MIN_COUNTED = 3  # numbers without white space before them that make a list
_AND = all_phrases("text.conjunctions")
_MAX_PREAMBLE = 200  # lines in which a preamble begins
_MIN_YEAR = 1000  # a higher number at the start of a line is a year
_MAX_ANNEXES = 26  # as many as there are letters; each costs a reading of the lines before it


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
            yield DocumentSection("", part, (), (), frozenset())


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
    series = series or _single(lines)
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
    labels = [one.label for one in candidates if one.label.kind != "unnumbered"]
    missing = [
        "1" if first.value == 2 else f"1–{first.value - 1}"
        for first in labels[:1]
        if first.kind == "number" and first.value > 1 and first.written == str(first.value)
    ]
    return missing + [
        str(value)
        for before, after in pairwise(labels)
        if before.written.isdecimal() and after.written.isdecimal()
        for value in range(before.value + 1, after.value)
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


def _split_counted(line: TextLine) -> list[TextLine]:
    """Return the parts of a line cut before `1. X`, `2. X`, `3. X` …, also without white space."""
    cuts: list[int] = []
    while line.source is None:
        following = re.compile(rf"[.;:,>”\"»)]\s*(?={len(cuts) + 1}\.\s?[A-ZÁÉÍÓÚÑ])")
        match = following.search(line.text, cuts[-1] if cuts else 0)
        if match is None:
            break
        cuts.append(match.end())
    return _cut(line, cuts if len(cuts) >= _MIN_COUNTED else [])


def _split_run_in_list(line: TextLine) -> list[TextLine]:
    """Return the parts of a line with a list in it: `shall: a) paint the beacons; and b) report`."""
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
    return _cut(line, cuts if len(cuts) > 1 else [])


def _split_line(line: TextLine) -> list[TextLine]:
    """Return the parts of a line, cut before each number that begins a sentence."""
    heading = _HEADING_AND_FIRST.search(line.text)
    cuts = [heading.end("gap")] if heading else []
    cuts += [
        match.end() for match in _INLINE_NUMBER.finditer(line.text, heading.end() if heading else 0)
    ]
    first, *others = _cut(line, cuts if line.source is None else [])
    return [
        first,
        *(part._replace(after_gap=line.after_gap, is_preamble=line.is_preamble) for part in others),
    ]


def _cut(line: TextLine, cuts: Sequence[int]) -> list[TextLine]:
    """Return a line cut at some places: its label is in the first part, its notes at the last."""
    if not cuts:
        return [line]
    bounds = pairwise([0, *cuts, len(line.text)])
    first, *others = (line.text[start:end].strip() for start, end in bounds)
    parts = [line._replace(text=first, notes=()), *map(TextLine, others)]
    return [*parts[:-1], parts[-1]._replace(notes=line.notes)]


# --- documents that number nothing ---------------------------------------------------------------

_RECITAL = re.compile(rf"{all_phrases('layout.recital_openings')}\b", re.IGNORECASE)
_RECITAL_END = re.compile(rf"[,;](?:\s+{_AND})?$", re.IGNORECASE)
_HELD = whole_words("meeting.held")
_ATTENDANCE = re.compile(all_phrases("attendance.participants", "attendance.verbs"), re.IGNORECASE)
_OBSERVERS = re.compile(rf"\b{all_phrases('attendance.observers')}\w*:", re.IGNORECASE)
_MAX_OPENING = 60  # lines in which the conclusions begin, or what introduces them


def paragraphs(lines: Sequence[TextLine]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place, and one more, of each paragraph."""
    starts = [place for place, line in enumerate(lines) if line.after_gap or not place]
    yield from pairwise([*starts, len(lines)])


def _with_recitals(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines, marked where a paragraph only gives a reason: `RECALLING that …;`."""
    found = list(lines)
    for start, end in paragraphs(lines):
        if _RECITAL.match(lines[start].text) and _RECITAL_END.search(lines[end - 1].text):
            found[start:end] = [line._replace(is_preamble=True) for line in lines[start:end]]
    return found


def _single(lines: Sequence[TextLine]) -> list[Candidate]:
    """Return the one numbered conclusion with which a document ends: `1. Reply.` alone."""
    blocks = list(paragraphs(lines))
    while blocks and is_closing(lines[blocks[-1][0]].text, starts_paragraph=True):
        blocks.pop()
    if not blocks or not is_sentence_end(lines[blocks[-1][1] - 1].text):
        return []
    start = blocks[-1][0]
    labels = (one for one in line_labels(lines[start]) if one.kind == "number" and one.rest)
    return [Candidate(start, one, 1.0) for one in labels if one.value == 1][:1]


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
    found = 0
    for start, end in paragraphs(lines[:_MAX_OPENING]):
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
    points = 0
    while points + 1 < len(parts) and _is_agenda(parts[points], own, parts[points + 1][0]):
        points += 1
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


# --- the meetings of a document -------------------------------------------------------------------

_KINDS = whole_words("meeting.kinds")
_MAX_TITLE_WORDS = 25
_MAX_TITLE = 300  # characters; a longer paragraph is no title
_TITLE_LINES = 4  # lines of a title, with the one that has the days


class DocumentMeeting(NamedTuple):
    """The part of a document that one meeting adopted."""

    title: str
    paragraphs: Sequence[Paragraph]


def meetings(paragraphs: Sequence[Paragraph]) -> list[DocumentMeeting]:
    """Return the parts of a document by meeting; one where it has no more.

    A part begins with a title, with days near it, and has a numbered line or a bullet; or it has
    the labels with one month in their brackets: `RESOLUTION 7: (Amber - March 2004)`.
    """
    cumulated = _meetings_of_labels(paragraphs)
    if len(cumulated) > 1:
        return cumulated
    found: list[int] = []
    has_label = True  # the first title needs none before it
    for place, paragraph in enumerate(paragraphs):
        if has_label and _is_title(paragraphs, place):
            found.append(place)
            has_label = False
        elif paragraph.label or any(label.rest for label in labels_of(paragraph.text[:_MAX_TITLE])):
            has_label = True
    if found and not has_label:
        found.pop()
    bounds = [0, *found[1:], len(paragraphs)]
    titles = [paragraphs[place].text.strip() for place in found] or [""]
    return [
        DocumentMeeting(title, paragraphs[start:end])
        for title, (start, end) in zip(titles, pairwise(bounds), strict=True)
    ]


# --- cumulative lists: each label says at which meeting its text was adopted ---------------------

_MONTH_AND_YEAR = re.compile(
    r"(?P<month>[^\W\d_]{3,10})\b[^\w()]{0,4}(?:\bdel? )?(?P<year>[0-9]{2,4})$"
)
_LAST_CENTURY = 50  # a larger year of two digits is of the last century
_MIN_LABELS = 2  # labels of one month in a row, of a meeting


def _meetings_of_labels(paragraphs: Sequence[Paragraph]) -> list[DocumentMeeting]:
    """Return the parts whose labels have one month in their brackets; what is before is in none."""
    labels: list[tuple[int, str, tuple[int, int]]] = []
    """The place, the meeting as printed (`Amber - March 2004`), its year and month."""
    for place, paragraph in enumerate(paragraphs):
        text = paragraph.text.strip()
        if text.count("(") > text.count(")") and place + 1 < len(paragraphs):
            text = f"{text} {paragraphs[place + 1].text.strip()}"
        meeting = place_of_label(text) if not paragraph.aside else ""
        if month := _month(meeting):
            labels.append((place, meeting, month))
    groups = [(month, list(group)) for month, group in groupby(labels, key=itemgetter(2))]
    several = [(month, group[0]) for month, group in groups if len(group) >= _MIN_LABELS]
    firsts = [next(group)[1] for _month_of, group in groupby(several, key=itemgetter(0))]
    bounds = [*(place for place, _meeting, _month_of in firsts), len(paragraphs)]
    return [
        DocumentMeeting(meeting, paragraphs[start:end])
        for (_place, meeting, _month_of), (start, end) in zip(firsts, pairwise(bounds), strict=True)
    ]


def _month(text: str) -> tuple[int, int] | None:
    """Return the year and month at the end of a text: `Amber, Lagoon - Mar 2004`."""
    match = _MONTH_AND_YEAR.search(text)
    if match is None:
        return None
    word, year = match["month"].lower(), int(match["year"])
    month = next((number for name, number in MONTHS.items() if name.startswith(word)), None)
    if month is None:
        return None
    century = 0 if year > 99 else 1900 if year > _LAST_CENTURY else 2000
    return century + year, month


# --- titles of meetings -------------------------------------------------------------------------


def _is_title(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Tell whether a paragraph is a meeting's title, with its days on it or just below."""
    paragraph = paragraphs[place]
    text = paragraph.text.strip()
    if not text or len(text) > _MAX_TITLE or paragraph.label or paragraph.aside or paragraph.cells:
        return False
    before = paragraphs[place - 1] if place else Paragraph("")
    begins = paragraph.heading or not before.text.strip() or is_sentence_end(before.text)
    is_short = len(text.split()) <= _MAX_TITLE_WORDS and not text.endswith((".", ";", ",", ":"))
    if not (begins and is_short and _KINDS.search(text)) or is_binding(text):
        return False
    if not is_title_case(text):
        return False
    near = (
        one.text[:_MAX_TITLE] for one in paragraphs[place : place + _TITLE_LINES] if not one.label
    )
    return bool(spans_in("\n".join(near))) and not any(labels_of(text))
