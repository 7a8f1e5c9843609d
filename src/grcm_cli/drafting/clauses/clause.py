"""A clause of a sentence, and what the finders of all kinds of clauses ask of it."""

from typing import NamedTuple

from grcm_cli.drafting.clauses.sentence import Sentence
from grcm_cli.drafting.parties import WordSpan
from grcm_cli.drafting.passage import Passage
from grcm_cli.language.verbs import Act

FUTURE = ("future", "conditional")
PRESENT = ("present", "past")


class Clause(NamedTuple):
    """One act of the meeting, or one duty that it lays down."""

    place: int
    """The word that begins it."""
    verb: str
    begin: int
    """Where the clause begins: the words before its verb belong to it."""
    responsible: WordSpan | None = None
    """The words that say who is to do it; None where nobody is asked or named."""
    action: WordSpan | None = None
    """The words that say what is to be done; None for an act that binds nobody."""
    urging: bool = False
    antecedent: bool = False
    """A pronoun stands for whoever is spoken of just before."""
    passive: bool = False
    """Who does it follows after *por* or *by*, if anybody is named."""
    purpose: bool = False
    """It is the aim of the duty before it, and waits for that."""
    inferred: bool = False
    """Nobody is asked: a party offered or told it, or is given more time. It is not sure."""
    negated: bool = False
    """It says what is not to be done, which lays down no duty that can be done."""
    act: Act = "directive"


class Duty(NamedTuple):
    """The verb of what is to be done, and the modal verb or the ending that says so."""

    place: int
    verb: int
    name: str
    passive: bool
    weak: bool = False


class ClauseFinder(Sentence):
    """The sentence that is read, and the clauses before the word that is looked at."""

    def __init__(self, passage: Passage, span: WordSpan, *, is_item: bool, body: str) -> None:
        super().__init__(passage, span, is_item=is_item, body=body)
        self.before: list[Clause] = []

    @property
    def last(self) -> Clause | None:
        """The clause before."""
        return self.before[-1] if self.before else None

    def begin_of(self, place: int) -> int:
        """Return where the clause of a verb begins, behind the verb before it."""
        if self.last is None:
            return self.start
        at, floor = place, self.last.place + 1
        while (at := at - 1) > floor:
            word = self.words[at]
            if word.text == ")":  # "that the plan (lights and buoys) be revised"
                brackets = range(at - 1, floor, -1)
                opening = next((near for near in brackets if self.words[near].text in "()"), at)
                at = opening if self.words[opening].text == "(" else at
                continue
            is_joint = word.folded in self.lists["clause.and"] and not self.mention_over(at)
            if word.text in (":", ",", ";") or (is_joint and not self._joins_names(at)):
                return at + 1
        return floor

    def _joins_names(self, at: int) -> bool:
        """Tell whether an *and* stands between two who act, in the register or not."""
        first = at + 1 + (self.folded_at(at + 1) in self.grammar.before_subject)
        follows = self.mention_at(at + 1) or self.mention_at(first) or self.is_actor(first, first)
        return bool((self.mention_before(at) or self.is_actor(at - 1, at - 1)) and follows)

    def name_of(self, verb: int) -> str:
        """Return the infinitive of a verb."""
        form = self.words[verb].form("infinitive", *FUTURE, "subjunctive", "present")
        return form.verb if form else self.words[verb].folded

    def inherited(self, place: int) -> tuple[int, int] | None:
        """Return the subject of the verb before, which a joined one shares: *and shall report*."""
        at = self.before_adverbs(place)
        is_joined = self.folded_before(at) in self.lists["clause.joining"]
        return self.last.responsible if self.last and self.last.action and is_joined else None

    def is_supposed(self, place: int) -> bool:
        """Tell whether a verb says what is only supposed: *with the assumptions: Kenya will*."""
        floor = self.last.place if self.last else self.start
        return any(
            self.words[at].text == ":"
            and self.words[at - 1].folded in self.lists["clause.supposing"]
            for at in range(floor + 1, place)
        )

    def opens(self, place: int) -> bool:
        """Tell whether an infinitive is the sentence's own verb: also of *Asimismo, difundir*."""
        if place == self.start:
            return True
        previous = self.words[place - 1].text
        if self.before or previous in (":", ")"):
            return not self.before
        return previous == ","

    def is_opening(self, at: int) -> bool:
        """Tell whether nothing but a sign, a joint or a label stands before a word."""
        before = self.folded_before(at)
        is_joint = before in ("", ",", ";", ":") or before in self.lists["clause.and"]
        return is_joint or self.is_label(at - 1)
