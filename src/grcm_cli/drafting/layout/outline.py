"""The outline of a document: its header, its numbered conclusions with sub-items, the rest."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from grcm_cli.drafting.layout.labels import (
    Label,
    is_tag_of,
    labels_like,
    line_labels,
    with_labels_in_front,
    with_titles_apart,
)
from grcm_cli.drafting.layout.sections import (
    DocumentSection,
    counted_paragraphs,
    paragraphs,
    sections,
)
from grcm_cli.drafting.layout.series import Candidate, conclusion_series
from grcm_cli.drafting.layout.text_line import (
    TextLine,
    addressee_of,
    introduces_list,
    is_binding,
    is_closing,
    is_drawn_rule,
    is_heading,
    is_page_number,
    is_short,
    is_tag,
    is_title_case,
)


class OutlineItem(NamedTuple):
    """A conclusion, or an item under one."""

    number: str
    text: str
    stem: str | None = None
    """The number of the conclusion that it is an item of."""
    cells: Sequence[str] = ()
    """The other cells of its row, where it is in a table."""
    columns: Sequence[str] = ()
    """The heads of those cells."""
    notes: Sequence[str] = ()
    """Its footnotes."""
    by_order: bool = False
    """The document gives it no number: it was counted."""
    printed: str = ""
    """Its label as it is printed, where that has words for the number: `PRIMERO.`"""
    is_repeated: bool = False
    """The document has its number before, too."""
    numbered_lines: Sequence[str] = ()
    """Lines in it that begin with a number as conclusions do."""
    unseen: Sequence[str] = ()
    """Invisible characters that were left out of its text: U+202E."""

    def headed_cells(self) -> Iterator[tuple[str, str]]:
        """Return the head of each other cell of its row, empty where it has none, and the cell."""
        return zip([*self.columns, *[""] * len(self.cells)], self.cells, strict=False)

    @property
    def cell_places(self) -> list[tuple[int, int]]:
        """Where each other cell of its row begins and ends, if they stood behind its text.

        As places in the text, with one space before each.
        """
        starts = accumulate((len(cell) + 1 for cell in self.cells), initial=len(self.text) + 1)
        return [(at, at + len(cell)) for at, cell in zip(starts, self.cells, strict=False)]


class TextRun(NamedTuple):
    """Characters of an item that a part of the document has."""

    start: int
    """The first one in the item's text. Behind the text stand the other cells of its row."""
    at: int
    """The first one in the part's text."""
    size: int
    """How many they are."""


PartPlace = Literal["header", "conclusion", "none"]


class OutlinePart(NamedTuple):
    """A stretch of the document, and where it went."""

    place: PartPlace
    text: str
    """As it is printed, with its label; also the other cells of a row."""
    number: str = ""
    """The number of the item that it is a part of."""
    is_note: bool = False
    """It is a footnote."""
    row: Sequence[str] = ()
    """The cells of a table's row that is read as text."""
    runs: Sequence[TextRun] = ()
    """What of the item it has, and where."""


class Outline(NamedTuple):
    """The parts of a document."""

    header: Sequence[str]
    """The lines before the first conclusion."""
    items: Sequence[OutlineItem]
    parts: Sequence[OutlinePart]
    """All of the document in its order."""
    gaps: Sequence[str]
    """Numbers that the series lacks."""
    header_parts: Sequence[int] = ()
    """The part that each line of the header is."""

    @property
    def left_out(self) -> list[str]:
        """Headings, page numbers, signatures: what is in no conclusion, and not in the header."""
        return [part.text for part in self.parts if part.place == "none"]


def outline(lines: Sequence[TextLine], *, is_numbered: bool = True) -> Outline:
    """Return the outline of a document's lines; else its paragraphs are counted."""
    lines = with_titles_apart(lines)
    if len(conclusion_series(lines)) < 2:  # where all labels behind texts are of conclusions
        moved = with_labels_in_front(lines)
        changed = [at for at, line in enumerate(lines) if line.label != moved[at].label]
        series = [label.line for label in conclusion_series(moved)] if changed else []
        lines = moved if series == changed else lines
    end = next((place for place, line in enumerate(lines) if line.aside), len(lines))
    builder = _OutlineBuilder()
    gaps: list[str] = []
    parts = sections(lines[:end]) if is_numbered else [counted_paragraphs(lines[:end])]
    for number, section in enumerate(parts):
        builder.take(section, is_first=number == 0)
        gaps += section.missing
    for line in lines[end:]:
        builder.put(line)
    return builder.finished(gaps)


# --- building items from the lines of sections ----------------------------------------------------

