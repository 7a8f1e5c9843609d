"""The outline of a document: its header, its numbered conclusions with sub-items, the rest."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Literal, NamedTuple

from grcm_cli.drafting.layout.labels import Label, is_tag, is_tag_of
from grcm_cli.drafting.layout.lines import with_labels_in_front
from grcm_cli.drafting.layout.sections import Section, sections
from grcm_cli.drafting.layout.series import Candidate, conclusion_series
from grcm_cli.drafting.layout.text_line import (
    TextLine,
    addressee_of,
    introduces_list,
    is_binding,
    is_closing,
    is_open_text,
    is_ornament,
    is_short,
    is_title_case,
)
from grcm_cli.language.lexicon import all_words

PartPlace = Literal["header", "conclusion", "none"]
_THAT = frozenset({"That", "THAT", "Que", "QUE"})
_MAX_TITLE = 95  # characters of a line of a title
_SECTION = re.compile(r"(?P<number>[0-9]{1,3})\.?\s+(?P<title>[A-ZÁÉÍÓÚÑ].*)")
_ACTIONS = all_words("layout.action_words")
_ROW_KINDS = ("number", "dotted", "composite", "lower")
_MAX_LEVELS = 9
"""As many as a word processor has; what stands deeper belongs to the text of its item."""


class RowCell(NamedTuple):
    """A cell beside the text of a conclusion that is the row of a table."""

    number: str  # the conclusion's
    head: str  # that of its column; empty where it has none
    text: str
    place: tuple[int, int]
    """Where it begins and ends, if the cells stood behind the text, each after one space."""

    @property
    def line(self) -> str:
        """The cell with its number and its head: `3: Remarks: see the annex`."""
        return ": ".join(filter(None, self[:3]))


class OutlineItem(NamedTuple):
    """A conclusion, or an item under one."""

    number: str
    text: str = ""
    stem: str | None = None  # the number of the conclusion that it is an item of
    heading: int = 0  # characters at the beginning of its text that may be a heading
    cells: Sequence[RowCell] = ()  # the other cells of its row, where it is in a table
    notes: Sequence[str] = ()  # its footnotes
    by_order: bool = False  # the document gives it no number: it was counted
    printed: str = ""  # its label as it is printed, where that has words for the number: `PRIMERO.`
    is_repeated: bool = False  # the document has its number before, too
    numbered_lines: Sequence[str] = ()  # lines in it that begin with a number as conclusions do
    unseen: Sequence[str] = ()  # invisible characters that were left out of its text: U+202E


class TextRun(NamedTuple):
    """Characters of an item that a part of the document has."""

    start: int  # the first one in the item's text. Behind the text stand the other cells of its row
    at: int  # the first one in the part's text
    size: int


TextRuns = Sequence[TextRun]


class OutlinePart(NamedTuple):
    """A stretch of the document, and where it went."""

    place: PartPlace
    text: str  # as it is printed, with its label; also the other cells of a row
    number: str = ""  # the number of the item that it is a part of
    is_note: bool = False  # it is a footnote
    row: Sequence[str] = ()  # the cells of a table's row that is no conclusion
    runs: TextRuns = ()  # what of the item it has, and where


class Outline(NamedTuple):
    """The parts of a document."""

    items: Sequence[OutlineItem]
    parts: Sequence[OutlinePart] = ()  # all of the document in its order
    gaps: Sequence[str] = ()  # numbers that the series lacks
    header_parts: Sequence[int] = ()  # the part that each line before the first conclusion is

    @property
    def header(self) -> list[str]:
        """The lines before the first conclusion."""
        return [self.parts[place].text for place in self.header_parts]

    @property
    def left_out(self) -> list[str]:
        """Headings, page numbers, signatures: what is in no conclusion, and not in the header."""
        return [part.text for part in self.parts if part.place == "none"]


def outline(lines: Sequence[TextLine], *, is_numbered: bool = True) -> Outline:
    """Return the outline of a document's lines; else its paragraphs are counted."""
    if len(conclusion_series(lines)) < 2:  # where all labels behind texts are of conclusions
        moved = with_labels_in_front(lines)
        changed = [at for at, line in enumerate(lines) if line.label != moved[at].label]
        series = [label.line for label in conclusion_series(moved)] if changed else []
        lines = moved if series == changed else lines
    end = next((place for place, line in enumerate(lines) if line.aside), len(lines))
    outliner = _Outliner()
    gaps: list[str] = []
    for section in sections(lines[:end], is_numbered=is_numbered):
        outliner.take(section)
        gaps += section.missing
    outliner.put(*lines[end:])
    outliner.close()
    stems = {item.stem for item in outliner.items}
    gaps += (number for number in dict.fromkeys(outliner.lost) if number not in stems)
    return Outline(outliner.items, outliner.parts, gaps, outliner.header_parts)


