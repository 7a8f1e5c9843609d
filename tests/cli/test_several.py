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
    first = [line.split() for line in text.splitlines() if line.startswith(("NORTH ", "SOUTH "))]
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
        "grcm: this command reads one record, but 2 folders are named: north, south; "
        f"name one, as in --data north; commands that read several records: {SEVERAL}\n"
    )
    assert sorted(work.rglob("*")) == before


def test_a_shell_is_offered_the_names_of_all(work: Path) -> None:
    existing(work / "south/data").meeting("", id="CO-2003")
    words = "grcm due --data north --data south --meeting "
    asked = {"_GRCM_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "7"}
    assert set(run_grcm(cwd=work, **asked).out.split()) == {"WG-2002-10", "CO-2003"}


# --- exports -------------------------------------------------------------------------------------


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
