"""Days between two terms on which nobody holds the office.

Why: On these days its duties are nobody's.

Qué: Días entre dos períodos en los que nadie ejerce el cargo.

Por qué: En esos días sus compromisos no son de nadie.

Bad:

    terms:
      - {holder: GTM, from: 2002-01-01, until: 2002-11-30}
      - {holder: MEX, from: 2003-01-01}

Good:

    terms:
      - {holder: GTM, from: 2002-01-01, until: 2002-12-31}
      - {holder: MEX, from: 2003-01-01}
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the terms that begin days after the one before has ended."""
    for party in register.parties:
        terms = sorted(party.terms, key=lambda term: term.start)
        for earlier, later in pairwise(terms):
            if earlier.until and later.start - earlier.until > timedelta(days=1):
                message = _("nobody holds {office} from {day} until the day before {start}")
                first = earlier.until + timedelta(days=1)
                sentence = message.format(office=party.code, day=first, start=later.start)
                at = earlier.until_at or later.holder.at
                yield Problem(at, sentence, _("leave `until` out where the next follows"))
