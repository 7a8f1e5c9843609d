"""The outline of a document: its header, its numbered conclusions with sub-items, the rest."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from grcm_cli.drafting.layout.labels import (
    is_tag_of,
    is_word_style,
    labels_like,
    line_labels,
    with_labels_in_front,
    with_titles_apart,
)
from grcm_cli.drafting.layout.lines import (
    TextLine,
    introduces_list,
    is_binding,
    is_closing,
    is_drawn_rule,
    is_heading,
    is_page_number,
    is_short,
    is_tag,
    is_title_line,
)
from grcm_cli.drafting.layout.numbering import Candidate, conclusion_series
from grcm_cli.drafting.layout.sections import DocumentSection, sections
from grcm_cli.drafting.layout.sub_items import sub_items
from grcm_cli.language.characters import without_hidden


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


class Outline(NamedTuple):
    """The parts of a document."""

    header: Sequence[str]
    """The paragraphs before the first conclusion."""
    items: Sequence[OutlineItem]
    parts: Sequence[OutlinePart]
    """All of the document in its order."""
    gaps: Sequence[str]
    """Numbers that the series lacks."""

    @property
    def left_out(self) -> list[str]:
        """Headings, page numbers, signatures: what is in no conclusion, and not in the header."""
        return [part.text for part in self.parts if part.place == "none"]


def outline(lines: Sequence[TextLine]) -> Outline:
    """Return the outline of a document's lines."""
    header: list[str] = []
    items: list[_OpenItem] = []
    parts: list[OutlinePart] = []
    gaps: list[str] = []
    lines = with_titles_apart(lines)
    if len(conclusion_series(lines)) < 2:
        lines = _numbered_behind(lines) or lines
    end = next((place for place, line in enumerate(lines) if line.aside), len(lines))
    for number, section in enumerate(sections(lines[:end])):
        builder = _OutlineBuilder(section.prefix, _usual_width(section.body))
        for line in section.agenda:
            builder.leave_out(line, "none" if any(line_labels(line)) else "header")
        for line in section.header:
            builder.leave_out(line, "none" if number else "header")
        if number == 0:
            known = [*section.agenda, *section.header]
            header += [line.labelled_text for line in known if not line.is_preamble]
        _build(section, builder)
        parts += builder.parts
        items += builder.items
        gaps.extend(section.missing)
    parts += [OutlinePart("none", line.text) for line in lines[end:]]
    finished = [item.finished() for item in items]
    stems = {item.stem for item in finished}
    empty = {item.number for item in finished if not item.text}
    gaps += [
        number
        for number in dict.fromkeys(i.number for i in finished if not (i.text or i.by_order))
        if number not in stems
    ]
    unused = {
        id(item)
        for item, text in zip(items, finished, strict=True)
        if not text.text and item.number not in stems
    }
    parts = [part._replace(place="none") if id(part.item) in unused else part for part in parts]
    filled = [
        item._replace(stem=None if item.stem in empty else item.stem)
        for item in finished
        if item.text
    ]
    numbered = _with_unique_numbers(filled)
    written = [id(item) for item, text in zip(items, finished, strict=True) if text.text]
    numbers = dict(zip(written, (item.number for item in numbered), strict=True))
    parts = [part._replace(number=numbers.get(id(part.item), "")) for part in parts]
    return Outline(header, numbered, parts, gaps)


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
        self.number, self.stem, self.cells = number, stem, tuple(line.cells)
        self.columns = tuple(line.columns)
        self.is_row = line.source is not None
        self.printed = _words_for_number(line, number, text)
        self.by_order = False
        self.may_have_title = False
        self.is_row_inside = False
        """It is a row of a table inside a conclusion."""
        self.parts: list[str] = []
        self.notes: list[str] = []
        self.numbered_lines: list[str] = []
        self.add(line, text)

    def add(self, line: TextLine, text: str) -> None:
        self.parts += [text] if text else []
        self.notes += line.notes

    def finished(self) -> OutlineItem:
        text, unseen = without_hidden(" ".join(" ".join(self.parts).split()))
        notes = tuple(without_hidden(note)[0] for note in self.notes)
        found = OutlineItem(self.number, text, self.stem, self.cells, self.columns, notes)
        return found._replace(
            by_order=self.by_order,
            printed=self.printed,
            numbered_lines=self.numbered_lines,
            unseen=unseen,
        )


def _words_for_number(line: TextLine, number: str, text: str) -> str:
    """Return the label of a line where its number is in words, else nothing."""
    label = line.labelled_text.removesuffix(text).strip()
    has_number = number.rpartition(".")[2] in label
    return "" if has_number or not re.search(r"[^\W\d_]{4}", label) else label


