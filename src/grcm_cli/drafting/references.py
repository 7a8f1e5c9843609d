"""References to other meetings: *in follow-up to conclusion 5 of the Seventh Meeting*."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grcm_cli.domain.model import Each, Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.drafting.layout.labels import ordinal_value, roman_value
from grcm_cli.drafting.parties import PartyNames
from grcm_cli.drafting.passage import Place
from grcm_cli.drafting.tokens import words_of
from grcm_cli.language.days import MONTHS
from grcm_cli.language.lexicon import all_phrases, whole_words
from grcm_cli.language.text import fold_words

_CUE = re.compile(rf"{all_phrases('references.cues')}\b[^.;]{{0,70}}$", re.IGNORECASE)
_NUMBER = r"(?:[0-9]+(?:[./-][0-9A-Za-z]+)*|[IVXL]+(?![a-z]))(?![A-Za-z])"
_CONCLUSION = re.compile(
    rf"{all_phrases('layout.conclusion_names')}"
    r"(?:\s+(?:n(?:\.|o\.?|º|°|\.º)?\s*[º°]?\s*)?(?P<number>"
    rf"{_NUMBER})|e?s\s+(?P<several>{_NUMBER}(?:,\s+{_NUMBER}){{0,20}},?\s+(?:y|e|and)\s+{_NUMBER}))",
    re.IGNORECASE,
)
"""One conclusion, or several: *las conclusiones 12 y 13*."""
_EACH_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
_MOVES = (
    rf"\b{all_phrases('references.moving')}\b(?P<whom>[^.;]{{0,120}}?)"
    rf"\b{all_phrases('references.deadlines')}\b"
)
_CONTAINED = (
    rf"[^.;]{{0,240}}?\b{all_phrases('references.contained')}\s+(?:(?:el|las?|los|the)\s+)?$"
)
"""Other words that lead to the conclusion: *, relativo al glosario, contenido en la*."""
_MOVING = re.compile(rf"{_MOVES}(?:[^.;]{{0,120}}$|(?P<far>{_CONTAINED}))", re.IGNORECASE)
"""Before the conclusion whose deadline moves: *extend to 1 May the deadline of decision 4*."""
_MOVED = re.compile(rf"[^.;]{{0,120}}?{_MOVES}", re.IGNORECASE)
"""Behind it: *with regard to decision 4, to grant Kenya an extension*."""
_GRANTING = re.compile(
    rf"\b{all_phrases('references.granting')}\b(?P<whom>[^.;]{{0,120}}?)"
    rf"\b{all_phrases('references.extensions')}\b[^.;]{{0,60}}",
    re.IGNORECASE,
)
_ENDING = re.compile(
    rf"\b{all_phrases('references.ending')}\b(?:[^.;]{{0,45}}$|(?P<far>{_CONTAINED}))",
    re.IGNORECASE,
)
"""Before the conclusion that ends: *dejar sin efecto la conclusión 12*."""
_NEXT_ACT = re.compile(rf"\b{all_phrases('references.next_acts')}\b", re.IGNORECASE)
_ENDING_ONE = re.compile(
    rf"\b{all_phrases('references.ending')}\s+(?:[^\s.;]+\s+){{0,4}}?"
    rf"{all_phrases('references.mandates')}\b[^.,;]{{0,80}}",
    re.IGNORECASE,
)
"""Without its conclusion: *dar por concluido el mandato relativo al glosario*."""
_ENDED = re.compile(rf"[^.;]{{0,80}}?\b{all_phrases('references.ended')}\b", re.IGNORECASE)
"""Behind it: *decision 12 shall cease to have effect*."""
_REPLACING = re.compile(rf"\b{all_phrases('references.replacing')}\b", re.IGNORECASE)
_ITEM_OF = re.compile(
    rf"\b{all_phrases('references.items')}\s+(?P<item>[a-z]|[0-9]+)\)?\s+(?:del?|of)"
    r"(?:\s+(?:la|el|the))?\s+$",
    re.IGNORECASE,
)
_NEAR = 520
"""Characters before and behind a conclusion: more than those patterns have."""
_MEETING = whole_words("meeting.kinds")
_PREVIOUS = whole_words("meeting.previous")
_REFERENCE_END = re.compile(rf";|,\s+(?!{all_phrases('references.continuations')}\b)")
_OF = re.compile(rf"\s+{all_phrases('text.of')}\s")
_MONTH = re.compile(
    rf"\b(?P<month>{'|'.join(MONTHS)})\b(?:\s+del?)?\s+(?P<year>(?:19|20)[0-9]{{2}})"
)


_MAX_OF_BODY = 12
"""Characters between a meeting and its body: *de la*."""


def _numbers(match: re.Match[str], item: re.Match[str] | None = None) -> list[str]:
    """Return the numbers of one match of `_CONCLUSION`, with the item of it before, if any."""
    numbers = [match["number"]] if match["number"] else _EACH_NUMBER.findall(match["several"])
    return [f"{number}.{item['item'].lower()}" for number in numbers] if item else numbers


def _after(text: str, match: re.Match[str]) -> str:
    """Return what stands behind a conclusion and may name its meeting."""
    return _REFERENCE_END.split(text[match.end() : match.end() + 160])[0]


def cites_conclusion(text: str) -> bool:
    """Tell whether a text has a conclusion's name with a number."""
    return _CONCLUSION.search(text) is not None


