"""A report by a party that does not owe the task.

Why: It changes no state: either the mandate or the party is wrong. A holder may report for its
office while it holds it. `withdrawn` by the same party takes the entry back.

Bad:
    # progress/MEX.yaml
    - {mandate: GRCM-2002-10/8#2, date: 2003-01-10, progress: done}
Good:
    # progress/CRI.yaml
    - {mandate: GRCM-2002-10/8#2, date: 2003-01-10, progress: done}
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.lineage import Lineage
from grcm_cli.domain.model import Entry, Party, Reference
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    parties, lineage = register.directory.by_code, Lineage(register)
    owing: dict[Reference, tuple[frozenset[str], list[Party]]] = {}
    taken_back = _taken_back(register)
    for entry, (_reference, meeting, mandate, address) in register.each_entry():
        if meeting is None or mandate is None or address is None or entry.party not in parties:
            continue
        if mandate.responsible is None or mandate.anybody:
            continue
        if entry.party in register.groups:
            continue  # whoever of it reports has a file of its own, which another rule says
        first, last = taken_back.get(_task_of(entry, address), (date.max, date.min))
        is_taken_back = first <= entry.day <= last
        if is_taken_back or any(word.text not in parties for word in mandate.responsible.codes):
            continue  # in the latter case whom it binds is open until that code is put right
        concerns = {meeting.id, THE_REGISTER}
        if mandate.void is not None:
            message = _("{text} is void").format(text=entry.mandate.text)
            yield Problem(entry.mandate.at, message, mandate.void, concerns=concerns)
            continue
        if address not in owing:
            codes = frozenset(lineage.all_who_owe(address))
            offices = [party for code in codes if (party := parties.get(code)) and party.terms]
            owing[address] = codes, offices
        codes, offices = owing[address]
        speakers = {office.code for office in offices if office.holder_on(entry.day) == entry.party}
        speakers |= codes & {entry.party}
        if speakers:
            yield from _handed_over(register, lineage, entry, address, speakers)
        else:
            message = _("{party} does not owe {text}")
            sentence = message.format(party=entry.party, text=entry.mandate.text)
            if address in lineage.handovers:
                codes = frozenset(lineage.owing_on(address, entry.day))
            who = _("it binds: {codes}").format(codes=" ".join(sorted(codes)) or "–")
            yield Problem(entry.mandate.at, sentence, who, concerns=concerns)


_TaskOfParty = tuple[str, Reference, str | None]


def _task_of(entry: Entry, address: Reference) -> _TaskOfParty:
    return entry.party, address, entry.occurrence.text if entry.occurrence else None


def _taken_back(register: Register) -> Mapping[_TaskOfParty, tuple[date, date]]:
    """Return the day of the first report of each party on a task, and of its last withdrawal."""
    first: dict[_TaskOfParty, date] = {}
    last: dict[_TaskOfParty, date] = {}
    for entry, target in register.each_entry():
        if target.address is not None:
            task = _task_of(entry, target.address)
            if entry.progress == "withdrawn":
                last[task] = max(entry.day, last.get(task, date.min))
            else:
                first[task] = min(entry.day, first.get(task, date.max))
    return {task: (first[task], day) for task, day in last.items() if task in first}


def _handed_over(
    register: Register,
    lineage: Lineage,
    entry: Entry,
    address: Reference,
    speakers: AbstractSet[str],
) -> Problems:
    """Yield an entry for parties that handed the task over before, or got it only later.

    Who had reported before it was handed over may have answered, and still owes it.
    """
    if address not in lineage.handovers:
        return  # as nearly always
    if not speakers.isdisjoint(lineage.owing_on(address, entry.day)):
        return
    first = min(handover.day for handover in lineage.handovers[address])
    entries = register.entries_by_mandate[address]
    owed_before = not speakers.isdisjoint(lineage.owing_on(address, date.min))
    if owed_before and any(other.party == entry.party and other.day <= first for other in entries):
        return
    message = _("{party} does not owe {text} on {day}: it was handed over")
    sentence = message.format(party=entry.party, text=entry.mandate.text, day=entry.day)
    codes = " ".join(sorted(lineage.owing_on(address, entry.day)))
    who = _("it binds: {codes}").format(codes=codes or "–")
    meetings = {handover.by.meeting for handover in lineage.handovers[address]}
    concerns = {address.meeting, THE_REGISTER, *meetings}
    yield Problem(entry.mandate.at, sentence, who, concerns=concerns)