# --- items and parts, made of the lines of sections ----------------------------------------------


class _Outliner:
    """Takes the lines of sections in their order, and makes items and parts of them."""

    def __init__(self) -> None:
        self.items: list[OutlineItem] = []
        self.parts: list[OutlinePart] = []
        self.header_parts: list[int] = []
        self.lost: list[str] = []  # the numbers of items without words
        self._counts: Counter[str] = Counter()
        self._stem: str | None = None  # the number of the last conclusion, as it is unique
        self._item: OutlineItem | None = None  # the open one, without its text
        self._texts: list[str] = []
        self._numbered_lines: list[str] = []
        self._lines: list[tuple[TextLine, str | None]] = []
        """The lines since it began, with what of each is its text; None where it has none of it."""
        self._pending: list[tuple[TextLine, bool]] = []
        """Lines like headings, of which it is open whether they are text of the open item; with
        whether each is like a title under a label that stands alone."""
        self._is_closed = False
        self._last_number: Label | None = None
        """That of an item under a conclusion: 6, where 7 is the first under the next one."""

    def take(self, section: Section) -> None:
        """Take all lines of a section; what is before the first item of all is the header."""
        self._is_closed = False
        place: PartPlace = "none" if self.items else "header"
        for line in section.lines[: section.first]:
            if place == "header" and not line.is_preamble:
                self.header_parts.append(len(self.parts) + len(line.asides))
            self._part(line, "none" if section.is_agenda and line.labels else place)
        bounds = [*(start.line for start in section.series), len(section.lines)]
        self.put(*section.lines[section.first : bounds[0]])
        for count, (start, end) in enumerate(zip(section.series, bounds[1:], strict=True), 1):
            written = (start.label.written or str(count)).removeprefix(section.prefix)
            self._take_conclusion(section, section.prefix + written, start, end)
        self.close()

    def _take_conclusion(self, section: Section, number: str, start: Candidate, end: int) -> None:
        start_label = start.label
        start_line = section.lines[start.line]
        is_counted = start_label.is_counted
        following = section.lines[start.line + 1 : end]
        has_title = start_label.has_word and _has_title(start_line, start_label.rest, following)
        size = 0 if has_title else _size_of_heading(start_line, start_label, following)
        item = OutlineItem(number, by_order=is_counted, heading=size)
        self._begin(item, start_line, start_label.rest)
        if is_counted and any(label.value > 1 and label.rest for label in start_line.labels):
            # The document has numbers, of which no series was made.
            self._numbered_lines.append(start_line.labelled_text)
        if has_title:
            self._texts, self._lines = [], [(start_line, "")]
        may_have_title = start_label.has_word or start_label.kind == "composite"
        in_last = end == len(section.lines)
        labels = _sub_items(section.lines, start.line + 1, end, start_label, self._last_number)
        numbers = [label for label in labels.values() if label.kind == "number"]
        self._last_number = numbers[-1] if numbers else self._last_number
        for place in range(start.line + 1, end):
            line, label = section.lines[place], labels.get(place)
            text = line.labelled_text
            heading = _section_heading(line, start_label)
            if heading:  # minutes go on behind an action line
                number = heading["number"]
                self._begin(OutlineItem(number), line, "")
                continue
            # The paragraph behind `Action item: …` is none of it.
            self._is_closed |= start_label.style == "tag" and line.after_gap and not line.labels
            self._is_closed |= start_line.is_row and line.after_gap and not line.is_row
            if self._is_closed or (is_counted and line.is_preamble):
                self._settle()
                self.put(line)
            elif line.is_page_number:
                # A page number, or one of the text where that goes on.
                self._pending.append((line, False))
                continue
            elif label and label.written:
                may_have_title = False
                self._begin(OutlineItem(f"{number}.{label.written}", stem=number), line, label.rest)
            elif is_tag_of(text, start_label) and not self._texts:
                self._settle(text_follows=True)
                self._add(line, text.partition(":")[2].strip())
            else:
                self._take_line(line, in_last=in_last, may_be_title=may_have_title)
            is_too_deep = label is not None and not label.written
            if is_too_deep or line.labels_like(start_label):
                self._numbered_lines.append(text)

    def _take_line(self, line: TextLine, *, in_last: bool, may_be_title: bool) -> None:
        """Add a line without label to the open item, or to what is left out."""
        text, texts, last = line.labelled_text, self._texts, self._item
        begins = not line.after_gap if self._pending else text[:1].isupper()
        is_open = bool(texts) and (
            is_ornament(text)
            or line.is_heading(texts[-1])
            or (line.after_gap and addressee_of(text) != "")
            or (bool(self._pending) and introduces_list(text))
        )
        if self._is_behind_tag(line):
            self._settle()
            self.put(line)
        elif in_last and line.after_gap and is_closing(text):
            self._settle()
            self._is_closed = True
            self.put(line)
        elif may_be_title and begins and not (texts or line.is_preamble) and _is_title(line.text):
            self._pending.append((line, True))
        elif is_open and not line.is_preamble:
            self._pending.append((line, False))
        elif last and last.stem and self._lines[0][0].cells and line.after_gap:
            # The paragraph after a table inside the conclusion is its next item.
            above, dot, number = last.number.rpartition(".")
            following = str(int(number) + 1) if number.isdecimal() else number
            self._begin(OutlineItem(f"{above}{dot}{following}", stem=last.stem), line, text)
        else:
            self._settle(text_follows=True, is_new=line.after_gap or text[:1].isupper())
            self._add(line, text)

    def _is_behind_tag(self, line: TextLine) -> bool:
        """Tell whether a line is behind the item that says who does it: `Who: Chile`, and a gap.

        So it is in a list of actions, whose items are coded or below another text.
        """
        first, last = self._lines[0][0], self._lines[-1]
        is_listed = any(label.style.startswith("coded") for label in first.labels)
        if not (is_listed or (self._item and self._item.stem)) or is_tag(line.labelled_text):
            return False
        is_out = last[1] is None and not is_ornament(last[0].text)
        said = any(words and is_tag(words) for _line, words in self._lines)
        return said and (line.after_gap or is_out)

    def _begin(self, item: OutlineItem, line: TextLine, text: str) -> None:
        self.close(next_stem=item.stem)
        label = line.labelled_text.removesuffix(text).strip()
        has_number = item.number.rpartition(".")[2] in label
        printed = "" if has_number or not re.search(r"[^\W\d_]{4}", label) else label
        self._item = item._replace(printed=printed)
        self._add(line, text)

    def _settle(self, *, text_follows: bool = False, is_new: bool = True) -> None:
        """Put the pending lines where they belong, now that it is known what follows.

        A heading is text where the text goes on after it; a title where it is all that the item
        has, or goes on in the same paragraph. `is_new` tells that what follows begins one.
        """
        for line, is_title in self._pending:
            is_own_line = is_new or line.heading
            is_text = not (text_follows and is_own_line) if is_title else text_follows
            is_aside = line.heading or is_ornament(line.text)
            if is_text and (is_title or not is_aside):
                self._add(line, line.labelled_text)
            else:
                self.put(line)
        self._pending = []

    def _add(self, line: TextLine, text: str) -> None:
        self._texts += [text] if text else []
        self._lines.append((line, text))

    def put(self, *lines: TextLine) -> None:
        """Put lines in what is left out."""
        self._lines += [(line, None) for line in lines]

    def close(self, *, next_stem: str | None = None) -> None:
        """Make the open item, unless it has no words, and the parts that its lines are.

        The number is unique then: the second 5 of a document is 5-2. `next_stem` is the number of
        the conclusion that the next item is under.
        """
        self._settle()
        item, lines, text = self._item, self._lines, " ".join(self._texts)
        labelled = [line for line, words in lines if words is not None]
        number = ""
        cells: list[RowCell] = []
        if item and item.stem is None:
            self._stem = None
        if item and text:
            count = self._counts[item.number] = self._counts[item.number] + 1
            number = item.number if count == 1 else f"{item.number}-{count}"
            if item.stem is None:
                self._stem = number
            at = len(text) + 1
            for head, cell in labelled[0].cells:
                cells.append(RowCell(number, head, cell, (at, at + len(cell))))
                at += len(cell) + 1
            item = item._replace(
                number=number,
                text=text,
                cells=cells,
                stem=item.stem and self._stem,
                is_repeated=count > 1 and item.stem is None,
                notes=[note for line in labelled for note in line.notes],
                unseen=list(dict.fromkeys(code for line in labelled for code in line.unseen)),
                numbered_lines=self._numbered_lines,
            )
            self.items.append(item)
        elif item and not item.by_order and item.number != next_stem:
            self.lost.append(item.number)
        size = 0
        for line, words in lines:
            if not number or words is None:
                self._part(line)
                continue
            runs = []
            for at, length in line.runs(words) if words else ():
                runs.append(TextRun(size, at, length))
                size += length + 1
            runs += [
                TextRun(cells[index].place[0], at, len(cells[index].text))
                for index, at in line.cell_starts.items()
                if line in labelled[:1] or not line.cells  # and no other row of the item
            ]
            self._part(line, "conclusion", number, runs)
        self._item, self._texts, self._lines, self._numbered_lines = None, [], [], []

    def _part(
        self, line: TextLine, place: PartPlace = "none", number: str = "", runs: TextRuns = ()
    ) -> None:
        """Add the parts of the document that a line is: asides, itself and its footnotes."""
        for aside in line.asides:
            self._part(aside)
        self.parts.append(OutlinePart(place, line.printed, number, row=line.text_row, runs=runs))
        self.parts += [OutlinePart(place, note, number, is_note=True) for note in line.notes]


