"""The whole text of a document in its order, with marks on the words that something comes from.

Each part of the document says which words of it are in the text of a conclusion, so that a place
in that text is one in a line. Both are without invisible characters and with single spaces.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from grcm_cli.drafting.dates.expressions import time_expressions_in
from grcm_cli.drafting.draft import Draft, DraftConclusion, meeting_end
from grcm_cli.drafting.header import DraftValue
from grcm_cli.drafting.layout.outline import OutlineItem, OutlinePart
from grcm_cli.drafting.passage import Excerpt
from grcm_cli.drafting.review import Doubt
from grcm_cli.language.characters import without_hidden

MarkKind = Literal[
    "duty",
    "party",
    "exception",
    "support",
    "deadline",
    "follows",
    "extends",
    "closes",
    "supersedes",
    "meeting",
    "doubt",
    "unread",
    "unused",
]
"""`unread`: a name or a time that gave nothing. `unused`: a cell in no conclusion."""
_LineSpan = tuple[int, int, int]
"""A line of the document, and the characters of it: the first, and the one after the last."""


class Mark(NamedTuple):
    """Words of the document from which something comes, or that are left open."""

    kind: MarkKind
    words: str
    """As the document has them, white space aside."""
    mandates: list[int]
    """The mandates that come from them, counted from 0 in the order of the draft."""
    doubts: list[int]
    """The doubts about them, counted from 0."""
    older: list[int]
    """What is done with older mandates by them, counted from 0 in the order of the draft."""
    reference: str = ""
    """The older mandate or conclusion that they cite."""


class MarkedPiece(NamedTuple):
    """A stretch of a line over which the marks are the same."""

    text: str
    marks: Sequence[int]
    """The longest first."""


class MarkedLine(NamedTuple):
    """A line of the document, cut where a mark begins or ends."""

    pieces: Sequence[MarkedPiece]
    is_note: bool
    """It is a footnote."""


class DocumentBlock(NamedTuple):
    """Lines of the document one after another that are in the same place of the draft."""

    place: Literal["header", "conclusion", "none"]
    number: str
    """The conclusion's; empty where the lines are in none."""
    is_continued: bool
    """The conclusion began before."""
    label: str
    """As it is printed; the lines are without it."""
    lines: Sequence[MarkedLine]


class MarkedDocument(NamedTuple):
    """A document with its marks, and which of them each mandate and each doubt has."""

    blocks: Sequence[DocumentBlock]
    marks: Sequence[Mark]

    def of_mandates(self) -> Mapping[tuple[int, MarkKind], list[int]]:
        """Return the marks of each mandate, by its place in the draft and their kind."""
        found: dict[tuple[int, MarkKind], list[int]] = {}
        for place, mark in enumerate(self.marks):
            for mandate in mark.mandates:
                found.setdefault((mandate, mark.kind), []).append(place)
        return found

    def of_older(self) -> Mapping[int, list[int]]:
        """Return the marks of what is done with each older mandate, by its place in the draft."""
        found: dict[int, list[int]] = {}
        for place, mark in enumerate(self.marks):
            for number in mark.older:
                found.setdefault(number, []).append(place)
        return found

    def of_doubts(self) -> Mapping[int, int]:
        """Return the first mark of each doubt whose words are in the document."""
        found: dict[int, int] = {}
        for place, mark in enumerate(self.marks):
            for doubt in mark.doubts:
                found.setdefault(doubt, place)
        return found


def marked_document(draft: Draft, doubts: Sequence[Doubt]) -> MarkedDocument:
    """Return the whole document of a draft with its marks; `doubts` are all of the draft's."""
    marker = _Marker(draft)
    marker.add_keys(draft.keys)
    first = older = 0
    for conclusion in draft.conclusions:
        marker.add_conclusion(conclusion, first, older)
        first += len(conclusion.reading.duties)
        older += len(conclusion.older)
    marker.add_unused_cells()
    for number, doubt in enumerate(doubts):
        marker.add_doubt(doubt, number)
    ended = meeting_end(draft.keys)
    marker.add_unread(draft.conclusions, ended)
    return MarkedDocument(list(marker.blocks()), marker.marks)


