"""What changed between two days, and that it is what two lists of these days differ by.

By default the lists of some random records are compared; with GRCM_ALL_STATES=1 in the environment,
those of 1,000.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

import pytest

from grcm_cli.domain.changes import KINDS, TaskChange, task_changes
from grcm_cli.domain.query import Query
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import tasks
from grcm_cli.views.task_record import TaskRecord
from grcm_cli.views.tasks import TaskRecords

from ..conftest import Folder
from .random_records import LAST, random_day, random_register

RECORDS = 1000 if os.environ.get("GRCM_ALL_STATES") == "1" else 25
PAIRS = 3
"""Pairs of days that are compared of each record."""
DAY = timedelta(days=1)
ANSWERED = {"done", "declined", "not-applicable"}
ENDED = {"superseded", "closed"}
CLOSED = ANSWERED | ENDED
Key = tuple[str, str | None, str | None]
"""A mandate, who owes it and which occurrence, as a list has them."""
Expected = set[tuple[str, Key]]


class Lists:
    """The lists of a register by day, as `grcm tasks --all` prints them for everybody."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.records = TaskRecords(register.directory, "es")
        self._found: dict[date, Mapping[Key, TaskRecord]] = {}

    def on(self, day: date) -> Mapping[Key, TaskRecord]:
        """Return the records of a list by mandate, party and occurrence."""
        if day not in self._found:
            listed = tasks(self.register, day)
            self._found[day] = {_key(task): self.records.of(task) for task in listed}
            assert len(self._found[day]) == len(listed)
        return self._found[day]

    def adopted(self, key: Key) -> date:
        """Return the day on which a mandate was adopted."""
        [meeting] = [one for one in self.register.meetings if one.id == key[0].partition("/")[0]]
        assert meeting.last_day is not None
        return meeting.last_day


def _key(task: Task) -> Key:
    occurrence = task.occurrence.name if task.occurrence else None
    if task.due is not None and task.due.startswith("every"):
        occurrence = occurrence or ""
    return str(task.reference), "+".join(task.key_parties) or None, occurrence


def key_of(change: TaskChange) -> Key:
    task = change.after
    occurrence = task.occurrence.name if task.occurrence else None
    return str(task.reference), "+".join(task.key_parties) or None, occurrence


def differences(lists: Lists, since: date, until: date) -> Expected:
    """Return what two lists differ by, without the words of the program that compares tasks."""
    now = lists.on(until)
    adopted = {meeting.last_day for meeting in lists.register.meetings}
    days = {since, *(day for day in adopted if day and since < day <= until)}
    found: Expected = set()
    for key in {key for day in (*days, until) for key in lists.on(day)}:
        start = max(since, lists.adopted(key))
        before = lists.on(start)
        kinds = set(_of_key(lists, key, before, now, (start, until)))
        if start > since and key in before:
            # One that came and went between the two days is in neither list.
            kinds = set() if "gone" in kinds else {"new", *kinds}
        found |= {(kind, key) for kind in kinds}
    return found


def _of_key(
    lists: Lists,
    key: Key,
    before: Mapping[Key, TaskRecord],
    now: Mapping[Key, TaskRecord],
    days: tuple[date, date],
) -> Iterator[str]:
    """Yield how a line of two lists differs; where it is in one of them alone, what that means."""
    old, new = before.get(key), now.get(key)
    if new and new.state not in CLOSED:
        first, last = (_holder(lists, new, day) for day in days)
        yield from ["passed"] if first != last else []
    if old and new:
        yield from _of_record(old, new)
    elif new:
        ended_on = lists.adopted((str(new.ended_by), None, None)) if new.ended_by else days[0]
        yield from _of_new_line(new, days[0], ended_on)
    elif old:
        same = [record for one, record in now.items() if one[:2] == key[:2]]
        yield from _of_old_line(old, same, days[1])


def _of_new_line(new: TaskRecord, since: date, ended_on: date) -> Iterator[str]:
    """Yield what it means that a line appears; what was late before was counted, and not listed."""
    if new.state in ANSWERED:
        yield "closed"
        return
    if any(report.date > since for report in new.reports):
        yield "reported"
    if new.state in ("overdue", "passed"):
        is_newly_late = new.state == "overdue" and new.deadline and new.deadline >= since
        yield from ["late"] if is_newly_late else []
    elif new.state in ENDED:
        yield from ["ended"] if ended_on > since else []
    else:
        yield "next"


def _of_old_line(old: TaskRecord, same: list[TaskRecord], until: date) -> Iterator[str]:
    """Yield what it means that a line is there no more; `same` are those of the same duty."""
    if any(record.state in ENDED for record in same):
        yield from ["ended"] if old.state not in ENDED else []
        return
    if old.state in ANSWERED:
        yield "reopened"
    if old.deadline is None or old.deadline >= until:
        yield "gone"
    elif old.state != "overdue" and old.kind == "request":
        yield "late"


