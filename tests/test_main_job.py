"""The main job end to end: the repository's data in a folder of its own, changed as users would."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import DATA, environment, run_grcm

ENTRY = "- mandate: GRCM-2002-10/8#1\n  date: 2003-01-10\n  progress: done\n"
MEETING = "data/meetings/GRCM-2002-10.yaml"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return a working folder with a copy of the repository's data."""
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path


def parties(work: Path, *arguments: str) -> list[str]:
    """Return who has a task of 8#1 in a list."""
    ran = run_grcm(*arguments, "--format", "json", cwd=work)
    found = json.loads(ran.out)["tasks"]
    return [task["party"] for task in found if task["ref"] == "GRCM-2002-10/8#1"]


def replace(work: Path, old: str, new: str) -> None:
    """Replace a text that stands once in the meeting's file."""
    path = work / MEETING
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_in_json_there_are_eleven_records(work: Path) -> None:
    found = parties(work, "due", "--before", "2003-01-15", "--as-of", "2002-11-15")
    assert len(found) == 11


@pytest.mark.parametrize(
    ("day", "listed"), [("2003-01-09", True), ("2003-01-10", False), ("2003-02-01", False)]
)
def test_what_costa_rica_reports_takes_its_row_away_from_that_day_on(
    work: Path, day: str, *, listed: bool
) -> None:
    (work / "data/progress/CRI.yaml").write_text(ENTRY, encoding="utf-8")
    found = parties(work, "due", "--as-of", day)
    assert ("CRI" in found) is listed
    assert len(found) == 10 + listed


def test_the_row_of_the_others_says_who_is_done(work: Path) -> None:
    (work / "data/progress/CRI.yaml").write_text(ENTRY, encoding="utf-8")
    ran = run_grcm("overdue", "--as-of", "2003-04-01", cwd=work)
    assert "10 of 11 (CRI done):" in ran.out
    shown = run_grcm("show", "GRCM-2002-10/8", "--as-of", "2003-04-01", cwd=work).out
    assert "done on time  CRI 2003-01-10" in shown
    assert "waits for 8#1: 1 of 11 in" in shown


def test_a_next_meeting_in_a_file_ends_the_waiting(work: Path) -> None:
    (work / "data/meetings/GRCM-2003-06.yaml").write_text(
        "id: GRCM-2003-06\nbody: GRCM\nstart: 2003-06-24\nend: 2003-06-25\n", encoding="utf-8"
    )
    ran = run_grcm("tasks", "CRI", "--as-of", "2002-11-15", "--format", "json", cwd=work)
    [task] = [t for t in json.loads(ran.out)["tasks"] if t["ref"] == "GRCM-2002-10/8#2"]
    assert (task["due"], task["deadline"], task["state"]) == ("next GRCM", "2003-06-24", "upcoming")


EIGHT = [  # what stands there → what somebody might write → place and rule of the finding
    ("body: GRCM\n", "body: GRMC\n", "2:7 unknown-body"),
    ("end: 2002-10-31", "end: 2002-10-28", "7:6 end-before-start"),
    ("participants: [BLZ, CAN,", "participants: [BLZ, CNA,", "9:21 unknown-party"),
    ("    acts: deciding\n", "    acts: decision\n", "79:11 wrong-word"),
    ("        due: 2003-01-15\n", "        due: 2003-02-30\n", "97:14 wrong-due"),
    ("        due: next GRCM\n", "        duee: next GRCM\n", "102:9 unknown-key"),
    ("    follows: CRM-2002-05/5\n", "    follows: CRM-2001-05/5\n", "113:14 dangling-reference"),
    ("  - number: 12.b\n", "  - number: 12.a\n", "147:13 repeated-number"),
]


def test_eight_mistakes_give_eight_findings_each_at_its_place(work: Path) -> None:
    for old, new, _expected in EIGHT:
        replace(work, old, new)
    ran = run_grcm("validate", "--format", "concise", cwd=work)
    found = [line.split(": ")[0:2] for line in ran.out.splitlines()]
    places = [
        f"{place.removeprefix(MEETING + ':')} {rule.removeprefix('error[').removesuffix(']')}"
        for place, rule in found
    ]
    assert places == [expected for _old, _new, expected in EIGHT]
    assert (ran.code, ran.err) == (
        1,
        "8 errors, 0 warnings; 4 files read.\n"
        "Findings that grcm validate --fix would put right: 1.\n",
    )


