"""Counting: every task that lists show is in one of the numbers, and in no other."""

import json
from datetime import date

import pytest

from grcm_cli.domain.statistics import Count, counts
from grcm_cli.domain.tasks import tasks
from grcm_cli.views.statistics import bar

from ..conftest import Folder, run_grcm


def of(folder: Folder, day: str, by: str = "all", name: str = "") -> Count:
    as_of = date.fromisoformat(day)
    found = counts(tasks(folder.register(), as_of), as_of, folder.register().directory.by_code)
    [count] = [count for count in found if (count.by, count.name) == (by, name)]
    return count


def reported(folder: Folder, party: str, *entries: str) -> None:
    lines = []
    for entry in entries:
        mandate, day, progress, *occurrence = entry.split()
        more = f", for: {occurrence[0]}" if occurrence else ""
        lines.append(f"- {{mandate: {mandate}, date: {day}, progress: {progress}{more}}}\n")
    folder.progress(party, "".join(lines))


def test_each_task_is_counted_once(folder: Folder) -> None:
    folder.meeting(
        "- {number: 1, text: T, responsible: {each: members}, due: 2003-01-15}\n"
        "- {number: 2, text: T, responsible: [AAA, BBB], due: 2003-06-30}\n"
        "- {number: 3, text: T, responsible: []}\n"
        "- {number: 4, text: T, responsible: AAA, due: asap}\n"
        "- {number: 5, text: T, responsible: AAA, due: ongoing}\n"
        "- {number: 6, text: T, responsible: CCC, due: 2003-01-01}\n"
        "- {number: 7, text: T, responsible: CCC, due: 2003-12-31}\n"
    )
    folder.meeting(
        "- {number: 1, text: T, closes: WG-2002-10/6,"
        " extends: {mandate: WG-2002-10/7, due: 2004-01-31}}\n",
        id="WG-2003-02", start="2003-02-01", end="2003-02-01",
    )  # fmt: skip
    reported(folder, "AAA", "WG-2002-10/1 2003-01-10 done", "WG-2002-10/4 2003-01-10 started")
    reported(folder, "BBB", "WG-2002-10/1 2003-01-20 done")
    assert of(folder, "2003-03-01") == Count(
        by="all", name="", owed=9, on_time=1, late=1, declined=0, ended=1, overdue=1, open=5,
        unknown=5, undated=2, oldest=121, median=121, extended=1, last_report=date(2003, 1, 20),
    )  # fmt: skip
    aaa = of(folder, "2003-03-01", "party", "AAA")
    assert (aaa.owed, aaa.on_time, aaa.open, aaa.unknown) == (4, 1, 3, 2)
    assert aaa.last_report == date(2003, 1, 10)
    assert of(folder, "2003-03-01", "party", "CCC").last_report is None
    assert of(folder, "2003-01-15").last_report == date(2003, 1, 10)
    assert of(folder, "2003-03-01", "party", "").owed == 1
    assert of(folder, "2003-03-01", "body", "WG").owed == 9
    assert of(folder, "2003-03-01", "meeting", "WG-2002-10").owed == 9


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
        for count in counts(
            tasks(folder.register(), as_of), as_of, folder.register().directory.by_code
        ):
            parts = (count.on_time, count.late, count.declined, count.ended, count.overdue)
            assert sum(parts) + count.open == count.owed
            assert count.unknown <= count.overdue + count.open


@pytest.mark.parametrize(
    ("day", "owed", "on_time", "late", "overdue", "unknown"),
    [
        ("2003-05-30", 1, 0, 0, 0, 1),
        ("2003-06-01", 2, 0, 0, 1, 2),
        ("2005-12-01", 4, 1, 1, 1, 2),
        ("2026-11-25", 4, 1, 1, 1, 2),
    ],
)
def test_a_recurring_duty_counts_as_lists_show_it(
    folder: Folder, day: str, owed: int, on_time: int, late: int, overdue: int, unknown: int
) -> None:
    folder.mandate("responsible: AAA, due: every year on 05-31")
    reported(
        folder,
        "AAA",
        "WG-2002-10/1 2004-05-30 done 2004-05-31",
        "WG-2002-10/1 2005-06-30 done 2005-05-31",
    )
    count = of(folder, day)
    assert (count.owed, count.on_time, count.late, count.overdue, count.unknown) == (
        owed, on_time, late, overdue, unknown,
    )  # fmt: skip


