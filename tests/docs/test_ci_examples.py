"""The examples of docs/en/ci.md, each run as far as a machine without those services allows."""

import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from grcm_cli import __version__
from grcm_cli.reporters import OF_REPOSITORY

from ..conftest import DATA, ROOT, run_line


def examples(page: str) -> list[Any]:
    """Return the values of the YAML blocks of a page, which hold one language's comments."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text, flags=re.S)]


EXAMPLES = examples("docs/en/ci.md")


def lines(example: dict[str, Any]) -> list[str]:
    """Return the shell lines of a workflow or job that call grcm."""
    if "jobs" in example:
        said = [step.get("run", "") for step in example["jobs"]["validate"]["steps"]]
    else:
        said = [*example["validate"]["script"], *example["review"]["script"]]
    return [line for line in said if line.startswith("grcm validate")]


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


def summary(line: str, work: Path, **variables: str) -> list[str]:
    """Return what a reviewer reads of a change that moves a deadline, on a branch of its own."""
    work.mkdir()
    shutil.copytree(DATA, work / "data")
    path = work / "data/meetings/GRCM-2002-10.yaml"
    later = path.read_text("utf-8").replace("due: 2003-01-15", "due: 2003-02-15")
    for git in (
        "init -q .",
        "add -A",
        "commit -qm data",
        "update-ref refs/remotes/origin/main HEAD",
    ):
        assert run_line(f"git {git}", work) == ""
    path.write_text(later, "utf-8")
    assert run_line("git commit -qam later", work) == ""
    assert run_line(line, work, variables) == ""
    [file] = work.glob("*.md")
    return file.read_text("utf-8").splitlines()


def test_the_reviewer_reads_what_a_change_does_to_the_duties(tmp_path: Path) -> None:
    steps = WORKFLOW["jobs"]["validate"]["steps"]
    assert steps[0]["with"] == {"fetch-depth": 0}
    given = {"BASE": "main", "GITHUB_STEP_SUMMARY": "summary.md"}
    on_github = summary(steps[-1]["run"], tmp_path / "github", **given)
    assert "2003-02-15" in "".join(on_github)
    assert JOB["variables"]["GIT_DEPTH"] == "0"
    [line] = JOB["review"]["script"]
    on_gitlab = summary(line, tmp_path / "gitlab", CI_MERGE_REQUEST_DIFF_BASE_SHA="HEAD~1")
    assert on_gitlab[2:] == on_github[2:]
    assert JOB["review"]["artifacts"]["paths"] == ["changes.md"]


def test_reports_name_files_from_the_root_of_the_repository(work: Path) -> None:
    (work / "data/meetings/X.yaml").write_text("id: X\nbody: GRMC\nstart: 2002-01-01\n", "utf-8")
    run_line("git init -q .", work)
    for name in OF_REPOSITORY:
        shown = {run_line(f"grcm validate --format {name}", work / place) for place in ("", "data")}
        assert len(shown) == 1
        assert "data/meetings/X.yaml" in shown.pop()


ADDRESS = re.search(r"^GRCM=(\S+)$", (ROOT / "docs/releasing.md").read_text("utf-8"), re.M)
MANUAL = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")])


def test_no_line_installs_grcm_from_an_index_that_is_not_ours() -> None:
    assert ADDRESS is not None
    address, tag = ADDRESS[1].removeprefix("git+").split("@")
    assert tag == f"v{__version__}"
    text = "".join(page.read_text("utf-8") for page in MANUAL)
    own = re.compile(r"grcm-cli(\[lsp\])? @ (\$GRCM|" + re.escape(ADDRESS[1]) + ")")
    for line in text.splitlines():
        if re.search("(pip|pipx|uv|uvx|tool) (install|run).*grcm-cli", line):
            assert own.search(line), line
    assert set(re.findall(r"^ *GRCM: (git\S+)", text, re.M)) <= {ADDRESS[1]}
    assert set(re.findall(r"^ *- repo: (\S+)", text, re.M)) <= {address}
    assert set(re.findall(r"^ *rev: (\S+)", text, re.M)) <= {tag}


def test_the_manual_names_the_hook() -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert EXAMPLES[0]["repos"][0]["hooks"] == [{"id": hook["id"]}]
