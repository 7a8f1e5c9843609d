"""Finding what a sentence does: each clause by which the meeting acts or somebody is bound.

Each language has finders of its own, in `spanish` and `english`; they return the same values. This
module has what both grammars share.
"""

import re
from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from grcm_cli.drafting.parties import Mention, WordSpan, mentions_from
from grcm_cli.drafting.tokens import Word
from grcm_cli.language.lexicon import Lexicon, all_words
from grcm_cli.language.verbs import ACT_RULES, ACTS, Act


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
        places = range(last - 1, max(self.start, last - 40), -1)
        first = next((p for p in places if words[p].text == "("), last)
        named = self.mentions_within((first + 1, last))
        inside = {place for mention in named for place in range(mention.start, mention.end)}
        others = [p for p in range(first + 1, last) if p not in inside]
        return named if all(words[p].folded in _LISTING for p in others) else []

    def next_of(self, words: Container[str], start: int, end: int | None = None) -> int | None:
        """Return the place of the first word from `start` on that is among some, or None."""
        places = range(start, self.end if end is None else min(end, self.end))
        return next((place for place in places if self.words[place].folded in words), None)

    def folded_at(self, place: int) -> str:
        """Return the word at a place, folded; empty from the end of the sentence on."""
        return self.words[place].folded if place < self.end else ""

    def folded_from(self, start: int, count: int) -> list[str]:
        """Return up to some words from a place on, folded; none behind the sentence."""
        return [word.folded for word in self.words[start : min(start + count, self.end)]]

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
_NOTES = all_words("action.notes")


def _is_negated(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a *not* belongs to what is to be done: *no se publicará*, *asked not to*."""
    words, first = sentence.words, clause.begin
    if clause.act != "directive" or clause.action is None:
        return False
    if clause.verb in _REFRAINING:
        return True
    if first + 1 < clause.place and words[first].folded in _NONE:
        following = words[first + 1]
        if following.text[0].isalpha() and following.folded not in _NOT_DENIED:
            return True  # "No further missions will be sent"
    verb = clause.action[0]
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


def _only_notes(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether somebody is only to take note of something, which leaves nothing to be done."""
    if clause.action is None or clause.action[0] >= clause.action[1]:
        return False
    first, last = clause.action
    verbs = {form.verb for form in sentence.words[first].forms}
    takes = bool(verbs & {"take", "tomar"})
    return takes and first + 1 < last and sentence.words[first + 1].folded in _NOTES


def bare_infinitive(sentence: Sentence, place: int) -> Clause | None:
    """Return the duty of an infinitive that opens a sentence, or None where a word is none."""
    form = sentence.words[place].form("infinitive")
    return form and Clause(place, form.verb, place, None, (place, sentence.end))


def follows_creation(before: Sequence[Clause]) -> bool:
    """Tell whether the clause before creates the body that a clause is about."""
    return bool(before) and before[-1].verb in _CREATING


def act_beside(
    sentence: Sentence, place: int, verb: str, language: str, near: set[str]
) -> Act | None:
    """Return the act of a verb, that of the first rule that fits the words near it, or None.

    A rule that asks fits where somebody is named: *reiterate the call for cooperation* asks nobody.
    """
    rules = ACT_RULES[language].get(verb)
    if rules is None:
        return ACTS[language].get(verb)
    end = min(place + 12, sentence.end)
    asks = verb == "hacer" or bool(sentence.mentions_within((place, end)))
    fits = (rule.act for rule in rules if not rule.beside or rule.beside & near)
    return next((act for act in fits if asks or act != "directive"), None)


# --- subjects ------------------------------------------------------------------------------------


LEADING = all_words("parties.leading")
_LEADER = re.compile(rf"\( (?:{'|'.join(sorted(LEADING))}) \)")
"""Between two names: *Kenya (lead), Fiji*."""


_HIGHLIGHTING = all_words("parties.highlighting")


class SubjectWords:
    """The words of a language that tell whether a name before a verb is its subject.

    `of` are prepositions after a title, *the Government of*, `with_` the one after *jointly*;
    `skipped` more words than articles between a preposition and a name, `before_verb` pronouns and
    adverbs between a comma and the verb.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        *,
        of: Container[str],
        with_: str,
        before_verb: Container[str],
        skipped: frozenset[str] = frozenset(),
    ) -> None:
        self.of, self.with_, self.before_verb = of, with_, before_verb
        self.skipped = lexicon.words("clause.determiners") | skipped
        self.joints = lexicon.words("clause.joints")
        """Words between the names of one subject."""
        self.prepositions = lexicon.words("clause.prepositions")
        """Words after which a name is no subject."""
        self.titles = lexicon.words("parties.titles") | lexicon.words("clause.composition")
        self.together = lexicon.words("parties.together")
        self.groups = lexicon.words("parties.made_up")
        """Nouns of groups that several parties make up: *a working group of Kenya and Fiji*."""

    def subject_of(self, sentence: Sentence, start: int, verb: int) -> WordSpan | None:
        """Return the words of the subject before a verb, where they name a party or a group.

        Names in an aside before the verb are none of it: *Kenya, after consulting Fiji, shall*.
        """
        end = self._before_aside(sentence, start, verb)
        groups: list[list[Mention]] = []
        for mention in sentence.mentions_within((start, end)):
            last = groups[-1][-1].end if groups else mention.start
            between = " ".join(word.folded for word in sentence.words[last : mention.start])
            if groups and set(_LEADER.sub(",", between).split()) <= self.joints:
                groups[-1].append(mention)
            else:
                groups.append([mention])
        acting = (self._acting(sentence, group, start) for group in reversed(groups))
        subject = next(filter(None, acting), None)
        return (subject[0].start, subject[-1].end) if subject else None

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
                near = sentence.words[max(start, at - 3) : at]
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