def _section_heading(line: TextLine, label: Label) -> re.Match[str] | None:
    """Return the match of a heading of minutes behind `ACTION 12/03: …`, with its number."""
    heading = _SECTION.fullmatch(line.labelled_text) if line.after_gap else None
    is_action = label.style.partition(" ")[0] in _ACTIONS
    return heading if is_action and heading and TextLine(heading["title"]).is_heading() else None


def _is_title(text: str) -> bool:
    """Tell whether a line may be of the title under `Decision 5` alone on its line."""
    is_long_title = len(text) <= _MAX_TITLE and is_title_case(text) and text[-1:] not in ".;,:"
    return (is_short(text) or is_long_title) and not is_binding(text)


def _has_title(line: TextLine, text: str, following: Sequence[TextLine]) -> bool:
    """Tell whether a label's own line is a title: `Decision 5 – Buoys`, above `The Group,`.

    So it is above `That, States report …`, and where the first word below had room on it.
    """
    if not (text and following and _is_title(text)):
        return False
    below = following[0].text
    first = below.partition(" ")[0]
    if following[0].after_gap:
        is_wish = first in _THAT and " to " not in text
        return below.endswith((",", ":")) or first[-1:] == "," or is_wish
    paragraph = takewhile(lambda other: not other.after_gap, following)
    had_room = len(line.text) + 1 + len(first) <= max(len(other.text) for other in paragraph)
    is_whole = " " in text and not is_open_text(text)
    return first.rstrip(",") in _THAT or (had_room and is_whole and below[0].isupper())


