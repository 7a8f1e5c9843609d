"""Find who is responsible: parties named as subject, asked, meant by a pronoun, or agent."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from grcm_cli.domain.model import Party
from grcm_cli.drafting.action import Sharing, sharing_of
from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.clauses.sentence import LEADING, Sentence
from grcm_cli.drafting.parties import Mention, WordSpan, mentions_from
from grcm_cli.drafting.passage import Excerpt, Passage, Place
from grcm_cli.language.lexicon import all_phrases, all_words

_ACTORS = all_words("clause.actors")
NAME_JOINTS = all_words("parties.list") | LEADING
"""Words between the names of a list."""
_CAPACITY = all_words("parties.capacity")
_INCOMING = all_words("parties.incoming")
_OUTGOING = all_words("parties.outgoing")
_TURNS = _INCOMING | _OUTGOING
_BETWEEN_TURNS = frozenset({"a", "al", "and", "e", "el", "la", "the", "y"})
_TITLES = all_words("parties.titles")
_TOGETHER = all_words("parties.together")
_APART = all_words("parties.apart")
_BEFORE_NAME = all_words("parties.before_name")
_AROUND = all_words("parties.around")
_ALONE = all_words("verbs.alone")
_ARTICLES = all_words("parties.articles")
_EACH_ASKED = {("were", "each"), ("are", "each"), ("shall", "each"), ("will", "each")}
_OF_ITS_OWN = all_words("parties.of_its_own")
"""After *each*: *Kenya and Fiji shall report, each in respect of its waters*."""
_GROUP = re.compile(all_phrases("parties.groups"))
_ALONE_NOUNS = all_words("parties.alone")
_HAVE_HELD = all_words("parties.have_held")
_BEFORE_AGENT = frozenset({"la", "el", "los", "las", "the", "each", "cada"})
_MADE_UP = all_words("clause.composition")
_THE_SAME = _ARTICLES | all_words("clause.demonstratives") | {"this", "that", "dicha", "dicho"}
_END_OF_NOTE = re.compile(
    r"[,;.]|\s(?:to|para|que)\s|(?<![ai]do)\sa\s|\s\w+[aei]r(?:l[aeo]s?|se)\b"
    r"|\s(?:lo\s+)?(?:har[aá]n?|deber[aá]n?|\w{3,}(?:ar|er|ir)[aá]n?)\b"
    r"|\s(?:are|shall|will|should|must|is|was|were)\s",
    re.IGNORECASE,
)
_SAME_AGAIN = re.compile(
    r"(?:a\s+)?(?:(?:the|that|this|said|dicha?|esa|ese|esta|este|la|al)\s+"
    r"(?:delegation|country|government|organization|delegaci[oó]n|pa[ií]s|gobierno|organizaci[oó]n)"
    r"|(?:these|those|said|both|dich[oa]s|es[oa]s|est[oa]s|tales|amb[oa]s)\s+"
    r"(?:delegations|countries|states|governments|parties|organizations|delegaciones|pa[ií]ses"
    r"|estados|gobiernos|partes|organizaciones|organismos))\b",
    re.IGNORECASE,
)
"""Words for a party that was named before."""

_AND = frozenset({"&", "and", "e", "y"})
_DETERMINERS = all_words("clause.determiners")
_NEAR = 25
"""Words from a group to the exceptions from it."""
_IN_CHARGE = re.compile(
    rf"{all_phrases('parties.charged_with')}\s*(?:(?:the|la|el|los|las)\s*)?$", re.IGNORECASE
)
_MAX_NOTE = 400  # characters after a group

Mode = Literal["together", "members", "participants", "each", "nobody"]


class DraftResponsible(NamedTuple):
    """Who is bound, as `responsible` writes it."""

    mode: Mode
    codes: Sequence[str] = ()
    exceptions: Sequence[str] = ()
    words: str = ""
    note: str = ""
    sure: bool = True
    far: bool = False
    """It is named in another sentence than the duty."""
    place: Place | None = None
    """Where the words are."""
    exception_words: Sequence[Excerpt] = ()
    """The names of those who are excepted."""
    is_open: bool = False
    """It is open whether they owe it together, or each of them."""
    beside: Excerpt | None = None
    """Another name that is joined to theirs, and may be bound too."""

    def shared(self, sharing: Sharing) -> "DraftResponsible":
        """Return it as several owe what they do together, each alone, or openly."""
        if self.mode != "together" or len(self.codes) < 2 or sharing == "together":
            return self
        if sharing == "each":
            return self._replace(mode="each")
        return self._replace(sure=False, is_open=True)


class ResponsibleParties:
    """Finds who is bound by the clauses of one passage."""

    def __init__(self, passage: Passage, day: date) -> None:
        self.passage, self.words, self.day = passage, passage.words, day
        self._with_roles = [found.mention for found in passage.roles if found.role]
        self._exempt = [found.mention for found in passage.roles if found.role == "except"]
        first_named: dict[str, Mention] = {}
        for mention in passage.mentions:
            if mention.code:
                first_named.setdefault(mention.code, mention)
        self._first_named = list(first_named.values())
        self._made_up_places = [at for at, w in enumerate(self.words) if w.folded in _MADE_UP]

    def of_clause(
        self, sentence: Sentence, clause: Clause, action: WordSpan, before: Sequence[Clause]
    ) -> list[DraftResponsible]:
        """Return who owes what a clause lays down; more than one where members and others do."""
        span = clause.responsible
        named = self._named(sentence, clause, action, before)
        if not named and span and not clause.passive:
            unknown = self._unknown_name(span)
            if unknown:
                name, place = self.passage.excerpt(*unknown)
                return [DraftResponsible("nobody", words=name, sure=False, place=place)]
        other: WordSpan | None = None
        if named and not clause.passive:
            with_whom, other = self._together_with(sentence, action)
            named = [*named, *with_whom]
        bound = self.as_responsible(named)
        if named and named[0].start < sentence.start:
            bound = [one._replace(sure=False, far=True) for one in bound]
        other = other or (self._beside(sentence, named, action[0]) if named else None)
        is_named = len(named) > 1 and not clause.antecedent
        if is_named and any(self._is_object(named[0], one) for one in before):
            other = named[0].start, named[0].end
        if other:
            beside = self.passage.excerpt(*other)
            bound = [one._replace(sure=False, beside=beside) for one in bound]
        words = self.words[slice(*action)]
        verbs = {form.verb for form in words[0].forms}
        nouns = (word.folded for word in words[:10])
        if verbs & _ALONE or not _ALONE_NOUNS.isdisjoint(nouns):  # who signs, signs alone
            bound = [one._replace(mode="each") if len(one.codes) > 1 else one for one in bound]
        # Each of several names has a preposition of its own: "a Chile y a Perú".
        before_names = [self._before(mention, _ARTICLES) for mention in named]
        apart = len(named) > 1 and all(word in ("a", "al") for word in before_names)
        sharing = sharing_of(words, is_asked_apart=apart)
        return [one.shared(sharing) for one in bound]

    def _beside(self, sentence: Sentence, named: Sequence[Mention], verb: int) -> WordSpan | None:
        """Return a name that is joined to those that are bound, and is none of them."""
        words, start, end = self.words, named[0].start, named[-1].end
        if sentence.folded_at(end) in _AND | {","}:
            first = end + 1
            while sentence.folded_at(first) in _DETERMINERS:
                first += 1
            last = self._end_of_name(first, sentence.end)
            is_listed = words[end].text != "," or sentence.folded_at(last) in _AND
            is_own = start > verb and sentence.folded_at(last) in ("to", "que")
            if last > first and is_listed and not is_own:  # "and Mexico to reply" is another duty
                return first, last
        while start > sentence.start and words[start - 1].folded in _DETERMINERS:
            start -= 1
        if start - 2 < sentence.start or words[start - 1].folded not in _AND | {","}:
            return None
        listed = sentence.mention_before(start - 1)
        if listed and len(named) > 1:  # "Ethiopia, Kenya and Zambia"
            return listed.start, listed.end
        first = last = start - 1
        while first > sentence.start and self._end_of_name(first - 1, first) == first:
            first -= 1
        is_name = words[last].text != "," or first == sentence.start or len(named) > 1
        is_name = is_name and first < last
        return (first, last) if is_name else None

    def _is_object(self, mention: Mention, clause: Clause) -> bool:
        """Tell whether a name belongs to the verb before: *thanked Panama and members shall*."""
        words = self.words[clause.place + 1 : mention.start]
        is_near = clause.action is None and clause.place < mention.start
        return is_near and all(w.folded in _DETERMINERS | {"a", "to"} for w in words)

    def _end_of_name(self, start: int, end: int) -> int:
        """Return the place after a name, written with capitals, or a noun of people; else start."""
        at = start
        while (
            at < end
            and not self.words[at].quoted
            and (self.words[at].text[0].isupper() or self.words[at].folded in _ACTORS)
        ):
            at += 1
        return at

    def _before(self, mention: Mention, skipped: frozenset[str]) -> str:
        """Return the word before a name and words like its article, folded."""
        at = mention.start - 1
        while at >= 0 and self.words[at].folded in skipped:
            at -= 1
        return self.words[at].folded if at >= 0 else ""

    def _named(
        self, sentence: Sentence, clause: Clause, action: WordSpan, before: Sequence[Clause]
    ) -> list[Mention]:
        """Return whom a clause names, in it or in what it refers to."""
        span = clause.responsible
        if clause.antecedent:
            named = self._antecedent(sentence, clause, before)
        elif clause.passive:
            named = self._agent(action)  # its subject is what is done
        elif span:
            named = self._first_group(sentence, span) or self._made_up(span)
            named = named or self._listed_below(sentence, span)
        else:
            named = []
        if not named and not span:
            named = sentence.closing_parties() or self._charged(sentence)
        is_same = span and not clause.passive and _SAME_AGAIN.match(self.passage.text_of(*span))
        return self._antecedent(sentence, clause, before) if is_same and not named else named

    def _unknown_name(self, span: WordSpan) -> WordSpan | None:
        """Return the name of whoever is asked and is in no register, if it is written as one."""
        first, end = span
        if end - first > 14:
            return None  # a name ends before
        while first < end and self.words[first].folded in _ARTICLES:
            first += 1
        words = [word.text for word in self.words[first:end]]
        capitals = [at for at, word in enumerate(words) if word[:1].isupper()]
        if not capitals:
            return None
        before = self.words[first - 1].folded if first else ""
        begins_sentence = before in _ARTICLES or not before[-1:].isalnum()
        if capitals == [0] and begins_sentence and not words[0].isupper():
            return None  # "Experts should": no name
        last = capitals[-1] + 1
        last += last < len(words) and words[last].isdecimal()  # "Group 3"
        return first + capitals[0], first + last

    # --- mentions ----------------------------------------------------------------------------

    def _first_group(self, sentence: Sentence, span: WordSpan) -> list[Mention]:
        found: list[Mention] = []
        for mention in sentence.mentions_within(span):
            outside = self._is_outside(mention, span[0])
            if found and (outside or not self._joined(found[-1], mention)):
                break
            if not outside:
                found.append(mention)
        return found

    def _listed_below(self, sentence: Sentence, span: WordSpan) -> list[Mention]:
        """Return the parties of *the following are invited to comment: Kenya, Fiji*."""
        is_list = sentence.next_of(("following", "siguientes"), *span) is not None
        colon = sentence.next_of((":",), span[1]) if is_list else None
        first = None if colon is None else sentence.mention_at(colon + 1)
        return self._group_from(first) if first else []

    def _together_with(
        self, sentence: Sentence, action: WordSpan
    ) -> tuple[list[Mention], WordSpan | None]:
        """Return who is named in an aside as acting too: *shall, together with Kenya, report*.

        Where the register does not have them, their words are returned.
        """
        first = max(action[0] - 8, sentence.start + 1)
        for place in range(first, min(action[0] + 4, sentence.end - 3)):
            before, together, with_ = (word.folded for word in self.words[place - 1 : place + 2])
            if before == "," and together in _TOGETHER and with_ in ("con", "with"):
                near = mentions_from(self.passage.acting, place + 2, place + 5)
                comma = sentence.next_of((",",), place + 2, place + 12)
                end = sentence.end if comma is None else comma
                is_known = near and near[0].start < end
                return (self._group_from(near[0]), None) if is_known else ([], (place + 2, end))
        return [], None

    def _charged(self, sentence: Sentence) -> list[Mention]:
        """Return who is in charge of a thing that the sentence before names: *a cargo de Chile*."""
        at = bisect_left(self.passage.sentences, (sentence.start,))
        start, end = self.passage.sentences[at - 1] if at else (0, 0)
        for mention in mentions_from(self.passage.acting, start, end):
            text = self.passage.text_of(start, mention.start) if mention.start > start else ""
            if _IN_CHARGE.search(text):
                return self._group_from(mention)
        return []

    def _made_up(self, span: WordSpan) -> list[Mention]:
        """Return the parties of whom the text says that a group is made up, where it is asked.

        *a task team composed of Kenya and Fiji …; the task team shall report*
        """
        asked = [word.folded for word in self.words[slice(*span)]]
        noun = next((word for word in reversed(asked) if word in _ACTORS), "")
        if not noun or asked[0] not in _THE_SAME:
            return []
        last = bisect_left(self._made_up_places, span[0])
        for place in reversed(self._made_up_places[max(0, last - 5) : last]):
            head = {word.folded for word in self.words[max(0, place - _NEAR) : place]}
            near = mentions_from(self.passage.mentions, place, place + 4)
            if noun in head and near:
                return self._group_from(near[0])
        return []

    def _group_from(self, first: Mention) -> list[Mention]:
        """Return a mention and those that are joined to it."""
        later = mentions_from(self.passage.mentions, first.end, len(self.words))
        return self._joined_first([first, *later])

    def _joined(self, first: Mention, second: Mention) -> bool:
        """Tell whether only words of a list, or what one of them is, stand between two names."""
        inside = {
            place
            for mention in mentions_from(self._with_roles, first.end, second.start)
            for place in range(mention.start, mention.end)
        }
        allowed = NAME_JOINTS | _CAPACITY if inside else NAME_JOINTS
        return all(
            place in inside or self.words[place].folded in allowed
            for place in range(first.end, second.start)
        )

    def _is_outside(self, mention: Mention, start: int) -> bool:
        """Tell whether a name only describes: *el Director de la Secretaría*, *en México*."""
        if self._is_attribute(mention):
            return True
        at = mention.start - 1
        while at >= start and self.words[at].folded in _BEFORE_NAME:
            at -= 1
        if at < start:
            return False
        word = self.words[at].folded
        if word in ("with", "con") and self.words[at - 1].folded in _TOGETHER:
            return False
        if word in ("de", "del", "of") and at >= 1:
            return self.words[at - 1].folded not in _TITLES
        return word in _AROUND

    def _is_attribute(self, mention: Mention) -> bool:
        """Tell whether a body's name only says whose people act: *the TC 5 editors*."""
        if not mention.code or self._party(mention.code).kind != "body":
            return False
        if mention.end >= len(self.words):
            return False
        return self.words[mention.end].folded in _ACTORS or bool(
            mentions_from(self.passage.mentions, mention.end, mention.end + 1)
        )

    def _agent(self, action: WordSpan) -> list[Mention]:
        """Return who does what is said in the passive: the parties after *por* or *by*."""
        mentions = mentions_from(self.passage.mentions, action[0] + 1, action[1])
        for place, mention in enumerate(mentions):
            has_role = mentions_from(self._with_roles, mention.start, mention.end)
            if has_role or self._is_attribute(mention):
                continue
            if self._before(mention, _BEFORE_AGENT) in ("por", "by"):
                group = [mention]
                for other in mentions[place + 1 :]:
                    joints = {word.folded for word in self.words[group[-1].end : other.start]}
                    joined = self._joined(group[-1], other) and joints.isdisjoint(("a", "al", "to"))
                    if other.end <= action[1] and joined:
                        group.append(other)
                return group
        return []

    def _antecedent(
        self, sentence: Sentence, clause: Clause, before: Sequence[Clause]
    ) -> list[Mention]:
        """Return the parties that a pronoun means: the first ones named in the clause before."""
        last = next((c for c in reversed(before) if c.place < clause.place), None)
        start = last.place + 1 if last else 0
        near = [m for m in sentence.mentions if start <= m.start < clause.place]
        near = near or list(self.passage.named_before(sentence.start))
        near = [mention for mention in near if not sentence.is_meeting(mention)]
        return self._joined_first(near)

    def _joined_first(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the first of some mentions and those that are joined to it."""
        group = list(mentions[:1])
        for mention in mentions[1:]:
            if not self._joined(group[-1], mention):
                break
            group.append(mention)
        return group

    # --- values ------------------------------------------------------------------------------

    def as_responsible(self, named: Sequence[Mention]) -> list[DraftResponsible]:
        """Return the parties as `responsible` writes them."""
        if not named:
            return [DraftResponsible("nobody", sure=False)]
        words, place = self.passage.excerpt(named[0].start, named[-1].end)
        holders = self._past_holders(named[0])
        if holders:
            return [DraftResponsible("each", holders, (), words, place=place)]
        groups = [m for m in named if m.group != "party" and not m.partial]
        some = [m for m in named if m.partial]
        named = self._without_office(named)
        codes = list(dict.fromkeys(c for m in named if m.code for c in self._holders(m)))
        found: list[DraftResponsible] = []
        for group in groups[:1]:
            note = self._note(group) if group.unnamed else ""
            mode: Mode = "members" if group.group == "members" else "participants"
            excepted = self._exceptions(group)
            found.append(
                DraftResponsible(
                    *(mode, (), list(excepted), words, note, not note),
                    exception_words=list(excepted.values()),
                )
            )
        if codes:
            each = len(codes) > 1 and self._is_each(named)
            found.append(DraftResponsible("each" if each else "together", codes, (), words))
        found = [one._replace(place=place, sure=one.sure and not some) for one in found]
        for mention in some:
            name, own = self.passage.excerpt(mention.start, mention.end)
            found.append(DraftResponsible("nobody", words=name, sure=False, place=own))
        return found

    def _past_holders(self, group: Mention) -> list[str]:
        """Return who has held an office: *the countries that have held the Presidency*."""
        if group.group == "party":
            return []
        near = mentions_from(self.passage.mentions, group.end, group.end + 7)
        office = next((m for m in near if m.code and self._party(m.code).kind == "office"), None)
        between = self.words[group.end : office.start] if office else ()
        if office is None or _HAVE_HELD.isdisjoint(word.folded for word in between):
            return []
        terms = self._party(office.code).terms
        return list(dict.fromkeys(t.holder.text for t in terms if t.start <= self.day))

    def _holders(self, mention: Mention) -> list[str]:
        """Return who holds an office that is called incoming or outgoing, else the mention's code.

        Outgoing is who holds it on the last day of the meeting, incoming who holds it next; *la
        saliente y la entrante* are both. Where the register does not say, it stays the office.
        """
        party = self._party(mention.code)
        if party.kind != "office":
            return [mention.code]
        words, start, end = self.words, mention.start, mention.end
        while start and words[start - 1].folded in _TURNS | _BETWEEN_TURNS:
            start -= 1
        while end < len(words) and words[end].folded in _TURNS | _BETWEEN_TURNS:
            end += 1
        near = [*words[start : mention.start], *words[mention.end : end]]
        turns = [word.folded for word in near if word.folded in _TURNS]
        later = [term for term in party.terms if term.start > self.day]
        coming = min(later, key=lambda term: term.start).holder.text if later else mention.code
        going = party.holder_on(self.day) or mention.code
        return [going if word in _OUTGOING else coming for word in turns] or [mention.code]

    def _without_office(self, named: Sequence[Mention]) -> Sequence[Mention]:
        """Return the member alone where it is named beside its office: *the Chair, Jamaica*."""
        if len(named) != 2 or not (named[0].code and named[1].code):
            return named
        between = [word.text for word in self.words[named[0].end : named[1].start]]
        kinds = [self._party(mention.code).kind for mention in named]
        beside = between in ([","], ["("]) and kinds == ["office", "member"]
        return named[1:] if beside else named

    def _is_each(self, named: Sequence[Mention]) -> bool:
        start, end = named[0].start, named[-1].end
        before = [word.folded for word in self.words[max(0, start - 4) : start]]
        after = [word.folded for word in self.words[end : end + 60]]
        close = next((at for at, word in enumerate(after) if word in (".", ";")), len(after))
        pairs = list(pairwise(after[:close]))
        parted = any(
            first in (",", "(") and second in ("each", "cada") and third in _OF_ITS_OWN
            for first, second, third in zip(after, after[1:], after[2:close], strict=False)
        )
        while start and self.words[start - 1].folded in _ARTICLES:
            start -= 1
        near = self.words[max(0, start - 16) : start]
        is_in_brackets = bool(near) and near[-1].text == "("
        return (
            parted
            # Brackets name the members of a group: "those States (Kenya and Fiji)".
            or (is_in_brackets and any(_GROUP.fullmatch(word.folded) for word in near))
            or not {"cada", "each"}.isdisjoint(before + after[:3])
            or not _APART.isdisjoint(after[:3])
            or ("por", "separado") in pairs
            or not _EACH_ASKED.isdisjoint(pairs)
        )

    def _exceptions(self, group: Mention) -> dict[str, Excerpt]:
        """Return the codes of those who are excepted from a group, each with its name."""
        named = mentions_from(self._exempt, group.end - _NEAR + 1, group.end + _NEAR)
        if group.rest:
            count = bisect_right(self._first_named, group.start, key=lambda mention: mention.end)
            earlier = self._first_named[:count]
            named += [one for one in earlier if self._party(one.code).kind == "member"]
        found: dict[str, Excerpt] = {}
        for mention in named:
            if mention.code:
                found.setdefault(mention.code, self.passage.excerpt(mention.start, mention.end))
        return found

    def _party(self, code: str) -> Party:
        return self.passage.names.parties[code]

    def _note(self, group: Mention) -> str:
        """Return the words of a group whose members the text does not name."""
        text, start = self.passage.text, self.words[group.start].start
        after = self.words[group.end - 1].end + 12
        found = _END_OF_NOTE.search(text, after, after + _MAX_NOTE)
        words = text[start : found.start() if found else after + _MAX_NOTE]
        if found is None and len(text) > after + _MAX_NOTE:
            words = words.rpartition(" ")[0] + " …"
        return words[:1].upper() + words[1:]
