"""Reading a conclusion, clause by clause: its acts, and the mandates that it lays down."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from grcm_cli.domain.model import MandateKind
from grcm_cli.drafting.action import OPENS_CONDITION, action_of_so, action_phrase, words_in_front
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.drafting.clauses.acts import SentenceReader
from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.clauses.subjects import Subjects
from grcm_cli.drafting.deadlines import (
    SentenceTimes,
    counts_from_duty,
    find_deadline,
    is_called_deadline,
    is_of_something_else,
    is_promised,
    may_say_by_when,
    says_by_when,
    says_until,
    whole_time,
)
from grcm_cli.drafting.layout.tables import is_day
from grcm_cli.drafting.layout.text_line import is_binding, is_closing, is_sentence_end
from grcm_cli.drafting.mandate import JOINTS, DraftMandate, ReadClause, Reading, with_shared_objects
from grcm_cli.drafting.nouns_of_acts import infinitive_of_noun
from grcm_cli.drafting.ordinals import NumberedMeetings, ordinals_in
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.drafting.party_names import PartyNames
from grcm_cli.drafting.passage import IN_CHARGE, Excerpt, Passage
from grcm_cli.drafting.responsible import ResponsibleParties
from grcm_cli.drafting.split_actions import split_actions
from grcm_cli.drafting.tokens import place_at, skip, words_of
from grcm_cli.drafting.unread import unread_words
from grcm_cli.language.lexicon import all_words, phrase_regex
from grcm_cli.language.text import fold_words
from grcm_cli.language.verbs import ACTS, CONTINUING, HOLDING
from grcm_cli.times.alone import CELL_OPENINGS, due_of_cell
from grcm_cli.times.patterns import UNWRITTEN, Time, TimeContext

_HELPING = all_words("action.helping_verbs")
_CREATING = all_words("verbs.creating")
_PRONOUNS = all_words("action.pronouns")
_ENCLITIC = re.compile(r"[aei]r(?:se)?l[aeo]s?$")
_HAS_OBJECT = re.compile(rf" |{_ENCLITIC.pattern}")
_NOUNS_OF_HOLDING = all_words("action.holding")
_FINITE = ("present", "past", "future", "conditional", "subjunctive")
_LEADS = {"es": frozenset({"que", "a", ",", ":"}), "en": frozenset({"to", ",", ":"})}
"""What may stand between a stem and the verb of its item."""
_TITLES = re.sub("[aeiou]", r"\\w", "|".join(sorted(all_words("parties.titles"))))  # with accents
_AGENT = re.compile(
    r"\b(?:by|from|to|por parte del?|por|al?)\s+(?:(?:the|each|la|el|l[ao]s|cada)\s+)?"
    rf"(?:(?:{_TITLES})\s+(?:of|del?)\s+(?:(?:the|la|el|los|las)\s+)?)?$|:\s*$"
)
"""Before the name of whoever does what is said in the passive or asked for by a noun."""
_OF_OTHER_VERB = re.compile(r"\b(?:to(?! (?:the |[A-Z]|\w+[^su]s\b))|that|who|which|que|ser)\b")
_NEAR = 40  # characters before a deadline, or at the end of a stem: more than their words have
_FIRST_YEAR = 1_000  # above the numbers of sessions
_MAX_STEM = 1_200  # characters of a stem, its last ones, that are read with each of its items
_WORD = re.compile(r"[^\W\d_]{3}")
_ITEM_LETTER = re.compile(r"(?<!\w)\w{1,3}\)")
_MAX_UNBOUND = 8  # words from a verb or a name on
_MAX_SHOWN = 200  # characters from the place of a cut on
_CELL_LABEL = phrase_regex(r"<assignment.deadline_labels>\s*:\s+")
_CLOSING = re.compile(r"\s[-–—]\s([^-–—]{3,40})$|\(([^()]{4,40})\)\s*[.;]?\s*$")
_FOLLOWING = all_words("parties.following")
_LABEL = re.compile(r"(?:(?:\w+ )?(?:[IVXLC]+|[0-9]+|[A-Za-z])[.):]\s+)?")  # "Part C. "
_BEFORE_PARTNER = phrase_regex(
    r":(?= (?:que )?,?(?:(?:together|jointly|junto|conjuntamente|en conjunto) )?(?:with|con)\s)"
)
"""A colon before who acts with those whom a stem asks: *asks Kenya: a) with Fiji, to report*."""
_TO_AN_END = re.compile(r"\b(?:para|in order to)\b")


class ConclusionReader(NamedTuple):
    """Reads conclusions of one meeting: its parties, its last day, its body."""

    names: PartyNames
    language: str
    ended: date
    body: str
    meetings: NumberedMeetings
    ordinals: Set[int] = frozenset()  # the numbers of the meeting itself: 14 of *14th Session*

    def meeting(self, body: str, number: str) -> str | None:
        """Return the id of a body's later meeting that has an ordinal in its title, or of a year.

        Empty where it is the next or not known, UNWRITTEN where it is a later one, None where it is
        past or the words are no ordinal. Without a body, empty for the ordinal after its own.
        """
        numbers = {int(number)} if number.isdecimal() else ordinals_in(number)
        if not numbers:
            return None
        keys = ((body, number) for number in numbers)
        known = [self.meetings[key] for key in keys if key in self.meetings]
        if not known:
            is_next = any(ordinal - 1 in self.ordinals for ordinal in numbers)
            is_numbered = body == self.body and self.ordinals and max(numbers) < _FIRST_YEAR
            is_past = is_numbered and max(numbers) <= max(self.ordinals)
            later = UNWRITTEN if body and not is_past else None
            return "" if is_next or (body and not is_numbered) else later
        _place, meeting = min(known, key=itemgetter(0))
        is_later = meeting.start is not None and meeting.start > self.ended
        return meeting.id if is_later else None

    def read(self, text: str, stem: str = "", *, has_items: bool = False) -> Reading:
        """Return what a text does; an item is read as the end of its stem's last sentence."""
        near = stem[-_MAX_STEM:].partition(" ")[2] if len(stem) > _MAX_STEM else stem
        near = near[near.rfind(";") + 1 :].lstrip()  # reasons before "RESUELVE:" are no stem
        last = words_of(near[-_NEAR:-1], self.language)[-1:] if near.endswith(":") else ()
        acts = {ACTS[self.language].get(form.verb) for word in last for form in word.forms}
        if "directive" in acts:
            near = f"{near[:-1]} "  # "requests: Norway to report" is one sentence
        elif "deciding" in acts and (comma := near.rfind(",")) == near.rfind(" ") - 1:
            near = near[comma + 2 :]  # nor is what stands before a lone "RESUELVE:"
        joined = _BEFORE_PARTNER.sub(",", f"{near} {text}") if near else text
        begin = len(near) + 1 if near else 0
        reading = _ConclusionText(self, joined, begin, has_items=has_items).reading()
        if len(stem) <= _MAX_STEM:
            return reading
        cut = Excerpt(near[:_MAX_SHOWN], (-begin, min(_MAX_SHOWN, len(near)) - begin))
        return reading._replace(cut=[cut, *reading.cut])

    def who_in(self, words: str) -> DraftResponsible | None:
        """Return who is named in some words, without places in the text, or None."""
        return _ConclusionText(self, words).responsible.alone()

    def who_in_cell(self, cell: str) -> tuple[DraftResponsible | None, Sequence[str]]:
        """Return who is named in a cell of a table, or None, and the codes of who supports them."""
        text = _ConclusionText(self, cell)
        words = SentenceReader(text.passage, (0, len(text.words)), is_item=False, body=self.body)
        return text.responsible.in_cell(words)

    def is_name(self, words: str) -> bool:
        """Tell whether some words name parties or groups of them, and say nothing else."""
        passage = Passage(words, self.language, self.names, 0)
        return passage.are_names(0, len(passage.words))

    def due_in(self, cell: str) -> Time | None:
        """Return the deadline in a cell of a table, or None: a day alone is one there."""
        label = _CELL_LABEL.match(cell)  # "New date: 28 February 2027"
        if label and (time := self.due_in(cell[label.end() :])):
            return time._replace(start=time.start + label.end(), end=time.end + label.end())
        due = due_of_cell(cell)
        if due:
            return Time(due, 0, len(cell))
        for start in CELL_OPENINGS:
            text = _ConclusionText(self, start + cell)
            deadline = find_deadline(text.context(0, len(text.text), holds=True))
            if deadline:
                begin, end = max(0, deadline.start - len(start)), deadline.end - len(start)
                is_alone = not (is_day(cell[:begin]) or is_day(cell[end:]))
                return deadline._replace(start=begin, end=end, sure=deadline.sure and is_alone)
        return None

    def binds(self, line: str, *, dated: bool) -> bool:
        """Tell whether a line in no conclusion has a duty; where `dated`, also for a deadline."""
        reading = self.read(line)
        binds = any(duty.who.mode != "nobody" for duty in reading.duties)
        is_sentence = is_sentence_end(line) or is_binding(line) or line.endswith(":")
        if binds or ((reading.duties or reading.unbound) and is_sentence):
            return True  # no heading, which may begin like a request: `Use of charts`
        time = find_deadline(_ConclusionText(self, line).context(0, len(line))) if dated else None
        is_heading = time and "next" in time.due and _LABEL.fullmatch(line[: time.start])
        return time is not None and not (is_heading and time.end == len(line))


