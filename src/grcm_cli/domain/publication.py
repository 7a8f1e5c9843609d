"""What of a register may leave the secretariat: all but what is internal or confidential."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from copy import copy
from datetime import date
from typing import NamedTuple, TypeVar

from grcm_cli.domain import model
from grcm_cli.domain.lineage import Ending, Handover, Lineage, Move
from grcm_cli.domain.model import Location, Meeting, PlacedWord, Reference
from grcm_cli.domain.progress import NOT_RECURRING
from grcm_cli.domain.register import Calendar, Register, ReportedProgress, each_code
from grcm_cli.domain.tasks import EVERYTHING, TaskBuilder, owing_parties

_Link = TypeVar("_Link", bound=PlacedWord | model.Extension | model.Reassignment)
_IsShown = Callable[[Reference | None], bool]


class LeftOut(NamedTuple):
    """How much of a register is not published."""

    meetings: int = 0
    conclusions: int = 0  # those of meetings that are left out, too
    remarks: int = 0  # internal ones on what is published
    tasks: int = 0  # those of published mandates that a confidential decision changes


class Publication(NamedTuple):
    """A register without what stays with the secretariat."""

    register: Register
    left_out: LeftOut
    hidden: Mapping[str, Sequence[tuple[int, bool]]] = {}
    """By file: the lines from which on it is confidential, or is so no more, in order."""

    def hides(self, at: Location) -> bool:
        """Tell whether a place of a file is confidential."""
        lines = self.hidden.get(at.path, ())
        index = bisect_right(lines, (at.line, True))
        return index > 0 and lines[index - 1][1]


def published(register: Register) -> Publication:
    """Return the part of a register that may be published or sent.

    What a confidential conclusion decides about others is left out too: the tasks that it moves,
    ends or hands over, and later reports on them. A confidential meeting keeps its id and its days,
    from which others count. The document of a meeting with anything confidential is left out.
    """
    rows = [
        (meeting, conclusion, meeting.confidential or conclusion.confidential)
        for meeting in register.meetings
        for conclusion in meeting.conclusions or ()
    ]
    confidential = {Reference(at.id, each.number) for at, each, is_out in rows if is_out}
    remarks = sum(bool(entry.internal) for entry in register.entries)
    for _meeting, conclusion, is_out in rows:
        internals = [conclusion.internal, *(mandate.internal for mandate in conclusion.mandates)]
        remarks += 0 if is_out else sum(map(bool, internals))
    if not (confidential or remarks or any(meeting.confidential for meeting in register.meetings)):
        result = copy(register)
        result.is_public = True
        return Publication(result, LeftOut())

    def is_shown(reference: Reference | None) -> bool:
        return reference is None or reference._replace(ordinal=None) not in confidential

    kept = [meeting for meeting in register.meetings if not meeting.confidential]
    meetings = [_redacted(meeting, register, is_shown) for meeting in kept]
    builder = TaskBuilder(register, date.max, EVERYTHING)
    withheld = _withheld(builder, is_shown, confidential)
    entries = [
        entry._replace(internal=None)
        for entry, target in register.entry_targets
        if is_shown(target.reference)
        if not _is_withheld(entry, target.address, withheld, builder.lineage)
    ]
    result = register.with_files(meetings, ReportedProgress(entries, register.reporting_parties))
    secret = _named(register) - _named(result)
    secret |= {meeting.id for meeting in register.meetings if meeting.confidential}
    result.is_public, result.confidential = True, confidential.union(map(Reference, secret))
    themes = [theme for theme in register.process.themes if theme.code not in secret]
    result.process = register.process._replace(themes=tuple(themes))
    result.parties = [party for party in register.parties if party.code not in secret]
    result.__dict__["directory"] = register.directory  # the others may still be asked for
    by_id = {meeting.id: meeting for meeting in meetings}
    dated_meetings = [
        Meeting(*meeting[:6], kind=meeting.kind, confidential=True)  # id, body, days and places
        if meeting.confidential
        else by_id.get(meeting.id, meeting)
        for meeting in register.meetings
    ]
    result.__dict__["calendar"] = Calendar(dated_meetings)
    result.withheld = {
        (address, task.parties): task.since for address, tasks in withheld.items() for task in tasks
    }
    left_out = LeftOut(len(register.meetings) - len(meetings), len(confidential), remarks)
    hidden = {meeting.at.path: [(1, meeting.confidential)] for meeting in register.meetings}
    for meeting, conclusion, is_out in rows:
        hidden[meeting.at.path].append((conclusion.at.line, is_out))
    return Publication(result, left_out, hidden)


def _named(register: Register) -> set[str]:
    """Return the codes of the topics, bodies, groups and organizations that a record names."""
    codes = {word.text for key, words in each_code(register) if key != "file" for word in words}
    codes |= {due.body for _meeting, due, _at in register.each_due() if due.body}
    known = (party for party in register.parties if party.kind not in ("member", "office"))
    return register.used_themes | {party.code for party in known if party.code in codes}


class _WithheldTask(NamedTuple):
    """A task that a confidential conclusion changes."""

    parties: tuple[str, ...]  # who owes it as adopted
    since: date
    reached: frozenset[str]  # who ever owes it


_Withheld = Mapping[Reference, Sequence[_WithheldTask]]


def _withheld(builder: TaskBuilder, is_shown: _IsShown, confidential: Set[Reference]) -> _Withheld:
    """Return by mandate the tasks that confidential conclusions change, with the first day."""
    register, lineage = builder.register, builder.lineage
    withheld: dict[Reference, list[_WithheldTask]] = {}
    for row in register.all_mandates:
        address = row.address
        moves, handovers = lineage.moves.get(address, ()), lineage.handovers.get(address, ())
        endings = [*filter(None, [lineage.endings.get(address)])]
        deciding = {decision.by for decision in (*moves, *handovers, *endings)}
        if confidential.isdisjoint(deciding) or not is_shown(address):
            continue
        for parties in owing_parties(register, row):
            owing, reached = parties, set(parties)
            decisions: list[Move | Handover | Ending] = [*endings]
            for handover in handovers:
                decisions += [handover] if handover.concerns(owing) else []
                owing = handover.after(owing)
                reached.update(owing)
            # What was answered before is not changed; of what recurs, each occurrence may be.
            if not row.mandate.recurs and (task := builder.task_of(row, (parties, NOT_RECURRING))):
                decisions = list(task.decisions)
            days = [decision.day for decision in decisions if decision.by in confidential]
            if days:
                task_withheld = _WithheldTask(parties, min(days), frozenset(reached))
                withheld.setdefault(address, []).append(task_withheld)
    return withheld


def _is_withheld(
    entry: model.Entry, address: Reference | None, withheld: _Withheld, lineage: Lineage
) -> bool:
    """Tell whether an entry is on a withheld task, of the day of the decision or a later one."""
    if address is None or address not in withheld:
        return False
    codes = lineage.codes_of(entry, address)
    tasks = (task for task in withheld[address] if entry.day >= task.since)
    return any(not task.reached.isdisjoint(codes) for task in tasks)


def _redacted(meeting: Meeting, register: Register, is_shown: _IsShown) -> Meeting:
    """Return a meeting without what is internal, and what is or leads to what is confidential."""

    def shown(links: Iterable[_Link]) -> tuple[_Link, ...]:
        words = ((link, link if isinstance(link, PlacedWord) else link.mandate) for link in links)
        parse = register.parse_reference
        return tuple([link for link, word in words if is_shown(parse(word.text, meeting.id))])

    if meeting.conclusions is None:
        return meeting
    kept = [
        conclusion._replace(
            internal=None,
            mandates=tuple(
                mandate._replace(internal=None, after=shown(mandate.after))
                for mandate in conclusion.mandates
            ),
            follows=shown(conclusion.follows),
            supersedes=shown(conclusion.supersedes),
            closes=shown(conclusion.closes),
            extends=shown(conclusion.extends),
            reassigns=shown(conclusion.reassigns),
        )
        for conclusion in meeting.conclusions
        if not conclusion.confidential
    ]
    source = meeting.source if len(kept) == len(meeting.conclusions) else None
    return meeting._replace(conclusions=tuple(kept), source=source)
