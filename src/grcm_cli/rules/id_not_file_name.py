"""A meeting's id and the name of its file disagree.

Why: References are followed by id, files are found by name; one of the two is wrong.

Bad:

    # meetings/GRCM-2002-10.yaml
    id: GRCM-2002-11

Good:

    # meetings/GRCM-2002-10.yaml
    id: GRCM-2002-10
"""

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import PurePosixPath

from grcm_cli.domain.deadlines import MEETING_ID, fault_of_id
from grcm_cli.domain.findings import Problem
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the ids that are not their file's name."""
    taken = {PurePosixPath(meeting.at.path).stem for meeting in register.meetings}
    taken |= register.unread_meetings
    for meeting in register.meetings:
        if meeting.id and meeting.at.path.endswith(f"/{meeting.id}.yaml") and "/" not in meeting.id:
            continue  # as nearly all
        stem = PurePosixPath(meeting.at.path).stem
        if meeting.id != stem:
            message = _("the id {id} is not the file's name").format(id=meeting.id)
            hint = _hint(meeting.id, stem, taken).format(stem=stem, id=meeting.id)
            yield Problem(meeting.at, message, hint)


def _hint(meeting_id: str, stem: str, taken: Collection[str]) -> str:
    """Return which of the two to change: none to what no id may be, no file to another's name."""
    may_stay = [
        bool(MEETING_ID.fullmatch(text)) and not fault_of_id(text) for text in (meeting_id, stem)
    ]
    may_stay[0] = may_stay[0] and meeting_id not in taken
    match may_stay:
        case [True, True]:
            return _("write {stem}, or rename the file to {id}.yaml")
        case [True, False]:
            return _("rename the file to {id}.yaml")
        case [False, True]:
            return _("write {stem}")
    return ""
