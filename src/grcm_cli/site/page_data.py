"""The data that all pages of one language share."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from grcm_cli.domain.model import Mandate, Meeting, Party, Reference, Text
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.site import urls
from grcm_cli.views import labels
from grcm_cli.views.conclusion import Links
from grcm_cli.views.mandate_summary import states
from grcm_cli.views.meeting_names import task_due_in_words
from grcm_cli.views.tasks import by_mandate, group_by

_LINES_OF_PART = 2500
"""The approximate length of a part of a meeting's page."""


class SiteData:
    """The register, its tasks on a day, the language of the pages, and where each page is."""

    def __init__(
        self,
        register: Register,
        tasks: Sequence[Task],
        as_of: date,
        language: str,
        doubtful: Sequence[str] = (),
    ) -> None:
        """Take the register and all its tasks, earliest deadline first.

        `doubtful` are the paths of files with errors, which every page names.
        """
        self.register = register
        self.tasks = tasks
        self.as_of = as_of
        self.language = language
        self.doubtful = doubtful
        self._by_mandate = by_mandate(tasks)
        self._by_meeting = group_by(tasks, lambda task: id(task.meeting))

    @property
    def title(self) -> str:
        """The name of the process."""
        return self.register.process.name.shown(self.language)

    @property
    def parties(self) -> Sequence[Party]:
        """The parties; of two that share a code, which is an error, the first."""
        return list(self.register.directory.by_code.values())

    @property
    def newest_meetings(self) -> Sequence[Meeting]:
        """The meetings, the latest first, those without a day last."""
        meetings = self.register.meetings
        return sorted(meetings, key=lambda one: (str(one.start or ""), one.id), reverse=True)

    def due_in_words(self, task: Task) -> str:
        """Return the `due` of a task in words, with the names of bodies and meetings."""
        return task_due_in_words(task, self.register, self.language)

    # --- tasks --------------------------------------------------------------------------------

    def of_mandate(self, mandate: Mandate) -> Sequence[Task]:
        """Return the tasks of a mandate."""
        return self._by_mandate.get(id(mandate), ())

    def of_meeting(self, meeting: Meeting) -> Sequence[Task]:
        """Return the tasks of a meeting."""
        return self._by_meeting.get(id(meeting), ())

    @cached_property
    def _of_party(self) -> Mapping[str, Sequence[Task]]:
        found: dict[str, list[Task]] = {party.code: [] for party in self.parties}
        everybody = list(found)
        for task in self.tasks:
            # A task whose parties are not understood may bind anybody.
            bound = everybody if task.anybody else (*task.parties, *labels.holders(task))
            for code in dict.fromkeys(bound):
                found.setdefault(code, []).append(task)
        return found

    def of_party(self, code: str) -> Sequence[Task]:
        """Return the tasks that a party owes: itself, with others, or through an office."""
        return self._of_party.get(code, ())

    # --- addresses ----------------------------------------------------------------------------

    def page_of(self, meeting: Meeting) -> str:
        """Return the address of a meeting's page, the first of its parts."""
        return urls.meeting(meeting.id)

    @cached_property
    def _parts(self) -> Mapping[int, int]:
        """The part of its meeting's page for each conclusion, by identity."""
        found = {}
        for meeting in self.register.meetings:
            number, used = 1, 0
            for conclusion in meeting.conclusions or ():
                mandates = conclusion.mandates
                lines = 8 + sum(8 + len(list(states(self.of_mandate(m)))) for m in mandates)
                if used and used + lines > _LINES_OF_PART:
                    number, used = number + 1, 0
                found[id(conclusion)] = number
                used += lines
        return found

    def part_of(self, conclusion: object) -> int:
        """Return the part of its meeting's page where a conclusion is, from 1."""
        return self._parts.get(id(conclusion), 1)

    def place_of(self, reference: Reference) -> str | None:
        """Return a conclusion's address; its meeting's page where its text is not in the record."""
        meeting = self.register.calendar.by_id.get(reference.meeting)
        if meeting is None:
            return None
        conclusion = self.register.conclusion(reference)
        if conclusion is None:
            return self.page_of(meeting)
        path = urls.part(self.page_of(meeting), self.part_of(conclusion))
        return urls.at(path, reference.number)

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The meetings of the same body before and after each meeting, by their ids."""
        found: dict[str, tuple[str | None, str | None]] = {}
        for party in self.parties:
            rows = self.register.calendar.of_body(party.code, date.min)
            ids = [None, *(name for _start, name, _meeting in rows), None]
            for before, name, after in zip(ids, ids[1:], ids[2:], strict=False):
                found[str(name)] = before, after
        return found

    @cached_property
    def links(self) -> Links:
        """The links between conclusions."""
        return Links(self.register, self.as_of)

    # --- texts --------------------------------------------------------------------------------

    def name_of(self, code: str) -> str:
        """Return a party's name, else its code."""
        party = self.register.directory.by_code.get(code)
        return party.name.shown(self.language) if party else code

    def other_language(self, text: Text | None, meeting: Meeting) -> str:
        """Return a text's language for a `lang` attribute; empty where it is the page's."""
        if text is None or self.language in text.by_language:
            return ""
        shown = next(iter(text.by_language), "") or meeting.language or ""
        return "" if shown == self.language else shown
