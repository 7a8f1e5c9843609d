"""Load the words of words/es.toml and words/en.toml, as lists and as regular expressions."""

import re
import tomllib
from functools import cache
from pathlib import Path

from grcm_cli.language.text import LANGUAGES, fold_words

FOLDER = Path(__file__).with_name("words")
_NOTATION = {
    "(": "(?:",
    ")": ")",
    "|": "|",
    "[": "(?:",
    "]": ")?",
    " ": r"\s+",
    "*": r"\w*",
    "?": r"\w",
}
"""What the signs of an entry mean as a regular expression; es.toml explains them."""
_OPTIONAL_ACCENTS = {"á": "[aá]", "é": "[eé]", "í": "[ií]", "ó": "[oó]", "ú": "[uú]"}


@cache
def _file(language: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def word_list(key: str, *languages: str) -> list[str]:
    """Return the entries of a list, such as `meeting.kinds`, in some languages or in all."""
    section, name = key.split(".")
    return [word for lang in languages or LANGUAGES for word in _file(lang)[section][name]]


@cache
def folded_words(key: str, *languages: str) -> tuple[str, ...]:
    """Return the entries of a list without accents."""
    return tuple(map(fold_words, word_list(key, *languages)))


@cache
def alternatives(*keys: str, exact_accents: bool = False) -> str:
    """Return a regular expression, a group that captures nothing, for any entry of some lists."""
    entries = [entry for key in keys for entry in word_list(key)]
    return f"(?:{'|'.join(expression(entry, exact_accents=exact_accents) for entry in entries)})"


def whole_words(*keys: str) -> re.Pattern[str]:
    """Return a pattern of any entry of some lists as whole words, in capitals or not."""
    return re.compile(rf"\b{alternatives(*keys)}\b", re.IGNORECASE)


def expression(entry: str, *, exact_accents: bool = False) -> str:
    """Return an entry as a regular expression."""
    signs = _NOTATION if exact_accents else _NOTATION | _OPTIONAL_ACCENTS
    text, *more = entry.split("{number}")
    translated = "".join(signs.get(character, re.escape(character)) for character in text)
    if not more:
        return translated
    numbers = rf"(?:\d+|{alternatives('numbers.cardinals')})"
    return translated + numbers + expression("{number}".join(more), exact_accents=exact_accents)


@cache
def ordinal_numbers() -> dict[str, int]:
    """Return the number that each ordinal means, without accents: `septima` and `seventh` 7."""
    return {
        fold_words(word): int(number)
        for language in LANGUAGES
        for number, words in _file(language)["ordinals"].items()
        for word in words
    }
