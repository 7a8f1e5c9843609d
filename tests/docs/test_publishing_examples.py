"""The workflows of the chapter on publishing, run as far as a machine without a host allows."""

import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from ..conftest import DATA, ROOT, run_line

BASE = "https://example.org/crm"
CHAPTERS = ["docs/en/publishing.md", "docs/es/publicar.md"]


def examples(chapter: str) -> list[dict[str, Any]]:
    """Return the workflow for GitHub and the job for GitLab."""
    text = (ROOT / chapter).read_text(encoding="utf-8")
    return [
        yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    ]


def test_three_lines_make_the_folder_that_each_job_hands_over(tmp_path: Path) -> None:
    workflow, job = examples(CHAPTERS[0])
    steps = workflow["jobs"]["site"]["steps"]
    (script,) = [step["run"].splitlines() for step in steps if "run" in step]
    assert [line.split(" --base-url ")[0] for line in script] == [
        'pip install "grcm-cli @ $GRCM"',
        "grcm validate",
        "grcm site public",
    ]
    handed = [step["with"]["path"] for step in steps if "upload-pages" in step.get("uses", "")]
    assert handed == job["pages"]["artifacts"]["paths"] == ["public"]
    # What the hosts put in the place of their own words, before a shell reads the line.
    (pages,) = [step["id"] for step in steps if "configure-pages" in step.get("uses", "")]
    on_github = [
        line.replace(f"${{{{ steps.{pages}.outputs.base_url }}}}", BASE) for line in script
    ]
    for name, lines in (("github", on_github), ("gitlab", job["pages"]["script"])):
        folder = tmp_path / name
        shutil.copytree(DATA, folder / "data")
        for line in lines[1:]:  # no test installs from the registry
            assert "[exit" not in run_line(line, folder, {"CI_PAGES_URL": BASE})
        assert (folder / "public/index.html").is_file()
        assert f"{BASE}/en/index.html" in (folder / "public/sitemap.xml").read_text()


def test_both_chapters_have_the_same_workflows() -> None:
    """So that those of one need to be run."""
    english, spanish = map(examples, CHAPTERS)
    english[0]["name"] = spanish[0]["name"] = "site"
    assert english == spanish
