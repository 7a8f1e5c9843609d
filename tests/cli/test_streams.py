"""grcm at a terminal and in a pipe: streams that end, fill or close, and what a shell completes."""

import json
import signal
import sys
from pathlib import Path

import pytest

from ..conftest import Ran, run_grcm, run_program, run_python


def shell(command: str, work: Path) -> Ran:
    """Run a line of a shell in which `grcm` is the one under test."""
    grcm = f"{sys.executable} -m grcm_cli"
    return run_program("bash", "-c", f"set -o pipefail; {command}", cwd=work, GRCM=grcm)


@pytest.mark.parametrize("arguments", ["due", "due --format json", "show GRCM-2002-10", "--help"])
def test_a_reader_that_has_enough_is_no_error(work: Path, arguments: str) -> None:
    ran = shell(f"$GRCM {arguments} | head -1", work)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("\n") == 1


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a disk that is always full"
)
def test_a_full_disk_is_exit_3_and_says_so(work: Path) -> None:
    ran = shell("$GRCM due > /dev/full", work)
    assert (ran.code, ran.err) == (3, "grcm: system error: the disk is full\n")


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a disk that is always full"
)
@pytest.mark.parametrize(("command", "code"), [("overdue --as-of 2001-01-01", 3), ("bogus", 2)])
def test_a_full_stderr_changes_no_exit_code_to_a_wrong_one(
    work: Path, command: str, code: int
) -> None:
    assert shell(f"$GRCM {command} 2> /dev/full", work).code == code


def test_json_stays_json_on_a_terminal_without_our_letters(work: Path) -> None:
    arguments = ("tasks", "MEX", "--format", "json", "--as-of", "2002-11-15")
    plain = run_grcm(*arguments, cwd=work, PYTHONIOENCODING="ascii").out
    assert plain.isascii()
    assert json.loads(plain) == json.loads(run_grcm(*arguments, cwd=work).out)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_bug(work: Path, closed: str) -> None:
    assert shell(f"$GRCM due {closed}", work).code in (0, 3)


def test_an_interrupt_is_exit_130_without_a_trace(work: Path) -> None:
    interrupt = (
        "import os, signal, time\n"
        # A job in the background inherits that the interrupt is ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import grcm_cli.storage.loader as loader\n"
        "def load(*_, **__): os.kill(os.getpid(), signal.SIGINT); time.sleep(60)\n"
        "loader.load = load\n"
        "from grcm_cli.cli.app import main\n"
        "main(['due'])\n"
    )
    ran = run_python("-c", interrupt, cwd=work)
    assert (ran.code, ran.err) in ((130, ""), (-signal.SIGINT, ""))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("grcm due --party PP", ["PPT"], id="an option's party"),
        pytest.param("grcm due --body G", ["GRCM"], id="a body"),
        pytest.param("grcm due --meeting CRM", ["CRM-2002-05", "CRM-2003-05"], id="meetings"),
        pytest.param("grcm due --format j", ["json", "jsonl"], id="formats"),
    ],
)
def test_a_shell_completes(work: Path, typed: str, expected: list[str]) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    ran = run_grcm(cwd=work, _GRCM_COMPLETE="complete_bash", **words)
    assert (ran.code, ran.out.split(), ran.err) == (0, expected, "")


def test_completion_outside_a_data_folder_is_silent(tmp_path: Path) -> None:
    words = {"COMP_WORDS": "grcm tasks M", "COMP_CWORD": "2"}
    ran = run_grcm(cwd=tmp_path, _GRCM_COMPLETE="complete_bash", **words)
    assert (ran.code, ran.out.strip(), ran.err) == (0, "", "")
