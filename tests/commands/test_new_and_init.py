"""`new` and `init`: files that are right from the first day, and nothing written over."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from grcm_cli.language.text import LANGUAGES

from ..conftest import Folder, Ran, environment, run_grcm


def grcm(where: Path, *arguments: str, lang: str = "en") -> Ran:
    return run_grcm("--lang", lang, *arguments, cwd=where)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    assert (
        grcm(tmp_path, "init", "--code", "EX", "--name", "Ejemplo: uno", "--body", "WG").code == 0
    )
    return tmp_path


@pytest.fixture
def met(work: Path) -> None:
    """Give the folder its first meeting."""
    assert grcm(work, "new", "--start", "2001-05-29").code == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_folder_from_nothing_passes_the_strictest_check(tmp_path: Path, lang: str) -> None:
    assert grcm(tmp_path, "init", "--code", "ex", lang=lang).code == 0
    assert grcm(tmp_path, "new", "--start", "2003-05-29", lang=lang).code == 0
    checked = grcm(tmp_path, "validate", "--strict")
    assert (checked.code, checked.out, checked.err) == (0, "", "No problems; 2 files read.\n")
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()) == [
        ".gitattributes",
        "data/.schemas/meeting.schema.json",
        "data/.schemas/progress.schema.json",
        "data/.schemas/register.schema.json",
        "data/meetings/.gitkeep",
        "data/meetings/EX-2003-05.yaml",
        "data/progress/.gitkeep",
        "data/register.yaml",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_in_the_comments_are_right_once_the_signs_are_gone(
    tmp_path: Path, lang: str
) -> None:
    grcm(tmp_path, "init", "--code", "CRM", "--body", "GRCM", lang=lang)
    grcm(tmp_path, "new", "--start", "2002-10-29", "--end", "2002-10-31", lang=lang)
    for path in (tmp_path / "data/register.yaml", tmp_path / "data/meetings/GRCM-2002-10.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        heads = (
            "# members:",
            "# offices:",
            "# organizations:",
            "# participants:",
            "# conclusions:",
        )
        inside = False
        for place, line in enumerate(lines):
            inside = line.startswith(heads) or (inside and line.startswith("#  "))
            if inside:
                lines[place] = line.removeprefix("# ").replace("[AAA, BBB]", "[CRI, MEX]")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    checked = grcm(tmp_path, "validate", "--strict")
    assert (checked.code, checked.out) == (0, "")
    assert "each of 2" in grcm(tmp_path, "due", "--as-of", "2002-11-01").out


def test_git_is_told_to_join_reports(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    ran = grcm(tmp_path, "init", "--code", "EX")
    assert ".gitattributes: git joins the reports of two branches by itself\n" in ran.out
    path = tmp_path / ".gitattributes"
    assert path.read_text() == "data/progress/*.yaml merge=union\n"
    path.write_bytes(b"*.png binary\r\ndata/progress/*.yaml -merge")
    (tmp_path / "data/register.yaml").unlink()
    assert grcm(tmp_path, "init", "--code", "EX").code == 0
    assert path.read_bytes() == b"*.png binary\r\ndata/progress/*.yaml -merge"


SCHEMA = Path("data/.schemas/meeting.schema.json")


@pytest.mark.parametrize("old", ["", "{}", '{"title": "meetings/*.yaml"}', '{"title": '])
@pytest.mark.usefixtures("met")
def test_an_outdated_schema_is_named_and_renewed_and_the_rest_is_not_touched(
    work: Path, old: str
) -> None:
    right = (work / SCHEMA).read_bytes()
    (work / SCHEMA).write_text(old)
    register = (work / "data/register.yaml").stat()
    ran = grcm(work, "validate")
    assert (
        f"{SCHEMA}:1:1: warning[outdated-schema]: this is not the schema of this version of grcm: "
        "it is older than the program, or was changed\n"
    ) in ran.out
    assert "grcm init --schemas writes it anew" in ran.out
    assert (ran.code, grcm(work, "validate", "--strict").code) == (0, 1)
    ran = grcm(work, "init", "--schemas")
    assert (ran.code, ran.out, ran.err) == (0, f"{SCHEMA}: written anew\n", "")
    assert (work / SCHEMA).read_bytes() == right
    now = (work / "data/register.yaml").stat()
    assert (now.st_ino, now.st_mtime_ns) == (register.st_ino, register.st_mtime_ns)
    assert grcm(work, "validate", "--strict").code == 0
    assert "already" in grcm(work, "init", "--schemas").err


@pytest.mark.usefixtures("met")
def test_a_folder_without_schemas_gets_them_and_one_that_lacks_some_is_named(work: Path) -> None:
    folder = (work / SCHEMA).parent
    (folder / "register.schema.json").unlink()
    assert "this schema is missing" in grcm(work, "validate").out
    for path in folder.iterdir():
        path.unlink()
    assert grcm(work, "validate").out.count("is missing") == 3
    (folder / "own.schema.json").write_text("{}")
    assert grcm(work, "validate", "--strict").code == 0  # somebody's own folder
    (folder / "own.schema.json").unlink()
    folder.rmdir()
    assert grcm(work, "validate", "--strict").code == 0
    ran = grcm(work / "data/meetings", "init", "--schemas")
    assert (ran.code, ran.out.count("written anew")) == (0, 3)
    assert grcm(work, "validate", "--strict").code == 0


@pytest.mark.usefixtures("met")
def test_a_schema_of_something_else_is_left_alone(work: Path) -> None:
    other = '{"title": "our own minutes", "type": "object"}'
    (work / SCHEMA).write_text(other)
    assert grcm(work, "validate", "--strict").code == 0
    ran = grcm(work, "init", "--schemas")
    assert f"{SCHEMA}: a schema of something else; it was left alone" in ran.err
    assert (work / SCHEMA).read_text() == other


@pytest.mark.usefixtures("met")
def test_the_layout_of_a_schema_does_not_matter(work: Path) -> None:
    (work / SCHEMA).write_bytes((work / SCHEMA).read_bytes().replace(b"\n", b"\r\n"))
    assert grcm(work, "validate", "--strict").code == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--schemas", "nowhere"], "nowhere has no register.yaml"),
        (["--schemas", "--code", "EX"], "--schemas stands alone, or with the folder"),
    ],
)
def test_schemas_without_a_record(work: Path, arguments: list[str], expected: str) -> None:
    ran = grcm(work, "init", *arguments)
    assert (ran.code, ran.out, ran.err) == (2, "", f"grcm: {expected}\n")
    assert not (work / "nowhere").exists()


def test_nothing_else_in_the_folder_is_written_over(tmp_path: Path) -> None:
    for name in ("meetings/.gitkeep", ".schemas/meeting.schema.json"):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True)
        path.write_text("mine", encoding="utf-8")
    assert grcm(tmp_path, "init", "--code", "EX").code == 0
    assert (tmp_path / "data/meetings/.gitkeep").read_text() == "mine"
    assert (tmp_path / "data/.schemas/meeting.schema.json").read_text() == "mine"


def test_a_file_that_differs_in_case_alone_is_the_same_one(work: Path) -> None:
    assert grcm(work, "new", "--start", "2003-05-29").code == 0
    ran = grcm(work, "new", "--start", "2003-06-29", "--id", "wg-2003-05")
    assert (ran.code, "is there already" in ran.err) == (2, True)


def test_what_is_there_is_not_written_over(work: Path) -> None:
    register = work / "data/register.yaml"
    register.write_bytes(register.read_bytes() + b"# mine\n")
    ran = grcm(work, "init")
    assert (ran.code, ran.err) == (
        2, "grcm: data/register.yaml is there already; nothing was written\n",
    )  # fmt: skip
    assert register.read_bytes().endswith(b"# mine\n")
    assert grcm(work, "new", "--start", "2003-05-29").code == 0
    path = work / "data/meetings/WG-2003-05.yaml"
    path.write_bytes(path.read_bytes() + b"# mine\n")
    ran = grcm(work, "new", "--start", "2003-05-12")
    assert (ran.code, ran.err) == (
        2,
        "grcm: data/meetings/WG-2003-05.yaml is there already; give the new meeting another id "
        "with --id\n",
    )
    assert path.read_bytes().endswith(b"# mine\n")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "--start is missing"),
        (["--start", "29/05/2003"],
         "'29/05/2003' is a day in another notation; write 2003-05-29"),
        (["--start", "2003-05-29", "--end", "2003-05-28"], "the meeting ends before it starts"),
        (["--start", "2003-05-29", "--body", "ZZ"],
         "the register has no body 'ZZ'; its bodies are: WG"),
        (["--start", "2003-05-29", "--id", "../x"],
         "'../x' is no id of a meeting: letters, digits and hyphens"),
        (["--start", "2003-05-29", "--id", "nul"],
         "Windows takes 'nul' for a device: no file can have that name"),
        (["--start", "2003-05-29", "--id", "2003-05"],
         "the id '2003-05' reads as a date; begin it with the body, as in GRCM-2002-10; "
         "nothing was written"),
        (["--start", "2003-05-29", "--title", "a\u202eb"],
         "U+202E turns the direction of the text; delete it; nothing was written"),
    ],
)  # fmt: skip
def test_a_meeting_that_cannot_be_meant(work: Path, arguments: list[str], expected: str) -> None:
    ran = grcm(work, "new", *arguments)
    assert (ran.code, ran.out, ran.err) == (2, "", f"grcm: {expected}\n")
    assert [p.name for p in (work / "data/meetings").iterdir()] == [".gitkeep"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "--code is missing"),
        (["--code", "two words", "--body", "WG"], "'two words' is no short name: write one word, "
         "as CRM; the full name comes next"),
        (["--code", "TWO.WORDS"], "--body is missing"),
        (["--code", "EX", "--body", "wg"],
         "'wg' is no code of a body; write 2 to 20 capital letters, digits and hyphens, a letter "
         "first"),
        (["--code", " ", "--body", "WG"], "--code: the text is empty"),
        (["--code", "EX", "--body-name", " "], "--body-name: the text is empty"),
        (["--code", "EX", "--name", "x\u200by"],
         "U+200B is not to be seen; delete it; nothing was written"),
    ],
)  # fmt: skip
def test_a_process_that_cannot_be_meant(
    tmp_path: Path, arguments: list[str], expected: str
) -> None:
    ran = grcm(tmp_path, "init", *arguments)
    assert (ran.code, ran.out, ran.err) == (2, "", f"grcm: {expected}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["a: b", "# c", "'", '"', "- x", "{a", "NO", "::error::", "=1+1"])
def test_any_words_come_back(work: Path, text: str) -> None:
    assert grcm(work, "new", "--start", "2003-05-29", "--title", text, "--place", text).code == 0
    shown = grcm(work, "show", "WG-2003-05", "--format", "json").out
    assert shown.count(f'"{text.replace(chr(34), chr(92) + chr(34))}"') == 2


def typed(where: Path, words: str, *arguments: str) -> str:
    """Run grcm at a terminal of its own, type, and return all that is shown."""
    terminal, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "grcm_cli", "--lang", "en", *arguments],
        cwd=where, env=environment(), stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    os.write(terminal, words.encode())
    shown = b""
    try:
        while part := os.read(terminal, 1000):
            shown += part
    except OSError:
        pass  # how a terminal ends
    process.wait()
    os.close(terminal)
    return shown.decode()


def test_at_a_terminal_what_is_missing_is_asked_for_until_it_is_right(work: Path) -> None:
    shown = typed(work, "ZZ\nwg\n2003-06-31\n2003-06-30\n2003-07-01\nLima\n", "new")
    assert "Body that meets (WG) [WG]: the register has no body 'ZZ'" in shown
    assert "First day, as 2003-05-29: '2003-06-31' is no day of the calendar" in shown
    assert "data/meetings/WG-2003-06.yaml: a meeting" in shown
    text = (work / "data/meetings/WG-2003-06.yaml").read_text()
    assert "body: WG\nstart: 2003-06-30\nend: 2003-07-01\nplace: Lima\n" in text


def test_the_name_of_the_body_is_asked_for_and_is_its_code_if_none_is_given(tmp_path: Path) -> None:
    for words, options, name in (
        ("\nGT\nGrupo  de Trabajo\n", ("--code", "EX"), "en: Grupo de Trabajo"),
        ("\n\n\n", ("--code", "EX"), "en: EX"),
        ("\n\n", ("--code", "EX", "--body-name", "Comité: uno"), "en: 'Comité: uno'"),
    ):
        shown = typed(tmp_path, words, "init", *options)
        assert "Code of a body that meets, as GRCM [EX]: " in shown
        assert ("Name of the body [" in shown) is ("--body-name" not in options)
        register = tmp_path / "data/register.yaml"
        assert f"{name}\n" in register.read_text(encoding="utf-8").partition("bodies:")[2]
        assert "1 error, 0 warnings" in grcm(tmp_path, "validate", "--strict").err  # no meeting
        register.unlink()


def test_an_end_of_input_at_a_terminal_is_a_sentence(work: Path) -> None:
    assert "grcm: --start is missing" in typed(work, "\n\x04", "new")


def test_decisions_by_correspondence_have_a_day_and_no_place(work: Path) -> None:
    made = grcm(work, "new", "--kind", "correspondence", "--start", "2003-03-03", "--id", "WG-L1")
    assert (made.code, made.err) == (0, "")
    text = (work / "data/meetings/WG-L1.yaml").read_text(encoding="utf-8")
    assert "\nkind: correspondence\n" in text
    assert "end:" not in text
    assert grcm(work, "validate", "--strict").code == 0


def test_the_files_lead_editors_to_their_schemas(work: Path) -> None:
    grcm(work, "new", "--start", "2003-05-29")
    for name in ("register.yaml", "meetings/WG-2003-05.yaml"):
        path = work / "data" / name
        first = path.read_text().splitlines()[0]
        head, _equals, where = first.partition("$schema=")
        assert head == "# yaml-language-server: "
        assert (path.parent / where).is_file()


def test_the_help_of_both_names_what_they_ask_for() -> None:
    assert "--start" in run_grcm("new", "--help").out
    assert "--body-name" in run_grcm("init", "--help").out


def test_a_schema_with_the_names_of_the_record_is_current_until_they_change(folder: Folder) -> None:
    where = ("--data", str(folder.path))
    schemas = folder.path / ".schemas"
    schemas.mkdir()
    for kind in ("register", "meeting", "progress"):
        made = run_grcm("--lang", "es", *where, "schema", kind).out
        (schemas / f"{kind}.schema.json").write_text(made, encoding="utf-8")
    strictly = (*where, "validate", "--strict", "--ignore", "missing-file")
    assert run_grcm(*strictly).code == 0
    folder.mandate("responsible: AAA, due: 2003-01-15")
    assert "outdated-schema" in run_grcm(*where, "validate", "--strict").out
    assert run_grcm(*where, "init", "--schemas").code == 0
    assert "WG-2002-10" in (schemas / "meeting.schema.json").read_text(encoding="utf-8")
    assert run_grcm(*where, "validate", "--strict").code == 0
