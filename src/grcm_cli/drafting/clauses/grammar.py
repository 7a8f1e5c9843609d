"""What the reader of clauses knows of a language: lists of words, and what leads to a duty.

All of it stands in `language/words/<language>.toml`; `docs/languages.md` says what one needs.
"""

from functools import cache
from typing import NamedTuple

from grcm_cli.language.lexicon import alternatives, lexicon
from grcm_cli.language.text import READ_LANGUAGES
from grcm_cli.language.verbs import ACT_RULES, ACTS

_LEAD_KEYS = ("words", "verbs", "moods", "nouns", "link", "pronouns", "is")
_SECTIONS = ("action.", "clause.", "parties.", "requests.", "verbs.")


class Lead(NamedTuple):
    """Words that lead to the verb of a duty: *has to*, *undertook to*, *tiene que*.

    They are `words` as they stand, or any form of `verbs` in one of `moods`; one of `nouns` within
    three words, and one of `link` before the verb. After one of `pronouns`, without a subject, they
    bind those who speak. `flags`: alone, where nobody is named too; agreed, what the meeting does
    itself is no duty; offered, it is not sure; of_others, it is a decision where the meeting is its
    subject; far, other words may stand before the verb; weak, what is to be done is encouraged.
    """

    words: frozenset[str]
    verbs: frozenset[str]
    moods: frozenset[str]
    nouns: frozenset[str]
    link: frozenset[str]
    pronouns: frozenset[str]
    flags: frozenset[str]


class ClauseGrammar:
    """The words of a language by which its clauses are read."""

    def __init__(self, language: str) -> None:
        values = lexicon(language).values
        keys = {key for each in READ_LANGUAGES for key in lexicon(each).values}
        self.lists = lists = {
            key: frozenset(values.get(key, "").split())
            for key in keys
            if key.startswith(_SECTIONS) and isinstance(values.get(key, ""), str)
        }
        """Its lists by their dotted keys, empty where only another language has one."""
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
        self.addressing = lists["clause.addressing"] | {self.marker}
        self.asking = lists["clause.meeting"] | lists["clause.attending"]
        self.turns = lists["parties.incoming"] | lists["parties.outgoing"]
        self.before_subject = lists["clause.determiners"] | self.turns
        self.before_actor = (
            self.before_subject | lists["clause.before_noun"] | lists["clause.demonstratives"]
        )
        self.acts, self.act_rules = ACTS[language], ACT_RULES[language]
        self.leads = [
            Lead(*(frozenset(table.get(key, "").split()) for key in _LEAD_KEYS))
            for table in values["leads"]
        ]
        self.leading = frozenset().union(*(lead.words | lead.verbs for lead in self.leads))
        """The words and verbs of all of these."""
        self.beginning = {self.that, self.marker}.union(
            *(lead.words for lead in self.leads),
            *(
                lists[f"clause.{key}"]
                for key in ("addressing", "and", "be", "could", "falling", "falling_for", "modals")
            ),
        )
        """Words that may begin a clause and are no form of a verb."""
        self.purposes = [phrase.split() for phrase in values["clause.purposes"]]
        has_manner = "clause.manner" in values
        manner = lexicon(language).phrases("clause.manner") if has_manner else ["(?!)"]
        self.manner = alternatives(manner) + r"\b"
        particles = values.get("acts_with_particle", {})
        self.particles = {verb: frozenset(words.split()) for verb, words in particles.items()}


@cache
def grammar(language: str) -> ClauseGrammar:
    """Return the grammar of a language of documents."""
    return ClauseGrammar(language)
