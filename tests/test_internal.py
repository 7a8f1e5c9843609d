"""What is internal or confidential leaves in nothing that is published or sent.

A record has a marked word in every key that is not public, and in everything of a confidential
conclusion and of a confidential meeting. It is sought in every file and answer that leaves. Which
commands, formats and keys there are is asked of the program: a new one is in these tests.
"""

import io
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import grcm_cli as grcm
from grcm_cli.cli import command_table
from grcm_cli.cli.output import ENDINGS
from grcm_cli.commands import export, letters
from grcm_cli.formats import FORMATS
from grcm_cli.reader import fields
from grcm_cli.reporters import NAMES

from .conftest import Folder, run_grcm, run_line

MARK = "Zyzzogeton"
DAY = "2003-06-01"
EXAMPLE = Path(__file__).parent / "internal"
"""A record with the mark and a number in each key that is not public.

A topic and an organization have it that only what is confidential names.
"""
LISTS = {
    "due": ["--all"],
    "overdue": [],
    "tasks": ["AAA", "--all"],
    "meetings": [],
    "search": [MARK],
    "matrix": [],
    "stats": [],
    "changes": ["--since", "2002-10-01"],
    "show": ["WG-2002-10"],
    "log": ["WG-2002-10/1#2"],
}
"""The lists, each with what it needs to have something of the record."""


@pytest.fixture
def record(folder: Folder) -> Folder:
    shutil.copytree(EXAMPLE, folder.path, dirs_exist_ok=True)
    folder.write(f"sources/{MARK}-9.pdf", MARK)
    return folder


def texts(data: bytes) -> Iterator[bytes]:
    """Yield what is in a file: as it is, unpacked, or each part of an archive."""
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    elif data[:2] == b"\x1f\x8b":
        yield zlib.decompress(data, wbits=31)


