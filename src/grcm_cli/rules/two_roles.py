"""A party in two roles: participant and observer, responsible and support, office and its holder.

Why: In which of the two it stands is open; what it only supports is not counted as its own. A
country that is listed beside the office that it holds would owe twice.

Bad:

    responsible: [CRI, MEX]
    support: MEX

Good:

    responsible: CRI
    support: MEX
"""

from collections.abc import Iterator, Sequence
from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem
from grcm_cli.domain.model import Each, Meeting, PlacedWord, Responsible, Together
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the second role of a party."""
    for meeting in register.meetings:
        for word in _in_both(meeting.participants, meeting.observers):
            message = _("{code} is a participant already").format(code=word.text)
            yield Problem(word.at, message, _("leave it in one of the two lists"))
    holders = _Holders(register)
    for meeting, _conclusion, mandate in register.all_mandates:
        responsible = mandate.responsible
        if responsible is None:
            continue
        if mandate.support:
            yield from _supporting(register, meeting, responsible, mandate.support)
        named = responsible.listed if isinstance(responsible, Each) else responsible.parties
        if len(named) > 1:
            excepted = responsible.exceptions if isinstance(responsible, Each) else ()
            yield from holders.listed_too(meeting, named, excepted)


def _supporting(
    register: Register, meeting: Meeting, responsible: Responsible, support: Sequence[PlacedWord]
) -> Iterator[Problem]:
    """Yield the supporting parties that owe, by themselves or as one of a group."""
    if isinstance(responsible, Together) or responsible.group == "listed":
        for word in _in_both(_named(responsible), support):
            message = _("{code} is responsible already").format(code=word.text)
            yield Problem(word.at, message, _("leave it in one of the two lists"))
        return
    group = register.group_codes(responsible, meeting)
    excepted = {word.text for word in responsible.exceptions}
    for word in support:
        if word.text in group and word.text not in excepted:
            message = _("{code} is responsible already").format(code=word.text)
            hint = _("leave it out here, or write `except` for it where the group is")
            yield Problem(word.at, message, hint, concerns=frozenset({THE_REGISTER}))


class _Holders:
    """Who holds the offices of a register on the last days of meetings."""

    def __init__(self, register: Register) -> None:
        self.offices = {code: p for code, p in register.directory.by_code.items() if p.terms}
        self._holders: dict[tuple[str, date], str | None] = {}

    def listed_too(
        self, meeting: Meeting, named: Sequence[PlacedWord], excepted: Sequence[PlacedWord]
    ) -> Iterator[Problem]:
        """Yield the offices in a list that has their holder of the meeting's last day, too."""
        day = meeting.last_day
        offices = [word for word in named if word.text in self.offices] if day else ()
        codes = {word.text for word in named} if offices else set()
        codes -= {word.text for word in excepted}
        for word in offices:
            holder = self._holder(word.text, day) if day and word.text in codes else None
            if holder is not None and holder in codes and holder != word.text:
                message = _("{holder} holds {office} on {day}, and is in the list itself")
                sentence = message.format(holder=holder, office=word.text, day=day)
                hint = _("it would owe twice: leave one of the two out")
                yield Problem(word.at, sentence, hint, concerns=frozenset({THE_REGISTER}))

    def _holder(self, office: str, day: date) -> str | None:
        key = (office, day)
        if key not in self._holders:
            self._holders[key] = self.offices[office].holder_on(day)
        return self._holders[key]


def _named(responsible: Responsible) -> Sequence[PlacedWord]:
    """Return the codes of the responsible parties that are written one by one."""
    return responsible.parties if isinstance(responsible, Together) else responsible.listed


def _in_both(first: Sequence[PlacedWord], second: Sequence[PlacedWord]) -> Iterator[PlacedWord]:
    codes = {word.text for word in first} if second else ()
    return (word for word in second if word.text in codes)
