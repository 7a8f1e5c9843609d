"""Parse a PDF into lines, without running heads, running feet and page numbers.

A PDF has no paragraphs: pypdf guesses the lines from letters and their places. An empty line marks
a new paragraph, where more room between two lines shows one; the end of a page marks none.
"""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from math import isnan, nan
from statistics import median
from typing import NamedTuple

from pypdf import PageObject, PdfReader, overwrite_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError
from pypdf.generic import DictionaryObject

from grcm_cli.drafting.documents import paragraphs as limits
from grcm_cli.drafting.documents.paragraphs import Paragraph, UnreadableDocument
from grcm_cli.drafting.documents.running import edges_of
from grcm_cli.language.text import N_, _

_MAX_STREAM_BYTES = 40 * limits.MEGABYTE
"""Of an unpacked stream; pypdf's own limit of 75 MB exceeds the memory of the sandbox."""
_MAX_OPERATORS = 600_000  # operators and operands of a page; a page of text has some thousands
_MAX_PAGES = 5_000
_FOOTNOTE_RULE = re.compile(r"[\s_–—-]{5,}")

_DAMAGED = N_("the PDF file is damaged: open it and print it to a new PDF")
_BOMB = N_(
    "unpacked, the PDF file is far larger than a document should be: save it as .docx or text"
)
_LOCKED = N_("the PDF file is protected by a password: print it to a new PDF, or save it as text")
_SCANNED = N_("the PDF file has pictures of pages and no text: run text recognition (OCR) on it")
_UNMAPPED_FONT = N_(
    "the PDF file does not say which characters its glyphs stand for: save it as .docx or text"
)

# Ligatures of the font become letters; bullets of the Symbol font become "•".
_CHARACTERS = str.maketrans(
    {
        **dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
        **dict.fromkeys("\uf0b7\uf0a7\uf0d8", "•"),
        "\xa0": " ",
    }
)
_UNMAPPED = re.compile(f"[{limits.CONTROL_CHARACTERS}\ufffd]")
_SHOWING = (b"Tj", b"TJ", b"'", b'"')  # the operators that show text (ISO 32000-1, 9.4.3)
_FOOTNOTE = re.compile(r"(?:[0-9]{1,2}|\*{1,3})\s?(?=[“\"«A-ZÁÉÍÓÚÑ])")
_FOOTNOTE_SIZE = 0.93  # of the usual letter size; smaller letters are a footnote's
_PARAGRAPH_STEP = 1.3  # of the steps between nearby lines; a larger step begins a paragraph
_NEARBY = 2
_LINE_STEP = 0.4  # of the usual step; a smaller one is inside a line, as of a raised number
_MIN_LINES = 6  # lines across both columns; fewer are a table, or signatures side by side
_SAME = 3.0  # points between two places that count as one
_MIDDLE = (0.47, 0.62)  # where the right column begins, as a share of the page's width
_ALIKE = 0.8  # the least share of those lines that go on at the same place
_FULL = 0.7  # of the longest line of a column; text fills its lines, the cells of a table do not
_FULL_SHARE = 0.6  # the least share of full lines
_JITTER = 0.2
"""Of the characters before the right column, by which its lines begin apart: letters differ."""
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)|^ {8,}(?=\S)")
_Matrix = Sequence[float]
_Point = tuple[float, float]  # where a piece of text begins on its page: x and y, in points


def read(data: bytes) -> list[Paragraph]:
    """Return the lines of a .pdf file, and an empty one where a paragraph begins inside a page.

    Raises UnreadableDocument.
    """
    overwrite_configuration(
        zlib_maximum_output_length=_MAX_STREAM_BYTES,
        lzw_maximum_output_length=_MAX_STREAM_BYTES,
        run_length_maximum_output_length=_MAX_STREAM_BYTES,
        array_based_stream_maximum_output_length=_MAX_STREAM_BYTES,
        stream_parsing_work_maximum_count=_MAX_OPERATORS,
        jbig2dec_binary=None,  # decode no pictures, start no program
    )
    try:
        pages, notes = _pages(PdfReader(BytesIO(data)))
    except LimitReachedError as error:
        raise UnreadableDocument(_(_BOMB)) from error
    except DependencyError as error:  # pypdf needs another package for modern ciphers
        raise UnreadableDocument(_(_LOCKED)) from error
    except (PyPdfError, RecursionError) as error:
        raise UnreadableDocument(_(_DAMAGED)) from error
    read: list[Paragraph] = []
    for page, note, (first, end) in zip(pages, notes, edges_of(pages), strict=True):
        read += [Paragraph(line, aside=True) for line in page[:first] if line]
        read += _paragraphs(page[first:end], note - first)
        read += [Paragraph(line, aside=True) for line in page[end:] if line]
    return read


