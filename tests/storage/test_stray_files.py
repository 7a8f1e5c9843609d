"""Files beside the data that look like it: copies, backups, other endings."""

import json
from pathlib import Path

import pytest

from grcm_cli.language.text import set_language
from grcm_cli.storage.cache import FileCache
from grcm_cli.storage.loader import load
from grcm_cli.storage.stray_files import copied_stem

from ..conftest import Folder, run_grcm

ID = "WG-2002-10"
COPIES = [
    "Copia de {}",
    "Copy of {}",
    "Copia (2) de {}",
    "Copia de Copia de {}",
    "{} - copia",
    "{} - copia (2)",
    "{} - Copy",
    "{} copia",
    "{} copy 2",
    "{} (1)",
    "{}(2)",
    "{} (copia)",
    "{} (otra copia)",
    "{} (3rd copy)",
    "{} (conflicted copy 2026-04-01)",
    "{} (Ana's conflicted copy 2026-04-01)",
    "{} (copia en conflicto de Ana 2026-04-01)",
    "{} (copia conflictiva 2026-04-01 101500)",
    "{} (SFConflict ana@example.org 2026-04-01-10-15-00)",
    "{} (Case Conflict)",
    "{}.sync-conflict-20260401-101500-ABCDEFG",
    "{}_conflict-20260401-101500",
    "{}_DiskStation_Apr-01-1015-2026_Conflict",
    "{}.bak",
    "{}_BACKUP_1234",
    "{}_old",
    "{} (1) - copia",
    "{}.yaml",
    "{} 2",
    "{}[1]",
    "{} [1]",
    "{}~1",
    "{}.v2",
    "{} v2",
    "{} final",
    "Kopie von {}",
    "{} - Kopie",
    "Copia di {}",
]
BY_CONTENT = [
    *("{}-DESKTOP-4F2K", "{}-2", "{}_new", "nueva versión de {}", "WG-2002-11", "wg-2002-10"),
    *("A", "zz", "{} (final, revisado)", "acta"),
]
"""Names of copies that only the id in the file tells."""
NOT_READ = "this file is not read: its name does not end in .yaml"
NOTEPAD = f"rename it to {ID}.yaml; in Notepad, save it with the type “All files”"
BACKUP = f"if it belongs to the record, rename it to {ID}.yaml; else delete it"
OTHERS = {
    f"{ID}.yaml.txt": NOTEPAD,
    f"{ID}.YAML": f"rename it to {ID}.yaml",
    f"{ID}.Yaml": f"rename it to {ID}.yaml",
    f"{ID}.yml": f"rename it to {ID}.yaml",
    f"{ID}.YML": f"rename it to {ID}.yaml",
    f"{ID}": f"rename it to {ID}.yaml",
    f"{ID}.yaml~": BACKUP,
    f"{ID}.yaml.bak": BACKUP,
    f"{ID}.yaml.orig": BACKUP,
    f"{ID}.yaml.swp": BACKUP,
    f"#{ID}.yaml#": f"rename it to {ID}.yaml",
    f"{ID}.yaml ": f"rename it to {ID}.yaml",
    f"Copia de {ID}.yaml.txt": NOTEPAD,
    f"{ID} (1).yml": f"rename it to {ID}.yaml",
}
LOCKS = (f"~${ID}.yaml", f"~${ID}")
QUIET = (
    *(".DS_Store", ".gitkeep", "Thumbs.db", "desktop.ini", f"._{ID}.yaml", f".{ID}.yaml.swp"),
    *(f"{ID}.docx", f"{ID}.pdf", f"{ID}.txt", f"~${ID}.docx", "README", "README.md", "CODEOWNERS"),
)


@pytest.fixture
def base(folder: Folder) -> Folder:
    """Return a folder with a meeting and a report."""
    folder.mandate("action: Hacer, responsible: {each: [AAA, BBB]}, due: 2003-01-15", id=ID)
    folder.progress("AAA", f"- {{mandate: {ID}/1, date: 2003-01-10, progress: done}}\n")
    return folder


