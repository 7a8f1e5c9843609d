"""The parts of a document: by meetings, and by series of numbers: its own, and its annexes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from operator import itemgetter
from string import ascii_uppercase
from typing import NamedTuple

from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.layout.labels import LABEL_WITH_PLACE, MAX_TITLED, Label, labels_of
from grcm_cli.drafting.layout.series import (
    Candidate,
    best_chain,
    conclusion_series,
    end_of_narrative,
    is_list,
    labels_like,
    merged,
    paragraph_series,
    start_without_numbers,
)
from grcm_cli.drafting.layout.text_line import (
    TextLine,
    is_binding,
    is_closing,
    is_list_heading,
    is_sentence_end,
    is_short,
    is_title_case,
    paragraph_spans,
)
from grcm_cli.language.days import MONTHS, spans_in
from grcm_cli.language.lexicon import phrase_regex, whole_words

_MIN_YEAR = 1000  # a higher number at the start of a line is a year
_MAX_ANNEXES = 26  # or tables: as many as letters; each costs a reading of the lines before it
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
_CODE = re.compile("[A-Z]{1,3}[.-]?[0-9]")
_KINDS = whole_words("meeting.kinds")
_MAX_TITLE_WORDS = 25
_MAX_TITLE = 300  # characters; a longer paragraph is no title
_TITLE_LINES = 4  # lines of a title, with the one that has the days
_MONTH_AND_YEAR = re.compile(
    r"(?P<month>[^\W\d_]{3,10})\b[^\w()]{0,4}(?:\bdel? )?(?P<year>[0-9]{2,4})$"
)
_FEW_WORDS = 4  # of a line such as `THE COUNCIL:` above the labels
_AGENDA_ITEM = phrase_regex(
    r"<layout.agenda_items>\s+(?P<number>[0-9]{1,3}|[IVXL]{1,6})(?:\s*[:.–—-]\s*[^\n]{0,200})?"
)
_IN_AGENDA_ITEM = ("number", "lower", "upper", "roman", "ROMAN")
_LAST_CENTURY = 50  # a larger year of two digits is of the last century
_MIN_BINDING = 3  # paragraphs of a text above an annex that are conclusions
_MIN_LABELS = 2  # labels of one month in a row, of a meeting


class Section(NamedTuple):
    """A part with one series of numbers, or none."""

    lines: Sequence[TextLine]
    first: int  # the line where its conclusions begin
    series: Sequence[Candidate] = ()  # the labels of its conclusions
    prefix: str = ""
    """What its numbers begin with: `A.` in the first annex, `I.` under the heading `I. LABOUR`."""
    is_agenda: bool = False  # its numbered lines are the points of an agenda

    @property
    def missing(self) -> list[str]:
        """The numbers that its series lacks, also before a line like it after its last one."""
        labels = [each.label for each in self.series if each.label.kind != "unnumbered"]
        if not labels:
            return []
        values = [label.value for label in labels if label.written.isdecimal()]
        first, last = labels[0], labels[-1]
        if first.kind == "number" and first.written == str(first.value):
            values.insert(0, 0)
        if last.kind == "number" and last.written.isdecimal() and last.style != "alone 1":
            behind = (
                label.value
                for line in self.lines[self.series[-1].line + 1 :]
                for label in line.labels_like(last)
                if line.after_gap and label.rest[:1].isupper() and label.value < _MIN_YEAR
            )
            values += [value for value in behind if value > last.value + 1][:1]
        gaps = [(before + 1, after - 1) for before, after in pairwise(values) if after - before > 1]
        return [str(first) if first == last else f"{first}–{last}" for first, last in gaps]


def sections(lines: Sequence[TextLine], *, is_numbered: bool) -> Iterator[Section]:
    """Yield the document's own conclusions, then each annex that has any.

    Where it is not numbered, all of its paragraphs are its conclusions.
    """
    if not is_numbered:
        begin = end_of_narrative(lines)
        yield Section(lines, begin, paragraph_series(lines, begin))
        return
    letters = iter(ascii_uppercase)
    headings = [at for at, line in enumerate(lines) if line.is_annex_heading or _ends(line)]
    starts = []
    for place in headings[:_MAX_ANNEXES]:
        series = conclusion_series(lines[:place])
        is_part = lines[place].is_annex_heading or is_list(lines[place + 1 :], is_first=False)
        if len(series) > 1 and is_part and not _continues(series, lines, place):
            starts.append(place)
    bounds = [*starts, len(lines)]
    blocks = list(_beside_tables(lines[: bounds[0]]))
    parts = [section for block in blocks for section in _blocks(block)]
    if len(blocks) == 1:
        yield from (*_with_text_above(parts[0], letters), *parts[1:])
    else:
        yield from _with_prefixes(parts, letters)
    for part in (lines[start:end] for start, end in pairwise(bounds)):
        series = conclusion_series(part)
        first = series[0].line if series else 0
        is_headed = part[first - 1].is_annex_heading and not part[first].is_row
        is_index = is_headed and all(is_short(candidate.label.rest) for candidate in series)
        if len(series) < 2 or is_index:  # a list of attachments
            yield Section(part, len(part))
        else:
            # A table of actions or an annex may have codes of its own: A1, A2.
            is_coded = _CODE.match(series[0].label.written) is not None
            yield _section("" if is_coded else next(letters, "Z") + ".", part, series)


def _ends(line: TextLine) -> bool:
    """Tell whether a line closes a text, behind which statements or further decisions may stand."""
    return line.after_gap and is_closing(line.text)


def _continues(series: Sequence[Candidate], lines: Sequence[TextLine], heading: int) -> bool:
    """Tell whether a series goes on after the heading of what looks like an annex.

    One with words before its numbers, `Decision 5`, may have one number before it.
    """
    worded = (
        label
        for line in reversed(lines[:heading])
        for label in line.labels
        if label.kind == "number" and label.has_word
    )
    for last in filter(None, [series[-1].label, next(worded, None)]):
        after = labels_like(last, lines[heading + 1 :])
        if after and after[0].label.value == last.value + 1:
            return True
    return False


def _with_text_above(section: Section, letters: Iterator[str]) -> Iterator[Section]:
    """Yield a section; if it begins in an annex, first the paragraphs above that, if they bind.

    So a communiqué may have no numbers, and the annex to it have them.
    """
    places = range(1, section.first) if section.series else ()
    heading = next((at for at in places if section.lines[at].is_annex_heading), 0)
    text = section.lines[:heading]
    series = paragraph_series(text, start_without_numbers(text)) if heading else []
    begins = [start.line for start in series]
    spans = pairwise([*begins, heading]) if series else ()
    bind = sum(any(is_binding(line.text) for line in text[start:end]) for start, end in spans)
    if bind < _MIN_BINDING:
        yield section
        return
    yield Section(text, begins[0], series)
    is_alike = any(start.label.written == "1" for start in section.series)
    yield section._replace(
        lines=section.lines[heading:],
        first=section.first - heading,
        series=[start._replace(line=start.line - heading) for start in section.series],
        prefix=f"{next(letters)}." if is_alike else section.prefix,
    )


# --- lists beside tables, each numbered by itself ------------------------------------------------


def _beside_tables(lines: Sequence[TextLine]) -> Iterator[Sequence[TextLine]]:
    """Yield the parts of some lines that are lists of conclusions beside tables, and the rest.

    A table is beside a list where a heading parts them, and the numbers do not go on behind it.
    """
    cuts = {0}
    start, size = 0, len(lines)
    tables = _tables(lines)[:_MAX_ANNEXES]
    for first, end in [*tables, (size, size)] if tables else ():
        items = {start + each.line for each in conclusion_series(lines[start:first])}
        headings = {at for at in range(start, first) if _is_heading(lines[at])} - items
        labelled = [at for at in range(start, first) if lines[at].labels and at not in headings]
        last = labelled[-1] if labelled else start
        below = min((at for at in headings if at > last), default=first)
        labels = ([Candidate(last, label)] for label in lines[last].labels) if labelled else ()
        is_led = bool(labelled) and below == first  # no heading parts them
        if first < size and (is_led or any(_continues(each, lines, end - 1) for each in labels)):
            continue  # the table is inside a conclusion
        below = below if first < size else size
        is_headed = start > 0 and _is_heading(lines[min(start, size - 1)])
        binds = is_headed and any(is_binding(line.text) for line in lines[start:below])
        if binds or is_list(lines[start:below], is_first=start == 0):
            cuts |= {start, below}
        start = end
    yield from (lines[begin:end] for begin, end in pairwise(sorted({*cuts, size})))


def _tables(lines: Sequence[TextLine]) -> list[tuple[int, int]]:
    """Return the first and the last place, and one more, of each table; headings part none."""
    tables: list[tuple[int, int]] = []
    for at in (at for at, line in enumerate(lines) if line.is_row):
        between = lines[tables[-1][1] : at] if tables else ()
        is_same = tables and not any(line.labels and line.source is None for line in between)
        tables.append((tables.pop()[0] if is_same else at, at + 1))
    return tables


def _is_heading(line: TextLine) -> bool:
    """Tell whether a line is a heading, which may have a letter."""
    is_lettered = line.heading or all(label.kind in ("upper", "ROMAN") for label in line.labels)
    return is_lettered and (line.is_heading() or is_list_heading(line.text))


def _with_prefixes(parts: Sequence[Section], letters: Iterator[str]) -> Iterator[Section]:
    """Yield some sections, with a prefix where others have their numbers, or they were counted.

    It is the letter of the heading, `B. Further decisions`, or the next one.
    """
    counted = [all(start.label.is_counted for start in part.series) for part in parts]
    known: set[str] = set()
    for part, is_counted in zip(parts, counted, strict=True):
        above = (label for line in reversed(part.lines[: part.first]) for label in line.labels)
        headed = (label.written for label in above if label.kind in ("upper", "ROMAN"))
        written = [each.label.written or str(count) for count, each in enumerate(part.series, 1)]
        prefix = part.prefix
        if (is_counted and written and not all(counted)) or not known.isdisjoint(written):
            prefix = (next(headed, "") or next(letters, "Z")) + "."
        known.update(prefix + number for number in written)
        yield part._replace(prefix=prefix)


# --- headings and agendas under or after which the numbers begin at 1 again ---------------------


def _blocks(lines: Sequence[TextLine]) -> Iterator[Section]:
    """Yield the sections of a document's own conclusions: most often one."""
    series = conclusion_series(lines)
    is_worded = len(series) > 1 and series[0].label.has_word  # "CONCLUSION 12/1" in each item
    is_worded = is_worded and not _AGENDA_ITEM.fullmatch(lines[series[0].line].text)
    if not is_worded and (items := _agenda_items(lines)):
        yield from items
        return
    if len(series) < 2 or lines[series[0].line].is_row:
        yield _section("", lines, series)
        return
    model = series[0].label
    # The values of each line's labels that are written like those of the series.
    values = [[each.value for each in line.labels_like(model) if not line.is_row] for line in lines]
    bounds = list(pairwise([0, *_restarts(lines, values), len(lines)]))
    # Parts that are an agenda: all that is numbered in them is as short as a point.
    lists = (
        start
        for start, end in bounds[:-1]
        if is_list(lines[start:end], is_first=False) or not is_list_heading(lines[end].text)
    )
    begin = next(lists, bounds[-1][0])
    bounds = [part for part in bounds if part[0] >= begin]
    if begin:
        yield Section(lines[:begin], begin, is_agenda=True)
    prefixes = []
    for start, end in bounds:
        first = next((place for place in range(start + 1, end) if 1 in values[place]), 0)
        labels = [label for label in lines[first - 1].labels if first and label.rest]
        roman = next((label for label in labels if label.kind == "ROMAN"), None)
        prefixes += [f"{(roman or labels[0]).written}." if labels else ""]
    if len(prefixes) == 1 or len(set(prefixes)) < len(prefixes) or "" in prefixes:
        prefixes = [""] * len(prefixes)
    named = [] if model.has_word else [each for each in series if each.label.has_word]
    tail = _headings_behind(lines, series[-1])
    bounds[-1] = bounds[-1][0], next(iter(tail), len(lines))
    for prefix, (start, end) in zip(prefixes, bounds, strict=True):
        here = [each._replace(line=each.line - start) for each in named if start <= each.line < end]
        part = lines[start:end]
        yield _section(prefix, part, merged(conclusion_series(part), here), model)
    for start, end in pairwise([*tail, len(lines)] if tail else ()):
        part, prefix = lines[start:end], f"{lines[start].labels[0].written}."
        series = conclusion_series(part)
        yield _section(prefix, part, series) if len(series) > 1 else Section(part, len(part))


