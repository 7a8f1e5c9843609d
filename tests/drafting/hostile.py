"""Hostile and broken documents, made anew for each run: small to write down, large to read."""

import random
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

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
    part,
    pdf,
    pdf_of,
    relations,
    starting,
    stream,
    table,
)

_LAUGHS = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
_DOCTYPE = f'<!DOCTYPE x [<!ENTITY l0 "ja">{_LAUGHS}]>'
_FILE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
_HELLO = stream(b"BT /F 11 Tf 60 780 Td (Hello) Tj ET")
_BODY = f"<w:body>{paragraph('x')}</w:body>"


def _word(document: str | bytes, others: Mapping[str, str | bytes] = {}) -> bytes:
    return archive({"word/document.xml": document, **others})


def _declared(doctype: str, text: str) -> str:
    return part("document", f"<w:body>{paragraph(text)}</w:body>").replace("?>", f"?>{doctype}", 1)


def _numbered(numbering: str, body: str = paragraph("x", in_list(1))) -> bytes:
    return docx(body, numbering=numbering)


def _deep(count: int, name: str = "w:sdt") -> str:
    return f"<{name}>" * count + paragraph("x") + f"</{name}>" * count


def _tables(count: int) -> str:
    made = paragraph("x")
    for _ in range(count):
        made = table([made, paragraph("y")])
    return made


def _bad_crc() -> bytes:
    made = archive({"word/document.xml": part("document", _BODY)}, zipfile.ZIP_STORED)
    return made.replace(b">x<", b">y<")


