"""References to other meetings: *in follow-up to conclusion 5 of the Seventh Meeting*."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grcm_cli.domain.model import Each, Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.drafting.layout.labels import ordinal_value, roman_value
from grcm_cli.drafting.parties import PartyNames
from grcm_cli.drafting.tokens import words_of
from grcm_cli.language.days import MONTHS
from grcm_cli.language.lexicon import all_phrases, whole_words
from grcm_cli.language.text import fold_words

_CUE = re.compile(rf"{all_phrases('references.cues')}\b[^.;]{{0,70}}$", re.IGNORECASE)
_CONCLUSION = re.compile(
    rf"{all_phrases('layout.conclusion_names')}\s+(?:n(?:\.|o\.?|º|°|\.º)?\s*[º°]?\s*)?"
    r"(?P<number>[0-9]+(?:[./-][0-9A-Za-z]+)*|[IVXL]+(?![a-z]))(?![A-Za-z])",
    re.IGNORECASE,
)
_MOVES = (
    rf"\b{all_phrases('references.moving')}\b(?P<whom>[^.;]{{0,120}}?)"
    rf"\b{all_phrases('references.deadlines')}\b"
)
_MOVING = re.compile(rf"{_MOVES}[^.;]{{0,120}}$", re.IGNORECASE)
"""Before the conclusion whose deadline moves: *extend to 1 May the deadline of decision 4*."""
_MOVED = re.compile(rf"[^.;]{{0,120}}?{_MOVES}", re.IGNORECASE)
"""Behind it: *with regard to decision 4, to grant Kenya an extension*."""
_GRANTING = re.compile(
    rf"\b{all_phrases('references.granting')}\b(?P<whom>[^.;]{{0,120}}?)"
    rf"\b{all_phrases('references.extensions')}\b[^.;]{{0,60}}",
    re.IGNORECASE,
)
_ENDING = re.compile(rf"\b{all_phrases('references.ending')}\b[^.;]{{0,45}}$", re.IGNORECASE)
"""Before the conclusion that ends: *dejar sin efecto la conclusión 12*."""
_ENDED = re.compile(rf"[^.;]{{0,80}}?\b{all_phrases('references.ended')}\b", re.IGNORECASE)
"""Behind it: *decision 12 shall cease to have effect*."""
_REPLACING = re.compile(rf"\b{all_phrases('references.replacing')}\b", re.IGNORECASE)
_ITEM_OF = re.compile(
    rf"\b{all_phrases('references.items')}\s+(?P<item>[a-z]|[0-9]+)\)?\s+(?:del?|of)"
    r"(?:\s+(?:la|el|the))?\s+$",
    re.IGNORECASE,
)
_NEAR = 320
"""Characters before and behind a conclusion: more than those patterns have."""
_MEETING = whole_words("meeting.kinds")
_PREVIOUS = whole_words("meeting.previous")
_REFERENCE_END = re.compile(rf";|,\s+(?!{all_phrases('references.continuations')}\b)")
_OF = re.compile(rf"\s+{all_phrases('text.of')}\s")
_MONTH = re.compile(
    rf"\b(?P<month>{'|'.join(MONTHS)})\b(?:\s+del?)?\s+(?P<year>(?:19|20)[0-9]{{2}})"
)


class CitedConclusion(NamedTuple):
    """A reference to a conclusion, with the words that it comes from."""

    reference: str
    words: str


class MovedDeadline(NamedTuple):
    """The mandate whose deadline a text moves; empty where it was not found."""

    reference: str
    words: str
    to_whom: str = ""
    """The words between the verb and the deadline, which may name parties."""


class DraftEnding(NamedTuple):
    """An older conclusion whose mandates a text ends."""

    reference: str
    """Empty where it was not found."""
    words: str
    replaces: bool = False
    """The text says what is to be done in its place."""


class DraftExtension(NamedTuple):
    """The new deadline of an older mandate, as a text moves it."""

    mandate: str
    """Its reference; empty where the record has none or several that may be meant."""
    due: str
    """Empty where it was not understood."""
    words: str
    parties: Sequence[str] = ()
    """Those for whom alone it moves."""


class CitationReader:
    """Finds the conclusions that the texts of one document follow up, where the record has them.

    `meeting` is the one of the document, as far as known, and `own` are its numbers.
    """

    def __init__(
        self, register: Register, names: PartyNames, meeting: Meeting | None, own: Iterable[str]
    ) -> None:
        self._register, self._names, self._meeting = register, names, meeting
        self._own = frozenset(own)
        self._candidates: dict[frozenset[str], _Candidates] = {}

    def cited_in(self, text: str) -> list[CitedConclusion]:
        """Return the conclusions that a text follows up."""
        found: list[CitedConclusion] = []
        for match in _CONCLUSION.finditer(text):
            if not _CUE.search(text[max(0, match.start() - 100) : match.start()]):
                continue
            number = match["number"]
            after = _REFERENCE_END.split(text[match.end() : match.end() + 160])[0]
            kind = _MEETING.search(after)
            if kind is None:
                if number in self._own and not _OF.match(after):
                    found.append(CitedConclusion(number, match[0]))
                continue
            other = self._meeting_in(after)
            if other is None:
                continue
            if other.conclusions is None or self._register.conclusion(Reference(other.id, number)):
                words = text[match.start() : match.end() + kind.end()]
                found.append(CitedConclusion(f"{other.id}/{number}", words))
        return found

    def moved_in(self, text: str) -> MovedDeadline | None:
        """Return the mandate whose deadline a text moves; None where it moves none.

        It is the only one that the conclusion has, or the only one with a deadline; empty where the
        record has none or several. A conclusion without its meeting is one of the last meeting of
        the body.
        """
        for match in _CONCLUSION.finditer(text):
            moving = _MOVING.search(text[max(0, match.start() - _NEAR) : match.start()])
            moving = moving or _MOVED.match(text[match.end() : match.end() + _NEAR])
            if moving is None:
                continue
            other = self._meeting_after(text, match)
            reference = self._mandate_in(other, match["number"]) if other else ""
            return MovedDeadline(reference, match[0], moving["whom"])
        granted = _GRANTING.search(text)
        return MovedDeadline("", granted[0].strip()) if granted else None

    def ended_in(self, text: str) -> list[DraftEnding]:
        """Return the conclusions whose mandates a text ends."""
        found: list[DraftEnding] = []
        for match in _CONCLUSION.finditer(text):
            before = text[max(0, match.start() - _NEAR) : match.start()]
            after = text[match.end() : match.end() + _NEAR]
            if not (_ENDING.search(before) or _ENDED.match(after)):
                continue
            other = self._meeting_after(text, match)
            item = _ITEM_OF.search(before)
            number = f"{match['number']}.{item['item'].lower()}" if item else match["number"]
            known = other and self._register.conclusion(Reference(other.id, number))
            reference = f"{other.id}/{number}" if other and known and known.mandates else ""
            words = f"{item[0]}{match[0]}" if item else match[0]
            found.append(DraftEnding(reference, words, _REPLACING.search(after) is not None))
        return found

    def binds_each(self, reference: str) -> bool:
        """Tell whether a mandate is owed by each of several parties."""
        meeting, _slash, rest = reference.partition("/")
        number, _hash, ordinal = rest.partition("#")
        found = self._register.conclusion(Reference(meeting, number)) if reference else None
        place = int(ordinal or 1) - 1
        mandates = found.mandates if found else ()
        return place < len(mandates) and isinstance(mandates[place].responsible, Each)

    def _meeting_after(self, text: str, match: re.Match[str]) -> Meeting | None:
        """Return the meeting of a conclusion: the one named behind it, or the body's last one."""
        after = _REFERENCE_END.split(text[match.end() : match.end() + 160])[0]
        is_named = _MEETING.search(after) is not None
        return self._meeting_in(after) if is_named else self._candidates_of("").last

    def _mandate_in(self, meeting: Meeting, number: str) -> str:
        """Return the mandate of a conclusion of which alone a deadline may be meant, if any."""
        found = self._register.conclusion(Reference(meeting.id, number))
        mandates = [mandate for mandate in found.mandates if not mandate.void] if found else []
        dated = [mandate for mandate in mandates if mandate.due]
        meant = mandates if len(mandates) == 1 else dated
        if len(meant) != 1:
            return ""
        ordinal = f"#{meant[0].ordinal}" if meant[0].of_several else ""
        return f"{meeting.id}/{number}{ordinal}"

    def _meeting_in(self, text: str) -> Meeting | None:
        """Return the meeting that a text means: by body and ordinal, its month, or the last one."""
        return self._candidates_of(text).meant_by(text)

    def _candidates_of(self, text: str) -> "_Candidates":
        """Return the earlier meetings of the bodies that a text names, else of the own body."""
        words = words_of(text, "es")
        codes = [found[1] for at in range(len(words)) if (found := self._names.at(words, at))]
        bodies = frozenset(c for c in codes if self._names.parties[c].kind == "body")
        own = self._meeting
        if not bodies and own is not None and own.body is not None:
            bodies = frozenset({own.body.text})
        if bodies not in self._candidates:
            self._candidates[bodies] = _Candidates(
                meeting
                for meeting in self._register.meetings
                if meeting.body and meeting.body.text in bodies and meeting.start
                and (own is None or own.start is None or meeting.start < own.start)
            )  # fmt: skip
        return self._candidates[bodies]


