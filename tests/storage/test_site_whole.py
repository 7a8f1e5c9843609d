"""P22: whoever reads a site sees the old pages or the new ones, whatever stops the run."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grcm_cli.storage import exchange, site_folder
from grcm_cli.storage.site_folder import LIST, Published, UnfinishedSiteError, publish

from ..conftest import DATA, EVERY, run_grcm
from .faults import call, run

OTHERS = {
    "CNAME": b"example.org",
    ".git/config": b"[core]",
    ".git/objects/aa/bb": b"x",
    "es/party/own.txt": b"mine",
    "pictures/a.png": b"png",
}


def pages(version: str) -> list[tuple[str, bytes]]:
    """Return the pages of a version: some are the same in both, some are only in one."""
    made = [(f"es/meeting/A-{number}.html", f"{version} {number}".encode()) for number in range(3)]
    made += [("assets/style.css", b"same"), ("index.html", version.encode())]
    return [*made, (f"es/party/{version}.html", b"")]


def state(root: Path) -> dict[str, bytes]:
    """Return what a reader finds: all files of a folder, but what publishing needs for itself."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.relative_to(root).parts[0].startswith(LIST)
        and not path.name.endswith(".lock")
    }  # fmt: skip


def expected(version: str) -> dict[str, bytes]:
    return dict(sorted({**OTHERS, **dict(pages(version))}.items()))


def folder(root: Path) -> Path:
    """Make a site of the version `old`, with files of others in it."""
    publish(root, pages("old"))
    for name, data in OTHERS.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    (root / "empty").mkdir()
    return root


def whole(root: Path) -> None:
    publish(root, pages("new"))


def in_two_renames(root: Path) -> None:
    exchange._exchange_in_one_step = lambda *_: False
    publish(root, pages("new"))


def one_by_one(root: Path) -> None:
    publish(root, pages("new"), exchanging=False)


def test_the_folder_is_exchanged_and_nothing_of_others_is_lost(tmp_path: Path) -> None:
    root = folder(tmp_path / "s")
    root.chmod(0o750)
    (root / "es/party").chmod(0o711)
    kept = (root / "assets/style.css").stat().st_mtime_ns
    git = (root / ".git/objects/aa/bb").stat().st_ino
    before = root.stat().st_ino
    assert publish(root, pages("new")) == Published(6, 5, 1)
    assert root.stat().st_ino != before
    assert state(root) == expected("new")
    assert (root / "empty").is_dir()
    assert root.stat().st_mode & 0o777 == 0o750
    assert (root / "es/party").stat().st_mode & 0o777 == 0o711
    assert (root / "assets/style.css").stat().st_mtime_ns == kept
    assert (root / ".git/objects/aa/bb").stat().st_ino == git
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_links_and_pipes_of_others_stay(tmp_path: Path) -> None:
    root = folder(tmp_path / "s")
    (root / "link").symlink_to("nowhere")
    (root / "es/folder").symlink_to(tmp_path)
    os.mkfifo(root / "pipe")
    assert publish(root, pages("new")).was_exchanged
    assert (root / "link").readlink() == Path("nowhere")
    assert (root / "es/folder").readlink() == tmp_path
    assert (root / "pipe").is_fifo()


def test_where_nothing_has_changed_nothing_is_written(tmp_path: Path) -> None:
    root = folder(tmp_path / "s")

    def times() -> dict[Path, tuple[int, int, int]]:
        found = {path: path.lstat() for path in (root, *root.rglob("*"))}
        return {path: (s.st_ino, s.st_mtime_ns, s.st_ctime_ns) for path, s in found.items()}

    before = times()
    assert publish(root, pages("old")) == Published(6, 0, 0)
    assert times() == before


@pytest.mark.parametrize(
    ("way", "fault"),
    [
        *(
            (way, fault)
            for way in (whole, in_two_renames, one_by_one)
            for fault in ("kill", "error")
        ),
        (whole, "interrupt"),
    ],
)
def test_a_fault_at_every_operation(tmp_path: Path, way: object, fault: str) -> None:
    assert callable(way)
    operations = call(way, [folder(tmp_path / "0/s")], tmp_path / "0", "", 0).operations
    assert state(tmp_path / "0/s") == expected("new")
    assert operations > 20
    seen = set()
    # An interrupt goes through the code of an error, and a kill shows what no code has put right.
    step = 1 if EVERY else 12
    for place in range(1, operations + 1, step):
        root = folder(tmp_path / f"{place}/s")
        code = call(way, [root], tmp_path / f"{place}", fault, place).code
        assert code == -9 or fault != "kill"
        now = state(root) if root.exists() else {}
        is_old, is_new = now == expected("old"), now == expected("new")
        if way is whole:
            assert is_old or is_new, place
        if way is in_two_renames:  # the folder is whole, or for a moment not there
            assert is_old or is_new or not now, place
        if fault != "kill" and code == 1 and way is not one_by_one:
            assert is_old or is_new, place
        seen |= {is_old, is_new}
        again = publish(root, pages("new"))
        assert state(root) == expected("new"), place
        assert again.was_completed or is_old or is_new or not now
        assert (root / "empty").is_dir()
        assert [path.name for path in root.parent.iterdir()] == ["s"], place
        assert not (root / site_folder.STAGING).exists()
        shutil.rmtree(root.parent)
    assert seen == {True, False}


