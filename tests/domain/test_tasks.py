"""Who owes what by when, in which state: always for a given day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcm_cli.domain.model import Reference
from grcm_cli.domain.query import Query, select, undated
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import ReferenceKeys, tasks
from grcm_cli.language.text import natural_key

from ..conftest import Folder


def on(folder: Folder, day: str) -> list[Task]:
    """Return the tasks of a folder on a day."""
    return tasks(folder.register(), date.fromisoformat(day))


def owing(found: list[Task]) -> list[str]:
    """Return who owes each task, those together joined."""
    return ["+".join(task.parties) for task in found]


@pytest.mark.parametrize(
    ("responsible", "expected"),
    [
        pytest.param("AAA", ["AAA"], id="one party"),
        pytest.param("[AAA, ORG]", ["AAA+ORG"], id="several owe together"),
        pytest.param("[]", [""], id="the text names nobody"),
        pytest.param(
            "{each: members}", ["AAA", "BBB", "CCC"], id="members of that day, absent or not"
        ),
        pytest.param("{each: members, except: AAA}", ["BBB", "CCC"], id="less the exceptions"),
        pytest.param("{each: participants}", ["AAA", "CCC"], id="those who were there"),
        pytest.param(
            "{each: [BBB, ORG, BBB, AAA], except: [AAA]}", ["BBB", "ORG"], id="those listed"
        ),
        pytest.param("{each: CH}", ["CH"], id="an office alone"),
        pytest.param(
            "{each: members, except: [AAA, BBB, CCC]}", [""], id="nobody is left: still shown"
        ),
    ],
)
def test_who_owes(folder: Folder, responsible: str, expected: list[str]) -> None:
    folder.mandate(f"responsible: {responsible}, due: 2003-01-15")
    codes = owing(
        tasks(folder.load().register, date(2002, 11, 1))  # type: ignore[arg-type] # it is readable
    )
    assert codes == expected


def test_a_member_that_left_after_the_meeting_still_owes(folder: Folder) -> None:
    folder.mandate("responsible: {each: members}, due: 2003-06-30")
    assert owing(on(folder, "2003-03-01")) == ["AAA", "BBB", "CCC"]


def test_a_member_that_joined_later_is_bound_by_later_meetings_only(folder: Folder) -> None:
    folder.mandate(
        "responsible: {each: members}", id="WG-2003-02", start="2003-02-01", end="2003-02-01"
    )
    assert owing(on(folder, "2003-03-01")) == ["AAA", "BBB", "DDD"]


@pytest.mark.parametrize(
    ("day", "state", "days"),
    [
        pytest.param("2002-10-31", "upcoming", 76, id="it exists from the meeting's last day on"),
        pytest.param("2002-12-15", "upcoming", 31, id="more than thirty days off"),
        pytest.param("2002-12-16", "due-soon", 30, id="thirty days off"),
        pytest.param("2003-01-15", "due-soon", 0, id="the day itself is not late"),
        pytest.param("2003-01-16", "overdue", -1, id="the day after is"),
    ],
)
def test_lateness(folder: Folder, day: str, state: str, days: int) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    [task] = on(folder, day)
    assert (task.state, task.days) == (state, days)


def test_a_period_is_late_only_after_its_last_day(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-Q1")
    assert on(folder, "2003-03-31")[0].state == "due-soon"
    assert on(folder, "2003-04-01")[0].state == "overdue"


def test_before_the_meeting_has_ended_there_is_no_mandate(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    assert on(folder, "2002-10-30") == []


@pytest.mark.parametrize(
    ("due", "state"),
    [
        ("next CO", "awaiting"),
        ("ongoing", "standing"),
        ("asap", "asap"),
    ],
)
def test_open_without_a_day(folder: Folder, due: str, state: str) -> None:
    folder.mandate(f"responsible: AAA, due: {due}")
    [task] = on(folder, "2020-01-01")
    assert (task.state, task.deadline, task.days) == (state, None, None)


def test_a_deadline_that_was_not_set_is_not_invented(folder: Folder) -> None:
    folder.mandate("responsible: AAA")
    [task] = on(folder, "2020-01-01")
    assert (task.state, task.due, task.deadline) == ("undated", None, None)


def test_a_void_mandate_binds_nobody(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15, void: registrado dos veces")
    assert on(folder, "2003-01-01") == []


# --- offices --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "due", "holders"),
    [
        pytest.param("2002-11-15", "2003-03-31", ("AAA", "BBB"), id="today's and the deadline's"),
        pytest.param("2002-11-15", "2002-12-31", ("AAA",), id="one and the same"),
        pytest.param("2003-02-01", "2003-03-31", ("BBB",), id="it has passed"),
        pytest.param("2003-02-01", "2002-12-31", ("BBB",), id="late: whoever holds it now"),
        pytest.param("2002-11-15", "ongoing", ("AAA",), id="without a deadline: today's"),
    ],
)
def test_an_office_is_its_holders(
    folder: Folder, day: str, due: str, holders: tuple[str, ...]
) -> None:
    folder.mandate(f"responsible: CH, due: {due}")
    [task] = on(folder, day)
    assert task.holders == {"CH": holders}
    assert all(task.belongs_to(code) for code in ("CH", *holders))
    assert not task.belongs_to("CCC")


def test_an_office_between_terms_has_no_holder(folder: Folder) -> None:
    folder.mandate(
        "responsible: CH, due: ongoing", id="WG-2001-05", start="2001-05-01", end="2001-05-01"
    )
    assert on(folder, "2001-12-31")[0].holders == {"CH": ()}


# --- progress -------------------------------------------------------------------------------


def entry(progress: str, day: str = "2003-01-10", mandate: str = "WG-2002-10/1") -> str:
    return f"- {{mandate: {mandate}, date: {day}, progress: {progress}}}\n"


@pytest.mark.parametrize(
    ("entries", "day", "state"),
    [
        pytest.param(entry("done"), "2003-01-09", "due-soon", id="not yet reported"),
        pytest.param(entry("done"), "2003-01-10", "done", id="from its day on"),
        pytest.param(entry("started"), "2003-01-20", "overdue", id="started and still late"),
        pytest.param(entry("not-started"), "2003-01-20", "overdue", id="asked, and not begun"),
        pytest.param(
            entry("done") + entry("not-started", "2003-01-11"),
            "2003-01-12",
            "done",
            id="what was done stays done",
        ),
        pytest.param(
            entry("done") + entry("not-started") + entry("withdrawn", "2003-01-11"),
            "2003-01-12",
            "due-soon",
            id="and can be taken back",
        ),
        pytest.param(entry("declined"), "2003-01-10", "declined", id="declined"),
        pytest.param(entry("not-applicable"), "2003-01-10", "not-applicable", id="not applicable"),
        pytest.param(
            entry("done") + entry("withdrawn", "2003-01-12"), "2003-01-12", "due-soon", id="undone"
        ),
        pytest.param(
            entry("done") + entry("withdrawn"),
            "2003-01-12",
            "due-soon",
            id="same day: the last counts",
        ),
        pytest.param(
            entry("started", "2003-02-01") + entry("done"),
            "2003-02-02",
            "overdue",
            id="by date first",
        ),
    ],
)
def test_the_last_word_counts(folder: Folder, entries: str, day: str, state: str) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.progress("AAA", entries)
    assert on(folder, day)[0].state == state


def test_only_the_party_that_reported_is_done(folder: Folder) -> None:
    folder.mandate("responsible: {each: members}, due: 2003-01-15")
    folder.progress("BBB", entry("done"))
    found = on(folder, "2003-01-20")
    assert [(task.parties[0], task.state) for task in found] == [
        ("AAA", "overdue"),
        ("BBB", "done"),
        ("CCC", "overdue"),
    ]
    assert not found[1].is_open


@pytest.mark.parametrize(
    ("day", "late"),
    [
        pytest.param("2003-01-15", False, id="on the day"),
        pytest.param("2003-01-16", True, id="after"),
    ],
)
def test_done_is_on_time_or_late(folder: Folder, day: str, *, late: bool) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.progress("AAA", entry("done", day))
    [task] = on(folder, "2003-06-01")
    assert task.done_late is late
    assert task.done_on == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        pytest.param("done", None, "done", id="any done closes it"),
        pytest.param("declined", None, "due-soon", id="one alone can't decline"),
        pytest.param("declined", "declined", "declined", id="all declined"),
        pytest.param(
            "not-applicable", "not-applicable", "not-applicable", id="it applies to nobody"
        ),
        pytest.param("declined", "not-applicable", "declined", id="nobody will do it"),
        pytest.param("declined", "done", "done", id="one did it"),
        pytest.param("declined", "started", "due-soon", id="one is at it"),
        pytest.param("declined", "not-started", "due-soon", id="one has not begun"),
        pytest.param("not-started", "done", "done", id="the other did it"),
    ],
)
def test_parties_that_owe_together(
    folder: Folder, first: str, second: str | None, state: str
) -> None:
    folder.mandate("responsible: [AAA, ORG], due: 2003-01-15")
    folder.progress("AAA", entry(first))
    if second is not None:
        folder.progress("ORG", entry(second, "2003-01-11"))
    [task] = on(folder, "2003-01-12")
    assert task.state == state


@pytest.mark.parametrize(
    ("first", "second", "progress"),
    [("not-started", "withdrawn", "unknown"), ("not-started", "started", "started"),
     ("started", "not-started", "not-started"), ("withdrawn", "not-started", "not-started")],
)  # fmt: skip
def test_that_nothing_has_begun_is_a_report(
    folder: Folder, first: str, second: str, progress: str
) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.progress("AAA", entry(first) + entry(second, "2003-01-11"))
    [task] = on(folder, "2003-01-12")
    assert (task.state, task.progress, task.is_unreported) == (
        "due-soon", progress, progress == "unknown",
    )  # fmt: skip


def test_a_standing_duty_is_never_over(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: ongoing")
    folder.progress("AAA", entry("done"))
    [task] = on(folder, "2003-02-01")
    assert (task.state, task.progress, task.done_on) == ("standing", "done", date(2003, 1, 10))


def test_a_standing_duty_can_be_declined(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: ongoing")
    folder.progress("AAA", entry("not-applicable"))
    assert on(folder, "2003-02-01")[0].state == "not-applicable"


def test_what_is_closed_stays_with_who_held_the_office_then(folder: Folder) -> None:
    folder.mandate("responsible: CH, due: 2003-03-31")
    folder.progress("AAA", entry("done", "2002-12-10"))
    [task] = on(folder, "2003-03-01")
    assert task.holders == {"CH": ("AAA",)}


def test_done_again_stays_with_who_held_the_office_first(folder: Folder) -> None:
    folder.mandate("responsible: CH, due: 2003-03-31")
    folder.progress("CH", entry("done", "2002-12-10") + entry("done", "2003-02-01"))
    [task] = on(folder, "2003-03-01")
    assert task.holders == {"CH": ("AAA",)}


@pytest.mark.parametrize(
    ("entries", "done"),
    [
        pytest.param(
            entry("done", "2003-01-10") + entry("done", "2003-02-10"), "2003-01-10", id="again"
        ),
        pytest.param(
            entry("done", "2003-01-10")
            + entry("withdrawn", "2003-01-12")
            + entry("done", "2003-02-10"),
            "2003-02-10",
            id="undone in between",
        ),
    ],
)
def test_done_counts_from_the_first_report_that_holds(
    folder: Folder, entries: str, done: str
) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.progress("AAA", entries)
    assert on(folder, "2003-03-01")[0].done_on == date.fromisoformat(done)


def test_a_meeting_whose_start_is_wrong_knows_no_next_one(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: next WG", start="2002-10-9", end="")
    folder.meeting("", id="WG-2003-06", start="2003-06-10", end="2003-06-11")
    register = folder.load().register
    assert register is not None
    assert [task.state for task in tasks(register, date(2003, 1, 1))] == ["?"]


def test_what_one_declined_the_others_have_begun(folder: Folder) -> None:
    folder.mandate("responsible: [AAA, ORG], due: 2003-01-15")
    folder.progress("AAA", entry("started", "2003-01-10"))
    folder.progress("ORG", entry("declined", "2003-01-11"))
    assert on(folder, "2003-01-12")[0].progress == "started"


def test_a_holder_that_owes_beside_its_office_answers_for_both(folder: Folder) -> None:
    folder.mandate("responsible: [CH, AAA], due: 2002-12-15")
    folder.progress("AAA", entry("declined", "2002-12-01"))
    [task] = on(folder, "2002-12-02")
    assert (task.state, len(task.reports)) == ("declined", 1)


@pytest.mark.parametrize(
    ("speaker", "day", "state"),
    [
        pytest.param("CH", "2002-12-01", "done", id="the office itself"),
        pytest.param("AAA", "2002-12-01", "done", id="its holder of that day"),
        pytest.param(
            "BBB", "2002-12-01", "upcoming", id="who will hold it does not yet speak for it"
        ),
        pytest.param("BBB", "2003-01-02", "done", id="the new holder"),
        pytest.param("AAA", "2003-01-02", "upcoming", id="the old holder no longer"),
    ],
)
def test_a_holder_speaks_for_its_office(folder: Folder, speaker: str, day: str, state: str) -> None:
    folder.mandate("responsible: CH, due: 2003-03-31")
    folder.progress(speaker, entry("done", day))
    assert on(folder, "2003-01-05")[0].state == state


def test_progress_names_one_mandate_of_several(folder: Folder) -> None:
    folder.meeting(
        "- number: 8\n  text: Texto\n  mandates:\n"
        "    - {responsible: AAA, due: 2003-01-15}\n    - {responsible: AAA, due: 2003-02-15}\n"
    )
    folder.progress("AAA", entry("done", mandate="WG-2002-10/8#2"))
    assert [(str(t.reference), t.state) for t in on(folder, "2003-01-12")] == [
        ("WG-2002-10/8#1", "due-soon"),
        ("WG-2002-10/8#2", "done"),
    ]


def test_what_a_task_waits_for(folder: Folder) -> None:
    folder.meeting(
        "- number: 8\n  text: Texto\n  mandates:\n"
        "    - {responsible: {each: members}, due: 2003-01-15}\n"
        "    - {responsible: ORG, due: next WG, after: 8#1}\n"
    )
    folder.progress("AAA", entry("done", mandate="WG-2002-10/8#1"))
    [last] = [task for task in on(folder, "2003-01-12") if task.waits]
    assert (str(last.reference), last.waits[0].answered, last.waits[0].total) == (
        "WG-2002-10/8#2",
        1,
        3,
    )
    for party in ("BBB", "CCC"):
        folder.progress(party, entry("declined", mandate="WG-2002-10/8#1"))
    assert not any(task.waits for task in on(folder, "2003-01-12"))


# --- what is wrong stays listed -------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "parties"),
    [
        pytest.param("responsible: AAA, due: 15/01/2003", "AAA", id="a due that is no form"),
        pytest.param("responsible: AAA, due: next XX", "AAA", id="a body that is none"),
        pytest.param("responsible: AAA, due: XX-2003-05", "AAA", id="a meeting that is in no file"),
        pytest.param("responsible: AAA, due: every fortnight", "AAA", id="no form of recurring"),
        pytest.param("responsible: AAX, due: 2003-01-15", "AAX", id="a party that is none"),
        pytest.param("responsible: AAA, duee: 2003-01-15", "AAA", id="an unknown key"),
        pytest.param("responsible: {echa: members}, due: 2003-01-15", "", id="a group with a typo"),
        pytest.param(
            "responsible: {each: members}, due: {a: b}", "AAA BBB CCC", id="a due of wrong type"
        ),
        pytest.param(
            "responsible: {each: [AAA], except: [BBX]}", "AAA", id="an exception that is none"
        ),
        pytest.param("responsible: AAA, after: 99", "AAA", id="waiting for nothing"),
        pytest.param("responsible: AAA, due: 2003, due: 2004", "AAA", id="a key twice"),
        pytest.param("responsible: AAA, due: !!str 2003-01-15", "AAA", id="a tag"),
        pytest.param("responsible: [AAA, [BBB]]", "AAA", id="a list in a list"),
        pytest.param("responsble: AAA, duee: 2003-01-15", "", id="nothing but misspelt keys"),
    ],
)
def test_an_error_keeps_the_mandate_listed_with_a_question_mark(
    folder: Folder, keys: str, parties: str
) -> None:
    folder.mandate(keys)
    register = folder.load().register
    assert register is not None
    found = tasks(register, date(2002, 11, 1))
    assert (" ".join(owing(found)), {task.state for task in found}) == (parties, {"?"})
    assert select(found, Query(before=date(2003, 12, 31))) == found
    assert select(found, Query(late=True)) == [task for task in found if task.deadline is None]


def test_what_is_not_understood_is_not_called_late(folder: Folder) -> None:
    folder.mandate("responsible: AAX, due: 2003-01-15")
    register = folder.load().register
    assert register is not None
    [task] = tasks(register, date(2003, 2, 1))
    assert (task.state, task.is_late) == ("?", False)
    assert select([task], Query(late=True)) == [task]
    assert select([task], Query(unassigned=True)) == []


def test_a_task_of_nobody_known_is_on_everybody_s_list(folder: Folder) -> None:
    folder.mandate("responsible: [AAX], due: 2003-01-15")
    register = folder.load().register
    assert register is not None
    assert len(select(tasks(register, date(2002, 11, 1)), Query(parties=("BBB",)))) == 1


# --- choosing -------------------------------------------------------------------------------


@pytest.fixture
def varied(folder: Folder) -> Folder:
    folder.meeting(
        "- {number: 1, text: T, responsible: AAA, due: 2002-11-30}\n"
        "- {number: 2, text: T, responsible: BBB, due: 2003-01-15}\n"
        "- {number: 3, text: T, responsible: CH, due: 2003-Q1}\n"
        "- {number: 4, text: T, responsible: [], due: ongoing}\n"
        "- {number: 12, text: T, responsible: CCC}\n"
    )
    folder.meeting(
        "- {number: 1, text: T, responsible: AAA, due: 2003-01-15}\n",
        id="CO-2002-11",
        body="CO",
        start="2002-11-05",
        end="2002-11-05",
    )
    return folder


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(
            Query(), "W1 C1 W2 W3 W4 W12", id="all: by deadline, then reference, undated last"
        ),
        pytest.param(Query(before=date(2003, 1, 15)), "W1 C1 W2", id="that day included"),
        pytest.param(Query(before=date(2003, 1, 14)), "W1", id="the day before"),
        pytest.param(
            Query(after=date(2003, 1, 15)), "W1 C1 W2 W3", id="that day on; the late stay"
        ),
        pytest.param(Query(after=date(2003, 1, 16)), "W1 W3", id="the day after"),
        pytest.param(Query(parties=("AAA",)), "W1 C1 W3", id="a party's own, and by its office"),
        pytest.param(Query(parties=("BBB",)), "W2 W3", id="the office at the deadline"),
        pytest.param(Query(parties=("CH",)), "W3", id="the office"),
        pytest.param(Query(body="CO"), "C1", id="a body's"),
        pytest.param(Query(meeting="WG-2002-10"), "W1 W2 W3 W4 W12", id="a meeting's"),
        pytest.param(Query(unassigned=True), "W4", id="nobody named"),
        pytest.param(Query(late=True), "W1", id="what is late"),
    ],
)
def test_what_is_listed(varied: Folder, query: Query, expected: str) -> None:
    found = select(on(varied, "2002-12-15"), query)
    names = [f"{task.meeting.id[0]}{task.conclusion.number}" for task in found]
    assert " ".join(names) == expected


def test_closed_tasks_are_listed_only_when_asked_for(varied: Folder) -> None:
    varied.progress("AAA", entry("done", "2002-11-20"))
    found = on(varied, "2002-12-15")
    assert len(select(found, Query())) == len(found) - 1
    assert len(select(found, Query(closed=True))) == len(found)


def test_what_a_question_about_days_leaves_out(varied: Folder) -> None:
    found = on(varied, "2002-12-15")
    assert [task.conclusion.number for task in undated(found, Query(before=date(2003, 1, 1)))] == [
        "4",
        "12",
    ]
    assert undated(found, Query()) == []


_PART = st.text("aB1205-/#.²٣", max_size=5)


@given(
    st.lists(
        st.builds(Reference, _PART, st.none() | _PART, st.none() | st.integers(1, 20)), min_size=1
    )
)
def test_the_parts_of_a_reference_give_the_key_of_the_whole(references: list[Reference]) -> None:
    keys = ReferenceKeys()
    assert [keys.of(reference) for reference in references] == [
        natural_key(str(reference)) for reference in references
    ]


def test_a_list_is_by_day_and_then_by_the_numbers_in_the_references(folder: Folder) -> None:
    for name in ("WG-10", "WG-9"):
        folder.meeting(
            """
            - {number: 12, text: T., responsible: AAA, due: 2003-02-01}
            - {number: 8, text: T., responsible: AAA}
            - {number: 9, text: T., responsible: {each: [BBB, AAA]}, due: 2003-02-01}
            - {number: 10, text: T., responsible: AAA, due: 2003-01-01}
            """,
            id=name,
        )
    found = [(str(task.reference), *task.parties) for task in on(folder, "2002-12-01")]
    assert found == [
        ("WG-9/10", "AAA"),
        ("WG-10/10", "AAA"),
        ("WG-9/9", "BBB"),
        ("WG-9/9", "AAA"),
        ("WG-9/12", "AAA"),
        ("WG-10/9", "BBB"),
        ("WG-10/9", "AAA"),
        ("WG-10/12", "AAA"),
        ("WG-9/8", "AAA"),
        ("WG-10/8", "AAA"),
    ]


@pytest.mark.parametrize("earlier", ["", "AAA", "CH"])
@pytest.mark.parametrize(
    ("own", "holder", "state"),
    [
        pytest.param("declined", "done", "declined", id="the office's own file has the last word"),
        pytest.param("done", "declined", "done", id="whatever the two say"),
    ],
)
def test_an_office_and_its_holder_on_one_day(
    folder: Folder, earlier: str, own: str, holder: str, state: str
) -> None:
    """An earlier entry in either file changes nothing about which of the two counts."""
    folder.mandate("responsible: CH, due: 2003-01-15")
    for party, progress in (("AAA", holder), ("CH", own)):
        first = entry("started", "2002-11-02") if party == earlier else ""
        folder.progress(party, first + entry(progress, "2002-11-20"))
    assert [task.state for task in on(folder, "2002-12-01")] == [state]
