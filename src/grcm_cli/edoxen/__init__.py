"""The Edoxen format as its newest generation has it: its words, and what each key takes.

`fitted` takes what fits out of a tree of texts, so that what is written is accepted by its schema.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from grcm_cli.domain.periods import parse_day
from grcm_cli.reader.fields import is_language

Tree = Any  # texts, lists and mappings of texts, as YAML has them
Trees = Mapping[str, Tree]
Kind = Literal["decision", "collection", "meeting"]
NAME = "edoxen"
"""The word for the format on the command line, and the key of `metadata` below which an import
keeps what grcm has no key for."""
PROFILE = "grcm"
"""The profile of the extensions in which grcm writes what the format has no key for."""


class Keys(NamedTuple):
    """A mapping; what lacks a required key is left out as a whole."""

    shapes: Mapping[str, "Shape"]
    required: Sequence[str]


Shape = str | frozenset[str] | Sequence["Shape"] | Keys | type[date] | None
"""What a key takes: a text of a pattern (empty for any), one of some words, a list of one shape,
keys, a day; None for anything."""


@cache
def _tables(file: str) -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))


@cache
def _list_with(word: str, table: str) -> str | None:
    """Return the name of the list in a table of `words.toml` that has a word."""
    lists = _tables("words.toml")[table].items()
    return next((name for name, words in lists if word in words.split()), None)


@cache
def _keys(name: str) -> Keys:
    """Return a table of `shapes.toml`."""
    table = dict(_tables("shapes.toml")[name])
    required = table.pop("required", "").split()
    return Keys({key: _shape(written) for key, written in table.items()}, required)


@cache
def _shape(written: str) -> Shape:
    """Return a shape as `shapes.toml` says it."""
    plain: Mapping[str, Shape] = {"text": "", "day": date, "any": None}
    if written in plain:
        return plain[written]
    if written[0] in "[/":
        inner = written[1:-1]
        return [_shape(inner)] if written[0] == "[" else inner
    words = frozenset(written.split())
    return words if len(words) > 1 else _keys(written)


LOCALIZED = _shape("[localized]")
DATE, DECISION, COLLECTION, MEETING = map(_keys, ("date", "decision", "collection", "meeting"))
SHAPES = {"decision": DECISION, "collection": COLLECTION, "meeting": MEETING}
PART_DATES = {"considerations": "date_effective", "actions": "date_effective", "approvals": "date"}
"""The parts of a decision, each with the key of its date."""


def fitted(tree: Tree, shape: Shape) -> Tree:
    """Return as much of a tree of texts as the schema accepts; None where that is nothing."""
    match shape:
        case None:
            return None if _has_older(tree) else tree
        case str():
            is_text = isinstance(tree, str) and (not shape or re.fullmatch(shape, tree))
            return tree if is_text else None
        case frozenset():
            return tree if isinstance(tree, str) and tree in shape else None
        case Keys(_shapes, required):
            keys = accepted(tree, shape) if isinstance(tree, dict) else {}
            return keys if keys and keys.keys() >= set(required) else None
        case [item]:
            items = tree if isinstance(tree, list) else []
            return [value for entry in items if (value := fitted(entry, item)) is not None] or None
        case _:
            return tree if isinstance(tree, str) and parse_day(tree) is not None else None


def accepted(tree: Trees, shape: Keys) -> dict[str, Tree]:
    """Return the keys that fit the shape, also where a required one is missing."""
    fits = {key: fitted(tree[key], shape.shapes[key]) for key in tree if key in shape.shapes}
    return {key: value for key, value in fits.items() if value is not None}


def _has_older(tree: Tree) -> bool:
    if isinstance(tree, dict):
        is_older = any(_list_with(key, "keys") == "older" for key in tree)
        return is_older or any(map(_has_older, tree.values()))
    return isinstance(tree, list) and any(map(_has_older, tree))


def typed(tree: Tree, key: str = "") -> Tree:
    """Return a tree with numbers and truth values where the format has them, and else texts."""
    if isinstance(tree, dict):
        return {name: typed(value, name) for name, value in tree.items()}
    if isinstance(tree, list):
        return [typed(value, key) for value in tree]
    match _list_with(key, "keys"):
        case "integer" if re.fullmatch("-?[0-9]{1,9}", tree):
            return int(tree)
        case "number" if re.fullmatch(r"-?[0-9]{1,9}(?:\.[0-9]{1,15})?", tree):
            return float(tree)
        case "boolean" if tree in ("true", "false"):
            return tree == "true"
        case _:
            return tree


def act_of(action_type: str) -> str | None:
    """Return the act for a type of action; None for an unknown type."""
    plain = action_type.strip().lower().replace("-", "_").replace(" ", "_")
    return _list_with(plain, "actions")


def verb_of(act: str) -> str:
    """Return the type of action that an act is written as."""
    return str(_tables("words.toml")["verbs"][act])


@cache
def spelling_of(language: str) -> str:
    """Return the code of a language as the format writes it: `en` is `eng`."""
    codes = _tables("words.toml")["languages"]["codes"]
    match = re.search(rf"\b{re.escape(language)}=(\w+)", codes)
    return match[1] if match else language


@cache
def language_of_spelling(spelling: str) -> str | None:
    """Return the language of a spelling: `eng` and `eng-Latn` are `en`; None for no language."""
    code = spelling.strip().partition("-")[0].lower()
    match = re.search(rf"(\w+)={re.escape(code)}\b", _tables("words.toml")["languages"]["codes"])
    language = match[1] if match else code
    return language if is_language(language) else None
