"""Run code in a process of its own that starts quickly: the child of one that has imported grcm.

A new Python takes most of a run of grcm to start and to import. Here a process does that once for
each language, and each run is a copy of it. What a start itself does is tested with real ones: by
what a command imports and opens (`test_house.py`), by what the manual gives a shell, and by
installed packages.
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
from grcm_cli.cli import app
from grcm_cli.language import lexicon, text, verbs
from grcm_cli.site import rendering

FORKS = multiprocessing.get_context("forkserver")
SECONDS = 60
"""After which a child is ended."""
_IN_A_LANGUAGE = ("grcm_cli.cli.", "grcm_cli.commands")
"""Modules whose help texts are translated when they are imported."""


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
    language = app._language(arguments, environment)
    return call(grcm_here, (list(arguments), str(cwd), dict(environment)), stdin, language)


def call(
    function: Callable[..., object],
    arguments: Sequence[object],
    stdin: bytes = b"",
    language: str = "en",
) -> Ended:
    """Call a function of a module in a process of its own; 1 stands for an exception.

    The process has imported the commands in a language, and that must be theirs.
    """
    server = _servers()[language]
    server.send((function, arguments, stdin))
    return Ended(*server.recv())


def grcm_here(arguments: list[str], cwd: str, environment: dict[str, str]) -> None:
    """Run grcm in this process, which is for nothing else."""
    _settle(cwd, environment)
    sys.argv = [str(Path(grcm_cli.__file__).with_name("__main__.py")), *arguments]
    app.main()


def _settle(cwd: str, environment: Mapping[str, str]) -> None:
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)


def does_not_wait(_descriptor: int) -> None:
    """Stand for `os.fsync`: what no machine loses by a power cut needs no waiting for a disk."""


@cache
def _servers() -> Mapping[str, Connection]:
    """Start the processes that make the children, by language: of one thread, so that they fork."""
    pipes = {language: FORKS.Pipe() for language in text.LANGUAGES}
    theirs = {language: pipe[1] for language, pipe in pipes.items()}
    FORKS.Process(target=_start, args=(theirs,), daemon=True).start()
    return {language: pipe[0] for language, pipe in pipes.items()}


def _start(servers: Mapping[str, Connection]) -> None:
    gc.disable()  # as __main__ does
    os.fsync = does_not_wait  # type: ignore[assignment] # called with descriptors alone
    modules = [module.name for module in pkgutil.walk_packages(grcm_cli.__path__, "grcm_cli.")]
    modules.remove("grcm_cli.__main__")
    for name in modules:
        if not name.startswith(_IN_A_LANGUAGE):
            import_module(name)
    _fill_caches()
    for language, jobs in servers.items():
        if not os.fork():
            text.set_language(language)
            for name in modules:
                import_module(name)
            _serve(jobs)
            os._exit(0)
    for _server in servers:
        os.wait()


def _serve(jobs: Connection) -> None:
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


def _fill_caches() -> None:
    """Import and make what a run would make anew and no data, day or language changes."""
    import_module("openpyxl")
    pages = rendering.environment()
    for name in pages.list_templates():
        pages.get_template(name)
    for language in text.READ_LANGUAGES:
        verbs.all_forms(language)
    lexicon.duty_words("Los países deberán informar.")
    lexicon.deadline_words("Los países deberán informar.")


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
