"""A mandate in a few lines: its parties, support and deadlines, and the state of each party."""

from collections.abc import Callable, Iterator, Sequence

from grcm_cli.domain.model import Asap, Before, Entry, Mandate, NextMeeting, Ongoing
from grcm_cli.domain.task import Task
from grcm_cli.language.text import _
from grcm_cli.views import labels
from grcm_cli.views.due_text import short_due
from grcm_cli.views.tasks import group_by

DueText = Callable[[Task], str]


def _short_due(task: Task) -> str:
    """Return the `due` of a task as a list has it."""
    return short_due(task.term.due) if task.term.due else ""


def not_in_force(mandate: Mandate, tasks: Sequence[Task]) -> str:
    """Return why a mandate has no tasks: it is void or adopted later; else an empty text."""
    if mandate.void is not None:
        return _("void, recorded in error: {reason}").format(reason=mandate.void)
    return "" if tasks else _("not adopted yet on this day")


def facts(tasks: Sequence[Task], mandate: Mandate, due_text: DueText = _short_due) -> Iterator[str]:
    """Yield the parties, the support, the deadlines and the kind of a mandate, each in words.

    `due_text` returns the words for the `due` of a task; by default those of a list.
    """
    if tasks[0].is_separate and tasks[0].parties:
        bound = len({task.parties for task in tasks})
        yield f"{labels.reach(tasks[0], tasks[0].parties[0])} ({bound})"
    else:
        yield labels.together(tasks[0])
    if mandate.support:
        names = ", ".join(word.text for word in mandate.support)
        yield _("with {parties}").format(parties=names)
    yield from _deadlines(tasks, mandate, due_text)
    if mandate.kind == "encouragement":
        yield _("encouragement")


def _deadlines(tasks: Sequence[Task], mandate: Mandate, due_text: DueText) -> Iterator[str]:
    """Yield the deadline; each with its parties where a later meeting moved it for some alone."""
    by_deadline = group_by(
        tasks,
        lambda task: ", ".join(
            filter(None, (_deadline(task, mandate, due_text), labels.extended(task)))
        ),
    )
    for deadline, found in by_deadline.items():
        yield deadline if len(by_deadline) == 1 else f"{deadline} ({labels.sorted_parties(found)})"


def _deadline(task: Task, mandate: Mandate, due_text: DueText) -> str:
    due = task.term.due
    written = due_text(task)
    if task.occurrence is not None:
        last = _(", until {day}").format(day=mandate.until.day) if mandate.until else ""
        return _("due {due}").format(due=written) + last
    meeting = due.meeting if isinstance(due, Before) else due
    if isinstance(meeting, NextMeeting) and task.deadline is None and task.state != "?":
        message = _("due {written}: awaiting, no later meeting of {body} is in the record")
        return message.format(written=written, body=meeting.body)
    if task.deadline is not None and written != task.deadline.isoformat():
        return _("due {day} ({written})").format(day=task.deadline, written=written)
    if task.deadline is not None:
        return _("due {day}").format(day=task.deadline)
    match due:
        case None:
            return labels.state("undated")
        case Ongoing():
            return labels.state("standing")
        case Asap():
            return labels.state("asap")
        case _:
            return _("due {due}").format(due=f"? {written}".rstrip())


def states(tasks: Sequence[Task]) -> Iterator[str]:
    """Yield a line for each report with the state of its task, then one for each other state."""
    for task in tasks:
        for entry in task.reports:
            report = f"{_reporter(task, entry)} {entry.day}"
            if entry.progress != task.state:
                report += f" {labels.progress_word(entry.progress)}"
            if entry.progress == "done" and (moved := labels.before_move(task, entry.day)):
                report += f" {moved}"
            yield "  ".join(filter(None, (_state(task), report, labels.report_details(entry))))
    silent = [task for task in tasks if (task.parties or task.state == "?") and not task.reports]
    no_report = _(labels.NO_REPORT)
    for state, found in group_by(silent, _state).items():
        yield f"{state}  {labels.sorted_parties(found)}  ({no_report})"


def _reporter(task: Task, entry: Entry) -> str:
    """Return the party of a report; the holder of an office in brackets behind the office."""
    if entry.party in task.parties:
        return entry.party
    return f"{'+'.join(task.parties)} ({entry.party})"


def _state(task: Task) -> str:
    """Return a task's state in words; of a recurring mandate, with the name of the occurrence."""
    name = f"{task.occurrence.name}: " if task.occurrence and task.occurrence.name else ""
    later = [labels.later_ones(task)] if task.missed.number else []
    return name + ", ".join([_state_alone(task), *later])


def _state_alone(task: Task) -> str:
    if task.ending:
        return labels.ended_by(task.ending)
    if task.state == "done" and task.deadline is not None:
        return _("done late") if task.done_late else _("done on time")
    if task.is_open and task.days is not None:
        return labels.when([task]).split("\n")[0]
    return labels.state(task.state)
