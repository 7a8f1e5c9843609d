"""Verbs by which the meeting itself speaks: which of them are its own, and what they do."""

from collections.abc import Callable, Iterator, Sequence

from grcm_cli.drafting.clauses.clause import FUTURE, PRESENT, Clause, Duty
from grcm_cli.drafting.clauses.joined import JoinedRequests
from grcm_cli.drafting.clauses.obligations import FAR
from grcm_cli.drafting.nouns_of_acts import verb_of_act
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.drafting.tokens import place_at
from grcm_cli.language.lexicon import all_words
from grcm_cli.language.verbs import HOLDING, STATIVE, VerbForm

_NO_TASK = (
    STATIVE
    | HOLDING
    | all_words("verbs.being")
    | all_words("verbs.deliberating")
    | all_words("verbs.describing")
    | all_words("verbs.happening")
    | all_words("doubts.describing")
)
"""Verbs that say how something is, or that it happens."""
_REASONS = frozenset({"observing", "evaluative", "reinforcing"})  # acts that give one: *noting*
_NEAR_BY = 6  # words from what is to be done to who does it
_NEAR_ASKED = 8  # words from a request to what is asked for, behind whoever is asked
_NEAR_NOUN = 4  # words from *agreed* to a noun, and from *by* to a name
_NEAR = 20  # words from a subject to the verb of a duty that is supposed


