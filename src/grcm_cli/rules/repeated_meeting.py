"""Two meetings of one body have the same dates and the same conclusions.

Why: One is probably a copy that was given its own id; each of its duties counts twice.

Bad:
    # meetings/GRCM-2002-10.yaml and meetings/GRCM-2002-10-2.yaml
    body: GRCM
    start: 2002-10-29
    end: 2002-10-31
    conclusions:
      - {number: 1, text: Presentar un informe.}
Good:
    # meetings/GRCM-2002-10.yaml alone
    body: GRCM
    start: 2002-10-29
    end: 2002-10-31
    conclusions:
      - {number: 1, text: Presentar un informe.}
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    first: dict[tuple[object, ...], Meeting] = {}
    for meeting in sorted(register.meetings, key=lambda meeting: (len(meeting.id), meeting.id)):
        if meeting.body is None or not meeting.conclusions:
            continue
        content = (
            (conclusion.number, *sorted(conclusion.text.by_language.items()))
            for conclusion in meeting.conclusions
        )
        key = (meeting.body.text, meeting.start, meeting.end, *content)
        original = first.setdefault(key, meeting)
        if original is not meeting:
            message = _("this meeting has the same body, dates and conclusions as {id}")
            hint = _("if it is a copy of {id}, delete it").format(id=original.id)
            yield Problem(meeting.at, message.format(id=original.id), hint, concerns={original.id})
