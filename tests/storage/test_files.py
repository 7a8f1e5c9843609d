"""Fixes: never a byte that was not asked for, never half a file, never over somebody's work."""

import itertools
import os
import random
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grcm_cli.reader.emit import EditError, Replacement, replace_words, verify_replaced
from grcm_cli.storage import files

from ..conftest import DATA, EVERY, corrupted, environment, run_grcm

# Every way of writing the same list, with the three names that --fix turns into codes.
STYLES = list(
    itertools.product(
        ["\n", "\r\n"],
        ["", "\ufeff"],
        [True, False],
        ["{}", "'{}'", '"{}"'],
        ["flow", "block", "wide flow"],
        ["", " # nota: México, mexico"],
    )
)


def variant(words: list[str], style: tuple[str, str, bool, str, str, str]) -> bytes:
    """Return a meeting file in a style, its participants as written in `words`."""
    newline, bom, last, _quote, form, comment = style
    if form == "block":
        said = "participants:\n" + "".join(f"    -   {word}{comment}\n" for word in words)
    else:
        gap = ",   " if form == "wide flow" else ","
        said = f"participants: [{gap.join(words)}]{comment}\n"
    text = (
        f"# México\n\nid:   GRCM-2002-09 # x\nbody: GRCM\n{said}start:  '2002-09-29'\n"
        "title: >-\n  Reunión   de México\n\n  y Belice"
    ) + ("\n" if last else "")
    return (bom + text.replace("\n", newline)).encode()


def test_the_styles_are_many() -> None:
    assert len(STYLES) >= 60


@pytest.mark.parametrize("style", STYLES)
def test_a_fix_changes_the_words_and_no_other_byte(
    style: tuple[str, str, bool, str, str, str],
) -> None:
    """In process: the same splices that --fix makes, from the same findings."""
    from datetime import date

    from grcm_cli.domain.findings import check
    from grcm_cli.rules import rules_of_lists
    from grcm_cli.storage.loader import load

    names = [style[3].format(name) for name in ("México", "ee. uu.", "costa rica")]
    before = variant([*names, "PAN"], style)
    path = DATA / "meetings/GRCM-2002-09.yaml"
    loaded = load(DATA, DATA, {path: before})
    assert loaded.register is not None
    found = check(loaded.register, rules_of_lists(), date(2003, 1, 1))
    words = [
        Replacement(*f.at[1:4], f.cure) for f in found if f.cure and f.at.path.endswith("09.yaml")
    ]
    assert replace_words(before, words) == variant(["MEX", "USA", "CRI", "PAN"], style)


def test_fix_writes_and_says_so_and_the_rest_is_found_again(work: Path) -> None:
    path = work / "data/meetings/X.yaml"
    path.write_bytes(variant(["méxico", "Atlantis"], STYLES[0]).replace(b"GRCM-2002-09", b"X"))
    ran = run_grcm("validate", "--fix", "--format", "concise", cwd=work)
    assert ran.code == 1
    assert ran.err.startswith("data/meetings/X.yaml: 1 value corrected\n")
    assert "Atlantis" in ran.out
    assert "[MEX,Atlantis]" in path.read_text(encoding="utf-8")


def test_diff_shows_and_writes_nothing(work: Path) -> None:
    path = work / "data/meetings/X.yaml"
    path.write_bytes(variant(["méxico"], STYLES[0]).replace(b"GRCM-2002-09", b"X"))
    before = path.read_bytes()
    ran = run_grcm("validate", "--diff", cwd=work)
    assert "-participants: [méxico]\n+participants: [MEX]\n" in ran.out
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("Presidencia\n  Pro-Tempore", id="a name over two lines would be cut"),
        pytest.param("Mexcio", id="a near miss is not certain"),
        pytest.param("&m México, *m", id="an alias would lose its anchor"),
    ],
)
def test_what_is_not_certain_is_left(work: Path, word: str) -> None:
    path = work / "data/meetings/X.yaml"
    path.write_text(f"id: X\nbody: GRCM\nstart: 2002-01-01\nparticipants: [{word}]\n", "utf-8")
    before = path.read_bytes()
    run_grcm("validate", "--fix", cwd=work)
    assert path.read_bytes() == before


# --- the proof before writing -----------------------------------------------------------------

TEXT = (DATA / "meetings/GRCM-2002-10.yaml").read_bytes()
WORD = Replacement(2, 7, 4, "CRM")


def test_corruptions_of_the_new_text_are_all_refused() -> None:
    chance = random.Random(2002)  # noqa: S311 - the same each time
    good = replace_words(TEXT, [WORD])
    for _ in range(1000 if EVERY else 300):
        bad = corrupted(good, chance)
        with pytest.raises((EditError, UnicodeDecodeError)):
            verify_replaced(TEXT, bad, [WORD])


