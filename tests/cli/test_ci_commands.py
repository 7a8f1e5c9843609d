"""No line that grcm prints is a command to GitHub's runner or to the agent of Azure Pipelines.

The texts below stand everywhere in a record, in its files' names and on the command line; every
command prints them in every format and layout. What is a command is decided here as the runners do
(`ActionCommand.cs` of actions/runner, `Command.cs` of azure-pipelines-agent), and more strictly.
"""

import csv
import email
import email.policy
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from grcm_cli import formats
from grcm_cli.cli.command_table import NAMES
from grcm_cli.cli.output import BINARY
from grcm_cli.commands import export
from grcm_cli.language.ci_commands import (
    cell_without_commands,
    has_command,
    without_commands,
    without_commands_in_folds,
)

from ..conftest import EVERY, Folder, Ran, git, run_grcm
from ..exports.common import quoted

WORDS = "::error::a ::stop-commands::b ##[error]c ##vso[task.complete result=Failed;]d"
TEXTS = (
    *("::stop-commands::fin", "   ::error file=a,line=1::texto", "\u3000\u00a0::warning::texto"),
    *("##[error]texto", "##vso[task.setvariable variable=a]b", "#\\#[error]##[x]"),
    "\x1b[31m::error::x",
    # Wherever a line is broken, the next one begins with a mark.
    *(" ".join([WORDS] * 6), "::" * 90),
    "a\n::error::b\r\n  ##[group]c\n\n- ::error::d\n\n    ::debug::e",
)
REGISTER = """\
process: {{code: EX, name: {0}, languages: [es, en]}}
bodies: {{WG: {{name: {1}, aliases: [{0}]}}}}
members:
{members}
offices: {{CH: {{name: {2}, terms: [{{holder: AA0, from: 2002-01-01}}]}}}}
organizations: {{ORG: {{name: {3}}}}}
"""
MEETING = """\
id: WG-{number}
body: WG
title: {text}
place: {text}
source: {text}
start: 2002-10-29
end: 2002-10-31
participants: [AA{number}]
conclusions:
- number: 1
  text: {text}
  note: {text}
  documents: [{text}]
  follows: [WG-{before}/1]
  mandates:
  - {{action: {text}, note: {text}, responsible: [AA{number}, CH], support: ORG, due: 2003-01-15}}
  - {{action: {text}, responsible: AA{number}, void: {text}}}
  - {{action: {text}, responsible: {{each: [AA{number}, CH]}}, due: every 6 months}}
- number: 2
  text: {text}
  mandates: [{{responsible: AA{number}}}]
"""
REPORT = """\
- {{mandate: WG-{number}/1#1, date: 2002-11-10, progress: started, evidence: {text}, note: {text}}}
- {{mandate: WG-{number}/2, date: 2002-11-11, progress: done, evidence: {text}, note: {text}}}
"""
# What is wrong is cited in findings.
WRONG = """\
id: {text}
{text}: {text}
body: {text}
start: {text}
conclusions:
- {{number: {text}, text: {text}, responsible: {text}, due: {text}, follows: {text}, acts: {text}}}
"""
WIDTHS = ("20", "80")
LISTS = formats.FORMATS
EXPORTS = [name for name in export.FORMATS if name != "edoxen" and name not in BINARY]
FINDINGS = ("full", "concise", "json", "github", "gitlab", "sarif", "junit")
REPORTERS_COMMAND = re.compile(r"::(error|warning) file=[^\n]*")


def run(folder: Path, *words: str, stdin: bytes = b"", width: str = "80") -> Ran:
    """Run grcm with a data folder, where this process works."""
    arguments = ("--data", str(folder), "--as-of", "2003-06-01", "--no-cache", *words)
    return run_grcm(*arguments, cwd=Path.cwd(), stdin=stdin, COLUMNS=width)


def commands(text: str) -> list[str]:
    """Return the lines of a text that a runner acts on; the codes of colours are stripped too."""
    return [
        line
        for line in text.splitlines()
        for bare in (line, re.sub(r"\x1b\[[0-9;]*m", "", line))
        if bare.lstrip().startswith("::") or "##[" in bare or "##vso[" in bare
    ]


