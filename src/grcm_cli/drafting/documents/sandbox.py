"""Read a .docx or .pdf in a restricted child process.

Parsers of such files hang or grow without bound on hostile input. The child process gets the
bytes and nothing else: no environment, no files, no network, limited memory and time. The parent
always gets paragraphs or an UnreadableDocument.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from grcm_cli.drafting.documents.paragraphs import (
    MEGABYTE,
    TOO_MUCH_TEXT,
    Paragraph,
    UnreadableDocument,
    time_limit,
)
from grcm_cli.language import text
from grcm_cli.language.text import N_, _

_MAX_MEMORY = 450 * MEGABYTE
_MAX_OUTPUT = 64 * MEGABYTE
_MAX_OPEN_FILES = 16
_PATIENCE = 1 if sys.platform == "win32" else 100
"""Seconds on the wall for each second of computing: a busy machine gives a process little time.
Windows limits no computing time."""
_CRASHED = N_("the process that read it came to a sudden end: save it as text")
_CPU_TIME_EXCEEDED = -24  # SIGXCPU

_START = (
    "import sys\n"
    "if sys.argv[1] not in sys.path: sys.path.insert(0, sys.argv[1])\n"
    "from grcm_cli.drafting.documents.sandbox import main\n"
    "main(sys.argv[2], sys.argv[3])\n"
)
"""Python isolated by `-I` finds installed packages only, so it gets the path of this one."""


def read(kind: str, data: bytes) -> list[Paragraph]:
    """Return the paragraphs of a `docx` or `pdf` document. Raises UnreadableDocument."""
    folder = str(Path(text.__file__).parents[2])
    language = text.language_of(os.environ)
    command = [sys.executable, "-I", "-B", "-c", _START, folder, kind, language]
    try:
        code, output = _run(command, data, _PATIENCE * time_limit(len(data)))
    except OSError as error:
        message = _("the process that reads such files cannot be started: {reason}")
        raise UnreadableDocument(message.format(reason=text.reason(error))) from error
    if code == 0 and len(output) <= _MAX_OUTPUT:
        return _parsed(output)
    if len(output) > _MAX_OUTPUT:
        raise UnreadableDocument(_(TOO_MUCH_TEXT))
    if code in (None, _CPU_TIME_EXCEEDED):
        raise UnreadableDocument(
            _("reading it takes too long: cut it in parts, or save it as text")
        )
    raise UnreadableDocument(_(_CRASHED))


def _run(command: Sequence[str], data: bytes, limit: float) -> tuple[int | None, bytes]:
    """Return the exit code, None after `limit` seconds, and at most _MAX_OUTPUT + 1 bytes."""
    process = subprocess.Popen(  # noqa: S603 - ourselves, with fixed arguments, and no shell
        command,
        env={name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    timed_out = threading.Event()

    def stop() -> None:
        timed_out.set()
        process.kill()

    timer = threading.Timer(limit, stop)
    feeder = threading.Thread(target=_feed, args=(process.stdin, data))
    with process:
        try:
            timer.start()
            feeder.start()
            output = process.stdout.read(_MAX_OUTPUT + 1) if process.stdout else b""
            if len(output) > _MAX_OUTPUT:
                process.kill()
            process.wait()
        finally:  # on KeyboardInterrupt as well
            timer.cancel()
            process.kill()
            feeder.join()
    return None if timed_out.is_set() else process.returncode, output


def _feed(stdin: IO[bytes], data: bytes) -> None:
    with suppress(OSError):  # the process may end before it has read everything
        stdin.write(data)
        stdin.close()


def _parsed(output: bytes) -> list[Paragraph]:
    """Return the paragraphs in the output of the child process.

    Raises UnreadableDocument, and ImportError where the child lacks a library.
    """
    try:
        match json.loads(output):
            case {"paragraphs": list(rows)}:
                return [_paragraph(row) for row in rows]
            case {"unreadable": str(message)}:
                raise UnreadableDocument(message)
            case {"not_imported": [str(module), str(message)]}:
                raise ImportError(message, name=module)
            case _:
                raise UnreadableDocument(_(_CRASHED))
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(_(_CRASHED)) from error


def _paragraph(row: object) -> Paragraph:
    match row:
        case [str(words), str(label), bool(heading), list(cells), list(notes), bool(aside)]:
            lists = tuple(map(str, cells)), tuple(map(str, notes))
            return Paragraph(words, label, heading, *lists, aside)
        case _:
            raise ValueError(row)


# --- in the child process ---------------------------------------------------------------------


def main(kind: str, language: str) -> None:
    """Read a document from stdin; write its paragraphs or an error message to stdout as JSON."""
    _limit("RLIMIT_AS", _MAX_MEMORY)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_NOFILE", _MAX_OPEN_FILES)
    text.set_language(language)
    try:
        parse = _parser(kind)
    except ImportError as error:
        sys.stdout.write(json.dumps({"not_imported": [error.name or "", str(error)]}))
        return
    data = sys.stdin.buffer.read()
    _limit("RLIMIT_CPU", time_limit(len(data)))
    sys.addaudithook(_refuse)
    sys.stdout.buffer.write(_result(parse, data))


def _parser(kind: str) -> Callable[[bytes], list[Paragraph]]:
    """Import the parser of a kind of document. The parent process needs neither of them."""
    if kind == "pdf":
        from grcm_cli.drafting.documents import pdf  # 60 ms: pypdf

        return pdf.read
    from grcm_cli.drafting.documents import docx  # 20 ms: zipfile and xml

    return docx.read


def _result(parse: Callable[[bytes], list[Paragraph]], data: bytes) -> bytes:
    try:
        return json.dumps({"paragraphs": parse(data)}).encode("ascii")
    except UnreadableDocument as unreadable:
        message = str(unreadable)
    except MemoryError:
        message = _("it needs far more memory than a document does")
    except RecursionError:
        message = _("it is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 - parsers raise anything on hostile files
        message = _("it is damaged ({error}): open it and save it anew, or save it as text")
        message = message.format(error=type(error).__name__)
    return json.dumps({"unreadable": message}).encode("ascii")


def _limit(name: str, most: int) -> None:
    """Set a resource limit of this process where the system has it; the time limit always holds."""
    if sys.platform == "win32":
        return
    import resource  # 0.2 ms that the parent process should not pay; Windows has none

    with suppress(ValueError, OSError):  # above the hard limit, or unknown
        # One more above: at the upper limit of computing time the signal would be that of a kill.
        resource.setrlimit(getattr(resource, name), (most, most + 1))


_FORBIDDEN_EVENTS = (
    *("socket.", "subprocess.", "ctypes.", "os.exec", "os.fork", "os.posix_spawn", "os.system"),
)
_MODULE_FILES = (".py", ".pyc", ".so", ".pyd", ".zip")


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: forbid starting programs, network connections and opening files.

    Python imports some of its own modules late, as the tables of an encoding; it may open those.
    """
    opened = str(arguments[0]) if event == "open" else ""
    if event.startswith(_FORBIDDEN_EVENTS) or (opened and not opened.endswith(_MODULE_FILES)):
        raise PermissionError(event)
