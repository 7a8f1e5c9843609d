"""What the words of the format mean: types of actions, kinds of dates, codes of languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from grcm_cli.reader.fields import is_language

PROFILE = "grcm"
"""The profile of the extensions in which grcm writes what the format has no key for."""
NAME = "edoxen"
"""The key of `metadata` below which an import keeps what grcm has no key for."""


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def acts_by_type() -> Mapping[str, str]:
    """Return the act that each type of action is, in the order of the table."""
    return {word: one["act"] for one in _words()["actions"] for word in one["types"].split()}


def act_of(action_type: str) -> str | None:
    """Return the act that a type of action is; None for one that is not known."""
    return acts_by_type().get(action_type.strip().lower().replace("-", "_").replace(" ", "_"))


def verb_of(act: str) -> str:
    """Return the type of action that an act is written as."""
    verb: str = _words()["verbs"][act]
    return verb


def date_kind(kind: str) -> str:
    """Return a kind of date as the newer generation writes it."""
    found: str = _words()["dates"].get(kind, kind)
    return found


@cache
def _long_codes() -> Mapping[str, str]:
    pairs = (pair.split("=") for pair in _words()["languages"]["codes"].split())
    return dict(pairs)


@cache
def _short_codes() -> Mapping[str, str]:
    return {long: short for short, long in _long_codes().items()}


def spelling_of(language: str) -> str:
    """Return the code of a language as the format writes it: `en` is `eng`."""
    return _long_codes().get(language, language)


def language_of_spelling(spelling: str) -> str | None:
    """Return the language of a spelling: `eng` and `eng-Latn` are `en`; None for no language."""
    code = spelling.strip().partition("-")[0].lower()
    short = _short_codes().get(code, code)
    return short if is_language(short) else None
