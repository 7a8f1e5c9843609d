"""What a text does with mandates of older meetings: it moves their deadlines, or ends them.

What it does so itself is no duty of anybody: *extend the deadline of conclusion 3*.
"""

import re
from collections.abc import Sequence

from grcm_cli.drafting.reading import ConclusionReader, DraftMandate, Reading
from grcm_cli.drafting.references import CitationReader, DraftEnding, DraftExtension
from grcm_cli.language.lexicon import all_phrases

_OWN_ACT = re.compile(
    rf"(?:{all_phrases('references.moving')}|{all_phrases('references.ending')})\b", re.IGNORECASE
)
"""The beginning of an action that only says what the text does with an older mandate."""
_ENDED = re.compile(all_phrases("references.ended"), re.IGNORECASE)
_MAX_ENDS = 12  # words like *until* that are looked at
_MAX_END = 80  # characters of a new deadline
_UNTIL = re.compile(r"\b(?:hasta|until|to)\b", re.IGNORECASE)


def moved_deadline(
    text: str, citations: CitationReader, reader: ConclusionReader
) -> DraftExtension | None:
    """Return the deadline of an older mandate that a text moves, or None.

    A span of time without its first day leaves the new deadline open.
    """
    moved = citations.moved_in(text)
    if moved is None:
        return None
    # A last day behind *until* is that of a state elsewhere: *valid until 1 May*.
    places = [match.start() for match in _UNTIL.finditer(text)][:_MAX_ENDS]
    ends = [text[at : at + _MAX_END] for at in places]
    due = next(filter(None, map(reader.due_in, [text, *ends])), None)
    last = due.due if due and not due.due.startswith("within") else ""
    named = reader.who_in(moved.to_whom) if moved.to_whom else None
    parties = named.codes if named and citations.binds_each(moved.reference) else ()
    return DraftExtension(moved.reference, last, moved.words, tuple(parties))


def without_own_acts(
    reading: Reading,
    moved: DraftExtension | None,
    ended: Sequence[DraftEnding],
    reader: ConclusionReader,
) -> Reading:
    """Return a reading without mandates that only say what the text does with an older one."""
    if moved is None and not ended:
        return reading
    words = moved.words if moved else ended[0].words
    duties = [duty for duty in reading.duties if not _is_own_act(duty)]
    acts, clauses = list(reading.acts), list(reading.clauses)
    if len(duties) < len(reading.duties):
        clauses = [
            ("deciding" if _OWN_ACT.search(clause) and act == "directive" else act, clause)
            for act, clause in clauses
        ]
        acts = list(dict.fromkeys(act for act, _clause in clauses))
    if not acts:
        acts, clauses = ["deciding"], [("deciding", words)]
    # The new deadline is that of the older mandate.
    unbound = [
        one
        for one in reading.unbound
        if not (moved and moved.due and moved.due == _due_in(one.words, reader))
        and not (ended and _ENDED.search(one.words))
    ]
    return reading._replace(acts=acts, clauses=clauses, duties=duties, unbound=unbound)


def _due_in(words: str, reader: ConclusionReader) -> str:
    due = reader.due_in(words)
    return due.due if due else ""


def _is_own_act(duty: DraftMandate) -> bool:
    return duty.who.mode == "nobody" and _OWN_ACT.match(duty.action) is not None
