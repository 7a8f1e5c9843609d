"""Who acts in a sentence: the subjects of its verbs, and where their clauses begin."""

from collections.abc import Sequence

from grcm_cli.drafting.clauses.sentence import Sentence
from grcm_cli.drafting.ordinals import ordinals_in
from grcm_cli.drafting.parties import Mention, WordSpan, places_of
from grcm_cli.drafting.passage import LEADING
from grcm_cli.drafting.tokens import skip
from grcm_cli.language.lexicon import phrase_regex

SAME_AGAIN = phrase_regex("<parties.same_again>")  # words for a party that was named before

_ROMAN = frozenset("ivxlc")
_AS, _LIKE = frozenset({"como", "tal"}), frozenset({"like", "unlike"})
_BREAKS = frozenset({",", ":", ")"})
_FINITE = ("present", "past", "future", "conditional", "subjunctive")
_LONGEST_AGAIN = 6  # words of a pronoun and what may stand before it
_NEAR = 40  # words from a reflexive verb to whoever does it
_NEAR_SUBJECT = 8  # words of a subject, and from a verb to the subject behind it


class Subjects(Sentence):
    """A sentence that finds the subject of a verb, and where its clause begins."""

    def meeting_before(self, at: int) -> bool:
        """Tell whether the subject before a verb is the meeting or those who sit in it."""
        if self.mention_before(at):
            return True
        last, lists = self.folded_before(at), self.lists
        is_far = not self.has_marker or last.isdecimal() or last in lists["clause.headed"]
        start = max(self.start, at - (8 if is_far else 1))  # "WG 3 requested"
        return self.next_of(self.grammar.asking, start, at) is not None

    def subject_of(self, start: int, verb: int) -> WordSpan | None:
        """Return the words of the subject before a verb: a party, or somebody the register lacks.

        Names in an aside before the verb are none of it: *Kenya, after consulting Fiji, shall*.
        """
        if again := self._again_before(start, verb):
            return again
        colon = next((at for at in range(verb - 1, start, -1) if self.words[at].text == ":"), None)
        if colon and self.before_adverbs(verb, start) > colon + 2 and not self.is_label(colon + 2):
            start = colon + 1  # "the Board set a date: all offices will"
        groups: list[list[Mention]] = []
        joints = self.lists["clause.joints"]
        for mention in self.mentions_within((start, self._before_aside(start, verb))):
            if groups and self.passage.joined(groups[-1][-1], mention, joints):
                groups[-1].append(mention)
            else:
                groups.append([mention])
        subjects = (self._acting(group, start) for group in reversed(groups))
        if not (subject := next(filter(None, subjects), None)):
            return self.actor_before(start, verb)
        end = skip(self.words, self.lists["clause.actors"], subject[-1].end, verb)
        return subject[0].start, end  # "the TC 5 editors"

    def _again_before(self, start: int, verb: int) -> WordSpan | None:
        """Return the subject before a verb where it means who was named: *they*, *cada una*."""
        end = self.skip_back(self.lists["clause.perfect"], self.before_adverbs(verb, start))
        opening = _BREAKS | self.lists["clause.and"] | {self.grammar.that}
        places = range(end - 1, max(start, end - _LONGEST_AGAIN) - 1, -1)
        first = next((at + 1 for at in places if self.words[at].folded in opening), start)
        if any(form.speaks for form in self.words[verb].forms):
            return verb, verb + 1
        is_again = first < end and (
            self.passage.person(first, end)
            or SAME_AGAIN.fullmatch(self.passage.excerpt(first, end).words)
        )
        return (first, end) if is_again else None

    def subject_after(self, verb: int) -> WordSpan | None:
        """Return who stands behind a Spanish verb, its object before: *lo firmarán Chile y Perú*.

        The register may lack them: *las revisará cada año un auditor*.
        """
        lists = self.lists
        before = self.folded_before(verb)
        is_aside = before == self.grammar.that and self.folded_before(verb - 1) == ","
        if self.has_marker or not (is_aside or before in lists["clause.dative"]):
            return None  # else "lo firmará Chile", "el plan, que firmará Chile"
        hosting = lists["verbs.hosting"] | lists["verbs.holding"] | lists["verbs.being"]
        if is_aside and hosting & {form.verb for form in self.words[verb].forms}:
            return None  # "Portugal, que acogerá el Pleno"
        ends = lists["clause.prepositions"] | _BREAKS
        for at in range(verb + 1, self.next_of(ends, verb, verb + _NEAR_SUBJECT) or self.end):
            first = self.skip(self.grammar.before_subject, at)
            if self.mention_at(first):
                return at, self.end_of_names(first)
            if first > at and self.is_actor(first, first):
                ends |= lists["clause.and"] | lists["clause.time_cues"]
                return at, self.next_of(ends, first) or self.end
        return None

    def _acting(self, group: Sequence[Mention], start: int) -> Sequence[Mention]:
        """Return those of joined names that may be a subject: *In Kenya, Fiji and Togo shall*."""
        if self._may_be_subject(group, start):
            return group
        places = range(1, len(group))
        if comma := next((at for at in places if self.words[group[at - 1].end].text == ","), 0):
            return group[comma:]
        # "thanked Kenya and Fiji shall": the last is the subject, as far as the words tell.
        is_of = self.folded_before(group[0].start) in self.lists["clause.of"]
        return [] if is_of and start == self.start else group[1:][-1:]

    def _before_aside(self, start: int, verb: int) -> int:
        """Return where an aside in commas or brackets before a verb begins.

        It is none where it but names somebody, in commas, or where no name stands before it.
        """
        words = self.words
        close = self.before_adverbs(verb, start) - 1
        sign = {",": ",", ")": "("}.get(words[close].text) if close > start else None
        if sign is None:
            return verb
        opening = next((at for at in range(close - 1, start, -1) if words[at].text == sign), start)
        if words[opening].text == "," and opening == start:
            return start  # "and, with Kenya, shall": of the subject before
        named = places_of(self.mentions_within((opening, close)))
        aside = {words[at].folded for at in range(opening, close) if at not in named}
        is_list = not named or aside <= self.lists["clause.joints"]
        before = self.mentions_within((start, opening))
        if sign == "(" and before:  # "coastal States (Fiji and Tonga)", "Kenya (lead)"
            is_list = not (before[-1].code and LEADING.isdisjoint(aside))
            is_list = is_list or bool(self.mention_over(opening))  # "Forum Fisheries Agency (FFA)"
        return verb if is_list or not before else opening

    def _may_be_subject(self, group: Sequence[Mention], start: int) -> bool:
        lists, first = self.lists, group[0].start
        before = self.words[first - 1].text if first > start else ""
        first -= bool(ordinals_in(before))  # "the 2nd Conference", "the tenth", "la XI Reunión"
        first = self.skip_back(self.grammar.turns, first)  # but "in future the Chair"
        at = self.skip_back(lists["clause.determiners"], first) - 1
        if at < start:  # right behind a verb stands its object: "thanked Kenya and Fiji shall"
            return start == self.start or not self.words[start - 1].is_form(*_FINITE)
        word = self.words[at].folded
        is_verb = self.words[at].is_form("present", "past") and self.words[at].text.islower()
        is_aim = self.has_marker and self.folded_before(at) == self.grammar.marker
        if is_aim or (is_verb and not self.is_noun(at) and self.mentions_within((start, at))):
            return False  # "Kenya takes over the Chair and shall", "to help Kenya, Fiji shall"
        before_verb = self.words[start:at]
        opening = {word.folded for word in before_verb}
        is_of_aside = opening <= lists["clause.relatives"] | lists["clause.clitics"] | _AS
        is_of_aside |= "que" in opening or any(word.is_form("gerund") for word in before_verb)
        if opening and is_of_aside and self.words[at].is_form(*_FINITE, "participle"):
            return False  # "como pidió Cuba, Perú enviará"
        if word in _LIKE or (word == "que" and "igual" in opening):
            return False  # "like Kenya, Fiji shall"
        if at > start:
            previous = self.words[at - 1].folded
            if word in lists["clause.with"] and previous in lists["parties.together"]:
                return True
            if word in lists["clause.of"] | lists["clause.from"]:
                several = self.next_of(lists["parties.made_up"], max(start, at - 3), at)
                titles = lists["parties.titles"] | lists["clause.composition"]
                return (len(group) > 1 and several is not None) or previous in titles
        return word not in lists["clause.prepositions"]

    def actor_before(self, start: int, verb: int) -> WordSpan | None:
        """Return the subject before a verb where it is a person, an office or a group of people.

        The register has none of its names: *the project leaders*, *el CISC*. The meeting is none.
        """
        words, lists = self.words, self.lists
        close = self.before_adverbs(verb, start)
        aside = self.break_before(close - 1, start) - 1
        if start < aside and words[close - 1].text == "," == words[aside].text:
            close = aside  # "the group, chaired by Kenya, shall"
        first = self.break_before(close, start)
        # "the offices that publish it shall"
        relative = self.next_of(lists["clause.relative_pronouns"], first, close)
        end = close if relative is None else relative
        others = (at for at in range(first, end) if words[at].folded not in lists["clause.actors"])
        if first >= end or any(self.is_finite(at) for at in others):
            return None
        noun = head = skip(words, self.grammar.before_actor, first, end)
        if self.has_marker:  # the noun is the last of its words: *the project leaders of*
            ends = lists["clause.prepositions"] | lists["clause.composition"]
            of = self.next_of(ends, head, end)
            noun = (end if of is None else of) - 1
        if not head <= noun < end or words[noun].quoted or not self.is_actor(noun, start):
            return None
        is_alone = end - head == 1 and words[head].folded in lists["clause.meeting"]
        is_other = words[first].folded in lists["clause.demonstratives"] | lists["clause.each"]
        return None if is_alone and not is_other else (first, close)

    def break_before(self, end: int, start: int) -> int:
        """Return where the words begin that no comma, colon or bracket parts from a place."""
        places = range(end - 1, start - 1, -1)
        return next((at + 1 for at in places if self.words[at].text in _BREAKS), start)

    def is_actor(self, at: int, start: int) -> bool:
        """Tell whether a word is the noun of people who act, an acronym, or a person's name."""
        if at >= self.end:
            return False
        word, lists = self.words[at], self.lists
        if word.folded in lists["clause.actors"]:
            return True
        letters = word.text.replace("-", "")
        acronym = letters.removesuffix("s")  # "RMOs"
        if acronym.isalpha() and acronym.isupper() and len(acronym) > 1:
            return not set(acronym.lower()) <= _ROMAN
        first = at
        while first - 1 >= start and at - first < 3 and self.words[first - 1].text.istitle():
            first -= 1
        is_name = letters.isalpha() and word.text[0].isupper() and first == start < at
        return is_name and self.words[first].folded not in self.grammar.before_noun

    def begin_of(self, place: int) -> int:
        """Return where the clause of a verb begins, behind the verb before it."""
        if self.last is None:
            return self.start
        floor = self.last.place + 1
        for at in range(self._before_subject_aside(place) - 1, floor, -1):
            word = self.words[at]
            signs = [each.text for each in self.words[floor:at]]
            if signs.count("(") > signs.count(")"):
                continue  # "The rule (dates and times) is to be revised"
            is_joint = word.folded in self.lists["clause.and"] and not self.mention_over(at)
            if word.text in (":", ",", ";") or (is_joint and not self._joins_names(at)):
                opening = self.break_before(at, floor) - 1
                # "and, if it is approved, shall publish it"
                is_aside = (
                    word.text == "," and self.folded_before(opening) in self.lists["clause.and"]
                )
                return opening if is_aside else at + 1
        return floor

    def _before_subject_aside(self, place: int) -> int:
        """Return a verb's place, or that before an aside: *the Board, which Fiji chairs, will*.

        The aside follows a name; without *which*, one behind *and* or a semicolon.
        """
        close = self.before_adverbs(place) - 1
        opening = self.break_before(close, self.start) - 1
        is_aside = [self.words[at].text for at in (opening, close)] == [",", ","]
        is_aside &= not self.words[place].is_form("gerund")
        if not (is_aside and self.last and self.last.place < opening):
            return place
        joints = self.lists["clause.and"] | {";"}
        near = range(opening - 1, max(self.last.place, opening - _NEAR_SUBJECT), -1)
        joint = next((at for at in near if self.folded_at(at) in joints), opening)
        first = self.skip(self.lists["clause.determiners"], joint + 1)
        is_named = self.mention_at(first) is not None and self.end_of_names(first) == opening
        is_new = is_named or self.actor_before(joint + 1, opening) is not None
        is_relative = self.folded_at(opening + 1) in self.lists["clause.relative_pronouns"]
        is_relative &= bool(self.mention_before(opening))
        return opening if is_new or is_relative else place

    def _joins_names(self, at: int) -> bool:
        """Tell whether an *and* stands between two who act, in the register or not."""
        first = at + 1 + (self.folded_at(at + 1) in self.grammar.before_subject)
        follows = self.mention_at(at + 1) or self.mention_at(first) or self.is_actor(first, first)
        return bool((self.mention_before(at) or self.is_actor(at - 1, at - 1)) and follows)

    def is_passive(self, verb: int) -> bool:
        """Tell whether a verb is passive: *be sent*, *se enviará*, *será enviado*."""
        word, reflexive = self.words[verb], self.lists["verbs.reflexive"]
        if self.folded_before(verb) in self.lists["clause.passive_pronouns"]:
            is_own = any(form.verb in reflexive for form in word.forms)
            is_own = is_own and self.next_of(("por",), verb, verb + _NEAR) is None
            named = self.mention_before(verb - 1)  # "Chile se hará cargo", but "de Chile se hará"
            return not is_own and not (named and self._may_be_subject([named], self.start))
        is_be = word.folded == "be" or any(form.verb == "ser" for form in word.forms)
        at = self.after_adverbs(verb + 1)  # but "será la encargada"
        return is_be and self.is_participle(at) and not self.is_noun(at)
