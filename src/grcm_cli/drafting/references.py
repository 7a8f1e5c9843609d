"""References to other meetings: *in follow-up to conclusion 5 of the Seventh Meeting*."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from grcm_cli.domain.model import Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.drafting.layout.numbering import roman_value
from grcm_cli.drafting.parties import PartyNames
from grcm_cli.drafting.tokens import words_of
from grcm_cli.language.days import MONTHS
from grcm_cli.language.lexicon import all_phrases, number_of_word, whole_words
from grcm_cli.language.text import fold_words

_CUE = re.compile(rf"{all_phrases('references.cues')}\b[^.;]{{0,70}}$", re.IGNORECASE)
_CONCLUSION = re.compile(
    rf"{all_phrases('layout.conclusion_names')}\s+(?:n(?:\.|o\.?|º|°|\.º)?\s*[º°]?\s*)?"
    r"(?P<number>[0-9]+(?:[./-][0-9A-Za-z]+)*|[IVXL]+(?![a-z]))(?![A-Za-z])",
    re.IGNORECASE,
)
_MEETING = whole_words("meeting.kinds")
_PREVIOUS = whole_words("meeting.previous")
_REFERENCE_END = re.compile(rf";|,\s+(?!{all_phrases('references.continuations')}\b)")
_OF = re.compile(rf"\s+{all_phrases('text.of')}\s")
_MONTH = re.compile(
    rf"\b(?P<month>{'|'.join(MONTHS)})\b(?:\s+del?)?\s+(?P<year>(?:19|20)[0-9]{{2}})"
)
_ORDINALS = number_of_word("ordinals")


class CitedConclusion(NamedTuple):
    """A reference to a conclusion, with the words that it comes from."""

    reference: str
    words: str


def cited_conclusions(
    text: str, register: Register, names: PartyNames, meeting: Meeting | None, own: Sequence[str]
) -> list[CitedConclusion]:
    """Return the conclusions that a text follows up, where the register has them.

    `meeting` is the one of this document, as far as known, and `own` are its numbers.
    """
    found: list[CitedConclusion] = []
    for match in _CONCLUSION.finditer(text):
        if not _CUE.search(text[max(0, match.start() - 100) : match.start()]):
            continue
        number = match["number"]
        after = _REFERENCE_END.split(text[match.end() : match.end() + 160])[0]
        kind = _MEETING.search(after)
        if kind is None:
            if number in own and not _OF.match(after):
                found.append(CitedConclusion(number, match[0]))
            continue
        other = _meeting(after, register, names, meeting)
        if other is None:
            continue
        if other.conclusions is None or register.conclusion(Reference(other.id, number)):
            words = text[match.start() : match.end() + kind.end()]
            found.append(CitedConclusion(f"{other.id}/{number}", words))
    return found


def _meeting(
    text: str, register: Register, names: PartyNames, own: Meeting | None
) -> Meeting | None:
    """Return the meeting that a text means: by its body and ordinal, its month, or the last one."""
    words = words_of(text, "es")
    codes = [found[1] for place in range(len(words)) if (found := names.at(words, place))]
    bodies = [code for code in codes if names.parties[code].kind == "body"]
    if not bodies and own is not None and own.body is not None:
        bodies = [own.body.text]
    candidates = [
        meeting
        for meeting in register.meetings
        if meeting.body and meeting.body.text in bodies and meeting.start
        and (own is None or own.start is None or meeting.start < own.start)
    ]  # fmt: skip
    numbers = ordinals_in(text)
    by_number = [meeting for meeting in candidates if numbers & title_ordinals(meeting)]
    if len(by_number) == 1:
        return by_number[0]
    month = _month_in(text)
    by_month = [m for m in candidates if m.start and (m.start.year, m.start.month) == month]
    if len(by_month) == 1:
        return by_month[0]
    if candidates and _PREVIOUS.search(text) and not numbers:
        return max(candidates, key=lambda meeting: str(meeting.start))
    if len(candidates) == 1 and not month and not title_ordinals(candidates[0]):
        return candidates[0]
    return None


def _month_in(text: str) -> tuple[int, int] | None:
    """Return the year and month that a text names first, or None."""
    match = _MONTH.search(fold_words(text))
    return (int(match["year"]), MONTHS[match["month"]]) if match else None


# --- ordinals of meetings: `VII`, `Séptima`, `Seventh`, `7th`, `7.ª` -----------------------------


def title_ordinals(meeting: Meeting) -> set[int]:
    """Return the ordinal numbers in a meeting's title."""
    return ordinals_in(" ".join(meeting.title.by_language.values())) if meeting.title else set()


def ordinals_in(text: str) -> set[int]:
    """Return the ordinal numbers in a text: 7 for `VII`, `Séptima`, `Seventh`, `7th`, `7.ª`."""
    found = {roman_value(word) for word in re.findall(r"\b[IVXL]{1,6}\b", text)} - {0}
    digits = re.findall(r"\b([0-9]{1,2})(?:\.?[ªº°a]|st|nd|rd|th)\b", text)
    found |= set(map(int, digits))
    values = [_ORDINALS.get(word, 0) for word in re.findall(r"[^\W\d_]+", fold_words(text))]
    for before, value, following in zip([0, *values], values, [*values[1:], 0], strict=False):
        if value in (10, 20) and 0 < following < 10:
            found.add(value + following)
        elif value and not (before in (10, 20) and value < 10):
            found.add(value)
    return found
