"""Run grcm in a process of its own in which one operation on files fails, or which is killed there.

The operations are counted in the order in which they happen: opening for writing, writing, syncing,
renaming, linking, deleting, making folders, changing modes.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    ["pytest", "typer.testing", "grcm_cli.cli.app", "grcm_cli.commands.site", "grcm_cli.site.pages",
     "grcm_cli.commands.record", "grcm_cli.commands.draft", "grcm_cli.commands.remind"]
)  # fmt: skip
_EVENTS = ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate",
           "os.symlink")  # fmt: skip


class Outcome(NamedTuple):
    """What a run gave: its exit code (negative: killed), its output, and how many operations."""

    code: int
    out: str
    err: str
    operations: int


def run(arguments: Sequence[str], cwd: Path, fault: str = "", at: int = 0, **more: str) -> Outcome:
    """Run grcm with a fault at an operation: `error`, `interrupt`, `kill`, or none.

    The operations are those on files below the folder above `cwd`.
    """
    out, err, count = (cwd.parent / f".{name}" for name in ("out", "err", "count"))
    for path in (out, err, count):
        path.write_bytes(b"")
    given = (list(arguments), str(cwd), fault, at, [str(out), str(err), str(count)], more)
    process = FORKS.Process(target=_child, args=given)
    process.start()
    process.join()
    assert process.exitcode is not None
    operations = count.stat().st_size
    return Outcome(process.exitcode, out.read_text("utf-8"), err.read_text("utf-8"), operations)


def _child(
    arguments: list[str], cwd: str, fault: str, at: int, files: list[str], more: dict[str, str]
) -> None:
    out, err, count = (os.open(name, os.O_WRONLY | os.O_APPEND) for name in files)
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.chdir(cwd)
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "GRCM_DATA", "GRCM_AS_OF"):
        os.environ.pop(name, None)
    os.environ.update({"GRCM_LANG": "en", "COLUMNS": "100", "GRCM_NO_CACHE": "1", **more})
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - until the end
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    _install(str(Path(cwd).parent), fault, at, count)
    from grcm_cli.cli.app import main

    code: Any = 0
    try:
        main(arguments)
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    os._exit(code)


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
