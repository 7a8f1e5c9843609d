"""What a text does with conclusions of older meetings: it follows them up, moves or ends them.

*In follow-up to conclusion 5 of the Seventh Meeting*, *extend the deadline of conclusion 3*. What
it does so itself is no duty of anybody.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from grcm_cli.domain.model import Each, Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.layout.outline import OutlineItem
from grcm_cli.drafting.mandate import DraftMandate, Reading
from grcm_cli.drafting.ordinals import ordinals_in, title_ordinals
from grcm_cli.drafting.passage import Excerpt, Passage, Place
from grcm_cli.drafting.reading import ConclusionReader
from grcm_cli.language.days import MONTHS
from grcm_cli.language.lexicon import phrase_regex, whole_words
from grcm_cli.language.text import fold_words, in_small_letters

_CUE = phrase_regex(r"<references.cues>\b[^.;]{0,70}$")
_NUMBER = r"(?:[0-9]+(?:[./-][0-9A-Za-z]+)*(?:\([a-z]{1,3}\))?|[IVXL]+(?![a-z]))(?![A-Za-z])"
_SEVERAL = rf"{_NUMBER}(?:,\s+{_NUMBER}){{0,20}},?\s+(?:y|e|and)\s+{_NUMBER}"
_SIGN = r"\b(?:nos?\.|n\.?\s?[º°]s?|n[uú]ms?\.|numbers?|números?)\s*"
_CONCLUSION = phrase_regex(
    rf"\b(?:(?:<layout.conclusion_names|references.cited>e?s\s+|{_SIGN})(?P<several>{_SEVERAL})"
    rf"|(?:<layout.conclusion_names|references.cited>\s+(?:n(?:\.|o\.?)?\s*)?(?:{_SIGN})?|{_SIGN}"
    rf"|(?P<meeting>[A-Z][A-Z0-9-]{{0,40}}-[0-9]{{4}}-[0-9]{{2}})/)(?P<number>{_NUMBER}))"
)
"""One conclusion, or several: *las conclusiones 12 y 13*; or only its number: *No. 12 of 2024*;
or as the record writes it: *GRCM-2002-10/12*."""
_EACH_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
_BARE = re.compile(_SIGN, re.IGNORECASE)
_MOVES = (
    r"\b(?:<references.moving>\b[^.;]{0,120}?\b<references.deadlines>"
    r"|<references.granting|dates.given>\b[^.;]{0,60}?\b<references.extensions>)\b"
)
_CONTAINED = r"[^.;]{0,240}?\b<references.contained>\s+(?:(?:el|las?|los|the)\s+)?$"
"""Other words that lead to the conclusion: *, relativo al glosario, contenido en la*."""
_MOVING = phrase_regex(rf"{_MOVES}(?:[^.;]{{0,120}}$|(?P<far>{_CONTAINED}))")
"""Before the conclusion whose deadline moves: *extend to 1 May the deadline of decision 4*."""
_MOVED = phrase_regex(
    rf"(?:(?!,\s+(?:the|el|la|los|las)\b)[^.;]){{0,120}}?\b<references.is_prolonged>\b"
    rf"|[^.;]{{0,120}}?{_MOVES}"
)
"""Behind it: *with regard to decision 4, to grant Kenya an extension*, *decision 4 is extended*."""
_MOVING_VERB = phrase_regex(r"\b<references.moving|references.is_prolonged>\b")
_SENTENCE_END = re.compile(r"[.;](?:\s|$)")
_GRANTING = phrase_regex(
    r"\b<references.granting>\b[^.;]{0,120}?\b<references.extensions>\b[^.;]{0,60}"
)
_ITS = r"(?:(?:the|a|el|la|los|las|al?|del?|of)\s+){0,2}"
_A_MANDATE = rf"\b<references.dropping>\s+{_ITS}<references.mandates>\b"
_ENDING = phrase_regex(
    rf"\b<references.ending>\b[^.;]{{0,45}}$"
    rf"|\b<references.ending|references.superseding>\b(?P<far>{_CONTAINED})"
    rf"|\b<references.dropping|references.superseding>\s+{_ITS}$|{_A_MANDATE}[^.;]{{0,60}}$"
)
"""Before the conclusion that ends: *dejar sin efecto la conclusión 12*, *closes No. 12*."""
_NEXT_ACT = phrase_regex(r"\b<references.next_acts>\b")
_ENDING_ONE = phrase_regex(
    r"\b<references.ending>\s+(?:[^\s.;]+\s+){0,4}?<references.mandates>\b[^.,;]{0,80}"
    rf"|{_A_MANDATE}[^.,;]{{0,80}}|\b<references.mandates>\b[^.,;]{{0,60}}?\b<references.ended>\b"
    r"|\b<references.ended_again>\b",
    0,
)
"""Without its conclusion: *dar por concluido el mandato relativo al glosario*, *closed it*."""
_ENDED = phrase_regex(
    r"(?:(?!,\s+(?:the|el|la|los|las)\b)[^.;]){0,80}?\b<references.ended>\b"
    r"|[^.;]{0,240}?\b<references.ended_again>\b|(?:\s+of\s[^,.;]{1,40}?)?(?<!\bbe)\s+<references.settled>(?=[.;,]| and |$)"
)
"""Behind it: *decision 12 shall cease to have effect*, *decision 12 … and closed it*."""
_UNDECIDED = phrase_regex(
    r"(?<!\w)<references.undecided>\b(?:(?! <text.conjunctions> )[^,.;]){0,90}$"
)
"""Before the end of a mandate that is not decided: *to reject the request to close No. 12*."""
_ACCEPTED = phrase_regex(r"(?<!\w)<references.accepting>(?: \w+){0,2} $")
_IS_ENDED = phrase_regex(r"\b<references.ended|references.ended_again>\b")
_REPLACING = phrase_regex(r"\b<references.replacing>\b")
_SUPERSEDING = phrase_regex(r"\b<references.superseding>\b")
_ITEM_OF = phrase_regex(
    r"\b<references.items>\s+(?P<item>[a-z]|[0-9]+)\)?\s+(?:del?|of)(?:\s+(?:la|el|the))?\s+$"
)
_NEAR = 520  # characters before and behind a conclusion: more than those patterns have
_MEETING = whole_words("meeting.kinds")
_PREVIOUS = whole_words("meeting.previous")
_REFERENCE_END = phrase_regex(r";|,\s+(?!<references.continuations>\b)", 0)
_OF = phrase_regex(r"\s+<text.of>\s", 0)
_MONTH = re.compile(
    rf"\b(?P<month>{'|'.join(MONTHS)})\b(?:\s+del?)?\s+(?P<year>(?:19|20)[0-9]{{2}})"
)
_OWN_ACT = phrase_regex(
    r"\b(?:se\s+)?(?:(?:<references.moving>|<references.ending>)\b|<references.dropping>\s+"
    rf"{_ITS}(?:<references.mandates|layout.conclusion_names>\b|{_SIGN}))"
)
"""The beginning of an action that only says what the text does with an older mandate."""
_MOVING_CLAUSE = phrase_regex(r"<references.moving>\b[^.;]{0,80}?\b<references.deadlines>\b")
"""The beginning of a clause that moves a deadline."""
_PROLONGING = phrase_regex(
    r"\b<references.prolonging>\b[^.;]{0,80}?\b<references.prolonged>\b"
    r"|\b<references.prolonged>\b[^.;]{0,240}?\b<references.is_prolonged>\b"
)
"""Of a mandate that is not cited: *extends by a year the mandate*, *the mandate is prolonged*."""
_OF_YEAR = re.compile(
    r"\s*(?:(?:del?|of)\s+(?:the\s+|la\s+|año\s+)?|\()(?P<year>(?:19|20)[0-9]{2})\b"
)
_UNTIL = re.compile(r"\b(?:hasta|until|to)\b", re.IGNORECASE)
_MAX_ENDS = 12  # words like *until* that are looked at
_MAX_END = 80  # characters of a new deadline
_MAX_OF_BODY = 12  # characters between a meeting and its body: *de la*
_Finder = Callable[[str], re.Match[str] | None]
OlderKind = Literal["follows", "extends", "closes", "supersedes"]
OLDER_KINDS: Sequence[OlderKind] = ("follows", "extends", "closes", "supersedes")


class OlderReference(NamedTuple):
    """One older mandate or conclusion, and what a text does with it: the key of the file."""

    kind: OlderKind
    reference: str  # empty where the record has none, or several that may be meant
    words: str
    place: Place | None = None  # where its conclusion and the meeting of that are
    due: str = ""  # the new deadline; empty where it was not understood
    due_place: Place | None = None
    parties: Sequence[str] = ()  # those for whom alone its deadline moves

    @property
    def is_identified(self) -> bool:
        """Whether the record has it, and the new deadline is understood where it moves."""
        return bool(self.reference and (self.due or self.kind != "extends"))


class CitationReader:
    """Finds the conclusions that the texts of one document follow up, move or end.

    `held` is the meeting of the document, as far as known, and `items` are its conclusions.
    """

    def __init__(
        self,
        reader: ConclusionReader,
        register: Register,
        held: Meeting | None,
        items: Sequence[OutlineItem],
    ) -> None:
        self._reader, self._register = reader, register
        self._numbers = {item.number for item in items}
        self._body = held.body.text if held and held.body else ""
        self._earlier: dict[str, list[tuple[Meeting, set[int]]]] = {}
        """Those of each body, the latest last, with the ordinals in their titles."""
        for meeting in sorted(register.meetings, key=lambda meeting: str(meeting.start)):
            is_past = meeting.start and not (held and held.start and meeting.start >= held.start)
            if meeting.body and is_past:
                known = self._earlier.setdefault(meeting.body.text, [])
                known.append((meeting, title_ordinals(meeting)))

    def older_in(self, text: str, reading: Reading) -> tuple[list[OlderReference], Reading]:
        """Return what a text does with older conclusions, and its reading without those acts.

        A deadline moves of the first conclusion that it cites so, and of its only mandate, or the
        only one with a deadline. What was not found has no reference.
        """
        cited = list(_CONCLUSION.finditer(text))
        follows = [reference for match in cited for reference in self._followed(text, match)]
        moved = next(filter(None, (list(self._moved(text, match)) for match in cited)), [])
        granted = None if moved else _GRANTING.search(text)
        if granted:
            moved = [self._extended(text, "", Excerpt(granted[0].strip()))]
        older = [*moved, *(reference for match in cited for reference in self._ended(text, match))]
        older = older or list(self._without_reference(text, reading))
        return [*follows, *older], self._without_own_acts(reading, older)

    # --- conclusions that are cited ---------------------------------------------------------------

    def _followed(self, text: str, match: re.Match[str]) -> Iterator[OlderReference]:
        before = text[max(0, match.start() - 100) : match.start()]
        if _BARE.match(match[0]) or not _CUE.search(before):
            return
        after = _after(text, match)
        kind = _MEETING.search(after)
        meeting = self._meeting_of(text, match) if kind or match["meeting"] else None
        end = match.end() + (kind.end() if kind else 0)
        place = match.start(), self._end_of(text, match)
        for number in _numbers(match):
            if meeting and (
                meeting.conclusions is None
                or self._register.conclusion(Reference(meeting.id, number))
            ):
                words = text[match.start() : end]
                yield OlderReference("follows", f"{meeting.id}/{number}", words, place)
            elif (
                not (kind or match["meeting"]) and number in self._numbers and not _OF.match(after)
            ):
                yield OlderReference("follows", number, match[0], match.span())

    def _moved(self, text: str, match: re.Match[str]) -> Iterator[OlderReference]:
        """Yield the mandates that move: of each conclusion the only one that may be meant, if any."""
        if _act_on(text, match, _MOVING.search, _MOVED.match) is None:
            return
        who = self._whose(text, match)
        meeting = self._meeting_of(text, match)
        for number in _numbers(match, text):
            known = self._register.conclusion(Reference(meeting.id, number)) if meeting else None
            mandates = [mandate for mandate in known.mandates if not mandate.void] if known else []
            dated = [mandate for mandate in mandates if mandate.due]
            meant = mandates if len(mandates) == 1 else dated
            reference, parties = "", list[str]()
            if meeting and len(meant) == 1 and not (who and (who.exceptions or not who.sure)):
                ordinal = f"#{meant[0].ordinal}" if meant[0].of_several else ""
                reference = f"{meeting.id}/{number}{ordinal}"
                parties = [*who.codes] if who and isinstance(meant[0].responsible, Each) else []
            moved = self._extended(text, reference, self._words_of(text, match))
            yield moved._replace(parties=parties)

    def _whose(self, text: str, match: re.Match[str]) -> DraftResponsible | None:
        """Return for whom the deadline of a conclusion moves, as its sentence names them."""
        end = _SENTENCE_END.search(text, match.end())
        sentence = text[_sentence_start(text, match) : end.start() if end else len(text)]
        verb, known = _MOVING_VERB.search(sentence), self._reader.names.parties
        at = verb.start() if verb else 0
        for who in filter(None, map(self._reader.who_in, (sentence[at:], sentence[:at]))):
            # "of TWG14 for Fiji"
            codes = [code for code in who.codes if known[code].kind != "body"]
            if codes or not who.codes:
                return who._replace(codes=codes)
        return None

    def _ended(self, text: str, match: re.Match[str]) -> Iterator[OlderReference]:
        act = _act_on(text, match, _ENDING.search, _ENDED.match)
        if act is None:
            return
        meeting = self._meeting_of(text, match)
        is_replaced = _REPLACING.search(text[match.end() : match.end() + _NEAR])
        is_replaced = is_replaced or _SUPERSEDING.match(act[0])
        start = _sentence_start(text, match)
        undecided = _UNDECIDED.search(text, start, match.start())
        is_open = undecided and not _ACCEPTED.search(text[start : undecided.start()])
        for number in _numbers(match, text):
            reference = Reference(meeting.id, number) if meeting else None
            known = self._register.conclusion(reference) if reference else None
            written = str(reference) if known and known.mandates else ""
            kind: OlderKind = "follows" if is_open else "supersedes" if is_replaced else "closes"
            yield OlderReference(kind, written, *self._words_of(text, match))

    def _words_of(self, text: str, match: re.Match[str]) -> Excerpt:
        """Return a conclusion's words, with the item of it before; the place has its meeting too."""
        item = _ITEM_OF.search(text[max(0, match.start() - _NEAR) : match.start()])
        words = f"{item[0] if item else ''}{match[0]}"
        return Excerpt(words, (match.end() - len(words), self._end_of(text, match)))

    def _end_of(self, text: str, match: re.Match[str]) -> int:
        """Return where a reference ends: behind its meeting and the name of that one's body."""
        after = _after(text, match)
        kind = _MEETING.search(after)
        end = kind.end() if kind else 0
        for start, close, _code in self._bodies_in(after) if kind else ():
            if end <= start <= end + _MAX_OF_BODY:
                end = close
        return match.end() + end

    def _bodies_in(self, text: str) -> Sequence[tuple[int, int, str]]:
        return Passage(text, "es", self._reader.names, 0).bodies.named

    def _meeting_of(self, text: str, match: re.Match[str]) -> Meeting | None:
        """Return the meeting that a citation names: by its id, or in the words behind it."""
        if identity := match["meeting"]:
            return self._register.calendar.by_id.get(identity.upper())
        return self._meeting_in(_after(text, match))

    def _meeting_in(self, text: str) -> Meeting | None:
        """Return the one earlier meeting that a text means; the last one where it names none."""
        is_named = _MEETING.search(text) is not None
        bodies = list(dict.fromkeys(code for _start, _end, code in self._bodies_in(text)))
        bodies = bodies if bodies and is_named else [self._body]
        earlier = [known for body in bodies for known in self._earlier.get(body, ())]
        last = max(earlier, key=lambda known: str(known[0].start))[0] if earlier else None
        numbers, month = ordinals_in(text), _MONTH.search(fold_words(text))
        if year := _OF_YEAR.match(text):
            of_year = [known for known, _ in earlier if str(known.start).startswith(year["year"])]
            return of_year[0] if len(of_year) == 1 else None
        if not is_named:
            return last
        numbered = [meeting for meeting, ordinals in earlier if ordinals & numbers]
        if len(numbered) == 1:
            return numbered[0]
        if month:
            written = f"{month['year']}-{MONTHS[month['month']]:02}-"
            of_month = [known for known, _ in earlier if str(known.start).startswith(written)]
            if len(of_month) == 1:
                return of_month[0]
        is_only = len(earlier) == 1 and not earlier[0][1] and not month
        return last if is_only or (_PREVIOUS.search(text) and not numbers) else None

    # --- what a text does without citing one ------------------------------------------------------

    def _without_reference(self, text: str, reading: Reading) -> Iterator[OlderReference]:
        for act, clause in reading.clauses or [("deciding", text)]:
            moved = None if act == "directive" else _PROLONGING.search(clause)
            if moved or _MOVING_CLAUSE.match(clause):
                words = clause[moved.start() :].rstrip(" .") if moved else clause
                yield self._extended(text, "", Excerpt(words))
        for duty in filter(_is_own_act, reading.duties):
            if _CONCLUSION.search(duty.action) and not _MOVING_CLAUSE.match(duty.action):
                start = max(0, duty.verb.place[0]) if duty.verb.place else 0
                words = text[start : start + _MAX_END]
                words = words if start + _MAX_END >= len(text) else words.rpartition(" ")[0]
                yield OlderReference("closes", "", words, (start, start + len(words)))
                return
        if match := _ENDING_ONE.search(in_small_letters(text)):
            words = text[slice(*match.span())].rstrip()
            yield OlderReference("closes", "", words, (match.start(), match.start() + len(words)))

    def _extended(self, text: str, reference: str, words: Excerpt) -> OlderReference:
        """Return a mandate with the new deadline in a text; a span without its first day is none.

        A last day behind *until* is that of a state elsewhere: *valid until 1 May*.
        """
        until = list(_UNTIL.finditer(text))[:_MAX_ENDS]
        starts = [*(match.start() for match in until), *(match.end() + 1 for match in until)]
        for at, end in ((0, len(text)), *((at, at + _MAX_END) for at in starts)):
            due = self._reader.due_in(text[at:end])
            if due and not due.due.startswith("within"):
                place = at + due.start, at + due.end
                return OlderReference("extends", reference, *words, due.due, place)
            if due:
                break
        return OlderReference("extends", reference, *words)

    def _without_own_acts(self, reading: Reading, older: Sequence[OlderReference]) -> Reading:
        """Return a reading without mandates that only say what the text does with an older one."""
        if not older:
            return reading
        given_time = {code for reference in older for code in reference.parties}
        duties = [
            duty
            for duty in reading.duties
            if not (_is_own_act(duty) or (duty.who.is_inferred and given_time & {*duty.who.codes}))
        ]
        clauses = reading.clauses or [("deciding", older[0].words)]
        if len(duties) < len(reading.duties):
            clauses = [
                ("deciding" if _OWN_ACT.search(clause) and act == "directive" else act, clause)
                for act, clause in clauses
            ]
        # The new deadline is that of the older mandate.
        dues = {reference.due for reference in older} - {""}
        ends = any(reference.kind != "extends" for reference in older)

        def is_done(words: str) -> bool:
            due = self._reader.due_in(words) if dues else None
            is_ended = ends and (_IS_ENDED.search(words) or _OWN_ACT.match(words))
            return bool(is_ended) or (due is not None and due.due in dues)

        unbound, untimed = (
            [excerpt for excerpt in excerpts if not is_done(excerpt.words)]
            for excerpts in (reading.unbound, reading.untimed)
        )
        acts = list(dict.fromkeys(act for act, _clause in clauses))
        changed = reading._replace(acts=acts, clauses=clauses, duties=duties)
        return changed._replace(unbound=unbound, untimed=untimed)


