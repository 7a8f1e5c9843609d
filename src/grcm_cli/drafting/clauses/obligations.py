"""Duties that a verb lays down itself: *shall submit*, *presentará*, *undertook to*, *Prepare*."""

from grcm_cli.drafting.clauses.clause import FUTURE, PRESENT, Clause, Duty
from grcm_cli.drafting.clauses.grammar import Lead
from grcm_cli.drafting.clauses.plans import Plans
from grcm_cli.drafting.clauses.subordinate import WHOSE
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.language.verbs import HOLDING, JUDGING, STATIVE, VerbForm
from grcm_cli.times.patterns import time_regex

_UNIT = time_regex("<A_UNIT>|<A_WEEKDAY>|<A_MEETING>")

_PROMISES = ("of_others", "offered")
FAR = 30  # words from one that leads to a verb, or from a colon, to the verb
_NEAR_BE = 8  # words from a noun that opens a sentence to what is to be done with it


class Obligations(Plans):
    """Finds the clauses of modal verbs and futures, of what leads to a verb, and bare verbs."""

    # --- modal verbs and futures -----------------------------------------------------------------

    def obligation(self, place: int) -> Clause | None:
        """Return the duty of *shall submit*, *presentará*, *deberá presentar*, *se circulará*."""
        duty = self._duty_at(place)
        lists = self.lists
        if duty is None:
            is_stem = self.words[place].folded in lists["clause.modals"]
            is_stem = is_stem and self.words[self.end - 1].text == ":"
            who = self.subject_of(self.start, place) if is_stem else None
            return who and Clause(place, "", self.start, who)  # "The Secretariat will:"
        governor = self.governor_of(place)
        start = self.begin_of(place) if governor is None else governor + 1
        start = min(start, self.before_time(place))
        is_would = self.words[place].is_form("conditional") and not duty.weak
        is_would |= self.words[place].folded == "would"
        who = self.subject_of(start, place) or self.subject_after(place)
        who = who or self._opening_subject(place)
        is_reported = governor is not None and self.last and self.last.act == "observing"
        if governor is not None and self.goes_on_with(governor, who) and not is_would:
            start, governor = self.begin_of_relative(governor), None
        if who is None and self._ends_passive(duty.verb):
            duty = duty._replace(passive=True)
        if who and self.passage.person(*who) and self._is_of_letters(duty):
            return None
        is_told = bool(is_reported) or (governor is None and is_would)  # "would report", in minutes
        if governor is None and (self.is_supposed(place) or (is_told and self._is_wish(duty, who))):
            return None
        if who is None and not duty.passive:
            between = self.mentions_within((place + 1, duty.verb))  # "deberán los países enviar"
            who = (place + 1, duty.verb) if between else self.inherited(place)
            other = self.joined_subject(start, place) if governor is None and not who else None
            is_told |= other is not None
            who = who or other
            is_told &= not (self.last and who == self.last.responsible and not self.last.inferred)
        if governor is not None:
            # "Chile, cuya sede comunicará Perú": who is named before does it no more than a thing
            is_theirs = self.words[governor].folded in WHOSE
            describes = duty.passive or is_theirs or duty.name in lists["verbs.describing"]
            # "agradecer a Chile, que presentará el informe": it only tells what will be
            describes |= self.is_praised() and self.promises(place)
            relative = None if describes else self.whose_relative(governor)
            decided = self._is_decided(governor, passive=duty.passive)
            is_aside = not is_would and (relative or self._is_beside(duty, governor))
            teller = self._teller(governor, place)
            if not decided and not is_aside and not teller:
                return None
            if teller:
                action = duty.verb, self.end_of_aside(place, duty.verb)
                return Clause(place, duty.name, start, teller, action, inferred=True)
            is_told |= relative is not None and self.last is None
            who = who or relative
            goes_on = relative is not None and self.last is not None and not self.last.urging
            # "agreed that Kenya should": what is agreed binds, and so does what goes on with it
            duty = duty._replace(weak=duty.weak and not (decided or goes_on))
        is_open = not (who or duty.passive or self.meeting_before(place))  # "Para ello deberá"
        is_theirs = is_open and self.next_of(lists["clause.aims"], self.start, place) is not None
        clause = Clause(place, duty.name, start, who, inferred=is_told, antecedent=is_theirs)
        return self._of_modal(duty, clause)

    def _opening_subject(self, verb: int) -> WordSpan | None:
        """Return who stands behind a Spanish verb that opens a sentence: *Leerá Perú un acta*."""
        first = self.skip(self.lists["clause.articles"], verb + 1)
        first = verb + 1 if self.mention_at(verb + 1) else first  # "los países"
        if self.has_marker or verb > self.start or not self.mention_at(first):
            return None
        end = self.end_of_names(first)
        return (verb + 1, end) if self.folded_at(end) in self.lists["clause.determiners"] else None

    def joined_subject(self, start: int, verb: int) -> WordSpan | None:
        """Return whoever the register lacks, behind a duty of others: *and users have to pay*."""
        is_joined = self.folded_before(start) in self.lists["clause.and"] | {";"}
        is_joined &= self.last is not None and self.last.action is not None
        return self.other_subject(start, verb) if is_joined else None

    def other_subject(self, start: int, verb: int) -> WordSpan | None:
        """Return the words before a verb that may be whoever the register lacks, and no time."""
        end, lists = self.before_adverbs(verb, start), self.lists
        at = self.skip(lists["clause.determiners"] | lists["clause.each"], start)
        words = self.words[start:end]
        is_led = start < at or (self.has_marker and not self.words[start].is_form("infinitive"))
        is_name = at < end and self.words[at].folded not in lists["clause.prepositions"]
        is_name &= all(word.text.isalpha() for word in words) and not any(
            _UNIT.fullmatch(word.folded) for word in words
        )
        is_other = is_led and is_name and not self.mentions_within((start, end))
        return (start, end) if is_other and not any(map(self.is_finite, range(at, end))) else None

    def _is_of_letters(self, duty: Duty) -> bool:
        """Tell whether a letter only asks or tells: *I must ask*, *you will find it below*."""
        act = self.grammar.acts.get(duty.name)  # "haré circular" is a duty
        return duty.name in self.lists["clause.of_letters"] or act in ("directive", "evaluative")

    def _is_wish(self, duty: Duty, who: WordSpan | None) -> bool:
        """Tell whether *would* only says how it would be: *Chile agradecería*, *si Perú pagara*."""
        if self.has_marker:
            return self.folded_from(duty.place - 1, 2) == ["it", "would"]
        is_bound = who or duty.passive or self.inherited(duty.place)
        no_task = STATIVE | self.grammar.acts.keys() | self.lists["verbs.allowing"]
        supposes = self.next_of(self.lists["clause.conditions"], self.start) is not None
        return not is_bound or supposes or duty.name in no_task

    def _ends_passive(self, verb: int) -> bool:
        """Tell whether an infinitive has the *se* of a passive: *deberá enviarse*."""
        form = self.words[verb].form("infinitive")
        is_se = form is not None and form.enclitic in self.lists["clause.passive_pronouns"]
        return is_se and form is not None and form.verb not in self.lists["verbs.reflexive"]

    def _of_modal(self, duty: Duty, clause: Clause) -> Clause | None:
        """Return the clause of a modal verb, a decision where it only says how something is."""
        lists, who = self.lists, clause.responsible
        promises = self.promises(duty.place)
        if self.tells_how(duty):
            return clause._replace(responsible=None, act="deciding")
        if who is None and not duty.passive:
            says_what_is = duty.name in lists["verbs.describing"] or duty.weak
            says_what_is |= not self.words[duty.verb].forms
            is_of_new = self.last is not None and self.last.verb in lists["verbs.creating"]
            if says_what_is or (promises and not is_of_new):
                return None  # "prices will rise", "the report shall include a map"
        action = duty.verb, self.end_of_aside(duty.place, duty.verb)
        return clause._replace(action=action, urging=duty.weak, passive=duty.passive)

    def _duty_at(self, place: int) -> Duty | None:
        """Return what a modal verb or a future at a place says is to be done, or None."""
        lists, word = self.lists, self.words[place]
        is_modal, form = word.folded in lists["clause.modals"], word.form(*FUTURE)
        verb: int | None = place
        if is_modal:
            verb = None if self._supposes(place) else self.verb_after_modal(place + 1)
            has_object = verb and self.folded_at(verb + 2) in lists["clause.determiners"]
            if verb and has_object and self.words[verb + 1].form("gerund"):
                verb += self.words[verb].folded == "be"  # "will be publishing the list"
        elif self.has_marker or form is None:
            return None
        elif form.verb in lists["verbs.going_on"] and place + 1 < self.end:
            gerund = self.words[place + 1].form("gerund")  # "estará actualizando"
            form, verb = (gerund, place + 1) if gerund else (form, place)
        if verb is None:
            return None
        passive = self.is_passive(verb) or (not self.has_marker and self.is_passive(place))
        name = self.name_of(verb) if is_modal or form is None else form.verb
        done = self.done_by(verb, name, passive=passive)
        happens = done in lists["verbs.happening"] and (self.has_marker or not is_modal)
        if name in lists["verbs.taking"] and self.folded_at(verb + 1) == "place":
            return None  # "the workshop will take place in May"
        if passive and happens and self.next_of(lists["clause.held_by"], verb) is None:
            return None  # "the workshop will be held in May"
        is_be = name in lists["verbs.being"]
        following = self.folded_at(verb + 1)
        is_weak = word.folded in lists["clause.weak_modals"]
        is_past = is_weak and name == "have" and self.is_participle(verb + 1)
        has_until = name == "have" and (following == "until" or following.isdecimal())
        is_would = word.folded == "would" or word.is_form("conditional")
        is_courtesy = is_would and name in lists["verbs.courtesy"]
        if is_past or has_until or is_courtesy:
            return None  # "should have reported", "shall have until", "would welcome"
        if self.is_state(verb, name) and not (self.takes_charge(verb) or (is_be and passive)):
            return None
        return Duty(place, verb, name, passive, is_weak)

    def _supposes(self, place: int) -> bool:
        """Tell whether a modal begins a condition: *and, should one be found, to hold it*."""
        opens = self.folded_before(place) in ("", ",", ";", ":")
        return self.words[place].folded == "should" and opens and not self.is_verb(place + 1)

    def _is_decided(self, governor: int, *, passive: bool = True) -> bool:
        """Tell whether the *that* belongs to a decision, and not to a noun or to what was noted."""
        last, joint = self.last, self.folded_before(governor)
        if last is None or last.act not in ("deciding", "directive"):
            return False
        is_joined = joint in self.lists["clause.and"] | {";"} or (joint == "," and not passive)
        near = last.place + 1
        if self.words[near].folded in self.lists["clause.with"]:  # "agreed with Fiji that"
            is_joined |= self.passage.are_names(near + 1, governor)
        return is_joined or governor <= near + 1

    def _teller(self, governor: int, place: int) -> WordSpan | None:
        """Return who told the meeting what it will do itself: *Kenya confirmed that it would*."""
        last = self.last
        is_told = last is not None and last.verb in self.lists["verbs.telling"]
        between = [word.folded for word in self.words[governor + 1 : place]]
        pronouns = self.lists["clause.subject_pronouns"]
        goes_on = self.folded_before(self.before_adverbs(place)) in self.lists["clause.and"]
        is_same = goes_on and between[0] in pronouns  # "that it had signed and would ratify"
        own = pronouns | self.lists["clause.own"] | self.lists["clause.clitics"]
        is_own = is_same or own >= set(between)
        if not last or not is_told or not is_own:
            return None
        teller = self.subject_of(last.begin, last.place)
        named = self.mentions_within(teller) if teller else []
        return teller if named and not all(map(self.is_meeting, named)) else None

    def _is_beside(self, duty: Duty, governor: int) -> bool:
        """Tell whether a passive clause is a duty of its own: *, que será enviado por Chile*."""
        if not duty.passive:
            return False
        if self.folded_before(governor) in self.lists["clause.determiners"]:
            return self.folded_before(governor - 1) == ","
        return any(
            self.words[at].folded in self.lists["clause.by"]
            for mention in self.mentions_within((duty.verb, self.end))
            for at in (mention.start - 1, mention.start - 2)
        )

    # --- words that lead to a verb ---------------------------------------------------------------

    def led_to(self, place: int) -> Clause | None:
        """Return the duty of *has to report*, *is to submit*, *undertook to*, *tiene que*."""
        lead, verb = self.lead_at(place)
        if lead is None or verb is None or self.is_supposed(place):
            return None
        if self.next_of(self.lists["clause.not_yet"], place, verb) is not None:
            return None  # "have yet to report"
        first = self.skip_back(self.lists["clause.perfect"], self.before_adverbs(place))
        governor = self.governor_of(first)
        if governor is None or (
            governor > self.start
            and self._is_decided(governor)
            and any(form.verb in self.grammar.acts for form in self.words[governor - 1].forms)
        ):
            return self._of_lead(lead, place, verb)
        who = self.relative_subject(governor, place)
        goes_on = self.last is not None and self.last.action is not None
        if who is None and goes_on and not lead.flags.isdisjoint(_PROMISES):
            # "reports that Fiji has agreed to send", "Kenya, which has offered to"
            who = self.subject_of(governor + 1, first) or self.whose_relative(governor)
            if who is None:  # of somebody whom the register lacks
                return Clause(place, self.name_of(verb), governor, None, (verb, self.end))
        clause = self._of_lead(lead, place, verb, who) if who else None
        # "the road to Chile, which has to end in May"
        inferred = clause is not None and (clause.inferred or not self.goes_on_with(governor, who))
        return clause and clause._replace(begin=self.begin_of_relative(governor), inferred=inferred)

    def lead_at(self, place: int) -> tuple[Lead | None, int | None]:
        """Return what leads to a verb from a place on, and that verb, whoever it binds."""
        word, before = self.words[place], self.folded_before(place)
        if self.grammar.leading.isdisjoint((word.folded, *(form.verb for form in word.forms))):
            return None, None  # as nearly all
        is_perfect = before in self.lists["clause.perfect"]
        near = (form for at in (place - 1, place - 2) for form in self.words[at].forms)
        is_copula = any(form.verb in self.lists["verbs.becoming"] for form in near)
        is_noun = self.is_noun(place) and not is_copula  # "es el responsable de"
        if is_noun or before in self.lists["clause.may"]:
            return None, None  # "thanks Kenya for its offers to", "may agree to"
        for lead in self.grammar.leads:
            moods = lead.moods | ({"participle"} if is_perfect else set())  # "ha aceptado"
            verbs = (form.verb for form in word.forms if form.mood in moods)
            leads = word.folded in lead.words or not lead.verbs.isdisjoint(verbs)
            verb = self._verb_of_lead(lead, place) if leads else None
            if verb is not None:
                return lead, verb
        return None, None

    def _of_lead(
        self, lead: Lead, place: int, verb: int, who: WordSpan | None = None
    ) -> Clause | None:
        word = self.words[place]
        name, passive = self.name_of(verb), self.is_passive(verb)
        describes = self.is_state(verb, name) and not passive
        describes = describes and not self.takes_charge(verb)  # "ofreció ser sede"
        describes |= name == "have" and self.is_participle(verb + 1)  # "was to have reported"
        # "volver a reunirse"
        holds = name in HOLDING | self.lists["verbs.taking_place"]
        meets = holds and self.next_of(self.lists["clause.meetings"], verb + 1, verb + 8)
        is_own_affair = meets or name in JUDGING | STATIVE | self.grammar.acts.keys()
        if describes:
            return None  # "has to be proportionate"
        opens = word.is_form("infinitive") and (self.opens(place) or self.is_opening(place))
        begin = place if opens and lead.pronouns else self.begin_of(place)
        begin += begin < place and self.folded_at(begin) == self.grammar.that
        helping = self.lists["clause.perfect"] | self.lists["clause.be"]
        first = self.skip_back(helping, place)  # "was given until May to"
        who = who or self.subject_of(begin, first) or self.inherited(first)
        other = None if who else self.joined_subject(begin, first)
        who = who or other
        named = self.mentions_within(who) if who else []
        by_meeting = bool(named) and all(map(self.is_meeting, named))
        if by_meeting and "of_others" in lead.flags:
            return None
        is_of_all = by_meeting or all(each.group != "party" and not each.partial for each in named)
        if is_own_affair and "agreed" in lead.flags and is_of_all:
            return None  # "los países acordaron aprobar", but "Chile acordó adoptar"
        given = self.mentions_within((place + 1, verb)) if lead.nouns else []
        if by_meeting and not given:  # "made Kenya responsible for"
            given = list(filter(None, [self.mention_before(first)]))
        if given and (by_meeting or who is None):  # "granted Kenya until May to reply"
            who = given[0].start, given[0].end
        pronoun = self.folded_before(first)
        is_ours = pronoun in self.lists["clause.ours"]
        if is_ours or (by_meeting and "agreed" in lead.flags):
            who = None  # "agradecemos a la OIM y nos comprometemos a"
        speaks = is_ours or place - 1 == self.start or self.meeting_before(place)
        passive = passive or (who is None and self._ends_passive(verb))
        is_alone = (
            "alone" in lead.flags or opens or passive or (pronoun in lead.pronouns and speaks)
        )
        if who is None and not is_alone:
            return None
        clause = Clause(place, name, begin, who, (verb, self.end), "weak" in lead.flags)
        inferred = "offered" in lead.flags or other is not None
        return clause._replace(passive=passive, inferred=inferred)

    def _verb_of_lead(self, lead: Lead, place: int) -> int | None:
        """Return the verb that words at a place lead to, or None."""
        at = self.after_words_or_adverbs(self.lists["clause.after_lead"], place + 1)
        may_list = "agreed" in lead.flags or lead.link  # "resuelve: extender", "agreed: to send"
        at += bool(may_list) and self.folded_at(at) == ":"
        at += 3 * (self.folded_from(at, 3)[::2] == ["(", ")"])  # "agreed: (i) to send"
        if lead.nouns:
            whom = self.lists["clause.addressing"] | self.lists["clause.articles"]
            named = self.mention_at(self.skip(whom, at))  # "dio a Chile un plazo de"
            at = named.end if named else at
            noun = self.next_of(lead.nouns, at, at + 3)
            at = self.end if noun is None else noun + 1
        at = self.after_aside(at) if lead.link else at  # "undertook, funds permitting, to"
        if lead.link and self.folded_at(at) not in lead.link:
            return None
        at += bool(lead.link)
        if "far" in lead.flags:
            verb = self.next_infinitive(at, at + FAR)
            to = self.next_of((self.grammar.marker,), at, at + FAR)
            verb = self.verb_after_modal(to + 1) if verb is None and to is not None else verb
        else:
            verb = self.verb_after_modal(at) if self.has_marker else self.infinitive_at(at)
        if verb is None and "noun" in lead.flags:  # "is responsible for the translation"
            noun = self.skip(self.lists["clause.articles"], at)
            is_named = at < noun < self.end and not self.mention_at(noun)
            verb = at if is_named or self.folded_before(at) == "del" else None
        is_noun = verb is not None and self.words[verb].folded.endswith("s")
        is_noun &= verb is not None and self.words[verb].folded not in self.lists["clause.articles"]
        return None if is_noun and not self.words[verb or 0].forms else verb  # "agree to changes"

    # --- verbs that open a sentence --------------------------------------------------------------

    def action_point(self, place: int) -> Clause | None:
        """Return the duty of an action point: *Uganda to share its experience*."""
        words, lists = self.words, self.lists
        is_marker = words[place].folded == self.grammar.marker
        if not is_marker or place == self.start or place + 1 >= self.end:
            return None
        # It begins after "The following was agreed:", with an item of a list, or with the sentence.
        near = range(place - 1, max(self.start, place - FAR) - 1, -1)
        start = next((at + 1 for at in near if words[at].text == ":"), self.start)
        label = self.label_of(place) if self.last and self.last.action else None
        label = label or self._listed_point(place)
        begin, start = label or (start, start)
        is_inside = label and words[start].is_form("infinitive")  # "(a) invite members to reply"
        if self.last and ((self.last.action and not label) or self.last.place >= start):
            return None
        at = place + 1 + (words[place + 1].text == ":" and place + 2 < self.end)  # "the Board to:"
        item = at + (words[at].text == "(")
        is_item = place + 1 < item < self.end - 2 and words[item + 1].text == ")"
        at = item + 2 if is_item else at  # "the Board to: a) reply", "to (i) reply"
        at = min(self.after_aside(self.skip(lists["clause.each"], at)), self.end - 1)
        verb = words[at]
        may_be = verb.text.isalpha() and verb.text.islower()
        may_be = may_be and verb.text not in lists["clause.determiners"] | lists["clause.relatives"]
        who = self.subject_of(start, place)
        before = words[place - 1]  # "Kenya and Fiji each to"
        is_end = before.text in ",)" or before.folded in lists["clause.each"]
        closes = who is not None and (is_end or self.is_adverb(place - 1))
        may_be = may_be and (closes or self.mention_before(place) is not None)
        is_verb = may_be or self.is_verb(at)  # "Kenya, with input from Fiji, to run"
        # The first word is a noun: *Comments to be sent*.
        has_verb = any(self._is_main_verb(at, start) for at in range(start + 1, place))
        has_verb |= before.folded in lists["clause.describing"]  # "continue to be held"
        if not is_verb or verb.quoted or has_verb or is_inside or self.is_supposed(place):
            return None
        passive = verb.folded == "be"
        duty = Duty(place, at, self.name_of(at), passive)
        if who is None:
            opens = passive and self.folded_at(at + 1) not in lists["clause.left_open"]
        else:
            opens = self._opens_action_point(who, start, place)
        if not opens or (passive and self.tells_how(duty)):
            return None
        return Clause(place, duty.name, begin, who, (at, self.end), passive=passive)

    def _listed_point(self, place: int) -> WordSpan | None:
        """Return where a point begins behind a colon, or another one: *drawn up: Fiji to draft it*.

        *…: Fiji to draft it by May, Samoa to comment*.
        """
        named, last = self.mention_before(place), self.last
        first = self.skip_back(self.grammar.before_subject, named.start) if named else place
        is_next = last is not None and self.words[last.place].folded == self.grammar.marker
        signs = {":"} | ({",", ";"} if is_next else set()) if last and last.action else set()
        return (first, first) if self.folded_before(first) in signs else None

    def _opens_action_point(self, who: WordSpan, start: int, place: int) -> bool:
        """Tell whether an action point begins with whoever is to act, or after *in May,*.

        No verb or noun that it belongs to follows the name: *Kenya affirms its wish to*.
        """
        words, lists = self.words, self.lists
        first = self.skip_back(
            lists["clause.determiners"], who[0]
        )  # "By the end of May, the Board"
        is_far = who[0] > start + 3 and words[first - 1].text != ","
        if is_far or words[who[0]].folded in lists["clause.and"]:
            return False
        word, following = words[who[1]], words[who[1] + 1].folded
        if who[1] + 1 >= place or word.folded in self.grammar.before_noun | {"other"}:
            return True  # "all members other than Kenya to"
        is_name = not (word.text.isalpha() and word.text.islower())
        no_point = lists["clause.determiners"] | lists["clause.prepositions"] - {"as"}
        return is_name or following not in no_point  # "Kenya affirms the wish to"

    def _is_main_verb(self, at: int, start: int) -> bool:
        """Tell whether a word is a verb of the sentence, and not in *Kenya, helped by Fiji, to*."""
        word, lists = self.words[at], self.lists
        is_finite = word.is_form(*PRESENT) and not word.is_form("infinitive")
        is_finite = is_finite and not self.mention_over(at)
        if not is_finite and word.folded not in lists["clause.finite"] | lists["clause.wanting"]:
            return False
        before = [word.text for word in self.words[start:at]]
        is_aside = self.words[at - 1].text == "," and self.folded_at(at + 1) in lists["clause.by"]
        return before.count("(") <= before.count(")") and not is_aside

    def bare_infinitive(self, place: int) -> Clause | None:
        """Return the duty of a verb that opens a sentence: *Prepare a note*, *Difundir la nota*."""
        form = self.words[place].form("infinitive")
        please = self.folded_before(place) in self.lists["clause.please"]
        if form is None or (please and form.verb in self.lists["clause.of_letters"]):
            return None  # "Please accept"
        opens = self._opens_plainly(place) if self.has_marker else self.opens(place)
        opens |= please or self._opens_with_marker(place) or self._joins_act(place, form)
        holds = form.verb in HOLDING | self.lists["verbs.taking_place"]
        is_next = not self.lists["clause.next"].isdisjoint(self.folded_from(place + 1, 4))
        if opens and holds and is_next:
            return Clause(place, form.verb, place, act="deciding")  # "Celebrar la próxima Cumbre"
        who = (place - 1, place) if please else None
        return Clause(place, form.verb, place - please, who, (place, self.end)) if opens else None

    def _joins_act(self, place: int, form: VerbForm) -> bool:
        """Tell whether a plain verb goes on with an act: *Aprobar el plan y publicarlo*."""
        last, lists, at = self.last, self.lists, self.before_adverbs(place)
        if last is None or last.action or self.folded_before(at) not in lists["clause.and"]:
            return False
        objects = lists["clause.determiners"] | lists["clause.object_pronouns"]
        has_object = bool(form.enclitic) or self.folded_at(place + 1) in objects
        is_plain = self.words[last.place].is_form("infinitive")
        return is_plain and has_object and self.next_infinitive(last.place + 1, at) is None

    def _opens_with_marker(self, place: int) -> bool:
        """Tell whether *to* and a verb are the whole sentence: below *they agreed:*, *To meet*."""
        lists, comma = self.lists, self.next_of((",",), place)
        is_first = self.has_marker and place - 1 == self.start
        if not is_first or self.words[self.start].folded != self.grammar.marker:
            return False
        behind = place if comma is None else comma + 1  # "To help members, the Board will"
        is_aim = comma == place + 1 or self.folded_at(behind) in lists["clause.determiners"]
        is_aim |= bool(self.mention_at(behind))
        return not is_aim and self.next_of(lists["clause.modals"], place) is None

    def _opens_plainly(self, place: int) -> bool:
        """Tell whether a plain form opens a sentence, an item or what follows a tag."""
        words, lists = self.words, self.lists
        following = self.folded_from(place + 1, 3)
        no_object = lists["clause.second_nouns"] | lists["clause.of"] | {"(", "/"}
        is_number = bool(following) and following[0].isdecimal()
        if ":" in following or is_number or not no_object.isdisjoint(following[:1]):
            # "target date for the ballot", "Draft agenda: …", "Use of charts", "Rule 3"
            return False
        is_heading = self.passage.sentences[:-1][:1] == [(place, self.end)]
        is_heading &= self.end - place <= 3 and lists["clause.determiners"].isdisjoint(following)
        if is_heading:
            return False  # "Trade records. It was decided to"
        to_be = self.next_of(("be",), place + 2, place + _NEAR_BE)
        is_noun = to_be is not None and self.folded_before(to_be) == self.grammar.marker
        is_noun |= self.next_of(lists["clause.modals"], place + 2, place + _NEAR_BE) is not None
        is_noun = is_noun and words[place].folded in lists["clause.papers"]
        if is_noun and following[:1] and following[0] not in lists["clause.determiners"]:
            return False  # "Draft terms of reference to be prepared by Kenya"
        joins = following[:1] in (["and"], [","], ["to"])
        if joins and words[place].folded in lists["clause.actors"]:
            return False  # "Chair and Secretariat to draft a letter"
        tag = words[self.start : place]
        is_tag = 1 < len(tag) < 5 and tag[-1].text == ":" and tag[0].folded in lists["clause.tags"]
        if place == self.start or is_tag:
            return True
        previous = words[place - 1]
        is_listed = previous.text in (":", ")") and words[place].text.islower()
        return is_listed and self.is_item and not self.before
