"""A conclusion closes, supersedes or moves a mandate of its own meeting.

Why: The duty would begin and end, or have two deadlines, on the same day: one of the two
conclusions, or the reference, is wrong.

Bad:

    # meetings/GRCM-2002-10.yaml
    closes: 8#1

Good:

    # meetings/GRCM-2002-10.yaml
    closes: CRM-2002-05/8#1
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import Reference
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the links to a mandate of the same meeting; those of a conclusion to itself aside."""
    for meeting, conclusion in register.linking_conclusions:
        own = Reference(meeting.id, conclusion.number)
        moved = [extension.mandate for extension in conclusion.extends]
        for word in (*conclusion.closes, *conclusion.supersedes, *moved):
            reference = register.parse_reference(word.text, meeting.id)
            if reference is None or reference.meeting != meeting.id:
                continue
            if reference._replace(ordinal=None) != own and register.mandates(reference):
                message = _("{text} was adopted by this meeting too").format(text=word.text)
                yield Problem(word.at, message, _("write the final duty and its deadline once"))
