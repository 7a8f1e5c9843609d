"""One question with three presets, `due`, `overdue` and `tasks`: which tasks match a query."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from grcm_cli.cli.records import LoadedRecord, LoadedRecords
from grcm_cli.cli.session import ListWords, Session
from grcm_cli.domain.query import Query, select
from grcm_cli.domain.task import Task
from grcm_cli.formats import FORMATS
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import ngettext
from grcm_cli.views.tasks import ORDERS, TaskRecords, duties, listing


class TaskAnswer(NamedTuple):
    """The tasks of one record that match its query."""

    record: LoadedRecord
    query: Query
    everything: Sequence[Task]
    """All tasks of the day, which `10 of 11` counts; the matching ones where no table is drawn."""
    tasks: Sequence[Task]
    apart: Mapping[str, Sequence[Task]] = {}
    """Further tasks by their key, for JSON alone."""


def task_answers(
    records: LoadedRecords,
    format_name: str,
    sort: str,
    query_of: Callable[[LoadedRecord], Query],
) -> list[TaskAnswer]:
    """Return what each record answers, in an order of ORDERS.

    Raises WrongUse where none has what the query names.
    """
    answers = []
    for record, query in records.ask(query_of):
        everything = record.tasks(query.without_days if FORMATS[format_name].is_drawn else query)
        selected = sorted(select(everything, query), key=ORDERS[sort])
        answers.append(TaskAnswer(record, query, everything, selected))
    return answers


def write_task_list(
    session: Session,
    records: LoadedRecords,
    answers: Sequence[TaskAnswer],
    table: Callable[[TaskAnswer], TextTable],
    words: ListWords,
    format_name: str,
    columns: str | None,
    sort: str = "due",
) -> int:
    """Write the answers of all records as one list; return the exit code."""
    parts = []
    for answer in answers:
        directory, process = answer.record.register.directory, answer.record.process
        made = TaskRecords(directory, session.language, process)
        drawn = partial(table, answer)
        parts.append(
            (answer.record, listing(answer.tasks, session.as_of, made, drawn, answer.apart))
        )
    whole = records.as_one(parts, ORDERS[sort], session.language)
    return session.answer(records, whole, words, format_name, columns)


def count_of_duties(answers: Sequence[TaskAnswer]) -> str:
    """Return how many duties the tasks belong to, in words."""
    count = sum(duties(answer.tasks) for answer in answers)
    return ngettext("{count} duty", "{count} duties", count).format(count=count)
