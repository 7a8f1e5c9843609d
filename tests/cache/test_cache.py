"""The cache: whatever its state, a list is the one that is read from the files themselves."""

import inspect
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from benchmarks.generate import folder as generated
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.cache import location, snapshot
from grcm_cli.cache.amend import serialized
from grcm_cli.cache.codec import party_in, party_out
from grcm_cli.cache.fingerprint import Stamp, stamp
from grcm_cli.cache.later import taken_over
from grcm_cli.cache.recall import Facts
from grcm_cli.cli.keeping import CachedRecord
from grcm_cli.domain.findings import Finding, check
from grcm_cli.domain.query import Query, select, undated
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import BY_DEADLINE
from grcm_cli.domain.tasks import tasks
from grcm_cli.rules import every_rule, meaning_rules
from grcm_cli.rules.dangling_reference import references
from grcm_cli.storage.loader import load
from grcm_cli.views.tasks import record

from ..conftest import DATA, ROOT, Folder, Ran, environment, run_grcm

# --- the part that is recalled answers as the whole ----------------------------------------------

DUES = (
    *("2003-01-15", "2003-Q1", "2009", "next WG", "next CO", "WG-2", "within 60 days", ""),
    *("within 2 months of WG-2", "every year on 05-31", "every 6 months", "every WG"),
    *("ongoing", "asap", "every 10 days"),
)
OWES = ("AAA", "CH", "[AAA, BBB]", "[CH, ORG]", "[]", "{each: members}", "{each: [AAA, CH, ORG]}",
        "{each: participants, except: AAA}")  # fmt: skip
UNTIL = ("", ", until: 2004-12-31", ", until: 2009")
MARKS = ("", ", kind: encouragement", ", support: [ORG, BBB]", ", after: WG-1/1#1", ", void: error",
         ", after: [WG-1/2#1, WG-1/1]")  # fmt: skip
LINEAGE = ("", "closes: WG-1/1", "supersedes: WG-1/2#1", "follows: WG-1/1",
           "extends: {mandate: WG-1/2#1, due: 2004-05-06}",
           "extends: [{mandate: WG-1/2#1, due: 2003-11-11, parties: [AAA]}]",
           "extends: {mandate: WG-1/2#1, due: ongoing}")  # fmt: skip
STATES = ("started", "done", "declined", "not-applicable", "withdrawn")
COPIES = 20
"""As many as there are tests that change a large folder, and some more."""
DAYS = st.dates(date(2002, 10, 1), date(2006, 1, 1))
ASKED = DAYS | st.dates(date(2007, 1, 1), date(2014, 1, 1))
"""Days of a list: before and after the horizon until which rows are kept of what comes back."""


@st.composite
def mandates(draw: st.DrawFn) -> str:
    keys = [f"responsible: {draw(st.sampled_from(OWES))}"]
    if draw(st.booleans()):
        keys.append(f"action: {{es: Acción {draw(st.integers(0, 9))}, en: An action}}")
    if due := draw(st.sampled_from(DUES)):
        until = draw(st.sampled_from(UNTIL)) if due.startswith("every") else ""
        keys.append(f"due: {due}{until}")
    return "{" + ", ".join(keys) + draw(st.sampled_from(MARKS)) + "}"


@st.composite
def folders(draw: st.DrawFn) -> dict[str, str]:
    """Make the files of a record: three meetings, one known by its dates, and reports."""
    head = "id: {}\nbody: {}\nstart: {}\nparticipants: [AAA, BBB, CCC]\nconclusions:\n"
    one, two = "- number: {}\n  text: Texto\n", "  mandates:\n"
    several = st.lists(mandates(), min_size=2, max_size=3)
    text = head.format("WG-1", "WG", "2002-10-29")
    for number in range(1, draw(st.integers(2, 4)) + 1):
        text += one.format(number) + two + "".join(f"  - {m}\n" for m in draw(several))
    later = head.format("WG-2", "WG", "2003-02-10")
    for number in range(1, draw(st.integers(1, 3)) + 1):
        words = draw(st.sampled_from(LINEAGE))
        later += one.format(number) + (f"  {words}\n" if words else "")
        later += two + "".join(f"  - {m}\n" for m in draw(several))
    files = {"meetings/WG-1.yaml": text, "meetings/WG-2.yaml": later}
    if draw(st.booleans()):
        files["meetings/CO-1.yaml"] = "id: CO-1\nbody: CO\nstart: 2003-05-29\n"
    for party in ("AAA", "BBB", "ORG"):
        entries = draw(st.lists(st.tuples(st.sampled_from((1, 2)), st.sampled_from(STATES), DAYS),
                                max_size=4))  # fmt: skip
        files[f"progress/{party}.yaml"] = "".join(
            f"- {{mandate: WG-1/{number}#1, date: {day}, progress: {state}}}\n"
            for number, state, day in entries
        )
    return files


