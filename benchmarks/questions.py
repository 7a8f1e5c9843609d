"""What is asked of each program on a record of one size, and the figures that come of it."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import figures, peers
from benchmarks.figures import Figure
from benchmarks.generate import ROOT, TODAY
from benchmarks.measure import Command, alternate, median, output

BY = date(2003, 1, 15)
"""What is due by this day is asked for; it is included."""
GRCM = str(Path(sys.executable).with_name("grcm"))
SETTLED = 3.0
"""Seconds after which a cache may trust a file's time: two changes can share one till then."""
QUIET = "{extends: relaxed, rules: {line-length: disable}}"
"""Settings under which yamllint finds nothing, so that it is not slowed by what it says."""


def meetings(data: Path) -> list[Path]:
    """Return the meetings' files of a data folder, in order."""
    return sorted((data / "meetings").glob("*.yaml"))


def middle(data: Path) -> Path:
    """Return the file of the meeting in the middle of those that adopted something."""
    first = [path for path in meetings(data) if "\nconclusions:" in path.read_text("utf-8")]
    return first[len(first) // 2]


@dataclass(frozen=True, slots=True)
class Record:
    """A generated record with what was made from it, in a folder of its own."""

    folder: Path
    size: int

    @property
    def data(self) -> Path:
        """Return the data folder."""
        return self.folder / "data"


def generate(folder: Path, size: int) -> Record:
    """Make a record in a process of its own, so that this one stays small."""
    code = "import sys; from pathlib import Path; from benchmarks.generate import sized; "
    code += "sized(Path(sys.argv[1]), int(sys.argv[2]))"
    record = Record(folder, size)
    words = [sys.executable, "-c", code, str(record.data), str(size)]
    subprocess.run(words, cwd=ROOT, check=True)
    time.sleep(SETTLED)
    return record


def knows_a_cache() -> bool:
    """Return whether this grcm can be told to leave its cache alone."""
    return "--no-cache" in output(Command([GRCM, "--help"]))


def grcm(data: Path, cache: Path | None, *words: str) -> Command:
    """Return a command of grcm on the day of the record, with a cache of its own or none."""
    there = {"GRCM_NO_CACHE": "1"} if cache is None else {"XDG_CACHE_HOME": str(cache)}
    return Command([GRCM, "--data", str(data), "--as-of", str(TODAY), *words], there)


def variants(record: Record, *words: str, cached: bool) -> dict[str, Command]:
    """Return a command without a cache and, where grcm has one, with a filled one."""
    commands = {figures.PLAIN: grcm(record.data, None, *words)}
    if cached:
        commands[figures.CACHED] = grcm(record.data, record.folder / "cache", *words)
        output(commands[figures.CACHED])  # fills it, which takes as long as a slow command
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
    return Command(command.words, command.environment, fill_and_change)


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


def due(record: Record, runs: int, *, cached: bool, with_peers: bool) -> list[Figure]:
    """Return what it costs to list what is due by a day, with the same answer from each."""
    words = ("due", "--before", str(BY), "--format", "plain")
    commands = {figures.PYTHON: Command([sys.executable, "-c", "pass"])}
    commands |= variants(record, *words, cached=cached)
    if cached:
        commands[figures.FIRST] = first(record, *words)
        commands[figures.CHANGED] = changing(record, figures.CHANGED, *words)
        commands[figures.ADDED] = changing(record, figures.ADDED, *words)
    answer = len(output(commands[figures.PLAIN]).splitlines())
    if with_peers:
        everything = grcm(record.data, None, "due", "--all", "--format", "json")
        them = peers.obligations(output(everything))
        for peer in peers.PEERS:
            if not peers.found(peer.program):
                continue
            folder = record.folder / peer.name
            peer.fill(folder, them)
            told = peer.count(folder, BY)
            if told != answer:
                message = f"{peer.name} tells {told} obligations, grcm {answer}"
                raise RuntimeError(message)
            commands[peer.name] = peer.asked(folder, BY)
    return _measured(figures.DUE, record, commands, runs, answer)


def tasks(record: Record, runs: int, *, cached: bool) -> list[Figure]:
    """Return what it costs to list what one country owes."""
    commands = variants(record, "tasks", "CCC", "--format", "plain", cached=cached)
    answer = len(output(commands[figures.PLAIN]).splitlines())
    return _measured(figures.TASKS, record, commands, runs, answer)


def show(record: Record, runs: int, *, cached: bool) -> list[Figure]:
    """Return what it costs to show one conclusion."""
    commands = variants(record, "show", f"{middle(record.data).stem}/1", cached=cached)
    return _measured(figures.SHOW, record, commands, runs, None)


def owed(data: Path) -> Iterator[tuple[str, str]]:
    """Yield what may be reported: the reference of an open task that is due once, and its party."""
    listed = json.loads(output(grcm(data, None, "due", "--format", "json")))
    for task in listed["tasks"]:
        comes_back = (task["due"] or "").startswith("every")
        if task["state"] != "?" and task["party"] and not task["together"] and not comes_back:
            yield task["ref"], task["party"]


def report(record: Record, runs: int, *, cached: bool) -> list[Figure]:
    """Return what it costs to record a report, of which nothing is written."""
    reference, party = next(owed(record.data))
    words = ("record", "started", reference, "--by", party, "--dry-run")
    return _measured(figures.RECORD, record, variants(record, *words, cached=cached), runs, None)


def validate(record: Record, runs: int, *, cached: bool, with_peers: bool) -> list[Figure]:
    """Return what it costs to check all files with all rules; the others check the meetings'."""
    commands = variants(record, "validate", "--strict", cached=cached)
    files = [str(path) for path in meetings(record.data)]
    schema = str(ROOT / "schemas/meeting.schema.json")
    checks = {
        figures.CHECK_JSONSCHEMA: ["--schemafile", schema, *files],
        figures.YAMLLINT: ["-d", QUIET, *files],
    }
    for name in peers.CHECKERS if with_peers else ():
        if at := peers.found(name):
            commands[name] = Command([at, *checks[name]])
    return _measured(figures.VALIDATE, record, commands, runs, None)


def _measured(
    question: str, record: Record, commands: Mapping[str, Command], runs: int, answer: int | None
) -> list[Figure]:
    made = []
    for who, costs in alternate(commands, runs).items():
        usage = median(costs)
        told = None if who == figures.PYTHON else answer
        numbers = (usage.seconds, usage.wall, usage.memory, len(costs), told)
        made.append(Figure(question, who, record.size, *numbers))
    return made