def lists(folder: Folder) -> list[object]:
    """Return what several lists hold."""
    found: list[object] = []
    for words in (
        *(["due", "--all"], ["tasks", "AAA", "--all"], ["meetings"], ["stats"], ["matrix"]),
        ["log", f"{ID}/1"],
    ):
        options = ("--as-of", "2003-06-01", "--data", str(folder.path), "--format", "json")
        document = json.loads(run_grcm(*words, *options).out)
        found.append({key: document[key] for key in document.keys() - {"complete", "problems"}})
    return found


# --- copies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_a_finding_and_no_second_meeting(name: str, base: Folder) -> None:
    before = base.register()
    data = (base.path / f"meetings/{ID}.yaml").read_bytes()
    path = f"meetings/{name.format(ID)}.yaml"
    base.write(path, data)
    loaded = base.load()
    assert [(f.at.path, f.severity, f.rule, f.message, f.hint) for f in loaded.findings] == [
        (
            path,
            "error",
            "copied-file",
            f"this is a copy of {ID}.yaml; it is not read",
            f"keep in {ID}.yaml what is right, and delete the copy",
        )
    ]
    assert loaded.register is not None
    assert loaded.register.meetings == before.meetings
    assert path not in loaded.files


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_a_party_s_file_is_a_finding_and_reports_nothing(name: str, base: Folder) -> None:
    before = base.register()
    path = f"progress/{name.format('AAA')}.yaml"
    base.write(path, (base.path / "progress/AAA.yaml").read_bytes())
    loaded = base.load()
    assert [(f.at.path, f.rule) for f in loaded.findings] == [(path, "copied-file")]
    assert loaded.register is not None
    assert loaded.register.entries == before.entries
    assert loaded.register.reporting_parties == before.reporting_parties
    (base.path / "progress/AAA.yaml").unlink()
    [finding] = base.load().findings
    assert (finding.rule, finding.hint) == ("copied-file", "rename it to AAA.yaml")


def test_no_list_counts_a_copy(base: Folder) -> None:
    before = lists(base)
    for folder, name in (("meetings", ID), ("progress", "AAA")):
        data = (base.path / f"{folder}/{name}.yaml").read_bytes()
        for copy in COPIES:
            base.write(f"{folder}/{copy.format(name)}.yaml", data)
    assert lists(base) == before
    ran = run_grcm("due", "--data", str(base.path), "--as-of", "2003-06-01")
    assert ran.code == 1
    assert f"Copia de {ID}.yaml:1:1: error[copied-file]: this is a copy of {ID}.yaml" in ran.err


def test_of_copies_without_an_original_one_is_read(base: Folder) -> None:
    file = base.path / f"meetings/{ID}.yaml"
    base.write(f"meetings/{ID} (1).yaml", file.read_bytes())
    base.write(f"meetings/{ID} (2).yaml", file.read_bytes())
    file.unlink()
    loaded = base.load()
    assert loaded.register is not None
    assert [meeting.id for meeting in loaded.register.meetings] == [ID]
    [finding] = loaded.findings
    assert (finding.at.path, finding.rule) == (f"meetings/{ID} (2).yaml", "copied-file")
    ran = run_grcm("validate", "--format", "concise", cwd=base.path)
    assert f"the id {ID} is not the file's name (rename the file to {ID}.yaml)" in ran.out


@pytest.mark.parametrize("content", ["id: [", "", "\0", "id: 7 / 8\n"])
def test_a_copy_that_cannot_be_read_is_a_copy(content: str, base: Folder) -> None:
    base.write(f"meetings/{ID} - copia.yaml", content)
    assert [f.rule for f in base.load().findings] == ["copied-file"]


def test_a_copy_that_became_another_meeting_is_read(base: Folder) -> None:
    text = (base.path / f"meetings/{ID}.yaml").read_text("utf-8")
    base.write(f"meetings/{ID} - copia.yaml", text.replace(ID, "WG-2002-11"))
    loaded = base.load()
    assert loaded.register is not None
    assert {meeting.id for meeting in loaded.register.meetings} == {ID, "WG-2002-11"}


