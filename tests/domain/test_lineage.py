"""What a later meeting says of an older mandate: ended, or due at another time, from its end on."""

from datetime import date

import pytest

from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import tasks
from grcm_cli.views import labels

from ..conftest import Folder, run_grcm

LATER = {"id": "WG-2003-05", "start": "2003-05-08", "end": "2003-05-09"}


def on(folder: Folder, day: str) -> list[Task]:
    return [
        task
        for task in tasks(folder.register(), date.fromisoformat(day))
        if task.meeting.id == "WG-2002-10"
    ]


def states(folder: Folder, day: str) -> list[str]:
    return [task.state for task in on(folder, day)]


def later(folder: Folder, keys: str, number: int = 1, **meeting: str) -> None:
    folder.meeting(f"- {{number: {number}, text: Texto, {keys}}}\n", **(meeting or LATER))


def reported(folder: Folder, party: str, *entries: str) -> None:
    """Write entries as `date progress`."""
    lines = []
    for entry in entries:
        day, progress = entry.split()
        lines.append(f"- {{mandate: WG-2002-10/1, date: {day}, progress: {progress}}}\n")
    folder.progress(party, "".join(lines))


@pytest.mark.parametrize(("key", "state"), [("supersedes", "superseded"), ("closes", "closed")])
def test_an_older_mandate_ends_on_the_newer_meeting_s_last_day(
    folder: Folder, key: str, state: str
) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    later(folder, f"{key}: WG-2002-10/1")
    assert states(folder, "2003-05-08") == ["overdue"]
    assert states(folder, "2003-05-09") == [state]
    [task] = on(folder, "2003-05-09")
    assert (task.is_open, task.days, str(task.ending.by if task.ending else "")) == (
        False, None, "WG-2003-05/1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        pytest.param(["2003-02-01 done"], "done", id="what came first counts"),
        pytest.param(["2003-05-09 done"], "done", id="on the same day the report counts"),
        pytest.param(["2003-05-10 done"], "closed", id="too late"),
        pytest.param(["2003-02-01 declined"], "declined", id="declined is an answer too"),
        pytest.param(["2003-02-01 started"], "closed", id="started is none"),
        pytest.param(["2003-02-01 done", "2003-03-01 withdrawn"], "closed", id="taken back"),
        pytest.param(["2003-02-01 done", "2003-06-01 withdrawn"], "closed", id="taken back later"),
        pytest.param(["2003-02-01 done", "2003-06-01 done"], "done", id="said again later"),
        pytest.param(
            ["2003-02-01 done", "2003-06-01 withdrawn", "2003-06-02 done"], "closed",
            id="taken back later and said again, too late",
        ),
        pytest.param(["2003-02-01 declined", "2003-06-01 done"], "done", id="another answer"),
    ],
)  # fmt: skip
def test_an_answer_before_or_after_the_end(folder: Folder, entries: list[str], state: str) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    later(folder, "closes: WG-2002-10/1")
    reported(folder, "AAA", *entries)
    assert states(folder, "2003-12-31") == [state]