def _paragraphs(lines: Sequence[str], begin: int) -> list[Paragraph]:
    """Return a page's lines; the last one of its text gets the footnotes that begin there."""
    if not 0 < begin < len(lines):
        return [Paragraph(line) for line in lines]
    pieces = [Paragraph(line, aside=bool(_FOOTNOTE_RULE.fullmatch(line))) for line in lines[:begin]]
    notes: list[str] = []
    for text in filter(str.strip, lines[begin:]):
        if notes and not _FOOTNOTE.match(text):
            notes[-1] += f" {text}"
        else:
            notes.append(text)
    last = max((at for at, each in enumerate(pieces) if each.text and not each.aside), default=None)
    if last is not None:
        pieces[last] = pieces[last]._replace(notes=notes)
    return pieces


def _pages(reader: PdfReader) -> tuple[list[list[str]], list[int]]:
    """Return the lines of each page, and where its footnotes begin: at 0 where it has none."""
    # Many files are encrypted only to forbid printing, and open with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableDocument(_(_LOCKED))
    pages: list[list[str]] = []
    notes: list[int] = []
    pictures = lines = characters = 0
    for page in reader.pages:
        texts, note = _page_lines(page)
        pages.append([line.translate(_CHARACTERS).strip() for line in texts])
        notes.append(note)
        resources = page.get("/Resources")
        resources = resources.get_object() if resources is not None else None
        has_picture = isinstance(resources, DictionaryObject) and bool(resources.get("/XObject"))
        pictures += not any(pages[-1]) and has_picture
        lines += len(pages[-1])
        characters += sum(map(len, pages[-1]))
        limits.check_length(lines, characters)
        if len(pages) > _MAX_PAGES:
            message = _("the PDF file has more than {count} pages: split it")
            raise UnreadableDocument(message.format(count=f"{_MAX_PAGES:,}"))
    if not pages:
        raise UnreadableDocument(_(_DAMAGED))
    if pictures * 2 > len(pages):
        raise UnreadableDocument(_(_SCANNED))
    unmapped = sum(len(_UNMAPPED.findall(line)) for page in pages for line in page)
    if unmapped * 50 > characters:
        raise UnreadableDocument(_(_UNMAPPED_FONT))
    return [[_UNMAPPED.sub("", line) for line in page] for page in pages], notes


# --- the lines of a page, and its footnotes -----------------------------------------------------


class _PdfLine(NamedTuple):
    text: str
    height: float = nan  # above the foot of the page; nan where it is unknown
    size: float = 0.0  # of its letters; 0 where it is unknown


def _page_lines(page: PageObject) -> tuple[list[str], int]:
    """Return a page's lines, and where its footnotes begin: at 0 where it has none."""
    whole: list[_PdfLine] = []
    begun: list[_PdfLine] = []

    def visit(text: str, outer: _Matrix, inner: _Matrix, font: object, size: float) -> None:
        """Take a part of the text with the matrices of its place."""
        name = font.get("/BaseFont") if isinstance(font, DictionaryObject) else None
        # Word processors set the letter o of this font as a bullet.
        is_first = not any(part.text.strip() for part in begun)
        if text == "o" and "Courier" in str(name) and is_first:
            text = "◦"
        height = _point(outer, inner)[1]
        shown_size = abs((size or 0) * inner[3])
        for part in text.splitlines(keepends=True):
            begun.append(_PdfLine(part.strip("\r\n"), height, shown_size))
            height = nan  # unknown after a line end
            if part.endswith(("\r", "\n")):
                whole.append(_joined(begun))
                begun.clear()

    shown: list[_Point] = []

    def note_place(operator: bytes, _operands: object, outer: _Matrix, inner: _Matrix) -> None:
        if operator in _SHOWING:
            shown.append(_point(outer, inner))

    page.extract_text(visitor_text=visit, visitor_operand_before=note_place)
    if _goes_across(shown, float(page.mediabox.left), float(page.mediabox.width)):
        text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=True)
        by_columns = _by_columns(text.split("\n"))
        if by_columns is not None:
            return by_columns, _first_footnote([_PdfLine(line) for line in by_columns])
    lines = list(_with_paragraph_breaks([*whole, _joined(begun)]))
    return [line.text for line in lines], _first_footnote(lines)