QUERIES = st.builds(
    Query,
    before=st.none() | DAYS,
    after=st.none() | DAYS,
    party=st.sampled_from((None, "AAA", "BBB", "CH", "ORG", "DDD")),
    body=st.sampled_from((None, "WG", "CO")),
    meeting=st.sampled_from((None, "WG-1", "WG-2")),
    unassigned=st.booleans(),
    closed=st.booleans(),
    late=st.booleans(),
)


def facts_of(register: Register) -> Facts | None:
    payload = snapshot.facts(register, {}, {})
    return Facts(payload) if payload is not None else None


def answer(register: Register, query: Query, as_of: date) -> list[object]:
    """Return what a list says, with what only its table has."""
    return [
        (record(task, "es"), task.waits, task.first and task.first.deadline, task.missed,
         task.done_on, task.done_late, task.parties, [str(m.by) for m in task.moves])
        for task in select(tasks(register, as_of), query)
    ]  # fmt: skip


def rows_of(facts: Facts, query: Query, as_of: date) -> list[object]:
    """Return the records of a list that is made from rows."""
    return list(CachedRecord(facts, as_of).records(query, "en"))


def records_of(register: Register, query: Query, as_of: date) -> list[object]:
    """Return the records of a list that is made from the tasks themselves."""
    return [record(task, "en") for task in select(tasks(register, as_of), query)]


@settings(max_examples=150, deadline=None)
@given(files=folders(), asked=st.lists(st.tuples(QUERIES, ASKED), min_size=1, max_size=6))
def test_a_part_answers_as_the_whole(
    files: dict[str, str], asked: list[tuple[Query, date]]
) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Folder(Path(made))
        for name, content in files.items():
            folder.write(name, content)
        register = folder.load().register
    assert register is not None
    facts = facts_of(register)
    if facts is None:
        assert any(task.state == "?" for task in tasks(register, date.max))
        return
    for query, as_of in asked:
        part = facts.part(query, as_of, undated=False)
        assert answer(part, query, as_of) == answer(register, query, as_of)
        assert rows_of(facts, query, as_of) == records_of(register, query, as_of)
        wide = facts.part(query, as_of, undated=True)
        assert len(undated(tasks(wide, as_of), query)) == len(
            undated(tasks(register, as_of), query)
        )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that is large enough to be kept, of a day that is settled."""
    path = tmp_path_factory.mktemp("large") / "data"
    generated(path, 60)
    return path


@pytest.fixture(scope="module")
def copies(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return copies of the large folder, for tests that change it; all wait once to be settled."""
    made = [tmp_path_factory.mktemp("copy") / "data" for _number in range(COPIES)]
    for path in made:
        shutil.copytree(large, path)
    settle(made[-1])
    return iter(made)


@pytest.fixture
def data(copies: Iterator[Path]) -> Path:
    """Return a large folder that only this test has."""
    return next(copies)


def test_what_comes_back_for_a_time_stays_until_then(folder: Folder) -> None:
    """Nothing of it is open in the end, and it is awaited before."""
    folder.mandate("responsible: AAA, due: every CO, until: 2010-12-31")
    register = folder.register()
    facts = facts_of(register)
    assert facts is not None
    for day in (date(2004, 1, 1), date(2012, 1, 1)):
        part = facts.part(Query(), day, undated=False)
        assert answer(part, Query(), day) == answer(register, Query(), day)
        assert rows_of(facts, Query(), day) == records_of(register, Query(), day)
    assert answer(register, Query(), date(2004, 1, 1)) != []


