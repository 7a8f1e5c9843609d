"""Run code in a process of its own that starts quickly: the child of one that has imported grcm.

A new Python takes most of a run of grcm to start and to import. Here one process does that once,
and each run is a copy of it. What a start itself does is tested with real ones: by what a command
imports and opens (`test_house.py`), by what the manual gives a shell, and by installed packages.
"""

import gc
import multiprocessing
import os
import pkgutil
import signal
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, NamedTuple, NoReturn

import grcm_cli

FORKS = multiprocessing.get_context("forkserver")
SECONDS = 60
"""After which a child is ended."""
_IN_A_LANGUAGE = ("grcm_cli.__main__", "grcm_cli.cli.options", "grcm_cli.commands")
"""Modules whose help texts are translated when they are imported: that is left to the child."""


class Ended(NamedTuple):
    """What a process gave: its exit code (negative: the signal that ended it) and its output."""

    code: int
    out: bytes
    err: bytes
    seconds: float
    """Of the processor."""


def grcm(
    arguments: Sequence[str], cwd: Path, environment: Mapping[str, str], stdin: bytes = b""
) -> Ended:
    """Run grcm with a command line, in a folder, with nothing else in its environment."""
    return call(grcm_here, (list(arguments), str(cwd), dict(environment)), stdin)


def python(code: str, cwd: Path, environment: Mapping[str, str]) -> Ended:
    """Run code of Python where the libraries are imported and nothing of grcm is yet."""
    return call(_python, (code, str(cwd), dict(environment)))


def call(function: Callable[..., object], arguments: Sequence[object], stdin: bytes = b"") -> Ended:
    """Call a function of a module in a process of its own; 1 stands for an exception."""
    server = _server()
    server.send((function, arguments, stdin))
    return Ended(*server.recv())


def grcm_here(arguments: list[str], cwd: str, environment: dict[str, str]) -> None:
    """Run grcm in this process, which is for nothing else."""
    from grcm_cli.cli import app

    _settle(cwd, environment)
    sys.argv = [str(Path(grcm_cli.__file__).with_name("__main__.py")), *arguments]
    app.main()


def _python(code: str, cwd: str, environment: dict[str, str]) -> None:
    _settle(cwd, environment)
    for name in [name for name in sys.modules if name.partition(".")[0] == "grcm_cli"]:
        del sys.modules[name]
    exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - a test's own


def _settle(cwd: str, environment: Mapping[str, str]) -> None:
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)


def does_not_wait(_descriptor: int) -> None:
    """Stand for `os.fsync`: what no machine loses by a power cut needs no waiting for a disk."""


@cache
def _server() -> Connection:
    """Start the process that makes the children: it has one thread, so it may fork."""
    ours, theirs = FORKS.Pipe()
    FORKS.Process(target=_serve, args=(theirs,), daemon=True).start()
    return ours


def _serve(jobs: Connection) -> None:
    gc.disable()  # as __main__ does
    os.fsync = does_not_wait  # type: ignore[assignment] # called with descriptors alone
    for module in pkgutil.walk_packages(grcm_cli.__path__, "grcm_cli."):
        if not module.name.startswith(_IN_A_LANGUAGE):
            import_module(module.name)
    while True:
        try:
            function, arguments, stdin = jobs.recv()
        except EOFError:
            return
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            given.write(stdin)
            given.seek(0)
            child = os.fork()
            if not child:
                for descriptor, file in enumerate((given, out, err)):
                    os.dup2(file.fileno(), descriptor)
                _become(function, arguments)
            _child, status, used = os.wait4(child, 0)
            for file in (out, err):
                file.seek(0)
            seconds = used.ru_utime + used.ru_stime
            jobs.send((os.waitstatus_to_exitcode(status), out.read(), err.read(), seconds))


def _become(function: Callable[..., object], arguments: Sequence[object]) -> NoReturn:
    """Be the child: call the function with new streams, and end as Python would."""
    signal.alarm(SECONDS)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - until the end
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115 - as above
    code: Any = 0
    try:
        function(*arguments)
    except SystemExit as end:
        code = end.code or 0
    except BaseException:  # noqa: BLE001 - whatever it is, it is told by the code
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
