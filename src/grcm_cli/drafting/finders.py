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


_LONGEST_NAMES = 40
"""Words of a parenthesis that names parties."""


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

    def closing_parties(self) -> list[Mention]:
        """Return the parties in the parenthesis that closes a sentence: *Forward the list (all)*.

        None where it has other words.
        """
        words, last = self.words, self.end - 1
        while last > self.start and words[last].text in ".;":
            last -= 1
        if last <= self.start + 1 or words[last].text != ")":
            return []
        places = range(last - 1, max(self.start, last - _LONGEST_NAMES), -1)
        first = next((p for p in places if words[p].text == "("), last)
        named = self.mentions_within((first + 1, last))
        inside = {place for mention in named for place in range(mention.start, mention.end)}
        others = [p for p in range(first + 1, last) if p not in inside]
        return named if all(words[p].folded in _LISTING for p in others) else []

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


_LISTING = all_words("parties.list") | {"/", "+", "&"}
_CREATING = all_words("verbs.creating")
_NEGATIONS = all_words("clause.negations")
_NONE = all_words("clause.none")
_REFRAINING = all_words("verbs.refraining")
_NOT_DENIED = all_words("clause.not_denied")
_CLITICS = frozenset({"se", "le", "les", "lo", "la", "los", "las", "nos"})


def _is_negated(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a *not* belongs to what is to be done: *no se publicará*, *asked not to*."""
    words = sentence.words
    if clause.act != "directive" or clause.action is None:
        return False
    verb = clause.action[0]
    if clause.verb in _REFRAINING or _is_of_none(sentence, clause):
        return True
    before = clause.place - 1
    while before > sentence.start and words[before].folded in _CLITICS:
        before -= 1
    near = [before, clause.place + 1]
    if verb > clause.place:
        near += range(max(clause.place + 1, verb - 2), verb)
    return any(
        sentence.start <= at < sentence.end - 1
        and words[at].folded in _NEGATIONS
        and words[at + 1].folded not in _NOT_DENIED
        for at in near
    )


def _is_of_none(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether the subject of a clause is denied: *No further missions will be sent*."""
    first = clause.begin
    if first + 1 >= clause.place or sentence.words[first].folded not in _NONE:
        return False
    following = sentence.words[first + 1]
    return following.text[0].isalpha() and following.folded not in _NOT_DENIED


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


# --- subjects ------------------------------------------------------------------------------------


LEADING = all_words("parties.leading")


def _without_leaders(words: Sequence[str]) -> list[str]:
    """Return the words between two names without *(lead)*."""
    found = list(words)
    for place in range(len(found) - 2):
        if found[place] == "(" and found[place + 1] in LEADING and found[place + 2] == ")":
            found[place : place + 3] = [","] * 3
    return found


_NEAR_GROUP = 3
"""Words from *group* to *of*: *grupo de trabajo de Chile y Perú*."""
_HIGHLIGHTING = all_words("parties.highlighting")


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
    groups: Container[str]
    """Nouns of groups that several parties make up: *a working group of Kenya and Fiji*."""
    before_verb: Container[str]
    """Pronouns and adverbs between a comma and the verb."""

    def subject_of(self, sentence: Sentence, start: int, verb: int) -> WordSpan | None:
        """Return the words of the subject before a verb, where they name a party or a group.

        Names in an aside before the verb are none of it: *Kenya, after consulting Fiji, shall*.
        """
        end = self._before_aside(sentence, start, verb)
        groups = self._joined(sentence, sentence.mentions_within((start, end)))
        named = [self._acting(sentence, group, start) for group in groups]
        found = next((group for group in reversed(named) if group), None)
        return (found[0].start, found[-1].end) if found else None

    def _acting(
        self, sentence: Sentence, group: Sequence[Mention], start: int
    ) -> Sequence[Mention]:
        """Return those of joined names that may be a subject: *In Kenya, Fiji and Togo shall*."""
        if self._may_be_subject(sentence, group, start):
            return group
        for place in range(1, len(group)):
            if sentence.words[group[place - 1].end].text == ",":
                return group[place:]
        return []

    def _joined(self, sentence: Sentence, mentions: Sequence[Mention]) -> list[list[Mention]]:
        """Return mentions in groups of those that only the words of a list join."""
        groups: list[list[Mention]] = []
        for mention in mentions:
            last = groups[-1][-1].end if groups else mention.start
            between = [word.folded for word in sentence.words[last : mention.start]]
            if groups and set(_without_leaders(between)) <= self.joints:
                groups[-1].append(mention)
            else:
                groups.append([mention])
        return groups

    def _before_aside(self, sentence: Sentence, start: int, verb: int) -> int:
        """Return where an aside in commas before a verb begins, if it says more than a name."""
        words = sentence.words
        close = verb - 1
        while close > start and words[close].folded in self.before_verb:
            close -= 1
        if close <= start or words[close].text != ",":
            return verb
        opening = next((p for p in range(close - 1, start, -1) if words[p].text == ","), start)
        named = {
            p for m in sentence.mentions_within((opening, close)) for p in range(m.start, m.end)
        }
        aside = {words[p].folded for p in range(opening, close) if p not in named}
        is_list = not named or aside <= self.joints
        before = sentence.mentions_within((start, opening))
        return verb if is_list or not before or before[-1].end < opening else opening

    def _may_be_subject(self, sentence: Sentence, group: Sequence[Mention], start: int) -> bool:
        at = group[0].start - 1
        while at >= start and sentence.words[at].folded in self.skipped:
            at -= 1
        if at < start:
            return True
        word = sentence.words[at].folded
        if word in _HIGHLIGHTING:
            return False  # "the members, in particular Kenya, shall"
        if at > start:
            previous = sentence.words[at - 1].folded
            if word == self.with_ and previous in self.together:
                return True
            if word in self.of:
                near = sentence.words[max(start, at - _NEAR_GROUP) : at]
                of_several = len(group) > 1 and any(w.folded in self.groups for w in near)
                return of_several or previous in self.titles
        return word not in self.prepositions


def shared_subject(
    sentence: Sentence, at: int, joints: Container[str], before: Sequence[Clause]
) -> WordSpan | None:
    """Return the subject of the verb before, which a joined verb shares: *elaborará y enviará*."""
    if not before or not before[-1].action or sentence.folded_before(at) not in joints:
        return None
    return before[-1].responsible
