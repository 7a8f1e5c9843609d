"""The words of each language, read from `words/<language>.toml`.

Only drafting reads them. Importing tomllib takes 5 ms, so what every command loads (`days`) and
what `validate` loads (`hints`) do without this module.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from grcm_cli.language.text import LANGUAGES

FOLDER = Path(__file__).parent / "words"


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
        """Return the phrases of a list as regular expressions."""
        return [_as_pattern(phrase) for phrase in self.values[key]]

    def mapping(self, key: str) -> Mapping[str, str]:
        """Return a table of words, in the order of the file."""
        return dict(self.values[key])

    def by_word(self, key: str) -> Mapping[str, str]:
        """Return a table of words separated by commas, as word → key of the table."""
        table = self.mapping(key)
        return {word: name for name, words in table.items() for word in words.split(", ")}


def _by_dotted_key(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        key = prefix + name
        yield key, value
        if isinstance(value, dict):
            yield from _by_dotted_key(f"{key}.", value)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language."""
    return Lexicon((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def lexicons_with(key: str) -> list[Lexicon]:
    """Return the lexicons that have a key, which some language has. Raises KeyError for none."""
    found = [one for one in map(lexicon, LANGUAGES) if key in one.values]
    if not found:
        raise KeyError(key)
    return found


def all_words(key: str) -> frozenset[str]:
    """Return the words of a list in all languages."""
    return frozenset(word for one in lexicons_with(key) for word in one.words(key))


def all_phrases(key: str) -> str:
    """Return a regular expression, in one group, of a list of phrases in all languages."""
    return alternatives(phrase for one in lexicons_with(key) for phrase in one.phrases(key))


def alternatives(patterns: Iterable[str]) -> str:
    """Return a regular expression that matches any of several, tried in their order."""
    return f"(?:{'|'.join(patterns)})"


_SPACE = re.compile(" ")
_GROUP = re.compile(r"(?<!\\)\((?!\?)")


def _as_pattern(phrase: str) -> str:
    """Return a phrase as a regular expression: a space is any white space, no group is kept."""
    return _SPACE.sub(r"\\s+", _GROUP.sub("(?:", phrase))


def phrase_regex(pattern: str) -> re.Pattern[str]:
    """Return a compiled pattern in which a space is any white space; letters match in any case."""
    return re.compile(_SPACE.sub(r"\\s+", pattern), re.IGNORECASE)
