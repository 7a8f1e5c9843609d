"""The text of a decision in each language, and the generations of the format as the newest one.

A part of a text is a consideration or an action; each begins a paragraph. What is left says how
many paragraphs of the text are its own, where that is not one in each language.

Three generations are known: texts without a language (`resolutions` with `dates: [{start, kind}]`),
decisions with `localizations`, and texts with a spelling each. What the newest has no key for stays
under the key that it has. A text without a language gets the spelling `""`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grcm_cli.edoxen.format import PROFILE, Tree, date_kind, language_of_spelling, spelling_of
from grcm_cli.reader.events import DEEPEST

_BLANK = re.compile(r"\n(?:[ \t\r]*\n)+")
_PARTS = ("considerations", "actions")
_ALL_PARTS = (*_PARTS, "approvals")


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


# --- generations ----------------------------------------------------------------------------------


def decision_of(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return the keys of a decision as the newest generation has them."""
    made = dict(tree)
    own = _own_attributes(made)
    _list_identifier_and_texts(made, ("title", "subject", "message", "considering"))
    if "dates" in made:
        made["dates"] = [_date(one) for one in _listed(made["dates"])]
    for name in _ALL_PARTS:
        if name in made:
            key = "date" if name == "approvals" else "date_effective"
            made[name] = [_part(part, key) for part in _listed(made[name])]
    return _restored(made, own)


