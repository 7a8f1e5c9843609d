"""A meeting's file that was corrected since facts were kept: what it says now, without the others.

Words, and what a mandate says of itself, are nobody else's. Where an outline is another one (a
number, a day of the meeting, a reference), all is read again.
"""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from grcm_cli.cache import amend
from grcm_cli.cache.recall import Facts
from grcm_cli.cache.summary import bound, data, outline, summary
from grcm_cli.domain.findings import IGNORED, Finding
from grcm_cli.domain.lineage import Lineage
from grcm_cli.domain.model import Meeting
from grcm_cli.domain.register import Register
from grcm_cli.reader.records import read_meeting

Check = Callable[[Register], Sequence[Finding]]
_BETWEEN = frozenset({"progress-not-owed", "wrong-occurrence", "wrong-extension"})
"""The rules by which a mandate's own words can be wrong beside what others say of it."""


def is_corrected(facts: Facts, name: str, content: bytes, check: Check) -> bool:
    """Put a meeting's new words into facts; tell whether that is all that its file changes.

    Where it is not, or anything is wrong, the facts are of no use any more. `name` is the file's in
    the data folder.
    """
    findings: list[Finding] = []
    meeting = read_meeting(name, PurePosixPath(name).stem, content, findings)
    if meeting is None or any(_counts(finding) for finding in findings):
        return False
    if facts.outline(meeting.id) != outline(meeting):
        return False
    alone = facts.calendar(_without_references(meeting))
    if any(finding.at.path == name for finding in check(alone)):
        return False
    changed = _put(facts, meeting)
    return not changed or _is_sound(facts, changed, check)


def _counts(finding: Finding) -> bool:
    return finding.severity == "error" or finding.rule == IGNORED


def _without_references(meeting: Meeting) -> Meeting:
    """Return a meeting without what leads out of it: that is as it was, and was right."""
    return meeting._replace(
        conclusions=meeting.conclusions
        and tuple(
            conclusion._replace(
                follows=(),
                supersedes=(),
                closes=(),
                extends=(),
                mandates=tuple(mandate._replace(after=()) for mandate in conclusion.mandates),
            )
            for conclusion in meeting.conclusions
        )
    )


def _put(facts: Facts, meeting: Meeting) -> set[int]:
    """Put what a meeting's conclusions say in the place of what they said; return those changed."""
    register = facts.calendar(meeting)
    said = facts.said(meeting.id)
    changed: set[int] = set()
    for conclusion in meeting.conclusions or ():
        place, before = said.get(conclusion.number, (None, ""))
        now = data(register, meeting, conclusion)
        if place is not None and now != before:
            facts.base.execute("UPDATE conclusion SET data = ? WHERE place = ?", (now, place))
            changed.add(place)
    return changed


def _is_sound(facts: Facts, changed: set[int], check: Check) -> bool:
    """Make all else that is kept of conclusions anew; tell whether nothing is wrong with them."""
    part = facts.part_of(facts.with_awaited(changed))
    if any(finding.rule in _BETWEEN for finding in check(part)):
        return False
    lineage = Lineage(part)
    for meeting in part.meetings:
        for conclusion in meeting.conclusions or ():
            place = facts.place_of(meeting.id, conclusion.number)
            if place is not None and place in changed:
                found = summary(part, lineage, meeting, conclusion)
                amend.sum_up(facts, place, found, bound(part, meeting, conclusion))
    return amend.worked_out(facts, part, changed)
