"""The workflows of the chapter on publishing, run as far as a machine without a host allows."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..conftest import DATA, ROOT, run_line

CHAPTERS = ["docs/en/publishing.md", "docs/es/publicar.md"]


def examples(chapter: str) -> list[dict[str, Any]]:
    """Return the workflow for GitHub and the job for GitLab."""
    text = (ROOT / chapter).read_text(encoding="utf-8")
    return [
        yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    ]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_workflow_makes_the_folder_that_it_hands_over(chapter: str, tmp_path: Path) -> None:
    workflow, job = examples(chapter)
    steps = workflow["jobs"]["site"]["steps"]
    handed = [step["with"]["path"] for step in steps if "upload-pages" in step.get("uses", "")]
    lines = [step["run"] for step in steps if step.get("run", "").startswith("grcm ")]
    assert (handed, lines) == (["public"], ["grcm validate", "grcm site public"])
    assert [line for line in job["pages"]["script"] if line.startswith("grcm ")] == lines
    assert job["pages"]["artifacts"]["paths"] == handed
    shutil.copytree(DATA, tmp_path / "data")
    for line in lines:
        assert "[exit" not in run_line(line, tmp_path)
    assert (tmp_path / "public/index.html").is_file()


def test_both_chapters_have_the_same_workflows() -> None:
    english, spanish = map(examples, CHAPTERS)
    english[0]["name"] = spanish[0]["name"] = "site"
    assert english == spanish