def collection_of(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return the metadata of a collection as the newest generation has them."""
    made = dict(tree)
    own = _own_attributes(made)
    if "title_localized" in made:
        texts = [
            {"spelling": _spelling(one), "value": one["title"]}
            for one in _listed(made["title_localized"])
            if isinstance(one, dict) and "title" in one
        ]
        default = made.get("title")
        if texts and all(isinstance(one["value"], str) for one in texts):
            if isinstance(default, str) and default not in [one["value"] for one in texts]:
                made["default_title"] = default
            made["title"] = texts
            del made["title_localized"]
    if "title" in made:
        made["title"] = localized(made["title"])
    dates = made.get("dates")
    if isinstance(dates, list) and len(dates) == 1 and isinstance(dates[0], dict):
        [one] = dates
        is_plain = one.keys() <= {"start", "end", "kind"} and "start" in one
        if is_plain and one.get("kind") == "meeting":
            made.setdefault("date", one["start"])
            if "end" in one:
                made["end"] = one["end"]
            del made["dates"]
    return _restored(made, own)


def meeting_of(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return the keys of a meeting as the newest generation has them."""
    made = dict(tree)
    own = _own_attributes(made)
    _list_identifier_and_texts(made, ("title", "general_area", "note", "practical_info"))
    if "date_range" in made and "scheduled_date_range" not in made:
        made["scheduled_date_range"] = made.pop("date_range")
    return _restored(made, own)


def _list_identifier_and_texts(made: dict[str, Tree], names: Sequence[str]) -> None:
    """Make lists of what older generations write as one identifier and as plain texts."""
    identifier = made.get("identifier")
    if isinstance(identifier, str):
        made["identifier"] = [{"number": identifier}]
    elif isinstance(identifier, dict):
        made["identifier"] = [identifier]
    if "localizations" in made:
        _merge_localizations(made)
    made |= {name: localized(made[name]) for name in names if name in made}


def localized(value: Tree) -> list[Tree]:
    """Return a text as a list of texts with their spellings."""
    is_plain = isinstance(value, str)
    return [{"spelling": "", "value": value}] if is_plain else list(_listed(value))


def _listed(value: Tree) -> Sequence[Tree]:
    return value if isinstance(value, list) else [value]


def _date(tree: Tree) -> Tree:
    """Return a date with its kind: `{start, kind}` of the oldest generation is `{date, type}`."""
    if not isinstance(tree, dict) or "start" not in tree or "date" in tree:
        return tree
    made = {"date": tree["start"]}
    if "kind" in tree:
        made["type"] = date_kind(tree["kind"])
    return {**made, **{key: value for key, value in tree.items() if key not in ("start", "kind")}}


def _part(tree: Tree, key: str) -> Tree:
    """Return a consideration, an action or an approval; its date stands under `key`."""
    if not isinstance(tree, dict):
        return tree
    made = dict(tree)
    if "message" in made:
        made["message"] = localized(made["message"])
    dates = made.get("dates")
    if isinstance(dates, list) and len(dates) == 1 and key not in made:
        made[key] = _date(dates[0])
        del made["dates"]
    return made


def _spelling(one: Mapping[str, Tree]) -> str:
    """Return the code of a localization's language, with its script."""
    code, script = one.get("language_code"), one.get("script")
    language = code if isinstance(code, str) else ""
    return f"{language}-{script}" if isinstance(script, str) and script != "Latn" else language


def _merge_localizations(made: dict[str, Tree]) -> None:
    """Move the texts of each language to the keys that hold them in all languages.

    Parts of two languages are one where they have the same place and, but for the text, the same
    keys; others follow each other.
    """
    for one in _listed(made.pop("localizations")):
        if not isinstance(one, dict):
            continue
        spelling = _spelling(one)
        for name, value in one.items():
            if name in ("language_code", "script"):
                continue
            if name in _ALL_PARTS and isinstance(value, list):
                _merge_parts(made.setdefault(name, []), value, spelling)
            elif isinstance(value, str):
                made.setdefault(name, []).append({"spelling": spelling, "value": value})
            else:
                made.setdefault("localized", []).append({"spelling": spelling, name: value})


def _merge_parts(parts: list[Tree], added: Sequence[Tree], spelling: str) -> None:
    for place, one in enumerate(added):
        if not isinstance(one, dict):
            parts.append(one)
            continue
        text = one.get("message")
        rest = {key: value for key, value in one.items() if key != "message"}
        entry = [{"spelling": spelling, "value": text}] if isinstance(text, str) else []
        same = parts[place] if place < len(parts) and isinstance(parts[place], dict) else None
        known = None if same is None else {k: v for k, v in same.items() if k != "message"}
        spellings = [] if same is None else [e["spelling"] for e in same.get("message", [])]
        if same is not None and known == rest and spelling not in spellings:
            same.setdefault("message", []).extend(entry)
        else:
            parts.append({**rest, "message": entry} if entry else rest)


# --- what an export of grcm's own has kept --------------------------------------------------------


def _own_attributes(made: dict[str, Tree]) -> dict[str, Tree]:
    """Take the extensions that grcm wrote out of some keys, and return their values."""
    found: dict[str, Tree] = {}
    others = []
    extensions = made.get("extensions")
    for one in extensions if isinstance(extensions, list) else []:
        if isinstance(one, dict) and one.get("profile") == PROFILE:
            found |= _attributes(one)
        else:
            others.append(one)
    if found and others:
        made["extensions"] = others
    elif found:
        del made["extensions"]
    return found


def _attributes(extension: Mapping[str, Tree]) -> dict[str, Tree]:
    found = {}
    for one in _listed(extension.get("attributes", [])):
        if isinstance(one, dict) and isinstance(one.get("key"), str):
            try:
                found[one["key"]] = _texts(json.loads(str(one.get("value", "null"))), 0)
            except (ValueError, RecursionError):
                found[one["key"]] = str(one["value"])
    return found


def _texts(tree: Tree, depth: int) -> Tree:
    """Return a tree of JSON with texts alone. Raises RecursionError for one that is too deep."""
    if depth > DEEPEST // 2:
        raise RecursionError
    if isinstance(tree, dict):
        return {key: _texts(value, depth + 1) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [_texts(value, depth + 1) for value in tree if value is not None]
    return tree if tree is None or isinstance(tree, str) else str(tree)


def _restored(made: dict[str, Tree], own: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return keys with the values that an export could not write as they were.

    The texts of the parts are never among them: they are taken from the parts that it wrote. What
    grcm knows itself is put under `grcm`.
    """
    for key, value in own.items():
        if key.startswith("="):
            made.setdefault(PROFILE, {})[key[1:]] = value
        elif value is None and key in ("considerations", "actions"):
            made[key] = [{"message": one["message"]} for one in made.get(key, [])]
            made.setdefault(PROFILE, {})[f"no {key}"] = "true"
        elif value is None:
            made.pop(key, None)
        elif key in ("considerations", "actions"):
            made[key] = _with_messages(value, made.get(key, []))
        else:
            made[key] = value
    return made


def _with_messages(parts: Tree, written: Sequence[Tree]) -> list[Tree]:
    """Return parts with the texts of those that an export wrote, in their order."""
    made = []
    texts = [one.get("message", []) for one in written if isinstance(one, dict)]
    for place, part in enumerate(parts if isinstance(parts, list) else []):
        text = texts[place] if place < len(texts) else []
        own = part.get("message", []) if isinstance(part, dict) else []
        made.append({**part, "message": text or own} if text or own else part)
    return made
