"""Decisions and meetings of the format as a record has them, and what is left of them.

The text of a decision is its `message`, or its considerations and actions, each of which begins a
paragraph. What a record has no key for is kept below `metadata`. A part that is kept says how many
paragraphs of the text are its own, where that is not one in each language.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from grcm_cli.edoxen import format as shapes
from grcm_cli.edoxen.format import Keys, Tree, Trees
from grcm_cli.language.text import fold_words
from grcm_cli.reader.fields import NUMBER

PARTS = ("considerations", "actions")
_BLANK = re.compile(r"\n(?:[ \t\r]*\n)+")
_HYPHENS = re.compile("[\u00ad\u2010-\u2015\u2212]")
_NO_NUMBER = re.compile(r"[^0-9A-Za-z./-]+")


class SplitTexts(NamedTuple):
    """Texts by language, and the entries that are in none or more than a text."""

    by_language: Mapping[str, str]
    others: Sequence[Tree]
    spellings: Mapping[str, str]
    """How languages are written that the format writes otherwise."""


def split_texts(entries: Iterable[Tree]) -> SplitTexts:
    """Return texts with spellings by language."""
    by_language: dict[str, str] = {}
    others = []
    spellings = {}
    for one in entries:
        keys = one if isinstance(one, dict) and one.keys() == {"spelling", "value"} else {}
        spelling, is_text = keys.get("spelling"), isinstance(keys.get("value"), str)
        language = shapes.language_of_spelling(spelling) if isinstance(spelling, str) else None
        if language is None or language in by_language or not is_text:
            others.append(one)
            continue
        by_language[language] = tidy(keys["value"])
        if spelling != shapes.spelling_of(language):
            spellings[language] = str(spelling)
    return SplitTexts(by_language, others, spellings)


def tidy(text: str) -> str:
    """Return a text with its lines, without the blanks at their ends; one empty line at most."""
    lines = [line.rstrip().replace("\t", " ") for line in text.strip().split("\n")]
    return _BLANK.sub("\n\n", "\n".join(lines))


def listed(tree: Tree) -> list[Tree]:
    """Return a list; an empty one for what is none."""
    return tree if isinstance(tree, list) else []


def keys_of(tree: Tree) -> dict[str, Tree]:
    """Return a mapping; an empty one for what is none."""
    return tree if isinstance(tree, dict) else {}


def mappings(tree: Tree) -> list[dict[str, Tree]]:
    """Return the mappings of a list; none for what is no list."""
    return [item for item in listed(tree) if isinstance(item, dict)]


def number_of(written: str) -> str:
    """Return a number in the form of a conclusion's: hyphens for blanks and other signs."""
    plain = _HYPHENS.sub("-", fold_words(written) if not written.isascii() else written).strip()
    number = _NO_NUMBER.sub("-", plain).strip("-./")
    return number if NUMBER.fullmatch(number) else "X"


def with_spelling(tree: Tree, language: str) -> Tree:
    """Return a tree in which texts without a spelling have that of a language."""
    if isinstance(tree, dict):
        made = {key: with_spelling(value, language) for key, value in tree.items()}
        if made.get("spelling") == "" and "value" in made:
            made["spelling"] = shapes.spelling_of(language)
        return made
    return [with_spelling(value, language) for value in tree] if isinstance(tree, list) else tree


def restored(kept: Trees, attributes: Trees) -> dict[str, Tree]:
    """Return what is kept, with the values that an export has written beside them."""
    others = {key: value for key, value in attributes.items() if not key.startswith("=")}
    return {key: value for key, value in {**kept, **others}.items() if value is not None}


def differences(kept: Trees, read: Trees) -> dict[str, Tree]:
    """Return the attributes with which `restored` makes what is kept of what is read."""
    return {key: kept.get(key) for key in {**kept, **read} if kept.get(key) != read.get(key)}


def in_order(tree: Trees, shape: Keys) -> dict[str, Tree]:
    """Return keys in the order of a shape, then others, and those of the text at the end."""
    last = ("spellings", "text")
    order = [*shape.shapes, *(key for key in tree if key not in last), *last]
    return {key: tree[key] for key in dict.fromkeys(order) if key in tree}


class DecisionValues(NamedTuple):
    """A decision as a conclusion has it."""

    text: Mapping[str, str]
    source: str
    """The key that the text is of; empty for considerations and actions."""
    acts: Sequence[str]
    kept: dict[str, Tree]
    unknown: Sequence[str]
    """The types of its actions that are no act."""


