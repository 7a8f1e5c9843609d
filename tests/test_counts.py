"""One question, one number: every place that counts tasks is asked for the same ones.

What is expected is counted from the plain second reading of the design (`domain/naive.py`). By
default few random records are asked; with GRCM_ALL_STATES=1 in the environment, 2,000.
"""

import csv
import io
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from grcm_cli.domain.changes import task_changes
from grcm_cli.domain.due import Occurrence
from grcm_cli.domain.register import Register
from grcm_cli.domain.statistics import Count, counts
from grcm_cli.domain.task import ENDED, SOON, UNDATED, Query, Task, select
from grcm_cli.domain.tasks import tasks
from grcm_cli.exports import sqlite, xlsx
from grcm_cli.exports.ics import calendar_data
from grcm_cli.formats import drawn, rendered
from grcm_cli.formats.listing import Listing, Terminal
from grcm_cli.letters.agenda import MeetingPack
from grcm_cli.letters.reminder import Reminder, ReminderData
from grcm_cli.library.record import Record
from grcm_cli.site import urls
from grcm_cli.site.lists import tally
from grcm_cli.site.page_data import RecordData, SiteData
from grcm_cli.site.pages import pages
from grcm_cli.storage.loader import Loaded
from grcm_cli.views import labels, matrix
from grcm_cli.views.tasks import TaskSelection

from .conftest import EVERY
from .domain.naive import Expected, expected
from .domain.random_records import BODIES, LAST, PARTIES, random_day, random_register

RECORDS = 2000 if EVERY else 12
SITES = 100 if EVERY else 1  # of so many records the whole site is made
Key = tuple[str, tuple[str, ...], str | None]  # a mandate, who owes it, which occurrence
States = Mapping[str, int]  # how many tasks are in each state; states without any are left out


class Case(NamedTuple):
    """A record on a day."""

    register: Register
    day: date
    tasks: list[Task]
    expected: list[Expected]

    def states(self, code: str | None = None) -> Counter[str]:
        """Count by the second reading: all, or what a party owes itself or through an office."""
        return Counter(one.state for one in self.expected if code in (None, *owing(one)))

    def listed_late(self, code: str) -> int:
        """Count what a list of late tasks has of a party: in doubt and without a day, it may be."""
        return sum(self.states(code)[state] for state in ("overdue", "?"))

    def of_party(self, code: str) -> list[Task]:
        query = Query(parties=(code,), closed=True)
        return select(tasks(self.register, self.day, query), query)

    def listing(self, shown: list[Task]) -> Listing:
        made = self.selection()._replace(selected=shown)
        return made.listing(lambda: made.table("", ("deadline", "who"), each=True))

    def selection(self, code: str | None = None) -> TaskSelection:
        query = Query(parties=(code,), closed=True) if code else Query(closed=True)
        shown = self.of_party(code) if code else self.tasks
        return TaskSelection(self.register, query, self.tasks, shown, self.day, "en")


def owing(one: Expected) -> set[str]:
    return {*one.parties, *(code for _office, held in one.holders for code in held)}


def key_of(task: Task | Expected) -> Key:
    name = task.occurrence
    name = name.name if isinstance(name, Occurrence) else name
    return str(task.reference), task.parties, name or None


def dated(task: Task | Expected) -> tuple[Key, date | None]:
    """Return a key and a deadline: what was handed over to the same parties may have two."""
    return key_of(task), task.deadline


def cases(number: int) -> Iterable[Case]:
    for seed in range(number):
        random = Random(seed)  # noqa: S311 # the same records in every run, and no secret
        register = random_register(random)
        day = random_day(random, date(LAST.year + 2, 1, 1))
        truth = [row.task for row in expected(register, day)]
        yield Case(register, day, tasks(register, day), truth)


# --- places that tell the state of each task ----------------------------------------------------


def from_json(case: Case, shown: list[Task]) -> States:
    return Counter(one["state"] for one in json.loads(_text(case, shown, "json"))["tasks"])


def from_csv(case: Case, shown: list[Task]) -> States:
    return Counter(one["state"] for one in csv.DictReader(io.StringIO(_text(case, shown, "csv"))))


def from_plain(case: Case, shown: list[Task]) -> States:
    return Counter(line.split("\t")[3] for line in _text(case, shown, "plain").splitlines())


def from_workbook(case: Case, shown: list[Task]) -> States:
    words = {labels.state(key): key for key in labels.STATES}
    book = xlsx.workbook_of([case.selection()._replace(selected=shown)], kinds=[xlsx.task_sheet])
    [sheet] = book.sheets
    place = [heading.name for heading in sheet.headings].index("State")
    return Counter(
        words[str([value for value, _emphasis in row.cells][place])] for row in sheet.rows
    )


def from_library(case: Case, shown: list[Task]) -> States:
    every = record(case).tasks(as_of=case.day, closed=True)
    keys = set(map(key_of, shown))
    return Counter(t.state for t in every if (t.ref, t.parties, t.occurrence) in keys)


