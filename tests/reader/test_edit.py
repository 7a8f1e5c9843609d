"""Recording: exactly one thing is added, by one writer at a time, whatever happens meanwhile."""

import itertools
import os
import random
import select
import signal
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Entry, Location, PlacedWord
from grcm_cli.reader import emit
from grcm_cli.reader.emit import EditError, UnreadableError, append_entries, verify_appended
from grcm_cli.reader.records import read_progress
from grcm_cli.storage import files

from ..conftest import EVERY, corrupted, held_by_another, run_grcm
from ..processes import call

AT = Location("", 1, 1, 0)


def entry(note: str | None = None, occurrence: str | None = None) -> Entry:
    return Entry(
        "CRI",
        PlacedWord("GRCM-2002-10/8#1", AT),
        date(2003, 1, 10),
        "done",
        AT,
        evidence="https://example.org/observaciones.pdf",
        note=note,
        occurrence=PlacedWord(occurrence, AT) if occurrence else None,
    )


def said(data: bytes) -> list[tuple[object, ...]]:
    return [
        (e.mandate.text, e.day, e.progress, e.evidence, e.note,
         e.occurrence.text if e.occurrence else None)
        for e in read_progress("CRI.yaml", "CRI", data, [])
    ]  # fmt: skip


# --- P1: every way of writing a file, and the bytes before and after ---------------------------

ONE = "{mandate: 'A/1', date: 2003-01-02, progress: \"done\"}"
FILES = {
    "block": "- mandate: A/1   # primera\n  date:  '2003-01-02'\n  progress: \"done\"\n",
    "deep": "   -   mandate: A/1\n       date: 2003-01-02\n       progress: done\n",
    "folded": "- {mandate: A/1, date: 2003-01-02, progress: done}\n"
              "- mandate: A/1\n  date: 2003-01-03\n  progress: started\n"
              "  note: >-\n    una\n\n    nota\n",
    "kept": "- mandate: A/1\n  date: 2003-01-02\n  progress: done\n  note: |+\n    una\n\n\n",
    "brackets": f"[{ONE}]\n",
    "wide brackets": f"[\n  {ONE},  # una\n  {ONE},\n]\n# fin\n",
    "empty list": "[]\n",
    "nothing": "",
    "comments": "# data/progress/CRI.yaml\n\n# nada todavía\n",
    "document": f"---\n- {ONE}\n...\n",
}  # fmt: skip
STYLES = list(
    itertools.product(FILES, ["\n", "\r\n"], ["", "\ufeff"], ["whole", "no last line end", "tail"])
)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: " ".join(map(repr, style)))
def test_an_entry_is_added_and_no_other_byte_changes(style: tuple[str, str, str, str]) -> None:
    name, newline, bom, end = style
    text = FILES[name]
    if end == "tail":
        text += "# comentario: [ ] { } - al final\n\n"
    if end == "no last line end":
        text = text.rstrip("\n")
    old = (bom + text.replace("\n", newline)).encode()
    new = append_entries(old, [entry("nota: #1 'ñ'"), entry(occurrence="2003-05-31")])
    assert said(new) == said(old) + [
        ("GRCM-2002-10/8#1", date(2003, 1, 10), "done", entry().evidence, note, occurrence)
        for note, occurrence in (("nota: #1 'ñ'", None), (None, "2003-05-31"))
    ]
    same = next(
        (n for n, pair in enumerate(zip(old, new, strict=False)) if len(set(pair)) > 1), len(old)
    )
    assert new.endswith(old[same:])
    assert (b"\r\n" in new) == (b"\r\n" in old or (newline == "\r\n" and b"\n" in old))
    assert new.count(b"\xef\xbb\xbf") == len(bom)
    if name in ("block", "deep", "folded") and end == "no last line end":
        assert not new.endswith(b"\n")