def marked(path: Path) -> list[str]:
    """Return the files of a folder, or the file, that have the mark, by their names."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    mark = MARK.encode()
    return [
        str(file)
        for file in files
        if mark in str(file).encode() or any(mark in text for text in texts(file.read_bytes()))
    ]


def run(record: Folder, *arguments: str) -> str:
    """Run a command on the record; return its answer, which may be empty."""
    ran = run_grcm(*arguments, "--data", str(record.path), "--as-of", DAY)
    assert ran.code == 0, ran.err
    return ran.out


def test_the_mark_is_in_every_key_that_is_not_public() -> None:
    tables = (fields.MEETING, fields.CONCLUSION, fields.MANDATE, fields.ENTRY)
    private = [name for table in tables for name in table if name in ("internal", "confidential")]
    assert sorted(private) == ["confidential"] * 2 + ["internal"] * 3
    text = "".join(path.read_text("utf-8") for path in EXAMPLE.rglob("*.yaml"))
    numbers = [n for n in range(1, 19) if f"{MARK}{'-' if n == 9 else ' '}{n}" in text]
    assert numbers == [*range(1, 19)]


def test_every_command_that_answers_or_sends_is_asked_here() -> None:
    asked = {*LISTS, "diff"}  # with a test of its own, for it needs a history
    assert asked == {*command_table.GROUPS["Ask"]}
    assert {*command_table.SENT} == {"export", "site", "agenda", "remind"}


@pytest.mark.parametrize("name", [name for name, kind in FORMATS.items() if not kind.is_own])
def test_what_was_edited_in_confidence_is_in_no_answer_that_leaves(
    record: Folder, name: str
) -> None:
    path = record.path / "meetings/WG-2002-10.yaml"
    whole = path.read_text()
    path.write_text(whole.replace(MARK, "other"))
    for command in ("git init -q", "git add -A", "git commit -qm first"):
        assert run_line(command, record.path) == ""
    path.write_text(whole)
    answers = [
        run_grcm("diff", "HEAD", "--format", name, *options, cwd=record.path).out
        for options in ([], ["--internal"])
    ]
    assert [MARK in answer for answer in answers] == [False, True]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_a_list_has_it_on_the_secretariat_s_terminal_alone(
    record: Folder, name: str, format_name: str
) -> None:
    arguments = [name, *LISTS[name], "--format", format_name]
    ran = run_grcm(*arguments, "--data", str(record.path), "--as-of", DAY)
    if ran.code == 2:
        assert "--format" in ran.err  # which some answers do not have
        return
    leaves = not FORMATS[format_name].is_own
    assert ran.code == 0, ran.err
    if name != "search":  # what was sought for stands in the answer
        assert not leaves or MARK not in ran.out
    if leaves:
        assert "never published" in ran.err
        whole = run_grcm(*arguments, "--internal", "--data", str(record.path), "--as-of", DAY)
        assert whole.code == 0
        assert "never published" not in whole.err
        if name in ("due", "tasks", "show", "log") and format_name != "md":
            assert MARK in whole.out


@pytest.mark.parametrize(
    "asked",
    [
        *("meetings", f"search {MARK}", "matrix", "due --all", "overdue", "tasks BBB --all"),
        *("changes --since 2003-02-01", "show CO-2003-02", "show CO-2003-02/2", "show WG-2002-10"),
        *("show WG-2002-10/1", "log WG-2002-10/3", "log CO-2003-02/2", "log WG-2002-10/1#1"),
    ],
)
def test_the_terminal_marks_it(record: Folder, asked: str) -> None:
    assert "confidential" in run(record, *asked.split())


@pytest.mark.parametrize("format_name", NAMES)
def test_findings_for_a_service_have_no_line_of_it(record: Folder, format_name: str) -> None:
    meeting = record.path / "meetings/WG-2002-10.yaml"
    meeting.write_text(meeting.read_text().replace("due: next CO", "due"))
    arguments = ["validate", "--format", format_name, "--data", str(record.path)]
    ran = run_grcm(*arguments, "--as-of", DAY)
    assert ran.code == 1
    assert format_name == "full" or MARK not in ran.out


def test_findings_of_a_public_record_have_their_lines(folder: Folder) -> None:
    folder.meeting("- {number: 1, text: Uno, responsible: NOBODY}\n")
    ran = run_grcm("validate", "--format", "sarif", "--data", str(folder.path), "--as-of", DAY)
    assert "NOBODY}" in ran.out


@pytest.mark.parametrize("kind", fields.FILES)
def test_a_schema_has_the_names_without_their_meaning(record: Folder, kind: str) -> None:
    schema = run(record, "schema", kind)
    assert MARK not in schema
    assert ("SECRET" in schema) == (kind != "progress")


def test_the_answer_says_that_it_is_confidential(record: Folder) -> None:
    folder = ["--data", str(record.path), "--as-of", DAY]
    for asked in (
        *("show CO-2003-02", "show co-2003-02/2", "show WG-2002-10/3#1", "log CO-2003-02/1"),
        *("due --theme HUSH", "due --meeting CO-2003-02", "changes --since CO-2003-02"),
    ):
        ran = run_grcm(*asked.split(), "--format", "json", *folder)
        assert ran.code == 2
        assert "confidential" in ran.err
        assert "--internal" in ran.err
        assert run_grcm(*asked.split(), "--format", "json", "--internal", *folder).code == 0


WITHHELD = {
    "extends: {mandate: WG-2002-10/1, due: 2003-12-31}": "",
    "extends: {mandate: WG-2002-10/1, due: 2003-12-31, parties: AAA}": "BBB",
    "closes: WG-2002-10/1": "",
    "supersedes: WG-2002-10/1": "",
    "reassigns: {mandate: WG-2002-10/1, from: AAA, to: ORG}": "BBB",
    "follows: WG-2002-10/1": "AAA BBB",
    "closes: [WG-2002-10/1, WG-2002-10/2]": "",
    "extends: {mandate: WG-2002-10/3, due: 2003-12-31}": "AAA BBB",
}
"""What a confidential conclusion decides, and who is still told to owe the first mandate."""


@pytest.mark.parametrize(
    ("decision", "due"),
    [(decision, "2003-01-31") for decision in WITHHELD]
    + [(decision, "every 3 months") for decision in WITHHELD if "extends" not in decision],
)
def test_a_task_that_a_confidential_conclusion_changes_does_not_leave(
    folder: Folder, decision: str, due: str
) -> None:
    folder.meeting(
        f"- {{number: 1, text: Uno, responsible: {{each: [AAA, BBB]}}, due: {due}}}\n"
        "- {number: 2, text: Dos, responsible: BBB, due: every month, until: 2003-03}\n"
        "- {number: 3, text: Tres, responsible: BBB, due: 2003-01-31}\n"
    )
    folder.progress("BBB", "- {mandate: WG-2002-10/3, date: 2003-02-01, progress: done}\n")
    hidden = f"- {{number: 1, text: T, confidential: true, {decision}}}\n"
    folder.meeting(hidden, "WG-2003-02", "WG", "2003-02-10", "2003-02-10")

    def told(record: grcm.Record, day: str, reference: str = "WG-2002-10/1") -> str:
        listed = record.tasks(as_of=day, closed=True)
        return " ".join(sorted({task.party or "" for task in listed if task.ref == reference}))

    public, whole = grcm.load(folder.path), grcm.load(folder.path, internal=True)
    assert told(public, DAY) == WITHHELD[decision]
    assert told(public, "2003-02-09") == "AAA BBB"
    assert len(told(whole, DAY).split()) == 2
    assert bool(told(public, DAY, "WG-2002-10/2")) == ("10/2" not in decision)
    assert told(public, DAY, "WG-2002-10/3") == "BBB"  # it was answered before
    changed = {change.ref for change in public.changes(since="2002-12-01", as_of=DAY)}
    assert ("WG-2002-10/1" in changed) == bool(WITHHELD[decision])
    assert "gone" not in {change.kind for change in public.changes(since="2003-01-01", as_of=DAY)}


@pytest.mark.parametrize(
    "decision",
    [
        "extends: {mandate: WG-2002-10/1, due: 2003-12-31, parties: AAA}",
        "reassigns: {mandate: WG-2002-10/1, from: AAA, to: ORG}",
    ],
)
def test_what_is_reported_on_such_a_task_does_not_leave(folder: Folder, decision: str) -> None:
    folder.meeting("- {number: 1, text: Uno, responsible: {each: [AAA, BBB]}, due: 2003-01-31}\n")
    hidden = f"- {{number: 1, text: T, confidential: true, {decision}}}\n"
    folder.meeting(hidden, "WG-2003-02", "WG", "2003-02-10", "2003-02-10")
    first, second = (
        f"- {{mandate: WG-2002-10/1, date: {day}, progress: {progress}}}\n"
        for day, progress in (("2003-01-20", "started"), ("2003-02-20", "done"))
    )
    is_moved = decision.startswith("extends")
    reports = {"AAA": first + second * is_moved, "BBB": first + second, "ORG": second}
    for party in ("AAA", "BBB") if is_moved else reports:
        folder.progress(party, reports[party])
    options = ("--format", "csv", "--columns", "event,party,date")
    told = run_grcm("log", "WG-2002-10/1", *options, "--data", str(folder.path), "--as-of", DAY)
    lines = [line for line in told.out.split() if line.startswith("reported")]
    assert lines == [
        "reported,AAA,2003-01-20",
        "reported,BBB,2003-01-20",
        "reported,BBB,2003-02-20",
    ]


def test_what_others_report_is_still_published(folder: Folder) -> None:
    """A public handover beside a confidential extension of another party's task."""
    folder.meeting("- {number: 1, text: Uno, responsible: {each: [AAA, BBB]}, due: 2003-01-31}\n")
    folder.meeting(
        "- {number: 1, text: T, reassigns: {mandate: WG-2002-10/1, from: AAA, to: ORG}}\n"
        "- {number: 2, text: T, confidential: true,"
        " extends: {mandate: WG-2002-10/1, due: 2003-12-31, parties: BBB}}\n",
        *("WG-2003-02", "WG", "2003-02-10", "2003-02-10"),
    )
    folder.progress("ORG", "- {mandate: WG-2002-10/1, date: 2003-02-20, progress: done}\n")
    listed = grcm.load(folder.path).tasks(as_of=DAY, closed=True)
    assert [(task.party, task.state) for task in listed if task.ref == "WG-2002-10/1"] == [
        ("ORG", "done")
    ]


