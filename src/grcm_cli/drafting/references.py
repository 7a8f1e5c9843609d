"""*In follow-up to conclusion 5 of the Seventh Meeting* → a reference to a meeting of the record."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from grcm_cli.domain.model import Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.drafting.ordinals import ordinals_in
from grcm_cli.drafting.parties import PartyNames
from grcm_cli.drafting.words import words_of
from grcm_cli.language.text import fold_words

_CUE = re.compile(
    r"(?:seguimiento|cumplimiento|conformidad|conforme|virtud|atenci[oó]n|arreglo|desarrollo|ejecuci[oó]n|pursuant|follow-?up|further|accordance|recalling|implementation|response|following|under|as\s+requested\s+in|line\s+with)\b[^.;]{0,70}$",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?P<kind>numeral|p[aá]rrafo|conclusi[oó]n|acuerdo|decisi[oó]n|recomendaci[oó]n|resoluci[oó]n|punto|mandato|compromiso|paragraph|conclusion|decision|agreement|recommendation|resolution|action\s+point|item|point)\s+(?:n(?:\.|o\.?|º|°|\.º)?\s*[º°]?\s*)?(?P<number>[0-9]+(?:[./-][0-9A-Za-z]+)*|[IVXL]+(?![a-z]))(?![A-Za-z])",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"\b(?:reuni[oó]n|sesi[oó]n|asamblea|per[ií]odo\s+de\s+sesiones|conferencia|meeting|session|assembly|conference)\b",
    re.I,
)
_PREVIOUS = re.compile(r"\b(?:anterior|pasada|[uú]ltima|previous|last|preceding)\b", re.I)
_MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
_MONTHS_EN = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


class Cited(NamedTuple):
    """A reference, with the words that it comes from."""

    reference: str
    words: str


def cited(
    text: str, register: Register, names: PartyNames, meeting: Meeting | None, own: Sequence[str]
) -> list[Cited]:
    """Return what a text follows up, where the record has it.

    `meeting` is the one whose document this is, as far as known, and `own` are its numbers.
    """
    found: list[Cited] = []
    for match in _CITED.finditer(text):
        if not _CUE.search(text[max(0, match.start() - 100) : match.start()]):
            continue
        number = match["number"]
        after = re.split(
            r"[;]|,\s+(?!celebrad|held|de\b|of\b)", text[match.end() : match.end() + 160]
        )[0]
        session = _SESSION.search(after)
        if session is None:
            if number in own and not re.match(r"\s+(?:de|of)\s", after):
                found.append(Cited(number, match[0]))
            continue
        other = _meeting(after, register, names, meeting)
        if other is not None and _has(register, other, number):
            words = text[match.start() : match.end() + session.end()]
            found.append(Cited(f"{other.id}/{number}", words))
    return found


def _has(register: Register, meeting: Meeting, number: str) -> bool:
    known = meeting.conclusions is None
    return known or register.conclusion(Reference(meeting.id, number)) is not None


def _meeting(
    text: str, register: Register, names: PartyNames, own: Meeting | None
) -> Meeting | None:
    """Return the meeting that a text means: by its body and ordinal, its month, or the last one."""
    words = words_of(text, "es")
    codes = [found[1] for place in range(len(words)) if (found := names.at(words, place))]
    bodies = [code for code in codes if names.parties[code].kind == "body"]
    if not bodies and own is not None and own.body is not None:
        bodies = [own.body.text]
    if not bodies:
        return None
    candidates = [
        meeting
        for meeting in register.meetings
        if meeting.body and meeting.body.text in bodies and meeting.start
        and (own is None or own.start is None or meeting.start < own.start)
    ]  # fmt: skip
    numbers = ordinals_in(text)
    by_number = [
        m
        for m in candidates
        if m.title and numbers & ordinals_in(" ".join(m.title.by_language.values()))
    ]
    if len(by_number) == 1:
        return by_number[0]
    month = _month_in(text)
    by_month = [
        m for m in candidates if m.start and month and (m.start.year, m.start.month) == month
    ]
    if len(by_month) == 1:
        return by_month[0]
    if candidates and _PREVIOUS.search(text) and not numbers:
        return max(candidates, key=lambda meeting: str(meeting.start))
    if (
        len(candidates) == 1
        and not month
        and not any(
            m.title and ordinals_in(" ".join(m.title.by_language.values())) for m in candidates
        )
    ):
        return candidates[0]
    return None


def _month_in(text: str) -> tuple[int, int] | None:
    folded = fold_words(text)
    for names in (_MONTHS, _MONTHS_EN):
        match = re.search(rf"\b({'|'.join(names)})\b(?:\s+del?)?\s+((?:19|20)[0-9]{{2}})", folded)
        if match:
            return int(match[2]), names.index(match[1]) + 1
    return None
