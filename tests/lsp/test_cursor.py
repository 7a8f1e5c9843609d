"""Where the cursor is in a file, also in one that is no YAML while somebody types."""

import pytest

from grcm_cli.lsp.cursor import Cursor, cursor_at
from grcm_cli.lsp.documents import Document
from grcm_cli.reader.fields import FileKind


def at(text: str, file: FileKind = "meeting") -> Cursor | None:
    """Return what is at the mark `|` in a text."""
    index = text.index("‸")
    return cursor_at(Document(text.replace("‸", "")), index, file)


VALUES = [
    pytest.param("body: GR‸", (), "body", "GR", id="a value of the file itself"),
    pytest.param("body: ‸", (), "body", "", id="a value that is still missing"),
    pytest.param("body: ‸GRCM  # the body", (), "body", "GRCM", id="before a comment"),
    pytest.param('body: "GR‸CM"', (), "body", "GRCM", id="in quotes"),
    pytest.param('body: "GR‸', (), "body", "GR", id="in quotes that are still open"),
    pytest.param("participants: [MEX, G‸]", (), "participants", "G", id="in brackets"),
    pytest.param("participants: [MEX, G‸", (), "participants", "G", id="in open brackets"),
    pytest.param("participants: [‸", (), "participants", "", id="right after a bracket"),
    pytest.param("participants: [MEX,\n  G‸TM,", (), "participants", "GTM", id="the next line"),
    pytest.param("participants:\n- MEX\n- G‸", (), "participants", "G", id="a list of lines"),
    pytest.param("participants:\n  - G‸", (), "participants", "G", id="one that is indented"),
    pytest.param(
        "conclusions:\n- number: 8\n  due: next ‸",
        ("conclusions",),
        "due",
        "next",
        id="of a conclusion",
    ),
    pytest.param(
        "conclusions:\n  - number: 8\n    mandates:\n      - action: x\n        due: ‸",
        ("conclusions", "mandates"),
        "due",
        "",
        id="of a mandate",
    ),
    pytest.param(
        "conclusions:\n- {number: 8, responsible: CR‸}",
        ("conclusions",),
        "responsible",
        "CR",
        id="of a conclusion in braces",
    ),
    pytest.param(
        "conclusions:\n- number: 8\n  responsible: {each: mem‸",
        ("conclusions", "responsible"),
        "each",
        "mem",
        id="of a group",
    ),
    pytest.param(
        "conclusions:\n- number: 8\n  responsible: {each: members, except: [‸",
        ("conclusions", "responsible"),
        "except",
        "",
        id="the exceptions of a group",
    ),
    pytest.param(
        "conclusions:\n- number: 8\n  responsible: [ME\n  due: 200‸",
        ("conclusions",),
        "due",
        "200",
        id="below a bracket that is still open",
    ),
    pytest.param(
        "conclusions:\n- number: 8\n  text: >-\n    Instar a: todos.\n\n  closes: ‸",
        ("conclusions",),
        "closes",
        "",
        id="below a text of several lines",
    ),
    pytest.param(
        "conclusions:\n- number: 8\n  extends:\n  - {mandate: 7, due: 2004‸}",
        ("conclusions", "extends"),
        "due",
        "2004",
        id="of an extension",
    ),
    pytest.param(
        "conclusions:\n- number: 8\n  mandates: [{action: x, due: as‸}]",
        ("conclusions", "mandates"),
        "due",
        "as",
        id="of a mandate in brackets",
    ),
]


@pytest.mark.parametrize(("text", "path", "key", "word"), VALUES)
def test_a_value(text: str, path: tuple[str, ...], key: str, word: str) -> None:
    found = at(text)
    assert found is not None
    assert (found.path, found.key, found.word) == (path, key, word)
    source = text.replace("‸", "")
    assert source[found.start : found.end].rstrip() == word


KEYS = [
    pytest.param("id: X\nbo‸", (), "bo", {"id"}, id="of the file"),
    pytest.param("id: X\n‸", (), "", {"id"}, id="of the file, on an empty line"),
    pytest.param(
        "conclusions:\n- number: 8\n  du‸\n  text: x",
        ("conclusions",),
        "du",
        {"number", "text"},
        id="of a conclusion, between two others",
    ),
    pytest.param(
        "conclusions:\n- ‸", ("conclusions",), "", set(), id="of a conclusion that begins"
    ),
    pytest.param(
        "conclusions:\n- number: 8\n  responsible: {ea‸",
        ("conclusions", "responsible"),
        "ea",
        set(),
        id="of a group",
    ),
    pytest.param(
        "conclusions:\n- {number: 8, du‸}", ("conclusions",), "du", {"number"}, id="in braces"
    ),
    pytest.param("bo‸dy: GRCM\nid: X", (), "body", {"id"}, id="one that is written"),
]


@pytest.mark.parametrize(("text", "path", "word", "present"), KEYS)
def test_a_key(text: str, path: tuple[str, ...], word: str, present: set[str]) -> None:
    found = at(text)
    assert found is not None
    assert (found.path, found.key, found.word) == (path, None, word)
    assert found.present == present


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("body: GRCM # a comm‸ent", id="a comment"),
        pytest.param("conclusions:\n- text: >-\n    Instar a‸", id="a text of several lines"),
        pytest.param("conclusions:\n- text: >-\n    due: ‸", id="what looks like a key in it"),
        pytest.param("conclusions:\n- text: >‸-", id="the mark of such a text"),
        pytest.param("title: Reunión\n  de la‸", id="a text that goes on"),
    ],
)
def test_where_nothing_is_to_be_said(text: str) -> None:
    assert at(text) is None


def test_the_other_files() -> None:
    term = at("offices:\n  PPT:\n    terms:\n    - {holder: M‸}", "register")
    assert term is not None
    assert (term.path, term.key, term.kind) == (("offices", "PPT", "terms"), "holder", "code")
    code = at("members:\n  ME‸X:\n    name: México", "register")
    assert code is not None
    assert code.party == "MEX"
    entry = at("- mandate: GRCM-2002-10/8‸\n  date: 2003-01-10", "progress")
    assert entry is not None
    assert (entry.key, entry.kind, entry.word) == ("mandate", "reference", "GRCM-2002-10/8")
    name = at("members:\n  MEX:\n    name: {e‸", "register")
    assert name is not None
    assert name.takes_text_by_language
