"""A Markdown text as a document for a word processor (.docx, ISO/IEC 29500).

Alone in grcm this file imports python-docx; it takes the template that comes with it.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from markdown_it.tree import SyntaxTreeNode as Node

from grcm_cli.language.articles import grammar
from grcm_cli.language.markdown import tokens
from grcm_cli.language.text import _, clean

_FONT = "Calibri"
_HEADINGS = {"Heading 1": 16, "Heading 2": 13, "Heading 3": 11}
"""The styles of headings, with their sizes in points; a deeper heading has the last of them."""
_LETTER_SUBJECT = 13  # points
_PAPER = (21.0, 29.7)  # cm, A4
_FIRST_YEAR = 1980  # no earlier day fits into the properties of every program
_INDENT = 0.75  # cm, of a list or a quotation
_CONTINUATIONS = ("bullet_list", "ordered_list", "blockquote", "table")
"""What a paragraph introduces, so that it does not end a page before it."""
_SIGNATURE = 4  # paragraphs at the end of a letter that stay on one page
_SHORT_QUOTATION = 1200  # characters: a longer one may be parted by a page
_SHORT_LIST = 6  # items after a paragraph or before a quotation that stay on its page
_CELL_MARGINS = {"top": 50, "left": 90, "bottom": 50, "right": 90}
"""Of a cell, in twentieths of a point and in the order of the schema."""


class WordPage(NamedTuple):
    """What a document is besides its text."""

    title: str
    language: str
    day: date
    """Of the document's properties."""
    landscape: bool = False
    widths: Mapping[int, Sequence[int]] = {}
    """The widths of a table's columns in per cent, by their number."""
    is_signed: bool = False
    """The text ends with a signature: there is room for it, and it never stands alone on a page."""


def render(markdown: str, page: WordPage) -> bytes:
    """Return the bytes of a document, the same for the same text."""
    document = Document()
    _set_styles(document, page)
    _set_paper(document, page)
    _set_properties(document, page)
    writer = _Writer(document, page)
    for block in Node(list(tokens(markdown))).children:
        writer.block(block, 0)
    if page.is_signed:
        _keep_signature(document)
    out = io.BytesIO()
    document.save(out)
    return _with_fixed_times(out.getvalue())


def _with_fixed_times(package: bytes) -> bytes:
    """Return a package whose parts have no time of their own."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()


# --- the document as a whole --------------------------------------------------------------------


def _set_styles(document: WordDocument, page: WordPage) -> None:
    sizes = {"Normal": 10 if page.landscape else 11, **_HEADINGS}
    if page.is_signed:
        sizes["Heading 1"] = _LETTER_SUBJECT
    for name, size in sizes.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - of the library's own template
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]  # it would go before the name
        for script in ("w:eastAsia", "w:cs"):
            fonts.set(qn(script), _FONT)
        heading = name in _HEADINGS
        style.paragraph_format.space_before = Pt(12 if heading else 0)
        style.paragraph_format.space_after = Pt(4 if heading else 6)
    code = grammar(page.language)["files"]["spelling"]
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), code)
    _set_language(document, code)


def _set_language(document: WordDocument, code: str) -> None:
    """Set the language of every text that has none of its own."""
    normal = document.styles["Normal"].element.get_or_add_rPr()
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), code)
    normal.append(lang)


def _set_paper(document: WordDocument, page: WordPage) -> None:
    section = document.sections[0]
    width, height = reversed(_PAPER) if page.landscape else _PAPER
    section.page_width, section.page_height = Cm(width), Cm(height)
    if page.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
    margin = Cm(_margin(page))
    section.left_margin = section.right_margin = margin
    section.top_margin = section.bottom_margin = margin
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    words = _("Page {page} of {pages}")
    before, _mark, after = words.partition("{page}")
    between, _mark, last = after.partition("{pages}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (last, "")):
        _small(footer.add_run(text))
        if field:
            _add_field(footer, field)


def _margin(page: WordPage) -> float:
    return 1.8 if page.landscape else 2.5


def _small(run: Run) -> None:
    run.font.size = Pt(9)


def _add_field(paragraph: Paragraph, name: str) -> None:
    """Add a field, which the word processor fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    _small(run)
    field.append(run._r)
    paragraph._p.append(field)


def _set_properties(document: WordDocument, page: WordPage) -> None:
    day = page.day.replace(year=max(page.day.year, _FIRST_YEAR))
    properties = document.core_properties
    properties.title = clean(page.title)[:255]
    properties.language = grammar(page.language)["files"]["spelling"]
    properties.author = properties.comments = properties.last_modified_by = ""
    made = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day
    properties.created = properties.modified = made


def _keep_signature(document: WordDocument) -> None:
    """Leave room above the last paragraph, and keep the last ones on one page."""
    last = document.paragraphs[-_SIGNATURE:]
    for paragraph in last:
        paragraph.paragraph_format.keep_together = True
    for paragraph in last[:-1]:
        paragraph.paragraph_format.keep_with_next = True
    if len(last) > 1:
        last[-1].paragraph_format.space_before = Pt(36)


# --- blocks -------------------------------------------------------------------------------------