_MAX_TITLE = 95  # characters of a line of a title


class _PlacedLine(NamedTuple):
    """A line, and where it goes."""

    line: TextLine
    place: PartPlace = "none"
    item: int = -1
    """The item that has it."""
    words: str = ""
    """What of the line is the item's text: the end of it, or all with its label."""


class _OutlineBuilder:
    """Takes the lines of sections in their order and makes items of them."""

    def __init__(self) -> None:
        self._items: list[OutlineItem] = []
        """Without their texts."""
        self._texts: list[list[str]] = []
        """Of each item."""
        self._numbered_lines: dict[int, list[str]] = {}
        self._placed: list[_PlacedLine] = []
        self._header: list[int] = []
        """The lines of the header among those placed."""
        self._is_closed = False
        self._pending: list[tuple[TextLine, bool]] = []
        """Lines like headings, of which it is open whether they are text of the open item; with
        whether each is like a title under a label that stands alone."""

    # --- lines in their order ---------------------------------------------------------------------

    def take(self, section: DocumentSection, *, is_first: bool) -> None:
        """Take all lines of a section; that of the document's header is the first."""
        self._is_closed = False
        for place, line in enumerate([*section.agenda, *section.header]):
            is_point = place < len(section.agenda) and any(line_labels(line))
            if is_first and not line.is_preamble:
                self._header.append(len(self._placed))
            self.put(line, "header" if is_first and not is_point else "none")
        if not section.series:
            self._take_by_order(section)
            return
        bounds = [*(start.line for start in section.series), len(section.body)]
        for start, (_line, end) in zip(section.series, pairwise(bounds), strict=True):
            self._take_conclusion(section, start, end)
        self._settle()

    def _take_conclusion(self, section: DocumentSection, start: Candidate, end: int) -> None:
        own = start.label
        number = section.prefix + own.written.removeprefix(section.prefix)
        self._begin(number, section.body[start.line], own.rest)
        if own.has_word and _has_title(own.rest, section.body[start.line + 1 : end]):
            self._placed[-1] = self._placed[-1]._replace(words="")
            self._texts[-1] = []
        if own.kind in ("bullet", "unnumbered"):
            self._items[-1] = self._items[-1]._replace(by_order=True)
        may_have_title = own.has_word or own.kind == "composite"
        labels = _sub_items(section.body, start.line + 1, end, own)
        for place in range(start.line + 1, end):
            line, label = section.body[place], labels.get(place)
            text = line.labelled_text
            if self._is_closed:
                self.put(line)
            elif place in section.dropped:
                # A numbered heading, which is text where the text goes on, or a page number.
                self._pending.append((line, False))
                continue
            elif label and label.written:
                may_have_title = False
                self._begin(f"{number}.{label.written}", line, label.rest, stem=number)
            elif is_tag_of(text, own) and not self._texts[-1]:
                self._settle(text_follows=True)
                self._add(line, text.partition(":")[2].strip())
            else:
                self._take_line(line, in_last=end == len(section.body), may_be_title=may_have_title)
            is_too_deep = label is not None and not label.written
            if is_too_deep or labels_like(line, own):
                self._numbered_lines.setdefault(len(self._items) - 1, []).append(text)

    def _take_line(self, line: TextLine, *, in_last: bool, may_be_title: bool) -> None:
        """Add a line without label to the open item, or to what is left out.

        `in_last` tells that it is in the last conclusion: a closing formula may follow.
        """
        text, texts, last = line.labelled_text, self._texts[-1], self._items[-1]
        begins = not line.after_gap if self._pending else text[:1].isupper()
        is_open = bool(texts) and (is_drawn_rule(text) or is_heading(line, texts[-1]))
        is_open = is_open or (bool(texts) and line.after_gap and addressee_of(text) != "")
        if in_last and is_closing(text, starts_paragraph=line.after_gap):
            self._settle()
            self._is_closed = True
            self.put(line)
        elif may_be_title and begins and not (texts or line.is_preamble) and _is_title(line.text):
            self._pending.append((line, True))
        elif not line.is_preamble and (
            is_open or (self._pending and texts and introduces_list(text))
        ):
            self._pending.append((line, False))
        elif last.stem and last.cells and line.after_gap and not line.in_cell:
            # The paragraph after a table inside the conclusion is its next item.
            above, dot, number = last.number.rpartition(".")
            following = str(int(number) + 1) if number.isdecimal() else number
            self._begin(f"{above}{dot}{following}", line, text, stem=last.stem)
        else:
            self._settle(text_follows=True, is_new=line.after_gap or text[:1].isupper())
            self._add(line, text)

    def _take_by_order(self, section: DocumentSection) -> None:
        """Make each paragraph of a section without numbers an item, by its order."""
        count = 0
        for start, end in paragraphs(section.body):
            paragraph = section.body[start:end]
            first = paragraph[0]
            text = " ".join(line.text for line in paragraph)
            is_over = self._is_closed or is_closing(text, starts_paragraph=True)
            self._is_closed = is_over and count > 0
            is_head = is_heading(first, "", alone=len(paragraph) == 1) or introduces_list(text)
            if is_over or is_head or first.is_preamble:
                for line in paragraph:
                    self.put(line)
                continue
            if not count or not (text[:1].islower() or is_tag(text)):
                count += 1
                self._begin(section.prefix + str(count), first, first.labelled_text)
                self._items[-1] = self._items[-1]._replace(by_order=True)
                paragraph = paragraph[1:]
            for line in paragraph:
                self._add(line, line.labelled_text)
            if any(label.value > 1 and label.rest for label in line_labels(first)):
                # The document has numbers, of which no series was made.
                self._numbered_lines.setdefault(len(self._items) - 1, []).append(text)

    def _begin(self, number: str, line: TextLine, text: str, *, stem: str | None = None) -> None:
        self._settle()
        label = line.labelled_text.removesuffix(text).strip()
        has_number = number.rpartition(".")[2] in label
        printed = "" if has_number or not re.search(r"[^\W\d_]{4}", label) else label
        item = OutlineItem(number, "", stem, line.cells, line.columns, printed=printed)
        self._items.append(item)
        self._texts.append([])
        self._add(line, text)

    def _settle(self, *, text_follows: bool = False, is_new: bool = True) -> None:
        """Put the pending lines where they belong, now that it is known what follows.

        A heading is text where the text goes on after it; a title where it is all that the item
        has, or goes on in the same paragraph. `is_new` tells that what follows begins one.
        """
        for line, is_title in self._pending:
            is_own_line = is_new or line.heading
            is_text = not (text_follows and is_own_line) if is_title else text_follows
            is_aside = line.heading or is_drawn_rule(line.text) or is_page_number(line)
            if is_text and (is_title or not is_aside):
                self._add(line, line.labelled_text)
            else:
                self.put(line)
        self._pending = []

    def _add(self, line: TextLine, text: str) -> None:
        self._texts[-1] += [text] if text else []
        self._placed.append(_PlacedLine(line, "conclusion", len(self._items) - 1, text))

    def put(self, line: TextLine, place: PartPlace = "none") -> None:
        """Put a line in the header or in what is left out."""
        self._placed.append(_PlacedLine(line, place))

    # --- the outline ------------------------------------------------------------------------------

    def finished(self, gaps: Sequence[str]) -> Outline:
        """Return the outline; an item without words is none, and its number is one of the gaps."""
        texts = list(map(" ".join, self._texts))
        stems = {item.stem for item in self._items}
        lost = [
            item.number
            for item, text in zip(self._items, texts, strict=True)
            if not text and item.number not in stems and not item.by_order
        ]
        lines: dict[int, list[TextLine]] = {}
        for placed in self._placed:
            lines.setdefault(placed.item, []).append(placed.line)
        items = {
            n: item._replace(
                text=texts[n],
                notes=[note for line in lines[n] for note in line.notes],
                unseen=list(dict.fromkeys(code for line in lines[n] for code in line.unseen)),
                numbered_lines=self._numbered_lines.get(n, ()),
            )
            for n, item in enumerate(_with_unique_numbers(self._items, texts))
            if texts[n]
        }
        parts: list[OutlinePart] = []
        places = []
        sizes = dict.fromkeys(items, 0)
        for placed in self._placed:
            parts += [OutlinePart("none", text) for text in placed.line.asides]
            places.append(len(parts))
            parts += _parts(placed, items.get(placed.item), sizes)
        header = [places[n] for n in self._header]
        texts = [parts[place].text for place in header]
        return Outline(texts, list(items.values()), parts, [*gaps, *dict.fromkeys(lost)], header)


