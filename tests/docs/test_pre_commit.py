"""The hook of .pre-commit-hooks.yaml, run by pre-commit itself on commits of a real repository."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from ..conftest import DATA, ROOT, environment, run_line

PROGRAM = shutil.which("pre-commit", path=os.fspath(Path(sys.executable).parent))
OFFLINE = ("establish a new connection", "Temporary failure in name", "No matching distribution")
CONFIG = """\
repos:
  - repo: {hook}
    rev: {rev}
    hooks:
      - id: grcm-validate
"""
PACKAGED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = environment(PRE_COMMIT_HOME=str(cwd.parent / "home"), GRCM_AS_OF="2003-06-01")
    for role in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{role}_NAME": "Example", f"GIT_{role}_EMAIL": "example@example.org"}
    return subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def git(*words: str, cwd: Path) -> str:
    done = run("git", *words, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return a repository with the data, and the hook installed from a repository of grcm."""
    if PROGRAM is None:
        pytest.skip("pre-commit is not installed")
    hook, work = tmp_path / "grcm", tmp_path / "work"
    hook.mkdir()
    for name in PACKAGED:
        shutil.copy(ROOT / name, hook)
    for folder in ("src", "man"):
        shutil.copytree(ROOT / folder, hook / folder, ignore=shutil.ignore_patterns("__pycache__"))
    git("init", "-q", cwd=hook)
    git("add", "-A", cwd=hook)
    git("commit", "-qm", "grcm", cwd=hook)
    shutil.copytree(DATA, work / "data")
    config = CONFIG.format(hook=hook, rev=git("rev-parse", "HEAD", cwd=hook))
    (work / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    git("init", "-q", cwd=work)
    git("add", "-A", cwd=work)
    git("commit", "-qm", "The data", cwd=work)
    assert run(PROGRAM, "install", cwd=work).returncode == 0
    done = run(PROGRAM, "install-hooks", cwd=work)
    said = done.stdout + done.stderr
    if done.returncode and any(words in said for words in OFFLINE):
        pytest.skip("no network, from which pre-commit installs the hook")
    assert done.returncode == 0, said
    return work


def without_a_party(folder: Path) -> None:
    """Delete a party from the register of a folder; meetings name it."""
    file = folder / "register.yaml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    left = [line for line in lines if not line.startswith("  BLZ:")]
    assert len(left) == len(lines) - 1
    file.write_text("".join(left), encoding="utf-8")


def without_a_meeting(folder: Path) -> None:
    """Delete a meeting from a folder; another one follows it up."""
    (folder / "meetings/CRM-2002-05.yaml").unlink()


CASES = {
    "party": (without_a_party, "error[unknown-party]: 'BLZ' is not in the register"),
    "meeting": (
        without_a_meeting,
        "error[dangling-reference]: 'CRM-2002-05' is not a meeting in the record",
    ),
}


def commit(work: Path) -> subprocess.CompletedProcess[str]:
    """Commit all changes, as a person does."""
    git("add", "-A", cwd=work)
    return run("git", "commit", "-m", "A change", cwd=work)


@pytest.mark.package
def test_pre_commit_refuses_what_breaks_other_files(work: Path) -> None:
    """All in one test: to install the hook takes long."""
    (work / "README.md").write_text("The record.\n", encoding="utf-8")
    assert commit(work).returncode == 0
    for delete, message in CASES.values():
        delete(work / "data")
        done = commit(work)
        assert done.returncode == 1
        assert message in done.stdout + done.stderr
        git("reset", "-q", "--hard", "HEAD", cwd=work)


@pytest.mark.parametrize(("delete", "message"), CASES.values(), ids=list(CASES))
def test_the_hook_s_entry_by_hand(
    delete: Callable[[Path], None], message: str, tmp_path: Path
) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    shutil.copytree(DATA, tmp_path / "data")
    assert "[exit" not in run_line(hook["entry"], tmp_path)
    delete(tmp_path / "data")
    shown = run_line(hook["entry"], tmp_path)
    assert message in shown
    assert shown.endswith("[exit 1]")


def test_the_hook_runs_on_every_commit_and_is_given_no_files() -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["pass_filenames"], hook["always_run"]) == (False, True)
    assert {"files", "types"}.isdisjoint(hook)
