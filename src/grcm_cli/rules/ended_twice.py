"""A mandate that two conclusions close or supersede.

Why: What came first counts; the second says something about a mandate that no longer stood.

Bad:

    - {number: 3, text: …, closes: GRCM-2002-10/9}
    - {number: 4, text: …, supersedes: GRCM-2002-10/9}

Good:

    - {number: 3, text: …, closes: GRCM-2002-10/9}
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import Reference
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the references to a mandate that another conclusion has ended already."""
    first: dict[Reference, Reference] = {}
    whole: dict[Reference, Reference] = {}
    reporting_parties = sorted(
        register.linking_conclusions, key=lambda row: (row[0].last_day or date.max, row[0].id)
    )
    for meeting, conclusion in reporting_parties:
        own = Reference(meeting.id, conclusion.number)
        for word in (*conclusion.closes, *conclusion.supersedes):
            target = register.parse_reference(word.text, meeting.id)
            if target is None:
                continue
            # All the mandates of a conclusion are looked at once, however many links end them.
            earlier = whole.get(target)
            for mandate in register.mandates(target) if earlier is None else ():
                ended = target._replace(ordinal=mandate.ordinal)
                earlier = earlier or first.get(ended)
                first.setdefault(ended, own)
            if register.mandates(target):
                whole.setdefault(target, own)
            if earlier is not None:
                message = _("{text} was ended by {first} already")
                sentence = message.format(text=word.text, first=earlier)
                concerns = frozenset({target.meeting, earlier.meeting})
                yield Problem(word.at, sentence, concerns=concerns)
