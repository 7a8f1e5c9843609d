"""Lists of tasks: a record for each task, and tables with a row for the tasks that are alike."""

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, TypeVar

from grcm_cli.domain.model import Entry, MandateKind, Progress, Reference
from grcm_cli.domain.parties import Directory
from grcm_cli.domain.task import CLOSED, State, Task, TaskProgress
from grcm_cli.formats.listing import Column, Listing, TableRow, TextTable
from grcm_cli.formats.record import OF_SEVERAL
from grcm_cli.language.text import _
from grcm_cli.views import labels

PLAIN = ("ref", "party", "deadline", "state", "days", "due", "action")
TaskGroup = Sequence[Task]
"""The tasks of a row: they share a mandate, a deadline and a state."""
TaskColumn = tuple[Column, Callable[[TaskGroup], str]]
GroupKey = TypeVar("GroupKey", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A dated statement by a party about one of its tasks."""

    party: Annotated[str, "The code of the party whose file has it."]
    date: Annotated[datetime.date, "The day of the report."]
    progress: Annotated[Progress, "What it says."]
    evidence: Annotated[str | None, "Where the result can be seen."]
    note: Annotated[str | None, "What was added."]


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """What one party, or several together, owe under a mandate on a day."""

    process: Annotated[
        str,
        "The process whose record it is, as `records` has it; in the library its code, if any.",
        OF_SEVERAL,
    ]
    ref: Annotated[str, "The mandate, as `grcm show` takes it: `GRCM-2002-10/8#1`."]
    meeting: Annotated[str, "The id of the meeting that adopted it."]
    body: Annotated[str | None, "The code of the body that met."]
    conclusion: Annotated[str, "The number of the conclusion: `8`, `12.a`."]
    mandate: Annotated[int, "The number of the mandate in its conclusion, from 1."]
    text: Annotated[str, "The conclusion, word for word: in the language asked for, or its own."]
    action: Annotated[str, "What is to be done; the text where the record does not say."]
    kind: Annotated[MandateKind, "How strongly it binds."]
    support: Annotated[tuple[str, ...], "Codes of who helps, and owes nothing."]
    party: Annotated[str | None, "Who owes it: codes, joined by + where they owe together."]
    parties: Annotated[tuple[str, ...], "The same, one by one; empty for nobody."]
    party_names: Annotated[tuple[str, ...], "Their names, in the same order."]
    together: Annotated[bool, "Several owe it together, so that one may answer for all."]
    holders: Annotated[
        tuple[str, ...],
        "Who holds the office that owes it: on the day, then at the deadline if another.",
    ]
    due: Annotated[str | None, "The deadline in force, as the file writes it: `next GRCM`."]
    deadline: Annotated[
        datetime.date | None, "The last day in time; none while its meeting is not known."
    ]
    first_deadline: Annotated[datetime.date | None, "As adopted, if a later meeting moved it."]
    occurrence: Annotated[
        str | None, "Which one of a recurring duty: its day, or the id of the meeting."
    ]
    later_missed: Annotated[int, "How many later occurrences are late too, which are not listed."]
    state: Annotated[State, "On the day of the list; `?`: an error in the file leaves it open."]
    days: Annotated[
        int | None, "To the deadline from the day of the list, negative when late; none if closed."
    ]
    days_late: Annotated[
        int | None, "How late it is, or was done; none where it is open and in time."
    ]
    waits_for: Annotated[tuple[str, ...], "The mandates that come first, and are not done."]
    ended_by: Annotated[str | None, "The conclusion that superseded or closed it."]
    progress: Annotated[TaskProgress, "What was last reported."]
    done_on: Annotated[datetime.date | None, "The day of the first report that it was done."]
    reported_on: Annotated[datetime.date | None, "The day of the last report."]
    reported_by: Annotated[str | None, "The party of the last report."]
    evidence: Annotated[str | None, "Of the last report."]
    note: Annotated[str | None, "Of the last report."]
    reports: Annotated[tuple[ReportRecord, ...], "The last report of each party, up to the day."]

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.state not in CLOSED

    @property
    def is_late(self) -> bool:
        """Tell whether it is open and its deadline has passed; the day itself is not late."""
        return self.state == "overdue"


class TaskRecords:
    """Makes the records of tasks. All but texts and names is the same in every language."""

    def __init__(self, directory: Directory, language: str, process: str = "") -> None:
        self.language, self.process = language, process
        self.name = cache(lambda code: labels.party_name(directory, code, language))

    def of(self, task: Task) -> TaskRecord:
        """Return the record of a task."""
        ref, party, deadline, state, days, due, action = self.plain_row(task)
        meeting, mandate = task.meeting, task.mandate
        last = task.reports[-1] if task.reports else None
        return TaskRecord(
            process=self.process,
            ref=ref,
            meeting=meeting.id,
            body=meeting.body.text if meeting.body else None,
            conclusion=task.conclusion.number,
            mandate=mandate.ordinal,
            text=task.conclusion.text.shown(self.language),
            action=action,
            kind=mandate.kind,
            support=tuple([word.text for word in mandate.support]),
            party=party,
            parties=task.parties,
            party_names=tuple(map(self.name, task.parties)),
            together=len(task.parties) > 1,
            holders=tuple(labels.holders(task)),
            due=due,
            deadline=deadline,
            first_deadline=task.first.deadline if task.first else None,
            occurrence=(task.occurrence.name or None) if task.occurrence else None,
            later_missed=task.missed.number,
            state=state,
            days=days,
            days_late=task.days_late,
            waits_for=tuple([str(wait.reference) for wait in task.waits]),
            ended_by=str(task.ending.by) if task.ending else None,
            progress=task.progress,
            done_on=task.done_on,
            reported_on=last.day if last else None,
            reported_by=last.party if last else None,
            evidence=last.evidence if last else None,
            note=last.note if last else None,
            reports=report_records(task.reports),
        )

    def plain_row(
        self, task: Task
    ) -> tuple[str, str | None, datetime.date | None, State, int | None, str | None, str]:
        """Return the values of PLAIN: a whole record takes three times as long."""
        action = labels.what(task.mandate, task, self.language)
        party = "+".join(task.parties) or None
        return str(task.reference), party, task.deadline, task.state, task.days, task.due, action


def report_records(entries: Iterable[Entry]) -> tuple[ReportRecord, ...]:
    """Return the records of reports."""
    return tuple(
        [
            ReportRecord(entry.party, entry.day, entry.progress, entry.evidence, entry.note)
            for entry in entries
        ]
    )


def listing(
    tasks: Sequence[Task],
    as_of: datetime.date,
    records: TaskRecords,
    table: Callable[[], TextTable],
    apart: Mapping[str, Sequence[Task]] = {},
) -> Listing:
    """Return tasks as a list; `apart` are further ones, for JSON alone."""
    return Listing(
        "tasks", as_of, TaskRecord, tasks, records.of, PLAIN, table, records.plain_row, apart=apart
    )


def group_by(tasks: Iterable[Task], key: Callable[[Task], GroupKey]) -> dict[GroupKey, list[Task]]:
    """Return the tasks by a key, both in the order in which they come."""
    groups: dict[GroupKey, list[Task]] = {}
    for task in tasks:
        groups.setdefault(key(task), []).append(task)
    return groups


def by_reference(tasks: Iterable[Task]) -> dict[Reference, list[Task]]:
    """Return the tasks of each mandate, by its reference."""
    return group_by(tasks, lambda task: task.reference)


def by_mandate(tasks: Iterable[Task]) -> dict[int, list[Task]]:
    """Return the tasks of each mandate, by its identity.

    Two mandates share a reference where a meeting has a number twice, which is an error.
    """
    return group_by(tasks, lambda task: id(task.mandate))


def grouped(
    tasks: Iterable[Task], mandate: Callable[[Task], Hashable] = lambda task: task.reference
) -> list[list[Task]]:
    """Return the tasks of each row: those of one mandate with the same deadline and state."""
    rows = group_by(
        tasks, lambda task: (mandate(task), task.deadline, task.state, task.missed.number)
    )
    return list(rows.values())


def by_deadline(task: Task) -> datetime.date:
    """Return what tasks of several records are sorted by: the undated come last."""
    return task.deadline or datetime.date.max


def duties(tasks: Sequence[Task]) -> int:
    """Return the number of mandates that the tasks belong to."""
    return len({task.reference for task in tasks})


# --- tables --------------------------------------------------------------------------------------


def task_table(
    title: str, tasks: Sequence[Task], language: str, columns: Sequence[TaskColumn], *, each: bool
) -> TextTable:
    """Return a table of tasks: some columns, what is to be done, the reference.

    Tasks that are alike are one row; with `each` every task is.
    """
    columns = [
        *columns,
        (Column(_("What"), wide=True), lambda group: labels.action(group[0], language)),
        (Column(_("Reference")), lambda group: str(group[0].reference)),
    ]
    groups = [[task] for task in tasks] if each else grouped(tasks)
    rows = [
        TableRow(
            tuple(cell(group) for _column, cell in columns), labels.emphasis(group[0]), group[0]
        )
        for group in groups
    ]
    return TextTable(title, [column for column, _cell in columns], rows)


def deadline_column() -> TaskColumn:
    """Return the column of the deadlines."""
    return Column(_("Deadline")), lambda group: labels.deadline(group[0])


def when_column() -> TaskColumn:
    """Return the column that tells how far off the deadlines are."""
    return Column(_("When")), labels.when


def late_column() -> TaskColumn:
    """Return the column that tells how many days tasks are late."""
    return Column(_("Late")), _days_late


def who_column(everything: Sequence[Task], *, each: bool) -> TaskColumn:
    """Return the column of the parties: of `everything`, `10 of 11`; with `each` one a row."""
    of_mandate = by_reference(everything)
    column = Column(_("Who"), wide=True, most=26)
    if each:
        return column, lambda group: labels.together(group[0])
    return column, lambda group: labels.owing(group, of_mandate[group[0].reference])


def way_column(code: str) -> TaskColumn:
    """Return the column of the ways in which mandates bind a party."""
    return Column(_("As"), wide=True, most=20), lambda group: labels.reach(group[0], code)


def _days_late(group: TaskGroup) -> str:
    task = group[0]
    if task.state == "?" or task.days is None:
        return labels.when(group)
    return "\n".join([labels.days(-task.days), *labels.when(group).split("\n")[1:]])
