"""A report by a party that does not owe the task.

Why: It changes no state; either the mandate or the party is another one. A holder may report
for its office, while it holds it.

Bad:

    # progress/MEX.yaml
    - {mandate: GRCM-2002-10/8#2, date: 2003-01-10, progress: done}

Good:

    # progress/CRI.yaml
    - {mandate: GRCM-2002-10/8#2, date: 2003-01-10, progress: done}
"""

from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.lineage import Lineage
from grcm_cli.domain.model import Entry, Party, Reference
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Problems:
    """Yield the entries of parties that owe nothing, nor hold an office that does."""
    parties, lineage = register.directory.by_code, Lineage(register)
    owing: dict[Reference, tuple[frozenset[str], list[Party]]] = {}
    for entry, (_reference, meeting, _day, mandate, address) in register.each_entry():
        if meeting is None or mandate is None or address is None or entry.party not in parties:
            continue
        if mandate.responsible is None or mandate.anybody:
            continue
        if entry.party in register.groups:
            continue  # whoever of it reports has a file of its own, which another rule says
        if any(word.text not in parties for word in mandate.responsible.codes):
            continue  # whom it binds is open until that code is put right
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
        if entry.party in codes:
            yield from _handed_over(register, lineage, entry, address)
            continue
        if not any(office.holder_on(entry.day) == entry.party for office in offices):
            message = _("{party} does not owe {text}")
            sentence = message.format(party=entry.party, text=entry.mandate.text)
            who = _("it binds: {codes}").format(codes=" ".join(sorted(codes)) or "–")
            yield Problem(entry.mandate.at, sentence, who, concerns=concerns)


def _handed_over(
    register: Register, lineage: Lineage, entry: Entry, address: Reference
) -> Problems:
    """Yield an entry of a party that handed the task over before, or got it only later.

    Who had reported before it was handed over may have answered, and still owes it.
    """
    if address not in lineage.handovers:
        return  # as nearly always
    if entry.party in lineage.owing_on(address, entry.day):
        return
    first = min(handover.day for handover in lineage.handovers[address])
    entries = register.entries_by_mandate[address]
    owed_before = entry.party in lineage.owing_on(address, date.min)
    if owed_before and any(e.party == entry.party and e.day <= first for e in entries):
        return
    message = _("{party} does not owe {text} on {day}: it is handed over")
    sentence = message.format(party=entry.party, text=entry.mandate.text, day=entry.day)
    codes = " ".join(sorted(lineage.owing_on(address, entry.day)))
    who = _("it binds: {codes}").format(codes=codes or "–")
    meetings = {handover.by.meeting for handover in lineage.handovers[address]}
    yield Problem(
        entry.mandate.at, sentence, who, concerns={address.meeting, THE_REGISTER, *meetings}
    )
