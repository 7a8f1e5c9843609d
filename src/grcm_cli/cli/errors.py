"""Exceptions that end a run, each with its exit code. Bad data as such is no exception."""

from collections.abc import Mapping

from grcm_cli.language.text import clean


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence with the values of its placeholders, each safe for a terminal."""
    safe = {name: clean(str(value)) for name, value in values.items()}
    return sentence.format(**safe) if safe else sentence


class CommandFailure(Exception):  # noqa: N818 - the program works as it should
    """The run ends with a sentence on stderr."""

    code = 2

    def __init__(self, sentence: str, *hints: str, **values: object) -> None:
        """Take a sentence, the values of its placeholders, and what is to be told after it."""
        super().__init__("; ".join(filter(None, (filled(sentence, values), *hints))))


class WrongUse(CommandFailure):
    """The command line names what does not exist, or contradicts itself: exit 2."""


class BadData(CommandFailure):
    """The data is not such that the command can do its work: exit 1."""

    code = 1


class MachineFailed(CommandFailure):
    """The system refused an operation, or another process holds a file: exit 3."""

    code = 3