def test_a_page_says_whose_state_is_not_published(folder: Folder) -> None:
    """A later decision that ends their duty alone has an effect."""
    folder.meeting("- {number: 1, text: Uno, responsible: {each: [AAA, BBB]}, due: 2003-01-31}\n")
    hidden = "extends: {mandate: WG-2002-10/1, due: 2003-12-31, parties: BBB}"
    for day, decision in (
        ("2003-02-10", f"confidential: true, {hidden}"),
        ("2003-03-10", "closes: WG-2002-10/1"),
    ):
        conclusion = f"- {{number: 1, text: T, {decision}}}\n"
        folder.meeting(conclusion, f"WG-{day[:7]}", "WG", day, day)
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-20, progress: done}\n")
    run(folder, "site", str(folder.path / "s"))
    page = (folder.path / "s/en/meeting/WG-2002-10.html").read_text("utf-8")
    assert "each of the parties named (2)" in page
    assert "its state is not published: Brezo" in page
    assert "without effect" not in page


def test_the_terminal_says_how_many_tasks_do_not_leave(record: Folder) -> None:
    arguments = ["--data", str(record.path), "remind", "AAA", "--lang", "en", "--as-of"]
    for day, is_told in (("2003-02-09", True), ("2003-02-10", False)):
        ran = run_grcm(*arguments, day)
        assert ("WG-2002-10/1#1 Pagar" in ran.out) == is_told
        told = ", 1 task affected by something confidential\n" in ran.err
        assert told == (not is_told)
    run(record, "site", str(record.path / "s"))
    page = (record.path / "s/en/meeting/WG-2002-10.html").read_text("utf-8")
    assert page.count("its state is not published") == 1


