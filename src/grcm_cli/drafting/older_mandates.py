"""What a text does with mandates of older meetings: it moves their deadlines, or ends them.

What it does so itself is no duty of anybody: *extend the deadline of conclusion 3*.
"""

import re
from collections.abc import Sequence

from grcm_cli.drafting.passage import Excerpt, Place
from grcm_cli.drafting.reading import ConclusionReader, DraftMandate, Reading
from grcm_cli.drafting.references import (
    CitationReader,
    OlderReference,
    cites_conclusion,
    ending_without_reference,
)
from grcm_cli.language.lexicon import all_phrases

_OWN_ACT = re.compile(
    rf"(?:{all_phrases('references.moving')}|{all_phrases('references.ending')})\b", re.IGNORECASE
)
"""The beginning of an action that only says what the text does with an older mandate."""
_MOVING = re.compile(
    rf"{all_phrases('references.moving')}\b[^.;]{{0,80}}?\b{all_phrases('references.deadlines')}\b",
    re.IGNORECASE,
)
"""The beginning of a clause that moves a deadline."""
_ENDED = re.compile(all_phrases("references.ended"), re.IGNORECASE)
_MAX_ENDS = 12  # words like *until* that are looked at
_MAX_END = 80  # characters of a new deadline
_UNTIL = re.compile(r"\b(?:hasta|until|to)\b", re.IGNORECASE)


def older_mandates_in(
    text: str, reading: Reading, citations: CitationReader, reader: ConclusionReader
) -> list[OlderReference]:
    """Return the mandates that a text moves, and those that it ends.

    Those that were not found have no reference.
    """
    moved = citations.moved_in(text)
    due, due_place = _new_deadline(text, reader) if moved else ("", None)
    older = []
    for one, to_whom in moved:
        who = reader.who_in(to_whom) if to_whom and citations.binds_each(one.reference) else None
        parties = tuple(who.codes) if who else ()
        older.append(one._replace(due=due, due_place=due_place, parties=parties))
    older += citations.ended_in(text)
    if older:
        return older
    ending = ending_without_reference(text)
    for duty in filter(_is_own_act, reading.duties):
        if ending is None and not _MOVING.match(duty.action) and cites_conclusion(duty.action):
            ending = OlderReference("closes", "", *_first_words(text, duty))
    moving = [clause for _act, clause in reading.clauses if _MOVING.match(clause)]
    due, due_place = _new_deadline(text, reader) if moving else ("", None)
    older = [OlderReference("extends", "", clause, None, due, due_place) for clause in moving]
    return [*older, ending] if ending else older


def _first_words(text: str, duty: DraftMandate) -> Excerpt:
    """Return the first words of a duty as the text has them, and where they are."""
    if duty.verb_place is None or duty.verb_place[0] < 0:
        return Excerpt(duty.action)
    start = duty.verb_place[0]
    words = text[start : start + _MAX_END]
    words = words if start + _MAX_END >= len(text) else words.rpartition(" ")[0]
    return Excerpt(words, (start, start + len(words)))


def _new_deadline(text: str, reader: ConclusionReader) -> tuple[str, Place | None]:
    """Return the new deadline in a text that moves one, and where it is; empty where none is.

    A span of time without its first day leaves it open.
    """
    # A last day behind *until* is that of a state elsewhere: *valid until 1 May*.
    until = list(_UNTIL.finditer(text))[:_MAX_ENDS]
    starts = [*(match.start() for match in until), *(match.end() + 1 for match in until)]
    ends = [(0, text), *((at, text[at : at + _MAX_END]) for at in starts)]
    found = ((at, reader.due_in(words)) for at, words in ends)
    start, due = next(((at, due) for at, due in found if due), (0, None))
    if due is None or due.due.startswith("within"):
        return "", None
    return due.due, (start + due.start, start + due.end)


def without_own_acts(
    reading: Reading, older: Sequence[OlderReference], reader: ConclusionReader
) -> Reading:
    """Return a reading without mandates that only say what the text does with an older one."""
    if not older:
        return reading
    duties = [duty for duty in reading.duties if not _is_own_act(duty)]
    acts, clauses = list(reading.acts), list(reading.clauses)
    if len(duties) < len(reading.duties):
        clauses = [
            ("deciding" if _OWN_ACT.search(clause) and act == "directive" else act, clause)
            for act, clause in clauses
        ]
        acts = list(dict.fromkeys(act for act, _clause in clauses))
    if not acts:
        acts, clauses = ["deciding"], [("deciding", older[0].words)]
    # The new deadline is that of the older mandate.
    new = {one.due for one in older} - {""}
    ends = any(one.kind != "extends" for one in older)
    unbound = []
    for words in reading.unbound:
        due = reader.due_in(words.words) if new else None
        if not (due and due.due in new) and not (ends and _ENDED.search(words.words)):
            unbound.append(words)
    return reading._replace(acts=acts, clauses=clauses, duties=duties, unbound=unbound)


def _is_own_act(duty: DraftMandate) -> bool:
    return duty.who.mode == "nobody" and _OWN_ACT.match(duty.action) is not None
