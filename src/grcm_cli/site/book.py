"""What all pages of one language are made from."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from grcm_cli.model import Meeting, Reference, Text
from grcm_cli.register import Register
from grcm_cli.task import Task
from grcm_cli.views.links import Links


class Book:
    """The register, its tasks on a day and the language that its pages speak."""

    def __init__(
        self, register: Register, tasks: Sequence[Task], as_of: date, language: str
    ) -> None:
        """Take the register and all its tasks, earliest deadline first."""
        self.register = register
        self.tasks = tasks
        self.as_of = as_of
        self.language = language

    @property
    def title(self) -> str:
        """The name of the process."""
        return self.register.process.name.shown(self.language)

    @cached_property
    def of_mandate(self) -> Mapping[Reference, Sequence[Task]]:
        """The tasks of each mandate."""
        found: dict[Reference, list[Task]] = {}
        for task in self.tasks:
            found.setdefault(task.reference, []).append(task)
        return found

    @cached_property
    def of_meeting(self) -> Mapping[str, Sequence[Task]]:
        """The tasks of each meeting, by its id."""
        found: dict[str, list[Task]] = {}
        for task in self.tasks:
            found.setdefault(task.meeting.id, []).append(task)
        return found

    @cached_property
    def of_party(self) -> Mapping[str, Sequence[Task]]:
        """What each party owes: itself, with others, or through an office that it holds."""
        found: dict[str, list[Task]] = {}
        for task in self.tasks:
            held = (holder for holders in task.holders.values() for holder in holders)
            for code in dict.fromkeys((*task.parties, *held)):
                found.setdefault(code, []).append(task)
        return found

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The meetings of the same body before and after each meeting, by their ids."""
        found: dict[str, tuple[str | None, str | None]] = {}
        for party in self.register.parties:
            rows = self.register.calendar.of_body(party.code, date.min)
            ids = [None, *(name for _start, name, _meeting in rows), None]
            for before, name, after in zip(ids, ids[1:], ids[2:], strict=False):
                found[str(name)] = before, after
        return found

    @cached_property
    def links(self) -> Links:
        """How conclusions hang together."""
        return Links(self.register, self.as_of)

    def name_of(self, code: str) -> str:
        """Return a party's name, else its code."""
        party = self.register.directory.by_code.get(code)
        return party.name.shown(self.language) if party else code

    def other_language(self, text: Text | None, meeting: Meeting) -> str:
        """Return the language in which a text is shown, where it is not the page's; else nothing.

        A screen reader has to be told.
        """
        if text is None or self.language in text.by_language:
            return ""
        shown = next(iter(text.by_language), "") or meeting.language or ""
        return "" if shown == self.language else shown