@pytest.mark.parametrize("name", [name for name in export.FORMATS if name != "edoxen"])
def test_an_export_has_nothing_of_it(record: Folder, name: str, tmp_path: Path) -> None:
    path = tmp_path / "out" / f"tasks{ENDINGS[name][0]}"
    path.parent.mkdir()
    run(record, "export", name, "--all", "-o", str(path))
    assert path.stat().st_size
    assert marked(path) == []


def test_collections_of_edoxen_have_nothing_of_it(record: Folder, tmp_path: Path) -> None:
    run(record, "export", "edoxen", str(tmp_path / "out"))
    assert marked(tmp_path / "out") == []


@pytest.mark.parametrize("options", [[], ["--sources"], ["--base-url", "https://e.example/"]])
def test_a_site_has_nothing_of_it(record: Folder, options: list[str], tmp_path: Path) -> None:
    target = tmp_path / "site"
    ran = run_grcm("site", str(target), *options, "--data", str(record.path), "--as-of", DAY)
    assert ran.code == 0, ran.err
    assert "never published: 1 meeting, 3 conclusions, 3 internal" in ran.err
    assert marked(target) == []
    assert [path.stem for path in target.glob("en/topic/*.html")] == ["OPEN"]
    # Nor what a confidential conclusion decides: it closed WG-2002-10/1#1.
    assert "CO-2003-02/1" not in "".join(p.read_text() for p in target.rglob("*.html"))


def test_a_partial_site_does_not_name_a_confidential_meeting_s_file(folder: Folder) -> None:
    folder.meeting("- {number: 1, text: Uno, responsible: AAA, due: 2003-01-31}\n")
    wrong = "- {number: 1, text: Dos, responsible: NOBODY}\n"
    folder.meeting(f"{wrong}confidential: true\n", "WG-2003-02", "WG", "2003-02-10", "2003-02-10")
    target = folder.path / "site"
    ran = run_grcm("site", str(target), "--partial", "--data", str(folder.path), "--as-of", DAY)
    assert ran.code == 1
    assert "meetings/WG-2003-02.yaml" in ran.err
    assert "WG-2003-02.yaml" not in "".join(p.read_text() for p in target.rglob("*.html"))


@pytest.mark.parametrize("name", letters.PACKS)
def test_an_agenda_has_nothing_of_it(record: Folder, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"pack.{name}"
    run(record, "agenda", "WG", "--format", name, "-o", str(path))
    assert marked(path) == []


def test_an_agenda_and_changes_count_from_no_confidential_meeting(folder: Folder) -> None:
    folder.meeting("- {number: 1, text: Uno, responsible: AAA, due: 2003-03-31}\n")
    hidden = "- {number: 1, text: T}\nconfidential: true\n"
    folder.meeting(hidden, "WG-2003-02", "WG", "2003-02-10", "2003-02-11")
    pack = run(folder, "agenda", "WG")
    assert "Since the last meeting (29–31 October 2002)" in pack
    for format_name in ("table", "json"):
        assert "2002-10-31" in run(folder, "changes", "--format", format_name)


@pytest.mark.parametrize("name", letters.LETTERS)
def test_a_letter_has_nothing_of_it(record: Folder, name: str, tmp_path: Path) -> None:
    run(record, "remind", "--all", "--format", name, "-o", str(tmp_path / "letters"))
    assert marked(tmp_path / "letters") == []


def test_a_form_has_nothing_of_it(record: Folder, tmp_path: Path) -> None:
    run(record, "remind", "--all", "--form", "-o", str(tmp_path / "forms"))
    assert marked(tmp_path / "forms") == []


def test_the_library_has_it_only_where_it_is_asked_for(record: Folder) -> None:
    public = grcm.load(record.path)
    whole = grcm.load(record.path, internal=True)
    tasks = public.tasks(as_of=DAY, closed=True)
    assert MARK not in repr((public.meetings, public.parties, tasks))
    assert MARK in repr(whole.meetings)
    by_day = (record.tasks(as_of=DAY) for record in (whole, public))
    # One more that is confidential, and none that a confidential conclusion closed.
    assert [task.ref for task in next(by_day)].count("CO-2003-02/2") == 1
    assert [task.ref for task in next(by_day)].count("WG-2002-10/1#1") == 0
