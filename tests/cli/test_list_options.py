"""What lists take to choose, to sort and to show columns, and the same asked of the library."""

import csv
import io
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


# --- which tasks, in which order -----------------------------------------------------------------

CHOSEN: list[tuple[str, dict[str, Any], str]] = [
    ("due", {}, "3 BBB, 1 BBB, 2 CCC, 4#2 AAA, 4#1 CCC"),
    ("due --party AAA --party CCC", {"party": ["AAA", "CCC"]}, "2 CCC, 4#2 AAA, 4#1 CCC"),
    ("due --party BBB --party BBB", {"party": ["BBB", "BBB"]}, "3 BBB, 1 BBB"),
    ("due --state done", {"state": "done"}, "1 AAA"),
    ("due --state overdue --state done", {"state": ["done", "overdue"]}, "1 AAA, 1 BBB"),
    ("due --kind encouragement", {"kind": "encouragement"}, "3 BBB"),
    ("due --kind request --party BBB", {"kind": "request", "party": "BBB"}, "1 BBB"),
    ("due --party ISL", {"party": "islas"}, "2 CCC, 4#2 AAA, 4#1 CCC"),
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


def test_a_group_is_told_of_by_all_its_members_everywhere(path: Path) -> None:
    owed = run(path, "tasks", "ISL").out
    assert "3 open: " in owed
    assert "Nothing reported yet." not in owed  # AAA did
    assert "open tasks as of 2003-02-01: 3;" in run(path, "show", "ISL").out


def test_the_title_says_what_is_left_out_and_a_state_may_be_in_the_readers_words(
    path: Path,
) -> None:
    shown = run(path, "due", "--state", "vencido", "--kind", "encargo", lang="es").out
    assert shown.startswith("Por hacer · al 2003-02-01 · solo: vencido, encargo\n")
    assert run(path, "due", "--state", "passed", "--kind", "request").err == (
        "Nothing of this kind is due: day passed, request.\n"
    )


@pytest.mark.parametrize(
    ("command", "limits"),
    [
        ("due --party ISL --state upcoming", "ISL, upcoming"),
        ("due --party BBB --kind encouragement", "BBB, encouragement"),
        ("due --body WG --meeting WG-2002-10", "WG, WG-2002-10"),
        ("due --party AAA --unreported", "AAA, no report"),
        ("overdue --party BBB --body WG", "BBB, WG"),
        ("tasks BBB --body WG --kind request", "WG, request"),
        ("changes --since 2003-01-09 --party AAA", "AAA"),
        ("meetings --body WG", "WG"),
        ("matrix --theme AGUA", "AGUA"),
    ],
)
def test_a_title_names_all_to_which_the_list_is_limited(
    path: Path, command: str, limits: str
) -> None:
    title = run(path, *command.split()).out.splitlines()[0]
    assert title.endswith(f" · only: {limits}")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("overdue --party CCC --theme AIRE",
         "Nothing of this kind is late as of 2003-02-01: CCC, AIRE."),
        ("due --unassigned", "Nothing of this kind is due: nobody named."),
        ("due --party AAA --before 2003-02-02",
         "Nothing of this kind is due: AAA, until 2003-02-02."),
        ("tasks AAA --theme AIRE --kind encouragement",
         "Amber owes nothing of this kind as of 2003-02-01: AIRE, encouragement."),
        ("changes --since 2003-01-31 --party AAA",
         "Nothing of this kind has changed after 2003-01-31, up to 2003-02-01: AAA."),
        ("meetings --body CO", "No meeting of CO is in the record."),
        ("matrix --body CO", "No mandate of this kind is in the record: CO."),
        ("export md --party CCC --kind encouragement",
         "Nothing of this kind is due: CCC, encouragement."),
    ],
)  # fmt: skip
def test_an_empty_answer_names_what_it_was_asked_for(
    path: Path, command: str, sentence: str
) -> None:
    assert sentence in run(path, *command.split()).err


def test_of_several_only_those_that_have_started_are_counted(folder: Folder, path: Path) -> None:
    folder.progress("BBB", "- {mandate: WG-2002-10/1, date: 2003-01-20, progress: started}\n")
    (path / "progress/AAA.yaml").unlink()
    row = run(path, "due", "--meeting", "WG-2002-10").out
    assert "each of 2" in row
    assert "1 started " in row


@pytest.mark.parametrize(
    ("command", "instead"),
    [
        ("overdue --state done", "write: grcm due --state NAME"),
        ("stats --party AAA", "write: grcm due --party PARTY"),
        ("meetings --theme AGUA", "write: grcm due --theme THEME"),
        ("due --encouragements", "write: grcm overdue --encouragements"),
        ("due --by party", "write: grcm changes --by party|meeting"),
    ],
)
def test_an_option_of_another_list_is_refused_with_what_has_it(
    path: Path, command: str, instead: str
) -> None:
    option = command.split()[1]
    assert run(path, *command.split()).err == f"grcm: no such option: {option}; {instead}\n"


def test_decisions_by_letter_leave_the_meetings_a_table(folder: Folder, path: Path) -> None:
    folder.write(
        "meetings/WG-2003-01.yaml",
        "id: WG-2003-01\nbody: WG\nkind: correspondence\nstart: 2003-01-20\ntitle: Un título de "
        "varias palabras\nconclusions:\n- {number: 1, text: T, responsible: AAA}\n",
    )
    ran = run_grcm("--data", str(path), "meetings", COLUMNS="100")
    assert ran.out.splitlines()[2].split()[:3] == ["Meeting", "Days", "Conclusions"]
    assert "1 (1 mandate)" in ran.out
    assert "by correspondence" in ran.out