def test_the_generated_record_answers_alike_on_every_day(large: Path) -> None:
    register = load(large, large).register
    assert register is not None
    facts = facts_of(register)
    assert facts is not None
    starts = sorted(meeting.start for meeting in register.meetings if meeting.start)
    for day in (starts[0], starts[30], starts[-1] + timedelta(days=900)):
        for query in (Query(), Query(before=day), Query(late=True), Query(party="BBB"),
                      Query(after=day, closed=True)):  # fmt: skip
            part = facts.part(query, day, undated=False)
            assert answer(part, query, day) == answer(register, query, day)
            assert rows_of(facts, query, day) == records_of(register, query, day)


def test_the_record_of_the_repository_answers_alike() -> None:
    register = load(DATA, ROOT).register
    assert register is not None
    facts = facts_of(register)
    assert facts is not None
    for day in (date(2002, 11, 15), date(2003, 4, 1), date(2026, 1, 1)):
        for query in (
            Query(),
            Query(before=date(2003, 1, 15)),
            Query(party="CRI"),
            Query(late=True),
        ):
            part = facts.part(query, day, undated=False)
            assert answer(part, query, day) == answer(register, query, day)
            assert rows_of(facts, query, day) == records_of(register, query, day)


def test_a_party_comes_back_as_it_went(folder: Folder) -> None:
    for party in folder.register().parties:
        back = party_in(party_out(party))
        assert [t._replace(holder=t.holder._replace(at=back.at)) for t in party.terms] == list(
            back.terms
        )
        assert back._replace(at=party.at, terms=()) == party._replace(terms=())


# --- reports that were added since ----------------------------------------------------------------

OWE = ("{each: [AAA, BBB, ORG]}", "[AAA, BBB, ORG]")
ONCE = tuple(due for due in DUES if not due.startswith("every"))
SINCE = st.dates(date(2002, 10, 31), date(2006, 1, 1))
LATER = (
    *("", "closes: WG-1/1", "supersedes: WG-1/2#1", "follows: WG-1/1"),
    "extends: {mandate: WG-1/2#1, due: 2004-05-06}",
    "extends: [{mandate: WG-1/2#1, due: 2003-11-11, parties: [AAA]}]",
)
REPORTS = st.lists(
    st.tuples(
        st.sampled_from(("AAA", "BBB", "ORG")),
        st.sampled_from(("WG-1/1#1", "WG-1/1#2", "WG-1/2#1", "WG-1/2#2")),
        st.sampled_from(STATES),
        SINCE,
    ),
    max_size=6,
)
WRONG = st.sampled_from(
    (
        ("AAA", "WG-9/1", "done", date(2003, 1, 1)),
        ("AAA", "WG-1/9", "done", date(2003, 1, 1)),
        ("BBB", "WG-1/1", "done", date(2003, 1, 1)),
        ("ORG", "WG-1/1#1", "done", date(1999, 1, 1)),
    )
)
"""Of what is not there, of which of two is not said, before it was adopted."""


@st.composite
def sound_folders(draw: st.DrawFn) -> dict[str, str]:
    """Make the files of a record without errors, of which three parties owe everything."""
    head = "id: {}\nbody: WG\nstart: {}\nconclusions:\n"
    text = head.format("WG-1", "2002-10-31")
    for number in (1, 2):
        text += f"- number: {number}\n  text: Texto\n  mandates:\n"
        for _mandate in range(2):
            due = draw(st.sampled_from(ONCE))
            text += f"  - {{responsible: {draw(st.sampled_from(OWE))}"
            text += f", due: {due}}}\n" if due else "}\n"
    words = draw(st.sampled_from(LATER))
    later = head.format("WG-2", "2003-02-10") + "- number: 1\n  text: Texto\n"
    later += (f"  {words}\n" if words else "") + "  responsible: AAA\n  after: WG-1/1#1\n"
    files = {"meetings/WG-1.yaml": text, "meetings/WG-2.yaml": later}
    files |= {f"progress/{party}.yaml": "" for party in ("AAA", "BBB", "ORG")}
    for report in draw(REPORTS):
        files[f"progress/{report[0]}.yaml"] += written(report)
    return files


def written(report: tuple[str, str, str, date]) -> str:
    _party, mandate, state, day = report
    return f"- {{mandate: {mandate}, date: {day}, progress: {state}}}\n"


def meaning(register: Register) -> list[Finding]:
    return check(register, meaning_rules(), date(2006, 1, 1))


