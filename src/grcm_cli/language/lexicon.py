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
    """The word lists of one language, each by its dotted key: `clause.determiners`."""

    def __init__(self, text: str) -> None:
        self.tables: Mapping[str, Any] = tomllib.loads(text)

    def value(self, key: str, default: object = None) -> Any:  # noqa: ANN401 - as TOML has it
        """Return what stands under a dotted key, or the default."""
        found: Any = self.tables
        for part in key.split("."):
            found = found.get(part)
            if found is None:
                return default
        return found

    def words(self, key: str) -> frozenset[str]:
        """Return the words of a list."""
        return frozenset(self.value(key, "").split())

    def mapping(self, key: str) -> Mapping[str, str]:
        """Return a table of words, in the order of the file."""
        return dict(self.value(key, {}))

    def by_word(self, key: str) -> Mapping[str, str]:
        """Return a table of words separated by commas, as word → key of the table."""
        table = self.mapping(key)
        return {word: name for name, words in table.items() for word in words.split(", ")}

    def phrases(self, key: str) -> list[str]:
        """Return the phrases of a list as regular expressions."""
        return [as_pattern(phrase) for phrase in self.value(key, [])]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language."""
    return Lexicon((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def lexicons() -> Iterator[Lexicon]:
    """Yield the words of all languages."""
    return map(lexicon, LANGUAGES)


def all_words(key: str) -> frozenset[str]:
    """Return the words of a list in all languages."""
    return frozenset(word for one in lexicons() for word in one.words(key))


def all_phrases(key: str) -> str:
    """Return a regular expression, in one group, of a list of phrases in all languages."""
    return alternatives(phrase for one in lexicons() for phrase in one.phrases(key))


def alternatives(patterns: Iterable[str]) -> str:
    """Return a regular expression that matches any of several, tried in their order."""
    return f"(?:{'|'.join(patterns)})"


_SPACE = re.compile(" ")
_GROUP = re.compile(r"(?<!\\)\((?!\?)")


def as_pattern(phrase: str) -> str:
    """Return a phrase as a regular expression: a space is any white space, no group is kept."""
    return _SPACE.sub(r"\\s+", _GROUP.sub("(?:", phrase))


def phrase_regex(pattern: str) -> re.Pattern[str]:
    """Return a compiled pattern in which a space is any white space; letters match in any case."""
    return re.compile(_SPACE.sub(r"\\s+", pattern), re.IGNORECASE)
