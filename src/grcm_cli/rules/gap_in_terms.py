"""Days between two terms on which nobody holds the office, or an office that nobody holds now.

Why: On these days its duties are in no country's list.

Bad:
    terms:
      - {holder: GTM, from: 2002-01-01, until: 2002-11-30}
      - {holder: MEX, from: 2003-01-01}
Good:
    terms:
      - {holder: GTM, from: 2002-01-01, until: 2002-12-31}
      - {holder: MEX, from: 2003-01-01}
"""

from datetime import date, timedelta
from itertools import pairwise

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Each, Together
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check_on(register: Register, as_of: date) -> Problems:
    for party in register.parties:
        terms = sorted(party.terms, key=lambda term: term.start)
        for earlier, later in pairwise(terms):
            if earlier.until and later.start - earlier.until > timedelta(days=1):
                message = _("nobody holds {office} from {day} until the day before {start}")
                first = earlier.until + timedelta(days=1)
                sentence = message.format(office=party.code, day=first, start=later.start)
                at = earlier.until_at or later.holder.at
                hint = _("leave `until` out where the next one follows directly")
                yield Problem(at, sentence, hint)
    offices = [party for party in register.parties if party.kind == "office"]
    vacant = [party for party in offices if not party.holder_on(as_of)]
    binding: dict[str, set[str]] = {}
    for meeting, _conclusion, mandate in register.all_mandates if vacant else ():
        match mandate.responsible:
            case Together(words) | Each(_, words, _):
                for word in words:
                    binding.setdefault(word.text, set()).add(meeting.id)
    for office in vacant:
        if office.code in binding:
            message = _("nobody holds {office} on {day}, but it owes duties")
            hint = _("add the term of its holder under `terms`")
            sentence = message.format(office=office.code, day=as_of)
            yield Problem(office.at, sentence, hint, concerns=frozenset(binding[office.code]))