class CitedConclusion(NamedTuple):
    """A reference to a conclusion, with the words that it comes from."""

    reference: str
    words: str
    place: Place | None = None


class MovedDeadline(NamedTuple):
    """The mandate whose deadline a text moves; empty where it was not found."""

    reference: str
    words: str
    to_whom: str = ""
    """The words between the verb and the deadline, which may name parties."""
    place: Place | None = None
    """Where its conclusion and the meeting of that are."""


class DraftEnding(NamedTuple):
    """An older conclusion whose mandates a text ends."""

    reference: str
    """Empty where it was not found."""
    words: str
    replaces: bool = False
    """The text says what is to be done in its place."""
    place: Place | None = None
    """Where its conclusion and the meeting of that are."""


class DraftExtension(NamedTuple):
    """The new deadline of an older mandate, as a text moves it."""

    mandate: str
    """Its reference; empty where the record has none or several that may be meant."""
    due: str
    """Empty where it was not understood."""
    words: str
    parties: Sequence[str] = ()
    """Those for whom alone it moves."""
    place: Place | None = None
    """Where its conclusion and the meeting of that are."""
    due_place: Place | None = None


def ending_without_reference(text: str) -> DraftEnding | None:
    """Return what a text ends without saying of which conclusion it is, or None."""
    match = _ENDING_ONE.search(text)
    words = match[0].rstrip() if match else ""
    return (
        DraftEnding("", words, place=(match.start(), match.start() + len(words))) if match else None
    )


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
            after = _after(text, match)
            kind = _MEETING.search(after)
            if kind is None:
                own = [number for number in _numbers(match) if number in self._own]
                if not _OF.match(after):
                    found += [CitedConclusion(number, match[0], match.span()) for number in own]
                continue
            other = self._meeting_in(after)
            if other is None:
                continue
            words = text[match.start() : match.end() + kind.end()]
            place = match.start(), self._end_of(text, match)
            found += [
                CitedConclusion(f"{other.id}/{number}", words, place)
                for number in _numbers(match)
                if other.conclusions is None
                or self._register.conclusion(Reference(other.id, number))
            ]
        return found

    def moved_in(self, text: str) -> list[MovedDeadline]:
        """Return the mandates whose deadline a text moves: those of the first that it cites so.

        Of a conclusion it is the only one, or the only one with a deadline; empty where the record
        has none or several. A conclusion without its meeting is one of the last meeting of the
        body.
        """
        for match in _CONCLUSION.finditer(text):
            before = text[max(0, match.start() - _NEAR) : match.start()]
            moving = _MOVING.search(before)
            if moving and _NEXT_ACT.search(moving["far"] or ""):
                moving = None
            moving = moving or _MOVED.match(text[match.end() : match.end() + _NEAR])
            if moving is None:
                continue
            other = self._meeting_after(text, match)
            item = _ITEM_OF.search(before)
            words = f"{item[0]}{match[0]}" if item else match[0]
            place = match.end() - len(words), self._end_of(text, match)
            return [
                MovedDeadline(
                    self._mandate_in(other, number) if other else "",
                    words,
                    moving["whom"],
                    place,
                )
                for number in _numbers(match, item)
            ]
        granted = _GRANTING.search(text)
        return [MovedDeadline("", granted[0].strip())] if granted else []

    def ended_in(self, text: str) -> list[DraftEnding]:
        """Return the conclusions whose mandates a text ends."""
        found: list[DraftEnding] = []
        for match in _CONCLUSION.finditer(text):
            before = text[max(0, match.start() - _NEAR) : match.start()]
            after = text[match.end() : match.end() + _NEAR]
            ending = _ENDING.search(before)
            if ending and _NEXT_ACT.search(ending["far"] or ""):
                ending = None
            if not (ending or _ENDED.match(after)):
                continue
            other = self._meeting_after(text, match)
            item = _ITEM_OF.search(before)
            words = f"{item[0]}{match[0]}" if item else match[0]
            place = match.end() - len(words), self._end_of(text, match)
            replaces = _REPLACING.search(after) is not None
            for number in _numbers(match, item):
                known = other and self._register.conclusion(Reference(other.id, number))
                reference = f"{other.id}/{number}" if other and known and known.mandates else ""
                found.append(DraftEnding(reference, words, replaces, place))
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
        after = _after(text, match)
        is_named = _MEETING.search(after) is not None
        return self._meeting_in(after) if is_named else self._candidates_of("").last

    def _end_of(self, text: str, match: re.Match[str]) -> int:
        """Return where a reference ends: behind its meeting and the name of that one's body."""
        after = _after(text, match)
        kind = _MEETING.search(after)
        if kind is None:
            return match.end()
        end = kind.end()
        words = words_of(after, "es")
        for at, word in enumerate(words):
            found = self._names.at(words, at) if end <= word.start <= end + _MAX_OF_BODY else None
            end = words[found[0] - 1].end if found else end
        return match.end() + end

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
