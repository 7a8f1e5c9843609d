"""An `extends` that moves no deadline, or that of parties other than those it names.

Why: The old deadline stays in force while the record seems to say that it was moved. This happens
if a party does not owe it, if a duty recurs or was already ended, or if another `extends` of the
same day moves it too; parties that owe a duty jointly have one deadline, which moves for all of
them.

Bad:
    extends: {mandate: GRCM-2002-10/9, due: 2003-Q2, parties: MEX}   # PPT owes it
Good:
    extends: {mandate: GRCM-2002-10/9, due: 2003-Q2}
"""

from datetime import date
from pathlib import PurePosixPath

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.lineage import Lineage
from grcm_cli.domain.model import PlacedWord, Reference, Responsible, Together
from grcm_cli.domain.register import ExtendedMandate, Register, extended_mandates
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    # Other rules tell of those that name no mandate, several, or a void one.
    for _meeting, _conclusion, extension in register.each_extension():
        if extension.due.recurs:
            message = _("`extends` moves one deadline: it cannot make a duty recur")
            hint = _("give a new mandate with `due: every …`, and `supersedes` for the old one")
            yield Problem(extension.due_at, message, hint)
    extensions = _Extensions(register)
    for extended in extended_mandates(register):
        if extended.mandate.void is None:
            yield from extensions.problems(extended)


class _Extensions:
    """The extensions of a register, with what else happened to their mandates."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.lineage = Lineage(register)
        self.endings = self.lineage.endings if any(register.each_extension()) else {}
        self._owing: dict[tuple[Reference, date], frozenset[str]] = {}
        self._moved: dict[tuple[Reference, date | None], dict[str, PlacedWord]] = {}

    def problems(self, extended: ExtendedMandate) -> Problems:
        """Yield what is wrong in an extension of a mandate."""
        meeting, extension, address, mandate = extended
        word = extension.mandate
        if mandate.recurs:
            message = _("{text} recurs: there is no single deadline to move").format(text=word.text)
            hint = _("give a new mandate, and `supersedes` for the old one")
            yield Problem(word.at, message, hint, concerns={address.meeting})
        ending = self.endings.get(address)
        if ending is not None and meeting.last_day and ending.day <= meeting.last_day:
            message = _("{text} was already ended by {first}")
            sentence = message.format(text=word.text, first=ending.by)
            concerns = {address.meeting, ending.by.meeting}
            yield Problem(word.at, sentence, concerns=concerns)
        elif first := self._earlier(extended):
            message = _("another `extends` of the same date also moves {text}")
            hint = _("the first is on line {line}").format(line=first.at.line)
            concerns = {address.meeting, PurePosixPath(first.at.path).stem}
            yield Problem(word.at, message.format(text=word.text), hint, concerns=concerns)
        if mandate.responsible is not None and not mandate.anybody and extension.parties:
            yield from self._of_parties(extended, mandate.responsible)

    def _earlier(self, extended: ExtendedMandate) -> PlacedWord | None:
        """Return the mandate's word in an extension of the same day that moves the same."""
        moved = self._moved.setdefault((extended.address, extended.meeting.last_day), {})
        codes = {word.text for word in extended.extension.parties} or {""}
        shared = codes & moved.keys()
        if not shared and moved and ("" in codes or "" in moved):
            shared = {next(iter(moved))}
        for code in codes:
            moved.setdefault(code, extended.extension.mandate)
        return moved[next(iter(shared))] if shared else None

    def _of_parties(self, extended: ExtendedMandate, responsible: Responsible) -> Problems:
        """Yield the parties whose own deadline an extension does not move."""
        extension, address = extended.extension, extended.address
        day = extended.meeting.last_day or date.max
        if (address, day) not in self._owing:
            self._owing[address, day] = frozenset(self.lineage.owing_on(address, day))
        owing = self._owing[address, day]
        concerns = {address.meeting, THE_REGISTER}
        known = self.register.directory.by_code
        of_word = {word: self.register.codes_on([word], day) for word in extension.parties}
        idle = [
            word
            for word in extension.parties
            if word.text in known and owing.isdisjoint(of_word[word])
        ]
        who = _("it binds: {codes}").format(codes=" ".join(sorted(owing)) or "–") if idle else ""
        for word in idle:
            message = _("{party} does not owe {text}")
            sentence = message.format(party=word.text, text=extension.mandate.text)
            yield Problem(word.at, sentence, who, concerns=concerns)
        named = {code for codes in of_word.values() for code in codes}
        if isinstance(responsible, Together) and len(owing) > 1 and owing - named and owing & named:
            message = _("{text} is owed jointly: its deadline moves for all parties")
            hint = _("leave `parties` out, or name them all: {codes}")
            sentence = message.format(text=extension.mandate.text)
            hint = hint.format(codes=", ".join(sorted(owing)))
            yield Problem(extension.parties[0].at, sentence, hint, concerns=concerns)