def test_paths_choose_whose_findings_are_shown(work: Path) -> None:
    replace(work, "body: GRCM\n", "body: GRMC\n")
    (work / "data/meetings/X.yaml").write_text("id: X\nbody: CRM\n", encoding="utf-8")
    ran = run_grcm("validate", "data/meetings/X.yaml", "--format", "concise", cwd=work)
    assert [line.split(":")[0] for line in ran.out.splitlines()] == ["data/meetings/X.yaml"]
    assert run_grcm("validate", "data/progress", cwd=work).code == 0
    assert run_grcm("validate", "/", cwd=work).code == 1
    outside = run_grcm("validate", "../", cwd=work / "data/meetings", GRCM_DATA=str(DATA))
    assert (outside.code, "is not in the data folder" in outside.err) == (2, True)


def test_strict_counts_warnings(work: Path) -> None:
    replace(work, "    responsible: [PPT, ST]\n", "")
    assert run_grcm("validate", cwd=work).code == 0
    assert run_grcm("validate", "--strict", cwd=work).code == 1


# --- what cannot be read --------------------------------------------------------------------


def test_an_error_in_one_file_leaves_the_rest_and_is_named(work: Path) -> None:
    (work / "data/meetings/A.yaml").write_text("id: [A\n", encoding="utf-8")
    ran = run_grcm("due", "--as-of", "2002-11-15", "--format", "plain", cwd=work)
    *tasks, last = ran.out.splitlines()
    assert (ran.code, len(tasks)) == (1, 26)
    assert last.startswith("?\tdata/meetings/A.yaml:1:5: ")
    assert ran.err.startswith("data/meetings/A.yaml:1:5: error[syntax]:")


def test_an_error_in_one_mandate_keeps_it_listed(work: Path) -> None:
    replace(work, "        due: 2003-01-15\n", "        due: mid-January\n")
    ran = run_grcm("due", "--before", "2002-12-31", "--as-of", "2002-11-15", cwd=work)
    assert ran.code == 1
    assert "? mid-January" in ran.out
    assert "8#1" in ran.out
    assert ran.err.startswith(
        f"{MEETING}:97:14: error[wrong-due]: 'mid-January' cannot be read as a deadline"
    )


def test_a_file_that_the_machine_does_not_give_is_exit_3(work: Path) -> None:
    (work / "data/meetings/A.yaml").symlink_to("nowhere.yaml")
    assert run_grcm("validate", cwd=work).code == 3
    ran = run_grcm("due", "--as-of", "2002-11-15", "--format", "plain", cwd=work)
    *tasks, last = ran.out.splitlines()
    assert (ran.code, len(tasks), last[:2]) == (3, 26, "?\t")
    assert "unreadable-file" in ran.err


@pytest.mark.parametrize("register", ["", "process: [\n", "- a\n"])
def test_without_a_readable_register_there_is_no_list(work: Path, register: str) -> None:
    (work / "data/register.yaml").write_text(register, encoding="utf-8")
    ran = run_grcm("due", "--format", "json", cwd=work)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("data/register.yaml:")
    assert run_grcm("validate", cwd=work).code == 1


@pytest.mark.parametrize(
    ("name", "entry", "rule"),
    [
        ("CRX", ENTRY, "unknown-party"),
        ("CRI", ENTRY.replace("/8#1", "/8"), "ambiguous-reference"),
        ("CRI", ENTRY.replace("/8#1", "/8#9"), "dangling-reference"),
        ("CRI", ENTRY.replace("/8#1", ""), "ambiguous-reference"),
    ],
)
def test_a_report_that_cannot_count_is_named(work: Path, name: str, entry: str, rule: str) -> None:
    (work / f"data/progress/{name}.yaml").write_text(entry, encoding="utf-8")
    ran = run_grcm("overdue", "--as-of", "2003-02-01", cwd=work)
    assert (ran.code, f"error[{rule}]" in ran.err) == (1, True)


def test_a_file_with_another_ending_is_named_by_every_list(work: Path) -> None:
    (work / MEETING).rename(work / "data/meetings/GRCM-2002-10.yml")
    ran = run_grcm("due", "--as-of", "2002-11-15", cwd=work)
    assert (ran.code, "warning[ignored-file]" in ran.err) == (0, True)


def test_a_text_is_shown_in_the_meeting_s_own_language_where_the_reader_s_is_missing(
    work: Path,
) -> None:
    (work / "data/meetings/GRCM-2003-06.yaml").write_text(
        "id: GRCM-2003-06\nbody: GRCM\nstart: 2003-06-24\nlanguage: fr\n"
        "conclusions: {number: 1, text: {en: English text, fr: Texte authentique}}\n",
        encoding="utf-8",
    )
    ran = run_grcm("--lang", "es", "show", "GRCM-2003-06/1", cwd=work)
    assert "Texte authentique" in ran.out


