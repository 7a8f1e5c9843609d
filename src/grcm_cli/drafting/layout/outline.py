"""The outline of a document: its header, its numbered conclusions with sub-items, the rest."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.drafting.layout.lines import (
    TextLine,
    introduces_list,
    is_closing,
    is_drawn_rule,
    is_heading,
)
from grcm_cli.drafting.layout.numbering import Candidate, Label, labels_like, labels_of, line_labels
from grcm_cli.drafting.layout.sections import DocumentSection, sections
from grcm_cli.language.characters import without_hidden


class OutlineItem(NamedTuple):
    """A conclusion, or an item under one."""

    number: str
    text: str
    stem: str | None = None
    """The number of the conclusion that it is an item of."""
    cells: Sequence[str] = ()
    """The other cells of its row, where it is in a table."""
    notes: Sequence[str] = ()
    """Its footnotes."""
    by_order: bool = False
    """The document gives it no number: it was counted."""
    is_repeated: bool = False
    """The document has its number before, too."""
    numbered_lines: Sequence[str] = ()
    """Lines in it that begin with a number as conclusions do."""
    unseen: Sequence[str] = ()
    """Invisible characters that were left out of its text: U+202E."""


class Outline(NamedTuple):
    """The parts of a document."""

    header: Sequence[str]
    """The paragraphs before the first conclusion."""
    items: Sequence[OutlineItem]
    left_out: Sequence[str]
    """Headings, page numbers, signatures: what is in no conclusion."""
    gaps: Sequence[str]
    """Numbers that the series lacks."""
    columns: Sequence[str] = ()
    """The heads of the table in which the conclusions are."""


def outline(lines: Sequence[TextLine]) -> Outline:
    """Return the outline of a document's lines."""
    header: list[str] = []
    items: list[OutlineItem] = []
    left_out: list[str] = []
    gaps: list[str] = []
    columns: Sequence[str] = ()
    for number, section in enumerate(sections(lines)):
        found = [line.labelled_text for line in section.header]
        (left_out if number else header).extend(found)
        header += [line.labelled_text for line in section.agenda]
        left_out += [line.labelled_text for line in section.agenda if any(line_labels(line))]
        builder = _build(section)
        left_out.extend(builder.left_out)
        items.extend(item.finished() for item in builder.items)
        gaps.extend(section.missing)
        columns = columns or section.columns
    empty = {item.number for item in items if not item.text}
    stems = {item.stem for item in items}
    gaps += [item.number for item in items if not item.text and item.number not in stems]
    filled = [
        item._replace(stem=None if item.stem in empty else item.stem) for item in items if item.text
    ]
    return Outline(header, _with_unique_numbers(filled), left_out, gaps, columns)


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
        self.by_order = False
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
        found = OutlineItem(self.number, text, self.stem, self.cells, notes, self.by_order)
        return found._replace(numbered_lines=self.numbered_lines, unseen=unseen)


