"""What the benchmark measures on: the same records each time, and the same ones for its peers."""

import json
import re
import shutil
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from benchmarks import day, peers, questions, stages, tables
from benchmarks.generate import TODAY, folder, sized
from icalendar import Calendar

from grcm_cli.domain.findings import check
from grcm_cli.domain.model import Each, Mandate, Responsible, Together
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import ENDED, Task
from grcm_cli.domain.tasks import tasks
from grcm_cli.rules import rules_of_lists
from grcm_cli.storage.loader import load

from ..conftest import run_grcm

# --- the generator -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Return generated data folders by their number of conclusions."""
    made = {size: tmp_path_factory.mktemp(f"record-{size}") for size in (24, 1000)}
    for size, path in made.items():
        sized(path, size)
    return made


@pytest.fixture(scope="module")
def register(records: dict[int, Path]) -> Register:
    read = load(records[1000], records[1000]).register
    assert read is not None
    return read


def contents(path: Path) -> dict[str, bytes]:
    """Return what stands in the files of a folder."""
    files = (file for file in path.rglob("*") if file.is_file())
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in files}


def test_the_same_numbers_give_the_same_folder(records: dict[int, Path], tmp_path: Path) -> None:
    folder(tmp_path / "same", 40)
    folder(tmp_path / "other", 39)
    assert contents(tmp_path / "same") == contents(records[1000])
    assert contents(tmp_path / "other") != contents(records[1000])


@pytest.mark.parametrize(("size", "held", "planned"), [(24, 1, 1), (1000, 40, 7)])
def test_a_record_has_its_conclusions_and_no_finding(
    records: dict[int, Path], size: int, held: int, planned: int
) -> None:
    ran = run_grcm("validate", "--strict", "--data", str(records[size]), "--as-of", str(TODAY))
    assert (ran.code, ran.out) == (0, "")
    read = load(records[size], records[size]).register
    assert read is not None
    adopted = [len(m.conclusions) for m in read.meetings if m.conclusions is not None]
    assert (len(adopted), sum(adopted)) == (held, size)
    assert len(read.meetings) == held + planned


def test_conclusions_that_fill_no_meetings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="110 conclusions do not make meetings of 25"):
        sized(tmp_path, 110)


def test_a_record_ends_on_its_day(register: Register) -> None:
    for meeting in register.meetings:
        assert meeting.last_day is not None
        assert (meeting.last_day <= TODAY) == (meeting.conclusions is not None)
    assert max(entry.day for entry in register.entries) <= TODAY


@pytest.fixture(scope="module")
def owed(register: Register) -> Sequence[Task]:
    return tasks(register, TODAY)


def test_a_conclusion_makes_one_task_on_the_whole(owed: Sequence[Task]) -> None:
    assert 900 <= len(owed) <= 1100


def test_six_in_ten_of_what_has_fallen_due_is_reported_on(owed: Sequence[Task]) -> None:
    fallen = [t for t in owed if t.parties and t.term.deadline and t.term.deadline <= TODAY]
    able = [task for task in fallen if task.state not in ENDED and not task.mandate.until]
    reported = sum(1 for task in able if task.reports)
    assert 0.55 * len(able) <= reported <= 0.65 * len(able)


def share(having: Sequence[object], of: Sequence[object]) -> float:
    return len(having) / len(of)


def mandates(register: Register) -> list[Mandate]:
    return [mandate for _meeting, _conclusion, mandate in register.all_mandates]


WHO: dict[str, Callable[[Responsible | None], bool]] = {
    "one": lambda who: isinstance(who, Together) and len(who.codes) == 1,
    "together": lambda who: isinstance(who, Together) and len(who.codes) > 1,
    "nobody": lambda who: isinstance(who, Together) and not who.codes,
    "each member": lambda who: isinstance(who, Each) and who.group == "members",
    "with exceptions": lambda who: isinstance(who, Each) and bool(who.exceptions),
    "each that came": lambda who: isinstance(who, Each) and who.group == "participants",
    "each of some": lambda who: isinstance(who, Each) and who.group == "listed",
}


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        *(("one", 0.55, 0.7), ("together", 0.09, 0.19), ("nobody", 0.02, 0.08)),
        *(("each member", 0.07, 0.17), ("with exceptions", 0.02, 0.07)),
        *(("each that came", 0.02, 0.07), ("each of some", 0.03, 0.09)),
    ],
)
def test_who_owes_is_mixed(register: Register, kind: str, low: float, high: float) -> None:
    found = [mandate for mandate in mandates(register) if WHO[kind](mandate.responsible)]
    assert low <= share(found, mandates(register)) <= high


@pytest.mark.parametrize(
    ("form", "low", "high"),
    [
        *((r"\d{4}-\d\d-\d\d", 0.3, 0.45), (r"\d{4}-Q\d", 0.06, 0.15), (r"\S+/\S+", 0.002, 0.06)),
        *((r"next \S+", 0.08, 0.18), (r"within \d+ days", 0.07, 0.16)),
        *((r"every year on 05-31", 0.002, 0.03), (r"ongoing", 0.03, 0.1), (r"asap", 0.02, 0.07)),
        (r"", 0.1, 0.22),
    ],
)
def test_by_when_is_mixed(register: Register, form: str, low: float, high: float) -> None:
    dues = [mandate.due.written if mandate.due else "" for mandate in mandates(register)]
    assert low <= share([due for due in dues if re.fullmatch(form, due)], dues) <= high


