"""The words of each language, read from `words/<language>.toml`; es.toml says how to extend them.

Drafting reads them, and the reader only to advise. The hints for whoever checks a file, words that
lay a duty on somebody or set a deadline, stand in `words/hints_<language>.txt`: plain text, since
`validate` has no use for the rest of a lexicon.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from grcm_cli.language.text import LANGUAGES, READ_LANGUAGES, fold, word_lines, word_tables

_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_KEYS = re.compile(r"<([a-z_]+(?:\.[a-z_ ]+)+(?:\|[a-z_]+(?:\.[a-z_ ]+)+)*)>")


class Lexicon:
    """The word lists of one language, each by its dotted key: `clause.determiners`.

    Every method raises KeyError for a key that the file of the language does not have.
    """

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.values: Mapping[str, Any] = dict(_by_dotted_key("", tables))

    def words(self, key: str) -> frozenset[str]:
        """Return the words of a list."""
        return frozenset(self.values[key].split())

    def phrases(self, key: str) -> list[str]:
        """Return the phrases of a list as regular expressions without capturing groups."""
        return [_GROUP.sub("(?:", phrase).replace(" ", r"\s+") for phrase in self.values[key]]


def _by_dotted_key(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        key = prefix + name
        yield key, value
        if isinstance(value, dict):
            yield from _by_dotted_key(f"{key}.", value)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language."""
    return Lexicon(word_tables(f"{language}.toml"))


def lexicons_with(key: str) -> list[Lexicon]:
    """Return the lexicons that have a key, which some language has. Raises KeyError for none."""
    lexicons = [words for words in map(lexicon, LANGUAGES) if key in words.values]
    if not lexicons:
        raise KeyError(key)
    return lexicons


def all_words(key: str) -> frozenset[str]:
    """Return the words of a list in all languages."""
    return frozenset(word for words in lexicons_with(key) for word in words.words(key))


def all_entries(key: str) -> tuple[str, ...]:
    """Return the phrases of a list in all languages as they are written."""
    return tuple(phrase for words in lexicons_with(key) for phrase in words.values[key])


def key_of_word(table: str) -> dict[str, str]:
    """Return a table of words separated by commas, in all languages, as word → key."""
    lists = [pair for words in lexicons_with(table) for pair in words.values[table].items()]
    return {word: key for key, words in lists for word in words.split(", ")}


def number_of_word(table: str) -> dict[str, int]:
    """Return a table whose keys are numbers, in all languages, as word → number."""
    return {word: int(key) for word, key in key_of_word(table).items()}


@cache
def languages_of_frequent_words() -> Mapping[str, frozenset[str]]:
    """Return the codes of the languages that have each frequent word, also of those not read."""
    lists = dict(word_tables("other_languages.toml"))
    lists |= {language: lexicon(language).values["text.frequent"] for language in READ_LANGUAGES}
    codes: dict[str, set[str]] = {}
    for language, words in lists.items():
        for word in words.split():
            codes.setdefault(word, set()).add(language)
    return {word: frozenset(languages) for word, languages in codes.items()}


@cache
def countries() -> Mapping[str, str]:
    """Return the ISO 3166-1 alpha-3 code of each country by its names, folded."""
    return {fold(name): code for code, names in country_names().items() for name in names}


@cache
def folded_entries(key: str) -> frozenset[str]:
    """Return the phrases of a list in all languages, folded."""
    return frozenset(map(fold, all_entries(key)))


def is_no_deadline(text: str) -> bool:
    """Tell whether a cell says that there is no deadline yet: *por definir*, *TBC*."""
    return fold(text) in folded_entries("tracker.no_deadline.words")


@cache
def country_names() -> Mapping[str, Sequence[str]]:
    """Return the names of each country by its code; the first is what it is commonly called."""
    return word_tables("countries.toml")


def all_phrases(*keys: str) -> str:
    """Return a regular expression, in one group, of lists of phrases in all languages."""
    return alternatives(
        phrase for key in keys for words in lexicons_with(key) for phrase in words.phrases(key)
    )


def whole_words(key: str) -> re.Pattern[str]:
    """Return a pattern of a list of phrases as whole words, in all languages and any case."""
    return re.compile(rf"\b{all_phrases(key)}\b", re.IGNORECASE)


def alternatives(patterns: Iterable[str]) -> str:
    """Return a regular expression that matches any of several, tried in their order."""
    return f"(?:{'|'.join(patterns)})"


def phrase_regex(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Return a compiled pattern in which a space is any white space, `<a.list>` any of its phrases.

    The phrases are those of all languages; `<a.list|another.list>` has those of both.
    """
    pattern = _KEYS.sub(lambda keys: all_phrases(*keys[1].split("|")), pattern)
    return re.compile(pattern.replace(" ", r"\s+"), flags)


@cache
def hint_lines(section: str) -> tuple[str, ...]:
    """Return the lines of a section in all languages, without comments."""
    files = (f"hints_{language}.txt" for language in READ_LANGUAGES)
    return tuple(line for file in files for line in word_lines(file, section))


@cache
def _hints(section: str) -> tuple[Sequence[str], re.Pattern[str]]:
    """Return parts of words, in small letters, of which any hint has one, and what finds hints."""
    cues = [cue.replace("_", " ") for line in hint_lines(f"{section} cues") for cue in line.split()]
    phrases = _GROUP.sub("(?:", "|".join(hint_lines(section)))
    return cues or [""], re.compile(rf"\b(?:{phrases})", re.IGNORECASE)


def hint_words(section: Literal["duty", "deadline"], texts: Iterable[str]) -> str:
    """Return the first words of texts that lay a duty on somebody, or set a deadline; or ""."""
    cues, pattern = _hints(section)
    for text in texts:
        has_cue = any(map(text.lower().__contains__, cues))
        if has_cue and (match := pattern.search(" ".join(text.split()))):
            return match[0]
    return ""
