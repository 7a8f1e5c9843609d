"""The list of `changes`: what became of tasks between two days, as records and as a table."""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from grcm_cli.domain.changes import ChangePeriod, TaskChange, TaskChangeKind, by_day
from grcm_cli.domain.diff import DifferenceKind
from grcm_cli.domain.model import MandateKind
from grcm_cli.domain.periods import parse_day
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import ANSWERED, State, Task, TaskProgress
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder
from grcm_cli.formats.listing import Column, Emphasis, Listing, TableColumn, TextTable, table_of
from grcm_cli.formats.record import OF_SEVERAL
from grcm_cli.language.text import N_, _, counted, in_series, labelled, natural_key, on_one_line
from grcm_cli.views import labels
from grcm_cli.views.task_record import ReportRecord, report_record
from grcm_cli.views.tasks import TaskRecords, duties, group_by, metadata_of

Arrangement = Literal["party", "meeting"]
ARRANGEMENTS: tuple[Arrangement, ...] = ("party", "meeting")
PLAIN = ("date", "change", "ref", "party", "before", "after", "action")
KINDS: dict[TaskChangeKind | DifferenceKind, str] = {
    "new": N_("new duty"),
    "moved": N_("moved"),
    "reassigned": N_("handed over"),
    "passed": N_("changed hands"),
    "reported": N_("reported"),
    "closed": N_("settled"),
    "reopened": N_("open again"),
    "ended": N_("ended"),
    "late": N_("newly overdue"),
    "missed": N_("another date missed"),
    "next": N_("next time"),
    "gone": N_("gone"),
    "removed": N_("gone"),
    "rewritten": N_("rewritten"),
    "unreported": N_("report removed"),
    "edited": N_("edited"),
    "register": N_("register"),
    "meeting": N_("meeting"),
}
"""What becomes of a duty between two days, and between two states of the files."""
_EMPHASES: dict[TaskChangeKind, Emphasis] = {
    "late": "late",
    "missed": "late",
    **dict.fromkeys(("moved", "reassigned", "reopened"), "soon"),
    "ended": "ended",
}
_OF_MEETINGS: Mapping[tuple[str, ...], str] = {
    ("entered",): N_("as {meeting} was added"),
    ("gone",): N_("as {meeting} is no longer in the record"),
    (): N_("as the dates of {meeting} have changed"),
}
"""Why a deadline is another one, by what became of its meeting in the record."""
ChangeGroup = Sequence[TaskChange]  # the changes of a row: of one kind, one day and one duty
_COLUMNS: Mapping[Arrangement | None, Sequence[str]] = {
    None: ("day", "change", "who", "what", "reference"),
    "party": ("party", "day", "change", "what", "reference"),
    "meeting": ("meeting", "day", "change", "who", "what", "mandate"),
}
ORDERS: Mapping[Arrangement | None, Callable[[TaskChange], Any]] = {
    None: by_day,
    "party": lambda change: (natural_key("+".join(change.after.parties)), *by_day(change)),
    "meeting": lambda change: (change.after.meeting.last_day or date.min, change.reference.meeting),
}
"""What changes are sorted by."""


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One thing that became of a task, which is as it was on the date of the change."""

    process: Annotated[str, "As in a task.", OF_SEVERAL]
    change: Annotated[TaskChangeKind, "What has changed."]
    date: Annotated[dt.date, "The date from which lists show it."]
    ref: Annotated[str, "The mandate, as `grcm show` accepts it: `GRCM-2002-10/8#1`."]
    meeting: Annotated[str, "The id of the meeting that adopted it."]
    body: Annotated[str | None, "The code of the body that met."]
    action: Annotated[str, "What is to be done; if it is not recorded, the text."]
    kind: Annotated[MandateKind, "How strongly it binds."]
    party: Annotated[str | None, "Who owes it: codes, joined by + where they owe it jointly."]
    parties: Annotated[tuple[str, ...], "The same, one by one; empty if nobody is responsible."]
    party_names: Annotated[tuple[str, ...], "Their names, in the same order."]
    together: Annotated[bool, "Several owe it jointly."]
    holders: Annotated[tuple[str, ...], "Who holds the office that owes it."]
    due: Annotated[str | None, "The deadline in force, as written in the file."]
    deadline: Annotated[dt.date | None, "The last day on which it is on time."]
    occurrence: Annotated[str | None, "Which occurrence of a recurring duty."]
    state: Annotated[State, "On that date."]
    progress: Annotated[
        TaskProgress,
        "What was last reported, other than a refusal by only some of several parties.",
    ]
    before: Annotated[str | None, "Deadline, holder, progress or state; none for what is new."]
    after: Annotated[str | None, "The same, after the change."]
    later_late: Annotated[int, "How many later occurrences, not listed, became overdue too."]
    by: Annotated[
        str | None, "The conclusion that moved or ended it, or a meeting that was put off."
    ]
    reports: Annotated[tuple[ReportRecord, ...], "The reports of that date."]
    reported_by: Annotated[str | None, "The party that reported it."]


def change_record(change: TaskChange, tasks: TaskRecords) -> ChangeRecord:
    """Return the record of a change; `tasks` makes that of its task."""
    task = tasks.of(change.after)
    before, after = _sides(change)
    names = {field.name for field in fields(ChangeRecord)} & {field.name for field in fields(task)}
    of_task: dict[str, Any] = {name: getattr(task, name) for name in names}
    del of_task["reports"], of_task["reported_by"]
    return ChangeRecord(
        **of_task,
        change=change.kind,
        date=change.day,
        before=before,
        after=after,
        later_late=change.later,
        by=str(change.by) if change.by else None,
        reports=tuple(map(report_record, change.reports)),
        reported_by=change.reports[-1].party if change.reports else None,
    )


def listing(
    changes: Sequence[TaskChange],
    period: ChangePeriod,
    tasks: TaskRecords,
    table: Callable[[], TextTable],
) -> Listing:
    """Return changes as a list; `tasks` makes the records of their tasks."""

    def plain_row(change: TaskChange) -> Sequence[object]:
        ref, party, *_term, action = tasks.plain_row(change.after)
        return change.day, change.kind, ref, party, *_sides(change), action

    return Listing(
        "task_changes", period.until, lambda: ChangeRecord, changes, PLAIN, table,
        lambda change: change_record(change, tasks), plain_row, since=period.since,
        metadata=lambda change: metadata_of(change.after), process=tasks.process,
    )  # fmt: skip


def _sides(change: TaskChange) -> tuple[str | None, str | None]:
    if change.passed:
        return change.passed.before, change.passed.after
    before = _value(change.kind, change.before) if change.before else None
    if change.kind == "reported" and len(change.after.parties) > 1:
        return before, ", ".join(f"{entry.party} {entry.progress}" for entry in change.reports)
    return before, _value(change.kind, change.after)


def _value(kind: TaskChangeKind, task: Task) -> str | None:
    if kind in ("new", "next", "moved"):
        return str(task.deadline) if task.deadline else task.due
    if kind == "reassigned":
        return "+".join(task.parties) or None
    return task.progress if kind == "reported" else task.state


class ChangeTables:
    """Makes tables of changes, with a row for those of a duty that are alike."""

    def __init__(
        self, register: Register, language: str, wording: labels.Wording = labels.CODES
    ) -> None:
        self.language, self.wording = language, wording
        self._builder = TaskBuilder(register, date.max, EVERYTHING)

    def table(self, title: str, changes: Sequence[TaskChange], by: Arrangement | None) -> TextTable:
        """Return the day, the change, who, what is to be done, the reference."""
        every: Mapping[str, TableColumn[ChangeGroup]] = {
            "day": (Column(_("Day")), lambda group: group[0].day.isoformat()),
            "change": (Column.text(_("Change"), 22), self.change),
            "who": (Column.text(_("Who"), 20), self.who),
            "what": (Column.text(_("What")), self.action),
            "reference": (Column.text(_("Reference"), 24), references),
            "party": (Column.text(_("Party"), 18), lambda row: labels.together(row[0].after)),
            "meeting": (Column(_("Meeting")), lambda group: group[0].reference.meeting),
            "mandate": (Column(_("Mandate")), lambda group: _numbers(group, group)),
        }
        columns = [every[key] for key in _COLUMNS[by]]
        groups = grouped_changes(changes, by)
        return table_of(title, columns, groups, lambda group: change_emphasis(group[0]))

    def who(self, group: ChangeGroup) -> str:
        """Return who owes it: of a duty of each, how many and which; of several, their office."""
        passed = group[0].passed
        if passed is not None and is_of_several(group):
            holder = self.wording.party(passed.after) if passed.after else "–"
            return f"{self.wording.party(passed.office)} ({holder})"
        tasks = [change.after for change in group]
        return labels.owing(tasks, self.everybody(group[0]), self.wording)

    def action(self, group: ChangeGroup, shortened: Callable[[str], str] = str) -> str:
        """Return what is to be done, or how many duties an office that passed on had."""
        task = group[0].after
        if is_of_several(group):
            return counted("{count} duty", "{count} duties", duties([each.after for each in group]))
        action = shortened(labels.action(task, self.language, wording=self.wording))
        name = task.occurrence_name
        if not name or group[0].kind in ("new", "next", "gone", "late", "missed", "moved"):
            return action  # these tell the deadline of what recurs
        day = parse_day(name)
        time = self.wording.day(day) if day else name
        is_handover = any(handover.day == group[0].day for handover in task.handovers)
        is_first = group[0].kind == "reassigned" and is_handover
        name_of = _("(occurrence: {time} and later)") if is_first else _("(occurrence: {time})")
        return " ".join([labels.without_stop(action), name_of.format(time=time)])

    def change(self, group: ChangeGroup) -> str:
        """Return the kind of change, what it was and is, the evidence: `settled: done; Acta`."""
        details, kind = self.details(group), kind_in_words(group[0])
        reported = {entry.progress for entry in group[0].reports}
        if group[0].kind == "reported" and reported == {"withdrawn"}:
            return details  # *report withdrawn* says it all
        return labelled(kind, details) if details else kind

    def details(self, group: ChangeGroup) -> str:
        """Return the text of `change` without the kind; empty where the kind says all."""
        return in_series((self.became(group), *_report_details(group[0], self.wording)))

    def became(self, group: ChangeGroup) -> str:
        """Return what a duty became; of one of each that is settled, also how many settled it."""
        first, became = group[0], _details(group[0], self.wording)
        day = first.day - timedelta(days=1)
        if first.kind == "gone" and all(self._is_last_day(each.after, day) for each in group):
            left = _("member until {day}").format(day=self.wording.day(day))
            return in_series((became, left))
        if first.kind != "closed" or not first.after.is_separate:
            return became
        alike = self.everybody(first)
        answers = [task.state for task in alike if task.state in ANSWERED]
        count, total = len(answers), len(alike)
        is_over = not any(task.is_open for task in alike)
        message = _("all {total}") if count > 1 else ""
        if len(set(answers)) > 1:  # done by some, declined by others
            message = _("{count} of {total} settled")
            message = message if is_over else _("{count} of {total} settled so far")
        elif count < total:
            message = _("{count} of {total}") if is_over else _("{count} of {total} so far")
        return f"{became} ({message.format(count=count, total=total)})" if message else became

    def everybody(self, change: TaskChange) -> Sequence[Task]:
        """Return the tasks of all who owe the same: on the day of a change, or the last with it."""
        day = change.day - timedelta(days=change.kind == "gone")
        # None may be listed of one that came to its end.
        return self._builder.on(day).alike(change.after) or [change.after]

    def _is_last_day(self, task: Task, day: date) -> bool:
        """Tell whether a membership of the party that owes a task ended on a day."""
        party = self._builder.register.directory.by_code.get("+".join(task.parties))
        return party is not None and day in (term.until for term in party.memberships)


def is_of_several(group: ChangeGroup) -> bool:
    """Tell whether a row is about several duties, as where an office passed on."""
    return duties([change.after for change in group]) > 1


def references(group: ChangeGroup) -> str:
    """Return the duties of a row; a meeting of several is named once: `WG-1/2, 3`."""
    by_meeting = group_by(group, lambda change: change.reference.meeting)
    return in_series(f"{name}/{_numbers(part, group)}" for name, part in by_meeting.items())


def _numbers(part: ChangeGroup, group: ChangeGroup) -> str:
    """Return the numbers of the duties in part of a row; of several, what is confidential."""
    secret = {change.reference: change.after.is_confidential for change in part}
    marks = secret if is_of_several(group) else dict.fromkeys(secret, False)
    return ", ".join(
        labels.marked(str(reference).partition("/")[2], secret=is_marked)
        for reference, is_marked in marks.items()
    )


def grouped_changes(
    changes: Sequence[TaskChange], by: Arrangement | None = None
) -> Sequence[ChangeGroup]:
    """Return the changes of each row: of one duty, or of all duties of an office that passed on."""

    def row(change: TaskChange) -> Hashable:
        task = change.after
        places = {None: None, "party": task.parties, "meeting": task.meeting.id}
        same: Hashable = (change.passed, task.state == "?")
        if change.passed is None:
            occurrence = task.occurrence if by == "party" else None
            same = (task.reference, task.deadline, change.later, occurrence, task.is_confidential)
        shown = (_details(change), *_report_details(change))
        return (change.kind, change.day, places[by], same, *shown)

    return list(group_by(changes, row).values())


def kind_in_words(change: TaskChange) -> str:
    """Return the kind of a change in words, marked where the task is in doubt."""
    word = _(KINDS[change.kind])
    return f"? {word}" if change.after.state == "?" else word


def change_emphasis(change: TaskChange) -> Emphasis:
    """Return how a change stands out."""
    if change.after.state == "?" or change.kind == "closed":
        return labels.emphasis(change.after)
    return _EMPHASES.get(change.kind, "")


def _details(change: TaskChange, wording: labels.Wording = labels.CODES) -> str:
    task, before = change.after, change.before or change.after
    match change.kind:
        case "new" | "next" | "gone" | "late" | "missed":
            day = _deadline(task, wording)
            dated = _("deadline {day}").format(day=day) if task.deadline else day
            words = [] if day == "–" else [dated]
            words += [labels.later_ones(change.later)] if change.later else []
            return " ".join(words)
        case "moved" | "reassigned":
            shown = _deadline if change.kind == "moved" else labels.together
            by = _("by {reference}").format(reference=change.by or "–")
            if change.by and change.by.number is None:
                by = _(_OF_MEETINGS[change.parts]).format(meeting=change.by.meeting)
            return f"{shown(before, wording)} → {shown(task, wording)}, {by}"
        case "passed":
            passed = change.passed
            codes = (passed.before, passed.after) if passed else ()
            return " → ".join(wording.party(code) if code else "–" for code in codes)
        case "ended":
            return labels.ended_by(task.ending) if task.ending else ""
        case "reopened":
            return f"{labels.state(before.state)} → {labels.state(task.state)}"
        case "closed" | "reported":
            is_late = change.kind == "closed" and task.done_late
            states = {**labels.PROGRESS, **({"done": N_("done late")} if is_late else {})}
            message = _("{parties} {state}") if len(task.parties) > 1 else "{state}"
            answers = [
                message.format(parties=wording.party(entry.party), state=_(states[entry.progress]))
                for entry in change.reports
            ]
            return ", ".join(dict.fromkeys(answers)) or labels.state(task.state)


def _report_details(change: TaskChange, wording: labels.Wording = labels.CODES) -> list[str]:
    if change.kind not in ("reported", "closed"):
        return []
    details = (
        labelled(wording.party(entry.party), details) if len(change.after.parties) > 1 else details
        for entry in change.reports
        if (details := labels.report_details(entry))
    )
    return list(dict.fromkeys(details))  # several reports may say the same


def _deadline(task: Task, wording: labels.Wording) -> str:
    if wording is not labels.CODES:
        due = task.term.due
        if task.deadline is not None or (due and not due.is_soft and task.state != "?"):
            return wording.day(task.deadline) if task.deadline else wording.due(task)
    return on_one_line(labels.deadline(task))
