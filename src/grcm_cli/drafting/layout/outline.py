"""The outline of a document: its header, its numbered conclusions with their sub-items, the rest."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from grcm_cli.drafting.layout.choice import labels_in
from grcm_cli.drafting.layout.line import Line
from grcm_cli.drafting.layout.sections import Section, sections
from grcm_cli.drafting.layout.series import Candidate
from grcm_cli.drafting.layout.signs import closes, is_heading, is_rule, opens_list
from grcm_cli.reader.source import without_unseen


class Item(NamedTuple):
    """A conclusion, or an item under one."""

    number: str
    text: str
    stem: str | None = None
    """The number of the conclusion under which it stands."""
    cells: Sequence[str] = ()
    """The other cells of its row, where it stands in a table."""
    notes: Sequence[str] = ()
    """Its footnotes."""
    by_order: bool = False
    """The document gives it no number: it was counted."""
    is_again: bool = False
    """The document has its number once more, before it."""
    like_own: Sequence[str] = ()
    """Lines in it that begin with a number as conclusions do."""
    unseen: Sequence[str] = ()
    """Characters that are not to be seen, and were left out of its text: U+202E."""


class Outline(NamedTuple):
    """What stands where."""

    header: Sequence[str]
    """The paragraphs before the first conclusion."""
    items: Sequence[Item]
    left_out: Sequence[str]
    """Headings, page numbers, signatures: what is in no conclusion."""
    gaps: Sequence[str]
    """Numbers that the series lacks."""
    columns: Sequence[str] = ()
    """The heads of the table in which the conclusions stand."""


class _Builder:
    """Takes the lines of one section in their order and makes items of them."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.items: list[_Open] = []
        self.left_out: list[str] = []
        self.is_closed = False
        self.is_last = False
        """The conclusion that is open is the last one: a closing formula may come."""

    def main(self, written: str, line: Line, text: str, *, by_order: bool = False) -> None:
        self.items.append(_Open(self.prefix + written, None, line, text, by_order=by_order))

    def sub(self, written: str, line: Line, text: str) -> None:
        stem = self.stem
        number = f"{stem.number}.{written}" if stem else self.prefix + written
        self.items.append(_Open(number, stem.number if stem else None, line, text))

    @property
    def stem(self) -> "_Open | None":
        """The conclusion that is open: its items come under it."""
        return next((item for item in reversed(self.items) if item.stem is None), None)

    def more(self, line: Line, text: str) -> None:
        """Take a line that has no label: it goes on with what is above, or is left out."""
        if self.is_closed or not self.items:
            self.left_out.append(text)
        elif self.is_last and closes(text, starts_paragraph=line.after_gap):
            self.is_closed = True
            self.left_out.append(text)
        elif is_rule(text) or (self.items[-1].last and is_heading(line, self.items[-1].last)):
            self.left_out.append(text)
        else:
            self.items[-1].add(line, text)


class _Open:
    """An item that still grows."""

    def __init__(
        self, number: str, stem: str | None, line: Line, text: str, *, by_order: bool = False
    ) -> None:
        self.number, self.stem, self.by_order = number, stem, by_order
        self.parts = [text] if text else []
        self.cells = tuple(line.cells)
        self.notes = [*line.notes]
        self.like_own: list[str] = []

    @property
    def last(self) -> str:
        return self.parts[-1] if self.parts else ""

    def add(self, line: Line, text: str) -> None:
        self.parts.append(text)
        self.notes.extend(line.notes)

    def closed(self) -> Item:
        text = " ".join(" ".join(self.parts).split())
        plain, unseen = without_unseen(text)
        notes = tuple(without_unseen(note)[0] for note in self.notes)
        return Item(
            self.number,
            plain,
            self.stem,
            self.cells,
            notes,
            self.by_order,
            like_own=self.like_own,
            unseen=unseen,
        )


def outline(lines: Sequence[Line]) -> Outline:
    """Return the outline of a document's lines."""
    header: list[str] = []
    items: list[Item] = []
    left_out: list[str] = []
    gaps: list[str] = []
    columns: Sequence[str] = ()
    for number, section in enumerate(sections(lines)):
        found = [line.whole for line in section.header]
        (left_out if number else header).extend(found)
        header += [line.whole for line in section.before]
        left_out += [line.whole for line in section.before if any(labels_in(line))]
        builder = _build(section)
        left_out.extend(builder.left_out)
        items.extend(item.closed() for item in builder.items)
        gaps.extend(section.gaps)
        columns = columns or section.columns
    empty = [item.number for item in items if not item.text]
    gaps += [number for number in empty if not any(item.stem == number for item in items)]
    kept = [
        item._replace(stem=None if item.stem in empty else item.stem) for item in items if item.text
    ]
    return Outline(header, _with_own_numbers(kept), left_out, gaps, columns)


def _with_own_numbers(items: Sequence[Item]) -> list[Item]:
    """Return the items, each with a number of its own: the second 5 of a document is 5-2."""
    seen: dict[str, int] = {}
    stem = ""
    changed = []
    for item in items:
        seen[item.number] = seen.get(item.number, 0) + 1
        count = seen[item.number]
        number = item.number if count == 1 else f"{item.number}-{count}"
        if item.stem is None:
            stem = number
            changed.append(item._replace(number=number, is_again=count > 1))
        else:
            changed.append(item._replace(number=number, stem=stem))
    return changed


def _build(section: Section) -> _Builder:
    builder = _Builder(section.prefix)
    if not section.series:
        _by_order(section.body, builder)
        return builder
    starts = {candidate.line: candidate for candidate in section.series}
    bounds = [candidate.line for candidate in section.series] + [len(section.body)]
    for start, end in pairwise(bounds):
        builder.is_last = end == bounds[-1]
        _conclusion(section, starts[start], end, builder)
    return builder


def _conclusion(section: Section, start: Candidate, end: int, builder: _Builder) -> None:
    line = section.body[start.line]
    rest = start.label.rest
    builder.main(section.written(start.label), line, rest)
    labelled = dict(section.under(start.label, start.line + 1, end))
    for index in range(start.line + 1, end):
        line = section.body[index]
        if index in section.dropped:
            builder.left_out.append(line.whole)
        elif index in labelled and not builder.is_closed:
            label = labelled[index]
            builder.sub(label.written, line, label.rest)
        else:
            builder.more(line, line.whole)
            if _is_like(line, start):
                builder.items[-1].like_own.append(line.whole)


def _is_like(line: Line, start: Candidate) -> bool:
    """Tell whether a line begins with a label as a conclusion has."""
    own = (start.label.kind, start.label.style)
    return any((label.kind, label.style) == own for label in labels_in(line))


def _by_order(body: Sequence[Line], builder: _Builder) -> None:
    """Make each paragraph of a document without numbers an item, by its order."""
    for paragraph in _paragraphs(body):
        first = paragraph[0]
        text = " ".join(line.text for line in paragraph)
        if builder.is_closed or closes(text, starts_paragraph=True):
            builder.is_closed = bool(builder.items)
            builder.left_out.append(text)
        elif is_heading(first, "", alone=len(paragraph) == 1) or opens_list(text):
            builder.left_out.append(text)
        elif builder.items and text[:1].islower():
            builder.items[-1].add(first, text)
        else:
            builder.main(str(len(builder.items) + 1), first, text, by_order=True)


def _paragraphs(body: Sequence[Line]) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    for line in body:
        if paragraph and line.after_gap:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph
