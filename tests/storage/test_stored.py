"""A run that ends early says what is stored all the same; the next run names what it has left."""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from grcm_cli.storage import files

from ..conftest import DATA, EVERY, held_by_another, run_grcm, run_program, run_python
from ..processes import grcm_for_shells
from .faults import run

REF = "GRCM-2002-10/8#1"
DAY = ["--as-of", "2003-02-01"]
MEETING = "id: CRM-2003-05\nbody: CRM\nstart: 2003-05-29\nparticipants: [{}]\n"
COMMANDS = {
    "record": ["record", "done", REF, "--by", "CRI"],
    "new": ["new", "--body", "CRM", "--start", "2004-05-20"],
    "init": ["init", "fresh", "--code", "EX"],
    "draft": ["draft", "data/sources/GRCM-2002-10.txt", "-o", "X.yaml"],
    "draft --force": ["draft", "data/sources/GRCM-2002-10.txt", "-o", "old.yaml", "--force"],
    "export": ["export", "csv", "-o", "old.csv", "--force", "--partial"],
    "agenda": ["agenda", "GRCM", "-o", "old.md", "--force", "--partial"],
    "remind": ["remind", "MEX", "-o", "mex.txt", "--partial"],
    "remind --all": ["remind", "--all", "-o", "letters", "--partial"],
    "--fix": ["validate", "--fix"],
}
AS_A_SET = ("remind --all",)  # commands that write several files, all or none


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return folder(tmp_path / "work")


def folder(path: Path) -> Path:
    """Make a working folder whose data has names in two files that --fix puts right."""
    shutil.copytree(DATA, path / "data")
    for name in ("old.csv", "old.md", "old.yaml"):
        (path / name).write_text("old\n")
    (path / "data/progress/CRI.yaml").write_text("# old\n")
    (path / "data/meetings/CRM-2003-05.yaml").write_text(MEETING.format("México"))
    other = MEETING.format("guatemala").replace("2003-05", "2003-06")
    (path / "data/meetings/CRM-2003-06.yaml").write_text(other)
    return path


def tree(path: Path) -> dict[str, bytes]:
    """Return the files below a folder but those that only a writer needs."""
    return {
        found.relative_to(path).as_posix(): found.read_bytes()
        for found in sorted(path.rglob("*"))
        if found.is_file() and not re.fullmatch(r"\..*\.(lock|new)", found.name)
    }


def listed(message: str, label: str) -> set[str]:
    found = re.search(rf"(?:^|; ){label}: (.*?)(?:;|$)", message, re.MULTILINE)
    return set(found[1].split(", ")) if found else set()


@pytest.mark.parametrize(
    ("command", "fault"),
    [*((command, "error") for command in COMMANDS), ("record", "interrupt"), ("new", "interrupt")],
)
def test_whatever_fails_the_sentence_agrees_with_the_disk(
    tmp_path: Path, command: str, fault: str
) -> None:
    arguments = [*COMMANDS[command], *DAY]
    whole = folder(tmp_path / "whole/work")
    before = tree(whole)
    ran = run(arguments, whole)
    after = tree(whole)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed
    assert ran.operations > 5
    for place in range(1, ran.operations + 1, 1 if EVERY else 16):
        work = folder(tmp_path / f"{place}/work")
        outcome = run(arguments, work, fault, place)
        now = tree(work)
        new = {name for name in changed if now.get(name) == after[name]}
        for name in changed - new:
            assert now.get(name) == before.get(name), (place, name)
        if new == changed and outcome.code == ran.code:
            continue  # the failure of a step that does not matter, as deleting the lock
        assert outcome.code == (3 if fault == "error" else 130), (place, outcome)
        if command in AS_A_SET:
            assert new in (set(), changed), (place, outcome)
        assert listed(outcome.err, "stored") == new, (place, outcome)
        assert listed(outcome.err, "not stored") == (changed - new if new else set()), place
        shutil.rmtree(work)


@pytest.mark.parametrize("command", [*COMMANDS, "site"])
def test_a_full_stdout_after_writing_says_what_is_stored(work: Path, command: str) -> None:
    arguments = COMMANDS.get(command, ["site", "pages"])
    if command == "--fix":
        arguments = [*arguments, "--exit-zero", "--format", "json"]
    before = tree(work)
    line = shlex.join([grcm_for_shells(), *arguments, *DAY])
    ran = run_program("bash", "-c", f"{line} > /dev/full", cwd=work)
    after = tree(work)
    assert ran.code == 3
    new = {name for name in after if after[name] != before.get(name)}
    assert listed(ran.err, "stored") == ({"pages"} if command == "site" else new)
    assert "not stored" not in ran.err
    if command == "record":
        (work / "data/progress/CRI.yaml").write_text("# old\n")
        ran = run_program("bash", "-c", f"{line} --lang es > /dev/full", cwd=work)
        assert ran.err.endswith("; guardado: data/progress/CRI.yaml\n")


