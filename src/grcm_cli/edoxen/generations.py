"""The generations of the format as the newest one.

Three are known: texts without a language (`resolutions` with `dates: [{start, kind}]`), decisions
with `localizations`, and texts with a spelling each. What the newest has no key for stays under the
key that it has. A text without a language gets the spelling `""`, until that is known.
"""

import json
from collections.abc import Sequence
from typing import Literal

from grcm_cli.edoxen.format import LOCALIZED, PART_DATES, PROFILE, SHAPES, Tree, Trees, date_kind

_DEEPEST = 16  # levels of a value in an extension: half of those that a data file may have


def newest(tree: Trees, kind: Literal["decision", "collection", "meeting"]) -> dict[str, Tree]:
    """Return some keys, without the extensions of grcm, as the newest generation has them."""
    made = dict(tree)
    if others := [one for one in _items(made.pop("extensions", [])) if not _is_of_grcm(one)]:
        made["extensions"] = others
    identifier = made.get("identifier")
    if isinstance(identifier, str | dict):
        number = {"number": identifier}
        made["identifier"] = [identifier if isinstance(identifier, dict) else number]
    if kind == "collection":
        _renew_collection(made)
    elif "localizations" in made:
        _merge_localizations(made)
    if kind == "decision":
        if "dates" in made:
            made["dates"] = [_date(one) for one in _items(made["dates"])]
        for name, key in PART_DATES.items():
            if name in made:
                made[name] = [_part(part, key) for part in _items(made[name])]
    if kind == "meeting" and "date_range" in made and "scheduled_date_range" not in made:
        made["scheduled_date_range"] = made.pop("date_range")
    texts = [name for name, shape in SHAPES[kind].shapes.items() if shape is LOCALIZED]
    return made | {name: _localized(made[name]) for name in texts if name in made}


def _renew_collection(made: dict[str, Tree]) -> None:
    texts = [
        {"spelling": _spelling(one), "value": one["title"]}
        for one in _items(made.get("title_localized", []))
        if isinstance(one, dict) and "title" in one
    ]
    if texts and all(isinstance(one["value"], str) for one in texts):
        default = made.get("title")
        if isinstance(default, str) and default not in [one["value"] for one in texts]:
            made["default_title"] = default
        made["title"] = texts
        del made["title_localized"]
    match made.get("dates"):
        case [{"start": start, "kind": "meeting", **others}] if others.keys() <= {"end"}:
            made.setdefault("date", start)
            made |= {"end": others["end"]} if others else {}
            del made["dates"]


def _localized(value: Tree) -> list[Tree]:
    """Return a text as a list of texts with their spellings."""
    return [{"spelling": "", "value": value}] if isinstance(value, str) else list(_items(value))


def _items(value: Tree) -> Sequence[Tree]:
    return value if isinstance(value, list) else [value]


def _date(tree: Tree) -> Tree:
    """Return a date with its kind: `{start, kind}` of the oldest generation is `{date, type}`."""
    if not isinstance(tree, dict) or "start" not in tree or "date" in tree:
        return tree
    made, kind = {"date": tree["start"]}, tree.get("kind")
    if "kind" in tree:
        made["type"] = date_kind(kind) if isinstance(kind, str) else kind
    return made | {key: value for key, value in tree.items() if key not in ("start", "kind")}


def _part(tree: Tree, key: str) -> Tree:
    """Return a consideration, an action or an approval; its date stands under `key`."""
    if not isinstance(tree, dict):
        return tree
    made = dict(tree)
    if "message" in made:
        made["message"] = _localized(made["message"])
    match made.get("dates"):
        case [day] if key not in made:
            made[key] = _date(day)
            del made["dates"]
    return made


def _spelling(one: Trees) -> str:
    code, script = one.get("language_code"), one.get("script")
    language = code if isinstance(code, str) else ""
    return f"{language}-{script}" if isinstance(script, str) and script != "Latn" else language


def _merge_localizations(made: dict[str, Tree]) -> None:
    """Move the texts of each language to the keys that hold them in all languages.

    Parts of two languages are one where they have the same place and, but for the text, the same
    keys; others follow each other.
    """
    for one in _items(made.pop("localizations")):
        for name, value in one.items() if isinstance(one, dict) else ():
            spelling = _spelling(one)
            if name in ("language_code", "script"):
                continue
            if name in PART_DATES and isinstance(value, list):
                made[name] = list(_items(made.get(name, [])))
                _merge_parts(made[name], value, spelling)
            elif isinstance(value, str):
                text = {"spelling": spelling, "value": value}
                made[name] = [*_localized(made.get(name, [])), text]
            else:
                others = _items(made.get("localized", []))
                made["localized"] = [*others, {"spelling": spelling, name: value}]


def _merge_parts(parts: list[Tree], added: Sequence[Tree], spelling: str) -> None:
    for place, one in enumerate(added):
        if not isinstance(one, dict):
            parts.append(one)
            continue
        rest = {key: value for key, value in one.items() if key != "message"}
        entry = [{"spelling": spelling, "value": one.get("message")}]
        entry = entry if isinstance(one.get("message"), str) else []
        same = parts[place] if place < len(parts) and isinstance(parts[place], dict) else {}
        texts = _localized(same.get("message", []))
        spellings = [text.get("spelling") for text in texts if isinstance(text, dict)]
        if same and {**same, "message": 0} == {**rest, "message": 0} and spelling not in spellings:
            same["message"] = [*texts, *entry]
        else:
            parts.append({**rest, "message": entry} if entry else rest)


def kept_attributes(tree: Trees) -> dict[str, Tree]:
    """Return what grcm's extensions say, `=` before its own keys; None for what is not there."""
    values: dict[str, Tree] = {}
    for extension in filter(_is_of_grcm, _items(tree.get("extensions", []))):
        for one in _items(extension.get("attributes", [])):
            if isinstance(one, dict) and isinstance(one.get("key"), str):
                try:
                    value = _texts(json.loads(str(one.get("value", "null"))), 0)
                except (ValueError, RecursionError):
                    value = str(one["value"])
                values[one["key"]] = value
    return values


def extension(attributes: Trees) -> Tree:
    """Return the extension that holds attributes."""
    written = [
        {"key": key, "type": "string", "value": json.dumps(value, ensure_ascii=False)}
        for key, value in attributes.items()
    ]
    return {"profile": PROFILE, "attributes": written}


def _is_of_grcm(tree: Tree) -> bool:
    return isinstance(tree, dict) and tree.get("profile") == PROFILE


def _texts(tree: Tree, depth: int) -> Tree:
    """Return a tree of JSON with texts alone. Raises RecursionError for one that is too deep."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(tree, dict):
        return {key: _texts(value, depth + 1) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [_texts(value, depth + 1) for value in tree if value is not None]
    return tree if tree is None or isinstance(tree, str) else str(tree)
