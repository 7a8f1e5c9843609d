"""Documents of any kind that is read: their bytes, and what they turn out to be.

The content tells the kind, for names lie. The bytes come from outside, as everything does here.
"""

import codecs
import re
from collections.abc import Iterator

from grcm_cli.drafting.documents import child
from grcm_cli.drafting.documents.limits import FILE, TEXT, enough, small_enough
from grcm_cli.drafting.documents.pieces import Piece, Unreadable
from grcm_cli.language.text import N_, _

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the latter of an archive with nothing in it
_PDF, _OLE = b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name under which a password keeps a whole .docx in an OLE file (MS-OFFCRYPTO 2.3.4.4)."""
_OTHERS = (
    (re.compile(rb"\{\\rtf"), N_("it is an RTF file: save it as .docx, .pdf or text")),
    (re.compile(rb"<!doctype html|<html", re.I), N_("it is a web page: save it as text")),
    (re.compile(rb"<\?xml"), N_("it is an XML file: save it as .docx, .pdf or text")),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*"),
        N_("it is a picture: run text recognition (OCR) over it and save the text"),
    ),
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What old programs for Spanish and English wrote, likeliest first, and what is found in texts.
_OLD = ("windows-1252", "cp850", "mac-roman")
_LIKELY = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡ºª°“”–—…")

# All controls but tab and what ends a line; halves of characters that came from a bad decoder.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def read(data: bytes, encoding: str | None = None) -> list[Piece]:
    """Return the paragraphs, rows or lines of a document in their order.

    A text is UTF-8, or in `encoding` where one is given. Raises Unreadable, whose message says in
    the reader's language why, and what to do.
    """
    pieces = _read(data, encoding)
    for piece in pieces:
        _refuse_controls("\n".join((piece.text, piece.label, *piece.cells, *piece.notes)))
    if not any(piece.text.strip() or piece.label for piece in pieces):
        raise Unreadable(_("there is no text in it"))
    return pieces


def is_encoding(name: str) -> bool:
    """Tell whether a name is one of an encoding of text."""
    try:
        "a".encode(name).decode(name)
    except (LookupError, ValueError, TypeError):
        return False
    return True


def _read(data: bytes, encoding: str | None) -> list[Piece]:
    small_enough(len(data), FILE)
    start = data[:1024].removeprefix(codecs.BOM_UTF8).lstrip()
    if data.startswith(_ZIP):
        return child.ask("docx", data)
    if start.startswith(_PDF):
        return child.ask("pdf", data)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Unreadable(_("it is protected by a password: save it without one"))
        raise Unreadable(_("it is an old Word document (.doc): save it as .docx"))
    for pattern, message in _OTHERS:
        if pattern.match(start):
            raise Unreadable(_(message))
    small_enough(len(data), TEXT)
    return list(_lines(_decoded(data, encoding)))


def _lines(text: str) -> Iterator[Piece]:
    """Yield a text's lines. What begins a new page after a line's end ends no line again."""
    _refuse_controls(text)
    for count, line in enumerate(re.sub("(\r?\n)\f", r"\1", text).splitlines(), start=1):
        enough(count)
        yield Piece(line)


def _refuse_controls(text: str) -> None:
    found = _CONTROL.search(text)
    if found:
        message = _("the control character U+{code} stands in it: it is no text, or a damaged one")
        raise Unreadable(message.format(code=f"{ord(found[0]):04X}"))


def _decoded(data: bytes, encoding: str | None) -> str:
    try:
        return data.decode(encoding or "utf-8").removeprefix("\ufeff")
    except UnicodeError as error:
        raise Unreadable(_wrong(data, encoding, error)) from error
    except (LookupError, ValueError) as error:  # unknown, or no name at all
        message = _("there is no encoding '{name}'; one is windows-1252")
        raise Unreadable(message.format(name=encoding)) from error


def _wrong(data: bytes, encoding: str | None, error: UnicodeError) -> str:
    """Return what to say of a text that is not in the encoding it was read as."""
    if encoding is not None:
        return _("it is not in {encoding}").format(encoding=encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _("it is not UTF-8: say --encoding {encoding}").format(encoding=name)
    if b"\0" in data:
        return _("it is no text")
    place = error.start if isinstance(error, UnicodeDecodeError) else 0
    if any(byte >= 0x80 for byte in data[:place]):
        message = _("it is UTF-8 up to line {line}, and damaged there")
        return message.format(line=data.count(b"\n", 0, place) + 1)
    message = _("it is not UTF-8: say --encoding {encoding}, or what it is in")
    return message.format(encoding=_probable(data))


def _probable(data: bytes) -> str:
    """Return the old encoding in which the most bytes are letters and signs of a text."""
    high = bytes(byte for byte in data if byte >= 0x80)
    return max(_OLD, key=lambda name: sum(c in _LIKELY for c in high.decode(name, "replace")))
