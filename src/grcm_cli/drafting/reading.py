"""A conclusion's text → its acts and the duties that it lays down."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from grcm_cli.domain.model import Meeting
from grcm_cli.drafting.dates.due import said_due
from grcm_cli.drafting.dates.said import Said, Scene
from grcm_cli.drafting.doing import action_of, parts_of, undone_action
from grcm_cli.drafting.duty import Duty, Who
from grcm_cli.drafting.english import heads as english
from grcm_cli.drafting.heads import Head, Sentence, Span
from grcm_cli.drafting.mentions import Names
from grcm_cli.drafting.passage import Passage
from grcm_cli.drafting.references import ordinals_in
from grcm_cli.drafting.spanish import heads as spanish
from grcm_cli.drafting.whom import Whom
from grcm_cli.drafting.words import sentences
from grcm_cli.language.acts import CONTINUING, HOLDING, Act


class Reading(NamedTuple):
    """What a conclusion does."""

    acts: Sequence[Act]
    duties: Sequence[Duty]
    heads: Sequence[tuple[Act, str]]
    """Each act with its clause, for whoever wants to see how it was read."""
    unknown: Sequence[str] = ()
    """Names of those who are asked that the register does not have."""
    forbidden: Sequence[str] = ()
    """The words that say what is not to be done."""
    unread: Sequence[str] = ()
    """Words that say by when, as a cell of a table does, and were not understood."""


class Reader:
    """Reads conclusions of one meeting: its parties, its last day, its body."""

    def __init__(
        self,
        names: Names,
        language: str,
        ended: date,
        body: str,
        meetings: Sequence[Meeting] = (),
    ) -> None:
        self.names, self.language, self.ended, self.body = names, language, ended, body
        self.meetings = meetings

    def meeting(self, body: str, numbers: set[int]) -> str | None:
        """Return the id of a body's later meeting that has one of these ordinals in its title.

        Empty where none of the record has it, and None where the one that has it is past.
        """
        for meeting in self.meetings:
            titles = " ".join(meeting.title.by_language.values()) if meeting.title else ""
            if meeting.body and meeting.body.text == body and numbers & ordinals_in(titles):
                is_later = meeting.start is not None and meeting.start > self.ended
                return meeting.id if is_later else None
        return ""

    def read(self, text: str, stem: str = "", *, has_items: bool = False) -> Reading:
        """Return what a text does; an item is read as the end of its stem's last sentence."""
        joined = f"{stem} {text}" if stem else text
        return _Text(self, joined, len(stem) + 1 if stem else 0, has_items=has_items).reading()

    def who_in(self, cell: str) -> Who | None:
        """Return who is named in a cell of a table, or None."""
        text = _Text(self, cell, 0, has_items=False)
        return text.everybody_named()

    def due_in(self, cell: str) -> Said | None:
        """Return the deadline in a cell of a table, or None: a day alone is one there."""
        for words in (
            cell,
            f"by {cell}",
            f"a más tardar el {cell}",
            f"at the {cell}",
            f"en la {cell}",
        ):
            text = _Text(self, words, 0, has_items=False)
            found = text.deadline_named()
            if found:
                return found
        return None


