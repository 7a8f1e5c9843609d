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

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem
from grcm_cli.domain.model import Entry, Party, Reference
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the entries of parties that owe nothing, nor hold an office that does."""
    parties = register.directory.by_code
    groups: dict[Reference, Sequence[tuple[str, ...]]] = {}
    for entry, (_reference, meeting, _day, mandate, address) in register.each_entry():
        if meeting is None or mandate is None or address is None or entry.party not in parties:
            continue
        responsible = mandate.responsible
        if responsible is None or mandate.anybody:
            continue
        if mandate.void is not None:
            message = _("{text} is void").format(text=entry.mandate.text)
            concerns = frozenset({meeting.id, THE_REGISTER})
            yield Problem(entry.mandate.at, message, mandate.void, concerns=concerns)
            continue
        owing = groups.get(address) or register.expand_responsible(responsible, meeting)
        if len(owing) > 1:
            groups[address] = owing  # most of the parties report, and this takes a while
        if not _owes(entry, owing, parties):
            message = _("{party} does not owe {text}")
            sentence = message.format(party=entry.party, text=entry.mandate.text)
            codes = " ".join(sorted(code for each in owing for code in each))
            who = _("it binds: {codes}").format(codes=codes or "–")
            concerns = frozenset({meeting.id, THE_REGISTER})
            yield Problem(entry.mandate.at, sentence, who, concerns=concerns)


def _owes(entry: Entry, owing: Sequence[tuple[str, ...]], parties: Mapping[str, Party]) -> bool:
    """Tell whether a party owes a task, or holds an office that does on the entry's day."""
    # Most owe alone, and are found so ten times as fast.
    if (entry.party,) in owing or any(entry.party in codes for codes in owing):
        return True
    offices = (parties.get(code) for codes in owing for code in codes)
    return any(office.holder_on(entry.day) == entry.party for office in offices if office)
