"""The cache: whatever its state, every answer is the one that is read from the files."""

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast
from unittest.mock import patch

import pytest
from benchmarks.generate import folder as generated
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.domain.model import Meeting
from grcm_cli.reader.fields import PROGRESS_WORDS
from grcm_cli.storage import cache, file_reader
from grcm_cli.storage.file_reader import FileReading

from ..conftest import EVERY, REGISTER, ROOT, Folder, run_grcm

Answer = tuple[int, str, str]  # the exit code, what went to stdout and what to stderr


def grcm(data: Path, *words: str, **more: str) -> Answer:
    """Run grcm with a data folder."""
    ran = run_grcm("--data", str(data), *words, cwd=ROOT, **more)
    return ran.code, ran.out, ran.err


# --- after any edits ------------------------------------------------------------------------------

ONCE = ("2003-01-15", "2003-Q1", "2009", "next WG", "next CO", "WG-2", "within 60 days", "ongoing",
        "asap", "30 days before next WG", "2 weeks before WG-2",
        "within 2 months of WG-2", "2004-02-29")  # fmt: skip
AGAIN = ("every year on 05-31", "every 6 months", "every WG", "every 10 days, until: 2006-12-31")
ALL = ("{each: [AAA, BBB, ORG]}", "[AAA, BBB, ORG]")
OWES = (*ALL, "AAA", "CH", "[CH, ORG]", "[]", "{each: members}", "{each: [AAA, CH, ORG]}",
        "{each: participants, except: AAA}")  # fmt: skip
MARKS = ("", ", kind: encouragement", ", support: [ORG, BBB]", ", note: Nota",
         ", action: {es: Acción, en: An action}", ", action: Ação “一”")  # fmt: skip
LATER = (", after: WG-1/1#1", ", after: [WG-1/2#1, WG-1/1#2]", ", void: error", *MARKS)
LINEAGE = ("", "closes: WG-1/1", "supersedes: WG-1/2#1", "follows: WG-1/1", "note: Nota",
           "extends: {mandate: WG-1/2#1, due: 2004-05-06}", "documents: [Anexo]", "acts: directive",
           "extends: [{mandate: WG-1/2#1, due: 2003-11-11, parties: [AAA]}]",
           "extends: {mandate: WG-1/2#1, due: ongoing}")  # fmt: skip
STATES = tuple(PROGRESS_WORDS)
ADDED = ("", "", ", evidence: https://example.org", ", note: Nota")
MEETINGS = {"WG-1": "2002-10-29", "WG-2": "2003-02-10", "WG-3": "2004-02-10"}
OTHER = REGISTER.replace("[BB]", "[BB, B.]").replace("2003-01-01}]", "2003-02-01}]")
WRONG = (
    *(("responsible: ", "responsible: XXX # "), ("responsible: ", "reponsible: ")),
    *(("due: ", "due: never # "), ("due: ", "due: 1999-01-01 # "), ("number: 2", "number: 1")),
    *(("WG-1/2#1", "WG-1/9"), ("body: WG", "body: XX"), ("id: ", "id: X"), ("Texto", "a # b")),
    *(("progress: ", "progress: un"), ("date: 2003", "date: 1999"), ("#1,", "#9,")),
    *(("responsible: ", "responsible: XXX} # grcm: ignore[unknown-party]\n  - {responsible: "),),
)
"""What makes a file wrong: for its reader, for itself, or beside other files."""
BROKEN = ("", "{", "id: WG-1\n", "- 1\n", "id: &a x\n", "\ufeff# nothing\n")
COMMANDS = (
    *("due", "due --all --format json", "due --before 2003-06-01 --format plain --exit-code"),
    *("due --after 2003-01-01 --each", "overdue", "overdue --format csv", "tasks AAA --all"),
    *("tasks CH --format json", "matrix", "matrix WG-1 --format json", "stats", "meetings"),
    *("changes --since 2000-01-01", "changes --since-last WG --by party --format json"),
    "due --unreported --format plain",
    *("meetings --format json", "show WG-1", "show WG-1/1", "show WG-2/1 --format json"),
    *("log WG-1/1#1 --format json", "log WG-1/2#1", "agenda WG", "agenda CO", "remind AAA"),
    *("record done WG-1/1#1 --by AAA --dry-run", "record started WG-1/2 --dry-run", "search text"),
)
"""Every command that can read from the cache, and some that never do."""


