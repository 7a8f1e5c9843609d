"""The commands that are measured on a record of one size: of grcm, as it stands and before."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from benchmarks import figures, peers
from benchmarks.figures import Figure
from benchmarks.generate import ROOT, TODAY
from benchmarks.measure import UNIT_NAME, Command, Usage, alternate, median, output

BY = date(2003, 1, 15)
"""What is due by this day is asked for; it is included."""
GRCM = str(Path(sys.executable).with_name("grcm"))
SETTLED = 2.3
"""Seconds after which a cache may trust a file's time: two changes can share one till then."""
LONGEST = 60.0
"""Seconds: what is expected to take longer, by a smaller record, is left out."""
WAITED = (figures.CHANGED, figures.ADDED)
"""Before each run of these a file is changed, and left alone for that long."""
PARTY = "CCC"
GENERATED = {
    figures.FIRST_GENERATOR: "benchmarks.generate",
    figures.SECOND_GENERATOR: "benchmarks.bilingual",
}
"""The module that makes a generator's records."""


def meetings(data: Path) -> list[Path]:
    """Return the meetings' files of a data folder, in order."""
    return sorted((data / "meetings").glob("*.yaml"))


def middle(data: Path) -> Path:
    """Return the file of the meeting in the middle of those that adopted something."""
    first = [path for path in meetings(data) if "\nconclusions:" in path.read_text("utf-8")]
    return first[len(first) // 2]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is measured of each command, beside the command itself."""

    runs: int
    with_peers: bool = True
    before: str | None = None
    """Another grcm to measure in the same turns: its program."""
    only: Sequence[str] = figures.QUESTIONS


@dataclass(frozen=True)
class Record:
    """A generated record with what was made from it, in a folder of its own."""

    folder: Path
    size: int
    generator: str = figures.FIRST_GENERATOR
    earlier: Sequence[Figure] = ()
    """The figures of smaller records."""

    @property
    def data(self) -> Path:
        """Return the data folder."""
        return self.folder / "data"

    @cached_property
    def meeting(self) -> str:
        """Return the id of the meeting in the middle."""
        return middle(self.data).stem

    @cached_property
    def number(self) -> str:
        """Return the number of that meeting's first conclusion."""
        text = middle(self.data).read_text("utf-8")
        number = re.search(r"(?<=number: )[\"']?([\w./-]+)", text)
        return number[1] if number else "1"

    @cached_property
    def body(self) -> str:
        """Return the body of that meeting."""
        return middle(self.data).read_text("utf-8").partition("body: ")[2].partition("\n")[0]

    @cached_property
    def task(self) -> tuple[str, str]:
        """Return a reference of an open task that is due once, and its party."""
        return next(owed(self.data))

    @cached_property
    def obligations(self) -> list[peers.Obligation]:
        """Return all that is owed, as peers are handed it."""
        return peers.obligations(output(grcm(self.data, None, "due", "--all", "--format", "json")))

    @cached_property
    def taskwarrior(self) -> Path:
        """Return the folder of Taskwarrior's store, filled."""
        folder = self.folder / peers.TASKWARRIOR.name
        peers.TASKWARRIOR.fill(folder, self.obligations)
        return folder

    def is_too_slow(self, question: str, who: str) -> bool:
        """Tell whether a command would take too long, by what it took on a smaller record."""
        walls = [(f.size, f.wall) for f in self.earlier if (f.question, f.who) == (question, who)]
        return bool(walls) and max(walls)[1] * self.size / max(walls)[0] > LONGEST


def generate(
    folder: Path,
    size: int,
    generator: str = figures.FIRST_GENERATOR,
    earlier: Sequence[Figure] = (),
) -> Record:
    """Make a record in a process of its own, so that this one stays small."""
    code = f"import sys; from pathlib import Path; from {GENERATED[generator]} import sized; "
    code += "sized(Path(sys.argv[1]), int(sys.argv[2]))"
    record = Record(folder, size, generator, earlier)
    words = [sys.executable, "-c", code, str(record.data), str(size)]
    subprocess.run(words, cwd=ROOT, check=True)
    return record


def commit(record: Record) -> None:
    """Put the record in git: a revision with one word of a meeting changed, then as it is."""
    who = ["-c", "user.name=Example", "-c", "user.email=example@example.org"]
    change = changer(middle(record.data))
    program = str(peers.found("git"))
    subprocess.run([program, "init", "-q"], cwd=record.folder, check=True)
    for words in (["add", "data"], ["commit", "-q", "-m", "data"]) * 2:
        if words[0] == "add":
            change()
        subprocess.run([program, *who, *words], cwd=record.folder, check=True)


def fill(record: Record, choice: Choice) -> None:
    """Let the files settle, then let lists fill the caches, of this grcm and of the other."""
    time.sleep(SETTLED)
    for words in (("due",), ("search", "plan"), ("show", record.meeting), ("validate",)):
        output(grcm(record.data, record.folder / "cache", *words))
        if choice.before:
            cache = record.folder / "cache before"
            output(grcm(record.data, cache, *words, program=choice.before))


def grcm(data: Path, cache: Path | None, *words: str, program: str = GRCM) -> Command:
    """Return a command of grcm on the day of the record, with a cache of its own or none."""
    there = {"GRCM_NO_CACHE": "1"} if cache is None else {"XDG_CACHE_HOME": str(cache)}
    return Command([program, "--data", str(data), "--as-of", str(TODAY), *words], there)


def variants(
    record: Record, choice: Choice, *words: str, cached: bool = True
) -> dict[str, Command]:
    """Return a command without a cache and with a filled one, of this grcm and of the other."""
    data, folder = record.data, record.folder
    commands = {figures.PLAIN: grcm(data, None, *words)}
    if cached:
        commands[figures.CACHED] = grcm(data, folder / "cache", *words)
    if choice.before:
        commands[figures.BEFORE] = grcm(data, None, *words, program=choice.before)
    if choice.before and cached:
        cache = folder / "cache before"
        commands[figures.BEFORE_CACHED] = grcm(data, cache, *words, program=choice.before)
    return commands


def first(record: Record, *words: str) -> Command:
    """Return a command before each run of which its cache is deleted."""
    cache = record.folder / "cache of the first"
    command = grcm(record.data, cache, *words)
    return Command(
        command.words, command.environment, lambda: shutil.rmtree(cache, ignore_errors=True)
    )


def changing(record: Record, name: str, *words: str) -> Command:
    """Return a command before each run of which the cache is filled and then one file changed.

    `name` says in which way: one word of a meeting, or a meeting more. In a copy of the data
    folder, so that the other commands find theirs as it was. The change is as old as it has to be
    for the cache to keep it, so that writing the cache is in the cost.
    """
    copy = record.folder / name.replace(" ", "-")
    shutil.copytree(record.data, copy)
    command = grcm(copy, record.folder / f"cache of {name}", *words)
    change = changer(middle(copy)) if name == figures.CHANGED else adder(copy)

    def fill_and_change() -> None:
        output(command)
        change()
        time.sleep(SETTLED)

    time.sleep(SETTLED)
    return Command(command.words, command.environment, fill_and_change, most=3)


def adder(data: Path) -> Callable[[], None]:
    """Return what adds a meeting, known by its days, to those that are there."""
    text = middle(data).read_text(encoding="utf-8")
    body = text.partition("body: ")[2].partition("\n")[0]
    numbers = iter(range(1, 100))

    def add() -> None:
        name = f"{body}-2004-{next(numbers)}"
        text = f"id: {name}\nbody: {body}\nstart: 2004-06-01\n"
        (data / f"meetings/{name}.yaml").write_text(text, encoding="utf-8", newline="\n")

    return add


def changer(path: Path) -> Callable[[], None]:
    """Return what puts the first letter of a meeting's first text in the other case."""
    as_it_was = path.read_text(encoding="utf-8")
    other = re.sub(r"(?<=text: >-\n)( +\w)", lambda m: m[0].swapcase(), as_it_was, count=1)
    if other == as_it_was:
        message = f"{path} has no text to change"
        raise ValueError(message)

    def change() -> None:
        now = path.read_text(encoding="utf-8")
        path.write_text(other if now == as_it_was else as_it_was, encoding="utf-8", newline="\n")

    return change


def owed(data: Path) -> Iterator[tuple[str, str]]:
    """Yield what may be reported: the reference of an open task that is due once, and its party."""
    listed = json.loads(output(grcm(data, None, "due", "--format", "json")))
    for task in listed["tasks"]:
        comes_back = (task["due"] or "").startswith("every")
        if task["state"] != "?" and task["party"] and not task["together"] and not comes_back:
            yield task["ref"], task["party"]


def measured(
    question: str,
    record: Record,
    commands: Mapping[str, Command],
    runs: int,
    answer: int | None = None,
) -> list[Figure]:
    """Return the figures of commands, run in turns; what would take too long is left out."""
    asked = {w: one for w, one in commands.items() if not record.is_too_slow(question, w)}
    costs = alternate(asked, runs) if asked else {UNIT_NAME: [Usage(0.0, 0.0, 0.0)]}
    unit = median(costs.pop(UNIT_NAME)).seconds
    made = []
    for who, each in costs.items():
        usage = median(each)
        told = None if who == figures.PYTHON else answer
        numbers = (usage.seconds, usage.wall, usage.memory, len(each), told)
        more = (usage.together, unit, record.generator)
        made.append(Figure(question, who, record.size, *numbers, *more))
    return made
