"""How large a document may be: far above any real one, far below what would hurt the machine."""

from grcm_cli.drafting.documents.pieces import Unreadable
from grcm_cli.language.text import N_, _

MEGABYTE = 1024 * 1024
TEXT = 16 * MEGABYTE
"""Bytes of a text; 300 pages are one."""
FILE = 100 * MEGABYTE
"""Bytes of a .docx or .pdf, whose pictures count too."""
_PIECES = 200_000
_LETTERS = 16_000_000

MUCH = N_("it holds far more text than a document has")


def enough(pieces: int, letters: int = 0) -> None:
    """Raise Unreadable where a document has more lines or letters than any real one."""
    if letters > _LETTERS:
        raise Unreadable(_(MUCH))
    if pieces > _PIECES:
        message = _("it has more than {count} paragraphs or lines: cut it in parts")
        raise Unreadable(message.format(count=f"{_PIECES:,}"))


def small_enough(size: int, limit: int) -> None:
    """Raise Unreadable where a document has more bytes than it may."""
    if size > limit:
        message = _("it is larger than {count} MB: cut it in parts")
        raise Unreadable(message.format(count=limit // MEGABYTE))


def seconds(size: int) -> int:
    """Return how many seconds the reading of a .docx or .pdf may take, given its bytes."""
    return min(3 + size // 100_000, 60)
