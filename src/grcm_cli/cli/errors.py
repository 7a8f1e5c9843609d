"""Exceptions that end a run, each with its exit code. Bad data as such is no exception."""


class CommandFailure(Exception):  # noqa: N818 - the program works as it should
    """The run ends with a sentence on stderr."""

    code = 2


class WrongUse(CommandFailure):
    """The command line names what does not exist, or contradicts itself: exit 2."""


class BadData(CommandFailure):
    """The data is not such that the command can do its work: exit 1."""

    code = 1


class MachineFailed(CommandFailure):
    """The system refused an operation, or another process holds a file: exit 3."""

    code = 3


class RegisterUnreadable(Exception):  # noqa: N818 - its sentences are printed before it is raised
    """The register cannot be read, so that there is nothing to answer from."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
