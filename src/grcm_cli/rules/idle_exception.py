"""An exception for a party that is not in the group.

Why: It leaves nobody out: another party, or a different group, may be meant.

Bad:
    responsible: {each: [CRI, MEX], except: [PAN]}
Good:
    responsible: {each: [CRI, MEX]}
"""

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import PlacedWord
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    parties = register.directory.by_code
    idle: list[PlacedWord] = []
    for meeting, word, in_group in register.each_exception():
        party = parties.get(word.text)
        if party is not None and party.kind != "office":
            excepted = register.codes_on([word], meeting.last_day)
            idle += [word] if in_group.isdisjoint(excepted) else []
    for group in register.parties:
        for word in group.members.exceptions if group.members else ():
            party = parties.get(word.text)
            # That a group is in a group is another rule's.
            idle += [word] if party is not None and party.kind not in ("member", "group") else []
    for word in idle:
        message = _("{code} is not in the group: the exception leaves nobody out")
        hint = _("delete it, or write the code that is meant")
        yield Problem(word.at, message.format(code=word.text), hint, concerns={THE_REGISTER})
