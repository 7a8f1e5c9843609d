"""What documents say: texts, Word files and PDF files, each case with what a reader of it sees."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

import pytest
from pypdf import PdfWriter

from grcm_cli.drafting.documents import document
from grcm_cli.drafting.documents import docx as word
from grcm_cli.drafting.documents.docx import formatted
from grcm_cli.drafting.documents.paragraphs import Paragraph, UnreadableDocument, time_limit
from grcm_cli.drafting.documents.running import edges_of, running_lines
from grcm_cli.language import text

from .documents import (
    FONT,
    abstract,
    archive,
    docx,
    in_list,
    level,
    made_from,
    page_of,
    paragraph,
    pdf,
    run,
    starting,
    stream,
    table,
)

TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


def texts(data: bytes, encoding: str | None = None) -> list[str]:
    """Return the lines of a document's text, without running heads."""
    return [piece.text for piece in document.read(data, encoding) if not piece.aside]


def labels(body: str, **parts: str) -> list[str]:
    """Return the automatic numbers of a Word file's paragraphs."""
    return [piece.label for piece in word.read(docx(body, **parts))]


def one(body: str, **parts: str) -> Paragraph:
    """Return the only piece of a Word file."""
    (piece,) = word.read(docx(body, **parts))
    return piece


# --- texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        pytest.param(b"a\nb", ["a", "b"], id="without a last line end"),
        pytest.param(b"a\r\n\r\nb\r\n", ["a", "", "b"], id="an empty line between paragraphs"),
        pytest.param(b"a\rb", ["a", "b"], id="a lone CR"),
        pytest.param(b"a\x0cb\x0bc", ["a", "b", "c"], id="a new page and a vertical tab"),
        pytest.param(b"a\n\x0cb", ["a", "b"], id="a new page after a line end is no paragraph"),
        pytest.param(b"a\n\n\x0cb", ["a", "", "b"], id="a new page after a paragraph is one"),
        pytest.param("a\u2028b\u2029c\x85d".encode(), ["a", "b", "c", "d"], id="Unicode's own"),
        pytest.param("\ufeffÁmbar".encode(), ["Ámbar"], id="a byte order mark"),
        pytest.param(b"\ta  b ", ["\ta  b "], id="white space stays"),
        pytest.param("“ñ” – 日本".encode(), ["“ñ” – 日本"], id="any script"),
    ],
)
def test_a_text_is_its_lines(data: bytes, lines: list[str]) -> None:
    assert texts(data) == lines


@pytest.mark.parametrize(
    "encoding", ["windows-1252", "latin-1", "cp850", "mac-roman", "utf-16", "utf-8-sig", "UTF8"]
)
def test_a_text_in_an_encoding_that_is_given(encoding: str) -> None:
    assert texts("Reunión de año\n¿qué?".encode(encoding), encoding) == ["Reunión de año", "¿qué?"]


@pytest.mark.parametrize("encoding", ["windows-1252", "cp850", "mac-roman", "utf-16", "utf-32"])
def test_an_encoding_is_named_where_it_can_be_told(encoding: str) -> None:
    written = "La Secretaría Técnica presentará un informe sobre la migración de niños."
    with pytest.raises(UnreadableDocument, match=f"it is not UTF-8: give --encoding {encoding}"):
        document.read(written.encode(encoding))


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex", "a\0b", "ñ", "../x"])
def test_an_encoding_that_there_is_not(encoding: str) -> None:
    assert not document.is_encoding(encoding)


def test_a_text_that_is_not_in_the_given_encoding() -> None:
    with pytest.raises(UnreadableDocument, match="it is not in ascii"):
        document.read("ñ".encode(), "ascii")


@pytest.mark.parametrize("sign", ["|", "\t"])
def test_a_row_of_more_cells_than_any_table_has_is_refused(sign: str) -> None:
    with pytest.raises(UnreadableDocument, match="more than 2000 cells: split that row"):
        document.read(f"1. Presentar\n{sign * 10_000}a\n".encode())


def test_white_space_is_shortened_before_a_pattern_sees_it() -> None:
    [paragraph] = document.read(f"1. Presentar{' ' * 40_000}antes".encode())
    assert paragraph.text == f"1. Presentar{' ' * 100}antes"


# --- numbers of Word --------------------------------------------------------------------------

ONE_LEVEL = abstract(0, level(0, "decimal", "%1."))
THREE = abstract(
    0,
    level(0, "decimal", "%1."),
    level(1, "lowerLetter", "%2)"),
    level(2, "lowerRoman", "%1.%2.%3"),
)
LIST = made_from(1, 0)  # a list that is made from the first abstract one


def items(*levels: int, of: int = 1) -> str:
    return "".join(paragraph("x", in_list(of, depth)) for depth in levels)


