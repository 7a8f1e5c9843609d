"""The reading of a .docx or .pdf in a process of its own, that it may harm no other.

Such files are programs in all but name, and their readers have hung and grown without bound on
hostile ones. The process that reads is given the bytes and nothing else: no environment, no file,
no connection, little memory, little time. Whatever becomes of it, pieces or a sentence come back.
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

from grcm_cli.drafting.documents.limits import MEGABYTE, MUCH, seconds
from grcm_cli.drafting.documents.pieces import Piece, Unreadable
from grcm_cli.language import text
from grcm_cli.language.text import N_, _

_MEMORY = 450 * MEGABYTE
_ANSWER = 64 * MEGABYTE
_FILES = 16
_SUDDEN = N_("the process that read it came to a sudden end: save it as text")
_TIME_UP = -24  # the signal of a process that used up its seconds of the processor (SIGXCPU)

_START = (
    "import sys\n"
    "if sys.argv[1] not in sys.path: sys.path.insert(0, sys.argv[1])\n"
    "from grcm_cli.drafting.documents.child import answer\n"
    "answer(sys.argv[2], sys.argv[3])\n"
)
"""Isolated (`-I`), Python knows installed packages alone: it is told where this one stands."""


def ask(kind: str, data: bytes) -> list[Piece]:
    """Return the pieces of a document of a kind, `docx` or `pdf`. Raises Unreadable."""
    folder = str(Path(text.__file__).parents[2])
    language = text.language_of(os.environ)
    command = [sys.executable, "-I", "-B", "-c", _START, folder, kind, language]
    try:
        code, said = _run(command, data, seconds(len(data)))
    except OSError as error:
        message = _("the process that reads such files cannot be started: {reason}")
        raise Unreadable(message.format(reason=text.reason(error))) from error
    if code == 0 and len(said) <= _ANSWER:
        return _understood(said)
    if len(said) > _ANSWER:
        raise Unreadable(_(MUCH))
    if code in (None, _TIME_UP):
        raise Unreadable(_("reading it takes too long: cut it in parts, or save it as text"))
    raise Unreadable(_(_SUDDEN))


def _run(command: Sequence[str], data: bytes, limit: int) -> tuple[int | None, bytes]:
    """Return how a process ended, None where it took too long, and the first of what it wrote."""
    process = subprocess.Popen(  # noqa: S603 - ourselves, with fixed arguments, and no shell
        command,
        env={name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(limit, stop)
    giver = threading.Thread(target=_give, args=(process.stdin, data))
    with process:
        try:
            clock.start()
            giver.start()
            said = process.stdout.read(_ANSWER + 1) if process.stdout else b""
            if len(said) > _ANSWER:
                process.kill()
            process.wait()
        finally:  # also where somebody loses patience with us
            clock.cancel()
            process.kill()
            giver.join()
    return None if late.is_set() else process.returncode, said


def _give(stdin: IO[bytes], data: bytes) -> None:
    with suppress(OSError):  # it may end before it has read all
        stdin.write(data)
        stdin.close()


def _understood(said: bytes) -> list[Piece]:
    """Return the pieces of an answer. Raises Unreadable where it says so, or says nonsense."""
    try:
        match json.loads(said):
            case {"pieces": list(rows)}:
                return [_piece(row) for row in rows]
            case {"unreadable": str(message)}:
                raise Unreadable(message)
            case _:
                raise Unreadable(_(_SUDDEN))
    except (ValueError, RecursionError) as error:
        raise Unreadable(_(_SUDDEN)) from error


def _piece(row: object) -> Piece:
    match row:
        case [str(words), str(label), int(level), bool(heading), list(cells), list(notes)]:
            shown = tuple(map(str, cells)), tuple(map(str, notes))
            return Piece(words, label, level, heading, *shown)
        case _:
            raise ValueError(row)


# --- in the child -----------------------------------------------------------------------------


def answer(kind: str, language: str) -> None:
    """Read a document from standard input and write its pieces, or a sentence, as JSON."""
    _limit("RLIMIT_AS", _MEMORY)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_NOFILE", _FILES)
    text.speak(language)
    read = _reader(kind)
    data = sys.stdin.buffer.read()
    _limit("RLIMIT_CPU", seconds(len(data)))
    sys.addaudithook(_refuse)
    sys.stdout.buffer.write(_answer(read, data))


def _reader(kind: str) -> Callable[[bytes], list[Piece]]:
    if kind == "pdf":
        from grcm_cli.drafting.documents.pdf import (  # pypdf costs 0.2 s, and only here
            read as read_pdf,
        )

        return read_pdf
    from grcm_cli.drafting.documents.word import read as read_word

    return read_word


def _answer(read: Callable[[bytes], list[Piece]], data: bytes) -> bytes:
    try:
        return json.dumps({"pieces": read(data)}).encode("ascii")
    except Unreadable as unreadable:
        message = str(unreadable)
    except MemoryError:
        message = _("it needs far more memory than a document does")
    except RecursionError:
        message = _("it is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 - readers of hostile files raise whatever they meet
        message = _("it is damaged ({error}): open it and save it anew, or save it as text")
        message = message.format(error=type(error).__name__)
    return json.dumps({"unreadable": message}).encode("ascii")


def _limit(name: str, most: int) -> None:
    """Take no more of something from here on. Where a system knows no such limit, time is one."""
    if sys.platform == "win32":
        return
    import resource  # Windows has none

    with suppress(ValueError, OSError):  # more than the system lets us have, or unknown to it
        resource.setrlimit(getattr(resource, name), (most, most))


_REFUSED = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "ctypes.",
)
_PYTHON = (".py", ".pyc", ".so", ".pyd", ".zip")


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Stop whatever a reader of documents has no need of: programs, connections, files.

    Python opens its own modules late, as the tables of an encoding; those may be read.
    """
    opened = str(arguments[0]) if event == "open" else ""
    if event.startswith(_REFUSED) or (opened and not opened.endswith(_PYTHON)):
        raise PermissionError(event)
