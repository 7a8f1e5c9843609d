"""Programs that may take no more memory and computing time than a hostile file is worth.

What is measured is the time that the processor works for a program and for those that it starts:
on a busy machine that stays about the same, and a clock on the wall tells nothing.
"""

import resource
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

SECONDS = 5
"""Of the processor."""
MEGABYTES = 500
_HANG = 600  # seconds on the wall after which a program that computes nothing is ended


class Limited(NamedTuple):
    """What a program gave, and what it took."""

    code: int
    out: bytes
    err: bytes
    seconds: float
    """Of the processor, in the program and in those that it started."""


def run_limited(
    command: Sequence[str | Path], cwd: Path, environment: Mapping[str, str]
) -> Limited:
    """Run a program with twice the memory and four times the computing time that it may take."""

    def limit() -> None:
        most = 2 * MEGABYTES * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CPU, (4 * SECONDS, 4 * SECONDS))

    before = _seconds_of_children()
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        timeout=_HANG,
        check=False,
        preexec_fn=limit,
    )
    seconds = _seconds_of_children() - before
    return Limited(done.returncode, done.stdout, done.stderr, seconds)


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
