"""Makes small .docx and .pdf files for the tests, from what matters in them."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from grcm_cli.drafting.documents import document
from grcm_cli.drafting.documents import docx as word
from grcm_cli.drafting.documents.paragraphs import Paragraph

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}/relationships" xmlns:m="{_OFFICE}/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def part(root: str, inner: str) -> str:
    """Return the XML of a part, given its root's name and what stands in it."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:{root} {_NAMES}>{inner}</w:{root}>"


def relations(targets: Mapping[str, str]) -> str:
    """Return a `.rels` part with the target of each kind."""
    inner = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'


def archive(files: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file with these files."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packing) as zipped:
        for name, content in files.items():
            zipped.writestr(zipfile.ZipInfo(name, (2002, 10, 31, 0, 0, 0)), content, packing)
    return made.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a .docx file with this body, and these parts: `numbering`, `styles`, `footnotes`."""
    files: dict[str, str | bytes] = {
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations({name: f"{name}.xml" for name in parts}),
    }
    return archive(files | {f"word/{name}.xml": part(name, x) for name, x in parts.items()})


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "", inner: str = "") -> str:
    """Return a paragraph with text and then other things in it."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}{inner}</w:p>"


def in_list(list_id: int, level: int = 0) -> str:
    """Return the properties of a paragraph of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(depth: int, style: str, text: str, start: int = 1, more: str = "") -> str:
    """Return a level of a list, in the order of its schema."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    """Return an abstract list."""
    inner = "".join(levels)
    return f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'


def made_from(number: int, of: int, inner: str = "") -> str:
    """Return a list made from an abstract one, with what differs in it."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{inner}</w:num>'


def starting(depth: int, start: int) -> str:
    """Return what makes a level of a list begin elsewhere."""
    inner = f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{depth}">{inner}</w:lvlOverride>'


def table(*rows: Iterable[str], more: str = "") -> str:
    """Return a table; each cell is given as its paragraphs."""
    inner = "".join(
        f"<w:tr>{more}{''.join(f'<w:tc><w:tcPr/>{cell}</w:tc>' for cell in row)}</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{inner}</w:tbl>"


def read_here(data: bytes) -> list[Paragraph]:
    """Return the paragraphs of a text or a Word file, which a process of its own reads else."""
    return word.read(data) if data.startswith(b"PK") else document.read(data)


def stream(content: bytes, keys: bytes = b"") -> bytes:
    """Return a PDF stream with further keys in its dictionary."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), keys, content)


def pdf_of(objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF file with these objects, by number from 1."""
    made = b"%PDF-1.7\n"
    places = {}
    for number, content in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = max(objects) + 1
    table_at = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        made += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    return made + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        trailer,
        table_at,
    )


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def page_of(
    content: bytes, resources: bytes = b"/Font << /F 3 0 R >>", others: Mapping[int, bytes] = {}
) -> bytes:
    """Return a PDF file of one page with this content stream, an object, and other objects."""
    page = b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << %s >>" % resources
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [4 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
            3: FONT,
            4: page + b" >>",
            5: content,
            **others,
        }
    )


def pdf(*pages: Sequence[str]) -> bytes:
    """Return a PDF file with these lines on its pages, one below the other."""
    kids = b" ".join(b"%d 0 R" % (2 * i + 4) for i in range(len(pages)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 595 842] >>" % (kids, len(pages)),
        3: FONT,
    }
    for i, lines in enumerate(pages):
        shown = b"".join(b"(%s) Tj 0 -14 Td\n" % _escaped(line) for line in lines)
        content = b"BT /F 11 Tf 60 780 Td\n%sET" % shown
        objects[2 * i + 4] = (
            b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (2 * i + 5)
        )
        objects[2 * i + 5] = stream(content)
    return pdf_of(objects)


def _escaped(line: str) -> bytes:
    plain = line.encode("windows-1252")
    return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
