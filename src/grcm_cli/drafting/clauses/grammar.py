"""What the reader of clauses knows of a language: lists of words, and what leads to a duty.

All of it stands in `language/words/<language>.toml`; `docs/en/languages.md` says what a language
needs.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from grcm_cli.drafting.tokens import Word
from grcm_cli.language.lexicon import alternatives, lexicon, lexicons_with
from grcm_cli.language.verbs import ACT_RULES, ACTS


class WordLists(dict[str, frozenset[str]]):
    """The lists of a language by their dotted keys, empty where it has none.

    Raises KeyError for a key that no language has.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._lexicon = lexicon(language)

    def __missing__(self, key: str) -> frozenset[str]:
        lexicons_with(key)
        has_list = key in self._lexicon.values
        self[key] = self._lexicon.words(key) if has_list else frozenset()
        return self[key]


class Lead(NamedTuple):
    """Words that lead to the verb of a duty: *has to*, *undertook to*, *tiene que*."""

    words: frozenset[str]
    """Its own words, as they stand, or any form of `verbs` in one of `moods`."""
    verbs: frozenset[str]
    moods: frozenset[str]
    nouns: frozenset[str]
    """One of them follows within three words: *took the action to*, *asumió el compromiso de*."""
    link: frozenset[str]
    """One of them stands before the verb."""
    pronouns: frozenset[str]
    """One of them stands before, and without a subject it binds those who speak."""
    alone: bool
    """It lays down a duty where nobody is named too."""
    agreed: bool
    """What the meeting does itself is no duty: *acordó aprobar*."""
    of_others: bool
    """It is a decision, and no duty, where the meeting is its subject: *agreed to test*."""
    far: bool
    """Other words may stand before the verb."""
    weak: bool
    """What is to be done is only encouraged."""


def _lead(table: Mapping[str, Any]) -> Lead:
    lists = {key: frozenset(words.split()) for key, words in table.items()}
    flags = lists.get("is", frozenset())
    return Lead(
        words=lists.get("words", frozenset()),
        verbs=lists.get("verbs", frozenset()),
        moods=lists.get("moods", frozenset()),
        nouns=lists.get("nouns", frozenset()),
        link=lists.get("link", frozenset()),
        pronouns=lists.get("pronouns", frozenset()),
        alone="alone" in flags,
        agreed="agreed" in flags,
        of_others="of_others" in flags,
        far="far" in flags,
        weak="weak" in flags,
    )


class ClauseGrammar:
    """The words of a language by which its clauses are read."""

    def __init__(self, language: str) -> None:
        values = lexicon(language).values
        self.lists = lists = WordLists(language)
        self.that: str = values["clause.that"]
        """What begins a clause of what is asked for or decided."""
        self.marker: str = values.get("clause.infinitive_marker", "")
        """What stands before an infinitive; empty where its ending shows it.

        A language with a marker has few endings: its modal verbs, and not its moods, tell duties.
        """
        self.before_noun = lists["clause.determiners"] | lists["clause.prepositions"]
        self.before_verb = lists["clause.adverbs"] | lists["clause.before_verb"]
        self.governors = lists["clause.relatives"] - lists["clause.no_governors"]
        self.no_duty = self.before_noun | lists["clause.modals"] | lists["clause.no_duty"]
        self.before_subject = (
            lists["clause.determiners"] | lists["parties.incoming"] | lists["parties.outgoing"]
        )
        self.before_actor = (
            self.before_subject | lists["clause.before_noun"] | lists["clause.demonstratives"]
        )
        self.acts, self.act_rules = ACTS[language], ACT_RULES[language]
        self._leads = [_lead(table) for table in values["leads"]]
        self.beginning = {self.that, self.marker}.union(
            *(lead.words for lead in self._leads),
            *(lists[f"clause.{key}"] for key in ("and", "be", "falling", "modals")),
        )
        """Words that may begin a clause and are no form of a verb."""
        self.purposes = [phrase.split() for phrase in values["clause.purposes"]]
        self.happens = [phrase.split() for phrase in values.get("clause.happens", ())]
        """Verbs of two words that say that something takes place."""
        manner = (
            lexicon(language).phrases("clause.manner") if "clause.manner" in values else ["(?!)"]
        )
        self.manner = alternatives(manner) + r"\b"
        particles = values.get("acts_with_particle", {})
        self.particles = {verb: frozenset(words.split()) for verb, words in particles.items()}

    def leads_of(self, word: Word) -> Iterator[Lead]:
        """Yield what a word may be of the words that lead to the verb of a duty."""
        for lead in self._leads:
            is_form = any(f.verb in lead.verbs and f.mood in lead.moods for f in word.forms)
            if is_form or word.folded in lead.words:
                yield lead


@cache
def grammar(language: str) -> ClauseGrammar:
    """Return the grammar of a language of documents."""
    return ClauseGrammar(language)
