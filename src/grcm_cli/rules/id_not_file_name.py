"""A meeting's id and the name of its file disagree.

Why: References are followed by id, files are found by name; one of the two is wrong.

Bad:
    # meetings/GRCM-2002-10.yaml
    id: GRCM-2002-11
Good:
    # meetings/GRCM-2002-10.yaml
    id: GRCM-2002-10
"""

from pathlib import PurePosixPath

from grcm_cli.domain.due_grammar import MEETING_ID, fault_of_id
from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    taken = {PurePosixPath(meeting.at.path).stem for meeting in register.meetings}
    taken |= register.unread_meetings
    for meeting in register.meetings:
        stem = PurePosixPath(meeting.at.path).stem
        if meeting.id == stem:
            continue
        hint = ""
        id_is_sound, stem_is_sound = (
            bool(MEETING_ID.fullmatch(text)) and not fault_of_id(text)
            for text in (meeting.id, stem)
        )
        # No file gets the name of another.
        if id_is_sound and meeting.id not in taken:
            hint = _("rename the file to {id}.yaml")
            if stem_is_sound:
                hint = _("write {stem}, or rename the file to {id}.yaml")
        elif stem_is_sound:
            hint = _("write {stem}")
        message = _("the id {id} is not the file's name").format(id=meeting.id)
        yield Problem(meeting.at, message, hint.format(stem=stem, id=meeting.id))
