"""Two terms of an office overlap.

Why: It is unclear who is bound by the duties of the office on these days.

Bad:
    terms:
      - {holder: GTM, from: 2002-01-01, until: 2003-01-31}
      - {holder: MEX, from: 2003-01-01}
Good:
    terms:
      - {holder: GTM, from: 2002-01-01}
      - {holder: MEX, from: 2003-01-01}
"""

from itertools import pairwise

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for party in register.parties:
        terms = sorted(party.terms, key=lambda term: term.start)
        for earlier, later in pairwise(terms):
            if earlier.start == later.start or (earlier.until and earlier.until >= later.start):
                message = _("the term of {later} begins before that of {earlier} has ended")
                sentence = message.format(later=later.holder.text, earlier=earlier.holder.text)
                yield Problem(later.start_at or later.holder.at, sentence)
        for before, after in pairwise(party.memberships):
            if not before.until or not after.start or before.until >= after.start:
                sentence = _("this membership begins before the previous one has ended")
                hint = _("for each membership but the last, write `until:` with its last day")
                yield Problem(after.at or party.at, sentence, hint)
