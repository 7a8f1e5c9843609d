"""The server lives on, whatever an editor sends, types, opens and closes."""

import shutil
import sys
from itertools import count
from pathlib import Path

import pytest
from benchmarks.generate import sized

from ..conftest import DATA
from .client import Client

FILE = "data/meetings/GRCM-2002-10.yaml"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path


def test_it_ends_with_0_and_has_said_nothing(record: Path) -> None:
    client = Client(record, "--as-of", "2002-11-15", path=str(Path(sys.executable).parent))
    client.open(FILE)
    assert client.diagnostics(FILE, 1) == []
    client.ask("shutdown", None)
    client.tell("exit", None)
    assert client.process.wait(30) == 0
    assert client.process.stderr is not None
    assert client.process.stderr.read() == b""
    client.__exit__(None, None, None)


def test_it_ends_when_the_editor_is_gone(record: Path) -> None:
    client = Client(record)
    client.open(FILE)
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(30) == 0


HOSTILE = [
    b"{",
    b"[]",
    b"17",
    b'{"jsonrpc": "2.0"}',
    b'{"jsonrpc": "1.0", "method": "x"}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {}}',
    b'{"jsonrpc": "2.0", "method": "no/such", "params": {}}',
    b'{"jsonrpc": "2.0", "id": 900, "method": "no/such", "params": {}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didClose", "params": '
    b'{"textDocument": {"uri": "file:///never/opened.yaml"}}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": '
    b'{"uri": "file:///%00/meetings/x.yaml", "languageId": "", "version": 1, "text": "a: ["}}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": '
    b'{"uri": "untitled:x", "languageId": "yaml", "version": 1, "text": "\\ud800"}}}',
    b"[" * 100_000,
    b"\xff\xfe",
]


def test_no_message_ends_it(record: Path) -> None:
    with Client(record, "--as-of", "2002-11-15") as client:
        client.open(FILE)
        for body in HOSTILE:
            assert client.process.stdin is not None
            client.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            client.process.stdin.flush()
        shown = client.ask("textDocument/hover", client.at(FILE, "responsible: ", "PPT"))
        assert "**PPT**" in shown["contents"]["value"]


def test_a_question_with_wrong_parameters_is_answered_with_an_error(record: Path) -> None:
    with Client(record, "--as-of", "2002-11-15") as client:
        client.open(FILE)
        wrong: list[object] = [{}, None, [], {"textDocument": {"uri": 7}, "position": "here"}]
        for params in wrong:
            with pytest.raises(RuntimeError, match="Invalid Params"):
                client.ask("textDocument/hover", params)
        assert client.ask("textDocument/hover", client.at(FILE, "responsible: ", "PPT"))


def test_open_files_live_on_after_a_branch_without_them(record: Path) -> None:
    with Client(record, "--as-of", "2002-11-15") as client:
        client.open(FILE)
        client.diagnostics(FILE, 1)
        client.replace(FILE, "responsible: PPT", "responsible: PPX")
        assert {one["code"] for one in client.diagnostics(FILE, 2)} == {"unknown-party"}
        (record / "data").rename(record / "away")
        client.tell("workspace/didChangeWatchedFiles", {"changes": []})
        assert client.diagnostics(FILE) == []
        (record / "away").rename(record / "data")
        client.tell("workspace/didChangeWatchedFiles", {"changes": []})
        assert {one["code"] for one in client.diagnostics(FILE)} == {"unknown-party"}


TYPED = {
    "half a character": "\ud800",
    "characters that are none": "\x00\x85\u2028\u2029\ufeff\x1b[31m",
    "brackets": "[" * 2_000,
    "lists in lists": "- " * 500,
    "a long line": "x" * 200_000,
    "what YAML can": "&a *a !tag %YAML\n---\n",
    "markup": "<script>alert(1)</script>[x](command:y)",
}


def test_nothing_that_is_typed_ends_it(record: Path) -> None:
    with Client(record, "--as-of", "2002-11-15") as client:
        client.open(FILE)
        for version, (name, text) in zip(count(2, 2), TYPED.items(), strict=False):
            client.replace(FILE, "title: ", f"title: {text}")
            client.diagnostics(FILE, version)
            for question in ("completion", "hover", "definition"):
                client.ask(f"textDocument/{question}", client.at(FILE, "title: "))
            client.replace(FILE, f"title: {text}", "title: ")
            assert client.diagnostics(FILE, version + 1) == [], name


def test_a_file_outside_of_a_record_is_left_alone(record: Path) -> None:
    (record / "meetings").mkdir()
    (record / "meetings" / "x.yaml").write_text("a: [", encoding="utf-8")
    with Client(record) as client:
        client.open("meetings/x.yaml")
        assert client.ask("textDocument/hover", client.at("meetings/x.yaml", "a")) is None