def test_texts_links_and_bodies_are_mixed(register: Register) -> None:
    held = [meeting for meeting in register.meetings if meeting.conclusions]
    adopted = [c for meeting in held for c in meeting.conclusions or ()]
    assert 0.3 <= share([c for c in adopted if c.mandates], adopted) <= 0.45
    assert 0.02 <= share([c for c in adopted if c.lineage], adopted) <= 0.08
    for link in ("follows", "extends", "closes"):
        assert any(getattr(conclusion, link) for conclusion in adopted), link
    assert any(len(conclusion.mandates) == 2 for conclusion in adopted)
    assert {meeting.language for meeting in held} == {"es", "en"}
    assert any(len(conclusion.text.by_language) == 2 for conclusion in adopted)
    lengths = sorted(len(c.text.shown("es")) for c in adopted)
    assert lengths[len(lengths) // 10] < 120
    assert lengths[-len(lengths) // 10] > 400
    assert len({meeting.body.text for meeting in held if meeting.body}) == 8


def test_one_word_is_changed_and_changed_back(records: dict[int, Path], tmp_path: Path) -> None:
    path = questions.middle(records[1000])
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    change = questions.changer(copy)
    change()
    before, after = path.read_text("utf-8"), copy.read_text("utf-8")
    assert [a.lower() == b.lower() for a, b in zip(before, after, strict=True) if a != b] == [True]
    change()
    assert copy.read_bytes() == path.read_bytes()


def test_the_edits_of_a_day_are_sound(records: dict[int, Path], tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(records[1000], copy)
    before = {path: path.read_bytes() for path in copy.rglob("*.yaml")}
    for number in range(day.ROUNDS):
        day.Day(copy).edit(number)
        now = {path: path.read_bytes() for path in copy.rglob("*.yaml")}
        changed = [path for path in now if now[path] != before.get(path)]
        assert (len(changed), before.keys() <= now.keys()) == (1, True)
        before = now
    questions.adder(copy)()
    loaded = load(copy, copy)
    assert loaded.findings == []
    assert loaded.register is not None
    assert check(loaded.register, rules_of_lists(), TODAY) == []


def test_a_day_has_all_its_commands(records: dict[int, Path]) -> None:
    words = [command[0] for _change, command in day.commands(records[1000])]
    lists = sum(word in ("due", "overdue", "tasks", "meetings") for word in words)
    assert (lists, words.count("record"), words.count("show"), len(words)) == (60, 20, 10, 90)


def test_every_stage_is_told(records: dict[int, Path]) -> None:
    told = stages.of_folder(records[24])
    assert list(told) == ["bytes", "events", "model", "tasks", "rules", "list", "checks"]
    assert told.keys() <= tables.LABELS.keys()


# --- its peers ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def handed(records: dict[int, Path]) -> list[peers.Obligation]:
    words = ("due", "--all", "--format", "json", "--as-of", str(TODAY))
    return peers.obligations(run_grcm(*words, "--data", str(records[1000])).out)


Held = set[tuple[str, str, date | None, bool]]
"""Of each obligation its reference, party and deadline, and whether it is ended."""


def of_taskwarrior(folder: Path, them: Sequence[peers.Obligation]) -> Held:
    peers.taskwarrior_files(folder, them)
    read = json.loads((folder / "tasks.json").read_text("utf-8"))
    ids = {one.id: one.ref for one in them}
    assert len({task["uuid"] for task in read}) == len(read)
    return {
        (
            ids[task["uuid"]],
            "+".join(tag.replace("_", "-") for tag in task["tags"]),
            datetime.strptime(task["due"], "%Y%m%dT%H%M%S%z").date() if "due" in task else None,
            task["status"] == "completed",
        )
        for task in read
    }


def of_hledger(folder: Path, them: Sequence[peers.Obligation]) -> Held:
    peers.hledger_fill(folder, them)
    form = re.compile(r"(\S+) (\* )?.*  ; ref: (\S+)\n    \(\S+?:(.+)\)  1\n")
    read = form.findall((folder / "due.journal").read_text("utf-8"))
    return {
        (
            ref,
            party.replace(" and ", "+"),
            None if day == str(peers.NEVER) else date.fromisoformat(day),
            bool(mark),
        )
        for day, mark, ref, party in read
    }


def of_todoman(folder: Path, them: Sequence[peers.Obligation]) -> Held:
    peers.todoman_fill(folder, them)
    files = (folder / "calendars/record").glob("*.ics")
    todos = [Calendar.from_ical(file.read_bytes()).walk("VTODO")[0] for file in files]
    return {
        (
            str(todo["DESCRIPTION"]),
            str(todo["LOCATION"]),
            todo.decoded("DUE") if "DUE" in todo else None,
            todo["STATUS"] == "COMPLETED",
        )
        for todo in todos
    }


@pytest.mark.parametrize("written", [of_taskwarrior, of_hledger, of_todoman])
def test_a_peer_holds_every_obligation(
    written: Callable[[Path, Sequence[peers.Obligation]], Held],
    handed: list[peers.Obligation],
    tmp_path: Path,
) -> None:
    held = written(tmp_path, handed)
    assert held == {(one.ref, one.party, one.deadline, one.ended) for one in handed}
    assert len(held) == len(handed)


def test_what_is_due_is_what_grcm_lists(
    records: dict[int, Path], handed: list[peers.Obligation]
) -> None:
    words = ("due", "--before", str(questions.BY), "--format", "plain", "--as-of", str(TODAY))
    lines = run_grcm(*words, "--data", str(records[1000])).out.splitlines()
    told = sorted(tuple(line.split("\t")[:3]) for line in lines)
    due = peers.due(handed, questions.BY)
    assert told == sorted((o.ref.partition("@")[0], _plain(o.party), str(o.deadline)) for o in due)
    assert len(told) > 100


def _plain(party: str) -> str:
    return "-" if party == peers.NOBODY else party
