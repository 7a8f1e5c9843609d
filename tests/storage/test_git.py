"""What git knows: a mandate's history with who recorded it, and what a change means in duties."""

import json
import os
import shutil
import subprocess
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from grcm_cli import RecordError, load
from grcm_cli.domain.diff import changes
from grcm_cli.domain.register import Register
from grcm_cli.storage import git as reader
from grcm_cli.storage.git import SHALLOW, GitError, Repository
from grcm_cli.storage.paths import search_path

from ..conftest import DATA, REGISTER, Folder, Ran, environment, run_grcm

WHO = ["-c", "user.name=Ana Example", "-c", "user.email=ana@example.org"]


def git(where: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *WHO, *arguments], cwd=where, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


@pytest.fixture(scope="module")
def at_first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with the data and one commit, to be copied."""
    path = tmp_path_factory.mktemp("first")
    shutil.copytree(DATA, path / "data")
    git(path, "init", "-q", "-b", "main")
    commit(path, "data")
    return path


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


# --- diff --------------------------------------------------------------------------------------


def test_a_deadline_that_moved_is_one_line(work: Path) -> None:
    edit(work, "due: 2003-01-15", "due: 2003-02-15")
    commit(work, "otro plazo")
    ran = grcm(work, "diff", "HEAD~1", "--format", "plain")
    assert (ran.code, ran.err) == (0, "")
    [line] = ran.out.splitlines()
    assert line.split("\t")[:2] == ["moved", "GRCM-2002-10/8#1"]
    assert line.endswith("\t2003-01-15\t2003-02-15")
    table = grcm(work, "diff", "HEAD~1", COLUMNS="160").out.splitlines()
    assert [row.split("  ")[0] for row in table if "8#1" in row] == ["moved"]
    assert "2003-01-15 → 2003-02-15" in table[3]
    assert table[-1] == "1 change."


def test_an_extension_is_a_deadline_that_moved(work: Path) -> None:
    path = work / "data/meetings/CRM-2003-05.yaml"
    more = (
        "conclusions:\n  - number: 1\n    text: Prorrogar.\n"
        "    extends: {mandate: GRCM-2002-10/8#1, due: 2003-12-31, parties: [BLZ]}\n"
        "    closes: GRCM-2002-10/9\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    found = json.loads(grcm(work, "diff", "HEAD", "--format", "json").out)["changes"]
    assert [(c["change"], c["ref"], c["before"], c["after"]) for c in found] == [
        ("moved", "GRCM-2002-10/8#1", "2003-01-15", "2003-01-15; 2003-12-31 (BLZ)"),
        ("ended", "GRCM-2002-10/9", None, "closed by CRM-2003-05/1"),
    ]


def test_without_a_second_revision_the_files_count_as_they_are(work: Path) -> None:
    grcm(work, "record", "done", "GRCM-2002-10/22", "--on", "2003-03-01")
    found = json.loads(grcm(work, "diff", "HEAD", "--format", "json").out)["changes"]
    assert [(c["change"], c["ref"], c["after"]) for c in found] == [
        ("reported", "GRCM-2002-10/22", "MEX done 2003-03-01")
    ]
    commit(work, "informe")
    assert grcm(work, "diff", "HEAD").err == "Nothing has changed.\n"
    back = json.loads(grcm(work, "diff", "HEAD", "HEAD~1", "--format", "json").out)["changes"]
    assert [(c["change"], c["before"]) for c in back] == [("unreported", "MEX done 2003-03-01")]


def test_json_is_the_same_in_both_languages(work: Path) -> None:
    edit(work, "due: 2003-01-15", "due: 2003-02-15")
    grcm(work, "record", "done", "GRCM-2002-10/22")
    english, spanish = (
        json.loads(grcm(work, "--lang", lang, "diff", "HEAD", "--format", "json").out)
        for lang in ("en", "es")
    )
    assert (english.pop("language"), spanish.pop("language")) == ("en", "es")
    assert english == spanish


REPORT = "- {mandate: GRCM-2002-10/22, date: 2003-03-01, progress: done, evidence: Acta 1}\n"
EDITS = [
    pytest.param(
        "register.yaml", "holder: MEX, from", "holder: PAN, from",
        ["register PPT  GTM 2002-01-01 – …; MEX 2003-01-01 – … → "
         "GTM 2002-01-01 – …; PAN 2003-01-01 – … | the terms of office (3 duties)"],
        id="a presidency given to another country",
    ),
    pytest.param(
        "progress/MEX.yaml", "evidence: Acta 1", "evidence: Acta 2",
        ["edited GRCM-2002-10/22 MEX MEX done 2003-03-01: Acta 1 → Acta 2 | "
         "Elaborar una propuesta de Plan de Trabajo de la Red de Funcionarios de Enlace de "
         "Protección Consular"],
        id="edited evidence",
    ),
    pytest.param(
        "meetings/CRM-2003-05.yaml", "start: 2003-05-29\nend: 2003-05-30",
        "start: 2003-06-05\nend: 2003-06-06",
        ["meeting CRM-2003-05  2003-05-29 – 2003-05-30 → 2003-06-05 – 2003-06-06 | the days"],
        id="a meeting moved",
    ),
    pytest.param(
        "register.yaml", "name: {es: México, en: Mexico}", "name: {es: Méjico, en: Mexico}",
        ["register MEX  México; Mexico → Méjico; Mexico | the name"], id="another name",
    ),
    pytest.param(
        "register.yaml", "aliases: [MX]", "aliases: [MX], contact: {email: sre@example.org}",
        ["register MEX   → sre@example.org | the contact"], id="a contact",
    ),
    pytest.param(
        "register.yaml", "aliases: [PA]", "aliases: [PA], until: 2001-12-31",
        ["register PAN   → … – 2001-12-31 | the membership"], id="a membership",
    ),
    pytest.param(
        "register.yaml", "languages: [es, en]", "languages: [en, es]",
        ["register CRM  es en → en es | the languages"], id="the languages of the process",
    ),
    pytest.param(
        "meetings/CRM-2003-05.yaml", "place: Cancún", "place: Managua",
        ["meeting CRM-2003-05  Cancún → Managua | the place"], id="a place",
    ),
]  # fmt: skip
"""Each edit of a file, and what `diff` tells of it, in its order."""


@pytest.mark.parametrize(("file", "old", "new", "expected"), EDITS)
def test_every_edit_that_changes_an_answer_is_told(
    work: Path, file: str, old: str, new: str, expected: list[str]
) -> None:
    (work / "data/progress/MEX.yaml").write_text(REPORT, encoding="utf-8")
    commit(work, "informe")
    edit(work, old, new, file)
    ran = grcm(work, "diff", "HEAD", "--format", "json", "--exit-code")
    assert ran.code == 5
    table = grcm(work, "diff", "HEAD", "--format", "md").out.splitlines()
    what = [line.split(" | ")[-1].removesuffix(" |") for line in table[2:]]
    told = [
        f"{c['change']} {c['ref']} {c['party'] or ''} {c['before'] or ''} → {c['after'] or ''}"
        for c in json.loads(ran.out)["changes"]
    ]
    found = [f"{line} | {words}" for line, words in zip(told, what, strict=True)]
    assert [line for line in found if not line.startswith(("moved", "rewritten"))] == expected


def test_a_note_of_a_conclusion_is_told_with_both_values(work: Path) -> None:
    edit(work, "  - number: 1\n", "  - number: 1\n    note: Uno\n")
    commit(work, "nota")
    edit(work, "note: Uno", "note: Dos")
    [line] = grcm(work, "diff", "HEAD", "--format", "plain").out.splitlines()
    assert line.split("\t") == ["edited", "GRCM-2002-10/1", "-", "-", "Uno", "Dos"]


def test_a_party_that_is_new_or_gone_is_one_line(work: Path) -> None:
    edit(work, "  HND:", "  HTI: {name: Haití, aliases: [HT]}\n  HND:", "register.yaml")
    line = grcm(work, "diff", "HEAD", "--format", "plain").out.splitlines()[-1]
    assert line.split("\t") == ["register", "HTI", "-", "-", "-", "Haití"]


def on(day: str) -> dict[str, str]:
    return {"GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "GIT_AUTHOR_DATE": f"{day}T12:00:00Z"}


@pytest.fixture
def dated(work: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository whose only commit was made on 10 November 2002."""
    for key, value in on("2002-11-10").items():
        monkeypatch.setenv(key, value)
    git(work, "commit", "-q", "--amend", "--no-edit")
    for key, value in on("2003-03-20").items():
        monkeypatch.setenv(key, value)
    return work