def test_of_several_endings_the_first_counts(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    later(folder, "closes: WG-2002-10/1", id="WG-2004-01", start="2004-01-01", end="2004-01-01")
    later(folder, "supersedes: WG-2002-10/1")
    assert states(folder, "2004-06-01") == ["superseded"]


def test_without_its_number_all_mandates_of_a_conclusion_end(folder: Folder) -> None:
    folder.mandate("mandates: [{responsible: AAA}, {responsible: BBB}]")
    later(folder, "closes: WG-2002-10/1")
    assert states(folder, "2003-06-01") == ["closed", "closed"]
    later(folder, "closes: WG-2002-10/1#2")
    assert states(folder, "2003-06-01") == ["undated", "closed"]


def test_a_standing_duty_and_one_of_nobody_end_too(folder: Folder) -> None:
    folder.mandate("mandates: [{responsible: AAA, due: ongoing}, {responsible: []}]")
    later(folder, "supersedes: WG-2002-10/1")
    assert states(folder, "2003-06-01") == ["superseded", "superseded"]


def test_an_office_s_ended_duty_stays_with_whoever_held_it_then(folder: Folder) -> None:
    folder.mandate("responsible: CH, due: 2003-12-31")
    later(folder, "closes: WG-2002-10/1")
    [task] = on(folder, "2003-12-01")
    assert task.holders == {"CH": ("BBB",)}


# --- deadlines that move ----------------------------------------------------------------------


def test_from_the_newer_meeting_s_end_on_the_deadline_is_another(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    later(folder, "extends: {mandate: WG-2002-10/1, due: 2003-06-30}")
    [before], [after] = on(folder, "2003-05-08"), on(folder, "2003-05-09")
    assert (before.state, before.due, before.first) == ("overdue", "2003-01-15", None)
    assert (after.state, after.due, after.days) == ("upcoming", "2003-06-30", 52)
    assert labels.extended(after) == "first due 2003-01-15, extended by WG-2003-05/1"


def test_it_may_move_twice_and_counts_from_the_meeting_that_moved_it(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    later(folder, "extends: {mandate: WG-2002-10/1, due: within 30 days}")
    assert [str(t.deadline) for t in on(folder, "2003-06-01")] == ["2003-06-08"]
    later(
        folder, "extends: {mandate: WG-2002-10/1, due: next CO}",
        id="CO-2003-06", body="CO", start="2003-06-05", end="2003-06-05",
    )  # fmt: skip
    [task] = on(folder, "2003-07-01")
    assert (task.state, task.due, task.deadline) == ("awaiting", "next CO", None)
    assert [str(move.by) for move in task.moves] == ["WG-2003-05/1", "CO-2003-06/1"]
    assert labels.extended(task) == "first due 2003-01-15, extended 2 times, last by CO-2003-06/1"


def test_it_may_move_for_some_alone(folder: Folder) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15")
    later(folder, "extends: {mandate: WG-2002-10/1, due: 2003-06-30, parties: BBB}")
    found = {task.parties: (task.state, task.due) for task in on(folder, "2003-06-01")}
    assert found == {("AAA",): ("overdue", "2003-01-15"), ("BBB",): ("due-soon", "2003-06-30")}


@pytest.mark.parametrize(
    ("done", "is_late"),
    [
        pytest.param("2003-01-15", False, id="in time"),
        pytest.param("2003-02-01", True, id="late by the deadline that was then in force"),
        pytest.param("2003-06-30", False, id="in time by the new one"),
        pytest.param("2003-07-01", True, id="late by the new one"),
    ],
)
def test_on_time_is_judged_by_the_deadline_then_in_force(
    folder: Folder, done: str, is_late: object
) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    later(folder, "extends: {mandate: WG-2002-10/1, due: 2003-06-30}")
    reported(folder, "AAA", f"{done} done")
    [task] = on(folder, "2003-12-31")
    assert (task.state, task.done_late) == ("done", is_late)


def test_an_extension_with_an_error_leaves_the_deadline_open_not_wrong(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    later(folder, "extends: {mandate: WG-2002-10/1, due: 30/06/2003}")
    register = folder.load().register
    assert register is not None
    [task] = tasks(register, date(2003, 6, 1))
    assert (task.state, task.due) == ("?", "30/06/2003")


# --- what waits --------------------------------------------------------------------------------


def test_a_task_waits_until_what_it_waits_for_is_answered_or_ended(folder: Folder) -> None:
    folder.mandate("mandates: [{responsible: AAA}, {responsible: BBB, after: 1#1}]")
    later(folder, "closes: WG-2002-10/1#1")
    assert [len(task.waits) for task in on(folder, "2003-05-01")] == [0, 1]
    assert [len(task.waits) for task in on(folder, "2003-05-09")] == [0, 0]


# --- shown -------------------------------------------------------------------------------------


def test_show_tells_the_chain_both_ways(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    later(folder, "follows: WG-2002-10/1, supersedes: WG-2002-10/1, responsible: AAA, due: 2004")
    later(
        folder, "closes: WG-2003-05/1",
        id="WG-2004-05", start="2004-05-01", end="2004-05-01",
    )  # fmt: skip

    def shown(reference: str, day: str = "2005-01-01") -> str:
        ran = run_grcm("--data", str(folder.path), "show", reference, "--as-of", day)
        assert ran.code == 0
        return ran.out[ran.out.index("links: ") :].rpartition("\n")[0].rpartition("\n")[0]

    assert shown("WG-2002-10/1") == (
        "links: followed by WG-2003-05/1; superseded by WG-2003-05/1\n"
        "before and after: WG-2004-05/1 closes WG-2003-05/1"
    )
    assert shown("WG-2003-05/1") == (
        "links: follows WG-2002-10/1; supersedes WG-2002-10/1; closed by WG-2004-05/1"
    )
    assert shown("WG-2004-05/1") == (
        "links: closes WG-2003-05/1\n"
        "before and after: WG-2003-05/1 follows WG-2002-10/1; WG-2003-05/1 supersedes WG-2002-10/1"
    )
    assert shown("WG-2002-10/1", "2003-05-08") == "links: none"


def test_what_is_done_keeps_the_deadline_that_it_had(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    later(folder, "extends: {mandate: WG-2002-10/1, due: 2003-12-31}")
    reported(folder, "AAA", "2003-02-01 done")
    [task] = on(folder, "2003-06-01")
    assert (task.state, task.done_late, str(task.deadline), task.moves, task.first) == (
        "done", True, "2003-01-15", (), None,
    )  # fmt: skip


def test_a_duty_that_comes_back_has_no_one_deadline_to_move(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: every year")
    later(folder, "extends: {mandate: WG-2002-10/1, due: 2003-12-31}")
    assert [str(task.deadline) for task in on(folder, "2003-06-01")] == ["2003-10-31"]


def test_whoever_waits_for_a_standing_duty_waits_until_it_was_done(folder: Folder) -> None:
    folder.meeting(
        "- number: 1\n  text: Texto\n  mandates:\n"
        "    - {responsible: AAA, due: ongoing}\n"
        "    - {responsible: BBB, due: 2003-01-15, after: '1#1'}\n"
    )
    assert [len(task.waits) for task in on(folder, "2002-12-01")] == [1, 0]
    reported(folder, "AAA")
    folder.progress("AAA", "- {mandate: WG-2002-10/1#1, date: 2002-12-02, progress: done}\n")
    assert [len(task.waits) for task in on(folder, "2002-12-03")] == [0, 0]


def test_done_again_keeps_the_deadline_that_it_had(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    later(folder, "extends: {mandate: WG-2002-10/1, due: 2003-12-31}")
    reported(folder, "AAA", "2003-02-01 done", "2003-06-01 done")
    [task] = on(folder, "2003-07-01")
    assert (task.done_late, str(task.deadline), task.moves) == (True, "2003-01-15", ())


def test_done_is_dated_by_the_report_that_closes(folder: Folder) -> None:
    """The first one answered the standing duty, the second one the deadline that came later."""
    folder.mandate("responsible: AAA, due: ongoing")
    later(folder, "extends: {mandate: WG-2002-10/1, due: 2003-06-30}")
    reported(folder, "AAA", "2003-02-01 done", "2003-07-15 done")
    [task] = on(folder, "2003-08-01")
    assert (task.state, str(task.done_on), task.done_late) == ("done", "2003-07-15", True)


@pytest.mark.parametrize(
    ("due", "moved", "entries", "state"),
    [
        pytest.param(
            "ongoing", "2003-06-30", ["2003-02-01 done"], "overdue",
            id="done while it was standing does not answer the deadline that came later",
        ),
        pytest.param(
            "ongoing", "2003-06-30", ["2003-02-01 done", "2003-06-01 done"], "done",
            id="done again after the deadline was set does",
        ),
        pytest.param(
            "2003-03-31", "ongoing", ["2003-02-01 done"], "done",
            id="done in time stays done where it is made standing later",
        ),
        pytest.param(
            "2003-03-31", "ongoing", ["2003-06-01 done"], "standing",
            id="done after it was made standing closes nothing",
        ),
        pytest.param(
            "2003-03-31", "ongoing", ["2003-02-01 done", "2003-06-01 done"], "done",
            id="done again after it was made standing reopens nothing",
        ),
        pytest.param(
            "ongoing", "2003-06-30", ["2003-02-01 declined"], "declined",
            id="declined while it was standing stays declined",
        ),
    ],
)  # fmt: skip
def test_a_report_answers_the_term_of_its_day(
    folder: Folder, due: str, moved: str, entries: list[str], state: str
) -> None:
    folder.mandate(f"responsible: AAA, due: {due}")
    later(folder, f"extends: {{mandate: WG-2002-10/1, due: {moved}}}")
    reported(folder, "AAA", *entries)
    assert states(folder, "2003-08-01") == [state]


def test_who_waits_for_a_standing_duty_waits_again_once_it_has_a_deadline(folder: Folder) -> None:
    folder.meeting(
        "- {number: 1, text: T, responsible: AAA, due: ongoing}\n"
        "- {number: 2, text: T, responsible: BBB, after: 1}\n"
    )
    later(folder, "extends: {mandate: WG-2002-10/1, due: 2003-12-31}")
    reported(folder, "AAA", "2003-02-01 done")
    waits = {day: [t.waits for t in on(folder, day)][-1] for day in ("2003-04-01", "2003-06-01")}
    assert [bool(found) for found in waits.values()] == [False, True]
