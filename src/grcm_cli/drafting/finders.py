"""Finding what a sentence does: each clause by which the meeting acts or somebody is bound.

Each language has finders of its own, in `spanish` and `english`; they return the same values. This
module has what both grammars share.
"""

from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from grcm_cli.drafting.parties import Mention, mentions_from
from grcm_cli.drafting.tokens import Word
from grcm_cli.language.lexicon import all_words
from grcm_cli.language.verbs import Act, ActRule

WordSpan = tuple[int, int]
"""Places of words: the first, and the one after the last."""


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
    negated: bool = False
    """It says what is not to be done, which lays down no duty that can be done."""
    act: Act = "directive"


class Sentence:
    """A sentence of a text, as the finders of both languages read it: its words and mentions.

    `is_item` tells that it is an item of a list, and completes the sentence above the list. `body`
    is the body that meets: what it agrees to is a decision, and no duty of its own.
    """

    def __init__(
        self,
        words: Sequence[Word],
        mentions: Sequence[Mention],
        span: WordSpan,
        *,
        is_item: bool,
        body: str = "",
    ) -> None:
        self.words, self.mentions, self.is_item, self.body = words, mentions, is_item, body
        self.start, self.end = span
        self._ending = {mention.end: mention for mention in mentions}
        self._over = {at: mention for mention in mentions for at in range(*mention[:2])}

    def is_meeting(self, mention: Mention) -> bool:
        """Tell whether a mention is that of the body that meets."""
        return bool(self.body) and mention.code == self.body

    def mention_at(self, place: int) -> Mention | None:
        """Return the mention that begins at a word, or None."""
        mention = self._over.get(place)
        return mention if mention and mention.start == place else None

    def mention_before(self, place: int) -> Mention | None:
        """Return the mention that ends just before a word, or None."""
        return self._ending.get(place)

    def mention_over(self, place: int) -> Mention | None:
        """Return the mention that a word is part of, or None."""
        return self._over.get(place)

    def mentions_within(self, span: WordSpan) -> list[Mention]:
        """Return the mentions inside a span of words."""
        found = mentions_from(self.mentions, *span)
        return found[:-1] if found and found[-1].end > span[1] else found

    def next_of(self, words: Container[str], start: int, end: int | None = None) -> int | None:
        """Return the place of the first word from `start` on that is among some, or None."""
        places = range(start, self.end if end is None else min(end, self.end))
        return next((place for place in places if self.words[place].folded in words), None)

    def folded_before(self, place: int) -> str:
        """Return the word before a place, folded; empty at the beginning of the sentence."""
        return self.words[place - 1].folded if place > self.start else ""


Finder = Callable[[Sentence, int, list[Clause]], Clause | None]
"""Returns the clause that a word begins, given those before it in the sentence, or None."""


def find_clauses(sentence: Sentence, finders: Sequence[Finder]) -> list[Clause]:
    """Return the clauses of a sentence in its order; the first finder that sees one counts."""
    found: list[Clause] = []
    place = sentence.start
    while place < sentence.end:
        clause = None
        if not sentence.words[place].quoted and not sentence.mention_over(place):
            clause = next((c for find in finders if (c := find(sentence, place, found))), None)
        if clause is not None:
            if _is_negated(sentence, clause):
                clause = clause._replace(action=None, negated=True)
            elif _only_notes(sentence, clause):
                clause = clause._replace(action=None, act="observing")
            found.append(clause)
            if clause.action:
                place = max(place, clause.action[0])
        place += 1
    return found


_CREATING = all_words("verbs.creating")
_NEGATIONS = all_words("clause.negations")
_NOT_DENIED = all_words("clause.not_denied")
_CLITICS = frozenset({"se", "le", "les", "lo", "la", "los", "las", "nos"})