@st.composite
def meeting_files(draw: st.DrawFn, name: str) -> str:
    """Make a meeting's file without errors, as long as WG-1 is there."""
    text = f"id: {name}\nbody: WG\nstart: {MEETINGS[name]}\nparticipants: [AAA, BBB]\n"
    if draw(st.booleans()):
        text += "title: {es: Título, en: Title}\nplace: Aquí\ncountry: AAA\nsource: https://x.org\n"
    text += "conclusions:\n"
    for number in range(1, draw(st.integers(2, 4)) + 1):
        # Both parties report on the first two conclusions of WG-1, and later ones refer to them.
        is_first = name == "WG-1" and number < 3
        kinds = (ALL, ONCE, MARKS) if is_first else (OWES, (*ONCE, *AGAIN), LATER)
        rows = st.lists(st.tuples(*map(st.sampled_from, kinds)), min_size=2 * is_first, max_size=2)
        text += f"- number: {number}\n  text: Texto {draw(st.integers(0, 3))}\n"
        text += f"  {draw(st.sampled_from(LINEAGE))}\n" if name != "WG-1" and number == 1 else ""
        if owed := draw(rows):
            mandates = (f"  - {{responsible: {o}, due: {due}{mark}}}\n" for o, due, mark in owed)
            text += "".join(("  mandates:\n", *mandates))
    return text


@st.composite
def progress_files(draw: st.DrawFn) -> str:
    """Make a party's file of reports without errors."""
    parts = ((1, 2), (1, 2), ("2002-11-30", "2003-03-01", "2003-03-02"), STATES, ADDED)
    return "".join(
        f"- {{mandate: WG-1/{number}#{ordinal}, date: {day}, progress: {state}{more}}}\n"
        for number, ordinal, day, state, more in draw(
            st.lists(st.tuples(*map(st.sampled_from, parts)), max_size=4)
        )
    )


Edit = tuple[str, str | None]
"""A file of the data folder, and what it says from then on; None: it is deleted."""
WHOLE: tuple[Edit, ...] = (
    ("register.yaml", REGISTER),
    ("register.yaml", OTHER),
    ("meetings/CO-1.yaml", "id: CO-1\nbody: CO\nstart: 2003-05-29\n"),
    *((f"{name}.yaml", None) for name in ("meetings/CO-1", "meetings/WG-3", "progress/AAA")),
)
SOUND: st.SearchStrategy[Edit] = st.one_of(
    *(st.tuples(st.just(f"meetings/{name}.yaml"), meeting_files(name)) for name in MEETINGS),
    st.tuples(st.sampled_from(("progress/AAA.yaml", "progress/BBB.yaml")), progress_files()),
    st.sampled_from(WHOLE),
)
NAMES = ("meetings/WG-1.yaml", "meetings/WG-2.yaml", "progress/AAA.yaml")
ANY: st.SearchStrategy[Edit] = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.none() | st.sampled_from(BROKEN)),
    st.tuples(st.sampled_from(("meetings/renamed.yaml", "meetings/x.yml")), meeting_files("WG-3")),
    st.builds(
        lambda change, wrong: (change[0], change[1] and change[1].replace(*wrong, 1)),
        SOUND,
        st.sampled_from(WRONG),
    ),
)
EDITS = st.integers(0, 3).flatmap(lambda number: SOUND if number else ANY)
ASKED = st.lists(st.sampled_from(COMMANDS), min_size=3, max_size=4)


def edit(data: Path, change: Edit, when: int) -> None:
    """Change a file; `when` is another time for each change, in seconds."""
    name, text = change
    path = data / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if text is not None:
        path.write_text(text, encoding="utf-8")
        os.utime(path, (when, when))


