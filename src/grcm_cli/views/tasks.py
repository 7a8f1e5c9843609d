"""Lists of tasks: a record for each task, and tables with a row for the tasks that are alike."""

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from grcm_cli.domain.findings import Finding, by_file
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Query, Task, by_deadline
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.formats.listing import (
    Column,
    Item,
    Listing,
    TableColumn,
    TextTable,
    incomplete_note,
    table_of,
)
from grcm_cli.language.text import _, natural_key
from grcm_cli.views import labels

if TYPE_CHECKING:
    from grcm_cli.views.task_record import TaskRecord

PLAIN = ("ref", "party", "deadline", "state", "days", "due", "action")
TaskGroup = Sequence[Task]  # the tasks of a row: they share a mandate, a deadline and a state
GroupKey = TypeVar("GroupKey", bound=Hashable)
DUE_COLUMNS = ("deadline", "when", "who")  # of `due`, before what is to be done


class TaskRecords:
    """Makes the records of tasks; `process` stands in those of a list of several."""

    def __init__(self, directory: Directory, language: str, process: str = "") -> None:
        self.language, self.process = language, process
        self.name = cache(lambda code: labels.party_name(directory, code, language))

    def of(self, task: Task) -> "TaskRecord":
        """Return the record of a task."""
        from grcm_cli.views.task_record import task_record  # 15 ms, as below

        return task_record(task, self.language, self.name, self.process)

    def plain_row(self, task: Task) -> Sequence[object]:
        """Return what `plain` prints of a task: its record takes three times as long."""
        action = labels.what(task, self.language)
        party = "+".join(task.parties)
        return str(task.reference), party, task.deadline, task.state, task.days, task.due, action


def metadata_of(task: Task) -> list[Mapping[str, Any]]:
    """Return the metadata of a task's conclusion and of its meeting."""
    return list(filter(None, (task.conclusion.metadata, task.meeting.metadata)))


