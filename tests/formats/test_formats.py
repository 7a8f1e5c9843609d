"""One small register in every format, with texts that would act on a terminal, a sheet or a page.

`tests/formats/NAME.txt` is what `grcm due` gives; `python -m tests.formats.test_formats` writes
them anew.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.cli.command_table import terminal_columns
from grcm_cli.formats import FORMATS
from grcm_cli.formats.as_json import dumps

from ..conftest import EVERY, ROOT, Folder, Ran, run_grcm

HERE = Path(__file__).parent
HOSTILE = {
    "markup": "Ver [anexo 1] y [/anexo] :mexico: [bold]x[/bold]",
    "escape": "Rojo \x1b[31m y enlace \x1b]8;;http://example.org\x07",
    "bidi": "Hacia \u202eatrás\u202c e invisible\u200b",
    "formula": '=HYPERLINK("http://example.org";"x")',
    "at": "@everyone +1 -2",
    "html": "<script>alert(1)</script> & <b>",
    "pipe": "a | b ` c ` *d* _e_ [f](http://example.org)",
    "lines": "uno\ndos\tfin",
    "emoji": "🎉 ñ 你好",
    "command": "::error::texto",
    "marks": "##[section]uno ##vso[task.setvariable]dos",
}


def hostile(folder: Folder) -> None:
    """Write a meeting whose mandates have these texts as their actions."""
    conclusions = "".join(
        f"- number: {number}\n  text: T\n  action: {json.dumps(text, ensure_ascii=False)}"
        " # grcm: ignore[bidi-control, invisible-character, odd-character]\n"
        f"  responsible: {{each: [AAA, CH]}}\n  support: ORG\n  due: 2003-01-15\n"
        for number, text in enumerate(HOSTILE.values(), 1)
    )
    folder.meeting(conclusions)
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n")


def due(folder: Folder, name: str, *more: str) -> Ran:
    """Run `grcm due` on a folder in a format."""
    day = ["--as-of", "2003-02-01", "--all"]
    return run_grcm("--data", str(folder.path), "due", "--format", name, *day, *more)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_gives_exactly_this(folder: Folder, name: str) -> None:
    hostile(folder)
    ran = due(folder, name)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (HERE / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_no_control_reaches_the_terminal(folder: Folder, name: str) -> None:
    hostile(folder)
    out = due(folder, name, "--color", "never").out
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e]", out)


def test_colour_is_the_only_escape_where_it_is_wanted(folder: Folder) -> None:
    hostile(folder)
    out = due(folder, "table", "--color", "always").out
    assert "\x1b[1;31m" in out
    bare = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", out).split("\n")]
    assert bare == due(folder, "table", "--color", "never").out.split("\n")


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, False),
    ],
)
def test_the_environment_decides_on_colour_when_the_command_line_does_not(
    folder: Folder, variables: dict[str, str], *, coloured: bool
) -> None:
    hostile(folder)
    arguments = ("--data", str(folder.path), "overdue", "--as-of", "2003-02-01")
    assert ("\x1b[" in run_grcm(*arguments, cwd=ROOT, **variables).out) is coloured


@pytest.mark.parametrize(
    ("words", "coloured"),
    [
        ("show WG-2002-10/1", "\x1b[1;31m17 days late\x1b[0m"),
        ("show AAA", "\x1b[1mAAA\x1b[0m"),
        ("matrix", "\x1b[1;31m!\x1b[0m"),
        ("stats", "\x1b[1;31m"),
        ("validate", "\x1b[1;31merror[wrong-word]\x1b[0m"),
        ("validate --format concise", "\x1b[1;31merror[wrong-word]\x1b[0m"),
        ("explain cut-text", "\x1b[1mcut-text\x1b[0m"),
        ("help due", "\x1b[36m--before DAY\x1b[0m"),
    ],
)
def test_without_colours_the_words_are_the_same(folder: Folder, words: str, coloured: str) -> None:
    hostile(folder)
    folder.progress("CH", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: odd}\n")
    arguments = ("--data", str(folder.path), "--as-of", "2003-02-01", *words.split())
    out = run_grcm("--color", "always", *arguments).out
    assert coloured in out
    assert re.sub(r"\x1b\[[0-9;]*m", "", out) == run_grcm(*arguments).out


@pytest.mark.skipif(sys.platform == "win32", reason="it has no pseudo-terminals")
@pytest.mark.parametrize(
    ("variables", "linked"),
    [
        ({"TERM_PROGRAM": "WezTerm"}, True),
        ({"VTE_VERSION": "7600"}, True),
        ({"VTE_VERSION": "4800"}, False),
        ({}, False),
        ({"TERM_PROGRAM": "WezTerm", "NO_COLOR": "1"}, False),
    ],
)
def test_a_terminal_that_knows_links_gets_them(
    folder: Folder, variables: dict[str, str], *, linked: bool
) -> None:
    """Of the file that `show` ends with, and of the evidence that a report names."""
    folder.meeting("- {number: 1, text: T, action: A, responsible: AAA, due: 2003-01-15}\n")
    evidence = "https://example.org/informe.pdf"
    folder.progress(
        "AAA",
        f"- {{mandate: WG-2002-10/1, date: 2003-01-10, progress: done, evidence: {evidence}}}\n",
    )
    command = [sys.executable, "-m", "grcm_cli", "--data", str(folder.path), "show", "WG-2002-10/1"]
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    near, far = os.openpty()
    with os.fdopen(near, "rb", buffering=0) as terminal:
        subprocess.run(command, cwd=ROOT, env=kept | variables, stdout=far, check=True)
        os.close(far)
        shown = terminal.read(100_000).decode()
    place = (folder.path / "meetings" / "WG-2002-10.yaml").as_uri()
    for address in (place, evidence):
        assert (f"\x1b]8;;{address}\x1b\\" in shown) is linked


def test_no_format_knows_another() -> None:
    """The contract of `make lint` names each of them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    [contract] = [one for one in contracts if one["name"].startswith("One rule, format")]
    modules = {f"grcm_cli.formats.{known.module}" for known in FORMATS.values()}
    assert modules <= {*contract["modules"]}


