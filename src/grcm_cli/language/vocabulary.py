"""The word of a process for its conclusions: an *acuerdo*, a *decision*, a *résolution*.

Messages, pages and letters say *conclusion*; where the register has another word, it takes the
place of that one, with its gender and number, and so does each article and adjective beside it. The
phrases in which that matters are data: `[conclusion]` of `words/grammar_<language>.toml`.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from grcm_cli.language.articles import grammar
from grcm_cli.language.text import Noun, fold

ONE, MANY = "ONE", "MANY"
"""What stands in phrases for the noun in each number."""


def known_noun(word: str, language: str) -> Noun | None:
    """Return a noun that grcm knows by its singular, as `acuerdo`; None for any other word."""
    for gender, nouns in grammar(language)["conclusion"]["nouns"].items():
        for line in nouns:
            singular, plural = line.split(", ")
            if fold(singular) == fold(word):
                return Noun(singular, plural, "" if gender == "any" else gender)
    return None


def rewording(noun: Noun, language: str) -> Callable[[str], str]:
    """Return what puts a noun in the place of the word for a conclusion in a message.

    Keys of files, as `conclusions:`, and placeholders, as `{conclusion}`, stay as they are.
    """
    table = grammar(language)["conclusion"]
    usual = Noun(*table["usual"].split(", "))
    kinds = [noun.gender, "usual"]
    if fold(noun.singular)[:1] in tuple("aeiou"):
        kinds = [f"{noun.gender}_vowel", "vowel", *kinds]
    found = {}
    for phrase, forms in {**table["phrases"], ONE: {}, MANY: {}}.items():
        form = next((forms[kind] for kind in kinds if kind in forms), phrase)
        found[_filled(phrase, usual)] = _filled(form, noun)
    longest_first = sorted(found, key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first))
    pattern = re.compile(
        rf"(?<![\w`{{._\[-])(?:{words})(?![\w`}}_\[\]-]|:(?:\n| +-))", re.IGNORECASE
    )

    @lru_cache(maxsize=2000)
    def reworded(message: str) -> str:
        return pattern.sub(_replacement, message)

    def _replacement(match: re.Match[str]) -> str:
        text = found[match[0].lower()]
        return text[0].upper() + text[1:] if match[0][0].isupper() else text

    return reworded


def rewordings(nouns: Mapping[str, Noun]) -> Mapping[str, Callable[[str], str]]:
    """Return what messages of each language go through, for `set_rewordings`."""
    return {language: rewording(noun, language) for language, noun in nouns.items()}


def _filled(phrase: str, noun: Noun) -> str:
    return phrase.replace(MANY, noun.plural).replace(ONE, noun.singular)