def group_by(items: Iterable[Item], key: Callable[[Item], GroupKey]) -> dict[GroupKey, list[Item]]:
    """Return items by a key, both in the order in which they come."""
    groups: dict[GroupKey, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def by_mandate(tasks: Iterable[Task]) -> dict[int, list[Task]]:
    """Return the tasks of each mandate, by its identity: by mistake two may share a reference."""
    return group_by(tasks, lambda task: id(task.mandate))


def grouped(tasks: Iterable[Task]) -> list[list[Task]]:
    """Return the tasks of each row: of one mandate, alike in deadline, state and decisions."""

    def key(task: Task) -> Hashable:
        decided_by = tuple(decision.by for decision in task.decisions)
        return id(task.mandate), task.term.deadline, task.state, task.missed.number, decided_by

    return list(group_by(tasks, key).values())


_STATES = tuple(labels.STATES)
ORDERS: Mapping[str, Callable[[Task], Any]] = {
    "due": by_deadline,
    # What nobody owes comes last.
    "party": lambda task: (not task.parties, natural_key("+".join(task.parties))),
    "reference": lambda task: natural_key(str(task.reference)),
    "state": lambda task: _STATES.index(task.state),
}
"""What lists of tasks may be sorted by."""


def duties(tasks: Sequence[Task]) -> int:
    """Return the number of mandates that the tasks belong to."""
    return len({task.reference for task in tasks})


def filter_words(query: Query, register: Register) -> str:
    """Return the limits of a query in words, but for that to open tasks; nothing without any."""
    members = {code for party in query.parties for code in register.members_of(party)[1:]}
    words = [code for code in query.parties if code not in members]
    words += [word for word in (query.body, query.meeting) if word]
    words += [*query.themes, *map(labels.state, query.states)]
    limits = query.kind, query.unassigned and labels.NOBODY, query.unreported and labels.NO_REPORT
    words += [_(word) for word in limits if word]
    if query.after:
        words.append(_("from {day} on").format(day=query.after))
    if query.before:
        words.append(_("until {day}").format(day=query.before))
    return ", ".join(words)


def with_filters(title: str, words: str) -> str:
    """Return a title with the words of `filter_words`."""
    return _("{title} · only: {words}").format(title=title, words=words) if words else title


def nothing_due(limits: str) -> str:
    """Return the sentence for an empty list of what is due; `limits` are from `filter_words`."""
    message = _("No tasks match: {words}.") if limits else _("Nothing is due.")
    return message.format(words=limits)


class TaskSelection(NamedTuple):
    """The tasks of one record on a day that match a query, for lists, exports and pages."""

    register: Register
    query: Query
    everything: Sequence[Task]  # all tasks of the day; where no table is drawn, the selected ones
    selected: Sequence[Task]
    as_of: datetime.date
    language: str
    process: str = ""  # what names the record among several; empty where it is the only one
    problems: Sequence[Finding] = ()  # the errors for which it may be incomplete

    @property
    def limits(self) -> str:
        """All to which the query limits it, in words; empty where it has everything."""
        return filter_words(self.query, self.register)

    def title_of(self, subject: str) -> str:
        """Return a title with the day of the selection and its limits."""
        title = _("{what} · as of {day}").format(what=subject, day=self.as_of)
        return with_filters(title, self.limits)

    @property
    def party(self) -> str | None:
        """The code of the party, or the group, whose tasks it has, if of one alone."""
        code = next(iter(self.query.parties), None)
        members = self.register.members_of(code) if code else ()
        return code if set(self.query.parties).issubset(members) else None

    @property
    def incomplete(self) -> str:
        """The words for what may be missing; empty where all could be read."""
        return incomplete_note(by_file(self.problems))

    def table(self, title: str, keys: Sequence[str], *, each: bool) -> TextTable:
        """Return a table with some columns; tasks that are alike share a row, but with `each`."""
        of_mandate = {} if each else by_mandate(self.everything)
        builder = TaskBuilder(self.register, self.as_of, EVERYTHING)
        code = self.party or ""

        def who(group: TaskGroup) -> str:
            if each:
                return labels.together(group[0])
            return labels.owing(group, builder.alike(group[0], of_mandate[id(group[0].mandate)]))

        def what(group: TaskGroup) -> str:
            task = next((task for task in group if task.is_confidential), group[0])
            return labels.action(task, self.language, with_due=True)

        def late(group: TaskGroup) -> str:
            task, words = group[0], labels.when(group)
            if task.state == "?" or task.days is None:
                return words
            return "\n".join([labels.days(-task.days), *words.split("\n")[1:]])

        every: Mapping[str, TableColumn[TaskGroup]] = {
            "deadline": (Column(_("Deadline")), lambda group: labels.deadline(group[0])),
            "when": (Column(_("When")), labels.when),
            "late": (Column(_("Late")), late),
            "who": (Column.text(_("Who"), 26), who),
            "way": (Column.text(_("As"), 20), lambda group: labels.reach(group[0], code)),
            "what": (Column.text(_("What")), what),
            "reference": (Column(_("Reference")), lambda group: str(group[0].reference)),
        }
        columns = [every[key] for key in (*keys, "what", "reference")]
        groups = [[task] for task in self.selected] if each else grouped(self.selected)
        return table_of(title, columns, groups, lambda group: labels.emphasis(group[0]))

    def listing(self, table: Callable[[], TextTable]) -> Listing:
        """Return it as a list, which people read as a table."""
        records = TaskRecords(self.register.directory, self.language, self.process)

        def record_type() -> "type[TaskRecord]":
            from grcm_cli.views.task_record import TaskRecord  # 15 ms, not for a table or plain

            return TaskRecord

        return Listing(
            "tasks", self.as_of, record_type, self.selected, PLAIN, table, records.of,
            records.plain_row, metadata=metadata_of, process=self.process,
            language=self.language, problems=self.problems,
        )  # fmt: skip