def of_levels(*levels: str) -> str:
    return abstract(0, *levels) + LIST


NEVER_ANEW = '<w:lvlRestart w:val="0"/>'
AFTER_THE_HIGHEST = '<w:lvlRestart w:val="1"/>'
OWN_LEVEL = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1-", 3)}</w:lvlOverride>'
OTHER_LIST = ONE_LEVEL + abstract(1, level(0, "decimal", "A.%1")) + LIST + made_from(2, 1)

NUMBERS = {
    "one after another": (ONE_LEVEL + LIST, items(0, 0, 0), "1. 2. 3."),
    "a start at 23": (of_levels(level(0, "decimal", "%1.", 23)), items(0, 0), "23. 24."),
    "a start of the list's own": (
        ONE_LEVEL + made_from(1, 0, starting(0, 23)), items(0, 0), "23. 24.",
    ),
    "levels begin anew after a higher one": (
        THREE + LIST, items(0, 1, 1, 0, 1, 2, 2, 1, 2),
        "1. a) b) 2. a) 2.a.i 2.a.ii b) 2.b.i",
    ),
    "a level that never begins anew": (
        of_levels(level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", 1, NEVER_ANEW)),
        items(0, 1, 1, 0, 1), "I. 1. 2. II. 3.",
    ),
    "a level that begins anew only after the highest": (
        of_levels(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"),
                  level(2, "decimal", "%3)", 1, AFTER_THE_HIGHEST)),
        items(0, 1, 2, 1, 2, 0, 1, 2), "1 1.1 1) 1.2 2) 2 2.1 1)",
    ),
    "lists made from the same one count together": (
        ONE_LEVEL + LIST + made_from(2, 0), items(0, 0) + items(0, of=2) + items(0),
        "1. 2. 3. 4.",
    ),
    "but for one that begins anew, once": (
        ONE_LEVEL + LIST + made_from(2, 0, starting(0, 1)), items(0, 0) + items(0, 0, of=2),
        "1. 2. 1. 2.",
    ),
    "lists of different ones count apart": (
        OTHER_LIST, items(0) + items(0, of=2) + items(0), "1. A.1 2.",
    ),
    "a list with a level of its own": (
        ONE_LEVEL + LIST + made_from(2, 0, OWN_LEVEL), items(0, 0, of=2), "C- D-",
    ),
    "a legal number is in figures": (
        of_levels(level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", 1, "<w:isLgl/>")),
        items(0, 0, 1), "I II 2.1",
    ),
    "a level without those above it": (THREE + LIST, items(2, 0), "1.a.i 1."),
    "a bullet": (of_levels(level(0, "bullet", "\uf0b7")), items(0), "•"),
    "no number at all": (of_levels(level(0, "none", "")), items(0), "-"),
    "words about the number": (
        of_levels(level(0, "decimal", "Decisión_%1/26:")), items(0, 0),
        "Decisión_1/26: Decisión_2/26:",
    ),
    "an empty paragraph counts, as in Word": (
        ONE_LEVEL + LIST, items(0) + paragraph("", in_list(1)) + items(0), "1. 2. 3.",
    ),
    "a list that there is not": (ONE_LEVEL + LIST, items(0, of=7), "-"),
    "a link to a style that there is not": (
        abstract(0, '<w:numStyleLink w:val="Own"/>') + LIST, items(0, 0), "- -",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_automatic_numbers(name: str) -> None:
    numbering, body, shown = NUMBERS[name]
    assert " ".join(label or "-" for label in labels(body, numbering=numbering)) == shown


@pytest.mark.parametrize(
    ("count", "style", "shown"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (14, "decimalZero", "14"),
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (781, "lowerLetter", "781"),
        (0, "lowerLetter", "0"),
        (1994, "lowerRoman", "mcmxciv"),
        (9, "upperRoman", "IX"),
        (40_000, "upperRoman", "40000"),
        (1, "ordinal", "1st"),
        (12, "ordinal", "12th"),
        (22, "ordinal", "22nd"),
        (5, "none", ""),
        (5, "chicago", "5"),
    ],
)
def test_formats_of_numbers(count: int, style: str, shown: str) -> None:
    assert formatted(count, style) == shown


def style(name: str, properties: str, kind: str = "paragraph", more: str = "") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}">{more}<w:pPr>{properties}</w:pPr></w:style>'
    )


def styled(name: str, more: str = "") -> str:
    return paragraph("x", f'<w:pStyle w:val="{name}"/>{more}')


NUMBERED = style("Item", in_list(1))
BASED = '<w:basedOn w:val="Item"/>'
SECOND = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
NO_LIST, THE_LIST = (f'<w:numPr><w:numId w:val="{number}"/></w:numPr>' for number in (0, 1))
BY_DEFAULT = NUMBERED.replace("w:style ", 'w:style w:default="1" ')

FROM_STYLES = {
    "from the style": (NUMBERED, styled("Item") * 2, ["1.", "2."]),
    "from what it is of": (NUMBERED + style("Sub", "", more=BASED), styled("Sub"), ["1."]),
    "the list from one style, the level from the other": (
        NUMBERED + style("Sub", SECOND, more=BASED), styled("Item") + styled("Sub"), ["1.", "a)"],
    ),
    "the list from the style, the level from the paragraph": (
        NUMBERED, styled("Item", SECOND), ["a)"],
    ),
    "list 0 takes the number away": (
        NUMBERED, styled("Item", NO_LIST) + styled("Item"), ["", "1."],
    ),
    "in a style as well": (NUMBERED + style("Sub", NO_LIST, more=BASED), styled("Sub"), [""]),
    "the level names the style that it numbers": (
        style("Third", THE_LIST), styled("Third"), ["1.a.i"],
    ),
    "the style of paragraphs without one": (BY_DEFAULT, paragraph("x"), ["1."]),
    "a list that a numbering style stands for": (
        style("Lists", THE_LIST, "numbering"), items(0, 0, of=2), ["1.", "2."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FROM_STYLES)
def test_numbers_from_styles(name: str) -> None:
    styles, body, shown = FROM_STYLES[name]
    third = '<w:pStyle w:val="Third"/>'
    levels = THREE.replace('<w:lvlText w:val="%1.%2.%3"/>', f'{third}<w:lvlText w:val="%1.%2.%3"/>')
    linked = abstract(9, '<w:numStyleLink w:val="Lists"/>') + made_from(2, 9)
    assert labels(body, styles=styles, numbering=levels + LIST + linked) == shown


@pytest.mark.parametrize(
    ("properties", "styles", "heading"),
    [
        pytest.param('<w:outlineLvl w:val="0"/>', "", True, id="its own level in the outline"),
        pytest.param('<w:outlineLvl w:val="9"/>', "", False, id="9 is text"),
        pytest.param('<w:pStyle w:val="a"/>', "heading 1", True, id="Word"),
        pytest.param('<w:pStyle w:val="a"/>', "Título 2", True, id="Spanish"),
        pytest.param('<w:pStyle w:val="a"/>', "Title", True, id="a title"),
        pytest.param('<w:pStyle w:val="a"/>', "Normal", False, id="text"),
        pytest.param('<w:pStyle w:val="a"/>', "Title of Annex", False, id="another name"),
        pytest.param('<w:pStyle w:val="b"/>', "heading 1", True, id="based on a heading"),
    ],
)
def test_headings(properties: str, styles: str, heading: bool) -> None:  # noqa: FBT001
    known = style("a", "", more=f'<w:name w:val="{styles}"/>')
    known += style("b", "", more='<w:name w:val="Mine"/><w:basedOn w:val="a"/>')
    assert one(paragraph("x", properties), styles=known).heading is heading


# --- text of Word -----------------------------------------------------------------------------


def field(command: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{command}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        pytest.param(run("Enc") + run("omendar"), "Encomendar", id="runs are one text"),
        pytest.param(f"<w:ins>{run('más ')}</w:ins>{run('x')}", "más x", id="an insertion"),
        pytest.param(f"<w:moveTo>{run('x')}</w:moveTo>", "x", id="what was moved here"),
        pytest.param(
            "<w:del><w:r><w:delText>no</w:delText></w:r></w:del>" + run("x"), "x", id="a deletion"
        ),
        pytest.param(f"<w:moveFrom>{run('no')}</w:moveFrom>{run('x')}", "x", id="moved away"),
        pytest.param(
            f"<w:ins><w:del>{run('no')}</w:del></w:ins>{run('x')}", "x", id="put in and taken out"
        ),
        pytest.param("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb", id="a tab"),
        pytest.param("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb", id="a break"),
        pytest.param("<w:r><w:t>a</w:t><w:cr/><w:t>b</w:t></w:r>", "a\nb", id="a return"),
        pytest.param("<w:r><w:t>a\nb</w:t></w:r>", "a b", id="a line end of the XML"),
        pytest.param("<w:r><w:t>a\u2028b</w:t></w:r>", "a\nb", id="a line end of Unicode"),
        pytest.param("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>m</w:t></w:r>", "e-m", id="hyphen"),
        pytest.param(
            "<w:r><w:t>co</w:t><w:softHyphen/><w:t>n</w:t></w:r>", "con", id="soft hyphen"
        ),
        pytest.param('<w:r><w:sym w:font="W" w:char="F0E0"/><w:t>a</w:t></w:r>', "a", id="symbol"),
        pytest.param("<w:r><w:t>a </w:t></w:r><w:r><w:t>b</w:t></w:r>", "ab", id="spaces not kept"),
        pytest.param(f"<w:hyperlink>{run('x')}</w:hyperlink>", "x", id="a link"),
        pytest.param(
            f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run('x')}</w:sdtContent></w:sdt>",
            "x",
            id="a control",
        ),
        pytest.param(f"<w:smartTag>{run('x')}</w:smartTag>", "x", id="a smart tag"),
        pytest.param(f'<w:fldSimple w:instr="DATE">{run("x")}</w:fldSimple>', "x", id="a field"),
        pytest.param(field("REF _1", "x"), "x", id="a field's result without its command"),
        pytest.param(
            field("IF " + "</w:instrText></w:r>" + field("A", "no") + "<w:r><w:instrText>", "x"),
            "x",
            id="a field in a field's command",
        ),
        pytest.param(run("no", "<w:vanish/>") + run("x"), "x", id="hidden"),
        pytest.param(run("x", '<w:vanish w:val="0"/>'), "x", id="not hidden"),
        pytest.param(run("no", '<w:rStyle w:val="Hid"/>') + run("x"), "x", id="hidden by a style"),
        pytest.param("<m:oMath><m:r><m:t>n+1</m:t></m:r></m:oMath>", "n+1", id="a formula"),
    ],
)
def test_what_a_paragraph_shows(inner: str, shown: str) -> None:
    hid = '<w:style w:type="character" w:styleId="Hid"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert one(paragraph(inner=inner), styles=hid).text == shown


def test_paragraphs_whose_end_is_deleted_are_one() -> None:
    """The number is that of the last; what is deleted whole neither shows nor counts."""
    ended = f"{in_list(1)}<w:rPr><w:del/></w:rPr>"
    gone = f"<w:p><w:pPr>{ended}</w:pPr><w:del><w:r><w:delText>no</w:delText></w:r></w:del></w:p>"
    body = items(0) + gone + paragraph("a ", ended) + paragraph("b", in_list(1)) + items(0)
    pieces = word.read(docx(body, numbering=ONE_LEVEL + LIST))
    assert [(each.label, each.text) for each in pieces] == [("1.", "x"), ("2.", "a b"), ("3.", "x")]


def test_a_deleted_end_before_a_table_or_at_the_end_loses_nothing() -> None:
    ended = "<w:rPr><w:del/></w:rPr>"
    body = paragraph("a", ended) + table([paragraph("b")]) + paragraph("c", ended)
    assert texts(docx(body)) == ["a", "b", "c"]


def test_empty_paragraphs_stay() -> None:
    assert texts(docx(paragraph("a") + paragraph() + paragraph("b"))) == ["a", "", "b"]


def test_blocks_in_controls_and_insertions() -> None:
    around = f"<w:sdt><w:sdtContent>{paragraph('a')}</w:sdtContent></w:sdt>"
    assert texts(docx(f"{around}<w:customXml>{paragraph('b')}</w:customXml>")) == ["a", "b"]


def test_a_table_is_its_rows() -> None:
    body = table(
        [paragraph("Número"), paragraph("Decisión")],
        [paragraph("", in_list(1)), paragraph("Aprobar") + paragraph("el plan")],
        [paragraph("", in_list(1)), paragraph() + paragraph("Tomar nota")],
    )
    pieces = word.read(docx(body, numbering=ONE_LEVEL + LIST))
    assert [tuple(piece.cells) for piece in pieces] == [
        ("Número", "Decisión"),
        ("1.", "Aprobar\nel plan"),
        ("2.", "Tomar nota"),
    ]
    assert pieces[2].text == "2.\tTomar nota"


def test_deleted_rows_and_cells_around_cells() -> None:
    gone = table([paragraph("no"), paragraph("no")], more="<w:trPr><w:del/></w:trPr>")
    cell = f"<w:tc><w:tcPr><w:cellDel/></w:tcPr>{paragraph('no')}</w:tc>"
    kept = table([paragraph("a"), paragraph("b")]).replace("</w:tr>", f"{cell}</w:tr>")
    kept = kept.replace("<w:tc>", "<w:sdt><w:tc>", 1)
    kept = kept.replace("</w:tc>", "</w:tc></w:sdt>", 1)
    assert [tuple(piece.cells) for piece in word.read(docx(gone + kept))] == [("a", "b")]


def test_a_row_that_heads_a_table_is_a_heading() -> None:
    rows = table([paragraph("N.º"), paragraph("Texto")], more="<w:trPr><w:tblHeader/></w:trPr>")
    assert one(rows).heading


def test_a_table_in_a_table_is_lines_of_its_cell() -> None:
    inner = table([paragraph("a"), paragraph("b")], [paragraph("c"), paragraph("d")])
    body = table([paragraph("1"), inner + paragraph()])
    assert list(one(body).cells) == ["1", "a b\nc d"]


def test_a_frame_around_text_is_no_table() -> None:
    body = table([paragraph("a", in_list(1)) + paragraph("b", in_list(1))])
    pieces = word.read(docx(body, numbering=ONE_LEVEL + LIST))
    assert [(piece.label, piece.text, piece.cells) for piece in pieces] == [
        ("1.", "a", ()),
        ("2.", "b", ()),
    ]


def test_notes_stand_apart() -> None:
    feet = (
        f'<w:footnote w:type="separator" w:id="0">{paragraph("—")}</w:footnote>'
        f'<w:footnote w:id="4">{paragraph("Véase")}{paragraph("el anexo.")}</w:footnote>'
        f'<w:footnote w:id="5">{paragraph("Otra.")}</w:footnote>'
    )
    ends = f'<w:endnote w:id="4">{paragraph("Al final.")}</w:endnote>'
    inner = (
        '<w:r><w:footnoteReference w:id="4"/></w:r><w:r><w:endnoteReference w:id="4"/></w:r>'
        '<w:r><w:footnoteReference w:id="5" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="5"/></w:r>'
    )
    piece = one(paragraph("Aprobar", inner=inner), footnotes=feet, endnotes=ends)
    assert piece.text == "Aprobar*"
    assert list(piece.notes) == ["1 Véase el anexo.", "1 Al final.", "Otra.", "2 Otra."]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('En el cuadro')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(docx(paragraph("a", inner=f"<w:r>{both}</w:r>"))) == ["a", "En el cuadro"]
    old = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    assert texts(docx(paragraph("a", inner=old))) == ["a", "En el cuadro"]


def test_a_document_of_strict_open_xml() -> None:
    """The same with other names for everything (ECMA-376 part 1, annex A)."""
    made = docx(paragraph("x", in_list(1)), numbering=ONE_LEVEL + LIST)
    with zipfile.ZipFile(BytesIO(made)) as parts:
        files = {name: parts.read(name).replace(TRANSITIONAL, STRICT) for name in parts.namelist()}
    (piece,) = document.read(archive(files))
    assert (piece.label, piece.text) == ("1.", "x")


# --- PDF --------------------------------------------------------------------------------------


def test_a_pdf_is_its_lines_and_no_line_ends_a_page() -> None:
    made = pdf(
        ["Foro de la Cuenca", "1. Encomendar a la Secretaría (ST) que en-", "víe el informe", "1"],
        ["Foro de la Cuenca", "sobre el año.", "2. Agradecer.", "2"],
    )
    assert texts(made) == [
        "1. Encomendar a la Secretaría (ST) que en-",
        "víe el informe",
        "sobre el año.",
        "2. Agradecer.",
    ]


@pytest.mark.parametrize(
    ("pages", "lines"),
    [
        pytest.param(
            [["Acta", "", "uno", "dos", "", "tres", "", "1"], ["cuatro", "cinco", "", "2"]],
            ["Acta", "", "uno", "dos", "", "tres", "cuatro", "cinco"],
            id="more room between two lines",
        ),
        pytest.param([["uno", "", "dos", "", "tres", "", "cuatro", "", "cinco", "", "seis"]],
                     ["uno", "dos", "tres", "cuatro", "cinco", "seis"],
                     id="wide lines are no paragraphs"),
    ],
)  # fmt: skip
def test_paragraphs_of_a_pdf(pages: Sequence[Sequence[str]], lines: list[str]) -> None:
    assert texts(pdf(*pages)) == lines


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    writer = PdfWriter(BytesIO(pdf(["Encomendar"])))
    writer.encrypt("", "owner", algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    assert texts(made.getvalue()) == ["Encomendar"]


PAGES = [
    pytest.param([["Acta", "a"], ["Acta", "b"], ["c"]], [["a"], ["b"], ["c"]], id="most pages"),
    pytest.param([["Acta", "a"], ["b"], ["c"]], [["Acta", "a"], ["b"], ["c"]], id="one page"),
    pytest.param([["a", "- 1 -"], ["b", "- 2 -"]], [["a"], ["b"]], id="dashes"),
    pytest.param([["a", "1"], ["b", "2"], ["c", "3"]], [["a"], ["b"], ["c"]], id="bare"),
    pytest.param([["7", "a"], ["8", "b"], ["9", "c"]], [["a"], ["b"], ["c"]], id="from 7, above"),
    pytest.param([["a", "Page 3 of 9"]], [["a"]], id="page 3 of 9"),
    pytest.param([["a", "Página 3"]], [["a"]], id="página 3"),
    pytest.param([["a", "Pág. 3 de 9"]], [["a"]], id="pág. 3 de 9"),
    pytest.param([["a", "3/9"]], [["a"]], id="3/9"),
    pytest.param([["a", "12"]], [["a"]], id="a number that ends the document"),
    pytest.param([["a", "2027"]], [["a", "2027"]], id="a year that ends the document"),
    pytest.param([["CRM/26/1", "a"], ["CRM/26/2", "b"], ["CRM/26/3", "c"]], [["a"], ["b"], ["c"]],
                 id="a number that grows in a head"),
    pytest.param(
        [["Acta", "Foro", "a", "1"], ["Acta", "Foro", "b", "2"]], [["a"], ["b"]], id="two lines"
    ),
    pytest.param([["1.", "a"], ["2.", "b"]], [["1.", "a"], ["2.", "b"]], id="labels are none"),
    pytest.param([["8", "a"], ["12", "b"]], [["8", "a"], ["12", "b"]], id="alone on their lines"),
    pytest.param([["Decisión 1", "a"], ["Decisión 2", "b"]],
                 [["Decisión 1", "a"], ["Decisión 2", "b"]], id="one decision a page"),
    pytest.param([[*"abcdef", "Acta", *"ghijkl"], ["Acta", "m"]],
                 [[*"abcdef", "Acta", *"ghijkl"], ["Acta", "m"]],
                 id="in the midst of a page it is text"),
    pytest.param([["", "a", ""], [], ["b"]], [["a"], ["b"]], id="empty lines and pages"),
    pytest.param([], [], id="no page"),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "left"), PAGES)
def test_heads_and_feet_and_numbers_of_pages(
    pages: Sequence[Sequence[str]], left: list[list[str]]
) -> None:
    assert texts_of(pages) == left


def texts_of(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the lines of each page, if it has any, without running heads and feet."""
    edges = zip(pages, edges_of(pages), strict=True)
    return [list(page[first:end]) for page, (first, end) in edges if page]


def test_heads_and_feet_of_a_text() -> None:
    foot = "Grupo de Consulta – página"
    with_pages = "".join(f"Acta\n\n{word}\n\n{foot} {n}\n\f" for n, word in enumerate("abc", 4))
    assert texts(with_pages.encode()) == ["", "a", "", "", "b", "", "", "c", ""]


@pytest.mark.parametrize(
    ("foot", "next_foot", "between", "is_running"),
    [
        (["Acta – página 4"], ["Acta – página 5"], 1, True),
        (["Acta – página 4"], ["Acta – página 9"], 1, False),
        (["Page 4", "TC 8/WP.3"], ["Page 5", "TC 8/WP.3"], 1, True),
        (["TC 8/WP.3", "", "- 4 -", "Final"], ["TC 8/WP.3", "", "- 5 -", "Final"], 1, True),
        (["Minutes   4 (7)"], ["Minutes   5 (7)"], 1, True),
        (["Acta – Declaración", "4"], ["Acta – Declaración", "5"], 30, True),
        (["4", "The Council,"], ["5", "The Council,"], 2, False),
        (["4"], ["5"], 30, False),
        (["Decision 4/2026"], ["Decision 5/2026"], 30, False),
    ],
)
def test_heads_and_feet_of_a_text_without_pages(
    foot: list[str], next_foot: list[str], between: int, is_running: object
) -> None:
    words = [f"word {chr(97 + at)}" for at in range(between + 1)]
    lines = [*words, *foot, *words[::-1], *next_foot, "end"]
    feet = [at for at, line in enumerate(lines) if line in {*foot, *next_foot} - {""}]
    assert sorted(running_lines(lines)) == (feet if is_running else [])


# --- the process that reads -------------------------------------------------------------------


def test_what_it_found_comes_back_whole() -> None:
    data = docx(
        paragraph("Más", in_list(1, 1) + '<w:outlineLvl w:val="0"/>')
        + paragraph("x", inner='<w:r><w:footnoteReference w:id="1"/></w:r>')
        + table([paragraph("a"), paragraph("b\u2028c")]),
        numbering=THREE + LIST,
        footnotes=f'<w:footnote w:id="1">{paragraph("Nota")}</w:footnote>',
    )
    assert document.read(data) == [
        Paragraph("Más", "a)", heading=True),
        Paragraph("x", notes=("1 Nota",)),
        Paragraph("a\tb\nc", cells=("a", "b\nc")),
    ]


def test_the_sentence_comes_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def run_it(command: Sequence[str], *_limits: object) -> tuple[int, bytes, bytes]:
        seen.append(command[-1])
        return 0, b'{"unreadable": "x"}', b""

    monkeypatch.setattr(document, "run", run_it)
    text.set_language("es")
    with pytest.raises(UnreadableDocument, match="x"):
        document._read_apart("pdf", b"")
    assert seen == ["es"]


PROGRAMS = {
    "nonsense": ("print('nonsense')", "the process that read it ended unexpectedly"),
    "another answer": ("print('[1]')", "the process that read it ended unexpectedly"),
    "odd pieces": ("print('{\"pieces\": [[1]]}')", "the process that read it ended unexpectedly"),
    "a trace": ("raise ZeroDivisionError", "the process that read it ended unexpectedly"),
    "killed": ("import os; os.kill(os.getpid(), 9)", "the process that read it ended unexpectedly"),
    "too long": ("while True: pass", "reading it takes too long"),
    "says nothing and waits": ("import time; time.sleep(60)", "reading it takes too long"),
    "without end": (
        "import sys\nwhile True: sys.stdout.write('[' * 1000000)",
        "it contains far more text than a document should",
    ),
    "a tower of brackets": ("print('[' * 1000000)", "the process that read it ended unexpectedly"),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_whatever_becomes_of_it_is_a_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program, said = PROGRAMS[name]
    monkeypatch.setattr(document, "_START", program)
    if said == "reading it takes too long":
        monkeypatch.setattr(document, "_PATIENCE", 0.1)
    with pytest.raises(UnreadableDocument, match=said):
        document._read_apart("pdf", b"x" * 1_000_000)


def test_a_process_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(UnreadableDocument, match="cannot be started: it does not exist"):
        document._read_apart("docx", b"")


FORBIDDEN = {
    "open a file": "open('/etc/hostname')",
    "write one": "open('x', 'w')",
    "connect": "import socket; socket.socket()",
    "start a program": "import os; os.system('true')",
    "take memory": "b'x' * 600_000_000",
    "take files": "import os; [os.dup(0) for _ in range(50)]",
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_the_process_may_not_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its reader is replaced by one that misbehaves."""
    misbehaves = (
        "import grcm_cli.drafting.documents.pdf as pdf\n"
        f"def read(data): exec({FORBIDDEN[name]!r}); return []\n"
        "pdf.read = read\n"
    )
    start = document._START.replace("main(", f"{misbehaves}main(")
    monkeypatch.setattr(document, "_START", start)
    with pytest.raises(UnreadableDocument, match=r"it is damaged \(|it needs far more memory"):
        document._read_apart("pdf", b"")


def test_its_computing_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its reader never ends; on the wall it would have a minute."""
    endless = (
        "from grcm_cli.drafting.documents import document, pdf\n"
        "def read(data):\n  while True: pass\n"
        "pdf.read = read\n"
        "document.time_limit = lambda size: 1\n"
    )
    monkeypatch.setattr(document, "_START", document._START.replace("main(", f"{endless}main("))
    monkeypatch.setattr(document, "_PATIENCE", 20)
    with pytest.raises(UnreadableDocument, match="reading it takes too long"):
        document._read_apart("pdf", b"")


def test_a_busy_machine_has_time_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits longer than it may compute is read all the same."""
    monkeypatch.setattr(document, "_START", "import time; time.sleep(1.5)\n" + document._START)
    monkeypatch.setattr(document, "time_limit", lambda _size: 1)
    assert document._read_apart("docx", docx(paragraph("x")))[0].text == "x"


def test_the_environment_is_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRCM_SECRET", "x")
    spy = "import json, os; print(json.dumps({'unreadable': ' '.join(os.environ)}))"
    monkeypatch.setattr(document, "_START", spy)
    with pytest.raises(UnreadableDocument) as said:
        document._read_apart("pdf", b"")
    assert set(str(said.value).split()) <= {"LC_CTYPE"}  # Python sets it itself


def test_time_grows_with_the_document_and_ends() -> None:
    assert [time_limit(size) for size in (0, 100_000, 10**9)] == [3, 4, 60]


def test_more_lines_than_any_document_has() -> None:
    with pytest.raises(UnreadableDocument, match="it has more than 200,000"):
        document.read(b"a\n" * 200_001)


# --- the feet of a PDF's pages ------------------------------------------------------------------

BODY = [
    "1. The meeting took note of the report of Canada and of the comments",
    "of the delegations, and thanked the delegation of Panama for the plan,",
    "which is in the annex.",
    "2. The meeting requested Mexico to submit a plan of work",
]


def foot(*lines: str, size: int = 11) -> bytes:
    """Return the content of a page with lines at its foot, apart from the text above."""
    above = b"".join(b"BT /F 11 Tf 60 %d Td (%s) Tj ET\n" % (780 - 14 * n, line.encode())
                     for n, line in enumerate(BODY))  # fmt: skip
    below = b"".join(b"BT /F %d Tf 60 %d Td (%s) Tj ET\n" % (size, 700 - 12 * n, line.encode())
                     for n, line in enumerate(lines))  # fmt: skip
    return above + below


def test_the_same_line_at_the_end_of_two_pages_is_text_where_it_stands_close_to_text() -> None:
    end = "before 15 May 2004."
    first = [*BODY[:3], "", BODY[3], end, "", "", "GRCM/2004"]
    second = ["3. Thank Canada.", "", "4. Ask Panama to submit it", end, "", "", "GRCM/2004"]
    lines = texts(pdf(first, second))
    assert lines.count(end) == 2
    assert "GRCM/2004" not in lines


@pytest.mark.parametrize("size", [8, 11], ids=["in small letters", "inside a sentence"])
def test_a_footnote_of_a_page_is_no_text(size: int) -> None:
    note = "1 Canada reserved its position."
    found = document.read(page_of(stream(foot(note, size=size))))
    assert [piece.text for piece in found if piece.text] == BODY
    assert [said for piece in found for said in piece.notes] == [note]


def test_words_on_most_of_many_pages_are_a_running_head_without_a_gap_too() -> None:
    """Six lines, of which the last ones stand close to the text; they stay in the document."""
    head = ["Ports of the Lagoon", "Secretariat of the Harbours", "Office of the Chair", "N 17"]
    head += ["Committee for Beacons", "Group for Pilots"]
    pages = [[*head, f"text {letter}", "", f"more {letter}"] for letter in "abcde"]
    assert texts_of(pages) == [[f"text {letter}", "", f"more {letter}"] for letter in "abcde"]
    read = document.read(pdf(*pages))
    assert [piece.text for piece in read if piece.aside] == head * 5


LEFT = ["1. The chart of the lagoon is", "adopted for the next year.", ""]
LEFT += ["2. Ask Mexico to send the plan", "of the buoys.", ""]
LEFT += [
    "3. Panama shall submit a list",
    "of the lights to the members and",
    "to Canada, which publish it and",
]
RIGHT = ["send it to the observers before", "the next meeting.", ""]
RIGHT += ["4. Canada shall publish the", "tables of the tides.", ""]
RIGHT += [
    "5. Thank the city and the office",
    "of the harbours for their help",
    "and for the maps that were sent.",
]


def shown_at(*texts: tuple[float, float, str]) -> bytes:
    """Return a PDF file of one page with texts at places."""
    shown = b"".join(b"1 0 0 1 %.1f %.1f Tm (%s) Tj\n" % (x, y, t.encode()) for x, y, t in texts)
    return page_of(stream(b"BT /F 11 Tf\n" + shown + b"ET"))


@pytest.mark.parametrize("order", ["column by column", "across both"])
def test_columns_of_a_pdf_are_read_one_after_the_other(order: str) -> None:
    cells = [
        (x, 700.0 - 14 * place, text)
        for x, column in ((60.0, LEFT), (320.0, RIGHT))
        for place, text in enumerate(column)
        if text
    ]
    if order == "across both":
        cells.sort(key=lambda cell: (-cell[1], cell[0]))
    head = (60.0, 740.0, "Meeting of the Regional Consultation Group on Migration, Amber, 2004")
    foot = (60.0, 540.0, "The next meeting is that of the ports of the lagoon, in Opal, in 2005.")
    found = [text for text in texts(shown_at(head, *cells, foot)) if text]
    assert found == [head[2], *filter(None, [*LEFT, *RIGHT]), foot[2]]


def test_a_table_of_a_pdf_is_read_row_by_row() -> None:
    rows = [("Send the plan of the buoys", "Mexico")] * 4 + [("Count", "the members")] * 4
    cells = [
        (x, 700.0 - 14 * place, text)
        for place, row in enumerate(rows)
        for x, text in zip((60.0, 320.0), row, strict=True)
    ]
    assert texts(shown_at(*cells)) == [" ".join(row) for row in rows]


def test_the_letter_of_a_bullet_is_a_bullet() -> None:
    """Word processors set the second kind of bullets as an o in Courier New."""
    courier = FONT.replace(b"Helvetica", b"CourierNewPSMT")
    shown = (
        b"BT /F 11 Tf 60 700 Td (Ask for:) Tj 0 -14 Td /C 10 Tf (o) Tj /F 11 Tf ( the plan) Tj ET"
    )
    made = page_of(stream(shown), b"/Font << /F 3 0 R /C 6 0 R >>", {6: courier})
    assert texts(made) == ["Ask for:", "◦ the plan"]
