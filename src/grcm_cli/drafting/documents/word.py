"""What a Word document (.docx) says, paragraph by paragraph (ECMA-376 part 1, 17).

Headers, footers and comments are other parts of the file, and no part of what was adopted.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from grcm_cli.drafting.documents.limits import enough
from grcm_cli.drafting.documents.numbering import Numbering
from grcm_cli.drafting.documents.package import Package, W, is_on
from grcm_cli.drafting.documents.pieces import Piece, Unreadable
from grcm_cli.drafting.documents.runs import (
    FALLBACK,
    LEFT_OUT,
    Found,
    Notes,
    Runs,
    chosen,
    is_moved_on,
    is_removed,
)
from grcm_cli.drafting.documents.styles import Styles
from grcm_cli.language.text import N_, _

_PARAGRAPH, _TABLE, _ROW, _CELL = (W + name for name in ("p", "tbl", "tr", "tc"))
_CELL_DELETED = f"{W}tcPr/{W}cellDel"
_BLOCKS = (_PARAGRAPH, _TABLE)
_NOT_SHOWN = LEFT_OUT | {FALLBACK}
_FOREIGN = (W + "altChunk", W + "subDoc")
_EMBEDDED = N_("a part of it is in another file: open it in Word and save it as .docx anew")


def read(data: bytes) -> list[Piece]:
    """Return the paragraphs and rows of a .docx file in their order. Raises Unreadable."""
    package = Package(data)
    pieces: list[Piece] = []
    document = _Document(package)
    letters = 0
    for block in _blocks(package):
        found = document.read(block)
        letters += sum(len(piece.text) + len(piece.label) for piece in found)
        pieces += found
        enough(len(pieces), letters)
    return pieces + document.rest()


def _blocks(package: Package) -> Iterator[Element]:
    """Yield each paragraph and table that stands in no other, and forget it after that."""
    open_elements: list[Element] = []
    inside = 0
    for event, element in package.events(package.main):
        if event == "start":
            if not open_elements and element.tag != W + "document":
                raise Unreadable(_("the Word file holds no document of Word"))
            if element.tag in _FOREIGN:
                raise Unreadable(_(_EMBEDDED))
            open_elements.append(element)
            inside += element.tag in _BLOCKS
            continue
        open_elements.pop()
        inside -= element.tag in _BLOCKS
        if inside == 0:
            if element.tag in _BLOCKS and not any(e.tag in _NOT_SHOWN for e in open_elements):
                yield element
            element.clear()
            if open_elements:
                del open_elements[-1][:]


class _Document:
    """Turns blocks into pieces, and counts as it goes through them."""

    def __init__(self, package: Package) -> None:
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self._styles.lists())
        feet, ends = (
            _notes(package.related(kind), self._styles) for kind in ("footnotes", "endnotes")
        )
        self._runs = Runs(self._styles, Notes(feet, ends))
        self._begun = Found()
        """What goes before the next paragraph: the end between the two is deleted."""

    def read(self, block: Element) -> list[Piece]:
        """Return the pieces of a paragraph or a table."""
        if block.tag == _PARAGRAPH:
            return list(self._paragraph(block))
        return self.rest() + list(self._table(block))

    def rest(self) -> list[Piece]:
        """Return what was to go before a paragraph that never came."""
        begun, self._begun = self._begun, Found()
        return [Piece(begun.text, notes=begun.notes)] if begun.text else []

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        found = self._begun
        self._runs.read(paragraph, found)
        boxes, found.boxes = found.boxes, []
        if not is_moved_on(paragraph):
            self._begun = Found()
            properties = paragraph.find(W + "pPr")
            place = self._styles.place(properties, self._numbering.level_of)
            yield Piece(
                found.text,
                self._numbering.label(place) if place else "",
                place.level if place else 0,
                self._styles.is_heading(properties),
                notes=found.notes,
            )
        for box in boxes:
            for block in _within(box, _BLOCKS):
                yield from self.read(block)

    def _table(self, table: Element) -> Iterator[Piece]:
        for row in _within(table, (_ROW,)):
            properties = row.find(W + "trPr")
            if is_removed(properties):
                continue
            kept = (cell for cell in _within(row, (_CELL,)) if cell.find(_CELL_DELETED) is None)
            cells = [self._cell(cell) for cell in kept]
            if len(cells) == 1:  # a frame around text, or a line across the table
                yield from cells[0]
            elif cells:
                yield _row(cells, heading=is_on(properties, "tblHeader") or False)

    def _cell(self, cell: Element) -> list[Piece]:
        return [
            piece for block in _within(cell, _BLOCKS) for piece in self.read(block)
        ] + self.rest()


def _row(cells: list[list[Piece]], *, heading: bool) -> Piece:
    """Return the piece of a table's row. A cell's automatic numbers are words of its text."""
    texts = ["\n".join(filter(None, map(_line, cell))) for cell in cells]
    notes = [note for cell in cells for piece in cell for note in piece.notes]
    return Piece("\t".join(texts), heading=heading, cells=texts, notes=notes)


def _line(piece: Piece) -> str:
    """Return a piece on one line of a cell; the cells of a table in the cell as well."""
    return f"{piece.label} {' '.join(piece.cells) or piece.text}".strip()


def _within(element: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    """Yield the nearest elements with one of these tags, through whatever is put around them."""
    for child in chosen(element):
        if child.tag in tags:
            yield child
        elif child.tag not in LEFT_OUT:
            yield from _within(child, tags)


def _notes(root: Element | None, styles: Styles) -> dict[str, str]:
    """Return the text of each footnote or endnote by its id."""
    runs = Runs(styles, Notes({}, {}))
    notes = {}
    for note in root if root is not None else ():
        found = Found()
        for paragraph in note.iter(_PARAGRAPH):
            runs.read(paragraph, found)
            found.words.append(" ")
        if note.get(W + "type") in (None, "normal"):  # the others are lines between
            notes[note.get(W + "id", "")] = found.text
    return notes
