"""What somebody does in the present, as in a plan: *The office lends its boat in May*."""

from grcm_cli.drafting.clauses.clause import Duty
from grcm_cli.drafting.clauses.subordinate import SubordinateClauses
from grcm_cli.drafting.nouns_of_acts import verb_of_act
from grcm_cli.language.lexicon import all_words
from grcm_cli.language.verbs import STATIVE

_NO_PLAN = STATIVE.union(
    *(all_words("doubts.no_task"), all_words("doubts.describing")),
    *(all_words("verbs.courtesy"), all_words("verbs.deliberating")),
)
"""Verbs that in the present tell how a thing is: *Kenya chairs the Board*."""


class Plans(SubordinateClauses):
    """Finds the verbs of the present by which a party, or who acts, may take on a duty."""

    def planned_at(self, verb: int, *, joined: bool = False) -> Duty | None:
        """Return what somebody does by a verb of the present; joined to a plan, by any verb."""
        form = self.words[verb].form("present")
        if form is None and self.has_marker and self.folded_before(verb) != self.grammar.marker:
            form = self.words[verb].form("infinitive")  # "Kenya and Fiji lend a boat"
        if form is None or not self._may_be_planned(verb, form.verb):
            return None
        is_passive = self.folded_before(verb) in self.lists["clause.passive_pronouns"]
        tells = not joined and form.verb in _NO_PLAN | self.lists["verbs.taking_office"]
        if is_passive or tells or self.governor_of(verb) is not None:
            return None  # "el Grupo se reúne"
        who, end = self.subject_of(self.start, verb), self.before_adverbs(verb)
        if who is None:
            return None
        is_aside = self.folded_at(who[1]) == "," == self.folded_before(end) and who[1] < end - 1
        acts = who[1] >= end or is_aside  # "Kenya, which has one, lends"
        return Duty(verb, verb, form.verb, passive=False, weak=False) if acts else None

    def next_planned(self, start: int, end: int) -> Duty | None:
        """Return what goes on with a plan, by the same or by another: *and sends it round*."""
        for verb in range(start, end):
            before = self.folded_before(self.before_adverbs(verb))
            form = self.words[verb].form("present") if before in self.lists["clause.and"] else None
            if form and self._may_be_planned(verb, form.verb):
                return Duty(verb, verb, form.verb, passive=False, weak=False)
            if duty := self.planned_at(verb, joined=True):
                return duty
        return None

    def _may_be_planned(self, verb: int, name: str) -> bool:
        """Tell whether a verb of the present says what is done, and tells nothing: *says that*."""
        word, lists, following = self.words[verb], self.lists, self.folded_at(verb + 1)
        if not word.text.islower() or word.folded in lists["clause.modals"]:
            return False
        objects = lists["clause.determiners"] | lists["clause.object_pronouns"]
        has_object = following in objects or self.before_adverbs(verb) < verb
        before = self.folded_before(verb)
        is_it = before in lists["clause.it"]  # "lo publica", "los publica"
        is_it |= before in lists["clause.them"] and not word.text.endswith("s")
        names_act = bool(verb_of_act(word.folded))
        is_it |= not names_act and self.mention_before(verb - 1) is not None  # "Chile la revisa"
        may_be_noun = names_act or not word.is_form("present")
        is_noun = (self.is_noun(verb) and not is_it) or (may_be_noun and not has_object)
        is_act = name in self.grammar.acts and name not in self.grammar.act_rules
        return not (is_noun or is_act or following == self.grammar.that)