def test_what_a_change_does_in_other_files_is_shown_after_the_pause(record: Path) -> None:
    with Client(record, "--as-of", "2002-11-15") as client:
        client.open("data/register.yaml")
        client.diagnostics("data/register.yaml", 1)
        client.replace("data/register.yaml", "  PPT:", "  PPX:")
        found = client.diagnostics(FILE)
        assert {one["code"] for one in found} == {"unknown-party"}
        client.replace("data/register.yaml", "  PPX:", "  PPT:")
        assert client.diagnostics(FILE) == []


def test_files_that_come_and_go_on_the_disk_are_seen(record: Path) -> None:
    other = record / "data/meetings/GRCM-2003-02.yaml"
    with Client(record, "--as-of", "2002-11-15") as client:
        client.open(FILE)
        other.write_text("id: GRCM-2003-02\nbody: XXX\nstart: 2003-02-03\n", encoding="utf-8")
        client.tell("workspace/didChangeWatchedFiles", {"changes": []})
        found = client.diagnostics("data/meetings/GRCM-2003-02.yaml")
        assert {one["code"] for one in found} >= {"unknown-body"}
        other.unlink()
        client.tell("workspace/didChangeWatchedFiles", {"changes": []})
        assert client.diagnostics("data/meetings/GRCM-2003-02.yaml") == []


def test_two_records_are_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(DATA, tmp_path / name / "data")
    with Client(tmp_path, "--as-of", "2002-11-15") as client:
        client.open(f"one/{FILE}")
        client.open("two/data/register.yaml")
        client.replace("two/data/register.yaml", "  PPT:", "  PPX:")
        assert {one["code"] for one in client.diagnostics(f"two/{FILE}")} == {"unknown-party"}
        params = client.at(f"one/{FILE}", "responsible: ", "PPT")
        assert "PPT" in client.ask("textDocument/hover", params)["contents"]["value"]


def test_an_editor_that_renames_no_files_is_told_so(record: Path) -> None:
    (record / "data/progress").mkdir(exist_ok=True)
    (record / "data/progress/PPT.yaml").write_text("", encoding="utf-8")
    with Client(record, workspace={}) as client:
        client.open(FILE)
        new = {**client.at(FILE, "responsible: ", "PPT"), "newName": "PRES"}
        with pytest.raises(RuntimeError, match="cannot rename files"):
            client.ask("textDocument/rename", new)
    with Client(record) as client:
        client.open(FILE)
        new = {**client.at(FILE, "responsible: ", "PPT"), "newName": "PRES"}
        *_edits, last = client.ask("textDocument/rename", new)["documentChanges"]
        assert (last["kind"], last["newUri"][-9:]) == ("rename", "PRES.yaml")


def test_nothing_is_renamed_while_the_register_is_being_written(record: Path) -> None:
    with Client(record) as client:
        for name in (FILE, "data/register.yaml"):
            client.open(name)
        text = (record / "data/register.yaml").read_text(encoding="utf-8")
        client.replace("data/register.yaml", text, "process: [\n")
        new = {**client.at(FILE, "responsible: ", "PPT"), "newName": "PRES"}
        with pytest.raises(RuntimeError, match=r"register\.yaml, which names PPT, has errors"):
            client.ask("textDocument/rename", new)


def test_a_message_that_is_too_large_is_called_so(record: Path) -> None:
    client = Client(record)
    client.open(FILE)
    _out, said = client.process.communicate(b"Content-Length: 99999999999999\r\n\r\n{}", timeout=30)
    assert said == b"grcm: a message from the editor is too large\n"
    assert client.process.returncode == 3


def test_two_thousand_conclusions(tmp_path: Path) -> None:
    sized(tmp_path / "data", 2_000)
    name = "data/meetings/GT-1-1994-01.yaml"
    with Client(tmp_path, "--as-of", "2003-01-01") as client:
        client.open(name)
        assert client.diagnostics(name, 1) == []
        client.replace(name, "participants: [", "participants: [QQQ, ")
        found = client.diagnostics(name, 2)
        assert {one["code"] for one in found} >= {"unknown-party"}
        offered = client.ask("textDocument/completion", client.at(name, "participants: ["))
        assert "AAA" in {item["label"] for item in offered["items"]}
        client.replace(name, "participants: [QQQ, ", "participants: [")
        assert client.diagnostics(name, 3) == []
        new = {**client.at(name, "country: "), "newName": "CCX"}
        changed = client.ask("textDocument/rename", new)["documentChanges"]
        assert len(changed) > 60
        assert changed[-1]["kind"] == "rename"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(day: str, record: Path) -> None:
    """Each question is answered, for a meeting on that day and whatever is due."""
    with Client(record, "--as-of", day) as client:
        client.open(FILE)
        client.replace(FILE, "start: 2002-10-29", f"start: {day}")
        client.replace(FILE, "end: 2002-10-31", f"end: {day}")
        due = "2003-01-15"
        for other in ("every 1 day", "within 99999 years", "30 days before next CRM", "9999-Q4"):
            client.replace(FILE, f"due: {due}", f"due: {other}")
            due = other
            at = client.at(FILE, "due: ", due)
            assert client.ask("textDocument/completion", at)["items"]
            assert client.ask("textDocument/hover", at)["contents"]["value"]
