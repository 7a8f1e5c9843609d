"""`grcm overdue`: list late tasks, longest first."""

from collections.abc import Sequence
from functools import partial

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import ListWords, Session
from grcm_cli.cli.task_list import TaskAnswer, count_of_duties, task_answers, write_task_list
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.lookups.names import build_query
from grcm_cli.views.tasks import (
    deadline_column,
    filter_words,
    late_column,
    task_table,
    who_column,
    with_filters,
)


def overdue(
    ctx: typer.Context,
    party: options.PartyOption = None,
    body: options.BodyOption = None,
    meeting: options.MeetingOption = None,
    theme: options.ThemeOption = None,
    encouragements: options.EncouragementsOption = False,
    unreported: options.UnreportedOption = False,
    each: options.EachOption = False,
    sort: options.SortOption = "due",
    columns: options.ColumnsOption = None,
    format_name: options.FormatOption = "table",
    exit_code: options.ExitCodeOption = False,
) -> int:
    """Print the tasks that are late, longest first."""
    session = Session.of(ctx)
    records = session.open_each()
    answers = task_answers(
        records,
        format_name,
        sort,
        lambda record: build_query(
            record.register, record.as_of, party, body, meeting,
            themes=theme, late=True, encouragements=encouragements, unreported=unreported,
        ),
    )  # fmt: skip
    limits = filter_words(answers[0].query, answers[0].record.register)
    nothing = _("Nothing is late as of {day}.")
    if limits:
        nothing = _("Nothing of this kind is late as of {day}: {words}.")
    words = ListWords(
        notes=lambda: [_note(answers)],
        nothing=lambda: [nothing.format(day=session.as_of, words=limits)],
        exit_code=exit_code,
    )
    each = each or sort == "party" or format_name == "md"
    table = partial(_table, session=session, each=each)
    return write_task_list(session, records, answers, table, words, format_name, columns, sort)


def _table(answer: TaskAnswer, session: Session, *, each: bool) -> TextTable:
    columns = late_column(), deadline_column(), who_column(answer.everything, each=each)
    words = filter_words(answer.query, answer.record.register)
    title = with_filters(_("Late as of {day}").format(day=session.as_of), words)
    return task_table(title, answer.tasks, session.language, columns, each=each)


def _note(answers: Sequence[TaskAnswer]) -> str:
    late = sum(task.is_late for answer in answers for task in answer.tasks)
    passed = sum(task.state == "passed" for answer in answers for task in answer.tasks)
    unclear = sum(len(answer.tasks) for answer in answers) - late - passed
    of_tasks = ngettext("{count} task late.", "{count} tasks late.", late).format(count=late)
    notes = [f"{count_of_duties(answers)}, {of_tasks}"]
    if passed:
        notes.append(_("Encouragements whose day has passed: {count}.").format(count=passed))
    if unclear:
        notes.append(_("Marked `?`, perhaps late: {count}.").format(count=unclear))
    return " ".join(notes)
