"""The paragraph that every document reader returns, and the limits of a document's size."""

from collections.abc import Sequence
from typing import NamedTuple

from grcm_cli.language.text import N_, _

MEGABYTE = 1024 * 1024
MAX_TEXT_BYTES = 16 * MEGABYTE  # a text of 300 pages has one megabyte
MAX_FILE_BYTES = 100 * MEGABYTE  # of a .docx or .pdf, pictures included
_MAX_PARAGRAPHS = 200_000
_MAX_CHARACTERS = 16_000_000

CONTROL_CHARACTERS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
"""For a pattern: all but tab and line ends, with lone surrogates of a bad decoder."""
TOO_MUCH_TEXT = N_("it contains far more text than a document should")


class Paragraph(NamedTuple):
    """A paragraph, a line of a text or PDF, or a row of a table, as a reader sees it."""

    text: str  # without the automatic number; a line break inside the paragraph is `\n`
    label: str = ""  # the automatic number that a word processor shows before it: `8.`, `a)`, `•`
    heading: bool = False  # its style is that of a heading or a title
    cells: Sequence[str] = ()  # the cells of a table's row; `text` then has them joined by tabs
    notes: Sequence[str] = ()
    """The footnotes referred to in it, each with its mark: `1 See the annex.`"""
    aside: bool = False  # it is outside the text: a running head or foot of a page
    unseen: Sequence[str] = ()  # the invisible characters that were left out of it: U+202E


class UnreadableDocument(Exception):  # noqa: N818 - a fact about the document, no error of grcm
    """The document cannot be read; the translated message tells the user why and what to do."""


def check_length(paragraphs: int, characters: int = 0) -> None:
    """Raise UnreadableDocument for more paragraphs or characters than any real document has."""
    if characters > _MAX_CHARACTERS:
        raise UnreadableDocument(_(TOO_MUCH_TEXT))
    if paragraphs > _MAX_PARAGRAPHS:
        message = _("it has more than {count} paragraphs or lines: split it")
        raise UnreadableDocument(message.format(count=f"{_MAX_PARAGRAPHS:,}"))


def check_bytes(size: int, limit: int) -> None:
    """Raise UnreadableDocument for a document of more than `limit` bytes."""
    if size > limit:
        message = _("it is larger than {count} MB: split it")
        raise UnreadableDocument(message.format(count=limit // MEGABYTE))


def time_limit(size: int) -> int:
    """Return the seconds that reading a .docx or .pdf of `size` bytes may take."""
    return min(3 + size // 100_000, 60)