def _is_title(text: str) -> bool:
    """Tell whether a line may be of the title under `Decision 5` alone on its line."""
    is_long_title = len(text) <= _MAX_TITLE and is_title_case(text) and text[-1:] not in ".;,:"
    return (is_short(text) or is_long_title) and not is_binding(text)


def _has_title(text: str, following: Sequence[TextLine]) -> bool:
    """Tell whether a label's own line is a title: `Decision 5 – Buoys`, above `The Group,`.

    So it is above `That, States report …`.
    """
    if not (text and following and following[0].after_gap):
        return False
    below = following[0].text
    is_above_sentence = below.endswith((",", ":")) or below.partition(" ")[0].endswith(",")
    return is_above_sentence and _is_title(text)


def _with_unique_numbers(
    items: Sequence[OutlineItem], texts: Sequence[str]
) -> Iterator[OutlineItem]:
    """Yield the items with unique numbers: the second 5 of a document is 5-2."""
    counts: dict[str, int] = {}
    stem: str | None = None
    for item, text in zip(items, texts, strict=True):
        if item.stem is None:
            stem = None
        if not text:
            yield item
            continue
        count = counts[item.number] = counts.get(item.number, 0) + 1
        number = item.number if count == 1 else f"{item.number}-{count}"
        if item.stem is None:
            stem = number
            yield item._replace(number=number, is_repeated=count > 1)
        else:
            yield item._replace(number=number, stem=stem)


