"""The lines of a document: where paragraphs end, words cut at a line's end."""

import re
from collections.abc import Sequence

from grcm_cli.drafting.documents.pieces import Piece
from grcm_cli.drafting.layout.line import Line
from grcm_cli.drafting.layout.rows import with_rows

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
    for piece in with_rows(pieces):
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
