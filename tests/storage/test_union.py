"""Two branches that append to one party's file, merged by a real git as `grcm init` sets it up."""

import random
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Entry, Location, PlacedWord, Progress
from grcm_cli.reader.emit import append_entries
from grcm_cli.reader.records import read_progress
from grcm_cli.storage.git import attributes_place, with_union

from ..conftest import git, run_grcm

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is missing")
AT = Location("", 1, 1, 0)
FILE = "data/progress/CRI.yaml"
Files = Mapping[str, bytes]
STATES: tuple[Progress, ...] = ("started", "done", "declined")


@pytest.fixture
def work(work: Path, tmp_path: Path) -> Path:
    """Return a repository with a data folder, in which git joins lines."""
    path, pattern = attributes_place(tmp_path / "data", tmp_path)
    assert (path, pattern) == (tmp_path / ".gitattributes", "data/progress/*.yaml")
    path.write_bytes(with_union(None, pattern))
    git(tmp_path, "init", "-q", "-b", "main")
    return tmp_path


def commit(work: Path, files: Files) -> None:
    for name, text in files.items():
        (work / name).write_bytes(text)
    git(work, "add", "-A")
    git(work, "commit", "-qm", "x", "--allow-empty")


def all_merged(work: Path, base: Files, one: Files, other: Files) -> Files:
    """Return files as git merges them, of which each branch has a version."""
    git(work, "checkout", "-q", "-B", "main")
    commit(work, base)
    git(work, "checkout", "-q", "-B", "one")
    commit(work, one)
    git(work, "checkout", "-q", "-B", "other", "main")
    commit(work, other)
    git(work, "merge", "-q", "-m", "merge", "one")
    return {name: (work / name).read_bytes() for name in base}


def merged(work: Path, base: bytes, one: bytes, other: bytes) -> bytes:
    return all_merged(work, *({FILE: text} for text in (base, one, other)))[FILE]


def entry(number: int, day: int, state: Progress, note: str | None = None) -> Entry:
    reference = PlacedWord(f"GRCM-2002-10/{number}", AT)
    return Entry("CRI", reference, date(2003, 1, day), state, AT, None, note)


def contents(data: bytes) -> list[tuple[str, date, str, str]]:
    findings: list[Finding] = []
    found = read_progress(FILE, "CRI", data, findings)
    assert findings == []
    return sorted((e.mandate.text, e.day, e.progress, e.note or "") for e in found)


def test_what_two_people_record_is_joined_and_nothing_is_to_be_put_right(work: Path) -> None:
    git(work, "add", "-A")
    git(work, "commit", "-qm", "base")
    for branch, reference in (("one", "GRCM-2002-10/8#1"), ("other", "GRCM-2002-10/8#2")):
        git(work, "checkout", "-q", "-b", branch, "main")
        ran = run_grcm(
            "--as-of", "2003-02-01", "record", "done", reference, "--by", "CRI", cwd=work
        )
        assert ran.code == 0
        git(work, "add", "-A")
        git(work, "commit", "-qm", branch)
    git(work, "merge", "-q", "-m", "merge", "one")
    assert run_grcm("validate", "--strict", cwd=work).err == "No problems; 5 files read.\n"
    assert (work / FILE).read_text() == (
        "- {mandate: 'GRCM-2002-10/8#2', date: 2003-02-01, progress: done}\n"
        "- {mandate: 'GRCM-2002-10/8#1', date: 2003-02-01, progress: done}\n"
    ).replace("'", "")


def test_sixty_pairs_of_files_lose_nothing_and_mix_nothing(work: Path) -> None:
    """Reports of few tasks and days, so that the branches have lines in common."""
    chance = random.Random(14)  # noqa: S311 - the same each time

    def some() -> Sequence[Entry]:
        return [
            entry(chance.randrange(1, 4), chance.randrange(10, 12), chance.choice(STATES),
                  chance.choice((None, None, "uno; dos", "a: b, {c} #d")))
            for _ in range(chance.randrange(1, 4))
        ]  # fmt: skip

    base, one, other = {}, {}, {}
    for number in range(60):
        newline, name = b"\n" if number % 3 else b"", f"data/progress/P{number}.yaml"
        base[name] = append_entries(b"", some()).rstrip(b"\n") + newline
        one[name], other[name] = (append_entries(base[name], some()) for _branch in range(2))
    for name, result in all_merged(work, base, one, other).items():
        found, first, second = map(contents, (result, one[name], other[name]))
        assert set(found) == set(first) | set(second)
        for each in found:  # an entry of both branches is there once or twice, never more often
            assert found.count(each) <= first.count(each) + second.count(each)


