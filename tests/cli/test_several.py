"""Lists over several records: what each command and format shows, and what goes wrong in one.

The records are examples: NORTH and SOUTH have the same parties, meetings and references, so that
nothing but the process tells their rows apart.
"""

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.cli import command_table
from grcm_cli.cli.session import SEVERAL, _data_folders
from grcm_cli.formats import FORMATS

from ..conftest import EVERY, REGISTER, Folder, Ran, run_grcm
from ..exports.common import folders, made
from .test_output_schema import VALIDATOR

DAY = "2003-01-20"
NORTH = """\
- {number: 1, text: Uno, action: Norte uno, responsible: {each: [AAA, BBB]}, due: 2003-01-15}
- {number: 2, text: Dos, action: Norte dos, responsible: AAA}
- {number: 3, text: Tres, action: Norte tres, responsible: BBB, support: [AAA], due: 2003-03-31}
"""
SOUTH = """\
- {number: 1, text: Uno, action: Sur uno, responsible: {each: [AAA, BBB]}, due: 2003-01-10}
- {number: 2, text: Dos, action: Sur dos, responsible: AAA, due: 2003-01-31}
- {number: 3, text: Tres, action: Sur tres, responsible: ORG, support: [AAA]}
"""


def record(path: Path, code: str, conclusions: str) -> Folder:
    """Make a data folder of a process with this code, and one meeting."""
    folder = Folder(path)
    folder.write("register.yaml", REGISTER.replace("code: EX", f"code: {code}"))
    folder.meeting(conclusions)
    return folder