def _with_password() -> bytes:
    made = bytearray(docx(paragraph("x")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = made.find(mark)
        while found >= 0:
            made[found + place] |= 1
            found = made.find(mark, found + 4)
    return bytes(made)


def _lying_size() -> bytes:
    """Return a bomb whose archive says that it unpacks to 100 bytes."""
    head, tail = part("document", "<w:body>@</w:body>").split("@")
    made = bytearray(_word(head.encode() + b" " * 20_000_000 + tail.encode()))
    size = (100).to_bytes(4, "little")
    made[22:26] = size
    central = made.rfind(b"PK\x01\x02")
    made[central + 24 : central + 28] = size
    return bytes(made)


def _twice_named() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        zipped.writestr(zipfile.ZipInfo("word/document.xml"), "no")
        zipped.filelist[0].filename = zipped.filelist[0].orig_filename = "word/document.xml"
        zipped.NameToInfo.clear()
        zipped.writestr(zipfile.ZipInfo("word/document.xml"), part("document", _BODY))
    return made.getvalue()


WORD: dict[str, Callable[[], bytes]] = {
    "external-entity": lambda: _word(_declared(_FILE, "&f;")),
    "a-billion-laughs": lambda: _word(_declared(_DOCTYPE, "&l9;")),
    "laughs-in-styles": lambda: archive(
        {
            "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": relations({"styles": "styles.xml"}),
            "word/document.xml": part("document", _BODY),
            "word/styles.xml": _declared(_DOCTYPE, "&l9;"),
        }
    ),
    "doctype-in-another-encoding": lambda: _word(
        b'<?xml version="1.0" encoding="cp037"?>' + _declared(_DOCTYPE, "&l9;").encode("cp037")
    ),
    "doctype-in-utf-16": lambda: _word(_declared(_DOCTYPE, "&l9;").encode("utf-16")),
    "doctype-after-a-long-comment": lambda: _word(
        _declared(f"<!--{' ' * 65_490}-->{_DOCTYPE}", "&l9;")
    ),
    "undeclared-entity": lambda: _word(_declared("", "&f;")),
    "bomb-of-spaces": lambda: _word(
        part("document", "<w:body>@</w:body>").encode().replace(b"@", b" " * 20_000_000)
    ),
    "bomb-that-lies": _lying_size,
    "bomb-in-a-word": lambda: _word(
        part("document", f"<w:body>{paragraph('@')}</w:body>")
        .encode()
        .replace(b"@", b"x" * 20_000_000)
    ),
    "bomb-in-an-attribute": lambda: docx(paragraph("x", f'<w:pStyle w:val="{"x" * 20_000_000}"/>')),
    "three-million-paragraphs": lambda: docx("<w:p/>" * 3_000_000),
    "a-million-runs": lambda: docx(paragraph(inner="<w:r/>" * 1_000_000)),
    "half-a-million-text-runs": lambda: docx(paragraph(inner="<w:r><w:t>x</w:t></w:r>" * 200_000)),
    "a-million-cells": lambda: docx(table(["<w:p/>"] * 350_000)),
    "a-hundred-thousand-deep": lambda: docx(_deep(100_000)),
    "a-hundred-and-fifty-deep": lambda: docx(_deep(150)),
    "tables-sixty-deep": lambda: docx(_tables(60)),
    "tables-a-thousand-deep": lambda: docx(_tables(1_000)),
    "every-paragraph-goes-on": lambda: docx(
        paragraph("x", "<w:rPr><w:del/></w:rPr>") * 50_000 + paragraph("y")
    ),
    "names-out-of-the-folder": lambda: archive(
        {
            "../../evil": "x",
            "/etc/evil": "x",
            "C:\\evil": "x",
            "_rels/.rels": relations({"officeDocument": "../../../word/document.xml"}),
            "word/_rels/document.xml.rels": relations({"styles": "../../../../etc/passwd"}),
            "word/document.xml": part("document", _BODY),
        }
    ),
    "a-part-out-of-the-folder": lambda: archive(
        {"_rels/.rels": relations({"officeDocument": "../../../etc/passwd"})}
    ),
    "wrong-checksum": _bad_crc,
    "cut-off": lambda: docx(paragraph("x" * 5_000))[:-200],
    "with-a-password": _with_password,
    "packed-by-lzma": lambda: archive(
        {"word/document.xml": part("document", _BODY)}, zipfile.ZIP_LZMA
    ),
    "two-of-one-name": _twice_named,
    "no-document": lambda: archive({"[Content_Types].xml": "<Types/>"}),
    "an-empty-document": lambda: docx(""),
    "only-pictures": lambda: docx(paragraph(inner="<w:r><w:drawing/></w:r>")),
    "another-root": lambda: _word(part("settings", "")),
    "another-namespace": lambda: _word('<document xmlns="urn:x"><body/></document>'),
    "not-well-formed": lambda: _word(part("document", "<w:body><w:p></w:body>")),
    "an-empty-part": lambda: _word(""),
    "bad-utf-8": lambda: _word(part("document", "<w:body>\xff</w:body>").encode("latin-1")),
    "a-part-that-is-named-and-missing": lambda: archive(
        {
            "word/document.xml": part("document", _BODY),
            "word/_rels/document.xml.rels": relations({"styles": "styles.xml", "numbering": "n"}),
        }
    ),
    "a-control-character": lambda: docx(paragraph("a\x92b")),
    "text-in-another-file": lambda: docx(f'{paragraph("x")}<w:altChunk r:id="r9"/>'),
    "styles-in-a-circle": lambda: docx(
        paragraph("x", '<w:pStyle w:val="a"/>'),
        styles="".join(
            f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
            for a, b in ("ab", "ba")
        ),
    ),
    "lists-in-a-circle": lambda: docx(
        paragraph("x", in_list(1)),
        styles='<w:style w:type="numbering" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>",
        numbering=abstract(0, '<w:numStyleLink w:val="a"/>') + made_from(1, 0),
    ),
    "numbers-that-are-none": lambda: _numbered(
        abstract(0, level(0, "decimal", "%1.", -5)) + made_from(1, 0, starting(10**6, 10**20)),
        paragraph("x", '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>'),
    ),
    "a-number-of-a-thousand-letters": lambda: _numbered(
        abstract(0, level(0, "lowerLetter", "%1)", 999_999_999)) + made_from(1, 0)
    ),
    "labels-of-a-page": lambda: _numbered(
        abstract(0, level(0, "decimal", "x" * 20_000)) + made_from(1, 0),
        paragraph("", in_list(1)) * 20_000,
    ),
    "notes-in-notes": lambda: docx(
        paragraph("x", inner='<w:r><w:footnoteReference w:id="1"/></w:r>'),
        footnotes='<w:footnote w:id="1"><w:p><w:r><w:t>n</w:t><w:footnoteReference w:id="1"/>'
        "</w:r></w:p></w:footnote>",
    ),
    "markup-in-words": lambda: docx(paragraph("&lt;b&gt;[/red]=1+1 ${x}")),
}


def _flate(content: bytes) -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode")


def _form(content: bytes, forms: bytes) -> bytes:
    keys = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << %s >> >>"
    return stream(content, keys % forms)


def _forms(count: int) -> dict[int, bytes]:
    """Return forms that each show the next one twice."""
    return {
        10 + i: _form(b"/X Do /X Do", b"/X %d 0 R" % (11 + i if i < count - 1 else 10))
        for i in range(count)
    }


def _encrypted(keys: bytes) -> bytes:
    made = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}
    trailer = b"/Root 1 0 R /Encrypt << /Filter /Standard %s >> /ID [<00> <00>]" % keys
    return pdf_of(made, trailer)


def _pages(kids: bytes, count: int, others: Mapping[int, bytes] = {}) -> bytes:
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return pdf_of({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: tree, **others})


def _cmap(lines: bytes) -> bytes:
    font = FONT[:-2] + b"/ToUnicode 9 0 R >>"
    cmap = b"/CIDInit /ProcSet findresource begin begincmap %s endcmap end" % lines
    return page_of(_HELLO, others={3: font, 9: _flate(cmap)})


def _chance(size: int) -> bytes:
    return random.Random(5).randbytes(size)  # noqa: S311 - the same bytes each time


def _object_stream_of_itself() -> bytes:
    keys = b"/Type /ObjStm /N 1 /First 4"
    index = stream(b"\x02\0\x01\0" * 3, b"/Type /XRef /Size 3 /W [1 2 1] /Root 1 0 R")
    made = b"%%PDF-1.7\n2 0 obj\n%s\nendobj\n" % stream(b"2 0 << >>", keys)
    place = len(made)
    return made + b"5 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (index, place)


PDF: dict[str, Callable[[], bytes]] = {
    "only-a-head": lambda: b"%PDF-1.7\n",
    "noise": lambda: b"%PDF-1.7\n" + _chance(20_000),
    "cut-off": lambda: pdf(["Hello"])[:200],
    "without-its-table": lambda: pdf(["Hello"]).partition(b"xref")[0],
    "table-of-itself": lambda: pdf_of(
        {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Kids [] >>"}, b"/Root 1 0 R /Prev 104"
    ),
    "table-of-a-billion": lambda: (
        b"%PDF-1.7\nxref\n0 999999999\ntrailer << /Size 999999999 >>\nstartxref\n9\n%%EOF"
    ),
    "no-pages": lambda: _pages(b"", 0),
    "a-billion-pages": lambda: _pages(b"", 10**9),
    "pages-in-a-circle": lambda: _pages(b"2 0 R", 1),
    "one-page-a-million-times": lambda: _pages(
        b"4 0 R " * 90_000, 90_000, {4: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"}
    ),
    "pages-five-hundred-deep": lambda: _pages(
        b"10 0 R",
        1,
        {10 + i: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (11 + i) for i in range(500)},
    ),
    "object-of-itself": lambda: _pages(b"4 0 R", 1, {4: b"4 0 R"}),
    "object-stream-of-itself": _object_stream_of_itself,
    "deflate-bomb": lambda: page_of(_flate(b" " * 60_000_000)),
    "deflate-bomb-twice": lambda: page_of(
        stream(
            zlib.compress(zlib.compress(b" " * 60_000_000, 9), 9),
            b"/Filter [/FlateDecode /FlateDecode]",
        )
    ),
    "forty-filters": lambda: page_of(stream(b"x", b"/Filter [%s]" % (b"/FlateDecode " * 40))),
    "form-of-itself": lambda: page_of(
        stream(b"/X Do"), b"/XObject << /X 10 0 R >>", {10: _form(b"/X Do", b"/X 10 0 R")}
    ),
    "forms-that-double": lambda: page_of(stream(b"/X Do"), b"/XObject << /X 10 0 R >>", _forms(40)),
    "ten-million-operators": lambda: page_of(_flate(b"q Q " * 2_500_000)),
    "brackets": lambda: page_of(_flate(b"[" * 1_000_000)),
    "brackets-in-the-tree": lambda: _pages(b"[" * 100_000, 1),
    "dictionaries": lambda: _pages(b"<< /A " * 20_000, 1),
    "a-string-without-end": lambda: page_of(_flate(b"BT (" + b"x" * 2_000_000)),
    "a-picture-in-line-without-end": lambda: page_of(
        _flate(b"BI /W 1 /H 1 ID " + b"E" * 3_000_000)
    ),
    "a-number-of-a-million-figures": lambda: page_of(stream(b"9" * 1_000_000 + b" Tf")),
    "a-length-below-nought": lambda: page_of(_HELLO.replace(b"/Length 35", b"/Length -9")),
    "letters-without-end": lambda: _cmap(
        b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange"
        b" 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"
    ),
    "letters-that-are-halves": lambda: _cmap(
        b"1 begincodespacerange <00> <FF> endcodespacerange"
        b" 1 beginbfrange <00> <FF> <D800> endbfrange"
    ),
    "letters-that-are-controls": lambda: page_of(
        stream(b"BT /F 9 Tf (\\001\\002\\003\\004\\005\\006) Tj ET")
    ),
    "no-font": lambda: page_of(_HELLO, b""),
    "a-password": lambda: _encrypted(
        b"/V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s>" % (b"01" * 32, b"02" * 32)
    ),
    "a-modern-password": lambda: _encrypted(
        b"/V 5 /R 6 /Length 256 /P -4 /O <%s> /U <%s> /OE <%s> /UE <%s> /Perms <%s>"
        b" /CF << /StdCF << /CFM /AESV3 >> >> /StmF /StdCF /StrF /StdCF"
        % (b"01" * 48, b"02" * 48, b"03" * 32, b"04" * 32, b"05" * 16)
    ),
    "a-scanned-page": lambda: page_of(
        stream(b"/I Do"),
        b"/XObject << /I 10 0 R >>",
        {10: stream(b"\0" * 9, b"/Subtype /Image /Width 3 /Height 3 /BitsPerComponent 8")},
    ),
    "a-picture-for-another-program": lambda: page_of(
        stream(b"BT /F 9 Tf (Hello) Tj ET /I Do"),
        b"/Font << /F 3 0 R >> /XObject << /I 10 0 R >>",
        {10: stream(b"\0" * 9, b"/Subtype /Image /Filter /JBIG2Decode /Width 3 /Height 3")},
    ),
    "an-empty-page": lambda: page_of(stream(b"")),
    "an-action": lambda: pdf(["Hello"]).replace(
        b"/Pages 2 0 R", b"/Pages 2 0 R /OpenAction << /JS (x) >>"
    ),
}

TEXT: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "only-spaces": lambda: b" \n\t\n",
    "nul": lambda: b"a\0b",
    "escape": lambda: b"a\x1b[2Jb",
    "c1": lambda: b"a\xc2\x9bb",
    "delete": lambda: b"a\x7fb",
    "cut-utf-8": lambda: "año ñ".encode()[:-1],
    "halves": lambda: b"a\xed\xa0\x80b",
    "overlong": lambda: b"\xc0\xaf",
    "windows-1252": lambda: "La Secretaría “Técnica”".encode("windows-1252"),
    "dos": lambda: "La Secretaría Técnica".encode("cp850"),
    "mac": lambda: "La Secretaría Técnica".encode("mac-roman"),
    "utf-16": lambda: "Acta".encode("utf-16"),
    "utf-16-without-mark": lambda: "Acta".encode("utf-16-le"),
    "utf-32": lambda: "Acta".encode("utf-32"),
    "noise": lambda: _chance(10_000),
    "seventeen-megabytes": lambda: b"x" * 17 * 1024 * 1024,
    "sixteen-megabytes-of-lines": lambda: b"\n" * 16 * 1024 * 1024,
    "one-line-of-ten-megabytes": lambda: b"x " * 5_000_000,
    "rtf": lambda: rb"{\rtf1\ansi Acta}",
    "web-page": lambda: b"\xef\xbb\xbf\n<!DOCTYPE html><p>Acta",
    "xml": lambda: b'<?xml version="1.0"?><w:wordDocument/>',
    "picture": lambda: b"\x89PNG\r\n\x1a\n",
    "old-word": lambda: _OLE + "WordDocument".encode("utf-16-le"),
    "word-with-a-password": lambda: _OLE + "EncryptedPackage".encode("utf-16-le"),
    "open-document": lambda: archive(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
    ),
    "excel": lambda: archive(
        {"_rels/.rels": relations({"officeDocument": "xl/workbook.xml"}), "xl/workbook.xml": "<x/>"}
    ),
    "powerpoint": lambda: archive({"ppt/presentation.xml": "<x/>"}),
    "archive": lambda: archive({"acta.txt": "Acta"}),
    "empty-archive": lambda: archive({}),
    "half-an-archive": lambda: b"PK\x03\x04" + _chance(500),
    "bidi-and-invisible": lambda: b"a\xe2\x80\xaeb\xe2\x80\x8bc",
}

CASES = {
    f"{kind}/{name}": make
    for kind, cases in (("docx", WORD), ("pdf", PDF), ("txt", TEXT))
    for name, make in cases.items()
}
