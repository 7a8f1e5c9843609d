"""A mandate on its meeting's page: its state, who answered, its moved deadlines, its history."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.deadlines import deadline, parse_day, parse_due
from grcm_cli.domain.model import Conclusion, Entry, Mandate, Meeting, Reference
from grcm_cli.domain.recurrence import is_recurring
from grcm_cli.domain.task import DueTerm, Task
from grcm_cli.language.text import N_, _, collapse, natural_key
from grcm_cli.site.links import TextPart, linked_parts
from grcm_cli.site.mandate_rows import is_counted
from grcm_cli.site.page_data import PartyLink, SiteData
from grcm_cli.views import labels
from grcm_cli.views.conclusion import mandate_number
from grcm_cli.views.log import EVENTS, LogEvent
from grcm_cli.views.mandate_summary import FactWording, StateLine, facts, not_in_force, state_lines
from grcm_cli.views.tasks import group_by

_FEW = 3  # parties of a line that are shown by their names; more are shown by their codes
_OCCURRENCES = 4  # closed occurrences of a recurring mandate that are shown; more are folded
_RANKED = ("late", "unclear", "soon", "open", "done", "declined", "ended")

_BY = {
    "extended": N_("extended by {reference}"),
    "superseded": N_("superseded by {reference}"),
    "closed": N_("closed by {reference}"),
}

LinkedText = tuple[str, str | None]
"""A text and the address that it leads to, if any."""


class AnswerLine(NamedTuple):
    """A report with the state of its task, or the parties of one state without any report."""

    occurrence: str
    state: str
    deadline: date | None
    """Of an open task: a script writes the number of days to it in place of the state."""
    missed: str
    """How many later occurrences were missed too, behind the state."""
    shade: str
    parties: Sequence[Sequence[PartyLink]]
    """The parties of each task."""
    by: PartyLink | None
    """The holder of the office that reported."""
    day: date | None
    """The day of the report; None without one."""
    words: str
    """What was reported, where it is not the state, and whether it came before the extension."""
    evidence: Sequence[TextPart]
    note: str


class DeadlineHistory(NamedTuple):
    """The deadlines of some parties in their order, each with the conclusion that set it."""

    parties: str
    """The parties; empty where it is the deadline of all."""
    steps: Sequence[tuple[str, LinkedText | None]]


class HistoryLine(NamedTuple):
    """One event of a mandate."""

    day: date
    who: PartyLink | None
    """The party that reported; of a holder, with the office."""
    what: str
    by: LinkedText | None
    """The later conclusion that did it."""
    after: str
    """What comes behind that."""
    evidence: Sequence[TextPart]
    note: str


class HistoryGroup(NamedTuple):
    """The events of an occurrence, or those of the mandate as a whole, without a name."""

    name: str
    lines: Sequence[HistoryLine]


class MandateDetails(NamedTuple):
    """A mandate below its conclusion."""

    name: str
    anchor: str
    action: str
    language: str
    facts: Sequence[str]
    waits: Sequence[LinkedText]
    answers: Sequence[AnswerLine]
    folded: Sequence[AnswerLine]
    """Earlier occurrences of a recurring mandate."""
    moved: Sequence[DeadlineHistory]
    history: Sequence[HistoryGroup]
    """Empty where nothing happened after its adoption."""
    events: int
    shade: str
    note: str


def mandate_details(
    site: SiteData, meeting: Meeting, conclusion: Conclusion, mandate: Mandate, note: str
) -> MandateDetails:
    """Return a mandate as its meeting's page shows it, with the note that is only in its file."""
    tasks = site.of_mandate(mandate)
    reason = not_in_force(mandate, tasks)
    shades = {labels.emphasis(task) or "open" for task in tasks}
    shown, folded = ([], []) if reason else _answers(site, mandate, tasks)
    history = _history(site, meeting, conclusion, mandate)
    wording = FactWording(
        site.due_in_words,
        site.long_day,
        lambda day: _("due on {day}").format(day=day),
        moves=False,
    )
    return MandateDetails(
        name=mandate_number(conclusion, mandate),
        anchor=site.anchor_of(conclusion, mandate),
        action=collapse(mandate.action.shown(site.language)) if mandate.action else "",
        language=site.other_language(mandate.action, meeting),
        facts=[reason] if reason else list(facts(tasks, mandate, wording)),
        waits=[] if reason else _waits(site, tasks[0]),
        answers=shown,
        folded=folded,
        moved=[] if reason else list(_moved(site, tasks)),
        history=history,
        events=sum(len(group.lines) for group in history),
        shade=next((shade for shade in _RANKED if shade in shades), "none"),
        note=note,
    )