def read_decision(keys: Trees, prefix: str, number: str) -> DecisionValues:
    """Return the values of a decision that gets a number; all its texts have a spelling."""
    kept = {name: value for name, value in keys.items() if name != "message"}
    if keys.get("identifier") == [{**({"prefix": prefix} if prefix else {}), "number": number}]:
        del kept["identifier"]
    parts: list[tuple[str, Tree]] = [(n, part) for n in PARTS for part in mappings(keys.get(n))]
    if "considering" in keys:
        parts.insert(0, ("considering", {"message": keys["considering"]}))
    if "message" in keys:
        source = "message"
    elif any(name == "considering" or part.get("message") for name, part in parts):
        source = ""
    else:
        source = next((name for name in ("title", "subject") if name in keys), "number")
    if source:
        split = split_texts(listed(keys.get(source)))
        text, spellings = split.by_language, split.spellings if source == "message" else {}
        if source == "message" and split.others:
            kept["message"] = split.others
        if source != "message" or not keys.keys().isdisjoint(PARTS):
            kept["text"] = source
    else:
        text, spellings, left = _joined(parts)
        kept |= left
    if spellings:
        kept["spellings"] = spellings
    types = [str(part["type"]) for part in mappings(keys.get("actions")) if part.get("type")]
    acts = [(written, shapes.act_of(written)) for written in types]
    known = dict.fromkeys(act for _written, act in acts if act is not None)
    unknown = [written for written, act in acts if act is None]
    return DecisionValues(text, source, list(known), in_order(kept, shapes.DECISION), unknown)


def _joined(
    parts: Sequence[tuple[str, Trees]],
) -> tuple[Mapping[str, str], Mapping[str, str], dict[str, Tree]]:
    """Return the text of the parts in their order, its spellings, and what is left of the parts."""
    split = [split_texts(part.get("message", [])) for _name, part in parts]
    languages = dict.fromkeys(code for one in split for code in one.by_language)
    texts: dict[str, list[str]] = {code: [] for code in languages}
    spellings: dict[str, str] = {}
    left: dict[str, Any] = {}
    for (name, part), one in zip(parts, split, strict=True):
        rest = {key: value for key, value in part.items() if key != "message"}
        texts_of = {code: one.by_language.get(code, "") for code in languages}
        counts = {code: text.count("\n\n") + bool(text) for code, text in texts_of.items()}
        if any(count != 1 for count in counts.values()):
            shown = {code: str(count) for code, count in sorted(counts.items())}
            is_same = len(set(counts.values())) == 1
            rest["paragraphs"] = shown.popitem()[1] if is_same else shown
        if one.others:
            rest["message"] = one.others
        for code, text in one.by_language.items():
            texts[code].append(text)
        spellings |= one.spellings
        if name == "considering":
            left[name] = rest or {"paragraphs": "1"}
        else:
            left.setdefault(name, []).append(rest)
    return {code: "\n\n".join(each) for code, each in texts.items()}, spellings, left


def read_meeting(
    collection: Trees, meeting: Trees, days: tuple[str, str], prefix: str, numbers: Iterable[str]
) -> tuple[Trees, str, dict[str, Tree]]:
    """Return title, place and what else is kept of a collection and its meeting with its days.

    `numbers` are those of its conclusions. All texts have a spelling.
    """
    collection, meeting = dict(collection), dict(meeting)
    titled = meeting if meeting.get("title") else collection
    title = split_texts(titled.get("title", []))
    other = split_texts(collection.get("title", []))
    if all(tidy(text) == " ".join(text.split()) for text in title.by_language.values()):
        titled.pop("title", None)
        if not other.others and other.by_language == title.by_language:
            collection.pop("title", None)
    first, last = days
    for key, day in (("date", first), ("end", last)):
        if collection.get(key) == day:
            del collection[key]
    if meeting.get("scheduled_date_range") == {"start": first, "end": last}:
        del meeting["scheduled_date_range"]
    decisions = [{"prefix": prefix, "number": number} for number in numbers]
    if decisions and meeting.get("decisions") == decisions:
        meeting["decisions"] = "all"
    area = split_texts(meeting.get("general_area", [])).by_language
    kept = {
        "prefix": prefix,
        "title": title.others,
        "spellings": title.spellings,
        "collection": in_order(collection, shapes.COLLECTION),
        "meeting": in_order(meeting, shapes.MEETING),
    }
    place = " ".join(next(iter(area.values()), "").split())
    return title.by_language, place, {key: kept[key] for key in kept if kept[key]}