def _headings_behind(lines: Sequence[TextLine], last: Candidate) -> list[int]:
    """Return the places of the headings with a roman number behind the last label of a series.

    `IV. OTHER AGREEMENTS` behind resolutions that number their paragraphs.
    """
    if last.label.kind == "ROMAN":
        return []
    behind = range(last.line + 1, len(lines))
    headings = (at for at in behind if lines[at].labels and _is_heading(lines[at]))
    return [at for at in headings if any(label.kind == "ROMAN" for label in lines[at].labels)]


def _agenda_items(lines: Sequence[TextLine]) -> list[Section]:
    """Return a section for each item of the agenda under which the labels begin anew, if all do.

    `(i)` under `AGENDA ITEM 3: TARIFFS` is 3.i. Not where a text stands above the labels that is
    their stem: `The Group asked Kenya to:`.
    """
    headings = [
        (place, match["number"])
        for place, line in enumerate(lines)
        if (match := _AGENDA_ITEM.fullmatch(line.text)) and line.text[-1] not in ".;"
    ]
    bounds = pairwise([*(place for place, _number in headings), len(lines)])
    parts = [lines[start:end] for start, end in bounds]
    firsts = [
        (at, label)
        for at, part in enumerate(parts)
        for label in (label for line in part[1:] for label in line.labels)
        if label.value == 1 and label.rest and label.kind in _IN_AGENDA_ITEM
    ]
    models = {(label.kind, label.style): label for _at, label in firsts}.values()
    alike = ([best_chain(labels_like(model, part)) for part in parts] for model in models)
    none: list[list[Candidate]] = [[] for _part in parts]
    all_series = max(alike, key=lambda each: sum(map(len, each)), default=none)
    begun = [series for series in all_series if series and series[0].label.value == 1]
    labelled = [(part, series) for part, series in zip(parts, all_series, strict=True) if series]
    above = (line.text for part, series in labelled for line in part[1 : series[0].line])
    has_stem = any(text.endswith(":") and len(text.split()) > _FEW_WORDS for text in above)
    if has_stem or len(begun) < max(2, len(parts) - 1, len({at for at, _label in firsts})):
        return []
    items = [Section(lines[: headings[0][0]], headings[0][0])]
    for part, (_place, number), series in zip(parts, headings, all_series, strict=True):
        own = series[0].label if series else None
        items.append(_section(f"{number}.", part, series, own))
    return items