@pytest.mark.parametrize(
    "text",
    [
        "NO", "12:30", "2003-01-15", "~", "null", "- x", "* x", "& x", "! x", "% x", "@x", "`x`",
        "a: b", "a #b", "#b", "'", '"', "\\", "[x", "{x", "x, y]", "| x", "> x", "? x", "1e3",
        "=HYPERLINK(1)", "::error::x", "<b>", "{{x}}", "😀 ñandú", "x" * 5000, "مرحبا", "0x1F",
        "yes",
    ],
)  # fmt: skip
@pytest.mark.parametrize("old", ["", "[]", "- {mandate: A/1, date: 2003-01-02, progress: done}"])
def test_any_text_comes_back_as_it_was(text: str, old: str) -> None:
    assert said(append_entries(old.encode(), [entry(text)]))[-1][4] == text


@pytest.mark.parametrize("text", ["mandate: A/1\n", "~\n", "texto\n", "- [x\n", "- a\n\tb: c\n"])
def test_what_is_no_list_takes_no_entries(text: str) -> None:
    with pytest.raises(UnreadableError):
        append_entries(text.encode(), [entry()])


# --- P2: what is written is read back first ----------------------------------------------------


def test_a_thousand_corruptions_of_the_new_text_are_all_refused() -> None:
    chance = random.Random(2003)  # noqa: S311 - the same each time
    old = FILES["folded"].encode()
    good = append_entries(old, [entry("una nota")])
    verify_appended(old, good, [entry("una nota")])
    harmless = 0
    for _ in range(1000):
        bad = corrupted(good, chance)
        try:
            verify_appended(old, bad, [entry("una nota")])
        except (EditError, UnicodeDecodeError):
            continue
        # It passes only where it says the same: a space more between a key and its value.
        assert said(bad) == said(good)
        harmless += 1
    assert harmless < 20


def test_a_saboteur_between_reading_and_writing_leaves_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "CRI.yaml"
    path.write_bytes(FILES["block"].encode())
    monkeypatch.setattr(emit, "mapping", lambda *_, **__: "{mandate: A/2}\n")
    with pytest.raises(EditError):
        files.rewrite_all({path: lambda now: append_entries(now or b"", [entry()])})
    assert path.read_bytes() == FILES["block"].encode()
    assert [p.name for p in tmp_path.iterdir()] == ["CRI.yaml"]


# --- P3 and P4: killed, and not alone ----------------------------------------------------------


def writers(path: Path, name: str, count: int, seconds: float) -> None:
    """Let four processes record, or kill them meanwhile; print how many entries each told.

    They are copies of this process, which has one thread: one of several may leave a lock held.
    """
    children = []
    for number in range(4):
        listen, tell = os.pipe()
        child = os.fork()
        if not child:
            records(path, f"{name}/{number}", count, tell)
            os._exit(0)
        os.close(tell)
        children.append((child, listen))
    if seconds:
        select.select([listen for _child, listen in children], [], [])
        time.sleep(seconds)
        for child, _listen in children:
            os.kill(child, signal.SIGKILL)
    for child, listen in children:
        with os.fdopen(listen, "rb") as pipe:
            sys.stdout.write(f"{len(pipe.read())}\n")
        os.waitpid(child, 0)


def records(path: Path, name: str, count: int, tell: int) -> None:
    for number in range(count):
        new = Entry("CRI", PlacedWord(f"{name}/{number}", AT), date(2003, 1, 10), "done", AT)
        files.rewrite_all({path: partial(_with, new)}, wait=60)
        os.write(tell, b".")


def _with(new: Entry, now: bytes | None) -> bytes:
    return append_entries(now or b"", [new])


def recorded(path: Path, name: str, count: int, seconds: float) -> list[int]:
    """Return how often each of four processes says that it has recorded, until it ended."""
    ended = call(writers, (path, name, count, seconds))
    assert (ended.code, ended.err) == (0, b"")
    return [int(line) for line in ended.out.split()]