def recorded(work: Path, since: str, *more: str) -> list[list[str]]:
    ran = grcm(work, "changes", "--recorded-since", since, "--format", "plain", *more)
    return [line.split("\t")[:6] for line in ran.out.splitlines()]


@pytest.mark.parametrize("is_committed", [True, False])
def test_a_report_dated_back_is_found_by_when_it_was_recorded(
    dated: Path,
    is_committed: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert recorded(dated, "2002-11-10") == []
    grcm(dated, "record", "done", "GRCM-2002-10/22", "--on", "2003-01-05")
    if is_committed:
        commit(dated, "informe")
    line = ["2003-01-05", "closed", "GRCM-2002-10/22", "MEX", "upcoming", "done"]
    assert recorded(dated, "2003-03-19") == [line]
    assert recorded(dated, "2003-03-20") == ([] if is_committed else [line])
    assert grcm(dated, "changes", "--since", "2003-03-19").out.count("GRCM-2002-10/22") == 0


def test_a_duty_entered_late_is_found_with_all_that_follows_from_it(dated: Path) -> None:
    (dated / "data/meetings/GRCM-2002-12.yaml").write_text(
        "id: GRCM-2002-12\nbody: GRCM\nstart: 2002-12-01\nend: 2002-12-01\nconclusions:\n"
        "  - {number: 1, text: T, responsible: CRI, due: 2003-01-31}\n",
        encoding="utf-8",
    )
    own = [line for line in recorded(dated, "2003-03-19") if line[2] == "GRCM-2002-12/1"]
    assert [line[:2] for line in own] == [["2002-12-01", "new"], ["2003-02-01", "late"]]


def test_a_meeting_put_off_is_told_with_the_duties_that_move_by_it(dated: Path) -> None:
    assert recorded(dated, "2002-11-10") == []
    edit(dated, "start: 2003-05-29", "start: 2003-09-01", "meetings/CRM-2003-05.yaml")
    edit(dated, "end: 2003-05-30", "end: 2003-09-02", "meetings/CRM-2003-05.yaml")
    line = ["2003-04-01", "moved", "GRCM-2002-10/22", "MEX", "2003-05-29", "2003-09-01"]
    assert recorded(dated, "2002-11-10") == [line]
    shown = grcm(dated, "changes", "--recorded-since", "2002-11-10", COLUMNS="200").out
    assert "2003-09-01 (next CRM), as CRM-2003-05 has other days" in " ".join(shown.split())
    assert "CRM-2003-05 has other days: 2003-05-29 → 2003-09-01." in shown
    [change] = load(dated).changes(recorded_since="2002-11-10", as_of="2003-04-01")
    assert (change.change, change.by) == ("moved", "CRM-2003-05")
    other = grcm(dated, "changes", "--recorded-since", "2002-11-10", "--party", "CRI")
    assert "CRM-2003-05 has other days" in other.err


def test_a_meeting_planned_since_gives_a_deadline_to_what_waited_for_it(dated: Path) -> None:
    path = dated / "data/meetings/CRM-2003-05.yaml"
    planned = path.read_text(encoding="utf-8")
    path.unlink()
    commit(dated, "antes")
    path.write_text(planned, encoding="utf-8")
    [moved] = recorded(dated, "2003-03-20")
    assert moved[1:] == ["moved", "GRCM-2002-10/22", "MEX", "next CRM", "2003-05-29"]


def test_what_was_recorded_needs_git(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    ran = grcm(tmp_path, "changes", "--recorded-since", "2003-03-19")
    assert (ran.code, ran.out) == (2, "")
    reason = "what was recorded since a day is told by git alone"
    assert ran.err == f"grcm: {reason}: the data folder is not in git\n"
    both = grcm(tmp_path, "changes", "--since", "2003-01-01", "--recorded-since", "2003-03-19")
    assert both.err == "grcm: --recorded-since and --since exclude each other\n"


def test_the_library_tells_what_was_recorded(dated: Path) -> None:
    grcm(dated, "record", "done", "GRCM-2002-10/22", "--on", "2003-01-05")
    record = load(dated)
    [change] = record.changes(recorded_since="2003-03-19", as_of="2003-04-01")
    assert (change.change, str(change.date), change.ref) == (
        "closed", "2003-01-05", "GRCM-2002-10/22",
    )  # fmt: skip
    with pytest.raises(RecordError, match="recorded_since and since exclude each other"):
        record.changes(since="2003-01-01", recorded_since="2003-03-19")


def test_markdown_for_a_pull_request(work: Path) -> None:
    edit(work, "due: 2003-01-15", "due: 2003-02-15")
    lines = grcm(work, "diff", "HEAD", "--format", "md").out.splitlines()
    assert lines[0] == "| Change | Reference | Before → now | Who | What |"
    assert lines[2].startswith("| moved | GRCM-2002-10/8#1 | 2003-01-15 → 2003-02-15 | each member")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["diff", "nowhere"], "git knows no revision 'nowhere'"),
        (["diff", "--", "--help"], "git knows no revision '--help'"),
        (["diff", "HEAD", "HEAD~9"], "git knows no revision 'HEAD~9'"),
        (["diff", "HEAD:data"], "git knows no revision 'HEAD:data'"),
    ],
)
def test_a_revision_that_is_none(work: Path, arguments: list[str], expected: str) -> None:
    ran = grcm(work, *arguments)
    assert (ran.code, ran.out, ran.err) == (2, "", f"grcm: {expected}\n")


