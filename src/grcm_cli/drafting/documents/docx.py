"""Parse a Word document (.docx) into paragraphs (ECMA-376 part 1, 17).

Tracked changes count as accepted. Headers, footers and comments, in other parts, are not read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from grcm_cli.drafting.documents.docx_styles import Numbering, Styles
from grcm_cli.drafting.documents.office_package import Package, W, is_on
from grcm_cli.drafting.documents.paragraphs import Paragraph, UnreadableDocument, check_length
from grcm_cli.language.text import N_, _

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXTS = (W + "t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_PARAGRAPH, _TABLE, _ROW, _CELL = (W + name for name in ("p", "tbl", "tr", "tc"))
_CELL_DELETED = f"{W}tcPr/{W}cellDel"
_BLOCKS = (_PARAGRAPH, _TABLE)
_REMOVED = (W + "del", W + "moveFrom")
_FOREIGN = (W + "altChunk", W + "subDoc")
_EMBEDDED = N_("part of it is in another file: open it in Word and save it again as .docx")
_SKIPPED = frozenset(
    W + name
    for name in (
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "sym", "rt"),
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr"),
    )
)
"""Deleted text, field instructions and properties."""
_NOT_SHOWN = _SKIPPED | {_MC + "Fallback"}
_CHARACTERS = {
    **dict.fromkeys((W + "tab", W + "ptab"), "\t"),
    **dict.fromkeys((W + "br", W + "cr"), "\n"),
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_NOTE_REFERENCES = (W + "footnoteReference", W + "endnoteReference")
_LEAVES = frozenset((*_TEXTS, *_CHARACTERS, *_NOTE_REFERENCES, W + "fldChar", W + "txbxContent"))
# Line ends in the XML are spaces; Unicode's line separators break the paragraph.
_BREAKS = {ord("\n"): " ", ord("\r"): " ", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}


def read(data: bytes) -> list[Paragraph]:
    """Return the paragraphs and rows of a .docx file in their order. Raises UnreadableDocument."""
    package = Package(data)
    paragraphs: list[Paragraph] = []
    reader = _DocumentReader(package)
    characters = 0
    for block in _blocks(package):
        pieces = reader.read(block)
        characters += sum(len(paragraph.text) + len(paragraph.label) for paragraph in pieces)
        paragraphs += pieces
        check_length(len(paragraphs), characters)
    return paragraphs + reader.flush()


def _blocks(package: Package) -> Iterator[Element]:
    """Yield each outermost paragraph and table, and free its memory afterwards."""
    open_elements: list[Element] = []
    depth = 0
    for event, element in package.events(package.main):
        if event == "start":
            if not open_elements and element.tag != W + "document":
                raise UnreadableDocument(_("the Word file does not contain a Word document"))
            if element.tag in _FOREIGN:
                raise UnreadableDocument(_(_EMBEDDED))
            open_elements.append(element)
            depth += element.tag in _BLOCKS
            continue
        open_elements.pop()
        depth -= element.tag in _BLOCKS
        if depth == 0:
            if element.tag in _BLOCKS and not any(e.tag in _NOT_SHOWN for e in open_elements):
                yield element
            element.clear()
            if open_elements:
                del open_elements[-1][:]


@dataclass(slots=True)
class _ParagraphContent:
    """What a `w:p` shows."""

    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    """The text boxes anchored in it, with paragraphs of their own."""

    @property
    def text(self) -> str:
        return "".join(self.words).strip()


class _DocumentReader:
    """Turns blocks into paragraphs; keeps the counters of lists and notes."""

    def __init__(self, package: Package) -> None:
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self._styles)
        self._notes: dict[tuple[str, str], str] = {}
        """The texts of the notes by the tag of their references and their ids."""
        self._counts: Counter[str] = Counter()
        for tag, kind in zip(_NOTE_REFERENCES, ("footnotes", "endnotes"), strict=True):
            for note in package.related(kind) or ():
                content = _ParagraphContent()
                for paragraph in note.iter(_PARAGRAPH):
                    self._read_runs(paragraph, content)
                    content.words.append(" ")
                if note.get(W + "type") in (None, "normal"):  # other types are separator lines
                    self._notes[tag, note.get(W + "id", "")] = content.text
        self._counts.clear()  # notes in notes do not count
        self._pending = _ParagraphContent()
        """A paragraph whose end is deleted: it continues in the next one."""

    def read(self, block: Element) -> list[Paragraph]:
        """Return the paragraphs of a `w:p` or `w:tbl`."""
        if block.tag == _PARAGRAPH:
            return list(self._paragraph(block))
        return self.flush() + list(self._table(block))

    def flush(self) -> list[Paragraph]:
        """Return the pending paragraph, if any: no other follows it."""
        pending, self._pending = self._pending, _ParagraphContent()
        return [Paragraph(pending.text, notes=pending.notes)] if pending.text else []

    def _paragraph(self, paragraph: Element) -> Iterator[Paragraph]:
        content = self._pending
        self._read_runs(paragraph, content)
        boxes, content.boxes = content.boxes, []
        properties = paragraph.find(W + "pPr")
        # A paragraph whose end is deleted goes on in the next one (17.13.5.15).
        if properties is None or not _is_removed(properties.find(W + "rPr")):
            self._pending = _ParagraphContent()
            label, heading = self._numbering.label(properties), self._styles.is_heading(properties)
            yield Paragraph(content.text, label, heading, notes=content.notes)
        for box in boxes:
            for block in _descendants(box, _BLOCKS):
                yield from self.read(block)

    def _table(self, table: Element) -> Iterator[Paragraph]:
        for row in _descendants(table, (_ROW,)):
            properties = row.find(W + "trPr")
            if _is_removed(properties):
                continue
            present = (c for c in _descendants(row, (_CELL,)) if c.find(_CELL_DELETED) is None)
            cells = []
            for cell in present:
                blocks = _descendants(cell, _BLOCKS)
                cells.append([p for block in blocks for p in self.read(block)] + self.flush())
            if len(cells) == 1:  # a frame around text, or a line across the table
                yield from cells[0]
            elif cells:
                # Automatic numbers inside a cell become words of its text; a row in it is a line.
                lines = [
                    [f"{p.label} {' '.join(p.cells) or p.text}".strip() for p in c] for c in cells
                ]
                texts = ["\n".join(filter(None, cell)) for cell in lines]
                notes = [note for cell in cells for paragraph in cell for note in paragraph.notes]
                heading = is_on(properties, "tblHeader") or False
                yield Paragraph("\t".join(texts), heading=heading, cells=texts, notes=notes)

    def _read_runs(self, paragraph: Element, content: _ParagraphContent) -> None:
        if self._styles.style(self._styles.name_of(paragraph.find(W + "pPr"))).is_hidden:
            return
        for leaf in _without_instructions(self._leaves(paragraph)):
            if leaf.tag in _TEXTS:
                # White space at the ends counts only with `xml:space="preserve"` (17.3.3.31).
                text = leaf.text or ""
                text = text if leaf.get(_SPACE) == "preserve" else text.strip(" \t\r\n")
                content.words.append(text.translate(_BREAKS))
            elif leaf.tag in _CHARACTERS:
                content.words.append(_CHARACTERS[leaf.tag])
            elif leaf.tag in _NOTE_REFERENCES:
                note = self._notes.get((leaf.tag, leaf.get(W + "id", "")), "")
                # A custom mark is in the text, and does not count (17.11.1).
                if leaf.get(W + "customMarkFollows", "0") not in ("1", "true", "on"):
                    self._counts[leaf.tag] += 1
                    note = f"{self._counts[leaf.tag]} {note}".rstrip()
                content.notes.append(note)
            elif leaf.tag == W + "txbxContent":
                content.boxes.append(leaf)

    def _leaves(self, element: Element) -> Iterator[Element]:
        """Yield what an element shows: the text of its runs, marks, notes, and text boxes."""
        for child in _children(element):
            if child.tag in _LEAVES:
                yield child
            elif child.tag not in _SKIPPED and not (
                child.tag == W + "r" and self._styles.hides_run(child.find(W + "rPr"))
            ):
                yield from self._leaves(child)


def _without_instructions(leaves: Iterable[Element]) -> Iterator[Element]:
    """Yield the leaves of a paragraph without the instructions of its fields (17.16.18)."""
    fields: list[bool] = []
    """For each field that is open, whether its instruction is."""
    instructions = 0
    for leaf in leaves:
        kind = leaf.get(W + "fldCharType") if leaf.tag == W + "fldChar" else None
        if kind == "begin":
            fields.append(True)
            instructions += 1
        elif fields and kind in ("separate", "end"):
            instructions -= fields.pop()
            fields += [False] if kind == "separate" else []
        elif not instructions:
            yield leaf


def _children(element: Element) -> Iterator[Element]:
    """Yield the children; of alternatives the first choice, as Word (ECMA-376 part 3, 7.5)."""
    if element.tag != _MC + "AlternateContent":
        yield from element
    elif len(element):
        choices = element.findall(_MC + "Choice")
        yield choices[0] if choices else element[0]


def _descendants(element: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    for child in _children(element):
        if child.tag in tags:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _descendants(child, tags)


def _is_removed(properties: Element | None) -> bool:
    """Tell whether a paragraph's end, or a row, is deleted or moved away, by its properties."""
    return properties is not None and any(child.tag in _REMOVED for child in properties)
