"""What lists take to choose, to sort and to show columns, and the same asked of the library."""

import json
from pathlib import Path
from typing import Any

import pytest

import grcm_cli as grcm

from ..conftest import REGISTER, Folder, Ran, run_grcm

DAY = "2003-02-01"
GROUPS = """\
groups:
  ISL: {name: Islas, members: [AAA, CCC]}
themes:
  AGUA: {name: {es: Agua, en: Water}}
  AIRE: {name: Aire}
"""
CONCLUSIONS = """\
- {number: 1, text: Uno, responsible: {each: [AAA, BBB]}, due: 2003-01-15}
- number: 2
  text: Dos
  responsible: CCC
  due: 2003-02-15
  metadata: {tracker: {budget: "12", by: [x, y]}}
- {number: 3, text: Tres, responsible: BBB, due: 2003-01-10, kind: encouragement, themes: [AGUA]}
- number: 4
  text: Cuatro
  themes: [AIRE, AGUA]
  mandates:
  - {action: A, responsible: CCC}
  - {action: B, responsible: AAA, due: 2003-12-31}
"""


@pytest.fixture
def path(folder: Folder) -> Path:
    folder.write("register.yaml", f"{REGISTER}{GROUPS}")
    folder.meeting(CONCLUSIONS)
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n")
    return folder.path


def run(path: Path, *words: str, lang: str = "en") -> Ran:
    return run_grcm("--data", str(path), "--as-of", DAY, "--lang", lang, *words)


CHOSEN: list[tuple[str, dict[str, Any], str]] = [
    ("due", {}, "3 BBB, 1 BBB, 2 CCC, 4#2 AAA, 4#1 CCC"),
    ("due --party AAA --party CCC", {"party": ["AAA", "CCC"]}, "2 CCC, 4#2 AAA, 4#1 CCC"),
    ("due --party BBB --party BBB", {"party": ["BBB", "BBB"]}, "3 BBB, 1 BBB"),
    ("due --state done", {"state": "done"}, "1 AAA"),
    ("due --state overdue --state done", {"state": ["done", "overdue"]}, "1 AAA, 1 BBB"),
    ("due --kind encouragement", {"kind": "encouragement"}, "3 BBB"),
    ("due --kind request --party BBB", {"kind": "request", "party": "BBB"}, "1 BBB"),
    ("due --party ISL", {"party": "islas"}, "4#2 AAA"),  # CCC has left
    ("due --theme AGUA", {"theme": "Water"}, "3 BBB, 4#2 AAA, 4#1 CCC"),
    ("due --theme agua --party CCC", {"theme": ["AGUA"], "party": "CCC"}, "4#1 CCC"),
    ("overdue --theme AIRE --encouragements", {"theme": ["AIRE"], "late": True}, ""),
    ("due --sort party", {"sort": "party"}, "4#2 AAA, 3 BBB, 1 BBB, 2 CCC, 4#1 CCC"),
    ("due --sort reference", {"sort": "reference"}, "1 BBB, 2 CCC, 3 BBB, 4#1 CCC, 4#2 AAA"),
    ("due --sort state", {"sort": "state"}, "1 BBB, 2 CCC, 4#2 AAA, 4#1 CCC, 3 BBB"),
    ("tasks CCC --state undated", {"party": "CCC", "state": ["undated"]}, "4#1 CCC"),
    ("tasks BBB --kind request", {"party": "BBB", "kind": "request"}, "1 BBB"),
    ("overdue --party CCC --party BBB", {"late": True, "party": ["CCC", "BBB"]}, "1 BBB"),
    ("export json --state done", {"state": ["done"]}, "1 AAA"),
    ("export json --sort reference --kind request", {"sort": "reference", "kind": "request"},
     "1 BBB, 2 CCC, 4#1 CCC, 4#2 AAA"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "asked", "expected"), CHOSEN, ids=[c[0] for c in CHOSEN])
def test_what_is_listed(path: Path, command: str, asked: dict[str, Any], expected: str) -> None:
    words = command.split()
    ran = run(path, *words, *([] if "export" in words else ["--format", "json"]))
    tasks = json.loads(ran.out)["tasks"]
    listed = [f"{task['ref'].partition('/')[2]} {task['party']}" for task in tasks]
    assert ", ".join(listed) == expected
    answer = grcm.load(path).tasks(as_of=DAY, **asked)
    assert [(task.ref, task.party) for task in answer] == [(t["ref"], t["party"]) for t in tasks]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"state": "late"}, "state: 'late' is not one of: done, "),
        ({"kind": "order"}, "kind: 'order' is not one of: request, encouragement"),
        ({"sort": "day"}, "sort: 'day' is not one of: due, party, reference, state"),
        ({"party": ["AAA", "ZZZ"]}, "the register has no party 'ZZZ'"),
        ({"theme": "AIR"}, "the register has no theme 'AIR'"),
    ],
)
def test_the_library_refuses_other_words(path: Path, asked: Any, sentence: str) -> None:  # noqa: ANN401 - any argument
    with pytest.raises(grcm.RecordError) as refusal:
        grcm.load(path).tasks(as_of=DAY, **asked)
    assert str(refusal.value).startswith(sentence)


# --- one record a line ---------------------------------------------------------------------------


def test_jsonl_has_the_records_of_json_and_says_where_it_is_incomplete(path: Path) -> None:
    whole = json.loads(run(path, "due", "--format", "json").out)["tasks"]
    lines = run(path, "due", "--format", "jsonl").out.splitlines()
    assert list(map(json.loads, lines)) == whole
    (path / "progress/BBB.yaml").write_text("- {mandate: WG-2002-10/99, date: 2003-01-10}\n")
    last = json.loads(run(path, "due", "--format", "jsonl").out.splitlines()[-1])
    assert last["complete"] is False
    assert {problem["rule"] for problem in last["problems"]} == {"missing-key"}
