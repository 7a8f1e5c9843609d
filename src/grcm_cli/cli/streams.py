"""What leaves grcm on stdout and stderr: any character can be written, and nothing is a command."""

import codecs
import os
import sys
from collections.abc import Iterable
from typing import TextIO, cast

from grcm_cli.language.ci_commands import without_commands


class OutputStream:
    """A text stream in which no line is a command to the CI service that shows it."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text, which begins a line; return its length."""
        self.stream.write(without_commands(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


def prepare_streams() -> None:
    """Make stdout and stderr safe to write any text to."""
    codecs.register_error("grcm", _escape)
    encoding = "utf-8" if os.name == "nt" else None
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open till the end
        stream = getattr(sys, name)
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # The same bytes on every system: no line end gets a CR of its own.
            reconfigure(encoding=encoding, errors="grcm", newline="\n")
        if not isinstance(stream, OutputStream):
            setattr(sys, name, OutputStream(stream))


def write_commands(text: str) -> None:
    """Write lines to stdout that a CI service shall act on."""
    stream = cast("object", sys.stdout)
    (stream.stream if isinstance(stream, OutputStream) else sys.stdout).write(text)


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    units = (int.from_bytes(lost[i : i + 2], "big") for i in range(0, len(lost), 2))
    return "".join(f"\\u{unit:04x}" for unit in units), error.end
