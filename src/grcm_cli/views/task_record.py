"""The record of a task: what a list of tasks gives to programs, and the library as `grcm.Task`."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from grcm_cli.domain.model import Entry, MandateKind, Progress, texts
from grcm_cli.domain.task import CLOSED, State, Task, TaskProgress
from grcm_cli.formats.record import OF_SEVERAL
from grcm_cli.views import labels


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A dated statement by a party about one of its tasks."""

    party: Annotated[str, "The code of the party whose file has it."]
    date: Annotated[dt.date, "The date on which that state was reached."]
    progress: Annotated[Progress, "What it says."]
    evidence: Annotated[str | None, "Where the result can be seen."]
    note: Annotated[str | None, "What was added."]
    internal: Annotated[str | None, "What is not published; included only with `--internal`."]


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """What one party, or several together, owe under a mandate on a day."""

    process: Annotated[str, "The process of its record; may be empty.", OF_SEVERAL]
    ref: Annotated[str, "The mandate, as `grcm show` accepts it: `GRCM-2002-10/8#1`."]
    meeting: Annotated[str, "The id of the meeting that adopted it."]
    body: Annotated[str | None, "The code of the body that met."]
    conclusion: Annotated[str, "The number of the conclusion: `8`, `12.a`."]
    mandate: Annotated[int, "The number of the mandate in its conclusion, from 1."]
    text: Annotated[str, "The conclusion, word for word: in the language asked for, or its own."]
    action: Annotated[str, "What is to be done; if it is not recorded, the text."]
    kind: Annotated[MandateKind, "How strongly it binds."]
    support: Annotated[tuple[str, ...], "Codes of those who help but owe nothing."]
    party: Annotated[str | None, "Who owes it: codes, joined by + where they owe it jointly."]
    parties: Annotated[tuple[str, ...], "The same, one by one; empty if nobody is responsible."]
    party_names: Annotated[tuple[str, ...], "Their names, in the same order."]
    together: Annotated[bool, "Several owe it jointly, so that one may answer for all."]
    holders: Annotated[tuple[str, ...], "Who holds its office on the day, and at a later deadline."]
    due: Annotated[str | None, "The deadline in force, as written in the file: `next GRCM`."]
    deadline: Annotated[
        dt.date | None, "The last day on which it is on time; none as long as it is not known."
    ]
    first_deadline: Annotated[dt.date | None, "As adopted, if a later meeting moved it."]
    occurrence: Annotated[str | None, "For a recurring duty: its date, or the id of the meeting."]
    later_missed: Annotated[int, "How many later occurrences, not listed, were missed too."]
    state: Annotated[
        State, "On the day of the list; `?` if an error in the file leaves it unclear."
    ]
    days: Annotated[
        int | None, "Days to the deadline; negative if overdue; none if no longer open."
    ]
    days_late: Annotated[int | None, "Days late; none if open and on time, or an encouragement."]
    waits_for: Annotated[tuple[str, ...], "The mandates that come first, and are not done."]
    ended_by: Annotated[str | None, "The conclusion that superseded or closed it."]
    progress: Annotated[
        TaskProgress,
        "What was last reported, other than a refusal by only some of several parties.",
    ]
    done_on: Annotated[dt.date | None, "The date of the first report that it was done."]
    reported_on: Annotated[dt.date | None, "When that was reported."]
    reported_by: Annotated[str | None, "The party that reported it."]
    evidence: Annotated[str | None, "From that report."]
    note: Annotated[str | None, "From that report."]
    reports: Annotated[tuple[ReportRecord, ...], "The last report of each party, up to the day."]
    themes: Annotated[tuple[str, ...], "Codes of the themes of its conclusion."]
    handed_over_by: Annotated[str | None, "The conclusion that handed it to its parties."]
    confidential: Annotated[bool, "It is not published; included only with `--internal`."]

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.state not in CLOSED

    @property
    def is_late(self) -> bool:
        """Tell whether it is open and its deadline has passed; the day itself is not late."""
        return self.state == "overdue"


def task_record(task: Task, language: str, name: Callable[[str], str], process: str) -> TaskRecord:
    """Return the record of a task. `name` returns the name of a party for its code."""
    meeting, mandate = task.meeting, task.mandate
    last = task.last_report if task.reports else None
    return TaskRecord(
        process=process,
        ref=str(task.reference),
        meeting=meeting.id,
        body=meeting.body.text if meeting.body else None,
        conclusion=task.conclusion.number,
        mandate=mandate.ordinal,
        text=task.conclusion.text.shown(language),
        action=labels.what(task, language),
        kind=mandate.kind,
        support=texts(mandate.support),
        party="+".join(task.parties) or None,
        parties=task.parties,
        party_names=tuple(map(name, task.parties)),
        together=len(task.parties) > 1,
        holders=tuple(code for codes in task.holders.values() for code in codes),
        due=task.due,
        deadline=task.deadline,
        first_deadline=task.first.deadline if task.first else None,
        occurrence=task.occurrence_name or None,
        later_missed=task.missed.number,
        state=task.state,
        days=task.days,
        days_late=task.days_late,
        waits_for=tuple([str(wait.reference) for wait in task.waits]) if task.waits else (),
        ended_by=str(task.ending.by) if task.ending else None,
        progress=task.progress,
        done_on=task.done_on,
        reported_on=last.day if last else None,
        reported_by=last.party if last else None,
        evidence=last.evidence if last else None,
        note=last.note if last else None,
        reports=tuple(map(report_record, task.reports)),
        themes=texts(task.conclusion.themes),
        handed_over_by=str(task.handovers[-1].by) if task.handovers else None,
        confidential=task.is_confidential,
    )


def report_record(entry: Entry) -> ReportRecord:
    """Return the record of a report."""
    return ReportRecord(
        entry.party, entry.day, entry.progress, entry.evidence, entry.note, entry.internal
    )
