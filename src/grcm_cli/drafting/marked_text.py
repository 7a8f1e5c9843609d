"""The whole text of a document in its order, with marks on the words that something comes from.

Every place in the text of a conclusion is one in a part of the document, as the outline has them.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, groupby, pairwise
from typing import Literal, NamedTuple

from grcm_cli.drafting.deadlines import time_expressions_in
from grcm_cli.drafting.draft import Doubt, Draft, DraftConclusion, meeting_end
from grcm_cli.drafting.layout.outline import TextRun
from grcm_cli.drafting.layout.text_line import is_ornament
from grcm_cli.drafting.passage import Place
from grcm_cli.language.lexicon import whole_words
from grcm_cli.language.text import with_single_spaces

MarkKind = Literal["duty", "party", "deadline", "older", "meeting", "doubt", "unused"]
"""`unused`: what is like a duty or a time, or a cell of a row, and gave nothing."""
LineSpan = tuple[int, int, int]
"""A part of the document, and the characters of it: the first, and the one after the last."""
_MarkInLine = tuple[int, int, int, bool, bool]
"""Its ends, its place among the marks, whether it begins and ends in the line."""
_BINDING = whole_words("layout.binding_verbs")


class Mark(NamedTuple):
    """Words of the document from which something comes, or that are left open."""

    kind: MarkKind
    words: str
    cards: list[str]
    """What comes from them: a mandate's place in the draft, or `r` and that of what is done with an
    older one, each counted from 0."""
    doubts: list[int]  # the doubts about them, counted from 0


class MarkedPiece(NamedTuple):
    """A stretch of a line over which the marks are the same, the outermost first."""

    text: str
    marks: Sequence[tuple[int, bool, bool]]
    """The place of each among all, and whether it begins and ends with the stretch."""


class MarkedLine(NamedTuple):
    """A line of the document, cut where a mark begins or ends."""

    pieces: Sequence[MarkedPiece]
    is_note: bool  # it is a footnote


class DocumentBlock(NamedTuple):
    """Lines of the document one after another that are in the same place of the draft."""

    place: Literal["header", "conclusion", "none"]
    number: str  # the conclusion's; empty where the lines are in none
    is_continued: bool  # the conclusion began before
    label: str  # as it is printed; the lines are without it
    lines: Sequence[MarkedLine]


class MarkedDocument(NamedTuple):
    """A document with its marks."""

    blocks: Sequence[DocumentBlock]
    marks: Sequence[Mark]

    def of_cards(self) -> Mapping[tuple[str, MarkKind], list[int]]:
        """Return the marks of each card, by the card and their kind."""
        marks: dict[tuple[str, MarkKind], list[int]] = {}
        for place, mark in enumerate(self.marks):
            for card in mark.cards:
                marks.setdefault((card, mark.kind), []).append(place)
        return marks

    def of_doubts(self) -> Mapping[int, int]:
        """Return the first mark of each doubt whose words are in the document."""
        last_first = list(enumerate(self.marks))[::-1]
        return {doubt: place for place, mark in last_first for doubt in mark.doubts}


def marked_document(draft: Draft, doubts: Sequence[Doubt]) -> MarkedDocument:
    """Return the whole document of a draft with its marks; `doubts` are all of the draft's."""
    marker = _Marker(draft)
    for value in draft.keys.values():
        if value.place:
            marker.add("meeting", marker.in_item("", *value.place))
    marker.add_cards()
    for number, doubt in enumerate(doubts):
        for spans in marker.of_doubt(doubt):
            marker.add("doubt", spans, doubt=number)
    marker.add_unused()
    return MarkedDocument(list(marker.blocks()), list(marker.marks.values()))


