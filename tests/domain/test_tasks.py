"""Who owes what by when, in which state: always for a given day."""

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
STANDING = "extends: {mandate: WG-2002-10/1, due: ongoing, parties: [AAA]}"
CLOSED = "closes: WG-2002-10/1"
HANDED_OVER: dict[str, tuple[list[str], list[str], str, str]] = {
    "open": ([FEBRUARY], [], "", "ORG upcoming"),
    "one after the other": ([FEBRUARY], [MARCH], "", "BBB upcoming"),
    "of a party that does not owe it": ([], [MARCH], "", "AAA upcoming"),
    "answered on the day": ([FEBRUARY], [], "AAA 02-12", "AAA done"),
    "answered the day after": ([FEBRUARY], [], "AAA 02-13", "ORG upcoming"),
    "answered before it was owed": ([FEBRUARY], [], "ORG 02-11", "ORG upcoming"),
    "answered between the two": ([FEBRUARY], [MARCH], "ORG 02-20", "ORG done"),
    "closed on the day": ([FEBRUARY, CLOSED], [], "", "AAA closed"),
    "closed later": ([FEBRUARY], [CLOSED], "", "ORG closed"),
    "made standing on the day": ([FEBRUARY, STANDING], [], "AAA 02-12", "ORG standing"),
    "made standing after an answer": ([FEBRUARY], [STANDING], "AAA 02-12", "AAA done"),
    "made standing for the first": ([FEBRUARY, STANDING], [MARCH], "ORG 02-20", "BBB standing"),
}
"""What the meetings of February and March decide, who did it on which day, and what is listed."""


def write_handovers(folder: Folder, february: list[str], march: list[str]) -> None:
    folder.mandate("responsible: AAA, due: 2003-06-30")
    for month, links in (("2003-02", february), ("2003-03", march)):
        rows = [f"- {{number: {n}, text: T, {link}}}\n" for n, link in enumerate(links, 1)]
        folder.meeting("".join(rows), f"WG-{month}", "WG", f"{month}-10", f"{month}-12")


@pytest.mark.parametrize(
    ("february", "march", "done", "listed"), HANDED_OVER.values(), ids=HANDED_OVER
)
def test_what_is_open_is_handed_over(
    folder: Folder, february: list[str], march: list[str], done: str, listed: str
) -> None:
    write_handovers(folder, february, march)
    if done:
        party, day = done.split()
        entry = f"- {{mandate: WG-2002-10/1, date: 2003-{day}, progress: done}}\n"
        folder.progress(party, entry)
    [task] = tasks(folder.register(), date(2003, 4, 1))
    assert f"{' '.join(task.parties)} {task.state}" == listed


@pytest.mark.parametrize(
    ("day", "owing"),
    [("02-11", "AAA"), ("02-12", "ORG"), ("03-11", "ORG"), ("03-12", "BBB"), ("03-13", "BBB")],
)
def test_who_owes_it_on_a_day(folder: Folder, day: str, owing: str) -> None:
    write_handovers(folder, [FEBRUARY], [MARCH])
    reference, lineage = Reference("WG-2002-10", "1"), Lineage(folder.register())
    assert lineage.owing_on(reference, date.fromisoformat(f"2003-{day}")) == [owing]
    assert lineage.all_who_owe(reference) == ["AAA", "ORG", "BBB"]


def test_what_several_handed_to_one_is_waited_for_once(folder: Folder) -> None:
    first = "- {number: 1, text: T, responsible: {each: [AAA, BBB]}}\n"
    folder.meeting(f"{first}- {{number: 2, text: T, responsible: AAA, after: 1}}\n")
    folder.meeting(f"- {{number: 1, text: T, {FEBRUARY}}}\n", "WG-2003-02", "WG", "2003-02-10")
    waits = [wait for task in tasks(folder.register(), date(2003, 4, 1)) for wait in task.waits]
    assert [(wait.answered, wait.total) for wait in waits] == [(0, 1)]


@pytest.mark.parametrize("order", ["AAA, BBB", "BBB, AAA"])
@pytest.mark.parametrize(
    ("report", "listed"),
    [
        ("", ["BBB upcoming"]),
        ("progress: started, date: 2003-02-01", ["BBB upcoming started"]),
        ("progress: done, date: 2003-02-01", ["BBB done done", "BBB upcoming"]),
        ("progress: done, date: 2003-03-01", ["BBB done done"]),
    ],
)
def test_what_is_handed_to_who_owes_it_is_one_task_unless_closed_before(
    folder: Folder, order: str, report: str, listed: list[str]
) -> None:
    write_handovers(folder, [FEBRUARY.replace("ORG", "BBB, from: AAA")], [])
    folder.mandate(f"responsible: {{each: [{order}]}}, due: 2003-06-30")
    folder.progress("BBB", f"- {{mandate: WG-2002-10/1, {report}}}\n" if report else "")
    told = tasks(folder.register(), date(2003, 4, 1))
    rows = [[*task.parties, task.state, *(each.progress for each in task.reports)] for task in told]
    assert sorted(map(" ".join, rows)) == listed
