"""Work that is divided among the processor's cores, each share in a copy of this process."""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar, cast

Result = TypeVar("Result")


def cores() -> int:
    """Return how many cores this process may use; 1 where copies of it (fork) are not safe."""
    # macOS has copies too, but its own libraries may not survive them.
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def in_processes(shares: Sequence[Callable[[], Result]]) -> list[Result]:
    """Return what each share returns: the first computed here, each other in a copy of this one.

    What a copy returns is pickled. A share whose copy ends without an answer, as where the system
    is short of memory, is computed here; what it raises there, it raises here.
    """
    started = [_start(share) for share in shares[1:]]
    found: list[Result] = []
    try:
        found = [share() for share in shares[:1]]
    finally:
        # Also after an interruption: no copy outlives the run, or writes to a pipe that is read.
        answers = [_answer(*copy, wanted=bool(found)) for copy in started]
    for share, answer in zip(shares[1:], answers, strict=True):
        found.append(cast(Result, pickle.loads(answer)) if answer else share())  # noqa: S301 - this run wrote it
    return found


def in_background(share: Callable[[], Result]) -> Callable[[], Result]:
    """Begin to compute a share in a copy of this process; return what gives its result.

    On one core, or where the copy ends without an answer, it is computed when it is asked for.
    """
    if cores() == 1:
        return share
    copy = _start(share)

    def result() -> Result:
        answer = _answer(*copy, wanted=True)
        return cast(Result, pickle.loads(answer)) if answer else share()  # noqa: S301 - this run wrote it

    return result


def _start(share: Callable[[], object]) -> tuple[int, int]:
    """Begin to compute a share in a copy; return its process id, and the pipe that it writes to."""
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return process, reader
    code = 1
    try:
        os.close(reader)
        answer = pickle.dumps(share(), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(answer)
        code = 0
    finally:
        os._exit(code)  # nothing that the other has begun is ended here, nothing is printed twice


def _answer(process: int, reader: int, *, wanted: bool) -> bytes:
    """Return what a copy has written, and wait for its end; nothing where it failed.

    A copy whose answer is not wanted is ended.
    """
    if not wanted:
        os.kill(process, signal.SIGTERM)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read() if wanted else b""
    _process, status = os.waitpid(process, 0)
    return answer if status == 0 else b""
