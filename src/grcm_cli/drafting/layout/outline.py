"""The outline of a document: its header, its numbered conclusions with sub-items, the rest."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from grcm_cli.drafting.layout.labels import (
    Label,
    is_tag_of,
    labels_like,
    labels_of,
    line_labels,
    with_labels_in_front,
    with_titles_apart,
)
from grcm_cli.drafting.layout.sections import DocumentSection, paragraphs, sections
from grcm_cli.drafting.layout.series import Candidate, conclusion_series
from grcm_cli.drafting.layout.text_line import (
    TextLine,
    introduces_list,
    is_binding,
    is_closing,
    is_drawn_rule,
    is_heading,
    is_page_number,
    is_sentence_end,
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


class OutlinePart(NamedTuple):
    """A stretch of the document, and where it went."""

    place: Literal["header", "conclusion", "none"]
    text: str
    """As it is printed, with its label; also the other cells of a row."""
    item: "_OpenItem | None" = None
    """What it is a part of."""
    number: str = ""
    """The number of the item that it is a part of."""
    is_note: bool = False
    """It is a footnote."""
    row: Sequence[str] = ()
    """The cells of a table's row that is read as text."""
    runs: Sequence["TextRun"] = ()
    """What of the item it has, and where."""
    cells: Mapping[int, int] = {}
    """Where cells of the item's row begin in it, by their place in the row."""


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


def outline(lines: Sequence[TextLine]) -> Outline:
    """Return the outline of a document's lines."""
    header: list[int] = []
    items: list[_OpenItem] = []
    parts: list[OutlinePart] = []
    gaps: list[str] = []
    lines = with_titles_apart(lines)
    if len(conclusion_series(lines)) < 2:
        lines = _numbered_behind(lines) or lines
    end = next((place for place, line in enumerate(lines) if line.aside), len(lines))
    for number, section in enumerate(sections(lines[:end])):
        builder = _OutlineBuilder(section)
        for place, line in enumerate([*section.agenda, *section.header]):
            is_point = place < len(section.agenda) and any(line_labels(line))
            at = len(builder.parts) + len(line.asides)
            builder.put(line, "none" if number or is_point else "header")
            if not (number or line.is_preamble):
                header.append(at)
        builder.build()
        parts += builder.parts
        items += builder.items
        gaps.extend(section.missing)
    parts += [OutlinePart("none", line.text) for line in lines[end:]]
    finished = [item.finished() for item in items]
    stems = {item.stem for item in items}
    empty = {item.number for item in finished if not item.text}
    pairs = list(zip(items, finished, strict=True))
    lost = {item for item, text in pairs if not text.text and item.number not in stems}
    gaps += dict.fromkeys(item.number for item in items if item in lost and not item.by_order)
    filled = [(item, text) for item, text in pairs if text.text]
    numbered = _with_unique_numbers(
        [text._replace(stem=None if text.stem in empty else text.stem) for _item, text in filled]
    )
    by_item = {item: text for (item, _text), text in zip(filled, numbered, strict=True)}
    texts = [parts[place].text for place in header]
    return Outline(texts, numbered, [_finished(part, by_item) for part in parts], gaps, header)


def _finished(part: OutlinePart, items: Mapping["_OpenItem", OutlineItem]) -> OutlinePart:
    """Return a part with the number of its item; it is in none where the item has no text."""
    if part.item is None:
        return part
    item = items.get(part.item)
    if item is None:
        return part._replace(place="none")
    places = item.cell_places
    cells = (TextRun(places[n][0], at, len(item.cells[n])) for n, at in part.cells.items())
    return part._replace(number=item.number, runs=[*part.runs, *cells])


def _numbered_behind(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """Return the lines with labels in front, where all that are behind are those of conclusions."""
    moved = with_labels_in_front(lines)
    changed = [
        place
        for place, (before, after) in enumerate(zip(lines, moved, strict=True))
        if before.label != after.label
    ]
    series = [candidate.line for candidate in conclusion_series(moved)] if changed else []
    return moved if len(changed) > 1 and series == changed else []


def _with_unique_numbers(items: Sequence[OutlineItem]) -> list[OutlineItem]:
    """Return the items with unique numbers: the second 5 of a document is 5-2."""
    counts: dict[str, int] = {}
    stem = ""
    changed = []
    for item in items:
        count = counts[item.number] = counts.get(item.number, 0) + 1
        number = item.number if count == 1 else f"{item.number}-{count}"
        if item.stem is None:
            stem = number
            changed.append(item._replace(number=number, is_repeated=count > 1))
        else:
            changed.append(item._replace(number=number, stem=stem))
    return changed


# --- building items from the lines of a section -------------------------------------------------


class _OpenItem:
    """An item to which lines are still added."""

    def __init__(self, number: str, stem: str | None, line: TextLine, text: str) -> None:
        self.number, self.stem, self.first = number, stem, line
        label = line.labelled_text.removesuffix(text).strip()
        has_number = number.rpartition(".")[2] in label
        self.printed = "" if has_number or not re.search(r"[^\W\d_]{4}", label) else label
        self.by_order = False
        self.may_have_title = False
        self.parts: list[str] = []
        self.size = 0
        """The characters of its text, with a space behind it."""
        self.notes: list[str] = []
        self.unseen: dict[str, None] = {}
        self.numbered_lines: list[str] = []

    def finished(self) -> OutlineItem:
        return OutlineItem(
            self.number,
            " ".join(self.parts),
            self.stem,
            self.first.cells,
            self.first.columns,
            self.notes,
            self.by_order,
            self.printed,
            numbered_lines=self.numbered_lines,
            unseen=list(self.unseen),
        )


class _OutlineBuilder:
    """Takes the lines of one section in their order and makes items of them."""

    def __init__(self, section: DocumentSection) -> None:
        self.section = section
        lengths = sorted(len(line.text) for line in section.body)
        self.width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
        """Characters of a full line."""
        self.items: list[_OpenItem] = []
        self.parts: list[OutlinePart] = []
        self.is_closed = False
        self._pending: list[tuple[TextLine, bool]] = []
        """Lines like headings, of which it is open whether they are text of the open item; with
        whether each is like a title under a label that stands alone."""

    def build(self) -> None:
        """Take all lines from the first conclusion on."""
        if not self.section.series:
            self._build_by_order()
            return
        bounds = [*(start.line for start in self.section.series), len(self.section.body)]
        for start, (_line, end) in zip(self.section.series, pairwise(bounds), strict=True):
            self._build_conclusion(start, end)
        self._settle()

    def _build_conclusion(self, start: Candidate, end: int) -> None:
        section = self.section
        number = section.prefix + start.label.written.removeprefix(section.prefix)
        item = self._begin(number, None, section.body[start.line], start.label.rest)
        item.by_order = start.label.kind in ("bullet", "unnumbered")
        item.may_have_title = start.label.has_word or start.label.kind == "composite"
        labelled = _sub_items(section.body, start.line + 1, end, start.label)
        for place in range(start.line + 1, end):
            line = section.body[place]
            label = labelled.get(place)
            if place in section.dropped:
                # A numbered heading, which is text where the text goes on, or a page number.
                if self.is_closed:
                    self.put(line)
                else:
                    self._pending.append((line, False))
            elif label and label.written and not self.is_closed:
                self._begin(f"{item.number}.{label.written}", item.number, line, label.rest)
            else:
                text, last = line.labelled_text, self.items[-1]
                if is_tag_of(text, start.label) and not last.parts:
                    for title, _is_title in self._pending:
                        self.put(title)
                    self._pending = []
                    self._add_to(last, line, text.partition(":")[2].strip())
                else:
                    self._add(line, text, in_last=end == len(section.body))
                is_too_deep = label is not None and not label.written
                if is_too_deep or labels_like(line, start.label):
                    self.items[-1].numbered_lines.append(text)

    def _build_by_order(self) -> None:
        """Make each paragraph of a document without numbers an item, by its order."""
        for start, end in paragraphs(self.section.body):
            paragraph = self.section.body[start:end]
            first = paragraph[0]
            text = " ".join(line.text for line in paragraph)
            is_over = self.is_closed or is_closing(text, starts_paragraph=True)
            self.is_closed = self.is_closed or (is_over and bool(self.items))
            is_head = is_heading(first, "", alone=len(paragraph) == 1) or introduces_list(text)
            goes_on = bool(self.items) and (text[:1].islower() or is_tag(text))
            if is_over or is_head or first.is_preamble:
                for line in paragraph:
                    self.put(line)
                continue
            if not goes_on:
                number = self.section.prefix + str(len(self.items) + 1)
                self._begin(number, None, first, first.labelled_text).by_order = True
            for line in paragraph if goes_on else paragraph[1:]:
                self._add_to(self.items[-1], line, line.labelled_text)

    def _begin(self, number: str, stem: str | None, line: TextLine, text: str) -> _OpenItem:
        """Begin a conclusion, or an item of one, and return it."""
        self._settle()
        item = _OpenItem(number, stem, line, text)
        self.items.append(item)
        self._add_to(item, line, text)
        return item

    def _add(self, line: TextLine, text: str, *, in_last: bool) -> None:
        """Add a line without label to the open item, or to what is left out.

        `in_last` tells that it is in the last conclusion: a closing formula may follow.
        """
        last = self.items[-1]
        if self.is_closed:
            self.put(line)
        elif in_last and is_closing(text, starts_paragraph=line.after_gap):
            self._settle()
            self.is_closed = True
            self.put(line)
        elif line.is_preamble:
            self._settle(text_follows=True)
            self._add_to(last, line, text)
        elif self._continues_title(last, line):
            self._pending.append((line, True))
        elif (last.parts and (is_drawn_rule(text) or is_heading(line, last.parts[-1]))) or (
            self._pending and last.parts and introduces_list(text)
        ):
            self._pending.append((line, False))
        elif last.stem is not None and last.first.is_row and line.after_gap and not line.in_cell:
            # The paragraph after a table inside the conclusion is its next item.
            above, dot, number = last.number.removeprefix(f"{last.stem}.").rpartition(".")
            following = str(int(number) + 1) if number.isdecimal() else number
            self._begin(f"{last.stem}.{above}{dot}{following}", last.stem, line, text)
        else:
            self._settle(text_follows=True, is_new=line.after_gap or self._ended_early(line))
            self._add_to(last, line, text)

    def _continues_title(self, last: _OpenItem, line: TextLine) -> bool:
        """Tell whether a line is of a title: `Decision 5` alone, and a short line under it."""
        titles = sum(is_title for _line, is_title in self._pending)
        if last.parts or not last.may_have_title or titles >= _MAX_TITLE_LINES:
            return False
        is_wrapped = not (line.after_gap or self._ended_early(line))
        goes_on = is_wrapped if titles else line.text[:1].isupper()
        size = min(self.width, _MAX_TITLE)
        is_title = (
            line.heading
            or is_short(line.text)
            or (len(line.text) <= size and is_title_case(line.text))
        )
        return goes_on and is_title and not is_binding(line.text)

    def _ended_early(self, following: TextLine) -> bool:
        """Tell whether the last pending line had room for the next word: it was not wrapped."""
        before = self._pending[-1][0].text.split() if self._pending else []
        word = following.text.partition(" ")[0]
        last = before[-1] if before else ""
        ends_open = last.isalpha() and last.islower() and len(last) <= _SHORT_WORD
        size = len(" ".join([*before, word]))
        return word[:1].isupper() and not ends_open and size < _FULL * self.width

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
                self._add_to(self.items[-1], line, line.labelled_text)
            else:
                self.put(line)
        self._pending = []

    def _add_to(self, item: _OpenItem, line: TextLine, text: str) -> None:
        runs = []
        for at, size in line.runs(text) if text else ():
            runs.append(TextRun(item.size, at, size))
            item.size += size + 1
        item.parts += [text] if text else []
        item.notes += line.notes
        item.unseen.update(dict.fromkeys(line.unseen))
        self.put(line, "conclusion", item, runs)

    def put(
        self,
        line: TextLine,
        place: Literal["header", "conclusion", "none"] = "none",
        item: _OpenItem | None = None,
        runs: Sequence[TextRun] = (),
    ) -> None:
        """Put a line where it belongs, with its footnotes, and what is outside the text before."""
        self.parts += [OutlinePart("none", text) for text in line.asides]
        cells = line.cell_starts if item else {}
        part = OutlinePart(place, line.printed, item, row=line.text_row, runs=runs, cells=cells)
        self.parts.append(part)
        self.parts += [OutlinePart(place, note, item, is_note=True) for note in line.notes]


_MAX_TITLE_LINES = 3
_MAX_TITLE = 95  # characters of one line
_SHORT_WORD = 3  # letters of a word that no title ends with: an article, a preposition
_FULL = 0.85  # of the usual width; a shorter line was not wrapped before the next word


# --- the items of a conclusion: a) b), i) ii), bullets, 8.1, rows of a table ---------------------

_ROW_KINDS = ("number", "dotted", "composite", "lower")
_MAX_LEVELS = 9
"""As many as a word processor has; what stands deeper belongs to the text of its item."""


def _sub_items(lines: Sequence[TextLine], start: int, end: int, own: Label) -> Mapping[int, Label]:
    """Return the labels of the items in `lines[start:end]`, by line, written as they are cited.

    `own` is the label of the conclusion; no item has one of its kind and style. A line that would
    begin a level too many has a label with nothing written.
    """
    found: dict[int, Label] = {}
    levels: list[Label] = []
    for place in range(start, end):
        line = lines[place]
        if line.is_row and own.style != "row":
            levels = _with_row(line, own, levels)
            found[place] = levels[-1]._replace(written=_path(levels))
            continue
        readings = [
            label._replace(written=label.written.removeprefix(f"{own.written}."))  # 2.1 of 3.2.1
            for label in (() if line.is_preamble else labels_of(line.labelled_text))
            if not (label.kind == "bullet" and label.has_word)
            and not label._replace(
                style=f"auto {label.style}" if line.label else label.style
            ).fits_series_of(own)
        ]
        choice = _choose_reading(readings, levels)
        if choice is not None:
            label, levels = choice
            found[place] = label._replace(written=_path(levels))
        elif len(levels) == _MAX_LEVELS and any(map(_begins_series, readings)):
            found[place] = readings[0]._replace(written="")
    if len(found) == 1:
        [(place, label)] = found.items()
        second = {"lower": "b", "roman": "ii", "number": "2"}.get(label.kind)
        text = " ".join(line.text for line in lines[place:end])
        if second is not None and re.search(rf"\s\(?{second}[.)]\s", text):
            return {}  # the second item is inside a sentence, so that the first one is, too
    return {
        place: label
        for place, label in found.items()
        if not _is_bullet_heading(lines, place, end, label)
    }


def _with_row(line: TextLine, own: Label, levels: Sequence[Label]) -> list[Label]:
    """Return the levels with a row of a table as the last one: its number, else its place."""
    at = next((n for n, level in enumerate(levels) if level.style == "row"), len(levels))
    at = min(at, _MAX_LEVELS - 1)
    is_next = at < len(levels) and levels[at].style == "row"
    value = levels[at].value + 1 if is_next else 1
    number = next((one for one in line_labels(line) if one.kind in _ROW_KINDS), None)
    written = number.written.removeprefix(f"{own.written}.") if number else str(value)
    rest = number.rest if number else line.text
    return [*levels[:at], Label("bullet", "row", value, written, rest)]


def _is_bullet_heading(lines: Sequence[TextLine], place: int, end: int, label: Label) -> bool:
    """Tell whether a dash stands before a heading: no sentence, and paragraphs under it."""
    if not lines[place].text.startswith(("—", "–", "-")) or is_sentence_end(label.rest):
        return False
    following = lines[place + 1] if place + 1 < end else None
    return (
        following is not None
        and following.after_gap
        and label.rest[:1].isupper()
        and is_sentence_end(following.text)
        and not (following.label or any(labels_of(following.text)))
    )


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