def _restarts(lines: Sequence[TextLine], values: Sequence[Sequence[int]]) -> Iterator[int]:
    """Yield the places of the headings under which the numbers begin again at 1."""
    highest = 0
    for place, (first, *_others) in filter(itemgetter(1), enumerate(values)):
        if first != 1 or highest < 2:
            highest = max(highest, first)
            continue
        heading = lines[place - 1]
        before = lines[place - 2].text if place > 1 else ""
        ended = not before or is_sentence_end(before) or heading.after_gap
        if ended and (heading.is_heading() or is_list_heading(heading.text)):
            yield place - 1
            highest = 1


def _section(
    prefix: str, lines: Sequence[TextLine], series: list[Candidate], own: Label | None = None
) -> Section:
    """Return a section. `own` is a label of the document's series; here may be one more alone."""
    if len(series) < 2 and own is not None:
        series = labels_like(own, lines)
    elif len(series) < 2 or not any(candidate.label.rest for candidate in series):
        # Under labels that stand alone on their lines, letters in the text are cited as items.
        letters, numbers = (_LETTERS, 2, 1), ((_NUMBERS, 1), (_CROWDED_NUMBERS, 3, 1))
        for inline in (letters,) if len(series) > 1 else numbers:
            split = [part for line in lines for part in _split(line, *inline)]
            if len(split) > len(lines):
                lines, series = split, conclusion_series(split)
                break
    begin = 0 if series else start_without_numbers(lines)
    series = series or _single(lines) or paragraph_series(lines, begin)
    first = series[0].line if series else begin
    return Section(lines, first, series, prefix)