def test_a_revision_without_data(work: Path) -> None:
    git(work, "checkout", "-q", "--orphan", "bare")
    git(work, "rm", "-rq", "--cached", ".")
    (work / "x").write_text("x")
    git(work, "add", "x")
    git(work, "commit", "-qm", "nothing")
    ran = grcm(work, "diff", "bare")
    assert (ran.code, ran.err) == (2, "grcm: there is no register.yaml to read in bare\n")


def test_an_error_in_an_old_file_is_named(work: Path) -> None:
    edit(work, "due: 2003-01-15", "due: 15/01/2003")
    commit(work, "mal")
    edit(work, "due: 15/01/2003", "due: 2003-01-15")
    ran = grcm(work, "diff", "HEAD")
    assert ran.err.startswith("HEAD: data/meetings/GRCM-2002-10.yaml:")
    assert "15/01/2003 → 2003-01-15" in ran.out


# --- ranges, and clones that lack what they name -------------------------------------------------


@pytest.fixture
def branches(work: Path) -> Path:
    """Return a repository whose `main` and `draft` have parted, on `draft`."""
    git(work, "checkout", "-q", "-b", "draft")
    edit(work, "due: 2003-01-15", "due: 2003-02-15")
    commit(work, "draft moves a deadline")
    git(work, "checkout", "-q", "main")
    grcm(work, "record", "done", "GRCM-2002-10/22", "--on", "2003-03-01")
    commit(work, "main has a report")
    git(work, "checkout", "-q", "draft")
    return work


