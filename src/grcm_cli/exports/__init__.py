"""Files for people without grcm: calendar, workbook, database."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.findings import Finding, by_file
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import incomplete_note


class ExportData(NamedTuple):
    """The content of an exported file: the register, all tasks of a day, and the selected ones."""

    register: Register
    everything: Sequence[Task]
    selected: Sequence[Task]
    as_of: date
    language: str
    problems: Sequence[Finding] = ()
    """The errors for which the file may be incomplete."""
    process: str = ""
    """What names the record in a file of several; empty in one of its own."""
    party: str | None = None
    """The code of the party of whose tasks alone a calendar is; None for that of everybody."""
    limits: str = ""
    """To what the selected ones are limited, for a title; empty where they are not."""

    @property
    def in_front(self) -> str:
        """What an entry's title begins with where the file has several records; else nothing."""
        return f"{self.process} · " if self.process else ""

    @property
    def incomplete(self) -> str:
        """The words for what may be missing; empty where all could be read."""
        return incomplete_note(by_file(self.problems))