class _Writer:
    """Writes the blocks of a text into a document, one after the other."""

    def __init__(self, document: WordDocument, page: WordPage) -> None:
        self.document, self.page = document, page

    def block(self, node: Node, depth: int, mark: str = "") -> None:
        """Write a block inside `depth` lists or quotations; `mark` opens an item of a list."""
        match node.type:
            case "heading":
                level = min(int(node.tag[1:]), len(_HEADINGS))
                _write_inline(self.document.add_paragraph(style=f"Heading {level}"), node)
            case "paragraph":
                self._paragraph(node, depth, mark)
            case "bullet_list" | "ordered_list":
                self._items(node, depth)
            case "code_block" | "fence":
                for line in node.content.rstrip("\n").split("\n"):
                    self._new(depth + 1).add_run(clean(line))
            case "hr":
                _add_border(self._new(depth), "bottom")
            case "table":
                _TableWriter(self.document, self.page).write(node)
            case _:  # a quotation
                for child in node.children:
                    self.block(child, depth + 1)

    def _new(self, depth: int) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(_INDENT * depth)
        return paragraph

    def _paragraph(self, node: Node, depth: int, mark: str) -> None:
        paragraph = self._new(depth)
        layout = paragraph.paragraph_format
        if mark:
            layout.first_line_indent = Cm(-_INDENT)
            layout.tab_stops.add_tab_stop(Cm(_INDENT * depth))
            paragraph.add_run(f"{mark}\t")
        if node.hidden:  # of a tight list
            layout.space_after = Pt(6 if _ends_list(node) else 2)
            layout.keep_together = True
            layout.keep_with_next = _stays_with_next(node)
        if node.parent is not None and node.parent.type == "blockquote":
            _add_border(paragraph, "left")
            layout.keep_together = len(_text(node)) <= _SHORT_QUOTATION
        following = node.next_sibling
        if following is not None and following.type in _CONTINUATIONS:
            layout.keep_with_next = True
        _write_inline(paragraph, node)

    def _items(self, node: Node, depth: int) -> None:
        first = int(node.attrs.get("start", 1))
        for number, item in enumerate(node.children, first):
            mark = f"{number}." if node.type == "ordered_list" else "•"
            for child in item.children:
                self.block(child, depth + 1, mark)
                mark = ""
            if mark:
                self._new(depth + 1).add_run(mark)  # an empty item


def _text(node: Node) -> str:
    return "".join(each.content for each in node.walk() if each.type == "text")


def _ends_list(paragraph: Node) -> bool:
    """Tell whether a paragraph is the last of the last item of a list."""
    item = paragraph.parent
    return item is not None and item.next_sibling is None and paragraph.next_sibling is None


def _stays_with_next(paragraph: Node) -> bool:
    """Tell whether a paragraph of a short list shares the page of what follows.

    That is the next item of a list that a paragraph introduces, or a quotation.
    """
    item = paragraph.parent
    found = None if item is None else item.parent
    if item is None or found is None or len(found.children) > _SHORT_LIST:
        return False
    before, after = found.previous_sibling, found.next_sibling
    if after is not None and after.type == "blockquote":
        return True
    is_introduced = before is not None and before.type == "paragraph"
    return is_introduced and item.next_sibling is not None


def _add_border(paragraph: Paragraph, side: str) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for key, value in {"val": "single", "sz": "8", "space": "6", "color": "999999"}.items():
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    # The schema has an order: a border comes before what is set of spacing and indents.
    properties.insert_element_before(
        borders, *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    )


class _TableWriter:
    """Writes a table: its heads come back on each page, and no row is cut by one."""

    def __init__(self, document: WordDocument, page: WordPage) -> None:
        self.document, self.page = document, page

    def write(self, node: Node) -> None:
        """Write a table that is a node of a Markdown text."""
        rows = [row for part in node.children for row in part.children]
        columns = len(rows[0].children)
        table = self.document.add_table(len(rows), columns, "Table Grid")
        table.autofit = False
        _set_cell_margins(table)
        width = _PAPER[self.page.landscape] - 2 * _margin(self.page)
        shares = self.page.widths.get(columns) or [100 // columns] * columns
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Cm(width * share / 100)
        for index, row in enumerate(rows):
            self._row(table, index, row, [Cm(width * share / 100) for share in shares])
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def _row(self, table: Table, index: int, row: Node, widths: Sequence[Cm]) -> None:
        out = table.rows[index]
        properties = out._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        is_head = index == 0
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, node, width in zip(out.cells, row.children, widths, strict=True):
            cell.width = width
            self._cell(cell, node, is_head=is_head)

    def _cell(self, cell: _Cell, node: Node, *, is_head: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if is_head:
            paragraph.paragraph_format.keep_with_next = True
        if "right" in str(node.attrs.get("style", "")):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _write_inline(paragraph, node, bold=is_head, size=9.5)
        if is_head:
            shade = OxmlElement("w:shd")
            for key, value in {"val": "clear", "color": "auto", "fill": "E8E8E8"}.items():
                shade.set(qn(f"w:{key}"), value)
            cell._tc.get_or_add_tcPr().append(shade)


def _set_cell_margins(table: Table) -> None:
    """Set the room between the text and the borders of cells, as programs have none above it."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in _CELL_MARGINS.items():
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


# --- the words of a block -----------------------------------------------------------------------


def _write_inline(
    paragraph: Paragraph,
    node: Node,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float | None = None,
) -> None:
    """Write the words of a block or of a part of a line, strong and stressed ones as such."""
    match node.type:
        case "text" | "code_inline" | "image" | "softbreak":
            words = " " if node.type == "softbreak" else clean(node.content)
            run = paragraph.add_run(words)
            run.bold, run.italic = bold or None, italic or None
            run.font.size = None if size is None else Pt(size)
        case "hardbreak":
            paragraph.add_run().add_break()
        case kind:
            is_bold, is_italic = bold or kind == "strong", italic or kind == "em"
            for child in node.children:
                _write_inline(paragraph, child, bold=is_bold, italic=is_italic, size=size)
            target = str(node.attrs.get("href", "")) if kind == "link" else ""
            if target and target != "".join(child.content for child in node.children):
                paragraph.add_run(clean(f" ({target})"))