def record(case: Case) -> Record:
    loaded = Loaded(case.register, [])
    return Record(Path.cwd(), "en", (), Path.cwd(), loaded, case.register)


def _text(case: Case, shown: list[Task], name: str) -> str:
    return rendered(name, case.listing(shown))


TELLING: list[Callable[[Case, list[Task]], States]] = [
    *(from_json, from_csv, from_plain, from_workbook, from_library)
]


@pytest.mark.parametrize("place", TELLING, ids=lambda place: place.__name__)
def test_each_format_has_the_tasks_of_all_and_of_each_party(
    place: Callable[[Case, list[Task]], States],
) -> None:
    for case in cases(RECORDS):
        assert place(case, case.tasks) == case.states()
        for code in PARTIES:
            assert place(case, case.of_party(code)) == case.states(code), code


def test_the_database_has_the_tasks_of_all_and_of_each_party() -> None:
    of_all = "SELECT state, count(*) FROM task GROUP BY state"
    counted = "SELECT tasks, overdue, not_overdue FROM by_party WHERE party = ?"
    own = "SELECT task FROM task_party WHERE party = ?"
    held = "SELECT task FROM task_holder WHERE holder = ?"
    of_party = of_all.replace("GROUP", f"WHERE task IN ({own} UNION {held}) GROUP")
    for case in cases(RECORDS):
        connection = sqlite3.connect(":memory:")
        connection.deserialize(sqlite.render(case.selection()))
        assert dict(connection.execute(of_all).fetchall()) == case.states()
        for code in PARTIES:
            states = dict(connection.execute(of_party, (code, code)).fetchall())
            assert states == case.states(code)
            told = connection.execute(counted, (code,))
            assert (told.fetchone() or (0, 0, 0)) == numbers(case.states(code))[:3]


def test_the_library_selects_by_party_and_by_lateness() -> None:
    for case in cases(RECORDS):
        asked = record(case)
        for code in PARTIES:
            found = asked.tasks(as_of=case.day, party=code, closed=True)
            assert Counter(task.state for task in found) == case.states(code)
            late = asked.tasks(as_of=case.day, party=code, late=True)
            assert len(late) == case.listed_late(code)
            more = asked.tasks(as_of=case.day, party=code, late=True, encouragements=True)
            assert len(more) - len(late) == case.states(code).get("passed", 0)


def test_a_table_has_a_row_for_each_task() -> None:
    for case in cases(RECORDS):
        for code in PARTIES:
            query = Query(parties=(code,), late=True)
            late = select(tasks(case.register, case.day, query), query)
            number = case.listed_late(code)
            table = case.listing(late).table()
            assert len(table.rows) == number
            lines = drawn(table, Terminal(200, colour=False), name="md").splitlines()
            assert max(0, len(lines) - 2) == number


# --- places that count --------------------------------------------------------------------------


def numbers_of(count: Count) -> tuple[int, ...]:
    done = count.on_time + count.late + count.done_undated
    return count.owed, count.overdue, count.open, done, count.declined, count.ended


def numbers(states: States) -> tuple[int, ...]:
    found = Counter(states)
    ended, declined = (
        sum(found[key] for key in keys) for keys in (ENDED, ("declined", "not-applicable"))
    )
    owed = found.total()
    still = owed - found["overdue"] - found["done"] - declined - ended
    return owed, found["overdue"], still, found["done"], declined, ended


def test_statistics_count_what_lists_show() -> None:
    for case in cases(RECORDS):
        every = counts(case.register, case.tasks, case.day)
        found = {(one.by, one.name or ""): one for one in every}
        assert numbers_of(found["all", ""]) == numbers(case.states())
        undated = sum(case.states()[state] for state in UNDATED)
        assert found["all", ""].undated == tally(case.tasks)["undated"] == undated
        for code in PARTIES:
            count = found.get(("party", code))
            assert (numbers_of(count) if count else numbers({})) == numbers(case.states(code))


def test_the_matrix_has_each_task_in_a_cell_and_each_party_in_its_column() -> None:
    for case in cases(RECORDS):
        listing = matrix.listing(case.selection())
        rows = json.loads(rendered("json", listing))["matrix"]
        cells = Counter(cell["state"] for row in rows for cell in row["cells"])
        assert cells == case.states()
        columns = list(csv.DictReader(io.StringIO(rendered("csv", listing))))
        for code in PARTIES:
            late = {one.reference for one in case.expected
                    if code in owing(one) and one.state == "overdue"}  # fmt: skip
            assert {row["ref"] for row in columns if row.get(code) == "overdue"} == late


def test_the_site_counts_what_lists_show() -> None:
    for case in cases(RECORDS):
        site = SiteData(RecordData(case.register, case.tasks, case.day), "en")
        assert _of_tally(tally(case.tasks)) == _tally(case.states())
        assert numbers_of(site.record.counts["all", ""]) == numbers(case.states())
        for code in PARTIES:
            assert _of_tally(tally(site.of_party(code))) == _tally(case.states(code))
            own = site.record.counts.get(("party", code))
            assert (numbers_of(own) if own else numbers({})) == numbers(case.states(code))


