"""The whole text of a document in its order, with marks on the words that something comes from.

What a draft says of a place in a conclusion is found again in the document's own lines by counting
letters: without white space and invisible characters both have the same ones.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from grcm_cli.drafting.dates.expressions import time_expressions_in
from grcm_cli.drafting.draft import Draft, DraftConclusion, meeting_end
from grcm_cli.drafting.passage import Excerpt
from grcm_cli.drafting.reading import DraftMandate
from grcm_cli.drafting.review import Doubt
from grcm_cli.language.characters import HIDDEN, without_hidden

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
_LETTER = re.compile(rf"[^\s{HIDDEN}]")
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
    for key in draft.keys.values():
        marker.add_header_words("meeting", key.words)
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


# --- letters --------------------------------------------------------------------------------------


def _letters(text: str) -> str:
    return "".join(_LETTER.findall(text))


class _LineLetters:
    """The letters of some lines of the document, and where in the lines each of them is."""

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        self._lines = [number for number, _text in lines]
        self._places = [[m.start() for m in _LETTER.finditer(text)] for _number, text in lines]
        self._starts = [0, *accumulate(map(len, self._places))]
        self.text = "".join(_letters(text) for _number, text in lines)

    def spans(self, start: int, end: int) -> list[_LineSpan]:
        """Return where letters from one to the one before another are."""
        found = []
        place = bisect_right(self._starts, start) - 1
        while start < end and place < len(self._lines):
            first = self._starts[place]
            last = min(end, self._starts[place + 1])
            if last > start:
                inside = self._places[place]
                span = inside[start - first], inside[last - first - 1] + 1
                found.append((self._lines[place], *span))
            start = max(start, last)
            place += 1
        return found

    def find(self, words: str, start: int = 0, end: int | None = None) -> list[_LineSpan]:
        """Return where some words are; nothing where they are not."""
        letters = _letters(words)
        at = self.text.find(letters, start, end) if letters else -1
        return self.spans(at, at + len(letters)) if at >= 0 else []


class _ItemText:
    """The text of a conclusion, as the document's lines have it."""

    def __init__(self, conclusion: DraftConclusion, lines: Sequence[tuple[int, str]]) -> None:
        self.text, self._is_row = conclusion.item.text, bool(conclusion.item.cells)
        self._offsets = [match.start() for match in _LETTER.finditer(self.text)]
        self._letters = _LineLetters(lines)
        self._runs = list(self._aligned())
        """Where its letters are: the first one's place in the text and in the lines, and how many
        follow one another."""
        self._begin = self._runs[0][1] if self._runs else 0

    def _aligned(self) -> Iterator[tuple[int, int, int]]:
        letters, document = _letters(self.text), self._letters.text
        at = document.rfind(letters)
        if at >= 0:
            yield 0, at, len(letters)
            return
        done = cursor = 0  # a row: other cells stand between its words
        for word in map(_letters, self.text.split()):
            at = document.find(word, cursor)
            if at >= 0:
                yield done, at, len(word)
                cursor = at + len(word)
            done += len(word)

    def spans(self, start: int, end: int) -> list[_LineSpan]:
        """Return where characters of the text are in the document."""
        first, last = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        found: list[_LineSpan] = []
        run = max(0, bisect_right(self._runs, first, key=lambda run: run[0]) - 1)
        for place in range(run, len(self._runs)):
            begin, at, size = self._runs[place]
            if begin >= last:
                break
            inside = max(first, begin), min(last, begin + size)
            if inside[0] < inside[1]:
                found += self._letters.spans(at + inside[0] - begin, at + inside[1] - begin)
        return _joined(found)

    def find(self, words: str) -> list[_LineSpan]:
        """Return where some words are in the text, or else in the other cells of its row."""
        words = " ".join(without_hidden(words)[0].split())
        at = self.text.find(words) if words else -1
        if at >= 0:
            return self.spans(at, at + len(words))
        return self._letters.find(words, self._begin) or self.find_beside(words)

    def find_beside(self, words: str) -> list[_LineSpan]:
        """Return where some words are in the other cells of its row."""
        if not (self._is_row and self._runs):
            return []  # what is beside the text is its label
        _place, at, size = self._runs[-1]
        return self._letters.find(words, at + size) or self._letters.find(words)

    def label(self, number: str) -> list[_LineSpan]:
        """Return where the label is."""
        size = self._begin
        if self._is_row:
            size = len(number) if self._letters.text.startswith(number) else 0
        return self._letters.spans(0, size)


def _joined(spans: Sequence[_LineSpan]) -> list[_LineSpan]:
    """Return stretches of lines, those that only white space is between as one."""
    found: list[_LineSpan] = []
    for line, start, end in spans:
        if found and found[-1][0] == line and start - found[-1][2] <= 1:
            found[-1] = line, found[-1][1], end
        else:
            found.append((line, start, end))
    return found


# --- marks ----------------------------------------------------------------------------------------


