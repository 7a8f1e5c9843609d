"""On what a verb depends: whose duty a relative clause or a joined verb lays down.

And whether it only tells how something is.
"""

import re
from collections.abc import Container
from itertools import pairwise

from grcm_cli.drafting.clauses.clause import Duty
from grcm_cli.drafting.clauses.subjects import Subjects
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.language.verbs import STATIVE
from grcm_cli.times.patterns import time_regex

_TIME = time_regex(r",? (?:\w+ ){0,5}(?:<DAY>|<ONE_MONTH>|<A_UNIT>|<A_MEETING>|<YEAR>),?")
_NEAR_FRONT = 4  # words before the *que* of *con el fin de que*
_NEAR = 40  # words from a verb to the time, or to a quotation, that it governs
_LONGEST_TIME = 14  # words of a time between a joint and a verb
_PLAIN = ("infinitive", "subjunctive", "past", "participle")
WHOSE = frozenset({"whose", "cuya", "cuyas", "cuyo", "cuyos"})


class SubordinateClauses(Subjects):
    """A sentence that knows which of its verbs stand in a clause of another."""

    def next_latter(self, start: int) -> int | None:
        """Return where *and the latter to report*, *y a esta última que* begins, or None."""
        for at in range(start + 1, self.end - 1):
            is_named = self.folded_before(at) in self.lists["clause.this"]
            if is_named and self.words[at].folded in self.lists["clause.latter"]:
                begin = self.skip_back(self.lists["clause.before_latter"], at)
                return begin if begin > start else None
        return None

    def next_told(self, start: int) -> int | None:
        """Return where a sentence goes on to tell: *and hopes to reply*, *and expects it to*."""
        leads = self.lists["clause.object_pronouns"] | {self.grammar.marker, self.grammar.that}
        for at in range(start + 1, self.end - 1):
            is_told = self.words[at].is_form("present") and not self.words[at].is_form(*_PLAIN)
            if is_told or self.words[at].folded in self.lists["clause.wanting"]:
                is_joined = self.folded_before(at) in self.lists["clause.and"]
                return at - 1 if is_joined and self.folded_at(at + 1) in leads else None
        return None

    def governor_of(self, place: int) -> int | None:
        """Return the *that* or *which* on which a verb depends; None for a verb of its own."""
        lists = self.lists
        for at in range(place - 1, self.start - 1, -1):
            word = self.words[at]
            is_governor = word.folded in self.grammar.governors
            if not is_governor or word.quoted or self.mention_over(at):
                continue
            opening = self.next_of((",",), max(self.start, at - 2), at)
            signs = [near.text for near in self.words[opening or at : self.before_adverbs(place)]]
            if signs.count(",") == 2 and signs[0] == signs[-1] == ",":
                return None  # "Chile y Perú, los que encabezan el grupo, se comprometieron a"
            following = self.folded_at(at + 1) if at + 1 < place else ""
            if following and following != "se" and word.folded in lists["clause.by_rule"]:
                continue  # "según el artículo 3"
            is_as_for = (
                self.folded_at(self.skip(lists["clause.passive_pronouns"], at + 1))
                in lists["clause.as_for"]
            )
            if is_as_for and self.folded_before(at) == "lo":
                continue  # "En lo que se refiere a los mapas, Chile enviará"
            is_plain = not self.words[at + 1].is_form("present")
            if self._is_in_front(at, place):
                continue  # "En caso de que falte, Chile enviará"
            is_determiner = word.folded in lists["clause.determiners"] and is_plain
            if is_determiner and self.folded_before(at) in lists["clause.prepositions"]:
                continue  # "of that text"
            has_verb = self._describes_party(at, place) or any(
                # "cuyo sistema se rige por", with a verb that no list has
                self.is_finite(later) or (later > at + 1 and self.folded_before(later) == "se")
                for later in range(at + 1, place)
            )
            return None if has_verb or self._has_unlisted_verb(at, place) else at
        return None

    def _has_unlisted_verb(self, that: int, place: int) -> bool:
        """Tell whether a Spanish *que* has a verb that no list has: *que operan en México, y*."""
        if self.has_marker or that + 2 >= place or self.words[that].folded != "que":
            return False
        ends_so = self.words[that + 1].folded[-1] in "aen"
        is_joined = self.folded_before(self.before_adverbs(place)) in self.lists["clause.and"]
        return ends_so and is_joined and self.is_unlisted_verb(that + 1)

    def _is_in_front(self, at: int, place: int) -> bool:
        """Tell whether a *that* near the start stands in words before a comma and its subject."""
        is_led = self.words[self.start].folded in self.lists["clause.prepositions"]
        opens = is_led and at - self.start <= _NEAR_FRONT
        if at == self.start or self.words[at - 1].text == ":":  # "Si la lista falta, Chile enviará"
            opens = self.words[at].folded != self.grammar.that
        commas = (comma for comma in range(at + 1, place) if self.words[comma].text == ",")
        behind = (self.skip(self.lists["clause.determiners"], comma + 1) for comma in commas)
        return opens and any(map(self.mention_at, behind))

    def is_condition(self, place: int) -> bool:
        """Tell whether a verb says when or why: *once the dates are agreed*, *as it was asked*."""
        lists, floor = self.lists, self.last.place if self.last else self.start
        near = range(place - 1, floor - 1, -1)
        at = next((at for at in near if self.words[at].folded in lists["clause.when"]), None)
        if at is None:
            return False
        opens = lists["clause.determiners"] | lists["clause.subject_pronouns"]
        is_clause = at + 1 == place or self.folded_at(at + 1) in opens
        comma = self.next_of((",",), at, place)  # "Before the next meeting, Kenya was asked to"
        is_clause &= comma is None or not self.mentions_within((comma, place))
        first = self.skip_back(lists["clause.perfect"], place)
        return is_clause and not any(map(self.is_finite, range(at + 1, first)))

    def end_of_aside(self, place: int, verb: int) -> int:
        """Return where a verb's relative clause ends: *the list, which Kenya will send, is*."""
        governor = self.governor_of(place)
        if governor is None or self.folded_before(governor) != ",":
            return self.end
        for comma in range(verb + 1, self.end - 1):
            following = comma + 1 + (self.folded_at(comma + 1) in self.lists["clause.dative"])
            goes_on = self.is_finite(following) or self.folded_at(following) == self.grammar.marker
            if self.words[comma].text == "," and goes_on:
                return comma
        return self.end

    def goes_on(self, governor: int) -> bool:
        """Tell whether a relative goes on with the sentence: *a plan, on which Kenya is asked*."""
        at = self.skip_back(self.lists["clause.articles"], governor) - 1
        is_led = self.folded_before(at + 1) in self.lists["clause.prepositions"]
        goes_on = self.last is not None and self.last.action is not None
        return goes_on and is_led and self.words[at - 1].text == ","

    def _describes_party(self, at: int, place: int) -> bool:
        """Tell whether a relative clause has its own verb: *members that fish there were asked*.

        No list need have that verb. An office opens its clause: *informed the group that*.
        """
        named, first = self.mention_before(at), self.break_before(at, self.start)
        opens = self.is_actor(at - 1, first) and not self.words[at - 1].text.isupper()
        opens &= not any(map(self.is_finite, range(first, at - 1)))
        if self.after_adverbs(at + 1) >= place - self.has_marker or self.mention_over(at + 1):
            return False
        is_party = (
            self.has_marker
            and named is not None
            and not (
                # "the statement by Kenya that fees were paid"
                self.words[at].folded == self.grammar.that and named.group == "party"
            )
        )
        return (opens or is_party) and self.words[at + 1].text.islower()

    def begin_of_relative(self, governor: int) -> int:
        """Return where a relative clause begins, with its preposition: *, to which*."""
        lists = self.lists
        leads = lists["clause.articles"] | lists["clause.prepositions"] | lists["clause.on_which"]
        return self.skip_back(leads, governor)

    def goes_on_with(self, governor: int, who: WordSpan | None) -> bool:
        """Tell whether its own subject opens a clause behind a comma: *, which Kenya will send*."""
        is_pronoun = self.words[governor].folded in self.lists["clause.relative_pronouns"] - WHOSE
        is_aside = is_pronoun and self.folded_before(self.begin_of_relative(governor)) == ","
        named = self.mentions_within(who) if who and is_aside else []
        if not named or self.is_praised() or all(map(self.is_meeting, named)):
            return False
        return self.skip_back(self.grammar.before_subject, named[0].start) == governor + 1

    def relative_subject(self, governor: int, place: int) -> WordSpan | None:
        """Return whose duty a relative clause lays down: *, which is to*, *, to which Kenya is to*.

        One in the past may only tell what was asked: *, who were asked to*.
        """
        word, who = self.words[place], self.subject_of(governor + 1, place)
        is_past = word.is_form("past") or word.folded in self.lists["clause.past"]
        if is_past or self.is_praised():
            return None
        return who if self.goes_on_with(governor, who) else self.whose_relative(governor)

    def whose_relative(self, governor: int) -> WordSpan | None:
        """Return whose duty *, which shall report* is: of a new body, or of the party before it."""
        last = self.last
        is_of_one = self.words[governor].folded in self.lists["clause.of_one"]
        if last and last.verb in self.lists["verbs.creating"] and not is_of_one:
            return last.place + 1, governor
        first = governor - (self.folded_before(governor) in self.lists["clause.determiners"])
        pronouns = self.lists["clause.relative_pronouns"] - WHOSE
        is_relative = self.words[governor].folded in pronouns
        is_aside = is_relative and self.folded_before(first) == ","
        at = self.skip_back(self.grammar.before_subject, first - 1)
        named = self.mention_before(at) if is_aside else None
        if named is None:
            return None
        # "los que" is of all who were named: "por Chile y Perú, los que elevarán"
        begin = last.place if last else self.start - 1
        joined = [mention for mention in self.mentions if begin < mention.start <= named.start]
        is_of_all = self.folded_at(first) in self.lists["clause.plural_articles"]
        return (joined[0] if is_of_all else named).start, named.end

    def is_supposed(self, place: int) -> bool:
        """Tell whether a verb says what is only supposed: *with the assumptions: Kenya will*."""
        start = self.last.place if self.last else self.start
        return self.has_colon(self.lists["clause.supposing"], start, place)

    def has_colon(self, words: Container[str], start: int, end: int) -> bool:
        """Tell whether one of some words with a colon behind it stands between two places."""
        pairs = pairwise(self.words[start:end])
        return any(word.folded in words and sign.text == ":" for word, sign in pairs)

    def is_praised(self) -> bool:
        """Tell whether the clause before thanks, wishes or congratulates."""
        last = self.last
        wishing = self.lists["verbs.wishing"]
        return last is not None and (last.act == "evaluative" or last.verb in wishing)

    def inherited(self, place: int) -> tuple[int, int] | None:
        """Return the subject of a verb before, which a joined one shares: *and shall report*.

        In Spanish that of the last one with its number; where the verb before is no duty, that of
        the party that it tells of: *Chile lo agradeció y quedó en*.
        """
        at = self.before_time(place)
        # "a letter, which the Chair will send, and shall answer it": of the clause around that
        is_behind_comma = "," in (self.words[at - 1].text, self.words[at - 2].text)
        asides = self.lists["clause.relative_pronouns"] if is_behind_comma else ()
        opened = (
            (each, {*map(self.folded_at, (each.begin - 1, each.begin))}) for each in self.before
        )
        around = [each for each, words in opened if words.isdisjoint(asides)]
        if self.folded_before(at) not in self.lists["clause.joining"]:
            return None
        if (
            not around
        ):  # "Kenya, which will host it, will send", but "A list, which Kenya will send,"
            begin = self.last.begin if self.last else self.start
            head = self.mention_before(begin - 1 - (self.folded_at(begin) not in asides))
            return (head.start, head.end) if head else None
        last = around[-1]
        if last.action is None:
            who = self.subject_of(last.begin, last.place)
            named = self.mentions_within(who) if who else []
            is_told = self.next_of((self.grammar.that,), last.place, place) is not None
            others = self.mentions_within((last.place, place))
            # "recognised that it was late, and undertook to"
            is_told &= bool(others) or self.words[at - 2].text != ","
            return who if named and not (is_told or self.is_meeting(named[0])) else None
        asked = last.responsible if last.act == "directive" else None
        moods = self.words[last.place].moods & self.words[place].moods
        if asked and asked[0] > last.place and not moods.isdisjoint(("past", "present")):
            return None  # "requested Kenya to reply, and agreed to": whoever requested it
        bound = [clause for clause in reversed(around) if clause.action]
        number = self.words[place].folded.endswith("n")
        same = (each for each in bound if self.words[each.place].folded.endswith("n") == number)
        return (last if self.has_marker else next(same, last)).responsible

    def before_time(self, place: int) -> int:
        """Return the place before adverbs, and before a time: *and, by 3 May, shall send it*."""
        at, floor = self.before_adverbs(place), self.last.place if self.last else self.start
        joint = next(
            (
                each
                for each in range(at - 1, max(floor, at - _LONGEST_TIME), -1)
                if self.words[each].folded in self.lists["clause.and"]
            ),
            at,
        )
        text = self.passage.plain[self.words[joint].end : self.words[max(at, 1) - 1].end]
        return joint + 1 if joint < at - 1 and _TIME.fullmatch(text.lower()) else at

    def done_by(self, verb: int, name: str, *, passive: bool) -> str:
        """Return the verb that says what is done: of *be sent* that of the participle."""
        if not passive or not self.has_marker:
            return name
        at = min(self.after_adverbs(verb + 1), self.end - 1)
        form = self.words[at].form("past")
        return form.verb if form else ""

    def tells_how(self, duty: Duty) -> bool:
        """Tell whether a verb says how something is or is done, and nobody has to see to it.

        *will be based on the report*, *should only be printed*, *shall act according to the rules*.
        Where the text says by whom or by when, somebody has to.
        """
        words, lists, verb = self.words, self.lists, duty.verb
        done = min(self.after_adverbs(verb + 1), self.end - 1) if duty.passive else verb
        name = self.done_by(verb, duty.name, passive=duty.passive)
        following = self.folded_from(done + 1, 5)
        if duty.passive and name in lists["verbs.amending"]:  # "shall be replaced by “the Board”"
            near = words[max(self.start, done - _NEAR) : min(done + _NEAR, self.end)]
            if "following" in following or any(word.quoted for word in near):
                return True
        is_declared = name in lists["verbs.declaring"] and self.folded_at(verb + 1) == "por"
        is_declared = is_declared and words[verb + 2].is_form("participle")  # "se dará por leído"
        if duty.passive and (is_declared or name in lists["verbs.describing_passive"]):
            return True
        if self.next_of(lists["clause.time_cues"], done, done + _NEAR) is not None:
            return False
        beside = {self.folded_before(verb), words[verb].folded, self.folded_at(verb + 1)}
        if duty.passive and (name in lists["verbs.deliberating"] or "only" in beside):
            return True
        may_tell = duty.passive or name in lists["verbs.of_manner"]
        return may_tell and re.match(self.grammar.manner, " ".join(following)) is not None

    def is_state(self, verb: int, name: str) -> bool:
        """Tell whether a verb says how a thing is: *the rule will apply*, but *apply the rule*."""
        objects = self.lists["clause.determiners"] | self.lists["clause.object_pronouns"]
        does = name in self.lists["verbs.with_object"] and self.folded_at(verb + 1) in objects
        return not does and name in STATIVE | self.lists["verbs.being"]

    def takes_charge(self, verb: int) -> bool:
        """Tell whether a verb is that of *will serve as host*, *tendrá a su cargo*."""
        return self.next_of(self.lists["clause.hosting"], verb + 1, verb + 4) is not None

    def promises(self, place: int) -> bool:
        """Tell whether a verb is in the plain future: *will send*, *enviará*."""
        modal, lists = self.words[place].folded, self.lists
        return modal in lists["clause.promising"] or modal not in lists["clause.modals"]

    def has_own_verb(self, start: int, end: int) -> bool:
        """Tell whether a clause has a finite verb of its own: *that a base text was needed*."""
        finite = self.lists["clause.indicative"] & self.lists["clause.finite"]
        at = self.next_of(finite, start, end)
        aside = self.grammar.governors | {","}
        return at is not None and self.next_of(aside, start, at) is None

    def is_unlisted_verb(self, at: int) -> bool:
        """Tell whether a word behind *to* is a verb that no list has: *to co-finance*."""
        lists = self.lists
        no_verbs = lists["clause.determiners"] | lists["clause.prepositions"] | lists["clause.each"]
        is_plain = at < self.end and self.words[at].text.islower() and not self.words[at].forms
        return is_plain and self.words[at].folded not in no_verbs

    def is_subjunctive(self, at: int) -> bool:
        """Tell whether a plain English verb says what is wished: *that Kenya send it*."""
        word = self.words[at]
        is_plain = word.is_form("infinitive") or word.folded in self.lists["clause.plain_verbs"]
        no_wish = self.grammar.before_noun | self.lists["clause.indicative"]
        before = self.folded_before(at)
        # "Kenya and Fiji each pay"
        is_each = before in self.lists["clause.each_alone"] and self.mention_before(at - 1)
        return is_plain and word.text.islower() and (before not in no_wish or bool(is_each))
