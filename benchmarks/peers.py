"""What people would pick instead, holding the same obligations, with the same list asked of each.

Each obligation is a task of grcm's on the day asked for: one for each country where each owes it,
open or ended as it stands. What is due is what is open and has its deadline by the day, or before.
"""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from benchmarks.measure import Command, output

ENDED = ("done", "declined", "not-applicable", "superseded", "closed")
NOBODY = "NOBODY"
"""The party of an obligation that a text lays on nobody."""
NEVER = date(9999, 12, 31)
"""The day of an obligation without a deadline in a journal, where each entry has one."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one party, or several together, owes."""

    ref: str
    party: str
    action: str
    deadline: date | None
    ended: bool

    @property
    def id(self) -> str:
        """Return an id that is the same each time."""
        return str(uuid5(NAMESPACE_URL, f"https://example.org/{self.ref}/{self.party}"))


def obligations(document: str) -> list[Obligation]:
    """Return the tasks in what `grcm due --all --format json` prints."""
    found = []
    for task in json.loads(document)["tasks"]:
        deadline = date.fromisoformat(task["deadline"]) if task["deadline"] else None
        # The occurrences of a duty that comes back are told apart by their day.
        ref = f"{task['ref']}@{deadline}" if task["due"] and "every" in task["due"] else task["ref"]
        party, ended = task["party"] or NOBODY, task["state"] in ENDED
        found.append(Obligation(ref, party, task["action"], deadline, ended))
    return found


def due(all_of_them: Iterable[Obligation], by: date) -> list[Obligation]:
    """Return those that are open and have their deadline by a day."""
    return [one for one in all_of_them if not one.ended and one.deadline and one.deadline <= by]


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program: its files from obligations, its list of what is due by a day."""

    name: str
    program: str
    install: str
    fill: Callable[[Path, Sequence[Obligation]], None]
    asked: Callable[[Path, date], Command]
    count: Callable[[Path, date], int]


def found(program: str) -> str | None:
    """Return where a program is: beside this Python, or on the path."""
    beside = Path(sys.executable).with_name(program)
    return str(beside) if beside.exists() else shutil.which(program)


def version(program: str) -> str:
    """Return the number that a program's `--version` prints."""
    printed = output(Command([str(found(program)), "--version"]))
    number = re.search(r"\d+(\.\d+)+", printed)
    return number[0] if number else printed.strip()