class SentenceReader(JoinedRequests):
    """A sentence that finds its clauses: what the meeting does, and the duties it lays down."""

    def clauses(self) -> Sequence[Clause]:
        """Return the clauses in their order; the first finder that sees one counts."""
        finders: Sequence[Callable[[int], Clause | None]] = (
            self.addressed,
            self.that_clause,
            self.courteous,
            self.led_to,
            self.joined_passive,
            self.own_act,
            self.passive,
            self.joined_request,
            self.listed_wish,
            self.assigned_task,
            self.asked_later,
            self.obligation,
            self.action_point,
            self.report_to_meeting,
            self.bare_infinitive,
        )
        begin = self.end if self._is_reason() else self.start
        for place in range(begin, self.end):
            word = self.words[place]
            may_begin = word.forms or word.folded in self.grammar.beginning
            if place < begin or not may_begin or word.quoted or self.mention_over(place):
                continue
            clause = next(filter(None, (find(place) for find in finders)), None)
            if clause is not None:
                if self.last and self.last.action == (clause.begin, self.end):
                    self.before.pop()  # "asks members: Kenya: send a list"
                self.before.append(self._without_denied(clause))
                action = self.before[-1].action
                begin = action[0] + (not self._speaks(action[0])) if action else 0
        return self.before

    def _is_reason(self) -> bool:
        """Tell whether a sentence only gives a reason: *Considering the maps will be sent*."""
        first, *others = self.words[self.start : self.end]
        acts = self.grammar.acts
        reasons = (form for form in first.forms if acts.get(form.verb) in _REASONS)
        return (
            first.is_form("gerund")
            and any(reasons)
            and not any(
                word.text == ","
                or (word.is_form("present") and any(form.verb in acts for form in word.forms))
                for word in others
            )
        )

    def supposed(self, start: int, end: int) -> Iterator[Clause]:
        """Yield the duties that words of the net may lay down, by their verb alone.

        *the national institutes will exchange the lists*: whoever acts may be in no list of words.
        """
        clause = self._supposed_clause(start, end)
        while clause is not None and clause.action:
            at, close = clause.action
            is_plan = at == clause.place and self.words[at].is_form("present")
            duty = self.next_planned(at + 1, close) if is_plan else None
            if duty is None:
                yield clause
                return
            begin = self.before_adverbs(duty.verb)
            who = self.subject_of(at + 1, duty.verb) if self.mention_before(begin) else None
            begin = (who[0] if who else begin) - 1
            yield clause._replace(action=(at, begin))
            rest = clause._replace(place=duty.place, verb=duty.name, begin=begin)
            clause = rest._replace(action=(duty.verb, close), responsible=who or rest.responsible)

    def _supposed_clause(self, start: int, end: int) -> Clause | None:
        """Return the first duty that words of the net may lay down, or None."""
        lists = self.lists
        begin = self.skip(lists["clause.relatives"] | lists["clause.joining"] | {"that"}, start)
        places = range(begin, min(begin + _NEAR, end))
        duty = next(filter(None, map(self._supposed_at, places)), None)
        plan = next(filter(None, map(self.planned_at, places)), None)
        is_plan = plan is not None and (duty is None or plan.place < duty.place)
        duty = plan if is_plan else duty
        if duty is None or duty.verb >= end or duty.passive or self.is_supposed(duty.place):
            return None
        if any(clause.place == duty.place for clause in self.before):
            return None  # another verb behind it is open
        verbs = {form.verb for form in self.words[duty.verb].forms}
        if not verbs or not _NO_TASK.isdisjoint((*verbs, duty.name)):
            return None
        goes_on = self.has_marker and self.folded_at(duty.verb + 1) in lists["clause.prepositions"]
        is_governed = self.before and self.governor_of(duty.place) is not None
        if is_governed or (goes_on and not self.mentions_within((begin, duty.place))):
            return None  # "the pilot will run until May"
        who = (begin, duty.place) if begin < duty.place else None
        who = self.subject_of(self.begin_of(duty.place), duty.place) if is_plan else who
        behind = self.mention_at(self.skip(lists["clause.determiners"], duty.verb + 1))
        is_behind = behind and not (self.has_marker or self.mentions_within((begin, duty.place)))
        if behind and is_behind:  # "la lista, que publicará Chile"
            who = behind.start, self.end_of_names(behind.start)
        action = duty.verb, min(end, self.end_of_aside(duty.place, duty.verb))
        clause = Clause(duty.place, duty.name, start, who, action, duty.weak)
        clause = self._without_denied(clause._replace(antecedent=who is None, inferred=True))
        return clause if clause.action else None

    def _supposed_at(self, place: int) -> Duty | None:
        """Return the verb of a duty at a place, whoever it binds: *will send*, *is to send*."""
        if duty := self._duty_at(place):
            return duty
        lead, verb = self.lead_at(place)
        if lead is None or verb is None:
            return None
        return Duty(place, verb, self.name_of(verb), self.is_passive(verb), "weak" in lead.flags)

    def _without_denied(self, clause: Clause) -> Clause:
        """Return a clause without an action that is denied, or that is only to take note."""
        if clause.act != "directive" or clause.action is None:
            return clause
        first, lists = clause.action[0], self.lists
        if self._is_negated(clause, first):
            return clause._replace(action=None, negated=True)
        office = self.skip(lists["clause.determiners"] | {"over"}, first + 1)
        if clause.verb in lists["verbs.taking_office"] and self.mention_at(office):
            # "will take over the Chair on"
            return clause._replace(action=None, responsible=None, act="deciding")
        notes = self.folded_at(first + 1) in lists["action.notes"] and any(
            form.verb in lists["verbs.taking"] for form in self.words[first].forms
        )
        return clause._replace(action=None, act="observing") if notes else clause

    def _is_negated(self, clause: Clause, verb: int) -> bool:
        """Tell whether a *not* belongs to what is to be done: *no se publicará*, *asked not to*."""
        words, lists, first = self.words, self.lists, clause.begin
        none = self.next_of(lists["clause.none"], first, clause.place - 1)
        denied = self.folded_at(none + 1) if none is not None else ""  # "No 19", "no more than"
        is_count = none is not None and self.folded_at(none + 2) == "than"
        is_count |= denied[:1].isdigit() or denied in lists["clause.not_denied"]
        if none is not None and not is_count:
            is_beside = self.folded_before(none) in lists["clause.prepositions"] - {"on"}
            subject = clause.responsible[1] - 1 if clause.responsible else none
            is_beside |= none > subject  # "The Forum, which has no budget, must report"
            if not is_beside and self.next_of((",",), none, subject) is None:
                return True  # "No missions will be sent"; not "No party objecting, Kenya will"
        before = self.skip_back(lists["clause.clitics"], clause.place) - 1
        near = [before, clause.place + 1]
        if verb > clause.place:
            near += range(max(clause.place + 1, verb - 2), verb + 1)
        return any(
            self.start <= at < self.end - 1
            and words[at].folded in lists["clause.negations"]
            and words[at + 1].folded not in lists["clause.not_denied"]
            # "those that did not are asked to"
            and not (self.has_marker and words[at + 1].folded in lists["clause.be"])
            for at in near
        )

    def _speaks(self, place: int) -> bool:
        """Tell whether a word is an act of its own: *recommends that the Board: (a) Decides*."""
        if not self.has_marker or place >= self.end:
            return False
        word = self.words[place]
        is_finite = (
            word.text[0].isupper() and word.is_form("present") and not word.is_form("infinitive")
        )
        return is_finite and any(form.verb in self.grammar.acts for form in word.forms)

    def addressed(self, place: int) -> Clause | None:
        """Return the duty of whoever is addressed: *To the Secretariat: prepare a note*."""
        form = self.words[place].form("infinitive")
        near = range(place - 1, max(self.start, place - FAR), -1) if form else ()
        colon = next((at for at in near if self.words[at].text == ":"), 0)
        named = self.mention_before(colon)
        item = (
            place_at(self.words, self.passage.begin, (self.start, place)) if self.is_item else place
        )
        begin, start = self.label_of(colon) or (item, item)
        if form and named is None and start < colon <= start + _NEAR_BY and place == colon + 1:
            return Clause(place, form.verb, begin, (start, colon), (place, self.end))
        if form is None or named is None:
            return None
        is_first = place == colon + 1 or self.words[place - 1].text == ","
        names = self.mentions_within((self.start, colon))  # "Chile, Peru and Cuba: test the form"
        first = next(name for name in names if self.end_of_names(name.start) >= colon)
        label = self.label_of(first.start)  # "; (b) Chile: revisar"
        begin = label[0] if label and label[1] == first.start else first.start
        last = self.last
        is_own = last is None or (last.act == "deciding" and not last.action)
        is_own |= last is not None and last.action == (begin, self.end)
        is_own |= item == self.skip_back(self.lists["clause.determiners"], begin)  # below a list
        if not is_first or not (self.folded_before(begin) == ";" or is_own):
            return None
        who = first.start, named.end
        begin = self.start if last is None else begin  # "By 3 May, Kenya: send a list"
        return Clause(place, form.verb, begin, who, (place, self.end))

    def joined_passive(self, place: int) -> Clause | None:
        """Return the second duty of *sent by Kenya and read by Fiji*, of *thanked and asked to*."""
        last, lists = self.last, self.lists
        form = self.words[place].form("past" if self.has_marker else "participle")
        is_joined = self.folded_before(place) in lists["clause.and"] | {","}
        if form is None or not is_joined or last is None:
            return None
        is_be = self.folded_at(last.place) in lists["clause.be"] or self.is_passive(last.place)
        if is_be and self.folded_at(place + 1) in self.grammar.addressing:
            who = self.subject_of(last.begin, last.place)
            return who and self.act_in_passive(place, place, place, who)
        if not (last.passive and last.action):
            return None
        if self.next_of(lists["clause.by"], last.action[0], place) is None:
            return None  # "reviewed and published by Fiji"
        by = self.next_of(lists["clause.by"], place + 1, place + _NEAR_BY) or self.end
        before_name = lists["clause.determiners"] | lists["clause.demonstratives"]
        first = self.skip(before_name, by + 1)
        end = self.next_of(lists["clause.prepositions"], first) or self.end
        is_named = self.mention_at(first) or self.is_actor(first, first)
        if not (is_named or self.actor_before(by + 1, end)):
            return None
        return Clause(place, form.verb, place, None, (place, self.end), last.urging, passive=True)

    def asked_later(self, place: int) -> Clause | None:
        """Return the duty of whoever will be asked, which is not sure: *Fiji will be asked to*."""
        duty = self._supposed_at(place)
        if duty is None or not duty.passive:
            return None
        begin = self.begin_of(place)
        who = self.subject_of(begin, place)
        at = duty.verb + (self.has_marker or duty.verb == place)
        at = self.after_words_or_adverbs(self.lists["clause.before_participle"], at)
        asked = self.act_in_passive(place, at, begin, who) if who else None
        is_asked = asked is not None and asked.act == "directive" and asked.action
        return asked._replace(inferred=True) if asked and is_asked else None

    def assigned_task(self, place: int) -> Clause | None:
        """Return the duty of *it falls to X to*, *corresponde a X*, *queda encargado X*."""
        lists, word = self.lists, self.words[place]
        form = word.form(
            "present", "future", *(("past",) if word.folded in lists["clause.settled"] else ())
        )
        known = lists["verbs.assigning"] | lists["verbs.becoming"] | lists["verbs.entrusting"]
        falls = word.folded in lists["clause.falling"]
        may_fall = falls or word.folded in lists["clause.falling_for"]
        if not may_fall and (form is None or form.verb not in known):
            return None
        is_left = word.folded in lists["clause.left"]
        is_left_with = self.folded_at(place + 1) in lists["clause.left_with"]
        says_it = self.next_of(lists["clause.impersonal"], self.begin_of(place), place) is not None
        falls = falls and (not is_left or (is_left_with and says_it))
        is_be = self.folded_before(place) in lists["clause.be"] | {"be"}
        is_be &= self.next_of(("whether",), place) is None  # "up to Kenya whether to reply"
        falls |= is_be and says_it and word.folded in lists["clause.falling_for"]
        name = "fall" if falls else form.verb if form else ""
        if not (falls or name in known) or self.governor_of(place) is not None:
            return None
        begin = self.begin_of(place)
        who = self._assigned(place, charges=name in lists["verbs.becoming"])
        after = max(place + 1, who[1]) if who else place
        if name in lists["verbs.entrusting"]:  # "la Secretaría se encargará de"
            is_of = self.folded_at(place + 1) in lists["clause.of"]
            who, after = self.subject_of(begin, place) if is_of else None, place + 1
        inferred = who is None and self.folded_before(place) in lists["clause.dative"]
        if inferred:  # "A Perú, que la preside, le compete preparar el proyecto"
            named = [mention for mention in self.mentions if mention.end < place]
            opens = self.folded_at(begin) in lists["clause.addressing"]
            whose = named[:1] if opens else named[-1:]
            who = (whose[0].start, whose[0].end) if whose else None
        after = self.after_aside(after) if who else after  # ", con el apoyo de Perú, la redacción"
        verb: int | None = after
        if self.folded_at(after) not in lists["clause.articles"]:  # "la traducción del Manual"
            verb = self.next_infinitive(after)
            verb = self.next_of(lists["clause.articles"], after) if verb is None else verb
        is_noun = self.folded_at(begin) in lists["clause.articles"] and place > begin + 1
        if is_noun and self.next_of(lists["clause.relative_pronouns"], after, verb) is not None:
            verb = None  # "La auditoría correrá a cargo de Chile, que remitirá el informe"
        action = (verb, self.end) if verb else (begin, place)
        if not who or not (verb or is_noun):  # "la guía quedará a cargo de Chile"
            return None
        return Clause(place, name, begin, who, action, inferred=inferred)

    def _assigned(self, place: int, *, charges: bool) -> WordSpan | None:
        """Return to whom a task falls, behind a verb; `charges` tells that a noun says so."""
        later = (name for name in self.mentions if place < name.start <= place + _NEAR_ASKED)
        following, lists = next(later, None), self.lists
        if following is None:
            return None
        end = self.end_of_names(following.start)
        is_party = following.group == "party"  # else "a la mayoría de los países": not each
        if not charges:
            return (following.start if is_party else place + 1), end
        nouns = lists["clause.tasks"] | lists["clause.in_charge"]
        noun = self.next_of(nouns, place + 1, place + 4)
        first = self.skip(lists["clause.of"] | {"de", "del"}, noun + 1) if noun else end
        if first > following.start or self.infinitive_at(first):
            return None  # "son responsables de enviarla a Chile"
        return (following.start if is_party else first), end

    def report_to_meeting(self, place: int) -> Clause | None:
        """Return what somebody told the meeting: *Kenya reported on…*; it binds nobody."""
        form = self.words[place].form("past")
        if form is None or form.verb not in self.lists["verbs.telling"] or self.before:
            return None
        relatives = self.lists["clause.relative_pronouns"]
        is_aside = self.next_of(relatives, self.start, place) is not None  # "who have reported"
        if place == self.start or is_aside or self.governor_of(place) is not None:
            return None
        return Clause(place, form.verb, self.start, act="observing")

    def own_act(self, place: int) -> Clause | None:
        """Return what the meeting does with a verb of its own, and the duty that it lays down."""
        before = self.folded_before(place)
        may_be_noun = self.has_marker and self.words[place].text.istitle()
        may_be_noun = may_be_noun and before not in ("", ":", ")", "to")  # "a Task Force"
        may_be_noun |= self.has_marker and self.folded_at(place + 1) in self.lists["clause.of"]
        in_duty = bool(self.last and self.last.action)
        if self._asks_by_structure(place):
            form, later = self.words[place].forms[0], self.words[place].is_form(*FUTURE)
            return self.request(place, form, self.begin_of(place))._replace(inferred=later)
        for form in self.words[place].forms:
            known = form.verb in self.grammar.acts or form.verb in self.grammar.act_rules
            is_noun = may_be_noun and form.mood == "infinitive"
            is_inside = in_duty and form.verb in self.lists["verbs.inside_duty"]
            is_inside |= known and self._goes_on_with_duty(place, form)
            if is_noun or is_inside or not (known and self._is_own(place, form)):
                continue  # "keep the Directors informed"
            act = self.act_by_words_beside(place, form)
            begin = self.begin_of(place)
            denied = self.folded_at(place + 1) in self.lists["clause.none"]
            at = self.before_adverbs(place)
            is_officer = self.folded_before(at) in self.lists["clause.officers"]
            denied |= is_officer and form.verb in self.lists["verbs.reminding"]
            if act == "directive" and denied:
                return None  # "required no further action", "the Chair reminded members that"
            if act == "directive":
                named = self.mention_before(at)
                is_party = named and named.group == "party" and not self.is_meeting(named)
                # "Kenya asked the Board to reply", "Se pedirá a Perú": the meeting does not ask.
                inferred = is_officer or form.mood in FUTURE or bool(is_party and self.body)
                return self.request(place, form, begin)._replace(inferred=inferred)
            decision = None
            if act == "deciding":
                decision = self.decision(place, form, begin) or self._agreed_noun(place, form)
            who = self.mention_before(self.end - 1) if place == self.start else None
            is_in_brackets = who is not None and self.folded_before(who.start) == "("
            if act == "observing" and is_in_brackets and self.words[self.end - 1].text == ")":
                return None  # "Review the comments received (all)"
            if act is not None:
                return decision or Clause(place, form.verb, begin, act=act)
        return None

    def _agreed_noun(self, place: int, form: VerbForm) -> Clause | None:
        """Return the duty of a noun that is agreed: *agreed on a review of the list by Kenya*."""
        near = range(place + 1, min(place + 1 + _NEAR_NOUN, self.end))
        noun = next((at for at in near if verb_of_act(self.folded_at(at))), self.end)
        by = self.next_of(self.lists["clause.by"], noun, noun + _NEAR)
        if by is None or form.verb not in self.lists["verbs.agreeing"]:
            return None
        is_done = self.words[by - 1].is_form("past", "participle")  # "a review made by Kenya"
        named = self.mentions_within((by, min(by + _NEAR_NOUN, self.end)))
        action = noun - (self.folded_before(noun) in self.lists["clause.determiners"]), self.end
        begin = self.begin_of(place)
        clause = Clause(place, form.verb, begin, None, action, passive=True)
        return clause if named and not is_done else None

    def _asks_by_structure(self, place: int) -> bool:
        """Tell whether any verb asks whoever follows: *a Chile que remita*, *a Chile a remitir*."""
        lists = self.lists
        form = self.words[place].form("infinitive", "present", *FUTURE)
        is_verb = form is not None and form.verb not in lists["verbs.allowing"]
        first = self.mention_at(place + 2) or self.mention_at(place + 3)
        if not (is_verb and first and self.folded_at(place + 1) in lists["clause.addressing"]):
            return False
        at, begin = self.end_of_names(first.start), self.before_adverbs(place)
        if not self.is_opening(begin) or self.before or at + 1 >= self.end:
            return False
        if self.folded_at(at) == self.grammar.that:
            verb = self.first_verb(at + 1, "subjunctive", *PRESENT, "future")
            wish = self.words[verb].form("subjunctive") if verb is not None else None
            return wish is not None and wish.verb not in lists["verbs.having"]
        if self.folded_at(at) in lists["clause.articles"]:  # "reiterar a Chile el envío de"
            reminds = self.words[place].forms[0].verb in lists["verbs.reminding"]
            return reminds and self.folded_at(at + 1) in lists["clause.asked_nouns"]
        leads = self.folded_at(at) in lists["clause.addressing"]
        return leads and self.infinitive_at(at + 1) is not None

    # --- which verbs are the meeting's own -------------------------------------------------------

    def _is_own(self, place: int, form: VerbForm) -> bool:
        """Tell whether the meeting itself speaks with a verb."""
        lists = self.lists
        at = self.before_adverbs(place)
        if self.is_label(at - 1):  # "The Board (i) requests", "; (ii) requests"
            begin = at - 2 - (self.folded_before(at - 2) == "(")
            is_item = self.label_of(at) or self.meeting_before(begin)
            at = begin if is_item and not self.words[at - 2].text.isupper() else at
        if form.mood == "gerund":
            in_duty = self.last and self.last.action  # "enviará una nota recordándoles la fecha"
            is_led = self.folded_before(at) == "," or (form.enclitic and not in_duty)
            return not self.has_marker and bool(is_led)
        if self.has_marker:
            before = {self.folded_before(at), self.folded_before(place)}
            is_given = form.verb in lists["verbs.given_to"] and self.folded_at(place + 1) == "to"
            if is_given or before & (self.grammar.before_noun - {"to"}):
                return False  # "a list entrusted to Kenya"
            at -= self.folded_before(at) in lists["clause.perfect"]
        if form.speaks or form.mood == "infinitive":
            is_future = self.words[place].is_form("future")
            return not is_future and (form.speaks or self._is_own_infinitive(at, form))
        passives = lists["clause.passive_pronouns"]
        is_announced = form.mood == "future" and self.next_of(passives, at, place) is not None
        previous = self.folded_before(at)
        is_told = previous in lists["clause.relative_pronouns"] | lists["clause.told_before"]
        if is_told or not (form.mood in PRESENT or is_announced):
            # "Kenya had requested": what others did before; but "un plan, sobre el que se pide"
            asks = self.folded_at(place + 1) in lists["clause.addressing"]
            return asks and form.mood == "present" and self.goes_on(at - 1)
        speaker = self.next_of(lists["clause.speakers"], self.start, self.start + 2)
        is_spoken = form.mood == "past" and speaker is not None and speaker < at
        if is_spoken or (self.has_marker and previous in ("", ":", ";")):
            return not is_spoken  # "la delegada de Chile pidió"
        if self.has_marker and (previous == "," or previous in lists["clause.and"]):
            following = self.folded_at(place + 1)  # "took note of it and requests details"
            has_thing = following.isalpha() and following not in self.grammar.no_duty | {"and"}
            has_thing |= following in lists["clause.determiners"] | lists["clause.particles"]
            is_whom = following == self.grammar.marker and self.infinitive_at(place + 1) is None
            has_thing |= is_whom  # "and appeals to Canada"
            goes_on = form.mood == "present" and self._has_mood_of_last("past") and has_thing
            return not self.before or self._has_mood_of_last(form.mood) or goes_on
        is_meeting = self.meeting_before(at) or (not self.has_marker and self.is_opening(at))
        is_meeting |= self._runs_on(place, form)
        comma = self.next_of((",",), self.start, at - 1) if previous == "," else None
        # "The Board, aware of the damage that the storm did, requests"
        is_aside = comma is not None and self.meeting_before(comma)
        return is_aside or (is_meeting and self.governor_of(at) is None)

    def _goes_on_with_duty(self, place: int, form: VerbForm) -> bool:
        """Tell whether a plain verb belongs to the duty before: *asks Fiji to sign and ratify*."""
        last, at = self.last, self.before_adverbs(place)
        if last is None or last.action is None or not self.words[place].is_form("infinitive"):
            return False
        joints = self.lists["clause.and"] | {","}
        is_joined = self.folded_before(at) in joints and self.words[at - 2].is_form("infinitive")
        is_decided = self.grammar.acts.get(form.verb) == "deciding"  # "revisarlo y aprobarlo"
        is_same = is_joined or (is_decided and bool(form.enclitic))
        is_plain = self.words[last.place].is_form("infinitive")
        return is_same or not (is_plain or last.verb in self.lists["verbs.agreeing"])

    def _is_own_infinitive(self, at: int, form: VerbForm) -> bool:
        """Tell whether a plain form is the meeting's own: *To thank*, *decided to thank*."""
        lists, last = self.lists, self.last
        previous = self.folded_before(at)
        is_joint = previous in lists["clause.and"] or previous in lists["clause.before_act"]
        if previous == "" or (not self.has_marker and (previous in ":;" or self.is_label(at - 1))):
            return True
        if not self.has_marker:
            if previous in lists["clause.wanting"]:
                return True  # "me permito rogarles"
            if last is None or not is_joint:
                is_decided = last and last.place == at - 1 and last.act == "deciding"
                return bool(is_decided) or (previous == "," and last is None)
            act = self.grammar.acts.get(form.verb)
            # "la oportunidad de aplicar para y, en los casos apropiados, recibir asilo"
            is_urgent = act in ("directive", "evaluative", "reinforcing")
            return is_urgent or previous != "," or form.verb in lists["verbs.taking"]
        if previous != self.grammar.marker:
            speaker = max(self.start, at - 2), at - 1  # "We must ask Kenya to reply"
            is_spoken = previous in lists["clause.modals"] and self.passage.person(*speaker)
            is_meeting = bool(is_spoken or self.meeting_before(at)) and self.governor_of(at) is None
            is_joined = is_joint and self._has_mood_of_last("infinitive")
            # "decided to: (a) request Kenya to reply"
            is_item = self.has_colon((self.grammar.marker,), self.start, at)
            return is_meeting or is_joined or is_item
        lead = self.folded_before(at - 1)
        if lead == "" or lead in lists["clause.wanting"] or last is None:
            return lead == "" or lead in lists["clause.wanting"]
        # The verb of a clause is "decided", or that of "was decided".
        is_decided = at - 2 in (last.place, last.place + 1) and last.act == "deciding"
        if is_decided or self.words[self.start].folded == self.grammar.marker:
            return True
        begins = not lead[0].isalnum() or lead in lists["clause.and"]
        return begins and any(clause.act == "deciding" for clause in self.before)

    def _has_mood_of_last(self, mood: str) -> bool:
        """Tell whether one of the two clauses before has a verb of a mood, or an auxiliary."""
        words = [self.words[clause.place] for clause in self.before[-2:]]
        helping = self.lists["clause.be"]
        return any(word.is_form(mood) or word.folded in helping for word in words)

    def _runs_on(self, place: int, form: VerbForm) -> bool:
        """Tell whether a request follows without a stop: *adopts the list requests Fiji to*."""
        asks = self.has_marker and form.mood == "present"
        asks &= self.grammar.acts.get(form.verb) == "directive"
        lists = self.lists
        at = self.skip(lists["clause.determiners"] | lists["clause.own"], place + 1)
        is_named = at < self.end and self.words[at].text[0].isupper()
        is_named |= bool(self.mention_at(at)) or self.folded_at(at) in lists["clause.actors"]
        is_asked = self.next_infinitive(at, at + _NEAR_ASKED) is not None
        return asks and is_named and is_asked