def reports_of(folder: Folder, now: Stamp) -> dict[str, bytes]:
    names = [name for name in now.files if name.startswith("progress/")]
    return {name: (folder.path / name).read_bytes() for name in names}


def kept_facts(folder: Folder) -> Facts | None:
    """Return a folder's facts as they are kept of it; None where it has errors."""
    loaded, now = folder.load(), stamp(folder.path)
    assert loaded.register is not None
    assert now is not None
    if loaded.findings or meaning(loaded.register):
        return None
    payload = snapshot.facts(loaded.register, now.files, reports_of(folder, now))
    return Facts(payload) if payload is not None else None


def with_new_reports(facts: Facts, folder: Folder) -> bool:
    """Add to facts what was reported since; tell whether they have it."""
    now = stamp(folder.path)
    assert now is not None
    return taken_over(facts, now, reports_of(folder, now).__getitem__, meaning)


@settings(max_examples=150, deadline=None)
@given(
    files=sound_folders(),
    added=REPORTS.filter(bool),
    wrong=st.lists(WRONG, max_size=1),
    asked=st.lists(st.tuples(QUERIES, DAYS), min_size=1, max_size=4),
)
def test_facts_with_later_reports_answer_as_the_whole(
    files: dict[str, str],
    added: list[tuple[str, str, str, date]],
    wrong: list[tuple[str, str, str, date]],
    asked: list[tuple[Query, date]],
) -> None:
    """Sound reports are taken over, each time; a wrong one never is."""
    with tempfile.TemporaryDirectory() as made:
        folder = Folder(Path(made))
        for name, content in files.items():
            folder.write(name, content)
        facts = kept_facts(folder)
        assert facts is not None
        for report in (*added, *wrong):
            with (folder.path / f"progress/{report[0]}.yaml").open("a") as file:
                file.write(written(report))
        has = with_new_reports(facts, folder)
        register = folder.load().register
    assert register is not None
    assert has is not bool(meaning(register))
    assert has is not bool(wrong)
    if not has:
        return
    again = Facts(serialized(facts))
    for query, as_of in asked:
        part = again.part(query, as_of, undated=False)
        assert answer(part, query, as_of) == answer(register, query, as_of)
        assert rows_of(again, query, as_of) == records_of(register, query, as_of)
        for code in ("AAA", "BBB", "ORG"):
            said = [entry for entry in register.entries if entry.party == code]
            assert again.heard(code, as_of) is any(entry.day <= as_of for entry in said)


ONE = "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: started}\n"
NEXT = "- mandate: WG-2002-10/1\n  date: 2003-01-12\n  progress: done\n  note: Nota\n"


@pytest.mark.parametrize(
    ("before", "after", "has"),
    [
        pytest.param(ONE, ONE + NEXT, True, id="one more"),
        pytest.param("", NEXT, True, id="the first"),
        pytest.param("# Ámbar\n", "# Ámbar\n" + NEXT, True, id="the first below a comment"),
        pytest.param(ONE, ONE, False, id="nothing, but at another time"),
        pytest.param(ONE, ONE.replace("10/1", "10/1#1"), False, id="another word"),
        pytest.param(ONE + NEXT, ONE, False, id="one less"),
        pytest.param(ONE, NEXT + ONE, False, id="one before"),
        pytest.param(ONE, ONE + "# grcm: ignore[x]\n" + NEXT, False, id="a comment"),
        pytest.param(ONE, ONE + NEXT.replace("Nota", "a #b"), False, id="what may be a comment"),
        pytest.param(ONE, ONE + "\n" + NEXT, False, id="a line between"),
        pytest.param(ONE, ONE + "  " + NEXT.replace("\n", "\n  "), False, id="further in"),
        pytest.param(ONE, ONE + "---\n" + NEXT, False, id="another document"),
        pytest.param(ONE + "...\n", ONE + "...\n" + NEXT, False, id="behind the document's end"),
        pytest.param("[]\n", "[]\n" + NEXT, False, id="behind a list in brackets"),
        pytest.param(ONE.rstrip(), ONE.rstrip() + NEXT, False, id="on the last line"),
        pytest.param(ONE, ONE + NEXT.replace("done", "dona"), False, id="with an error"),
        pytest.param(ONE, ONE + NEXT.replace("10/1", "10/7"), False, id="of no conclusion"),
        pytest.param(ONE, ONE + NEXT.replace("2003", "1999"), False, id="before its adoption"),
    ],
)
def test_what_counts_as_a_report_that_was_added(
    folder: Folder, before: str, after: str, *, has: bool
) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15")
    folder.progress("AAA", before)
    facts = kept_facts(folder)
    if facts is None:
        assert before in ("[]\n", ONE + "...\n")  # nothing is kept of it at all
        return
    folder.progress("AAA", after)
    os.utime(folder.path / "progress/AAA.yaml", ns=(1, 1))
    assert with_new_reports(facts, folder) is has


