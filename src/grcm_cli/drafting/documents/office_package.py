"""Read the XML parts of an Office file (a zip archive) with limits against hostile content.

Nothing is unpacked to disk: a name in the archive is only looked up in it, and is never a path.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO, TextIOWrapper
from itertools import chain
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from grcm_cli.drafting.documents.paragraphs import UnreadableDocument
from grcm_cli.language.text import N_, _

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

_MAX_PART_CHARACTERS = 64 * 1024 * 1024
"""Counted while unpacking: the sizes that an archive declares may be false."""
_MAX_TOKEN_CHARACTERS = 4_000_000
"""Of XML without a tag: older parsers need quadratic time for one huge text or attribute."""
_MAX_ELEMENTS = 600_000
_MAX_DEPTH = 200  # of nested elements; Word writes about thirty, text boxes in tables included
_CHUNK_SIZE = 64 * 1024
_DOCTYPE = "<!DOCTYPE"

_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those that Word uses; the other zip methods have errors and bombs of their own."""

_DAMAGED = N_("the Word file is damaged: open it in Word and save it again")
_BOMB = N_("unpacked, the Word file is far larger than a document should be")
_ENCRYPTED = N_("it is protected by a password: save it without one")
_OTHER_OFFICE_FILES = {
    "xl/workbook.xml": N_("it is an Excel file, not a document: grcm import reads a tracker"),
    "ppt/presentation.xml": N_("it is a PowerPoint file: only .docx, .pdf and text are read"),
}


class Package:
    """The parts of a .docx file, found by their relationship to the document."""

    def __init__(self, data: bytes) -> None:
        """Open the archive. Raises UnreadableDocument for what is no Word file."""
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
            raise UnreadableDocument(_(_DAMAGED)) from error
        self._names = frozenset(self._archive.namelist())
        main = [part for kind, part in self._related("") if kind == "officeDocument"]
        self.main = main[0] if main else "word/document.xml"
        if self.main not in self._names or self.main in _OTHER_OFFICE_FILES:
            raise UnreadableDocument(self._not_word())
        self.parts: Mapping[str, str] = dict(self._related(self.main))

    def _not_word(self) -> str:
        if "mimetype" in self._names:
            kind = "".join(self._text("mimetype"))
            if kind.startswith("application/vnd.oasis.opendocument"):
                return _("it is an OpenDocument file (.odt): save it as .docx, .pdf or text")
        for name in self._names & _OTHER_OFFICE_FILES.keys():
            return _(_OTHER_OFFICE_FILES[name])
        if "[Content_Types].xml" in self._names:
            return _(_DAMAGED)
        return _("it is an archive without a Word document: unpack it first")

    def _related(self, part: str) -> Iterator[tuple[str, str]]:
        """Yield kind and target of each relationship of a part (`_rels`: ECMA-376 part 2, 6.5)."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self._names:
            return
        for element in self.tree(listed).iter(_RELATIONSHIP):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                yield element.get("Type", "").rpartition("/")[2], target.lstrip("/")

    def related(self, kind: str) -> Element | None:
        """Return the root of the document's `styles`, `numbering` or `footnotes` part, or None."""
        name = self.parts.get(kind, "")
        return self.tree(name) if name in self._names else None

    def tree(self, name: str) -> Element:
        """Return the root of a part. Raises UnreadableDocument."""
        root = None
        for _event, element in self.events(name):
            root = element
        if root is None:
            raise UnreadableDocument(_(_DAMAGED))
        return root

    def events(self, name: str) -> Iterator[tuple[str, Element]]:
        """Yield `start` and `end` of each element of a part. Raises UnreadableDocument."""
        parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
        depth = elements = pending = 0
        try:
            for chunk in chain(self._text(name), [None]):
                if chunk is None:
                    parser.close()  # newer parsers delay the last events
                else:
                    parser.feed(chunk)
                    pending += len(chunk)
                for event, element in _parser_events(parser):
                    pending = 0
                    depth += 1 if event == "start" else -1
                    elements += event == "start"
                    if depth > _MAX_DEPTH:
                        raise UnreadableDocument(_("the Word file is nested too deeply to be read"))
                    if elements > _MAX_ELEMENTS:
                        message = _("the Word file has more than {count} elements: split it")
                        raise UnreadableDocument(message.format(count=f"{_MAX_ELEMENTS:,}"))
                    yield event, element
                if pending > _MAX_TOKEN_CHARACTERS:
                    raise UnreadableDocument(_(_BOMB))
        except ParseError as error:
            raise UnreadableDocument(_(_DAMAGED)) from error

    def _text(self, name: str) -> Iterator[str]:
        """Yield a part's characters, up to the limit of a part. Raises UnreadableDocument.

        The parser gets decoded text, so that it ignores the encoding of the XML declaration, in
        which a DOCTYPE could hide from the search here. Without a DOCTYPE there are no entities.
        """
        size, before = 0, ""
        if self._archive.getinfo(name).compress_type not in _COMPRESSIONS:
            why = _("the Word file is compressed in an unknown way: save it again")
            raise UnreadableDocument(why)
        try:
            with TextIOWrapper(self._archive.open(name), "utf-8-sig", newline="") as part:
                while chunk := part.read(_CHUNK_SIZE):
                    size += len(chunk)
                    if size > _MAX_PART_CHARACTERS:
                        raise UnreadableDocument(_(_BOMB))
                    if _DOCTYPE in before + chunk:
                        why = _("the Word file declares entities, which Word never does")
                        raise UnreadableDocument(why)
                    before = chunk[1 - len(_DOCTYPE) :]
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise UnreadableDocument(_(_DAMAGED)) from error
        except RuntimeError as error:  # raised by zipfile for encrypted parts
            raise UnreadableDocument(_(_ENCRYPTED)) from error


def _parser_events(parser: "XMLPullParser[Element]") -> Iterator[tuple[str, Element]]:
    """Yield a parser's events; names of strict Open XML become those of Word."""
    for seen in parser.read_events():
        event, element = seen[0], seen[-1]
        if not isinstance(element, Element):
            continue
        if event == "start" and element.tag.startswith(_STRICT):
            element.tag = W + element.tag[len(_STRICT) :]
            for key in [key for key in element.attrib if key.startswith(_STRICT)]:
                element.set(W + key[len(_STRICT) :], element.attrib.pop(key))
        yield event, element


def value(element: Element | None, name: str) -> str | None:
    """Return the value of a child, such as `12` of `<w:numId w:val="12"/>`, or None."""
    child = element.find(W + name) if element is not None else None
    return child.get(W + "val") if child is not None else None


def number(text: str | None) -> int | None:
    """Return a whole number of at most nine digits, or None for anything else."""
    return int(text) if text is not None and re.fullmatch("[0-9]{1,9}", text) else None


def is_on(element: Element | None, name: str) -> bool | None:
    """Tell whether a property is on (ECMA-376 17.17.4); None where it is absent."""
    child = element.find(W + name) if element is not None else None
    return None if child is None else child.get(W + "val", "1") not in ("0", "false", "off")
