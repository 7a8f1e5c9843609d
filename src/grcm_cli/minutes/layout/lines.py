"""The lines of a document: where paragraphs end, words cut at a line's end, rows of tables."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grcm_cli.minutes.files.pieces import Piece
from grcm_cli.text import fold


class Line(NamedTuple):
    """One line as the outline reads it."""

    text: str
    label: str = ""
    """The number that a word processor or the first cell of a row gives it."""
    after_gap: bool = True
    """It begins a paragraph, as far as the document shows."""
    heading: bool = False
    cells: Sequence[str] = ()
    """Of a row: the cells beside the text."""
    columns: Sequence[str] = ()
    """Of a row: the heads of those cells."""
    notes: Sequence[str] = ()
    is_row: bool = False

    @property
    def whole(self) -> str:
        """The line with its number."""
        return f"{self.label} {self.text}".strip()


_PAGE = re.compile(
    r"[-–—\s]*(?:(?:p[aá]g(?:ina|\.)?|page|p\.)\s*)?[0-9]{1,3}(?:\s*(?:/|de|of)\s*[0-9]{1,3})?[-–—\s]*",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r"[.;:!?…][”\"»)\]]*$")
_CUT = re.compile(r"([^\W\d_]+)-$")
_LONG = 130  # characters: a longer line is a paragraph that nobody wrapped


def lines_of(pieces: Sequence[Piece]) -> list[Line]:
    """Return the lines of a document; empty ones only show where paragraphs begin."""
    is_wrapped = _is_wrapped(pieces)
    widest = max((len(piece.text) for piece in pieces), default=0)
    found: list[Line] = []
    after_gap, before = True, ""
    for piece in _with_rows(pieces):
        if isinstance(piece, Line):
            found.append(piece)
            after_gap, before = True, ""
            continue
        parts = [part.strip() for part in piece.text.split("\n")]
        for part in filter(None, parts):
            ends = _TERMINAL.search(before) is not None and len(before) < 0.8 * widest
            gap = after_gap or not is_wrapped or ends
            first = part is parts[0]
            label, notes = (piece.label, piece.notes) if first else ("", ())
            found.append(Line(part, label, gap, piece.heading, notes=notes))
            after_gap, before = False, part
        after_gap = after_gap or not any(parts)
    return _with_whole_words(found)


def is_ended(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _TERMINAL.search(text) is not None


def is_page_number(line: Line) -> bool:
    """Tell whether a line may be a page's number, which stands alone."""
    return not line.label and _PAGE.fullmatch(line.text) is not None


def _is_wrapped(pieces: Sequence[Piece]) -> bool:
    """Tell whether a paragraph may go on in the next line, as in a plain text or a PDF."""
    texts = [piece.text for piece in pieces if piece.text.strip()]
    if any(piece.label or piece.heading for piece in pieces) or not texts:
        return False
    lengths = sorted(map(len, texts))
    if lengths[int(0.9 * (len(lengths) - 1))] > _LONG:
        return False
    unended = sum(_TERMINAL.search(text.strip()) is None for text in texts)
    return unended > 0.35 * len(texts)


# --- words cut at the end of a line ------------------------------------------------------------


def _with_whole_words(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each word whole that was cut at the end of one.

    A hyphen stays where the document writes the word so elsewhere, or a capital follows it.
    """
    known: set[str] | None = None
    found = list(lines)
    for place in range(len(found) - 1):
        line, following = found[place], found[place + 1]
        cut = _CUT.search(line.text)
        if not cut or following.label or not following.text[:1].isalpha():
            continue
        known = _words(lines) if known is None else known
        head, _space, rest = following.text.partition(" ")
        stays = head[0].isupper() or f"{cut[1]}-{_letters(head)}".casefold() in known
        whole = line.text if stays else line.text[:-1]
        found[place] = line._replace(text=whole + head)
        found[place + 1] = following._replace(text=rest)
    return [line for line in found if line.text or line.label]


def _words(lines: Sequence[Line]) -> set[str]:
    text = "\n".join(line.text for line in lines)
    return {word.casefold() for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", text)}


def _letters(word: str) -> str:
    return re.sub(r"\W+$", "", word)


# --- rows of a table ---------------------------------------------------------------------------

_TEXT_HEADS = ("text", "decision", "conclusion", "acuerdo", "agreement", "resol", "recom", "mandat")


def _with_rows(pieces: Sequence[Piece]) -> Iterator[Piece | Line]:
    table: list[Piece] = []
    for piece in [*pieces, Piece("")]:
        if len(piece.cells) > 1:
            table.append(piece)
            continue
        if table:
            yield from _rows(table)
            table = []
        yield piece


def _rows(table: Sequence[Piece]) -> Iterator[Line]:
    """Yield the rows of a table of conclusions: first its number, then its text, then the rest."""
    heads: Sequence[str] = ()
    rows = list(table)
    if not any(character.isdigit() for character in rows[0].cells[0]):
        heads, rows = rows[0].cells, rows[1:]
    column = _text_column(heads, rows)
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row.cells]
        text = cells[column] if column < len(cells) else ""
        others = [place for place in range(1, len(cells)) if place != column]
        yield Line(
            text,
            cells[0] if column else "",
            cells=[cells[place] for place in others],
            columns=[heads[place] if place < len(heads) else "" for place in others],
            notes=row.notes,
            is_row=True,
        )


def _text_column(heads: Sequence[str], rows: Sequence[Piece]) -> int:
    for place, head in enumerate(heads):
        if place and any(part in fold(head) for part in _TEXT_HEADS):
            return place
    sizes: dict[int, int] = {}
    for row in rows:
        for place, cell in enumerate(row.cells):
            sizes[place] = sizes.get(place, 0) + len(cell)
    return max(sizes, key=sizes.__getitem__, default=0)
