"""A `reassigns` that hands nothing over: a wrong giver or receiver, or a duty that is over.

Why: The record seems to say that another party owes the task, but no list does. Of two handovers of
the same task on the same day, one is wrong.

Bad:
    reassigns: {mandate: GRCM-2002-10/9, from: MEX, to: PAN}   # PPT owes it
Good:
    reassigns: {mandate: GRCM-2002-10/9, from: PPT, to: PAN}
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Location, Meeting, Reassignment, Reference
from grcm_cli.domain.progress import NOT_RECURRING
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.language.text import _


class _Outcome(NamedTuple):
    """What became of the tasks of some mandates on a day on which they are handed over."""

    tasks: Sequence[Task]
    handed: Mapping[Location, Sequence[Task]]
    """Those that a link hands over, by the place of the link."""
    idle: frozenset[Location]
    """The links that hand them to those who owed them."""
    second: Mapping[Location, Location]
    """The links that hand over what another of the same day does: the places of both."""
    concerns: frozenset[str]


def check(register: Register) -> Problems:
    builders: dict[date, TaskBuilder] = {}
    outcomes: dict[tuple[Reference, date], _Outcome] = {}
    for meeting, _conclusion, reassignment in register.each_reassignment():
        reference = register.parse_reference(reassignment.mandate.text, meeting.id)
        older = register.calendar.by_id.get(reference.meeting) if reference else None
        known = register.conclusion(reference) if reference else None
        day = meeting.last_day
        if not (reference and older and known and older.last_day and day and older.last_day <= day):
            continue
        if not register.mandates(reference):
            message = _("{text} has no mandate").format(text=reassignment.mandate.text)
            yield Problem(reassignment.mandate.at, message, concerns={reference.meeting})
            continue
        if (reference, day) not in outcomes:
            other = next(iter(builders.values()), None)
            builder = builders.setdefault(day, TaskBuilder(register, day, EVERYTHING, other))
            outcomes[reference, day] = _outcome(builder, reference)
        outcome = outcomes[reference, day]
        if not any(task.anybody for task in outcome.tasks):
            for problem in _problems(register, meeting, reassignment, outcome):
                yield problem._replace(concerns=outcome.concerns | problem.concerns)


def _outcome(builder: TaskBuilder, reference: Reference) -> _Outcome:
    tasks: list[Task] = []
    handed: dict[Location, list[Task]] = {}
    useful, second = set(), {}
    concerns = {reference.meeting, THE_REGISTER}
    for adopted in builder.register.adopted(reference):
        if adopted.mandate.void is None:
            tasks += builder.tasks_by_key(adopted).values()
            concerns |= builder.progress.of(adopted.address, NOT_RECURRING).keys()
    for task in tasks:
        parties = that_day = task.adopted_by or task.parties
        first: Location | None = None
        for handover in task.handovers:
            concerns.add(handover.by.meeting)
            handed.setdefault(handover.at, []).append(task)
            if handover.day < builder.as_of:
                that_day = handover.after(that_day)
            elif first and (handover.source is None or handover.source not in that_day):
                second[handover.at] = first
            else:
                first = first or handover.at
            if {*handover.after(parties)} != {*parties}:
                useful.add(handover.at)
            parties = handover.after(parties)
        concerns |= {task.ending.by.meeting} if task.ending else set()
    idle = frozenset(handed.keys() - useful)
    return _Outcome(tasks, handed, idle, second, frozenset(concerns))


def _problems(
    register: Register, meeting: Meeting, reassignment: Reassignment, outcome: _Outcome
) -> Problems:
    text, at = reassignment.mandate.text, reassignment.mandate.at
    handed = outcome.handed.get(at, ())
    to = register.codes_on(reassignment.to, meeting.last_day)
    if first := outcome.second.get(at):
        message = _("another `reassigns` of the same date also hands over {text}").format(text=text)
        hint = _("the first is on line {line}").format(line=first.line)
        yield Problem(at, message, hint, concerns={PurePosixPath(first.path).stem})
        return
    if outcome.tasks and not handed:
        yield from _idle(register, reassignment, outcome.tasks) if to else ()
        return
    others = [task for task in outcome.tasks if task.is_open and task not in handed]
    for word in reassignment.to:
        codes = set(register.codes_on([word], meeting.last_day))
        if at in outcome.idle or any(codes & set(task.parties) for task in others):
            message = _("{party} already owes {text}").format(party=word.text, text=text)
            yield Problem(word.at, message)


def _idle(register: Register, reassignment: Reassignment, tasks: Sequence[Task]) -> Problems:
    text, source = reassignment.mandate.text, reassignment.source
    owing = {code for task in tasks for code in task.parties}
    if source is None or source.text in owing:
        message = _("nothing in {text} is open: it was answered or ended earlier")
        yield Problem(reassignment.at, message.format(text=text))
    elif source.text in register.directory.by_code:
        message = _("{party} does not owe {text}").format(party=source.text, text=text)
        hint = _("it binds: {codes}").format(codes=" ".join(sorted(owing)) or "–")
        if owing.intersection(register.members_of(source.text)):
            hint = _("leave `from` out, or write which member of the group hands it over")
        yield Problem(source.at, message, hint)