def _parts(
    placed: _PlacedLine, item: OutlineItem | None, sizes: dict[int, int]
) -> Iterator[OutlinePart]:
    """Yield the parts of the document that a line is: itself and its footnotes.

    `sizes` has the characters that each item has had before.
    """
    line, place, n, words = placed
    if n >= 0 and item is None:
        place = "none"
    runs = []
    for at, size in line.runs(words) if item and words else ():
        runs.append(TextRun(sizes[n], at, size))
        sizes[n] += size + 1
    if item and line.cell_starts:
        cells = item.cell_places
        runs += [TextRun(cells[n][0], at, len(item.cells[n])) for n, at in line.cell_starts.items()]
    number = item.number if item else ""
    yield OutlinePart(place, line.printed, number, row=line.text_row, runs=runs)
    for note in line.notes:
        yield OutlinePart(place, note, number, is_note=True)


# --- the items of a conclusion: a) b), i) ii), bullets, 8.1, rows of a table ---------------------

_ROW_KINDS = ("number", "dotted", "composite", "lower")
_MAX_LEVELS = 9
"""As many as a word processor has; what stands deeper belongs to the text of its item."""


def _sub_items(lines: Sequence[TextLine], start: int, end: int, own: Label) -> Mapping[int, Label]:
    """Return the labels of the items in `lines[start:end]`, by line, written as they are cited.

    `own` is the label of the conclusion; no item has one of its kind and style. A line that would
    begin a level too many has a label with nothing written.
    """
    labels: dict[int, Label] = {}
    levels: list[Label] = []
    """The last label of each open series."""
    for place in range(start, end):
        line = lines[place]
        if line.is_row and own.style != "row":
            levels = _with_row(line, own, levels)
            labels[place] = levels[-1]._replace(written=_path(levels))
            continue
        readings = [
            label._replace(written=label.written.removeprefix(f"{own.written}."))  # 2.1 of 3.2.1
            for label in line_labels(line)
            if not (label.style.endswith("tag") or label.fits_series_of(own))
        ]
        choice = _choose_reading(readings, levels)
        if choice is not None:
            label, levels = choice
            labels[place] = label._replace(written=_path(levels))
        elif len(levels) == _MAX_LEVELS and any(map(_begins_series, readings)):
            labels[place] = readings[0]._replace(written="")
    return labels


def _with_row(line: TextLine, own: Label, levels: Sequence[Label]) -> list[Label]:
    """Return the levels with a row of a table as the last one: its number, else its place."""
    at = next((n for n, level in enumerate(levels) if level.style == "row"), len(levels))
    at = min(at, _MAX_LEVELS - 1)
    value = levels[at].value + 1 if at < len(levels) and levels[at].style == "row" else 1
    number = next((one for one in line_labels(line) if one.kind in _ROW_KINDS), None)
    written = number.written.removeprefix(f"{own.written}.") if number else str(value)
    rest = number.rest if number else line.text
    return [*levels[:at], Label("bullet", "row", value, written, rest)]


def _path(levels: Sequence[Label]) -> str:
    """Return the number by which an item is cited; a dotted label names the levels above it."""
    parts: list[str] = []
    for level in levels:
        parts = [level.written] if level.kind == "dotted" else [*parts, level.written]
    return ".".join(parts)


def _choose_reading(
    readings: Sequence[Label], levels: list[Label]
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
    begins = next(filter(_begins_series, readings), None)
    if begins is None or len(levels) == _MAX_LEVELS:
        return None
    return begins, [*levels, begins._replace(value=1, written=begins.written or "1")]


def _begins_series(label: Label) -> bool:
    is_first = label.value == 1 or label.kind == "bullet"
    return is_first and label.kind not in ("upper", "ROMAN") and bool(label.rest)
