"""Run grcm: prepare its streams, set the language, run the command, end with an exit code."""

import codecs
import errno
import os
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import TextIO

from grcm_cli.language import text
from grcm_cli.language.ci_commands import without_commands
from grcm_cli.language.text import _, clean, in_series, labelled, reason
from grcm_cli.lookups.errors import CommandFailure, ExitCode, forget_files, stored_files

_SHOWN = 80  # characters of a path that no system takes


def main(arguments: Sequence[str] | None = None) -> None:
    """Run grcm and end the process with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    prepare_streams()
    forget_files()
    # Help texts are translated when a command's module is imported: set the language before.
    text.set_language(_language(words, os.environ))
    exhausted = ""
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        code = ExitCode.DONE  # the reader has closed the pipe: `grcm due | head -1`
        _discard_buffered(1)
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
        if stored_files():
            _fail(code, _("interrupted"))
    except OSError as error:
        code = _refused(error)
        _discard_buffered(1)
    except MemoryError:
        # What fills the memory is free only after this block, where its trace ends.
        code, exhausted = ExitCode.MACHINE_FAILED, _("there is not enough memory")
    except RecursionError:
        code, exhausted = ExitCode.MACHINE_FAILED, _("the data are nested too deeply")
    except Exception as error:  # noqa: BLE001 - any other exception is a bug of grcm
        if "--debug" in words:
            traceback.print_exception(error)
        code = _unexpected(error)
    if exhausted:
        _fail(code, _too_large(exhausted))
        _discard_buffered(1)
    sys.exit(int(code))


def _run(words: list[str]) -> int:
    # 30 ms, always; here, so that a library that cannot be imported is named as others' faults are
    from grcm_cli.cli.command_line import run_command

    try:
        return run_command(words)
    except CommandFailure as stop:
        return _fail(stop.code, str(stop))
    except Exception as error:
        cache = sys.modules.get("grcm_cli.storage.cache")
        if isinstance(error, OSError) or cache is None or not cache.discard_read():
            raise
        os.environ["GRCM_NO_CACHE"] = "1"  # its values may be to blame
        return _run(words)


def _refused(error: OSError) -> int:
    """Return the exit code for what the system refused; a name was typed, or is in GRCM_DATA."""
    path = clean(str(error.filename or ""))
    if error.errno == errno.ENAMETOOLONG:
        message = _("no file or folder can have such a long name: {path}")
        return _fail(ExitCode.WRONG_USE, message.format(path=f"{path[:_SHOWN]}…"))
    why = labelled(reason(error), path) if path else reason(error)
    return _fail(ExitCode.MACHINE_FAILED, _("system error: {reason}").format(reason=why))


def _unexpected(error: Exception) -> int:
    module = (error.name or "").partition(".")[0] if isinstance(error, ImportError) else ""
    if module and module != "grcm_cli" and module not in sys.stdlib_module_names:
        fault = _("a library that grcm needs cannot be used: {libraries}; to install it: {command}")
        from importlib import metadata  # 29 ms, only where something is broken

        needed = [module]
        with suppress(metadata.PackageNotFoundError):  # else it is a copy of the source
            lines = metadata.requires("grcm-cli") or []
            of_extra = [line for line in lines if "extra ==" in line and line.startswith(module)]
            lines = of_extra or [line for line in lines if "extra ==" not in line]
            needed = [f'"{line.partition(";")[0].strip()}"' for line in lines]
        command = f"{sys.executable} -m pip install --force-reinstall {' '.join(needed)}"
        sentence = fault.format(libraries=clean(module), command=clean(command))
        return _fail(ExitCode.MACHINE_FAILED, sentence)
    if "can't start new thread" in "".join(traceback.format_exception(error)):  # of no own class
        return _fail(ExitCode.MACHINE_FAILED, _too_large(_("there is not enough memory")))
    message = _("this is a bug in grcm: {error} (--debug shows where)")
    return _fail(ExitCode.BUG, message.format(error=clean(f"{type(error).__name__}: {error}")))


def _too_large(problem: str) -> str:
    from grcm_cli.storage.file_reader import largest_file  # 10 ms; help and completion read no file

    failed = _("system error: {reason}").format(reason=problem)
    path, size = largest_file()
    if not path:
        return failed
    largest = _("the largest file is {path}, with {size} bytes")
    return in_series((failed, largest.format(path=clean(path), size=size)))


def _language(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language of the last --lang, else of the environment.

    One that there is not is ignored here: it is refused when the options are parsed.
    """
    asked = environment.get("GRCM_LANG", "")
    for place, word in enumerate(words):
        if word == "--":
            break
        if word == "--lang" and place + 1 < len(words):
            asked = words[place + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked if asked in text.LANGUAGES else text.language_of(environment)


def _fail(code: int, message: str) -> int:
    """Write a message to stderr, with the files that are stored all the same; return the code."""
    message = in_series((message, stored_files()))
    try:
        sys.stderr.write(f"grcm: {message}\n")
        sys.stderr.flush()
    except OSError:
        _discard_buffered(2)  # stderr cannot be written either: there is only the exit code
    return code


def _discard_buffered(descriptor: int) -> None:
    """Send what a stream still buffers to the null device: writing it would fail again at exit."""
    with suppress(OSError):
        os.close(descriptor)  # first: the process may have as many files as it may open
        nowhere = os.open(os.devnull, os.O_WRONLY)
        if nowhere != descriptor:
            os.dup2(nowhere, descriptor)
            os.close(nowhere)


class OutputStream:
    """A text stream in which no line is a command to the CI service that shows it.

    The lines of sentences fit the terminal.
    """

    def __init__(self, stream: TextIO, *, has_sentences: bool = False) -> None:
        self.stream, self.is_wrapped = stream, has_sentences and stream.isatty()

    def write(self, text: str) -> int:
        """Write a text, which begins a line; return its length."""
        # Colours and bars move the cursor themselves.
        lines = _fitting(text) if self.is_wrapped and "\x1b" not in text else text
        self.stream.write(without_commands(lines))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts."""
        self.stream.writelines(map(without_commands, lines))

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


def _fitting(text: str) -> str:
    """Return a text whose longer lines are broken between words, each indented as it began."""
    from grcm_cli.cli.command_table import terminal_columns  # 20 ms, at a terminal alone

    width, lines = terminal_columns(os.environ), text.split("\n")
    if width is None or max(map(len, lines)) <= width:
        return text
    from grcm_cli.formats.terminal import wrapped  # 5 ms, for a longer line alone

    indents = [len(line) - len(line.lstrip()) for line in lines]
    indented = zip(lines, indents, strict=True)
    parts = (wrapped(line, width, indent and indent + 2) for line, indent in indented)
    return "\n".join(chain.from_iterable(parts))


def prepare_streams() -> None:
    """Make stdout and stderr safe to write any text to."""
    codecs.register_error("grcm", _escape)
    encoding = "utf-8" if os.name == "nt" else None
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open till the end
        stream = getattr(sys, name)
        if reconfigure := getattr(stream, "reconfigure", None):
            # The same bytes on every system: no line end gets a CR of its own.
            reconfigure(encoding=encoding, errors="grcm", newline="\n")
        if not isinstance(stream, OutputStream):
            setattr(sys, name, OutputStream(stream, has_sentences=name == "stderr"))


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    units = (int.from_bytes(lost[start : start + 2], "big") for start in range(0, len(lost), 2))
    return "".join(f"\\u{unit:04x}" for unit in units), error.end