# --- places ---------------------------------------------------------------------------------------


class _Lines:
    """Some lines of the document as one text, with a space between two of them."""

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        filled = [(number, text) for number, text in lines if text]
        self._numbers = [number for number, _text in filled]
        self.text = " ".join(text for _number, text in filled)
        self.starts = [0, *accumulate(len(text) + 1 for _number, text in filled)]

    def spans(self, start: int, end: int) -> list[_LineSpan]:
        """Return where characters of the text are in the lines, white space at edges aside."""
        spans = []
        first = max(0, bisect_right(self.starts, start) - 1)
        for place in range(first, len(self._numbers)):
            begin = self.starts[place]
            if begin >= end:
                break
            low, high = max(start, begin), min(end, self.starts[place + 1] - 1)
            words = self.text[low:high]
            low += len(words) - len(words.lstrip())
            if words.strip():
                spans.append((self._numbers[place], low - begin, low - begin + len(words.strip())))
        return spans

    def find(self, words: str, start: int = 0) -> list[_LineSpan]:
        """Return where some words are; nothing where they are not."""
        plain = _plain(words)
        at = self.text.find(plain, start) if plain else -1
        return self.spans(at, at + len(plain)) if at >= 0 else []


class _ItemText:
    """The text of a conclusion, as the document's lines have it."""

    def __init__(self, item: OutlineItem, parts: Sequence[tuple[int, OutlinePart]]) -> None:
        """Take the parts of the document that have it, each with the number of its line."""
        self.text, self._is_row = item.text, bool(item.cells)
        self._parts = parts
        self._runs = sorted((run, number) for number, part in parts for run in part.runs)

    def spans(self, start: int, end: int) -> list[_LineSpan]:
        """Return where characters of the text, or of the cells behind it, are in the document."""
        spans: list[_LineSpan] = []
        first = max(0, bisect_right(self._runs, start, key=lambda run: run[0].start) - 1)
        for (begin, at, size), line in self._runs[first:]:
            if begin >= end:
                break
            low, high = max(start, begin) - begin, min(end - begin, size)
            if low < high:
                left, right = at + low, at + high
                goes_on = spans and spans[-1][0] == line and left - spans[-1][2] == 1
                spans.append((line, spans.pop()[1] if goes_on else left, right))
        return spans

    def find(self, words: str) -> list[_LineSpan]:
        """Return where some words are in the text."""
        plain = _plain(words)
        at = self.text.find(plain) if plain else -1
        return self.spans(at, at + len(plain)) if at >= 0 else []

    def label(self, number: str) -> list[_LineSpan]:
        """Return where the label is."""
        line, part = self._parts[0] if self._parts else (0, None)
        size = min((run.at for run in part.runs), default=0) if part else 0
        if part and self._is_row:
            size = len(number) if part.text.startswith(number) else 0
        return [(line, 0, size)] if size else []


def _plain(text: str) -> str:
    """Return a text without invisible characters, its words with one space between two."""
    return " ".join(without_hidden(text)[0].split())


# --- marks ----------------------------------------------------------------------------------------