def _is_negated(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a *not* belongs to what is to be done: *no se publicará*, *asked not to*."""
    words = sentence.words
    if clause.act != "directive" or clause.action is None:
        return False
    before = clause.place - 1
    while before > sentence.start and words[before].folded in _CLITICS:
        before -= 1
    near = [before, clause.place + 1]
    verb = clause.action[0]
    if verb > clause.place:
        near += range(max(clause.place + 1, verb - 2), verb)
    return any(
        sentence.start <= at < sentence.end - 1
        and words[at].folded in _NEGATIONS
        and words[at + 1].folded not in _NOT_DENIED
        for at in near
    )


_NOTES = all_words("action.notes")


def _only_notes(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether somebody is only to take note of something, which leaves nothing to be done."""
    if clause.action is None or clause.action[0] >= clause.action[1]:
        return False
    first, last = clause.action
    following = sentence.words[first + 1].folded if first + 1 < last else ""
    verbs = {form.verb for form in sentence.words[first].forms}
    return bool(verbs & {"take", "tomar"}) and following in _NOTES


def bare_infinitive(sentence: Sentence, place: int) -> Clause | None:
    """Return the duty of an infinitive that opens a sentence, or None where a word is none."""
    form = sentence.words[place].form("infinitive")
    return form and Clause(place, form.verb, place, None, (place, sentence.end))


def follows_creation(before: Sequence[Clause]) -> bool:
    """Tell whether the clause before creates the body that a clause is about."""
    return bool(before) and before[-1].verb in _CREATING


def act_by_rules(
    sentence: Sentence, place: int, verb: str, rules: Sequence[ActRule], near: set[str]
) -> Act | None:
    """Return the act of the first rule that fits the words near a verb, or None.

    A rule that asks fits where somebody is named: *reiterate the call for cooperation* asks nobody.
    """
    end = min(place + 12, sentence.end)
    asks = verb == "hacer" or bool(sentence.mentions_within((place, end)))
    fits = (rule.act for rule in rules if not rule.beside or rule.beside & near)
    return next((act for act in fits if asks or act != "directive"), None)


# --- what was not understood ---------------------------------------------------------------------


_OF_DUTY = all_words("doubts.duty_verbs")
_MODALS = all_words("doubts.modals")
_BEFORE_NOUN = all_words("clause.determiners") | all_words("clause.prepositions")
_SUBORDINATE = all_words("clause.relatives") - {"as", "how"}
_FINITE = ("present", "past", "future", "conditional")


def unbound_verb(sentence: Sentence, found: Sequence[Clause]) -> int | None:
    """Return the first verb of asking, agreeing or having to that no clause accounts for, or None.

    What is told of others, what is thanked for or noted, and what depends on *that* or *which* lays
    down nothing, and is no doubt.
    """
    first = sentence.words[sentence.start]
    if first.is_form("gerund") or any(clause.negated for clause in found):
        return None
    end = sentence.end
    for clause in found:
        if clause.action or clause.act not in ("deciding", "directive"):
            end = min(end, clause.begin, clause.place)
    own = {place for clause in found for place in (clause.place, clause.place + 1)}
    for place in range(sentence.start, end):
        word = sentence.words[place]
        if word.folded in _SUBORDINATE and not word.quoted:
            return None
        if word.quoted or place in own or sentence.mention_over(place):
            continue
        if _is_of_duty(sentence, place):
            return place
    return None


def _is_of_duty(sentence: Sentence, place: int) -> bool:
    """Tell whether a word asks, agrees or obliges, and is no noun: *the request of*."""
    word = sentence.words[place]
    if sentence.folded_before(place) in _BEFORE_NOUN or place + 1 >= sentence.end:
        return False
    following = sentence.words[place + 1]
    if word.folded in _MODALS:
        return following.text[0].isalpha() and following.folded not in ("be", "not")
    if not any(form.verb in _OF_DUTY and form.mood in _FINITE for form in word.forms):
        return False
    leads = following.folded in ("a", "al", "en", "que", "that", "to")
    return bool(leads or sentence.mention_at(place + 1) or sentence.mention_at(place + 2))


# --- subjects ------------------------------------------------------------------------------------


LEADING = all_words("parties.leading")


def _without_leaders(words: Sequence[str]) -> list[str]:
    """Return the words between two names without *(lead)*."""
    found = list(words)
    for place in range(len(found) - 2):
        if found[place] == "(" and found[place + 1] in LEADING and found[place + 2] == ")":
            found[place : place + 3] = [","] * 3
    return found


class SubjectWords(NamedTuple):
    """The words of a language that tell whether a name before a verb is its subject."""

    skipped: Container[str]
    """Words between a preposition and a name."""
    joints: frozenset[str]
    """Words between the names of one subject."""
    prepositions: frozenset[str]
    """Words after which a name is no subject."""
    of: Container[str]
    """The preposition after a title: *the Government of*."""
    titles: frozenset[str]
    with_: str
    """The preposition after one of `together`: *jointly with*."""
    together: frozenset[str]

    def subject_of(self, sentence: Sentence, start: int, verb: int) -> WordSpan | None:
        """Return the words of the subject before a verb, where they name a party or a group."""
        named = [
            mention
            for mention in sentence.mentions_within((start, verb))
            if self._may_be_subject(sentence, mention, start)
        ]
        if not named:
            return None
        first = last = named[-1]
        for mention in reversed(named[:-1]):
            between = [w.folded for w in sentence.words[mention.end : first.start]]
            if not set(_without_leaders(between)) <= self.joints:
                break
            first = mention
        return first.start, last.end

    def _may_be_subject(self, sentence: Sentence, mention: Mention, start: int) -> bool:
        at = mention.start - 1
        while at >= start and sentence.words[at].folded in self.skipped:
            at -= 1
        if at < start:
            return True
        word = sentence.words[at].folded
        if at > start:
            previous = sentence.words[at - 1].folded
            if word == self.with_ and previous in self.together:
                return True
            if word in self.of:
                return previous in self.titles
        return word not in self.prepositions


def shared_subject(
    sentence: Sentence, at: int, joints: Container[str], before: Sequence[Clause]
) -> WordSpan | None:
    """Return the subject of the verb before, which a joined verb shares: *elaborará y enviará*."""
    if not before or not before[-1].action or sentence.folded_before(at) not in joints:
        return None
    return before[-1].responsible