def write_record(folder: Folder) -> None:
    """Write a record with each text in each of its values."""
    members = ""
    for number, said in enumerate(TEXTS):
        text = quoted(said)
        members += f"  AA{number}: {{name: {text}, aliases: [{text}]}}\n"
        before = number - 1 if number else 99
        meeting = MEETING.format(number=number, text=text, before=before)
        folder.write(f"meetings/WG-{number}.yaml", meeting)
        folder.progress(f"AA{number}", REPORT.format(number=number, text=text))
    folder.write("register.yaml", REGISTER.format(*map(quoted, TEXTS), members=members))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose texts and whose own path are hostile, in a git repository."""
    base = tmp_path_factory.mktemp("record") / "::error::x" / "##[y]"
    folder = Folder.__new__(Folder)
    folder.path = base
    write_record(folder)
    rows = [["Meeting", "No.", "Text", "Responsible", "Due", "State", "Evidence", "Note", TEXTS[0]]]
    for number, text in enumerate(TEXTS, 1):
        rows.append([f"WG, 2 May 2003 {text}", str(number), *[text] * 7])
    with (base / "tracker.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    decisions = [
        {"identifier": text, "title": text, text: text, "kind": text, "subject": text,
         "actions": [{"type": text, "message": text}], "dates": [{"start": "2003-05-02"}]}
        for text in TEXTS
    ]  # fmt: skip
    collection = {"metadata": {"title": TEXTS[0], "date": "2003-05-02"}, "resolutions": decisions}
    (base / "collection.yaml").write_text(json.dumps(collection), encoding="utf-8")
    git(base, "init", "-q")
    git(base, "add", "-A")
    name = "::error::Ana ##[x]"
    git(base, "commit", "-qm", "::error::x", GIT_AUTHOR_NAME=name, GIT_COMMITTER_NAME=name)
    folder.write("meetings/WG-0.yaml", MEETING.format(number=0, text="Otro", before=99))
    return base


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the texts stand where they are errors."""
    folder = Folder.__new__(Folder)
    folder.path = tmp_path_factory.mktemp("wrong")
    write_record(folder)
    for number, said in enumerate(TEXTS):
        text = quoted(said)
        folder.write(f"meetings/X-{number}.yaml", WRONG.format(text=text))
        folder.progress(f"X{number}", f"- {{mandate: {text}, date: {text}, progress: {text}}}\n")
    for name in ("meetings/::error::a.yml", "meetings/::error::b.yaml", "progress/##[x].yaml"):
        folder.write(name, "\n  ::error::x: [\n")
    # Lines of the file itself are shown.
    folder.write("meetings/Y.yaml", "id: Y\nbody: WG\nstart:\n  ::error::x\ntitle:\n  ##[y] a: b\n")
    return folder.path


def lists(*words: str) -> Iterator[tuple[str, ...]]:
    yield from ((*words, "--format", name) for name in LISTS)


def calls() -> Iterator[tuple[str, ...]]:
    """Yield command lines: each command in each of its formats."""
    for words in (
        *(("due", "--all"), ("due", "--all", "--each"), ("overdue",), ("tasks", "AA7", "--all")),
        *(("meetings",), ("search", "error"), ("matrix",), ("matrix", "WG-7"), ("stats",)),
        *(("changes", "--since", "2002-10-01"), ("changes", "--since-last", "WG")),
        *(("changes", "--since", "2002-10-01", "--by", name) for name in ("party", "meeting")),
        *(("log", "WG-0/1#1"), ("log", "WG-7/2"), ("diff", "HEAD")),
    ):
        yield from lists(*words)
    for number in range(len(TEXTS)):
        yield from (("show", f"WG-{number}", "--format", name) for name in ("text", "json"))
        yield (
            *("record", "done", f"WG-{number}/1#1", "--by", f"AA{number}", "--note", TEXTS[number]),
            "--dry-run",
        )
    for name in ("text", "md", "html", "eml", "json"):
        yield from (("remind", f"AA{number}", "--format", name) for number in range(len(TEXTS)))
    yield from (("agenda", "WG", "--format", name) for name in ("md", "html"))
    yield ("rename", "party", "ORG", "ORGAN", "--dry-run")
    yield from (("export", name, "--all", *to) for name in EXPORTS for to in ((), ("-o", "-")))
    yield ("export", "ics", "--as", "todo", "--all", "--alarm", "14d")
    yield from (("validate", "--strict", "--format", name) for name in FINDINGS)
    yield from (("validate", "--select", "missing-translation", "--format", n) for n in FINDINGS)
    yield ("import", "tracker.csv", "--dry-run")
    yield ("import", "edoxen", "collection.yaml", "--body", "WG", "--dry-run")
    yield ("import", "edoxen", "collection.yaml", "--body", "WG", "--dry-run", "--draft")
    yield ("explain",)
    yield ("cache",)
    yield from (("schema", "meeting"), ("schema", "output"), ("completion", "zsh"))
    yield from (("help",), ("help", "due"))