class _Pending(NamedTuple):
    """A line like a heading, or like a title under a label that stands alone."""

    line: TextLine
    is_title: bool = False


class _OutlineBuilder:
    """Takes the lines of one section in their order and makes items of them."""

    def __init__(self, prefix: str, width: float) -> None:
        self.prefix = prefix
        self.width = width
        """Characters of a full line."""
        self.items: list[_OpenItem] = []
        self.parts: list[OutlinePart] = []
        self.stem: _OpenItem | None = None
        """The open conclusion."""
        self.is_closed = False
        self.in_last = False
        """The open conclusion is the last one: a closing formula may follow."""
        self._pending: list[_Pending] = []
        """Lines of which it is open whether they are text of the open item."""

    def begin(self, number: str, line: TextLine, text: str) -> "_OpenItem":
        """Begin a conclusion, and return it."""
        self.settle()
        self.stem = _OpenItem(self.prefix + number, None, line, text)
        self._add_item(self.stem, line)
        return self.stem

    def begin_sub_item(self, number: str, line: TextLine, text: str) -> None:
        """Begin an item of the open conclusion."""
        self.settle()
        stem = self.stem
        path = f"{stem.number}.{number}" if stem else self.prefix + number
        item = _OpenItem(path, stem.number if stem else None, line, text)
        item.is_row_inside = line.is_row
        self._add_item(item, line)

    def _begin_after_rows(self, line: TextLine, text: str) -> None:
        """Begin an item with the paragraph after a table inside the open conclusion."""
        stem = self.stem.number if self.stem else ""
        own = self.items[-1].number.removeprefix(f"{stem}.")
        above, dot, last = own.rpartition(".")
        following = str(int(last) + 1) if last.isdecimal() else last
        self.begin_sub_item(f"{above}{dot}{following}", line, text)

    def _add_item(self, item: "_OpenItem", line: TextLine) -> None:
        self.items.append(item)
        self._put(line, "conclusion", item)

    def add(self, line: TextLine, text: str) -> None:
        """Add a line without label to the open item, or to what is left out."""
        last = self.items[-1] if self.items else None
        if self.is_closed or last is None:
            self.leave_out(line)
        elif self.in_last and is_closing(text, starts_paragraph=line.after_gap):
            self.settle()
            self.is_closed = True
            self.leave_out(line)
        elif line.is_preamble:
            self.add_text(line)
        elif self._continues_title(last, line):
            self._pending.append(_Pending(line, is_title=True))
        elif (last.parts and (is_drawn_rule(text) or is_heading(line, last.parts[-1]))) or (
            self._pending and last.parts and introduces_list(text)
        ):
            self._pending.append(_Pending(line))
        elif last.is_row_inside and line.after_gap and not line.in_cell:
            self._begin_after_rows(line, text)
        else:
            is_new = line.after_gap or self._ended_early(line)
            self.settle(text_follows=True, is_new=is_new)
            last.add(line, text)
            self._put(line, "conclusion", last)

    def add_text(self, line: TextLine) -> None:
        """Add a line to the open item, whatever it looks like."""
        self.settle(text_follows=True)
        self.items[-1].add(line, line.labelled_text)
        self._put(line, "conclusion", self.items[-1])

    def begin_text(self, line: TextLine, text: str) -> None:
        """Begin the text of the open item; what is pending is its title."""
        for pending in self._pending:
            self.leave_out(pending.line)
        self._pending = []
        self.items[-1].add(line, text)
        self._put(line, "conclusion", self.items[-1])

    def add_heading(self, line: TextLine) -> None:
        """Add a numbered heading, which is text where the text goes on, or a page number."""
        if self.items and not self.is_closed:
            self._pending.append(_Pending(line))
        else:
            self.leave_out(line)

    def _continues_title(self, last: "_OpenItem", line: TextLine) -> bool:
        """Tell whether a line is of a title: `Decision 5` alone, and a short line under it."""
        titles = [one for one in self._pending if one.is_title]
        if last.parts or not last.may_have_title or len(titles) >= _MAX_TITLE_LINES:
            return False
        is_wrapped = not (line.after_gap or self._ended_early(line))
        goes_on = is_wrapped if titles else line.text[:1].isupper()
        size = min(self.width, _MAX_TITLE)
        is_title = line.heading or is_short(line.text) or is_title_line(line.text, size)
        return goes_on and is_title and not is_binding(line.text)

    def _ended_early(self, following: TextLine) -> bool:
        """Tell whether the last pending line had room for the next word: it was not wrapped."""
        before = self._pending[-1].line.text.split() if self._pending else []
        word = following.text.partition(" ")[0]
        last = before[-1] if before else ""
        ends_open = last.isalpha() and last.islower() and len(last) <= _SHORT_WORD
        size = len(" ".join([*before, word]))
        return word[:1].isupper() and not ends_open and size < _FULL * self.width

    def settle(self, *, text_follows: bool = False, is_new: bool = True) -> None:
        """Put the pending lines where they belong, now that it is known what follows.

        A heading is text where the text goes on after it; a title where it is all that the item
        has, or goes on in the same paragraph. `is_new` tells that what follows begins one.
        """
        last = self.items[-1] if self.items else None
        for line, is_title in self._pending:
            is_own_line = is_new or line.heading
            is_text = not (text_follows and is_own_line) if is_title else text_follows
            is_aside = line.heading or is_drawn_rule(line.text) or is_page_number(line)
            if last is not None and is_text and (is_title or not is_aside):
                last.add(line, line.labelled_text)
                self._put(line, "conclusion", last)
            else:
                self.leave_out(line)
        self._pending = []

    def leave_out(self, line: TextLine, place: Literal["header", "none"] = "none") -> None:
        """Put a line into no conclusion, with its footnotes."""
        self._put(line, place)

    def _put(
        self,
        line: TextLine,
        place: Literal["header", "conclusion", "none"],
        item: "_OpenItem | None" = None,
    ) -> None:
        self.parts += [OutlinePart("none", text) for text in line.asides]
        self.parts.append(OutlinePart(place, line.printed, item, row=line.text_row))
        self.parts += [OutlinePart(place, note, item, is_note=True) for note in line.notes]