class _Candidates:
    """The earlier meetings of some bodies, of which a text may mean one."""

    def __init__(self, meetings: Iterable[Meeting]) -> None:
        self._meetings = list(meetings)
        self._by_number: dict[int, list[Meeting]] = {}
        self._by_month: dict[tuple[int, int], list[Meeting]] = {}
        for meeting in self._meetings:
            for number in title_ordinals(meeting):
                self._by_number.setdefault(number, []).append(meeting)
            if meeting.start:
                month = meeting.start.year, meeting.start.month
                self._by_month.setdefault(month, []).append(meeting)
        self.last = max(self._meetings, key=lambda meeting: str(meeting.start), default=None)

    def meant_by(self, text: str) -> Meeting | None:
        """Return the only one with an ordinal or the month of a text, or the last one."""
        numbers = ordinals_in(text)
        # Two of each ordinal are enough to tell that there is more than one.
        with_number = [m for number in numbers for m in self._by_number.get(number, [])[:2]]
        by_number = {meeting.id: meeting for meeting in with_number}
        if len(by_number) == 1:
            return with_number[0]
        month = _month_in(text)
        by_month = self._by_month.get(month, []) if month else []
        if len(by_month) == 1:
            return by_month[0]
        if _PREVIOUS.search(text) and not numbers:
            return self.last
        if len(self._meetings) == 1 and not month and not title_ordinals(self._meetings[0]):
            return self._meetings[0]
        return None


