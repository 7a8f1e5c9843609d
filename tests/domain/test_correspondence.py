"""What a body decides between two meetings counts like a meeting's, and is no meeting to come."""

from datetime import date

from grcm_cli.domain.changes import last_meeting
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import tasks

from ..conftest import Folder

DAY = date(2003, 3, 1)


def recorded(folder: Folder, *mandates: str) -> dict[str, Task]:
    """Return the tasks by reference, on a day after a decision by letter."""
    conclusions = (f"- {{number: {n}, text: T, {keys}}}\n" for n, keys in enumerate(mandates, 1))
    folder.meeting("".join(conclusions))
    folder.meeting(
        "- {number: 1, text: T, extends: {mandate: WG-2002-10/1, due: 2003-06-30}}\n"
        "- {number: 2, text: T, responsible: BBB, due: 2003-05-01}\n",
        id="WG-2003-02\nkind: correspondence", start="2003-02-14", end="2003-02-14",
    )  # fmt: skip
    folder.meeting("", id="WG-2003-09", start="2003-09-01", end="2003-09-02")
    return {str(task.reference): task for task in tasks(folder.register(), DAY)}


def test_it_extends_and_adopts(folder: Folder) -> None:
    found = recorded(folder, "responsible: AAA, due: 2003-01-15")
    extended, adopted = found["WG-2002-10/1"], found["WG-2003-02/2"]
    assert (extended.deadline, extended.is_late) == (date(2003, 6, 30), False)
    assert adopted.parties == ("BBB",)


def test_it_is_no_next_meeting(folder: Folder) -> None:
    awaiting = "responsible: AAA, due: next WG", "responsible: AAA, due: every WG"
    found = recorded(folder, "responsible: AAA, due: 2003-01-15", *awaiting)
    assert found["WG-2002-10/2"].deadline == found["WG-2002-10/3"].deadline == date(2003, 9, 1)


def test_the_last_meeting_is_the_one_before(folder: Folder) -> None:
    recorded(folder, "responsible: AAA, due: 2003-01-15")
    meeting = last_meeting(folder.register(), DAY)
    assert meeting is not None
    assert meeting.id == "WG-2002-10"
