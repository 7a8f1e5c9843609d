"""Who owes what by when, in which state: what `test_states.py` does not ask of random records."""

from datetime import date

import pytest

from grcm_cli.domain.lineage import Lineage
from grcm_cli.domain.model import Reference
from grcm_cli.domain.tasks import tasks

from ..conftest import Folder


def test_a_meeting_whose_start_is_wrong_knows_no_next_one(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: next WG", start="2002-10-9", end="")
    folder.meeting("", id="WG-2003-06", start="2003-06-10", end="2003-06-11")
    register = folder.load().register
    assert register is not None
    assert [task.state for task in tasks(register, date(2003, 1, 1))] == ["?"]


@pytest.mark.parametrize("kind", ["request", "encouragement"])
@pytest.mark.parametrize(("progress", "passed"), [("started", [16, 17]), ("done", [])])
def test_a_day_has_passed_from_the_next_on(
    folder: Folder, kind: str, progress: str, passed: list[int]
) -> None:
    folder.mandate(f"responsible: AAA, due: 2003-01-15, kind: {kind}")
    folder.progress("AAA", f"- {{mandate: WG-2002-10/1, date: 2003-01-10, progress: {progress}}}\n")
    register = folder.register()
    days = [day for day in range(14, 18) if tasks(register, date(2003, 1, day))[0].has_passed]
    assert days == passed


FEBRUARY = "reassigns: {mandate: WG-2002-10/1, to: ORG}"
MARCH = "reassigns: {mandate: WG-2002-10/1, from: ORG, to: BBB}"


@pytest.mark.parametrize(
    ("day", "owing"),
    [("02-11", "AAA"), ("02-12", "ORG"), ("03-11", "ORG"), ("03-12", "BBB"), ("03-13", "BBB")],
)
def test_who_owes_it_on_a_day(folder: Folder, day: str, owing: str) -> None:
    folder.mandate("responsible: AAA, due: 2003-06-30")
    for month, link in (("2003-02", FEBRUARY), ("2003-03", MARCH)):
        conclusion = f"- {{number: 1, text: T, {link}}}\n"
        folder.meeting(conclusion, f"WG-{month}", "WG", f"{month}-10", f"{month}-12")
    reference, lineage = Reference("WG-2002-10", "1"), Lineage(folder.register())
    assert lineage.owing_on(reference, date.fromisoformat(f"2003-{day}")) == [owing]
    assert lineage.all_who_owe(reference) == ["AAA", "ORG", "BBB"]


def test_what_several_handed_to_one_is_waited_for_once(folder: Folder) -> None:
    first = "- {number: 1, text: T, responsible: {each: [AAA, BBB]}}\n"
    folder.meeting(f"{first}- {{number: 2, text: T, responsible: AAA, after: 1}}\n")
    folder.meeting(f"- {{number: 1, text: T, {FEBRUARY}}}\n", "WG-2003-02", "WG", "2003-02-10")
    waits = [wait for task in tasks(folder.register(), date(2003, 4, 1)) for wait in task.waits]
    assert [(wait.answered, wait.total) for wait in waits] == [(0, 1)]
