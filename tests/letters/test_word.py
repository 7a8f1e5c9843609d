"""Letters and agendas as Word documents: read by zipfile and an XML parser, not by their writer."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from datetime import date

import pytest

from grcm_cli.language.text import using_language
from grcm_cli.letters import PageSetup
from grcm_cli.letters.word import render

DAY = date(2003, 3, 10)
PAGE = PageSetup("Título", "es", DAY)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TABLE = "| a | b |\n|---|---:|\n| 1 | **2** |\n| 3 | 4 |"


def part(data: bytes, name: str = "word/document.xml") -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return ET.fromstring(package.read(name))  # noqa: S314 - our own bytes


def words(element: ET.Element) -> str:
    """Return the text of a paragraph, with tabs and line ends."""
    shown = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n"}
    found = (shown[each.tag] or each.text or "" for each in element.iter() if each.tag in shown)
    in_tabs = {id(tab) for tabs in element.iter(f"{W}tabs") for tab in tabs}
    assert not in_tabs & {id(each) for each in element.iter(f"{W}t")}
    text = "".join(found)
    return text[1:] if in_tabs else text  # the place of a tab is no tab


def paragraphs(markdown: str, page: PageSetup = PAGE) -> list[str]:
    return [words(each) for each in part(render(markdown, page)).iter(f"{W}p")]


@pytest.mark.parametrize(
    ("markdown", "texts"),
    [
        pytest.param("# Uno\n\nDos **tres** *cuatro*", ["Uno", "Dos tres cuatro"], id="text"),
        pytest.param("uno\ndos", ["uno dos"], id="a line that goes on"),
        pytest.param("uno\\\ndos", ["uno\ndos"], id="lines of an address"),
        pytest.param("- a\n  - b\n\n> c", ["•\ta", "•\tb", "c"], id="lists and a quotation"),
        pytest.param("3. a\n4. b", ["3.\ta", "4.\tb"], id="the numbers of the text"),
        pytest.param(TABLE, ["a", "b", "1", "2", "3", "4", ""], id="a table"),
        pytest.param("[a](https://example.org)", ["a (https://example.org)"], id="a link"),
        pytest.param("a\u000cb \u202e &amp; \\<w:t>", ["a\\x0cb \\u202e & <w:t>"], id="marks"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_the_words_of_a_document(markdown: str, texts: list[str]) -> None:
    assert paragraphs(markdown) == texts


@pytest.mark.parametrize(
    ("level", "style"),
    [(1, "Heading1"), (2, "Heading2"), (3, "Heading3"), (4, "Heading3"), (6, "Heading3")],
)
def test_a_heading_has_the_style_of_its_level(level: int, style: str) -> None:
    """The deepest that a document has is the third, which is also that of deeper ones."""
    [heading] = part(render(f"{'#' * level} Uno", PAGE)).iter(f"{W}p")
    found = heading.find(f"{W}pPr/{W}pStyle")
    assert found is not None
    assert (found.get(f"{W}val"), words(heading)) == (style, "Uno")


@pytest.mark.parametrize(("is_signed", "sizes"), [(False, [32, 26, 22]), (True, [26, 26, 22])])
def test_the_levels_of_headings_have_their_sizes(*, is_signed: bool, sizes: list[int]) -> None:
    """In half points; the subject of a letter is smaller than the title of a document."""
    styles = part(render("a", PAGE._replace(is_signed=is_signed)), "word/styles.xml")
    found = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    shown = [found[f"Heading{level}"].find(f"{W}rPr/{W}sz") for level in (1, 2, 3)]
    assert [int(size.get(f"{W}val") or 0) for size in shown if size is not None] == sizes


def test_a_table_repeats_its_head_and_cuts_no_row() -> None:
    rows = list(part(render(TABLE, PAGE)).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_pages_are_numbered_in_the_language_of_the_document() -> None:
    with using_language("es"):
        data = render("a", PAGE)
    [footer] = [
        part(data, name)
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
        if re.fullmatch(r"word/footer\d+\.xml", name)
    ]
    assert words(footer) == "Página 1 de 1"
    fields = [field.get(f"{W}instr") for field in footer.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    languages = {lang.get(f"{W}val") for lang in part(data, "word/styles.xml").iter(f"{W}lang")}
    assert languages == {"es-ES"}


@pytest.mark.parametrize(("landscape", "width"), [(False, "11906"), (True, "16838")])
def test_the_paper_is_a4(*, landscape: bool, width: str) -> None:
    data = render(TABLE, PAGE._replace(landscape=landscape, widths={2: (25, 75)}))
    size = part(data).find(f".//{W}pgSz")
    assert size is not None
    assert abs(int(size.get(f"{W}w") or 0) - int(width)) < 3
    one, other = (int(each.get(f"{W}w") or 0) for each in part(data).iter(f"{W}gridCol"))
    assert abs(other - 3 * one) < 5


def test_a_signature_stays_with_what_it_signs() -> None:
    data = render("a\n\nb\n\nAtentamente,\n\nYo", PAGE._replace(is_signed=True))
    found = list(part(data).iter(f"{W}p"))
    assert [each.find(f"{W}pPr/{W}keepNext") is not None for each in found] == [True] * 3 + [False]


def test_a_duty_stays_on_the_page_of_a_short_text_that_is_quoted() -> None:
    found = list(part(render("**1** A\n\n- Plazo\n- Informe\n\n> Texto\n\nb", PAGE)).iter(f"{W}p"))
    assert [each.find(f"{W}pPr/{W}keepNext") is not None for each in found] == [
        *(True, True, True, False, False)
    ]


@pytest.mark.parametrize(
    ("markdown", "kept"),
    [
        pytest.param("**1** A\n\n- a\n- b\n\nc", [True, True, False, False], id="a short list"),
        pytest.param("# A\n\n- a\n- b", [True, False, False], id="below a heading"),
        pytest.param("A\n\n" + "- a\n" * 7, [True] + [False] * 7, id="a long list"),
    ],
)
def test_a_short_list_stays_on_the_page_of_its_duty(markdown: str, kept: list[bool]) -> None:
    found = list(part(render(markdown, PAGE)).iter(f"{W}p"))[-len(kept) :]
    marks = [each.find(f"{W}pPr/{W}keepNext") for each in found]
    # The style of a heading keeps it with what follows.
    own = [mark is not None and mark.get(f"{W}val") != "0" for mark in marks]
    assert own[-len(kept) + 1 :] == kept[1:]


@pytest.mark.parametrize(("length", "is_whole"), [(1200, True), (1201, False)])
def test_a_long_text_may_go_on_on_the_next_page(length: int, *, is_whole: bool) -> None:
    [quotation] = part(render("> " + "a" * length, PAGE)).iter(f"{W}p")
    keep = quotation.find(f"{W}pPr/{W}keepLines")
    assert (keep is not None and keep.get(f"{W}val") != "0") is is_whole


def test_cells_have_room_above_and_below_their_text() -> None:
    margins = part(render(TABLE, PAGE)).find(f".//{W}tblPr/{W}tblCellMar")
    assert margins is not None
    assert [side.tag.removeprefix(W) for side in margins] == ["top", "left", "bottom", "right"]
    assert all(int(side.get(f"{W}w") or 0) > 0 for side in margins)


def test_the_same_bytes_without_a_name_of_who_wrote_them() -> None:
    data = render(TABLE, PAGE)
    assert data == render(TABLE, PAGE)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        properties = package.read("docProps/core.xml").decode()
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
    assert "2003-03-10T00:00:00Z" in properties
    assert "python-docx" not in properties