def test_another_meeting_is_no_report(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.progress("AAA", ONE)
    facts = kept_facts(folder)
    assert facts is not None
    folder.meeting("", id="WG-2003-05", start="2003-05-01", end="2003-05-02")
    assert not with_new_reports(facts, folder)


def test_rules_that_read_reports_speak_of_reports_alone() -> None:
    """Else a report could bring a finding elsewhere, which a plain addition is not searched for."""
    reading = {
        rule.name
        for rule in every_rule()
        if rule.check and rule.severity == "error"
        if re.search(r"\.(entries|each_report)\b", inspect.getsource(rule.check))
    }
    assert reading == {"early-progress", "progress-not-owed", "wrong-occurrence"}
    # The others hear of them through the references of all files.
    assert "register.entries" in inspect.getsource(references)


# --- whatever state it is in ----------------------------------------------------------------------


@pytest.fixture
def kept(large: Path, tmp_path: Path) -> "Kept":
    return Kept(large, tmp_path / "cache")


class Kept:
    """A large folder, and the cache of whoever asks."""

    ASKED = ("due", "--before", "2003-01-15", "--as-of", "2003-01-01", "--format", "json")

    def __init__(self, data: Path, cache: Path) -> None:
        self.data, self.cache = data, cache
        settle(data)

    def run(self, *arguments: str, **more: str) -> Ran:
        """Run grcm on the folder with this cache."""
        words = arguments or self.ASKED
        return run_grcm(
            "--data", str(self.data), *words, cwd=ROOT, XDG_CACHE_HOME=str(self.cache), **more
        )

    def watched(self) -> tuple[str, list[str]]:
        """Run it, and return its answer and the files of the data that it opened."""
        probe = (
            "import sys\n"
            "sys.addaudithook(lambda event, arguments: event == 'open' and"
            " str(arguments[0]).endswith('.yaml') and print(arguments[0], file=sys.stderr))\n"
            f"from grcm_cli.cli.app import main\nmain({['--data', str(self.data), *self.ASKED]!r})"
        )
        done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True,
                              env=environment(XDG_CACHE_HOME=str(self.cache)), timeout=60,
                              cwd=ROOT)  # fmt: skip
        paths = [Path(path).relative_to(self.data) for path in done.stderr.decode().splitlines()]
        return done.stdout.decode(), [path.as_posix() for path in paths]

    @property
    def file(self) -> Path:
        (found,) = (self.cache / "grcm").iterdir()
        return found


def settle(data: Path) -> None:
    """Wait until a change of these files would surely have another time."""
    import time

    while (found := stamp(data)) is not None and not found.is_settled:
        time.sleep(0.1)


def test_the_second_run_opens_no_file_of_the_data(kept: Kept) -> None:
    first = kept.run()
    assert kept.watched() == (first.out, [])
    assert kept.file.stat().st_mode & 0o777 == 0o600


def test_a_cut_or_changed_file_is_as_none(kept: Kept) -> None:
    true = kept.run().out
    whole = kept.file.read_bytes()
    assert snapshot.opened(whole) is not None
    chance = random.Random(1)  # noqa: S311 - the same places each time
    for _try in range(300):
        at = chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        assert snapshot.opened(bytes(changed)) is None
        assert snapshot.opened(whole[:at]) is None
    for state in (b"", whole[:1000], whole[:-1], bytes(len(whole)), b"SQLite format 3\0" + whole):
        kept.file.write_bytes(state)
        ran = kept.run()
        assert (ran.code, ran.out, ran.err) == (0, true, "")
        assert kept.file.read_bytes() == whole  # and it is made anew