def taskwarrior_files(folder: Path, them: Sequence[Obligation]) -> None:
    """Write what `task import` reads, a rc file, and import the one by the other."""
    folder.mkdir(parents=True, exist_ok=True)
    tasks = []
    for one in them:
        task = {"uuid": one.id, "description": one.action, "entry": "20020101T000000Z"}
        task |= {"status": "completed" if one.ended else "pending", "project": _project(one)}
        if one.deadline:
            task["due"] = f"{one.deadline:%Y%m%d}T000000Z"
        if one.ended:
            task["end"] = "20030101T000000Z"
        tags = [code.replace("-", "_") for code in one.party.split("+")]
        tasks.append({**task, "tags": tags})
    (folder / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    store = folder / "store"
    store.mkdir(exist_ok=True)
    settings = f"data.location={store}\nconfirmation=off\nverbose=nothing\nhooks=off\n"
    (folder / "taskrc").write_text(settings, encoding="utf-8")


def taskwarrior(folder: Path, *words: str) -> Command:
    """Return a command of Taskwarrior on the store in a folder."""
    return Command([str(found("task")), f"rc:{folder / 'taskrc'}", *words])


def taskwarrior_fill(folder: Path, them: Sequence[Obligation]) -> None:
    """Make Taskwarrior's store; the first list moves what is completed to its own file."""
    taskwarrior_files(folder, them)
    output(taskwarrior(folder, "import", str(folder / "tasks.json")))
    output(taskwarrior(folder, "status:pending", "count"))


def taskwarrior_list(folder: Path, by: date) -> Command:
    """Return its list of what is pending and due before the day after."""
    return taskwarrior(folder, *_pending(by), "list")


def taskwarrior_count(folder: Path, by: date) -> int:
    """Return how many tasks that list holds, as Taskwarrior counts them."""
    return int(output(taskwarrior(folder, *_pending(by), "count")))


def _pending(by: date) -> tuple[str, str]:
    return "status:pending", f"due.before:{by + timedelta(days=1)}"


def _project(one: Obligation) -> str:
    return one.ref.partition("/")[0]


def hledger_fill(folder: Path, them: Sequence[Obligation]) -> None:
    """Write a journal: a transaction on each deadline, cleared where it is ended, in its order."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for one in sorted(them, key=lambda one: one.deadline or NEVER):
        mark = "* " if one.ended else ""
        words = one.action.replace(";", ",").replace("|", "/")
        party = one.party.replace("+", " and ")
        entries.append(
            f"{one.deadline or NEVER} {mark}{words}  ; ref: {one.ref}\n"
            f"    ({_project(one)}:{party})  1\n\n"
        )
    (folder / "due.journal").write_text("".join(entries), encoding="utf-8")


def hledger_list(folder: Path, by: date) -> Command:
    """Return its register of what is not cleared and dated before the day after."""
    before = f"date:..{by + timedelta(days=1)}"
    journal = str(folder / "due.journal")
    return Command([str(found("hledger")), "-f", journal, "register", "--unmarked", before])


def hledger_count(folder: Path, by: date) -> int:
    """Return how many postings the register holds: each is a line."""
    return len(output(hledger_list(folder, by)).splitlines())


def todoman_fill(folder: Path, them: Sequence[Obligation]) -> None:
    """Write a folder of .ics files, a thing to do in each, and todoman's settings."""
    calendar = folder / "calendars/record"
    calendar.mkdir(parents=True, exist_ok=True)
    for one in them:
        state = "COMPLETED" if one.ended else "NEEDS-ACTION"
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example.org//benchmark//EN"]
        lines += ["BEGIN:VTODO", f"UID:{one.id}", "DTSTAMP:20030101T000000Z", f"STATUS:{state}"]
        lines += [f"DUE;VALUE=DATE:{one.deadline:%Y%m%d}"] if one.deadline else []
        escaped = one.action.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
        lines += [*_unfolded(f"SUMMARY:{escaped}"), f"CATEGORIES:{_project(one)}"]
        lines += [f"DESCRIPTION:{one.ref}", f"LOCATION:{one.party}", "END:VTODO", "END:VCALENDAR"]
        (calendar / f"{one.id}.ics").write_bytes("".join(f"{li}\r\n" for li in lines).encode())
    settings = f"path = {f'{folder}/calendars/*'!r}\ncache_path = {f'{folder}/cache.sqlite3'!r}\n"
    settings += "date_format = '%Y-%m-%d'\n"
    (folder / "config.py").write_text(settings, encoding="utf-8")


def _unfolded(line: str) -> Iterable[str]:
    """Yield a line in pieces of at most 75 bytes, as the format wants them."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > 75:
            yield piece
            piece = " "
        piece += letter
    yield piece


def todoman_list(folder: Path, by: date) -> Command:
    """Return its list of what is to do until noon of the day; it counts hours from now."""
    noon = datetime(by.year, by.month, by.day, 12, tzinfo=UTC)
    hours = int((noon - datetime.now(UTC)) / timedelta(hours=1))
    config = str(folder / "config.py")
    return Command([str(found("todo")), "--config", config, "list", "--due", str(hours)])


def todoman_count(folder: Path, by: date) -> int:
    """Return how many lines the list has: one for each thing to do."""
    return len(output(todoman_list(folder, by)).splitlines())


TASKWARRIOR = Peer(
    name="Taskwarrior",
    program="task",
    install="apt install taskwarrior, brew install task",
    fill=taskwarrior_fill,
    asked=taskwarrior_list,
    count=taskwarrior_count,
)
PEERS = (
    TASKWARRIOR,
    Peer(
        name="hledger",
        program="hledger",
        install="apt install hledger, brew install hledger",
        fill=hledger_fill,
        asked=hledger_list,
        count=hledger_count,
    ),
    Peer(
        name="todoman",
        program="todo",
        install="make peers",
        fill=todoman_fill,
        asked=todoman_list,
        count=todoman_count,
    ),
)
CHECKERS = ("check-jsonschema", "yamllint")
"""Programs that check files; `make peers` installs them."""
OTHERS = (
    ("ripgrep", "rg", "apt install ripgrep, brew install ripgrep"),
    ("git", "git", "apt install git, brew install git"),
    ("yq", "yq", "apt install yq, brew install yq"),
)
"""Programs of one question each: name, program, and how to get it."""


def yq_options() -> list[str]:
    """Return what makes yq write JSON, as one of two programs of that name does anyway."""
    return ["-c"] if int(version("yq").partition(".")[0]) < 4 else ["-o=json", "-I=0"]
