"""Collections of the format: their generations as the newest one, and what a record has of them.

Three generations are known: texts without a language (`resolutions` with `dates: [{start, kind}]`),
decisions with `localizations`, and texts with a spelling each. What the newest has no key for stays
under the key that it has. A text without a language gets the spelling `""`, until that is known.

The text of a decision is its `message`, or its considerations and actions, each of which begins a
paragraph. What a record has no key for is kept below `metadata`. A part that is kept says how many
paragraphs of the text are its own, where that is not one in each language.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from grcm_cli import edoxen as shapes
from grcm_cli.edoxen import Keys, Kind, Tree, Trees
from grcm_cli.language.text import fold_words
from grcm_cli.reader.fields import NUMBER

_DEEPEST = 16  # levels of a value in an extension: half of those that a data file may have
PARTS = ("considerations", "actions")
_BLANK = re.compile(r"\n(?:[ \t\r]*\n)+")
_HYPHENS = re.compile("[\u00ad\u2010-\u2015\u2212]")
_NO_NUMBER = re.compile(r"[^0-9A-Za-z./-]+")


class SplitTexts(NamedTuple):
    """Texts by language, and the entries that are in none or more than a text."""

    by_language: Mapping[str, str]
    others: Sequence[Tree]
    spellings: Mapping[str, str]  # how languages are written that the format writes otherwise


def split_texts(entries: Iterable[Tree]) -> SplitTexts:
    """Return texts with spellings by language."""
    by_language: dict[str, str] = {}
    unsplit = []
    spellings = {}
    for entry in entries:
        keys = entry if isinstance(entry, dict) and entry.keys() == {"spelling", "value"} else {}
        spelling, is_text = keys.get("spelling"), isinstance(keys.get("value"), str)
        language = shapes.language_of_spelling(spelling) if isinstance(spelling, str) else None
        if language is None or language in by_language or not is_text:
            unsplit.append(entry)
            continue
        by_language[language] = tidy(keys["value"])
        if spelling != shapes.spelling_of(language):
            spellings[language] = str(spelling)
    return SplitTexts(by_language, unsplit, spellings)


def tidy(text: str) -> str:
    """Return a text with its lines, without the blanks at their ends; one empty line at most."""
    lines = [line.rstrip().replace("\t", " ") for line in text.strip().split("\n")]
    return _BLANK.sub("\n\n", "\n".join(lines))


def listed(tree: Tree) -> list[Tree]:
    """Return a list; an empty one for any other value."""
    return tree if isinstance(tree, list) else []


def keys_of(tree: Tree) -> dict[str, Tree]:
    """Return a mapping; an empty one for any other value."""
    return tree if isinstance(tree, dict) else {}


def mappings(tree: Tree) -> list[dict[str, Tree]]:
    """Return the mappings of a list; none for any other value."""
    return [item for item in listed(tree) if isinstance(item, dict)]


def number_of(written: str) -> str:
    """Return a number in the form of a conclusion's: hyphens for blanks and other signs."""
    plain = _HYPHENS.sub("-", fold_words(written) if not written.isascii() else written).strip()
    number = _NO_NUMBER.sub("-", plain).strip("-./")
    return number if NUMBER.fullmatch(number) else "X"


def with_spelling(tree: Tree, language: str) -> Tree:
    """Return a tree in which texts without a spelling have that of a language."""
    if isinstance(tree, dict):
        keys = {key: with_spelling(value, language) for key, value in tree.items()}
        if keys.get("spelling") == "" and "value" in keys:
            keys["spelling"] = shapes.spelling_of(language)
        return keys
    return [with_spelling(value, language) for value in tree] if isinstance(tree, list) else tree


def restored(kept: Trees, attributes: Trees) -> dict[str, Tree]:
    """Return the kept values, with those that an export has written beside them."""
    written = {key: value for key, value in attributes.items() if not key.startswith("=")}
    return {key: value for key, value in {**kept, **written}.items() if value is not None}


def differences(kept: Trees, read: Trees) -> dict[str, Tree]:
    """Return the attributes with which `restored` makes the kept values from those read."""
    return {key: kept.get(key) for key in {**kept, **read} if kept.get(key) != read.get(key)}


def in_order(tree: Trees, shape: Keys) -> dict[str, Tree]:
    """Return keys in the order of a shape, then others, and those of the text at the end."""
    last = ("spellings", "text")
    order = [*shape.shapes, *(key for key in tree if key not in last), *last]
    return {key: tree[key] for key in dict.fromkeys(order) if key in tree}


class DecisionValues(NamedTuple):
    """A decision as a conclusion has it."""

    text: Mapping[str, str]
    source: str  # the key that the text is of; empty for considerations and actions
    acts: Sequence[str]
    kept: dict[str, Tree]
    unknown: Sequence[str]  # the types of its actions that are no act