def _month_in(text: str) -> tuple[int, int] | None:
    """Return the year and month that a text names first, or None."""
    match = _MONTH.search(fold_words(text))
    return (int(match["year"]), MONTHS[match["month"]]) if match else None


NumberedMeetings = Mapping[tuple[str, int], tuple[int, Meeting]]
"""The first meeting of a body with an ordinal in its title, with its place in the record."""


def numbered_meetings(meetings: Iterable[Meeting]) -> NumberedMeetings:
    """Return the first meeting of each body and ordinal."""
    found: dict[tuple[str, int], tuple[int, Meeting]] = {}
    for place, meeting in enumerate(meetings):
        body = meeting.body.text if meeting.body else ""
        for number in title_ordinals(meeting) if body else ():
            found.setdefault((body, number), (place, meeting))
    return found


# --- ordinals of meetings: `VII`, `Séptima`, `Seventh`, `7th`, `7.ª` -----------------------------


def title_ordinals(meeting: Meeting) -> set[int]:
    """Return the ordinal numbers in a meeting's title."""
    return ordinals_in(" ".join(meeting.title.by_language.values())) if meeting.title else set()


def ordinals_in(text: str) -> set[int]:
    """Return the ordinal numbers in a text: 7 for `VII`, `Séptima`, `Seventh`, `7th`, `7.ª`."""
    found = {roman_value(word) for word in re.findall(r"\b[IVXL]{1,6}\b", text)} - {0}
    digits = re.findall(r"\b([0-9]{1,3})(?:\.?[ªº°a]|st|nd|rd|th)\b", text)
    found |= set(map(int, digits))
    words = re.findall(r"[^\W\d_]+", text)
    place = 0
    while place < len(words):
        pair = ordinal_value(" ".join(words[place : place + 2])) if words[place + 1 :] else 0
        found |= {pair or ordinal_value(words[place])}
        place += 2 if pair else 1
    return found - {0}