def _word_start(text: str, place: int) -> int:
    """Return where the word or the number begins that has a character."""
    while place and text[place - 1].isalnum():
        place -= 1
    return place


class _Stretches:
    """The characters of a line that have any mark."""

    def __init__(self, marks: Sequence[tuple[int, int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end, _mark in sorted(marks):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def meet(self, start: int, end: int) -> bool:
        """Tell whether any character from one to the one before another has a mark."""
        place = bisect_right(self._ends, start)
        return place < len(self._starts) and self._starts[place] < end


class _Marker:
    """Collects the marks of a document, and cuts its lines at them."""

    def __init__(self, draft: Draft) -> None:
        self.marks: list[Mark] = []
        self._known: dict[tuple[MarkKind, str, tuple[_LineSpan, ...]], int] = {}
        self._by_line: dict[int, list[tuple[int, int, int]]] = {}
        """The marks of each line: where each begins and ends, and its place in `marks`."""
        self._parts = draft.outline.parts
        self._cells = {cell.line: cell for cell in draft.unused_cells}
        parts = list(enumerate(self._parts))
        self._lines = [" ".join(without_hidden(part.text)[0].split()) for part in self._parts]
        lines: dict[str, list[tuple[int, str]]] = {}
        for place, part in parts:
            if part.number and not part.is_note:
                lines.setdefault(part.number, []).append((place, self._lines[place]))
        self._conclusions = {c.item.number: c for c in draft.conclusions}
        self._items = {
            number: _ItemText(conclusion, lines.get(number, []))
            for number, conclusion in self._conclusions.items()
        }
        outside = [(n, self._lines[n]) for n, part in parts if part.place == "header"]
        self._header = _LineLetters(outside)
        self._outside = {_letters(self._lines[n]): n for n, part in parts if not part.number}

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

    def add_header_words(self, kind: MarkKind, words: str) -> None:
        """Mark words of the header."""
        self._add(kind, self._header.find(words))

    def add_conclusion(self, conclusion: DraftConclusion, first: int, older: int) -> None:
        """Mark what a conclusion's mandates come from, and what it does with older ones.

        `first` and `older` are the places of its first ones in the draft.
        """
        for place, duty in enumerate(conclusion.reading.duties, first):
            for kind, excerpt in _excerpts(duty):
                mark = self._add(kind, self._spans_of(conclusion, excerpt))
                if mark and place not in mark.mandates[-1:]:
                    mark.mandates.append(place)
        for place, one in enumerate(conclusion.older, older):
            spans = self._spans_of(conclusion, Excerpt(one.words, one.place))
            marks = [self._add(one.kind, spans, one.reference)]
            if one.due_place:
                marks.append(
                    self._add("deadline", self._spans_of(conclusion, Excerpt("", one.due_place)))
                )
            for mark in filter(None, marks):
                mark.older.append(place)

    def add_unused_cells(self) -> None:
        """Mark the cells of rows from which nothing comes."""
        for cell in self._cells.values():
            self._add("unused", self._items[cell.number].find_beside(cell.text))

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
        marked = {line: _Stretches(marks) for line, marks in self._by_line.items()}
        for conclusion in conclusions:
            text = conclusion.item.text
            times = time_expressions_in(text, 0, len(text), ended)
            starts = [_word_start(text, start) for start, _end in times]
            ends = [end for _start, end in times]
            excerpts = [Excerpt(text[a:b], (a, b)) for a, b in zip(starts, ends, strict=True)]
            for excerpt in [*conclusion.reading.mentions, *excerpts]:
                spans = self._spans_of(conclusion, excerpt)
                if not any(line in marked and marked[line].meet(a, b) for line, a, b in spans):
                    self._add("unread", spans)

    def _spans_of_doubt(self, doubt: Doubt) -> list[_LineSpan]:
        if not doubt.words:
            return []
        line = self._outside.get(_letters(doubt.words))
        outside = [(line, 0, len(self._lines[line]))] if line is not None else []
        if doubt.number:
            conclusion = self._conclusions[doubt.number.partition("#")[0]]
            return self._spans_of(conclusion, Excerpt(doubt.words, doubt.place)) or outside
        cell = self._cells.get(doubt.words)
        if outside:
            return outside
        if cell is not None:
            return self._items[cell.number].find_beside(cell.text)
        return self._header.find(doubt.words)

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


def _excerpts(duty: DraftMandate) -> Iterator[tuple[MarkKind, Excerpt]]:
    """Yield the words that a mandate comes from, with what each of them gave."""
    yield "duty", Excerpt(duty.verb_words, duty.verb_place)
    if duty.who.mode != "nobody":
        yield "party", Excerpt(duty.who.words, duty.who.place)
    for excerpt in duty.who.exception_words:
        yield "exception", excerpt
    for excerpt in duty.support_words:
        yield "support", excerpt
    if duty.due is not None:
        yield "deadline", Excerpt(duty.due_words, duty.due_place)
