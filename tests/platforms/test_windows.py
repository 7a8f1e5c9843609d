"""What Windows does otherwise, simulated: each row of README.md that has no other test."""

import codecs
import errno
import fcntl
import importlib.util
import io
import os
import sys
import types
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest

from grcm_cli.cli import app
from grcm_cli.domain.parties import CODE
from grcm_cli.storage import cache, files
from grcm_cli.storage.paths import shown_path

from ..conftest import DATA, ROOT, Folder, run_grcm

README = Path(__file__).with_name("README.md")


class Msvcrt(types.ModuleType):
    """Locks as `msvcrt.locking` has them: refused at once, with EACCES."""

    LK_NBLCK = 2

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OSError(errno.EACCES, "Permission denied") from error


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - a module that has no name
    """Return `storage.files` as it is imported on Windows."""
    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt("msvcrt"))
    monkeypatch.setitem(sys.modules, "fcntl", None)
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "chown", "fchmod", "geteuid", "getuid"):
        monkeypatch.delattr(os, name)
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.spec_from_file_location("files_of_windows", files.__file__)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def _is_open(descriptor: int, number: int) -> bool:
    """Tell whether a descriptor is that of a file, by the file's number."""
    try:
        return os.fstat(descriptor).st_ino == number
    except OSError:
        return False


def test_a_file_is_written_and_locked(windows: Any, tmp_path: Path) -> None:  # noqa: ANN401
    path = tmp_path / "a.yaml"
    windows.rewrite_all({path: windows.creation(path, b"one\r\n")})
    windows.rewrite_all({path: lambda now: now + b"two\r\n"})
    assert path.read_bytes() == b"one\r\ntwo\r\n"
    with windows.hold_lock(path):
        with pytest.raises(windows.LockedError) as caught, windows.hold_lock(path, wait=0):
            pass
        assert caught.value.process == str(os.getpid())
        assert not windows.is_left_behind(path.with_name(".a.yaml.lock"))
    windows.rewrite_all({path: lambda _now: b"three", tmp_path / "b": lambda _now: b"new"})
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.yaml", "b"]


def test_the_lock_file_is_closed_before_it_is_deleted(
    windows: Any,  # noqa: ANN401
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = Path.unlink
    opened: list[str] = []

    def unlink(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - the library's
        number = path.stat().st_ino
        opened.extend(
            one for one in os.listdir("/proc/self/fd")  # noqa: PTH208 - descriptors that come and go
            if one.isdigit() and _is_open(int(one), number)
        )  # fmt: skip
        real(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    with windows.hold_lock(tmp_path / "a"):
        pass
    assert opened == []


@pytest.mark.parametrize(("refusals", "is_written"), [(0, True), (3, True), (10**6, False)])
def test_a_file_that_a_program_keeps_open_is_waited_for(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    refusals: int,
    is_written: bool,  # noqa: FBT001 - of the table
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    real, seen = Path.replace, [0]

    def replace(new: Path, target: Path) -> Path:
        seen[0] += 1
        if seen[0] <= refusals:
            raise PermissionError(errno.EACCES, "Access is denied", str(new))
        return real(new, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(files, "_SHARING", 0.1)
    if is_written:
        files.rewrite_all({path: lambda _now: b"new"})
    else:
        with pytest.raises(PermissionError) as caught:
            files.rewrite_all({path: lambda _now: b"new"})
        assert caught.value.filename == str(path)
    assert path.read_bytes() == (b"new" if is_written else b"old")
    assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize(
    "command", ["due", "due --format json", "tasks MEX", "show GRCM-2002-10/8"]
)
def test_no_console_stops_the_output(command: str) -> None:
    data = ("--data", str(DATA), "--as-of", "2003-03-10", "--lang", "es")
    ran = run_grcm(*data, *command.split(), PYTHONIOENCODING="utf-8", PYTHONUTF8="0")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == run_grcm(*data, *command.split()).out
    for encoding in ("cp850", "cp1252", "ascii", "utf-8", "cp437"):
        shown = ran.out.encode(encoding, "grcm_test").decode(encoding)
        assert len(shown) >= len(ran.out) > 100


codecs.register_error("grcm_test", app._escape)


def test_lines_end_alike_and_in_utf_8_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp850", newline="\r\n")
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding="cp850"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        app.prepare_streams()
    sys.stdout.write("plazo ≤ 15 días\n\x1b[0mmás\n")
    sys.stdout.flush()
    assert raw.getvalue() == "plazo ≤ 15 días\n\x1b[0mmás\n".encode()


@pytest.mark.parametrize("code", ["Mex", "mex", "MEX.", "MEX ", "NUL", "M\u00c9X", "ME\u0301X"])
def test_no_two_codes_are_one_file(code: str) -> None:
    assert CODE.fullmatch(code) is None


def test_a_file_whose_name_differs_in_capitals_is_found(folder: Folder) -> None:
    folder.write("meetings/wg-2002-10.yaml", "id: WG-2002-10\nbody: WG\nstart: 2002-10-29\n")
    assert "id-not-file-name" in run_grcm("--data", str(folder.path), "validate").out


def test_paths_are_shown_with_slashes() -> None:
    here = PureWindowsPath("C:\\crm")
    path = PureWindowsPath("C:\\crm\\data\\meetings\\A.yaml")
    other: Any = PureWindowsPath("D:\\x\\A.yaml")
    shown: Any = shown_path
    assert shown(path, here) == "data/meetings/A.yaml"
    assert shown(other, here) == "D:/x/A.yaml"


def test_the_cache_lies_where_the_system_wants_it(
    windows: Any,  # noqa: ANN401
    tmp_path: Path,
) -> None:
    assert cache.cache_folder({"LOCALAPPDATA": str(tmp_path)}) == tmp_path / "grcm" / "cache"
    assert cache.cache_folder({"HOME": str(tmp_path)}) is None
    cache.write_own(tmp_path / "a" / "x.facts", b"kept")
    assert cache.read_own(tmp_path / "a" / "x.facts", 10) == b"kept"


def test_the_table_names_files_that_are_there() -> None:
    for name in README.read_text("utf-8").split("`")[1::2]:
        if name.endswith(".py"):
            places = (ROOT / name, ROOT / "src/grcm_cli" / name, Path(__file__).parent / name)
            assert any(place.is_file() for place in places), name
