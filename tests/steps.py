"""How much work a function does, counted in lines of grcm that run: the same on every machine.

The lines of a comprehension count as often as it goes round. What Python does inside one call of
its own, as a regular expression or a slice, does not count.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import grcm_cli

if TYPE_CHECKING:
    from _typeshed import TraceFunction

_SOURCE = str(Path(grcm_cli.__file__).parent)


def lines_run(function: Callable[[], object]) -> int:
    """Return how many lines of grcm run in a function."""
    count = 0

    def line(_frame: FrameType, event: str, _argument: object) -> "TraceFunction":
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _argument: object) -> "TraceFunction | None":
        return line if frame.f_code.co_filename.startswith(_SOURCE) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        function()
    finally:
        sys.settrace(before)
    return count