def _waits(site: SiteData, task: Task) -> list[LinkedText]:
    return [(labels.waits(wait, task), site.place_of(wait.reference)) for wait in task.waits]


# --- who answered -------------------------------------------------------------------------------


def _answers(
    site: SiteData, mandate: Mandate, tasks: Sequence[Task]
) -> tuple[list[AnswerLine], list[AnswerLine]]:
    """Return the lines that are shown, and those of earlier occurrences, which are folded."""
    lines = list(state_lines(tasks))
    closed = [line for line in lines if not line.tasks[0].is_open]
    hidden: list[StateLine] = []
    if is_recurring(mandate.due) and len(closed) > _OCCURRENCES + 1:
        hidden = closed[:-_OCCURRENCES]
    ids = {id(line) for line in hidden}
    shown = [_answer(site, line) for line in lines if id(line) not in ids]
    return shown, [_answer(site, line) for line in hidden]


def _answer(site: SiteData, line: StateLine) -> AnswerLine:
    task, entry = line.tasks[0], line.entry
    by = None
    if entry is None:
        few = sum(len(one.parties) for one in line.tasks) <= _FEW
        owing = sorted(line.tasks, key=lambda one: natural_key(labels.together(one)))
        parties = [_together(site, one, in_full=few) for one in owing]
        words = _(labels.NO_REPORT)
    else:
        of_own = entry.party in task.parties
        codes = [entry.party] if of_own else task.parties
        parties = [[_named(site, code) for code in codes]]
        holder = _holder(site, entry.party, entry.day) if of_own else entry.party
        by = _named(site, holder) if holder else None
        progress = "" if entry.progress == task.state else labels.progress_word(entry.progress)
        words = " ".join(filter(None, (progress, line.remark)))
    return AnswerLine(
        _occurrence_words(site, line.occurrence),
        *_state(line),
        labels.emphasis(task) or "open",
        parties,
        by,
        entry.day if entry else None,
        words,
        *_evidence(entry),
    )


def _state(line: StateLine) -> tuple[str, date | None, str]:
    """Return the state in words, the deadline that it depends on, and what stands behind it."""
    task = line.tasks[0]
    if not is_counted(task):
        return line.state, None, ""
    return labels.state(task.state), task.deadline, line.state.removeprefix(labels.distance(task))


def _together(site: SiteData, task: Task, *, in_full: bool) -> list[PartyLink]:
    if not task.parties:
        return [PartyLink(labels.no_party(task), "", None)]
    name = site.name_of if in_full else str
    return [site.party_link(code, labels.party(task, code, name)) for code in task.parties]


def _named(site: SiteData, code: str) -> PartyLink:
    return site.party_link(code, site.name_of(code))


def _evidence(entry: Entry | None) -> tuple[Sequence[TextPart], str]:
    """Return the evidence of a report, with its links, and its note."""
    if entry is None or not entry.evidence:
        return (), (entry.note or "") if entry else ""
    return linked_parts(collapse(entry.evidence or "")), entry.note or ""


# --- moved deadlines ----------------------------------------------------------------------------


