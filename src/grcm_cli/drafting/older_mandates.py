"""What a text does with mandates of older meetings: it moves their deadlines, or ends them.

What it does so itself is no duty of anybody: *extend the deadline of conclusion 3*.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from grcm_cli.drafting.passage import Excerpt, Place
from grcm_cli.drafting.reading import ConclusionReader, DraftMandate, Reading
from grcm_cli.drafting.references import (
    CitationReader,
    DraftEnding,
    DraftExtension,
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


OlderKind = Literal["follows", "extends", "closes", "supersedes"]


class OlderReference(NamedTuple):
    """One older mandate or conclusion, and what a text does with it: the key of the file."""

    kind: OlderKind
    reference: str
    words: str
    place: Place | None = None
    due: str = ""
    due_place: Place | None = None
    parties: Sequence[str] = ()
    """Those for whom alone its deadline moves."""


class OlderMandates(NamedTuple):
    """What a text does with older mandates."""

    moved: Sequence[DraftExtension]
    ended: Sequence[DraftEnding]


def older_mandates_in(
    text: str, reading: Reading, citations: CitationReader, reader: ConclusionReader
) -> OlderMandates:
    """Return what a text does with older mandates; those that were not found have no reference."""
    moved = _moved_deadlines(text, citations, reader)
    ended = citations.ended_in(text)
    if moved or ended:
        return OlderMandates(moved, ended)
    ending = ending_without_reference(text)
    own = [duty for duty in reading.duties if _is_own_act(duty)]
    for duty in own:
        words, place = _excerpt(text, duty)
        if ending is None and not _MOVING.match(duty.action) and cites_conclusion(duty.action):
            ending = DraftEnding("", words, place=place)
    moving = [clause for _act, clause in reading.clauses if _MOVING.match(clause)]
    due, due_place = _new_deadline(text, reader) if moving else ("", None)
    moved = [DraftExtension("", due, clause, due_place=due_place) for clause in moving]
    return OlderMandates(moved, [ending] if ending else [])


def _excerpt(text: str, duty: DraftMandate) -> Excerpt:
    """Return the first words of a duty as the text has them, and where they are."""
    if duty.verb_place is None or duty.verb_place[0] < 0:
        return Excerpt(duty.action)
    start = duty.verb_place[0]
    words = text[start : start + _MAX_END]
    words = words if start + _MAX_END >= len(text) else words.rpartition(" ")[0]
    return Excerpt(words, (start, start + len(words)))


def _moved_deadlines(
    text: str, citations: CitationReader, reader: ConclusionReader
) -> list[DraftExtension]:
    """Return the deadlines of older mandates that a text moves.

    A span of time without its first day leaves the new deadline open.
    """
    moved = citations.moved_in(text)
    if not moved:
        return []
    last, place = _new_deadline(text, reader)
    extensions = []
    for one in moved:
        named = reader.who_in(one.to_whom) if one.to_whom else None
        parties = named.codes if named and citations.binds_each(one.reference) else ()
        extensions.append(
            DraftExtension(one.reference, last, one.words, tuple(parties), one.place, place)
        )
    return extensions


def _new_deadline(text: str, reader: ConclusionReader) -> tuple[str, Place | None]:
    """Return the new deadline in a text that moves one, and where it is; empty where none is."""
    # A last day behind *until* is that of a state elsewhere: *valid until 1 May*.
    until = list(_UNTIL.finditer(text))[:_MAX_ENDS]
    starts = [*(match.start() for match in until), *(match.end() + 1 for match in until)]
    ends = [(0, text), *((at, text[at : at + _MAX_END]) for at in starts)]
    found = ((at, reader.due_in(words)) for at, words in ends)
    start, due = next(((at, due) for at, due in found if due), (0, None))
    if due is None or due.due.startswith("within"):
        return "", None
    return due.due, (start + due.start, start + due.end)


def without_own_acts(reading: Reading, older: OlderMandates, reader: ConclusionReader) -> Reading:
    """Return a reading without mandates that only say what the text does with an older one."""
    moved, ended = older
    if not (moved or ended):
        return reading
    words = moved[0].words if moved else ended[0].words
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
    new = {one.due for one in moved} - {""}
    unbound = [
        one
        for one in reading.unbound
        if not (new and _due_in(one.words, reader) in new)
        and not (ended and _ENDED.search(one.words))
    ]
    return reading._replace(acts=acts, clauses=clauses, duties=duties, unbound=unbound)


def _due_in(words: str, reader: ConclusionReader) -> str:
    due = reader.due_in(words)
    return due.due if due else ""


def _is_own_act(duty: DraftMandate) -> bool:
    return duty.who.mode == "nobody" and _OWN_ACT.match(duty.action) is not None
