"""The words of each language, read from `words/<language>.toml`; es.toml says how to extend them.

Drafting reads them, and the reader only to advise. Importing tomllib takes 5 ms, so what every
command loads (`days`) and what `validate` loads (`hints`) do without this module.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from grcm_cli.language.text import LANGUAGES, READ_LANGUAGES, fold


class Lexicon:
    """The word lists of one language, each by its dotted key: `clause.determiners`.

    Every method raises KeyError for a key that the file of the language does not have.
    """

    def __init__(self, text: str) -> None:
        self.values: Mapping[str, Any] = dict(_by_dotted_key("", tomllib.loads(text)))

    def words(self, key: str) -> frozenset[str]:
        """Return the words of a list."""
        return frozenset(self.values[key].split())

    def phrases(self, key: str) -> list[str]:
        """Return the phrases of a list as regular expressions without capturing groups."""
        return [_white_space(_GROUP.sub("(?:", phrase)) for phrase in self.values[key]]

    def mapping(self, key: str) -> Mapping[str, str]:
        """Return a table of words, in the order of the file."""
        return dict(self.values[key])


def _by_dotted_key(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        key = prefix + name
        yield key, value
        if isinstance(value, dict):
            yield from _by_dotted_key(f"{key}.", value)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language."""
    path = Path(__file__).parent / "words" / f"{language}.toml"
    return Lexicon(path.read_text(encoding="utf-8"))


def lexicons_with(key: str) -> list[Lexicon]:
    """Return the lexicons that have a key, which some language has. Raises KeyError for none."""
    found = [one for one in map(lexicon, LANGUAGES) if key in one.values]
    if not found:
        raise KeyError(key)
    return found


def all_words(key: str) -> frozenset[str]:
    """Return the words of a list in all languages."""
    return frozenset(word for one in lexicons_with(key) for word in one.words(key))


def all_entries(key: str) -> tuple[str, ...]:
    """Return the phrases of a list in all languages as they are written."""
    return tuple(phrase for one in lexicons_with(key) for phrase in one.values[key])


def key_of_word(table: str) -> dict[str, str]:
    """Return a table of words separated by commas, in all languages, as word → key."""
    return {
        word: key
        for one in lexicons_with(table)
        for key, words in one.mapping(table).items()
        for word in words.split(", ")
    }


def number_of_word(table: str) -> dict[str, int]:
    """Return a table whose keys are numbers, in all languages, as word → number."""
    return {word: int(key) for word, key in key_of_word(table).items()}


@cache
def languages_of_frequent_words() -> Mapping[str, frozenset[str]]:
    """Return the codes of the languages that have each frequent word, also of those not read."""
    path = Path(__file__).parent / "words" / "other_languages.toml"
    lists = dict(tomllib.loads(path.read_text(encoding="utf-8")))
    lists |= {language: lexicon(language).values["text.frequent"] for language in READ_LANGUAGES}
    found: dict[str, set[str]] = {}
    for language, words in lists.items():
        for word in words.split():
            found.setdefault(word, set()).add(language)
    return {word: frozenset(languages) for word, languages in found.items()}


@cache
def countries() -> Mapping[str, str]:
    """Return the ISO 3166-1 alpha-3 code of each country by its names, folded."""
    return {fold(name): code for code, names in _countries().items() for name in names}


def is_no_deadline(text: str) -> bool:
    """Tell whether a cell says that there is no deadline yet: *por definir*, *TBC*."""
    return fold(text) in _no_deadline()


@cache
def _no_deadline() -> frozenset[str]:
    return frozenset(map(fold, all_entries("tracker.no_deadline.words")))


def country_names() -> list[str]:
    """Return the names of all countries."""
    return [name for names in _countries().values() for name in names]


@cache
def _countries() -> Mapping[str, list[str]]:
    path = Path(__file__).parent / "words" / "countries.toml"
    found: Mapping[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def all_phrases(*keys: str) -> str:
    """Return a regular expression, in one group, of lists of phrases in all languages."""
    return alternatives(p for key in keys for one in lexicons_with(key) for p in one.phrases(key))


def whole_words(key: str) -> re.Pattern[str]:
    """Return a pattern of a list of phrases as whole words, in all languages and any case."""
    return re.compile(rf"\b{all_phrases(key)}\b", re.IGNORECASE)


def alternatives(patterns: Iterable[str]) -> str:
    """Return a regular expression that matches any of several, tried in their order."""
    return f"(?:{'|'.join(patterns)})"


_GROUP = re.compile(r"(?<!\\)\((?!\?)")


def _white_space(pattern: str) -> str:
    return pattern.replace(" ", r"\s+")


def phrase_regex(pattern: str) -> re.Pattern[str]:
    """Return a compiled pattern in which a space is any white space; letters match in any case."""
    return re.compile(_white_space(pattern), re.IGNORECASE)
