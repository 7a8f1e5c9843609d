"""The text of one paragraph of a Word file, as it stands with every tracked change accepted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from grcm_cli.drafting.documents.package import W
from grcm_cli.drafting.documents.styles import Styles

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ALTERNATIVES = _MC + "AlternateContent"
FALLBACK = _MC + "Fallback"

LEFT_OUT = frozenset(
    W + name
    for name in (
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "sym", "rt"),
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr"),
    )
)
"""What is deleted, what is a field's own command, what only tells how the rest looks."""
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_REFERENCES = (W + "footnoteReference", W + "endnoteReference")
# Line ends in the XML are spaces; what Unicode has for line ends is a break in the paragraph.
_BREAKS = {ord("\n"): " ", ord("\r"): " ", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}


@dataclass(slots=True)
class Notes:
    """The footnotes and endnotes of a document, numbered as the text comes to them."""

    feet: Mapping[str, str]
    ends: Mapping[str, str]
    shown: dict[str, int] = field(default_factory=dict)

    def next(self, kind: str, name: str, *, own_mark: bool) -> str:
        """Return a note with its mark, given `footnoteReference` or the like and its id."""
        text = (self.feet if kind == "footnoteReference" else self.ends).get(name, "")
        if own_mark:  # the mark is in the text, and does not count (17.11.1)
            return text
        self.shown[kind] = self.shown.get(kind, 0) + 1
        return f"{self.shown[kind]} {text}".rstrip()


@dataclass(slots=True)
class Found:
    """What stands in a paragraph."""

    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    """The text boxes that are anchored in it, with paragraphs of their own."""

    @property
    def text(self) -> str:
        """Return the words together."""
        return "".join(self.words).strip()


class Runs:
    """Reads paragraphs; one for a document, for its notes are numbered through it."""

    def __init__(self, styles: Styles, notes: Notes) -> None:
        """Take what the document's styles hide, and its notes."""
        self._styles = styles
        self._notes = notes

    def read(self, paragraph: Element, found: Found) -> None:
        """Add what a `w:p` shows to what was found before it."""
        if not self._styles.hides(paragraph.find(W + "pPr")):
            self._walk(paragraph, found, [])

    def _walk(self, element: Element, found: Found, fields: list[bool]) -> None:
        """Add what an element shows. `fields` are the open ones, true while in their command."""
        for child in chosen(element):
            if child.tag in LEFT_OUT:
                continue
            shown = _shown(child)
            if child.tag == W + "fldChar":
                _turn(child.get(W + "fldCharType"), fields)
            elif any(fields):
                self._walk(child, found, fields)  # only to see where the command ends
            elif shown is not None:
                found.words.append(shown)
            elif child.tag in _REFERENCES:
                found.notes.append(self._note(child))
            elif child.tag == W + "txbxContent":
                found.boxes.append(child)
            elif child.tag != W + "r" or not self._styles.is_hidden(child.find(W + "rPr")):
                self._walk(child, found, fields)

    def _note(self, reference: Element) -> str:
        own_mark = reference.get(W + "customMarkFollows", "0") in ("1", "true", "on")
        kind = reference.tag.removeprefix(W)
        return self._notes.next(kind, reference.get(W + "id", ""), own_mark=own_mark)


def chosen(element: Element) -> Iterator[Element]:
    """Yield an element's children; of alternatives only the first, as Word takes it.

    A text box stands in a file twice, in the newer form and again in the older one for programs
    that know no other (ECMA-376 part 3, 7.5).
    """
    if element.tag != _ALTERNATIVES:
        yield from element
    elif len(element):
        choices = element.findall(_MC + "Choice")
        yield choices[0] if choices else element[0]


def is_removed(properties: Element | None) -> bool:
    """Tell whether a paragraph's end, or a row, is deleted or moved away, given its properties."""
    return properties is not None and any(
        properties.find(W + name) is not None for name in ("del", "moveFrom")
    )


def is_moved_on(paragraph: Element) -> bool:
    """Tell whether a paragraph goes on in the next one, its end being deleted (17.13.5.15)."""
    properties = paragraph.find(W + "pPr")
    return properties is not None and is_removed(properties.find(W + "rPr"))


def _turn(kind: str | None, fields: list[bool]) -> None:
    """Note that a field begins, comes from its command to what it shows, or ends (17.16.18)."""
    if kind == "begin":
        fields.append(True)
    elif fields and kind == "separate":
        fields[-1] = False
    elif fields and kind == "end":
        fields.pop()


def _shown(element: Element) -> str | None:
    """Return the letters that an element stands for, or None where it only holds others.

    Spaces at the ends of a `w:t` count only where it says that they are kept (17.3.3.31).
    """
    if element.tag not in (W + "t", _MATH_TEXT):
        return _SIGNS.get(element.tag)
    text = element.text or ""
    kept = element.get(_SPACE) == "preserve"
    return (text if kept else text.strip(" \t\r\n")).translate(_BREAKS)
