"""Whom a duty binds: the parties named as its subject, asked, meant by a pronoun, or its agent."""

import re
from collections.abc import Sequence
from itertools import pairwise

from grcm_cli.domain.model import Party
from grcm_cli.drafting.duty import Mode, Who
from grcm_cli.drafting.heads import Head, Sentence, Span
from grcm_cli.drafting.mentions import Mention
from grcm_cli.drafting.naming import (
    AROUND,
    BEFORE_NAMES,
    OF_A_CAPACITY,
    OF_A_LIST,
    TITLES,
    TOGETHER,
)
from grcm_cli.drafting.passage import Passage
from grcm_cli.drafting.words import sentences


class Whom:
    """Tells who is bound in one passage."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self._with_roles = [cast for cast in passage.cast if cast.role]
        self.unknown: list[str] = []
        """Names of those who are asked that the register does not have."""

    def bound(
        self, sentence: Sentence, head: Head, doing: Span, before: Sequence[Head]
    ) -> list[Who]:
        """Return who owes what a head lays down; more than one where members and others do."""
        named: list[Mention] = []
        if head.antecedent:
            named = self._antecedent(sentence, head, before)
        elif head.passive:
            named = self._agent(doing)  # its subject is what is done
        elif head.who:
            named = self._first_group(sentence, head.who)
        if not named and head.who and not head.passive:
            if _SAME_AGAIN.match(self.passage.said(*head.who)):
                named = self._antecedent(sentence, head, before)
            else:
                self._note_unknown(head.who)
        return self.as_bound(named)

    def _note_unknown(self, span: Span) -> None:
        """Keep the name of whoever is asked, where it is written as a name is."""
        if span[1] - span[0] > 14:
            return
        words = [word.text for word in self.passage.words[span[0] : span[1]]]
        while words and not words[0][:1].isupper():
            words = words[1:]
        while words and not words[-1][:1].isupper():
            words = words[:-1]
        if words:
            self.unknown.append(" ".join(words))

    def _first_group(self, sentence: Sentence, span: Span) -> list[Mention]:
        found: list[Mention] = []
        for mention in sentence.within(span):
            if self._is_outside(mention, span[0]):
                if found:
                    break
                continue
            if found and not self._joined(found[-1], mention):
                break
            found.append(mention)
        return found

    def _joined(self, first: Mention, second: Mention) -> bool:
        """Tell whether only words of a list, or what one of them is, stand between two names."""
        inside = {
            place
            for cast in self._with_roles
            if first.end <= cast.mention.start and cast.mention.end <= second.start
            for place in range(cast.mention.start, cast.mention.end)
        }
        allowed = OF_A_LIST | OF_A_CAPACITY if inside else OF_A_LIST
        return all(
            place in inside or self.passage.words[place].folded in allowed
            for place in range(first.end, second.start)
        )

    def _is_outside(self, mention: Mention, start: int) -> bool:
        """Tell whether a name only describes another word: *el Director de la Secretaría*, *en México*."""
        at = mention.start - 1
        while at >= start and self.passage.words[at].folded in BEFORE_NAMES:
            at -= 1
        if at < start:
            return False
        word = self.passage.words[at].folded
        if word in ("with", "con") and self.passage.words[at - 1].folded in TOGETHER:
            return False
        if word in ("de", "del", "of") and at - 1 >= start - 1 and at >= 1:
            return self.passage.words[at - 1].folded not in TITLES
        return word in AROUND

    def _agent(self, doing: Span) -> list[Mention]:
        for mention in self.passage.mentions:
            if not doing[0] < mention.start < doing[1]:
                continue
            at = mention.start - 1
            while self.passage.words[at].folded in (
                "la",
                "el",
                "los",
                "las",
                "the",
                "each",
                "cada",
            ):
                at -= 1
            if self.passage.words[at].folded in ("por", "by") and not any(
                c.mention == mention and c.role for c in self.passage.cast
            ):
                group = [mention]
                for other in self.passage.mentions:
                    if (
                        other.start >= mention.end
                        and other.end <= doing[1]
                        and self._joined(group[-1], other)
                    ):
                        group.append(other)
                return group
        return []

    def _antecedent(self, sentence: Sentence, head: Head, before: Sequence[Head]) -> list[Mention]:
        """Return whom a pronoun means: the parties first spoken of in the clause before."""
        last = next((h for h in reversed(before) if h.place < head.place), None)
        if last is not None and last.doing and head.purpose:
            near = [m for m in sentence.mentions if last.place < m.start < head.place]
            return near[-1:]
        start = last.place + 1 if last else 0
        near = [m for m in sentence.mentions if start <= m.start < head.place]
        if not near:
            near = self._of_sentence_before(sentence)
        if not near:
            return []
        group = [near[0]]
        for mention in near[1:]:
            if self._joined(group[-1], mention):
                group.append(mention)
            else:
                break
        return group

    def _of_sentence_before(self, sentence: Sentence) -> list[Mention]:
        """Return the parties of the last sentence before that names any."""
        for start, end in reversed(sentences(self.passage.words)):
            if end <= sentence.start:
                near = [m for m in self.passage.own if start <= m.start < end]
                if near:
                    return near
        return []

    def as_bound(self, named: Sequence[Mention]) -> list[Who]:
        """Return the parties as `responsible` writes them."""
        if not named:
            return [Who("nobody", sure=False)]
        words = self.passage.said(named[0].start, named[-1].end)
        groups = [m for m in named if m.group != "party"]
        named = self._without_office(named)
        codes = list(dict.fromkeys(m.code for m in named if m.code))
        found: list[Who] = []
        for group in groups[:1]:
            exceptions = self._exceptions(group)
            note = self._note(group) if group.unnamed else ""
            mode: Mode = "members" if group.group == "members" else "participants"
            found.append(Who(mode, (), exceptions, words, note, not note))
        if codes:
            each = self._is_each(named) and len(codes) > 1
            found.append(Who("each" if each else "together", codes, (), words))
        return found

    def _without_office(self, named: Sequence[Mention]) -> Sequence[Mention]:
        """Return whom a name beside an office means: *the Presidency, Jamaica, is* Jamaica."""
        if len(named) != 2 or not (named[0].code and named[1].code):
            return named
        between = self.passage.text[
            self.passage.words[named[0].end - 1].end : self.passage.words[named[1].start].start
        ]
        kinds = [self._party(mention.code).kind for mention in named]
        beside = between.strip() in (",", "(") and kinds == ["office", "member"]
        return named[1:] if beside else named

    def _is_each(self, named: Sequence[Mention]) -> bool:
        around = self.passage.words[max(0, named[0].start - 4) : named[0].start]
        after = self.passage.words[named[-1].end : named[-1].end + 3]
        apart = ("respectivamente", "respectively", "separately", "individually")
        near = [w.folded for w in self.passage.words[named[-1].end : named[-1].end + 14]]
        until = next((at for at, word in enumerate(near) if word in (".", ";")), len(near))
        return (
            any(w.folded in ("cada", "each") for w in (*around, *after))
            or any(w.folded in apart for w in after)
            or any(pair == ("por", "separado") for pair in pairwise(near[:until]))
            or any(pair in _EACH_ASKED for pair in pairwise(near[:until]))
        )

    def _exceptions(self, group: Mention) -> list[str]:
        found = [
            cast.mention.code
            for cast in self.passage.cast
            if cast.role == "except"
            and cast.mention.code
            and abs(cast.mention.start - group.end) < 25
        ]
        if group.rest:
            earlier = [m.code for m in self.passage.mentions if m.end <= group.start and m.code]
            found += [code for code in earlier if self._party(code).kind == "member"]
        return list(dict.fromkeys(found))

    def _party(self, code: str) -> Party:
        return self.passage.names.parties[code]

    def _note(self, group: Mention) -> str:
        start = self.passage.words[group.start].start
        end = _END_OF_NOTE.search(self.passage.text, self.passage.words[group.end - 1].end + 12)
        words = self.passage.text[start : end.start() if end else len(self.passage.text)]
        return words[:1].upper() + words[1:]


_EACH_ASKED = {("were", "each"), ("are", "each"), ("shall", "each"), ("will", "each")}
_END_OF_NOTE = re.compile(
    r"[,;.]|\s(?:to|a|para)\s|\s(?:lo\s+)?(?:har[aá]n?|deber[aá]n?|\w{3,}(?:ar|er|ir)[aá]n?)\b"
    r"|\s(?:are|shall|will|should|must|is)\s",
    re.IGNORECASE,
)
_SAME_AGAIN = re.compile(
    r"(?:a\s+)?(?:the|that|this|said|dicha?|esa|ese|esta|este|la|al)\s+"
    r"(?:delegation|country|government|organization|delegaci[oó]n|pa[ií]s|gobierno|organizaci[oó]n)\b",
    re.IGNORECASE,
)
"""Words for a party that was named before."""
