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
SLOW = 10.0  # seconds: what takes longer to warm up runs fewer times
SLOW_RUNS = 3


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process cost."""

    seconds: float  # user + system
    wall: float
    memory: float  # MB, at its peak


@dataclass(frozen=True, slots=True)
class Command:
    """A process to measure, with what has to be done before each run of it."""

    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] | None = None


def environment(**more: str) -> dict[str, str]:
    """Return what every process gets: nothing that makes Python slower, or answers differ."""
    left_out = ("PYTHONDONTWRITEBYTECODE", "GRCM_DATA", "GRCM_AS_OF", "GRCM_LANG", "GRCM_NO_CACHE")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "TZ": "UTC", "LC_ALL": "C.UTF-8", **more}


def cost(command: Command) -> Usage:
    """Run a command once and return what it cost; RuntimeError where it fails."""
    if command.before:
        command.before()
    launched = [sys.executable, "-I", "-S", str(LAUNCHER), *command.words]
    there = environment(**command.environment)
    ran = subprocess.run(launched, env=there, capture_output=True, text=True, check=True)
    said = json.loads(ran.stdout)
    if said["code"] != 0:
        message = f"{' '.join(command.words)[:200]}: ended with {said['code']}"
        raise RuntimeError(message)
    return Usage(said["seconds"], said["wall"], said["memory"])


def output(command: Command) -> str:
    """Return what a command prints."""
    there = environment(**command.environment)
    ran = subprocess.run(command.words, env=there, capture_output=True, text=True, check=True)
    return ran.stdout


def alternate(commands: Mapping[str, Command], runs: int) -> dict[str, list[Usage]]:
    """Return what each command cost in so many turns, after one to warm up; slow ones take less."""
    warm = {name: cost(command) for name, command in commands.items()}
    turns = {
        name: min(runs, SLOW_RUNS) if usage.wall > SLOW else runs for name, usage in warm.items()
    }
    costs: dict[str, list[Usage]] = {name: [] for name in commands}
    for turn in range(runs):
        for name, command in commands.items():
            if turn < turns[name]:
                costs[name].append(cost(command))
    return costs


def median(costs: Sequence[Usage]) -> Usage:
    """Return the median of each of the three."""
    return Usage(
        statistics.median(usage.seconds for usage in costs),
        statistics.median(usage.wall for usage in costs),
        statistics.median(usage.memory for usage in costs),
    )