def _numbers(match: re.Match[str], text: str = "") -> list[str]:
    """Return the numbers of one match of `_CONCLUSION`, with the item of it before in a text."""
    numbers = [match["number"]] if match["number"] else _EACH_NUMBER.findall(match["several"])
    item = _ITEM_OF.search(text[max(0, match.start() - _NEAR) : match.start()])
    numbers = [number.replace("(", ".").rstrip(")") for number in numbers]  # "8(b)"
    return [f"{number}.{item['item'].lower()}" for number in numbers] if item else numbers


def _sentence_start(text: str, match: re.Match[str]) -> int:
    return max((end.end() for end in _SENTENCE_END.finditer(text, 0, match.start())), default=0)


def _after(text: str, match: re.Match[str]) -> str:
    """Return what stands behind a conclusion and may name its meeting."""
    return _REFERENCE_END.split(text[match.end() : match.end() + 160])[0]


def _act_on(
    text: str, match: re.Match[str], before: _Finder, behind: _Finder
) -> re.Match[str] | None:
    """Return the words before or behind a conclusion that say what is done with it, or None."""
    act = before(text[max(0, match.start() - _NEAR) : match.start()])
    if act is None or _NEXT_ACT.search(act["far"] or ""):
        return behind(text[match.end() : match.end() + _NEAR])
    return act


def _is_own_act(duty: DraftMandate) -> bool:
    # Who is asked and not in the register has words: "requests the TMB to grant an extension".
    is_named = duty.who.mode != "nobody" or bool(duty.who.words)
    return not is_named and _OWN_ACT.match(duty.action) is not None
