"""What a PDF document says, line by line, without what stands at the edge of its pages.

A PDF has no paragraphs: it has letters at places on pages, from which the lines are guessed by
pypdf. Where a page ends nothing is put in: the paragraph mostly goes on.
"""

import re
from collections.abc import Sequence
from io import BytesIO

from pypdf import PageObject, PdfReader, overwrite_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError
from pypdf.generic import DictionaryObject

from grcm_cli.drafting.documents.edges import without_edges
from grcm_cli.drafting.documents.limits import MEGABYTE, enough
from grcm_cli.drafting.documents.page_lines import lines_of, notes_of
from grcm_cli.drafting.documents.pieces import Piece, Unreadable
from grcm_cli.language.text import N_, _

_MOST = 40 * MEGABYTE
"""Bytes that a stream of a file may unpack to; pypdf's own 75 MB need more memory than there is."""
_WORK = 600_000
"""Operators and operands of a page; a page of text has some thousands."""
_PAGES = 5_000
_RULE = re.compile(r"[\s_–—-]{5,}")  # drawn above footnotes

_DAMAGED = N_("the PDF file is damaged: open it and print it to a new PDF")
_BOMB = N_("the PDF file unpacks to far more than a document has: save it as .docx or text")
_PROTECTED = N_(
    "the PDF file is protected by a password: print it to a new PDF, or save it as text"
)
_SCANNED = N_("the PDF file has pictures of pages and no text: run text recognition (OCR) over it")
_STRANGE = N_("the PDF file does not say which letters its signs are: save it as .docx or text")

# Ligatures are signs of the font, not letters of the text; bullets are often Symbol's.
_LETTERS = str.maketrans(
    {
        **dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
        **dict.fromkeys("\uf0b7\uf0a7\uf0d8", "•"),
        "\xa0": " ",
    }
)
_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd]")


def read(data: bytes) -> list[Piece]:
    """Return the lines of a .pdf file in their order. Raises Unreadable."""
    overwrite_configuration(
        zlib_maximum_output_length=_MOST,
        lzw_maximum_output_length=_MOST,
        run_length_maximum_output_length=_MOST,
        array_based_stream_maximum_output_length=_MOST,
        stream_parsing_work_maximum_count=_WORK,
        jbig2dec_binary=None,  # no picture is looked at, and no program started
    )
    try:
        pages, first_notes = _pages(PdfReader(BytesIO(data)))
    except LimitReachedError as error:
        raise Unreadable(_(_BOMB)) from error
    except DependencyError as error:  # pypdf leaves modern ciphers to other packages
        raise Unreadable(_(_PROTECTED)) from error
    except (PyPdfError, RecursionError) as error:
        raise Unreadable(_(_DAMAGED)) from error
    return [piece for page in without_edges(pages) for piece in _pieces(page, first_notes)]


def _pieces(lines: Sequence[str], first_notes: set[str]) -> list[Piece]:
    """Return a page's lines, its footnotes with the last of its text."""
    begin = next((place for place, line in enumerate(lines) if line in first_notes), None)
    texts = (
        [line for line in lines[:begin] if not _RULE.fullmatch(line)]
        if begin is not None
        else lines
    )
    found = [Piece(line) for line in texts]
    last = next((place for place in range(len(found) - 1, -1, -1) if found[place].text), None)
    if begin is not None and last is not None:
        found[last] = found[last]._replace(notes=notes_of(lines[begin:]))
    return found


def _pages(reader: PdfReader) -> tuple[list[list[str]], set[str]]:
    """Return the lines of each page, and those that begin footnotes. Raises Unreadable, and what pypdf raises."""
    # Many files open without a password, and are encrypted only to forbid printing.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(_(_PROTECTED))
    pages: list[list[str]] = []
    first_notes: set[str] = set()
    pictures = lines = letters = 0
    for page in reader.pages:
        read = lines_of(page)
        pages.append([_plain(line) for line in read.lines])
        if read.first_note:
            first_notes.add(_plain(read.first_note))
        pictures += not any(pages[-1]) and _has_picture(page)
        lines += len(pages[-1])
        letters += sum(map(len, pages[-1]))
        enough(lines, letters)
        if len(pages) > _PAGES:
            message = _("the PDF file has more than {count} pages: cut it in parts")
            raise Unreadable(message.format(count=f"{_PAGES:,}"))
    if not pages:
        raise Unreadable(_(_DAMAGED))
    if pictures * 2 > len(pages):
        raise Unreadable(_(_SCANNED))
    return _legible(pages), first_notes


def _plain(line: str) -> str:
    return line.translate(_LETTERS).strip()


def _has_picture(page: PageObject) -> bool:
    resources = page.get("/Resources")
    known = resources.get_object() if resources is not None else None
    return isinstance(known, DictionaryObject) and bool(known.get("/XObject"))


def _legible(pages: Sequence[list[str]]) -> list[list[str]]:
    """Return the lines without signs that are no letters. Raises Unreadable for too many."""
    size = sum(len(line) for page in pages for line in page)
    strange = sum(len(_NO_LETTER.findall(line)) for page in pages for line in page)
    if strange * 50 > size:
        raise Unreadable(_(_STRANGE))
    return [[_NO_LETTER.sub("", line) for line in page] for page in pages]
