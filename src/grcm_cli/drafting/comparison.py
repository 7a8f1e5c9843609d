"""Compare a meeting file with the document: the words of its texts, and what it leaves out.

A text that the draft divides else, or has else, is looked for by the letters of the document's
parts, without white space and hyphens.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from difflib import SequenceMatcher
from itertools import accumulate
from os.path import commonprefix

from grcm_cli.domain.model import Meeting
from grcm_cli.drafting.documents.paragraphs import Paragraph
from grcm_cli.drafting.draft import Draft
from grcm_cli.drafting.layout.outline import OutlinePart
from grcm_cli.drafting.layout.text_line import is_ornament
from grcm_cli.language.characters import without_hidden
from grcm_cli.language.text import _, collapse

_SHORT = 24  # letters of a text that stands everywhere
_WINDOW = 10_000  # letters behind the text before it in which a short text is looked for
_CONTEXT = 2  # words shown before and after a difference
_MAX_COMPARED = 4000  # words; comparing takes quadratic time
_MAX_SHOWN = 60  # words of one difference


def compare(
    draft: Draft, meeting: Meeting, paragraphs: Sequence[Paragraph]
) -> tuple[list[str], list[str]]:
    """Return how a meeting file differs from the document, and what of that it leaves out.

    The first is a sentence for each place where the words are not the document's, the other has its
    lines after the first conclusion that are in none of the file.
    """
    texts = {each.item.number: collapse(each.item.text) for each in draft.conclusions}
    language, conclusions = meeting.language or "", meeting.conclusions or ()
    filed = {each.number: collapse(each.text.shown(language)) for each in conclusions}
    lines = ([piece.text, *piece.text.split("\n")] for piece in paragraphs if piece.aside)
    asides = {collapse(line) for texts in lines for line in texts}
    sizes = {each.item.number: len(each.item.text) for each in draft.conclusions}
    parts = [
        part
        for part in draft.outline.parts
        if part.text.strip() and not (part.is_note or is_ornament(part.text))
        if part.number or part.text not in asides
    ]
    document = _Document(parts, sizes)
    message = _("{number}: the file has “{file}”, the document “{document}”")
    differences = []
    for number in {**filed, **texts}:
        text, drafted = filed.get(number, ""), texts.get(number, "")
        whole = document.between(number) if text == drafted else drafted
        if number not in filed:
            if _letters(drafted) not in _letters(filed.get(number.rpartition(".")[0], "")):
                differences.append(_("{number}: it is only in the document").format(number=number))
        elif _letters(text) == _letters(whole) or document.take(text, drafted):
            pass  # the document has it just so, where the draft divides it else
        elif number not in texts:
            differences.append(_("{number}: it is not in the document").format(number=number))
        else:
            differences += [
                message.format(number=number, file=file, document=words)
                for file, words in _changed_words(text.split(), whole.split())
            ]
    unused = {cell.number for cell in draft.unused_cells}
    return differences, list(document.left_out(filed.keys() - unused))


class _Document:
    """The parts of a document that are text, and which of their letters a file has."""

    def __init__(self, parts: Sequence[OutlinePart], sizes: Mapping[str, int]) -> None:
        """`sizes` are the lengths of the conclusions' texts; cells stand behind these."""
        self._parts, self._sizes = parts, sizes
        self._places: dict[str, list[int]] = {}  # the parts of each conclusion
        letters = [_letters(part.text) for part in parts]
        self._starts = list(accumulate(map(len, letters), initial=0))
        """The place of the first letter of each part."""
        for place, part in enumerate(parts):
            self._places.setdefault(part.number, []).append(place)
        self._letters = "".join(letters)
        self._cursor = 0
        self._taken = bytearray(len(self._letters))  # 1 for each that a file has

    def between(self, number: str) -> str:
        """Return the text from a conclusion's first part to its last, but its label and cells."""
        places = self._places.get(number, [0])
        words = []
        for part in self._parts[places[0] : places[-1] + 1]:
            if part.number == number:
                runs = (run for run in part.runs if run.start < self._sizes[number])
                words += [part.text[run.at : run.at + run.size] for run in runs]
            elif not part.number:
                words.append(part.text)
        return collapse(" ".join(words))

    def take(self, text: str, drafted: str) -> bool:
        """Tell whether a text is in the document, and is not another than the draft has there."""
        letters, other = _letters(text), _letters(drafted)
        limit = self._cursor + _WINDOW if len(letters) < _SHORT else None
        at = self._letters.find(letters, self._cursor, limit)
        if at < 0 and limit is None:
            at = self._letters.find(letters)
        if at < 0 or not letters:
            return False
        self._cursor = at + len(letters)
        self._taken[at : self._cursor] = b"\1" * len(letters)
        return not other or other in letters or letters in other

    def left_out(self, numbers: Set[str]) -> Iterator[str]:
        """Yield the parts after the first conclusion of which a file has nothing.

        `numbers` are those of its conclusions that have all of their parts.
        """
        first = min((places[0] for number, places in self._places.items() if number), default=0)
        for place in range(first, len(self._parts)):
            part, start = self._parts[place], self._starts[place]
            if part.number not in numbers and not any(self._taken[start : start + 1]):
                yield part.text


def _letters(text: str) -> str:
    """Return a text without white space and hyphens, by which one divided else is found."""
    visible = without_hidden(unicodedata.normalize("NFC", text))[0]
    return "".join(visible.replace("-", "").replace("\u00ad", "").split())


def _changed_words(file: list[str], document: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the words of each difference, of the file and of the document, with their context."""
    begin = len(commonprefix([file, document]))  # noqa: RUF071 - of words, no paths
    end = len(commonprefix([file[begin:][::-1], document[begin:][::-1]]))  # noqa: RUF071 - as above
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


def _shortened(words: Sequence[str]) -> str:
    if len(words) > _MAX_SHOWN:
        words = [*words[: _MAX_SHOWN // 2], "…", *words[-_MAX_SHOWN // 2 :]]
    return " ".join(words) or "–"
