"""What processes cost: whole ones, in alternation, medians."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launch.py")
BUDGET = 8.0
"""Seconds that the runs of one command may take, so that slow ones run fewer times."""
UNIT_NAME = ""
"""Under which the fixed work stands among commands; no program is called so."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process cost, with those that it started."""

    seconds: float  # user + system
    wall: float
    memory: float  # MB, at its peak; of several processes, the largest one's
    together: float = 0.0  # MB, of all processes at once


@dataclass(frozen=True, slots=True)
class Command:
    """A process to measure, with what has to be done before each run of it."""

    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] | None = None
    most: int | None = None  # times that it is run, where making it ready takes long


UNIT = Command([sys.executable, str(Path(__file__).with_name("unit.py"))])


def environment(**more: str) -> dict[str, str]:
    """Return what every process gets: nothing that makes Python slower, or answers differ."""
    left_out = ("PYTHONDONTWRITEBYTECODE", "GRCM_DATA", "GRCM_AS_OF", "GRCM_LANG", "GRCM_NO_CACHE")
    others = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**others, "TZ": "UTC", "LC_ALL": "C.UTF-8", **more}


def cost(command: Command, *, together: bool = False) -> Usage:
    """Run a command once and return what it cost; RuntimeError where it fails."""
    if command.before:
        command.before()
    options = ["--together"] if together else []
    launched = [sys.executable, "-I", "-S", str(LAUNCHER), *options, *command.words]
    there = environment(**command.environment)
    ran = subprocess.run(launched, env=there, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)
    if told["code"] != 0:
        message = f"{' '.join(command.words)[:200]}: ended with {told['code']}"
        raise RuntimeError(message)
    return Usage(told["seconds"], told["wall"], told["memory"], told["together"])


def output(command: Command) -> str:
    """Return what a command prints."""
    there = environment(**command.environment)
    ran = subprocess.run(command.words, env=there, capture_output=True, text=True, check=True)
    return ran.stdout


def turns(runs: int, wall: float) -> int:
    """Return how many runs of a command the budget has room for, of as many as are asked for."""
    return max(1, min(runs, int(BUDGET / wall))) if wall > 0 else runs


def alternate(commands: Mapping[str, Command], runs: int) -> dict[str, list[Usage]]:
    """Return what each command cost in so many turns, and the unit in as many as the fastest.

    After a run to warm up, in which the memory of all its processes is looked at. Slow commands
    take fewer turns; of one that has room for one turn only, the first run is it.
    """
    warm = {name: cost(command, together=True) for name, command in commands.items()}
    asked = {
        name: min(turns(runs, usage.wall), commands[name].most or runs)
        for name, usage in warm.items()
    }
    costs: dict[str, list[Usage]] = {name: [] for name in commands}
    costs[UNIT_NAME] = []
    for turn in range(runs):
        if turn < max(2, *asked.values()):
            costs[UNIT_NAME].append(cost(UNIT))
        for name, command in commands.items():
            if asked[name] == 1 and warm[name].wall > BUDGET / 2:
                costs[name] = [warm[name]]
            elif turn < asked[name]:
                costs[name].append(cost(command))
    most = {name: usage.together for name, usage in warm.items()}
    return {
        name: [_with(usage, most.get(name, usage.memory)) for usage in found]
        for name, found in costs.items()
    }


def _with(usage: Usage, together: float) -> Usage:
    return Usage(usage.seconds, usage.wall, usage.memory, max(usage.memory, together))


def median(costs: Sequence[Usage]) -> Usage:
    """Return the median of each of the four."""
    return Usage(
        statistics.median(usage.seconds for usage in costs),
        statistics.median(usage.wall for usage in costs),
        statistics.median(usage.memory for usage in costs),
        statistics.median(usage.together for usage in costs),
    )
