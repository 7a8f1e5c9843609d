"""An `extends` of a mandate that all who owed it had already answered.

Why: What is done has no deadline to move: another mandate may be meant, or a report is wrong.

Bad:
    # CRI reported `done` on 2003-01-10; the meeting ended on 2003-05-30
    extends: {mandate: GRCM-2002-10/8#2, due: 2003-12-31}
Good:
    extends: {mandate: GRCM-2002-10/8#1, due: 2003-12-31}
"""

from collections.abc import Sequence
from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Reference
from grcm_cli.domain.progress import NOT_RECURRING
from grcm_cli.domain.register import Register, extended_mandates
from grcm_cli.domain.task import ANSWERED, Task
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    builders: dict[date, TaskBuilder] = {}
    tasks_on: dict[tuple[Reference, date], Sequence[Task]] = {}
    for meeting, extension, address, mandate in extended_mandates(register):
        day = meeting.last_day
        if address not in register.entries_by_mandate or day is None:
            continue  # as most
        if mandate.recurs or mandate.void is not None:
            continue
        if day not in builders:
            other = next(iter(builders.values()), None)
            builders[day] = TaskBuilder(register, day, EVERYTHING, other)
        if (address, day) not in tasks_on:
            [adopted] = register.adopted(address)
            tasks_on[address, day] = [*builders[day].tasks_by_key(adopted).values()]
        named = {*register.codes_on(extension.parties, day)}
        tasks = [
            task
            for task in tasks_on[address, day]
            if not (named and named.isdisjoint(task.parties))
        ]
        if tasks and all(task.state in ANSWERED and not task.anybody for task in tasks):
            text, at = extension.mandate
            message = _(
                "all parties whose deadline it moves had answered {text} before this meeting"
            )
            reporting = builders[day].progress.of(address, NOT_RECURRING)
            concerns = {address.meeting, THE_REGISTER, *reporting}
            concerns |= {each.by.meeting for task in tasks for each in task.handovers}
            yield Problem(at, message.format(text=text), concerns=concerns)
