"""Links in a data folder: what leads out of it is neither read nor written, and is named."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ..conftest import DATA, run_grcm

SECRET = "root:x:0:0:secret"  # noqa: S105 - no password of anybody
REF = "GRCM-2002-10/8#1"


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


OUT = "error[link-outside]"
THERE = "error[unreadable-file]"
CASES = [
    # link, target, exit code of validate, rule
    ("register.yaml", "{outside}/passwd", 1, OUT),
    ("meetings/GRCM-2002-10.yaml", "{outside}/GRCM-2002-10.yaml", 1, OUT),
    ("meetings/GRCM-2002-10.yaml", "../../../outside/GRCM-2002-10.yaml", 1, OUT),
    ("meetings/GRCM-2002-10.yaml", "/etc/passwd", 1, OUT),
    ("meetings/X.yaml", "/dev/zero", 1, OUT),
    ("meetings/X.yaml", "/proc/self/environ", 1, OUT),
    ("meetings/X.yaml", "/proc/self/fd/0", 1, OUT),
    ("meetings/X.yaml", "{outside}", 1, OUT),
    ("progress/CRI.yaml", "{outside}/CRI.yaml", 1, OUT),
    ("meetings", "{outside}", 1, OUT),
    ("progress", "{outside}", 1, OUT),
    ("meetings/X.yaml", "X.yaml", 3, THERE),
    ("meetings/X.yaml", "{outside}/nowhere", 3, THERE),
    ("meetings/X.yaml", "nowhere", 3, THERE),
    ("progress", "progress", 3, THERE),
]


@pytest.mark.parametrize(("name", "target", "code", "rule"), CASES)
def test_what_leads_out_is_named_and_not_read(
    work: Path, name: str, target: str, code: int, rule: str
) -> None:
    link(work, name, target.format(outside=work.parent / "outside"))
    for command in ("validate", "due", "show", "remind"):
        extra = {"show": ["GRCM-2002-10"], "remind": ["MEX"]}.get(command, [])
        ran = run_grcm(command, *extra, "--as-of", "2003-02-01", cwd=work, XDG_CACHE_HOME="/nope")
        assert "secret" not in ran.out + ran.err
        if command != "show":  # which says of the one file that it cannot be read
            assert f"data/{name}:1:1: {rule}" in ran.out + ran.err
        assert ran.code in (code, 2)  # 2: the meeting that is asked for is in no file
        if command == "validate":
            assert ran.code == code


def test_a_link_that_leads_back_in_is_read(work: Path) -> None:
    (work / "data/store").mkdir()
    for name in ("meetings/GRCM-2002-10.yaml", "register.yaml"):
        path = work / "data" / name
        moved = path.rename(work / "data/store" / path.name)
        path.symlink_to(os.path.relpath(moved, path.parent))
    (work / "data/meetings").rename(work / "data/store/meetings")
    (work / "data/meetings").symlink_to("store/meetings")
    (work / "data/store/store").symlink_to(".")
    assert run_grcm("validate", cwd=work).err == "No problems; 4 files read.\n"
    ran = run_grcm("record", "done", REF, "--by", "CRI", cwd=work)
    assert (ran.code, (work / "data/progress/CRI.yaml").is_file()) == (0, True)


def test_the_data_folder_itself_may_be_reached_through_a_link(work: Path) -> None:
    (work / "other").symlink_to(work / "data")
    assert run_grcm("--data", "other", "validate", cwd=work).code == 0
    assert run_grcm("--data", "other", "record", "done", REF, "--by", "CRI", cwd=work).code == 0
    new = ["new", "--body", "CRM", "--start", "2004-05-20"]
    assert run_grcm("--data", "other", *new, cwd=work).code == 0


RECORD = ["record", "done", REF, "--by", "CRI", "--on", "2003-01-10"]
NEW = ["new", "--body", "CRM", "--start", "2004-05-20"]
DRAFT = ["draft", "minutes.txt", "--force", "-o"]
INIT = ["init", "fresh", "--code", "EX"]
WRITING = [
    pytest.param("progress/CRI.yaml", "CRI.yaml", RECORD, id="a party's file"),
    pytest.param("progress", "", RECORD, id="the folder of the parties' files"),
    pytest.param("meetings", "", NEW, id="the folder of meetings"),
    pytest.param("meetings/X.yaml", "passwd", [*DRAFT, "data/meetings/X.yaml"], id="a draft"),
    pytest.param("../fresh/meetings", "", INIT, id="init, a folder"),
    pytest.param("../fresh/.schemas", "", INIT, id="init, the schemas"),
]


@pytest.mark.parametrize(("name", "target", "command"), WRITING)
def test_what_leads_out_is_not_written(
    work: Path, name: str, target: str, command: list[str]
) -> None:
    outside = work.parent / "outside"
    shutil.copy(DATA / "sources/GRCM-2002-10.txt", work / "minutes.txt")
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    link(work, name, str(outside / target))
    ran = run_grcm(*command, cwd=work)
    assert ran.code == 1
    assert "leads out of the data folder through a link; nothing was written" in ran.err
    assert "secret" not in ran.out + ran.err
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before
    assert not (work / "fresh/register.yaml").exists()


def test_a_new_draft_is_not_written_through_a_link(work: Path) -> None:
    shutil.copy(DATA / "sources/GRCM-2002-10.txt", work / "minutes.txt")
    outside = work.parent / "outside/new.yaml"
    link(work, "meetings/X.yaml", str(outside))
    ran = run_grcm(*DRAFT, "data/meetings/X.yaml", cwd=work)
    assert (ran.code, outside.exists()) == (2, False)
    assert "link" in ran.err


def test_init_makes_no_register_through_a_link(work: Path) -> None:
    link(work, "../fresh/register.yaml", str(work.parent / "outside/new.yaml"))
    assert run_grcm(*INIT, cwd=work).code == 2
    assert not (work.parent / "outside/new.yaml").exists()


def test_a_template_that_is_a_link_out_is_not_read(work: Path) -> None:
    link(work, "templates/reminder.es.md", str(work.parent / "outside/reminder.es.md"))
    ran = run_grcm("remind", "MEX", "--lang", "es", "--as-of", "2003-02-01", cwd=work)
    assert (ran.code, ran.out, "secret" in ran.err) == (3, "", False)
    assert "templates/reminder.es.md" in ran.err


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
