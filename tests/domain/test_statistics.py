"""Counting: every task that lists show is in one of the numbers, and in no other."""

from dataclasses import replace
from datetime import date

import pytest

from grcm_cli.domain.progress import last_reports
from grcm_cli.domain.statistics import Count, counts
from grcm_cli.domain.tasks import tasks
from grcm_cli.views.statistics import bar

from ..conftest import Folder


def reported(folder: Folder, party: str, *entries: str) -> None:
    lines = []
    for entry in entries:
        mandate, day, progress, *occurrence = entry.split()
        more = f", for: {occurrence[0]}" if occurrence else ""
        lines.append(f"- {{mandate: {mandate}, date: {day}, progress: {progress}{more}}}\n")
    folder.progress(party, "".join(lines))


def counted(folder: Folder, as_of: date = date(2003, 3, 1)) -> list[Count]:
    register = folder.register()
    return counts(register, tasks(register, as_of), as_of)


def test_the_parts_add_up(folder: Folder) -> None:
    folder.mandate("responsible: {each: members}, due: every 1 month")
    reported(
        folder,
        "AAA",
        "WG-2002-10/1 2002-11-20 done 2002-11-30",
        "WG-2002-10/1 2003-01-20 done 2002-12-31",
        "WG-2002-10/1 2003-01-20 declined 2003-02-28",
        "WG-2002-10/1 2003-01-20 started 2003-03-31",
    )
    for day in ("2002-10-31", "2002-12-01", "2003-02-10", "2003-07-01", "2026-11-25"):
        as_of = date.fromisoformat(day)
        for count in counted(folder, as_of):
            done = count.on_time + count.late + count.done_undated
            ended = count.declined + count.ended
            assert done + ended + count.overdue + count.open == count.owed
            assert count.unknown <= count.overdue + count.open


@pytest.mark.parametrize(
    "due",
    ["due: asap", "due: 2003-01-09, kind: encouragement", "due: 2003-01-11, kind: encouragement"],
)
def test_what_no_deadline_binds_is_done_neither_on_time_nor_late(folder: Folder, due: str) -> None:
    folder.mandate(f"responsible: AAA, {due}")
    reported(folder, "AAA", "WG-2002-10/1 2003-01-10 done")
    [count, *_others] = counted(folder)
    assert (count.on_time, count.late, count.done_undated) == (0, 0, 1)


def test_a_report_that_was_withdrawn_is_none(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: every 1 month")
    march = date(2003, 3, 1)
    reported(folder, "AAA", "WG-2002-10/1 2003-01-10 started 2003-01-31")
    assert last_reports(folder.register(), march) == {"AAA": date(2003, 1, 10)}
    reported(
        folder,
        "AAA",
        "WG-2002-10/1 2003-01-10 started 2003-01-31",
        "WG-2002-10/1#1 2003-01-11 withdrawn 2003-01-31",
    )
    assert last_reports(folder.register(), march) == {}
    assert counted(folder)[0].last_report is None
    assert all(task.last_report is None for task in tasks(folder.register(), march))


@pytest.mark.parametrize(
    ("file", "day", "heard"),
    [
        ("CH", "2002-11-10", {"CH", "AAA", "BBB"}),
        ("CH", "2003-01-10", {"CH", "BBB"}),
        ("AAA", "2002-11-10", {"CH", "AAA", "BBB"}),
        ("BBB", "2003-01-10", {"CH", "BBB"}),
    ],
)
def test_an_office_and_who_holds_it_report_in_either_file(
    folder: Folder, file: str, day: str, heard: set[str]
) -> None:
    folder.mandate("responsible: CH, due: ongoing")
    reported(folder, file, f"WG-2002-10/1 {day} started")
    march = date(2003, 3, 1)
    assert last_reports(folder.register(), march).keys() == heard
    told = {count.name: count.last_report for count in counted(folder) if count.by == "party"}
    assert told == dict.fromkeys(("CH", "BBB"), date.fromisoformat(day))
    assert counted(folder)[0].undated == 1


def test_how_long_what_has_no_day_is_open(folder: Folder) -> None:
    """A half counts up; the next time of what recurs was never open before."""
    folder.mandate("responsible: {each: members}, due: every CO")
    for number in (10, 21):
        day = f"2002-11-{number}"
        folder.mandate("responsible: AAA, due: asap", id=f"WG-{day}", start=day, end=day)
    all_tasks = counted(folder)[0]
    assert (all_tasks.oldest, all_tasks.median) == (111, 106)


def test_who_holds_an_office_later_has_not_reported_what_was_settled(folder: Folder) -> None:
    folder.mandate("responsible: CH, due: 2002-12-01")
    reported(folder, "AAA", "WG-2002-10/1 2002-11-10 done")
    assert last_reports(folder.register(), date(2003, 3, 1)).keys() == {"CH", "AAA"}


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"owed": 4, "on_time": 4}, "############"),
        ({"owed": 4, "on_time": 1, "late": 1, "overdue": 1, "open": 1}, "###+++!!!..."),
        ({"owed": 2, "on_time": 1, "done_undated": 1}, "######======"),
        ({"owed": 1000, "on_time": 999, "overdue": 1}, "###########!"),
        ({"owed": 1000, "on_time": 1, "declined": 1, "overdue": 998}, "#-!!!!!!!!!!"),
        ({"owed": 0}, ""),
    ],
)
def test_what_there_is_has_a_sign_in_the_bar(numbers: dict[str, int], expected: str) -> None:
    nothing = Count("all", "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, None, None, 0, None, 0)
    assert bar(replace(nothing, **numbers)) == expected  # type: ignore[arg-type] # all numbers
