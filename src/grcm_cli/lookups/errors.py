"""How a run ends: exit codes, the exceptions that lead to one, and the files stored by then."""

from collections.abc import Iterable, Mapping
from enum import IntEnum

from grcm_cli.language.text import _, clean, in_series


class ExitCode(IntEnum):
    """How a run ended. Of several reasons for a code below 4, the highest counts."""

    DONE = 0
    BAD_DATA = 1
    WRONG_USE = 2
    MACHINE_FAILED = 3
    BUG = 4
    NOT_EMPTY = 5  # the list is not empty, with `--exit-code`
    INTERRUPTED = 130


EXIT_CODES: Mapping[ExitCode, str] = {
    ExitCode.DONE: "Done, even if nothing was found or the reader of a pipe stopped early.",
    ExitCode.BAD_DATA: "There are problems in the data.",
    ExitCode.WRONG_USE: "Wrong usage, or a folder, file, party, meeting or reference that does "
    "not exist.",
    ExitCode.MACHINE_FAILED: "A system error: a file that cannot be read, a full disk, a lock, too "
    "little memory, a library that is missing or too old. Nothing was changed except the files "
    "that the message calls stored.",
    ExitCode.BUG: "A bug in grcm.",
    ExitCode.NOT_EMPTY: "The list is not empty, and `--exit-code` was given. If the data have a "
    "problem, the code is that of the problem.",
    ExitCode.INTERRUPTED: "Interrupted.",
}
"""When a run ends with each code, for the manual."""


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence with the values of its placeholders, each safe for a terminal."""
    safe = {name: clean(str(value)) for name, value in values.items()}
    return sentence.format(**safe) if safe else sentence


class CommandFailure(Exception):  # noqa: N818 - the program works as it should
    """The run ends with a sentence on stderr."""

    code = ExitCode.WRONG_USE

    def __init__(self, sentence: str, *hints: str, **values: object) -> None:
        """Take a sentence, the values of its placeholders, and what is to be told after it."""
        super().__init__(in_series((filled(sentence, values), *hints)))


class WrongUse(CommandFailure):
    """The command line names what does not exist, or contradicts itself: exit 2."""


class BadData(CommandFailure):
    """The data is not such that the command can do its work: exit 1."""

    code = ExitCode.BAD_DATA


class MachineFailed(CommandFailure):
    """The system refused an operation, or another process holds a file: exit 3."""

    code = ExitCode.MACHINE_FAILED


# A run that ends early, whatever the reason, ends its message with those that are stored: a file
# that has its new bytes keeps them, also where a later step failed.

_files: dict[str, bool] = {}  # by path as shown, whether it is stored; one run is one process
_hints: list[str] = []


def forget_files() -> None:
    """Forget all files, at the start of a run."""
    _files.clear()
    _hints.clear()


def plan_files(paths: Iterable[str], hint: str = "") -> None:
    """Note files that are to be written. `hint` says how to complete a run that ended early."""
    for path in paths:
        _files.setdefault(path, False)
    _hints[:] = [hint] if hint else []


def mark_file(path: str, *, is_stored: bool) -> None:
    """Note whether a file has its new bytes."""
    _files[path] = is_stored


def stored_files() -> str:
    """Return which files are stored and which are not; nothing where none is stored."""
    stored = [clean(path) for path, is_stored in _files.items() if is_stored]
    missing = [clean(path) for path, is_stored in _files.items() if not is_stored]
    if not stored:
        return ""
    parts = [_("stored: {paths}").format(paths=", ".join(stored))]
    if missing:
        parts += [_("not stored: {paths}").format(paths=", ".join(missing)), *_hints]
    return in_series(parts)