def _split(line: TextLine, before: re.Pattern[str], least: int, first: int = 0) -> list[TextLine]:
    """Return the parts of a line, cut before each label inside it that follows the one before.

    `before` is what stands before a label, `least` how many cuts there must be, `first` the value
    of the first label, 0 for any. The line's label is in the first part, its notes are at the last.
    """
    cuts: list[int] = []
    for match in before.finditer(line.text) if line.source is None else ():
        label = match["label"]
        value = int(label) if label.isdecimal() else ord(label) - 96
        if first in (0, value):
            cuts.append(match.end())
            first = value + 1
    if len(cuts) < least:
        return [line]
    texts = [line.text[start:end].strip() for start, end in pairwise([0, *cuts, len(line.text)])]
    plain = TextLine("", after_gap=line.after_gap, is_preamble=line.is_preamble)
    parts = [replace(plain, text=text) for text in texts[1:]]
    parts[-1] = replace(parts[-1], notes=line.notes)
    return [replace(line, text=texts[0], notes=()), *parts]


# --- documents that number nothing ---------------------------------------------------------------


def _single(lines: Sequence[TextLine]) -> list[Candidate]:
    """Return the one numbered conclusion with which a document ends: `1. Reply.` alone."""
    blocks = list(paragraph_spans(lines))
    while blocks and is_closing(lines[blocks[-1][0]].text):
        blocks.pop()
    if not blocks or not is_sentence_end(lines[blocks[-1][1] - 1].text):
        return []
    start = blocks[-1][0]
    labels = (label for label in lines[start].labels if label.kind == "number" and label.rest)
    return [Candidate(start, label) for label in labels if label.value == 1][:1]