def _point(outer: _Matrix, inner: _Matrix) -> _Point:
    """Return where a text begins on its page, by its matrices (ISO 32000-1, 9.4.4)."""
    x, y = inner[4:6]
    return x * outer[0] + y * outer[2] + outer[4], x * outer[1] + y * outer[3] + outer[5]


def _joined(parts: Sequence[_PdfLine]) -> _PdfLine:
    heights = (part.height for part in parts if part.text.strip() and not isnan(part.height))
    sizes = [part.size for part in parts if len(part.text.strip()) > 1]
    text = "".join(part.text for part in parts).strip()
    return _PdfLine(text, next(heights, nan), max(sizes, default=0.0))


def _first_footnote(lines: Sequence[_PdfLine]) -> int:
    """Return where footnotes begin: after a gap, in small letters or inside a sentence; else 0."""
    usual = median([line.size for line in lines if line.size] or [0.0])
    for place in range(len(lines) - 1, 0, -1):
        if lines[place - 1].text.strip() or not _FOOTNOTE.match(lines[place].text):
            continue
        small = 0 < lines[place].size < usual * _FOOTNOTE_SIZE
        above = next(filter(str.strip, (line.text for line in lines[:place][::-1])), "")
        if small or above[-1:].isalnum():
            return place
    return 0


def _with_paragraph_breaks(lines: Sequence[_PdfLine]) -> Iterator[_PdfLine]:
    """Yield the lines with an empty one where the step is larger than between nearby lines."""
    steps = [above - below for above, below in pairwise(line.height for line in lines)]
    least = median([step for step in steps if step > 0] or [0.0]) * _LINE_STEP
    for place, line in enumerate(lines):
        nearby = steps[max(0, place - 1 - _NEARBY) : place + _NEARBY]
        usual = min((step for step in nearby if step > least), default=None)
        if place and usual is not None and steps[place - 1] > usual * _PARAGRAPH_STEP:
            yield _PdfLine("")
        yield line


# --- two columns whose lines are written across both ---------------------------------------------
#
# Most programs write a column to its end; pypdf then gives them in the order of reading. Where a
# line of the file goes on in the other column, its text is taken by its place on the page instead.


def _goes_across(shown: Sequence[_Point], left: float, width: float) -> bool:
    """Tell whether many lines go on at one place in the middle of the page."""
    low, high = (left + share * width for share in _MIDDLE)
    begun = [
        x
        for (before, above), (x, y) in pairwise(shown)
        if before < low <= x <= high and abs(above - y) < _SAME
    ]
    usual = median(begun or [0.0])
    alike = sum(abs(x - usual) < _SAME for x in begun)
    return len(begun) >= _MIN_LINES and alike >= _ALIKE * len(begun)


def _by_columns(lines: Sequence[str]) -> list[str] | None:
    """Return lines with spaces between two columns as one column; None where they are no text."""
    widest = max(map(len, lines), default=0)
    ends = [end for line in lines if (end := _end_of_gap(line)) is not None]
    begin = round(median(ends or [0]))
    alike = sum(abs(end - begin) <= _JITTER * begin for end in ends)
    if len(ends) < _MIN_LINES or alike < _ALIKE * len(ends):
        return None
    joined: list[str] = []
    left: list[str] = []
    right: list[str] = []
    for line in [*lines, "x" * (widest + 1)]:
        end = _end_of_gap(line)
        is_beside = end is not None and abs(end - begin) <= _JITTER * begin
        if is_beside or len(line.rstrip()) < (1 - _JITTER) * begin:
            left.append(line[: end if is_beside else None].strip())
            right.append(line[end:].strip() if is_beside else "")
            continue
        if len(left) >= _MIN_LINES and not (_is_full(left) and _is_full(right)):
            return None
        if left:
            before = [""] if not left[0] else []
            after = [""] if not left[-1] and not right[-1] else []
            joined += [*before, *_trimmed(left), *_trimmed(right), *after]
        joined.append(line.strip())
        left, right = [], []
    return joined[:-1]


def _end_of_gap(line: str) -> int | None:
    """Return where the widest gap of a line ends, or None where it has none."""
    gap = max(_GAP.finditer(line), key=lambda gap: len(gap[0]), default=None)
    return gap.end() if gap else None


def _is_full(column: Sequence[str]) -> bool:
    lengths = [len(line) for line in column if line]
    full = sum(length >= _FULL * max(lengths) for length in lengths)
    return full >= _FULL_SHARE * len(lengths)


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Return lines without empty ones at the top and foot: a paragraph goes on in the next part."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []
