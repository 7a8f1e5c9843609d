"""Exit codes, and the exceptions that end a run with one. Bad data as such is no exception."""

from collections.abc import Mapping
from enum import IntEnum

from grcm_cli.language.text import clean


class ExitCode(IntEnum):
    """How a run ended. Of several reasons for a code below 4, the highest counts."""

    DONE = 0
    BAD_DATA = 1
    WRONG_USE = 2
    MACHINE_FAILED = 3
    BUG = 4
    NOT_EMPTY = 5
    """The list is not empty, with `--exit-code`."""
    INTERRUPTED = 130


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence with the values of its placeholders, each safe for a terminal."""
    safe = {name: clean(str(value)) for name, value in values.items()}
    return sentence.format(**safe) if safe else sentence


class CommandFailure(Exception):  # noqa: N818 - the program works as it should
    """The run ends with a sentence on stderr."""

    code = ExitCode.WRONG_USE

    def __init__(self, sentence: str, *hints: str, **values: object) -> None:
        """Take a sentence, the values of its placeholders, and what is to be told after it."""
        super().__init__("; ".join(filter(None, (filled(sentence, values), *hints))))


class WrongUse(CommandFailure):
    """The command line names what does not exist, or contradicts itself: exit 2."""


class BadData(CommandFailure):
    """The data is not such that the command can do its work: exit 1."""

    code = ExitCode.BAD_DATA


class MachineFailed(CommandFailure):
    """The system refused an operation, or another process holds a file: exit 3."""

    code = ExitCode.MACHINE_FAILED