def read_decision(keys: Trees, prefix: str, number: str) -> DecisionValues:
    """Return the values of a decision that gets a number; all its texts have a spelling."""
    kept = {name: value for name, value in keys.items() if name != "message"}
    if keys.get("identifier") == [{**({"prefix": prefix} if prefix else {}), "number": number}]:
        del kept["identifier"]
    parts = [(name, part) for name in PARTS for part in mappings(keys.get(name))]
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
    acts = {written: shapes.act_of(written) for written in types}
    known_acts = dict.fromkeys(filter(None, acts.values()))
    unknown = [written for written, act in acts.items() if act is None]
    return DecisionValues(text, source, list(known_acts), in_order(kept, shapes.DECISION), unknown)


def _joined(
    parts: Sequence[tuple[str, Trees]],
) -> tuple[Mapping[str, str], Mapping[str, str], dict[str, Tree]]:
    """Return the text of the parts in their order, its spellings, and what is left of the parts."""
    split = [split_texts(part.get("message", [])) for _name, part in parts]
    languages = dict.fromkeys(code for part_texts in split for code in part_texts.by_language)
    texts: dict[str, list[str]] = {code: [] for code in languages}
    spellings: dict[str, str] = {}
    left: dict[str, Any] = {}
    for (name, part), part_texts in zip(parts, split, strict=True):
        keys = {key: value for key, value in part.items() if key != "message"}
        texts_of = {code: part_texts.by_language.get(code, "") for code in languages}
        counts = {code: text.count("\n\n") + bool(text) for code, text in texts_of.items()}
        if any(count != 1 for count in counts.values()):
            shown = {code: str(count) for code, count in sorted(counts.items())}
            is_same = len(set(counts.values())) == 1
            keys["paragraphs"] = shown.popitem()[1] if is_same else shown
        if part_texts.others:
            keys["message"] = part_texts.others
        for code, text in part_texts.by_language.items():
            texts[code].append(text)
        spellings |= part_texts.spellings
        if name == "considering":
            left[name] = keys or {"paragraphs": "1"}
        else:
            left.setdefault(name, []).append(keys)
    return {code: "\n\n".join(paragraphs) for code, paragraphs in texts.items()}, spellings, left


def read_meeting(
    collection: Trees, meeting: Trees, days: tuple[str, str], prefix: str, numbers: Iterable[str]
) -> tuple[Trees, str, dict[str, Tree]]:
    """Return the title, the place and all else that is kept of a collection and its meeting.

    `numbers` are those of its conclusions. All texts have a spelling.
    """
    collection, meeting = dict(collection), dict(meeting)
    titled = meeting if meeting.get("title") else collection
    title = split_texts(titled.get("title", []))
    collection_title = split_texts(collection.get("title", []))
    if all(tidy(text) == " ".join(text.split()) for text in title.by_language.values()):
        titled.pop("title", None)
        if not collection_title.others and collection_title.by_language == title.by_language:
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


def newest(tree: Trees, kind: Kind) -> dict[str, Tree]:
    """Return some keys, without the extensions of grcm, as the newest generation has them."""
    new = dict(tree)
    if foreign := [item for item in _items(new.pop("extensions", [])) if not _is_of_grcm(item)]:
        new["extensions"] = foreign
    identifier = new.get("identifier")
    if isinstance(identifier, str | dict):
        new["identifier"] = [{"number": identifier} if isinstance(identifier, str) else identifier]
    if kind == "collection":
        _renew_collection(new)
    elif "localizations" in new:
        _merge_localizations(new)
    if kind == "decision":
        if "dates" in new:
            new["dates"] = [_date(day) for day in _items(new["dates"])]
        for name, key in shapes.PART_DATES.items():
            if name in new:
                new[name] = [_part(part, key) for part in _items(new[name])]
    if kind == "meeting" and "date_range" in new and "scheduled_date_range" not in new:
        new["scheduled_date_range"] = new.pop("date_range")
    keys = [name for name, shape in shapes.SHAPES[kind].shapes.items() if shape is shapes.LOCALIZED]
    return new | {name: _localized(new[name]) for name in keys if name in new}


def _renew_collection(collection: dict[str, Tree]) -> None:
    texts = [
        {"spelling": _spelling(localization), "value": localization["title"]}
        for localization in _items(collection.get("title_localized", []))
        if isinstance(localization, dict) and "title" in localization
    ]
    values = [text["value"] for text in texts]
    if values and all(isinstance(value, str) for value in values):
        default = collection.get("title")
        if isinstance(default, str) and default not in values:
            collection["default_title"] = default
        collection["title"] = texts
        del collection["title_localized"]
    match collection.get("dates"):
        case [{"start": start, "kind": "meeting", **other_keys}] if other_keys.keys() <= {"end"}:
            collection.setdefault("date", start)
            collection |= {"end": other_keys["end"]} if other_keys else {}
            del collection["dates"]


