"""Run grcm quickly: in this process, or in the child of one that has imported it.

A new Python takes most of a run of grcm to start and to import. What may end a process, shows help,
has a time zone or is run by a shell runs in a copy of a process that has done that once, for each
language. What a start itself does is tested with real ones: by what a command imports and opens
(`test_house.py`), by its streams (`test_streams.py`), and by installed packages.
"""

import ast
import gc
import io
import multiprocessing
import os
import pkgutil
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import cache, lru_cache
from importlib import import_module
from multiprocessing.connection import Connection, wait
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest

import grcm_cli
from grcm_cli.cli import app
from grcm_cli.domain.findings import Finding
from grcm_cli.language import lexicon, text, verbs
from grcm_cli.letters import templates
from grcm_cli.reader import events
from grcm_cli.site import rendering
from grcm_cli.storage import file_reader
from grcm_cli.storage.file_reader import FileValues

FORKS = multiprocessing.get_context("forkserver")
SECONDS = 60  # after which a child is ended
_IN_A_LANGUAGE = ("grcm_cli.cli.", "grcm_cli.commands")
"""Modules whose help texts are translated when they are imported."""
_HELP = {"help", "--help", "-h"}
_COMMAND = """\
#!{python} -IS
import _socket, posix, sys
server = _socket.socket(_socket.AF_UNIX)
server.connect({folder!r} + "/socket")
streams = b"".join(stream.to_bytes(4, sys.byteorder) for stream in range(3))
server.sendmsg([b"."], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
line = repr([sys.argv[1:], posix.getcwd(), posix.environ])
server.sendall(line.encode(errors="surrogateescape"))
server.shutdown(_socket.SHUT_WR)
sys.exit(ord(server.recv(1) or b"\\1"))
"""


class Ended(NamedTuple):
    """What a process gave: its exit code (negative: the signal that ended it) and its output."""

    code: int
    out: bytes
    err: bytes
    seconds: float  # of the processor


