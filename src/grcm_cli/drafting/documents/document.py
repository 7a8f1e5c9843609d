"""Read a document of any kind: detect the kind by content, and return its paragraphs."""

import codecs
import re

from grcm_cli.drafting.documents import sandbox
from grcm_cli.drafting.documents.paragraphs import (
    CONTROL_CHARACTERS,
    MAX_FILE_BYTES,
    MAX_TEXT_BYTES,
    Paragraph,
    UnreadableDocument,
    check_bytes,
    check_length,
)
from grcm_cli.language.text import N_, _

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the latter is an empty archive
_PDF, _OLE = b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream of a password-protected .docx in an OLE file (MS-OFFCRYPTO 2.3.4.4)."""
_UNSUPPORTED = (
    (re.compile(rb"\{\\rtf"), N_("it is an RTF file: save it as .docx, .pdf or text")),
    (re.compile(rb"<!doctype html|<html", re.I), N_("it is a web page: save it as text")),
    (re.compile(rb"<\?xml"), N_("it is an XML file: save it as .docx, .pdf or text")),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*"),
        N_("it is a picture: run text recognition (OCR) over it and save the text"),
    ),
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY_ENCODINGS = ("windows-1252", "cp850", "mac-roman")
"""Encodings of older programs for Spanish and English, the most likely first."""
_EXPECTED_CHARACTERS = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡ºª°“”–—…")

_CONTROL = re.compile(f"[{CONTROL_CHARACTERS}]")


def read(data: bytes, encoding: str | None = None) -> list[Paragraph]:
    """Return the paragraphs, table rows or lines of a document in their order.

    A plain text is UTF-8, or in `encoding` where one is given. Raises UnreadableDocument.
    """
    paragraphs = _read(data, encoding)
    for paragraph in paragraphs:
        parts = (paragraph.text, paragraph.label, *paragraph.cells, *paragraph.notes)
        _refuse_controls("\n".join(parts))
    if not any(paragraph.text.strip() or paragraph.label for paragraph in paragraphs):
        raise UnreadableDocument(_("there is no text in it"))
    return paragraphs


def is_encoding(name: str) -> bool:
    """Tell whether Python knows a text encoding by this name."""
    try:
        "a".encode(name).decode(name)
    except (LookupError, ValueError, TypeError):
        return False
    return True


def _read(data: bytes, encoding: str | None) -> list[Paragraph]:
    check_bytes(len(data), MAX_FILE_BYTES)
    start = data[:1024].removeprefix(codecs.BOM_UTF8).lstrip()
    if data.startswith(_ZIP):
        return sandbox.read("docx", data)
    if start.startswith(_PDF):
        return sandbox.read("pdf", data)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableDocument(_("it is protected by a password: save it without one"))
        raise UnreadableDocument(_("it is an old Word document (.doc): save it as .docx"))
    for pattern, message in _UNSUPPORTED:
        if pattern.match(start):
            raise UnreadableDocument(_(message))
    check_bytes(len(data), MAX_TEXT_BYTES)
    try:
        text = data.decode(encoding or "utf-8").removeprefix("\ufeff")
    except UnicodeError as error:
        raise UnreadableDocument(_encoding_error(data, encoding, error)) from error
    except (LookupError, ValueError) as error:  # unknown, or no name at all
        message = _("there is no encoding '{name}'; one is windows-1252")
        raise UnreadableDocument(message.format(name=encoding)) from error
    _refuse_controls(text)
    # A form feed after a line end ends no second line.
    lines = re.sub("(\r?\n)\f", r"\1", text).splitlines()
    check_length(len(lines))
    return list(map(Paragraph, lines))


def _refuse_controls(text: str) -> None:
    found = _CONTROL.search(text)
    if found:
        message = _("the control character U+{code} stands in it: it is no text, or a damaged one")
        raise UnreadableDocument(message.format(code=f"{ord(found[0]):04X}"))


def _encoding_error(data: bytes, encoding: str | None, error: UnicodeError) -> str:
    """Return the message for a text that is not in the encoding it was read as."""
    if encoding is not None:
        return _("it is not in {encoding}").format(encoding=encoding)
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _("it is not UTF-8: say --encoding {encoding}").format(encoding=name)
    if b"\0" in data:
        return _("it is no text")
    place = error.start if isinstance(error, UnicodeDecodeError) else 0
    if any(byte >= 0x80 for byte in data[:place]):
        message = _("it is UTF-8 up to line {line}, and damaged there")
        return message.format(line=data.count(b"\n", 0, place) + 1)
    high = bytes(byte for byte in data if byte >= 0x80)
    likely = max(
        _LEGACY_ENCODINGS,
        key=lambda name: sum(c in _EXPECTED_CHARACTERS for c in high.decode(name, "replace")),
    )
    message = _("it is not UTF-8: say --encoding {encoding}, or what it is in")
    return message.format(encoding=likely)
