"""`grcm overdue`: list late tasks, longest first."""

import typer

from grcm_cli.cli.session import Session
from grcm_cli.cli.task_list import TaskAnswer, count_of_duties, task_answers, write_task_list
from grcm_cli.formats.listing import TextTable
from grcm_cli.language.text import _, ngettext
from grcm_cli.views import tasks as view


def overdue(ctx: typer.Context) -> int:
    """Print the tasks that are late, longest first."""
    session = Session.of(ctx)
    records = session.open_each()
    answers = task_answers(session, records, session.filters._replace(late=True))
    tasks = [task for answer in answers for task in answer.tasks]
    each = session.is_each

    def table(answer: TaskAnswer) -> TextTable:
        columns = (
            view.late_column(),
            view.deadline_column(),
            view.who_column(answer.everything, each=each),
        )
        title = view.with_filters(_("Late as of {day}").format(day=session.as_of), answer.limits)
        return view.task_table(title, answer.tasks, session.language, columns, each=each)

    def notes() -> list[str]:
        late = sum(task.is_late for task in tasks)
        passed = sum(task.state == "passed" for task in tasks)
        unclear = len(tasks) - late - passed
        of_tasks = ngettext("{count} task late.", "{count} tasks late.", late).format(count=late)
        note = f"{count_of_duties(answers)}, {of_tasks}"
        if passed:
            note += " " + _("Encouragements whose day has passed: {count}.").format(count=passed)
        if unclear:
            note += " " + _("Marked `?`, perhaps late: {count}.").format(count=unclear)
        return [note]

    def nothing() -> list[str]:
        sentence = _("Nothing is late as of {day}.")
        if answers[0].limits:
            sentence = _("Nothing of this kind is late as of {day}: {words}.")
        return [sentence.format(day=session.as_of, words=answers[0].limits)]

    return write_task_list(session, records, answers, table, notes, nothing)