COVERED = {words[0] for words in calls()} | {"draft", "init", "lsp", "new", "site"}
LANGUAGES = {"20": ("en",), "80": ("es",)}  # of the runs by width, to save time


def test_every_command_is_covered() -> None:
    """A new command belongs into `calls`, in each of its formats."""
    assert set(NAMES) - COVERED == set()


def actions(record: Path) -> Sequence[str]:
    """Return the actions that lists show, by reading the files."""
    return sorted({" ".join(text.split()) for text in (*TEXTS[1:], "Otro")})


def _cell(text: str) -> str:
    text = re.sub(r"#\\(?=\\*#(?:vso)?\[)", "#", text)
    return text[1:] if text.startswith("'") else text


def _of_csv(text: str) -> list[str]:
    rows = csv.DictReader(io.StringIO(text))
    actions = [_cell(row["action"]) for row in rows if row["ref"] != "?"]
    return [action.replace("\\x1b", "\x1b") for action in actions]


READ_BACK: Mapping[str, Callable[[str], list[str]]] = {
    "json": lambda text: [task["action"] for task in json.loads(text)["tasks"]],
    "jsonl": lambda text: [
        record["action"] for record in map(json.loads, text.splitlines()) if "action" in record
    ],
    "csv": _of_csv,
}
"""The actions of tasks, as another program reads them in each format that is for programs."""


@pytest.mark.parametrize("name", formats.FORMATS)
def test_a_format_for_programs_is_read_back_exactly(record: Path, name: str) -> None:
    known = formats.FORMATS[name]
    is_for_people = known.is_drawn or known.is_own
    assert (name in READ_BACK) != is_for_people
    if not is_for_people:
        answer = READ_BACK[name](run(record, "due", "--all", "--format", name).out)
        assert {" ".join(action.split()) for action in answer} == set(actions(record))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_a_command(width: str, record: Path, wrong: Path) -> None:
    found = []
    languages = LANGUAGES.get(width, ("en",))
    # All calls with each width, or every eighth: no two of these are the same.
    begin, step = (0, 1) if EVERY else (WIDTHS.index(width), 8)
    asked = [*calls()][begin::step]
    files = {name: str(record / name) for name in ("tracker.csv", "collection.yaml")}
    asked = [tuple(files.get(word, word) for word in one) for one in asked]
    for words in [(*words, "--lang", language) for words in asked for language in languages]:
        for folder in (record, wrong) if words[0] in ("validate", "due", "tasks") else (record,):
            for colour in ("never", "always"):
                if colour == "always" and "table" not in words:
                    continue
                ran = run(folder, *words, "--color", colour, width=width)
                assert ran.code in (0, 1, 2 if words[0] in ("record", "rename") else 0), (
                    words,
                    ran.err,
                )
                lines = [
                    line
                    for line in commands(ran.out)
                    if "github" not in words or not REPORTERS_COMMAND.fullmatch(line)
                ]
                found += [(words, line) for line in [*lines, *commands(ran.err)]]
    assert found == []


def test_the_format_github_has_one_command_a_finding(wrong: Path) -> None:
    expected = json.loads(run(wrong, "validate", "--format", "json").out)["findings"]
    lines = run(wrong, "validate", "--format", "github").out.splitlines()
    assert len(lines) == len(expected) > 50
    for line, finding in zip(lines, expected, strict=True):
        assert line.startswith(f"::{finding['severity']} file=")
        assert "##[" not in line
        assert "##vso[" not in line


