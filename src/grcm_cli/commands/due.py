"""`grcm due`: list open tasks, earliest deadline first."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import ListWords, Session
from grcm_cli.cli.task_list import TaskAnswer, count_of_duties, task_answers, write_task_list
from grcm_cli.domain.query import Query, undated
from grcm_cli.domain.register import Register
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.lookups.names import build_query
from grcm_cli.views.tasks import (
    due_columns,
    duties,
    filter_words,
    nothing_due,
    task_table,
    with_filters,
)


def due(
    ctx: typer.Context,
    before: options.BeforeOption = None,
    after: options.AfterOption = None,
    within: options.WithinOption = None,
    party: options.PartyOption = None,
    body: options.BodyOption = None,
    meeting: options.MeetingOption = None,
    state: options.StateOption = None,
    kind: options.KindOption = None,
    theme: options.ThemeOption = None,
    unassigned: options.UnassignedOption = False,
    unreported: options.UnreportedOption = False,
    closed: options.AllOption = False,
    each: options.EachOption = False,
    sort: options.SortOption = "due",
    columns: options.ColumnsOption = None,
    format_name: options.FormatOption = "table",
    exit_code: options.ExitCodeOption = False,
) -> int:
    """Print the tasks that match, earliest deadline first."""
    session = Session.of(ctx)
    records = session.open_each()
    answers = task_answers(
        records,
        format_name,
        sort,
        lambda record: build_query(
            record.register, record.as_of, party, body, meeting, before, after, within,
            states=state, kind=kind, themes=theme, unassigned=unassigned, closed=closed,
            unreported=unreported,
        ),
    )  # fmt: skip
    limits = filter_words(answers[0].query, answers[0].record.register)
    words = ListWords(
        notes=lambda: [
            f"{count_of_duties(answers)}, {_count_of_tasks(answers)}",
            *_hidden(answers),
        ],
        nothing=lambda: [nothing_due(limits), *_hidden(answers)],
        exit_code=exit_code,
    )
    each = each or sort == "party" or format_name == "md"
    table = partial(_table, session=session, each=each)
    return write_task_list(session, records, answers, table, words, format_name, columns, sort)


def _table(answer: TaskAnswer, session: Session, *, each: bool) -> TextTable:
    title = _title(answer.query, answer.record.register, session.as_of)
    columns = due_columns(answer.everything, each=each)
    return task_table(title, answer.tasks, session.language, columns, each=each)


def _title(query: Query, register: Register, as_of: date) -> str:
    title = _("To be done · as of {day}")
    if query.before and query.after:
        title = _("Due from {first} to {last}, both days included, and what is late · as of {day}")
    elif query.before:
        title = _("Due by {last}, that day included · as of {day}")
    elif query.after:
        title = _("Due from {first} on, that day included, and what is late · as of {day}")
    title = title.format(first=query.after, last=query.before, day=as_of)
    return with_filters(title, filter_words(query._replace(before=None, after=None), register))


def _count_of_tasks(answers: Sequence[TaskAnswer]) -> str:
    count = sum(len(answer.tasks) for answer in answers)
    return ngettext("{count} task.", "{count} tasks.", count).format(count=count)


def _hidden(answers: Sequence[TaskAnswer]) -> list[str]:
    """Return the note on tasks without a day, which options about days leave out; or nothing."""
    count = sum(
        duties(undated(answer.record.tasks(answer.query.without_days), answer.query))
        for answer in answers
    )
    if not count:
        return []
    note = ngettext(
        "{count} duty without a day isn't shown: grcm due",
        "{count} duties without a day aren't shown: grcm due",
        count,
    )
    return [note.format(count=count)]