@pytest.mark.parametrize(
    ("revisions", "expected"),
    [
        pytest.param(["main", "draft"], ["moved", "unreported"], id="two revisions"),
        pytest.param(["main..draft"], ["moved", "unreported"], id="from one to the other"),
        pytest.param(["main.."], ["moved", "unreported"], id="to HEAD"),
        pytest.param(["..main"], ["moved", "reported"], id="from HEAD"),
        pytest.param(["main...draft"], ["moved"], id="since they parted"),
        pytest.param(["main..."], ["moved"], id="since HEAD parted"),
        pytest.param(["...main"], ["reported"], id="since it parted from HEAD"),
    ],
)
def test_a_range_is_read_as_git_reads_it(
    branches: Path, revisions: list[str], expected: list[str]
) -> None:
    ran = grcm(branches, "diff", *revisions, "--format", "plain")
    assert (ran.code, ran.err) == (0, "")
    assert sorted(line.split("\t")[0] for line in ran.out.splitlines()) == expected


@pytest.mark.parametrize(
    ("revisions", "expected"),
    [
        (["main..draft", "HEAD"], "main..draft names both revisions; leave out HEAD"),
        (["main..nowhere"], "git knows no revision 'nowhere'"),
        (["nowhere...main"], "git knows no revision 'nowhere'"),
        (["lonely...main"], "the two revisions have no commit in common"),
    ],
)
def test_a_range_that_is_none(branches: Path, revisions: list[str], expected: str) -> None:
    tree = git(branches, "rev-parse", "HEAD^{tree}").strip()
    git(branches, "branch", "lonely", git(branches, "commit-tree", "-m", "x", tree).strip())
    ran = grcm(branches, "diff", *revisions)
    assert (ran.code, ran.out, ran.err) == (2, "", f"grcm: {expected}\n")


