"""By when, as a text says it → the closed grammar of `due`. A date that is no deadline is none."""

import re

from grcm_cli.drafting.dates.durations import within
from grcm_cli.drafting.dates.events import of_events
from grcm_cli.drafting.dates.meetings import at_next_meeting, at_numbered_meeting
from grcm_cli.drafting.dates.periods import at_the_latest, by_months, by_parts, by_years, on_days
from grcm_cli.drafting.dates.recurring import recurring
from grcm_cli.drafting.dates.said import Said, Scene
from grcm_cli.drafting.dates.soft import softly


def said_due(text: str, start: int, end: int, scene: Scene) -> Said | None:
    """Return the first deadline that a stretch of a text sets, or None."""
    found = [
        said
        for reader in _READERS
        for said in reader(text, start, end, scene)
        if _holds_good(text, said, start)
    ]
    return min(found, key=lambda said: (_rank(said.due), said.start), default=None)


def _rank(due: str) -> int:
    """Return how little a deadline says beside others of the same duty: the least counts.

    What comes back counts before when it begins, a day before the meeting for which it is.
    """
    if due in ("ongoing", "asap"):
        return 3
    return 0 if due.startswith("every") else 2 if due.startswith("next") else 1


_PAST = re.compile(
    r"(?:celebrad[oa]s?|realizad[oa]s?|que\s+(?:tuvo|tuvieron)\s+lugar|aprobad[oa]s?|adoptad[oa]s?|held|adopted|approved|issued"
    r"|conducted|vigente|correspondiente|que\s+se\s+(?:celebrará|realizará|llevará\s+a\s+cabo)|(?:which|that)\s+(?:will|would)"
    r"|to\s+be\s+held|presentad[oa]s?|published|publicad[oa]s?|concluid[oa]|iniciad[oa]|that\s+(?:was|were)|ending|as\s+at"
    r"|previst[oa]s?|programad[oa]s?|scheduled|in\s+force|en\s+vigor|hosted|remitid[oa]s?|fechad[oa]|dated)[^.;,]{0,40}$",
    re.IGNORECASE,
)
_TO_BE = re.compile(
    r"\b(?:ser[áa]n?|sean?|estar|esté|estén|ser|haber\s+sido|shall\s+be|will\s+be|should\s+be|must\s+be)\s+(?!held)\w+",
    re.IGNORECASE,
)


def _holds_good(text: str, said: Said, start: int) -> bool:
    """Tell whether a date belongs to the duty, and not to something that the text speaks of."""
    before = text[max(start, said.start - 70) : said.start]
    before = _TO_BE.sub("", before)  # "será remitida a más tardar": what is to be done
    if (
        said.due.startswith("next ")
        or said.due.startswith("every ")
        or said.due in ("asap", "ongoing")
    ):
        return True
    return _PAST.search(before) is None


_READERS = (
    recurring,
    at_next_meeting,
    at_numbered_meeting,
    within,
    on_days,
    at_the_latest,
    by_months,
    by_years,
    by_parts,
    of_events,
    softly,
)
