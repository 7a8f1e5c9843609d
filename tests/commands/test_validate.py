"""`grcm validate`: which findings count, and when a comment that ignores one is without use."""

import subprocess
from pathlib import Path

import pytest

from ..conftest import Folder, run_grcm

# Each comment is for a finding that a rule with code would make on its line.
IGNORING = """\
- number: 1
  text: Texto
  action: Hacer
  responsible: ZZZ  # grcm: ignore[unknown-party]
  due: 2003-01-15
"""


def validate(folder: Folder, *arguments: str, cwd: Path | None = None) -> tuple[int, list[str]]:
    """Return the exit code of validate, and the file, the place and the rule of each finding."""
    ran = run_grcm(
        *("validate", *arguments, "--format", "concise", "--as-of", "2003-06-01"),
        *("--data", str(folder.path)),
        cwd=cwd or folder.path,
    )
    found = [line.partition("]: ")[0].replace("[", " ") for line in ran.out.splitlines()]
    return ran.code, found


# --- comments without use -------------------------------------------------------------------------


@pytest.fixture
def ignoring(folder: Folder) -> Folder:
    """Return a folder with a comment that is of use."""
    folder.meeting(IGNORING)
    assert validate(folder) == (0, [])
    return folder


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("register.yaml", "process: {", id="the register is no YAML"),
        pytest.param("register.yaml", b"\xff\xfe", id="the register is no text"),
        pytest.param("meetings/CO-1.yaml", "id: CO-1\nbody: [", id="a meeting is no YAML"),
        pytest.param("meetings/CO-1.yaml", "", id="a meeting is empty"),
        pytest.param("meetings/CO-1.yaml", "id: CO-1\nbody: CO\n", id="a meeting lacks a key"),
        pytest.param("progress/AAA.yaml", "- mandate: [\n", id="a report is no YAML"),
        pytest.param("progress/AAA.yaml", "- date: 2003-01-10\n", id="an entry lacks a key"),
    ],
)
def test_what_stops_the_rules_makes_no_comment_unused(
    name: str, content: str | bytes, ignoring: Folder
) -> None:
    ignoring.meeting(IGNORING.replace("ZZZ", "AAA"))  # the comment would have no use
    assert validate(ignoring) == (0, ["meetings/WG-2002-10.yaml:10:21: warning unused-ignore"])
    ignoring.write(name, content)
    code, found = validate(ignoring)
    assert code == 1
    assert not [line for line in found if "unused-ignore" in line]


def test_an_error_in_the_comment_s_own_file_makes_none_unused(folder: Folder) -> None:
    text = "- {number: 1, text: Texto}\n- number: 2  # grcm: ignore[cut-text]\n  text: Dos\n"
    folder.meeting(text)
    assert validate(folder)[1] == ["meetings/WG-2002-10.yaml:8:14: warning unused-ignore"]
    folder.meeting(text + "- [\n")
    assert [line.split()[-1] for line in validate(folder)[1]] == ["syntax"]


def test_a_file_that_cannot_be_opened_makes_none_unused(folder: Folder) -> None:
    folder.meeting(IGNORING.replace("ZZZ", "AAA"))
    (folder.path / "meetings/CO-1.yaml").mkdir()
    assert validate(folder) == (1, ["meetings/CO-1.yaml:1:1: error missing-file"])


def test_the_comments_of_the_reader_s_own_rules_need_their_own_file_alone(folder: Folder) -> None:
    folder.meeting(
        "- {number: 1, text: Texto}\n- number: 2  # grcm: ignore[cut-text]\n  text: Dos\n"
    )
    folder.write("meetings/CO-1.yaml", "id: CO-1\nbody: [")
    rules = [line.split()[-1] for line in validate(folder)[1]]
    assert rules == ["syntax", "unused-ignore"]


@pytest.mark.parametrize(
    ("options", "unused"),
    [
        ((), ["unused-ignore"]),
        (("--ignore", "number-gap"), ["unused-ignore"]),
        (("--ignore", "unknown-party"), []),
        (("--select", "unused-ignore"), []),
        (("--select", "unused-ignore", "--select", "unknown-party"), ["unused-ignore"]),
    ],
)
def test_a_comment_is_unused_only_if_its_rule_ran(
    options: tuple[str, ...], unused: list[str], folder: Folder
) -> None:
    folder.meeting(IGNORING.replace("ZZZ", "AAA"))
    assert [line.split()[-1] for line in validate(folder, *options)[1]] == unused