def test_an_office_s_task_counts_for_its_holder_too(folder: Folder) -> None:
    folder.mandate("responsible: CH, due: 2003-01-15")
    day = "2003-03-01"
    owing = {name: of(folder, day, "party", name).overdue for name in ("CH", "BBB")}
    assert owing == {"CH": 1, "BBB": 1}
    assert of(folder, day).overdue == 1


def test_an_encouragement_is_never_late(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15, kind: encouragement")
    count = of(folder, "2003-03-01")
    assert (count.owed, count.overdue, count.open) == (1, 0, 1)
    common = ("--as-of", "2003-03-01", "--format", "plain")
    assert run_grcm("overdue", *common, cwd=folder.path).out == ""
    line = run_grcm("overdue", "--encouragements", *common, cwd=folder.path).out
    assert line == "WG-2002-10/1\tAAA\t2003-01-15\tpassed\t-45\t2003-01-15\tTexto\n"
    changed = run_grcm("changes", "--since", "2003-01-01", *common, cwd=folder.path)
    assert changed.out == ""


def test_what_recurs_and_was_ended_counts_as_ended(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: every year on 05-31")
    folder.meeting(
        "- {number: 1, text: T, closes: WG-2002-10/1}\n",
        id="WG-2005-06", start="2005-06-01", end="2005-06-01",
    )  # fmt: skip
    count = of(folder, "2026-01-01")
    assert (count.owed, count.ended, count.overdue, count.open) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"owed": 4, "on_time": 4}, "############"),
        ({"owed": 4, "on_time": 1, "late": 1, "overdue": 1, "open": 1}, "###+++!!!..."),
        ({"owed": 1000, "on_time": 999, "overdue": 1}, "###########!"),
        ({"owed": 1000, "on_time": 1, "declined": 1, "overdue": 998}, "#-!!!!!!!!!!"),
        ({"owed": 0}, ""),
    ],
)
def test_what_there_is_has_a_sign_in_the_bar(numbers: dict[str, int], expected: str) -> None:
    nothing = Count("all", "", 0, 0, 0, 0, 0, 0, 0, 0, 0, None, None, 0, None)
    assert bar(nothing._replace(**numbers)) == expected  # type: ignore[arg-type] # all numbers


def test_as_json_and_for_one_group(folder: Folder) -> None:
    folder.mandate("responsible: {each: members}, due: 2003-01-15")
    where = ("--data", str(folder.path), "--as-of", "2003-02-01", "stats")
    told = json.loads(run_grcm(*where, "--format", "json").out)["stats"]
    assert [(row["by"], row["name"], row["overdue"]) for row in told] == [
        ("all", None, 3), ("party", "AAA", 1), ("party", "BBB", 1), ("party", "CCC", 1),
        ("body", "WG", 3), ("meeting", "WG-2002-10", 3),
    ]  # fmt: skip
    lines = run_grcm(*where, "--by", "body", "--format", "csv").out.splitlines()
    assert lines == [
        ",".join(Count._fields),
        "body,WG,3,0,0,0,0,3,0,3,0,,,0,",
    ]


def test_before_there_are_duties_there_is_nothing_to_count(folder: Folder) -> None:
    folder.mandate("responsible: AAA")
    ran = run_grcm("--data", str(folder.path), "--as-of", "2002-01-01", "stats")
    assert (ran.code, ran.out, ran.err) == (0, "", "There are no duties as of 2002-01-01.\n")


def test_the_last_report_of_a_holder_may_be_on_its_office(folder: Folder) -> None:
    folder.meeting(
        "- {number: 1, text: T, responsible: BBB}\n- {number: 2, text: T, responsible: CH}\n"
    )
    reported(folder, "BBB", "WG-2002-10/1 2003-01-10 started", "WG-2002-10/2 2003-02-10 started")
    assert of(folder, "2003-03-01", "party", "BBB").last_report == date(2003, 2, 10)
    assert of(folder, "2003-03-01", "party", "CH").last_report == date(2003, 2, 10)
