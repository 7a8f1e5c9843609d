"""Find who is responsible: parties named as subject, asked, meant by a pronoun, or agent."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, dropwhile, takewhile

from grcm_cli.drafting.beside import AND, BOTH, OR, name_beside
from grcm_cli.drafting.bound import BoundParties, DraftResponsible
from grcm_cli.drafting.clauses.clause import Clause
from grcm_cli.drafting.clauses.subjects import SAME_AGAIN, Subjects
from grcm_cli.drafting.parties import COUNTS, Mention, WordSpan, mentions_from, places_of
from grcm_cli.drafting.passage import LEADING, NAME_JOINTS, Excerpt, Passage
from grcm_cli.drafting.sharing import Sharing, sharing_of
from grcm_cli.drafting.tokens import skip, skip_back
from grcm_cli.language.lexicon import all_words
from grcm_cli.language.text import fold_words
from grcm_cli.times.patterns import NUMBERS

_ACTORS = all_words("clause.actors")
_OTHERS = all_words("parties.others")
_TITLES = all_words("parties.titles")
_ARTICLES = all_words("parties.articles")
_AS = all_words("parties.as_leader")
_AS_LEADER = _AS | _ARTICLES | {"(", ",", "a"}
_LED = all_words("parties.led")
_LEADERSHIP = all_words("parties.leadership")
_TOGETHER = all_words("parties.together")
_IN_A_WAY = all_words("parties.in_a_way")
_NEAR_VERB = 6  # words into what is to be done
_ASIDE = 14  # words from *together with* to the verb behind whoever is named so
_BEFORE_NAME = all_words("parties.before_name")
_AROUND = all_words("parties.around")
_AGENT_JOINTS = NAME_JOINTS - {"a", "al", "to"} | {"by", "por"}
_DEPOSITING = all_words("verbs.depositing")
_BEFORE_AGENT = all_words("parties.titles") | all_words("parties.articles") | {"de", "del", "of"}
"""Between *by* and a name: *by the delegation of Kenya*."""
_BY = ("by", "por")
_FROM = (*_BY, "from")
_RECEIVING = all_words("verbs.receiving")
_SIGNS_OF_LIST = AND | {"(", ")", "+", "/", ";", "–", "-", "o", "or"}
"""Between the names of a cell, beside those of a sentence."""
_BEFORE_BOTH = (_ARTICLES | {"a", "al", "by", "por"}) - BOTH
_MADE_UP = all_words("clause.composition")
_GROUP_NOUNS = all_words("parties.made_up")
_THE_SAME = _ARTICLES | all_words("clause.demonstratives") | {"this", "that", "dicha", "dicho"}
_AGENT = re.compile(rf"\b(?:by|por) (?:{SAME_AGAIN.pattern})\b", re.IGNORECASE)
_SEVERAL = all_words("parties.several")
_THIS, _FORMER = frozenset({"esta", "este"}), "former"
_LATTER = all_words("clause.latter") | _THIS
_DETERMINERS = all_words("clause.determiners")
_BEFORE_TIME = frozenset({"a", "antes", "at", "before", "by", "dentro", "en", "in", "within"})
_WITHOUT_VERB = _BEFORE_TIME | _DETERMINERS | frozenset(NUMBERS) | {"to"}
"""What follows a name whose verb is that of the one before: *and Fiji one week later*."""
_OF = frozenset({"de", "del", "from", "of"})
_ADDRESSING = frozenset({"a", "al"})
_NEAR = 25  # words from a noun to what says who makes it up


class ResponsibleParties(BoundParties):
    """Finds who is bound by the clauses of one passage."""

    def __init__(self, passage: Passage, day: date) -> None:
        super().__init__(passage, day)
        self._ending = {mention.end: mention for mention in passage.acting}
        self._made_up_places = [at for at, word in enumerate(self.words) if word.folded in _MADE_UP]

    def alone(self, acting: Sequence[Mention] = ()) -> DraftResponsible | None:
        """Return who is named in words that are no sentence, without places, or None.

        `acting` are the names that count, by default all of those who act.
        """
        named = acting or self.passage.acting
        if not named:
            return None
        who = self.as_responsible(named)[0]
        excepted = {code: Excerpt(name.words) for code, name in who.exceptions.items()}
        return who._replace(place=None, exceptions=excepted)

    def in_cell(self, sentence: Subjects) -> tuple[DraftResponsible | None, Sequence[str]]:
        """Return who is named in a cell of a table, and the codes of who supports them.

        It is not sure where a part of the cell, but for one in brackets, says more than a name that
        the register has; nor where a group and a party are named.
        """
        others = [part for part in self._parts() if self._is_other(part)]
        inside = {at for part in others for at in range(*part)}
        named = self.passage.acting
        acting = [mention for mention in named if mention.start not in inside] or list(named)
        who = self.alone(acting)
        support = list(self.passage.support(0, len(self.words)))
        if who is None:
            return None, support
        leader = self._leader(sentence)
        if leader and len(who.codes) > 1:
            who = who._replace(lead=Excerpt(leader.code), lead_code=leader.code)
        who = who.shared("open") if self._is_open_between(acting) else who
        is_mixed = len(self.as_responsible(acting)) > 1
        beside = self.passage.excerpt(*others[0]).words if others else self.passage.text
        if others or is_mixed:
            who = who._replace(sure=False, beside=Excerpt(beside))
        return who, support

    def _parts(self) -> Iterator[WordSpan]:
        """Yield the parts of a cell between signs and joints, without what stands in brackets."""
        start = depth = 0
        for at, word in enumerate(self.words):
            depth += (word.text == "(") - (word.text == ")")
            is_end = word.folded in _SIGNS_OF_LIST | {","} or depth
            if is_end and start < at:
                yield start, at
            start = at + 1 if is_end else start
        if start < len(self.words):
            yield start, len(self.words)

    def _is_other(self, part: WordSpan) -> bool:
        """Tell whether a part of a cell names somebody unknown, or says more than a name."""
        words = self.words[skip(self.words, _ARTICLES, *part) : part[1]]
        known = mentions_from(self.passage.mentions, *part)
        if known:
            rest = set(range(*part)) - places_of(known)
            allowed = NAME_JOINTS | _LED | _LEADERSHIP | _AS_LEADER | _BEFORE_NAME
            is_more = not allowed.issuperset(self.words[at].folded for at in rest)
            return is_more and not any(mention.role for mention in known)
        if not words or words[0].folded in _AROUND:
            return False
        is_time = any(word.text[0].isdigit() for word in words)
        is_named = any(word.text[0].isupper() for word in words)
        is_name = is_named or words[-1].folded in _ACTORS | _OTHERS
        return is_name and not is_time

    def of_clause(
        self, sentence: Subjects, clause: Clause, action: WordSpan, before: Sequence[Clause]
    ) -> list[DraftResponsible]:
        """Return who owes what a clause lays down; more than one where members and others do."""
        span = clause.responsible
        group = self.set_up
        named = [] if group else self._named(sentence, clause, action, before)
        if not named:
            unknown = self._unknown_name(span) if span and not clause.passive else None
            name, place = group or (self.passage.excerpt(*unknown) if unknown else Excerpt(""))
            return [DraftResponsible("nobody", words=name, sure=False, place=place)]
        other: WordSpan | None = None
        if not clause.passive:
            named, other = self._together(sentence, named, action)
        bound, leader = self.as_responsible(named), self._leader(sentence)
        if leader and len(named) > 1 and leader.code in {mention.code for mention in named}:
            lead = self.passage.excerpt(leader.start, leader.end)
            bound = [who._replace(lead=lead, lead_code=leader.code) for who in bound]
        elif leader and len(named) > 1:
            other = other or (leader.start, leader.end)
        elif leader == named[0] and span:  # "tasked a group, led by Fiji, with"
            aside = sentence.next_of((",",), span[0] + 1, leader.start)
            other = other or ((span[0], aside) if aside else None)
        first = named[0].start
        is_far = first < sentence.start
        aside = next(
            (at for at in range(first - 1, sentence.start, -1) if self.words[at].text in "()"), 0
        )  # "Dr Lee (Kenya)", "a task group (lead: Kenya)"
        is_aside = aside > 0 and self.words[aside].text == "("
        is_of_a_person = is_aside and sentence.mention_before(aside) is None
        if is_far or (span and is_of_a_person):
            bound = [who._replace(sure=False, far=is_far) for who in bound]
        other = other or name_beside(sentence, named, clause, action[0])
        other = other or self._apart(sentence, named, clause, action, before)
        if other:
            beside = self.passage.excerpt(*other)
            is_next = other[0] == named[-1].end + 1  # "by Kenya and other donors"
            place = self.passage.excerpt(first, other[1]).place if is_next else None
            bound = [
                who._replace(sure=False, beside=beside, place=place or who.place) for who in bound
            ]
        return self._shared(bound, named, action, span)

    def _apart(
        self,
        sentence: Subjects,
        named: Sequence[Mention],
        clause: Clause,
        action: WordSpan,
        before: Sequence[Clause],
    ) -> WordSpan | None:
        """Return a name that may be bound too, and is not joined to those that are."""
        span, first = clause.responsible, named[0].start
        if span and span[1] <= action[0]:  # "Chile, and Peru, too, shall"
            before_names = sentence.mentions_within((clause.begin, first))
            coded = (each for each in before_names if each.code)
            far = [each for each in coded if not self._is_outside(each, clause.begin)]
            if far and not any(map(sentence.is_finite, range(far[0].end, first))):
                return far[0].start, far[0].end
        if span and span[0] <= first:  # "requests Kenya and invites Fiji to report"
            between = sentence.mentions_within((named[-1].end, max(named[-1].end, action[0])))
            within = (each for each in between if each.end <= span[1])
            joined = [each for each in within if not self._is_outside(each, span[0])]
            last = before[-1].responsible if before else None
            if joined:
                return joined[0].start, joined[0].end
            if last and span[1] <= last[0]:  # "a letter, which the Chair will send, and shall"
                is_one = not self._are_several(sentence.mentions_within(last))
                is_plural = not sentence.has_marker and self.words[clause.place].text.endswith("n")
                return None if is_plural and is_one and self._are_several(named) else last
        is_asked = self._before(named[0], _ARTICLES) in _ADDRESSING  # "a Chile … y a Perú"
        skipped = _ARTICLES | _ADDRESSING if is_asked else _ARTICLES
        for mention in sentence.mentions_within(action):
            joint, following = sentence.skip_back(skipped, mention.start) - 1, mention.end
            is_joined = self.words[joint].folded in AND
            is_verb = sentence.infinitive_at(following) is not None  # "and Fiji to reply"
            if other := sentence.mention_before(joint):  # "report to Kenya and Samoa to the Chair"
                both = {self._before(other, _ARTICLES), sentence.folded_at(following)}
                is_joined &= both <= _ADDRESSING | {"to"}
                is_joined &= bool(sentence.mentions_within((following, following + 3)))
            if is_joined and not is_verb and sentence.folded_at(following) in _WITHOUT_VERB:
                return mention.start, mention.end  # "Kenya send a list and Fiji a map"
        return None

    def _shared(
        self,
        bound: Sequence[DraftResponsible],
        named: Sequence[Mention],
        action: WordSpan,
        span: WordSpan | None,
    ) -> list[DraftResponsible]:
        """Return those who are bound as the words say that they owe: together, or each."""
        words = self.words[slice(*action)]
        # Each of several names has a preposition of its own: "a Chile y a Perú".
        before_names = [self._before(mention, _ARTICLES) for mention in named]
        apart = len(named) > 1 and all(word in ("a", "al") for word in before_names)
        before = sharing_of(self.words[named[0].start : action[0]], is_asked_apart=False)
        is_said = before in ("jointly", "open")  # "Kenya and Fiji, in turn, shall"
        sharing: Sharing = before if is_said else sharing_of(words, is_asked_apart=apart)
        asked = self.words[span[0] : span[0] + 2] if span else ()
        if any(word.folded in ("each", "cada") for word in asked):
            sharing = "each"
        sharing = "open" if sharing == "together" and self._is_open_between(named) else sharing
        return [who.shared(sharing) for who in bound]

    def _is_open_between(self, named: Sequence[Mention]) -> bool:
        """Tell whether *both* or *tanto* stands before some names, or *or* between them."""
        if any(word.folded in OR for word in self.words[named[0].end : named[-1].start]):
            return True
        start = skip_back(self.words, _BEFORE_BOTH, named[0].start)
        end = skip(self.words, (",", "to"), named[-1].end, len(self.words))
        near = (*self.words[max(0, start - 1) : start], *self.words[end : end + 1])
        return any(word.folded in BOTH for word in near)

    def _before(self, mention: Mention, skipped: frozenset[str]) -> str:
        """Return the word before a name and words like its article, folded."""
        at = skip_back(self.words, skipped, mention.start)
        return self.words[at - 1].folded if at else ""

    def _named(
        self, sentence: Subjects, clause: Clause, action: WordSpan, before: Sequence[Clause]
    ) -> list[Mention]:
        """Return whom a clause names, in it or in what it refers to."""
        span, named = clause.responsible, list[Mention]()
        at = clause.place
        beside = max(at - 1, sentence.start), at + 1  # "se me instruyó", "les ruego"
        spoken = beside if clause.antecedent else span
        person = self.passage.person(*spoken) if spoken and not clause.passive else None
        others = sentence.mentions_within((sentence.start, at)) if clause.antecedent else ()
        if person and not (others and person.group == "members"):
            return [person] if person.code or person.group == "members" else []
        if clause.passive:  # its subject is what is done; who receives it, does nothing
            done = self.words[action[0] : action[0] + 2]
            is_received = any(form.verb in _RECEIVING for word in done for form in word.forms)
            named = [] if is_received else self._agent(action, _BY)
        elif span and not clause.antecedent:
            # "requests a report from Kenya"
            named = self._agent(action, _FROM) if span == clause.action else []
            if not named:  # the first names that are joined, without those that only describe
                mentions = sentence.mentions_within(span)
                near = dropwhile(lambda mention: self._is_outside(mention, span[0]), mentions)
                first = takewhile(lambda mention: not self._is_outside(mention, span[0]), near)
                named = self.passage.joined_first(list(first)) or self._made_up(span)
        if not named and not span:
            last = sentence.end - 1
            if self.words[last].text == ")":  # "Forward the list (all)"
                places = range(last, sentence.start, -1)
                inside = next((at for at in places if self.words[at - 1].text == "("), last), last
                named = sentence.mentions_within(inside) if self.passage.are_names(*inside) else []
            is_of_it = any(form.enclitic for form in self.words[action[0]].forms)
            # "Presentación, a cargo de Chile, de un plan. Se acordó difundirlo"
            part = (max(0, sentence.start - _NEAR), sentence.start) if is_of_it else action
            in_charge = self.passage.in_charge(action) or self.passage.in_charge(part)
            named = self._group_from(in_charge) if in_charge and not named else named
        again = self._again(clause, action)
        is_meant = not named and (clause.antecedent or again)
        return self._antecedent(sentence, clause, before, again) if is_meant else named

    def _again(self, clause: Clause, action: WordSpan) -> str:
        """Return the words that mean a party named before: *they*, *by both delegations*; or ""."""
        if clause.passive:
            match = _AGENT.search(self.passage.excerpt(*action).words)
        else:
            span = clause.responsible
            match = SAME_AGAIN.fullmatch(self.passage.excerpt(*span).words) if span else None
        return match[0] if match else ""

    def _unknown_name(self, span: WordSpan) -> WordSpan | None:
        """Return the name of whoever is asked and is in no register, if it is written as one."""
        first, end = span
        if end - first > 14:
            return None  # a name ends before
        first = skip(self.words, _ARTICLES, first, end)
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
        # *The expert from Kiribati* is not Kiribati.
        is_known = first + capitals[0] in places_of(self.passage.mentions)
        return first + (0 if is_known else capitals[0]), first + last

    def _together(
        self, sentence: Subjects, named: list[Mention], action: WordSpan
    ) -> tuple[list[Mention], WordSpan | None]:
        """Return those who act with whoever is named, and one of them whom the register lacks.

        *Kenya shall, together with Fiji, report*; *Fiji, as host, together with Samoa, shall*.
        Whoever stands behind what is to be done is not sure: *send the report together with Fiji*.
        """
        for at in range(sentence.start + 1, sentence.end - 2):
            together, with_ = (word.folded for word in self.words[at : at + 2])
            if with_ not in ("con", "with") or together not in _TOGETHER | {","}:
                continue
            behind = mentions_from(self.passage.acting, at + 2, at + 5)[:1]
            # "en forma conjunta con"
            start = sentence.skip_back(_IN_A_WAY, at + (together == ","))
            opens = sentence.folded_before(start) == ","
            is_aside = opens and action[0] - _ASIDE <= at < action[0] + _NEAR_VERB
            if together == "," and not (behind and sentence.folded_at(behind[0].end) == ","):
                continue  # "the Secretariat, with the support of"
            if behind == named[:1]:
                ahead = [mention for mention in sentence.mentions if mention.end <= at]
                if not ahead:
                    return named, (sentence.start, at)
                if any(map(sentence.is_finite, range(ahead[-1].end, at))):
                    return named, (ahead[-1].start, ahead[-1].end)
                return [each for each in ahead if ahead[-1] in self._group_from(each)] + named, None
            if is_aside:
                comma = sentence.next_of((",",), at + 2, at + 12) or sentence.end
                is_known = behind and behind[0].start < comma
                joined = self._group_from(behind[0]) if is_known else []
                return named + joined, None if joined else (at + 2, comma)
            whom = sentence.mention_at(sentence.skip(_ARTICLES, at + 2))
            if whom and at > action[0] and not opens:
                return named, (whom.start, whom.end)
        return named, None

    def _leader(self, sentence: Subjects) -> Mention | None:
        """Return who leads: *Fiji (lead)*, *lead: Fiji*, *led by Fiji*, *under the lead of*."""
        words = self.words
        for mention in mentions_from(self.passage.mentions, sentence.start, sentence.end):
            at = sentence.skip(_AS_LEADER, mention.end)
            before = sentence.skip_back(_ARTICLES, mention.start)
            says_so = any(
                word.text == "(" or word.folded in _AS for word in words[mention.end : at]
            )
            joint, word = (sentence.folded_before(at) for at in (before, before - 1))
            is_led = word in (_LED if joint in ("by", "por") else _LEADERSHIP)
            is_led = is_led and joint in ("by", "por", "of", "de", "del")
            is_led = is_led or (joint == ":" and word in LEADING)
            says_so = says_so and sentence.folded_at(at + 1) != ":"  # "(lead: Fiji)"
            if mention.code and (is_led or (says_so and sentence.folded_at(at) in LEADING)):
                return mention
        return None

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
        return self.passage.joined_first([first, *later])

    def _is_outside(self, mention: Mention, start: int) -> bool:
        """Tell whether a name only describes: *el Director de la Secretaría*, *en México*."""
        near = {word.folded for word in self.words[mention.end : mention.end + 3]}
        is_owner = self.words[mention.end - 1].is_genitive  # "that Kenya's offer be accepted"
        owns_a_thing = is_owner and near.isdisjoint(_TITLES | _ACTORS)
        if owns_a_thing or self._is_attribute(mention):
            return True
        at = mention.start - 1
        while at >= start:
            word, before = self.words[at].folded, self.words[at - 1].folded if at else ""
            # "las delegaciones de Chile y de Ecuador"
            joined = self._ending.get(at - 1) if word in _OF and before in AND | {","} else None
            if joined is None and word not in _BEFORE_NAME:
                break
            at = (joined.start if joined else at) - 1
        if at < start:
            return False
        word, before = self.words[at].folded, self.words[at - 1].folded if at else ""
        if word in ("with", "con") and before in _TOGETHER:
            return False
        # "tasked a team of Kenya and Fiji"
        is_made_up = before in _GROUP_NOUNS and len(self._group_from(mention)) > 1
        is_theirs = before in _TITLES or is_made_up
        return not is_theirs if word in _OF and before else word in _AROUND

    def _is_attribute(self, mention: Mention) -> bool:
        """Tell whether a body's name only says whose people act: *the TC 5 editors*."""
        if self.passage.names.kind_of(mention.code) != "body" or mention.end >= len(self.words):
            return False
        return self.words[mention.end].folded in _ACTORS or bool(
            mentions_from(self.passage.mentions, mention.end, mention.end + 1)
        )

    def _agent(self, action: WordSpan, agents: tuple[str, ...]) -> list[Mention]:
        """Return who does what is said in the passive or by a noun: the parties after *by*."""
        mentions = mentions_from(self.passage.mentions, action[0] + 1, action[1])
        for place, mention in enumerate(mentions):
            is_attribute = self._is_attribute(mention)
            if not is_attribute and self._before(mention, _BEFORE_AGENT) in agents:
                before = self.words[max(action[0] - 1, 0) : mention.start]
                lodges = any(form.verb in _DEPOSITING for word in before for form in word.forms)
                joints = _AGENT_JOINTS - ({"con", "with"} if lodges else set())
                return self.passage.joined_first(mentions[place:], joints)
        return []

    def _antecedent(
        self, sentence: Subjects, clause: Clause, before: Sequence[Clause], again: str
    ) -> list[Mention]:
        """Return the parties that some words mean again: the nearest that are as many as these.

        Where it is open which of those who were named are meant, they are only supposed.
        """
        last = next((earlier for earlier in reversed(before) if earlier.place < clause.place), None)
        start = last.place + 1 if last else 0
        near = [each for each in sentence.mentions if start <= each.start < clause.place]
        near = [mention for mention in near if not sentence.is_meeting(mention)]
        near = near or list(self.passage.named_before(sentence.start))
        words = fold_words(again).split()
        if not _LATTER.isdisjoint(words):
            named = near[:1] if _FORMER in words else near[-1:]
            is_alone = words[-1] in _THIS  # "Fiyi enviará la lista a Samoa; esta la revisará"
            return named if len(near) == 2 - is_alone else _supposed(named)
        runs = list[list[Mention]]()
        for mention in near:
            is_joined = runs and self.passage.joined(runs[-1][-1], mention)
            runs = [*runs[:-1], [*runs[-1], mention]] if is_joined else [*runs, [mention]]
        if not words:  # "felicitar a Chile y pedirle"
            return runs[0] if runs else []
        is_several = not _SEVERAL.isdisjoint(words)
        count = 2 if not BOTH.isdisjoint(words) else max(COUNTS.get(word, 0) for word in words)
        fitting = [run for run in runs if is_several == self._are_several(run)]
        fitting = [run for run in fitting if count in (0, len(run))]
        if not (fitting or is_several) and last and last.responsible:
            # "The Board shall write to the members, and it shall report"
            subject = sentence.mentions_within(last.responsible)
            fitting = [subject] if len(subject) == 1 else []
        named = [*chain(*runs)] if is_several else near[:1]
        is_known = len(fitting) == 1 and not fitting[0][0].partial
        return fitting[0] if is_known else _supposed(fitting[0] if fitting else named)

    def _are_several(self, named: Sequence[Mention]) -> bool:
        groups = self.passage.names.groups
        return len(named) > 1 or any(each.group != "party" or each.code in groups for each in named)


def _supposed(named: Sequence[Mention]) -> list[Mention]:
    return [mention._replace(supposed=True, partial=False) for mention in named]
