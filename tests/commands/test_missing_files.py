"""A record that lacks a part is an error of the data, in every command that reads it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grcm_cli.cli import command_table

from ..conftest import DATA, run_grcm

WITHOUT_DATA = {"cache", "completion", "explain", "help", "init", "lsp"}
OF_NEW_RECORDS = {"draft", "new", "import", "schema"}
WITH_GIT = {"diff"}
"""The commands that read no record, those for a new one, and what needs a repository first."""
ARGUMENTS = {
    "rename": ["party", "MEX", "MX"],
    "agenda": ["GRCM"],
    "changes": ["--since", "2002-10-31"],
    "export": ["csv", "-o", "-"],
    "log": ["GRCM-2002-10/8"],
    "record": ["done", "GRCM-2002-10/8#1", "--by", "MEX"],
    "remind": ["MEX"],
    "search": ["plan"],
    "show": ["MEX"],
    "site": ["pages"],
    "tasks": ["MEX"],
}
RULE = "error[missing-file]"
SAID = (
    RULE,
    "cannot be read: grcm validate says why",
    "is not a regular file; nothing was written",
)
COMMANDS = sorted({*command_table.NAMES} - WITHOUT_DATA - OF_NEW_RECORDS - WITH_GIT)


def without_meetings(data: Path) -> None:
    shutil.rmtree(data / "meetings")


def without_any_meeting(data: Path) -> None:
    for path in (data / "meetings").iterdir():
        path.unlink()


def without_register(data: Path) -> None:
    (data / "register.yaml").unlink()


def a_folder_for_the_register(data: Path) -> None:
    without_register(data)
    (data / "register.yaml").mkdir()


def a_pipe_for_a_meeting(data: Path) -> None:
    (data / "meetings/GRCM-2002-10.yaml").unlink()
    os.mkfifo(data / "meetings/GRCM-2002-10.yaml")


def a_folder_for_reports(data: Path) -> None:
    (data / "progress/MEX.yaml").unlink(missing_ok=True)
    (data / "progress/MEX.yaml").mkdir(parents=True)


def a_file_for_the_meetings(data: Path) -> None:
    without_meetings(data)
    (data / "meetings").write_text("")


def a_device_for_a_meeting(data: Path) -> None:
    try:
        os.mknod(data / "meetings/GRCM-2002-11.yaml", 0o20666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only an administrator makes devices")


LACKS = (
    *(without_meetings, without_any_meeting, without_register, a_folder_for_the_register),
    *(a_pipe_for_a_meeting, a_folder_for_reports, a_file_for_the_meetings, a_device_for_a_meeting),
)


@pytest.fixture(params=LACKS, ids=lambda lack: lack.__name__)
def lacking(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    lack: Callable[[Path], None] = request.param
    lack(tmp_path / "data")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_it_and_ends_with_1(command: str, lacking: Path) -> None:
    words = [command, *ARGUMENTS.get(command, [])]
    ran = run_grcm("--data", "data", *words, "--as-of", "2003-02-01", cwd=lacking)
    assert ran.code == 1, ran.err
    assert any(said in ran.err + ran.out for said in SAID)


def test_the_folder_is_found_from_below_without_its_register(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    without_register(tmp_path / "data")
    for place in (tmp_path, tmp_path / "data", tmp_path / "data/meetings"):
        ran = run_grcm("due", cwd=place)
        assert (ran.code, RULE in ran.err) == (1, True), place
    assert run_grcm("due", cwd=tmp_path.parent).code == 2


@pytest.mark.parametrize("words", ["show MEX", "tasks MEX", "tasks MEX --data data --data other"])
def test_a_party_of_a_record_without_meetings_is_shown(words: str, tmp_path: Path) -> None:
    for folder in ("data", "other"):
        shutil.copytree(DATA, tmp_path / folder)
        without_meetings(tmp_path / folder)
        shutil.rmtree(tmp_path / folder / "progress", ignore_errors=True)
    ran = run_grcm(*words.split(), "--as-of", "2003-02-01", cwd=tmp_path)
    assert ran.code == 1
    assert "Mexico" in ran.out + ran.err
    assert "there is no meeting file in meetings/" in ran.err
    assert "incomplete" not in ran.out + ran.err