def test_the_title_of_a_range_names_both_ends(branches: Path) -> None:
    assert grcm(branches, "diff", "main..").out.startswith("Duties from main to HEAD")
    parted = git(branches, "merge-base", "main", "draft")[:10]
    assert grcm(branches, "diff", "main...").out.startswith(f"Duties from {parted} to HEAD")


@pytest.mark.parametrize("revision", ["HEAD~1", "main", "HEAD~1..", "main...HEAD"])
def test_a_shallow_clone_says_how_to_fetch_more(
    branches: Path, tmp_path: Path, revision: str
) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{branches}", str(clone))
    ran = grcm(clone, "diff", revision)
    name = revision.replace("...HEAD", "").removesuffix("..")
    assert (ran.code, ran.err) == (2, f"grcm: git knows no revision '{name}'; {SHALLOW}\n")
    git(clone, "fetch", "-q", "--unshallow")
    git(clone, "fetch", "-q", "origin", "main:main")
    assert grcm(clone, "diff", revision).code == 0


def test_a_branch_that_only_the_origin_has_is_suggested(branches: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", f"file://{branches}", str(clone))
    ran = grcm(clone, "diff", "main..")
    assert ran.err == "grcm: git knows no revision 'main'; did you mean 'origin/main'?\n"


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
    found = changes(*registers(folder, before, after))
    assert [" ".join([change.kind, *change.parts]) for change in found] == expected


def test_another_handover_is_told_of_the_older_duty(folder: Folder) -> None:
    folder.mandate(ONE)
    states = []
    for taker in ("BBB", "ORG"):
        handed_over = f"reassigns: {{mandate: WG-2002-10/1, to: {taker}}}"
        folder.mandate(handed_over, id="WG-2003-01", start="2003-01-01", end="2003-01-02")
        states.append(folder.register())
    [change] = changes(states[0], states[1])
    assert (change.kind, change.parts, str(change.reference)) == (
        "rewritten", ("reassigned",), "WG-2002-10/1",
    )  # fmt: skip


def test_another_member_of_a_group_is_told(folder: Folder) -> None:
    folder.mandate("responsible: ISL")
    states = []
    for members in ("[AAA, CCC]", "[AAA, BBB]"):
        groups = f"groups:\n  ISL: {{name: Islas, members: {members}}}\n"
        folder.write("register.yaml", REGISTER + groups)
        states.append(folder.register())
    told = {(change.kind, change.parts) for change in changes(states[0], states[1])}
    assert told == {("register", ("members",)), ("rewritten", ("responsible",))}


def test_white_space_is_no_change_of_the_text_and_a_word_is(folder: Folder) -> None:
    texts = ["Uno  dos", "Uno\n    dos", "Uno tres"]
    found = []
    for text in texts:
        folder.meeting(f"- number: 1\n  text: >-\n    {text}\n")
        found.append(folder.register())
    assert changes(found[0], found[1]) == []
    [change] = changes(found[1], found[2])
    assert (change.kind, change.parts, str(change.reference)) == (
        "rewritten",
        ("text",),
        "WG-2002-10/1",
    )


def test_a_meeting_that_is_postponed_moves_what_was_due_there(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: next CO")
    folder.meeting("", id="CO-2003", body="CO", start="2003-05-01", end="2003-05-01")
    old = folder.register()
    folder.meeting("", id="CO-2003", body="CO", start="2003-06-01", end="2003-06-01")
    found = changes(old, folder.register())
    assert [change.kind for change in found] == ["meeting", "moved"]


# --- log ---------------------------------------------------------------------------------------


def test_a_mandate_from_its_adoption_to_its_end(work: Path) -> None:
    path = work / "data/meetings/CRM-2003-05.yaml"
    more = (
        "conclusions:\n  - number: 1\n    text: Prorrogar.\n"
        "    extends: {mandate: GRCM-2002-10/22, due: 2003-12-31}\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    commit(work, "prórroga")
    grcm(work, "record", "started", "GRCM-2002-10/22", "--on", "2003-02-01", "--note", "en curso")
    ran = run_grcm("log", "GRCM-2002-10/22", "--as-of", "2004-01-01", "--format", "json", cwd=work)
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)["events"]
    assert [(e["date"], e["event"], e["due"], e["by"], e["progress"]) for e in found] == [
        ("2002-10-31", "adopted", "next CRM", None, None),
        ("2003-02-01", "reported", None, None, "started"),
        ("2003-05-30", "extended", "2003-12-31", "CRM-2003-05/1", None),
    ]
    assert [e["recorded_by"] for e in found] == ["Ana Example", None, "Ana Example"]
    second = git(work, "rev-parse", "HEAD").strip()
    assert [e["commit"] for e in found] == [
        git(work, "rev-parse", "HEAD~1").strip()[:10], None, second[:10],
    ]  # fmt: skip
    early = run_grcm(
        "log", "GRCM-2002-10/22", "--as-of", "2003-05-29", "--format", "plain", cwd=work
    )
    assert [line.split("\t")[1] for line in early.out.splitlines()] == ["adopted", "reported"]


def test_a_meeting_is_no_mandate(work: Path) -> None:
    ran = grcm(work, "log", "GRCM-2002-10")
    assert (ran.code, ran.err) == (
        2, "grcm: GRCM-2002-10 is a meeting, and no mandate; add the conclusion's number, as in "
        "GRCM-2002-10/8\n",
    )  # fmt: skip


def test_without_git_the_log_is_whole_and_says_what_is_not_known(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    ran = grcm(tmp_path, "log", "GRCM-2002-10/22")
    assert ran.code == 0
    assert ran.err == ("No history of edits: the data folder is not in git\n")
    assert "adopted" in ran.out
    nothing = grcm(tmp_path, "diff", "HEAD")
    assert (nothing.code, nothing.err) == (
        2, "grcm: the data folder is not in git\n",
    )  # fmt: skip


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
    assert "Ana Example" in grcm(work, "log", "GRCM-2002-10/22", PATH=path).out
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


# --- P9 and P14: nothing that a repository configures is run -----------------------------------


def test_no_hook_pager_monitor_or_converter_of_the_repository_is_run(work: Path) -> None:
    trap = work / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {work}/sprung\ncat\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "pager.diff", "pager.blame", "diff.external",
                "diff.x.textconv", "filter.x.smudge", "filter.x.clean", "core.sshCommand",
                "core.editor", "credential.helper", "core.askPass"):  # fmt: skip
        git(work, "config", key, str(trap))
    git(work, "config", "core.hooksPath", str(work / "hooks"))
    (work / "hooks").mkdir()
    for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-commit"):
        shutil.copy(trap, work / "hooks" / name)
    (work / ".gitattributes").write_text("*.yaml diff=x\n")
    (work / ".git/info/attributes").write_text("*.yaml diff=x\n")
    edit(work, "due: 2003-01-15", "due: 2003-02-15")
    more = {"GIT_PAGER": str(trap), "GIT_EXTERNAL_DIFF": str(trap), "PAGER": str(trap)}
    assert grcm(work, "diff", "HEAD", **more).code == 0
    assert grcm(work, "log", "GRCM-2002-10/8", **more).code == 0
    assert not (work / "sprung").exists()


def test_names_of_people_are_data(work: Path) -> None:
    git(work, "-c", "user.name=\x1b[31mEve <b>", "commit", "-q", "--amend", "--reset-author",
        "--no-edit")  # fmt: skip
    ran = grcm(work, "log", "GRCM-2002-10/22")
    assert "\x1b" not in ran.out
    assert "Eve" in ran.out


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
    ran = subprocess.run(
        ["git", "-C", str(work), "rev-parse", "HEAD"], capture_output=True, check=True, timeout=60,
        env=environment(),
    )  # fmt: skip
    assert ran.stdout
    assert grcm(work, "diff", "HEAD", GIT_DIR=str(other / ".git")).code == 0


# --- what a repository, a clone or a file does not tell ------------------------------------------


def test_a_filter_of_the_repository_is_not_run(work: Path) -> None:
    mark = work / "ran"
    git(work, "config", "filter.x.clean", f"touch {mark}; cat")
    git(work, "config", "filter.x.smudge", f"touch {mark}; cat")
    (work / ".gitattributes").write_text("*.yaml filter=x\n")
    ran = grcm(work, "log", "GRCM-2002-10/8", "--format", "plain")
    assert (ran.code, "Ana Example" in ran.out, mark.exists()) == (0, True, False)
    assert grcm(work, "diff", "HEAD").code == 0
    assert not mark.exists()


def test_lines_that_are_in_no_commit_have_no_author(work: Path) -> None:
    edit(work, "        due: 2003-01-15", "        # a new line above\n        due: 2003-01-16")
    table = grcm(work, "log", "GRCM-2002-10/8", "--format", "json").out
    events = json.loads(table)["events"]
    assert [event["recorded_by"] for event in events] == [None, "Ana Example"]


def test_who_ended_or_moved_it_is_who_wrote_that_line(work: Path) -> None:
    path = work / "data/meetings/CRM-2003-05.yaml"
    text = path.read_text(encoding="utf-8") + "conclusions:\n  - number: 1\n    text: Cerrar.\n"
    path.write_text(text, encoding="utf-8")
    commit(work, "text")
    path.write_text(text + "    closes: GRCM-2002-10/9\n", encoding="utf-8")
    git(work, "add", "-A")
    git(work, "-c", "user.name=Bob Example", "commit", "-q", "-m", "closes")
    ran = run_grcm("--as-of", "2003-07-01", "log", "GRCM-2002-10/9", "--format", "json", cwd=work)
    told = {e["event"]: e["recorded_by"] for e in json.loads(ran.out)["events"]}
    assert told == {"adopted": "Ana Example", "closed": "Bob Example"}


def test_a_shallow_clone_says_that_it_does_not_know(work: Path, tmp_path: Path) -> None:
    (work / "README").write_text("x")
    commit(work, "unrelated")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{work}", str(clone))
    ran = grcm(clone, "log", "GRCM-2002-10/8", "--format", "json")
    assert {event["recorded_by"] for event in json.loads(ran.out)["events"]} == {None}
    assert ran.err == f"Who recorded what is older than the clone is not known; {SHALLOW}\n"
    assert "git fetch --unshallow" in SHALLOW


def test_a_partial_clone_is_no_bug(work: Path, tmp_path: Path) -> None:
    edit(work, "due: 2003-01-15", "due: 2003-02-15")
    commit(work, "moved")
    git(work, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{work}", str(clone))
    ran = grcm(clone, "diff", "HEAD~1")
    assert (ran.code, ran.err) == (
        2, "grcm: this clone does not have all files of that revision; fetch it whole\n",
    )  # fmt: skip


def test_what_a_file_with_an_error_said_is_neither_gone_nor_new(work: Path) -> None:
    path = work / "data/meetings/CRM-2003-05.yaml"
    more = "conclusions:\n  - {number: 1, text: x, action: y, closes: GRCM-2002-10/9}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    commit(work, "closes")
    path.write_text("id: [\n", encoding="utf-8")
    ran = grcm(work, "diff", "HEAD", "--format", "plain")
    assert ran.code == 1
    assert [line[:2] for line in ran.out.splitlines()] == ["?\t"]
    assert "data/meetings/CRM-2003-05.yaml:" in ran.err
    commit(work, "broken")
    git(work, "checkout", "-q", "HEAD~1", "--", "data")
    [line] = grcm(work, "diff", "HEAD", "--format", "plain").out.splitlines()
    assert line.startswith("?\t")


LATER = """\
  - number: 2
    text: x
    extends: {mandate: GRCM-2002-10/8#1, due: 2003-12-31}
"""


def test_a_deadline_that_is_moved_is_not_rewritten(work: Path) -> None:
    path = work / "data/meetings/CRM-2003-05.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "conclusions:\n" + LATER, encoding="utf-8")
    lines = grcm(work, "diff", "HEAD", "--format", "plain").out.splitlines()
    assert [line.split("\t")[0] for line in lines if "8#1" in line.split("\t")[1]] == ["moved"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("due: 2003-01-15", "due: 2003-01-30",
                     [("rewritten", "8#1", None, "first due")],
                     id="a deadline that a later meeting had moved"),
        pytest.param("end: 2002-10-31", "end: 2002-11-15",
                     [("meeting", "", "2002-10-29 – 2002-10-31", "2002-10-29 – 2002-11-15"),
                      ("moved", "25", "2003-10-31 (every year)", "2003-11-15 (every year)")],
                     id="every occurrence moves with the meeting's end"),
    ],
)  # fmt: skip
def test_what_changes_behind_the_deadline_in_force(
    work: Path, old: str, new: str, expected: list[tuple[str | None, ...]]
) -> None:
    path = work / "data/meetings/CRM-2003-05.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "conclusions:\n" + LATER, encoding="utf-8")
    meeting = work / "data/meetings/GRCM-2002-10.yaml"
    recurring = "\n  - {number: 25, text: x, responsible: CRI, due: every year}\n"
    meeting.write_text(meeting.read_text(encoding="utf-8") + recurring, encoding="utf-8")
    commit(work, "before")
    edit(work, old, new)
    found = json.loads(grcm(work, "diff", "HEAD", "--format", "json").out)["changes"]
    assert [
        (c["change"], c["ref"].partition("/")[2], c["before"], c["after"]) for c in found
    ] == expected


def test_a_new_duty_s_end_and_reports_are_told_too(work: Path) -> None:
    path = work / "data/meetings/CRM-2003-05.yaml"
    text = path.read_text(encoding="utf-8")
    added = "conclusions:\n  - {number: 1, text: x, responsible: CRI, due: 2003-09-01}\n"
    path.write_text(text + added, encoding="utf-8")
    later = text.replace("CRM-2003-05", "CRM-2003-11").replace("2003-05-", "2003-11-")
    closing = "conclusions:\n  - {number: 1, text: x, closes: CRM-2003-05/1}\n"
    (work / "data/meetings/CRM-2003-11.yaml").write_text(later + closing, encoding="utf-8")
    (work / "data/progress/CRI.yaml").write_text(
        "- {mandate: CRM-2003-05/1, date: 2003-06-01, progress: done}\n", encoding="utf-8"
    )
    found = json.loads(grcm(work, "diff", "HEAD", "--format", "json").out)["changes"]
    assert [c["change"] for c in found if c["ref"] == "CRM-2003-05/1"] == [
        "new", "ended", "reported",
    ]  # fmt: skip


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
    pairs = list(reader._same_lines(before, after))
    assert found == searched
    assert all(before[old] == after[new] for old, new in pairs)
    wanted = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    assert len(pairs) == sum(block.size for block in wanted)


def test_a_program_for_signatures_is_not_run(work: Path) -> None:
    trap = work / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {work}/sprung\n")
    trap.chmod(0o755)
    for key, value in {"gpg.program": str(trap), "log.showSignature": "true", "log.follow": "true",
                       "log.showRoot": "false", "log.diffMerges": "separate"}.items():  # fmt: skip
        git(work, "config", key, value)
    report = "- mandate: GRCM-2002-10/8#1\n  date: 2003-01-01\n  progress: started\n"
    with (work / "data/progress/CRI.yaml").open("a", encoding="utf-8") as file:
        file.write(report)
    git(work, "add", "-A")
    git(work, "-c", "user.name=Bob Example", "commit", "-q", "-m", "a report")
    assert "Bob Example" in grcm(work, "log", "GRCM-2002-10/8#1").out
    assert not (work / "sprung").exists()