def test_a_comment_for_a_rule_that_must_be_selected_is_not_unused_without_it(
    folder: Folder,
) -> None:
    folder.meeting("- number: 1  # grcm: ignore[missing-translation]\n  text: Texto\n")
    assert validate(folder) == (0, [])


def test_a_comment_that_names_no_rule_is_unused(folder: Folder) -> None:
    folder.meeting("- number: 1  # grcm: ignore[no-such-rule]\n  text: Texto\n")
    assert [line.split()[-1] for line in validate(folder)[1]] == ["unused-ignore"]


# --- findings in the files that are named, and those that they cause ------------------------------


def linked(folder: Folder) -> None:
    """Write two meetings, of which the newer refers to the older, and a report."""
    folder.meeting("- {number: 1, text: Texto, action: Hacer, responsible: AAA, due: 2003-01-15}\n")
    folder.meeting(
        "- {number: 1, text: Texto, follows: WG-2002-10/1}\n",
        id="WG-2003-02",
        start="2003-02-01",
        end="2003-02-02",
    )
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n")
    assert validate(folder) == (0, [])


def edit(folder: Folder, name: str, old: str, new: str) -> None:
    text = (folder.path / name).read_text("utf-8")
    assert old in text
    folder.write(name, text.replace(old, new))


def test_what_a_named_register_breaks_elsewhere_is_shown_and_counts(folder: Folder) -> None:
    linked(folder)
    edit(
        folder,
        "register.yaml",
        "  AAA: {name: {es: Ámbar, en: Amber}, aliases: [A. A., Amb]}\n",
        "",
    )
    code, found = validate(folder, "register.yaml")
    assert code == 1
    assert found == [
        "meetings/WG-2002-10.yaml:5:16: error unknown-party",
        "meetings/WG-2002-10.yaml:7:56: error unknown-party",
        "meetings/WG-2003-02.yaml:5:16: error unknown-party",
        "progress/AAA.yaml:1:1: error unknown-party",
        "register.yaml:12:22: error unknown-party",
    ]


def test_what_a_named_meeting_breaks_elsewhere_is_shown_and_counts(folder: Folder) -> None:
    linked(folder)
    edit(folder, "meetings/WG-2002-10.yaml", "number: 1", "number: 2")
    expected = [
        "meetings/WG-2003-02.yaml:7:37: error dangling-reference",
        "progress/AAA.yaml:1:13: error dangling-reference",
    ]
    assert validate(folder, "meetings/WG-2002-10.yaml") == (1, expected)
    assert validate(folder, "progress") == (1, expected[1:])
    assert validate(folder, "meetings/WG-2003-02.yaml") == (1, expected[:1])


def test_what_has_nothing_to_do_with_a_named_file_is_not_shown(folder: Folder) -> None:
    linked(folder)
    folder.mandate("responsible: ZZZ", id="CO-1", body="CO")
    assert validate(folder, "meetings/WG-2002-10.yaml", "progress/AAA.yaml") == (0, [])
    assert validate(folder, "meetings/CO-1.yaml")[0] == 1


def test_fix_writes_the_named_files_alone(folder: Folder) -> None:
    linked(folder)
    edit(folder, "meetings/WG-2002-10.yaml", "responsible: AAA", "responsible: aaa")
    assert validate(folder, "--fix", "register.yaml")[0] == 1
    assert "responsible: aaa" in (folder.path / "meetings/WG-2002-10.yaml").read_text("utf-8")


IN_WORDS = """\
id: WG-2002-10
body: WG
start: 29/10/2002   # martes
end: '31 de octubre de 2002'
participants: AAA, BBB
conclusions:
  - {number: 1, text: Uno, responsible: aaa, due: "cada tres meses", until: fines de 2004}
  - number: 2
    text: Dos
    responsible: todos los países
    due: 03/04/2003   # ¿abril?
    kind: exhortación
"""
IN_THE_NOTATION = """\
id: WG-2002-10
body: WG
start: 2002-10-29   # martes
end: 2002-10-31
participants: [AAA, BBB]
conclusions:
  - {number: 1, text: Uno, responsible: AAA, due: every 3 months, until: 2004}
  - number: 2
    text: Dos
    responsible: {each: members}
    due: 03/04/2003   # ¿abril?
    kind: encouragement
"""


