"""What a file for people without grcm is made from."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task


class Answer(NamedTuple):
    """The register, all tasks of a day, and those of them that were asked for."""

    register: Register
    everything: Sequence[Task]
    found: Sequence[Task]
    as_of: date
    language: str
