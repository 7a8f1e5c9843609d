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

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import chain

from grcm_cli.domain.findings import THE_REGISTER, Problem
from grcm_cli.domain.model import Entry, Party, Reference
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the entries of parties that owe nothing, nor hold an office that does."""
    parties = register.directory.by_code
    owing: dict[Reference, _Owing] = {}
    for entry, (_reference, meeting, _day, mandate, address) in register.each_entry():
        if meeting is None or mandate is None or address is None or entry.party not in parties:
            continue
        if mandate.responsible is None or mandate.anybody:
            continue
        if mandate.void is not None:
            message = _("{text} is void").format(text=entry.mandate.text)
            concerns = frozenset({meeting.id, THE_REGISTER})
            yield Problem(entry.mandate.at, message, mandate.void, concerns=concerns)
            continue
        if address not in owing:
            bound = register.expand_responsible(mandate.responsible, meeting)
            owing[address] = _Owing(chain.from_iterable(bound), parties)
        if not owing[address].has(entry):
            message = _("{party} does not owe {text}")
            sentence = message.format(party=entry.party, text=entry.mandate.text)
            concerns = frozenset({meeting.id, THE_REGISTER})
            yield Problem(entry.mandate.at, sentence, owing[address].listed, concerns=concerns)


class _Owing:
    """Who owes a mandate."""

    def __init__(self, codes: Iterable[str], parties: Mapping[str, Party]) -> None:
        self.codes = frozenset(codes)
        self._parties = parties

    def has(self, entry: Entry) -> bool:
        """Tell whether a party owes a task, or holds an office that does on the entry's day."""
        return entry.party in self.codes or any(
            office.holder_on(entry.day) == entry.party for office in self._offices
        )

    @cached_property
    def _offices(self) -> list[Party]:
        known = (self._parties.get(code) for code in self.codes)
        return [party for party in known if party and party.terms]

    @cached_property
    def listed(self) -> str:
        """The hint that names them all."""
        return _("it binds: {codes}").format(codes=" ".join(sorted(self.codes)) or "–")
