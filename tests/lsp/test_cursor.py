"""Where the cursor is in a file, also in one that is no YAML while somebody types."""

import pytest

from grcm_cli.lsp.cursor import Cursor, cursor_at
from grcm_cli.lsp.documents import Document
from grcm_cli.reader.fields import FileKind

from ..conftest import table


def at(text: str, file: FileKind = "meeting") -> Cursor | None:
    """Return what is at the mark `|` in a text."""
    index = text.index("‸")
    return cursor_at(Document(text.replace("‸", "")), index, file)


VALUES = table("""
# a value of the file itself
body: GR‸ |  | body | GR
# a value that is still missing
body: ‸ |  | body |
# before a comment
body: ‸GRCM  # the body |  | body | GRCM
# in quotes
body: "GR‸CM" |  | body | GRCM
# in quotes that are still open
body: "GR‸ |  | body | GR
# in brackets
participants: [MEX, G‸] |  | participants | G
# in open brackets
participants: [MEX, G‸ |  | participants | G
# right after a bracket
participants: [‸ |  | participants |
# the next line
participants: [MEX,⏎  G‸TM, |  | participants | GTM
# a list of lines
participants:⏎- MEX⏎- G‸ |  | participants | G
# one that is indented
participants:⏎  - G‸ |  | participants | G
# of a conclusion
conclusions:⏎- number: 8⏎  due: next ‸ | conclusions | due | next
# of a mandate
conclusions:⏎  - number: 8⏎    mandates:⏎    - action: x⏎      due: ‸ | conclusions mandates | due |
# of a conclusion in braces
conclusions:⏎- {number: 8, responsible: CR‸} | conclusions | responsible | CR
# of a group
conclusions:⏎- number: 8⏎  responsible: {each: mem‸ | conclusions responsible | each | mem
# the exceptions of a group
conclusions:⏎- number: 8⏎  responsible: {each: ISL, except: [‸ | conclusions responsible | except |
# below a bracket that is still open
conclusions:⏎- number: 8⏎  responsible: [ME⏎  due: 200‸ | conclusions | due | 200
# below a text of several lines
conclusions:⏎- number: 8⏎  text: >-⏎    Instar a: todos.⏎⏎  closes: ‸ | conclusions | closes |
# of an extension
conclusions:⏎- number: 8⏎  extends:⏎  - {mandate: 7, due: 2004‸} | conclusions extends | due | 2004
# of a mandate in brackets
conclusions:⏎- number: 8⏎  mandates: [{action: x, due: as‸}] | conclusions mandates | due | as
""")


@pytest.mark.parametrize(("text", "path", "key", "word"), VALUES)
def test_a_value(text: str, path: str, key: str, word: str) -> None:
    found = at(text)
    assert found is not None
    assert (" ".join(found.path), found.key, found.word) == (path, key, word)
    source = text.replace("‸", "")
    assert source[found.start : found.end].rstrip() == word


KEYS = table("""
# of the file
id: X⏎bo‸ |  | bo | id
# of the file, on an empty line
id: X⏎‸ |  |  | id
# of a conclusion, between two others
conclusions:⏎- number: 8⏎  du‸⏎  text: x | conclusions | du | number text
# of a conclusion that begins
conclusions:⏎- ‸ | conclusions |  |
# of a group
conclusions:⏎- number: 8⏎  responsible: {ea‸ | conclusions responsible | ea |
# in braces
conclusions:⏎- {number: 8, du‸} | conclusions | du | number
# one that is written
bo‸dy: GRCM⏎id: X |  | body | id
""")


@pytest.mark.parametrize(("text", "path", "word", "present"), KEYS)
def test_a_key(text: str, path: str, word: str, present: str) -> None:
    found = at(text)
    assert found is not None
    assert (" ".join(found.path), found.key, found.word) == (path, None, word)
    assert found.present == {*present.split()}


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