@settings(max_examples=80 if EVERY else 10)
@given(
    first=st.tuples(meeting_files("WG-1"), meeting_files("WG-2"), progress_files()),
    edits=st.lists(st.tuples(EDITS, ASKED), min_size=3, max_size=6),
)
def test_every_answer_is_the_one_without_a_cache(
    first: tuple[str, str, str], edits: list[tuple[Edit, list[str]]]
) -> None:
    always = patch.object(cache, "_SETTLED_AFTER", -(10**18))
    with tempfile.TemporaryDirectory() as made, always:
        data, there = Path(made) / "data", {"XDG_CACHE_HOME": f"{made}/cache"}
        data.mkdir()
        for when, (name, text) in enumerate(zip(NAMES, first, strict=True)):
            edit(data, (name, text), when)
        for when, (change, commands) in enumerate([(WHOLE[0], ["due"]), *edits], 10):
            edit(data, change, when)
            for command in commands:
                words = (*command.split(), "--as-of", "2003-03-15")
                assert grcm(data, *words, **there) == grcm(data, *words, "--no-cache"), command


def test_a_comment_that_ignores_an_error_is_cached_with_its_file(
    folder: Folder, tmp_path: Path
) -> None:
    comment = "# grcm: ignore[unknown-party]"
    duties = f"  - {{responsible: XXX}}  {comment}\n  - {{responsible: AAA}}"
    folder.meeting(f"- number: 1\n  text: T\n  mandates:\n{duties}\n")
    with patch.object(cache, "_SETTLED_AFTER", -(10**18)):
        data, place = folder.path, {"XDG_CACHE_HOME": str(tmp_path / "cache")}
        for _time in range(3):
            code, shown, told = grcm(data, "due", "--as-of", "2003-03-15", **place)
            assert (code, told) == (0, "")
            assert "XXX" in shown


# --- whatever state it is in ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return data folders; all wait once until a change would surely have another time."""
    made = [tmp_path_factory.mktemp("copy") / "data" for _number in range(20)]
    generated(made[0], 12)
    for path in made[1:]:
        shutil.copytree(made[0], path)
    time.sleep(2.1)
    return iter(made)


DUE = ("due", "--before", "2003-01-15", "--as-of", "2003-01-01", "--format", "json")


class Cached(NamedTuple):
    """A folder that one test has for itself, with a cache."""

    data: Path
    cache: Path

    def run(self, *words: str) -> Answer:
        """Run grcm with this cache."""
        return grcm(self.data, *(words or DUE), XDG_CACHE_HOME=str(self.cache))

    def is_right(self) -> bool:
        """Tell whether the answer is the one without a cache."""
        return self.run() == self.run(*DUE, "--no-cache")

    def read(self) -> list[str]:
        """Run grcm, and return the data files that it opened."""
        read = file_reader._whole
        with patch.object(file_reader, "_whole", side_effect=read) as reads:
            self.run()
        return [call.args[0].relative_to(self.data).as_posix() for call in reads.call_args_list]

    @property
    def file(self) -> Path:
        (found,) = (self.cache / "grcm").iterdir()
        return found


@pytest.fixture
def cached(copies: Iterator[Path], tmp_path: Path) -> Cached:
    return Cached(next(copies), tmp_path / "cache")