def test_an_id_may_look_like_a_copy_s(base: Folder) -> None:
    base.mandate("action: Otro, responsible: AAA", id=f"{ID}-old", start="2002-10-30")
    assert base.load().findings == []
    for name in (ID, "GRCM-2002-10", "CT-2026-04", "Copiapo-1", "Conflict-2020", "A", "12-b"):
        assert copied_stem(name) is None


@pytest.mark.parametrize("name", BY_CONTENT)
def test_what_has_the_id_of_another_file_is_a_copy_whatever_its_name(
    name: str, base: Folder
) -> None:
    before, listed = base.register(), lists(base)
    path = f"meetings/{name.format(ID)}.yaml"
    base.write(path, (base.path / f"meetings/{ID}.yaml").read_bytes())
    loaded = base.load()
    [finding] = loaded.findings
    assert (finding.at.path, finding.severity, finding.rule) == (path, "error", "copied-file")
    assert finding.message == f"this is a copy of {ID}.yaml; it is not read"
    assert finding.hint == (
        f"keep in {ID}.yaml what is right, and delete this file; a meeting of its own needs "
        "its own id and file name"
    )
    assert loaded.register is not None
    assert loaded.register.meetings == before.meetings
    assert path not in loaded.files
    assert lists(base) == listed


def test_a_link_to_another_meeting_is_a_copy(base: Folder) -> None:
    before = lists(base)
    (base.path / "meetings/WG-2003-06.yaml").symlink_to(f"{ID}.yaml")
    assert [finding.rule for finding in base.load().findings] == ["copied-file"]
    assert lists(base) == before


def test_nothing_else_in_a_copy_is_a_finding(base: Folder) -> None:
    base.write(f"meetings/{ID}-2.yaml", f"id: {ID}\nbody: WG\nfin: x  # grcm: ignore[wrong-key]\n")
    assert [finding.rule for finding in base.load().findings] == ["copied-file"]


