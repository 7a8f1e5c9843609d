"""The text of a decision in each language, from its parts, and what is left of the parts.

A part of a text is a consideration or an action; each begins a paragraph. What is left says how
many paragraphs of the text are its own, where that is not one in each language.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grcm_cli.edoxen.format import Tree, language_of_spelling, spelling_of

_BLANK = re.compile(r"\n(?:[ \t\r]*\n)+")
_PARTS = ("considerations", "actions")


class DecisionWords(NamedTuple):
    """The words of a decision: its text by language, and the keys that are left."""

    text: Mapping[str, str]
    rest: Mapping[str, Tree]
    source: str
    """The key that the text is of where it is not that of the parts: message, title, subject."""


class SplitTexts(NamedTuple):
    """Texts by language, and the entries that are in none or more than a text."""

    by_language: Mapping[str, str]
    others: Sequence[Tree]
    spellings: Mapping[str, str]
    """How languages are written that the format writes otherwise."""


def split_texts(entries: Iterable[Tree], plain_language: str) -> SplitTexts:
    """Return texts with spellings by language; those without one are in `plain_language`."""
    by_language: dict[str, str] = {}
    others = []
    spellings = {}
    for one in entries:
        if not isinstance(one, dict) or not isinstance(one.get("spelling", ""), str):
            others.append(one)
            continue
        spelling: str = one.get("spelling", "")
        value: Tree = one.get("value")
        language = language_of_spelling(spelling) if spelling else plain_language
        is_plain = one.keys() <= {"spelling", "value"} and isinstance(value, str)
        if language is None or language in by_language or not is_plain:
            others.append(one)
            continue
        by_language[language] = tidy(value)
        if spelling and spelling != spelling_of(language):
            spellings[language] = spelling
    return SplitTexts(by_language, others, spellings)


def tidy(text: str) -> str:
    """Return a text with its lines, without the blanks at their ends; one empty line at most."""
    lines = [line.rstrip().replace("\t", " ") for line in text.strip().split("\n")]
    return _BLANK.sub("\n\n", "\n".join(lines))


def joined_spellings(tree: Tree, plain_language: str) -> Tree:
    """Return a tree in which texts without a spelling have that of the plain texts' language."""
    if isinstance(tree, dict):
        made = {key: joined_spellings(value, plain_language) for key, value in tree.items()}
        if made.get("spelling") == "" and "value" in made:
            made["spelling"] = spelling_of(plain_language)
        return made
    if isinstance(tree, list):
        return [joined_spellings(value, plain_language) for value in tree]
    return tree


def words_of(keys: Mapping[str, Tree], plain_language: str) -> DecisionWords:
    """Return the text of a decision, and its other keys.

    `message` is the whole text where there is one. Else it is the considerations and the actions in
    their order; of a decision without any, its title.
    """
    parts = [part for name in _PARTS for part in keys.get(name, [])]
    if "message" in keys:
        source = "message"
    elif "considering" in keys or any(isinstance(p, dict) and p.get("message") for p in parts):
        source = ""
    else:
        source = next((name for name in ("title", "subject") if name in keys), "number")
    hidden = ("message", *(() if source else _PARTS))
    rest = {name: value for name, value in keys.items() if name not in hidden}
    texts: dict[str, list[str]] = {}
    spellings: dict[str, str] = {}
    if not source:
        rest |= _joined_parts(keys, plain_language, texts, spellings)
    elif source != "number":
        split = split_texts(keys[source], plain_language)
        texts = {language: [text] for language, text in split.by_language.items()}
        if source == "message":
            spellings |= split.spellings
            rest |= {"message": split.others} if split.others else {}
    if spellings:
        rest["spellings"] = spellings
    ordered = {key: rest[key] for key in (*keys, "spellings") if key in rest}
    text = {language: "\n\n".join(parts) for language, parts in texts.items()}
    return DecisionWords(text, joined_spellings(ordered, plain_language), source)


def _joined_parts(
    keys: Mapping[str, Tree],
    plain_language: str,
    texts: dict[str, list[str]],
    spellings: dict[str, str],
) -> dict[str, Tree]:
    """Add the texts of the parts in their order to `texts`, and return what is left of them."""
    parts = [("considering", {"message": keys["considering"]})] if "considering" in keys else []
    parts += [(name, one) for name in _PARTS for one in keys.get(name, [])]
    split = [split_texts(one.get("message", []), plain_language) for _name, one in parts]
    languages = list(dict.fromkeys(code for one in split for code in one.by_language))
    rest: dict[str, Tree] = {}
    for (name, part), one in zip(parts, split, strict=True):
        own = {key: value for key, value in part.items() if key != "message"}
        texts_of = {code: one.by_language.get(code, "") for code in languages}
        counts = {code: text.count("\n\n") + bool(text) for code, text in texts_of.items()}
        if any(count != 1 for count in counts.values()):
            same = set(counts.values())
            shown = {code: str(count) for code, count in sorted(counts.items())}
            own["paragraphs"] = str(same.pop()) if len(same) == 1 else shown
        if one.others:
            own["message"] = one.others
        for code, text in one.by_language.items():
            texts.setdefault(code, []).append(text)
        spellings |= one.spellings
        if name == "considering":
            rest[name] = own or {"paragraphs": "1"}
        else:
            rest.setdefault(name, []).append(own)
    return rest


def main_language(texts: Iterable[Mapping[str, str]]) -> str:
    """Return the language that most texts have; of several, the one that comes first in a text."""
    found: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for text in texts:
        found.update(list(text))
        first.update([next(iter(text), "")])
    return max(found, key=lambda code: (found[code], first[code]), default="")
