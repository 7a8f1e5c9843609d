"""How a mandate stands: whom it binds and by when, and what each party has reported."""

from collections.abc import Callable, Iterator, Sequence

from grcm_cli.domain.model import Asap, Due, Entry, Mandate, NextMeeting, Ongoing
from grcm_cli.domain.task import Task
from grcm_cli.language.text import _, natural_key
from grcm_cli.views import labels

SayDue = Callable[[Due], str]


def _as_written(due: Due) -> str:
    return due.written


def facts(tasks: Sequence[Task], mandate: Mandate, said: SayDue = _as_written) -> Iterator[str]:
    """Yield what holds for a mandate's tasks: whom it binds, with whom, by when, how strongly.

    `said` puts a `due` into words; else it is as the file writes it.
    """
    if tasks[0].is_separate and tasks[0].parties:
        bound = len({task.parties for task in tasks})
        yield f"{labels.reach(tasks[0], tasks[0].parties[0])} ({bound})"
    else:
        yield labels.together(tasks[0])
    if mandate.support:
        names = ", ".join(word.text for word in mandate.support)
        yield _("with {parties}").format(parties=names)
    yield from _dues(tasks, mandate, said)
    if mandate.kind == "encouragement":
        yield _("encouragement")


def _dues(tasks: Sequence[Task], mandate: Mandate, say: SayDue) -> Iterator[str]:
    """Yield by when it is due; where a later meeting moved that for some alone, for whom."""
    by_term: dict[str, list[Task]] = {}
    for task in tasks:
        said = ", ".join(filter(None, (_due(task, mandate, say), labels.extended(task))))
        by_term.setdefault(said, []).append(task)
    for said, found in by_term.items():
        who = " ".join(sorted((labels.together(task) for task in found), key=natural_key))
        yield said if len(by_term) == 1 else f"{said} ({who})"


def _due(task: Task, mandate: Mandate, say: SayDue) -> str:
    due = task.term.due
    written = say(due) if due else ""
    if task.occurrence is not None:
        last = _(", until {day}").format(day=mandate.until.day) if mandate.until else ""
        return _("due {day}").format(day=written) + last
    if isinstance(due, NextMeeting) and task.deadline is None and task.state != "?":
        message = _("due {written}: awaiting, no later meeting of {body} is in the record")
        return message.format(written=written, body=due.body)
    if task.deadline is not None and task.due != task.deadline.isoformat():
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
        case other:
            return _("due {day}").format(day=f"? {say(other)}".rstrip())


def standing(tasks: Sequence[Task]) -> Iterator[str]:
    """Yield the lines that tell how each party stands, those that stand alike on one line."""
    alike: dict[str, list[Task]] = {}
    reported = [task for task in tasks if task.reports]
    for task in reported:
        said = _state(task)
        for entry in task.reports:
            detail = " · ".join(filter(None, (entry.evidence, entry.note)))
            progress = (
                "" if entry.progress == task.state else " " + _(labels.PROGRESS[entry.progress])
            )
            speaker = _speaker(task, entry)
            yield f"{said}  {speaker} {entry.day}{progress}{f'  {detail}' if detail else ''}"
    for task in tasks:
        if (task.parties or task.state == "?") and not task.reports:
            alike.setdefault(_state(task), []).append(task)
    no_report = _(labels.NO_REPORT)
    for state, found in alike.items():
        who = " ".join(sorted((labels.together(task) for task in found), key=natural_key))
        yield f"{state}  {who}  ({no_report})"


def _speaker(task: Task, entry: Entry) -> str:
    """Return who reported; a holder that spoke for its office, behind the office."""
    if entry.party in task.parties:
        return entry.party
    return f"{'+'.join(task.parties)} ({entry.party})"


def _state(task: Task) -> str:
    """Return how a task stands; of a recurring duty, with the time that is meant."""
    said = [_own_state(task), labels.later_ones(task) if task.missed.number else ""]
    name = f"{task.occurrence.name}: " if task.occurrence and task.occurrence.name else ""
    return name + ", ".join(filter(None, said))


def _own_state(task: Task) -> str:
    if task.ending:
        return labels.ended_by(task.ending)
    if task.state == "done" and task.deadline is not None:
        return _("done late") if task.done_late else _("done on time")
    if task.is_open and task.days is not None:
        return labels.when([task]).split("\n")[0]
    return labels.state(task.state)
