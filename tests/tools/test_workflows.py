"""The workflows of this repository, as far as they can be checked without their host."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools import try_here

from ..conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return found


def test_there_are_two() -> None:
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "release.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_each_action_is_named_by_its_digest(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "uses:" in line]
    assert [line for line in lines if not PINNED.search(line)] == []
    assert len(lines) > 2
    versions = {re.sub(r"@\w+", "", line.strip()) for line in lines}
    assert len(versions) == len({line.strip() for line in lines})  # one digest a version


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_each_command_is_one_that_there_is(path: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    for job in jobs(path).values():
        for step in job["steps"]:
            assert ("uses" in step) is not ("run" in step)
            for target in re.findall(r"\bmake ([a-z-]+)", step.get("run", "")):
                assert target in targets
            for module in re.findall(r"-m (tools\.\w+)", step.get("run", "")):
                assert (ROOT / module.replace(".", "/")).with_suffix(".py").is_file()


def test_only_the_job_that_publishes_may_do_so_and_it_runs_no_code_of_ours() -> None:
    release = jobs(ROOT / ".github/workflows/release.yml")
    assert release["build"]["permissions"] == {"contents": "read"}
    publish = release["publish"]
    assert publish["environment"] == "release"
    assert publish["permissions"] == {
        "id-token": "write", "attestations": "write", "contents": "read",
    }  # fmt: skip
    assert [step for step in publish["steps"] if "run" in step] == []
    handed = [step["with"]["name"] for step in release["build"]["steps"] if "upload" in str(step)]
    taken = [step["with"]["name"] for step in publish["steps"] if "download" in str(step)]
    assert handed == taken == ["packages", "single-file"]


def test_each_system_is_tried() -> None:
    matrix = jobs(ROOT / ".github/workflows/ci.yml")["systems"]["strategy"]["matrix"]
    assert matrix["os"] == ["windows-latest", "macos-latest", "ubuntu-latest"]


@pytest.mark.package
def test_the_trial_finds_nothing_wrong_here(tmp_path: Path) -> None:
    assert try_here.run_all([sys.executable, "-m", "grcm_cli"], tmp_path) == []


def test_the_trial_tells_what_is_wrong(tmp_path: Path) -> None:
    assert len(try_here.run_all(["false"], tmp_path)) == len(try_here.RUNS)
