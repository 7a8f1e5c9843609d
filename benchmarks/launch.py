"""Start one command and print what it cost, as JSON: user + system and wall seconds, peak memory.

Run by itself as a bare Python, because a new process's peak memory is never below that of the
process which started it.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run the command that is given, its output thrown away."""
    nothing = os.open(os.devnull, os.O_RDWR)
    doors = [(os.POSIX_SPAWN_DUP2, nothing, door) for door in (0, 1, 2)]
    began = time.perf_counter()
    started = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=doors)
    _, status, usage = os.wait4(started, 0)
    wall = time.perf_counter() - began
    # Kilobytes on Linux, bytes on macOS.
    memory = usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000_000 / 1024)
    print(
        json.dumps(
            {
                "seconds": usage.ru_utime + usage.ru_stime,
                "wall": wall,
                "memory": memory,
                "code": os.waitstatus_to_exitcode(status),
            }
        )
    )


if __name__ == "__main__":
    main()
