"""A report by a party that does not owe the task.

Why: It changes no state; either the mandate or the party is another one. A holder may report
for its office, while it holds it.

Qué: Un informe de una parte que no debe el compromiso.

Por qué: No cambia ningún estado; el mandato o la parte es otro. Quien ejerce un cargo puede
informar por él mientras lo ejerce.

Bad:

    # progress/MEX.yaml
    - {mandate: GRCM-2002-10/8#2, date: 2003-01-10, progress: done}

Good:

    # progress/CRI.yaml
    - {mandate: GRCM-2002-10/8#2, date: 2003-01-10, progress: done}
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.findings import Problem
from grcm_cli.model import Reference
from grcm_cli.register import Register
from grcm_cli.text import _

SEVERITY = "error"


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the entries of parties that neither owe the mandate nor hold an office that does."""
    parties = register.directory.by_code
    bound: dict[Reference, frozenset[str]] = {}  # who owes each mandate, on which several report
    for entry, subject in register.each_report():
        meeting, mandate, address = subject.meeting, subject.mandate, subject.address
        if meeting is None or mandate is None or address is None or entry.party not in parties:
            continue
        if mandate.responsible is None or mandate.anybody:
            continue
        if mandate.void is not None:
            message = _("{text} is void").format(text=entry.mandate.text)
            yield Problem(entry.mandate.at, message, mandate.void)
            continue
        owing = bound.get(address)
        if owing is None:
            owing = frozenset().union(*register.owing(mandate.responsible, meeting))
            bound[address] = owing
        if entry.party in owing:
            continue
        offices = (parties.get(code) for code in owing)
        if entry.party not in {office.holder_on(entry.day) for office in offices if office}:
            message = _("{party} does not owe {text}")
            said = message.format(party=entry.party, text=entry.mandate.text)
            who = _("it binds: {codes}").format(codes=" ".join(sorted(owing)) or "–")
            yield Problem(entry.mandate.at, said, who)
