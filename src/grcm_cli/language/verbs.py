"""Verbs of decisions: the forms in which they are found, and what a meeting does with them.

An act is one of the five terms that the United Nations use of their texts. directive: it binds or
asks somebody; deciding; evaluative: it thanks or regrets; observing: it takes note; reinforcing: it
recalls or stresses. The verbs themselves stand in `words/<language>.toml`.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from grcm_cli.language.lexicon import all_words, lexicon
from grcm_cli.language.text import READ_LANGUAGES

Act = Literal["directive", "deciding", "evaluative", "observing", "reinforcing"]
Mood = Literal[
    "infinitive", "gerund", "participle", "present", "past", "future", "conditional", "subjunctive"
]


class VerbForm(NamedTuple):
    """The verb of which a word is a form, and the form."""

    verb: str
    """The infinitive."""
    mood: Mood
    enclitic: str = ""
    """The pronoun at its end: `la` of *instarla*."""


class ActRule(NamedTuple):
    """The act of a verb where one of some words is near it; no words stand for any."""

    beside: frozenset[str]
    act: Act


ACTS: Mapping[str, Mapping[str, Act]] = {
    language: {
        verb: act
        for act, verbs in lexicon(language).values["acts"].items()
        for verb in verbs.split()
    }
    for language in READ_LANGUAGES
}
"""The act of each verb by which a meeting speaks, by language."""


def _act_rules(language: str) -> Mapping[str, Sequence[ActRule]]:
    found: dict[str, list[ActRule]] = {}
    for rule in lexicon(language).values["acts_by_words_beside"]:
        for verb in rule["verbs"].split():
            beside = frozenset(rule.get("beside", "").split())
            found.setdefault(verb, []).append(ActRule(beside, rule["act"]))
    return found


ACT_RULES = {language: _act_rules(language) for language in READ_LANGUAGES}
"""The rules of verbs whose act depends on the words near them, by language."""
URGING = all_words("verbs.urging")
STATIVE = all_words("verbs.stative")
JUDGING = all_words("verbs.judging")
CONTINUING = all_words("verbs.continuing")
HOLDING = all_words("verbs.holding")
