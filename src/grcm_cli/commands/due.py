"""`grcm due`: list open tasks, earliest deadline first."""

from collections.abc import Sequence

import typer

from grcm_cli.cli.session import Session
from grcm_cli.cli.task_list import TaskAnswer, count_of_duties, task_answers, write_task_list
from grcm_cli.domain.query import undated
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.views import tasks as view


def due(ctx: typer.Context) -> int:
    """Print the tasks that match, earliest deadline first."""
    session = Session.of(ctx)
    records = session.open_each()
    answers = task_answers(session, records, session.filters)

    def table(answer: TaskAnswer) -> TextTable:
        columns = view.due_columns(answer.everything, each=session.is_each)
        return view.task_table(
            _title(answer), answer.tasks, session.language, columns, each=session.is_each
        )

    def notes() -> list[str]:
        if session.filters.unassigned:  # nobody owes anything: no task
            return [f"{count_of_duties(answers)}.", *_hidden(answers)]
        count = sum(len(answer.tasks) for answer in answers)
        tasks = ngettext("{count} task.", "{count} tasks.", count).format(count=count)
        return [f"{count_of_duties(answers)}, {tasks}", *_hidden(answers)]

    def nothing() -> list[str]:
        return [view.nothing_due(answers[0].limits), *_hidden(answers)]

    return write_task_list(session, records, answers, table, notes, nothing)


def _title(answer: TaskAnswer) -> str:
    query, title = answer.query, _("To be done · as of {day}")
    if query.before and query.after:
        title = _("Due from {first} to {last}, both days included, and what is late · as of {day}")
    elif query.before:
        title = _("Due by {last}, that day included · as of {day}")
    elif query.after:
        title = _("Due from {first} on, that day included, and what is late · as of {day}")
    title = title.format(first=query.after, last=query.before, day=answer.record.as_of)
    others = query._replace(before=None, after=None)
    return view.with_filters(title, view.filter_words(others, answer.record.register))


def _hidden(answers: Sequence[TaskAnswer]) -> list[str]:
    """Return the note on tasks without a day, which options about days leave out; or nothing."""
    count = sum(
        view.duties(undated(answer.record.tasks(answer.query.without_days), answer.query))
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
