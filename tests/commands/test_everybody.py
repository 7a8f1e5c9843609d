"""Duties of every member: as many tasks as members times duties, in steps that grow no faster."""

import itertools
import string
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from grcm_cli.domain.task import Query, Task, select
from grcm_cli.domain.tasks import tasks
from grcm_cli.formats import drawn, rendered
from grcm_cli.formats.listing import Terminal
from grcm_cli.views import labels
from grcm_cli.views.tasks import TaskSelection

from ..conftest import Folder
from ..steps import lines_run

DAY = date(2004, 1, 1)
PAGE = Terminal(100, colour=False)
CODES = ["".join(word) for word in itertools.product(string.ascii_uppercase, repeat=3)]


def record(path: Path, size: int) -> Folder:
    """Make a record of so many members, each with as many duties; half of them is done."""
    folder = Folder(path)
    members = "".join(f"  {code}: {{name: C{code}}}\n" for code in CODES[:size])
    head = "process: {code: BIG, name: Big, languages: [en]}\nbodies:\n  WG: {name: Group}\n"
    folder.write("register.yaml", f"{head}members:\n{members}")
    folder.meeting(
        "".join(
            f"- {{number: {n}, text: Texto, responsible: {{each: members}}, due: 2003-01-15}}\n"
            for n in range(1, size + 1)
        )
    )
    for code in CODES[: size // 2]:
        entries = "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n"
        folder.progress(code, entries)
    return folder


def overdue(folder: Folder) -> None:
    """Do what `grcm overdue` and `grcm due --format json` do with a record that is read."""
    register, query = folder.register(), Query(late=True)
    everything = tasks(folder.load().register, DAY)  # type: ignore[arg-type] # it is readable
    late = TaskSelection(register, query, everything, select(everything, query), DAY, "en")
    table = late.table("Late", ("deadline", "late", "who"), each=False)
    assert drawn(table, PAGE)
    assert rendered("json", late.listing(lambda: table))


def test_a_task_takes_as_many_steps_among_many_as_among_few(tmp_path: Path) -> None:
    few, many = (record(tmp_path / str(size), size) for size in (10, 40))
    overdue(few)  # what is made once
    steps = [lines_run(partial(overdue, folder)) for folder in (few, many)]
    assert steps[1] / 40**2 < 1.1 * steps[0] / 10**2


def test_the_tasks_of_all_members_are_made_in_few_steps(tmp_path: Path) -> None:
    register = record(tmp_path, 40).register()
    assert lines_run(lambda: tasks(register, DAY)) < 20 * 40**2


def test_no_task_is_compared_with_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0

    def equal(one: Task, other: object) -> bool:
        nonlocal compared
        compared += 1
        return tuple.__eq__(one, other)

    everything = tasks(record(tmp_path, 40).register(), DAY)
    of_first = [task for task in everything if task.conclusion.number == "1"]
    late = [task for task in of_first if task.is_open]
    monkeypatch.setattr(Task, "__eq__", equal)
    assert labels.owing(late, of_first).startswith("20 of 40 (20 done): ")
    assert compared == 0
