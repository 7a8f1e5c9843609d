"""The parties that are bound, as `responsible` writes them: who, together or each, and but whom."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain, pairwise
from typing import Literal, NamedTuple

from grcm_cli.domain.model import Party
from grcm_cli.domain.parties import names_of
from grcm_cli.drafting.parties import Mention, WordSpan, mentions_from
from grcm_cli.drafting.party_names import GROUP_NOUN
from grcm_cli.drafting.passage import Excerpt, Passage, Place
from grcm_cli.drafting.sharing import Sharing
from grcm_cli.drafting.tokens import skip, skip_back
from grcm_cli.language.lexicon import all_phrases, all_words, alternatives, phrase_regex
from grcm_cli.times.patterns import time_regex

_OUTGOING = all_words("parties.outgoing")
_TURNS = all_words("parties.incoming") | _OUTGOING
_BETWEEN_TURNS = frozenset({"a", "al", "and", "e", "el", "la", "the", "y"})
_TIME = time_regex(r"(?:\w+ )?(?:<A_UNIT>|<A_MEETING>)(?!\w)")
"""After *each*: a time, and none of those who act."""
_APART = all_words("parties.apart")
_BEFORE_VERB = all_words("action.helping_verbs") | {"(", ",", "to"}
_EACH_ASKED = {("were", "each"), ("are", "each"), ("shall", "each"), ("will", "each")}
_AFTER_EACH = all_words("parties.of_its_own")
"""After *each*: *Kenya and Fiji shall report, each in respect of its waters*."""
_GROUP = re.compile(all_phrases("parties.groups"))
_AFTER_NOUN = re.compile(r"\s+(?:de|del|of|to|in|for|para)\s")
_HAVE_HELD = all_words("parties.have_held")
_END_OF_NOTE = phrase_regex(r"[,;.]|(?<![ai]do)\sa\s|\s<parties.ends_note>")
_HANDS_OVER = phrase_regex(
    r"(?<!\w)(?:<doubts.handing_over>\b[^.;]{0,200}?\b<doubts.entrusted>\b"
    r"|<doubts.entrusted>\b[^.;]{0,200}?\b<doubts.handed_over>\b"
    r"|<doubts.replacing> (?:(?:el|la|the) )?(?-i:[A-ZÁÉÍÓÚ])\w+)"
)
_SETS_UP = re.compile(
    rf"\b(?P<group>(?:an?|una?) (?:\w+ ){{0,2}}?(?:{alternatives(all_words('parties.made_up'))}))\b"
    r"[^:;]{0,200}(?:(?<!ed) to| para(?: que)?| encargad[oa] de| tasked with"
    r"| (?:that|who|which|que|(?:el|la) cual)(?: \w{2,12})?):\s*$"
)
"""A stem that sets up a group for what its items say: *to form a team of divers, which shall:*."""
_MAX_NOTE = 400  # characters after a group
_NEAR = 25  # words from exceptions to a group behind them, and within which two groups may be one
Mode = Literal["together", "members", "participants", "each", "nobody"]


def _acts_apart(after: Sequence[str], at: int) -> bool:
    """Tell whether a word behind names says that each acts, and is not of what each act is on."""
    following = after[at + 1 : at + 3]
    is_before_verb = at == 0 or after[at - 1] in _BEFORE_VERB or following[:1] == ["to"]
    return after[at] == "each" and is_before_verb and not _TIME.match(" ".join(following))


class DraftResponsible(NamedTuple):
    """Who is bound, as `responsible` writes it."""

    mode: Mode
    codes: Sequence[str] = ()
    exceptions: Mapping[str, Excerpt] = {}  # the codes of those who are excepted, with their names
    words: str = ""
    note: str = ""
    sure: bool = True
    is_some: bool = False  # it may be a smaller group than the one of the register
    far: bool = False  # it is named in another sentence than the duty
    place: Place | None = None  # where the words are
    is_open: bool = False  # it is open whether they owe it together, or each of them
    beside: Excerpt | None = None  # another name that is joined to theirs, and may be bound too
    is_plural: bool = False  # a group of the register is among them, and called by its members
    is_passing: bool = False
    """It is an office, called incoming or outgoing: who holds it then is inferred."""
    is_inferred: bool = False  # nobody asks them: they told it, or were given more time for it
    lead: Excerpt | None = None  # who leads them
    lead_code: str = ""

    def shared(self, sharing: Sharing) -> "DraftResponsible":
        """Return it as several owe what they do together, each alone, or openly.

        What the text says of a group, and not how its members owe it, stays open.
        """
        is_known = sharing == "jointly" or (sharing == "together" and not self.is_plural)
        if self.mode != "together" or not (len(self.codes) > 1 or self.is_plural) or is_known:
            return self
        is_open = sharing != "each" and (self.is_plural or sharing == "open")
        mode: Mode = "each" if sharing == "each" else "together"
        return self._replace(mode=mode, sure=self.sure and not is_open, is_open=is_open)


class BoundParties:
    """Says which parties are meant by the names of one passage."""

    def __init__(self, passage: Passage, day: date) -> None:
        self.passage, self.words, self.day = passage, passage.words, day
        self._exempt = [mention for mention in passage.mentions if mention.role == "except"]
        self.handed_over = [
            Excerpt(match[0], (match.start() - passage.begin, match.end() - passage.begin))
            for match in _HANDS_OVER.finditer(passage.text, passage.begin)
        ]

    @cached_property
    def set_up(self) -> Excerpt | None:
        """The group that a stem sets up for what its items say."""
        begin = self.passage.begin
        group = _SETS_UP.search(self.passage.plain, 0, begin)
        return Excerpt(group[1], (group.start() - begin, group.end(1) - begin)) if group else None

    def as_responsible(self, named: Sequence[Mention]) -> list[DraftResponsible]:
        """Return the parties as `responsible` writes them."""
        if not named:  # a cell of a tracker that names nobody known
            return [DraftResponsible("nobody", sure=False)]
        turns = [span for each in named if each.code and (span := self._turns(each))]
        spans = [*turns, (named[0].start, named[-1].end)]
        starts, ends = zip(*spans, strict=True)
        words, place = self.passage.excerpt(min(starts), max(ends))
        holders = self._past_holders(named[0])
        if holders:
            return [DraftResponsible("each", holders, words=words, place=place)]
        groups = [each for each in named if each.group != "party" and not each.partial]
        some = [each for each in named if each.partial]
        codes = list(dict.fromkeys(chain(*(self._holders(each) for each in named if each.code))))
        bound: list[DraftResponsible] = []
        for group in groups[:1]:
            note = self._note(group) if group.unnamed else ""
            mode: Mode = "members" if group.group == "members" else "participants"
            excepted = self._exceptions(group)
            is_sure = not note and self._is_counted(group, excepted)
            who = DraftResponsible(mode, (), excepted, words, note, is_some=not (note or is_sure))
            bound.append(who._replace(sure=is_sure))
        if codes:
            in_groups = [each for each in named if each.code in self.passage.names.groups]
            is_each = (len(codes) > 1 or bool(in_groups)) and self._is_each(named)
            excepted = self._exceptions(in_groups[-1]) if in_groups else {}
            some_of = next((each for each in in_groups if each.unnamed), None)
            note = self._note(some_of) if some_of else ""
            is_open = not is_each and bool(excepted)
            mode = "each" if is_each or excepted else "together"
            who = DraftResponsible(mode, codes, excepted, words, note, is_open=is_open)
            is_rest = any(each.rest for each in in_groups)
            is_sure = not (is_open or turns or note or is_rest)
            who = who._replace(sure=is_sure, is_passing=bool(turns), is_some=is_rest)
            bound.append(who._replace(is_plural=any(map(self._is_plural, in_groups))))
        if any(each.supposed for each in named):
            far = any(self.passage.person(each.start, each.end) and each.code for each in named)
            bound = [who._replace(sure=False, is_some=not far, far=far) for who in bound]
        is_doubtful = bool(some) or any(words in excerpt.words for excerpt in self.handed_over)
        bound = [who._replace(place=place, sure=who.sure and not is_doubtful) for who in bound]
        for mention in some:
            name, where = self.passage.excerpt(mention.start, mention.end)
            bound.append(DraftResponsible("nobody", words=name, sure=False, place=where))
        return bound

    def _is_plural(self, group: Mention) -> bool:
        """Tell whether the words, or a name of a group, speak of its members: *Island States*."""
        words = self.passage.excerpt(group.start, group.end).words
        if any(GROUP_NOUN.search(name) for name in (words, *names_of(self._party(group.code)))):
            return True
        phrase = _AFTER_NOUN.split(words)[0].split()
        noun = phrase[0] if self.passage.language == "es" else phrase[-1]
        return noun.endswith("s") and not noun.endswith("ss")

    def _past_holders(self, group: Mention) -> list[str]:
        """Return who has held an office: *the countries that have held the Presidency*."""
        if group.group == "party":
            return []
        kind_of = self.passage.names.kind_of
        near = mentions_from(self.passage.mentions, group.end, group.end + 7)
        office = next((name for name in near if kind_of(name.code) == "office"), None)
        between = self.words[group.end : office.start] if office else ()
        if office is None or _HAVE_HELD.isdisjoint(word.folded for word in between):
            return []
        terms = self._party(office.code).terms
        return list(dict.fromkeys(term.holder.text for term in terms if term.start <= self.day))

    def _holders(self, mention: Mention) -> list[str]:
        """Return who holds an office that is called incoming or outgoing, else the mention's code.

        Outgoing is who holds it on the last day of the meeting, incoming who holds it next; *la
        saliente y la entrante* are both. Where the register does not say, it stays the office.
        """
        party, span = self._party(mention.code), self._turns(mention)
        if span is None:
            return [mention.code]
        near = (word.folded for word in self.words[slice(*span)])
        turns = [word for word in near if word in _TURNS]
        later = [term for term in party.terms if term.start > self.day]
        coming = min(later, key=lambda term: term.start).holder.text if later else mention.code
        going = party.holder_on(self.day) or mention.code
        return [going if word in _OUTGOING else coming for word in turns]

    def _turns(self, mention: Mention) -> WordSpan | None:
        """Return an office with the words that call it incoming or outgoing, or None."""
        words, joined = self.words, _TURNS | _BETWEEN_TURNS
        if self._party(mention.code).kind != "office":
            return None
        start = skip_back(words, joined, mention.start)
        start = skip(words, _BETWEEN_TURNS, start, mention.start)
        end = skip(words, joined, mention.end, len(words))
        end = skip_back(words, _BETWEEN_TURNS, end, mention.end)
        return (start, end) if any(word.folded in _TURNS for word in words[start:end]) else None

    def _is_each(self, named: Sequence[Mention]) -> bool:
        start, end = named[0].start, named[-1].end
        before = [word.folded for word in self.words[max(0, start - 4) : start]]
        after = [word.folded for word in self.words[end : end + 60]]
        close = next((at for at, word in enumerate(after) if word in (".", ";")), len(after))
        pairs = list(pairwise(after[:close]))
        parted = any(
            first in (",", "(") and second in ("each", "cada") and third in _AFTER_EACH
            for first, second, third in zip(after, after[1:], after[2:close], strict=False)
        )
        near = self.words[max(0, start - 16) : start]
        is_in_brackets = bool(near) and near[-1].text == "("
        return (
            parted
            # Brackets name the members of a group: "those States (Kenya and Fiji)".
            or (is_in_brackets and any(_GROUP.fullmatch(word.folded) for word in near))
            or not {"cada", "each", "every"}.isdisjoint(before)
            or any(_acts_apart(after, at) for at in range(min(3, close)))
            or not _APART.isdisjoint(after[:4])
            or not _EACH_ASKED.isdisjoint(pairs)
        )

    def _exceptions(self, group: Mention) -> dict[str, Excerpt]:
        """Return the codes of those who are excepted from a group, each with its name."""
        groups = {  # of other duties; near it, another word for it: "los demás, o sea todos menos"
            each.start
            for each in self.passage.mentions
            if each.group != "party" and each.start >= group.end + _NEAR
        }
        close = min(groups, default=len(self.words))
        named = mentions_from(self._exempt, group.end - _NEAR + 1, close)
        if group.rest:
            passage = self.passage
            start = max(first for first, _end in passage.sentences if first <= group.start)
            earlier = mentions_from(passage.mentions, start, group.start)
            kind_of = passage.names.kind_of
            for near in (earlier, passage.named_before(start)):
                named = named or [name for name in near if kind_of(name.code) == "member"]
        return self.passage.by_code(named)

    def _is_counted(self, group: Mention, excepted: Mapping[str, Excerpt]) -> bool:
        """Tell whether the others of a group are as many as the text says, where it says so."""
        others = self.passage.names.member_count - len(excepted)
        return not group.rest or (bool(excepted) and group.number == others)

    def _party(self, code: str) -> Party:
        return self.passage.names.parties[code]

    def _note(self, group: Mention) -> str:
        """Return the words of a group whose members the text does not name."""
        text, start = self.passage.text, self.words[group.start].start
        after = self.words[group.end - 1].end + 12
        close = _END_OF_NOTE.search(text, after, after + _MAX_NOTE)
        words = text[start : close.start() if close else after + _MAX_NOTE]
        if close is None and len(text) > after + _MAX_NOTE:
            words = words.rpartition(" ")[0] + " …"
        return words[:1].upper() + words[1:]