class _Text:
    def __init__(self, reader: Reader, text: str, begin: int, *, has_items: bool) -> None:
        self.reader, self.text, self.begin, self.has_items = reader, text, begin, has_items
        self.passage = Passage(text, reader.language, reader.names, begin)
        self.words, self.plain = self.passage.words, self.passage.plain
        self.whom = Whom(self.passage)

    def reading(self) -> Reading:
        acts: dict[Act, None] = {}
        duties: list[Duty] = []
        shown: list[tuple[Act, str]] = []
        forbidden: list[str] = []
        for start, end in sentences(self.words):
            if self.words[end - 1].end <= self.begin:
                continue
            sentence = self._sentence(start, end)
            found = self._heads(sentence)
            for place, head in enumerate(found):
                close = found[place + 1].begin if place + 1 < len(found) else end
                close = max(close, head.place + 1)
                if self.passage.ends(close) <= self.begin:
                    continue
                acts[head.act] = None
                shown.append((head.act, self.passage.said(head.begin, close)))
                if head.negated:
                    forbidden.append(self.passage.said(head.begin, close))
                if head.doing and not self._is_stem(close):
                    duties += self._duties(sentence, head, close, found[:place])
        return Reading(list(acts), duties, shown, self.whom.unknown, forbidden)

    def everybody_named(self) -> Who | None:
        """Return all who are named, as those who are bound."""
        named = self.passage.own
        return self.whom.as_bound(named)[0] if named else None

    def deadline_named(self) -> Said | None:
        """Return the deadline that the whole text sets, or None."""
        scene = Scene(
            self.reader.ended,
            self.reader.body,
            self.passage.body_after,
            self.passage.body_before,
            self.reader.meeting,
            holds=True,
        )
        return said_due(self.plain, 0, len(self.text), scene)

    def _sentence(self, start: int, end: int) -> Sentence:
        named = [m for m in self.passage.own if start <= m.start < end]
        return Sentence(self.text, self.words, named, start, end, self.begin > 0, self.reader.body)

    def _heads(self, sentence: Sentence) -> list[Head]:
        if self.reader.language == "es":
            return spanish.heads(sentence)
        return english.heads(sentence)

    def _is_stem(self, close: int) -> bool:
        """Tell whether what is to be done stands in the items below."""
        return (
            self.has_items
            and self.text.rstrip().endswith(":")
            and self.passage.ends(close) >= len(self.text.rstrip()) - 2
        )

    # --- duties ------------------------------------------------------------------------------

    def _duties(
        self, sentence: Sentence, head: Head, close: int, before: Sequence[Head]
    ) -> Iterator[Duty]:
        if head.doing is None:
            return
        doing = self._from_item((head.doing[0], min(head.doing[1], close)))
        while doing[0] < doing[1] and self.words[doing[0]].folded in _LEADS:
            doing = (doing[0] + 1, doing[1])
        if doing[0] >= doing[1]:
            return
        who = self.whom.bound(sentence, head, doing, before)
        since = before[-1].begin if head.antecedent and before else head.begin
        kind: Literal["request", "encouragement"] = "encouragement" if head.urging else "request"
        verb_words = self.passage.said(head.place, min(head.place + 2, close))
        parts = parts_of(self.text, self.words, doing, self.reader.language)
        for number, part in enumerate(parts):
            begin = head.begin if number == 0 else part[0]
            support = self.passage.support(since, part[1] if number + 1 < len(parts) else close)
            since = part[1]
            due = self._due(begin, part, close if number + 1 == len(parts) else part[1])
            action = self._so(who, part) or action_of(
                self.passage, head, part, self.reader.language, self._cuts(due)
            )
            for each in who:
                words = self.text[due.start : due.end] if due else ""
                yield Duty(
                    action,
                    each,
                    kind,
                    verb_words,
                    support,
                    due,
                    words,
                    head.purpose and number == 0,
                )

    def _so(self, who: Sequence[Who], part: Span) -> str:
        """Return what *do so* and *lo harán* stand for: what some have not done yet."""
        words = [word.folded for word in self.words[part[0] : part[0] + 2]]
        verb = self.words[part[0]]
        says_so = words[:2] == ["do", "so"] or any(
            form.verb == "hacer" and (form.enclitic == "lo" or self._is_it(part[0]))
            for form in verb.forms
        )
        undone = next((each.note for each in who if each.note), "") if says_so else ""
        return undone_action(undone, self.reader.language)

    def _is_it(self, place: int) -> bool:
        return place > 0 and self.words[place - 1].folded == "lo"

    def _from_item(self, doing: Span) -> Span:
        """Return what is to be done without the words of a stem that only announce it."""
        if not self.begin:
            return doing
        first = next((p for p in range(*doing) if self.words[p].start >= self.begin), doing[0])
        verb = first
        while verb < doing[1] and self.words[verb].folded in _LEADS:
            verb += 1
        announces = first > doing[0] and self.words[first - 1].text == ":"
        if announces and verb < doing[1] and self.words[verb].is_form("infinitive", "subjunctive"):
            return verb, doing[1]
        return doing

    def _due(self, begin: int, part: Span, close: int) -> Said | None:
        verb = self.words[part[0]]
        names = {form.verb for form in verb.forms}
        nouns = {w.folded for w in self.words[part[0] : part[0] + 3]}
        events = {
            "organizacion",
            "celebracion",
            "realizacion",
            "convocatoria",
            "convening",
            "organization",
            "holding",
        }
        scene = Scene(
            self.reader.ended,
            self.reader.body,
            self.passage.body_after,
            self.passage.body_before,
            self.reader.meeting,
            bool(names & HOLDING or nouns & events),
        )
        start = self.words[begin].start
        end = self.words[min(close, len(self.words)) - 1].end
        said = said_due(self.plain, start, end, scene)
        to_an_end = re.search(r"\b(?:para|in order to)\b", self.plain[verb.start : end])
        if said is None and names & CONTINUING and not to_an_end:
            return Said("ongoing", verb.start, verb.end)
        return said

    def _cuts(self, due: Said | None) -> list[Span]:
        """Return the stretch of text that an action leaves out: its deadline, whole."""
        if due is None or due.due == "ongoing":
            return []
        before = _PREPOSITION.search(self.plain[: due.start])
        start = before.start() if before else due.start
        body = _OF_BODY.match(self.plain, due.end)
        end = due.end
        if body and due.due.startswith(("next", "every")):
            inside = [m for m in self.passage.mentions if self.words[m.start].start == body.end()]
            end = self.words[inside[0].end - 1].end if inside else end
        return [(start, end)]


_PREPOSITION = re.compile(
    r"\b(?:en|a|para|at|to|in|for|by|on|before|antes de|durante|during)\s+(?:(?:la|el|the)\s+)?$",
    re.IGNORECASE,
)
_OF_BODY = re.compile(r"\s+(?:del?|of)\s+(?:(?:la|el|the)\s+)?", re.IGNORECASE)
_LEADS = frozenset({"to", "que", "a", ",", ":"})
"""What may stand between a stem and the verb of its item."""