# --- the meetings that adopted a document --------------------------------------------------------


def meetings(paragraphs: Sequence[Paragraph]) -> list[tuple[str, Sequence[Paragraph]]]:
    """Return the parts of a document by meeting, each with its title; one where it has no more.

    A part begins with a title, with days near it, and has a numbered line or a bullet; or it has
    the labels with one month in their brackets: `RESOLUTION 7: (Amber - March 2004)`. What is
    before the first such label is in no part.
    """
    titles = _meetings_of_labels(paragraphs)
    if len(titles) < 2:
        (_first, title), *others = _titles(paragraphs) or [(0, "")]
        titles = [(0, title), *others]
    bounds = [*(place for place, _title in titles), len(paragraphs)]
    return [
        (title, paragraphs[start:end])
        for (start, title), end in zip(titles, bounds[1:], strict=True)
    ]


def _meetings_of_labels(paragraphs: Sequence[Paragraph]) -> list[tuple[int, str]]:
    """Return the first label of each meeting, as its place and words, in a cumulative list."""
    labels: list[tuple[int, str, tuple[int, int]]] = []
    for place, paragraph in enumerate(paragraphs):
        text = paragraph.text.strip()
        if text.count("(") > text.count(")") and place + 1 < len(paragraphs):
            text = f"{text} {paragraphs[place + 1].text.strip()}"
        labelled = None if paragraph.aside else LABEL_WITH_PLACE.match(text[:MAX_TITLED])
        meeting = labelled["place"].strip() if labelled else ""
        match = _MONTH_AND_YEAR.search(meeting)
        word = match["month"].lower() if match else ""
        month = next((number for name, number in MONTHS.items() if name.startswith(word)), None)
        if match and month:
            year = int(match["year"])
            century = 0 if year > 99 else 1900 if year > _LAST_CENTURY else 2000
            labels.append((place, meeting, (century + year, month)))
    groups = [list(group) for _month_of, group in groupby(labels, key=itemgetter(2))]
    several = [group[0] for group in groups if len(group) >= _MIN_LABELS]
    firsts = [next(group) for _month_of, group in groupby(several, key=itemgetter(2))]
    return [(place, meeting) for place, meeting, _month_of in firsts]


def _titles(paragraphs: Sequence[Paragraph]) -> list[tuple[int, str]]:
    """Return the place and words of each meeting's title that has a label under it."""
    titles: list[tuple[int, str]] = []
    has_label = True  # the first title needs none before it
    for place, paragraph in enumerate(paragraphs):
        if has_label and _is_title(paragraphs, place):
            titles.append((place, paragraph.text.strip()))
            has_label = False
        elif paragraph.label or any(label.rest for label in labels_of(paragraph.text[:_MAX_TITLE])):
            has_label = True
    return titles if has_label else titles[:-1]


def _is_title(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Tell whether a paragraph is a meeting's title, with its days on it or just below."""
    paragraph = paragraphs[place]
    text = paragraph.text.strip()
    if not text or len(text) > _MAX_TITLE or paragraph.label or paragraph.aside or paragraph.cells:
        return False
    before = paragraphs[place - 1].text if place else ""
    begins = paragraph.heading or not before.strip() or is_sentence_end(before)
    may_be = len(text.split()) <= _MAX_TITLE_WORDS and not text.endswith((".", ";", ",", ":"))
    if not (begins and may_be and _KINDS.search(text) and is_title_case(text)):
        return False
    near = (each for each in paragraphs[place : place + _TITLE_LINES] if not each.label)
    lines = [each.text[:_MAX_TITLE] for each in near if not is_sentence_end(each.text)]
    return bool(spans_in("\n".join(lines))) and not is_binding(text) and not any(labels_of(text))