def grcm(
    arguments: Sequence[str], cwd: Path, environment: Mapping[str, str], stdin: bytes = b""
) -> Ended:
    """Run grcm with a command line, in a folder, with nothing else in its environment.

    It runs in this process, whose commands have their help texts in English.
    """
    if not arguments or _HELP & {*arguments} or {"_GRCM_COMPLETE", "TZ"} & environment.keys():
        language = app._language(arguments, environment)
        return call(grcm_here, (list(arguments), str(cwd), dict(environment)), stdin, language)
    _import_commands()
    language = text.current_language()
    given, out, err = (io.TextIOWrapper(io.BytesIO(data), "utf-8") for data in (stdin, b"", b""))
    with (
        chdir(cwd),
        patch.object(file_reader, "values_of", _values_once),
        patch.object(templates, "LetterTemplate", _template),
        patch.dict(os.environ, environment, clear=True),
        patch.object(sys, "stdin", given),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        app.main(arguments)
    text.set_language(language)
    text.set_rewordings({})
    out.flush()
    err.flush()
    return Ended(int(end.value.code or 0), out.buffer.getvalue(), err.buffer.getvalue(), 0)


_read, _template = file_reader.values_of, lru_cache(1000)(templates.LetterTemplate)


def _values_once(name: str, shown: str, data: bytes, findings: list[Finding]) -> FileValues | None:
    """Return what was read of the same bytes before, in the same language."""
    if text._rewordings or len(data) > 50_000:
        return _read(name, shown, data, findings)
    values, found = _values(name, shown, data, text.current_language(), events._LIBYAML)
    findings += found
    return [*values] if isinstance(values, list) else values


@lru_cache(1000)
def _values(
    name: str, shown: str, data: bytes, _language: str, _parser: object
) -> tuple[FileValues | None, Sequence[Finding]]:
    findings: list[Finding] = []
    return _read(name, shown, data, findings), findings


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
    time.tzset()


def does_not_wait(_descriptor: int) -> None:
    """Stand for `os.fsync`: what no machine loses by a power cut needs no waiting for a disk."""


@cache
def _import_commands() -> None:
    text.set_language("en")
    for module in pkgutil.walk_packages(grcm_cli.__path__, "grcm_cli."):
        if module.name.startswith(_IN_A_LANGUAGE):
            import_module(module.name)


@cache
def path_for_shells() -> str:
    """Return a PATH that begins with a folder whose `grcm` asks for a run of it, in English."""
    ours = (str(Path(grcm_for_shells()).parent), str(Path(sys.executable).parent))
    return os.pathsep.join((*ours, os.environ.get("PATH", "")))


def grcm_for_shells() -> str:
    """Return the path of that `grcm`."""
    _servers()
    return f"{_folder().name}/grcm"


@cache
def _folder() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory()
    command = Path(folder.name, "grcm")
    command.write_text(_COMMAND.format(python=sys.executable, folder=folder.name), encoding="utf-8")
    command.chmod(0o755)
    return folder


@cache
def _servers() -> Mapping[str, Connection]:
    """Start the processes that make the children, by language: of one thread, so that they fork."""
    pipes = {language: FORKS.Pipe() for language in text.LANGUAGES}
    theirs = {language: pipe[1] for language, pipe in pipes.items()}
    shells = socket.socket(socket.AF_UNIX)
    shells.bind(f"{_folder().name}/socket")
    shells.listen()
    FORKS.Process(target=_start, args=(theirs, shells), daemon=True).start()
    return {language: pipe[0] for language, pipe in pipes.items()}


def _start(servers: Mapping[str, Connection], shells: socket.socket) -> None:
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
            _serve(jobs, [shells] if language == "en" else [])
            os._exit(0)
    for _server in servers:
        os.wait()


def _serve(jobs: Connection, shells: Sequence[socket.socket]) -> None:
    while True:
        if jobs not in wait([jobs, *shells]):
            _serve_shell(shells[0])
            continue
        try:
            function, arguments, stdin = jobs.recv()
        except EOFError:
            return
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            given.write(stdin)
            given.seek(0)
            child = os.fork()
            if not child:
                streams = [file.fileno() for file in (given, out, err)]
                os._exit(_become(function, arguments, streams))
            _child, status, used = os.wait4(child, 0)
            for file in (out, err):
                file.seek(0)
            seconds = used.ru_utime + used.ru_stime
            jobs.send((os.waitstatus_to_exitcode(status), out.read(), err.read(), seconds))


def _serve_shell(shells: socket.socket) -> None:
    """Run grcm in a child for a shell's command, with its streams, and tell it the exit code."""
    with shells.accept()[0] as shell:
        if os.fork():
            return
        _byte, streams, _flags, _address = socket.recv_fds(shell, 1, 3)
        line = b"".join(iter(lambda: shell.recv(65_536), b""))
        arguments = ast.literal_eval(line.decode(errors="surrogateescape"))
        pairs = arguments[2].items()
        arguments[2] = {os.fsdecode(name): os.fsdecode(value) for name, value in pairs}
        code = _become(grcm_here, arguments, streams)
        shell.send(code.to_bytes())
        os._exit(code)


def _fill_caches() -> None:
    """Import and make what a run would make anew and no data, day or language changes."""
    import_module("openpyxl")
    pages = rendering.environment()
    for name in pages.list_templates():
        pages.get_template(name)
    for language in text.READ_LANGUAGES:
        verbs.all_forms(language)
    lexicon.hint_words("duty", [])
    lexicon.hint_words("deadline", [])


def _become(
    function: Callable[..., object], arguments: Sequence[object], streams: Sequence[int]
) -> int:
    """Be the child: call the function with new streams, and return the code that Python would."""
    for descriptor, stream in enumerate(streams):
        os.dup2(stream, descriptor)
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
    return int(code)
