"""The states of random tasks on random days, read a second time by `naive`.

By default 10,000 tasks are compared; with GRCM_ALL_STATES=1 in the environment, 200,000.
"""

from collections import Counter
from datetime import date
from random import Random

from grcm_cli.domain.task import Task, select
from grcm_cli.domain.tasks import tasks

from ..conftest import EVERY
from .naive import Expected, expected
from .random_records import LAST, random_day, random_query, random_register

ENOUGH = 200_000 if EVERY else 10_000
DAYS = 4  # days on which a register is asked
KINDS = {
    *("together", "missed", "answered occurrence", "ended", "answered before it ended"),
    *("ended before the answer", "extended", "withdrawn", "office and holder on one day"),
    *("spoken for by a holder", "done while standing, then given a day"),
    *("answered, then made standing", "without one that left"),
}


def told(task: Task) -> Expected:
    """Return what the program tells of a task."""
    return Expected(
        str(task.reference),
        task.parties,
        task.occurrence.name if task.occurrence else None,
        task.state,
        task.deadline,
        task.days,
        task.done_on,
        task.done_late,
        tuple(sorted(task.holders.items())),
        task.missed.number,
    )


def test_two_readings_agree() -> None:
    kinds: Counter[str] = Counter()
    states: Counter[str] = Counter()
    compared = 0
    seed = 0
    while compared < ENOUGH:
        random = Random(seed)  # noqa: S311 # the same records in every run, and no secret
        register = random_register(random)
        for day in (random_day(random, date(LAST.year + 2, 1, 1)) for _ in range(DAYS)):
            found = tasks(register, day)
            judged = expected(register, day)
            assert sorted(map(told, found), key=repr) == sorted(
                (row.task for row in judged), key=repr
            ), f"seed {seed}, {day}"
            query = random_query(random, register)
            assert select(tasks(register, day, query), query) == select(found, query), (
                f"seed {seed}, {day}, {query}"
            )
            # Earliest deadline first, undated last.
            days = [task.deadline or date.max for task in found]
            assert days == sorted(days), f"seed {seed}, {day}"
            compared += len(found)
            states.update(task.state for task in found)
            kinds.update(kind for row in judged for kind in row.kinds)
        seed += 1
    # A sample without these cases would agree on nothing.
    assert {kind for kind in KINDS if kinds[kind] < ENOUGH // 1000} == set()
    assert len(states) == 14  # all: of what is `?`, only the end of a recurring duty is wrong
