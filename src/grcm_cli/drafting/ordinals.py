"""Numbers in words: ordinals of meetings, `VII`, `Séptima`, `7th`; days and years, `dos mil`."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from grcm_cli.domain.model import Meeting
from grcm_cli.drafting.layout.labels import ordinal_value, roman_value
from grcm_cli.language.days import ANY_MONTH
from grcm_cli.language.lexicon import alternatives, lexicon
from grcm_cli.language.text import fold

_CARDINALS = [word.strip() for word in lexicon("es").values["dates.cardinals"].split(",")]
_NUMBERS = {fold(word): number for number, word in enumerate(_CARDINALS, 1)}
_CARDINAL = alternatives(sorted(_CARDINALS, key=len, reverse=True)).replace(" ", r"\s+")
_IN_WORDS = re.compile(
    rf"\b(?:(?P<day>{_CARDINAL})(?=(?:\s+d[ií]as)?\s+(?:de|del\s+mes\s+de)\s+(?:{ANY_MONTH})\b)"
    rf"|dos\s+mil(?:\s+(?P<year>{_CARDINAL}))?(?!\w|\s+(?:y|\w*(?:cien|ent[ao]s?|ientos))\b))",
    re.IGNORECASE,
)
NumberedMeetings = Mapping[tuple[str, int], tuple[int, Meeting]]
"""The first meeting of a body with an ordinal in its title, with its place in the record; and its
only one of a year."""


def title_ordinals(meeting: Meeting) -> set[int]:
    """Return the ordinal numbers in a meeting's title."""
    return ordinals_in(" ".join(meeting.title.by_language.values())) if meeting.title else set()


def ordinals_in(text: str) -> set[int]:
    """Return the ordinal numbers in a text: 7 for `VII`, `Séptima`, `Seventh`, `7th`, `7.ª`."""
    ordinals = {roman_value(word) for word in re.findall(r"\b[IVXL]{1,6}\b", text)} - {0}
    ordinals |= set(map(int, re.findall(r"\b([0-9]{1,3})(?:\.?[ªº°a]|st|nd|rd|th)\b", text)))
    words = re.findall(r"[^\W\d_]+", text)
    place = 0
    while place < len(words):
        pair = ordinal_value(" ".join(words[place : place + 2])) if words[place + 1 :] else 0
        ordinals |= {pair or ordinal_value(words[place])}
        place += 2 if pair else 1
    return ordinals - {0}


def with_digits(text: str) -> str:
    """Return a text of the same length, with figures for days and years in Spanish words."""

    def figures(match: re.Match[str]) -> str:
        words = match["day"] or match["year"]
        number = _NUMBERS[fold(words)] if words else 0
        return str(number if match["day"] else 2000 + number).rjust(len(match[0]))

    return _IN_WORDS.sub(figures, text)


def numbered_meetings(meetings: Iterable[Meeting]) -> NumberedMeetings:
    """Return the first meeting of each body and ordinal, and the only one of each year."""
    by_key: dict[tuple[str, int], tuple[int, Meeting]] = {}
    years = Counter[tuple[str, int]]()
    for place, meeting in enumerate(meetings):
        body = meeting.body.text if meeting.body else ""
        for number in title_ordinals(meeting) if body else ():
            by_key.setdefault((body, number), (place, meeting))
        if body and meeting.start:
            years[body, meeting.start.year] += 1
            by_key[body, meeting.start.year] = place, meeting
    return {key: at for key, at in by_key.items() if years[key] < 2}