def _of_tally(found: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(found[key] for key in ("late", "soon", "later", "passed", "open", "ended"))


def _tally(states: States) -> tuple[int, ...]:
    owed, late, still, *_closed = numbers(states)
    found = Counter(states)
    ahead = found["due-soon"], found["upcoming"], found["passed"]
    return late, *ahead, late + still, owed - late - still


def test_pages_and_their_data_files_tell_these_numbers() -> None:
    for case in cases(SITES):
        files = dict(pages(case.register, case.tasks, case.day))
        for code in PARTIES:
            states = Counter(case.states(code))
            _owed, late, still, *_closed = numbers(states)
            page = files[f"es/party/{code}.html"].decode()
            told = [re.findall(words, page) for words in (
                r"</span> (\d+) compromisos? pendientes?\.", r">Vencidos: (\d+)<",
            )]  # fmt: skip
            assert told == [[str(n)] if n else [] for n in (late + still, late)]
            data = files.get(urls.data_file("csv", code), b"").decode()
            assert Counter(row["state"] for row in csv.DictReader(io.StringIO(data))) == states


def test_a_letter_has_what_is_late_and_comes_soon() -> None:
    for case in cases(RECORDS):
        data = ReminderData(case.register, tasks(case.register, case.day, Query()), case.day, SOON)
        for code in PARTIES:
            letter = Reminder(data, case.register.directory.by_code[code], ["en"])
            states = Counter(case.states(code))
            assert len(letter.late) == states["overdue"]
            assert len(letter.soon) == states["due-soon"]
            shown = [*letter.late, *letter.soon, *letter.open, *letter.encouraged]
            _owed, late, still, *_closed = numbers(states)
            assert len(shown) == late + still


def test_a_calendar_calls_late_what_lists_do() -> None:
    for case in cases(RECORDS):
        for code in (None, *PARTIES):
            calendar = calendar_data(case.selection(code), earlier={}, undated=True)
            late = {
                (one.reference, one.occurrence, one.deadline)
                for one in case.expected
                if code in (None, *owing(one)) and one.state == "overdue"
            }
            told = [one for one in calendar.deadlines if one.summary.startswith("LATE: ")]
            assert len(told) == len(late), code


def test_an_agenda_counts_for_each_party_what_it_lists() -> None:
    for case in cases(RECORDS):
        overdue = {dated(one) for one in case.expected if one.state == "overdue"}
        for body in BODIES:
            party = case.register.directory.by_code[body]
            pack = MeetingPack(case.register, case.tasks, party, case.day, "en")
            listed = [task for owed in pack.sections.values() for task in owed]
            adopted = {meeting.id for meeting in case.register.meetings
                       if meeting.body and meeting.body.text == body}  # fmt: skip
            late = {key for key in overdue if key[0][0].partition("/")[0] in adopted}
            told = [dated(task) for task in listed if task.meeting.id in adopted]
            assert late.issubset(told)
            binding = [task for task in listed if task.mandate.kind == "request"]
            truth: Counter[tuple[int, ...]] = Counter()
            for code in {code for task in binding for code in task.bound}:
                owed = [task for task in binding if code in task.bound]
                if unknown := sum(task.is_unreported for task in owed):
                    truth[len(owed), unknown, sum(dated(task) in overdue for task in owed)] += 1
            assert Counter(tuple(row)[1:] for row in pack.silent) == truth


def test_what_has_become_late_is_late_in_the_list_and_no_encouragement() -> None:
    for case in cases(RECORDS):
        # On the day it may have been with those who handed it over since, several of them to one.
        late = {(t.reference, not t.handovers and t.parties) for t in case.tasks if t.is_late}
        for change in task_changes(case.register, date(2000, 1, 1), case.day):
            if change.kind == "late" and change.after.is_open:
                assert change.after.mandate.kind == "request"
                told, party = change.reference, change.after.parties
                assert {(told, party), (told, False)} & late


def test_newly_overdue_is_what_the_list_has_and_did_not_have() -> None:
    for case in cases(RECORDS):
        since = case.day - timedelta(days=400)
        handed_over = {task.reference for task in case.tasks if task.handovers}
        was, now = (
            {key_of(task): task for task in tasks(case.register, day, Query(closed=True))
             if task.is_late and task.reference not in handed_over}
            for day in (since, case.day)
        )  # fmt: skip
        # What was adopted late is told as new, and what an older date hid was late already.
        became = {
            key
            for key, task in now.items()
            if key not in was
            and (task.meeting.last_day or date.min) <= since <= (task.deadline or date.min)
        }
        told: dict[str, set[tuple[str, tuple[str, ...], str | None]]] = defaultdict(set)
        for change in task_changes(case.register, since, case.day):
            if change.reference not in handed_over:
                told[change.kind].add(key_of(change.after))
        late = told["late"] & now.keys()
        still = {key for key, task in was.items() if key in now and now[key].term == task.term}
        assert became <= late <= now.keys() - still
        assert told["late"] - late <= told["closed"] | told["ended"] | told["moved"]
        assert not told["missed"] & now.keys()
