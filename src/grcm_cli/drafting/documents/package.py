"""The parts of an Office file: XML in a zip archive, opened with distrust.

Names in the archive are only ever looked up in it: nothing is unpacked, so no name is a path.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO, TextIOWrapper
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from grcm_cli.drafting.documents.pieces import Unreadable
from grcm_cli.language.text import N_, _

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

_LARGEST_PART = 64 * 1024 * 1024
"""Characters of XML in one part, as they come out: what the archive declares may be a lie."""
_STRETCH = 4_000_000
"""Characters without the beginning or end of an element: a word or an attribute of a bomb, for
which older parsers need time that grows with its square."""
_ELEMENTS = 600_000
_DEPTH = 200
"""Elements within elements; Word itself writes some thirty, text boxes in tables included."""
_CHUNK = 64 * 1024
_DECLARATION = "<!DOCTYPE"

_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those that Word has; the others of zip files have errors and bombs of their own."""

_DAMAGED = N_("the Word file is damaged: open it in Word and save it anew")
_BOMB = N_("the Word file unpacks to far more than a document has")
_ENCRYPTED = N_("it is protected by a password: save it without one")
_OPEN = N_("it is an OpenDocument file (.odt): save it as .docx, .pdf or text")
_OTHERS = {
    "xl/workbook.xml": N_("it is an Excel file: only .docx, .pdf and text are read"),
    "ppt/presentation.xml": N_("it is a PowerPoint file: only .docx, .pdf and text are read"),
}


class _Related(NamedTuple):
    kind: str
    """The last word of the relationship's type: `styles`, `numbering`, `footnotes`."""
    part: str


class Package:
    """A .docx file's parts, by what they are to the document."""

    def __init__(self, data: bytes) -> None:
        """Open the archive. Raises Unreadable where it is none, or none of Word's."""
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
            raise Unreadable(_(_DAMAGED)) from error
        self._names = frozenset(self._archive.namelist())
        main = [part for kind, part in self._related("") if kind == "officeDocument"]
        self.main = main[0] if main else "word/document.xml"
        if self.main not in self._names or self.main in _OTHERS:
            raise Unreadable(self._what_else())
        self.parts: Mapping[str, str] = dict(self._related(self.main))

    def _what_else(self) -> str:
        """Return what an archive without a Word document is."""
        if "mimetype" in self._names:
            kind = "".join(self._text("mimetype"))
            if kind.startswith("application/vnd.oasis.opendocument"):
                return _(_OPEN)
        for name in self._names & _OTHERS.keys():
            return _(_OTHERS[name])
        if "[Content_Types].xml" in self._names:
            return _(_DAMAGED)
        return _("it is an archive without a Word document: unpack it first")

    def _related(self, part: str) -> Iterator[_Related]:
        """Yield the parts that a part points to, from its `_rels` (ECMA-376 part 2, 6.5)."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self._names:
            return
        for element in self.tree(listed).iter(_RELATIONSHIP):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                kind = element.get("Type", "").rpartition("/")[2]
                yield _Related(kind, target.lstrip("/"))

    def related(self, kind: str) -> Element | None:
        """Return the root of the part that the document uses as its `styles`, and the like."""
        name = self.parts.get(kind, "")
        return self.tree(name) if name in self._names else None

    def tree(self, name: str) -> Element:
        """Return the root of a part. Raises Unreadable."""
        root = None
        for _event, element in self.events(name):
            root = element
        if root is None:
            raise Unreadable(_(_DAMAGED))
        return root

    def events(self, name: str) -> Iterator[tuple[str, Element]]:
        """Yield `start` and `end` of each element of a part, as it is read. Raises Unreadable."""
        depth = elements = 0
        for event, element in self._parsed(name):
            depth += 1 if event == "start" else -1
            elements += event == "start"
            if depth > _DEPTH:
                raise Unreadable(_("the Word file is nested too deeply to be read"))
            if elements > _ELEMENTS:
                message = _("the Word file has more than {count} elements: cut it in parts")
                raise Unreadable(message.format(count=f"{_ELEMENTS:,}"))
            yield event, element

    def _parsed(self, name: str) -> Iterator[tuple[str, Element]]:
        parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
        stretch = 0
        try:
            for chunk in self._text(name):
                parser.feed(chunk)
                stretch += len(chunk)
                for seen in _seen(parser):
                    stretch = 0
                    yield seen
                if stretch > _STRETCH:
                    raise Unreadable(_(_BOMB))
            parser.close()
            yield from _seen(parser)  # newer parsers keep the last ones back until they know
        except ParseError as error:
            raise Unreadable(_(_DAMAGED)) from error

    def _text(self, name: str) -> Iterator[str]:
        """Yield a part's characters, no more than a part may have. Raises Unreadable.

        As characters, for the parser then takes no encoding from the XML declaration: in a chosen
        one a DOCTYPE could hide from the look for it. Without a DOCTYPE there are no entities.
        """
        size, before = 0, ""
        if self._archive.getinfo(name).compress_type not in _PACKINGS:
            raise Unreadable(_("the Word file is packed in an unknown way: save it anew"))
        try:
            with TextIOWrapper(self._archive.open(name), "utf-8-sig", newline="") as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    if size > _LARGEST_PART:
                        raise Unreadable(_(_BOMB))
                    if _DECLARATION in before + chunk:
                        raise Unreadable(_("the Word file declares entities, as Word never does"))
                    before = chunk[1 - len(_DECLARATION) :]
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise Unreadable(_(_DAMAGED)) from error
        except RuntimeError as error:  # what zipfile raises where a password is asked for
            raise Unreadable(_(_ENCRYPTED)) from error


def _seen(parser: "XMLPullParser[Element]") -> Iterator[tuple[str, Element]]:
    """Yield what a parser has read, with the names of strict Open XML as those of Word."""
    for seen in parser.read_events():
        event, element = seen[0], seen[-1]
        if not isinstance(element, Element):
            continue
        if event == "start" and element.tag.startswith(_STRICT):
            element.tag = W + element.tag[len(_STRICT) :]
            for key in [key for key in element.attrib if key.startswith(_STRICT)]:
                element.set(W + key[len(_STRICT) :], element.attrib.pop(key))
        yield event, element


def value(element: Element | None, name: str, attribute: str = "val") -> str | None:
    """Return an attribute of a child, as `12` of `<w:numId w:val="12"/>`, or None without it."""
    child = element.find(W + name) if element is not None else None
    return child.get(W + attribute) if child is not None else None


def number(text: str | None) -> int | None:
    """Return a small whole number, or None where there is none."""
    return int(text) if text is not None and re.fullmatch("[0-9]{1,9}", text) else None


def is_on(element: Element | None, name: str) -> bool | None:
    """Tell whether a property is on (ECMA-376 17.17.4), or None where it is not given."""
    child = element.find(W + name) if element is not None else None
    return None if child is None else child.get(W + "val", "1") not in ("0", "false", "off")