def test_a_word_that_would_change_more_than_its_place_is_refused() -> None:
    with pytest.raises(EditError):
        replace_words(b"id: A\nbody: B\n", [Replacement(1, 5, 1, "C: D")])
    with pytest.raises(EditError):
        replace_words(b"id: [A]\n", [Replacement(1, 6, 1, "C, D")])


# --- the writing itself -----------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old\n")
    path.chmod(0o640)
    return path


def replace(path: Path, before: bytes, after: bytes) -> None:
    files.rewrite_all({path: files.replacement(str(path), before, after)})


def test_new_bytes_with_the_old_mode(file: Path) -> None:
    replace(file, b"old\n", b"new\n")
    assert file.read_bytes() == b"new\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in file.parent.iterdir()] == ["a.yaml"]


def test_a_link_stays_a_link(file: Path) -> None:
    link = file.with_name("link.yaml")
    link.symlink_to(file)
    replace(link, b"old\n", b"new\n")
    assert link.is_symlink()
    assert file.read_bytes() == b"new\n"


def test_somebody_else_s_change_is_not_written_over(file: Path) -> None:
    with pytest.raises(files.ChangedError):
        replace(file, b"as it was read\n", b"new\n")
    assert file.read_bytes() == b"old\n"


def test_a_file_that_may_not_be_written_is_not_replaced(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        replace(file, b"old\n", b"new\n")
    assert file.read_bytes() == b"old\n"


OPERATIONS = ("os.open", "os.fdopen", "os.urandom", "pathlib.Path.chmod", "pathlib.Path.replace")
OF_REPORTS = (
    *("os.open", "os.fdopen", "os.fsync", "os.truncate", "os.write", "fcntl.flock"),
    *(f"pathlib.Path.{name}" for name in ("chmod", "replace", "read_bytes", "stat")),
)
ERRORS = (OSError(5, "EIO"), OSError(28, "ENOSPC"), OSError(13, "EACCES"), KeyboardInterrupt())
WRITERS: dict[str, tuple[Callable[[Path], object], tuple[str, ...]]] = {
    "-o FILE": (
        lambda path: files.rewrite_all({path: files.creation(path, b"new\n", overwrite=True)}),
        OPERATIONS,
    ),
    "a cache": (
        lambda path: files.write_atomically(path, b"new\n", mode=0o600, sync=False),
        OPERATIONS,
    ),
    "a report": (lambda path: files.rewrite_all({path: lambda _now: b"new\n"}, wait=0), OF_REPORTS),
}


@pytest.mark.parametrize(
    ("writer", "operation", "error"),
    [
        pytest.param(name, operation, error, id=f"{name} {operation} {error!r}")
        for name, (_write, operations) in WRITERS.items()
        for operation in operations
        for error in ERRORS
        # That is how some systems say: locked by another.
        if (operation, getattr(error, "errno", 0)) != ("fcntl.flock", 13)
    ],
)
def test_whoever_writes_whatever_fails_the_file_is_old_or_new(
    file: Path, monkeypatch: pytest.MonkeyPatch, writer: str, operation: str, error: BaseException
) -> None:
    write, _operations = WRITERS[writer]

    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(operation, fail)
    is_lock = operation == "fcntl.flock" and isinstance(error, OSError)
    with pytest.raises(files.LockedError if is_lock else type(error)):
        write(file)
    monkeypatch.undo()
    assert file.read_bytes() == b"old\n"
    left = {path.name for path in file.parent.iterdir()} - {".a.yaml.lock"}
    assert left == {"a.yaml"}
    write(file)
    assert file.read_bytes() == b"new\n"
    assert file.stat().st_mode & 0o777 == (0o600 if writer == "a cache" else 0o640)
    if writer == "a report":
        assert [path.name for path in file.parent.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("mode", [None, 0o600])
def test_a_file_has_the_mode_asked_for_else_that_of_the_old_one(
    file: Path, mode: int | None
) -> None:
    files.write_atomically(file, b"new\n", mode=mode)
    assert stat.S_IMODE(file.stat().st_mode) == (mode or 0o640)


def test_a_file_that_is_there_by_now_is_not_replaced_by_a_new_one(file: Path) -> None:
    with pytest.raises(FileExistsError):
        files.write_atomically(file, b"new\n", only_new=True)
    assert file.read_bytes() == b"old\n"
    assert [path.name for path in file.parent.iterdir()] == ["a.yaml"]


def test_what_another_file_s_writer_has_not_finished_stays(file: Path) -> None:
    ours, theirs = (file.with_name(f".{name}.0123abcd.new") for name in ("a.yaml", "a.yaml.csv"))
    for path in (ours, theirs, file.with_name("a.yaml.csv")):
        path.write_bytes(b"")
    replace(file, b"old\n", b"new\n")
    assert (ours.exists(), theirs.exists()) == (False, True)


# --- several files or none -----------------------------------------------------------------------


def appending(text: bytes) -> files.Change:
    return lambda now: (now or b"") + text


@pytest.fixture
def three(tmp_path: Path) -> dict[Path, files.Change]:
    """Return changes of three files, of which the second is not there yet."""
    for name in ("a", "c"):
        (tmp_path / name).write_bytes(b"old ")
    return {tmp_path / name: appending(b"new") for name in ("c", "b", "a")}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_several_files_are_written(three: dict[Path, files.Change], tmp_path: Path) -> None:
    files.rewrite_all(three)
    assert contents(tmp_path) == {"a": b"old new", "b": b"new", "c": b"old new"}


def test_a_folder_is_listed_once_for_all_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"{number}.yaml" for number in range(9)]
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        for name in (*names, "other.yaml"):
            (tmp_path / folder / name).write_bytes(b"old")
            (tmp_path / folder / f".{name}.0123abcd.new").write_bytes(b"half")
    listed: list[Path] = []
    iterdir = Path.iterdir

    def counted(path: Path) -> Iterator[Path]:
        listed.append(path)
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", counted)
    paths = [tmp_path / folder / name for folder in ("a", "b") for name in names]
    files.rewrite_all(dict.fromkeys(paths, appending(b"new")))
    assert listed == [tmp_path / "a", tmp_path / "b"]
    monkeypatch.undo()
    for folder in ("a", "b"):
        left = {path.name for path in (tmp_path / folder).iterdir()}
        assert left == {*names, "other.yaml", ".other.yaml.0123abcd.new"}


LIMITED = """\
import resource, sys
from pathlib import Path
from grcm_cli.storage import files
_soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
files.rewrite_all({Path(sys.argv[1], str(one)): lambda now: b"new" for one in range(400)})
"""


def test_more_files_than_may_be_open_at_first(tmp_path: Path) -> None:
    """A system allows 256 or 1,024 unless it is asked for more, and each lock is an open file."""
    command = [sys.executable, "-c", LIMITED, str(tmp_path)]
    subprocess.run(command, env=environment(), check=True, timeout=60)
    assert len(list(tmp_path.iterdir())) == 400


@pytest.mark.parametrize("failing", [1, 2, 3])
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("error", [OSError(28, "full"), KeyboardInterrupt()])
def test_if_one_write_fails_all_files_are_as_they_were(
    three: dict[Path, files.Change],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failing: int,
    moment: str,
    error: BaseException,
) -> None:
    before = contents(tmp_path)
    count = 0
    write = files.write_atomically

    def fail_once(path: Path, data: bytes, **more: Any) -> None:  # noqa: ANN401 - as it is called
        nonlocal count
        count += 1
        if count == failing and moment == "before":
            raise error
        write(path, data, **more)
        if count == failing:
            raise error

    monkeypatch.setattr(files, "write_atomically", fail_once)
    with pytest.raises(type(error)):
        files.rewrite_all(three)
    assert contents(tmp_path) == before


def test_what_cannot_be_put_back_is_named(
    three: dict[Path, files.Change], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.write_atomically

    def fill_the_disk(path: Path, data: bytes, **more: Any) -> None:  # noqa: ANN401 - as it is called
        if path.name == "a" and data == b"old new":
            return write(path, data, **more)
        raise OSError(28, "full")

    monkeypatch.setattr(files, "write_atomically", fill_the_disk)
    marks: dict[Path, bool] = {}
    with pytest.raises(OSError, match="full"):
        files.rewrite_all(three, mark=marks.__setitem__)
    assert marks == {tmp_path / "a": True, tmp_path / "b": False}


def test_a_change_that_fails_leaves_all_files(
    three: dict[Path, files.Change], tmp_path: Path
) -> None:
    def fail(_now: bytes | None) -> bytes:
        raise files.ChangedError

    before = contents(tmp_path)
    with pytest.raises(files.ChangedError):
        files.rewrite_all({**three, tmp_path / "d": fail})
    assert contents(tmp_path) == before


def test_a_file_that_another_program_makes_meanwhile_stays(
    three: dict[Path, files.Change], tmp_path: Path
) -> None:
    def meanwhile(now: bytes | None) -> bytes:
        (tmp_path / "b").write_bytes(b"another's")
        return (now or b"") + b"new"

    with pytest.raises(FileExistsError):
        files.rewrite_all({**three, tmp_path / "c": meanwhile})
    assert contents(tmp_path) == {"a": b"old ", "b": b"another's", "c": b"old "}


def test_two_names_of_one_file_are_written_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old ")
    (tmp_path / "b").symlink_to("a")
    files.rewrite_all({tmp_path / "b": appending(b"2 "), tmp_path / "a": appending(b"1 ")})
    assert (tmp_path / "a").read_bytes() == b"old 1 2 "
    assert (tmp_path / "b").is_symlink()


def test_nothing_is_written_while_one_of_them_is_locked(
    three: dict[Path, files.Change], tmp_path: Path
) -> None:
    with files.hold_lock(tmp_path / "c", 1), pytest.raises(files.LockedError):
        files.rewrite_all(three, wait=0)
    assert contents(tmp_path) == {"a": b"old ", "c": b"old "}
