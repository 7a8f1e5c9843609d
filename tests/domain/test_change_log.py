"""The change log: in each period, what a comparison of its two days alone gives."""

from datetime import date, timedelta
from random import Random

import pytest

from grcm_cli.domain.changes import ChangeLog, task_changes

from ..conftest import EVERY, Folder
from .random_records import LAST, random_day, random_register

RECORDS = 500 if EVERY else 25
DAY = timedelta(days=1)


@pytest.mark.parametrize("seed", range(RECORDS))
def test_a_period_has_what_a_comparison_of_its_days_has(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same record each time
    register = random_register(chance)
    log = ChangeLog(register, LAST)
    for _period in range(4):
        since, until = sorted(random_day(chance) for _day in range(2))
        changes = log.of_days(since + DAY, until)
        assert changes == task_changes(register, since, until)


@pytest.mark.parametrize("seed", range(RECORDS))
def test_nothing_changes_on_a_day_without_events(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same record each time
    register = random_register(chance)
    log = ChangeLog(register, LAST)
    for _period in range(20):
        day = random_day(chance)
        if task_changes(register, day - DAY, day):
            assert day in log.days


def test_the_days_are_those_of_the_record_up_to_the_day(folder: Folder) -> None:
    folder.meeting("- {number: 1, text: T, responsible: AAA, due: 2003-01-31}\n")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-03-04, progress: done}\n")
    log = ChangeLog(folder.register(), date(2003, 3, 4))
    assert log.days == [date(2002, 10, 31), date(2003, 2, 1), date(2003, 3, 4)]
    kinds = [[change.kind for change in log.of_days(day, day)] for day in log.days]
    assert kinds == [["new"], ["late"], ["closed"]]


@pytest.mark.parametrize("due", ["every 1 day", "every 6 months", "every year on 05-31"])
def test_a_duty_that_recurs_for_centuries_changes_after_each_deadline(
    folder: Folder, due: str
) -> None:
    folder.mandate(f"responsible: AAA, due: {due}", start="1503-01-02", end="1503-01-02")
    log = ChangeLog(folder.register(), LAST)
    assert len(log.days) >= 12
    for day in log.days[-12:]:
        changes = log.of_days(day, day)
        assert changes == task_changes(log.register, day - DAY, day)
        assert changes
