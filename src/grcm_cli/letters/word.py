"""A Markdown text as a document for a word processor (.docx, ISO/IEC 29500)."""

import io
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from markdown_it.tree import SyntaxTreeNode as Node

from grcm_cli.language.grammar import grammar
from grcm_cli.language.markdown import inline_words, tree
from grcm_cli.language.text import _, clean
from grcm_cli.letters import PageSetup
from grcm_cli.storage.files import with_fixed_times

_FONT = "Calibri"
_HEADINGS = {"Heading 1": 16, "Heading 2": 13, "Heading 3": 11}
"""The styles of headings, with their sizes in points; a deeper heading has the last of them."""
_LETTER_SUBJECT = 13  # points
_PAPER = (21.0, 29.7)  # cm, A4
_MARGINS = (2.5, 1.8)  # cm, of a page upright and in landscape
_FIRST_YEAR = 1980  # no earlier day fits into the properties of every program
_INDENT = 0.75  # cm, of a list or a quotation
_CONTINUATIONS = ("bullet_list", "ordered_list", "blockquote", "table")
"""Blocks that stay on the page of the paragraph before."""
_SIGNATURE = 4  # paragraphs at the end of a letter that stay on one page
_SHORT_QUOTATION = 1200  # characters: a longer one may be parted by a page
_SHORT_LIST = 6  # items after a paragraph or before a quotation that stay on its page
_CELL_MARGINS = {"top": 50, "left": 90, "bottom": 50, "right": 90}
"""Of a cell, in twentieths of a point and in the order of the schema."""


def render(markdown: str, page: PageSetup) -> bytes:
    """Return the bytes of a document, the same for the same text."""
    document = Document()
    code = grammar(page.language)["files"]["spelling"]
    _set_styles(document, page, code)
    section = document.sections[0]
    width, height = reversed(_PAPER) if page.landscape else _PAPER
    section.page_width, section.page_height = Cm(width), Cm(height)
    if page.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
    margin = Cm(_MARGINS[page.landscape])
    section.left_margin = section.right_margin = margin
    section.top_margin = section.bottom_margin = margin
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, _mark, after = _("Page {page} of {pages}").partition("{page}")
    between, _mark, end = after.partition("{pages}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (end, "")):
        footer.add_run(text).font.size = Pt(9)
        if field:  # which the word processor fills in
            run = footer.add_run("1")
            run.font.size = Pt(9)
            simple = _element("fldSimple", instr=field)
            simple.append(run._r)
            footer._p.append(simple)
    day = page.day.replace(year=max(page.day.year, _FIRST_YEAR))
    properties = document.core_properties
    properties.title, properties.language = clean(page.title)[:255], code
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = datetime.combine(day, time())
    writer = _Writer(document, page)
    for block in tree(markdown).children:
        writer.block(block, 0)
    if page.is_signed:
        last = document.paragraphs[-_SIGNATURE:]
        for paragraph in last:
            paragraph.paragraph_format.keep_together = True
        for paragraph in last[:-1]:
            paragraph.paragraph_format.keep_with_next = True
        if len(last) > 1:  # room for the signature
            last[-1].paragraph_format.space_before = Pt(36)
    out = io.BytesIO()
    document.save(out)
    return with_fixed_times(out.getvalue())


def _element(name: str, **attributes: str) -> Any:  # noqa: ANN401 - the library has no type for it
    return OxmlElement(f"w:{name}", {qn(f"w:{key}"): value for key, value in attributes.items()})


def _set_styles(document: WordDocument, page: PageSetup, code: str) -> None:
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
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), code)
    document.styles["Normal"].element.get_or_add_rPr().append(_element("lang", val=code))


class _Writer:
    def __init__(self, document: WordDocument, page: PageSetup) -> None:
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
                _write_table(node, self.document, self.page)
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
            item = node.parent
            is_last = item is not None and item.next_sibling is None and node.next_sibling is None
            layout.space_after = Pt(6 if is_last else 2)
            layout.keep_together = True
            layout.keep_with_next = _stays_with_next(item)
        if node.parent is not None and node.parent.type == "blockquote":
            _add_border(paragraph, "left")
            words = "".join(child.content for child in node.walk() if child.type == "text")
            layout.keep_together = len(words) <= _SHORT_QUOTATION
        following = node.next_sibling
        if following is not None and following.type in _CONTINUATIONS:
            layout.keep_with_next = True
        _write_inline(paragraph, node)

    def _items(self, node: Node, depth: int) -> None:
        for number, item in enumerate(node.children, int(node.attrs.get("start", 1))):
            mark = f"{number}." if node.type == "ordered_list" else "•"
            for place, child in enumerate(item.children):
                self.block(child, depth + 1, "" if place else mark)
            if not item.children:
                self._new(depth + 1).add_run(mark)


def _stays_with_next(item: Node | None) -> bool:
    """Tell whether an item of a short list shares the page of the next one, or of a quotation."""
    items = None if item is None else item.parent
    if item is None or items is None or len(items.children) > _SHORT_LIST:
        return False
    before, after = items.previous_sibling, items.next_sibling
    is_introduced = before is not None and before.type == "paragraph"
    is_quoted_behind = after is not None and after.type == "blockquote"
    return is_quoted_behind or (is_introduced and item.next_sibling is not None)


def _add_border(paragraph: Paragraph, side: str) -> None:
    borders = _element("pBdr")
    borders.append(_element(side, val="single", sz="8", space="6", color="999999"))
    # The schema has an order: a border comes before what is set of spacing and indents.
    following = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *following)


def _write_table(node: Node, document: WordDocument, page: PageSetup) -> None:
    rows = [row for part in node.children for row in part.children]
    columns = len(rows[0].children)
    table = document.add_table(len(rows), columns, "Table Grid")
    table.autofit = False
    margins = _element("tblCellMar")  # programs leave no room above the text of a cell
    for side, margin in _CELL_MARGINS.items():
        margins.append(_element(side, w=str(margin), type="dxa"))
    following = ("w:tblLook", "w:tblCaption", "w:tblDescription")
    table._tbl.tblPr.insert_element_before(margins, *following)
    width = _PAPER[page.landscape] - 2 * _MARGINS[page.landscape]
    shares = page.widths.get(columns) or [100 // columns] * columns
    widths = [Cm(width * share / 100) for share in shares]
    for column, column_width in zip(table.columns, widths, strict=True):
        column.width = column_width
    for index, row in enumerate(rows):
        out = table.rows[index]
        properties = out._tr.get_or_add_trPr()
        properties.append(_element("cantSplit"))
        if index == 0:
            properties.append(_element("tblHeader"))
        for cell, child, cell_width in zip(out.cells, row.children, widths, strict=True):
            cell.width = cell_width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if "right" in str(child.attrs.get("style", "")):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _write_inline(paragraph, child, bold=index == 0, size=9.5)
            if index == 0:
                paragraph.paragraph_format.keep_with_next = True
                shade = _element("shd", val="clear", color="auto", fill="E8E8E8")
                cell._tc.get_or_add_tcPr().append(shade)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _write_inline(
    paragraph: Paragraph, node: Node, *, bold: bool = False, size: float | None = None
) -> None:
    for words, marks in inline_words(node):
        run = paragraph.add_run("" if words == "\n" else clean(words))
        if words == "\n":
            run.add_break()
        else:
            run.bold, run.italic = bold or "strong" in marks or None, "em" in marks or None
            run.font.size = None if size is None else Pt(size)
