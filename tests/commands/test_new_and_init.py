"""`new` and `init`: files that are right from the first day, and nothing written over."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from grcm_cli.language.text import LANGUAGES

from ..conftest import DATA, Folder, Ran, environment, run_grcm
from ..processes import grcm_for_shells


def grcm(where: Path, *arguments: str, lang: str = "en") -> Ran:
    return run_grcm("--lang", lang, *arguments, cwd=where)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    assert (
        grcm(tmp_path, "init", "--code", "EX", "--name", "Ejemplo: uno", "--body", "WG").code == 0
    )
    return tmp_path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_folder_from_nothing_passes_the_strictest_check(tmp_path: Path, lang: str) -> None:
    assert grcm(tmp_path, "init", "--code", "ex", lang=lang).code == 0
    assert grcm(tmp_path, "new", "--start", "2003-05-29", lang=lang).code == 0
    checked = grcm(tmp_path, "validate", "--strict")
    assert (checked.code, checked.out, checked.err) == (0, "", "No problems; 2 files read.\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_in_the_comments_are_right_once_the_signs_are_gone(
    tmp_path: Path, lang: str
) -> None:
    grcm(tmp_path, "init", "--code", "CRM", "--body", "GRCM", lang=lang)
    grcm(tmp_path, "new", "--start", "2002-10-29", "--end", "2002-10-31", lang=lang)
    for path in (tmp_path / "data/register.yaml", tmp_path / "data/meetings/GRCM-2002-10.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        sections = ("members", "offices", "organizations", "participants", "conclusions")
        heads = tuple(f"# {section}:" for section in sections)
        inside = False
        for place, line in enumerate(lines):
            inside = line.startswith(heads) or (inside and line.startswith("#  "))
            if inside:
                lines[place] = line.removeprefix("# ").replace("[AAA, BBB]", "[CRI, MEX]")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    checked = grcm(tmp_path, "validate", "--strict")
    assert (checked.code, checked.out) == (0, "")
    assert "each of 2" in grcm(tmp_path, "due", "--as-of", "2002-11-01").out


@pytest.mark.parametrize("text", ["a: b", "# c", "'", '"', "- x", "{a", "NO", "::error::", "=1+1"])
def test_any_words_come_back(work: Path, text: str) -> None:
    assert grcm(work, "new", "--start", "2003-05-29", "--title", text, "--place", text).code == 0
    shown = grcm(work, "show", "WG-2003-05", "--format", "json").out
    assert shown.count(f'"{text.replace(chr(34), chr(92) + chr(34))}"') == 2


def typed(where: Path, words: str, *arguments: str) -> str:
    """Run grcm at a terminal of its own, type, and return all that is shown."""
    terminal, theirs = pty.openpty()
    process = subprocess.Popen(
        [grcm_for_shells(), "--lang", "en", *arguments],
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
    assert "First day, such as 2003-05-29: '2003-06-31' is not a calendar date" in shown
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
        assert "Code of a body that meets, such as GRCM [EX]: " in shown
        assert ("Name of the body [" in shown) is ("--body-name" not in options)
        register = tmp_path / "data/register.yaml"
        assert f"{name}\n" in register.read_text(encoding="utf-8").partition("bodies:")[2]
        assert "1 error, 0 warnings" in grcm(tmp_path, "validate", "--strict").err  # no meeting
        register.unlink()


def test_an_end_of_input_at_a_terminal_is_a_sentence(work: Path) -> None:
    assert "grcm: --start is missing" in typed(work, "\n\x04", "new")


def test_sentences_fit_the_terminal(work: Path) -> None:
    shown = typed(work, "", "draft", str(DATA / "sources/GRCM-2002-10.txt"), "-o", "draft.yaml")
    assert 80 < max(map(len, shown.splitlines())) <= 100, shown


def test_the_files_lead_editors_to_their_schemas(work: Path) -> None:
    grcm(work, "new", "--start", "2003-05-29")
    for name in ("register.yaml", "meetings/WG-2003-05.yaml"):
        path = work / "data" / name
        first = path.read_text().splitlines()[0]
        head, _equals, where = first.partition("$schema=")
        assert head == "# yaml-language-server: "
        assert (path.parent / where).is_file()


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
