"""Start one command and print what it cost, as JSON: seconds, wall time, peak memory.

    python -I -S launch.py [--together] COMMAND…

Run by itself as a bare Python, because a new process's peak memory is never below that of the
process which started it. The seconds are user + system time of the command and of all processes
that it waited for; the memory is that of the largest of them. `--together` also
looks at what all of them hold at once, what they share counted once; looking takes time, so that
such a run is not timed.
"""

import json
import os
import select
import sys
import time


def main() -> None:
    """Run the command that is given, its output thrown away."""
    words = sys.argv[1:]
    asks_together = words[0] == "--together"
    words = words[asks_together:]
    nothing = os.open(os.devnull, os.O_RDWR)
    streams = [(os.POSIX_SPAWN_DUP2, nothing, number) for number in (0, 1, 2)]
    began = time.perf_counter()
    started = os.posix_spawn(words[0], words, os.environ, file_actions=streams)
    together = _most(started) if asks_together and hasattr(os, "pidfd_open") else 0.0
    _, status, usage = os.wait4(started, 0)
    wall = time.perf_counter() - began
    # Kilobytes on Linux, bytes on macOS.
    memory = usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000_000 / 1024)
    told = {"seconds": usage.ru_utime + usage.ru_stime, "wall": wall, "memory": memory}
    told |= {"together": max(memory, together), "code": os.waitstatus_to_exitcode(status)}
    print(json.dumps(told))


def _most(started: int) -> float:
    """Return the MB that a process and those below it held at most, until it ended.

    Looked at a hundred times a second at first, and less often the longer it takes.
    """
    ended = select.poll()
    ended.register(os.pidfd_open(started), select.POLLIN)
    most, began = 0.0, time.perf_counter()
    while not ended.poll(max(10, 20 * (time.perf_counter() - began))):
        held = [_held(process) for process in _tree(started)]
        # Alone, its own peak is known better than by looking.
        most = max(most, sum(held)) if len(held) > 1 else most
    return most


def _tree(process: int) -> list[int]:
    """Return a process and those that it started, and that those did."""
    found = [process]
    for one in found:
        try:
            with open(f"/proc/{one}/task/{one}/children", encoding="ascii") as children:  # noqa: PTH123 - pathlib would be in the memory of a bare Python
                found += [int(child) for child in children.read().split()]
        except OSError:  # it has ended
            continue
    return found


def _held(process: int) -> float:
    """Return the MB that a process holds, its share of what it holds with others."""
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as rollup:  # noqa: PTH123 - as above
            sizes = [int(line.split()[1]) for line in rollup if line.startswith("Pss:")]
    except OSError:  # it has ended
        return 0.0
    return sum(sizes) * 1024 / 1_000_000


if __name__ == "__main__":
    main()