# --- the items of a conclusion: a) b), i) ii), bullets, 8.1, rows of a table ---------------------


def _is_heading_of(text: str, following: TextLine | None) -> bool:
    """Tell whether the text behind a label is the heading of the paragraph below it."""
    is_title = text[:1].isupper() and text[-1:] not in ".;:," and not is_binding(text)
    return is_title and following is not None and following.after_gap and not following.labels


def _size_of_heading(line: TextLine, label: Label, following: Sequence[TextLine]) -> int:
    """Return how many characters behind a number may be the heading of the paragraph below it."""
    may_be_heading = is_short(label.rest) and not (label.is_counted or line.cells)
    is_heading = may_be_heading and _is_heading_of(label.rest, following[0] if following else None)
    return len(label.rest) if is_heading else 0


def _sub_items(
    lines: Sequence[TextLine], start: int, end: int, own: Label, before: Label | None
) -> Mapping[int, Label]:
    """Return the labels of the items in `lines[start:end]`, by line, written as they are cited.

    `own` is the label of the conclusion; no item has one of its kind and style. `before` is the
    last number under the conclusions above, where the numbers run through them. A line that would
    begin a level too many has a label with nothing written.
    """
    labels: dict[int, Label] = {}
    levels: list[Label] = []  # the last label of each open series
    above, count = "", 0  # the last row with a number, and the rows without one below it
    for place in range(start, end):
        line = lines[place]
        following = lines[place + 1] if place + 1 < end else None
        readings = [
            label._replace(written=label.written.removeprefix(f"{own.written}."))  # 2.1 of 3.2.1
            for label in line.labels
            if not (label.style.endswith("tag") or label.fits_series_of(own))
            if not (label.kind == "bullet" and _is_heading_of(label.rest, following))
        ]
        is_sub_row = line.is_row and not line.label and line.text[:1].isupper()
        is_sub_row = is_sub_row and not is_open_text(lines[place - 1].text)
        if line.is_row and (own.style != "row" or is_sub_row):
            number = next((label for label in readings if label.kind in _ROW_KINDS), None)
            above, count = (number.written, 0) if number else (above, count + 1)
            row = Label("bullet", "row", 0, f"{above}.{count}" if above else "", line.text)
            readings = [number._replace(kind="bullet", style="row") if number else row]
        choice = _choice(readings, levels, before)
        if choice is not None:
            label, levels = choice
            path: list[str] = []
            for level in levels:  # a dotted label names the levels above it
                path = [level.written] if level.kind == "dotted" else [*path, level.written]
            labels[place] = label._replace(written=".".join(path))
        elif len(levels) == _MAX_LEVELS and any(map(_begins_series, readings)):
            labels[place] = readings[0]._replace(written="")
    return labels


def _choice(
    readings: Sequence[Label], levels: list[Label], before: Label | None
) -> tuple[Label, list[Label]] | None:
    """Return the reading that continues or begins a series, and the last label of each open one."""
    for depth in range(len(levels), 0, -1):
        level = levels[depth - 1]
        for label in readings:
            same = label.fits_series_of(level)
            if same and (label.kind == "bullet" or label.value == level.value + 1):
                value = level.value + 1
                written = label.written or str(value)
                return label, [*levels[: depth - 1], level._replace(value=value, written=written)]
    if before and not levels:
        alike = (label for label in readings if label.fits_series_of(before) and label.rest)
        goes_on = next((label for label in alike if label.value == before.value + 1), None)
        if goes_on:
            return goes_on, [goes_on]
    begins = next(filter(_begins_series, readings), None)
    if begins is None or len(levels) == _MAX_LEVELS:
        return None
    return begins, [*levels, begins._replace(value=1, written=begins.written or "1")]


def _begins_series(label: Label) -> bool:
    is_first = label.value == 1 or label.kind == "bullet"
    has_text = bool(label.rest) or label.style == "row"
    return is_first and has_text and label.kind not in ("upper", "ROMAN")
