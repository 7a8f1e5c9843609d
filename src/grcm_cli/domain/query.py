"""Queries: which tasks a list holds, as a value, and the selection."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Conclusion, MandateKind, Meeting
from grcm_cli.domain.task import State, Task


class Query(NamedTuple):
    """What must hold for a task to be listed. None and False exclude nothing."""

    before: date | None = None  # the last deadline that is listed, that day included
    after: date | None = None  # the first deadline that is listed, that day included; the late stay
    parties: tuple[str, ...] = ()  # any of them owes it; none stands for everybody
    body: str | None = None
    meeting: str | None = None
    unassigned: bool = False
    closed: bool = False
    late: bool = False
    encouragements: bool = False  # with the late, those whose day has passed
    unreported: bool = False
    states: tuple[State, ...] = ()
    kind: MandateKind | None = None
    themes: tuple[str, ...] = ()  # the conclusion is about any of them; none stands for all

    @property
    def without_days(self) -> "Query":
        """The query for all tasks, open or closed, of the mandates that this one concerns."""
        every = self._replace(before=None, after=None, states=())
        return every._replace(late=False, closed=True, unreported=False)

    def covers_meeting(self, meeting: Meeting) -> bool:
        """Tell whether tasks of a meeting may be listed."""
        if self.meeting is not None and meeting.id != self.meeting:
            return False
        return self.body in (None, meeting.body_code)

    def covers_conclusion(self, conclusion: Conclusion) -> bool:
        """Tell whether tasks of a conclusion may be listed."""
        return not self.themes or any(word.text in self.themes for word in conclusion.themes)


def select(tasks: Sequence[Task], query: Query) -> list[Task]:
    """Return the tasks that match, in the order in which they came."""
    return [task for task in tasks if _matches(task, query) and _is_in_days(task, query)]


def undated(tasks: Sequence[Task], query: Query) -> list[Task]:
    """Return the tasks that match but for having no day, where the query names days."""
    is_dated = query.before is not None or query.after is not None
    matching = [task for task in tasks if _matches(task, query)] if is_dated else []
    return [task for task in matching if task.deadline is None and task.state != "?"]


def _matches(task: Task, query: Query) -> bool:
    return (
        (task.is_open or query.closed)
        and (not query.states or task.state in query.states)
        and query.kind in (None, task.mandate.kind)
        and (task.is_unreported or not query.unreported)
        and not (query.unassigned and (task.parties or task.anybody))
        and query.covers_meeting(task.meeting)
        and query.covers_conclusion(task.conclusion)
        # A task whose parties aren't understood might be this party's: it stays listed, marked `?`.
        and (not query.parties or task.anybody or any(map(task.belongs_to, query.parties)))
    )


def _is_in_days(task: Task, query: Query) -> bool:
    day, is_late = task.deadline, task.may_be_late if query.late else task.is_late
    if query.encouragements:
        is_late = task.has_passed
    if day is None:
        return task.state == "?" or not (query.late or query.before or query.after)
    if query.late:
        return is_late
    if query.before is not None and day > query.before:
        return False
    return query.after is None or day >= query.after or is_late