def test_kills_of_the_command(tmp_path: Path) -> None:
    """The pages of two days, with the process killed at two places; at thirty of all states."""
    work = tmp_path / "work"
    shutil.copytree(DATA, work / "data")
    sites = {}
    for day in ("2003-04-01", "2003-06-15"):
        assert run(["site", day, "--as-of", day], work).code == 0
        sites[day] = state(work / day)
    old, new = sites.values()
    assert old != new
    shutil.copytree(work / "2003-04-01", work / "pages")
    operations = run(["site", "pages", "--as-of", "2003-06-15"], work).operations
    assert operations > 200
    # Its calendars continue those that it replaces, unlike those of a first site.
    new = state(work / "pages")
    chance = random.Random(22)  # noqa: S311 - the same each time
    # One near the end, where the folders are exchanged already and the old one is taken away.
    places = sorted([*chance.sample(range(1, operations - 9), 29 if EVERY else 1), operations - 9])
    seen = set()
    for place in places:
        shutil.rmtree(work / "pages")
        shutil.copytree(work / "2003-04-01", work / "pages")
        assert run(["site", "pages", "--as-of", "2003-06-15"], work, "kill", place).code == -9
        now = state(work / "pages")
        assert now in (old, new), place
        seen.add(now == new)
    assert seen == {True, False}
    assert run(["site", "pages", "--as-of", "2003-06-15"], work).code == 0
    assert state(work / "pages") == new
    left = {path.name for path in work.iterdir()}
    assert left == {"data", "pages", "2003-04-01", "2003-06-15"}


def test_a_reader_during_the_exchange_sees_one_state(tmp_path: Path) -> None:
    """At each operation of the run, what stands in the folder is read in full."""
    root = folder(tmp_path / "s")
    states = []

    def watched() -> Iterator[tuple[str, bytes]]:
        for page in pages("new"):
            states.append(state(root))
            yield page

    publish(root, watched())
    states.append(state(root))
    assert states[:-1] == [expected("old")] * 6
    assert states[-1] == expected("new")


# --- where the folder cannot be exchanged ---------------------------------------------------------


def test_the_working_folder_is_not_exchanged_and_the_run_says_so(tmp_path: Path) -> None:
    data = str(DATA)
    (tmp_path / "pages").mkdir()
    before = (tmp_path / "pages").stat().st_ino
    ran = run_grcm("--data", data, "site", ".", cwd=tmp_path / "pages")
    assert (ran.code, (tmp_path / "pages").stat().st_ino) == (0, before)
    assert "cannot be replaced as a whole, so the pages were replaced one by one" in (ran.err)
    again = run_grcm("--data", data, "site", ".", cwd=tmp_path / "pages")
    assert (again.code, again.err) == (0, "")  # nothing had to be written


def test_a_folder_that_holds_the_data_stays_the_same(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "w/data")
    before = (tmp_path / "w").stat().st_ino
    ran = run_grcm("--data", "w/data", "site", "w", "--force", cwd=tmp_path)
    assert (ran.code, (tmp_path / "w").stat().st_ino) == (0, before)
    assert "one by one" in ran.err


def test_a_link_to_the_folder_stays_a_link(tmp_path: Path) -> None:
    folder(tmp_path / "s")
    (tmp_path / "link").symlink_to("s")
    assert publish(tmp_path / "link", pages("new")).was_exchanged
    assert (tmp_path / "link").is_symlink()
    assert state(tmp_path / "s") == expected("new")


@pytest.mark.parametrize("name", ["os.link", "os.chown", "pathlib.Path.mkdir"])
def test_where_a_system_refuses_a_step_the_files_are_replaced_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    root = folder(tmp_path / "s")
    real = Path.mkdir

    def refuse(path: Path, *_arguments: object, **options: bool) -> None:
        if name == "pathlib.Path.mkdir" and (path.parent != tmp_path or path.name == "s"):
            return real(path, **options)
        raise PermissionError(1, "refused")

    monkeypatch.setattr(name, refuse)
    assert publish(root, pages("new")) == Published(6, 5, 1, was_exchanged=False)
    assert state(root) == expected("new")
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_a_disk_that_fails_half_way_is_told_and_the_next_run_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(tmp_path / "s")
    real = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if path.name == "A-2.html":
            raise OSError(5, "EIO")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UnfinishedSiteError):
        one_by_one(root)
    monkeypatch.undo()
    assert publish(root, pages("new"), exchanging=False) == Published(
        6, 0, 0, was_exchanged=True, was_completed=True
    )
    assert state(root) == expected("new")


@pytest.mark.parametrize("line", ["../../outside.txt", "/etc/x", "CNAME", ".git/config"])
def test_a_journal_that_names_other_files_touches_none(tmp_path: Path, line: str) -> None:
    root = folder(tmp_path / "s")
    staging = root / site_folder.STAGING
    staging.mkdir()
    (staging / "CNAME").write_text("evil")
    (staging / site_folder.JOURNAL).write_text(f"grcm site 1\n{line}\nindex.html\n")
    publish(root, pages("new"))
    assert state(root) == expected("new")


def test_what_a_stopped_run_has_not_is_taken_from_the_old_folder(tmp_path: Path) -> None:
    """A file that somebody made in the folder just before the exchange is in the old one."""
    root = folder(tmp_path / "s")
    old = tmp_path / ".s.grcm-site.new"
    shutil.copytree(root, old)
    (old / "late.txt").write_text("late")
    (old / "CNAME").write_text("another")
    publish(root, pages("new"))
    assert (root / "late.txt").read_text() == "late"
    assert (root / "CNAME").read_bytes() == OTHERS["CNAME"]
    assert (old / "CNAME").read_text() == "another"  # never deleted: the two differ
