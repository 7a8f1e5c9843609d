"""What git knows: a mandate's history with who recorded it, and what a change means in duties."""

import os
import shutil
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from grcm_cli import RecordError, load
from grcm_cli.domain.diff import changes
from grcm_cli.domain.register import Register
from grcm_cli.storage import git as reader
from grcm_cli.storage.git import GitError, Repository
from grcm_cli.storage.paths import search_path

from ..conftest import DATA, REGISTER, Folder, Ran, git, repository, run_grcm

DAY = date(2003, 6, 1)


@pytest.fixture(scope="module")
def at_first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with the data and one commit, to be copied."""
    path = tmp_path_factory.mktemp("first")
    shutil.copytree(DATA, path / "data")
    return repository(path)


@pytest.fixture
def work(at_first: Path, tmp_path: Path) -> Path:
    """Return a repository with the data and one commit."""
    return shutil.copytree(at_first, tmp_path, dirs_exist_ok=True)


def commit(work: Path, message: str) -> None:
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", message)


def edit(work: Path, old: str, new: str, file: str = "meetings/GRCM-2002-10.yaml") -> None:
    path = work / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def grcm(work: Path, *arguments: str, **more: str) -> Ran:
    return run_grcm("--as-of", "2003-04-01", *arguments, cwd=work, **more)


# --- every kind of change, without git ---------------------------------------------------------

ONE = "responsible: [AAA], due: 2003-01-15"
TWO = "responsible: [AAA, BBB], due: 2003-01-15"


def registers(folder: Folder, before: str, after: str) -> tuple[Register, Register]:
    folder.mandate(before)
    old = folder.register()
    folder.mandate(after)
    return old, folder.register()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(ONE, ONE, [], id="nothing"),
        pytest.param(ONE, f"{ONE}, note: nota", ["edited note"], id="a remark"),
        pytest.param(ONE, f"{ONE}, internal: nota", ["edited internal"], id="an internal remark"),
        pytest.param(ONE, f"{ONE}, themes: AGUA", ["edited themes"], id="a topic"),
        pytest.param(ONE, f"{ONE}, confidential: true", ["edited confidential"], id="secret"),
        pytest.param(TWO, f"{TWO}, lead: BBB", ["rewritten lead"], id="a lead"),
        pytest.param(ONE, f"{ONE}, acts: [directive]", ["edited acts"], id="what it does"),
        pytest.param(ONE, f"{ONE}, follows: WG-2002-10/1", ["edited follows"], id="follows"),
        pytest.param("follows: []", ONE, ["new"], id="new"),
        pytest.param(ONE, "follows: []", ["removed"], id="removed"),
        pytest.param(ONE, f"{ONE}, void: error", ["ended"], id="void"),
        pytest.param(f"{ONE}, void: error", ONE, ["reopened"], id="not void after all"),
        pytest.param(ONE, "responsible: AAA, due: next CO", ["moved"], id="another deadline"),
        pytest.param(ONE, "responsible: AAA", ["moved"], id="no deadline any more"),
        pytest.param(ONE, "responsible: [AAA, BBB], due: 2003-01-15", ["rewritten responsible"],
                     id="another party"),
        pytest.param(ONE, f"{ONE}, action: Hacer", ["rewritten action"], id="another action"),
        pytest.param(ONE, f"{ONE}, kind: encouragement, support: BBB",
                     ["rewritten support kind"], id="several"),
        pytest.param("responsible: AAA, due: every year", "responsible: AAA, due: every year, "
                     "until: 2009", ["rewritten until"], id="until"),
    ],
)  # fmt: skip
def test_what_became_of_a_mandate(
    folder: Folder, before: str, after: str, expected: list[str]
) -> None:
    found = changes(*registers(folder, before, after), DAY)
    assert [" ".join([change.kind, *change.parts]) for change in found] == expected


def test_another_member_of_a_group_is_told(folder: Folder) -> None:
    folder.mandate("responsible: ISL")
    states = []
    for members in ("[AAA, CCC]", "[AAA, BBB]"):
        groups = f"groups:\n  ISL: {{name: Islas, members: {members}}}\n"
        folder.write("register.yaml", REGISTER + groups)
        states.append(folder.register())
    told = {(change.kind, change.parts) for change in changes(states[0], states[1], DAY)}
    assert told == {("register", ("members",)), ("rewritten", ("responsible",))}


def test_white_space_is_no_change_of_the_text_and_a_word_is(folder: Folder) -> None:
    texts = ["Uno  dos", "Uno\n    dos", "Uno tres"]
    found = []
    for text in texts:
        folder.meeting(f"- number: 1\n  text: >-\n    {text}\n")
        found.append(folder.register())
    assert changes(found[0], found[1], DAY) == []
    [change] = changes(found[1], found[2], DAY)
    assert (change.kind, change.parts, str(change.reference)) == (
        "rewritten",
        ("text",),
        "WG-2002-10/1",
    )


def test_the_newest_commit_of_all_lines_is_named_and_none_of_an_edited_line(work: Path) -> None:
    """Also where a link leads to the data folder."""
    entry = "- mandate: GRCM-2002-10/8#1\n  date: 2003-01-05\n  progress: started\n"
    (work / "data/progress/CRI.yaml").write_text(entry, encoding="utf-8")
    commit(work, "started")
    edit(work, "started", "done", "progress/CRI.yaml")
    edit(work, "responsible: {each: members}", "responsible: CRI")
    day = "2030-01-01T12:00:00Z"
    git(work, "commit", "-qam", "done", "--author", "Bob <b@x>", GIT_COMMITTER_DATE=day)
    (work / "link").symlink_to(work / "data")
    for folder in ("data", "link"):
        shown = grcm(work, "--data", folder, "log", "GRCM-2002-10/8#1", "--format", "csv").out
        assert shown.count("Bob") == 2, shown
    edit(work, "done", "declined", "progress/CRI.yaml")
    shown = grcm(work, "log", "GRCM-2002-10/8#1", "--format", "csv").out
    assert shown.count("Bob") == 1, shown


def test_the_library_tells_what_was_recorded(work: Path) -> None:
    day = "2002-11-10T12:00:00Z"
    amend = ("commit", "-q", "--amend", "--no-edit", "--date", day)
    git(work, *amend, GIT_COMMITTER_DATE=day)
    edit(work, "start: 2003-05-29", "start: 2003-05-28", "meetings/CRM-2003-05.yaml")
    [moved] = load(work).changes(recorded_since="2003-03-19", as_of="2003-04-01")
    assert (moved.change, moved.ref, moved.by) == ("moved", "GRCM-2002-10/22", "CRM-2003-05")
    grcm(work, "record", "done", "GRCM-2002-10/22", "--on", "2003-01-05")
    record = load(work)
    [closed] = record.changes(recorded_since="2003-03-19", as_of="2003-04-01")
    assert (closed.change, str(closed.date), closed.ref) == (
        "closed", "2003-01-05", "GRCM-2002-10/22",
    )  # fmt: skip
    with pytest.raises(RecordError, match="recorded_since and since cannot be used together"):
        record.changes(since="2003-01-01", recorded_since="2003-03-19")


def test_where_git_is_not_installed_both_say_so(work: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    path = str(tmp_path / "empty")
    assert grcm(work, "log", "GRCM-2002-10/22", PATH=path).err == (
        "No history of edits: git is not installed on this machine\n"
    )
    assert grcm(work, "diff", "HEAD", PATH=path).err == (
        "grcm: git is not installed on this machine\n"
    )


@pytest.mark.parametrize("entry", [".", "", "bin", "./bin"])
def test_a_git_of_the_working_folder_is_never_run(work: Path, entry: str) -> None:
    (work / "bin").mkdir()
    for folder in (work, work / "bin"):
        (folder / "git").write_text(f'#!/bin/sh\ntouch {work}/sprung\nexec /usr/bin/git "$@"\n')
        (folder / "git").chmod(0o755)
    path = os.pathsep.join([entry, *search_path(os.environ)])
    assert grcm(work, "diff", "HEAD", PATH=path).code == 0
    assert "Example" in grcm(work, "log", "GRCM-2002-10/22", PATH=path).out
    assert grcm(work, "diff", "HEAD", PATH=entry).err == (
        "grcm: git is not installed on this machine\n"
    )
    assert not (work / "sprung").exists()


def test_git_itself_looks_for_programs_in_absolute_folders_only(work: Path) -> None:
    """A command that git does not know is a program `git-NAME` in PATH, an alias a shell."""
    (work / "data/git-x").write_text(f"#!/bin/sh\ntouch {work}/sprung\n")
    (work / "data/git-x").chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.pathsep.join([".", *search_path(os.environ)]))
        patch.chdir(work / "data")
        assert Repository(work / "data")._run("x").returncode
    assert not (work / "sprung").exists()


# --- nothing that a repository configures is run ---------------------------------------------

PROGRAMS = (
    *("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.askPass"),
    *("pager.diff", "pager.blame", "pager.log", "credential.helper", "gpg.program"),
    *("diff.external", "diff.x.textconv", "filter.x.smudge", "filter.x.clean"),
)
HOOKS = ("post-index-change", "reference-transaction", "post-checkout", "pre-commit")
SETTINGS = {
    "log.showSignature": "true", "log.follow": "true", "log.showRoot": "false",
    "log.diffMerges": "separate",
}  # fmt: skip


def test_no_hook_pager_monitor_or_converter_of_the_repository_is_run(work: Path) -> None:
    trap = work / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {work}/sprung\ncat\n")
    trap.chmod(0o755)
    (work / "hooks").mkdir()
    for name in HOOKS:
        shutil.copy(trap, work / "hooks" / name)
    settings = {**dict.fromkeys(PROGRAMS, str(trap)), **SETTINGS}
    for key, value in {**settings, "core.hooksPath": str(work / "hooks")}.items():
        git(work, "config", key, value)
    for name in (".gitattributes", ".git/info/attributes"):
        (work / name).write_text("*.yaml diff=x filter=x\n")
    report = "- {mandate: GRCM-2002-10/8#1, date: 2003-01-01, progress: started}\n"
    (work / "data/progress/CRI.yaml").write_text(report, encoding="utf-8")
    more = {"GIT_PAGER": str(trap), "GIT_EXTERNAL_DIFF": str(trap), "PAGER": str(trap)}
    assert "reported" in grcm(work, "diff", "HEAD", **more).out
    assert "Example" in grcm(work, "log", "GRCM-2002-10/8", **more).out
    assert not (work / "sprung").exists()


def test_a_folder_below_the_top_of_a_repository(work: Path) -> None:
    repository = Repository(work / "data")
    found = repository.files(repository.commit_id("HEAD"))
    assert work / "data/register.yaml" in found
    assert found[work / "data/register.yaml"] == (work / "data/register.yaml").read_bytes()
    assert not [path for path in found if path.suffix != ".yaml"]


def test_a_link_in_a_commit_is_not_followed(work: Path) -> None:
    (work / "data/meetings/X-2002-01.yaml").symlink_to("/etc/passwd")
    commit(work, "link")
    repository = Repository(work / "data")
    assert work / "data/meetings/X-2002-01.yaml" not in repository.files(
        repository.commit_id("HEAD")
    )


def test_no_repository_is_no_bug(tmp_path: Path) -> None:
    with pytest.raises(GitError):
        Repository(tmp_path)


def test_the_environment_of_a_hook_leads_nowhere_else(work: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    assert git(work, "rev-parse", "HEAD")
    assert grcm(work, "diff", "HEAD", GIT_DIR=str(other / ".git")).code == 0


# --- the cost of a long history ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "searched"),
    [
        pytest.param("abcabc", "abcabc", [], id="nothing changed"),
        pytest.param("abcabc", "abcabcabc", [], id="grown at its end"),
        pytest.param("abcabc", "xabcabc", [], id="grown at its beginning"),
        pytest.param("abcabcabc", "abcabcxabc", [], id="grown inside"),
        pytest.param("abcabcabc", "abcxyzabc", [(3, 3)], id="changed inside"),
        pytest.param("", "abc", [], id="new"),
        pytest.param("abc", "", [], id="gone"),
    ],
)
def test_only_the_changed_part_of_a_file_is_searched(
    monkeypatch: pytest.MonkeyPatch, before: str, after: str, searched: list[tuple[int, int]]
) -> None:
    found = []

    class Counted(SequenceMatcher[str]):
        def __init__(self, junk: None, a: str, b: str) -> None:
            found.append((len(a), len(b)))
            super().__init__(junk, a, b)

    monkeypatch.setattr(reader, "SequenceMatcher", Counted)
    pairs = list(reader._same_lines([*before], [*after]))
    assert found == searched
    assert all(before[old] == after[new] for old, new in pairs)
    wanted = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    assert len(pairs) == sum(block.size for block in wanted)
