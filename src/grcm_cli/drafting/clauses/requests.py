"""What the meeting asks for: requests, in the active and the passive, and clauses with *that*."""

from grcm_cli.drafting.clauses.clause import PRESENT, Clause, Duty
from grcm_cli.drafting.clauses.obligations import Obligations
from grcm_cli.drafting.parties import Mention, WordSpan
from grcm_cli.language.verbs import JUDGING, STATIVE, URGING, VerbForm

_BINDING = ("subjunctive", "future", "conditional", "present")
_BY_WHOM = 5
"""Words from a verb of asking to whoever is asked."""
_TO_ASKED = 14
"""Words from it to what is asked for, past whoever is asked."""


class Requests(Obligations):
    """Finds who is asked, and for what."""

    # --- clauses that begin with *that* ----------------------------------------------------------

    def that_clause(self, place: int) -> Clause | None:
        """Return what a *that* lays down alone: a wish, a second request, a purpose.

        *THAT the report be published*, *asked that A report and that B reply*, *so that Spain can*.
        """
        sentence, last, that = self.sentence, self.last, self.grammar.that
        if self.words[place].folded != that:
            return None
        purpose = self._purpose(place, last) if last else None
        before = sentence.folded_before(place)
        is_joined = before in self.lists["clause.and"]
        if purpose or not (is_joined or before in ("", ",", ";")):
            return purpose
        if self.words[sentence.start].folded == that:
            wish = self.content(place, VerbForm("resolve", "present"), place, place)
            is_duty = wish is not None and (wish.responsible or self.has_marker)
            act = Clause(place, "resolve", place, act="deciding") if self.has_marker else None
            return wish if is_duty else act
        if last and last.action and last.act == "directive" and is_joined:
            second = self.content(place, VerbForm(last.verb, "present"), place - 1, place)
            return second if second and second.responsible else None
        return None

    def _purpose(self, place: int, last: Clause) -> Clause | None:
        """Return the duty in *so that Spain can present*: of whoever is named there."""
        sentence, lists = self.sentence, self.lists
        gives_time = last.verb in lists["verbs.giving_time"]
        before = [word.folded for word in self.words[max(0, place - 4) : place + 1]]
        sizes = (
            len(phrase) for phrase in self.grammar.purposes if before[-len(phrase) :] == phrase
        )
        size = next(sizes, 0)
        duty = self._binding(place + 1, "subjunctive", may=True) if size else None
        if duty is None or duty.name in JUDGING or not (last.action or gives_time):
            return None
        who = (place + 1, duty.place)
        named = bool(sentence.mentions_within(who))
        if not named and sentence.next_of(lists["clause.subject_pronouns"], *who) is None:
            return None
        begin = last.begin if gives_time else max(sentence.start, place + 1 - size)
        clause = Clause(duty.place, duty.name, begin, who, (duty.verb, self.end))
        return clause._replace(antecedent=not named, purpose=not gives_time)

    def _binding(self, start: int, *moods: str, may: bool = False) -> Duty | None:
        """Return the verb of a clause behind *that*: a modal, a subjunctive, one of some moods.

        Where `may`, what somebody can do counts too.
        """
        sentence, words, lists = self.sentence, self.words, self.lists
        place: int | None
        if self.has_marker:
            modals = lists["clause.modals"] | (lists["clause.may"] if may else frozenset())
            next_that = sentence.next_of(("that",), start + 1, self.end)
            is_next = next_that is not None and words[next_that - 1].is_form("past", "present")
            end = next_that if next_that and is_next else self.end  # "and decided that Chile shall"
            places = [p for p in range(start, end) if not words[p].quoted]
            modal = next((p for p in places if words[p].folded in modals), None)
            place = next(filter(self._is_subjunctive, places), None) if modal is None else modal
            if place is None:
                return None
            verb = place if modal is None else sentence.verb_after_modal(place + 1)
        else:
            place = verb = sentence.first_verb(start, *moods)
            if place is not None and words[place].folded in lists["clause.modals"]:
                verb = place + 1  # "que el texto debe ser revisado"
        if place is None or verb is None or verb >= self.end:
            return None
        weak = words[place].folded in lists["clause.weak_modals"]
        form = words[verb].form(*moods, "infinitive")
        name = form.verb if form else words[verb].folded
        return Duty(place, verb, name, sentence.is_passive(verb), weak)

    def _is_subjunctive(self, at: int) -> bool:
        word = self.words[at]
        is_plain = word.is_form("infinitive") or word.folded == "be"
        no_wish = self.grammar.before_noun | self.lists["clause.indicative"]
        is_noun = self.sentence.folded_before(at) in no_wish
        is_own = word.text.islower() and not self.sentence.mention_over(at)
        return is_plain and is_own and not is_noun

    def content(self, place: int, form: VerbForm, begin: int, that: int) -> Clause | None:
        """Return the duty after *that*: of a decision, a request, a wish; None for no duty."""
        duty = self._binding(that + 1, *(("subjunctive",) if that == place else _BINDING))
        if duty is None:
            return None
        who = self.sentence.subject_of(that + 1, duty.place)
        if duty.passive and self.has_marker:
            # What the meeting itself does: "that Kenya be asked to report", "be thanked".
            own = self.act_in_passive(duty.verb, self._participle(duty.verb + 1), begin, who)
            adopts = self.lists["verbs.adopting"]
            if own and (own.act == "evaluative" or own.action or own.verb in adopts):
                return own._replace(place=place)
        done = self.done_by(duty.verb, duty.name, passive=duty.passive)
        asks = self.grammar.acts.get(form.verb) == "directive"
        is_known = bool(self.words[duty.verb].forms) and duty.name not in STATIVE
        happens = who is None and done in self.lists["verbs.taking_place"]
        says = happens if duty.passive else not is_known or (who is None and not asks)
        if says:
            return None  # "agreed that the next meeting would be held in May"
        urging, action = form.verb in URGING or duty.weak, (duty.verb, self.end)
        place = duty.place if that == place else place  # "y que Chile lo presente": its own verb
        return Clause(place, form.verb, begin, who, action, urging, passive=duty.passive)

    # --- requests --------------------------------------------------------------------------------

    def request(self, place: int, form: VerbForm, begin: int) -> Clause:
        """Return a request: who is asked, and for what."""
        sentence, lists = self.sentence, self.lists
        urging = form.verb in URGING | lists["verbs.appealing"]
        start = place + 1
        while sentence.folded_at(start) in lists["clause.particles"]:
            start += 1
        is_pronoun = sentence.folded_at(start) in lists["clause.object_pronouns"]
        is_dative = bool(form.enclitic) or sentence.folded_before(place) in lists["clause.dative"]
        with_ = sentence.next_of(lists["clause.with"], start)
        entrusts = self.has_marker and form.verb in lists["verbs.entrusting"]
        entrusts = entrusts and with_ is not None and self.words[with_ - 1].text != ","
        if entrusts and with_ and with_ + 1 < self.end:
            who, what = (start, with_), (with_ + 1, self.end)  # "entrusts it with the coordination"
            return Clause(place, form.verb, begin, who, what, antecedent=is_pronoun)
        end, verb = self._asked_and_what(start)
        addressed = sentence.folded_at(start) in lists["clause.addressing"] and end > start
        is_named = bool(sentence.mentions_within((start, end)))
        by_subject = not (is_named or is_pronoun or is_dative or addressed)
        if verb is not None and by_subject and sentence.folded_at(end) == self.grammar.that:
            bound = self.content(place, form, begin, end)
            if bound:
                return bound._replace(urging=bound.urging or urging)
        if verb is not None:
            clause = Clause(place, form.verb, begin, (start, end), (verb, self.end), urging)
            return clause._replace(antecedent=(is_pronoun or is_dative) and not is_named)
        near = sentence.mentions_within((start, min(start + _BY_WHOM, self.end)))
        is_people = near or sentence.next_of(lists["clause.actors"], start, start + _BY_WHOM)
        if form.verb in lists["verbs.favouring"] and not is_people:
            return Clause(place, form.verb, begin, act="reinforcing")  # "encourages cooperation"
        has_thing = start < self.end and not is_pronoun  # "recommends it to other members"
        rest = (start, self.end) if has_thing else None
        return Clause(place, form.verb, begin, (start, self.end), rest, urging, is_dative)

    def _asked_and_what(self, start: int) -> tuple[int, int | None]:
        """Return where whoever is asked ends, and the word at which what is asked for begins."""
        sentence, words, that = self.sentence, self.words, self.grammar.that
        at = start
        while at < self.end:
            named = sentence.mention_over(at)
            if named is not None or words[at].quoted:
                verb = None
            elif words[at].text == ":":
                verb = at + 1
            elif words[at].folded == that:
                verb = self._verb_asked_for(at, start)
            else:
                verb = self._begins_request(start, at)
            if verb is not None:
                return at, verb
            at = self._end_of_restriction(named) if named else at + 1
            if named and at > named.end and words[at].is_form("infinitive"):
                return at, at
        return at, None

    def _end_of_restriction(self, named: Mention) -> int:
        """Return where a name ends with the clause that says which are meant: *que no han pagado*.

        What they are asked for follows.
        """
        verb = self.sentence.first_verb(named.end, *_BINDING, "past") if named.unnamed else None
        if verb is None or self.has_marker:
            return named.end
        words = self.words
        asked = (
            at
            for at in range(verb + 1, self.end)
            if words[at].is_form("infinitive")
            or words[at].text == ","
            or words[at].folded == self.grammar.that
        )
        return next(asked, named.end)

    def _verb_asked_for(self, that: int, start: int) -> int | None:
        """Return the verb behind a *that* of what is asked for; None for a relative clause."""
        sentence = self.sentence
        if self.has_marker:
            duty = self._binding(that + 1) if that <= start + 1 else None
            return duty and duty.verb
        following = self.words[that + 1] if that + 1 < self.end else None
        if following is None or following.folded in self.lists["clause.of_relative"]:
            return None
        if following.is_form(*PRESENT) and not following.is_form("subjunctive"):
            return None
        verb = sentence.first_verb(that + 1, "subjunctive")
        verb = sentence.first_verb(that + 1, "future", "infinitive") if verb is None else verb
        return min(that + 1, self.end - 1) if verb is None else verb

    def _begins_request(self, start: int, at: int) -> int | None:
        """Return where what is asked for begins, if it does here: a verb, or a noun of one."""
        sentence, words, lists = self.sentence, self.words, self.lists
        before = sentence.folded_before(at)
        is_asked = bool(sentence.mention_before(at)) or before in lists["clause.actors"]
        if self.has_marker:
            if words[at].folded != self.grammar.marker:
                return at if self._is_bare_request(at, start) else None
            following = words[at + 1].text if at + 1 < self.end else ""
            is_word = following.isalpha() and following.islower()
            is_word = is_word and following not in lists["clause.determiners"]
            describes = at > start and before in lists["clause.describing"]
            is_verb = sentence.is_verb(at + 1) or (is_asked and is_word)
            return at + 1 if is_verb and not describes else None
        if words[at].is_form("infinitive"):
            return at if is_asked or before in lists["clause.before_request"] else None
        is_noun = words[at].folded in lists["clause.determiners"] and at > start
        is_noun = is_noun and before not in lists["clause.request_prepositions"]
        is_noun = is_noun and words[start].folded in lists["clause.addressing"]
        is_told = any(form.verb in lists["verbs.having"] for form in words[at - 2].forms)
        if not is_noun or is_told or sentence.mention_at(at + 1):
            return None  # "a los países que han ejercido la Presidencia que"
        asks = sentence.folded_at(at + 1) in lists["clause.asking_nouns"]
        if asks and sentence.next_infinitive(at + 1) is not None:
            return None  # "el pedido de remitir": what is asked for is the infinitive
        is_people = sentence.next_of(lists["clause.actors"], start + 1, at) is not None
        is_people = is_people and at - start > 2
        return at if is_people or sentence.mentions_within((start, at)) else None

    def _is_bare_request(self, at: int, start: int) -> bool:
        """Tell whether a plain verb follows whoever is asked: *requests the Board send it*."""
        sentence, words, lists = self.sentence, self.words, self.lists
        if at == start or not words[at].text.islower() or not words[at].is_form("infinitive"):
            return False
        ends = lists["clause.prepositions"] | {"", "and", ",", "to"}
        named = sentence.mention_before(at)
        first = named.start if named else at - 1
        is_people = named or words[first].folded in lists["clause.actors"]
        if not is_people or sentence.folded_at(at + 1) in ends:
            return False
        between = {word.folded for word in words[start:first]}
        others = {*ends, self.grammar.that}
        return between <= lists["clause.determiners"] or (not named and between.isdisjoint(others))

    def joined_request(self, place: int) -> Clause | None:
        """Return the second request of *urged Nicaragua to join, and Costa Rica to extend*."""
        sentence, lists, last = self.sentence, self.lists, self.last
        if last is None or self.words[place].folded not in lists["clause.and"]:
            return None
        is_request = self.has_marker or last.verb in self.grammar.acts
        start, addressing = place + 1, lists["clause.addressing"]
        is_addressed = not addressing or sentence.folded_at(start) in addressing
        if last.act != "directive" or not (last.action and is_request and is_addressed):
            return None
        at = start
        while not sentence.mention_at(at) and sentence.folded_at(at) in (
            lists["clause.articles"] | addressing
        ):
            at += 1
        named = sentence.mention_at(at)
        leads = {self.grammar.that, self.grammar.marker or "a"}
        lead = sentence.folded_at(named.end) if named else ""
        if named and lead in lists["clause.with"] and last.verb in lists["verbs.entrusting"]:
            what = (named.end + 1, self.end)  # "tasks Kenya with the map and Fiji with the list"
            return Clause(place, last.verb, place, (start, named.end), what, last.urging)
        if named is None or lead not in leads:
            return None
        end, verb = self._asked_and_what(start)
        if verb is None or end > named.end + 1:
            return None
        return Clause(place, last.verb, place, (start, end), (verb, self.end), last.urging)

    # --- passives --------------------------------------------------------------------------------

    def passive(self, place: int) -> Clause | None:
        """Return what is said in the passive: *was requested to*, *quedó aprobada*."""
        sentence, word, lists = self.sentence, self.words[place], self.lists
        being = lists["verbs.passive"]
        is_be = any(form.verb in being and form.mood in PRESENT for form in word.forms)
        if not is_be and word.folded not in lists["clause.be"]:
            return None
        at = self._participle(place + 1)
        if at >= self.end or sentence.governor_of(place) is not None:
            return None
        begin = self.begin_of(place)
        who = sentence.subject_of(begin, place)
        if who is None and self.before and sentence.folded_before(place) in lists["clause.and"]:
            first = self.before[0]  # "Kenya was thanked and was invited to"
            who = sentence.subject_of(first.begin, first.place)
        charges = self.has_marker and self.words[at].folded in lists["clause.in_charge"]
        charges = charges and sentence.folded_at(at + 1) in lists["clause.in_charge_of"]
        if charges and who is not None and at + 2 < self.end:
            return Clause(place, "charge", begin, who, (at + 2, self.end))
        return self.act_in_passive(place, at, begin, who)

    def _participle(self, start: int) -> int:
        """Return the place of the participle of a passive, behind what may stand before it."""
        at, between = start, self.lists["clause.before_participle"]
        while at < self.end and (self.words[at].folded in between or self.sentence.is_adverb(at)):
            at += 1
        return at

    def act_in_passive(
        self, place: int, at: int, begin: int, who: WordSpan | None
    ) -> Clause | None:
        """Return the act of a verb in the passive, and the duty where it asks somebody."""
        sentence = self.sentence
        mood = "past" if self.has_marker else "participle"
        form = self.words[at].form(mood) if at < self.end else None
        act = self.grammar.acts.get(form.verb) if form else None
        if form is None or act is None:
            return None
        clause = Clause(place, form.verb, begin, act=act)
        says_it = sentence.next_of(self.lists["clause.impersonal"], begin, place) is not None
        if act != "directive":
            decision = self.decision(at, form, begin) if says_it else None
            is_told = form.verb in self.lists["verbs.told"]
            is_act = who or is_told or act in ("deciding", "evaluative")
            return decision or (clause if is_act else None)
        if who is None and not self.has_marker:
            return self.request(at, form, begin)
        # "is requested to", "are invited:"
        stem = at + 1 + (sentence.folded_at(at + 1) == self.grammar.marker)
        clause = clause._replace(responsible=who, urging=form.verb in URGING)
        if sentence.folded_at(stem) == ":":
            return clause._replace(action=(stem + 1, self.end) if stem + 1 < self.end else None)
        verb = sentence.next_infinitive(at + 1, at + _TO_ASKED if self.has_marker else None)
        if verb is not None:
            return clause._replace(action=(verb, self.end))
        that = sentence.next_of((self.grammar.that,), at + 1, at + 3) if says_it else None
        return self.content(place, form, begin, that) if that is not None else None

    def decision(self, place: int, form: VerbForm, begin: int) -> Clause | None:
        """Return the duty of *agreed that the Secretariat will*: of whoever is named there."""
        at = place + 1
        at += self.sentence.folded_at(at) == "en"  # "convenir en que"
        is_that = self.sentence.folded_at(at) == self.grammar.that
        agrees = is_that and form.verb in self.lists["verbs.agreeing"]
        return self.content(place, form, begin, at) if agrees else None