def _moved(site: SiteData, tasks: Sequence[Task]) -> Iterator[DeadlineHistory]:
    by_moves = group_by(tasks, _moves)
    for found in by_moves.values():
        first, moves = found[0].first, found[0].moves
        if first is None:
            continue
        steps: list[tuple[str, LinkedText | None]] = [(_term(site, first), None)]
        for move in moves:
            day = deadline(move.due, move.meeting, site.register.calendar)
            by = str(move.by), site.place_of(move.by)
            steps.append((_term(site, DueTerm(move.due, day)), by))
        yield DeadlineHistory("" if len(by_moves) == 1 else labels.sorted_parties(found), steps)


def _moves(task: Task) -> tuple[tuple[Reference, str], ...]:
    return tuple((move.by, move.due.written) for move in task.moves)


def _term(site: SiteData, term: DueTerm) -> str:
    if term.deadline is not None:
        return site.long_day(term.deadline)
    return site.form_in_words(term.due) if term.due else _("no deadline")


# --- history ------------------------------------------------------------------------------------


def _history(
    site: SiteData, meeting: Meeting, conclusion: Conclusion, mandate: Mandate
) -> list[HistoryGroup]:
    """Return the events by occurrence; none where nothing happened after the adoption."""
    if not site.history.is_eventful(meeting, conclusion, mandate):
        return []  # as most
    events = site.history.of(meeting, conclusion, mandate, site.as_of)
    if all(event.kind in ("adopted", "void") for event in events):
        return []
    by_name: dict[str, list[HistoryLine]] = {}
    for event in events:
        by_name.setdefault(_occurrence(event), []).append(_line(site, event, mandate))
    names = sorted(by_name, key=natural_key)  # that of the whole is empty, so that it comes first
    return [HistoryGroup(_occurrence_words(site, name), by_name[name]) for name in names]


def _occurrence(event: LogEvent) -> str:
    entry = event.entry
    return entry.occurrence.text if entry and entry.occurrence else ""


def _occurrence_words(site: SiteData, name: str) -> str:
    day = parse_day(name)
    return site.long_day(day) if day else name


def _line(site: SiteData, event: LogEvent, mandate: Mandate) -> HistoryLine:
    by = (str(event.by), site.place_of(event.by)) if event.by else None
    who, what, after = None, _(EVENTS[event.kind]), ""
    if event.entry is not None:
        who = _reporter(site, event.entry, mandate)
        what = labels.progress_word(event.entry.progress)
    elif event.kind == "adopted":
        what = _adopted(site, event)
    elif by is not None:
        what = _(_BY[event.kind]).partition("{reference}")[0].strip()
    if event.kind == "extended":
        due = parse_due(event.due)
        term = _term(site, DueTerm(due, event.until)) if due else event.due
        after = _("new deadline: {day}").format(day=term)
        after += f" ({' '.join(event.parties)})" if event.parties else ""
    evidence, note = _evidence(event.entry)
    return HistoryLine(event.day, who, what, by, after, evidence, note or event.note)


def _reporter(site: SiteData, entry: Entry, mandate: Mandate) -> PartyLink:
    """Return the party of a report; of an office or its holder, both."""
    link = _named(site, entry.party)
    holder = _holder(site, entry.party, entry.day)
    if holder:
        return link._replace(label=f"{link.label} ({site.name_of(holder)})")
    codes = dict.fromkeys(code for task in site.of_mandate(mandate) for code in task.parties)
    for code in codes if entry.party not in codes else ():
        if _holder(site, code, entry.day) == entry.party:
            return link._replace(label=f"{site.name_of(code)} ({link.label})")
    return link


def _holder(site: SiteData, code: str, day: date) -> str | None:
    """Return the holder of an office on a day; None where it is no office, or vacant."""
    party = site.register.directory.by_code.get(code)
    return party.holder_on(day) if party and party.terms else None


def _adopted(site: SiteData, event: LogEvent) -> str:
    due = parse_due(event.due)
    words = site.form_in_words(due) if due else event.due
    details = _("due {due}").format(due=words) if words else _("no deadline")
    return ", ".join((_(EVENTS[event.kind]), details))
