"""What the meeting asks for: requests, in the active and the passive, and clauses with *that*.

A request is a verb of asking, whoever is asked, what leads to a verb, and what is asked for.
"""

from itertools import pairwise

from grcm_cli.drafting.clauses.clause import PRESENT, Clause, Duty
from grcm_cli.drafting.clauses.obligations import Obligations
from grcm_cli.drafting.nouns_of_acts import VERBS_FOR_THINGS, verb_of_act
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.drafting.tokens import wish_behind
from grcm_cli.language.verbs import JUDGING, STATIVE, URGING, Act, VerbForm

_BINDING = ("subjunctive", "future", "conditional", "present")
TO_ASKED = 14  # words from it to what is asked for, past whoever is asked
_NEAR_HAD = 3  # words from *had* to *been*: of *had been asked*, *had Kenya been asked*
_HOPES = frozenset({"miras", "objetivo", "objeto", "proposito", "vistas"})  # and no *fin*
_AMONG = ("among", "between", "entre")
_NEAR = 30  # words from whoever is asked to the colon of a list of what is asked for


class Requests(Obligations):
    """Finds who is asked, and for what."""

    # --- clauses that begin with *that* ----------------------------------------------------------

    def that_clause(self, place: int) -> Clause | None:
        """Return what a *that* lays down alone: a wish, a second request, a purpose.

        *THAT the report be published*, *asked that A report and that B reply*, *so that Spain can*.
        """
        last, that = self.last, self.grammar.that
        if self.words[place].folded != that:
            return None
        purpose = self._purpose(place, last) if last else None
        before = self.folded_before(place)
        if last and last.action and before == "en":  # "convino en que …, y en que Perú lo revise"
            before = self.folded_before(place - 1)
        is_joined = before in self.lists["clause.and"]
        is_label = self.is_label(place - 1)  # "Semillas: (i) que Chile publique la lista"
        is_item = is_label or before == ":"
        begin = place - 1
        if is_label:
            begin = place - 2 - (self.folded_before(place - 2) == "(")
        if purpose or not (is_joined or is_item or before in ("", ",", ";")):
            return purpose
        is_decided = last is not None and last.act == "deciding" and last.action is None
        if is_item and (is_decided or (is_label and last is None)):
            wish = self.content(place, VerbForm("resolve", "present"), begin, place)
            return wish if wish and (wish.responsible or self.has_marker) else None
        if self.words[self.start].folded == that:
            wish = self.content(place, VerbForm("resolve", "present"), place, place)
            act = Clause(place, "resolve", place, act="deciding") if self.has_marker else None
            return wish if wish and (wish.responsible or self.has_marker) else act
        if last and last.action:  # "que Chile envíe el texto, que Perú lo revise y que"
            second = self.content(place, VerbForm(last.verb, "present"), begin, place)
            who = second.responsible if second else None
            is_named = who is not None and bool(self.mentions_within(who))
            is_whole = second is not None and (second.passive or who is not None)
            goes_on = (is_joined or is_label) and is_whole
            return second if is_named or goes_on else None
        return None

    def listed_wish(self, place: int) -> Clause | None:
        """Return what one more item of a *that* lays down: *que: a) Kenia vaya; b) Fiyi envíe*."""
        last, label = self.last, self.label_of(place)
        if self.has_marker or not self.words[place].is_form("subjunctive"):
            return None
        if last is None or label is None or not last.place < label[0]:
            return None
        who = self.subject_of(label[1], place)
        is_own = who is not None and who[0] <= label[1] + 1 and last.act == "directive"
        name, action = self.name_of(place), (place, self.end)
        return Clause(place, name, label[0], who, action, last.urging) if is_own else None

    def courteous(self, place: int) -> Clause | None:
        """Return what is asked for politely: *would be grateful if Kenya could publish it*."""
        lists = self.lists
        if self.words[place].folded not in lists["clause.could"]:
            return None
        near = range(place - 1, max(self.start, place - TO_ASKED), -1)
        condition = next((at for at in near if self.words[at].folded == "if"), place)
        grateful = self.folded_before(self.skip_back({"it"}, condition))
        verb = self.verb_after_modal(place + 1)
        subject = condition + 1, place
        who = self.subject_of(*subject) or self.other_subject(*subject)
        if grateful not in lists["clause.grateful"] or verb is None or who is None:
            return None
        begin, action = self.begin_of(condition), (verb, self.end)
        return Clause(place, self.name_of(verb), begin, who, action, urging=True)

    def _purpose(self, place: int, last: Clause) -> Clause | None:
        """Return the duty in *so that Spain can present*: of whoever is named there."""
        lists = self.lists
        gives_time = last.verb in lists["verbs.giving_time"]
        before = [word.folded for word in self.words[max(0, place - 4) : place + 1]]
        phrases = (words for words in self.grammar.purposes if before[-len(words) :] == words)
        phrase = [*next(phrases, ())]
        duty = self._binding(place + 1, "subjunctive", may=True) if phrase else None
        no_duty = JUDGING | lists["verbs.having_means"]
        if duty is None or duty.name in no_duty or not (last.action or gives_time):
            return None
        who = (place + 1, duty.place)
        named = bool(self.mentions_within(who))
        if not named and self.next_of(lists["clause.subject_pronouns"], *who) is None:
            return None
        begin = last.begin if gives_time else max(self.start, place + 1 - len(phrase))
        clause = Clause(duty.place, duty.name, begin, who, (duty.verb, self.end))
        hopes = not _HOPES.isdisjoint(phrase)  # "con el propósito de que Perú vuelva"
        return clause._replace(antecedent=not named, purpose=not gives_time, inferred=hopes)

    def _binding(self, start: int, *moods: str, may: bool = False) -> Duty | None:
        """Return the verb of a clause behind *that*: a modal, a subjunctive, one of some moods.

        Where `may`, what somebody can do counts too.
        """
        words, lists = self.words, self.lists
        place: int | None
        verb: int | None
        if self.has_marker:
            modals = lists["clause.modals"] | (lists["clause.may"] if may else frozenset())
            end = self.next_of(("that",), start + 1)
            if end is None or not words[end - 1].is_form("past", "present"):
                end = self.end  # else "and decided that Chile shall"
            place = verb = self.next_of(modals, start, end)
            if place is not None:
                verb = self.verb_after_modal(place + 1)
            else:
                places = [at for at in range(start, end) if self.is_subjunctive(at)]
                asides = {at for at in places if (self.governor_of(at) or 0) >= start}
                places = [at for at in places if at not in asides] or places
                before = self.mentions_within((start, places[0])) if places else ()
                named = any(not words[mention.end - 1].is_genitive for mention in before)
                passive = [at for at in places if words[at].folded == "be" and not named]
                place = verb = next(iter([*passive[:1], *places]), None)  # "new work items be sent"
                if self.has_own_verb(start, end):
                    return None
        else:
            place = self.first_verb(start, *moods)
            verb = place and (self.lead_at(place)[1] or place)  # "que Chile tiene que enviar"
            if place is not None and words[place].folded in lists["clause.modals"]:
                verb = self.verb_after_modal(place + 1) or place  # "que debe ser revisado por"
        if place is None or verb is None or verb >= self.end:
            return None
        weak = words[place].folded in lists["clause.weak_modals"]
        form = words[verb].form(*moods, "infinitive")
        name = form.verb if form else words[verb].folded
        return Duty(place, verb, name, self.is_passive(verb), weak)

    def content(self, place: int, form: VerbForm, begin: int, that: int) -> Clause | None:
        """Return the duty after *that*: of a decision, a request, a wish; None for no duty."""
        duty = self._binding(that + 1, *(("subjunctive",) if that == place else _BINDING))
        if duty is None:
            return None
        who = self.subject_of(that + 1, duty.place) or self._other_wished(that + 1, duty)
        if duty.passive and self.has_marker:
            # What the meeting itself does: "that Kenya be asked to report", "be thanked".
            between = self.lists["clause.before_participle"]
            participle = self.after_words_or_adverbs(between, duty.verb + 1)
            act = self.act_in_passive(duty.verb, participle, begin, who)
            asks = self.grammar.acts.get(form.verb) == "directive"  # "asks that it be considered"
            if act and not (asks and act.act == "observing"):
                return act._replace(place=place)
        done = self.done_by(duty.verb, duty.name, passive=duty.passive)
        happens = done in self.lists["verbs.taking_place"]
        is_state = duty.name in STATIVE | self.lists["verbs.being"]
        is_told = happens if duty.passive else is_state
        if (who is None and is_told) or not (duty.passive or self.words[duty.verb].forms):
            return None  # "agreed that the next meeting would be held in May"
        # What is agreed or requested binds, also by *should*.
        is_weak = duty.weak and form.verb not in self.grammar.acts
        urging, action = form.verb in URGING or is_weak, (duty.verb, self.end)
        place = duty.place if that == place else place  # "y que Chile lo presente": its own verb
        return Clause(place, form.verb, begin, who, action, urging, passive=duty.passive)

    def _other_wished(self, start: int, duty: Duty) -> WordSpan | None:
        """Return whoever the register lacks, of a Spanish wish: *que los proveedores remitan*."""
        is_other = not (self.has_marker or duty.passive or duty.name in STATIVE)
        return self.other_subject(start, duty.place) if is_other else None

    # --- requests --------------------------------------------------------------------------------

    def request(self, place: int, form: VerbForm, begin: int) -> Clause:
        """Return a request: who is asked, and for what."""
        lists = self.lists
        urging = form.verb in URGING | lists["verbs.appealing"]
        at = self.next_of(lists["action.requests"], place + 1, place + 3) or place  # "its call for"
        is_led = self.folded_at(at + 1) in lists["clause.particles"] | {self.grammar.that}
        start = self.skip(lists["clause.particles"], (at if is_led else place) + 1)
        is_pronoun = self.folded_at(start) in lists["clause.object_pronouns"]
        is_dative = bool(form.enclitic) or self.folded_before(place) in lists["clause.dative"]
        end, verb = start, self.infinitive_at(start) if is_dative else None  # "le encarga seguir"
        end, verb = (end, verb) if verb else self._asked_and_what(start, form.verb)
        is_named = bool(self.mentions_within((start, end)))
        is_for = self.folded_before(start) in lists["clause.particles"]
        is_for &= not self.mention_at(self.skip(lists["clause.articles"], start))
        if verb is not None and is_for and verb < self.end and self.is_passive(verb):
            # "asked for the list to be updated by Kenya"
            return Clause(verb, form.verb, start, None, (verb, self.end), urging, passive=True)
        if verb is not None:
            is_spoken_of = (is_pronoun or is_dative) and not is_named
            addressed = self.folded_at(start) in lists["clause.addressing"]
            is_that = self.folded_at(end) == self.grammar.that
            others = is_that and self._binding(end + 1, "subjunctive")
            is_of_others = others and self._other_wished(end + 1, others)
            is_asked = is_named or is_spoken_of or (addressed and end > start)
            if is_that and (is_of_others or not is_asked):
                bound = self.content(place, form, begin, end)
                if bound:
                    return bound._replace(urging=bound.urging or urging)
            named = self.mention_before(self.before_adverbs(place)) if end == start else None
            who = (named.start, named.end) if named else (start, end)  # "All encouraged to reply"
            return Clause(place, form.verb, begin, who, (verb, self.end), urging, is_spoken_of)
        that = self.next_of((self.grammar.that,), start, start + TO_ASKED)
        is_told = that and (self.has_marker or self.folded_before(that) == "a")
        # "recommends it to other members", "reminds Kenya that it is late"
        rest = (start, self.end) if start < self.end and not (is_pronoun or is_told) else None
        named = self.mention_at(start) if rest else None
        if named and self.folded_at(named.end) in lists["clause.articles"]:
            rest = named.end, self.end  # "assigned Kenya the task of revising it"
        elif rest and self._invites(form, start):
            return Clause(place, form.verb, begin, None, (place, self.end), urging)
        help_ = self.next_of(lists["clause.help"], start, start + _NEAR_HAD)
        of = help_ and self.next_of(lists["clause.of"], help_, help_ + _NEAR_HAD)
        helper = self.mention_at(self.skip(lists["clause.articles"], of + 1)) if of else None
        if of and helper:  # "solicitar el apoyo de la OIM para un taller"
            start, end = of + 1, self.end_of_names(helper.start)
        made_by = next(filter(self._is_made_by, range(start, end)), end)
        who = (start, end) if helper else (start, made_by)
        return Clause(place, form.verb, begin, who, rest, urging, is_dative and not helper)

    def _is_made_by(self, at: int) -> bool:
        """Tell whether a word is the *by* of *the draft that was submitted by Fiji*."""
        is_by = self.folded_at(at) in self.lists["clause.by"]
        return is_by and self.words[at - 1].is_form("past", "participle")

    def _invites(self, form: VerbForm, start: int) -> bool:
        """Tell whether somebody is only asked to come: *invites Fiji to its next session*."""
        first = self.skip(self.lists["clause.addressing"] | self.lists["clause.articles"], start)
        is_name = self.mention_at(first) or self.words[first].text.istitle()
        end = self.end_of_names(first) if self.mention_at(first) else first + 1
        is_led = is_name and self.folded_at(end) in self.grammar.addressing
        return bool(is_led) and form.verb in self.lists["verbs.inviting"]

    def _asked_and_what(self, start: int, asking: str) -> tuple[int, int | None]:
        """Return where whoever is asked ends, and the word at which what is asked for begins."""
        at = start
        while at < self.end:
            named = self.mention_over(at)
            verb = None if named else self.what_is_asked(start, at, asking)
            if verb is not None:
                return at, verb
            if self._asks_again(at):  # "assigns the map to Kenya and requests Fiji to print it"
                break
            behind = wish_behind(self.words, at) if self.words[at].folded == "que" else None
            at = named.end if named else behind or self._behind_aside(at, asking) or at + 1
        return at, None

    def _asks_again(self, at: int) -> bool:
        """Tell whether a joint leads to a request of its own, in the present."""
        word = self.words[min(at + 1, self.end - 1)]
        asks = any(self.grammar.acts.get(form.verb) == "directive" for form in word.forms)
        is_joint = self.words[at].folded in self.lists["clause.and"]
        return is_joint and asks and word.is_form("present") and not word.is_form("infinitive")

    def _behind_aside(self, at: int, asking: str) -> int | None:
        """Return what is asked for behind an aside: *tasks Kenya, as agreed, with*, or None."""
        close = self.next_of((")",), at) if self.folded_at(at) == "(" else None
        end = self.after_aside(at) if close is None else close + 1
        is_entrusted = asking in self.lists["verbs.entrusting"]
        leads = self.lists["clause.with"] if is_entrusted else frozenset()
        return end if end > at and self.folded_at(end) in leads | {self.grammar.marker} else None

    def what_is_asked(self, start: int, at: int, asking: str) -> int | None:
        """Return where what is asked for begins, if a word behind whoever is asked leads to it."""
        words, lists = self.words, self.lists
        word, before = words[at], self.folded_before(at)
        is_asked = bool(self.mention_before(at)) or before in lists["clause.actors"]
        if word.text == ":":
            return at + 1 if at - start <= _NEAR else None
        if word.folded in lists["clause.with"] and asking in lists["verbs.entrusting"]:
            is_behind = (
                self.has_marker or is_asked
            )  # "en consulta con Perú", "a Cuba, con apoyo de"
            return at + 1 if is_behind else None
        if word.folded == self.grammar.that:
            return self._verb_asked_for(at, start)
        verb = self.infinitive_at(at)
        if self.has_marker:
            if word.folded in lists["clause.asks_for"] and asking in lists["verbs.asking_for"]:
                is_whom = is_asked or any(whom.text[0].isupper() for whom in words[start:at])
                is_verb = self.next_infinitive(at + 1, at + 1 + TO_ASKED) is not None
                # "asks Kenya for a report", and no verb behind it
                return at + 1 if is_whom and at + 1 < self.end and not is_verb else None
            if word.folded != self.grammar.marker:
                is_bare = is_asked and self._is_bare_request(at, start)
                return at if is_bare else None
            following = self.folded_at(at + 1)
            is_new = is_asked and following not in self.grammar.before_noun
            is_new = is_new and at + 1 < self.end and words[at + 1].text.islower()
            verb = at + 1 if is_new else verb
            return verb if before not in lists["clause.describing"] else None
        near = {words[start].folded, words[start - 1].folded}
        addressed = not near.isdisjoint(lists["clause.addressing"] | lists["clause.particles"])
        if verb is not None:
            leads = lists["clause.before_request"]
            no_noun = lists["clause.prepositions"] | lists["clause.determiners"]
            no_noun |= lists["clause.and"] | {","}
            is_thing = words[start].folded in lists["clause.determiners"] and any(
                form.enclitic for form in words[start - 1].forms
            )  # "pedirle el informe para revisarlo"
            is_asked |= before in leads and not (is_thing and before == "para")
            is_asked |= addressed and at > start + 1 and before not in no_noun
            return at if is_asked else None
        return self._thing_or_wish(start, at, asking) if addressed and at > start else None

    def _thing_or_wish(self, start: int, at: int, asking: str) -> int | None:
        """Return where a noun or a wish begins behind a name: *a Chile un informe*, or None.

        *a Chile información*, *a Chile al pago de*; but *a Chile, los Estados y Perú a*.
        """
        words, lists = self.words, self.lists
        word, before = words[at], self.folded_before(at)
        is_people = self.next_of(lists["clause.actors"], start + 1, at) is not None
        if not (is_people or self.mentions_within((start, at))):
            return None
        if at == self.first_verb(start + 1, "subjunctive"):
            return at
        links = {"de", "del"} if asking in lists["verbs.entrusting"] else {"a", "al"}
        is_led = word.folded in links and self.mention_before(at) is not None
        noun = words[self.skip(lists["clause.determiners"], at + is_led)].folded
        if is_led and verb_of_act(noun):  # "encarga a Chile de la redacción"
            return at + 1
        comma = self.next_of((",",), start, at) or start
        is_list = before == "," and self.folded_at(comma + 1) in lists["clause.determiners"]
        is_noun = word.folded in lists["clause.determiners"]
        is_noun &= not is_list or bool(verb_of_act(noun)) or noun in VERBS_FOR_THINGS["es"]
        if not is_noun and word.folded in VERBS_FOR_THINGS["es"]:
            return None if before in self.grammar.before_noun | lists["clause.and"] else at
        is_noun = is_noun and self.end_of_description(at, start) <= at
        is_noun = is_noun and before not in lists["clause.request_prepositions"]
        is_noun = is_noun and not words[at - 1].is_form("participle")  # "han ejercido la"
        return at if is_noun else None

    def _verb_asked_for(self, that: int, start: int) -> int | None:
        """Return the verb behind a *that* of what is asked for; None for a relative clause."""
        if self.has_marker:
            duty = self._binding(that + 1) if that <= start + 1 else None
            return duty and duty.verb
        lists, following = self.lists, self.words[min(that + 1, self.end - 1)]
        verb_of_it = self.words[min(self.skip(lists["clause.clitics"], that + 1), self.end - 1)]
        before = self.folded_before(that)
        is_told = following.is_form(*PRESENT) and not following.is_form("subjunctive")
        is_told |= verb_of_it.is_form("past")  # "que la presentó"
        is_told |= before == "," and verb_of_it.is_form("future")
        is_told |= before != "a" and wish_behind(self.words, that) is not None
        if is_told or following.folded in lists["clause.of_relative"]:
            return None  # "encargarle una guía, que deberá estar lista en mayo"
        verb = self.first_verb(self.after_aside(that + 1), "subjunctive")
        if verb is None:
            aside = lists["clause.prepositions"] - {"a"}  # "antes de cesar", "sin esperar"
            places = filter(self.infinitive_at, range(that + 1, self.end))
            verb = next((at for at in places if self.folded_before(at) not in aside), None)
        return min(that + 1, self.end - 1) if verb is None else verb

    def _is_bare_request(self, at: int, start: int) -> bool:
        """Tell whether a plain verb follows whoever is asked: *requests the Board send it*."""
        words, lists = self.words, self.lists
        named = self.mention_before(at)
        between = {word.folded for word in words[start : named.start if named else at - 1]}
        is_verb = words[at].text.islower() and words[at].is_form("infinitive")
        has_object = self.folded_at(at + 1) not in lists["clause.prepositions"] | {"", "and"}
        return is_verb and has_object and between <= lists["clause.determiners"]

    # --- passives --------------------------------------------------------------------------------

    def passive(self, place: int) -> Clause | None:
        """Return what is said in the passive: *was requested to*, *quedó aprobada*."""
        word, lists = self.words[place], self.lists
        being = lists["verbs.passive"]
        is_be = any(form.verb in being and form.mood in PRESENT for form in word.forms)
        if not is_be and word.folded not in lists["clause.be"]:
            return None
        at = self.after_words_or_adverbs(lists["clause.before_participle"], place + 1)
        near = max(self.start, place - _NEAR_HAD)
        is_told = self.next_of(lists["clause.told_before"], near, place) is not None
        governor = self.governor_of(place)
        who = None if governor is None else self.relative_subject(governor, place)
        decided = governor is not None and self._is_decided(governor)  # "agreed that it is asked"
        is_aside = (governor is not None and not (who or decided)) or self.is_condition(place)
        if at >= self.end or is_told or is_aside:
            return None
        begin = self.begin_of(place) if governor is None else self.begin_of_relative(governor)
        begin = governor + 1 if governor is not None and decided else begin
        who = who or self.subject_of(begin, place) or self.inherited(place)
        return self.act_in_passive(place, at, begin, who)

    def act_by_words_beside(self, place: int, form: VerbForm) -> Act | None:
        """Return the act of a verb by the words beside it; None where they make it none."""
        lists, verb = self.lists, form.verb
        beside = self.folded_from(place + 1, 8)
        if verb in self.grammar.particles:
            is_act = not self.grammar.particles[verb].isdisjoint(beside[:1])
            return self.grammar.acts[verb] if is_act else None
        is_own = verb in lists["verbs.entrusting"] and form.mood != "participle"
        is_own &= beside[:1] in (["de"], ["del"])  # "se encargará de", not "fue encargada de"
        asked = self.mention_at(self.skip(lists["clause.articles"], place + 1))
        asks_whether = self.folded_at(asked.end if asked else place + 1) in lists["clause.question"]
        if is_own or (asks_whether and self.grammar.acts.get(verb) == "directive"):
            return None
        if verb in lists["verbs.welcoming"] and beside[:1] == [self.grammar.that]:
            return "evaluative"
        rules = self.grammar.act_rules.get(verb)
        if rules is None:
            return self.grammar.acts.get(verb)
        is_short = self.has_marker and verb not in lists["verbs.reminding"]
        reach = 3 if verb in lists["verbs.welcoming"] else 5 if is_short else 8
        pairs = pairwise(["", *beside[:reach]])  # "dar continuidad al mandato" gives none
        near = {word for before, word in pairs if before not in ("al", "del")}
        # A rule that asks fits where somebody is named: "reiterate the call for cooperation" asks
        # nobody.
        named = self.mentions_within((place, min(place + 12, self.end)))
        whom = (each for each in named if self.folded_before(each.start) not in _AMONG)
        asks = verb in lists["verbs.appealing"] or any(whom)
        asks |= beside[:1] == [self.grammar.marker]  # "was told to"
        fits = (rule.act for rule in rules if not rule.beside or rule.beside & near)
        return next((act for act in fits if asks or act != "directive"), None)

    def act_in_passive(
        self, place: int, at: int, begin: int, who: WordSpan | None
    ) -> Clause | None:
        """Return the act of a verb in the passive, and the duty where it asks somebody."""
        mood = "past" if self.has_marker else "participle"
        form = self.words[at].form(mood) if at < self.end else None
        act = self.act_by_words_beside(at, form) if form else None
        lists, subject = self.lists, self.mentions_within(who) if who else []
        is_given = self.folded_at(at + 1) in self.grammar.addressing
        before_name = lists["parties.titles"] | lists["parties.articles"] | lists["clause.of"]
        first = self.skip(before_name, at + 2)
        named = self.mention_at(at + 2) or self.mention_at(first) if is_given else None
        giving = lists["verbs.entrusting"] | lists["verbs.given_to"]
        if form and form.verb in giving and named and not subject:  # "was assigned to Fiji"
            whom = named.start, self.end_of_names(named.start)
            action = begin, self.skip_back(lists["clause.perfect"], place)
            return Clause(place, form.verb, begin, whom, action, inferred=act is None)
        if form is None or act is None:
            return None
        says_it = self.next_of(self.lists["clause.impersonal"], begin, place) is not None
        clause = Clause(place, form.verb, begin, act=act)
        if act != "directive":
            return (self.decision(at, form, begin) if says_it else None) or clause
        if who is None and not self.has_marker:
            return self.request(at, form, begin)
        clause = clause._replace(responsible=who, urging=form.verb in URGING)
        verb = self.next_infinitive(at + 1, at + TO_ASKED if self.has_marker else None)
        led = self.after_adverbs(at + 2)
        is_led = self.has_marker and self.folded_at(at + 1) == self.grammar.marker
        verb = led if is_led and self.is_unlisted_verb(led) else verb  # "asked to co-finance it"
        leads = self.lists["clause.asks_for"] | {self.grammar.marker}
        is_item = self.folded_at(at + 2) == "("  # "is requested to (a) invite members to reply"
        if (verb is None or is_item) and self.folded_at(at + 1) in leads and at + 2 < self.end:
            verb = at + 2  # "was asked for a report", "is invited to second an expert"
        if verb is not None:
            return clause._replace(action=(verb, self.end))
        that = self.next_of((self.grammar.that,), at + 1, at + 3) if says_it else None
        return self.content(place, form, begin, that) if that is not None else None

    def decision(self, place: int, form: VerbForm, begin: int) -> Clause | None:
        """Return the duty of *agreed that the Secretariat will*: of whoever is named there."""
        unanimous, articles = self.lists["clause.by_consensus"], self.lists["clause.articles"]
        subject = self.skip(unanimous, place + 1)
        at = self.after_aside(self.after_words_or_adverbs(unanimous, place + 1))
        # "agreed, as Fiji proposed, that", "Convino el Grupo en que"
        is_named = not self.has_marker and self.folded_at(subject) in articles
        that = self.next_of((self.grammar.that,), at, at + TO_ASKED) if is_named else None
        end = that - (self.folded_before(that) == "en") if that else at
        at = that if that and self.meeting_before(end) else at
        is_that = self.folded_at(at) == self.grammar.that
        agrees = is_that and form.verb in self.lists["verbs.agreeing"]
        return self.content(place, form, begin, at) if agrees else None
