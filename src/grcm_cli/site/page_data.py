"""The data that all pages of one language share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from grcm_cli.domain.due_text import due_in_words
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import (
    Conclusion,
    Due,
    Mandate,
    Meeting,
    Party,
    Reference,
    Text,
)
from grcm_cli.domain.register import Register
from grcm_cli.domain.statistics import Count, Group, count_listed
from grcm_cli.domain.task import Task
from grcm_cli.site import urls
from grcm_cli.storage.source_documents import SourceDocument
from grcm_cli.views import labels
from grcm_cli.views.conclusion import Links
from grcm_cli.views.log import EventHistory
from grcm_cli.views.mandate_summary import state_lines
from grcm_cli.views.meeting_names import of_body, task_due_in_words
from grcm_cli.views.tasks import by_mandate, group_by

_LINES_OF_PART = 2500
"""The approximate length of a part of a meeting's page."""


class SiteOptions(NamedTuple):
    """What a site is made with beside its data."""

    doubtful: Sequence[str] = ()
    """The paths of files with errors, which every page names."""
    base_url: str | None = None
    """The address at which the site's folder will be, with a `/` at its end; None if not known."""
    problems: Sequence[Finding] = ()
    """The errors, which the files for programs name."""
    documents: Mapping[str, SourceDocument] = {}
    """The documents of meetings that are copied, by the meeting's id."""


DEFAULTS = SiteOptions()
"""A site of sound files whose address is not known."""


class SiteData:
    """The register, its tasks on a day, the language of the pages, and where each page is."""

    def __init__(
        self,
        register: Register,
        tasks: Sequence[Task],
        as_of: date,
        language: str,
        given: SiteOptions = DEFAULTS,
    ) -> None:
        """Take the register and all its tasks, earliest deadline first."""
        self.register = register
        self.tasks = tasks
        self.as_of = as_of
        self.language = language
        self.doubtful, self.base_url = given.doubtful, given.base_url
        self.problems = given.problems
        self.sources = {
            name: urls.source(name, one.ending) for name, one in given.documents.items()
        }
        """The copies of meetings' documents, by the meeting's id, from the site's folder."""
        self._by_mandate = by_mandate(tasks)
        self._by_meeting = group_by(tasks, lambda task: id(task.meeting))

    @property
    def title(self) -> str:
        """The name of the process."""
        return self.register.process.name.shown(self.language)

    @property
    def first_language(self) -> str:
        """The language of the process: the first of its languages that pages have."""
        return self.register.process.shown_languages[0]

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

    def form_in_words(self, due: Due) -> str:
        """Return a `due` in words, with the names of bodies."""
        phrase = of_body(self.register.directory, self.language)
        return due_in_words(due, self.language, of_body=phrase)

    # --- tasks --------------------------------------------------------------------------------

    def of_mandate(self, mandate: Mandate) -> Sequence[Task]:
        """Return the tasks of a mandate."""
        return self._by_mandate.get(id(mandate), ())

    def of_meeting(self, meeting: Meeting) -> Sequence[Task]:
        """Return the tasks of a meeting."""
        return self._by_meeting.get(id(meeting), ())

    def bound(self, task: Task) -> Iterable[str]:
        """Return the codes of the parties on whose pages a task is.

        One whose parties are not understood may bind anybody.
        """
        known = self.register.directory.by_code
        return known if task.anybody else dict.fromkeys((*task.parties, *labels.holders(task)))

    @cached_property
    def _of_party(self) -> Mapping[str, Sequence[Task]]:
        found: dict[str, list[Task]] = {party.code: [] for party in self.parties}
        for task in self.tasks:
            for code in self.bound(task):
                found.setdefault(code, []).append(task)
        return found

    def of_party(self, code: str) -> Sequence[Task]:
        """Return the tasks that a party owes: itself, with others, or through an office."""
        return self._of_party.get(code, ())

    @cached_property
    def counts(self) -> Mapping[tuple[Group, str], Count]:
        """What became of the tasks that lists show: of all, of each party, and of each meeting.

        A party's are those of its page, with those of an office that it holds.
        """
        by_meeting = group_by(self.tasks, lambda task: task.meeting.id)
        groups: dict[Group, Mapping[str, Sequence[Task]]] = {
            "all": {"": self.tasks},
            "party": {code: tasks for code, tasks in self._of_party.items() if tasks},
            "meeting": by_meeting,
        }
        return {
            (by, name): count_listed(by, name, tasks, self.as_of)
            for by, found in groups.items()
            for name, tasks in found.items()
        }

    # --- addresses ----------------------------------------------------------------------------

    def page_of(self, meeting: Meeting) -> str:
        """Return the address of a meeting's page, the first of its parts."""
        return urls.meeting(meeting.id)

    def absolute(self, path: str, language: str | None = None) -> str | None:
        """Return the whole address of a page, in its own language or another.

        None without a base URL. `path` is the address in the language's folder.
        """
        return self.base_url and f"{self.base_url}{language or self.language}/{path}"

    @cached_property
    def _parts(self) -> Mapping[int, int]:
        """The part of its meeting's page for each conclusion, by identity."""
        found = {}
        for meeting in self.register.meetings:
            number, used = 1, 0
            for conclusion in meeting.conclusions or ():
                lines = 8 + sum(
                    10
                    + len(list(state_lines(self.of_mandate(mandate))))
                    + self.history.reports(meeting, conclusion, mandate)
                    for mandate in conclusion.mandates
                )
                if used and used + lines > _LINES_OF_PART:
                    number, used = number + 1, 0
                found[id(conclusion)] = number
                used += lines
        return found

    def part_of(self, conclusion: object) -> int:
        """Return the part of its meeting's page where a conclusion is, from 1."""
        return self._parts.get(id(conclusion), 1)

    @cached_property
    def _anchors(self) -> Mapping[int, str]:
        """The anchor of each conclusion and mandate on its meeting's page, by identity."""
        return {
            key: anchor
            for meeting in self.register.meetings
            for key, anchor in urls.anchors(meeting.conclusions or ()).items()
        }

    def anchor_of(self, item: Conclusion | Mandate) -> str:
        """Return the anchor of a conclusion or a mandate of the register."""
        return self._anchors[id(item)]

    def place_of(self, reference: Reference) -> str | None:
        """Return the address of what a reference names: a meeting, a conclusion or a mandate.

        That of the conclusion where it has no such mandate, and of the meeting's page where the
        text is not in the record; None where there is no such meeting.
        """
        meeting = self.register.calendar.by_id.get(reference.meeting)
        if meeting is None:
            return None
        conclusion = self.register.conclusion(reference)
        if conclusion is None:
            return self.page_of(meeting)
        named = self.register.mandates(reference) if reference.ordinal else ()
        return self._place(meeting, conclusion, named[0] if named else conclusion)

    def place_of_task(self, task: Task) -> str:
        """Return the address that a task's reference names, also where a number is there twice."""
        item = task.mandate if task.reference.ordinal else task.conclusion
        return self._place(task.meeting, task.conclusion, item)

    def _place(self, meeting: Meeting, conclusion: Conclusion, item: Conclusion | Mandate) -> str:
        path = urls.part(self.page_of(meeting), self.part_of(conclusion))
        return urls.at(path, self.anchor_of(item))

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

    @cached_property
    def history(self) -> EventHistory:
        """The events of mandates."""
        return EventHistory(self.register)

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