def test_the_second_run_opens_no_file_and_another_only_what_changed(cached: Cached) -> None:
    before = {path: path.stat().st_mtime_ns for path in cached.data.rglob("*")}
    assert len(cached.read()) == len(list(cached.data.rglob("*.yaml")))
    assert cached.file.stat().st_mode & 0o777 == 0o600
    assert cached.read() == []
    assert {path: path.stat().st_mtime_ns for path in cached.data.rglob("*")} == before
    first = cached.file.read_bytes()
    meeting = sorted((cached.data / "meetings").iterdir())[0]
    meeting.write_text(meeting.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    for _again in range(2):  # as long as the change is fresh
        assert cached.read() == [f"meetings/{meeting.name}"]
        assert cached.file.read_bytes() == first
    with patch.object(cache, "_SETTLED_AFTER", -1):
        assert cached.read() == [f"meetings/{meeting.name}"]
    assert cached.read() == []
    assert cached.file.read_bytes() != first
    assert cached.is_right()


def test_a_cut_or_changed_cache_file_is_as_none(cached: Cached) -> None:
    true = cached.run()
    whole = cached.file.read_bytes()
    nothing = cache.decoded_cache(b"")
    assert len(cache.decoded_cache(whole)[1]) > 12
    chance = random.Random(1)  # noqa: S311 - the same places each time
    for _try in range(300):
        at = chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        assert cache.decoded_cache(bytes(changed)) == nothing
        assert cache.decoded_cache(whole[:at]) == nothing
    for state in (b"", whole[:1000], whole[:-1], bytes(len(whole)), b"\n" + whole, b"{}\n[]\n"):
        cached.file.write_bytes(state)
        assert cached.run() == true
        assert cached.file.read_bytes() == whole  # and it is made anew
    os.truncate(cached.file, 200_000_000_000)  # of which the disk has nothing
    assert cached.run() == true
    assert cached.file.read_bytes() == whole


SPOILED: list[object] = [
    *(None, "text", b"", [1, 2], ({}, {})),
    *(
        tuple.__new__(Meeting, fields)
        for fields in (("GRCM-2002-10",), *((value,) * 20 for value in (7, "x", ("x",))))
    ),
]


@pytest.mark.parametrize("name", ["register.yaml", "meetings", "progress"])
def test_wrong_values_under_a_right_seal_are_read_anew(cached: Cached, name: str) -> None:
    true = cached.run()
    _is_sound, kept = cache.decoded_cache(cached.file.read_bytes())
    for wrong in SPOILED:
        content = cache.encoded(FileReading("", cast("Any", wrong)))
        spoiled = {
            path: file._replace(content=content) if path.startswith(name) else file
            for path, file in kept.items()
        }
        cached.file.write_bytes(cache.encoded_cache(spoiled, is_sound=True))
        assert cached.run() == true, wrong
        assert cached.run() == true, wrong


def test_another_version_has_a_cache_of_its_own(cached: Cached) -> None:
    cached.run()
    with patch.object(cache, "_PROGRAM", b"grcm of another day"):
        assert [bool(cached.read()) for _again in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("meetings", b"Presentar", b"Recordar "), ("progress", b"progress: done", b"progress: void"),
     ("register.yaml", b"code: EX", b"code: XE")],
)  # fmt: skip
def test_other_words_of_the_same_size_and_time_are_seen(
    cached: Cached, name: str, old: bytes, new: bytes
) -> None:
    cached.run()
    files = sorted((cached.data / name).glob("*.yaml")) or [cached.data / name]
    path = next(file for file in files if old in file.read_bytes())
    before, text = path.stat(), path.read_bytes()
    path.write_bytes(text.replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert cached.is_right()


@pytest.mark.parametrize(
    ("wrong", "read"),
    [
        pytest.param("body: XX\nstart: 1900-01-01", [], id="found by a rule"),
        pytest.param("body: CE\nstart: 1900-01-41", ["meetings/bad.yaml"], id="by the reader"),
    ],
)
def test_of_a_record_with_errors_only_what_the_reader_refuses_is_read_each_time(
    cached: Cached, wrong: str, read: list[str]
) -> None:
    """Findings are in the language of who reads them, and are not kept."""
    cached.run()
    bad = cached.data / "meetings/bad.yaml"
    bad.write_text(f"id: bad\n{wrong}\n", encoding="utf-8")
    with patch.object(cache, "_SETTLED_AFTER", -1):
        assert cached.run()[0] == 1
        assert cached.is_right()
        assert cached.read() == read
    bad.unlink()
    assert cached.is_right()
    assert cached.read() == []


def test_a_link_that_leads_nowhere_is_told(cached: Cached) -> None:
    cached.run()
    shutil.rmtree(cached.data / "progress")
    (cached.data / "progress").symlink_to("/nowhere")
    assert cached.run()[0] == 3
    assert cached.is_right()


def test_a_file_name_that_is_no_text(cached: Cached) -> None:
    (cached.data / "progress" / os.fsdecode(b"\xff.txt")).symlink_to(cached.data / "register.yaml")
    (cached.data / "meetings/a\tb.yaml").write_text("id: a\n", encoding="utf-8")
    for _again in range(2):
        assert cached.is_right()


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")
def test_what_others_can_write_is_not_believed(cached: Cached, tmp_path: Path) -> None:
    cached.run()
    path, whole, most = cached.file, cached.file.read_bytes(), 10_000_000
    assert [cache.read_own(path, most), cache.read_own(path, len(whole) - 1)] == [whole, b""]
    path.chmod(0o666)
    assert cache.read_own(path, most) == b""
    path.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
        assert cache.read_own(path, most) == b""
        os.chown(path, 0, 0)
    other = path.rename(tmp_path / "other")
    path.symlink_to(other)
    assert cache.read_own(path, most) == b""
    path.unlink()
    os.mkfifo(path)
    assert cache.read_own(path, most) == b""


# --- where it lies --------------------------------------------------------------------------------


def test_nothing_is_kept_where_it_is_not_wanted(cached: Cached) -> None:
    assert cached.run(*DUE, "--no-cache")[0] == 0
    there = {"XDG_CACHE_HOME": str(cached.cache)}
    assert grcm(cached.data, "due", GRCM_NO_CACHE="1", **there)[0] == 0
    for path in cached.data.rglob("*.yaml"):
        path.touch()  # a moment ago
    assert cached.run()[0] == 0
    assert not cached.cache.exists()


def test_where_nothing_can_be_kept_answers_are_the_same(cached: Cached, tmp_path: Path) -> None:
    file = str(tmp_path / "file")
    Path(file).write_text("x")
    true = cached.run(*DUE, "--no-cache")
    for place in (file, "/proc/nowhere", "relative", ""):
        assert grcm(cached.data, *DUE, XDG_CACHE_HOME=place, HOME=file) == true


def test_nothing_is_kept_within_the_data(cached: Cached) -> None:
    before = sorted(cached.data.rglob("*"))
    for place in ("", "meetings", "other"):
        assert grcm(cached.data, "due", XDG_CACHE_HOME=str(cached.data / place))[0] == 0
    assert grcm(cached.data, "due", XDG_CACHE_HOME="", HOME=str(cached.data))[0] == 0
    assert sorted(cached.data.rglob("*")) == before


def test_clear_takes_away_what_is_kept_and_nothing_else(cached: Cached) -> None:
    assert cached.run("cache")[2] == "Nothing is cached.\n"
    cached.run()
    for name in ("other.txt", "thesis.new", "y.facts"):
        (cached.cache / "grcm" / name).write_text("mine")
    (cached.cache / "grcm/x.facts").mkdir()
    assert "1 file, " in cached.run("cache")[1]
    code, out, _err = cached.run("cache", "clear")
    assert code == 0
    assert out.startswith(f"{cached.cache}/grcm: cleared: 1 file, ")
    left = sorted(path.name for path in (cached.cache / "grcm").iterdir())
    assert left == ["other.txt", "thesis.new", "x.facts", "y.facts"]
    assert cached.run("cache", "burn")[0] == 2


@pytest.mark.parametrize(
    ("variables", "place"),
    [({"XDG_CACHE_HOME": "/x"}, "/x/grcm"), ({"HOME": "/h"}, "/h/.cache/grcm"), ({}, None),
     ({"XDG_CACHE_HOME": "not/absolute", "HOME": "/h"}, "/h/.cache/grcm"), ({"HOME": ""}, None)],
)  # fmt: skip
def test_where_it_lies(variables: dict[str, str], place: str | None) -> None:
    with patch.object(sys, "platform", "linux"):
        assert cache.cache_folder(variables) == (Path(place) if place else None)
