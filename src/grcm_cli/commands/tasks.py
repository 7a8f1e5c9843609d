"""`grcm tasks PARTY`: list what a party owes, and in which way each task reaches it."""

from collections.abc import Collection, Sequence
from typing import Annotated

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session
from grcm_cli.cli.task_list import TaskAnswer, task_answers, write_task_list
from grcm_cli.domain.model import Mandate
from grcm_cli.domain.query import Query
from grcm_cli.domain.task import SOON, Task
from grcm_cli.formats import FORMATS
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, clean
from grcm_cli.views import tasks as view


def tasks(ctx: typer.Context, party: Annotated[str, options.PARTY]) -> int:
    """Print what a party owes, and in which way each task reaches it."""
    session = Session.of(ctx)
    records = session.open_each(may_be_empty=True)
    answers = task_answers(session, records, session.filters._replace(party=[party]))
    if FORMATS[session.format_name].is_document:
        answers = [answer._replace(apart={"supports": _supported(answer)}) for answer in answers]

    def table(answer: TaskAnswer) -> TextTable:
        title = _("{name} ({code}) · open tasks as of {day}")
        if answer.query.closed:
            title = _("{name} ({code}) · all tasks as of {day}")
        code, name = answer.query.parties[0], _name(answer, session)
        title = view.with_filters(
            title.format(name=name, code=code, day=session.as_of), _limits(answer)
        )
        columns = view.deadline_column(), view.when_column(), view.way_column(code)
        return view.task_table(title, answer.tasks, session.language, columns, each=True)

    def notes() -> list[str]:
        return [_note(answers), *_support_notes(answers)]

    def nothing() -> list[str]:
        name, limits = _name(answers[0], session), _limits(answers[0])
        sentence = _("{name} owes nothing that is open as of {day}.")
        if limits:
            sentence = _("{name} owes nothing of this kind as of {day}: {words}.")
        sentence = sentence.format(name=name, day=session.as_of, words=limits)
        return [sentence, *_support_notes(answers)]

    return write_task_list(session, records, answers, table, notes, nothing)


def _limits(answer: TaskAnswer) -> str:
    return view.filter_words(answer.query._replace(parties=()), answer.record.register)


def _name(answer: TaskAnswer, session: Session) -> str:
    party = answer.record.register.directory.by_code[answer.query.parties[0]]
    return clean(party.name.shown(session.language))


def _supported(answer: TaskAnswer) -> list[Task]:
    """Return the tasks that a party only supports, the closed ones only if they are wanted."""
    record, codes = answer.record, {*answer.query.parties}
    if not any(_supports(row[2], codes) for row in record.register.all_mandates):
        return []  # as of most parties; the tasks of all parties take time
    everybody = [t for t in record.tasks(Query(closed=True)) if _supports(t.mandate, codes)]
    owed = {task.reference for task in everybody if not codes.isdisjoint(task.bound)}
    closed = answer.query.closed
    return [t for t in everybody if (closed or t.is_open) and t.reference not in owed]


def _supports(mandate: Mandate, codes: Collection[str]) -> bool:
    return any(word.text in codes for word in mandate.support)


def _support_notes(answers: Sequence[TaskAnswer]) -> list[str]:
    references = dict.fromkeys(
        f"{answer.record.process} {task.reference}".lstrip()
        for answer in answers
        for task in _supported(answer)
    )
    if not references:
        return []
    return [_("Only supports, not counted: {references}").format(references=", ".join(references))]


def _note(answers: Sequence[TaskAnswer]) -> str:
    still = [task for answer in answers for task in answer.tasks if task.is_open]
    late = sum(task.is_late for task in still)
    soon = sum(task.state == "due-soon" for task in still)
    message = _("{open} open: {late} late, {soon} due within {days} days, {rest} other.")
    rest = len(still) - late - soon
    note = message.format(open=len(still), late=late, soon=soon, days=SOON, rest=rest)
    codes = [(answer.record, code) for answer in answers for code in answer.query.parties]
    if not any(record.has_reported(code) for record, code in codes):
        note = " ".join([note, _("Nothing reported yet.")])
    return note
