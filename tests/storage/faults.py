"""Run code in a process of its own in which one operation on files fails, or which is killed there.

The operations are counted in the order in which they happen: opening for writing, writing, syncing,
renaming, linking, deleting, making folders, changing modes.
"""

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

FORKS = multiprocessing.get_context("forkserver")
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
    names = [watched.parent / f".{watched.name}.{name}" for name in ("out", "err", "count")]
    for path in names:
        path.write_bytes(b"")
    _server().send((function, arguments, str(watched), fault, at, list(map(str, names))))
    code: int = _server().recv()
    out, err, count = (path.read_bytes() for path in names)
    return Outcome(code, out.decode(), err.decode(), len(count))


@cache
def _server() -> Connection:
    """Start the process that makes a child for each call: it has one thread, so it may fork."""
    ours, theirs = FORKS.Pipe()
    FORKS.Process(target=_serve, args=(theirs,), daemon=True).start()
    return ours


def _serve(jobs: Connection) -> None:
    from grcm_cli.commands import draft, record, remind, site, validate  # noqa: F401 - for all children
    from grcm_cli.site import pages  # noqa: F401 - as above

    while True:
        try:
            job = jobs.recv()
        except EOFError:
            return
        child = os.fork()
        if not child:
            _child(*job)
        jobs.send(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _child(
    function: Callable[..., object], arguments: list[object], watched: str, fault: str, at: int,
    names: list[str],
) -> None:  # fmt: skip
    out, err, count = (os.open(name, os.O_WRONLY | os.O_APPEND) for name in names)
    os.dup2(out, 1)
    os.dup2(err, 2)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - until the end
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    code: Any = 0
    try:
        _install(watched, fault, at, count)
        function(*arguments)
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - whatever it is, it is told by the code
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _grcm(arguments: list[str], cwd: str) -> None:
    from grcm_cli.cli.app import main

    os.chdir(cwd)
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "GRCM_DATA", "GRCM_AS_OF"):
        os.environ.pop(name, None)
    os.environ.update({"GRCM_LANG": "en", "COLUMNS": "100", "GRCM_NO_CACHE": "1"})
    main(arguments)


def _install(watched: str, fault: str, at: int, count: int) -> None:
    """Count the operations below a folder, a byte each in a file; fail at one of them."""
    sync, write = os.fsync, os.write
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

    def counted_sync(descriptor: int) -> None:
        operation()
        sync(descriptor)

    def counted_write(descriptor: int, data: bytes) -> int:
        operation()
        return write(descriptor, data)

    sys.addaudithook(hook)
    os.fsync = counted_sync  # type: ignore[assignment] # called with descriptors alone
    os.write = counted_write  # type: ignore[assignment] # called with bytes alone
