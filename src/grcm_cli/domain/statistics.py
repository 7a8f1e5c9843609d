"""Statistics: counts of tasks by party, body, meeting and topic, for a day."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal, get_args

from grcm_cli.domain.progress import last_reports
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import ENDED, UNDATED, Task, standing

Group = Literal["all", "party", "body", "meeting", "theme"]
GROUPS: tuple[Group, ...] = get_args(Group)
NOBODY = ""  # the name under which duties stand whose text names nobody
BANDS: tuple[int, ...] = (30, 90, 180, 365)  # the most days of lateness; a last band has more


@dataclass(frozen=True, slots=True)
class Count:
    """The tasks of a group, as lists show them: of missed times of a duty the oldest alone.

    From `on_time` to `open` they add up to `owed`.
    """

    by: Annotated[Group, "What is counted together."]
    name: Annotated[str | None, "A code or an id; none if nobody is responsible."]
    owed: Annotated[int, "All tasks."]
    on_time: Annotated[int, "Done by the deadline then in force."]
    late: Annotated[int, "Done after it."]
    done_undated: Annotated[int, "Done without a binding deadline."]
    declined: Annotated[int, "Declined, or not applicable."]
    ended: Annotated[int, "Superseded or closed before it was settled."]
    overdue: Annotated[int, "Open and overdue."]
    open: Annotated[int, "Open and not overdue."]
    unknown: Annotated[int, "Open, without any report."]
    undated: Annotated[int, "Open, without a date."]
    oldest: Annotated[int | None, "How many days the oldest that does not recur has been open."]
    median: Annotated[int | None, "The median of these days, rounded."]
    extended: Annotated[int, "How many times a deadline was moved."]
    last_report: Annotated[date | None, "The date of the last report by it or by its office."]
    passed: Annotated[int, "Open encouragements whose date has passed."]


def counts(register: Register, tasks: Sequence[Task], as_of: date) -> list[Count]:
    """Return the counts of all tasks, then by party, by body, by meeting and by topic.

    A party has what `grcm tasks` lists of it: an office's tasks count for the office and for its
    holder, and those of several for each; a topic, those of all its conclusions. Any party may owe
    a task whose parties are in doubt.
    """
    reported = last_reports(register, as_of)
    # The members of a group owe, and not the group.
    every = [code for code, party in register.directory.by_code.items() if party.kind != "group"]
    counted = [_count("all", "", tasks, as_of)]
    for group in GROUPS[1:]:
        names: dict[str, list[Task]] = {}
        for task in tasks:
            body = task.meeting.body_code or NOBODY
            themes = tuple([word.text for word in task.conclusion.themes])
            of_group = {"body": (body,), "meeting": (task.meeting.id,), "theme": themes}
            owing = tuple(task.owed_by(every)) or (NOBODY,)
            for name in of_group.get(group, owing):
                names.setdefault(name, []).append(task)
        counted += [_count(group, name, names[name], as_of) for name in sorted(names)]
    return [
        replace(row, last_report=reported.get(row.name)) if row.by == "party" and row.name else row
        for row in counted
    ]


def by_year(tasks: Sequence[Task], as_of: date) -> dict[int, Count]:
    """Return the counts of the tasks that have fallen due, by the year of their deadline."""
    years: dict[int, list[Task]] = {}
    for task in tasks:
        if task.deadline is not None and task.deadline < as_of:
            years.setdefault(task.deadline.year, []).append(task)
    return {year: _count("all", "", years[year], as_of) for year in sorted(years)}


def lateness(tasks: Sequence[Task]) -> list[int]:
    """Return how many tasks are late in each of the bands, and how many for longer than all."""
    numbers = [0] * (len(BANDS) + 1)
    for task in tasks:
        if task.is_late and task.days_late is not None:
            numbers[bisect_left(BANDS, task.days_late)] += 1
    return numbers


def _count(by: Group, name: str, tasks: Sequence[Task], as_of: date) -> Count:
    undated = [task for task in tasks if task.state in UNDATED]
    days = (task.meeting.last_day for task in undated if task.occurrence is None)
    ages = sorted((as_of - day).days for day in days if day is not None)
    # The module `statistics` would cost 8 ms to load.
    median = (ages[(len(ages) - 1) // 2] + ages[len(ages) // 2] + 1) // 2 if ages else None
    done = [task for task in tasks if task.state == "done"]
    still = [task for task in tasks if task.is_open]
    late = sum(task.is_late for task in tasks)
    reports = standing(entry for task in tasks for entry in (*task.reports, *task.missed.reports))
    return Count(
        by=by,
        name=name or None,
        owed=len(tasks),
        on_time=sum(task.done_after is not None and not task.done_late for task in done),
        late=sum(task.done_late for task in done),
        done_undated=sum(task.done_after is None for task in done),
        declined=sum(task.state in ("declined", "not-applicable") for task in tasks),
        ended=sum(task.state in ENDED for task in tasks),
        overdue=late,
        open=len(still) - late,
        unknown=sum(task.is_unreported for task in still),
        undated=len(undated),
        oldest=ages[-1] if ages else None,
        median=median,
        extended=sum(len(task.moves) for task in tasks),
        last_report=max((entry.day for entry in reports), default=None),
        passed=sum(task.state == "passed" for task in tasks),
    )
