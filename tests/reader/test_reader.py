"""Reading: every value with its place, every problem of a file at once, nothing guessed."""

import pytest

from grcm_cli.domain.model import Location
from grcm_cli.reader import events
from grcm_cli.reader.events import Mapping, Scalar, Sequence

from ..conftest import Folder


def found(folder: Folder) -> list[str]:
    """Return the reader's findings as `line:column rule`."""
    return [f"{f.at.line}:{f.at.column} {f.rule}" for f in folder.findings()]


def node(text: str) -> object:
    """Return the node of a text that has no findings."""
    findings: list[object] = []
    read = events.read_tree("f", text.encode(), findings)  # type: ignore[arg-type] # stays empty
    assert findings == []
    return read


def plain(read: object) -> object:
    """Return a node as lists, dicts and texts."""
    match read:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(items=pairs):
            return {key.text: plain(value) for key, value in pairs}
        case _:
            return None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("a: NO", {"a": "NO"}, id="Norway stays Norway"),
        pytest.param("a: 12:30", {"a": "12:30"}, id="a time is no number"),
        pytest.param("a: 010", {"a": "010"}, id="nor is this an eight"),
        pytest.param("a: 2003-01-15", {"a": "2003-01-15"}, id="a date is text"),
        pytest.param("a: yes", {"a": "yes"}, id="yes is a word"),
        pytest.param("a: >-\n  uno\n  dos\n", {"a": "uno dos"}, id="a folded text"),
        pytest.param("a: |\n  uno\n  dos\n", {"a": "uno\ndos\n"}, id="a literal text"),
        pytest.param('a: "x\\u00e9"', {"a": "xé"}, id="an escape in quotes"),
        pytest.param("a: 'it''s'", {"a": "it's"}, id="a quote twice"),
        pytest.param("[a, {b: c}]", ["a", {"b": "c"}], id="flow style"),
        pytest.param("\ufeffa: b", {"a": "b"}, id="a BOM"),
        pytest.param("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}, id="CRLF"),
        pytest.param("a: b", {"a": "b"}, id="no last newline"),
        pytest.param("---\na: b\n...\n", {"a": "b"}, id="document marks"),
        pytest.param("a: مرحبا 🎉", {"a": "مرحبا 🎉"}, id="Arabic and emoji"),
        pytest.param("# only a comment\n", None, id="only a comment"),
        pytest.param("", None, id="empty"),
    ],
)
def test_what_is_written_is_what_is_read(parser: str, text: str, value: object) -> None:
    assert plain(node(text)) == value


def test_places_are_those_of_an_editor(parser: str) -> None:
    read = node("á: 1\nlista:\n  - [x, 'dos']\n")
    assert isinstance(read, Mapping)
    (_key, first), (second_key, outer) = read.items
    assert first.at == Location("f", 1, 4, 1)
    assert second_key.at == Location("f", 2, 1, 5)
    assert isinstance(outer, Sequence)
    [inner] = outer.items
    assert isinstance(inner, Sequence)
    assert [item.at for item in inner.items] == [Location("f", 3, 6, 1), Location("f", 3, 9, 5)]


def test_a_bom_moves_no_column(parser: str) -> None:
    read = node("\ufeffa: b")
    assert isinstance(read, Mapping)
    assert read.items[0][1].at == Location("f", 1, 4, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('a: "\\U00110000"\n', ["1:7 syntax"], id="an escape past the last character"),
        pytest.param('a: "\\Uffffffff"\n', ["1:7 syntax"], id="an escape past the last number"),
        pytest.param('id: "\\ud800"\n', ["1:6 syntax"], id="half a character"),
        pytest.param(
            "id: A\ntitle: " + "[" * 5000, ["2:40 yaml-feature"], id="brackets without end"
        ),
        pytest.param("%YAML 1.3\n---\nid: A\n", ["1:1 yaml-feature"], id="a directive"),
        pytest.param("%FOO x\n---\nid: A\n", ["1:1 yaml-feature"], id="an unknown directive"),
        pytest.param("id: A\n\ufeffbody: B\n", ["2:1 odd-character"], id="a BOM that is not first"),
        pytest.param("acts: [directive ?]\n", ["1:7 syntax"], id="a question mark in a list"),
        pytest.param("note: |# c\n  x\n", ["1:8 syntax"], id="a comment right after |"),
        pytest.param("a: [b,\tc]\n", ["1:7 syntax"], id="a tab in a list"),
        pytest.param("id: A\nresponsible MEX\ndue: 2003\n", ["2:1 syntax"], id="a missing colon"),
        pytest.param("id: A\ntitle:X\n", ["2:1 syntax"], id="a colon without its space"),
        pytest.param('a: "x\n  y\n  \\S z"\n', ["3:4 syntax"], id="an escape on a later line"),
        pytest.param("a: - hola\n", ["1:4 syntax"], id="a hyphen first"),
        pytest.param("a: > hola\n", ["1:6 syntax"], id="a text on the line of its >"),
        pytest.param("a: [b\n", ["1:4 syntax"], id="a bracket at the end"),
    ],
)
def test_what_either_parser_alone_would_tell_otherwise(
    folder: Folder, parser: str, text: str, expected: list[str]
) -> None:
    folder.write("meetings/A.yaml", text)
    syntax = [
        line for line in found(folder) if line.split()[1] not in ("missing-key", "unknown-key")
    ]
    assert syntax == expected


