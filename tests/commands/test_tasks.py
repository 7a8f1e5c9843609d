"""`tasks`: what a party owes, and what it only supports."""

import json
import shutil
from pathlib import Path

import pytest

from ..conftest import DATA, run_grcm

MEETING = """\
id: CRM-2002-05
body: CRM
start: 2002-05-30
participants: [GTM, MEX]
conclusions:
  - {number: 1, text: T, responsible: {each: members}, support: MEX}
  - {number: 2, text: T, responsible: {each: [GTM, CRI]}, support: MEX}
  - {number: 3, text: T, responsible: {each: participants}, support: [MEX, OIM]}
"""


@pytest.mark.parametrize("more", [(), ("--all",)])
def test_a_party_that_owes_a_task_is_not_listed_as_only_supporting_it(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(DATA / "register.yaml", folder)
    (folder / "meetings").mkdir()
    (folder / "meetings/CRM-2002-05.yaml").write_text(MEETING)
    (folder / "progress").mkdir()
    done = "- {mandate: CRM-2002-05/3, date: 2002-08-01, progress: done}\n"
    (folder / "progress/MEX.yaml").write_text(done)
    ran = run_grcm("tasks", "MEX", "--as-of", "2002-11-15", "--format", "json", *more, cwd=tmp_path)
    answer = json.loads(ran.out)
    assert {task["ref"] for task in answer["supports"]} == {"CRM-2002-05/2"}
