"""A mandate in a few lines: its parties, support and deadlines, and the state of each party."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from grcm_cli.domain.model import Each, Entry, Mandate, Meeting
from grcm_cli.domain.task import Task, by_deadline
from grcm_cli.formats.listing import Emphasis
from grcm_cli.language.text import _, labelled
from grcm_cli.views import labels
from grcm_cli.views.tasks import group_by


def not_in_force(mandate: Mandate, tasks: Sequence[Task], meeting: Meeting, as_of: date) -> str:
    """Return why a mandate has no tasks, as where it is void; else an empty text."""
    if mandate.void is not None:
        return _("void, recorded by mistake: {reason}").format(reason=mandate.void)
    is_later = (meeting.last_day or date.min) > as_of
    never = _("not yet adopted on this date") if is_later else _("it does not fall due on any date")
    return "" if tasks else never


def facts(
    tasks: Sequence[Task],
    mandate: Mandate,
    wording: labels.Wording = labels.CODES,
    withheld: Sequence[str] = (),
) -> Iterator[str]:
    """Yield the parties, the support, the deadlines and the kind of a mandate, each in words.

    The parties are those of the last occurrence. `withheld` are others that are not published.
    """
    last = max(tasks, key=by_deadline)
    handovers = dict.fromkeys(chain.from_iterable(task.handovers for task in tasks))
    if isinstance(mandate.responsible, Each) and last.parties:
        # Who owes it now are no longer those of the group, nor as many.
        bound = "" if handovers else f" ({len({task.parties for task in tasks}) + len(withheld)})"
        group = labels.group_in_words(mandate.responsible, wording)
        yield f"{group or _('each of the parties named')}{bound}"
    else:
        yield labels.together(last)
    if mandate.support:
        yield labels.supported(mandate, wording)
    for handover in handovers:
        leaving = wording.party(handover.source) if handover.source else ""
        taking_over = wording.joined([*map(wording.party, handover.named)])
        parties = f"{leaving} → {taking_over}".lstrip()
        yield f"{labels.handed_over(handover, wording)} ({parties})"
    if last.lead:
        yield _("lead: {party}").format(party=wording.party(last.lead))
    yield from _deadlines(tasks, wording)
    if mandate.kind == "encouragement":
        yield _("encouragement")
    if any(task.is_confidential for task in tasks):
        yield labels.marked("", secret=True)
    if withheld:
        names = wording.joined([*map(wording.party, withheld)])
        yield labelled(_("its state is not published"), names)


def _deadlines(tasks: Sequence[Task], wording: labels.Wording) -> Iterator[str]:
    """Yield the deadline; each with its parties where a later meeting moved it for some alone."""

    def words(task: Task) -> str:
        first = "" if wording.in_full else labels.extended(task)
        return ", ".join(filter(None, (_deadline(task, wording), first)))

    by_words = group_by(tasks, words)
    for deadline, group in by_words.items():
        yield deadline if len(by_words) == 1 else f"{deadline} ({labels.sorted_parties(group)})"


def _deadline(task: Task, wording: labels.Wording) -> str:
    due, written = task.term.due, wording.due(task)
    if task.occurrence is not None:
        until = task.mandate.until
        last = _(", until {day}").format(day=wording.day(until.day)) if until else ""
        return _("due {due}").format(due=written) + last
    if task.deadline is not None:
        day = wording.day(task.deadline)
        message = _("due on {day}") if wording.in_full else _("due {day}")
        return message.format(day=day) + (f" ({written})" if written != day else "")
    if due is not None and due.body is not None and task.state != "?":
        message = _("due {written} (awaiting: no later meeting of {body} is in the record)")
        return message.format(written=written, body=due.body)
    if due is None or due.is_soft:
        return labels.state(due.state_without_day if due else "undated")
    return _("due {due}").format(due=f"? {written}".rstrip())


class StateLine(NamedTuple):
    """One report, or the tasks of one state that no report gave them."""

    state: str  # empty where the report did not give its task the state
    tasks: Sequence[Task]
    occurrence: str  # the name of the occurrence of a recurring mandate, where it has one
    entry: Entry | None = None
    remark: str = ""  # that of `labels.done_remark`


def state_lines(
    tasks: Sequence[Task], wording: labels.Wording = labels.CODES, *, by_day: bool = False
) -> Iterator[StateLine]:
    """Yield a line for each report, then one for each state that none of them gave.

    The open task of one party stands beside its report, but not `by_day`.
    """
    rest: list[Task] = []
    for task in tasks:
        is_own = task.is_open and len(task.parties) == 1 and not by_day
        reports, is_done = task.reports, task.state == "done"
        if by_day and is_done and task.done_by:
            reports = tuple(dict.fromkeys((task.done_by, *reports)))
        # Of several reports that it is done, the first did it.
        first = task.done_by if is_done and task.done_by in reports else None
        gave = [
            entry == first if first else is_own or entry.progress == task.state for entry in reports
        ]
        for entry, has_state in zip(reports, gave, strict=True):
            is_told = entry.progress == "done" and not (by_day and is_done)
            remark = labels.done_remark(task, entry, wording) if is_told else ""
            state = _state(task) if has_state else ""
            yield StateLine(state, [task], task.occurrence_name, entry, remark)
        if not any(gave):
            rest.append(task)
    by_state = group_by(rest, lambda task: (task.occurrence_name, _state(task), no_report(task)))
    for (name, state, _silent), alike in by_state.items():
        yield StateLine(state, alike, name)


def no_report(task: Task, wording: labels.Wording = labels.CODES) -> str:
    """Return the words for a task without a report, or for those of several who did not report."""
    words = _(labels.NO_REPORT)
    if not task.reports or not task.is_open or not task.silent:
        return "" if task.reports or not task.parties else words
    if len(task.parties) == 1:  # who is silent though there are reports
        return labels.progress_word("withdrawn")
    names = wording.joined(list(map(wording.party, labels.unheard(task))))
    return labelled(words, names) if names else ""


def states(tasks: Sequence[Task]) -> Iterator[tuple[Emphasis, str, str]]:
    """Yield a mandate's reports and states as lines: the emphasis, the state, its details."""
    for state_label, group, name, entry, remark in state_lines(tasks):
        task, words, emphasis = group[0], state_label, labels.emphasis(group[0])
        if entry is None:
            silent = no_report(task)
            details = (labels.sorted_parties(group), f"({silent})" if silent else "")
        else:
            reporter = "+".join(task.spoken_for(entry))
            if reporter != entry.party:  # who holds the office
                reporter = f"{reporter} ({entry.party})"
            day = task.done_on if labels.is_said_again(task, entry) else entry.day
            report = f"{reporter} {day}"
            progress = labels.progress_word(entry.progress)
            if not state_label:
                words, emphasis = progress, labels.EMPHASES.get(entry.progress, "")
            elif entry.progress != task.state:
                report += f" {progress}"
            report += f" ({remark})" if remark else ""
            details = (report, labels.report_details(entry))
        state = labelled(name, words) if name else words
        yield emphasis, state, "".join(f"  {part}" for part in details if part)


def _state(task: Task) -> str:
    state = labels.ended_by(task.ending) if task.ending else labels.distance(task)
    if not task.ending and task.state == "done" and task.done_after is not None:
        state = _("done late") if task.done_late else _("done on time")
    missed = task.missed.number
    return ", ".join([state, labels.later_ones(missed)]) if missed else state