def test_the_second_of_two_parties_fails(work: Path) -> None:
    table = "ref;parte;fecha;avance\n8#1;CRI;2003-01-12;done\n8#1;GTM;2003-01-12;done\n"
    (work / "data/progress/GTM.yaml").write_text("# old\n")
    (work / "data/progress/GTM.yaml").chmod(0o444)
    code = (
        "import os, sys\n"
        "real = os.access\n"
        "os.access = lambda path, mode: 'GTM' not in str(path) and real(path, mode)\n"
        "from grcm_cli.cli.app import main\n"
        "main(sys.argv[1:])\n"
    )
    given = table.replace("8#1", REF).encode()
    ran = run_python("-c", code, "record", "-", *DAY, cwd=work, stdin=given)
    assert ran.code == 3
    assert "GTM.yaml" in ran.err
    assert "stored" not in ran.err
    assert (work / "data/progress/CRI.yaml").read_text() == "# old\n"


# --- what a killed run leaves -----------------------------------------------------------------


@pytest.mark.parametrize("command", ["record", "new", "--fix"])
def test_what_a_killed_run_leaves_is_named_by_the_next_and_cleaned_by_the_next_writer(
    tmp_path: Path, command: str
) -> None:
    arguments = [*COMMANDS[command], *DAY]
    operations = run(arguments, folder(tmp_path / "whole/work")).operations
    named = 0
    for place in range(1, operations + 1):
        work = folder(tmp_path / f"{place}/work")
        outcome = run(arguments, work, "kill", place)
        assert outcome.code == -9
        left = {p for p in (work / "data").rglob(".*") if p.name.endswith((".lock", ".new"))}
        listed_too = run_grcm("due", *DAY, cwd=work).err
        checked = run_grcm("validate", "--format", "concise", cwd=work).out
        for path in left:
            shown = path.relative_to(work).as_posix()
            sentence = "an interrupted run of grcm left this file behind"
            target = re.fullmatch(r"\.(.+)\.[0-9a-f]{8}\.new", path.name)
            is_only = target is not None and not path.with_name(target[1]).exists()
            sentence += f", and there is no {target[1]};" if target and is_only else "; delete it"
            assert f"{shown}:1:1: warning[ignored-file]: {sentence}" in listed_too
            assert f"{shown}:1:1: warning[ignored-file]: {sentence}" in checked
            named += 1
        next_run = run_grcm(*arguments, cwd=work)
        again = {p for p in (work / "data").rglob(".*") if p.name.endswith((".lock", ".new"))}
        assert again <= left
        if "1 entry added" in next_run.out:
            assert again == set()
        shutil.rmtree(work)
    assert named > 2


REPORT = b"- {mandate: GRCM-2002-10/8#1, date: 2003-01-12, progress: done}\n"


@pytest.mark.parametrize("words", [("party", "CRI", "ZZZ"), ("meeting", "GRCM-2002-10", "Z-1")])
def test_a_killed_renaming_loses_no_file_whatever_is_written_next(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    arguments = ["rename", *words, *DAY]
    before = folder(tmp_path / "before")
    (before / "data/progress/CRI.yaml").write_bytes(REPORT)
    run_grcm("validate", "--fix", *DAY, cwd=before)
    whole = run(arguments, Path(shutil.copytree(before, tmp_path / "whole/work")))
    assert whole.code == 0, whole.err
    for place in range(1, whole.operations + 1, 1 if EVERY else 3):
        work = Path(shutil.copytree(before, tmp_path / f"{place}/work"))
        assert run(arguments, work, "kill", place).code == -9
        for after in ([], arguments, COMMANDS["record"]):
            if after:
                run_grcm(*after, *DAY, cwd=work)
            kept = b"".join(path.read_bytes() for path in work.glob("data/*/[A-Z]*.yaml"))
            assert kept.count(b"date: 2003-01-12, progress: done") >= 1, place
            assert kept.count(b"number: 22\n") >= 1, place
        shutil.rmtree(work)


def test_what_may_be_the_only_copy_is_not_deleted(work: Path) -> None:
    copy = work / "data/progress/.GTM.yaml.0123abcd.new"
    copy.write_bytes(REPORT)
    said = run_grcm("validate", "--format", "concise", cwd=work).out
    assert "behind, and there is no GTM.yaml; give it that name unless" in said
    run_grcm("record", "started", REF, "--by", "GTM", *DAY, cwd=work)
    assert copy.read_bytes() == REPORT


def test_what_a_living_writer_has_is_not_called_left_behind(work: Path) -> None:
    with held_by_another(work / "data/progress/CRI.yaml"):
        for command in ("validate", "due"):
            ran = run_grcm(command, *DAY, cwd=work)
            assert ".lock" not in ran.out + ran.err
            assert ".new" not in ran.out + ran.err
    ran = run_grcm("validate", "--format", "concise", cwd=work)
    assert ran.out.count("left this file behind") == 2
    assert "1 entry added" in run_grcm(*COMMANDS["record"], *DAY, cwd=work).out
    assert not list((work / "data/progress").glob(".CRI*"))


@pytest.mark.parametrize("name", [".CRI.yaml.lock.txt", ".lock", ".x.new", ".CRI.yaml.swp"])
def test_other_hidden_files_are_left_alone(work: Path, name: str) -> None:
    (work / "data/progress" / name).write_text("")
    assert "left this file" not in run_grcm("validate", cwd=work).out


def test_a_pipe_called_like_a_lock_is_not_opened(work: Path) -> None:
    os.mkfifo(work / "data/progress/.CRI.yaml.lock")
    assert run_grcm("validate", cwd=work).code == 1  # for the names that --fix puts right
    assert files.is_left_behind(work / "data/progress/.CRI.yaml.lock")