def test_every_problem_of_a_file_is_found_in_one_run(folder: Folder) -> None:
    folder.write(
        "meetings/A.yaml",
        "id: A\nbody: WG\nstart: 29/10/2002\nplace:\nplaze: Quito\nconclusions:\n"
        "  - number: 8 a\n    text: T\n    acts: [thanks, directiv]\n    due: mañana\n"
        "  - number: 9\n    responsible: {each: [AAA, AAA]}\n",
    )
    assert found(folder) == [
        "3:8 wrong-date",
        "4:1 null-value",
        "5:1 unknown-key",
        "7:13 wrong-number",
        "9:12 wrong-word",
        "9:20 wrong-word",
        "10:10 wrong-due",
        "11:5 missing-key",
        "12:31 repeated-code",
    ]


def test_one_value_may_stand_where_a_list_is_allowed(folder: Folder) -> None:
    folder.meeting(
        "  number: 1\n  text: T\n  acts: directive\n  follows: WG-2002-10/1\n"
        "  mandates: {responsible: AAA, support: ORG, after: 1}\n"
    )
    register = folder.register()
    [meeting] = register.meetings
    [conclusion] = meeting.conclusions or ()
    assert [act.text for act in conclusion.acts] == ["directive"]
    [mandate] = conclusion.mandates
    assert ([w.text for w in mandate.support], [w.text for w in mandate.after]) == (["ORG"], ["1"])


def test_the_simplest_conclusion_is_number_text_responsible_due(folder: Folder) -> None:
    folder.meeting("- number: 8\n  text: Texto\n  responsible: AAA\n  due: 2003-01-15\n")
    [(_meeting, conclusion, mandate)] = folder.register().all_mandates
    assert mandate.action is None
    assert conclusion.text.shown("es") == "Texto"


def test_a_text_in_several_languages_is_shown_in_the_reader_s(folder: Folder) -> None:
    folder.meeting("- {number: 1, text: {es: Uno, en: One}}\n")
    [meeting] = folder.register().meetings
    [conclusion] = meeting.conclusions or ()
    assert [conclusion.text.shown(language) for language in ("es", "en", "fr")] == [
        "Uno",
        "One",
        "Uno",
    ]


def test_a_meeting_without_conclusions_is_known_by_its_dates(folder: Folder) -> None:
    folder.meeting("")
    [meeting] = folder.register().meetings
    assert meeting.conclusions is None


# --- the folder -----------------------------------------------------------------------------


def test_what_is_no_data_file_is_named_and_not_opened(folder: Folder) -> None:
    import os

    folder.write("meetings/A.yml", "")
    folder.write("meetings/old/A.yaml", "")
    folder.write("meetings/readme.txt", "")
    folder.write("meetings/.A.yaml.swp", "")
    (folder.path / "meetings/dir.yaml").mkdir()
    os.mkfifo(folder.path / "meetings/pipe.yaml")
    assert [(f.at.path, f.rule) for f in folder.findings()] == [
        ("meetings/A.yml", "ignored-file"),
        ("meetings/dir.yaml", "missing-file"),
        ("meetings/old", "ignored-file"),
        ("meetings/pipe.yaml", "missing-file"),
    ]


def test_a_file_that_the_machine_does_not_give_leaves_the_others(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    (folder.path / "meetings/B.yaml").symlink_to(folder.path / "nowhere")
    loaded = folder.load()
    assert [(f.at.path, f.rule) for f in loaded.findings] == [
        ("meetings/B.yaml", "unreadable-file")
    ]
    assert loaded.register is not None
    assert loaded.register.unread_meetings == frozenset({"B"})
    assert len(loaded.register.meetings) == 1


def test_links_that_lead_nowhere_are_named_or_left_alone(folder: Folder) -> None:
    folder.mandate("responsible: AAA")
    (folder.path / "meetings/loop").symlink_to("loop")
    (folder.path / "progress").symlink_to("nowhere")
    assert [(f.at.path, f.rule) for f in folder.findings()] == [("progress", "unreadable-file")]


def test_without_a_readable_register_there_is_no_register(folder: Folder) -> None:
    folder.write("register.yaml", "process: [\n")
    assert folder.load().register is None


def test_a_progress_file_without_entries_is_valid(folder: Folder) -> None:
    folder.progress("AAA", "# nothing reported yet\n")
    assert folder.register().entries == []


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("- {date: 2003-01-10, progress: done}\n", "1:3 missing-key"),
        (
            "- {mandate: X/1, date: 2003-01-10, progress: done, progress: withdrawn}\n",
            "1:52 repeated-key",
        ),
        ("- {mandate: WG-2002-10/1, date: 10/01/2003, progress: done}\n", "1:33 wrong-date"),
        ("- {mandate: WG-2002-10/1, date: 2003-01-10, progress: finished}\n", "1:55 wrong-word"),
        (
            "- {mandate: WG-2002-10/1, date: 2003-01-10, for: 2003, progress: finished}\n",
            "1:66 wrong-word",
        ),
    ],
)
def test_an_entry_with_an_error_does_not_count(folder: Folder, entry: str, expected: str) -> None:
    folder.mandate("responsible: AAA")
    folder.progress("AAA", entry)
    loaded = folder.load()
    assert found(folder) == [expected]
    assert loaded.register is not None
    assert loaded.register.entries == []


def test_no_message_of_the_yaml_library_is_shown_untold(folder: Folder) -> None:
    """Its commonest problems have words of ours."""
    mistakes = [
        "a: b: c\n",
        "a:\n\t- b\n",
        "a: 'b\n",
        "a: [b\n",
        "a\nb: c\n",
        "a: @b\n",
        'a: "\\q"\n',
        "a: &\n",
        "- a\nb: c\n",
    ]
    for mistake in mistakes:
        folder.write("meetings/A.yaml", mistake)
        [finding] = folder.findings()
        assert finding.rule == "syntax"
        assert finding.message != events._OTHER[0], mistake
