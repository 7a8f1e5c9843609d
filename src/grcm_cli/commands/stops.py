"""Why a run ends early. Bad data is no such reason: findings are values."""


class WrongUse(Exception):  # noqa: N818 - it is no fault of the program
    """What was asked for does not exist or cannot be meant: exit 2, with a sentence."""


class NoList(Exception):  # noqa: N818 - nor is this
    """There is nothing to answer from: the register cannot be read. `code` is the exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