def _of_record(old: TaskRecord, new: TaskRecord) -> Iterator[str]:
    if (old.due, old.deadline) != (new.due, new.deadline):
        yield "moved"
    if old.party != new.party:
        yield "reassigned"
    if new.state in ANSWERED and new.state != old.state:
        yield "closed"
    elif old.state in CLOSED and new.state not in CLOSED:
        yield "reopened"
    elif any(report not in old.reports for report in new.reports):
        yield "reported"
    if new.state in ENDED and old.state not in ENDED:
        yield "ended"
    if new.state == "overdue" and old.state != "overdue":
        yield "late"


def _holder(lists: Lists, record: TaskRecord, day: date) -> list[str | None]:
    offices = {party.code: party for party in lists.register.parties if party.terms}
    return [offices[code].holder_on(day) for code in record.parties if code in offices]


def late_ones(records: Mapping[Key, TaskRecord], owed: tuple[str, str | None]) -> int:
    """Return how many occurrences are late in a list, those that it only counts too."""
    return sum(
        1 + record.later_missed
        for key, record in records.items()
        if key[:2] == owed and record.state == "overdue"
    )


def test_changes_are_what_two_lists_differ_by() -> None:
    kinds: Counter[str] = Counter()
    for seed in range(RECORDS):
        random = Random(seed)  # noqa: S311 # the same records in every run, and no secret
        register = random_register(random, merges=False)
        lists = Lists(register)
        for _ in range(PAIRS):
            last = date(LAST.year + 2, 1, 1)
            since, until = sorted(random_day(random, last) for _ in range(2))
            found = task_changes(register, since, until)
            where = f"seed {seed}, {since}, {until}"
            _compare(lists, found, since, until, where)
            kinds.update(change.kind for change in found)
    # A sample without some kind would agree on nothing; `gone` is too rare for a small one.
    assert set(KINDS) - set(kinds) <= {"gone"}, kinds


def _compare(lists: Lists, found: list[TaskChange], since: date, until: date, where: str) -> None:
    told = [(change.kind, key_of(change)) for change in found]
    once = [one for one in told if one[0] != "passed"]  # of several offices one task each
    assert len(set(once)) == len(once), where
    expected = differences(lists, since, until)
    assert expected - set(told) == set(), where
    for change in found:
        key = key_of(change)
        # Of an occurrence that a list only counts, it can't tell more.
        start = max(since, lists.adopted(key))
        is_new = key not in lists.on(start)
        hidden: set[str] = {"reassigned"} if is_new else set()
        if key not in lists.on(until):
            hidden |= {"reported", "reassigned"}
            hidden |= {"late", "ended", "reopened"} if is_new else set()
        assert change.kind in hidden or (change.kind, key) in expected, (where, change.kind, key)
        assert since < change.day <= until, (where, change.kind, key)
        _compare_day(lists, change, key, where)
    _compare_counts(lists, found, since, until, where)


def _compare_day(lists: Lists, change: TaskChange, key: Key, where: str) -> None:
    """Compare with the lists of the day of a change and the day before, where they show it."""
    record = lists.on(change.day).get(key)
    if record is None or (key not in lists.on(change.day - DAY) and change.kind != "new"):
        return
    if change.kind == "passed" and record.state in CLOSED:
        return  # its day is the office's, whatever becomes of the task
    days = differences(lists, change.day - DAY, change.day)
    of_day = {kind for kind, one in days if one == key}
    # A report that closed it on its day need not have: it may have been closed before.
    also = {"closed", "reopened"} if change.kind == "reported" else set()
    assert of_day & {change.kind, *also}, (where, change.kind, key, change.day)


def _compare_counts(
    lists: Lists, found: list[TaskChange], since: date, until: date, where: str
) -> None:
    """Compare how many occurrences are late, those included that lists only count."""
    recurring = {key for key in lists.on(until) if key[2] is not None}
    ended = {key[:2] for key in recurring if lists.on(until)[key].state in ENDED}
    for owed in {key[:2] for key in recurring} - ended:
        own = [change for change in found if key_of(change)[:2] == owed]
        more = sum(1 + change.later for change in own if change.kind == "late")
        answered = sum(
            change.kind == "closed" and change.before is not None and change.before.is_late
            for change in own
        )
        start = max(since, lists.adopted((*owed, None)))
        before = late_ones(lists.on(start), owed)
        assert late_ones(lists.on(until), owed) == before + more - answered, (where, owed)


