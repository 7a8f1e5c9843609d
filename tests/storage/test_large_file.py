"""A file that is made piece by piece is there whole, or as it was."""

import os
from pathlib import Path

import pytest

from grcm_cli.storage import files, large_file
from grcm_cli.storage.files import create
from grcm_cli.storage.large_file import filled_with, pieces_of


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "x"
    marks: list[bool] = []
    create(path, filled_with([b"a", b"b"]), stored=lambda: marks.append(True))
    assert (path.read_bytes(), marks) == (b"ab", [True])
    umask = os.umask(0)
    os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~umask
    assert names(path.parent) == ["x"]


def test_one_that_is_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"mine")
    asked: list[Path] = []
    with pytest.raises(FileExistsError):
        create(path, asked.append)
    assert (path.read_bytes(), asked, names(tmp_path)) == (b"mine", [], ["x"])


def test_one_that_is_written_over_keeps_its_mode(tmp_path: Path) -> None:
    path, link = tmp_path / "x", tmp_path / "link"
    path.write_bytes(b"mine")
    path.chmod(0o640)
    link.symlink_to(path)
    create(link, filled_with([b"new"]), overwrite=True)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
    assert link.is_symlink()


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"same")
    before = path.stat()
    marks: list[bool] = []
    create(path, filled_with([b"sa", b"me"]), overwrite=True, stored=lambda: marks.append(True))
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns, marks) == (before.st_ino, before.st_mtime_ns, [True])
    assert names(tmp_path) == ["x"]


@pytest.mark.parametrize("is_there", [True, False])
def test_an_error_leaves_what_was_there(tmp_path: Path, *, is_there: bool) -> None:
    path = tmp_path / "x"
    if is_there:
        path.write_bytes(b"mine")

    def fill(new: Path) -> None:
        new.write_bytes(b"half")
        raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        create(path, fill, overwrite=True)
    assert names(tmp_path) == (["x"] if is_there else [])
    assert not is_there or path.read_bytes() == b"mine"


def test_one_that_is_made_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "x"

    def fill(new: Path) -> None:
        new.write_bytes(b"new")
        path.write_bytes(b"theirs")

    with pytest.raises(FileExistsError):
        create(path, fill)
    assert (path.read_bytes(), names(tmp_path)) == (b"theirs", ["x"])


def test_its_lock_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"

    def fill(new: Path) -> None:
        with pytest.raises(files.LockedError), files.hold_lock(path, wait=0):
            raise AssertionError
        new.write_bytes(b"new")

    create(path, fill)
    assert path.read_bytes() == b"new"


def test_content_goes_to_another_program_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_file, "_PIECE", 3)
    assert list(pieces_of(filled_with([b"abcdefg"]))) == [b"abc", b"def", b"g"]