def test_another_version_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    now = Stamp(b"x" * 32, 1, 0)
    sealed = snapshot.sealed(now, b"facts")
    assert snapshot.opened(sealed) == (now.digest, memoryview(b"facts"))
    monkeypatch.setattr(snapshot, "_PROGRAM", b"grcm of another day")
    assert snapshot.opened(sealed) is None


@pytest.mark.parametrize("name", ["meetings", "progress", "register.yaml"])
def test_other_words_of_the_same_size_and_time_are_seen(
    data: Path, tmp_path: Path, name: str
) -> None:
    kept = Kept(data, tmp_path / "cache")
    kept.run()
    old, new = {
        "meetings": (b"Presentar", b"Recordar "),
        "progress": (b"progress: done", b"progress: void"),
        "register.yaml": (b"code: EX", b"code: XE"),
    }[name]
    files = sorted((data / name).glob("*.yaml")) or [data / name]
    path = next(file for file in files if old in file.read_bytes())
    before, text = path.stat(), path.read_bytes()
    path.write_bytes(text.replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    asked = (*kept.ASKED, "--all")
    ran, true = kept.run(*asked), kept.run(*asked, "--no-cache")
    assert (ran.code, ran.out, ran.err) == (true.code, true.out, true.err)


def test_a_file_that_was_added_or_taken_away_is_seen(data: Path, tmp_path: Path) -> None:
    kept = Kept(data, tmp_path / "cache")
    before = kept.run().out
    meeting = sorted((data / "meetings").iterdir())[0]
    text = meeting.read_bytes()
    meeting.unlink()
    gone = kept.run()
    assert gone.out != before
    assert (gone.code, gone.out, gone.err) == (
        (true := kept.run(*kept.ASKED, "--no-cache")).code,
        true.out,
        true.err,
    )
    meeting.write_bytes(text)
    assert kept.run().out == before


def test_a_report_that_is_recorded_is_there_at_once(data: Path, tmp_path: Path) -> None:
    """The rest is not read again, not even while the new one is too fresh to be kept."""
    kept = Kept(data, tmp_path / "cache")
    asked = ("tasks", "BBB", "--as-of", "2003-01-01", "--format", "json")
    before, first = kept.run(*asked), kept.file.read_bytes()
    owed = json.loads(before.out)["tasks"]
    task = next(one for one in owed if one["party"] == "BBB" and one["progress"] == "unknown")
    with (data / "progress/BBB.yaml").open("a") as file:
        file.write(f"- {{mandate: {task['ref']}, date: 2002-12-30, progress: done}}\n")
    after = kept.run(*asked, "--no-cache").out
    assert after != before.out
    assert [kept.run(*asked).out for _again in range(2)] == [after, after]
    settle(data)
    assert kept.run(*asked).out == after
    assert kept.file.read_bytes() != first


def test_a_link_that_leads_nowhere_is_told(data: Path, tmp_path: Path) -> None:
    shutil.rmtree(data / "progress")
    kept = Kept(data, tmp_path / "cache")
    assert kept.run().code == 0
    (data / "progress").symlink_to("/nowhere")
    told, true = kept.run(), kept.run("--no-cache", *kept.ASKED)
    assert (told.code, told.out, told.err) == (true.code, true.out, true.err)
    assert told.code == 3


def test_more_answers_than_there_is_room_for_are_not_kept(folder: Folder) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: every year on 03-01")
    report = "- {{mandate: WG-2002-10/1, for: {}-03-01, date: 2003-01-10, progress: done}}\n"
    folder.progress("AAA", "".join(report.format(year) for year in range(2003, 2100)))
    assert facts_of(folder.register()) is not None
    folder.progress("AAA", "".join(report.format(year) for year in range(2003, 2110)))
    assert facts_of(folder.register()) is None


def test_a_cache_that_fails_is_as_none(data: Path, tmp_path: Path) -> None:
    """As where the machine has no more memory while a report is put into it."""
    kept = Kept(data, tmp_path / "cache")
    kept.run()
    meeting = sorted((data / "meetings").iterdir())[0]
    meeting.write_text(meeting.read_text() + "# a remark\n")
    true = kept.run("--no-cache", *kept.ASKED)
    for error in ("MemoryError", "sqlite3.OperationalError"):
        broken = (
            "import sqlite3\nfrom grcm_cli.cache import later\n"
            f"def fail(*_arguments):\n    raise {error}\n"
            "later.taken_over = fail\n"
            f"from grcm_cli.cli.app import main\nmain({['--data', str(data), *kept.ASKED]!r})"
        )
        done = subprocess.run([sys.executable, "-c", broken], capture_output=True, check=True,
                              env=environment(XDG_CACHE_HOME=str(kept.cache)), timeout=60,
                              cwd=ROOT)  # fmt: skip
        assert (done.stdout.decode(), done.stderr) == (true.out, b"")


def test_a_corrected_meeting_alone_is_read(data: Path, tmp_path: Path) -> None:
    kept = Kept(data, tmp_path / "cache")
    kept.run()
    first = json.loads(kept.run().out)["tasks"][0]
    meeting = data / f"meetings/{first['ref'].partition('/')[0]}.yaml"
    meeting.write_text(
        meeting.read_text().replace("Presentar", "Entregar").replace("Send", "Bring")
    )
    answer, opened = kept.watched()
    assert opened == [f"meetings/{meeting.name}"]
    assert answer == kept.run("--no-cache", *kept.ASKED).out
    assert json.loads(answer)["tasks"][0]["action"] != first["action"]


def test_a_record_with_errors_is_not_kept(data: Path, tmp_path: Path) -> None:
    meeting = sorted((data / "meetings").iterdir())[0]
    meeting.write_text(meeting.read_text().replace("responsible: ", "responsible: XXX # "))
    (data / "meetings/bad.yaml").write_text("id: bad\nbody: XX\nstart: 1900-01-01\n")
    kept = Kept(data, tmp_path / "cache")
    first, second = kept.run(), kept.run()
    assert first.code == second.code == 1
    assert first.err == second.err != ""
    assert not (tmp_path / "cache").exists()


def test_what_changed_a_moment_ago_is_not_kept(data: Path, tmp_path: Path) -> None:
    """A further change within the same tick of a clock could have the same times."""
    kept = Kept(data, tmp_path / "cache")
    (data / "register.yaml").touch()
    kept.run()
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("words", "more"),
    [
        pytest.param(("--no-cache",), {}, id="asked not to"),
        pytest.param((), {"GRCM_NO_CACHE": "1"}, id="the environment asks not to"),
    ],
)
def test_nothing_is_kept_where_it_is_not_wanted(
    kept: Kept, words: tuple[str, ...], more: dict[str, str]
) -> None:
    assert kept.run(*kept.ASKED, *words, **more).code == 0
    assert not kept.cache.exists()