def test_the_same_entry_in_both_branches_is_there_once_or_named(work: Path) -> None:
    base = append_entries(b"", [entry(1, 9, "started")])
    same, more = entry(8, 10, "done"), entry(9, 11, "started")
    assert merged(
        work, base, append_entries(base, [same]), append_entries(base, [same])
    ) == append_entries(base, [same])
    result = merged(
        work, base, append_entries(base, [same, more]), append_entries(base, [more, same])
    )
    assert len(contents(result)) > 3
    ran = run_grcm("validate", "--format", "concise", "--select", "repeated-entry", cwd=work)
    assert ran.out.count("warning[repeated-entry]") == len(contents(result)) - 3


def test_an_order_that_takes_a_report_back_is_named(work: Path) -> None:
    base = append_entries(b"", [entry(1, 9, "started")])
    one, other = (append_entries(base, [entry(8, 10, state)]) for state in ("started", "done"))
    result = merged(work, base, one, other)
    assert result.index(b"done") < result.rindex(b"started")
    ran = run_grcm("validate", "--format", "concise", "--select", "entry-order", cwd=work)
    assert f"{FILE}:3:3: warning[entry-order]: this replaces `done`, dated" in ran.out


BLOCK = "- mandate: GRCM-2002-10/{}\n  date: 2003-01-{}\n  progress: {}\n"
BY_HAND = [
    pytest.param(BLOCK.format("8#1", 10, "done"), BLOCK.format("8#2", 10, "done"), "missing-key",
                 id="two entries that end alike: one loses its keys"),
    pytest.param(BLOCK.format("8#1", 10, "done") + "  note: uno\n",
                 BLOCK.format("8#1", 10, "declined") + "  note: dos\n", "repeated-key",
                 id="two entries that begin alike: one gets the keys of both"),
    pytest.param(BLOCK.format("8#1", 10, "done") + "  note: |\n    a\n    b\n",
                 BLOCK.format("8#2", 10, "done") + "  note: |\n    a\n    c\n", "missing-key",
                 id="notes of several lines"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "rule"), BY_HAND)
def test_what_a_merge_breaks_of_entries_on_several_lines_is_found(
    work: Path, one: str, other: str, rule: str
) -> None:
    base = b"- {mandate: GRCM-2002-10/9, date: 2002-12-15, progress: started}\n"
    merged(work, base, base + one.encode(), base + other.encode())
    ran = run_grcm("validate", "--format", "concise", cwd=work)
    assert (ran.code, f"error[{rule}]" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("data", "in_git", "here", "expected"),
    [
        ("w/data", "w", "w", ("w", "data/progress/*.yaml")),
        ("w/a/data", "w", "w/a", ("w", "a/data/progress/*.yaml")),
        ("w", "w", "w", ("w", "progress/*.yaml")),
        ("w/data", None, "w", ("w", "data/progress/*.yaml")),
        ("w/data", None, "other", ("w/data", "progress/*.yaml")),
        ("w", None, "w", ("w", "progress/*.yaml")),
        ("w/mis datos", "w", "w", ("w/mis datos", "progress/*.yaml")),
        ("w/[a]*", "w", "w", ("w/[a]*", "progress/*.yaml")),
    ],
)
def test_where_the_line_goes(
    tmp_path: Path, data: str, in_git: str | None, here: str, expected: tuple[str, str]
) -> None:
    for name in (data, here):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    if in_git:
        git(tmp_path / in_git, "init", "-q")
    path, pattern = attributes_place(tmp_path / data, tmp_path / here)
    assert (path, pattern) == (tmp_path / expected[0] / ".gitattributes", expected[1])
    if in_git:
        (tmp_path / data / "progress").mkdir()
        path.write_bytes(with_union(None, pattern))
        said = git(
            tmp_path / in_git, "check-attr", "merge", str(tmp_path / data / "progress/X.yaml")
        )
        assert said.endswith(": merge: union\n")


def test_a_link_in_the_place_of_the_repository_s_file_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "w/data").mkdir(parents=True)
    (tmp_path / "w/.git").mkdir()
    (tmp_path / "w/.gitattributes").symlink_to(tmp_path / "outside")
    assert attributes_place(tmp_path / "w/data", tmp_path)[0] == tmp_path / "w/data/.gitattributes"


LINE = b"data/progress/*.yaml merge=union"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, LINE + b"\n"),
        (b"", LINE + b"\n"),
        (b"* text=auto", b"* text=auto\n" + LINE + b"\n"),
        (b"* text=auto\r\n", b"* text=auto\r\n" + LINE + b"\r\n"),
        (LINE, LINE),
        (b" data/progress/*.yaml  text merge=a\n", b" data/progress/*.yaml  text merge=a\n"),
        (b"# " + LINE + b"\n", b"# " + LINE + b"\n" + LINE + b"\n"),
        (b"data/progress/*.yaml text\n", b"data/progress/*.yaml text\n" + LINE + b"\n"),
    ],
)  # fmt: skip
def test_the_line_is_added_once(before: bytes | None, after: bytes) -> None:
    assert with_union(before, "data/progress/*.yaml") == after
    assert with_union(after, "data/progress/*.yaml") == after
