"""grcm.pyz: one file that runs with Python alone, wherever it is, and does what grcm does."""

import os
import sys
from pathlib import Path

import pytest
from tools import single_file

from ..conftest import DATA, Ran, run_program
from .common import use
from .test_install import here

pytestmark = pytest.mark.package
PYTHON = getattr(sys, "_base_executable", sys.executable)
"""The Python of the system, without the libraries that are installed here."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dist") / "grcm.pyz"
    single_file.make(path)
    return path


def run(file: Path, *words: str, cwd: Path, **more: str) -> Ran:
    """Run the file in a Python that has neither libraries nor anything of the environment."""
    return run_program(PYTHON, "-I", "-S", str(file), *words, cwd=cwd, **more)


def test_the_same_source_gives_the_same_bytes(file: Path, tmp_path: Path) -> None:
    single_file.make(tmp_path / "again.pyz")
    assert (tmp_path / "again.pyz").read_bytes() == file.read_bytes()


def test_every_command_does_what_it_does_here(file: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()

    def single(command: str, cwd: Path, env: dict[str, str]) -> tuple[int, str, str]:
        # -I ignores PYTHONUTF8, so the machine's own encoding is that of the test.
        ran = run(file, *command.split(), cwd=cwd, **{**env, "HOME": str(home)})
        return ran.code, ran.out, ran.err

    found, expected = use(single, tmp_path / "single"), use(here, tmp_path / "here")
    for command, outcome in expected.runs.items():
        assert found.runs[command] == outcome, command
    assert found.files == expected.files


@pytest.mark.parametrize("home", ["missing", "not to be written"])
def test_without_a_folder_of_caches_it_leaves_nothing(
    file: Path, tmp_path: Path, home: str
) -> None:
    place = tmp_path / "home"
    if home != "missing":
        place.write_text("a file, where a folder can't be made for anybody")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    ran = run(file, "--data", str(DATA), "due", cwd=tmp_path, HOME=str(place / "x"),
               TMPDIR=str(temporary))  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    if home != "missing":
        assert list(temporary.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="files have no such modes there")
def test_a_folder_that_others_may_write_is_not_run(file: Path, tmp_path: Path) -> None:
    program = tmp_path / ".cache/grcm/program"
    program.mkdir(parents=True)
    program.chmod(0o777)
    assert run(file, "--version", cwd=tmp_path, HOME=str(tmp_path)).code == 0
    assert list(program.iterdir()) == []


def test_a_word_document_is_refused_with_what_is_missing(file: Path, tmp_path: Path) -> None:
    data = ("--data", str(DATA), "agenda", "GRCM", "-o", "a.docx")
    ran = run(file, *data, cwd=tmp_path, HOME=str(tmp_path))
    assert (ran.code, "python-docx" in ran.err) == (3, True)
    assert not (tmp_path / "a.docx").exists()