@pytest.mark.parametrize(
    ("written", "advice"),
    [("30d", "write 30"), ("2w", "write 14"), ("soon", "write it in digits alone, as 30")],
)
def test_a_number_of_days_is_told(path: Path, written: str, advice: str) -> None:
    assert run(path, "due", "--within", written).err.endswith(f"{advice}\n")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"state": "late"}, "state: 'late' is not one of: done, "),
        ({"kind": "order"}, "kind: 'order' is not one of: request, encouragement"),
        ({"sort": "day"}, "sort: 'day' is not one of: due, party, reference, state"),
        ({"party": ["AAA", "ZZZ"]}, "the register has no party 'ZZZ'"),
        ({"theme": "AIR"}, "the register has no topic 'AIR'"),
    ],
)
def test_the_library_refuses_other_words(path: Path, asked: Any, sentence: str) -> None:  # noqa: ANN401 - any argument
    with pytest.raises(grcm.RecordError) as refusal:
        grcm.load(path).tasks(as_of=DAY, **asked)
    assert str(refusal.value).startswith(sentence)


# --- columns -------------------------------------------------------------------------------------

COLUMNS = "ref,deadline,metadata.tracker.budget,metadata.tracker.by"


def test_columns_of_each_format(path: Path) -> None:
    ran = {
        name: run(path, "due", "--party", "CCC", "--columns", COLUMNS, "--format", name)
        for name in ("table", "plain", "csv", "md", "json", "jsonl")
    }
    rows = [["WG-2002-10/2", "2003-02-15", "12", "x+y"], ["WG-2002-10/4#1", "", "", ""]]
    assert list(csv.reader(io.StringIO(ran["csv"].out))) == [COLUMNS.split(","), *rows]
    assert ran["plain"].out == "".join(
        "\t".join(cell or "-" for cell in row) + "\n" for row in rows
    )
    lines = ran["table"].out.splitlines()
    assert [line.split() for line in lines[2:5]] == [
        COLUMNS.split(","),
        *([cell for cell in row if cell] for row in rows),
    ]
    assert lines[-1] == "2 duties, 2 tasks."
    assert ran["md"].out.count("|") == 4 * 5
    ran["export"] = run(path, "export", "ics", "--columns", "ref")
    for name in ("json", "jsonl", "export"):
        assert (ran[name].code, ran[name].out) == (2, "")
        assert ran[name].err == "grcm: --columns is for table, plain, csv and md\n"


@pytest.mark.parametrize(
    ("command", "columns"),
    [
        ("overdue", "ref,days_late"),
        ("tasks AAA --all", "state,ref"),
        ("meetings", "id,start"),
        ("search Uno", "meeting,match"),
        ("changes --since 2003-01-01", "metadata.tracker.budget,date"),
        ("stats", "name,on_time"),
        ("export csv", "ref,party"),
    ],
)
def test_each_list_takes_its_columns(path: Path, command: str, columns: str) -> None:
    form = [] if command.startswith("export") else ["--format", "csv"]
    ran = run(path, *command.split(), "--columns", columns, *form)
    assert (ran.code, ran.err, ran.out.splitlines()[0]) == (0, "", columns)
    unknown = run(path, *command.split(), "--columns", columns[:-1], *form)
    assert unknown.code == 2
    assert f"--columns: '{columns[:-1].rsplit(',', maxsplit=1)[-1]}' is not one of: " in unknown.err


# --- one record a line ---------------------------------------------------------------------------


def test_jsonl_has_the_records_of_json_and_says_where_it_is_incomplete(path: Path) -> None:
    whole = json.loads(run(path, "due", "--format", "json").out)["tasks"]
    lines = run(path, "due", "--format", "jsonl").out.splitlines()
    assert list(map(json.loads, lines)) == whole
    (path / "progress/BBB.yaml").write_text("- {mandate: WG-2002-10/99, date: 2003-01-10}\n")
    last = json.loads(run(path, "due", "--format", "jsonl").out.splitlines()[-1])
    assert last["complete"] is False
    assert {problem["rule"] for problem in last["problems"]} == {"missing-key"}


# --- an address of the site ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("WG-2002-10#4-2", "WG-2002-10/4#2"),
        ("wg-2002-10#4", "WG-2002-10/4"),
        ("https://example.org/es/meeting/WG-2002-10.html#4-2", "WG-2002-10/4#2"),
        ("meeting/WG-2002-10.html", "WG-2002-10"),
        ("https://example.org/en/party/AAA.html", "AAA"),
        ("https://example.org/en/party/AAA.ended.html", "AAA"),
    ],
)
def test_show_takes_the_addresses_of_the_site(path: Path, typed: str, reference: str) -> None:
    shown = run(path, "show", typed)
    assert (shown.code, shown.out) == (0, run(path, "show", reference).out)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("WG-2002-10#9-1", "WG-2002-10 has no conclusion 9-1; it has 1 to 4"),
        ("https://example.org/meeting/X-1.html#4", "'X-1' is no reference"),
        ("https://example.org/party/XXX.html", "'XXX' is no reference"),
    ],
)
def test_an_address_of_nothing_is_refused(path: Path, typed: str, sentence: str) -> None:
    shown = run(path, "show", typed)
    assert (shown.code, shown.out) == (2, "")
    assert shown.err.startswith(f"grcm: {sentence}")
