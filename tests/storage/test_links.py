"""Links in a data folder: what leads out of it is neither read nor written, and is named."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ..conftest import DATA

SECRET = "root:x:0:0:secret"  # noqa: S105 - no password of anybody


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return a folder with `data`, and beside it `outside` with files that have a secret."""
    shutil.copytree(DATA, tmp_path / "inside/data")
    (tmp_path / "outside").mkdir()
    for name in ("passwd", "GRCM-2002-10.yaml", "CRI.yaml", "reminder.es.md"):
        (tmp_path / "outside" / name).write_text(f"{SECRET}\n")
    return tmp_path / "inside"


def link(work: Path, name: str, target: str) -> Path:
    """Put a link in the place of a data file or folder."""
    path = work / "data" / name
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(target)
    return path


def test_a_cached_meeting_that_becomes_a_link_out_is_no_longer_listed(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The values of a file that was read before lie in the cache; the link must not get them."""
    from grcm_cli.storage.cache import FileCache
    from grcm_cli.storage.loader import load

    path = work / "data/meetings/GRCM-2002-10.yaml"
    for real in (work / "data").rglob("*.yaml"):
        os.utime(real, (1, 1))
    moved = path.rename(work.parent / "outside/moved.yaml")
    os.link(moved, path)
    monkeypatch.setattr(FileCache, "_is_settled", lambda *_: True)
    cache = FileCache(work / "data", work / "facts")
    load(work / "data", work, read=cache.read)
    cache.write(is_sound=True)
    link(work, "meetings/GRCM-2002-10.yaml", str(moved))
    kept = FileCache(work / "data", work / "facts")
    again = load(work / "data", work, read=kept.read)
    assert [finding.rule for finding in again.findings] == ["link-outside"]
    assert again.register is not None
    assert "GRCM-2002-10" in again.register.unread_meetings


def test_a_file_outside_is_never_opened(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from grcm_cli.storage.loader import load

    link(work, "meetings/X.yaml", str(work.parent / "outside/passwd"))
    opened: list[str] = []
    real: Callable[[Path], bytes] = Path.read_bytes

    def read(path: Path) -> bytes:
        opened.append(path.name)
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    load(work / "data", work)
    assert "X.yaml" not in opened
    assert "GRCM-2002-10.yaml" in opened
