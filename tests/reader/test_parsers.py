"""Two parsers, libyaml's and PyYAML's own: what is read and found is the same.

Sound files are read by libyaml alone, for PyYAML's own parser takes many times as long.
"""

from pathlib import Path
from random import Random

import pytest
from benchmarks.generate import folder as generated
from hypothesis import given
from hypothesis import strategies as st

from grcm_cli.cli.records import data_code
from grcm_cli.domain.findings import Finding
from grcm_cli.reader import events, fields

from ..conftest import EVERY, ROOT
from .conftest import read_file

HERE = ROOT / "tests"
FILES = sorted(
    path
    for folder in (ROOT / "data", HERE)
    for path in folder.rglob("*.yaml")
    if path.is_file() and path.stat().st_size < 20_000
)
EXAMPLES = {
    name: (HERE / f"reading/{name}.yaml").read_bytes()
    for name in ("register", "meeting", "progress")
}
HEAD = "id: WG-2002-10\nbody: WG\nstart: 2002-10-29\n"


class NoParser:
    """Stands for PyYAML's own parser where libyaml's must do."""

    def __init__(self, text: str) -> None:
        raise AssertionError(text)


def read(data: bytes, kind: str) -> tuple[str, list[Finding]]:
    """Return what is read, types, places and the order of languages included, and the findings."""
    found: list[Finding] = []
    return repr(read_file(kind, data, found)), found


def same_by_both(data: bytes, kind: str, where: object = "") -> list[Finding]:
    """Return the findings of a file, which both parsers give, with the same values."""
    by_libyaml = read(data, kind)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "_LIBYAML", None)
        assert by_libyaml == read(data, kind), where
    return by_libyaml[1]


