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
from grcm_cli.domain.model import Party, Reference
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
            continue
        if not any(office.holder_on(entry.day) == entry.party for office in offices):
            message = _("{party} does not owe {text}")
            sentence = message.format(party=entry.party, text=entry.mandate.text)
            who = _("it binds: {codes}").format(codes=" ".join(sorted(codes)) or "–")
            yield Problem(entry.mandate.at, sentence, who, concerns=concerns)
