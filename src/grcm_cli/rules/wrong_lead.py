"""A lead that is not one of several parties that owe the mandate jointly.

Why: The lead is written to first and comes first in lists; another party may be meant, or it may be
missing from those who owe the mandate. There is no lead where each owes its own task.

Bad:
    responsible: [CRI, MEX]
    lead: PAN
Good:
    responsible: [CRI, MEX, PAN]
    lead: PAN
"""

from itertools import chain

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Each
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for meeting, _conclusion, mandate in register.all_mandates:
        if mandate.lead is None or mandate.lead.text not in register.directory.by_code:
            continue
        message, hint = "", _("write the code of one of those who owe it jointly")
        if isinstance(mandate.responsible, Each):
            message = _("there is no lead where each owes its own duty")
            hint = _("delete it, or write who owes it jointly: [GTM, CRI]")
        elif mandate.lead.text not in chain(*register.expand_responsible(mandate, meeting)):
            message = _("{code} is not one of those who owe it").format(code=mandate.lead.text)
        if message:
            yield Problem(mandate.lead.at, message, hint, concerns={THE_REGISTER})
