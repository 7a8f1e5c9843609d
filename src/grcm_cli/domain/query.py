"""Which tasks a reader asks for, as a value; and the choice itself."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.task import Task


class Query(NamedTuple):
    """What must hold for a task to be listed. None and False ask for nothing."""

    before: date | None = None
    """The last deadline that is listed, that day included."""
    after: date | None = None
    """The first deadline that is listed, that day included; the late stay listed."""
    party: str | None = None
    body: str | None = None
    meeting: str | None = None
    unassigned: bool = False
    closed: bool = False
    """List the closed tasks too."""
    late: bool = False

    @property
    def is_dated(self) -> bool:
        """Tell whether it asks for days, which leaves out the undated."""
        return self.before is not None or self.after is not None


def select(tasks: Sequence[Task], query: Query) -> list[Task]:
    """Return the tasks that match, in the order in which they came."""
    return [task for task in tasks if _belongs(task, query) and _falls(task, query)]


def undated(tasks: Sequence[Task], query: Query) -> list[Task]:
    """Return the tasks that match but for having no day, where the query asks for days."""
    if not query.is_dated:
        return []
    return [
        task
        for task in tasks
        if task.deadline is None and task.state != "?" and _belongs(task, query)
    ]


def _belongs(task: Task, query: Query) -> bool:
    if not task.is_open and not query.closed:
        return False
    if query.unassigned and (task.parties or task.anybody):
        return False
    if query.meeting is not None and task.meeting.id != query.meeting:
        return False
    if query.body is not None and (
        task.meeting.body is None or task.meeting.body.text != query.body
    ):
        return False
    # A task whose parties aren't understood might be this party's: it stays listed, marked `?`.
    return query.party is None or task.anybody or task.belongs_to(query.party)


def _falls(task: Task, query: Query) -> bool:
    if task.state == "?" and task.deadline is None:
        return True
    if query.late:
        return task.is_late or (task.state == "?" and task.days is not None and task.days < 0)
    if task.deadline is None:
        return not query.is_dated
    if query.before is not None and task.deadline > query.before:
        return False
    return query.after is None or task.deadline >= query.after or task.is_late
