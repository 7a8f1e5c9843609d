"""The examples of docs/en/ci.md, each run as far as a machine without those services allows."""

import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..conftest import DATA, ROOT, run_line


def examples(page: str) -> list[Any]:
    """Return the values of the YAML blocks of a page, which hold one language's comments."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text, flags=re.S)]


EXAMPLES = examples("docs/en/ci.md")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path


def lines(example: dict[str, Any]) -> list[str]:
    """Return the shell lines of a workflow or job that call grcm."""
    if "jobs" in example:
        said = [step.get("run", "") for step in example["jobs"]["validate"]["steps"]]
    else:
        said = example["validate"]["script"]
    return [line for line in said if line.startswith("grcm ")]


WORKFLOW, JOB = EXAMPLES[1], EXAMPLES[2]


def test_both_languages_have_the_same_examples() -> None:
    assert examples("docs/es/ci.md") == EXAMPLES


@pytest.mark.parametrize("line", [*lines(WORKFLOW), *lines(JOB)])
def test_each_line_succeeds_on_data_without_problems(line: str, work: Path) -> None:
    assert "[exit" not in run_line(line, work)


def test_the_gitlab_job_leaves_the_reports_that_it_names(work: Path) -> None:
    (work / "data/meetings/X.yaml").write_text("id: X\nbody: GRMC\nstart: 2002-01-01\n", "utf-8")
    for line in lines(JOB):
        run_line(line, work)
    reports = JOB["validate"]["artifacts"]["reports"]
    assert json.loads((work / reports["codequality"]).read_text("utf-8"))[0]["severity"] == "major"
    assert ET.parse(work / reports["junit"]).getroot().attrib["failures"] == "1"  # noqa: S314 - ours


def test_the_github_workflow_annotates_and_fails(work: Path) -> None:
    (work / "data/meetings/X.yaml").write_text("id: X\nbody: GRMC\nstart: 2002-01-01\n", "utf-8")
    [line] = lines(WORKFLOW)
    shown = run_line(line, work)
    assert shown.startswith("::error file=data/meetings/X.yaml,line=2,col=7,")
    assert shown.endswith("[exit 1]")


def test_the_manual_names_the_hook() -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert EXAMPLES[0]["repos"][0]["hooks"] == [{"id": hook["id"]}]