class _ConclusionText:
    """The text of one conclusion. `begin` is where an item's own text begins after its stem."""

    def __init__(
        self, reader: ConclusionReader, text: str, begin: int = 0, *, has_items: bool = False
    ) -> None:
        self.reader, self.text, self.begin, self.has_items = reader, text, begin, has_items
        self.passage = Passage(text, reader.language, reader.names, begin)
        self.words, self.plain = self.passage.words, self.passage.lower
        self.responsible = ResponsibleParties(self.passage, reader.ended)

    def reading(self) -> Reading:
        """Return the acts and mandates of all sentences that are the text's own."""
        spans = [
            span
            for span in self.passage.sentences
            if self.words[span[1] - 1].end > self.begin
            and not is_closing(self.passage.excerpt(*span).words)
        ]
        self.unbound, self.untimed = list[Excerpt](), list[Excerpt]()
        self.before: set[tuple[object, bool]] = set()
        self.defers = False
        read = [part for span in spans for part in self._read_sentence(*span)]
        cuts = [self.words[place].start for place in self.passage.later_parts]
        bound = (part for part in read if part.duties)  # those of one subject in a row
        runs = groupby(bound, lambda part: part.clause.responsible or part.close)
        shared = [self._with_shared(list(run)) for _, run in runs]
        return Reading(
            acts=list(dict.fromkeys(part.clause.act for part in read)),
            duties=[duty for duties, _ in shared for duty in duties],
            handed_over=self.responsible.handed_over[:1],
            clauses=[(part.clause.act, part.words.words) for part in read],
            forbidden=[part.words for part in read if part.clause.negated],
            unbound=self.unbound,
            untimed=self.untimed,
            shared=[*(words for _, times in shared for words in times), *self._behind_comma(read)],
            cut=[self._excerpt(at, at + _MAX_SHOWN) for at in cuts if at >= self.begin],
            defers=self.defers,
            is_fragment=not any(
                word.is_form(*_FINITE) for word in self.words if word.start >= self.begin
            ),
        )

    def _read_sentence(self, start: int, end: int) -> list[ReadClause]:
        """Return the clauses of a sentence, and keep what is open of it."""
        span, is_item = (start, end), self.begin > 0
        context = self.context(self.words[start].start, self.words[end - 1].end)
        self.times = SentenceTimes(context, self.begin)
        sentence = SentenceReader(self.passage, span, is_item=is_item, body=self.reader.body)
        clauses = sentence.clauses()
        read = []
        for place, clause in enumerate(clauses):
            close = clauses[place + 1].begin if place + 1 < len(clauses) else end
            others = sentence.next_latter(clause.place + 1), sentence.next_told(clause.place + 1)
            close = max(min([close, *filter(None, others)]), clause.place + 1)
            if self.words[close - 1].end <= self.begin:
                continue
            defers = clause.action is not None and self._is_stem(close)
            duties = [] if defers else [*self._mandates(sentence, clause, close, clauses[:place])]
            words = self.passage.excerpt(clause.begin, close)
            read.append(ReadClause(clause, words, duties, close, defers))
        unbound = self._unread(sentence, read)
        read.sort(key=lambda part: part.clause.begin)
        times = list(self._open_times(start, end, read))
        unbound = unbound or [words for words, has_duty in times if not has_duty][:1]
        defers = any(part.defers for part in read) or (bool(unbound) and self._is_stem(end))
        self.unbound += [] if defers else unbound
        self.untimed += [words for words, has_duty in times if has_duty]
        self.defers |= defers
        return with_shared_objects(read, self.words)

    def _with_shared(
        self, run: Sequence[ReadClause]
    ) -> tuple[list[DraftMandate], Sequence[Excerpt]]:
        """Return the duties of clauses with one subject, and a deadline that may hold for more.

        One at an edge, which one of several duties alone has: *Name an expert, and shall report,
        within 30 days*. Behind the last it is, not surely, that of the others in its clause, and of
        those that it goes on with: *Draft a plan and submit it*. Letters part the duties.
        """
        duties, first, last = [duty for part in run for duty in part.duties], run[0], run[-1]
        undated = "every", "ongoing"  # no day that they could share
        dated = [each for each in duties if each.due and not each.due.due.startswith(undated)]
        count, several = (len({duty.action for duty in some}) for some in (dated, duties))
        place = dated[0].when.place if count == 1 else None
        is_apart = any(_ITEM_LETTER.search(part.words.words) for part in run)
        begin = first.words.place[0] if first.words.place else 0
        untimed = [words.place[0] for words in self.untimed if words.place]
        is_apart |= any(begin <= at < (place or (0,))[0] for at in untimed)  # "in May and, by"
        if place is None or last.words.place is None or several == 1 or is_apart:
            return duties, ()
        duty = dated[0]
        verb = self.words[first.clause.action[0]].start - self.begin if first.clause.action else 0
        # "Name an expert by 5 May and inform the Board": it may be meant for both
        is_first = duty.action == duties[0].action and (len(run) == 1 or place[1] <= verb)
        is_last = duty.action == duties[-1].action and place[1] >= last.words.place[1] - 1
        opening = duty.action.split()[:4]
        has_pronoun = not _PRONOUNS.isdisjoint(map(fold_words, opening))
        goes_on = has_pronoun or _ENCLITIC.search(opening[0]) is not None
        if not (is_last and duty.due and (len(run) == 1 or goes_on)):
            return duties, [duty.when] if is_first or is_last else ()
        time = duty.due._replace(sure=False)
        shared = [each._replace(due=time, when=duty.when) for each in duties]
        return [each if each.due else other for each, other in zip(duties, shared, strict=True)], ()

    def _behind_comma(self, read: Sequence[ReadClause]) -> Iterator[Excerpt]:
        """Yield what may hold for another too: *asked Fiji to print, and Oslo to send, by May*."""
        for before, part in pairwise(part for part in read if part.duties):
            pair, due = (before.clause, part.clause), part.duties[-1].due
            is_same = len({clause.responsible for clause in pair}) == 1
            is_apart = len({clause.action[1] for clause in pair if clause.action}) > 1
            if due is None or is_same or is_apart or any(each.due for each in before.duties):
                continue
            closes = due.end >= self.words[part.close - 1].end - 1
            if closes and self.text[: due.start].rstrip().endswith(","):
                yield part.duties[-1].when

    def _unread(self, sentence: SentenceReader, read: list[ReadClause]) -> list[Excerpt]:
        """Return the words of a sentence that may lay down a duty and give no mandate."""
        starts = self._add_supposed(sentence, read)
        spans = [
            (part.clause.begin, part.close)
            for part in read
            if part.clause.act == "directive"
            and not (part.defers or part.clause.negated or part.duties)
        ]
        for start in starts:
            if not any(first <= start < last for first, last in spans):
                spans.append((start, min(start + _MAX_UNBOUND, sentence.end)))
        return [self.passage.excerpt(*span) for span in sorted(spans)]

    def _starts(self, sentence: SentenceReader, read: Sequence[ReadClause]) -> list[int]:
        """Return where the words begin that may lay down a duty besides what was read."""
        span = sentence.start, sentence.end

        def times() -> frozenset[int]:
            return frozenset(place_at(self.words, at, span) for at, _ in self.times.expressions)

        bound = [
            (part.clause.action[0], part.close)
            for part in read
            if part.duties and part.clause.action
        ]
        starts = unread_words(sentence, [part.clause for part in read], bound, times)
        new = {part.clause.place for part in read if part.clause.verb in _CREATING}
        item = place_at(self.words, self.begin, span)
        places = (max(item, at) if at in new or not read else at for at in starts)
        return [at for at in places if self.words[at].start >= self.begin]

    def _add_supposed(self, sentence: SentenceReader, read: list[ReadClause]) -> list[int]:
        """Add the duties that words of the net lay down by their verb; return the other words."""
        clauses, close, starts = [part.clause for part in read], 0, self._starts(sentence, read)
        begins = [*(clause.begin for clause in clauses), sentence.end]
        for start in starts:
            place = bisect_right(begins, start, hi=len(clauses))
            for clause in sentence.supposed(start, begins[place]) if start >= close else ():
                end = clause.action[1] if clause.action else clause.place
                duties = [*self._mandates(sentence, clause, end, clauses[:place])]
                if duties and all(_HAS_OBJECT.search(duty.action) for duty in duties):
                    words, close = self.passage.excerpt(clause.begin, end), end
                    read.append(ReadClause(clause, words, duties, end))
        return self._starts(sentence, read) if close else starts

    def _open_times(
        self, start: int, end: int, read: Sequence[ReadClause]
    ) -> Iterator[tuple[Excerpt, bool]]:
        """Yield the expressions of time that gave no deadline; true where their clause has a duty.

        Where it has one with a deadline, or none at all, only those that say by when, and not
        *immediately* alone.
        """
        first, last = max(self.begin, self.words[start].start), self.words[end - 1].end
        duties = [duty for part in read for duty in part.duties]
        dues = [duty.due for duty in duties if duty.due]
        if len(dues) == len(duties) and not may_say_by_when(self.plain, first, last):
            return
        context = self.context(first, last)
        for begin, close in self.times.expressions:
            is_end = says_until(self.plain, begin)
            known = [due for due in dues if due.start < close and begin < due.end]
            if known or (is_end and any(due.until for due in dues)):
                continue
            earlier = (part for part in read[::-1] if self.words[part.clause.begin].start <= begin)
            near = next(earlier, None)
            is_called = is_called_deadline(self.plain, begin, close)
            is_told = near is not None and near.clause.act in ("evaluative", "observing")
            is_to_come = False
            if near and is_told:
                by_when = says_by_when(self.plain, begin) and not self.times.is_past(begin)
                after_act = self.words[near.clause.place + 1 :]
                is_to_come = is_promised(after_act, begin, by_when=by_when)
            # "By 3 May, thank Kenya and ask Fiji to send it": before all that the sentence does
            opens = is_told and near and begin < self.words[near.clause.place].start
            opens = opens and any(duty.due is None for duty in duties)
            if near and (near.defers or (is_told and not (is_to_come or is_called or opens))):
                continue
            is_open = near is not None and any(
                duty.due is None or (is_end and duty.due.due.startswith(("every", "ongoing")))
                for duty in near.duties
            )
            is_clear = is_called or says_by_when(self.plain, begin)
            is_clear &= " " in self.text[begin:close]
            is_other = is_of_something_else(context, begin) and not is_called
            is_other &= not ((is_open or is_to_come) and is_clear)
            if (is_open or is_clear or opens) and not is_other:
                yield self._excerpt(begin, close), bool(opens or (near and near.duties))

    def _excerpt(self, start: int, end: int) -> Excerpt:
        """Return some characters of the text with their place."""
        words = self.text[start:end]
        return Excerpt(words, (start - self.begin, start + len(words) - self.begin))

    def context(self, start: int, end: int, *, holds: bool = False) -> TimeContext:
        """Return a stretch of the text, in which deadlines are looked for."""
        passage, reader = self.passage, self.reader
        known = reader.ended, reader.body, passage.bodies, reader.meeting
        return TimeContext(passage.plain, self.plain, start, end, *known, holds)

    def _is_stem(self, close: int) -> bool:
        """Tell whether the items below, and not this text, name what is to be done."""
        text = self.text.rstrip()
        is_stem = self.has_items and not text.endswith((".", ";"))  # "Requests the Secretary"
        return is_stem and self.words[close - 1].end >= len(text) - 2

    # --- mandates ----------------------------------------------------------------------------

    def _mandates(
        self, sentence: Subjects, clause: Clause, close: int, before: Sequence[Clause]
    ) -> Iterator[DraftMandate]:
        """Yield the mandates of a clause that ends before a place, one for each who is bound."""
        if clause.action is None:
            return
        begin, end = self._from_item((clause.action[0], min(clause.action[1], close)))
        language = self.reader.language
        begin = skip(self.words, _LEADS[language], begin, end)
        announced = [word.folded for word in self.words[begin : begin + 3]]  # "the following:"
        begin += 3 * (announced[2:] == [":"] and announced[1] in _FOLLOWING)
        if begin >= end:
            return
        who = self.responsible.of_clause(sentence, clause, (begin, end), before)
        if clause.inferred:
            who = [party._replace(sure=False, is_inferred=True) for party in who]
        asked = [at for at in (clause.responsible or ())[:1] if at > clause.place]
        since = before[-1].begin if clause.antecedent and before else clause.begin
        kind: MandateKind = "encouragement" if clause.urging else "request"
        helping = self.words[clause.place]
        helps = not _HELPING.isdisjoint([helping.folded, *(form.verb for form in helping.forms)])
        following = self.words[clause.place + 1 : clause.place + 2]
        helps = helps and any(word.text[0].isalpha() for word in following)  # "will send"
        verb = self.passage.excerpt(clause.place, min(clause.place + 1 + helps, close, *asked))
        parts = split_actions(self.passage, (begin, end))
        for number, part in enumerate(parts):
            is_last = number + 1 == len(parts)
            support = self.passage.support(since, close if is_last else part[1])
            since = part[1]
            # "Samoa assumes the Chair on 1 July and will report": the day is not of the report.
            is_joined = sentence.folded_before(clause.place) in sentence.lists["clause.and"]
            first = parts[number - 1][1] if number else clause.place if is_joined else clause.begin
            if clause.responsible and OPENS_CONDITION.match(self.plain, self.words[first].start):
                first = max(first, min(clause.responsible[0], part[0]))  # "If asked by May, Chile"
            due = self._deadline(first, part, close if is_last else part[1])
            due = due or self._closing_time(part)
            timed = due if due and due.due != "ongoing" and not due.kept else None
            cuts = [whole_time(self.plain, self.passage.bodies, timed)] if timed else []
            cuts += [*self.passage.support_cuts(part), *self._agent_cuts(clause, who)]
            note = next((each.note for each in who if each.note), "")
            action = action_of_so(self.passage, part, note) or action_phrase(
                self.passage, clause, part, cuts
            )
            if not _WORD.search(action):
                continue  # nothing is left to be done: the words are a point
            when = self._excerpt(due.start, due.end) if due else Excerpt("")
            after = clause.purpose and number == 0
            whom = who[0].mode, *who[0].codes
            # In a letter, and behind *if the stock falls*, days need not count from the meeting.
            near = words_in_front(self.passage, clause, self.words[part[0]].start)
            is_open = self.passage.names.signer is not None or bool(OPENS_CONDITION.search(near))
            is_open &= due is not None and due.due.startswith("within")
            is_later = bool(self.before - {(whom, False)})  # than others, or one with its own day
            if due and (is_open or counts_from_duty(due, when.words, action, is_later=is_later)):
                due = due._replace(sure=False)
            self.before.add((whom, due is not None))
            for each in who:
                yield DraftMandate(action, each, kind, verb, support, due, when, after)

    def _from_item(self, action: WordSpan) -> WordSpan:
        """Return what is to be done without the words of a stem that only announce it."""
        if not self.begin:
            return action
        first = place_at(self.words, self.begin, action)
        verb = skip(self.words, _LEADS[self.reader.language], first, action[1])
        announces = first > action[0] and self.words[first - 1].text == ":"
        span = verb, action[1]
        if announces and verb < action[1]:
            is_verb = self.words[verb].is_form("infinitive", "subjunctive")
            is_noun = infinitive_of_noun(self.words, span, self.reader.language)[0]
            return span if is_verb or is_noun else action
        return action

    def _deadline(self, begin: int, part: WordSpan, close: int) -> Time | None:
        verb = self.words[part[0]]
        verbs = {form.verb for form in verb.forms}
        nouns = {word.folded for word in self.words[part[0] : part[0] + 3]}
        holds = bool(verbs & HOLDING or nouns & _NOUNS_OF_HOLDING)
        known = self.times.of_events if holds else self.times.deadlines
        end = self.words[min(close, len(self.words)) - 1].end
        # "and approved by Kenya by May": the participle is the duty's, and of no thing
        is_done = verb.is_form("participle", "past") and not verb.is_form("infinitive", "present")
        at = verb.end if is_done else verb.start
        context = self.context(self.words[begin].start, end)._replace(verb=at)
        deadline = find_deadline(context, known)
        if deadline or not verbs & CONTINUING or _TO_AN_END.search(self.plain, verb.start, end):
            return deadline
        return Time("ongoing", verb.start, verb.end, sure=False)  # no word says how long

    def _closing_time(self, part: WordSpan) -> Time | None:
        """Return the time that ends an action point: *send it - 15 June 2027*, *(15 June 2027)*."""
        start, end = self.words[part[0]].start, self.words[part[1] - 1].end
        closing = _CLOSING.search(self.text, start, min(end + 2, len(self.text)))
        words = closing[closing.lastindex or 0] if closing else ""
        deadline = self.reader.due_in(words) if words else None
        if closing is None or deadline is None:
            return None
        first = closing.start(closing.lastindex or 0)
        if closing[1]:
            return deadline._replace(start=first, end=end)
        time = deadline._replace(start=deadline.start + first, end=deadline.end + first, sure=False)
        return time if is_day(words) and deadline.end == len(words) else None

    def _agent_cuts(self, clause: Clause, who: Sequence[DraftResponsible]) -> Iterator[WordSpan]:
        """Yield the stretch of text of an action that only says who does it: *by Kenya*."""
        is_agent = clause.passive or clause.responsible == clause.action
        behind = clause.responsible
        if behind and clause.action and clause.action[0] < behind[0] and not clause.passive:
            if self.words[behind[1]].folded not in JOINTS - {","}:
                of = self.words[behind[0] - 1].folded in ("de", "del")  # "el apoyo de la OIM"
                yield self.words[behind[0] - of].start, self.words[behind[1] - 1].end
            return
        for place in dict.fromkeys(place for each in who if (place := each.place)):
            start, end = (at + self.begin for at in place)
            verb = self.words[clause.action[0]].end if clause.action else start
            if not is_agent and start < verb:
                continue
            near = self.plain[max(0, start - _NEAR) : start]
            before = (None if is_agent else IN_CHARGE.search(near)) or _AGENT.search(near)
            if before and not _OF_OTHER_VERB.search(self.text, verb, start - len(before[0])):
                closes = before[0].startswith("(") and self.text[end : end + 1] == ")"
                yield start - len(before[0]), end + closes
