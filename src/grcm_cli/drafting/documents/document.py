"""Read a document of any kind, detected by its content, into paragraphs."""

import codecs
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO, cast

from grcm_cli.drafting.documents import paragraphs as limits
from grcm_cli.drafting.documents.paragraphs import Paragraph, UnreadableDocument, time_limit
from grcm_cli.drafting.documents.running import edges_of, running_lines
from grcm_cli.language import text as messages
from grcm_cli.language.text import N_, _

# --- the kinds of documents -----------------------------------------------------------------------

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the latter is an empty archive
_PDF, _OLE = b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream of a password-protected .docx in an OLE file (MS-OFFCRYPTO 2.3.4.4)."""
_UNSUPPORTED = (
    (re.compile(rb"\{\\rtf"), N_("it is an RTF file: save it as .docx, .pdf or text")),
    (re.compile(rb"<!doctype html|<html", re.I), N_("it is a web page: save it as text")),
    (re.compile(rb"<\?xml"), N_("it is an XML file: save it as .docx, .pdf or text")),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*"),
        N_("it is a picture: run text recognition (OCR) on it and save the text"),
    ),
)
_BYTE_ORDER_MARKS = {
    "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}
_LEGACY_ENCODINGS = ("windows-1252", "cp850", "mac-roman")
"""Encodings of older programs for Spanish and English, the most likely first."""
_EXPECTED_CHARACTERS = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡ºª°“”–—…")

_LONG_GAP = re.compile(r"(\s{100})\s+")
_MAX_CELLS = 2_000
_CONTROL = re.compile(f"[{limits.CONTROL_CHARACTERS}]")
_MAX_MEMORY = 450 * limits.MEGABYTE
_MAX_OUTPUT = 64 * limits.MEGABYTE
_MAX_OPEN_FILES = 16
_MOMENT = 5.0  # seconds for the last bytes of a program that has ended
_PATIENCE = 1 if sys.platform == "win32" else 100
"""Seconds on the wall for each second of computing: a busy machine gives a process little time.
Windows limits no computing time."""
_CRASHED = N_("the process that read it ended unexpectedly: save it as text")
_CPU_TIME_EXCEEDED = -24  # SIGXCPU

_START = (
    "import sys\n"
    "if sys.argv[1] not in sys.path: sys.path.insert(0, sys.argv[1])\n"
    "from grcm_cli.drafting.documents.document import main\n"
    "main(sys.argv[2], sys.argv[3])\n"
)
"""Python isolated by `-I` finds installed packages only, so it gets the path of this one."""
_FORBIDDEN_EVENTS = (
    *("socket.", "subprocess.", "ctypes.", "os.exec", "os.fork", "os.posix_spawn", "os.system"),
)
_MODULE_FILES = (".py", ".pyc", ".so", ".pyd", ".zip")


def read(data: bytes, encoding: str | None = None) -> list[Paragraph]:
    """Return the paragraphs, table rows or lines of a document in their order.

    A plain text is UTF-8, or in `encoding` where one is given, the name of one that Python knows.
    Raises UnreadableDocument.
    """
    paragraphs = []
    for paragraph in _read(data, encoding):
        if max(len(paragraph.cells), *map(paragraph.text.count, "\t|")) > _MAX_CELLS:
            message = _("a row in it has more than {count} cells: split that row")
            raise UnreadableDocument(message.format(count=_MAX_CELLS))
        text, cells = with_short_gaps(paragraph.text), tuple(map(with_short_gaps, paragraph.cells))
        _refuse_controls("\n".join((text, paragraph.label, *cells, *paragraph.notes)))
        paragraphs.append(paragraph._replace(text=text, cells=cells))
    if not any(paragraph.text.strip() or paragraph.label for paragraph in paragraphs):
        raise UnreadableDocument(_("there is no text in it"))
    return paragraphs


def with_short_gaps(text: str) -> str:
    """Return a text with at most 100 characters of white space in a row; no line has more."""
    return _LONG_GAP.sub(r"\1", text)


def is_encoding(name: str) -> bool:
    """Tell whether Python knows a text encoding by this name."""
    try:
        "a".encode(name).decode(name)
    except (LookupError, ValueError, TypeError):
        return False
    return True


def _read(data: bytes, encoding: str | None) -> list[Paragraph]:
    limits.check_bytes(len(data), limits.MAX_FILE_BYTES)
    start = data[:1024].removeprefix(codecs.BOM_UTF8).lstrip()
    if data.startswith(_ZIP):
        return _read_apart("docx", data)
    if start.startswith(_PDF):
        return _read_apart("pdf", data)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableDocument(_("it is protected by a password: save it without one"))
        raise UnreadableDocument(_("it is an old Word document (.doc): save it as .docx"))
    for pattern, message in _UNSUPPORTED:
        if pattern.match(start):
            raise UnreadableDocument(_(message))
    limits.check_bytes(len(data), limits.MAX_TEXT_BYTES)
    try:
        text = data.decode(encoding or "utf-8").removeprefix("\ufeff")
    except UnicodeError as error:
        raise UnreadableDocument(_encoding_error(data, encoding, error)) from error
    _refuse_controls(text)
    limits.check_length(text.count("\f"))
    # A form feed after a line end ends no second line.
    pages = [page.splitlines() for page in text.split("\f")]
    lines = [line for page in pages for line in page]
    limits.check_length(len(lines))
    if len(pages) == 1:
        running = running_lines(lines)
        return [Paragraph(line, aside=place in running) for place, line in enumerate(lines)]
    return [
        Paragraph(line, aside=bool(line.strip()) and not first <= place < end)
        for page, (first, end) in zip(pages, edges_of(pages), strict=True)
        for place, line in enumerate(page)
    ]


def _refuse_controls(text: str) -> None:
    control = _CONTROL.search(text)
    if control:
        message = _("it contains the control character U+{code}: it is not text, or it is damaged")
        raise UnreadableDocument(message.format(code=f"{ord(control[0]):04X}"))


def _encoding_error(data: bytes, encoding: str | None, error: UnicodeError) -> str:
    if encoding is not None:
        return _("it is not in {encoding}").format(encoding=encoding)
    for name, marks in _BYTE_ORDER_MARKS.items():
        if data.startswith(marks):
            return _("it is not UTF-8: give --encoding {encoding}").format(encoding=name)
    if b"\0" in data:
        return _("it is not text")
    place = error.start if isinstance(error, UnicodeDecodeError) else 0
    if any(byte >= 0x80 for byte in data[:place]):
        message = _("it is UTF-8 up to line {line}, but damaged there")
        return message.format(line=data.count(b"\n", 0, place) + 1)
    high = bytes(byte for byte in data if byte >= 0x80)
    likely = max(
        _LEGACY_ENCODINGS,
        key=lambda name: sum(sign in _EXPECTED_CHARACTERS for sign in high.decode(name, "replace")),
    )
    message = _("it is not UTF-8: give --encoding {encoding}, or whichever encoding the file uses")
    return message.format(encoding=likely)


# --- a .docx or .pdf: in a child process ----------------------------------------------------------
#
# Parsers of such files hang or grow without bound on hostile input. So the child gets the bytes and
# nothing else: no environment, files or network, limited memory and time.


def _read_apart(kind: str, data: bytes) -> list[Paragraph]:
    """Return the paragraphs of a `docx` or `pdf` document. Raises UnreadableDocument."""
    folder = str(Path(messages.__file__).parents[2])
    language = messages.language_of(os.environ)
    command = [sys.executable, "-I", "-B", "-c", _START, folder, kind, language]
    try:
        seconds = _PATIENCE * time_limit(len(data))
        kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
        code, output, _errors = run(command, data, seconds, _MAX_OUTPUT, kept)
    except OSError as error:
        message = _("the process that reads such files cannot be started: {reason}")
        raise UnreadableDocument(message.format(reason=messages.reason(error))) from error
    if code == 0 and len(output) <= _MAX_OUTPUT:
        return _parsed(output)
    message = _CRASHED
    if len(output) > _MAX_OUTPUT:
        message = limits.TOO_MUCH_TEXT
    elif code in (None, _CPU_TIME_EXCEEDED):
        message = N_("reading it takes too long: split it, or save it as text")
    raise UnreadableDocument(_(message))


def run(
    command: Sequence[str] | str,
    data: bytes,
    seconds: float,
    most: int,
    environment: Mapping[str, str] | None = None,
) -> tuple[int | None, bytes, bytes]:
    """Return the exit code of a program, what it wrote to stdout, and to stderr.

    It gets `data` on stdin. Of each answer there are at most `most` + 1 bytes. The code is None
    where the program took more than `seconds` or wrote more; it is ended then, with all that it has
    started. Raises OSError where it cannot be started.
    """
    process = subprocess.Popen(  # noqa: S603 - ourselves or the user's own command, no shell
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    answers = {process.stdout: b"", process.stderr: b""}

    def feed() -> None:
        with suppress(OSError), cast(IO[bytes], process.stdin) as stdin:
            stdin.write(data)  # the program may end before it has read everything

    def collect(pipe: IO[bytes]) -> None:
        answers[pipe] = pipe.read(most + 1)
        if len(answers[pipe]) > most:
            _end(process)

    threads = [Thread(target=feed, daemon=True)]
    threads += [Thread(target=collect, args=[pipe], daemon=True) for pipe in answers]
    code = None
    try:
        for thread in threads:
            thread.start()
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(seconds)
    finally:  # on KeyboardInterrupt as well
        _end(process)
        process.wait()
        for thread in threads:  # what has left the group may hold a pipe open
            thread.join(_MOMENT)
    output, errors = answers.values()
    return None if max(len(output), len(errors)) > most else code, output, errors


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program, with all that it has started in its group."""
    with suppress(OSError):  # all have ended
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _parsed(output: bytes) -> list[Paragraph]:
    """Return the paragraphs of the child's output. Raises UnreadableDocument and ImportError."""
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
        case [str(words), str(label), bool(heading), list(cells), list(notes), bool(aside), []]:
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
    messages.set_language(language)
    try:  # to import a parser, of which the parent process needs none
        if kind == "pdf":
            from grcm_cli.drafting.documents.pdf import read as parse  # 60 ms: pypdf
        else:
            from grcm_cli.drafting.documents.docx import read as parse  # 20 ms: zipfile and xml
    except ImportError as error:
        sys.stdout.write(json.dumps({"not_imported": [error.name or "", str(error)]}))
        return
    data = sys.stdin.buffer.read()
    _limit("RLIMIT_CPU", time_limit(len(data)))
    sys.addaudithook(_refuse)
    message = answer = ""
    try:
        answer = json.dumps({"paragraphs": parse(data)})
    except UnreadableDocument as unreadable:
        message = str(unreadable)
    except MemoryError:
        message = _("it needs far more memory than a document should")
    except RecursionError:
        message = _("it is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 - parsers raise anything on hostile files
        message = _("it is damaged ({error}): open it and save it again, or save it as text")
        message = message.format(error=type(error).__name__)
    sys.stdout.write(json.dumps({"unreadable": message}) if message else answer)


def _limit(name: str, most: int) -> None:
    """Set a resource limit of this process where the system has it; the time limit always holds."""
    if sys.platform == "win32":
        return
    import resource  # 0.2 ms that the parent process should not pay; Windows has none

    with suppress(ValueError, OSError):  # above the hard limit, or unknown
        # One more above: at the upper limit of computing time the signal would be that of a kill.
        resource.setrlimit(getattr(resource, name), (most, most + 1))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: forbid programs, connections and files, but for modules imported late."""
    opened = str(arguments[0]) if event == "open" else ""
    if event.startswith(_FORBIDDEN_EVENTS) or (opened and not opened.endswith(_MODULE_FILES)):
        raise PermissionError(event)
