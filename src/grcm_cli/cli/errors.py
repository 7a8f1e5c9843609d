"""Why a run ends early. A list goes on with bad data, for findings are values; writing does not."""


class Stop(Exception):  # noqa: N818 - it is no fault of the program
    """The run ends with a sentence on stderr."""

    code = 2


class WrongUse(Stop):
    """What was asked for does not exist or cannot be meant: exit 2."""


class BadData(Stop):
    """A file is to be written that cannot be read as it is: exit 1."""

    code = 1


class MachineFailed(Stop):
    """The machine refused, or another writer held a file; nothing was changed: exit 3."""

    code = 3


class NoList(Exception):  # noqa: N818 - nor is this
    """There is nothing to answer from: the register cannot be read. `code` is the exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