def test_copies_are_found_with_and_without_the_cache(
    base: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grcm_cli.storage.cache._SETTLED_AFTER", 0)
    for name in ("WG-2002-11", f"{ID}-DESKTOP-4F2K", f"{ID} 2"):
        base.write(f"meetings/{name}.yaml", (base.path / f"meetings/{ID}.yaml").read_bytes())
    plain = base.load()
    assert [finding.rule for finding in plain.findings] == ["copied-file"] * 3
    for run in range(3):
        cache = FileCache(base.path, tmp_path / "cache")
        loaded = load(base.path, base.path, read=cache.read)
        cache.write(is_sound=True)
        assert cache.is_sound() == (run > 0)
        assert (loaded.findings, loaded.files) == (plain.findings, plain.files)
        assert loaded.register is not None
        assert [meeting.id for meeting in loaded.register.meetings] == [ID]


def test_no_advice_renames_to_a_file_that_is_there(base: Folder) -> None:
    text = (base.path / f"meetings/{ID}.yaml").read_text("utf-8")
    base.write("meetings/WG-2002-11.yaml", text)
    base.write(f"meetings/{ID}.yaml", text.replace(f"id: {ID}", "id: WG-2002-11"))
    ran = run_grcm("validate", "--format", "concise", cwd=base.path)
    assert ran.out.count("error[id-not-file-name]") == 2
    assert "rename" not in ran.out
    base.write(f"meetings/{ID}.yaml", "id: [")
    ran = run_grcm("validate", "--format", "concise", cwd=base.path)
    assert "rename" not in ran.out


def test_a_copy_that_was_given_an_id_says_the_same_twice(base: Folder) -> None:
    text = (base.path / f"meetings/{ID}.yaml").read_text("utf-8")
    other = f"{ID}-DESKTOP-4F2K"
    base.write(f"meetings/{other}.yaml", text.replace(f"id: {ID}", f"id: {other}"))
    ran = run_grcm("validate", "--format", "concise", cwd=base.path)
    assert f"meetings/{other}.yaml:1:5: warning[repeated-meeting]" in ran.out
    assert f"if it is a copy of {ID}, delete it" in ran.out
    assert ran.out.count("repeated-meeting") == 1


# --- files of parties, and beside the register --------------------------------------------------

PARTY_COPIES = ("AAA 2", "AAA-DESKTOP-4F2K", "aaa", "Ámbar", "amber", "ambar-2", "AAA_ana", "Amb")


@pytest.mark.parametrize("name", PARTY_COPIES)
def test_what_is_called_after_a_party_is_a_copy_of_its_file(name: str, base: Folder) -> None:
    before = base.register()
    path = f"progress/{name}.yaml"
    base.write(path, (base.path / "progress/AAA.yaml").read_bytes())
    loaded = base.load()
    [finding] = loaded.findings
    assert (finding.at.path, finding.rule) == (path, "copied-file")
    assert finding.hint == "keep in AAA.yaml what is right, and delete the copy"
    assert loaded.register is not None
    assert loaded.register.entries == before.entries
    assert loaded.register.reporting_parties == before.reporting_parties


@pytest.mark.parametrize("name", PARTY_COPIES)
def test_it_is_to_be_renamed_where_the_party_has_no_file(name: str, base: Folder) -> None:
    (base.path / "progress/AAA.yaml").rename(base.path / f"progress/{name}.yaml")
    ran = run_grcm("validate", "--format", "concise", cwd=base.path)
    assert ran.code == 1
    assert "rename it to AAA.yaml" in ran.out
    assert "add the party" not in ran.out


@pytest.mark.parametrize("name", ["xyz", "Costa Rica", "informe de avance", "x"])
def test_no_advice_adds_a_party_with_an_illegal_code(name: str, base: Folder) -> None:
    base.write(f"progress/{name}.yaml", "[]\n")
    ran = run_grcm("validate", "--format", "concise", cwd=base.path)
    assert "call it after the party's code, as MEX.yaml" in ran.out
    assert "add the party" not in ran.out


@pytest.mark.parametrize("name", ["register-DESKTOP", "register 2", "register_ana", "Register-2"])
def test_a_sync_program_s_register_is_a_copy(name: str, base: Folder) -> None:
    base.write(f"{name}.yaml", (base.path / "register.yaml").read_bytes())
    [finding] = base.load().findings
    assert (finding.at.path, finding.rule) == (f"{name}.yaml", "copied-file")
    assert finding.hint == "keep in register.yaml what is right, and delete the copy"


NEW = "WG-2003-02"
MISPLACED = {
    f"{NEW}.yaml": ("id: X\n", f"if it belongs to the record, move it to meetings/{NEW}.yaml"),
    f"{NEW}.yml": ("id: X\n", f"if it belongs to the record, move it to meetings/{NEW}.yaml"),
    f"{ID}.yaml": (
        f"id: {ID}\n",
        f"meetings/{ID}.yaml is read: put into it what it lacks, and delete this file",
    ),
    "BBB.yaml": ("[]\n", "if it belongs to the record, move it to progress/BBB.yaml"),
    "AAA.yaml": (
        "[]\n",
        "progress/AAA.yaml is read: put into it what it lacks, and delete this file",
    ),
    "acta de mayo.yaml": (
        "conclusions: []\n",
        "a meeting's file belongs in meetings/, a party's reports in progress/",
    ),
    "notas.yaml": (
        "x: 1\n",
        "a meeting's file belongs in meetings/, a party's reports in progress/",
    ),
}


@pytest.mark.parametrize("name", MISPLACED)
def test_data_beside_the_register_is_named(name: str, base: Folder) -> None:
    content, hint = MISPLACED[name]
    base.write(name, content)
    for elsewhere in (f"sources/{name}", f"templates/{name}", ".hidden.yaml", "mkdocs.yml"):
        base.write(elsewhere, "site: x\n")
    [finding] = base.load().findings
    assert (finding.at.path, finding.severity, finding.rule) == (name, "warning", "ignored-file")
    assert finding.message == "this file is not read: only register.yaml stands here"
    assert finding.hint == hint


@pytest.mark.parametrize("below", ["meetings", "progress"])
def test_json_among_the_data_is_named(below: str, base: Folder) -> None:
    base.write(f"{below}/WG-2003-05.JSON", "{}")
    [finding] = base.load().findings
    assert (finding.rule, finding.message) == ("ignored-file", NOT_READ)
    assert finding.hint == (
        "if it belongs to the record, write it as WG-2003-05.yaml; else move it elsewhere"
    )


# --- other names ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "hint"), OTHERS.items())
def test_a_file_with_another_ending_is_named_with_what_to_do(
    name: str, hint: str, folder: Folder
) -> None:
    folder.write(f"meetings/{name}", "id: X\n")
    [finding] = folder.findings()
    assert (finding.at.path, finding.rule) == (f"meetings/{name}", "ignored-file")
    assert (finding.message, finding.hint) == (NOT_READ, hint)
    folder.mandate("action: Hacer, responsible: AAA", id=ID)
    [finding] = folder.findings()
    expected = f"{ID}.yaml is read: put into it what it lacks, and delete this file"
    assert finding.hint == expected


@pytest.mark.parametrize("name", ["AAA.yaml.txt", "AAA.YAML", "AAA.yml", "AAA", "AAA.yaml~"])
def test_so_is_one_of_a_party(name: str, folder: Folder) -> None:
    folder.write(f"progress/{name}", "[]\n")
    [finding] = folder.findings()
    assert (finding.message, "AAA.yaml" in finding.hint) == (NOT_READ, True)


@pytest.mark.parametrize(
    "name",
    [
        "register.yaml.txt",
        "register.YAML",
        "register.yml",
        "register",
        "register.yaml~",
        "Register.yaml.bak",
    ],
)
def test_so_is_one_beside_the_register(name: str, folder: Folder) -> None:
    folder.write(name, "process: {code: X}\n")
    [finding] = folder.findings()
    expected = "register.yaml is read: put into it what it lacks, and delete this file"
    assert (finding.message, finding.hint) == (NOT_READ, expected)


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_the_register_is_one(name: str, folder: Folder) -> None:
    folder.write(f"{name.format('register')}.yaml", "process: {code: X}\n")
    assert [finding.rule for finding in folder.findings()] == ["copied-file"]


def test_a_register_that_has_another_name_alone_is_named(folder: Folder) -> None:
    (folder.path / "register.yaml").rename(folder.path / "register.yaml.txt")
    ran = run_grcm("due", cwd=folder.path)
    assert ran.code == 2
    assert ran.err.endswith("; there is register.yaml.txt: rename it to register.yaml\n")
    ran = run_grcm("due", "--data", str(folder.path))
    assert ran.err.endswith("/register.yaml.txt: rename it to register.yaml\n")


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_of_an_office_program_is_named(name: str, base: Folder) -> None:
    base.write(f"meetings/{name}", b"\x05Ana")
    [finding] = base.load().findings
    assert finding.rule == "ignored-file"
    assert finding.message == (
        f"this file is not read: a program made it while it had {ID}.yaml open"
    )


@pytest.mark.parametrize("name", QUIET)
def test_what_is_no_data_makes_no_noise(name: str, base: Folder) -> None:
    for folder in ("meetings/", "progress/", ""):
        base.write(f"{folder}{name}", "x")
    assert base.load().findings == []


@pytest.mark.parametrize("name", ["CT abril 2026.yaml.txt", "reunión.yml"])
def test_no_advice_leads_to_a_name_that_is_no_id(name: str, folder: Folder) -> None:
    folder.write(f"meetings/{name}", "id: X\n")
    [finding] = folder.findings()
    assert finding.hint == "call it after the meeting's id, as GRCM-2002-10.yaml"
    folder.write(f"progress/{name}", "[]\n")
    assert "call it after the party's code, as MEX.yaml" in {
        finding.hint for finding in folder.findings()
    }


def test_a_folder_in_capitals_is_named(base: Folder) -> None:
    (base.path / "meetings").rename(base.path / "Meetings")
    findings = [f for f in base.load().findings if f.rule == "ignored-file"]
    assert [(f.at.path, f.hint) for f in findings] == [("Meetings", "call it meetings")]


def test_it_is_said_in_spanish(folder: Folder) -> None:
    folder.write(f"meetings/{ID}.yaml.txt", "id: X\n")
    set_language("es")
    [finding] = folder.findings()
    assert finding.hint == (
        f"cambie su nombre a {ID}.yaml; en el Bloc de notas, guárdelo con el tipo "
        "«Todos los archivos»"
    )