def test_a_small_folder_is_not_kept(tmp_path: Path) -> None:
    assert run_grcm("due", XDG_CACHE_HOME=str(tmp_path)).code == 0
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_kept_lists_are_the_same(kept: Kept, tmp_path: Path) -> None:
    asked = ("due", "--format", "plain", "--as-of", "2003-01-01")
    true = kept.run(*asked, "--no-cache")
    file = tmp_path / "file"
    file.write_text("x")
    for place in (str(file), "/proc/nowhere", "relative", ""):
        ran = run_grcm(
            "--data", str(kept.data), *asked, cwd=ROOT, XDG_CACHE_HOME=place, HOME=str(file)
        )
        assert (ran.code, ran.out, ran.err) == (true.code, true.out, true.err)


@pytest.mark.parametrize("place", ["", "meetings", "progress", "other"])
def test_nothing_is_kept_within_the_data(data: Path, tmp_path: Path, place: str) -> None:
    kept = Kept(data, data / place)
    before = sorted(data.rglob("*"))
    assert kept.run().code == 0
    assert sorted(data.rglob("*")) == before
    ran = run_grcm("--data", str(data), *kept.ASKED, cwd=ROOT, HOME=str(data))
    assert ran.code == 0
    assert sorted(data.rglob("*")) == before


def test_a_huge_file_is_as_none(kept: Kept) -> None:
    true = kept.run().out
    whole = kept.file.read_bytes()
    os.truncate(kept.file, 200_000_000_000)  # of which the disk has nothing
    ran = kept.run()
    assert (ran.code, ran.out, ran.err) == (0, true, "")
    assert kept.file.read_bytes() == whole