def by_libyaml_alone(data: bytes, kind: str) -> list[Finding]:
    """Return the findings of a file that is read without PyYAML's own parser."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "_PureParser", NoParser)
        return read(data, kind)[1]


def kind_of(path: Path) -> str:
    if path.name == "register.yaml":
        return "register"
    return "progress" if "progress" in str(path) else "meeting"


@pytest.mark.parametrize("part", range(8))
def test_no_file_of_the_tests_and_the_data_is_read_otherwise(part: int) -> None:
    for path in FILES[part::8]:
        same_by_both(path.read_bytes(), kind_of(path), path)


def test_every_file_of_the_data_and_of_a_generated_record_needs_libyaml_alone(
    tmp_path: Path,
) -> None:
    generated(tmp_path, 40)
    files = [*tmp_path.rglob("*.yaml"), *(ROOT / "data").rglob("*.yaml")]
    assert len(files) > 60
    for path in files:
        assert by_libyaml_alone(path.read_bytes(), kind_of(path)) == []


@pytest.mark.parametrize(
    "more",
    [
        pytest.param("", id="a meeting without conclusions"),
        pytest.param("conclusions: []\n", id="an empty list of them"),
        pytest.param("conclusions: {number: 1, text: T}\n", id="one that stands alone"),
        pytest.param("conclusions: [{number: 1, text: T, mandates: []}]\n", id="no mandates"),
        pytest.param("title: {en: T, es: U}\nlanguage: es\n", id="the language after its texts"),
        pytest.param("title: {en: T, es: U}\nlanguage: fr\n", id="a language that no text has"),
        pytest.param("place: 'a: #1'\n", id="what looks like a comment, in quotes"),
        pytest.param("place: a # a comment\n", id="a comment"),
        pytest.param('place: "a?"\nsource: b?\n', id="a question outside of [ ] and { }"),
        pytest.param("place: >\n  a\n\n  b\n\n\n", id="a text in several lines"),
        pytest.param("place: |2-\n   a\\\n", id="a backslash in none that has double quotes"),
        pytest.param("place: “año”\n", id="letters outside of Latin-1"),
        pytest.param("? place\n: a\n", id="a key with its mark"),
        pytest.param('"place": a\n', id="a key in quotes"),
        pytest.param("participants: 'A A'\n", id="a code that is none, of which rules speak"),
        pytest.param("...\n", id="the end of the document"),
        pytest.param('place: "a\\\n  b"\n', id="a line that goes on"),
    ],
)
def test_what_is_right_has_no_findings(more: str) -> None:
    data = f"{HEAD}{more}".encode()
    assert same_by_both(data, "meeting") == by_libyaml_alone(data, "meeting") == []


@pytest.mark.parametrize(
    "more",
    [
        pytest.param("&a place: b\n", id="an anchor at a key"),
        pytest.param("participants: &a [A]\n", id="an anchor at a list"),
        pytest.param("title: {&a es: b}\n", id="an anchor at a language"),
        pytest.param("title: !!map {es: a}\n", id="a tag at a mapping"),
        pytest.param("place:\ta\n", id="a tab"),
        pytest.param("place: >#\n  a\n", id="a comment right after >"),
        pytest.param("conclusions: [{number: !, text: y}]\n", id="a tag before a comma"),
        pytest.param("conclusions: [{number: !x, text: y}]\n", id="a tag with a name before one"),
        pytest.param("place: !a!b,c\n", id="a tag that only one of them takes"),
        pytest.param("title: {es: a, : b}\n", id="a key of which nothing is written"),
        pytest.param("title: {es: a, ? }\n", id="a mark of a key, and no key"),
        pytest.param("participants: [\n?,,~ ]\n", id="no key between two commas"),
        pytest.param("title:\n  ?\n  ?\n", id="no key, twice"),
        pytest.param(
            "place: " + "[" * 40 + "\nsource: \x1b\n", id="what is nested too deep before an ESC"
        ),
    ],
)
def test_what_is_wrong_has_findings(more: str) -> None:
    assert same_by_both(f"{HEAD}{more}".encode(), "meeting")


def test_a_wrong_word_of_progress_is_a_finding() -> None:
    entry = b"- {mandate: a, date: 2003-01-15, progress: maybe}\n"
    assert [finding.rule for finding in same_by_both(entry, "progress")] == ["wrong-word"]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_file_as_windows_saves_it_needs_libyaml_alone(kind: str) -> None:
    data = EXAMPLES[kind].replace(b"\n", b"\r\n")
    assert same_by_both(data, kind) == by_libyaml_alone(data, kind) == []


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"---\n", b"# one\n\n"])
def test_what_stands_before_the_first_key_does_not_matter(before: bytes) -> None:
    assert same_by_both(before + HEAD.encode(), "meeting") == []


# Pieces with which a file is spoilt, or another file is made of it that is as good.
PIECES = (
    *("\n", "  ", " ", "\t", "- ", "-", ": ", ", ", "[", "]", "{", "}", "'", '"', "\\", "\r\n"),
    *("#", " #", " # ", "# a\n", "|", ">", ">-", ">#", "&a ", "*a", "!a ", "?", "? ", "%", "---\n"),
    *("...\n", "~", "null", "''", "ñ", "“", "\u202e", "\u200b", "\u3000", "\ufeff", "\x85", "\x00"),
    *("es: ", "en: ", "language: en\n", "due: asap", "2003", "AAA", "members", "<<<<<<< "),
)


def altered(text: str, chance: Random) -> str:
    """Return a text with up to three pieces put in, left out, or taken from elsewhere in it."""
    for _ in range(chance.randint(1, 3)):
        at, width = chance.randrange(len(text) + 1), chance.choice((0, 0, 1, 1, 2, 8, 30))
        other = chance.randrange(len(text) + 1)
        lines = text.split("\n")
        taken = (
            chance.choice(PIECES),
            text[other : other + width],
            f"\n{chance.choice(lines)}\n",
            "",
        )
        text = text[:at] + chance.choice(taken) + text[at + width :]
    return text


@pytest.mark.parametrize("kind", EXAMPLES)
def test_altered_files_are_read_the_same_by_both(kind: str) -> None:
    chance = Random(kind)  # noqa: S311 - the same files each time
    text = EXAMPLES[kind].decode()
    sound = sum(same_by_both(altered(text, chance).encode(), kind) == [] for _ in range(150))
    assert 10 < sound < 140


# What YAML is made of. Texts of a few of these reach the corners of the grammar that no spoilt
# file of a record does: of 100,000, the parsers read 850 otherwise if nobody decides between them.
TOKENS = (
    *("a", "b", "é", "\U0001f600", "a b", "~", "null", " ", "  ", "\n", "\r\n", "\n  ", "\n\n"),
    *("\t", "- ", "-", "\n- ", "? ", "?", ": ", ":", "a: ", "\nb: ", ", ", ",", "[", "]", "{", "}"),
    *("'", '"', "\\", "''", '""', "\\x41", "\\\n", "\\q", "\\ud800", "\\U00110000", "&a ", "*a"),
    *("*a ", "!", "! ", "!!str ", "!x ", "!<a> ", "#", " #", "|", "|\n", ">", ">-\n  ", "|2\n"),
    *("|+\n", "|#", "---\n", "...\n", "--- ", "%", "%YAML 1.1\n", "@", "`", "\x1b", "\ufffe"),
    *("x" * 1022, "é" * 1023),
)
FRAMES = ("{}", "{}", "a: {}", "[{}]", "- {{{}}}")


def test_any_yaml_is_read_the_same_by_both() -> None:
    chance = Random(27)  # noqa: S311 - the same texts each time
    differ = []
    for _ in range(15_000 if EVERY else 3_000):
        pieces = "".join(chance.choices(TOKENS, k=chance.randint(1, 12)))
        data = chance.choice(FRAMES).format(pieces).encode()
        found = [tree(data)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(events, "_LIBYAML", None)
            found.append(tree(data))
        if found[0] != found[1]:
            differ.append(data)
    assert differ == []


def tree(data: bytes) -> tuple[str, list[Finding]]:
    """Return the nodes of a text, with their places, and the findings."""
    found: list[Finding] = []
    return repr(written(events.read_tree("f", data, found))), found


def written(node: events.Node | None) -> object:
    """Return a node as plain values: the marks of the two parsers are of two classes."""
    match node:
        case events.Scalar():
            return node.text, node.at, node.is_broken, node.is_null, node.is_cut
        case events.Sequence():
            return node.at, [written(item) for item in node.items], node.is_broken
        case events.Mapping():
            pairs = [(written(key), written(value)) for key, value in node.items]
            return node.at, pairs, node.is_broken
    return node


@pytest.mark.parametrize(
    "more", ["participants: [A?]\n", "place: Quito\n", "place:\n", "place: !x\n", "place: 'a\n"]
)
def test_no_two_machines_say_different_things_of_a_large_file(more: str) -> None:
    """Here libyaml alone decides, and what it cannot decide elsewhere is not read there."""
    data = f"{HEAD}{more}".encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "LONGEST", 10)
        by_libyaml_alone(data, "meeting")
        patch.setattr(events, "_LIBYAML", None)
        patch.setattr(events, "_PureParser", NoParser)
        [finding] = read(data, "meeting")[1]
        assert (finding.rule, data_code([finding])) == ("unreadable-file", 3)


WORDS = st.sampled_from(
    ["a", "AAA", "2003-01-15", "next WG", "asap", "done", "es", "1", "é “x”", "a? b", "#5", "~", ""]
)
SCALARS = st.builds(
    lambda word, shape: shape.format(word),
    WORDS,
    st.sampled_from(["{}", "'{}'", '"{}"', ">-\n      {}\n", "|\n      {}\n", "[{}]", "[{}, b]"]),
)
KEYS = st.sampled_from([*fields.CONCLUSION, *fields.ENTRY, "es", "other"])


@given(st.dictionaries(KEYS, SCALARS, max_size=6), st.sampled_from(["", "language: es\n"]))
def test_made_conclusions_and_entries_are_read_the_same(
    values: dict[str, str], language: str
) -> None:
    keys = "".join(f"\n    {key}: {value}" for key, value in values.items())
    conclusion = f"{HEAD}conclusions:\n  - number: 1{keys}\n{language}"
    same_by_both(conclusion.encode(), "meeting")
    same_by_both(f"- progress: done{keys}\n".replace("\n    ", "\n  ").encode(), "progress")
