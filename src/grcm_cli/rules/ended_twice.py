"""A mandate that is closed or superseded by two conclusions.

Why: The first one counts; the second refers to a mandate that was no longer in force.

Bad:
    - {number: 3, text: …, closes: GRCM-2002-10/9}
    - {number: 4, text: …, supersedes: GRCM-2002-10/9}
Good:
    - {number: 3, text: …, closes: GRCM-2002-10/9}
"""

from datetime import date

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Reference
from grcm_cli.domain.register import Register, links
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    first: dict[Reference, Reference] = {}
    whole: dict[Reference, Reference] = {}
    ending = links(register, "closes", "supersedes")
    by_day = sorted(ending, key=lambda link: (link.meeting.last_day or date.max, link.meeting.id))
    for link in by_day:
        target, mandates = link.target, register.mandates(link.target) if link.target else ()
        if target is None or not mandates:
            continue
        by = Reference(link.meeting.id, link.conclusion.number)
        # All the mandates of a conclusion are looked at once, however many links end them.
        earlier = whole.get(target)
        for mandate in mandates if earlier is None else ():
            ended = target._replace(ordinal=mandate.ordinal)
            earlier = earlier or first.get(ended)
            first.setdefault(ended, by)
        whole.setdefault(target, by)
        if earlier is not None:
            message = _("{text} was already ended by {first}")
            sentence = message.format(text=link.word.text, first=earlier)
            yield Problem(link.word.at, sentence, concerns={target.meeting, earlier.meeting})
