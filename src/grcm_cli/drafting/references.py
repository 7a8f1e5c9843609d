"""What a text does with conclusions of older meetings: it follows them up, moves or ends them.

*In follow-up to conclusion 5 of the Seventh Meeting*, *extend the deadline of conclusion 3*. What
it does so itself is no duty of anybody.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from grcm_cli.domain.model import Each, Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.drafting.dates.meetings import ordinals_in, title_ordinals
from grcm_cli.drafting.parties import PartyNames
from grcm_cli.drafting.passage import Excerpt, Place
from grcm_cli.drafting.reading import ConclusionReader, DraftMandate, Reading
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
_NEAR = 520  # characters before and behind a conclusion: more than those patterns have
_MEETING = whole_words("meeting.kinds")
_PREVIOUS = whole_words("meeting.previous")
_REFERENCE_END = re.compile(rf";|,\s+(?!{all_phrases('references.continuations')}\b)")
_OF = re.compile(rf"\s+{all_phrases('text.of')}\s")
_MONTH = re.compile(
    rf"\b(?P<month>{'|'.join(MONTHS)})\b(?:\s+del?)?\s+(?P<year>(?:19|20)[0-9]{{2}})"
)


_MAX_OF_BODY = 12  # characters between a meeting and its body: *de la*


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


OlderKind = Literal["follows", "extends", "closes", "supersedes"]


class OlderReference(NamedTuple):
    """One older mandate or conclusion, and what a text does with it: the key of the file."""

    kind: OlderKind
    reference: str
    """Empty where the record has none, or several that may be meant."""
    words: str
    place: Place | None = None
    """Where its conclusion and the meeting of that are."""
    due: str = ""
    """The new deadline; empty where it was not understood."""
    due_place: Place | None = None
    parties: Sequence[str] = ()
    """Those for whom alone its deadline moves."""


def ending_without_reference(text: str) -> OlderReference | None:
    """Return what a text ends without saying of which conclusion it is, or None."""
    match = _ENDING_ONE.search(text)
    if match is None:
        return None
    words = match[0].rstrip()
    return OlderReference("closes", "", words, (match.start(), match.start() + len(words)))


class _CitedOlder(NamedTuple):
    """A conclusion with which a text does something."""

    act: re.Match[str]
    """The words that say what."""
    meeting: Meeting | None
    numbers: Sequence[str]
    """Its number, or those of several."""
    words: Excerpt
    after: str
    """What is behind it."""


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

    def cited_in(self, text: str) -> list[OlderReference]:
        """Return the conclusions that a text follows up."""
        cited: list[OlderReference] = []
        for match in _CONCLUSION.finditer(text):
            if not _CUE.search(text[max(0, match.start() - 100) : match.start()]):
                continue
            after = _after(text, match)
            kind = _MEETING.search(after)
            if kind is None:
                own = [number for number in _numbers(match) if number in self._own]
                if not _OF.match(after):
                    cited += [OlderReference("follows", n, match[0], match.span()) for n in own]
                continue
            other = self._candidates_of(after).meant_by(after)
            if other is None:
                continue
            words = text[match.start() : match.end() + kind.end()]
            place = match.start(), self._end_of(text, match)
            cited += [
                OlderReference("follows", f"{other.id}/{number}", words, place)
                for number in _numbers(match)
                if other.conclusions is None
                or self._register.conclusion(Reference(other.id, number))
            ]
        return cited

    def moved_in(self, text: str) -> list[tuple[OlderReference, str]]:
        """Return the mandates whose deadline a text moves: those of the first that it cites so.

        With the words between the verb and the deadline, which may name parties. Of a conclusion it
        is the only mandate, or the only one with a deadline. A conclusion without its meeting is
        one of the last meeting of the body.
        """
        for one in self._acted_on(text, _MOVING, _MOVED):
            meeting = one.meeting
            references = [self._mandate_in(meeting, n) if meeting else "" for n in one.numbers]
            return [(OlderReference("extends", r, *one.words), one.act["whom"]) for r in references]
        granted = _GRANTING.search(text)
        return [(OlderReference("extends", "", granted[0].strip()), "")] if granted else []

    def ended_in(self, text: str) -> list[OlderReference]:
        """Return the conclusions whose mandates a text ends."""
        ended: list[OlderReference] = []
        for one in self._acted_on(text, _ENDING, _ENDED):
            kind: OlderKind = "supersedes" if _REPLACING.search(one.after) else "closes"
            for number in one.numbers:
                reference = Reference(one.meeting.id, number) if one.meeting else None
                known = self._register.conclusion(reference) if reference else None
                written = str(reference) if known and known.mandates else ""
                ended.append(OlderReference(kind, written, *one.words))
        return ended

    def _acted_on(
        self, text: str, before_it: re.Pattern[str], behind_it: re.Pattern[str]
    ) -> Iterator[_CitedOlder]:
        """Yield the conclusions that have words of a kind before or behind them."""
        for match in _CONCLUSION.finditer(text):
            before = text[max(0, match.start() - _NEAR) : match.start()]
            after = text[match.end() : match.end() + _NEAR]
            act = before_it.search(before)
            if act is None or _NEXT_ACT.search(act["far"] or ""):
                act = behind_it.match(after)
            if act is None:
                continue
            item = _ITEM_OF.search(before)
            words = f"{item[0]}{match[0]}" if item else match[0]
            excerpt = Excerpt(words, (match.end() - len(words), self._end_of(text, match)))
            named = _after(text, match)
            candidates = self._candidates_of(named if _MEETING.search(named) else "")
            meeting = candidates.meant_by(named) if _MEETING.search(named) else candidates.last
            yield _CitedOlder(act, meeting, _numbers(match, item), excerpt, after)

    def binds_each(self, reference: str) -> bool:
        """Tell whether a mandate is owed by each of several parties."""
        meeting, _slash, rest = reference.partition("/")
        number, _hash, ordinal = rest.partition("#")
        found = self._register.conclusion(Reference(meeting, number)) if reference else None
        place = int(ordinal or 1) - 1
        mandates = found.mandates if found else ()
        return place < len(mandates) and isinstance(mandates[place].responsible, Each)

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
        match = _MONTH.search(fold_words(text))
        month = (int(match["year"]), MONTHS[match["month"]]) if match else None
        by_month = self._by_month.get(month, []) if month else []
        if len(by_month) == 1:
            return by_month[0]
        if _PREVIOUS.search(text) and not numbers:
            return self.last
        if len(self._meetings) == 1 and not month and not title_ordinals(self._meetings[0]):
            return self._meetings[0]
        return None


# --- what a text does with older mandates ---------------------------------------------------------

_OWN_ACT = re.compile(
    rf"\b(?:{all_phrases('references.moving')}|{all_phrases('references.ending')})\b", re.IGNORECASE
)
"""The beginning of an action that only says what the text does with an older mandate."""
_MOVING_CLAUSE = re.compile(
    rf"{all_phrases('references.moving')}\b[^.;]{{0,80}}?\b{all_phrases('references.deadlines')}\b",
    re.IGNORECASE,
)
"""The beginning of a clause that moves a deadline."""
_ENDED_WORDS = re.compile(rf"\b{all_phrases('references.ended')}", re.IGNORECASE)
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
        if (
            ending is None
            and not _MOVING_CLAUSE.match(duty.action)
            and cites_conclusion(duty.action)
        ):
            ending = OlderReference("closes", "", *_first_words(text, duty))
    moving = [clause for _act, clause in reading.clauses if _MOVING_CLAUSE.match(clause)]
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
        if not (due and due.due in new) and not (ends and _ENDED_WORDS.search(words.words)):
            unbound.append(words)
    return reading._replace(acts=acts, clauses=clauses, duties=duties, unbound=unbound)


def _is_own_act(duty: DraftMandate) -> bool:
    return duty.who.mode == "nobody" and _OWN_ACT.match(duty.action) is not None
