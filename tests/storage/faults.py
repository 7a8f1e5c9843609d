"""Run code in a process of its own in which one operation on files fails, or which is killed there.

The operations are counted in the order in which they happen: opening for writing, writing, syncing,
renaming, linking, deleting, making folders, changing modes.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..processes import call as call_in_process

_EVENTS = ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate",
           "os.symlink")  # fmt: skip


class Outcome(NamedTuple):
    """What a run gave: its exit code (negative: killed), its output, and how many operations."""

    code: int
    out: str
    err: str
    operations: int


def run(arguments: Sequence[str], cwd: Path, fault: str = "", at: int = 0) -> Outcome:
    """Run grcm with a fault at an operation: `error`, `interrupt`, `kill`, or none.

    The operations are those on files below the folder above `cwd`.
    """
    return call(_grcm, [list(arguments), str(cwd)], cwd.parent, fault, at)


def call(
    function: Callable[..., object], arguments: Sequence[object], watched: Path, fault: str, at: int
) -> Outcome:
    """Call a function with a fault at an operation below a folder; 1 stands for an exception."""
    count = watched.parent / f".{watched.name}.count"
    count.write_bytes(b"")
    job = (function, arguments, str(watched), fault, at, str(count))
    ended = call_in_process(_with_fault, job)
    return Outcome(ended.code, ended.out.decode(), ended.err.decode(), count.stat().st_size)


def _with_fault(
    function: Callable[..., object], arguments: Sequence[object], watched: str, fault: str, at: int,
    count: str,
) -> None:  # fmt: skip
    _install(watched, fault, at, os.open(count, os.O_WRONLY | os.O_APPEND))
    function(*arguments)


def _grcm(arguments: list[str], cwd: str) -> None:
    from grcm_cli.cli.app import main

    os.chdir(cwd)
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "GRCM_DATA", "GRCM_AS_OF"):
        os.environ.pop(name, None)
    os.environ.update({"GRCM_LANG": "en", "COLUMNS": "100", "GRCM_NO_CACHE": "1"})
    main(arguments)


def _install(watched: str, fault: str, at: int, count: int) -> None:
    """Count the operations below a folder, a byte each in a file; fail at one of them.

    The disk is not waited for: what a killed process has written, the next one reads.
    """
    write = os.write
    seen = 0

    def operation() -> None:
        nonlocal seen
        seen += 1
        write(count, b".")
        if seen != at:
            return
        if fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise KeyboardInterrupt if fault == "interrupt" else OSError(5, "EIO")

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        is_writing = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if not is_writing and event not in _EVENTS:
            return
        path = arguments[0]
        if isinstance(path, str | os.PathLike) and os.fspath(path).startswith(watched):
            operation()

    def counted_sync(_descriptor: int) -> None:
        operation()

    def counted_write(descriptor: int, data: bytes) -> int:
        operation()
        return write(descriptor, data)

    sys.addaudithook(hook)
    os.fsync = counted_sync  # type: ignore[assignment] # called with descriptors alone
    os.write = counted_write  # type: ignore[assignment] # called with bytes alone