def _localized(value: Tree) -> list[Tree]:
    return [{"spelling": "", "value": value}] if isinstance(value, str) else list(_items(value))


def _items(value: Tree) -> Sequence[Tree]:
    return value if isinstance(value, list) else [value]


def _date(tree: Tree) -> Tree:
    """Return a date with its kind: `{start, kind}` of the oldest generation is `{date, type}`."""
    if not isinstance(tree, dict) or "start" not in tree or "date" in tree:
        return tree
    keys = {"date": tree["start"]}
    if "kind" in tree:
        keys["type"] = "decided" if tree["kind"] == "decision" else tree["kind"]
    return keys | {key: value for key, value in tree.items() if key not in ("start", "kind")}


def _part(tree: Tree, key: str) -> Tree:
    """Return a consideration, an action or an approval; its date stands under `key`."""
    if not isinstance(tree, dict):
        return tree
    part = dict(tree)
    if "message" in part:
        part["message"] = _localized(part["message"])
    match part.get("dates"):
        case [day] if key not in part:
            part[key] = _date(day)
            del part["dates"]
    return part


def _spelling(localization: Trees) -> str:
    code, script = localization.get("language_code"), localization.get("script")
    language = code if isinstance(code, str) else ""
    return f"{language}-{script}" if isinstance(script, str) and script != "Latn" else language


def _merge_localizations(keys: dict[str, Tree]) -> None:
    """Move the texts of each language to the keys that hold them in all languages.

    Parts of two languages are one where they have the same place and, but for the text, the same
    keys; others follow each other.
    """
    for localization in _items(keys.pop("localizations")):
        for name, value in localization.items() if isinstance(localization, dict) else ():
            spelling = _spelling(localization)
            if name in ("language_code", "script"):
                continue
            if name in shapes.PART_DATES and isinstance(value, list):
                keys[name] = list(_items(keys.get(name, [])))
                _merge_parts(keys[name], value, spelling)
            elif isinstance(value, str):
                text = {"spelling": spelling, "value": value}
                keys[name] = [*_localized(keys.get(name, [])), text]
            else:
                localized = _items(keys.get("localized", []))
                keys["localized"] = [*localized, {"spelling": spelling, name: value}]


def _merge_parts(parts: list[Tree], added: Sequence[Tree], spelling: str) -> None:
    for place, part in enumerate(added):
        if not isinstance(part, dict):
            parts.append(part)
            continue
        keys = {key: value for key, value in part.items() if key != "message"}
        message = part.get("message", [])
        entry = _items(message)
        if isinstance(message, str):
            entry = [{"spelling": spelling, "value": message}]
        same = parts[place] if place < len(parts) and isinstance(parts[place], dict) else {}
        texts = _localized(same.get("message", []))
        spellings = [text.get("spelling") for text in texts if isinstance(text, dict)]
        if same and {**same, "message": 0} == {**keys, "message": 0} and spelling not in spellings:
            same["message"] = [*texts, *entry]
        else:
            parts.append({**keys, "message": entry} if entry else keys)


def kept_attributes(tree: Trees) -> dict[str, Tree]:
    """Return what grcm's extensions say, `=` before its own keys; None for what is not there."""
    values: dict[str, Tree] = {}
    for extension in filter(_is_of_grcm, _items(tree.get("extensions", []))):
        for attribute in _items(extension.get("attributes", [])):
            if isinstance(attribute, dict) and isinstance(attribute.get("key"), str):
                try:
                    value = _texts(json.loads(str(attribute.get("value", "null"))), 0)
                except (ValueError, RecursionError):
                    value = str(attribute["value"])
                values[attribute["key"]] = value
    return values


def extension(attributes: Trees) -> Tree:
    """Return the extension that holds attributes."""
    written = [
        {"key": key, "type": "string", "value": json.dumps(value, ensure_ascii=False)}
        for key, value in attributes.items()
    ]
    return {"profile": shapes.PROFILE, "attributes": written}


def _is_of_grcm(tree: Tree) -> bool:
    return isinstance(tree, dict) and tree.get("profile") == shapes.PROFILE


def _texts(tree: Tree, depth: int) -> Tree:
    """Return a tree of JSON with texts alone. Raises RecursionError for one that is too deep."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(tree, dict):
        return {key: _texts(value, depth + 1) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [_texts(value, depth + 1) for value in tree if value is not None]
    return tree if tree is None or isinstance(tree, str) else str(tree)
