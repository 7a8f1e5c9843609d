"""A mandate without `responsible`, or with a group that has nobody in it.

Why: That the text names nobody is an answer too, and is written `responsible: []`; a key that is
left out may have been forgotten.

Bad:
    - action: Difundir los criterios de selección
Good:
    - action: Difundir los criterios de selección
      responsible: []
"""

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Together
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    hint = _("write `responsible: []` where the text names nobody")
    for meeting, _conclusion, mandate in register.all_mandates:
        if mandate.faulty or mandate.void is not None:
            continue
        responsible = mandate.responsible
        if responsible is None:
            message = _("the mandate does not say who is responsible")
            yield Problem(mandate.at, message, hint)
        elif isinstance(responsible, Together):
            is_empty = not register.codes_on(responsible.parties, meeting.last_day)
            for word in responsible.parties[:1] if is_empty else ():
                message = _("the group that is responsible has no members")
                members = _("its members, and their dates of membership, are in register.yaml")
                yield Problem(word.at, message, members, concerns={THE_REGISTER})
        elif not register.binds_somebody(responsible, meeting):
            message = _("the group that is responsible has no members")
            forgotten = responsible.group == "participants" and not meeting.participants
            cure = _("add `participants:` to the meeting") if forgotten else hint
            yield Problem(responsible.at, message, cure, concerns={THE_REGISTER})