# --- one by one ----------------------------------------------------------------------------------

ONE_YEAR = ("2002-10-31", "2003-10-31")
WITHDRAWN = "2002-11-05 done, 2002-12-01 withdrawn"
LATER = "- {{number: 1, text: T, {keys}}}\n"


def told(change: TaskChange) -> str:
    """Return a change as `day kind parties`, with what else belongs to its kind."""
    more = f"+{change.later}" if change.later else ""
    holders = f"{change.passed.before}>{change.passed.after}" if change.passed else ""
    name = change.after.occurrence.name if change.after.occurrence else ""
    parties = "+".join(change.after.parties)
    return " ".join(filter(None, [str(change.day), change.kind, parties, name, more, holders]))


def write_reports(folder: Folder, party: str, reports: str) -> None:
    """Write reports on WG-2002-10/1, as `2002-12-01 done` or `2002-12-01 done 2003-05-31`."""
    lines = []
    for report in reports.split(", "):
        day, progress, *occurrence = report.split()
        more = f", for: {occurrence[0]}" if occurrence else ""
        keys = f"mandate: WG-2002-10/1, date: {day}, progress: {progress}{more}"
        lines.append(f"- {{{keys}}}\n")
    folder.progress(party, "".join(lines))


@pytest.mark.parametrize(
    ("mandate", "reports", "later", "days", "expected"),
    [
        pytest.param(
            "responsible: AAA, due: 2003-01-15", "", "", ("2003-01-15", "2003-01-16"),
            ["2003-01-16 late AAA"],
            id="late from the day after the deadline on",
        ),
        pytest.param(
            "responsible: AAA, due: 2003-01-15", "", "", ("2003-01-16", "2003-12-31"), [],
            id="what was late on the first day is known",
        ),
        pytest.param(
            "responsible: AAA, due: 2003-01-15", "", "", ("2002-10-30", "2002-10-31"),
            ["2002-10-31 new AAA"],
            id="new on the meeting's last day",
        ),
        pytest.param(
            "responsible: AAA, due: 2003-01-15", "", "", ("2002-10-31", "2002-12-20"), [],
            id="adopted on the first day itself; and to come near is no change",
        ),
        pytest.param(
            "responsible: AAA, due: 2003-01-15", "2002-11-05 started, 2003-02-01 done", "",
            ("2002-10-01", "2003-10-01"),
            ["2002-10-31 new AAA", "2003-02-01 closed AAA"],
            id="it was late for a while, and is done",
        ),
        pytest.param(
            "responsible: AAA, due: ongoing", "2002-11-05 done", "", ONE_YEAR,
            ["2002-11-05 reported AAA"],
            id="a standing duty stays open when done",
        ),
        pytest.param(
            "responsible: [AAA, BBB], due: 2003-12-31", "2002-11-05 declined", "", ONE_YEAR,
            ["2002-11-05 reported AAA+BBB"],
            id="what one of two declines, the other still owes",
        ),
        pytest.param(
            "responsible: AAA, due: 2003-01-15", WITHDRAWN, "", ("2002-11-30", "2003-10-31"),
            ["2002-12-01 reopened AAA", "2003-01-16 late AAA"],
            id="open again, and late since its deadline",
        ),
        pytest.param(
            "responsible: AAA, due: 2002-11-15", WITHDRAWN, "", ("2002-11-30", "2003-10-31"),
            ["2002-12-01 reopened AAA", "2002-12-01 late AAA"],
            id="open again, and late since then",
        ),
        pytest.param(
            "responsible: AAA, due: 2003-01-15", WITHDRAWN, "", ("2002-11-01", "2003-01-01"),
            ["2002-12-01 reported AAA"],
            id="done and withdrawn: the report remains",
        ),
        pytest.param(
            "responsible: AAA, due: 2003-02-15", "", "extends: {mandate: WG-2002-10/1, due: 2004}",
            ONE_YEAR, ["2003-01-31 moved AAA"],
            id="another deadline from the later meeting's last day on",
        ),
        pytest.param(
            "responsible: AAA, due: 2002-12-15", "",
            "extends: {mandate: WG-2002-10/1, due: 2003-02-15}",
            ONE_YEAR, ["2003-01-31 moved AAA", "2003-02-16 late AAA"],
            id="late, given more time, and late again: the last day counts",
        ),
        pytest.param(
            "responsible: {each: [AAA, BBB]}, due: 2004", "2003-01-10 done",
            "closes: WG-2002-10/1", ONE_YEAR,
            ["2003-01-10 closed AAA", "2003-01-31 ended BBB"],
            id="what was answered first is not ended",
        ),
        pytest.param(
            "responsible: CH, due: 2004", "", "", ONE_YEAR, ["2003-01-01 passed CH AAA>BBB"],
            id="an office passed on with what it owes",
        ),
        pytest.param(
            "responsible: CH, due: 2004", "2002-12-01 done", "", ("2002-12-15", "2003-10-31"), [],
            id="what is done stays with the holder of that day",
        ),
        pytest.param(
            "responsible: AAA, due: every 1 month", "2002-11-05 done 2002-11-30", "",
            ("2002-11-15", "2003-03-15"),
            ["2003-01-01 late AAA 2002-12-31 +2", "2003-03-01 next AAA 2003-03-31"],
            id="of what comes back, the first that is late, how many more, and the next",
        ),
        pytest.param(
            "responsible: AAA, due: every 6 months", "2003-04-01 done 2003-04-30", "", ONE_YEAR,
            ["2003-04-01 closed AAA 2003-04-30", "2003-04-01 next AAA 2003-10-31"],
            id="the next one is there once the one before it is answered",
        ),
        pytest.param(
            "responsible: AAA, due: every 6 months", "2003-02-01 done 2003-04-30,"
            " 2003-03-01 withdrawn 2003-04-30", "", ("2003-02-15", "2003-03-15"),
            ["2003-03-01 reopened AAA 2003-04-30", "2003-03-01 gone AAA 2003-10-31"],
            id="and no more when that answer is withdrawn",
        ),
        pytest.param(
            # Due 2002-11-30, 2002-12-31, 2003-01-31; the second is answered early, and that is
            # taken back when the third has been there since 2002-12-01.
            "responsible: AAA, due: every 1 month", "2002-11-05 done 2002-12-31,"
            " 2003-01-15 withdrawn 2002-12-31", "", ("2002-11-15", "2003-01-20"),
            ["2002-12-01 late AAA 2002-11-30", "2002-12-01 next AAA 2003-01-31",
             "2003-01-15 reopened AAA 2002-12-31", "2003-01-15 late AAA 2002-12-31"],
            id="the next one is there since the first was late, whatever is taken back later",
        ),
        pytest.param(
            "responsible: AAA, due: every 1 month", "", "closes: WG-2002-10/1",
            ("2002-12-15", "2003-10-31"),
            ["2003-01-31 ended AAA 2002-11-30", "2003-01-31 ended AAA 2002-12-31"],
            id="each time of what comes back is ended",
        ),
        pytest.param(
            "responsible: AAA, due: 2003-01-15, void: dos veces", "", "",
            ("2002-01-01", "2003-10-31"), [], id="what is void was never owed",
        ),
    ],
)  # fmt: skip
def test_what_has_changed(
    folder: Folder,
    mandate: str,
    reports: str,
    later: str,
    days: tuple[str, str],
    expected: list[str],
) -> None:
    folder.mandate(mandate)
    if reports:
        write_reports(folder, "AAA", reports)
    if later:
        folder.meeting(
            LATER.format(keys=later), id="WG-2003-01", start="2003-01-30", end="2003-01-31"
        )
    first, last = map(date.fromisoformat, days)
    assert [told(change) for change in task_changes(folder.register(), first, last)] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(parties=("AAA",)), ["1 passed CH", "2 late AAA"]),
        (Query(parties=("BBB",)), ["1 passed CH", "2 late BBB"]),
        (Query(parties=("CCC",)), []),
        (Query(body="WG"), ["1 passed CH", "2 late AAA", "2 late BBB"]),
        (Query(body="CO"), []),
        (Query(meeting="CO-2002-11"), []),
    ],
)
def test_whose_changes(folder: Folder, query: Query, expected: list[str]) -> None:
    """The holder of before is told that its office passed on, with what it owes."""
    folder.meeting(
        "- {number: 1, text: T, responsible: CH, due: 2004}\n"
        "- {number: 2, text: T, responsible: {each: [AAA, BBB]}, due: 2003-01-15}\n"
    )
    folder.meeting("", id="CO-2002-11", body="CO", start="2002-11-01", end="2002-11-01")
    found = task_changes(folder.register(), date(2002, 12, 1), date(2003, 6, 1), query)
    assert [
        f"{change.after.conclusion.number} {change.kind} {'+'.join(change.after.parties)}"
        for change in found
    ] == expected


def test_what_is_in_doubt_may_be_late(folder: Folder) -> None:
    folder.mandate("responsible: AAX, due: 2003-01-15")
    register = folder.load().register
    assert register is not None
    [change] = task_changes(register, date(2003, 1, 1), date(2003, 2, 1), Query(parties=("BBB",)))
    assert (change.kind, change.day, change.after.state) == ("late", date(2003, 1, 16), "?")
