"""The release as others install it, and the lowest versions of its libraries (`make package`)."""

import importlib.util
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from .. import processes
from ..conftest import ROOT, run_program, run_python
from ..docs.test_library_chapter import BLOCK, PAGES, lay
from ..docs.test_library_chapter import run as run_block
from .common import Built, Outcome, build, use
from .test_distribution import PROJECT

pytestmark = pytest.mark.package

WITH_A_CODE_OF_THEIR_OWN = {"due --nosuch": 2, "due --before": 2, "nosuch": 2}
HELP = "due --help"  # its layout is the library's


def pip(*words: str, python: Path | None = None, timeout: int = 300) -> str | None:
    """Run pip for another Python and return None, or its messages where it failed."""
    where = [] if python is None else ["--python", str(python)]
    command = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", *where, *words]
    done = subprocess.run(
        command, env=dict(os.environ), capture_output=True, timeout=timeout, check=False
    )
    return done.stderr.decode() if done.returncode else None


@pytest.fixture(scope="module", autouse=True)
def _index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where no package index can be reached."""
    target = str(tmp_path_factory.mktemp("probe"))
    quick = ("--retries", "0", "--timeout", "10", "--no-cache-dir")
    if pip("download", "--no-deps", "-d", target, *quick, "mdurl"):
        pytest.skip("no package index can be reached: nothing was installed or tried")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the release of this source tree."""
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Return what the commands give with the libraries of the tests."""
    return use(here, tmp_path_factory.mktemp("expected"))


def here(command: str, cwd: Path, env: dict[str, str]) -> tuple[int, str, str]:
    """Run a command of grcm with the libraries of the tests."""
    ended = processes.grcm(command.split(), cwd, env)
    return ended.code, ended.out.decode(), ended.err.decode()


def empty(folder: Path) -> Path:
    """Make an environment without any library and return its Python."""
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(folder)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment in which the wheel and what it needs are installed."""
    python = empty(tmp_path_factory.mktemp("installed") / "venv")
    assert pip("install", str(built.wheel), python=python) is None
    return python


def compare(python: Path, folder: Path, expected: Outcome) -> None:
    """Check that an installed grcm does what the one here does."""
    folder.mkdir()

    def installed(command: str, cwd: Path, env: dict[str, str]) -> tuple[int, str, str]:
        words = [str(python.with_name("grcm")), *command.split()]
        done = subprocess.run(
            words, cwd=cwd, env=env, capture_output=True, timeout=120, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    found = use(installed, folder)
    for command, run in expected.runs.items():
        code, _out, err = found.runs[command]
        assert code == WITH_A_CODE_OF_THEIR_OWN.get(command, 0), (command, err)
        assert "Traceback" not in err
        assert "Warning" not in err
        if command != HELP:
            assert found.runs[command] == run, command
    assert found.files == expected.files


def test_the_wheel_works_in_an_empty_environment(
    installed: Path, expected: Outcome, tmp_path: Path
) -> None:
    compare(installed, tmp_path / "work", expected)
    for page in ("man1/grcm.1", "es/man1/grcm.1"):
        assert (installed.parents[1] / "share" / "man" / page).is_file()


def test_the_library_is_used_and_typed_as_its_chapter_says(installed: Path, tmp_path: Path) -> None:
    """The table in pandas too, whose types are in a package of their own, installed beside."""
    assert pip("install", "pandas", "pandas-stubs", "mypy", python=installed) is None
    work = tmp_path / "work"
    work.mkdir()
    lay(work)
    for number, match in enumerate(BLOCK.finditer(PAGES[0].read_text(encoding="utf-8"))):
        assert run_block(match["code"], work, str(installed)) == match["out"]
        (work / f"block_{number}.py").write_text(match["code"], encoding="utf-8")
    blocks = map(str, sorted(work.glob("*.py")))
    ran = run_program(str(installed), "-m", "mypy", "--strict", *blocks, cwd=work)
    assert ran.code == 0, ran.out


def test_the_source_distribution_can_be_installed(built: Built, tmp_path: Path) -> None:
    python = empty(tmp_path / "venv")
    assert pip("install", str(built.sdist), python=python) is None
    ran = run_program(str(python.with_name("grcm")), "--lang", "es", "--help", cwd=tmp_path)
    assert ran.code == 0
    assert "Uso: grcm [OPCIONES] ORDEN" in ran.out


def lowest() -> list[str]:
    """Return each library at the lowest version that pyproject.toml allows."""
    return [re.sub(r">=([0-9.]+)(,<[0-9.]+)?", r"==\1", line) for line in PROJECT["dependencies"]]


def test_the_lowest_versions_give_the_same_answers(
    built: Built, expected: Outcome, tmp_path: Path
) -> None:
    assert all("==" in line for line in lowest())
    python = empty(tmp_path / "venv")
    assert pip("install", str(built.wheel), *lowest(), python=python) is None
    compare(python, tmp_path / "work", expected)


@pytest.mark.skipif(
    importlib.util.find_spec("twine") is None or importlib.util.find_spec("build") is None,
    reason="twine and build are not installed: make package",
)
def test_twine_finds_nothing_wrong(tmp_path: Path) -> None:
    assert run_python("-m", "build", "--no-isolation", "-o", str(tmp_path), str(ROOT)).code == 0
    made = [str(path) for path in tmp_path.iterdir()]
    assert len(made) == 2
    ran = run_python("-m", "twine", "check", "--strict", *made)
    assert ran.code == 0, ran.out
    assert "warning" not in ran.out.casefold()