def existing(path: Path) -> Folder:
    """Return a folder that was made, to write more into it."""
    folder = Folder.__new__(Folder)
    folder.path = path
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return a folder with two records: `north`, and `south/data`."""
    record(tmp_path / "north", "NORTH", NORTH)
    south = record(tmp_path / "south/data", "SOUTH", SOUTH)
    south.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-09, progress: done}\n")
    return tmp_path


def both(work: Path, *words: str, lang: str = "en", **more: str) -> Ran:
    """Run a command over `north` and `south`."""
    where = ("--data", "north", "--as-of", DAY, "--lang", lang)
    return run_grcm(*where, *words, "--data", "south", cwd=work, **more)


# --- commands and formats ------------------------------------------------------------------------

ROWS = {
    ("due",): "SOUTH/1 NORTH/1 NORTH/1 SOUTH/2 NORTH/3 NORTH/2 SOUTH/3",
    ("due", "--party", "amb", "--all"): "SOUTH/1 NORTH/1 SOUTH/2 NORTH/2",
    ("overdue",): "SOUTH/1 NORTH/1 NORTH/1",
    ("tasks", "AAA"): "NORTH/1 SOUTH/2 NORTH/2",
    ("changes", "--since", "2003-01-01"): "SOUTH/1 SOUTH/1 NORTH/1 NORTH/1",
    ("changes", "--by", "meeting", "--since", "2003-01-01"): "NORTH/1 NORTH/1 SOUTH/1 SOUTH/1",
}
"""Each command with the process and the number of its rows, one a task, in their order."""
ALIKE = {
    ("changes", "--since", "2003-01-01"): "SOUTH/1 SOUTH/1 NORTH/1",
    ("changes", "--by", "meeting", "--since", "2003-01-01"): "NORTH/1 SOUTH/1 SOUTH/1",
}
"""Those whose tables have one row for the changes of a duty that are alike."""


def _of_table(text: str) -> list[list[str]]:
    lines = text.split("\n\n")[1].splitlines()
    first = [line.split() for line in lines[1:] if not line.startswith(" ")]
    return [[words[0], words[-1].rpartition("/")[2]] for words in first]


def _of_records(records: Sequence[dict[str, Any]]) -> list[list[str]]:
    return [[one["process"], one["ref"].rpartition("/")[2]] for one in records]


def _of_json(text: str) -> list[list[str]]:
    document = json.loads(text)
    VALIDATOR.validate(document)
    return _of_records(document.get("tasks") or document["task_changes"])


def _of_plain(text: str) -> list[list[str]]:
    rows = [line.split("\t") for line in text.splitlines()]
    place = next(i for i, cell in enumerate(rows[0]) if cell.startswith("WG-2002-10/"))
    return [[row[0], row[place].rpartition("/")[2]] for row in rows]


def _of_md(text: str) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()[2:]]
    return [[row[0], row[-1].rpartition("/")[2]] for row in rows]


READERS: dict[str, Callable[[str], list[list[str]]]] = {
    "table": _of_table,
    "plain": _of_plain,
    "json": _of_json,
    "jsonl": lambda text: _of_records(list(map(json.loads, text.splitlines()))),
    "csv": lambda text: _of_records(list(csv.DictReader(io.StringIO(text)))),
    "md": _of_md,
}


@pytest.mark.parametrize(
    ("command", "format_name", "lang"),
    [
        (command, format_name, lang)
        for place, (command, format_name) in enumerate(product(ROWS, FORMATS))
        for lang in (
            ("en", "es") if EVERY else (("en", "es")[(place + place // len(FORMATS)) % 2],)
        )
    ],
)
def test_each_row_begins_with_its_process(
    work: Path, command: tuple[str, ...], format_name: str, lang: str
) -> None:
    each = ["--each"] if command[0] in ("due", "overdue") and format_name == "table" else []
    ran = both(work, *command, *each, "--format", format_name, lang=lang, COLUMNS="200")
    assert (ran.code, ran.err) == (0, "")
    found = ["/".join(row) for row in READERS[format_name](ran.out)]
    drawn = ALIKE.get(command) if format_name in ("table", "md") else None
    assert found == (drawn or ROWS[command]).split()


@pytest.mark.parametrize(
    ("lang", "title", "heading", "notes"),
    [
        ("en", "Due by 2003-02-19, that day included · as of 2003-01-20 · NORTH, SOUTH", "Process",
         ["3 duties, 4 tasks.", "2 duties without a day aren't shown: grcm due"]),
        ("es", "Vence a más tardar el 2003-02-19 · al 2003-01-20 · NORTH, SOUTH",
         "Proceso", ["3 mandatos, 4 compromisos.",
                     "No se muestran 2 mandatos sin fecha: grcm due"]),
    ],
)  # fmt: skip
def test_the_table_is_titled_and_counted_over_all(
    work: Path, lang: str, title: str, heading: str, notes: list[str]
) -> None:
    lines = both(work, "due", "--within", "30", lang=lang, COLUMNS="120").out.splitlines()
    assert lines[0] == title
    assert lines[2].startswith(f"{heading}  ")
    assert lines[-2:] == notes


def test_what_a_party_only_supports_is_named_with_the_process(work: Path) -> None:
    last = both(work, "tasks", "AAA").out.splitlines()[-1]
    assert last == "Only supports, not counted: NORTH WG-2002-10/3, SOUTH WG-2002-10/3"
    document = json.loads(both(work, "tasks", "AAA", "--format", "json").out)
    assert _of_records(document["supports"]) == [["NORTH", "3"], ["SOUTH", "3"]]


def test_the_json_has_what_was_read(work: Path) -> None:
    document = json.loads(both(work, "changes", "--format", "json").out)
    assert document["records"] == [
        {"process": code, "code": code, "name": "Example", "folder": folder,
         "complete": True, "answers": True, "since": "2002-10-31"}
        for code, folder in (("NORTH", "north"), ("SOUTH", "south/data"))
    ]  # fmt: skip
    assert document["since"] == "2002-10-31"


def test_nothing_is_told_of_all_together(work: Path) -> None:
    ran = both(work, "overdue", "--party", "ORG", lang="es")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No hay nada de este tipo vencido al 2003-01-20: ORG.\n"


def test_changes_since_the_last_meeting_of_each(work: Path) -> None:
    south = existing(work / "south/data")
    south.meeting("", id="WG-2003-01", start="2003-01-12", end="2003-01-12")
    ran = both(work, "changes", "--since-last", "WG")
    assert ran.out.splitlines()[0] == "What has changed up to 2003-01-20 · NORTH, SOUTH"
    assert ran.out.splitlines()[-2:] == [
        "NORTH: after WG-2002-10 (2002-10-31)",
        "SOUTH: after WG-2003-01 (2003-01-12)",
    ]
    ran = both(work, "changes", "--since", "WG-2003-01", "--format", "plain")
    assert ran.err.splitlines()[0] == (
        "grcm: NORTH: 'WG-2003-01' is no meeting of the record; the answer has nothing of this "
        "record"
    )


# --- the same as each alone ----------------------------------------------------------------------

LISTS = {
    "due": ("due", "--all"),
    "overdue": ("overdue",),
    "tasks": ("tasks", "AAA"),
    "changes": ("changes", "--since", "2002-01-01"),
}


def _key(one: dict[str, Any]) -> str:
    return json.dumps(one, sort_keys=True)


@pytest.mark.parametrize("command", LISTS)
@given(st.lists(folders(), min_size=2, max_size=3), st.dates(date(2002, 6, 1), date(2004, 6, 1)))
@settings(max_examples=10 if EVERY else 4)
def test_any_records_together_are_what_each_is_alone(
    command: str, records: list[dict[str, str]], as_of: date
) -> None:
    with tempfile.TemporaryDirectory() as name:
        places = [Path(name) / f"r{number}" for number in range(len(records))]
        for place, files in zip(places, records, strict=True):
            place.mkdir()
            made(place, files)
        shape = (*LISTS[command], "--format", "json", "--as-of", str(as_of))
        alone = [run_grcm(*shape, "--data", str(place)) for place in places]
        where = [word for place in places for word in ("--data", str(place))]
        ran = run_grcm(*shape, *where)
        read = [one for one in alone if one.out]
        assert bool(ran.out) == bool(read)
        if not read:
            return
        document = json.loads(ran.out)
        VALIDATOR.validate(document)
        key = "task_changes" if command == "changes" else "tasks"
        singles = [one for each in read for one in json.loads(each.out)[key]]
        found = [{k: v for k, v in one.items() if k != "process"} for one in document[key]]
        assert sorted(map(_key, found)) == sorted(map(_key, singles))
        day = "date" if command == "changes" else "deadline"
        days = [one[day] or "9999-12-31" for one in found]
        assert days == sorted(days)
        problems = [one for each in read for one in json.loads(each.out)["problems"]]
        assert sorted(map(_key, document["problems"])) == sorted(map(_key, problems))


# --- which folders -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("separator", "value", "expected"),
    [
        (":", "a:b", ("a", "b")),
        (":", ":a::b:", ("a", "b")),
        (":", ":", ()),
        (":", "", ()),
        (":", "a;b", ("a;b",)),
        (";", r"C:\crm\data;D:\sica", (r"C:\crm\data", r"D:\sica")),
        (";", r"C:\crm\data", (r"C:\crm\data",)),
    ],
)
def test_the_variable_is_separated_as_the_system_separates_paths(
    monkeypatch: pytest.MonkeyPatch, separator: str, value: str, expected: tuple[str, ...]
) -> None:
    monkeypatch.setattr(os, "pathsep", separator)
    assert _data_folders({"GRCM_DATA": value}) == expected


@pytest.mark.skipif(os.pathsep != ":", reason="no name of a file has a semicolon in the variable")
def test_a_folder_whose_name_has_the_separator_is_one(work: Path) -> None:
    (work / "north").rename(work / "a:b")
    ran = run_grcm("due", "--format", "plain", "--as-of", DAY, cwd=work, GRCM_DATA="a:b")
    assert (ran.code, ran.out.partition("\t")[0]) == (0, "WG-2002-10/1")


def test_the_variable_names_several_and_the_option_beats_it(work: Path) -> None:
    words = ("due", "--format", "plain", "--as-of", DAY)
    where = os.pathsep.join(["north", "south"])
    several = run_grcm(*words, cwd=work, GRCM_DATA=where)
    assert several.out == both(work, "due", "--format", "plain").out
    one = run_grcm(*words, "--data", "south", cwd=work, GRCM_DATA=where)
    assert one.out == run_grcm(*words, "--data", "south", cwd=work).out


@pytest.mark.parametrize("other", ["north", "north/", "./north", "link", "south/../north"])
def test_a_folder_that_is_named_twice_is_read_once(work: Path, other: str) -> None:
    (work / "link").symlink_to("north")
    words = ("--as-of", DAY, "due")
    ran = run_grcm(*words, "--data", "north", "--data", other, cwd=work)
    assert ran.err == f"{other} is the same folder as north: it is read once\n"
    assert ran.out == run_grcm(*words, "--data", "north", cwd=work).out


@pytest.mark.parametrize(
    ("codes", "places", "expected"),
    [
        (["A", "B"], ["x", "y"], ["A", "B"]),
        (["A", "A"], ["x", "y"], ["A (x)", "A (y)"]),
        (["A", "A", "B"], ["x", "y", "z"], ["A (x)", "A (y)", "B"]),
        (["A", "A"], ["x/data", "y/data"], ["A (x)", "A (y)"]),
        (["A", "A"], ["x/r", "y/r"], ["A (x/r)", "A (y/r)"]),
    ],
)
def test_what_has_the_code_of_another_is_told_by_its_folder(
    tmp_path: Path, codes: list[str], places: list[str], expected: list[str]
) -> None:
    for code, place in zip(codes, places, strict=True):
        record(tmp_path / place, code * 2, NORTH)
    where = [word for place in places for word in ("--data", place)]
    ran = run_grcm(*where, "due", "--format", "json", "--as-of", DAY, cwd=tmp_path)
    document = json.loads(ran.out)
    names = [name.replace(name[0], name[0] * 2, 1) for name in expected]
    assert [one["process"] for one in document["records"]] == names
    assert {one["process"] for one in document["tasks"]} == set(names)


READ_NO_RECORD = {"init", "lsp", "explain", "schema", "completion", "help", "cache"}
REFUSED = {
    "show": ["WG-2002-10"], "meetings": [], "search": ["uno"], "matrix": [], "stats": [],
    "record": ["done", "WG-2002-10/1"], "log": ["WG-2002-10/1"], "diff": ["HEAD"],
    "draft": ["x.txt"], "new": ["--body", "WG"], "site": ["x"], "agenda": ["WG"], "remind": ["AAA"],
    "rename": ["party", "AAA", "AAB"], "validate": [],
    "export": ["sqlite", "-o", "x.sqlite"], "import": ["x.csv"],
}  # fmt: skip


def test_every_command_is_here() -> None:
    reading = {command[0] for command in LISTS.values()}
    assert set(command_table.NAMES) == {*REFUSED, *reading, *READ_NO_RECORD}


@pytest.mark.parametrize("command", REFUSED)
def test_what_reads_one_record_says_what_to_write(work: Path, command: str) -> None:
    (work / "x.txt").write_text("1. Uno", encoding="utf-8")
    before = sorted(work.rglob("*"))
    ran = both(work, command, *REFUSED[command])
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "grcm: this command reads one record, and 2 folders are named: north, south; "
        f"name one, as in --data north; these read several: {SEVERAL}\n"
    )
    assert sorted(work.rglob("*")) == before


def test_a_shell_is_offered_the_names_of_all(work: Path) -> None:
    existing(work / "south/data").meeting("", id="CO-2003")
    words = "grcm due --data north --data south --meeting "
    asked = {"_GRCM_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "7"}
    assert set(run_grcm(cwd=work, **asked).out.split()) == {"WG-2002-10", "CO-2003"}


# --- what goes wrong in one ----------------------------------------------------------------------


def _missing(work: Path) -> None:
    (work / "south").rename(work / "other")


def _without_register(work: Path) -> None:
    (work / "south/data/register.yaml").unlink()


def _broken_register(work: Path) -> None:
    (work / "south/data/register.yaml").write_text("process: [\n", encoding="utf-8")


def _broken_meeting(work: Path) -> None:
    (work / "south/data/meetings/WG-2003.yaml").write_text("id: [\n", encoding="utf-8")


WRONG: list[tuple[Callable[[Path], None], int, str]] = [
    (_missing, 2, "grcm: there is no folder south\n"),
    (_without_register, 1, "south/data/register.yaml:1:1: error[missing-file]"),
    (_broken_register, 1, "south/data/register.yaml:"),
    (_broken_meeting, 1, "south/data/meetings/WG-2003.yaml:"),
]


@pytest.mark.parametrize(("damage", "code", "named"), WRONG)
@pytest.mark.parametrize("command", LISTS)
def test_the_others_answer(
    work: Path, command: str, damage: Callable[[Path], None], code: int, named: str
) -> None:
    damage(work)
    words = LISTS[command] if command != "tasks" else ("tasks", "AAA")
    ran = both(work, *words, "--format", "json")
    assert ran.code == code
    assert ran.err.startswith(named)
    document = json.loads(ran.out)
    VALIDATOR.validate(document)
    assert document["complete"] is False
    assert [one["path"].startswith("south") for one in document["problems"]] == [True]
    assert [one["complete"] for one in document["records"]] == [True, False]
    alone = run_grcm(*words, "--format", "json", "--as-of", DAY, "--data", "north", cwd=work)
    key = "task_changes" if command == "changes" else "tasks"
    own = [one for one in document[key] if one.pop("process") == "NORTH"]
    assert own == json.loads(alone.out)[key]
    assert "south" in both(work, *words, "--format", "table").out.splitlines()[-1]
    assert both(work, *words, "--format", "plain").out.splitlines()[-1].startswith("?\tsouth")


def test_what_the_system_refuses_is_worse_than_what_is_not_there(work: Path) -> None:
    long = "x" * 5000
    words = ("due", "--format", "plain", "--as-of", DAY)
    ran = run_grcm(*words, "--data", "nowhere", "--data", "north", "--data", long, cwd=work)
    assert ran.code == 3
    assert ran.err.splitlines() == [
        "grcm: there is no folder nowhere",
        f"grcm: the machine failed: its name is too long: {long}",
    ]
    assert [line.partition("\t")[0] for line in ran.out.splitlines()][-3:] == ["NORTH", "?", "?"]


def test_the_way_to_the_details_names_the_folder(work: Path) -> None:
    _broken_meeting(work)
    last = both(work, "due", lang="es").err.splitlines()[-1]
    assert last.endswith("Detalles: grcm validate --data south/data")


def test_where_none_can_be_read_there_is_no_list(work: Path) -> None:
    _broken_register(work)
    ran = run_grcm("due", "--data", "nowhere", "--data", "south", cwd=work)
    assert (ran.code, ran.out) == (2, "")
    assert "there is no folder nowhere" in ran.err
    assert "south/data/register.yaml:" in ran.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["due", "--party", "Dala"],
         "the register has no party 'Dala'; did you mean 'DDD' (Dalia)?"),
        (["tasks", "XYZ"], "the register has no party 'XYZ'"),
        (["due", "--meeting", "WG-2002-11"],
         "'WG-2002-11' is no meeting of the record; did you mean `WG-2002-10`?"),
        (["due", "--before", "2003", "--within", "5"],
         "--before and --within say the same; give one of them"),
        (["changes", "--since", "2004-01-01"],
         "2004-01-01 is later than 2003-01-20, the day that is asked for"),
    ],
)  # fmt: skip
def test_what_is_in_no_record_is_asked_of_all(work: Path, words: list[str], sentence: str) -> None:
    register = work / "north/register.yaml"
    text = register.read_text(encoding="utf-8").replace("  DDD: {name: Dalia,", "  DDD: {name: D,")
    register.write_text(text, encoding="utf-8")
    ran = both(work, *words)
    assert (ran.code, ran.out, ran.err) == (2, "", f"grcm: {sentence}\n")


def test_what_is_in_no_record_as_a_whole_is_told_of_each(work: Path) -> None:
    for place, old in (("north", "BBB: {name: Brezo"), ("south/data", "WG: {name: Grupo")):
        path = work / place / "register.yaml"
        text = path.read_text(encoding="utf-8").replace(old, f"ZZ{old}")
        path.write_text(text, encoding="utf-8")
    ran = both(work, "due", "--party", "BBB", "--body", "WG")
    assert ran.code == 2
    assert ran.err.startswith("grcm: NORTH: the register has no party 'BBB'")
    assert "; SOUTH: the register has no body 'WG'" in ran.err


def test_a_record_without_the_party_says_so(work: Path) -> None:
    path = work / "south/data/register.yaml"
    text = path.read_text(encoding="utf-8").replace("  DDD: {name: Dalia", "  EEE: {name: Encino")
    path.write_text(text, encoding="utf-8")
    ran = both(work, "due", "--party", "DDD", "--format", "json", lang="es")
    assert ran.code == 0
    assert ran.err.startswith(
        "grcm: SOUTH: «DDD» no es una parte del registro; la respuesta no incluye nada de este "
        "registro\n"
    )
    assert [one["answers"] for one in json.loads(ran.out)["records"]] == [True, False]


# --- exports -------------------------------------------------------------------------------------


def calendar(data: str | bytes) -> dict[str, Any]:
    """Return the entries of a calendar by their ids, each of which it has once."""
    found = icalendar.Calendar.from_ical(data).walk("VEVENT")
    by_uid = {str(one["UID"]): one for one in found}
    assert len(by_uid) == len(found)
    return by_uid


def test_a_calendar_has_the_ids_of_each_alone(work: Path) -> None:
    entries = calendar(both(work, "export", "ics").out)
    alone = [
        calendar(run_grcm("export", "ics", "--as-of", DAY, "--data", place, cwd=work).out)
        for place in ("north", "south")
    ]
    assert entries.keys() == {*alone[0], *alone[1]}
    for uid, entry in entries.items():
        process = uid.partition("@")[2].removesuffix(".grcm")
        single = alone[process == "SOUTH"][uid]
        assert str(entry["SUMMARY"]) == f"{process} · {single['SUMMARY']}"
        assert entry["CATEGORIES"].cats == single["CATEGORIES"].cats
        assert entry["DTSTART"].dt == single["DTSTART"].dt


@pytest.mark.parametrize(
    ("lang", "words", "name"),
    [
        ("en", [], "Deadlines · NORTH · SOUTH"),
        ("es", [], "Plazos · NORTH · SOUTH"),
        ("es", ["--party", "AAA"], "Ámbar: plazos · NORTH · SOUTH"),
    ],
)
def test_a_calendar_is_called_after_its_processes(
    work: Path, lang: str, words: list[str], name: str
) -> None:
    found = icalendar.Calendar.from_ical(both(work, "export", "ics", *words, lang=lang).out)
    assert str(found["NAME"]) == name


def test_a_calendar_of_two_records_with_one_code(work: Path) -> None:
    record(work / "north", "SOUTH", NORTH)
    entries = calendar(both(work, "export", "ics").out)
    assert {uid.partition("@")[2] for uid in entries} == {
        "SOUTH%20%28north%29.grcm",
        "SOUTH%20%28south%29.grcm",
    }


def test_a_calendar_keeps_what_it_has_of_a_record_that_is_not_there(work: Path) -> None:
    words = ("export", "ics", "-o", "a.ics", "--force")
    assert both(work, *words).code == 0
    before = calendar((work / "a.ics").read_bytes())
    _missing(work)
    refused = both(work, *words)
    assert (refused.code, "a.ics stays as it is" in refused.err) == (1, True)
    assert both(work, *words, "--partial").code == 2
    after = calendar((work / "a.ics").read_bytes())
    [notice] = after.keys() - before.keys()
    assert "incomplete" in str(after[notice]["SUMMARY"])
    assert before.keys() == after.keys() - {notice}
    south = [uid for uid in before if uid.endswith("@SOUTH.grcm")]
    assert south
    assert all(after[uid].to_ical() == before[uid].to_ical() for uid in south)


@pytest.mark.parametrize(("lang", "heading"), [("en", "Process"), ("es", "Proceso")])
def test_a_workbook_begins_with_the_process(work: Path, lang: str, heading: str) -> None:
    assert both(work, "export", "xlsx", "-o", "a.xlsx", lang=lang).code == 0
    book = openpyxl.load_workbook(work / "a.xlsx")
    assert book.properties.title.startswith("NORTH, SOUTH · ")
    first_columns = [[row[0].value for row in sheet.iter_rows()] for sheet in book]
    assert all(column[0] == heading for column in first_columns)
    assert [column[1:] for column in first_columns] == [
        ["SOUTH", "NORTH", "NORTH", "SOUTH", "NORTH", "NORTH", "SOUTH"],
        ["NORTH"] * 3 + ["SOUTH"] * 3,
        ["NORTH"] * 3 + ["SOUTH"] * 3,
    ]
    for sheet in book:
        names = [cell.value for cell in sheet[1]]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("format_name", ["csv", "json", "md"])
def test_texts_are_those_of_the_list(work: Path, format_name: str) -> None:
    exported = both(work, "export", format_name)
    assert exported.out == both(work, "due", "--format", format_name).out
