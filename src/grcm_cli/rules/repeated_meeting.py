"""Two meetings of one body have the same days and the same conclusions.

Why: One is probably a copy that was given an id of its own; each of its duties counts twice.

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

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import Problem
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield each meeting that repeats another; of several, all but the one of the shortest id."""
    by_days: dict[tuple[str, date | None, date | None], list[Meeting]] = {}
    for meeting in register.meetings:
        if meeting.body is not None and meeting.conclusions:
            key = (meeting.body.text, meeting.start, meeting.end)
            by_days.setdefault(key, []).append(meeting)
    for alike in by_days.values():
        if len(alike) == 1:
            continue
        first: dict[tuple[object, ...], Meeting] = {}
        for meeting in sorted(alike, key=lambda one: (len(one.id), one.id)):
            original = first.setdefault(_content(meeting), meeting)
            if original is not meeting:
                message = _("this meeting has the body, the days and the conclusions of {id}")
                hint = _("if it is a copy of {id}, delete it")
                concerns = frozenset({original.id})
                texts = message.format(id=original.id), hint.format(id=original.id)
                yield Problem(meeting.at, *texts, None, concerns)


def _content(meeting: Meeting) -> tuple[object, ...]:
    return tuple(
        (conclusion.number, *sorted(conclusion.text.by_language.items()))
        for conclusion in meeting.conclusions or ()
    )