class _Marker:
    """Collects the marks of a document, and cuts its lines at them."""

    def __init__(self, draft: Draft) -> None:
        self.marks: list[Mark] = []
        self._known: dict[tuple[MarkKind, str, tuple[_LineSpan, ...]], int] = {}
        self._by_line: dict[int, list[tuple[int, int, int]]] = {}
        """The marks of each line: where each begins and ends, and its place in `marks`."""
        self._parts = draft.outline.parts
        self._cells = {cell.line: cell for cell in draft.unused_cells}
        self._lines = [_plain(part.text) for part in self._parts]
        lines: dict[str, list[tuple[int, OutlinePart]]] = {}
        for place, part in enumerate(self._parts):
            if part.number and not part.is_note:
                lines.setdefault(part.number, []).append((place, part))
        self._conclusions = {c.item.number: c for c in draft.conclusions}
        self._items = {
            number: _ItemText(conclusion.item, lines.get(number, []))
            for number, conclusion in self._conclusions.items()
        }
        parts = list(zip(self._parts, enumerate(self._lines), strict=True))
        self._header = _Lines([(place, self._lines[place]) for place in draft.outline.header_parts])
        self._outside = {text: place for part, (place, text) in parts if not part.number}

    def _add(self, kind: MarkKind, spans: Sequence[_LineSpan], reference: str = "") -> Mark | None:
        """Return the mark of a kind on some stretches, or None where there are none."""
        if not spans:
            return None
        key = kind, reference, tuple(spans)
        if key not in self._known:
            self._known[key] = len(self.marks)
            words = " ".join(self._lines[line][start:end] for line, start, end in spans)
            for line, start, end in spans:
                self._by_line.setdefault(line, []).append((start, end, len(self.marks)))
            self.marks.append(Mark(kind, words, [], [], [], reference))
        return self.marks[self._known[key]]

    def _spans_of(self, conclusion: DraftConclusion, excerpt: Excerpt) -> list[_LineSpan]:
        """Return where words of a conclusion are: in its text, in those that it completes."""
        own = self._items[conclusion.item.number]
        if excerpt.place is None:
            texts = [own, *(self._items[number] for number in reversed(conclusion.stems))]
            return next((spans for text in texts if (spans := text.find(excerpt.words))), [])
        start, end = excerpt.place
        found = own.spans(max(0, start), end) if end > 0 else []
        for number in reversed(conclusion.stems):
            stem = self._items[number]
            start, end = start + len(stem.text) + 1, end + len(stem.text) + 1
            if end > 0 and start < len(stem.text):
                found = stem.spans(max(0, start), end) + found
            if start >= 0:
                break
        return found

    def add_keys(self, keys: Mapping[str, DraftValue]) -> None:
        """Mark the words of the header from which the keys of the meeting come."""
        for value in keys.values():
            self._add("meeting", self._header.spans(*value.place) if value.place else ())

    def add_conclusion(self, conclusion: DraftConclusion, first: int, older: int) -> None:
        """Mark what a conclusion's mandates come from, and what it does with older ones.

        `first` and `older` are the places of its first ones in the draft.
        """
        for place, duty in enumerate(conclusion.reading.duties, first):
            who = duty.who
            party = [Excerpt(who.words, who.place)] if who.mode != "nobody" else []
            deadline = [Excerpt(duty.due_words, duty.due_place)] if duty.due is not None else []
            excerpts: list[tuple[MarkKind, Sequence[Excerpt]]] = [
                ("duty", [Excerpt(duty.verb_words, duty.verb_place)]),
                *(("party", party), ("exception", who.exception_words)),
                *(("support", duty.support_words), ("deadline", deadline)),
            ]
            for kind, excerpt in ((kind, each) for kind, several in excerpts for each in several):
                mark = self._add(kind, self._spans_of(conclusion, excerpt))
                if mark and place not in mark.mandates[-1:]:
                    mark.mandates.append(place)
        for place, one in enumerate(conclusion.older, older):
            spans = self._spans_of(conclusion, Excerpt(one.words, one.place))
            due = self._spans_of(conclusion, Excerpt("", one.due_place)) if one.due_place else []
            marks = self._add(one.kind, spans, one.reference), self._add("deadline", due)
            for mark in filter(None, marks):
                mark.older.append(place)

    def add_unused_cells(self) -> None:
        """Mark the cells of rows from which nothing comes."""
        for cell in self._cells.values():
            self._add("unused", self._items[cell.number].spans(*cell.place))

    def add_doubt(self, doubt: Doubt, number: int) -> None:
        """Mark the words that a doubt is about, where the document has them."""
        others = [self._header.find(words) for words in doubt.other_words]
        for spans in (self._spans_of_doubt(doubt), *others):
            mark = self._add("doubt", spans)
            if mark and number not in mark.doubts:
                mark.doubts.append(number)

    def add_unread(self, conclusions: Sequence[DraftConclusion], ended: date) -> None:
        """Mark the parties and the times in the conclusions' texts that nothing else is marked on.

        `ended` is the meeting's last day.
        """
        marked = {line: bytearray(len(self._lines[line])) for line in self._by_line}
        for line, marks in self._by_line.items():
            for start, end, _mark in marks:
                marked[line][start:end] = b"\1" * (end - start)
        for conclusion in conclusions:
            text = conclusion.item.text
            excerpts = list(conclusion.reading.mentions)
            for begin, end in time_expressions_in(text, 0, len(text), ended):
                start = begin  # of its first word
                while start and text[start - 1].isalnum():
                    start -= 1
                excerpts.append(Excerpt("", (start, end)))
            for excerpt in excerpts:
                spans = self._spans_of(conclusion, excerpt)
                if not any(any(marked.get(line, b"")[a:b]) for line, a, b in spans):
                    self._add("unread", spans)

    def _spans_of_doubt(self, doubt: Doubt) -> list[_LineSpan]:
        if not doubt.words:
            return []
        line = self._outside.get(_plain(doubt.words))
        outside = [(line, 0, len(self._lines[line]))] if line is not None else []
        if doubt.number:
            conclusion = self._conclusions[doubt.number.partition("#")[0]]
            return self._spans_of(conclusion, Excerpt(doubt.words, doubt.place)) or outside
        cell = self._cells.get(doubt.words)
        beside = self._items[cell.number].spans(*cell.place) if cell else None
        return outside or (self._header.find(doubt.words) if beside is None else beside)

    # --- lines --------------------------------------------------------------------------------

    def blocks(self) -> Iterator[DocumentBlock]:
        """Yield the document in its order."""
        begun: set[str] = set()
        labels: dict[int, int] = {}
        """Where the label of a line ends."""
        for number, item in self._items.items():
            labels.update({line: end for line, _start, end in item.label(number)})
        start = 0
        for place, part in enumerate(self._parts):
            following = self._parts[place + 1] if place + 1 < len(self._parts) else None
            if following and (following.place, following.number) == (part.place, part.number):
                continue
            numbers = range(start, place + 1)
            start = place + 1
            is_continued = part.number in begun
            cuts = {} if is_continued else {n: labels.get(n, 0) for n in numbers}
            lines = [
                MarkedLine(self._pieces(n, cuts.get(n, 0)), self._parts[n].is_note) for n in numbers
            ]
            yield DocumentBlock(
                part.place,
                part.number,
                is_continued,
                " ".join(self._lines[n][:end] for n, end in cuts.items() if end),
                [line for line in lines if line.pieces],
            )
            begun |= {part.number} - {""}

    def _pieces(self, line: int, begin: int) -> list[MarkedPiece]:
        """Return a line from a character on, cut where a mark begins or ends."""
        text, marks = self._lines[line], self._by_line.get(line, [])
        bounds = {begin, len(text), *(at for start, end, _mark in marks for at in (start, end))}
        cuts = sorted(at for at in bounds if at >= begin)
        opened = sorted(marks, key=lambda mark: (mark[0], -mark[1]), reverse=True)
        active: list[tuple[int, int, int]] = []
        found = []
        for start, end in pairwise(cuts):
            active = [mark for mark in active if mark[1] > start]
            while opened and opened[-1][0] <= start:
                active.append(opened.pop())
            active.sort(key=lambda mark: (mark[0], -mark[1]))
            over = [mark for _start, end_of_mark, mark in active if end_of_mark > start]
            found.append(MarkedPiece(text[start:end], over))
        return [piece for piece in found if piece.text]