_MAX_TITLE_LINES = 3
_MAX_TITLE = 95  # characters of one line
_SHORT_WORD = 3
"""Letters of a word that no title ends with: an article, a preposition."""
_FULL = 0.85
"""Of the usual width; a shorter line was not wrapped before the next word."""


def _usual_width(lines: Sequence[TextLine]) -> float:
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0.0


def _build(section: DocumentSection, builder: _OutlineBuilder) -> None:
    if not section.series:
        _build_by_order(section, builder)
        return
    starts = {candidate.line: candidate for candidate in section.series}
    bounds = [*(candidate.line for candidate in section.series), len(section.body)]
    for start, end in pairwise(bounds):
        builder.in_last = end == bounds[-1]
        _build_conclusion(section, starts[start], end, builder)
    builder.settle()


def _build_conclusion(
    section: DocumentSection, start: Candidate, end: int, builder: _OutlineBuilder
) -> None:
    first = section.body[start.line]
    item = builder.begin(section.number(start.label), first, start.label.rest)
    item.by_order = start.label.kind in ("bullet", "unnumbered")
    item.may_have_title = is_word_style(start.label.style) or start.label.kind == "composite"
    labelled = sub_items(section.body, start.line + 1, end, start.label)
    for place in range(start.line + 1, end):
        line = section.body[place]
        if place in section.dropped:
            builder.add_heading(line)
            continue
        label = labelled.get(place)
        if label and label.written and not builder.is_closed:
            builder.begin_sub_item(label.written, line, label.rest)
        else:
            text = line.labelled_text
            if is_tag_of(text, start.label) and not builder.items[-1].parts:
                builder.begin_text(line, text.partition(":")[2].strip())
            else:
                builder.add(line, text)
            is_too_deep = label is not None and not label.written
            if is_too_deep or labels_like(line, start.label):
                builder.items[-1].numbered_lines.append(text)


def _build_by_order(section: DocumentSection, builder: _OutlineBuilder) -> None:
    """Make each paragraph of a document without numbers an item, by its order."""
    dropped = {id(section.body[place]) for place in section.dropped}
    for paragraph in _paragraphs(section.body):
        first = paragraph[0]
        text = " ".join(line.text for line in paragraph)
        is_over = builder.is_closed or is_closing(text, starts_paragraph=True)
        builder.is_closed = builder.is_closed or (is_over and bool(builder.items))
        is_head = is_heading(first, "", alone=len(paragraph) == 1) or introduces_list(text)
        is_head = is_head or first.is_preamble
        goes_on = bool(builder.items) and (text[:1].islower() or is_tag(text))
        begins = not (is_over or is_head or goes_on)
        for place, line in enumerate(paragraph):
            if is_over or is_head or id(line) in dropped:
                builder.leave_out(line)
            elif begins and place == 0:
                builder.begin(str(len(builder.items) + 1), line, line.labelled_text).by_order = True
            else:
                builder.add_text(line)


def _paragraphs(body: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    paragraph: list[TextLine] = []
    for line in body:
        if paragraph and line.after_gap:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph
