"""A `reassigns` that hands nothing over: from who owes nothing, to who owes it, or of what is over.

Why: The record seems to say that another party owes the task, and no list does.

Bad:

    reassigns: {mandate: GRCM-2002-10/9, from: MEX, to: PAN}   # PPT owes it

Good:

    reassigns: {mandate: GRCM-2002-10/9, from: PPT, to: PAN}
"""

from collections.abc import Sequence
from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Meeting, Reassignment, Reference
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Problems:
    """Yield the reassignments that change nothing. Other rules tell of those that lead nowhere."""
    for meeting, conclusion, reassignment in register.each_reassignment():
        reference = register.parse_reference(reassignment.mandate.text, meeting.id)
        older = register.calendar.by_id.get(reference.meeting) if reference else None
        known = register.conclusion(reference) if reference else None
        day = meeting.last_day
        if not (reference and older and known and older.last_day and day and older.last_day <= day):
            continue
        concerns = {reference.meeting, THE_REGISTER}
        if not register.mandates(reference):
            message = _("{text} has no mandate").format(text=reassignment.mandate.text)
            yield Problem(reassignment.mandate.at, message, concerns=concerns)
            continue
        builder = TaskBuilder(register, day, EVERYTHING)
        mandates = [mandate for mandate in register.mandates(reference) if mandate.void is None]
        tasks = [
            task
            for mandate in mandates
            for task in builder.tasks_by_key((older, known, mandate)).values()
        ]
        by = Reference(meeting.id, conclusion.number)
        if not any(task.anybody for task in tasks):
            for problem in _problems(register, meeting, reassignment, tasks, by):
                yield problem._replace(concerns=concerns)


def _problems(
    register: Register,
    meeting: Meeting,
    reassignment: Reassignment,
    tasks: Sequence[Task],
    by: Reference,
) -> Problems:
    """Yield what is wrong in one; `tasks` are those of its mandates on its day."""
    text, source = reassignment.mandate.text, reassignment.source
    handed = [task for task in tasks if any(handover.by == by for handover in task.handovers)]
    others = [task for task in tasks if task not in handed]
    if tasks and not handed:
        owing = {code for task in others for code in task.parties}
        at, message, hint = reassignment.at, "", ""
        if source and source.text not in owing:
            at, message = source.at, _("{party} does not owe {text}")
            message = message.format(party=source.text, text=text)
            hint = _("it binds: {codes}").format(codes=" ".join(sorted(owing)) or "–")
        elif register.codes_on(reassignment.to, meeting.last_day):
            message = _("nothing of {text} is open: it was answered or ended before")
            message = message.format(text=text)
        if message and not (source and source.text not in register.directory.by_code):
            yield Problem(at, message, hint)
    for word in reassignment.to:
        codes = set(register.codes_on([word], meeting.last_day))
        if any(task.is_open and codes & set(task.parties) for task in others):
            message = _("{party} owes {text} already").format(party=word.text, text=text)
            yield Problem(word.at, message)
