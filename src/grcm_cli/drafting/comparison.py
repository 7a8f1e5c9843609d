"""Compare a meeting file with the document, as it is read from its file.

Whether a text of the file is in the document is told from the document's letters alone, without
white space, hyphens and invisible characters: not from how the draft divides it.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from operator import itemgetter
from typing import NamedTuple

from grcm_cli.domain.model import Meeting
from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.draft import Draft
from grcm_cli.drafting.layout.labels import labels_of
from grcm_cli.drafting.layout.text_line import TextLine, is_drawn_rule, is_page_number
from grcm_cli.language.characters import without_hidden
from grcm_cli.language.text import _, collapse

_KEY = 24  # letters at the ends of a text by which it is looked for; a shorter one is a short text
_WINDOW = 10_000  # letters behind the text before it in which a short text is looked for
_MAX_ABOVE = 4  # lines between a label and the text under it: a title of the conclusion


class Comparison(NamedTuple):
    """How a meeting file differs from the document."""

    differences: Sequence[str]
    """A sentence for each place where the words are not the document's."""
    passages: Sequence[str]
    """Lines of the document, after the first conclusion, that are in none of the file."""


def compare(draft: Draft, meeting: Meeting, paragraphs: Sequence[Paragraph]) -> Comparison:
    """Return how a meeting file differs from the document, and what of that it leaves out."""
    texts = {c.item.number: collapse(c.item.text) for c in draft.conclusions}
    own = {}
    for conclusion in meeting.conclusions or ():
        by_language = conclusion.text.by_language
        text = by_language.get(meeting.language or "") or next(iter(by_language.values()), "")
        own[conclusion.number] = collapse(text)
    document = _DocumentText(paragraphs)
    found = document.places(own)
    changed = document.places({n: texts[n] for n in own if n in texts and n not in found})
    unused = {cell.number for cell in draft.unused_cells}
    with_cells = {c.item.number for c in draft.conclusions if c.item.cells}
    rows = {  # of which the file has the text, and all other cells were used
        collapse(part.text)
        for part in draft.outline.parts
        if part.number in (found.keys() & with_cells) - unused
    }
    passages = document.not_in([*found.values(), *changed.values()])
    others = [passage for passage in passages if collapse(passage) not in rows]
    return Comparison(list(_differences(own, texts, document, found)), others)


def _differences(
    own: Mapping[str, str],
    texts: Mapping[str, str],
    document: "_DocumentText",
    found: Mapping[str, "_Stretch"],
) -> Iterator[str]:
    message = _("{number}: the file has “{file}”, the document “{document}”")
    for number in {**own, **texts}:
        text, drafted = own.get(number), texts.get(number, "")
        if text is None:
            if not document.is_in(drafted, found.get(number.rpartition(".")[0])):
                yield _("{number}: it is in the document alone").format(number=number)
            continue
        if number in found:
            # The document has it just so, where the draft divides it else.
            file, read = _letters(text), _letters(drafted)
            if text == drafted or number not in texts or (read and (read in file or file in read)):
                continue
        elif number not in texts:
            yield _("{number}: it is not in the document").format(number=number)
            continue
        elif text == drafted:
            drafted = document.around(text)
        for changed, words in _changed_words(text.split(), drafted.split()):
            yield message.format(number=number, file=changed, document=words)


# --- the letters of a document ------------------------------------------------------------------


class _Stretch(NamedTuple):
    start: int
    end: int


class _DocumentText:
    """The letters of a document's lines, without running heads, page numbers and drawn rules."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._lines: list[tuple[int, TextLine]] = []
        """Each with the place of its first letter."""
        self._words: list[tuple[int, str]] = []
        parts: list[str] = []
        size = 0
        for line in _lines(paragraphs):
            self._lines.append((size, line))
            for word in line.labelled_text.split():
                if letters := _letters(word):
                    self._words.append((size, word))
                    parts.append(letters)
                    size += len(letters)
        self._letters = "".join(parts)

    def places(self, texts: Mapping[str, str]) -> dict[str, _Stretch]:
        """Return where each text is; one that is there twice, behind the text before it."""
        found = {}
        cursor = 0
        for number, text in texts.items():
            letters = _letters(text)
            is_short = len(letters) < _KEY
            at = self._letters.find(letters, cursor, cursor + _WINDOW if is_short else None)
            if at < 0 and not is_short:
                at = self._letters.find(letters)
            if letters and at >= 0:
                cursor = at + len(letters)
                found[number] = _Stretch(at, cursor)
        return found

    def is_in(self, text: str, stretch: _Stretch | None) -> bool:
        """Tell whether a text is in a stretch: the file has an item in the text above it."""
        return stretch is not None and (
            self._letters.find(_letters(text), stretch.start, stretch.end) >= 0
        )

    def around(self, text: str) -> str:
        """Return the document's words from the first letters of a text to its last ones."""
        letters = _letters(text)
        begin = self._letters.find(letters[:_KEY])
        if begin < 0:
            return ""
        last = self._letters.find(letters[-_KEY:], begin, begin + 3 * len(letters) + 2000)
        end = last + _KEY if last >= 0 else begin + len(letters)
        first, stop = (bisect_left(self._words, at, key=itemgetter(0)) for at in (begin, end))
        return " ".join(word for _at, word in self._words[first:stop])

    def not_in(self, stretches: Iterable[_Stretch]) -> Iterator[str]:
        """Yield the lines after the first conclusion of which something is in none."""
        covered = sorted(stretches)
        first = self._first_label(covered[0].start) if covered else 0
        ends = [stretch.end for stretch in covered]
        for number, (start, line) in enumerate(self._lines):
            last = number + 1 == len(self._lines)
            end = len(self._letters) if last else self._lines[number + 1][0]
            if end <= first or start == end:
                continue
            at = bisect_right(ends, start)
            rest = start
            while at < len(covered) and covered[at].start < end and rest < end:
                if covered[at].start > rest and not self._is_label(line, covered[at].start - start):
                    break
                rest = covered[at].end
                at += 1
            if rest < end and not (rest == start and self._is_label(line, end - start)):
                yield line.labelled_text

    def _first_label(self, start: int) -> int:
        """Return the place of the label alone on a line above the first text, or of the text."""
        place = bisect_right(self._lines, start, key=lambda line: line[0]) - 1
        for at, line in self._lines[max(0, place - _MAX_ABOVE) : place]:
            if any(not label.rest for label in labels_of(line.labelled_text)):
                return at
        return start

    @staticmethod
    def _is_label(line: TextLine, count: int) -> bool:
        """Tell whether the first letters of a line are its label, or other cells of a row."""
        if line.is_row:
            return True
        text = line.labelled_text
        return any(
            len(_letters(text)) - len(_letters(label.rest)) == count for label in labels_of(text)
        ) or count == len(_letters(line.label))


def _lines(paragraphs: Sequence[Paragraph]) -> Iterator[TextLine]:
    """Yield the lines of a document; a row of a table is one."""
    for paragraph in paragraphs:
        if paragraph.aside:
            continue
        is_row = len(paragraph.cells) > 1
        text = paragraph.text
        for number, part in enumerate([text] if is_row else text.split("\n")):
            line = TextLine(part, "" if number else paragraph.label, is_row=is_row)
            if not (is_page_number(line) or is_drawn_rule(part)):
                yield line


def _letters(text: str) -> str:
    visible = without_hidden(unicodedata.normalize("NFC", text))[0]
    return "".join(visible.replace("-", "").replace("\u00ad", "").split())


# --- the words that differ ----------------------------------------------------------------------

_CONTEXT = 2  # words shown before and after a difference
_MAX_COMPARED = 4000  # words; comparing takes quadratic time
_MAX_SHOWN = 60  # words of one difference


def _changed_words(file: Sequence[str], document: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the words of each difference, of the file and of the document, with their context."""
    begin = _common_words(file, document)
    end = _common_words(file[begin:][::-1], document[begin:][::-1])
    first = max(0, begin - _CONTEXT)
    files = file[first : len(file) - max(0, end - _CONTEXT)]
    documents = document[first : len(document) - max(0, end - _CONTEXT)]
    if len(files) + len(documents) > _MAX_COMPARED:
        yield _shortened(files), _shortened(documents)
        return
    matcher = SequenceMatcher(None, files, documents, autojunk=False)
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        start, stop = group[0], group[-1]
        yield _shortened(files[start[1] : stop[2]]), _shortened(documents[start[3] : stop[4]])


def _common_words(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts have in common at their start."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _shortened(words: Sequence[str]) -> str:
    if len(words) > _MAX_SHOWN:
        words = [*words[: _MAX_SHOWN // 2], "…", *words[-_MAX_SHOWN // 2 :]]
    return " ".join(words) or "–"
