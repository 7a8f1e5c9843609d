"""One question with three presets, `due`, `overdue` and `tasks`: which tasks match a query."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from grcm_cli.cli.records import LoadedRecord, LoadedRecords
from grcm_cli.cli.session import Session
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.task import Task
from grcm_cli.formats import FORMATS
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import ngettext
from grcm_cli.lookups.names import Filters, build_query
from grcm_cli.views.tasks import ORDERS, TaskRecords, duties, filter_words, listing


class TaskAnswer(NamedTuple):
    """The tasks of one record that match its query."""

    record: LoadedRecord
    query: Query
    everything: Sequence[Task]
    """All tasks of the day, which `10 of 11` counts; the matching ones where no table is drawn."""
    tasks: Sequence[Task]
    apart: Mapping[str, Sequence[Task]] = {}
    """Further tasks by their key, for JSON alone."""

    @property
    def limits(self) -> str:
        """All to which the query limits the list, in words."""
        return filter_words(self.query, self.record.register)


def task_answers(session: Session, records: LoadedRecords, filters: Filters) -> list[TaskAnswer]:
    """Return what each record answers, in the order that is asked for.

    Raises WrongUse where none has what the filters name.
    """
    answers = []
    for record, query in records.ask(lambda each: build_query(each.register, each.as_of, filters)):
        is_drawn = FORMATS[session.format_name].is_drawn
        everything = record.tasks(query.without_days if is_drawn else query)
        selected = sorted(select(everything, query), key=ORDERS[session.sort])
        answers.append(TaskAnswer(record, query, everything, selected))
    return answers


def write_task_list(
    session: Session,
    records: LoadedRecords,
    answers: Sequence[TaskAnswer],
    table: Callable[[TaskAnswer], TextTable],
    notes: Callable[[], Sequence[str]],
    nothing: Callable[[], Sequence[str]],
) -> int:
    """Write the answers of all records as one list; return the exit code.

    `notes` stand below a table, `nothing` for an empty list.
    """
    parts = []
    for answer in answers:
        directory, process = answer.record.register.directory, answer.record.process
        made = TaskRecords(directory, session.language, process)
        drawn = partial(table, answer)
        parts.append(
            (answer.record, listing(answer.tasks, session.as_of, made, drawn, answer.apart))
        )
    whole = records.as_one(parts, ORDERS[session.sort], session.language)
    return session.answer(records, whole.with_notes(notes), nothing)


def count_of_duties(answers: Sequence[TaskAnswer]) -> str:
    """Return how many duties the tasks belong to, in words."""
    count = sum(duties(answer.tasks) for answer in answers)
    return ngettext("{count} duty", "{count} duties", count).format(count=count)