def test_four_processes_that_write_one_file_lose_none(tmp_path: Path) -> None:
    """25 each: an entry costs the reading of all before it. With GRCM_ALL_STATES, four files."""
    for turn in range(4 if EVERY else 1):
        path = tmp_path / f"{turn}/CRI.yaml"
        assert recorded(path, "P", 25, 0) == [25] * 4
        found = [e.mandate.text for e in read_progress("f", "CRI", path.read_bytes(), [])]
        assert len(found) == 100
        for number in range(4):
            own = [text for text in found if text.startswith(f"P/{number}/")]
            assert own == [f"P/{number}/{place}" for place in range(25)]
        assert [p.name for p in path.parent.iterdir()] == ["CRI.yaml"]


def test_kills_leave_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """What a killed writer had said to be written is there; nothing is half there.

    By default 12 writers are killed; with GRCM_ALL_STATES=1 in the environment, 200.
    """
    chance = random.Random(1)  # noqa: S311 - the same each time
    path = tmp_path / "CRI.yaml"
    for number in range(50 if EVERY else 3):
        path.write_bytes(b"")
        said_so = sum(recorded(path, f"K{number}", 100_000, chance.random() / 20))
        wrong: list[Finding] = []
        found = read_progress("f", "CRI", path.read_bytes(), wrong)
        assert not wrong
        assert said_so <= len(found) <= said_so + 4  # written, and not told any more
    before = path.read_bytes()
    files.rewrite_all({path: partial(_with, entry())}, wait=0)
    assert path.read_bytes().startswith(before)
    assert [p.name for p in tmp_path.iterdir()] == ["CRI.yaml"]  # nothing of the dead is left


def test_a_new_file_has_the_mode_of_others(tmp_path: Path) -> None:
    path = tmp_path / "progress/CRI.yaml"
    old = os.umask(0o027)
    try:
        files.rewrite_all({path: lambda now: append_entries(now or b"", [entry()])})
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "CRI.yaml"
    os.mkfifo(path)
    with pytest.raises(OSError, match="no regular file"):
        files.rewrite_all({path: lambda now: now or b""})


def test_a_lock_of_the_living_is_waited_for_and_one_of_the_dead_is_not(tmp_path: Path) -> None:
    path = tmp_path / "CRI.yaml"
    path.write_bytes(b"")
    with held_by_another(path) as process:
        with pytest.raises(files.LockedError) as caught:
            files.rewrite_all({path: lambda now: now or b""}, wait=0.1)
        assert caught.value.process == str(process)
    assert (tmp_path / ".CRI.yaml.lock").exists()
    files.rewrite_all({path: lambda _now: b"# new\n"}, wait=0)
    assert [p.name for p in tmp_path.iterdir()] == ["CRI.yaml"]


# --- P15: names --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stem",
    ["", "-A", "../x", "a/b", "a\\b", "a.b", ".x", "a b", "a" * 65, "CON", "nul", "Aux", "COM1",
     "lpt9", "A.", "..", "é", "\u0410", "a\n", "٣"],
)  # fmt: skip
def test_what_is_no_safe_name_makes_no_file(stem: str) -> None:
    assert files.file_name(stem) is None


@pytest.mark.parametrize("stem", ["CRI", "GRCM-2002-10", "1", "a" * 64, "CONS", "COM10"])
def test_a_safe_name(stem: str) -> None:
    assert files.file_name(stem) == f"{stem}.yaml"


# --- the command -------------------------------------------------------------------------------