@pytest.mark.parametrize("name", FORMATS)
def test_columns_are_shown_or_refused(folder: Folder, name: str) -> None:
    hostile(folder)
    ran = due(folder, name, "--columns", "ref")
    assert (ran.code == 2) is FORMATS[name].is_whole
    assert ("WG-2002-10/1" in ran.out, "anexo" in ran.out) == (ran.code == 0, False)


def test_what_names_formats_names_all() -> None:
    """The help of two options, and two tables of the manual."""
    text = " ".join(run_grcm("help", "due").out.split())
    words = r"columns in (.*?), named.* confidential in (.*?) too; (.*?) always"
    [named] = re.findall(words, text)
    every = FORMATS.items()
    assert [re.sub(" and |, ", " ", names).split() for names in named] == [
        [name for name, known in every if not known.is_whole],
        [name for name, known in every if not known.is_own],
        [name for name, known in every if known.is_own],
    ]
    for page in ("several", "export"):
        rows = (ROOT / f"docs/en/{page}.md").read_text(encoding="utf-8").partition("| format |")[2]
        cells = " ".join(re.findall(r"^\| (.+?) \|", rows, re.MULTILINE))
        assert [name for name in FORMATS if not re.search(rf"\b{name}s?\b", cells)] == []


def test_csv_reads_back_one_record_a_task(folder: Folder) -> None:
    hostile(folder)
    rows = list(csv.DictReader(io.StringIO(due(folder, "csv").out)))
    assert len(rows) == 2 * len(HOSTILE)
    in_json = json.loads(due(folder, "json").out)["tasks"][0]
    assert list(rows[0]) == [key for key in in_json if key != "reports"]


def test_plain_has_one_line_a_task_and_always_the_same_number_of_values(folder: Folder) -> None:
    hostile(folder)
    lines = due(folder, "plain").out.splitlines()
    assert len(lines) == 2 * len(HOSTILE)
    assert {line.count("\t") for line in lines} == {6}


@pytest.mark.parametrize("width", [20, 40, 60, 72, 80, 100, 120, 200])
def test_a_table_keeps_to_the_width_and_loses_no_word(folder: Folder, width: int) -> None:
    folder.meeting(
        "- number: A-very-long-number-of-a-conclusion\n  text: T\n"
        "  action: Presentar observaciones al documento\n  responsible: {each: members}\n"
        "  due: 2003-01-15\n"
    )
    ran = run_grcm("--data", str(folder.path), "due", "--as-of", "2003-02-01", COLUMNS=str(width))
    for word in ("observaciones", "A-very-long-number-of-a-conclusion", "AAA", "CCC", "2003-01-15"):
        assert word in re.sub(r"\n\s*", "", ran.out) or word in ran.out
    assert all(len(line) <= max(width, 60) for line in ran.out.splitlines())


@pytest.mark.parametrize(
    ("name", "variables"),
    [*zip(FORMATS, cycle([{"PYTHONIOENCODING": "ascii"}, {"LANG": "C", "PYTHONUTF8": "0"}]))],
)
def test_a_terminal_without_our_letters_gets_their_codes(
    folder: Folder, name: str, variables: dict[str, str]
) -> None:
    hostile(folder)
    arguments = ("--data", str(folder.path), "due", "--format", name, "--as-of", "2003-02-01")
    ran = run_grcm(*arguments, cwd=ROOT, **variables)
    assert (ran.code, ran.err) == (0, "")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        example = Folder(Path(made))
        hostile(example)
        for form in FORMATS:
            (HERE / f"{form}.txt").write_text(due(example, form).out, encoding="utf-8")


@pytest.mark.parametrize(
    ("columns", "terminals", "width"),
    [
        pytest.param("72", {1: 80, 2: 80}, 72, id="as the environment says"),
        pytest.param("", {1: 80, 2: 90}, 80, id="the terminal of the output"),
        pytest.param("", {2: 90}, 90, id="that of the messages, where a pager takes the output"),
        pytest.param("", {}, 100, id="no terminal"),
        pytest.param("many", {1: 0}, 100, id="no numbers"),
    ],
)
def test_the_width_of_a_table(
    monkeypatch: pytest.MonkeyPatch, columns: str, terminals: dict[int, int], width: int
) -> None:
    def size(stream: int) -> os.terminal_size:
        if stream not in terminals:
            raise OSError
        return os.terminal_size((terminals[stream], 24))

    monkeypatch.setattr(os, "get_terminal_size", size)
    assert (terminal_columns({"COLUMNS": columns}) or 100) == width


# Nothing that the guard at the end escapes: it is the same for both writers.
WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters=":#"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(WORDS, inner),
)


@settings(max_examples=100 if EVERY else 25)
@given(st.dictionaries(WORDS, VALUES))
def test_json_is_written_as_the_standard_library_writes_it(document: dict[str, object]) -> None:
    assert dumps(document) == json.dumps(document, indent=2) + "\n"