def test_fix_writes_what_has_one_reading_and_tells_what_has_two(folder: Folder) -> None:
    folder.write("meetings/WG-2002-10.yaml", IN_WORDS)
    before, after = "Findings that grcm validate --fix would put right: 8.\n", "put right"
    assert before in run_grcm("validate", cwd=folder.path).err
    assert after not in run_grcm("validate", "register.yaml", cwd=folder.path).err
    assert validate(folder, "--fix") == (1, ["meetings/WG-2002-10.yaml:11:10: error wrong-due"])
    assert (folder.path / "meetings/WG-2002-10.yaml").read_text("utf-8") == IN_THE_NOTATION
    ran = run_grcm("validate", cwd=folder.path)
    told = ran.out
    assert after not in ran.err
    assert "it has two readings: write 2003-04-03 or 2003-03-04" in told


def test_a_second_mandate_tells_which_references_need_a_number_and_fix_writes_it(
    folder: Folder,
) -> None:
    duty = "responsible: {each: [AAA, BBB]}, due: next WG"
    folder.mandate(duty)
    folder.meeting(
        "- {number: 1, text: T, extends: {mandate: 'WG-2002-10/1', due: 2003}}\n"
        "- {number: 2, text: T, responsible: BBB, after: [WG-2002-10/1]}\n",
        id="WG-2002-12", start="2002-12-01", end="2002-12-01",
    )  # fmt: skip
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2002-12-01, progress: started}\n")
    assert validate(folder)[0] == 0
    folder.meeting(
        f"- number: 1\n  text: Texto\n  mandates:\n  - {{action: Uno, {duty}}}\n"
        "  - {action: Dos, responsible: {each: members}}\n"
    )
    rule = "error ambiguous-reference"
    assert validate(folder) == (1, [
        f"meetings/WG-2002-12.yaml:7:43: {rule}",
        f"meetings/WG-2002-12.yaml:8:50: {rule}",
        f"progress/AAA.yaml:1:13: {rule}",
    ])  # fmt: skip
    told = run_grcm("validate", cwd=folder.path).out
    assert told.count("write WG-2002-10/1#1, which it meant while there was no other") == 3
    assert validate(folder, "--fix") == (0, [])
    later = (folder.path / "meetings/WG-2002-12.yaml").read_text()
    assert "{mandate: 'WG-2002-10/1#1', due: 2003}" in later
    assert "after: [WG-2002-10/1#1]" in later
    assert "{mandate: WG-2002-10/1#1, date" in (folder.path / "progress/AAA.yaml").read_text()


def test_stdin_shows_what_is_wrong_in_the_file_that_an_editor_has_open(folder: Folder) -> None:
    linked(folder)
    ran = run_grcm(
        *("validate", "-", "--stdin-filename", "register.yaml", "--format", "concise"),
        cwd=folder.path,
        stdin="process: {code: EX}\nmembers: {BBB: {name: B}}\nbodies: {wg: {name: W}}\n",
    )
    lines = ran.out.splitlines()
    assert ran.code == 1
    assert lines
    assert {line.partition(":")[0] for line in lines} == {"register.yaml"}


# --- the changes as a patch -----------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("last", ["", None], ids=["no last line end", "a last line end"])
def test_git_applies_what_diff_shows(folder: Folder, end: str, last: str | None) -> None:
    rest = "".join(f"  # {number}\n" for number in range(9))
    folder.meeting(f"- number: 1\n  text: Texto\n{rest}  responsible: AAA\n  due: 15/01/2003\n")
    path = folder.path / "meetings/WG-2002-10.yaml"
    text = path.read_text().removesuffix("\n") + ("\n" if last is None else "")
    path.write_bytes(text.replace("\n", end).encode())
    subprocess.run(["git", "init", "-q"], cwd=folder.path, check=True)
    ran = run_grcm("validate", "--fix", "--diff", cwd=folder.path)
    patch = ran.out.encode()
    subprocess.run(["git", "apply", "-"], cwd=folder.path, input=patch, check=True)
    patched = path.read_bytes()
    path.write_bytes(text.replace("\n", end).encode())
    run_grcm("validate", "--fix", cwd=folder.path)
    assert patched == path.read_bytes()
    assert b"due: 2003-01-15" in patched
