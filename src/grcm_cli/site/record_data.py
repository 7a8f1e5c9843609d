"""The data that the pages of all languages share: tasks by what they are of, and their places."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from grcm_cli.domain.model import Conclusion, Mandate, Meeting, Party
from grcm_cli.domain.register import Register
from grcm_cli.domain.statistics import Count, Group, count_listed
from grcm_cli.domain.task import Task
from grcm_cli.site import urls
from grcm_cli.views import labels
from grcm_cli.views.conclusion_records import Links
from grcm_cli.views.log import EventHistory
from grcm_cli.views.mandate_summary import state_lines
from grcm_cli.views.tasks import by_mandate, group_by

_LINES_OF_PART = 2500
"""The approximate length of a part of a meeting's page."""
_LINES_OF_CONCLUSION, _LINES_OF_MANDATE = 8, 10


class RecordData:
    """The register and its tasks on a day, without any language."""

    def __init__(self, register: Register, tasks: Sequence[Task], as_of: date) -> None:
        """Take the register and all its tasks, earliest deadline first."""
        self.register = register
        self.tasks = tasks
        self.as_of = as_of
        self.parties: Sequence[Party] = list(register.directory.by_code.values())
        """The parties; of two that share a code, which is an error, the first."""
        self._by_mandate = by_mandate(tasks)
        self._by_meeting = group_by(tasks, lambda task: id(task.meeting))
        self.links = Links(register, as_of)
        """The links between conclusions."""
        self.history = EventHistory(register)
        """The events of mandates."""

    def prepare(self) -> None:
        """Find now what every page needs, so that the processes share it."""
        _found = self._later_parts, self._other_anchors, self._of_party, self.newest_meetings

    @cached_property
    def newest_meetings(self) -> Sequence[Meeting]:
        """The meetings, the latest first, those without a day last."""
        meetings = self.register.meetings
        return sorted(meetings, key=lambda one: (str(one.start or ""), one.id), reverse=True)

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
        if task.anybody:
            return self.register.directory.by_code
        if not task.holders:
            return task.parties if len(task.parties) == 1 else dict.fromkeys(task.parties)
        return dict.fromkeys((*task.parties, *labels.holders(task)))

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
    def _supported(self) -> Mapping[str, Sequence[Task]]:
        found: dict[str, list[Task]] = {}
        for task in self.tasks:
            if task.mandate.support and task.is_open:
                for code in {word.text for word in task.mandate.support}:
                    if not task.belongs_to(code):
                        found.setdefault(code, []).append(task)
        return found

    def supported_by(self, code: str) -> Sequence[Task]:
        """Return the open tasks of others that a party supports."""
        return self._supported.get(code, ())

    @cached_property
    def reporting_parties(self) -> frozenset[str]:
        """The codes of the parties that have reported anything up to the day."""
        entries = self.register.entries
        return frozenset(entry.party for entry in entries if entry.day <= self.as_of)

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

    # --- places -------------------------------------------------------------------------------

    def part_of(self, conclusion: Conclusion) -> int:
        """Return the part of its meeting's page where a conclusion is, from 1."""
        return self._later_parts.get(id(conclusion), 1)

    @cached_property
    def _later_parts(self) -> Mapping[int, int]:
        """The part of each conclusion that is not on the first one, by identity."""
        found = {}
        for meeting in self.register.meetings:
            if not self._may_have_parts(meeting):
                continue
            number, used = 1, 0
            for conclusion in meeting.conclusions or ():
                lines = _LINES_OF_CONCLUSION + sum(
                    _LINES_OF_MANDATE
                    + len(list(state_lines(self.of_mandate(mandate))))
                    + self.history.reports(meeting, conclusion, mandate)
                    for mandate in conclusion.mandates
                )
                if used and used + lines > _LINES_OF_PART:
                    number, used = number + 1, 0
                if number > 1:
                    found[id(conclusion)] = number
                used += lines
        return found

    def _may_have_parts(self, meeting: Meeting) -> bool:
        """Tell whether a meeting's page may be long; of nearly all, this is enough to know."""
        lines = _LINES_OF_CONCLUSION * len(meeting.conclusions or ())
        for conclusion in meeting.conclusions or ():
            for mandate in conclusion.mandates:
                tasks = self.of_mandate(mandate)
                reports = sum([len(task.reports) for task in tasks])
                events = self.history.reports(meeting, conclusion, mandate)
                lines += _LINES_OF_MANDATE + len(tasks) + reports + events
        return lines > _LINES_OF_PART

    def anchor_of(self, conclusion: Conclusion, mandate: Mandate | None = None) -> str:
        """Return the anchor of a conclusion or of one of its mandates on its meeting's page."""
        other = self._other_anchors.get(id(mandate or conclusion))
        return other or urls.anchor(conclusion, mandate)

    @cached_property
    def _other_anchors(self) -> Mapping[int, str]:
        """The anchors by identity, where a number is there twice or two have the same anchor."""
        return {
            key: anchor
            for meeting in self.register.meetings
            for key, anchor in urls.other_anchors(meeting.conclusions or ()).items()
        }

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
