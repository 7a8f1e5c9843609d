"""Copies of data files: names that are none, and copies beside the cache.

scenarios/stray-files.md has what is said of each.
"""

from pathlib import Path

import pytest

from grcm_cli.storage.cache import FileCache
from grcm_cli.storage.loader import load
from grcm_cli.storage.stray_files import original_stem

from ..conftest import Folder

ID = "WG-2002-10"


@pytest.fixture
def base(folder: Folder) -> Folder:
    """Return a folder with a meeting and a report."""
    folder.mandate("action: Hacer, responsible: {each: [AAA, BBB]}, due: 2003-01-15", id=ID)
    folder.progress("AAA", f"- {{mandate: {ID}/1, date: 2003-01-10, progress: done}}\n")
    return folder


def test_an_id_may_look_like_a_copy_s(base: Folder) -> None:
    base.mandate("action: Otro, responsible: AAA", id=f"{ID}-old", start="2002-10-30")
    assert base.load().findings == []
    for name in (ID, "GRCM-2002-10", "CT-2026-04", "Copiapo-1", "Conflict-2020", "A", "12-b"):
        assert original_stem(name) == name


def test_copies_are_found_with_and_without_the_cache(
    base: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grcm_cli.storage.cache._SETTLED_AFTER", 0)
    for name in ("WG-2002-11", f"{ID}-DESKTOP-4F2K", f"{ID} 2"):
        base.write(f"meetings/{name}.yaml", (base.path / f"meetings/{ID}.yaml").read_bytes())
    plain = base.load()
    assert [finding.rule for finding in plain.findings] == ["copied-file"] * 3
    for run in range(3):
        cache = FileCache(base.path, tmp_path / "cache")
        loaded = load(base.path, base.path, read=cache.read)
        cache.write(is_sound=True)
        assert cache.is_sound() == (run > 0)
        assert (loaded.findings, loaded.files) == (plain.findings, plain.files)
        assert loaded.register is not None
        assert [meeting.id for meeting in loaded.register.meetings] == [ID]


def test_links_in_a_circle_stand_for_nothing(base: Folder) -> None:
    for name in ("register.yml", "Progress"):
        (base.path / name).symlink_to(name)
    assert base.load().findings == []