def test_a_hundred_findings_of_a_file_are_shown_and_the_rest_is_counted(work: Path) -> None:
    wrong = "".join(f"x{number}: y\n" for number in range(150))
    (work / "data/meetings/X.yaml").write_text(
        f"id: X\nbody: CRM\nstart: 2002-01-01\n{wrong}", "utf-8"
    )
    ran = run_grcm("validate", "--format", "concise", cwd=work)
    assert len(ran.out.splitlines()) == 100
    assert ran.err == "data/meetings/X.yaml: 50 more\n150 errors, 0 warnings; 5 files read.\n"


def test_a_pipe_among_the_data_never_holds_anybody_up(work: Path) -> None:
    os.mkfifo(work / "data/meetings/pipe.yaml")
    os.mkfifo(work / "data/meetings/other")
    ran = run_grcm("validate", "--strict", cwd=work)
    assert (ran.code, ran.out.count("error[missing-file]")) == (1, 1)
    assert ran.out.count("warning[ignored-file]") == 1


def test_a_meeting_in_a_broken_file_is_said_to_be_there(work: Path) -> None:
    (work / "data/meetings/A.yaml").write_text("id: [A\n", encoding="utf-8")
    ran = run_grcm("show", "A/1", cwd=work)
    assert (ran.code, ran.err) == (
        1,
        "grcm: the file of A cannot be read: grcm validate tells why\n",
    )


def test_a_range_without_days_is_refused(work: Path) -> None:
    assert run_grcm("due", "--after", "2004", "--before", "2003", cwd=work).code == 2


def test_a_report_with_an_odd_key_still_counts(work: Path) -> None:
    (work / "data/progress/CRI.yaml").write_text(f"{ENTRY}  evidnce: x\n", encoding="utf-8")
    ran = run_grcm("overdue", "--as-of", "2003-02-01", "--format", "plain", cwd=work)
    *tasks, last = ran.out.splitlines()
    assert (ran.code, len(tasks), last[:2]) == (1, 10, "?\t")


# --- validate -------------------------------------------------------------------------------


def broken(work: Path) -> None:
    """Make three errors and a warning."""
    for old, new, _expected in EIGHT[:3]:
        replace(work, old, new)
    replace(work, "    responsible: [PPT, ST]\n", "")


@pytest.mark.parametrize(
    ("options", "rules", "code"),
    [
        ([], ["unknown-body", "end-before-start", "unknown-party", "nobody-said"], 1),
        (["--select", "nobody-said"], ["nobody-said"], 0),
        (["--select", "nobody-said", "--strict"], ["nobody-said"], 1),
        (
            ["--ignore", "unknown-body", "--ignore", "nobody-said"],
            ["end-before-start", "unknown-party"],
            1,
        ),
        (["--exit-zero"], ["unknown-body", "end-before-start", "unknown-party", "nobody-said"], 0),
    ],
)
def test_which_rules_run_and_what_they_weigh(
    work: Path, options: list[str], rules: list[str], code: int
) -> None:
    broken(work)
    ran = run_grcm("validate", "--format", "json", *options, cwd=work)
    found = [finding["rule"] for finding in json.loads(ran.out)["findings"]]
    assert (found, ran.code) == (rules, code)


def test_an_unknown_rule_is_refused_with_a_suggestion(work: Path) -> None:
    ran = run_grcm("validate", "--select", "unknown-partie", cwd=work)
    assert (ran.code, ran.err) == (
        2,
        "grcm: 'unknown-partie' is no rule; did you mean `unknown-party`?\n",
    )


def test_a_rule_that_is_off_runs_when_it_is_selected(work: Path) -> None:
    ran = run_grcm("validate", "--select", "missing-translation", "--format", "concise", cwd=work)
    assert "missing in: en" in ran.out


def test_a_comment_makes_a_rule_not_count_on_its_line_anywhere(work: Path) -> None:
    replace(work, "body: GRCM\n", "body: GRMC # grcm: ignore[unknown-body]\n")
    assert run_grcm("validate", "--strict", cwd=work).code == 0
    assert run_grcm("due", "--as-of", "2002-11-15", cwd=work).err == ""


def test_stdin_stands_for_a_file_while_somebody_edits_it(work: Path) -> None:
    text = (work / MEETING).read_text(encoding="utf-8").replace("body: GRCM\n", "body: GRMC\n")
    (work / "edited").write_text(text, encoding="utf-8")
    options = f"--stdin-filename {MEETING} --format concise"
    done = shell(f"$GRCM validate - {options} < edited", work)
    assert done.stdout.decode().startswith(f"{MEETING}:2:7: error[unknown-body]")
    assert run_grcm("validate", cwd=work).code == 0
    assert run_grcm("validate", "-", cwd=work).code == 2
    assert shell(f"$GRCM validate - {options} --fix < edited", work).returncode == 2
    assert run_grcm("validate", "--stdin-filename", "x", cwd=work).code == 2


# --- the terminal ---------------------------------------------------------------------------