class _OutlineBuilder:
    """Takes the lines of one section in their order and makes items of them."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.items: list[_OpenItem] = []
        self.stem: _OpenItem | None = None
        """The open conclusion."""
        self.left_out: list[str] = []
        self.is_closed = False
        self.in_last = False
        """The open conclusion is the last one: a closing formula may follow."""

    def begin(self, number: str, line: TextLine, text: str) -> None:
        """Begin a conclusion."""
        self.stem = _OpenItem(self.prefix + number, None, line, text)
        self.items.append(self.stem)

    def begin_sub_item(self, number: str, line: TextLine, text: str) -> None:
        """Begin an item of the open conclusion."""
        stem = self.stem
        path = f"{stem.number}.{number}" if stem else self.prefix + number
        self.items.append(_OpenItem(path, stem.number if stem else None, line, text))

    def add(self, line: TextLine, text: str) -> None:
        """Add a line without label to the open item, or to what is left out."""
        last = self.items[-1] if self.items else None
        if self.is_closed or last is None:
            self.left_out.append(text)
        elif self.in_last and is_closing(text, starts_paragraph=line.after_gap):
            self.is_closed = True
            self.left_out.append(text)
        elif is_drawn_rule(text) or (last.parts and is_heading(line, last.parts[-1])):
            self.left_out.append(text)
        else:
            last.add(line, text)


def _build(section: DocumentSection) -> _OutlineBuilder:
    builder = _OutlineBuilder(section.prefix)
    if not section.series:
        _build_by_order(section.body, builder)
        return builder
    starts = {candidate.line: candidate for candidate in section.series}
    bounds = [*(candidate.line for candidate in section.series), len(section.body)]
    for start, end in pairwise(bounds):
        builder.in_last = end == bounds[-1]
        _build_conclusion(section, starts[start], end, builder)
    return builder


def _build_conclusion(
    section: DocumentSection, start: Candidate, end: int, builder: _OutlineBuilder
) -> None:
    first = section.body[start.line]
    builder.begin(section.number(start.label), first, start.label.rest)
    labelled = sub_items(section.body, start.line + 1, end, start.label)
    for place in range(start.line + 1, end):
        line = section.body[place]
        text = line.labelled_text
        if place in section.dropped:
            builder.left_out.append(text)
            continue
        label = labelled.get(place)
        if label and label.written and not builder.is_closed:
            builder.begin_sub_item(label.written, line, label.rest)
        else:
            builder.add(line, text)
            is_too_deep = label is not None and not label.written
            if is_too_deep or labels_like(line, start.label):
                builder.items[-1].numbered_lines.append(text)


def _build_by_order(body: Sequence[TextLine], builder: _OutlineBuilder) -> None:
    """Make each paragraph of a document without numbers an item, by its order."""
    for paragraph in _paragraphs(body):
        first = paragraph[0]
        text = " ".join(line.text for line in paragraph)
        if builder.is_closed or is_closing(text, starts_paragraph=True):
            builder.is_closed = bool(builder.items)
            builder.left_out.append(text)
        elif is_heading(first, "", alone=len(paragraph) == 1) or introduces_list(text):
            builder.left_out.append(text)
        elif builder.items and text[:1].islower():
            builder.items[-1].add(first, text)
        else:
            builder.begin(str(len(builder.items) + 1), first, text)
            builder.items[-1].by_order = True


def _paragraphs(body: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    paragraph: list[TextLine] = []
    for line in body:
        if paragraph and line.after_gap:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


# --- sub-items of a conclusion: a) b), i) ii), bullets, 8.1, each in its own series --------------

_MAX_LEVELS = 9
"""As many as a word processor has; what stands deeper belongs to the text of its item."""


def sub_items(lines: Sequence[TextLine], start: int, end: int, own: Label) -> Mapping[int, Label]:
    """Return the labels of the items in `lines[start:end]`, by line, written as they are cited.

    `own` is the label of the conclusion; no item has one of its kind and style. A line that would
    begin a level too many has a label with nothing written.
    """
    found: dict[int, Label] = {}
    levels: list[Label] = []
    for place in range(start, end):
        line = lines[place]
        readings = [
            label._replace(written=label.written.removeprefix(f"{own.written}."))  # 2.1 of 3.2.1
            for label in labels_of(line.labelled_text)
            if not label._replace(
                style=f"auto {label.style}" if line.label else label.style
            ).fits_series_of(own)
        ]
        choice = _choose_reading(readings, levels)
        if choice is not None:
            label, levels = choice
            found[place] = label._replace(written=_path(levels))
        elif len(levels) == _MAX_LEVELS and any(map(_begins_series, readings)):
            found[place] = readings[0]._replace(written="")
    if len(found) == 1 and _continues_inside(found, lines, end):
        return {}
    return found


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


def _continues_inside(found: Mapping[int, Label], lines: Sequence[TextLine], end: int) -> bool:
    """Tell whether the second item is inside a sentence, so that the first one is, too."""
    [(place, label)] = found.items()
    text = " ".join(line.text for line in lines[place:end])
    second = {"lower": "b", "roman": "ii", "number": "2"}.get(label.kind)
    return second is not None and re.search(rf"\s\(?{second}[.)]\s", text) is not None