WRONG_USE = (
    *((text,) for text in TEXTS),
    *(("due", "--party", text) for text in TEXTS),
    *(("show", text) for text in TEXTS),
    *(("due", "--before", text) for text in TEXTS),
    *(("due", f"--{text}") for text in TEXTS),
    *(("validate", text) for text in TEXTS),
    *(("explain", text) for text in TEXTS),
    *(("search", text) for text in TEXTS),
    *(("--as-of", text, "due") for text in TEXTS),
    *(("record", "done", text) for text in TEXTS),
    *(("diff", text) for text in TEXTS),
    *(("rename", "party", text, text) for text in TEXTS),
    *(("rename", "meeting", "WG-1", text) for text in TEXTS),
    *(("changes", "--since", text) for text in TEXTS),
    *(("changes", "--since-last", text) for text in TEXTS),
    *(("export", "csv", "-o", f"{text}/x.csv") for text in TEXTS),
    *(("draft", text) for text in TEXTS),
    *(("due", text) for text in TEXTS),
    *(("new", "--body", text, "--start", "2003-01-01") for text in TEXTS),
    *(("init", text, "--code", text) for text in TEXTS if not text.startswith("\x1b")),
)


def test_no_message_about_a_wrong_command_line_is_a_command(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for place, words in enumerate(WRONG_USE):
        # Each text and each kind of wrong use meets both languages, not each pair of them.
        one = ("en", "es")[(place + place // len(TEXTS)) % 2]
        for language in ("en", "es") if EVERY else (one,):
            ran = run(record, "--lang", language, *words)
            assert commands(ran.out + ran.err) == [], words


def test_no_line_about_a_sheet_is_a_command(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in TEXTS:
        cell = '"' + text.replace('"', '""') + '"'
        for table in (
            f"mandate,by,date,state,note\nWG-1/2,AA1,2003-01-01,done,{cell}\n",
            f"mandate,by,date,state,{cell}\nWG-1/2,AA1,01/02/2003,done,x\n",
            f"mandate,by,date,state,note\n{cell},{cell},{cell},{cell},{cell}\n",
            f"{cell}\n{cell}\n",
        ):
            Path("reply.csv").write_text(table, encoding="utf-8")
            for source in ("reply.csv", "-"):
                ran = run(record, "record", source, "--dry-run", stdin=table.encode())
                assert commands(ran.out + ran.err) == [], table
        ran = run(record, "record", f"{text}.csv")
        assert commands(ran.out + ran.err) == []
    for number in range(1, len(TEXTS)):
        ran = run(record, "remind", f"AA{number}", "--form", "-o", f"{number}.xlsx", "--partial")
        ran_again = run(record, "record", f"{number}.xlsx", "--dry-run")
        # The record has errors, and what the form asks is what it gave.
        assert (ran.code, ran_again.code) == (1, 1), (ran.err, ran_again.err)
        assert commands(ran.out + ran.err + ran_again.out + ran_again.err) == []


def test_no_line_of_a_correction_is_a_command(folder: Folder) -> None:
    folder.meeting(
        "- number: 1\n  text: >-\n    uno\n    ::error::dos\n    ##[x]\n"
        "  responsible: aaa\n  note: >-\n    ##vso[y]\n    ::debug::z\n"
    )
    ran = run(folder.path, "validate", "--diff")
    assert "-  responsible: aaa" in ran.out
    assert commands(ran.out + ran.err) == []


DOCUMENT = "\n\n".join(
    f"{number}. {text}"
    for number, text in enumerate(
        (
            "Solicitar a Ámbar ::error::presentar un informe antes del 15 de enero de 2003.",
            f"Solicitar a Ámbar presentar {WORDS} " + "::error::x " * 60,
            "Agradecer ##[error]a Brezo. ##vso[x] ::stop-commands::y",
            "##[group]Solicitar a Cedro organizar una reunión. ::error::",
        ),
        1,
    )
)


@pytest.mark.parametrize(
    "options", [(), ("--explain",), ("--check", "meetings/WG-2002-10.yaml"), ("--review", "x.html")]
)
def test_no_line_of_a_draft_is_a_command_and_its_words_stay(
    options: tuple[str, ...], folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.path)
    folder.meeting(f"- {{number: 1, text: {quoted(WORDS)}}}\n")
    given = ("--body", "WG", "--start", "2002-10-29", "--id", "WG-9", "--title", WORDS)
    ran = run(folder.path, "draft", "-", *given, *options, stdin=DOCUMENT.encode())
    page = folder.path / "x.html"
    written = page.read_text("utf-8") if page.exists() else ""
    assert commands(ran.out + ran.err + written) == []
    assert bool(written) is ("--review" in options)
    if not options:
        meeting = yaml.safe_load(ran.out)
        words = [" ".join(part.split()[1:]) for part in DOCUMENT.split("\n\n")]
        assert [conclusion["text"] for conclusion in meeting["conclusions"]] == words
        assert meeting["title"] == WORDS


def test_no_line_of_new_init_and_site_is_a_command(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (
        ("site", "::error::s"),
        ("init", "::error::d", "--code", "EX", "--name", WORDS, "--body", "WG"),
        ("new", "--body", "WG", "--start", "2009-01-01", "--title", WORDS, "--place", WORDS),
        ("new", "--body", "WG", "--start", "2009-01-01", "--title", WORDS),
    ):
        ran = run(record, *words)
        assert commands(ran.out + ran.err) == [], words
    (record / "meetings/WG-2009-01.yaml").unlink()


# --- the texts are read back exactly --------------------------------------------------------------


def test_a_letter_as_json_is_read_back(record: Path) -> None:
    letters = json.loads(run(record, "remind", "AA3", "--format", "json").out)["letters"]
    assert "##[error]texto" in letters[0]["html"].replace("&#35;", "#")


def test_a_calendar_is_read_back_exactly(record: Path) -> None:
    ran = run(record, "export", "ics", "--all")
    plain = "\n".join(str(event["SUMMARY"]) for event in Calendar.from_ical(ran.out).walk("VEVENT"))
    for text in actions(record):
        assert text.replace("\x1b", "\\x1b") in plain
    assert all(len(line.encode()) <= 75 for line in ran.out.split("\r\n"))


def test_a_message_is_read_back(record: Path) -> None:
    for number in range(1, len(TEXTS)):
        raw = run(record, "remind", f"AA{number}", "--format", "eml").out
        message = email.message_from_string(raw, policy=email.policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        shown = run(record, "remind", f"AA{number}", "--format", "text").out
        assert without_commands(body.get_content()).splitlines() == shown.splitlines()


def test_junit_gitlab_and_sarif_are_read_back_exactly(wrong: Path) -> None:
    found = json.loads(run(wrong, "validate", "--format", "json").out)["findings"]
    said = [": ".join(filter(None, (one["message"], one["hint"]))) for one in found]
    issues = json.loads(run(wrong, "validate", "--format", "gitlab").out)
    assert [issue["description"] for issue in issues] == said
    results = json.loads(run(wrong, "validate", "--format", "sarif").out)["runs"][0]["results"]
    assert [result["message"]["text"] for result in results] == said
    root = ET.fromstring(run(wrong, "validate", "--format", "junit").out)  # noqa: S314 - ours
    assert sum("::error" in (case.text or "") for case in root.iter("failure")) > 10


# --- the functions --------------------------------------------------------------------------------

MARKS = (":", "::", "#", "##[", "##vso[", "[", "vso[", "\\", " ", "\t", "\n", "\r\n", "a", "x]")
COLOURED = (":\x1b[1m", "#\x1b[0m", "#\x1b[1m#\x1b[0m[", "##\x1b[31mv\x1b[mso[")
ODD = ("\x1b[1m", "\u00a0", "\u3000", "\x85", "\u2028", '"', ",", "'")
PIECES = st.lists(st.sampled_from((*MARKS, *ODD, *COLOURED)), max_size=12).map("".join)


@given(PIECES | st.text())
@example(":\x1b[1m:error::x")
@example("#\x1b[1m#[error]x")
def test_no_line_of_a_text_is_a_command(text: str) -> None:
    safe = without_commands(text)
    assert commands(safe) == []
    assert not has_command(safe)
    assert has_command(text) == bool(commands(text))
    if not commands(text):
        assert safe == text
    assert re.sub(r"\\", "", safe) == re.sub(r"\\", "", text)


@given(PIECES.filter(lambda text: not set("\n\r\x85\u2028") & set(text)))
@example("::::::\x1b[1m:")
@example("::\x1b[1m::\x1b[0m\x1b[1m:error")
def test_no_fold_begins_a_command(text: str) -> None:
    folded = without_commands_in_folds(f"X:{text[:5]}\r\n {text[5:]}", "\r\n ")
    assert commands(folded) == []
    assert folded.replace("\r\n ", "") == f"X:{text}"


@given(PIECES)
def test_a_cell_is_restored(text: str) -> None:
    cell = cell_without_commands(text)
    assert "##[" not in cell
    assert "##vso[" not in cell
    assert re.sub(r"#\\(?=\\*#(?:vso)?\[)", "#", cell) == text