class _Marker:
    def __init__(self, draft: Draft) -> None:
        self.marks: dict[tuple[MarkKind, tuple[LineSpan, ...]], Mark] = {}
        self._draft, self._parts = draft, draft.outline.parts
        self._conclusions = {each.item.number: each for each in draft.conclusions}
        self._runs: dict[str, list[tuple[TextRun, int]]] = {}
        """The runs of each conclusion, with the line that has them."""
        for line, part in enumerate(self._parts):
            if part.number and not part.is_note:
                self._runs.setdefault(part.number, []).extend((run, line) for run in part.runs)
        for runs in self._runs.values():
            runs.sort()
        outside = (
            line
            for line, part in enumerate(self._parts)
            if part.place == "none" and not is_ornament(part.text)
        )
        self._apart = ""  # the header and what is outside, in which a sentence may go on
        for line in (*draft.outline.header_parts, *outside):
            text = self._parts[line].text
            run = TextRun(len(self._apart), 0, len(text))
            self._runs.setdefault("", []).append((run, line))
            self._apart += f"{text} "
        self._cells = {cell.line: cell for cell in draft.unused_cells}

    def in_item(self, number: str, start: int, end: int) -> list[LineSpan]:
        """Return where characters of a conclusion and the cells behind it are, or of the header."""
        runs = self._runs.get(number, [])
        spans: list[LineSpan] = []
        first = max(0, bisect_right(runs, start, key=lambda run: run[0].start) - 1)
        for (begin, at, size), line in runs[first:]:
            if begin >= end:
                break
            low, high = at + max(start - begin, 0), at + min(end - begin, size)
            if low < high:
                goes_on = spans and spans[-1][0] == line and low - spans[-1][2] == 1
                spans.append((line, spans.pop()[1] if goes_on else low, high))
        return spans

    def _in_conclusion(
        self, conclusion: DraftConclusion, place: Place | None, words: str = ""
    ) -> list[LineSpan]:
        """Return where a place, or else its words, is in a conclusion and the texts above it."""
        if place is None:
            start = conclusion.item.text.find(words) if words else -1
            end = start + len(words)
            return self.in_item(conclusion.item.number, start, end) if start >= 0 else []
        start, end = place
        spans = self.in_item(conclusion.item.number, max(0, start), end)
        for number in reversed(conclusion.stems):
            if start >= 0:
                break
            size = len(self._conclusions[number].item.text)
            start, end = start + size + 1, min(end + size + 1, size)
            spans = self.in_item(number, max(0, start), end) + spans
        return spans

    def of_doubt(self, doubt: Doubt) -> Iterator[list[LineSpan]]:
        """Yield where the words of a doubt are; only those in no conclusion are looked for."""
        if doubt.number:
            conclusion = self._conclusions[doubt.number.partition("#")[0]]
            words = with_single_spaces(doubt.words)
            spans = self._in_conclusion(conclusion, doubt.place, words)
            if spans or doubt.place:
                yield spans
                return
        cell = self._cells.get(doubt.words)
        if cell:
            yield self.in_item(cell.number, *cell.place)
            return
        for words in filter(None, map(with_single_spaces, (doubt.words, *doubt.other_words))):
            at = self._apart.find(words)
            if at >= 0:
                yield self.in_item("", at, at + len(words))

    def add(self, kind: MarkKind, spans: list[LineSpan], card: str = "", doubt: int = -1) -> None:
        """Mark some stretches, for a card or a doubt."""
        if not spans:
            return
        words = " ".join(self._parts[line].text[start:end] for line, start, end in spans)
        mark = self.marks.setdefault((kind, tuple(spans)), Mark(kind, words, [], []))
        if card and card not in mark.cards[-1:]:
            mark.cards.append(card)
        if doubt >= 0 and doubt not in mark.doubts:
            mark.doubts.append(doubt)

    def add_cards(self) -> None:
        """Mark what the mandates come from, and what is done with older ones."""
        mandates, older = count(), count()
        for conclusion in self._draft.conclusions:
            excerpts: list[tuple[MarkKind, Place | None, str]] = []
            for duty in conclusion.reading.duties:
                card = str(next(mandates))
                party = duty.who.place if duty.who.mode != "nobody" else None
                others = (*duty.who.exceptions.values(), *duty.support.values())
                excerpts += [("duty", duty.verb.place, card), ("party", party, card)]
                excerpts += [("party", excerpt.place, card) for excerpt in others]
                excerpts += [("deadline", duty.when.place if duty.due else None, card)]
            for reference in conclusion.older:
                card = f"r{next(older)}"
                excerpts += [("older", reference.place, card)]
                excerpts += [("deadline", reference.due_place, card)]
            for kind, place, card in excerpts:
                self.add(kind, self._in_conclusion(conclusion, place), card)

    def add_unused(self) -> None:
        """Mark what is like a duty or a time, or is a cell of a row, and has no mark."""
        for cell in self._cells.values():
            self.add("unused", self.in_item(cell.number, *cell.place))
        marked = [bytearray(len(part.text)) for part in self._parts]
        for line, start, end in (span for _kind, spans in self.marks for span in spans):
            marked[line][start:end] = b"\1" * (end - start)
        texts = [(each.item.text, each.item.number, 0) for each in self._draft.conclusions]
        outside = enumerate(self._parts)
        texts += [(part.text, "", line) for line, part in outside if part.place == "none"]
        ended = meeting_end(self._draft.keys)
        for text, number, line in texts:
            verbs = [match.span() for match in _BINDING.finditer(text)]
            for begin, end in [*verbs, *time_expressions_in(text, 0, len(text), ended)]:
                start = begin
                while start and text[start - 1].isalnum():  # of the first word
                    start -= 1
                spans = self.in_item(number, start, end) if number else [(line, start, end)]
                if not any(any(marked[each][low:high]) for each, low, high in spans):
                    self.add("unused", spans)

    def blocks(self) -> Iterator[DocumentBlock]:
        """Yield the document in its order."""
        marks: list[list[_MarkInLine]] = [[] for _part in self._parts]
        for place, (_kind, spans) in enumerate(self.marks):
            for span in spans:
                line, start, end = span
                marks[line].append((start, end, place, span == spans[0], span == spans[-1]))
        begun: set[str] = set()
        parts = enumerate(self._parts)
        for (place, number), block in groupby(
            parts, key=lambda numbered: (numbered[1].place, numbered[1].number)
        ):
            (start, first), *_others = group = list(block)
            size = 0 if number in begun else self._label_size(start)
            lines = [
                MarkedLine(_cut(part.text, size if line == start else 0, marks[line]), part.is_note)
                for line, part in group
            ]
            label, filled = first.text[:size].rstrip(), [line for line in lines if line.pieces]
            yield DocumentBlock(place, number, number in begun, label, filled)
            begun |= {number} - {""}

    def _label_size(self, line: int) -> int:
        """Return how many characters at the head of a conclusion's first line are its label."""
        part = self._parts[line]
        if not part.number or part.is_note:
            return 0
        if self._conclusions[part.number].item.cells:
            return len(part.number) if part.text.startswith(part.number) else 0
        return min((run.at for run in part.runs), default=len(part.text))


def _cut(text: str, begin: int, marks: Sequence[_MarkInLine]) -> list[MarkedPiece]:
    """Return a line from a character on, cut where a mark begins or ends."""
    bounds = {begin, len(text), *(at for mark in marks for at in mark[:2])}
    to_come = sorted(marks, key=lambda mark: (mark[0], -mark[1]))[::-1]
    pieces = []
    active: list[_MarkInLine] = []
    for start, end in pairwise(sorted(at for at in bounds if at >= begin)):
        while to_come and to_come[-1][0] <= start:
            active.append(to_come.pop())
        active = [mark for mark in active if mark[1] > start]
        shown = [
            (place, begins and max(low, begin) == start, ends and high == end)
            for low, high, place, begins, ends in active
        ]
        pieces.append(MarkedPiece(text[start:end], shown))
    return [piece for piece in pieces if piece.text]
