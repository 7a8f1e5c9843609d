"""Processes that may take no more memory and computing time than a hostile file is worth.

What is measured is the time that the processor works for a process and for those that it starts:
on a busy machine that stays about the same, and a clock on the wall tells nothing.
"""

import resource
from collections.abc import Callable

from .processes import Ended, call

SECONDS = 5  # of the processor
MEGABYTES = 500


def run_limited(function: Callable[..., object], *arguments: object) -> Ended:
    """Call a function in a process with twice the memory and four times the computing time."""
    return call(_limited, (function, arguments))


def _limited(function: Callable[..., object], arguments: tuple[object, ...]) -> None:
    most = 2 * MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (4 * SECONDS, 4 * SECONDS))
    function(*arguments)
