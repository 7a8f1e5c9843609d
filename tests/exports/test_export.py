"""`grcm export`: the command, and what is true of every format: P5, P9, P10, P15."""

import csv
import io
import json
import os
import re
import sqlite3
import stat
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

import icalendar
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grcm_cli.cli.output import BINARY
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.language.text import clean, collapse
from grcm_cli.views import labels

from ..conftest import DATA, ROOT, Folder, Ran, run_grcm, run_program, run_python
from ..processes import grcm_for_shells
from ..test_house import everything
from .common import FORMATS, HOSTILE, export, folders, hostile, listed, made, one_line

NUMBERS = ("mandate", "later_missed", "days", "days_late")
TEXT = tuple(name for name in FORMATS if name not in BINARY)
MAGIC = {"xlsx": b"PK\x03\x04", "sqlite": b"SQLite format 3\0", "ics": b"BEGIN:VCALENDAR\r\n"}


def run(*arguments: str, cwd: Path = ROOT, **more: str) -> Ran:
    return run_grcm("export", *arguments, "--as-of", "2002-11-15", cwd=cwd, **more)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="an administrator may write anywhere"
)
def test_a_folder_that_takes_no_writing_is_the_machine_failing(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    ran = run("csv", "-o", str(tmp_path / "x.csv"))
    tmp_path.chmod(stat.S_IRWXU)
    assert ran.code == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_closed_pipe_is_no_failure(name: str) -> None:
    grcm = grcm_for_shells()
    command = f"{grcm} export {name} --all -o - | head -c 4; echo ${{PIPESTATUS[0]}}"
    ran = run_program("bash", "-c", command)
    assert ran.code == 0
    assert ran.out.endswith("0\n")
    assert "grcm: " not in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
@pytest.mark.parametrize("name", FORMATS)
def test_a_full_disk_is(name: str) -> None:
    command = f"{grcm_for_shells()} export {name} -o - > /dev/full"
    ran = run_program("bash", "-c", command)
    assert ran.code == 3
    assert ran.err.endswith("grcm: system error: the disk is full\n")


EVERY_FORMAT = """\
import sys
from grcm_cli.cli.app import main
for name in sys.argv[1:]:
    try:
        main(["export", name, "--all", "--as-of", "2002-11-15", "-o", f"x.{name}"])
    except SystemExit as end:
        assert end.code == 0, name
"""


def test_the_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    """In processes of their own; to stdout, where they are asked for, too."""
    found = []
    for zone, seed in (("UTC", "1"), ("Pacific/Kiritimati", "2"), ("America/Guatemala", "3")):
        (tmp_path / seed).mkdir()
        more = {"TZ": zone, "PYTHONHASHSEED": seed, "GRCM_DATA": str(DATA)}
        ran = run_python("-c", EVERY_FORMAT, *FORMATS, cwd=tmp_path / seed, **more)
        assert ran.code == 0, ran.err
        found.append({name: (tmp_path / seed / f"x.{name}").read_bytes() for name in FORMATS})
    assert found[0] == found[1] == found[2]
    for name, data in found[0].items():
        assert data.startswith(MAGIC.get(name, b""))
        assert export(DATA, name, "2002-11-15", "--all").data == data


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_written_into_the_data_folder(name: str, folder: Folder) -> None:
    hostile(folder)
    before = everything(folder.path)
    assert export(folder.path, name, "2002-11-15", "--all").code == 1
    assert everything(folder.path) == before


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_not_understood_stays_in_and_is_named(name: str, folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: mañana")
    done = export(folder.path, name, "2002-11-15", *(["--as", "todo"] if name == "ics" else []))
    assert done.code == 1
    assert "WG-2002-10.yaml:7" in done.err
    if name in TEXT:
        assert "WG-2002-10" in done.text
        assert "?" in done.text


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_cannot_be_read_is_named_and_the_rest_exported(
    name: str, folder: Folder
) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    whole = export(folder.path, name, "2002-11-15").data
    folder.write("meetings/WG-2003-01.yaml", "id: [\n")
    done = export(folder.path, name, "2002-11-15")
    assert done.code == 1
    assert "WG-2003-01.yaml" in done.err
    assert not _names_a_file(name, whole)
    assert _names_a_file(name, done.data)


def _names_a_file(name: str, data: bytes) -> bool:
    """Tell whether a file says in itself, where its readers look, that another was not read."""
    match name:
        case "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(data))
            return all("WG-2003-01.yaml" in str(sheet["A1"].value) for sheet in book.worksheets)
        case "sqlite":
            with closing(sqlite3.connect(":memory:")) as connection:
                connection.deserialize(data)
                [(complete,)] = connection.execute("SELECT value FROM about WHERE key='complete'")
                found = connection.execute("SELECT path FROM problem").fetchall()
            return complete == "no" and "WG-2003-01.yaml" in found[0][0]
        case "ics":
            events = icalendar.Calendar.from_ical(data).walk("VEVENT")
            return any("WG-2003-01.yaml" in str(event.get("DESCRIPTION")) for event in events)
        case "json":
            document = json.loads(data)
            paths = [problem["path"] for problem in document["problems"]]
            return not document["complete"] and "WG-2003-01.yaml" in paths[0]
        case "csv":
            last = list(csv.reader(io.StringIO(data.decode())))[-1]
            return last[0] == "?" and "WG-2003-01.yaml:2:1" in last[1]
        case "md":
            return "WG-2003-01.yaml" in data.decode().splitlines()[-1]
        case _:
            raise NotImplementedError(name)  # a format that says so somewhere else


@pytest.mark.parametrize("name", FORMATS)
def test_an_incomplete_file_replaces_none_unasked(
    name: str, folder: Folder, tmp_path: Path
) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    target = tmp_path / f"out.{name}"
    command = ("--data", str(folder.path), "export", name, "-o", str(target), "--force")
    assert run_grcm(*command, "--as-of", "2002-11-15").code == 0
    whole = target.read_bytes()
    folder.write("meetings/WG-2003-01.yaml", "id: [\n")
    refused = run_grcm(*command, "--as-of", "2002-11-15")
    assert (refused.code, refused.out, target.read_bytes()) == (1, "", whole)
    assert "WG-2003-01.yaml" in refused.err
    assert "--partial" in refused.err
    assert run_grcm(*command, "--partial", "--as-of", "2002-11-15").code == 1
    assert target.read_bytes() != whole
    folder.write("meetings/WG-2003-01.yaml", "id: WG-2003-01\nbody: WG\nstart: 2003-01-20\n")
    assert run_grcm(*command, "--as-of", "2002-11-15").code == 0


# --- csv, json and md: no text acts, nothing is lost ----------------------------------------------


def test_no_cell_of_a_csv_is_a_formula(folder: Folder) -> None:
    hostile(folder)
    rows = list(csv.reader(io.StringIO(export(folder.path, "csv", "2002-11-15").text)))
    assert len({len(row) for row in rows}) == 1
    action = rows[0].index("action")
    found = [_unguarded(row[action]) for row in rows[1:] if row[0] != "?"]
    assert found == [clean(text.strip()) for text in HOSTILE]
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row)


def test_no_code_is_a_formula_either(folder: Folder) -> None:
    """In wrong data a code is any text: a party's, a holder's."""
    folder.write(
        "register.yaml",
        "process: {code: EX, name: E, languages: [es]}\nbodies: {WG: {name: W}}\n"
        "offices: {CH: {name: C, terms: [{holder: '=1+1', from: 2002-01-01}]}}\n",
    )
    folder.mandate("responsible: {each: [CH, '=2+2', '@x']}")
    rows = list(csv.DictReader(io.StringIO(export(folder.path, "csv", "2002-11-15").text)))
    assert [row["party"] for row in rows if row["ref"] != "?"] == ["CH", "'=2+2", "'@x"]
    assert rows[0]["holders"] == "'=1+1"


def test_json_has_the_very_texts(folder: Folder) -> None:
    hostile(folder)
    found = json.loads(export(folder.path, "json", "2002-11-15").text)["tasks"]
    assert [task["action"] for task in found] == [text.strip() for text in HOSTILE]


def test_markdown_is_a_table_of_texts(folder: Folder) -> None:
    """Read by a reader that would pass HTML on and make links of what looks like one."""
    hostile(folder)
    page, _empty, note = export(folder.path, "md", "2002-11-15").text.rpartition("\n\n")
    assert "grcm validate" in note
    reader = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    tokens = reader.parse(page)
    assert {token.tag for token in tokens} == {"table", "thead", "tbody", "tr", "th", "td", ""}
    assert {token.type for token in tokens if not token.tag} == {"inline"}
    cells = [token for token in tokens if token.type == "inline"]
    assert {child.type for cell in cells for child in cell.children or ()} == {"text"}
    said = [_text(cell) for cell in cells[5:]]
    assert said[3::5] == [f"{one_line(text)} (supported by ORG)" for text in HOSTILE]


def _text(cell: object) -> str:
    return "".join(child.content for child in getattr(cell, "children", None) or ())


@pytest.mark.parametrize("line", ["::error::texto", "##[error]texto"])
@pytest.mark.parametrize("name", TEXT)
def test_no_line_is_a_command_to_ci(name: str, line: str, folder: Folder) -> None:
    hostile(folder)
    said = export(folder.path, name, "2002-11-15").text
    assert line in said.replace("\\u0023", "#").replace("\\", "").replace("\r\n ", "")
    assert not any(row.lstrip().startswith(line[:3]) for row in said.splitlines())


def _unguarded(cell: str) -> str:
    """Return a text without what keeps it from being a formula, or a command to a CI service."""
    cell = re.sub(r"#\\(?=\\*#(?:vso)?\[)", "#", cell)
    bare = cell.lstrip("' ")
    is_guarded = bare.startswith(("=", "+", "-", "@", "\\t", "\\r", "\\n", "＝", "＋", "－", "＠"))
    return cell[1:] if is_guarded and cell.startswith("'") else cell


def _record(task: Task, register: Register) -> dict[str, object]:
    """Return what lists say of a task, by its own fields."""
    action = task.mandate.action or task.conclusion.text
    last = task.last_report
    names = {party.code: collapse(party.name.shown("en")) for party in reversed(register.parties)}
    return {
        "ref": str(task.reference),
        "meeting": task.meeting.id,
        "body": task.meeting.body.text if task.meeting.body else None,
        "conclusion": task.conclusion.number,
        "mandate": task.mandate.ordinal,
        "text": task.conclusion.text.shown("en"),
        "action": action.shown("en"),
        "kind": task.mandate.kind,
        "support": [word.text for word in task.mandate.support],
        "party": "+".join(task.parties) or None,
        "parties": list(task.parties),
        "party_names": [names.get(code, code) for code in task.parties],
        "together": len(task.parties) > 1,
        "holders": [holder for held in task.holders.values() for holder in held],
        "due": task.due,
        "deadline": str(task.deadline) if task.deadline else None,
        "first_deadline": str(task.first.deadline) if task.first and task.first.deadline else None,
        "occurrence": task.occurrence.name or None if task.occurrence else None,
        "later_missed": task.missed.number,
        "state": task.state,
        "days": task.days,
        "days_late": _days_late(task),
        "waits_for": [str(wait.reference) for wait in task.waits],
        "ended_by": str(task.ending.by) if task.ending else None,
        "progress": task.progress,
        "done_on": str(task.done_on) if task.done_on else None,
        "reported_on": str(last.day) if last else None,
        "reported_by": last.party if last else None,
        "evidence": last.evidence if last else None,
        "note": last.note if last else None,
        "themes": [word.text for word in task.conclusion.themes],
        "handed_over_by": str(task.handovers[-1].by) if task.handovers else None,
        "confidential": False,  # else it is not here
    }


def _days_late(task: Task) -> int | None:
    """Return the days between the deadline then in force and the day that counts."""
    if task.mandate.kind == "encouragement":
        return None  # it is never late
    if task.state == "overdue" and task.days is not None:
        return -task.days
    if task.state != "done" or task.done_on is None or task.deadline is None:
        return None
    return max(0, (task.done_on - task.deadline).days)


@given(folders(), st.dates())
@settings(max_examples=40)
def test_nothing_is_lost_in_a_text(files: dict[str, str], as_of: date) -> None:
    with tempfile.TemporaryDirectory() as path:
        register = made(Path(path), files)
        found = {
            name: export(Path(path), name, str(as_of), "--all").text
            for name in ("csv", "json", "md")
        }
    expected = [_record(task, register) for task in listed(register, as_of)]
    document = json.loads(found["json"])
    reports = [task.pop("reports") for task in document["tasks"]]
    assert (document["as_of"], document["tasks"]) == (str(as_of), expected)
    assert [[(one["party"], one["date"], one["progress"]) for one in own] for own in reports] == [
        [(entry.party, str(entry.day), entry.progress) for entry in task.reports]
        for task in listed(register, as_of)
    ]
    rows = [row for row in csv.DictReader(io.StringIO(found["csv"])) if row["ref"] != "?"]
    assert [_read(row) for row in rows] == [_cells(record) for record in expected]
    tokens = MarkdownIt("commonmark").enable("table").parse(found["md"])
    texts = [_text(token) for token in tokens if token.type == "inline"]
    if not document["complete"]:
        assert "grcm validate" in texts.pop()
    said = texts[5:]
    for task, cells in zip(
        listed(register, as_of), (said[at : at + 5] for at in range(0, len(said), 5)), strict=True
    ):
        assert cells[4] == clean(str(task.reference))
        assert cells[2] == one_line(labels.together(task))
        assert cells[0].startswith(str(task.deadline or ""))
        text = one_line((task.mandate.action or task.conclusion.text).shown("en"))
        assert cells[3].startswith(labels.without_stop(text))


def _read(row: dict[str, str]) -> dict[str, str]:
    return {key: cell if key in NUMBERS else _unguarded(cell) for key, cell in row.items()}


def _cells(record: dict[str, object]) -> dict[str, str]:
    """Return a record as csv writes it: nothing for nothing, several holders joined."""
    said = {
        key: "+".join(value) if isinstance(value, list) else value for key, value in record.items()
    }
    said |= {key: str(record[key]).lower() for key in ("together", "confidential")}
    return {key: "" if value is None else clean(str(value)) for key, value in said.items()}