def test_a_name_that_is_no_text_is_kept_too(data: Path, tmp_path: Path) -> None:
    kept = Kept(data, tmp_path / "cache")
    (data / "progress" / os.fsdecode(b"\xff.txt")).symlink_to(data / "register.yaml")
    assert kept.run().code == 0
    assert kept.run().out == kept.run(*kept.ASKED, "--no-cache").out


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")
def test_what_others_can_write_is_not_believed(kept: Kept) -> None:
    kept.run()
    assert location.read(kept.file, 10_000_000) != b""
    kept.file.chmod(0o666)
    assert location.read(kept.file, 10_000_000) == b""
    kept.file.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(kept.file, 65534, 65534)
        assert location.read(kept.file, 10_000_000) == b""


def test_a_record_that_cannot_be_kept_is_not_tried_again(data: Path, tmp_path: Path) -> None:
    """A number that reads as the address of another conclusion."""
    (data / "meetings/X.yaml").write_text(
        "id: X\nbody: ASA\nstart: 1993-01-01\nconclusions:\n- {number: ASA-1993-01/1, text: T}\n"
    )
    kept = Kept(data, tmp_path / "cache")
    first = kept.run()
    refused = kept.file.read_bytes()
    assert refused.endswith(snapshot.REFUSED)
    stamped = kept.file.stat().st_mtime_ns
    assert kept.run().out == first.out
    assert kept.file.stat().st_mtime_ns == stamped


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("sys.modules['sqlite3'] = None", id="a Python without SQLite"),
        pytest.param(
            "import sqlite3; sqlite3.Connection = type('Connection', (), {})", id="an old one"
        ),
    ],
)
def test_a_python_that_cannot_keep_answers_all_the_same(kept: Kept, broken: str) -> None:
    arguments = ["--data", str(kept.data), *kept.ASKED]
    code = f"import sys; {broken}\nfrom grcm_cli.cli.app import main\nmain({arguments!r})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=environment(XDG_CACHE_HOME=str(kept.cache)),
        timeout=60,
    )
    assert done.stdout.decode() == kept.run(*kept.ASKED, "--no-cache").out
    assert done.stderr == b""
    assert not kept.cache.exists()


def test_the_data_folder_is_left_alone(kept: Kept) -> None:
    before = {path: path.stat().st_mtime_ns for path in kept.data.rglob("*")}
    kept.run()
    kept.run("overdue")
    kept.run("tasks", "BBB")
    assert {path: path.stat().st_mtime_ns for path in kept.data.rglob("*")} == before


def test_clear_takes_away_what_is_kept_and_nothing_else(kept: Kept) -> None:
    assert kept.run("cache").err == "Nothing is kept.\n"
    kept.run()
    for name in ("other.txt", "thesis.new", "y.facts"):
        (kept.cache / "grcm" / name).write_text("mine")
    (kept.cache / "grcm/x.facts").mkdir()
    assert "1 file, " in kept.run("cache").out
    ran = kept.run("cache", "clear")
    assert ran.code == 0
    assert ran.out.startswith(f"{kept.cache}/grcm: cleared: 1 file, ")
    left = sorted(path.name for path in (kept.cache / "grcm").iterdir())
    assert left == ["other.txt", "thesis.new", "x.facts", "y.facts"]
    assert kept.run("cache", "burn").code == 2


@pytest.mark.parametrize(
    ("variables", "place"),
    [
        ({"XDG_CACHE_HOME": "/x"}, "/x/grcm"),
        ({"HOME": "/h"}, "/h/.cache/grcm"),
        ({"XDG_CACHE_HOME": "not/absolute", "HOME": "/h"}, "/h/.cache/grcm"),
        ({}, None),
        ({"HOME": ""}, None),
    ],
)
def test_where_it_lies(
    variables: dict[str, str], place: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert location.folder(variables) == (Path(place) if place else None)


def test_the_facts_hold_no_state() -> None:
    """What depends on the day is computed; a state that was kept would lie on another day."""
    register = load(DATA, ROOT).register
    assert register is not None
    base = sqlite3.connect(":memory:")
    base.deserialize(snapshot.facts(register, {}, {}) or b"")
    tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    columns = {row[1] for (name,) in tables for row in base.execute(f"PRAGMA table_info({name})")}
    assert not columns & {"state", "days", "open", "late", "holder", "as_of"}
    settled = {state for (state,) in base.execute("SELECT DISTINCT settled FROM spell")}
    assert settled
    assert not settled & BY_DEADLINE