def shell(command: str, work: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a line of a shell in which `grcm` is the one under test."""
    env = environment(GRCM=f"{sys.executable} -m grcm_cli")
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=work,
        env=env,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("arguments", ["due", "due --format json", "show GRCM-2002-10", "--help"])
def test_a_reader_that_has_enough_is_no_error(work: Path, arguments: str) -> None:
    done = shell(f"$GRCM {arguments} | head -1", work)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a disk that is always full"
)
def test_a_full_disk_is_exit_3_and_says_so(work: Path) -> None:
    done = shell("$GRCM due > /dev/full", work)
    assert (done.returncode, done.stderr) == (3, b"grcm: the machine failed: the disk is full\n")


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a disk that is always full"
)
@pytest.mark.parametrize(("command", "code"), [("overdue --as-of 2001-01-01", 3), ("bogus", 2)])
def test_a_full_stderr_changes_no_exit_code_to_a_wrong_one(
    work: Path, command: str, code: int
) -> None:
    assert shell(f"$GRCM {command} 2> /dev/full", work).returncode == code


def test_json_stays_json_on_a_terminal_without_our_letters(work: Path) -> None:
    arguments = ("tasks", "MEX", "--format", "json", "--as-of", "2002-11-15")
    plain = run_grcm(*arguments, cwd=work, PYTHONIOENCODING="ascii").out
    assert plain.isascii()
    assert json.loads(plain) == json.loads(run_grcm(*arguments, cwd=work).out)


@pytest.mark.parametrize("option", ["--as-of=", "--data=", "--lang=", "--color="])
def test_an_empty_value_is_no_value(work: Path, option: str) -> None:
    assert run_grcm("overdue", option, cwd=work).code == 2


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_bug(work: Path, closed: str) -> None:
    assert shell(f"$GRCM due {closed}", work).returncode in (0, 3)


def test_an_interrupt_is_exit_130_without_a_trace(work: Path) -> None:
    interrupt = (
        "import os, signal, time\n"
        # A job in the background inherits that the interrupt is ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import grcm_cli.storage.loader as loader\n"
        "def load(*_, **__): os.kill(os.getpid(), signal.SIGINT); time.sleep(60)\n"
        "loader.load = load\n"
        "from grcm_cli.cli.app import main\n"
        "main(['due'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", interrupt],
        cwd=work,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) in ((130, b""), (-signal.SIGINT, b""))


# --- completion -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("grcm tasks M", ["MEX"], id="a party"),
        pytest.param("grcm tasks me", ["mex"], id="in small letters"),
        pytest.param("grcm due --party PP", ["PPT"], id="an option's party"),
        pytest.param("grcm due --body G", ["GRCM"], id="a body"),
        pytest.param(
            "grcm show GRCM-2002-10/8",
            ["GRCM-2002-10/8", "GRCM-2002-10/8#1", "GRCM-2002-10/8#2"],
            id="references",
        ),
        pytest.param("grcm due --meeting CRM", ["CRM-2002-05", "CRM-2003-05"], id="meetings"),
        pytest.param("grcm due --format j", ["json", "jsonl"], id="formats"),
        pytest.param("grcm over", ["overdue"], id="commands"),
        pytest.param("grcm due --bef", ["--before"], id="options"),
    ],
)
def test_a_shell_completes(work: Path, typed: str, expected: list[str]) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    ran = run_grcm(cwd=work, _GRCM_COMPLETE="complete_bash", **words)
    assert (ran.code, ran.out.split(), ran.err) == (0, expected, "")


def test_completion_outside_a_data_folder_is_silent(tmp_path: Path) -> None:
    words = {"COMP_WORDS": "grcm tasks M", "COMP_CWORD": "2"}
    ran = run_grcm(cwd=tmp_path, _GRCM_COMPLETE="complete_bash", **words)
    assert (ran.code, ran.out.strip(), ran.err) == (0, "", "")


@pytest.mark.parametrize(
    "command",
    [
        *("show GRCM-2002-10/9", "show GRCM-2002-10", "agenda GRCM", "due", "overdue"),
        *("tasks MEX", "matrix", "meetings", "stats", "search taller", "log GRCM-2002-10/9"),
    ],
)
def test_a_partial_answer_says_so_in_the_answer_itself(work: Path, command: str) -> None:
    (work / "data/meetings/A.yaml").write_text("id: [A\n", encoding="utf-8")
    ran = run_grcm(*command.split(), "--as-of", "2003-02-01", cwd=work)
    assert "data/meetings/A.yaml" in ran.out
    (work / "data/meetings/A.yaml").unlink()
    whole = run_grcm(*command.split(), "--as-of", "2003-02-01", cwd=work)
    assert "data/meetings/A.yaml" not in whole.out
