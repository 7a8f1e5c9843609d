"""What changed between two dates, and that it is what two lists of these days differ by.

By default the lists of some random records are compared; with GRCM_ALL_STATES=1 in the environment,
those of 1,000.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from grcm_cli.domain.changes import KINDS, TaskChange, last_meeting, task_changes
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Query, Task
from grcm_cli.domain.tasks import tasks
from grcm_cli.views.task_record import TaskRecord
from grcm_cli.views.tasks import TaskRecords

from ..conftest import EVERY, Folder
from .random_records import LAST, random_day, random_register

RECORDS = 1000 if EVERY else 25
PAIRS = 3  # pairs of days that are compared of each record
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
    return _key(change.after)


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
    if new and _passed(lists, key, new, *days):
        yield "passed"
    if old and new:
        on_last_day = lists.on(max(new.deadline or days[0], days[0])).get(key)
        was_in_time = on_last_day is not None and on_last_day.state != "overdue"
        yield from _of_record(old, new, was_in_time=was_in_time)
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


def _of_record(old: TaskRecord, new: TaskRecord, *, was_in_time: bool) -> Iterator[str]:
    if (old.due, old.deadline) != (new.due, new.deadline):
        yield "moved"
    if old.party != new.party:
        yield "reassigned"
    if new.state in ANSWERED and (new.state, new.done_on) != (old.state, old.done_on):
        yield "closed"
    elif old.state in CLOSED and new.state not in CLOSED:
        yield "reopened"
    if any(report not in old.reports for report in new.reports):
        yield "reported"
    if new.state in ENDED and old.state not in ENDED:
        yield "ended"
    if new.state == "overdue" and (old.state != "overdue" or was_in_time):
        yield "late"


def _passed(lists: Lists, key: Key, new: TaskRecord, since: date, until: date) -> bool:
    """Tell whether an office got another holder while a task was open, or is open again."""

    def is_owed(office: str, day: date) -> bool:
        record = lists.on(day).get(key)
        is_open = record is not None and not CLOSED.issuperset((record.state, new.state))
        return record is not None and is_open and office in record.parties

    for office in lists.register.parties:
        ends = (term.until for term in office.terms if term.until)
        turns = {*(term.start for term in office.terms), *(day + DAY for day in ends)}
        moved = [
            day
            for day in turns
            if since < day <= until
            and office.holder_on(day) != office.holder_on(day - DAY)
            and office.code in new.parties
            and is_owed(office.code, day)
        ]
        if moved and office.holder_on(since) != office.holder_on(max(moved)):
            return True
    return False


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
            kinds.update(change.kind for change in found)
            _compare(lists, found, since, until, where)
    # A sample without some kind would agree on nothing; `gone` is too rare for a small one.
    assert set(KINDS) - set(kinds) <= {"gone"}, kinds


def _compare(lists: Lists, found: list[TaskChange], since: date, until: date, where: str) -> None:
    for place, change in enumerate(found):
        if change.kind in ("late", "missed"):
            is_listed = any(key_of(change) in lists.on(day) for day in (change.day, until))
            assert change.kind == ("late" if is_listed else "missed"), where
            found[place] = change._replace(kind="late")
    told = [(change.kind, key_of(change)) for change in found]
    # Of several offices one task each; of several reports, and handovers, one each.
    once = [one for one in told if one[0] not in ("passed", "reported", "reassigned")]
    assert len(set(once)) == len(once), where
    expected = differences(lists, since, until)
    # Of the occurrences that pass together the first is told.
    passed_on = {key[:2] for kind, key in told if kind == "reassigned"}
    lacking = {(kind, key) for kind, key in expected - set(told) if kind != "reported"}
    assert {
        row for row in lacking if row[0] != "reassigned" or row[1][:2] not in passed_on
    } == set(), where
    _compare_reports(lists, found, since, until, where)
    for change in found:
        key = key_of(change)
        # Of an occurrence that a list only counts, it can't tell more.
        start = max(since, lists.adopted(key))
        is_new = key not in lists.on(start)
        hidden = {"reported", "reassigned"}  # handed over and back, the two lists are the same
        if key not in lists.on(until):
            hidden |= {"late", "ended", "reopened"} if is_new else set()
        assert change.kind in hidden or (change.kind, key) in expected, (where, change.kind, key)
        assert since < change.day <= until, (where, change.kind, key)
        _compare_day(lists, change, key, where)
        passed = change.after.deadline and change.after.deadline + DAY
        if change.kind == "late" and passed and start < passed < change.day:
            # It is late from its deadline on, whatever was reported and taken back later.
            assert (change.kind, key) not in differences(lists, passed - DAY, passed), where
    _compare_counts(lists, found, since, until, where)


def _compare_reports(
    lists: Lists, found: list[TaskChange], since: date, until: date, where: str
) -> None:
    """Compare the last report of each party, which one change tells, on its own day."""
    for key, record in lists.on(until).items():
        start = max(since, lists.adopted(key))
        old = lists.on(start).get(key)
        told = [(each.day, entry.party, entry.day) for each in found for entry in each.reports
                if key_of(each) == key]  # fmt: skip
        for report in record.reports:
            if report.date > start and not (old and report in old.reports):
                assert told.count((report.date, report.party, report.date)) == 1, (where, key)


def _compare_day(lists: Lists, change: TaskChange, key: Key, where: str) -> None:
    """Compare with the lists of the day of a change and the day before, where they show it."""
    record = lists.on(change.day).get(key)
    if record is None or (key not in lists.on(change.day - DAY) and change.kind != "new"):
        return
    if change.kind == "passed" and record.state in CLOSED:
        return  # done for a while, and open again
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


def test_what_is_in_doubt_may_be_late(folder: Folder) -> None:
    folder.mandate("responsible: AAX, due: 2003-01-15")
    register = folder.load().register
    assert register is not None
    [change] = task_changes(register, date(2003, 1, 1), date(2003, 2, 1), Query(parties=("BBB",)))
    assert (change.kind, change.day, change.after.state) == ("late", date(2003, 1, 16), "?")


def test_a_decision_by_correspondence_is_no_last_meeting(folder: Folder) -> None:
    folder.meeting("")
    folder.meeting("", id="WG-2003-02\nkind: correspondence", start="2003-02-14", end="2003-02-14")
    folder.meeting("", id="WG-2003-09", start="2003-09-01", end="2003-09-02")
    meeting = last_meeting(folder.register(), date(2003, 3, 1))
    assert meeting is not None
    assert meeting.id == "WG-2002-10"
