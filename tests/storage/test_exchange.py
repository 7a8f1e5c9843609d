"""P22 for a folder of letters: whoever reads it sees all of them old or all of them new."""

import os
import shutil
from pathlib import Path

import pytest

from grcm_cli.storage import exchange
from grcm_cli.storage.exchange import write_folder

from ..conftest import EVERY
from .faults import call

UNFINISHED = ".grcm-unfinished"
OLD = {f"{name}.eml": b"old" for name in "ABC"}
NEW = {f"{name}.eml": b"new" for name in "BCDE"}
OTHERS = {"notes.txt": b"mine", "2003-02/A.eml": b"sent"}


def state(root: Path) -> dict[str, bytes]:
    """Return what a reader of the folder finds."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != UNFINISHED
    }


def folder(root: Path) -> Path:
    """Make a folder with old letters and with files of others."""
    for name, data in {**OLD, **OTHERS}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


BEFORE = {**OLD, **OTHERS}
AFTER = {**OLD, **OTHERS, **NEW}


def write(root: Path) -> None:
    assert write_folder(root, NEW, overwrite=True)


def in_two_renames(root: Path) -> None:
    exchange._exchange_in_one_step = lambda *_: False
    assert write_folder(root, NEW, overwrite=True)


def test_new_letters_stand_beside_all_that_was_there(tmp_path: Path) -> None:
    root = folder(tmp_path / "letters")
    root.chmod(0o750)
    (root / "B.eml").chmod(0o640)
    kept = (root / "notes.txt").stat().st_ino
    told = []
    assert write_folder(root, NEW, overwrite=True, stored=lambda: told.append(state(root)))
    assert told == [AFTER]
    assert state(root) == AFTER
    assert (root / "notes.txt").stat().st_ino == kept
    assert [path.stat().st_mode & 0o777 for path in (root, root / "B.eml")] == [0o750, 0o640]
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]


def test_a_new_folder_appears_with_all_its_letters(tmp_path: Path) -> None:
    assert write_folder(tmp_path / "a/letters", NEW, overwrite=False)
    assert state(tmp_path / "a/letters") == NEW
    assert not (tmp_path / "a/letters" / UNFINISHED).exists()


def test_none_is_written_over_unless_that_is_wanted(tmp_path: Path) -> None:
    root = folder(tmp_path / "letters")
    with pytest.raises(FileExistsError):
        write_folder(root, NEW, overwrite=False)
    assert state(root) == BEFORE


@pytest.mark.parametrize("fault", ["kill", "error", "interrupt"])
@pytest.mark.parametrize("way", [write, in_two_renames])
@pytest.mark.parametrize("before", [BEFORE, {}], ids=["a folder", "no folder"])
def test_a_fault_at_every_operation(
    tmp_path: Path, before: dict[str, bytes], way: object, fault: str
) -> None:
    assert callable(way)

    def prepared(name: str) -> Path:
        root = tmp_path / name / "letters"
        root.parent.mkdir()
        return folder(root) if before else root

    after = AFTER if before else NEW
    operations = call(way, [prepared("0")], tmp_path / "0", "", 0).operations
    assert state(tmp_path / "0/letters") == after
    assert operations > 15
    seen = set()
    for place in range(1, operations + 1, 1 if EVERY else 5):
        root = prepared(str(place))
        call(way, [root], root.parent, fault, place)
        now = state(root) if root.exists() else {}
        is_between = way is in_two_renames and fault == "kill" and not root.exists()
        assert now in (before, after) or is_between, place
        seen.add(now == after)
        write_folder(root, NEW, overwrite=True)
        assert state(root) == after, place
        assert [path.name for path in root.parent.iterdir()] == ["letters"], place
        assert not (root / UNFINISHED).exists()
        shutil.rmtree(root.parent)
    assert True in seen


def test_a_file_that_somebody_adds_meanwhile_is_not_lost(tmp_path: Path) -> None:
    root = folder(tmp_path / "letters")

    def add(tree: Path, other: Path, old: Path) -> None:
        (other / "late.txt").write_bytes(b"late")
        real(tree, other, old)

    real = exchange.exchange_names
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exchange, "exchange_names", add)
        write(root)
    assert state(root) == {**AFTER, "late.txt": b"late"}


@pytest.mark.parametrize("kind", ["read-only file", "read-only folder", "link", "working folder"])
def test_what_an_exchange_would_go_round_is_left_to_the_other_way(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(tmp_path / "letters")
    if kind == "link":
        (root / "B.eml").rename(tmp_path / "elsewhere")
        (root / "B.eml").symlink_to(tmp_path / "elsewhere")
    elif kind == "working folder":
        monkeypatch.chdir(root)
    else:  # as the system says it to who is no administrator
        closed = root / "B.eml" if kind == "read-only file" else root
        real = os.access
        monkeypatch.setattr(os, "access", lambda path, mode: path != closed and real(path, mode))
    assert not write_folder(root, NEW, overwrite=True)
    assert state(root) == BEFORE
    assert [path.name for path in tmp_path.iterdir() if path.name != "elsewhere"] == ["letters"]