def record(work: Path, *arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
    """Run `grcm record` as of a day in 2003."""
    ran = run_grcm("--as-of", "2003-02-01", "record", *arguments, cwd=work, stdin=stdin)
    return ran.code, ran.out, ran.err


TABLE = """\
ref;parte;fecha;avance;nota;otra
GRCM-2002-10/8#1;Panamá;2003-01-12;cumplido;ya está;x
8#1;nic;2003-01-14;iniciado;;x
8#1;BLZ;;;;
9;GTM;2002-12-15;started;;
"""


def test_a_spreadsheet_is_taken_in_once(work: Path) -> None:
    code, out, err = record(work, "-", stdin=TABLE.encode("utf-8-sig"))
    assert (code, err) == (
        0, "columns that are not read: otra\n1 row without progress left out\n"
        "rows 3, 5: without a meeting; read as GRCM-2002-10, as above\n",
    )  # fmt: skip
    assert [line for line in out.splitlines() if "added" in line] == [
        "data/progress/GTM.yaml: 1 entry added",
        "data/progress/NIC.yaml: 1 entry added",
        "data/progress/PAN.yaml: 1 entry added",
    ]
    assert "GRCM-2002-10/9  GTM  2003-03-31  in 58 days, started" in out
    code, out, _err = record(work, "-", stdin=TABLE.encode())
    assert code == 0
    assert out.count("already recorded; nothing was added") == 3
    assert run_grcm("validate", "--strict", cwd=work).code == 0


def test_all_rows_are_checked_before_the_first_is_written(work: Path) -> None:
    table = TABLE.replace("9;GTM;2002-12-15", "9;GTM;31/02/2002") + "99;GTM;2002-12-15;done;;\n"
    code, _out, err = record(work, "-", stdin=table.encode())
    assert code == 2
    assert err.splitlines()[2:] == [
        "grcm: stdin:5: '31/02/2002' is not a calendar date; write it as YYYY-MM-DD",
        "grcm: stdin:6: GRCM-2002-10 has no conclusion 99; it has 1 to 24; nothing was written",
    ]
    assert not list((work / "data/progress").glob("*.yaml"))


def test_what_was_interrupted_is_completed_by_running_it_again(work: Path) -> None:
    record(work, "-", stdin=TABLE.encode())
    whole = {p.name: p.read_bytes() for p in (work / "data/progress").iterdir()}
    (work / "data/progress/PAN.yaml").unlink()
    record(work, "-", stdin=TABLE.encode())
    assert {p.name: p.read_bytes() for p in (work / "data/progress").iterdir()} == whole


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (b"", "it is empty: it needs a row of headings"),
        (b"a,b\n1,2\n", "row 1: there is no column Reference; the headings are: a, b"),
        (b"ref,mandato\n",
         "row 1: two columns are called Reference: ref, mandato; delete one of them"),
        ("ref,nota\n8,café\n".encode("mac-roman"),
         "its accents are in an encoding that cannot be read ('cafŽ…'): in the spreadsheet "
         "program, save it as “CSV UTF-8”"),
        (b"PK\x03\x04\x00\x00",
         "it is not CSV text: in the spreadsheet program, save it as “CSV UTF-8”"),
        (b'ref,note\n8,"open\n',
         "line 2 is not a CSV row: a quotation mark is missing, or there is one too many"),
    ],
)  # fmt: skip
def test_a_table_that_is_none(work: Path, table: bytes, expected: str) -> None:
    assert record(work, "done", "-", stdin=table)[::2] == (
        2,
        f"grcm: stdin: {expected}; nothing was written\n",
    )


def test_a_file_that_cannot_be_read_is_left_alone(work: Path) -> None:
    path = work / "data/progress/CRI.yaml"
    path.write_text("- {mandate: GRCM-2002-10/8#1\n")
    code, _out, err = record(work, "done", "GRCM-2002-10/8#1", "--by", "CRI")
    assert code == 1
    assert "no entry can be added to" in err.splitlines()[-1]
    assert path.read_text() == "- {mandate: GRCM-2002-10/8#1\n"


def test_a_read_only_file_or_folder_is_exit_3(work: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write anywhere")
    path = work / "data/progress"
    path.chmod(0o500)
    assert record(work, "done", "GRCM-2002-10/8#1", "--by", "CRI")[0] == 3
